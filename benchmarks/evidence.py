"""Makes the evidence packs of this release: `python -m benchmarks.evidence [--check]`.

One pack for each extractive method and language, measured on our own committed sets alone (`benchmarks/sessions.py`,
`benchmarks/data`), so that anyone can make them again from a clone. A pack is bound to the digest of the method: change
its code, and the use is closed until this has run again. Only packs that are not of this version are made.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.answers import measure_answers
from benchmarks.quality import (
    TODAY,
    drafted,
    labelled_exchanges,
    measure_risk,
    sentences_with_evidence,
)
from benchmarks.sessions import our_sessions
from thirdchair.evidence import read_pack, shortfalls
from thirdchair.measures.estimate import Estimate, Unscored
from thirdchair.records import Language
from thirdchair.uses import USES
from thirdchair.uses.answer_question import extractive as answering
from thirdchair.uses.summarise_session import extractive as summarising

PACKS: Final = Path(__file__).parent.parent / "src" / "thirdchair" / "evidence" / "packs"

Estimates = Mapping[str, Estimate | Unscored]


@dataclass(frozen=True, slots=True)
class Measured:
    """An extractive method of a use, and how it is measured in one language."""

    use: str
    method: str
    digest: Callable[[], str]
    measure: Callable[[Language], Estimates]

    def pack(self, language: Language) -> str:
        """A pack as JSON."""
        value = {
            "use": self.use,
            "method": self.method,
            "method_digest": self.digest(),
            "language": str(language),
            "made_on": TODAY,
            "command": "make evidence",
            "estimates": {name: estimate.as_json() for name, estimate in self.measure(language).items()},
        }
        return json.dumps(value, indent=1, ensure_ascii=False) + "\n"

    def file(self, language: Language) -> Path:
        """Where a language's pack is kept."""
        return PACKS / f"{self.use}.{self.method}.{language}.json"

    def is_stale(self, language: Language) -> bool:
        """Whether the pack is missing or was made for another version of the method."""
        file = self.file(language)
        return not file.exists() or read_pack(file.read_text(encoding="utf-8")).method_digest != self.digest()


def _summaries(language: Language) -> Estimates:
    sessions = [s for s in our_sessions() if s.transcript.language is language]
    exchanges = [s for s in labelled_exchanges("heldout") if s.transcript.language is language]
    risk = dict(measure_risk(f"our held-out exchanges, {language}", exchanges))
    drafts = {session.id: drafted(session.transcript) for session in (*sessions, *exchanges)}
    return {
        "sentences_with_evidence": sentences_with_evidence(drafts),
        "risk_status_accuracy": risk.pop("status accuracy"),
        "risk_affirmed_shown": risk.pop("affirmed and shown"),
        "risk_affirmed_found": risk.pop("found when truly affirmed"),
        **risk,
    }


def _answers(language: Language) -> Estimates:
    return measure_answers(language, today=TODAY)


METHODS: Final = (
    Measured("summarise_session", summarising.METHOD, summarising.method_digest, _summaries),
    Measured("answer_question", answering.METHOD, answering.method_digest, _answers),
)


def stale() -> Iterator[tuple[Measured, Language]]:
    """The methods and languages whose pack is not of this version."""
    return ((one, language) for one in METHODS for language in Language if one.is_stale(language))


def main() -> int:
    """Measures and writes every pack; says which requirements fall short."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="only say whether the packs are current")
    parser.add_argument("--all", action="store_true", help="make also the packs that are current")
    wanted = parser.parse_args()
    waiting = list(stale())
    if wanted.check:
        for one, language in waiting:
            print(f"{one.file(language).name} is not of this version of the method. Run: make evidence")
        return 1 if waiting else 0
    PACKS.mkdir(exist_ok=True)
    short = 0
    for one, language in [(m, lang) for m in METHODS for lang in Language] if wanted.all else waiting:
        text = one.pack(language)
        one.file(language).write_text(text, encoding="utf-8")
        for shortfall in shortfalls(USES[one.use].requirements, read_pack(text)):
            short += 1
            print(
                f"{one.use}, {language}: {shortfall.requirement.measure} needs {shortfall.requirement.sign} "
                f"{shortfall.requirement.threshold}, worse end found {shortfall.found}. The use stays closed in this language."
            )
        print(f"{one.file(language).name}: written")
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main())

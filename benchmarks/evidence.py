"""Makes the evidence packs of this release: `python -m benchmarks.evidence [--check]`.

One pack for each language of the extractive `summarise_session`, measured on our own sessions and, for risk, on
our held-out labelled exchanges, so that anyone can make them again from a clone. The pack is bound to the digest of the method: change
its code, and the use is closed until this has run again.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from benchmarks.quality import (
    TODAY,
    drafted,
    labelled_exchanges,
    measure_risk,
    sentences_with_evidence,
)
from benchmarks.sessions import our_sessions
from thirdchair.evidence import read_pack, shortfalls
from thirdchair.gateway import EXTRACTIVE, method_digest
from thirdchair.records import Language
from thirdchair.uses import USES

PACKS = Path(__file__).parent.parent / "src" / "thirdchair" / "evidence" / "packs"
USE = USES["summarise_session"]


def measure(language: Language) -> dict[str, Any]:
    """A pack, as plain values."""
    sessions = [s for s in our_sessions() if s.transcript.language is language]
    exchanges = [s for s in labelled_exchanges("heldout") if s.transcript.language is language]
    risk = dict(measure_risk(f"our held-out exchanges, {language}", exchanges))
    drafts = {session.id: drafted(session.transcript) for session in (*sessions, *exchanges)}
    estimates = {
        "sentences_with_evidence": sentences_with_evidence(drafts),
        "risk_status_accuracy": risk.pop("status accuracy"),
        "risk_affirmed_shown": risk.pop("affirmed and shown"),
        "risk_affirmed_found": risk.pop("found when truly affirmed"),
        **risk,
    }
    return {
        "use": USE.id,
        "method": EXTRACTIVE,
        "method_digest": method_digest(None),
        "language": str(language),
        "made_on": TODAY,
        "command": "make evidence",
        "estimates": {name: estimate.as_json() for name, estimate in estimates.items()},
    }


def pack_file(language: Language) -> Path:
    """Where a language's pack is kept."""
    return PACKS / f"{USE.id}.{EXTRACTIVE}.{language}.json"


def stale() -> list[Language]:
    """The languages whose pack is missing or was made for another version of the method."""
    digest = method_digest(None)
    return [
        language
        for language in Language
        if not pack_file(language).exists()
        or read_pack(pack_file(language).read_text(encoding="utf-8")).method_digest != digest
    ]


def main() -> int:
    """Measures and writes every pack; says which requirements fall short."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="only say whether the packs are current")
    if parser.parse_args().check:
        for language in stale():
            print(f"The evidence for {language} is not of this version of the method. Run: make evidence")
        return 1 if stale() else 0
    PACKS.mkdir(exist_ok=True)
    short = 0
    for language in Language:
        text = json.dumps(measure(language), indent=1, ensure_ascii=False) + "\n"
        pack_file(language).write_text(text, encoding="utf-8")
        for shortfall in shortfalls(USE.requirements, read_pack(text)):
            short += 1
            print(
                f"{language}: {shortfall.requirement.measure} needs {shortfall.requirement.at_least}, "
                f"lower bound found {shortfall.found}. The use stays closed in this language."
            )
        print(f"{pack_file(language).name}: written")
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main())

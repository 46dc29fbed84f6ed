"""Writes the reference pages that are read from the code: `python docs/generate.py [--check]`.

With --check it changes nothing and exits 1 when a page differs from what the code says now.
"""

from __future__ import annotations

import inspect
import json
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from pydantic import SecretStr

sys.path.insert(0, str(Path(__file__).parents[1]))  # the measured figures lie beside the package, not in it

from benchmarks import intervals, sequential
from benchmarks.printing import as_words
from benchmarks.safeguards.figures import MEASURED, Figure, figure_from_json

from thirdchair.policy.wording import REASONS
from thirdchair.records import Language
from thirdchair.settings import PREFIX, SETTINGS_FILE, Settings
from thirdchair.trail.event import FACTS
from thirdchair.uses import USES, Use
from thirdchair_lab.registry import studies
from thirdchair_lab.study import Options, Study

REFERENCE: Final = Path(__file__).parent / "reference"
_NOTICE: Final = "<!-- Made by docs/generate.py. Change the code, not this page. -->"
_ARGUMENT: Final = re.compile(r" {4}(\w+): (.*)")
_BOUNDS: Final = {
    "gt": "more than {}",
    "ge": "at least {}",
    "lt": "less than {}",
    "le": "at most {}",
    "min_length": "at least {} characters",
    "max_length": "at most {} characters",
}


def settings_page() -> str:
    """Every setting: its environment variable, meaning, default and bounds."""
    meanings = _arguments(Settings)
    rows = [
        (f"`{PREFIX}{name.upper()}`", meanings[name], _default(field.default), _bounds(field.metadata))
        for name, field in Settings.model_fields.items()
    ]
    return _page(
        "Settings",
        f"Each is an environment variable, or a line of the file `{SETTINGS_FILE}` in the folder the command runs in. "
        "The environment wins. A value that cannot be used stops the start and is named, never repeated.",
        _table(("setting", "meaning", "default", "bounds"), rows),
    )


def trail_events_page() -> str:
    """Every kind of event with exactly the facts it carries."""
    rows = [
        (f"`{kind}`", "<br>".join(f"`{name}`: {fact.name}" for name, fact in facts.items()) or "none")
        for kind, facts in FACTS.items()
    ]
    return _page(
        "Trail events",
        "What the trail records. Each entry also has its number, its time (UTC), the actor's identifier, the patient's "
        "reference or none, the digest of the entry before, and its own. No shape of a fact admits a sentence. "
        "An identifier is 1 to 80 of the characters A-Z, a-z, 0-9, `.`, `_`, `:` and `-`.",
        _table(("kind", "facts"), rows),
    )


def rules_page() -> str:
    """Every rule, with reason and remedy as people read them."""
    chapters = [
        f"## `{rule}`\n\n"
        + _table(
            ("", "why", "what would change that"),
            [(_LANGUAGES[language], *words[language]) for language in Language],
        )
        for rule, words in REASONS.items()
    ]
    return _page(
        "Rules",
        "Every reason for which the core refuses, as people read it. Words in braces are filled in: names of uses "
        "and methods, dates, counts. Rules are checked in order, and the first that is not met is shown.",
        "\n".join(chapters),
    )


def uses_page() -> str:
    """Every registered use, as it was approved."""
    return _page(
        "Uses",
        "What AI may do here. What is not on this page cannot run. A requirement is met when the worse end of the 95% "
        "interval reaches it: the lower end for “≥”, the upper end for “≤”. “Fewest cases”: with fewer independent ones it "
        "cannot be met, even if all goes well. A service may move a threshold; its own stand on the page of the use. The "
        "digest over definition, prompt and intended use stands on the page of the use in "
        "the service.",
        "\n".join(_use(use) for use in USES.values()),
    )


def safeguards_page() -> str:
    """Every measured figure of the safeguards and the library, from the last `make quality`."""
    kept = json.loads(MEASURED.read_text(encoding="utf-8"))
    chapters = [
        _measured(part, [figure_from_json(value) for value in values]) for part, values in kept.items()
    ]
    return _page(
        "Safeguards, as measured",
        "What `make quality DATA=…` printed last, each figure with its 95% interval and the number of observations. A "
        "target is what was asked for before the work; “NOT met” stands where it is missed. Sets called “ours” were "
        "written for this by one author, a language model, without a second rater: they show regressions, not validity. "
        "Public sets may have been seen by the models that helped to write the rules. No figure here says how a "
        "safeguard does with your patients.",
        "\n".join(chapters),
    )


def studies_page() -> str:
    """Every study of the lab: how much it asks, what it is evidence for, and its protocol."""
    return _page(
        "Studies",
        "What `thirdchair lab` measures. Each protocol was written before anything was measured. Sizes are those of the stimuli "
        "that ship; a file of your own may change them. The digest of a study's folder stands in every plan and report.",
        "\n".join(_study(study) for study in studies().values()),
    )


def statistics_page() -> str:
    """How often our intervals hold the truth and what sequential decisions save, from the last simulation."""
    covered = [intervals.Covered(**one) for one in _kept(intervals.FIGURES)]
    found = [sequential.Found(**one) for one in _kept(sequential.FIGURES)]
    hard = (
        "“(hard)” where it is not, and was not expected to be: heavy tails, rare outcomes in few sessions, and shares "
        "with few units, which hold too much on purpose. The percentile bootstrap is shown for "
        "comparison."
    )
    return _page(
        "Statistics, as simulated",
        "What `make coverage` and `make sequential` printed last. Why it is done so: [intervals and sequential "
        "decisions](../explanation/intervals-and-sequential-decisions.md).",
        f"## How often 95% intervals hold the truth\n\nOver {intervals.RUNS:,} simulated studies each; 93.5% to 96.5% counts "
        f"as met, “(out)” stands where it is not. {hard}\n\n{intervals.as_table(covered)}\n\n"
        f"## Units that a sequential decision asks for\n\nOver {sequential.RUNS:,} runs each. “Calls”: mean units as a share "
        "of the fixed design’s. “Good” lies nine tenths of the way from the threshold to perfect, “fair” half way, “poor” and "
        "“bad” once and twice that whole way on the other side. “Clear”: what a third of the calls must settle. The fixed design clears a model halfway between threshold and perfect nine times in ten; the "
        f"sequential one plans a fifth more units.\n\n{sequential.as_table(found)}\n",
    )


def _kept(figures: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(figures.read_text(encoding="utf-8"))
    return found


PAGES: Final[Mapping[str, Callable[[], str]]] = {
    "settings.md": settings_page,
    "trail-events.md": trail_events_page,
    "rules.md": rules_page,
    "uses.md": uses_page,
    "safeguards.md": safeguards_page,
    "studies.md": studies_page,
    "statistics.md": statistics_page,
}

_LANGUAGES: Final = {Language.ENGLISH: "English", Language.CHINESE: "简体中文"}


_PARTS: Final = {
    "crisis": "The crisis screen",
    "deidentification": "De-identification",
    "grounding": "Grounding",
    "disclosure": "Disclosure, human-likeness, contacts, injection",
    "library": "The library and its answers",
}


def _measured(part: str, figures: Sequence[Figure]) -> str:
    rows = [
        (figure.name, as_words(figure.value), figure.verdict.strip().removeprefix("target "), figure.remark)
        for figure in figures
    ]
    return f"## {_PARTS[part]}\n\n{_table(('figure', 'value', 'target', 'read it so'), rows)}"


def _use(use: Use) -> str:
    facts = [
        ("title", "; ".join(use.title[language] for language in Language)),
        ("stage", use.stage),
        ("languages", ", ".join(sorted(use.languages))),
        ("what it reads", ", ".join(use.data_classes)),
        ("may ask for it", _listed(use.requesters)),
        ("may see an unsigned result", _listed(use.audience)),
        ("may sign", _listed(use.signers) or "nobody: nothing is signed"),
        ("review", use.review),
    ]
    required = [
        (f"`{r.measure}`", f"{r.sign} {r.threshold:.2f}", str(r.least_n or "depends"), r.why)
        for r in use.requirements
    ]
    asked = (
        f"### What a method must have shown\n\n{_table(('measure', 'asked', 'fewest cases', 'why'), required)}"
        if required
        else "It is closed and never runs; no method is measured for it.\n"
    )
    statement = f"../../src/thirdchair/uses/{use.id}/intended_use.md"
    return (
        f"## `{use.id}`\n\nIts statement: [intended use]({statement}).\n\n{_table(('', ''), facts)}\n{asked}"
    )


def _study(study: Study) -> str:
    sizes = []
    for language in Language:
        cells = study.cells(Options(languages=(language,)))
        units = len({cell.unit for cell in cells})
        sizes.append(f"{_LANGUAGES[language]}: {len(cells)} cells of {units} units")
    uses = dict.fromkeys(score.use for score in study.scores if score.use)
    scores = (
        (
            score.title[Language.ENGLISH],
            score.unit,
            f"{score.direction} is better",
            score.use or "",
            score.source,
        )
        for score in study.scores
    )
    if study.short:
        cells = study.shortened.cells(Options())
        sizes.append(f"in its short form {len(cells)} cells of {len({cell.unit for cell in cells})} units")
    own = "".join(f"- `--own {name}=PATH`: {what}\n" for name, what in (*study.needs, *study.takes))
    protocol = re.sub(r"^#", "###", study.protocol.partition("\n")[2].strip(), flags=re.MULTILINE)
    return (
        f"## {study.title[Language.ENGLISH]} (`{study.name}`)\n\n{study.title[Language.CHINESE]}. {'; '.join(sizes)}. "
        f"Evidence for: {', '.join(uses) or 'no use of its own'}. Baselines: {', '.join(study.baselines) or 'none'}.\n\n"
        f"{_table(('headline', 'unit', 'direction', 'use', 'source'), scores)}\n{own and own + chr(10)}{protocol}\n"
    )


def _listed(words: Iterable[str]) -> str:
    return ", ".join(sorted(str(word) for word in words))


def _arguments(documented: type) -> dict[str, str]:
    """The "Args" of a class docstring, by name."""
    found: dict[str, str] = {}
    name = ""
    for line in inspect.cleandoc(documented.__doc__ or "").partition("Args:\n")[2].splitlines():
        if match := _ARGUMENT.fullmatch(line):
            name = match[1]
            found[name] = match[2]
        elif name and line.strip():
            found[name] += f" {line.strip()}"
    return found


def _default(value: Any) -> str:
    plain = value.get_secret_value() if isinstance(value, SecretStr) else value
    return "empty" if plain == "" else f"`{plain}`"


def _bounds(metadata: Iterable[Any]) -> str:
    return ", ".join(
        words.format(getattr(bound, name))
        for bound in metadata
        for name, words in _BOUNDS.items()
        if getattr(bound, name, None) is not None
    )


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', '&#124;') for cell in line)} |\n" for line in lines)


def _page(title: str, lead: str, body: str) -> str:
    return f"{_NOTICE}\n\n# {title}\n\n{lead}\n\n{body}"


def main(arguments: list[str]) -> int:
    """Writes the pages, or with --check says which are stale."""
    stale = [
        name
        for name, page in PAGES.items()
        if not (REFERENCE / name).exists() or (REFERENCE / name).read_text(encoding="utf-8") != page()
    ]
    if arguments == ["--check"]:
        if stale:
            sys.stderr.write(f"Stale: {', '.join(stale)}. Run: python docs/generate.py\n")
        return 1 if stale else 0
    for name in stale:
        (REFERENCE / name).write_text(PAGES[name](), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

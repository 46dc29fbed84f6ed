"""How good the safeguards and the library are: `python -m benchmarks.safeguards [--data DATA] [--write] [--part PART]`.

Prints every figure with its 95% interval, what it was meant to reach and whether it does. With --write, keeps them
in measured.json, from which docs/reference/safeguards.md is made.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from benchmarks.printing import as_words
from benchmarks.safeguards import crisis, deidentification, disclosure, grounding, library
from benchmarks.safeguards.figures import MEASURED, Figure

PARTS: Final[Mapping[str, Callable[[Path | None], list[Figure]]]] = {
    "crisis": crisis.measure,
    "deidentification": deidentification.measure,
    "grounding": grounding.measure,
    "disclosure": disclosure.measure,
    "library": library.measure,
}


def show(part: str, figures: Sequence[Figure]) -> None:
    """Prints a part's figures, one to a line."""
    print(f"\n{part}")
    for figure in figures:
        print(f"  {figure.name:72} {as_words(figure.value)}{figure.verdict}")
        if figure.remark:
            print(f"      {figure.remark}")


def main() -> None:
    """Measures the parts asked for and prints them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--data", type=Path, help="folder with the open data sets; without it, only our own sets"
    )
    parser.add_argument("--write", action="store_true", help="keep the figures in measured.json")
    parser.add_argument(
        "--part", choices=list(PARTS), action="append", help="only this part; may be repeated"
    )
    wanted = parser.parse_args()
    kept = json.loads(MEASURED.read_text(encoding="utf-8")) if MEASURED.exists() else {}
    for part in wanted.part or PARTS:
        figures = PARTS[part](wanted.data)
        show(part, figures)
        kept[part] = [figure.as_json() for figure in figures]
    if wanted.write:
        kept = {part: kept[part] for part in PARTS if part in kept}
        MEASURED.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

"""`thirdchair library`: what it writes, what it says, and how it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from thirdchair.cli.library import SOME_WRONG, commands
from thirdchair.cli.telling import CANNOT

HTML = "<html><body><h1>Sleep</h1><p>Go to bed at the same time each day, and get up at the same time.</p></body></html>"


@pytest.fixture
def leaflet(tmp_path: Path) -> Path:
    file = tmp_path / "sleep.html"
    file.write_text(HTML)
    return file


def run(*words: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(commands, [str(word) for word in words])
    return result.exit_code, result.output


def imported(leaflet: Path, day: str = "2025-01-31") -> tuple[int, str]:
    said = {
        "title": "Sleep",
        "owner": "Ward 3",
        "licence": "CC BY 4.0",
        "source": "A trust",
        "language": "en",
        "date": day,
    }
    return run(
        "import", leaflet, "--library", leaflet.parent / "held", *(part for name, word in said.items() for part in (f"--{name}", word))
    )  # fmt: skip


def test_a_leaflet_is_imported_listed_checked_and_found(leaflet: Path):
    library = leaflet.parent / "held"
    code, said = imported(leaflet)
    assert code == 0
    assert "sleep.md" in said.replace("\n", "")
    assert (library / "en" / "sleep.md").is_file()
    assert "not reviewed by a clinician" in run("list", "--library", library)[1]
    assert run("check", "--library", library) == (0, "1 pages, 0 to put right.\n")
    assert "sleep#p1" in run("search", "when to go to bed", "--library", library)[1]


def test_a_wrong_date_is_refused(leaflet: Path):
    assert imported(leaflet, day="soon")[0] == CANNOT
    assert not (leaflet.parent / "held").exists()


def test_a_file_that_is_no_leaflet_is_refused_without_a_traceback(leaflet: Path):
    leaflet.write_text("plain")
    code, said = imported(leaflet)
    assert code == CANNOT
    assert "no PDF" in said
    assert "Traceback" not in said


def test_a_library_with_something_to_put_right_exits_with_its_own_code(tmp_path: Path):
    pages = tmp_path / "pages.jsonl"
    pages.write_text('{"id": "a", "title": "A", "text": "Some words."}\n')
    code, said = run("check", "--library", pages)
    assert code == SOME_WRONG
    assert "en/a: it names no source" in said
    assert "never verified" in run("list", "--library", pages)[1]


def test_the_shipped_library_is_listed_and_searched_in_both_languages():
    assert "mood-diary" in run("list")[1]
    assert "mood-diary#" in run("search", "情绪日记怎么写")[1]
    assert "Nothing in the library" in run("search", "what is it?")[1]

"""What the documentation says is there, is there."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import entry_points
from pathlib import Path

import click
import pytest
import typer

from thirdchair.cli import COMMANDS, command_line

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
DECISIONS = sorted((DOCS / "decisions").glob("[0-9]*.md"))
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md"), ROOT / "NOTICE"])

LINK = re.compile(r"\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
CODE = re.compile(r"^    (.+)$|`([^`\n]+)`", re.MULTILINE)
COMMAND = re.compile(r"^(?:\.venv/bin/)?thirdchair ([a-z].*)$")
PATH = re.compile(r"`((?:src|tests|docs)/[\w./-]+|\.importlinter)`")
# Spelled so that this file does not itself name them.
ELSEWHERE = re.compile(r"(?<![\w.])/(?:work|tmp|root|home)/|py" r"pi\.|index-url", re.IGNORECASE)
LONGEST_DECISION_WORDS = 300
PICTURES = DOCS / "manual"


def name_of(page: Path) -> str:
    return str(page.relative_to(ROOT))


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_leads_somewhere(page: Path) -> None:
    broken = [link for link in LINK.findall(_without_code(page)) if not _leads_somewhere(page, link)]
    assert broken == []


def test_every_picture_is_made_by_a_functional_test() -> None:
    made = "".join(test.read_text(encoding="utf-8") for test in (ROOT / "tests/functional").glob("test_*.py"))
    shown = {
        Path(link).stem
        for page in PAGES
        for link in LINK.findall(_without_code(page))
        if link.endswith(".png")
    }
    assert shown
    assert {name for name in shown if f'"{name}"' not in made} == set()


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_command_shown_exists_with_its_options(page: Path) -> None:
    problems = [problem for words in _commands(page) if (problem := _problem(words))]
    assert problems == []


def test_commands_are_shown_at_all() -> None:
    assert sum(1 for page in PAGES for _ in _commands(page)) > 20


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_make_target_shown_exists(page: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    shown = {match[1] for code in _code(page) if (match := re.match(r"make ([a-z-]+)(?![\w=])", code))}
    assert shown - targets == set()


def test_every_target_of_the_makefile_is_explained_to_developers() -> None:
    explained = (ROOT / "DEVELOPERS.md").read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z-]+):.*##", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert [target for target in targets if f"`make {target}`" not in explained] == []


def test_every_safety_boundary_names_files_and_tests_that_exist() -> None:
    rows = _safety_boundaries()
    assert len(rows) >= 10
    named = {path for row in rows for path in PATH.findall(row)}
    assert sorted(path for path in named if not (ROOT / path).exists()) == []


def test_every_safety_boundary_has_a_file() -> None:
    assert [row for row in _safety_boundaries() if not PATH.findall(row)] == []


def test_the_generated_reference_says_what_the_code_says_now() -> None:
    done = subprocess.run(
        [sys.executable, str(DOCS / "generate.py"), "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("record", DECISIONS, ids=name_of)
def test_a_decision_is_short_and_has_its_four_parts(record: Path) -> None:
    text = record.read_text(encoding="utf-8")
    assert re.match(rf"# {record.name[:4]} \S", text)
    assert HEADING.findall(text)[1:] == ["Context", "Decision", "Consequences", "Decided by"]
    assert len(text.split()) < LONGEST_DECISION_WORDS


def test_every_decision_is_listed_once_and_numbered_without_gaps() -> None:
    listed = LINK.findall((DOCS / "decisions/README.md").read_text(encoding="utf-8"))
    assert listed == [record.name for record in DECISIONS]
    assert [record.name[:4] for record in DECISIONS] == [f"{n:04}" for n in range(1, len(DECISIONS) + 1)]


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_no_page_names_a_machine_or_a_package_index(page: Path) -> None:
    assert ELSEWHERE.findall(page.read_text(encoding="utf-8")) == []


def _without_code(page: Path) -> str:
    return re.sub(r"^    .*$|`[^`\n]*`", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE)


def _leads_somewhere(page: Path, link: str) -> bool:
    if re.match(r"[a-z]+:", link):
        return True
    path, _, anchor = link.partition("#")
    target = (page.parent / path).resolve() if path else page
    if target.parent == PICTURES and not PICTURES.exists():
        return True  # `make manual` makes them, all at once
    if not target.exists():
        return False
    return not anchor or anchor in _anchors(target)


def _anchors(page: Path) -> set[str]:
    headings = HEADING.findall(page.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def _code(page: Path) -> Iterator[str]:
    for block, inline in CODE.findall(page.read_text(encoding="utf-8")):
        yield (block or inline).strip()


def _commands(page: Path) -> Iterator[list[str]]:
    for code in _code(page):
        if match := COMMAND.match(code):
            yield match[1].split("  #")[0].split()


def _problem(words: list[str]) -> str | None:
    """What is wrong with a command as shown, or None."""
    command: click.Command = typer.main.get_command(command_line(entry_points(group=COMMANDS)))
    for place, word in enumerate(words):
        subcommands = getattr(command, "commands", None)
        if subcommands is None:
            return _unknown_option(command, words[place:]) or _unknown_management_command(words)
        if word in {"COMMAND", "--help"}:
            return None
        if word not in subcommands:
            return f"no command {' '.join(words[: place + 1])}"
        command = subcommands[word]
    return None


def _unknown_option(command: click.Command, words: list[str]) -> str | None:
    known = {
        option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)
    }
    options = [word.partition("=")[0] for word in words if word.startswith("--") and word != "--help"]
    if command.name == "manage":
        return None
    return next((f"{command.name} has no {option}" for option in options if option not in known), None)


def _unknown_management_command(words: list[str]) -> str | None:
    from django.core.management import get_commands

    if words[0] != "manage" or words[1] in get_commands() or words[1] in {"COMMAND", "help"}:
        return None
    return f"no management command {words[1]}"


def _safety_boundaries() -> list[str]:
    text = (ROOT / "DEVELOPERS.md").read_text(encoding="utf-8")
    chapter = text.partition("## Safety boundaries")[2].partition("\n## ")[0]
    return [line for line in chapter.splitlines() if line.startswith("| ")][1:]

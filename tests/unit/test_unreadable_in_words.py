"""Every sentence a reader can refuse an upload with is told in Chinese to a person who reads Chinese."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation

import thirdchair.readers
from thirdchair.errors import UnreadableTranscript
from thirdchair_web.review.unreadable import KINDS, PROBLEMS, REMEDIES, in_words

SOURCES = sorted(Path(thirdchair.readers.__file__).parent.glob("*.py"))
FORMATS_AND_SAMPLES = re.compile(
    r"UTF-8|UTF-16|RTF|MiB|JSON|PDF|VTT|SRT|TXT|CSV|DOCX|Word|Office|\.docx?|\.xls|\.txt|id|speaker|text|start|end|utterances"
    r"|thirdchair summarise --jsonl"
)


class Sentences(ast.NodeVisitor):
    """The sentences that one reader's `UnreadableTranscript(...)` calls can carry, numbers written as 7.

    A name is followed to every text it may stand for: a constant, or what callers pass to its function.
    """

    def __init__(self, module: ast.Module) -> None:
        self.module = module
        self.function: ast.FunctionDef | None = None
        self.problems: set[str] = set()
        self.remedies: set[str] = set()
        self.visit(module)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        before, self.function = self.function, node
        self.generic_visit(node)
        self.function = before

    def visit_Call(self, node: ast.Call) -> None:
        if isinstance(node.func, ast.Name) and node.func.id == "UnreadableTranscript":
            (remedy,) = (keyword.value for keyword in node.keywords if keyword.arg == "remedy")
            self.problems |= set(self._said(node.args[0]))
            self.remedies |= set(self._said(remedy))
        self.generic_visit(node)

    def _said(self, node: ast.expr) -> Iterator[str]:
        match node:
            case ast.Constant(value=str(text)):
                yield text
            case ast.IfExp():
                yield from self._said(node.body)
                yield from self._said(node.orelse)
            case ast.JoinedStr():
                yield from self._filled(node)
            case ast.Name(id=name):
                found = [text for value in self._values(name) for text in self._said(value)]
                assert found, f"nothing is known of what {name} says"
                yield from found
            case _:
                raise AssertionError(f"cannot tell what is said in line {node.lineno}")

    def _filled(self, node: ast.JoinedStr) -> Iterator[str]:
        said = ""
        for part in node.values:
            said += part.value if isinstance(part, ast.Constant) else "\0" if _is_kind(part) else "7"
        yield from (said.replace("\0", kind) for kind in (self._kinds() if "\0" in said else [""]))

    def _kinds(self) -> set[str]:
        """What `_binary` may be told a file is: in a call, or in the table its caller goes through."""
        in_table = (n.elts[1] for n in ast.walk(self.module) if isinstance(n, ast.Tuple) and len(n.elts) == 2)
        in_calls = (
            n.args[0]
            for n in ast.walk(self.module)
            if isinstance(n, ast.Call) and getattr(n.func, "id", "") == "_binary"
        )
        every = (*in_table, *in_calls)
        return {n.value for n in every if isinstance(n, ast.Constant) and isinstance(n.value, str)}

    def _values(self, name: str) -> Iterator[ast.expr]:
        for node in ast.walk(self.module):
            targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
            if any(isinstance(target, ast.Name) and target.id == name for target in targets):
                yield node.value
        names = [argument.arg for argument in self.function.args.args] if self.function else []
        if name in names:
            for node in ast.walk(self.module):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") == self.function.name:
                    yield node.args[names.index(name)]


def _is_kind(part: ast.expr) -> bool:
    return isinstance(part, ast.FormattedValue) and getattr(part.value, "id", "") == "kind"


READERS = [Sentences(ast.parse(path.read_text(encoding="utf-8"))) for path in SOURCES]
SAID_PROBLEMS = sorted(set().union(*(reader.problems for reader in READERS)))
SAID_REMEDIES = sorted(set().union(*(reader.remedies for reader in READERS)))


def english_in(sentence: str) -> list[str]:
    return re.findall(r"[A-Za-z]{2,}", FORMATS_AND_SAMPLES.sub("", sentence))


@pytest.mark.parametrize("problem", SAID_PROBLEMS)
def test_every_problem_is_told_in_chinese_with_its_numbers(problem: str) -> None:
    with translation.override("zh-hans"):
        told = in_words(UnreadableTranscript(problem, remedy=REMEDIES[0], line=12))
    assert told.startswith("第 12 行：")
    assert english_in(told) == []
    assert sorted(re.findall("7", told)) == re.findall("7", problem)


@pytest.mark.parametrize("remedy", SAID_REMEDIES)
def test_every_remedy_is_told_in_chinese_with_its_numbers(remedy: str) -> None:
    with translation.override("zh-hans"):
        told = in_words(UnreadableTranscript(PROBLEMS[0], remedy=remedy))
    assert not told.startswith("第")
    assert english_in(told) == []
    assert re.findall("7", told) == re.findall("7", remedy)


def test_the_readers_are_seen_to_say_what_they_say() -> None:
    assert len(SAID_PROBLEMS) >= len(PROBLEMS)
    assert len(SAID_REMEDIES) == len(REMEDIES)
    assert {f"The file is {kind}, which holds no transcript that can be read." for kind in KINDS} <= set(
        SAID_PROBLEMS
    )


@pytest.mark.parametrize("problem", [SAID_PROBLEMS[0], "A sentence with 100% new words."])
def test_in_english_it_is_the_readers_own_words(problem: str) -> None:
    error = UnreadableTranscript(problem, remedy="Ask the 3 people who know.", line=4)
    with translation.override("en"):
        assert in_words(error) == str(error)


def test_a_sentence_nobody_has_translated_stays_english() -> None:
    with translation.override("zh-hans"):
        told = in_words(UnreadableTranscript("A new 50% problem.", remedy="A new remedy.", line=2))
    assert told == "第 2 行：A new 50% problem.A new remedy."

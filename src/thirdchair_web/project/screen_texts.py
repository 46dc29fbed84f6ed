"""The texts of this package that are marked for translation, found without the gettext programs.

Python is read as a syntax tree, templates through Django's own rewriting of their tags into calls. A text that is put
together at run time cannot be found by anyone, so it cannot be translated either.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from django.utils.translation.template import templatize

PACKAGE: Final = Path(__file__).resolve().parent.parent

# What the arguments of each marking function are.
_MARKS: Final[dict[str, tuple[str, ...]]] = {
    "_": ("text",),
    "gettext": ("text",),
    "gettext_lazy": ("text",),
    "gettext_noop": ("text",),
    "ngettext": ("text", "plural"),
    "ngettext_lazy": ("text", "plural"),
    "pgettext": ("context", "text"),
    "pgettext_lazy": ("context", "text"),
    "npgettext": ("context", "text", "plural"),
    "npgettext_lazy": ("context", "text", "plural"),
}
_STRING: Final = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
_CALL: Final = re.compile(rf"\b(_|[np]{{0,2}}gettext)\(\s*({_STRING}(?:\s*,\s*{_STRING})*)", re.DOTALL)


class ScreenText(NamedTuple):
    """A text as the source has it; `context` and `plural` are empty where it has none."""

    context: str
    text: str
    plural: str


def texts_in_package(package: Path = PACKAGE) -> dict[ScreenText, None]:
    """Every text marked for translation, each once, in the order of files and lines."""
    found: dict[ScreenText, None] = {}
    for path in sorted(package.rglob("*")):
        if path.suffix == ".py" and "migrations" not in path.parts:
            found.update(dict.fromkeys(texts_in_python(path.read_text(encoding="utf-8"))))
        elif path.suffix in {".html", ".txt"} and "templates" in path.parts:
            found.update(dict.fromkeys(texts_in_template(path.read_text(encoding="utf-8"))))
    return found


def texts_in_python(source: str) -> Iterator[ScreenText]:
    """The texts in calls of gettext and its relatives.

    >>> list(texts_in_python('_("Sign"), pgettext("risk", "Denied"), _(name)'))
    [ScreenText(context='', text='Sign', plural=''), ScreenText(context='risk', text='Denied', plural='')]
    """
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    for call in sorted(calls, key=lambda node: (node.lineno, node.col_offset)):
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        given = [argument.value for argument in call.args if isinstance(argument, ast.Constant)]
        if name in _MARKS and given and all(isinstance(value, str) for value in given):
            yield _text(name, given)


def texts_in_template(source: str) -> Iterator[ScreenText]:
    """The texts in a template's translation tags.

    >>> list(texts_in_template('{% load i18n %}{% blocktranslate %}By {{ who }}{% endblocktranslate %}'))
    [ScreenText(context='', text='By %(who)s', plural='')]
    """
    for call in _CALL.finditer(templatize(source)):
        given = [ast.literal_eval(string) for string in re.findall(_STRING, call[2], re.DOTALL)]
        yield _text(call[1], given)


def _text(mark: str, given: list[str]) -> ScreenText:
    parts = dict(zip(_MARKS[mark], given, strict=False))
    return ScreenText(parts.get("context", ""), parts["text"], parts.get("plural", ""))

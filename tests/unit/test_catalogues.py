"""`make check` stops a release in which a text is missing, untranslated, garbled or not compiled."""

from __future__ import annotations

from pathlib import Path

import polib
import pytest

from thirdchair_web.project import catalogues
from thirdchair_web.project.screen_texts import (
    ScreenText,
    texts_in_package,
    texts_in_python,
    texts_in_template,
)

SOURCE = {ScreenText("", "Sign %(what)s", ""): None, ScreenText("risk", "Denied", ""): None}


@pytest.fixture
def catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A catalogue in order, of a package with two texts."""
    monkeypatch.setattr(catalogues, "LOCALE", tmp_path)
    monkeypatch.setattr(catalogues, "texts_in_package", lambda: SOURCE)
    file = polib.POFile()
    file.metadata = {"Content-Type": "text/plain; charset=UTF-8", "Plural-Forms": "nplurals=1; plural=0;"}
    file.append(polib.POEntry(msgid="Sign %(what)s", msgstr="签署%(what)s"))
    file.append(polib.POEntry(msgctxt="risk", msgid="Denied", msgstr="否认"))
    file.save(str(tmp_path / "django.po"))
    catalogues.main([])
    return tmp_path / "django.po"


def spoil(catalogue: Path, change) -> None:
    """Changes the catalogue and compiles it."""
    file = polib.pofile(str(catalogue))
    change(file)
    file.save(str(catalogue))
    catalogues.main([])


def test_a_catalogue_in_order_passes(catalogue: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert catalogues.main(["--check"]) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda file: file.pop(0), "not in the catalogue: Sign %(what)s"),
        (lambda file: setattr(file[0], "msgstr", ""), "not translated: Sign %(what)s"),
        (lambda file: file[0].flags.append("fuzzy"), "not translated: Sign %(what)s"),
        (lambda file: setattr(file[0], "msgstr", "签署%(that)s"), "other placeholders"),
        (lambda file: setattr(file[1], "msgctxt", "other"), "not in the catalogue: Denied"),
    ],
    ids=["missing", "untranslated", "fuzzy", "placeholder", "context"],
)
def test_a_spoilt_catalogue_fails(
    change, told: str, catalogue: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(catalogue, change)
    assert catalogues.main(["--check"]) == 1
    assert told in capsys.readouterr().err


def test_a_stale_compiled_file_fails(catalogue: Path, capsys: pytest.CaptureFixture[str]) -> None:
    catalogue.write_text(catalogue.read_text("utf-8").replace("否认", "否定"), "utf-8")
    assert catalogues.main(["--check"]) == 1
    assert "compiled" in capsys.readouterr().err


def test_extracting_keeps_translations_and_lists_what_is_new(
    catalogue: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = ScreenText("", "%(n)s draft", "%(n)s drafts")
    monkeypatch.setattr(
        catalogues, "texts_in_package", lambda: {new: None, ScreenText("risk", "Denied", ""): None}
    )
    assert catalogues.main(["--extract"]) == 0
    file = polib.pofile(str(catalogue))
    assert [(entry.msgid, entry.msgstr) for entry in file] == [("%(n)s draft", ""), ("Denied", "否认")]
    assert catalogues.untranslated(catalogue) == ["%(n)s draft"]


def test_texts_are_found_in_python_and_in_templates() -> None:
    python = 'a = gettext_lazy("One " "sentence"); b = i18n.ngettext("%d day", "%d days", n); c = _(b)'
    assert list(texts_in_python(python)) == [
        ScreenText("", "One sentence", ""),
        ScreenText("", "%d day", "%d days"),
    ]
    template = (
        '{% translate \'It\\\'s 5%\' %}{% translate "Now" context "when" %}'
        "{% blocktranslate count n=k %}{{ n }} day{% plural %}{{ n }} days{% endblocktranslate %}"
    )
    assert list(texts_in_template(template))[1:] == [
        ScreenText("when", "Now", ""),
        ScreenText("", "%(n)s day", "%(n)s days"),
    ]


def test_the_package_has_texts_of_python_and_of_templates() -> None:
    found = texts_in_package()
    assert ScreenText("risk", "Denied", "") in found
    assert ScreenText("", "%(n)s draft to review", "%(n)s drafts to review") in found
    assert len(found) > 400

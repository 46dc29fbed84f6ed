"""Pages: read as they are written, refused with a reason, checked by our rules, and shown as due in time."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thirdchair.library.checking import check_own_pages, check_service_pages, main
from thirdchair.library.loading import library_from_folder, shipped_library
from thirdchair.library.page_files import page_from_text, text_of_page
from thirdchair.library.passage import CHECKED_WITHIN, Library, Page, Passage, Source
from thirdchair.library.plain_pages import open_library, pages_from_lines
from thirdchair.library.reading_grade import reading_grade
from thirdchair.library.splitting import language_of, split_passages
from thirdchair.library.unusable import LibraryUnusable
from thirdchair.records import Language, count_words

TODAY = date(2026, 11, 22)
FILE = """+++
id = "tea"
language = "en"
title = "Tea"
owner = "Ward 3"
licence = "CC BY 4.0"
last_verified = 2026-01-31

[[sources]]
key = "book"
title = "A book of tea"
citation = "Someone, 2020"
+++

## What tea is {#what-it-is}

Tea is a drink
made of leaves.

- It is warm.
- It is
  brown.

Sources: book
"""


def test_a_page_is_read_with_its_lines_unwrapped():
    page = page_from_text(FILE, where="tea.md")
    assert page.passages[0].id == "tea#what-it-is"
    assert page.passages[0].text == "Tea is a drink made of leaves.\n\n- It is warm.\n- It is brown."
    assert page.passages[0].cites == ("book",)
    assert page.last_verified == date(2026, 1, 31)
    assert not page.is_reviewed


@pytest.mark.parametrize(
    ("found", "instead", "problem"),
    [
        ("+++\nid", "id", "front matter"),
        ('title = "Tea"', "", "title"),
        ('title = "Tea"', 'title = "', "TOML"),
        ('language = "en"', 'language = "xx"', "language"),
        ("{#what-it-is}", "", "names no key"),
        ("Sources: book", "Sources: film", "not among the sources"),
        ("last_verified = 2026-01-31", 'last_verified = "soon"', "no date"),
        ("+++\n\n##", "+++\n\nHello\n\n##", "before the first"),
        ('citation = "Someone, 2020"', "", "neither a url nor a citation"),
    ],
)
def test_a_page_out_of_format_is_refused_with_its_reason(found: str, instead: str, problem: str):
    assert found in FILE
    with pytest.raises(LibraryUnusable, match=problem) as refused:
        page_from_text(FILE.replace(found, instead, 1), where="tea.md")
    assert refused.value.remedy


def test_a_page_that_is_written_is_read_back_unchanged():
    for page in shipped_library().pages:
        assert page_from_text(text_of_page(page), where="") == page


words = st.text(alphabet=st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=12)


@given(
    title=words,
    owner=words,
    text=st.lists(words, min_size=1, max_size=8),
    sheet=st.none() | st.integers(1, 900),
)
def test_any_words_survive_being_written_and_read(title: str, owner: str, text: list[str], sheet: int | None):
    body = "x " + " ".join(text)
    page = Page(
        "p", Language.ENGLISH, title, (Passage("p#k", "p", "Head", body, ("s",), sheet),), owner=owner, licence="L",
        sources=(Source("s", "t", "", "", "c", "L", None),),
    )  # fmt: skip
    assert page_from_text(text_of_page(page), where="") == page


def test_a_page_is_due_when_its_facts_were_checked_too_long_ago_or_never():
    def checked(day: date | None) -> Page:
        return Page("p", Language.ENGLISH, "P", (), last_verified=day)

    assert checked(None).is_due(TODAY)
    assert checked(TODAY - CHECKED_WITHIN - timedelta(days=1)).is_due(TODAY)
    assert not checked(TODAY - CHECKED_WITHIN).is_due(TODAY)


def test_two_pages_of_one_language_may_not_share_an_id():
    page = page_from_text(FILE, where="")
    with pytest.raises(ValueError, match="share an id"):
        Library((page, page))


def test_one_changed_word_is_another_library():
    page = page_from_text(FILE, where="")
    other = page_from_text(FILE.replace("brown", "green"), where="")
    assert Library((page,)).digest != Library((other,)).digest
    assert Library((page,)).digest == Library((page_from_text(FILE, where="elsewhere"),)).digest


def test_the_shipped_pages_pass_our_own_checks():
    assert check_own_pages(shipped_library().pages) == []


def test_the_shipped_topics_are_in_both_languages_and_no_reviewer_is_made_up():
    library = shipped_library()
    english, chinese = (library.in_language(language) for language in Language)
    assert [page.id for page in english] == [page.id for page in chinese]
    assert len(english) >= 40
    assert not any(page.is_reviewed for page in library.pages)


def test_what_does_not_belong_in_a_passage_is_found():
    page = page_from_text(FILE.replace("brown.", "brown. Call 0800 111 222, take 20 mg, **now**."), where="")
    problems = " ".join(finding.problem for finding in check_own_pages([page]))
    for part in (
        "verified directory",
        "a dose",
        "markup",
        "words or characters",
        "there is no page in zh-hans",
    ):
        assert part in problems


def test_a_services_page_needs_a_source_a_licence_and_a_recent_date():
    bare = Page("p", Language.ENGLISH, "P", ())
    assert len(check_service_pages([bare], today=TODAY)) == 3
    assert check_service_pages([page_from_text(FILE, where="")], today=date(2026, 2, 1)) == []


def test_the_checker_names_the_file_that_cannot_be_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "broken.md").write_text("no front matter")
    assert main(tmp_path) == 1
    assert "en/broken.md" in capsys.readouterr().out


def test_a_folder_without_pages_is_no_library(tmp_path: Path):
    with pytest.raises(LibraryUnusable, match="no page"):
        library_from_folder(tmp_path)
    with pytest.raises(LibraryUnusable, match="no page"):
        open_library(tmp_path)
    with pytest.raises(LibraryUnusable, match="no such folder"):
        open_library(tmp_path / "missing")


def test_lines_of_one_address_are_one_page_and_their_questions_are_not_read():
    lines = [
        '{"url": "https://a.example/x", "focus": "Tea", "question": "secret", "answer": "Tea is warm."}',
        '{"url": "https://a.example/x", "focus": "Tea", "question": "secret", "answer": "Tea is brown."}',
        '{"id": "zh", "title": "茶", "text": "茶是一种热的饮料。"}',
    ]
    tea, chinese = pages_from_lines(lines)
    assert [passage.id for passage in tea.passages] == ["https://a.example/x#1", "https://a.example/x#2"]
    assert "secret" not in repr(tea)
    assert chinese.language is Language.CHINESE


@pytest.mark.parametrize("line", ["[]", "{", '{"id": "a"}', '{"text": "a"}', "[" * 100_000])
def test_a_line_that_is_no_page_is_refused_by_its_number(line: str):
    with pytest.raises(LibraryUnusable, match="line 2"):
        pages_from_lines(['{"id": "a", "text": "b"}', line], where="pages.jsonl")


def test_a_folder_may_hold_pages_lines_and_plain_texts(tmp_path: Path):
    (tmp_path / "tea.md").write_text(FILE)
    (tmp_path / "pages.jsonl").write_text('{"id": "coffee", "title": "Coffee", "text": "Coffee is black."}\n')
    (tmp_path / "hot-milk.txt").write_text("Milk is\nwhite.")
    (tmp_path / "LICENSE.txt").write_text("Anything.")
    assert {page.id for page in open_library(tmp_path).pages} == {"tea", "coffee", "hot-milk"}


@pytest.mark.parametrize(
    ("unit", "language"), [("One two three. ", Language.ENGLISH), ("一二三四。", Language.CHINESE)]
)
def test_long_texts_are_cut_at_sentences_and_nothing_is_lost(unit: str, language: Language):
    passages = split_passages(unit * 400, language)
    assert len(passages) > 2
    assert all(count_words(passage) <= 260 for passage in passages)
    assert "".join("".join(passages).split()) == "".join((unit * 400).split())


def test_a_text_of_one_endless_word_is_still_cut():
    assert max(map(len, split_passages("a" * 1_000_000, Language.ENGLISH))) <= 2_000


def test_hard_words_raise_the_reading_grade():
    easy = reading_grade("Sleep helps your mood. Go to bed at ten.", Language.ENGLISH)
    hard = reading_grade(
        "Pharmacological interventions necessitate multidisciplinary evaluation.", Language.ENGLISH
    )
    assert easy.is_plain
    assert not hard.is_plain
    assert reading_grade("", Language.ENGLISH).grade == 0


def test_rare_characters_and_long_sentences_make_chinese_hard():
    assert reading_grade("睡得好，心情也会好一些。", Language.CHINESE).is_plain
    assert not reading_grade("魑魅魍魉。", Language.CHINESE).is_plain
    assert not reading_grade("我们" * 40 + "。", Language.CHINESE).is_plain


def test_the_language_is_told_by_the_letters():
    assert language_of("吃 SSRI 多久起效") is Language.CHINESE
    assert language_of("What is tea?") is Language.ENGLISH
    assert language_of("") is Language.ENGLISH

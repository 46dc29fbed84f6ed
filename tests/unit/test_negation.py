"""What counts as said not to be so, in English and Chinese, and where sentences end."""

from __future__ import annotations

import pytest

from thirdchair.language.negation import ceased, negated
from thirdchair.language.plain_text import plain
from thirdchair.language.sentences import split_sentences

NEGATED = [
    ("I don't want to [die]", True),
    ("I dont want to [die]", True),
    ("I’ve never thought of [suicide]", True),
    ("no thoughts of [suicide]", True),
    ("no thoughts of self-harm or [suicide] at all", True),
    ("She denies any thoughts of [suicide]", True),
    ("I get through the day without [drinking]", True),
    ("[suicidal thoughts]: none", True),
    ("any [alcohol]? I never touch it", False),
    ("I have not ever planned to [hurt myself]", True),
    ("I haven't had any kind of thoughts about [hurting myself]", True),
    ("I don't have no thoughts of [suicide]", True),
    ("Nobody [hurts me] at home", True),
    ("Nobody knows that I [hurt myself]", False),
    ("no one would care if I [died]", False),
    ("It's not that I haven't thought of [suicide]", False),
    ("I can't say I've never thought of [suicide]", False),
    ("I can't get through a day without [drinking]", False),
    ("I can't deny I think of [suicide]", False),
    ("not only do I [drink], I smoke", False),
    ("I can't stop [drinking]", False),
    ("I couldn't help [drinking]", False),
    ("No doubt I [drink] too much", False),
    ("I don't know why I want to [die]", False),
    ("I don't sleep but I [drink]", False),
    ("I don't sleep, I just want to [die]", False),
    ("No, I want to [die]", False),
    ("No. I want to [die]", False),
    ("I can't go on and I want to [die]", False),
    ("not sleeping because of thoughts of [suicide]", False),
    ("I no longer want to [die]", True),
    ("I want to [die]", False),
    ("我没有想过[自杀]", True),
    ("我从来没有想过要[自杀]", True),
    ("我不想[自杀]", True),
    ("我不会去[伤害自己]", True),
    ("他否认有[自杀]的念头", True),
    ("从未[喝酒]", True),
    ("无[自杀]意念", True),
    ("[自杀]的念头没有", True),
    ("[喝酒]：无", True),
    ("我不是没有想过[自杀]", False),
    ("我不得不[喝酒]", False),
    ("我不仅[喝酒]还抽烟", False),
    ("我忍不住[伤害自己]", False),
    ("没有人知道我[伤害自己]", False),
    ("我没睡好，但是想[自杀]", False),
    ("我心情不好想[自杀]", False),
    ("我不知道为什么想[自杀]", False),
    ("你有没有想过[自杀]", False),
    ("是不是想[自杀]", False),
    ("我没有希望想[自杀]", False),
    ("我特别焦虑想[自杀]", False),
    ("四肢无力,烦躁,想[自杀]", False),
    ("对未来失去信心想[自杀]", False),
    ("我不再[喝酒]", True),
    ("我想[自杀]", False),
]


@pytest.mark.parametrize(("marked", "expected"), NEGATED)
def test_the_marked_words_are_negated_or_not(marked: str, expected: bool) -> None:
    start, end = marked.index("["), marked.index("]") - 1
    assert negated(marked.replace("[", "").replace("]", ""), start, end) is expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("I used to [drink]", True),
        ("I no longer [drink]", True),
        ("I don't [drink] any more", True),
        ("I quit [drinking] in May", True),
        ("I never [drink]", False),
        ("I [drink]", False),
        ("我以前[喝酒]", True),
        ("我已经不[喝酒]了", True),
        ("我从不[喝酒]", False),
    ],
)
def test_what_is_over_is_told_from_what_never_was(marked: str, expected: bool) -> None:
    start, end = marked.index("["), marked.index("]") - 1
    assert ceased(marked.replace("[", "").replace("]", ""), start, end) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I slept. It was fine.", ["I slept.", "It was fine."]),
        ("Dr. Hall saw me at 9 a.m. on Monday.", ["Dr. Hall saw me at 9 a.m. on Monday."]),
        ("I take 2.5 mg. It helps", ["I take 2.5 mg.", "It helps"]),
        ("Um. I don't know... maybe. Yes?! No", ["Um. I don't know... maybe.", "Yes?!", "No"]),
        ('She said "go." Then she left.', ['She said "go."', "Then she left."]),
        ("J. Smith called.", ["J. Smith called."]),
        ("睡不好。吃不下！怎么办？", ["睡不好。", "吃不下！", "怎么办？"]),
        ("嗯。没有。我很好", ["嗯。没有。", "我很好"]),
        ("I feel 很累。OK", ["I feel 很累。", "OK"]),
        ("one\ntwo", ["one", "two"]),
        ("", []),
        ("  \n ", []),
        ("...", ["..."]),
    ],
)
def test_sentences_end_where_a_listener_hears_them_end(text: str, expected: list[str]) -> None:
    assert [sentence.text for sentence in split_sentences(text)] == expected


def test_every_sentence_is_the_text_at_its_place() -> None:
    text = " Um. I slept.  Dr. Li asked: 好吗？ Fine\n\nthanks. "
    for sentence in split_sentences(text):
        assert text[sentence.start : sentence.end] == sentence.text


def test_plain_text_keeps_every_offset() -> None:
    text = "I don’t “know”，Ａ我想自殺"
    assert len(plain(text)) == len(text)
    assert plain(text) == 'I don\'t "know"，A我想自杀'

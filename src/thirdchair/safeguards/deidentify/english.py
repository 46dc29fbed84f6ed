"""Names in English speech: by the census, by the words around them, and by not being English words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from thirdchair.safeguards.deidentify.english_lower import has_run, is_lower_case_name, is_lower_case_surname
from thirdchair.safeguards.deidentify.english_places import organisations, places
from thirdchair.safeguards.deidentify.identifiers import Identifier, IdentifierClass
from thirdchair.safeguards.deidentify.lexicon import is_compound, is_english, is_ordinary
from thirdchair.safeguards.deidentify.spoken_cues import (
    ABBREVIATED,
    ACTS,
    GREETINGS,
    HELLO,
    KIN,
    NAMERS,
    OWNED,
    PLACE_WORDS,
    SPEAKS,
    TITLES,
    introductions,
    names_an_illness,
    weakly_introduced,
)
from thirdchair.safeguards.deidentify.spoken_words import Word, capital_run, run_end, words_of
from thirdchair.safeguards.deidentify.words import (
    given_names,
    is_opener,
    is_word_name,
    leading_given_names,
    surnames,
    survives,
    words_in,
)

_NO_NAME_AFTER_KIN: Final = words_in(
    "monday tuesday wednesday thursday friday saturday sunday christmas easter facebook instagram whatsapp"
)
_ABSTRACT: Final = words_in(
    "hope faith joy patience charity may will spring summer autumn april june august winter mercy love peace pride honor honour"
)
_SHAPE: Final = re.compile(
    r"(?:Mc|Mac|O['’]|D['’]|De|La|Le|Di|Van|Al-|Fitz)?[^\W\d_a-z][^\W\d_A-Z]{1,24}(?:[-'’][^\W\d_]+)?"
)
_SHOUTED: Final = re.compile(r"[A-Z]{2,}")


def english_identifiers(text: str) -> Iterator[Identifier]:
    """Names, places, employers and schools in a text; where two have the same extent, the surer comes first."""
    words = words_of(text)
    yield from organisations(text)
    yield from _names(text, words)
    yield from places(text, words)
    yield from _unknown_names(text, words)


def _names(text: str, words: list[Word]) -> Iterator[Identifier]:
    introduced = introductions(text)
    for place, word in enumerate(words):
        if word.capitalised:
            length = _name_length(text, words, place, introduced=word.start in introduced)
        elif is_lower_case_name(text, words, place, introduced=word.start in introduced):
            length = 1 + _has_lower_case_surname(text, words, place)
        else:
            continue
        if length:
            yield Identifier(IdentifierClass.NAME, word.start, run_end(text, words, place, length))


def _unknown_names(text: str, words: list[Word]) -> Iterator[Identifier]:
    for place, word in enumerate(words):
        if (
            word.capitalised
            and (run := capital_run(text, words, place))
            and _is_unknown(text, words, place, run)
        ):
            yield Identifier(_kind(text, words, place), word.start, run_end(text, words, place, run))


def _kind(text: str, words: list[Word], place: int) -> IdentifierClass:
    """PLACE for an unknown word after "in" or "near", NAME for all else."""
    word = words[place]
    located = place > 0 and words[place - 1].plain in PLACE_WORDS
    return (
        IdentifierClass.PLACE
        if located and text[words[place - 1].end : word.start] == " "
        else IdentifierClass.NAME
    )


def _has_lower_case_surname(text: str, words: list[Word], place: int) -> bool:
    word = words[place]
    if place + 1 == len(words) or word.name_end != word.end:
        return False
    following = words[place + 1]
    return text[word.end : following.start] == " " and is_lower_case_surname(following)


def _name_length(text: str, words: list[Word], place: int, *, introduced: bool) -> int:
    """How many words from here on are a person's name; 0 when they are not."""
    run = capital_run(text, words, place)
    if not run:
        return 0
    if _follows_cue(text, words, place) or (introduced and _can_be_a_name(words[place : place + run])):
        return run
    if _follows_surname(text, words, place):
        return run
    if _is_census_name(text, words, place, run) or _is_named_as_a_word(text, words, place, run):
        return run
    return 0


def _can_be_a_name(run: list[Word]) -> bool:
    """Whether a run holds a word that names people; "called Stop Smoking" does not."""
    return any(
        word.plain in given_names()
        or is_word_name(word.plain)
        or not (is_ordinary(word.plain) or survives(word.text))
        for word in run
    )


def _follows_surname(text: str, words: list[Word], place: int) -> bool:
    """Whether a given name stands after its surname and a comma: "Braithwaite, Ebony"."""
    if place == 0 or not (words[place].plain in given_names() or not is_english(words[place].plain)):
        return False
    before = words[place - 1]
    return (
        before.capitalised
        and text[before.end : words[place].start] == ", "
        and (before.plain in surnames() or not is_english(before.plain))
        and not survives(before.text)
        and not (is_word_name(before.plain) and before.starts_sentence)
    )


def _follows_cue(text: str, words: list[Word], place: int) -> bool:
    """Whether the word before is a title, a word for kin, "named", or a greeting with a name after it."""
    if place == 0:
        return False
    before, word = words[place - 1], words[place]
    gap = text[before.end : word.start]
    if before.plain in TITLES or before.plain in NAMERS:
        if before.plain == "miss" and not before.capitalised and is_ordinary(word.plain):
            return False
        dotted = before.plain in ABBREVIATED and gap in {". ", ".", " . "}
        if before.plain in NAMERS and not _can_be_a_name([word]):
            return False
        return (gap == " " or dotted) and not _is_abbreviation(word)
    if before.plain in KIN and before.text == before.text.removesuffix("'s"):
        return _follows_kin(before, word, gap)
    if before.plain == "there" and place > 1 and words[place - 2].plain in HELLO:
        return word.plain in leading_given_names()
    if before.plain in GREETINGS:
        if before.plain in HELLO and word.plain in given_names():
            return gap in {" ", ", ", " , "}
        return gap in {" ", ", ", " , "} and word.plain in given_names() and not is_word_name(word.plain)
    return (
        weakly_introduced(text, word.start)
        and not survives(word.text)
        and not (word.text.isupper() and is_ordinary(word.plain))
        and (word.plain in given_names() or word.plain in surnames())
    )


def _follows_kin(before: Word, word: Word, gap: str) -> bool:
    if gap not in {" ", ", "} or word.starts_sentence or _is_abbreviation(word):
        return False
    if word.plain in _NO_NAME_AFTER_KIN or (survives(word.text) and word.plain not in given_names()):
        return False
    # "Patient Health Questionnaire", "Child Abuse": a title in capitals, no child of that name.
    titled = before.capitalised and is_ordinary(word.plain)
    return not titled or word.plain in given_names()


def _is_abbreviation(word: Word) -> bool:
    return _SHOUTED.fullmatch(word.text) is not None and (survives(word.text) or len(word.text) < 3)


def _is_census_name(text: str, words: list[Word], place: int, run: int) -> bool:
    """Whether a capitalised run opens with a given name that is no everyday word, or is "Given Surname"."""
    word = words[place]
    if (
        survives(word.text)
        or (word.text.isupper() and 1 < len(word.text) < 5)
        or _is_eponym(text, words, place, run)
    ):
        return False
    if word.plain in leading_given_names():
        return True
    surname = words[place + run - 1]
    paired = run > 1 and surname.plain in surnames() and not survives(surname.text)
    if word.plain in given_names():
        unheard = run > 1 and not is_english(surname.plain) and not survives(surname.text)
        return not is_word_name(word.plain) or unheard or (paired and not is_word_name(surname.plain))
    if (
        paired
        and not word.starts_sentence
        and not any(is_word_name(w.plain) or survives(w.text) for w in words[place : place + run])
    ):
        return not all(is_ordinary(w.plain) for w in words[place : place + run])
    # "J. Okafor"
    return (
        len(word.text) == 1
        and paired
        and not is_word_name(surname.plain)
        and "." in text[word.end : surname.start]
    )


def _is_eponym(text: str, words: list[Word], place: int, run: int) -> bool:
    """Whether a run names an illness, a sign or a scale, alone or with the words after it."""
    return any(names_an_illness(text, word.name_end) for word in (words[place], words[place + run - 1]))


def _is_named_as_a_word(text: str, words: list[Word], place: int, run: int) -> bool:
    """Whether an everyday word is here a name: "and Rose", "Grace told me"."""
    word = words[place]
    if word.text.isupper():
        return False
    if (
        run > 1
        and len(words[place + run - 1].text) == 1
        and text[words[place + run - 1].end : words[place + run - 1].end + 1] == "."
    ):
        return word.plain in given_names() or (word.plain in surnames() and not is_ordinary(word.plain))
    if run > 1 or word.plain not in given_names():
        return False
    following = words[place + 1] if place + 1 < len(words) else None
    if following is not None and text[word.name_end : following.start] == " " and following.plain in SPEAKS:
        return True
    if following is not None and _acts_or_has(text, word, following):
        return True
    if word.starts_sentence or survives(word.text) or names_an_illness(text, word.name_end):
        return False
    return not _in_a_title(text, words, place)


def _acts_or_has(text: str, word: Word, following: Word) -> bool:
    """Whether a word does or owns what people do or own: "Grace has stopped", "Summer's birthday"."""
    between = text[word.name_end : following.start]
    if between in {"'s ", "’s "}:
        return following.plain in OWNED
    return between == " " and following.plain in ACTS and word.plain not in _ABSTRACT


def _in_a_title(text: str, words: list[Word], place: int) -> bool:
    """Whether the word before or after is capitalised too, with only a space between: "Daily Hope Journal"."""
    return any(
        other.capitalised and not is_opener(other.plain) and text[left.end : right.start] == " "
        for left, right, other in (
            *((words[place - 1], words[place], words[place - 1]) for _ in range(place > 0)),
            *((words[place], words[place + 1], words[place + 1]) for _ in range(place + 1 < len(words))),
        )
    )


def _is_unknown(text: str, words: list[Word], place: int, run: int) -> bool:
    """Whether a capitalised word is no English word, no clinical one, and has the shape of a name."""
    word = words[place]
    if len(word.text) < 3 or not _SHAPE.fullmatch(word.text[: word.name_end - word.start]):
        return False
    if survives(word.text) or has_run(word.plain) or _is_eponym(text, words, place, run):
        return False
    if word.starts_sentence:
        return not (is_english(word.plain) or (is_compound(word.plain) and word.plain not in surnames()))
    return not is_ordinary(word.plain)

"""Names, places and employers as people type them: without a capital."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from thirdchair.safeguards.deidentify.identifiers import Identifier, IdentifierClass
from thirdchair.safeguards.deidentify.lexicon import is_compound, is_english, is_ordinary, listed
from thirdchair.safeguards.deidentify.spoken_cues import (
    HELLO,
    KIN,
    NAMERS,
    SURE_TITLES,
    TITLES,
    names_an_illness,
)
from thirdchair.safeguards.deidentify.spoken_words import Word
from thirdchair.safeguards.deidentify.words import (
    cities,
    given_names,
    is_opener,
    is_word_name,
    leading_given_names,
    surnames,
    survives,
    words_in,
)

_NOT_LOWER: Final = words_in("see my so in an man na ta ok del una les ching chong lin lang ha")
_SAYS: Final = words_in(
    "said says told tells asked asks texted texts rang phoned emailed messaged replied shouted screamed cried laughed "
    "hugged promised insisted reckons thinks knows wants came went left lives works died hates loves"
)
_TO_SOMEONE: Final = words_in("told asked met texted phoned rang called married dated dating texting")
_NAMES_THAT_ARE_WORDS: Final = words_in(
    "joy grace faith rose ivy ruby daisy lily olive amber crystal jade dawn eve holly heather summer autumn mark jack "
    "frank rob bob bill nick pat sue dick harry tony tom jim dan ben max rich gene dean drew chase miles grant wade "
    "victor pierce clay dale ray art guy gay ginger hazel violet iris pearl penny robin sandy sky star jean carol"
)
_SPOKEN_TO: Final = re.compile(
    r"\b(?:(?:hi|hey|hello) there,?|(?:see|seeing|meet|meeting|thank|thanking) you(?: again| today)?,?|thanks,?|(?:how are|how're) you(?: doing)?(?: today)?,?|"
    r"(?:good|nice) (?:morning|afternoon|evening),?|welcome(?: back)?,?|take care,?|bye,?|goodbye,?) $",
    re.IGNORECASE,
)
_THEN_ASKED: Final = words_in(
    "tell how what when where why can could do did are have let i you we your any is"
)
_WORKS: Final = re.compile(
    r"\b(?:work(?:s|ed|ing)? (?:at|for|with|in|over at|down at)|(?:job|shift|shifts|interview|manager|boss|placement|internship) (?:at|with|for)|"
    r"employed (?:by|at)|hired (?:by|at)|fired (?:from|by)|laid off (?:from|by)|sacked (?:from|by)|retired from|employer is|employer,)[ ](?:the |a local |my local )?",
    re.IGNORECASE,
)
_LIVES: Final = re.compile(
    r"\b(?:liv(?:e|es|ed|ing) (?:in|near|at|around|outside)|mov(?:e|es|ed|ing) (?:back )?(?:to|from)|grew up (?:in|near|around)|"
    r"born in|raised in|(?:i'm|im|i am|he's|she's|is|are|was|were|come|comes|came|originally|flat|house|family|up|down|back|over) (?:from|in)|"
    r"(?:flew|drove|drive|driving|went|going|go|travel(?:l?ed)?|trip|train|bus|flight|commute) (?:back )?(?:to|from|in)|stay(?:s|ed|ing)? in|"
    r"based in|studying in|works? in|near)[ ](?:the )?",
    re.IGNORECASE,
)
_SETTLES: Final = re.compile(
    r"\b(?:liv(?:e|es|ed|ing) (?:in|near)|mov(?:ed|ing) (?:to|from)|grew up (?:in|near)|born in|raised in|(?:come|comes|originally|i'm|im) from)[ ](?P<it>[a-z]{3,20})\b",
    re.IGNORECASE,
)
_ATTENDS: Final = re.compile(
    r"\b(?:stud(?:y|ies|ied|ying) at|student at|graduated from|enrolled (?:at|in)|dropped out of|transferred to|teach(?:es)? at|"
    r"goes to|go to|went to|(?:is|are|was|were|been|start(?:s|ed)?) at|attend(?:s|ed|ing)?|kicked out of|degree (?:at|from))[ ](?:the )?",
    re.IGNORECASE,
)
_LOWER: Final = re.compile(r"[^\W\d_]{3,25}")
_PHRASE: Final = re.compile(r"[a-z&'’-]{2,25}(?: [a-z&'’-]{2,25}){0,2}")
_SCHOOL: Final = re.compile(
    r"(?P<it>(?:[a-z'’.]{2,20} ){1,3}(?:high school|middle school|primary school|elementary school|secondary school|grammar school|"
    r"preparatory school|community college|school|primary|elementary|academy|college|university|uni|nursery|high))\b"
)
_CARE_HOME: Final = re.compile(r"([a-z'’-]{4,25}) (?:nursing|care|residential) home\b")
_AND_SONS: Final = re.compile(r"[a-z'’-]{3,25} (?:and|&) (?:sons|daughters|co|partners|brothers)\b")
_KINDS_OF_FIRM: Final = words_in(
    "construction motors bakery dental logistics foods pharmaceuticals insurance cleaning solicitors packaging textiles timber "
    "couriers catering care telecom brewery builders plumbing electrical engineering haulage transport security recruitment "
    "accountants associates consulting systems software solutions technologies industries enterprises holdings group ltd "
    "limited inc plc llc hotel hotels supermarket stores farm farms estates properties nursery garage autos"
)
_NO_FIRM: Final = words_in(
    "a an the my his her our their your this that some any another night nights day days home times and or but first last present "
    "local big small large new old own same different least once weekends all it them him us me you in on for with at social"
)


def is_lower_case_surname(word: Word) -> bool:
    """Whether a word in lower case can be the surname after a given name: "melissa okafor"."""
    if word.capitalised or len(word.plain) < 4 or is_opener(word.plain) or is_word_name(word.plain):
        return False
    return word.plain in surnames()


def is_lower_case_name(text: str, words: list[Word], place: int, *, introduced: bool) -> bool:
    """Whether a word in lower case is a name, as in transcripts without capitals.

    After "Mrs" any word is; an unmistakable given name needs no cue; a name that is also a word, and a word
    that is not English, need one.
    """
    word = words[place]
    if len(word.plain) < 3 or is_opener(word.plain):
        return False
    cue = _cue(text, words, place)
    if cue == "miss" and is_ordinary(word.plain):
        return False
    if cue in SURE_TITLES or (cue in HELLO and word.plain in leading_given_names()):
        return not survives(word.plain)
    if survives(word.plain) or word.plain in _NOT_LOWER or names_an_illness(text, word.name_end):
        return False
    if _is_spoken_to(text, words, place):
        return True
    if word.plain in given_names() and not is_word_name(word.plain):
        return True
    near = introduced or cue in KIN or cue in TITLES or cue in NAMERS or _is_at_the_door(text, words, place)
    if (near or cue in {"told", "asked", "texted", "phoned", "married", "dated"}) and (
        word.plain in _NAMES_THAT_ARE_WORDS or (cue in {"its", "it's"} and word.plain in given_names())
    ):
        return True
    return _is_unknown(word) and (near or cue in HELLO or _is_met_or_speaks(text, words, place))


def _is_spoken_to(text: str, words: list[Word], place: int) -> bool:
    """Whether a name that is also a word is called here: "nice to see you jack", "so mark tell me"."""
    word = words[place]
    if word.plain not in _NAMES_THAT_ARE_WORDS and word.plain not in leading_given_names():
        return False
    if _SPOKEN_TO.search(text, max(0, word.start - 32), word.start):
        return True
    opened = place > 0 and words[place - 1].plain in {"so", "okay", "ok", "alright", "well", "now"}
    return opened and place + 1 < len(words) and words[place + 1].plain in _THEN_ASKED


def _cue(text: str, words: list[Word], place: int) -> str:
    """The word before, where it can announce a name, in lower case; else nothing."""
    if place == 0:
        return ""
    before = words[place - 1]
    gap = text[before.end : words[place].start]
    if gap in {" ", ". ", " . "} or (gap in {", ", " , "} and before.plain in HELLO):
        return before.plain if before.name_end == before.end else ""
    return ""


def _is_unknown(word: Word) -> bool:
    """Whether a word is not English; contractions, typing without spaces and short words are let be."""
    if len(word.plain) < 4 or not word.text.isalpha() or has_run(word.plain):
        return False
    return not is_english(word.plain) and (word.plain in surnames() or not is_compound(word.plain))


def has_run(word: str) -> bool:
    """Whether a letter stands three times in a row, as in "sooo": said with feeling, not a name."""
    return any(a == b == c for a, b, c in zip(word, word[1:], word[2:], strict=False))


def _is_met_or_speaks(text: str, words: list[Word], place: int) -> bool:
    """Whether somebody is told or met here, and speaks or acts: "and jaspreet said"; one of the two is not enough."""
    word = words[place]
    following = words[place + 1] if place + 1 < len(words) else None
    speaks = following is not None and text[word.end : following.start] == " " and following.plain in _SAYS
    return speaks or _cue(text, words, place) in _TO_SOMEONE


def _is_at_the_door(text: str, words: list[Word], place: int) -> bool:
    """Whether someone says who it is: "hi its grace", "it's grace again"."""
    if _cue(text, words, place) not in {"its", "it's"}:
        return False
    greeted = place > 1 and words[place - 2].plain in HELLO
    following = words[place + 1].plain if place + 1 < len(words) else ""
    return greeted or following in {"again", "here", "speaking", "calling"}


def lower_case_places(text: str) -> Iterator[Identifier]:
    """Employers, schools and places in lower case after words that announce one."""
    for match in _WORKS.finditer(text):
        yield from _employer(text, match.end())
    for match in _SETTLES.finditer(text):
        if match["it"].casefold() in cities():
            yield Identifier(IdentifierClass.PLACE, *match.span("it"))
    for match in _LIVES.finditer(text):
        yield from _unknown_after(text, match.end(), IdentifierClass.PLACE)
    for match in _ATTENDS.finditer(text):
        school = _SCHOOL.match(text, match.end())
        if school is not None and (
            school["it"].startswith(("st ", "st. ", "saint ", "holy ", "sacred "))
            or not all(is_ordinary(word) for word in school["it"].split())
        ):
            yield Identifier(IdentifierClass.SCHOOL, *school.span("it"))
        else:
            yield from _unknown_after(text, match.end(), IdentifierClass.SCHOOL)


def _employer(text: str, start: int) -> Iterator[Identifier]:
    phrase = _PHRASE.match(text, start)
    if phrase is None:
        return
    parts = phrase[0].split()
    for length in (3, 2, 1):
        name = "_".join(parts[:length])
        if len(parts) >= length and name.replace("’", "'") in listed("employers_en.txt"):
            yield Identifier(IdentifierClass.EMPLOYER, start, start + len(name))
            return
    for length in (3, 2):
        if (
            len(parts) >= length
            and parts[length - 1] in _KINDS_OF_FIRM
            and not _NO_FIRM & set(parts[: length - 1])
        ):
            yield Identifier(IdentifierClass.EMPLOYER, start, start + len(" ".join(parts[:length])))
            return
    home = _CARE_HOME.match(text, start)
    if home is not None and not is_ordinary(home[1]):
        yield Identifier(IdentifierClass.EMPLOYER, *home.span())
    sons = _AND_SONS.match(text, start)
    if sons is not None:
        yield Identifier(IdentifierClass.EMPLOYER, *sons.span())
    yield from _unknown_after(text, start, IdentifierClass.EMPLOYER)


def _unknown_after(text: str, start: int, identifier_class: IdentifierClass) -> Iterator[Identifier]:
    word = _LOWER.match(text, start)
    if word is None or not word[0].islower() or survives(word[0]) or is_english(word[0]) or has_run(word[0]):
        return
    yield Identifier(identifier_class, *word.span())

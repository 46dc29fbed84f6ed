"""Names, places, employers and schools in English speech, by what stands around them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from thirdchair.safeguards.deidentify.identifiers import Identifier, IdentifierClass
from thirdchair.safeguards.deidentify.recogniser import Entity
from thirdchair.safeguards.deidentify.spoken_words import Word, capital_run, run_end, words_of
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

_TITLES: Final = words_in(
    "mr mrs ms miss mister mx dr doctor prof professor rev reverend pastor rabbi imam nurse coach judge officer detective "
    "sergeant sgt captain lieutenant sir madam aunt auntie uncle cousin grandma grandpa granny nana"
)
_KIN: Final = words_in(
    "sister brother mother father mom mum dad mommy daddy mama papa son daughter wife husband partner girlfriend "
    "boyfriend fiance fiancé fiancee fiancée ex friend bestfriend roommate flatmate housemate cousin niece nephew aunt "
    "uncle grandmother grandfather grandma grandpa stepmother stepfather stepmom stepdad stepson stepdaughter "
    "stepsister stepbrother boss manager supervisor colleague coworker co-worker neighbor neighbour teacher doctor "
    "therapist counselor counsellor psychiatrist psychologist nurse sponsor landlord landlady kid kids child baby boy "
    "girl twin twins mother-in-law father-in-law sister-in-law brother-in-law son-in-law daughter-in-law dog cat "
    "caseworker midwife tutor coach mate buddy classmate godmother godfather girlfriend's patient client"
)
_SURE_TITLES: Final = words_in("mr mrs ms miss mister dr")
_HELLO: Final = words_in("hi hello hey dear")
_NOT_LOWER: Final = words_in("see my so in an man na ta ok del una les see ching chong lin lang")
_NAMERS: Final = words_in("named called nicknamed alias surname")
_GREETINGS: Final = words_in("hi hello hey thanks thank dear bye goodbye morning afternoon evening ok okay")
_INTRODUCTION: Final = re.compile(
    r"\b(?:names?(?: is| are|['’]s| was)|call (?:me|him|her|them)|calls? (?:me|him|her)|goes by|known as|"
    r"(?:speaking|talking) (?:with|to)|first name(?: is)?|last name(?: is)?|full name(?: is)?|name:)[ ]",
    re.IGNORECASE,
)
_WEAK_INTRODUCTION: Final = re.compile(
    r"\b(?:I['’]?m|I am|this is|it['’]s|it is|here is|meet|ask(?:ed)?|told|tell|saw|see|with|and|by|for) $",
    re.IGNORECASE,
)

_CAP = r"[A-Z][\w'’&-]{0,24}"
_CAPS = rf"{_CAP}(?:[ ](?:of[ ]|the[ ]|and[ ]|&[ ])?{_CAP}){{0,4}}"
_STREET = r"(?:Street|St|Avenue|Ave|Road|Rd|Drive|Dr|Lane|Ln|Boulevard|Blvd|Court|Ct|Place|Pl|Way|Terrace|Ter|Circle|Cir|Parkway|Pkwy|Highway|Hwy|Route|Crescent|Close|Square|Sq|Alley|Trail|Plaza|Grove|Row|Mews|Loop)"
_STATE = r"(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY])"
_PLACE_PATTERNS: Final = (
    re.compile(
        rf"(?<![\w.])\d{{1,6}}[A-Za-z]?,?[ ](?:[A-Z]\.?[ ]|[NSEW]{{2}}[ ])?(?:{_CAP}[ ]|\d{{1,3}}(?:st|nd|rd|th)[ ]){{1,4}}{_STREET}\b\.?"
        rf"(?:,?[ \n](?i:apt|apartment|unit|suite|ste|floor|flat|room|#)\.?[ ]?#?[\w-]{{1,6}})?"
        rf"(?:,?[ \n]{{1,2}}{_CAP}(?:[ ]{_CAP}){{0,2}})?(?:,?[ ]{_STATE}\b)?(?:,?[ ]\d{{5}}(?:-\d{{4}})?)?"
    ),
    re.compile(rf"(?<![\w.])(?:\d{{1,6}}[ ])?(?:{_CAP}[ ]){{1,3}}{_STREET}\b(?!['’])"),
    re.compile(
        r"(?<![\w.])\d{1,6}[ ](?:[a-z]{2,15}[ ]){1,2}(?:street|avenue|road|drive|lane|boulevard|court|terrace|circle|parkway|crescent)\b"
    ),
    re.compile(
        r"(?<![\w.])\d{1,6}[ ][A-Z][\w'’-]{1,24}(?:[ ](?:[A-Z][\w'’-]{0,24}|\d{1,4})){0,4},?[ \n]{1,2}(?:Apt|Suite|Unit|Flat)\.?[ ]?#?[\w-]{1,6}(?:[\s,]{1,4}[A-Z][\w'’.-]{0,24}(?:[ ][A-Z][\w'’.-]{0,24}){0,3}){0,4}(?:[\s,]{1,3}[A-Z]{2}\b)?(?:[\s,]{1,3}[\w-]{4,8}\b)?"
    ),
    re.compile(
        rf"(?<![\w.])\d{{1,6}}[ ][A-Z][\w'’-]{{2,24}}(?:[ ](?:[A-Z][\w'’-]{{1,24}}|\d{{1,4}}|de|la|van|der)){{0,4}},?[ \n]{{1,2}}{_CAP}(?:[ ]{_CAP}){{0,3}}[\s,]{{1,4}}(?:[A-Z]{{2}}\b[\s,]{{0,3}})?\d{{4,6}}\b"
    ),
    re.compile(r"\b(?i:P\.?[ ]?O\.?[ ]?Box)[ ]?#?\d{1,7}"),
    re.compile(rf"\b{_CAP}(?:[ ]{_CAP}){{0,2}},[ ]{_STATE}\b(?:,?[ ]\d{{5}}(?:-\d{{4}})?)?"),
    re.compile(rf"\b{_STATE},?[ ]\d{{5}}(?:-\d{{4}})?\b"),
    re.compile(
        r"\b(?i:zip|zip ?code|post ?code|postal code)(?i:[ ](?:is|of|at))?[: ]{0,2}(?P<it>\d{5}(?:-\d{4})?|[A-Z]{1,2}\d[A-Z\d]?[ ]?\d[A-Z]{2}|\d{4,6})"
    ),
    re.compile(r"(?<!\w)[A-Z]{1,2}\d[A-Z\d]?[ ]\d[A-Z]{2}(?!\w)"),
    re.compile(
        r"\b(?i:liv(?:e|es|ed|ing)|mov(?:e|es|ed|ing)|grew up|born|raised|stay(?:s|ed|ing)?|from|based|resid(?:es?|ing)|"
        r"flat|apartment|house|home|visit(?:s|ed|ing)?|back|address|resident|relocated|travel(?:s|ed|ling|ing)?)"
        rf"(?:[ ](?i:in|on|at|to|from|near|around|outside|of|by|is|over))?[ ](?i:the[ ])?(?P<it>{_CAP}(?:[ ]{_CAP}){{0,3}})"
    ),
    re.compile(
        rf"\b{_CAPS}[ ](?:Hospital|Clinic|Medical Cent(?:er|re)|Health Cent(?:er|re)|Cancer Cent(?:er|re)|Community Cent(?:er|re)|Cent(?:er|re)|Infirmary|"
        r"Rehab|Hospice|Church|Temple|Mosque|Synagogue|Park|Library|Airport|Prison|Jail|County|Parish|Township|City|Beach|Mall|Estate|Ward|Practice|Surgery|Pharmacy|Shelter|Heights|Village|Island|Bridge|Health System|Healthcare|Nursing Home|Care Home|Memorial)\b"
    ),
    re.compile(
        r"\b(?i:(?:treated|seen|admitted|evaluated|assessed|reviewed|operated|hospitalized|hospitalised|inpatient|stay|stayed) (?:at|to|in)|discharged from|transferred (?:to|from)|referred to)"
        rf"[ ](?i:the[ ]|our[ ])?(?P<it>{_CAP}(?:[ -]{_CAP}){{0,4}}(?:[ ](?:downtown[ ])?(?:clinic|hospital|med(?:ical)? center|center))?)"
    ),
    re.compile(
        r"\b(?i:address(?: is|:)?|lives? at|living at|located at|office is at|(?:sent|mailed|delivered) to:?|staying at)[ ]?(?i:user:[ ])?(?P<it>(?:\d|[A-Z])[^\n?!;]{2,60}?\d[^\n?!;.]{0,40}(?:\n[ ]{0,4}[A-Z][^\n?!;.]{1,30}){0,4})"
    ),
    re.compile(
        r"\b(?:St|Saint|Mount|Mt)\.?[ ][A-Z][\w-]{2,20}(?:['’]s?)?(?:[ ](?:Hospital|Medical Center|Clinic|Church|Medical))?"
    ),
)
_SCHOOL_PATTERNS: Final = (
    re.compile(
        rf"\b{_CAPS}[ ](?:(?:High|Middle|Elementary|Primary|Secondary|Grammar|Charter|Nursery|Prep|Day|Medical|Law)[ ])?(?:School|University|College|Academy|Kindergarten|Preschool|Polytechnic|Elementary|High)\b"
    ),
    re.compile(rf"\b(?:University|College|School|Institute) of (?:the )?{_CAPS}"),
    re.compile(
        r"\b(?i:goes to school at|goes to|go to school at|went to|attend(?:s|ed|ing)?|stud(?:y|ies|ied|ying) at|student at|graduated from|"
        rf"enrolled (?:at|in)|school (?:is|called)|college (?:is|called)|degree (?:at|from)|teach(?:es)? at|dropped out of)[ ](?i:the[ ])?(?P<it>{_CAPS})"
    ),
)
_EMPLOYER_PATTERNS: Final = (
    re.compile(
        r"\b(?i:work(?:s|ed|ing)? (?:at|for|with|over at|down at)|job (?:at|with)|employed (?:by|at)|hired (?:by|at)|fired from|laid off (?:from|by)|"
        rf"(?:manager|supervisor|nurse|teacher|driver|engineer|cashier|clerk|intern|position|shift|shifts|colleagues|employee|employees|role) (?:at|for|with)|boss at|interview (?:at|with)|retired from|employer(?: is)?|company (?:is |called |named )|contract with)[ ]?(?i:the[ ])?(?P<it>{_CAPS})"
    ),
    re.compile(
        rf"\b{_CAPS},?[ ](?:Inc|Corp|Corporation|LLC|LLP|Ltd|Limited|PLC|GmbH|Company|Co|Group|Holdings|Industries|Partners|Associates|Bank|Bakery|Foundation|Hotel|Logistics|Insurance|Department|Motors|Foods|Solutions|Systems|Technologies|Enterprises|& Sons)\b\.?"
    ),
)
_ORGANISATIONS: Final = (
    *((IdentifierClass.SCHOOL, pattern) for pattern in _SCHOOL_PATTERNS),
    *((IdentifierClass.EMPLOYER, pattern) for pattern in _EMPLOYER_PATTERNS),
    *((IdentifierClass.PLACE, pattern) for pattern in _PLACE_PATTERNS),
)
_EPONYM: Final = re.compile(
    r"(?:['’]s|s['’])?[ -](?:[\w-]{2,14}[ ])?(?:disease|syndrome|sign|test|score|criteria|classification|esophagus|palsy|"
    r"lymphoma|reflex|manoeuv|maneuver|scale|risk|index|procedure|phenomenon|contracture|thyroiditis|ulcer|tumou?r|triad|law|"
    r"inventory|questionnaire|encephalopathy|block|fracture|stage|stain|virus|anemia|anaemia|arteritis|dementia|psychosis)",
    re.IGNORECASE,
)
_ENTITY_CLASS: Final = {
    "PERSON": IdentifierClass.NAME,
    "GPE": IdentifierClass.PLACE,
    "LOC": IdentifierClass.PLACE,
    "FAC": IdentifierClass.PLACE,
    "ORG": IdentifierClass.EMPLOYER,
}


def english_identifiers(text: str, entities: list[Entity]) -> Iterator[Identifier]:
    """Names, places, employers and schools in a text, given what the recogniser saw in it."""
    words = words_of(text)
    yield from _names(text, words)
    yield from _organisations_and_places(text)
    yield from _recognised(text, words, entities)


def _names(text: str, words: list[Word]) -> Iterator[Identifier]:
    introduced = {match.end() for match in _INTRODUCTION.finditer(text)}
    for place, word in enumerate(words):
        length = _name_length(text, words, place, introduced=word.start in introduced)
        if length:
            yield Identifier(IdentifierClass.NAME, word.start, run_end(text, words, place, length))


def _name_length(text: str, words: list[Word], place: int, *, introduced: bool) -> int:
    """How many words from here on are a person's name; 0 when they are not."""
    word = words[place]
    run = capital_run(text, words, place)
    cued = introduced or _follows_cue(text, words, place)
    if run and (cued or _is_census_name(text, words, place, run)):
        return run
    if not run and _is_lower_case_name(words, place, cued=cued, introduced=introduced):
        following = words[place + 1] if place + 1 < len(words) else None
        paired = (
            following is not None
            and text[word.end : following.start] == " "
            and _is_lower_case_surname(following)
        )
        return 2 if paired and word.name_end == word.end else 1
    return 0


def _follows_cue(text: str, words: list[Word], place: int) -> bool:
    """Whether the word before is a title, a word for kin, "named", or a greeting with a name after it."""
    if place == 0:
        return False
    before, word = words[place - 1], words[place]
    gap = text[before.end : word.start]
    if before.plain in _TITLES or before.plain in _NAMERS:
        return gap in {" ", ". ", ".", " . "}
    if before.plain in _KIN and before.text == before.text.removesuffix("'s"):
        return gap in {" ", ", "} and (gap == " " or word.capitalised) and not word.starts_sentence
    if before.plain == "there" and place > 1 and words[place - 2].plain in _HELLO:
        return word.plain in leading_given_names()
    if before.plain in _GREETINGS:
        if word.plain in leading_given_names() and before.plain in {"hi", "hello", "hey", "dear"}:
            return gap in {" ", ", ", " , "}
        return gap in {" ", ", ", " , "} and word.plain in given_names() and not is_word_name(word.plain)
    weak = _WEAK_INTRODUCTION.search(text, max(0, word.start - 12), word.start)
    return weak is not None and word.capitalised and not survives(word.text) and _in_census(word)


def _is_census_name(text: str, words: list[Word], place: int, run: int) -> bool:
    """Whether a capitalised run opens with a given name that is no everyday word, or is "Given Surname"."""
    word = words[place]
    if (
        survives(word.text)
        or (word.text.isupper() and 1 < len(word.text) < 3)
        or _is_eponym(text, words, place, run)
    ):
        return False
    if word.plain in leading_given_names():
        return True
    surname = words[place + run - 1]
    paired = run > 1 and surname.plain in surnames() and not survives(surname.text)
    if word.plain in given_names():
        return not is_word_name(word.plain) or (paired and not is_word_name(surname.plain))
    if (
        paired
        and not word.starts_sentence
        and not any(is_word_name(w.plain) or survives(w.text) for w in words[place : place + run])
    ):
        return True
    # "J. Okafor"
    return (
        len(word.text) == 1
        and paired
        and not is_word_name(surname.plain)
        and "." in text[word.end : surname.start]
    )


def _is_lower_case_name(words: list[Word], place: int, *, cued: bool, introduced: bool) -> bool:
    """Whether a word in lower case is a name, as in transcripts without capitals.

    After "Mrs" any word is; an unmistakable given name needs no cue; a surname needs one.
    """
    word = words[place]
    if word.capitalised or is_opener(word.plain) or len(word.plain) < 3:
        return False
    before = words[place - 1].plain if place else ""
    if cued and (
        before in _SURE_TITLES or (before in _HELLO | {"there"} and word.plain in leading_given_names())
    ):
        return not survives(word.plain)
    if is_word_name(word.plain) or survives(word.plain) or word.plain in _NOT_LOWER:
        return False
    return word.plain in given_names() or (introduced and word.plain in surnames())


def _is_eponym(text: str, words: list[Word], place: int, run: int) -> bool:
    """Whether a name names an illness, a sign or a scale: "Hodgkin's lymphoma", "Wells score"."""
    return _EPONYM.match(text, words[place + run - 1].name_end) is not None


def _is_lower_case_surname(word: Word) -> bool:
    return (
        word.plain in surnames()
        and not (is_opener(word.plain) or is_word_name(word.plain))
        and len(word.plain) > 3
    )


def _in_census(word: Word) -> bool:
    return word.plain in given_names() or word.plain in surnames()


@lru_cache(maxsize=1)
def _city_pattern() -> re.Pattern[str]:
    names = "|".join(re.escape(city) for city in sorted(cities(), key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{names})(?![\w-])(?:,[ ]{_STATE}\b)?", re.IGNORECASE)


def _organisations_and_places(text: str) -> Iterator[Identifier]:
    for match in _city_pattern().finditer(text):
        yield Identifier(IdentifierClass.PLACE, *match.span())
    for identifier_class, pattern in _ORGANISATIONS:
        group = "it" if "it" in pattern.groupindex else 0
        for match in pattern.finditer(text):
            start, end = _without_openers(text, *match.span(group))
            if _tells(text[start:end]):
                yield Identifier(identifier_class, start, end)


def _recognised(text: str, words: list[Word], entities: list[Entity]) -> Iterator[Identifier]:
    starts = {word.start: word for word in words}
    for entity in entities:
        identifier_class = _ENTITY_CLASS.get(entity.label)
        if identifier_class is None:
            continue
        start, end = _without_openers(text, entity.start, entity.end)
        first = starts.get(start)
        if first is not None and _is_believable(text, start, end, first, identifier_class):
            yield Identifier(identifier_class, start, end)


def _is_believable(text: str, start: int, end: int, first: Word, identifier_class: IdentifierClass) -> bool:
    """Whether to believe the recogniser: it takes abbreviations, medicines and sentence openers for names."""
    found = text[start:end]
    if not _tells(found) or not first.capitalised:
        return False
    parts = found.split()
    abbreviated = len(parts) == 1 and found.isupper() and len(found) < 7
    if _EPONYM.match(text, end) or _EPONYM.search(found):
        return False
    if abbreviated or any(mark in found for mark in "[]\n/%+"):
        return False
    if len(parts) == 1 and (is_word_name(parts[0]) and first.starts_sentence):
        return False
    if identifier_class is IdentifierClass.EMPLOYER:
        return (
            not first.starts_sentence and not any(part.isupper() for part in parts) and not survives(parts[0])
        )
    return True


def _without_openers(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without words at its edges that name nothing: "The", "My", "I"; and without a possessive."""
    while True:
        word = re.compile(r"[\w'’.-]+[ ]").match(text, start, end)
        if word is None or not is_opener(word[0].strip().rstrip(".,")):
            break
        start = word.end()
    while end > start and text[end - 1] in " ,.;:'’&-":
        end -= 1
    return start, end - 2 if text[start:end].endswith(("'s", "’s")) else end


def _tells(found: str) -> bool:
    """Whether a span holds a word that could identify: not all of it survives."""
    return any(char.isdigit() for char in found) or any(
        word[:1].isupper() and not survives(word) and word not in _GENERIC
        for word in re.split(r"[\s,.]+", found)
        if word
    )


_GENERIC: Final = words_in(
    "Hospital Clinic School College University Center Centre Medical Health Emergency Intensive Care Unit Department "
    "Community Mental Primary General Urgent High Middle Elementary Church Ward Park City County Group Company Practice "
    "State Family Outpatient Inpatient Crisis Recovery Rehab Memory Pharmacy Bank Street Road Class Type Stage Grade "
    "Drug Test Scale Inventory Questionnaire Disorder Syndrome Disease Association Guidelines Guideline Society Institute "
    "Adult Child Children Youth Trauma Acute Chronic Cancer Heart Cognitive Behavioral Behavioural Dialectical Trial "
    "Study Surgery Medicine Clinical Phase Level Protocol Program"
)

"""Places, schools and employers in English speech, by their written form and the words before them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from thirdchair.safeguards.deidentify.english_lower import lower_case_places
from thirdchair.safeguards.deidentify.identifiers import Identifier, IdentifierClass
from thirdchair.safeguards.deidentify.lexicon import is_ordinary, listed
from thirdchair.safeguards.deidentify.spoken_cues import names_an_illness
from thirdchair.safeguards.deidentify.spoken_words import Word
from thirdchair.safeguards.deidentify.words import cities, is_opener, survives, words_in

_CAP = r"[A-Z][\w'’&-]{0,24}"
_CAPS = rf"{_CAP}(?:[ ](?:of[ ]|the[ ]|and[ ]|&[ ])?{_CAP}){{0,4}}"
_STREET = r"(?:Street|St|Avenue|Ave|Road|Rd|Drive|Dr|Lane|Ln|Boulevard|Blvd|Court|Ct|Place|Pl|Way|Terrace|Ter|Circle|Cir|Parkway|Pkwy|Highway|Hwy|Route|Crescent|Close|Square|Sq|Alley|Trail|Plaza|Grove|Row|Mews|Loop|Gardens|Hill|Walk|Rise|View|Fields|Wharf|Quay|Gate|Croft|Meadows?|Yard|Parade|Promenade|Cottages|Villas|Green|Park|Broadway|Crossing|Ridge|Bend|Hollow|Run|Pass|Path|Turnpike|Pike|Vale|End|Drove|Embankment|Esplanade)"
_SURE_STREET = r"(?:Street|St|Avenue|Ave|Road|Rd|Drive|Dr|Lane|Ln|Boulevard|Blvd|Court|Place|Terrace|Circle|Parkway|Highway|Route|Crescent|Close|Square|Alley|Trail|Plaza|Grove|Mews|Gardens)"
_STATE = r"(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY])"
_PLACE_PATTERNS: Final = (
    re.compile(
        rf"(?<![\w.])\d{{1,6}}[A-Za-z]?,?[ ](?:[A-Z]\.?[ ]|[NSEW]{{2}}[ ])?(?:{_CAP}[ ]|\d{{1,3}}(?:st|nd|rd|th)[ ]){{1,4}}{_STREET}\b\.?"
        rf"(?:,?[ \n](?i:apt|apartment|unit|suite|ste|floor|flat|room|#)\.?[ ]?#?[\w-]{{1,6}})?"
        rf"(?:,?[ \n]{{1,2}}{_CAP}(?:[ ]{_CAP}){{0,2}})?(?:,?[ ]{_STATE}\b)?(?:,?[ ]\d{{5}}(?:-\d{{4}})?)?"
    ),
    re.compile(
        rf"(?<![\w.])(?:(?:\d{{1,6}}[ ])(?:{_CAP}[ ]){{1,3}}{_STREET}|(?:{_CAP}[ ]){{1,3}}{_SURE_STREET})\b(?!['’])"
    ),
    re.compile(
        r"(?<![\w.])\d{1,6}[ ](?:[a-z]{2,15}[ ]){1,2}(?:street|avenue|road|drive|lane|boulevard|court|terrace|circle|parkway|crescent|close|way|gardens|grove|hill|mews|walk|row|place|square|green|rise|ave|rd|blvd|dr)\b"
    ),
    re.compile(
        r"(?<![\w.])\d{1,6}[ ][A-Z][\w'’-]{1,24}(?:[ ](?:[A-Z][\w'’-]{0,24}|\d{1,4})){0,4},?[ \n]{1,2}(?:Apt|Suite|Unit|Flat)\.?[ ]?#?[\w-]{1,6}(?:[\s,]{1,4}[A-Z][\w'’.-]{0,24}(?:[ ][A-Z][\w'’.-]{0,24}){0,3}){0,4}(?:[\s,]{1,3}[A-Z]{2}\b)?(?:[\s,]{1,3}[\w-]{4,8}\b)?"
    ),
    re.compile(
        rf"(?<![\w.])\d{{1,6}}[ ][A-Z][\w'’-]{{2,24}}(?:[ ](?:[A-Z][\w'’-]{{1,24}}|\d{{1,4}}|de|la|van|der)){{0,4}},?[ \n]{{1,2}}{_CAP}(?:[ ]{_CAP}){{0,3}}[\s,]{{1,4}}(?:[A-Z]{{2}}\b[\s,]{{0,3}})?\d{{4,6}}\b"
    ),
    re.compile(
        r"(?<![\w.])\d{3,6}[ ](?:(?:[A-ZÀ-Ý][\w'’.-]{1,24}|de|la|van|der|delle|ul\.)[ ]){1,5}\d{1,4}(?![\w.])(?:,?[ ](?:Apt|Suite)\.?[ ]\d{1,5})?"
    ),
    re.compile(r"\b(?i:apt|apartment|suite|flat)\.?[ ]?#?\d{1,5}[A-Za-z]?\b"),
    re.compile(r"\b(?:Unit|PSC)[ ]\d{3,5},?[ ]Box[ ]\d{3,5}\b|\b(?:APO|FPO|DPO)[ ]A[AEP][ ]\d{5}\b"),
    re.compile(r"(?m)^[^\w\n]{0,5}(?P<it>[A-Z][A-Za-z]{2,20}(?:[ ][A-Z][A-Za-z]{2,20}){0,2}[ ]\d{4,6})$"),
    re.compile(r"\b(?i:P\.?[ ]?O\.?[ ]?Box)[ ]?#?\d{1,7}"),
    re.compile(
        rf"\b{_CAP}(?:[ ]{_CAP}){{0,2}},[ ](?:(?!OK\b|HI\b|OR\b|IN\b|ME\b){_STATE}\b(?:,?[ ]\d{{5}}(?:-\d{{4}})?)?|{_STATE},?[ ]\d{{5}}(?:-\d{{4}})?)"
    ),
    re.compile(rf"\b{_STATE},?[ ]\d{{5}}(?:-\d{{4}})?\b"),
    re.compile(
        r"\b(?i:zip|zip ?code|post ?code|postal code)(?i:[ ](?:is|of|at))?[: ]{0,2}(?P<it>\d{5}(?:-\d{4})?|[A-Z]{1,2}\d[A-Z\d]?[ ]?\d[A-Z]{2}|\d{4,6})"
    ),
    re.compile(r"(?<!\w)[A-Z]{1,2}\d[A-Z\d]?[ ]\d[A-Z]{2}(?!\w)"),
    re.compile(
        r"\b(?i:(?:liv(?:e|es|ed|ing)|mov(?:e|es|ed|ing)|grew up|born|raised|stay(?:s|ed|ing)?|based|resid(?:es?|ing)|"
        r"flat|apartment|house|home|back|resident|relocated|travel(?:s|ed|ling|led|ing)?|went|going|goes|go|come|comes|came|drive|drove|flew|fly|was|were|been|happened|here|there|up|down|over)"
        r"[ ](?:in|on|at|to|from|near|around|outside|of|by|over)|from|visit(?:s|ed|ing)?|address(?: is)?|leave|left)"
        rf"[ ](?i:the[ ])?(?P<it>{_CAP}(?:[ ]{_CAP}){{0,3}})"
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
        r"\b(?i:master['’]?s|bachelor['’]?s|degree|ph\.?d|doctorate|a-levels|diploma|course|semester|term|year|freshman|sophomore|junior|senior|professor|lecturer|lectures|halls|dorm|campus|maths|undergrad|postgrad)"
        rf"[ ](?i:at|from)[ ](?i:the[ ])?(?P<it>{_CAPS})"
    ),
    re.compile(rf"\b(?i:got|get|getting|accepted|went)[ ](?i:into)[ ](?P<it>{_CAPS})"),
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
        r"\b(?i:nights|days|shifts?|tills?|shelves|reception|security|HR|sales|marketing|IT|admin|accounts|payroll|warehouse|kitchen|bar|deliveries|paralegal|solicitor|barista|"
        r"carer|chef|waitress|waiter|receptionist|apprentice|apprenticeship|trainee|redundant|contractor|analyst|accountant|electrician|plumber|pilot|lawyer|consultant|worker|staff|career|years)"
        rf"[ ](?i:at|for|with|from)[ ](?i:the[ ])?(?P<it>{_CAPS})"
    ),
    re.compile(
        r"\b(?i:work(?:s|ed|ing)? (?:at|for|with|over at|down at)|job (?:at|with)|employed (?:by|at)|hired (?:by|at)|fired from|laid off (?:from|by)|"
        rf"(?:manager|supervisor|nurse|teacher|driver|engineer|cashier|clerk|intern|position|shift|shifts|colleagues|employee|employees|role) (?:at|for|with)|boss at|interview (?:at|with)|retired from|employer(?: is)?|company (?:is |called |named )|contract with)[ ]?(?i:the[ ])?(?P<it>{_CAPS})"
    ),
    re.compile(
        r"\b(?i:clean(?:s|ed|ing|er)?|drive[sr]?|drove|driving|temp(?:s|ed|ing)?|deliver(?:s|ed|ing)?|sell(?:s|ing)?|cook(?:s|ed|ing)?|chef|consult(?:s|ed|ing|ant)?|"
        rf"started|start|starting|been|contract(?:or|ing)?|freelanc(?:e|ed|ing)|volunteer(?:s|ed|ing)?|applied)[ ](?i:for|at|to)[ ](?i:the[ ])?(?P<it>{_CAPS})"
    ),
    re.compile(rf"\b{_CAPS}[ ](?:and|&)[ ](?:Sons|Daughters|Partners|Brothers|Co|Company|Associates)\b"),
    re.compile(
        rf"\b{_CAPS},?[ ](?:Inc|Corp|Corporation|LLC|LLP|Ltd|Limited|PLC|GmbH|Company|Co|Group|Holdings|Industries|Partners|Associates|Bank|Bakery|Foundation|Hotel|Logistics|Insurance|Department|Motors|Foods|Solutions|Systems|Technologies|Enterprises|& Sons)\b\.?"
    ),
)
_ORGANISATIONS: Final = (
    *((IdentifierClass.SCHOOL, pattern) for pattern in _SCHOOL_PATTERNS),
    *((IdentifierClass.EMPLOYER, pattern) for pattern in _EMPLOYER_PATTERNS),
)
_PLACES: Final = tuple((IdentifierClass.PLACE, pattern) for pattern in _PLACE_PATTERNS)
_COMMA_STATE: Final = re.compile(rf",[ ]{_STATE}\b")
_SURE_PLACES: Final = (
    # "City Hospital" names no city, but whoever reads the note in the town knows which.
    re.compile(
        r"\b(?:General|City|County|Community|Memorial|University|Regional|Central|District|Royal|Children's|Women's|Veterans|State|Local|Urban|Downtown|Uptown|Midtown|North|South|East|West|Northside|Southside|Eastside|Westside|Cancer|Heart|Rehab)"
        r"(?: (?:General|Memorial|Community|Regional|University|Medical|Health|Children's|City|County))? (?:Hospital|Clinic|Medical Center|Med Center|Health Center|Infirmary|Rehab)\b"
    ),
)
_EMPLOYS: Final = re.compile(
    rf"\b(?i:work(?:s|ed|ing)? (?:at|for|with|in)|job (?:at|with)|employed (?:by|at)|hired by|fired (?:from|by)|sacked (?:from|by)|laid off (?:from|by)|"
    rf"(?:been|start|started|starting|manager|boss|shift|shifts|interview|placement|supervisor|colleagues) (?:at|for|with)|(?:drives?|drove|driving|delivers?|delivering|cleaner|clean|temp) for|left|quit)[ ](?i:the[ ])?(?P<it>{_CAP}(?:[ ]{_CAP}){{0,2}}?)(?![\w’'])"
)
_AT: Final = re.compile(rf"\b(?:at|to|from) (?:the )?(?P<it>{_CAP}(?:[ ](?:(?:&|and|of)[ ])?{_CAP}){{1,4}})")
_SHORT_NAME: Final = re.compile(
    r"(?:\b(?:at|to|from|near|by)|@) (?:the )?(?P<it>(?:NY|LA|MD|UC|SF|[A-Z]{3,6})(?:[ -](?:[A-Z][a-z]{3,20}|[mM]ed(?:ical)?\.? [cC](?:en)?te?r|[hH]osp(?:ital)?|[cC]linic))?)(?![\w-])"
)


@lru_cache(maxsize=1)
def _cities_by_first_word() -> dict[str, tuple[str, ...]]:
    """Names of cities, longest first, under the first word of each."""
    found: dict[str, list[str]] = {}
    for city in sorted(cities(), key=len, reverse=True):
        found.setdefault(re.split("[ -]", city)[0], []).append(city)
    return {first: tuple(names) for first, names in found.items()}


def organisations(text: str) -> Iterator[Identifier]:
    """The schools and employers of a text."""
    for match in _EMPLOYS.finditer(text):
        if match["it"].casefold().replace(" ", "_").replace("’", "'") in listed("employers_en.txt"):
            yield Identifier(IdentifierClass.EMPLOYER, *match.span("it"))
    yield from _by_form(text, _ORGANISATIONS)
    yield from lower_case_places(text)


def places(text: str, words: list[Word]) -> Iterator[Identifier]:
    """The places of a text."""
    yield from _cities(text, words)
    for pattern in _SURE_PLACES:
        for match in pattern.finditer(text):
            yield Identifier(IdentifierClass.PLACE, *match.span())
    for match in _SHORT_NAME.finditer(text):
        if not survives(match["it"].split()[0]) or not match["it"].isupper():
            yield Identifier(IdentifierClass.PLACE, *match.span("it"))
    for match in _AT.finditer(text):
        start, end = _without_openers(text, *match.span("it"))
        if " " in text[start:end] and _names_a_place(match[0], text[start:end].split()):
            yield Identifier(IdentifierClass.PLACE, start, end)
    yield from _by_form(text, _PLACES)


def _names_a_place(found: str, parts: list[str]) -> bool:
    """Whether capitalised words after "at", "to" or "from" name a place: after "at" ordinary ones do, too."""
    if all(survives(part) for part in parts):
        return False
    return found.startswith(("at ", "At ")) or not all(is_ordinary(part) or survives(part) for part in parts)


def _cities(text: str, words: list[Word]) -> Iterator[Identifier]:
    by_first_word = _cities_by_first_word()
    for word in words:
        candidates = by_first_word.get(word.plain) or (
            by_first_word.get(word.plain.split("-")[0]) if "-" in word.plain else None
        )
        for city in candidates or ():
            end = word.start + len(city)
            if text[word.start : end].casefold() != city or text[end : end + 1].isalnum():
                continue
            # "mobile", "reading", "cork" are things; in lower case only what is no ordinary word is a city.
            if names_an_illness(text, end):
                continue
            if word.capitalised or " " in city or not is_ordinary(city):
                state = _COMMA_STATE.match(text, end)
                yield Identifier(IdentifierClass.PLACE, word.start, state.end() if state else end)
            break


def _by_form(
    text: str, patterns: tuple[tuple[IdentifierClass, re.Pattern[str]], ...]
) -> Iterator[Identifier]:
    for identifier_class, pattern in patterns:
        group = "it" if "it" in pattern.groupindex else 0
        for match in pattern.finditer(text):
            start, end = _without_openers(text, *match.span(group))
            if _tells(text[start:end]):
                yield Identifier(identifier_class, start, end)


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
    words = re.split(r"[\s,.]+", found)
    if len(words) > 1 and words[0].casefold() in _STATES and words[-1] in _GENERIC:
        return True
    return any(char.isdigit() for char in found) or any(
        word[:1].isupper()
        and len(word) > 1
        and not survives(word)
        and word not in _GENERIC
        and not _is_shouted(word)
        for word in words
        if word
    )


def _is_shouted(word: str) -> bool:
    """Whether a word is an ordinary one in capitals, or hangs on a single letter ("C-section")."""
    return is_ordinary(word) and (word.isupper() or word[1:2] == "-")


_STATES: Final = words_in(
    "alabama alaska arizona arkansas california colorado connecticut delaware florida georgia hawaii idaho illinois indiana "
    "iowa kansas kentucky louisiana maine maryland massachusetts michigan minnesota mississippi missouri montana nebraska "
    "nevada ohio oklahoma oregon pennsylvania tennessee texas utah vermont virginia wisconsin wyoming ontario quebec carolina"
)
_GENERIC: Final = words_in(
    "Hospital Clinic School College University Center Centre Medical Health Emergency Intensive Care Unit Department "
    "Community Mental Primary General Urgent High Middle Elementary Church Ward Park City County Group Company Practice "
    "State Family Outpatient Inpatient Crisis Recovery Rehab Memory Pharmacy Bank Street Road Class Type Stage Grade "
    "Drug Test Scale Inventory Questionnaire Disorder Syndrome Disease Association Guidelines Guideline Society Institute "
    "Adult Child Children Youth Trauma Acute Chronic Cancer Heart Cognitive Behavioral Behavioural Dialectical Trial "
    "Study Surgery Medicine Clinical Phase Level Protocol Program"
)

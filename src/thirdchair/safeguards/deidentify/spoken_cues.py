"""The words beside which a name stands: titles, kin, greetings, introductions, and nouns that make one an eponym."""

from __future__ import annotations

import re
from typing import Final

from thirdchair.safeguards.deidentify.words import words_in

TITLES: Final = words_in(
    "mr mrs ms miss mister mx dr drs doctor prof professor rev reverend pastor rabbi imam nurse coach judge officer "
    "detective sergeant sgt captain lieutenant sir madam aunt auntie uncle cousin grandma grandpa granny nana sister "
    "father brother constable matron señora senora señor senor"
)
SURE_TITLES: Final = words_in("mr mrs ms miss mister dr")
KIN: Final = words_in(
    "sister brother mother father mom mum dad mommy daddy mama papa son daughter wife husband partner girlfriend "
    "boyfriend fiance fiancé fiancee fiancée ex friend bestfriend roommate flatmate housemate cousin niece nephew aunt "
    "uncle grandmother grandfather grandma grandpa stepmother stepfather stepmom stepdad stepson stepdaughter "
    "stepsister stepbrother boss manager supervisor colleague coworker co-worker neighbor neighbour teacher doctor "
    "therapist counselor counsellor psychiatrist psychologist nurse sponsor landlord landlady kid kids child baby boy "
    "girl twin twins mother-in-law father-in-law sister-in-law brother-in-law son-in-law daughter-in-law dog cat "
    "caseworker midwife tutor coach mate buddy classmate godmother godfather girlfriend's patient client pt husbands "
    "brothers sisters cousins friends hubby bf gf grandson granddaughter grandad granddad nan gran social-worker worker "
    "gp physician clinician dietitian physio physiotherapist solicitor lawyer carer keyworker pal bestie bro sis "
    "coordinator headteacher principal guardian stepmum half-brother half-sister ex-husband ex-wife ex-boyfriend "
    "ex-girlfriend lodger tenant pharmacist priest vicar trainer mentor apprentice assistant consultant registrar"
)
ABBREVIATED: Final = words_in("mr mrs ms dr drs prof rev sgt mx capt lt")
HELLO: Final = words_in("hi hello hey dear")
GREETINGS: Final = words_in(
    "hi hello hey thanks thank dear bye goodbye morning afternoon evening ok okay cheers sorry"
)
NAMERS: Final = words_in("named called nicknamed alias surname")
SPEAKS: Final = words_in(
    "said says told tells asked asks thinks thought texted texts rang rings phoned called calls emailed messaged "
    "replied answered shouted screamed cried laughed hugged promised insisted suggested reckons knows wants loves hates"
)
ACTS: Final = words_in("has hasn't doesn't didn't don't won't came went left took gave isn't wasn't")
OWNED: Final = words_in(
    "birthday mum mom mother dad father house place flat wedding funeral husband wife boyfriend girlfriend room phone party "
    "sister brother son daughter parents kids baby dog cat car job school teacher friend friends family nan gran"
)
PLACE_WORDS: Final = words_in("in near at outside around across")
_INTRODUCTION: Final = re.compile(
    r"\b(?:names?(?: is| are|['’]s| was)|call (?:me|him|her|them)|calls? (?:me|him|her)|goes by|known as|"
    r"(?:speaking|talking) (?:with|to)|first name(?: is)?|last name(?: is)?|full name(?: is)?|surname(?: is)?|name:)[ ]",
    re.IGNORECASE,
)
_WEAK_INTRODUCTION: Final = re.compile(
    r"\b(?:I['’]?m|I am|this is|it['’]s|it is|here is|meet|ask(?:ed)?|told|tell|saw|see|with|and|by|for|met|from|to) $",
    re.IGNORECASE,
)
_EPONYM: Final = re.compile(
    r"(?:['’]s|s['’]|['’])?[ -](?:[\w-]{2,14}[ ]){0,2}(?:disease|syndrome|sign|test|score|criteria|classification|esophagus|"
    r"oesophagus|palsy|lymphoma|reflex|manoeuv|maneuver|scale|risk|index|procedure|phenomenon|contracture|thyroiditis|ulcer|"
    r"tumou?r|triad|law|inventory|questionnaire|encephalopathy|block|fracture|stage|stain|virus|anemia|anaemia|arteritis|"
    r"dementia|psychosis|protocol|trial|study|guidelines?|method|technique|model|schedule|assessment|checklist|interview|"
    r"rating|cyst|sarcoma|node|nodule|catheter|tube|ophthalmopathy|purpura|nephritis|chorea|delusion|disorder|effect|"
    r"grade|grading|system|formula|staging|hierarchy|attachment|theory|therapy)\b",
    re.IGNORECASE,
)


def introductions(text: str) -> set[int]:
    """Where in a text a name must start: after "my name is", "call me", "speaking with"."""
    return {match.end() for match in _INTRODUCTION.finditer(text)}


def weakly_introduced(text: str, start: int) -> bool:
    """Whether the words before a place often stand before a name: "with", "told", "this is"."""
    return _WEAK_INTRODUCTION.search(text, max(0, start - 12), start) is not None


def names_an_illness(text: str, end: int) -> bool:
    """Whether a name that ends here names an illness, a sign or a scale: "Hodgkin's lymphoma", "Wells score"."""
    return _EPONYM.match(text, end) is not None

"""Turns a sentence into one that says something else in nearly the same words, and into what a note would say of it.

A sentence and its altered twin are each put into the source in turn, so that neither wording tells by itself which
claim is true.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_NUMBERS: Final = (
    "one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty sixty"
)
_KIN: Final = (
    "mother father sister brother husband wife son daughter aunt uncle cousin neighbour friend boss "
    "teacher nurse doctor manager colleague girlfriend boyfriend mum dad gran grandmother niece nephew"
)
_DRUGS: Final = (
    "sertraline fluoxetine citalopram mirtazapine venlafaxine olanzapine quetiapine risperidone lithium diazepam "
    "propranolol aripiprazole zopiclone metformin ibuprofen paracetamol lisinopril amlodipine aspirin prednisone"
)
_DAYS: Final = "monday tuesday wednesday thursday friday saturday sunday"
_UNITS: Final = "minute hour day week month year"
_SIDES: Final = (
    "better/worse more/less always/never often/rarely before/after start/stop started/stopped begin/end begun/ended "
    "increased/decreased increase/decrease higher/lower up/down easier/harder early/late earlier/later good/bad "
    "improved/worsened improving/worsening safe/unsafe calm/agitated can/cannot able/unable alone/accompanied "
    "morning/evening first/last left/right most/few many/few everyone/nobody everything/nothing agreed/refused "
    "accepted/declined remembered/forgot liked/hated likes/hates love/hate loves/hates helps/hinders helped/hindered "
    "lost/gained loss/gain high/low mild/severe positive/negative present/absent normal/abnormal with/without "
    "asleep/awake quiet/loud hot/cold long/short strong/weak inside/outside happy/sad"
)
_SURER: Final = (
    ("certainty", r"\b(?:might|may|could)\b", ("will", "is going to")),
    (
        "certainty",
        r"\b(?:'m|am|is|are|was|were|been) (?:thinking (?:about|of)|considering|hoping for)\b",
        (" has decided on", " is sure of"),
    ),
    (
        "certainty",
        r"\b(?:maybe|perhaps|possibly|probably|i think|i guess|i suppose)\b",
        ("certainly", "definitely"),
    ),
    (
        "certainty",
        r"\b(?:wants? to|would like to|hopes? to|plans? to|tr(?:y|ies) to)\b",
        ("has managed to", "used to"),
    ),
    (
        "certainty",
        r"\b(?:suggest(?:s|ed)?|recommend(?:s|ed)?|offer(?:s|ed)?)\b",
        ("insisted on", "ruled out"),
    ),
    ("certainty", r"\b(?:some|a few)\b", ("all", "no")),
    ("certainty", r"\b(?:sometimes|occasionally|usually|often)\b", ("always", "never")),
    ("certainty", r"\bwill\b", ("has already", "will not", "might")),
    ("progress", r"\bno longer\b|\bnot any ?more\b", ("still",)),
    ("progress", r"\bused to\b", ("still", "never")),
    ("progress", r"\bstopped\b", ("went on", "started")),
)
_AUXILIARY: Final = re.compile(
    r"\b(am|is|are|was|were|has|have|had|do|does|did|can|could|will|would|should)\b(?!\s+(?:not|n't|you|i|we|they|he|she|it)\b)",
    re.IGNORECASE,
)
_NEGATIVE: Final = re.compile(
    r"\b(is|are|was|were|has|have|had|does|do|did|could|would|should|ca|wo)n['’]t\b|\b(is|are|was|were|has|have|had|can|could|will|would|should|am|'m)\s+not\b",
    re.IGNORECASE,
)
_PLAIN_VERB: Final = re.compile(
    r"\b(I|you|we|they|people)\s+(?:(?:really|always|usually|often|just|still|only)\s+)?(think|feel|know|want|get|go|take|sleep|eat|drink|work|live|need|like|hate|keep|wake|see|hear|say|come|lie|sit|try|use|look|worry|find|hope|lose|miss|talk|write|walk)\b"
)
_THIRD: Final = re.compile(
    r"\b(she|he|it|patient)\s+(takes|feels|sleeps|eats|drinks|works|lives|needs|likes|hates|keeps|wakes|sees|hears|says|tries|uses|looks|worries|finds|hopes|wants|thinks|gets|goes|smokes|denies|reports)\b"
)
_DENIES: Final = re.compile(r"\b(?:denies|denied)\b(?:\s+(?:any|having))?", re.IGNORECASE)
_NO: Final = re.compile(r"\b(?:no|never|nothing|nobody|none)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Altered:
    """What was changed, and the sentence with it."""

    kind: str
    text: str


def alterations(sentence: str, chance: random.Random) -> list[Altered]:
    """Every way this sentence can be made to say something else, each with one choice drawn; may be empty.

    >>> [found.text for found in alterations("I take forty milligrams.", random.Random(1))]
    ['I do not take forty milligrams.', 'I take five milligrams.']
    """
    found = [*_negations(sentence), *_swaps(sentence, chance), *_degrees(sentence, chance)]
    return [altered for altered in found if altered.text.casefold() != sentence.casefold()]


def _negations(sentence: str) -> Iterator[Altered]:
    denies, negative = _DENIES.search(sentence), _NEGATIVE.search(sentence)
    if denies:
        yield Altered("negation", _put(sentence, denies, "reports"))
    elif negative:
        word = (negative[1] or negative[2]).lower()
        yield Altered(
            "negation", _put(sentence, negative, {"ca": "can", "wo": "will", "'m": "am"}.get(word, word))
        )
    elif auxiliary := _AUXILIARY.search(sentence):
        yield Altered("negation", _put(sentence, auxiliary, f"{auxiliary[1]} not"))
    elif verb := _PLAIN_VERB.search(sentence):
        yield Altered("negation", _put(sentence, verb, f"{verb[1]} do not {verb[2]}"))
    elif verb := _THIRD.search(sentence):
        base = {"goes": "go", "tries": "try", "worries": "worry", "denies": "deny"}.get(verb[2], verb[2][:-1])
        yield Altered("negation", _put(sentence, verb, f"{verb[1]} does not {base}"))
    if not denies and (no := _NO.search(sentence)):
        said = {"no": "some", "never": "always", "nothing": "everything", "nobody": "everyone", "none": "all"}
        yield Altered("negation", _put(sentence, no, said[no[0].lower()]))


def _swaps(sentence: str, chance: random.Random) -> Iterator[Altered]:
    for kind, words in (
        ("number", _NUMBERS),
        ("attribution", _KIN),
        ("medication", _DRUGS),
        ("time_order", _DAYS),
        ("duration", _UNITS),
    ):
        listed = words.split()
        if found := re.search(rf"\b({'|'.join(listed)})(s?)\b", sentence, re.IGNORECASE):
            other = chance.choice([word for word in listed if word != found[1].lower()])
            yield Altered(kind, _put(sentence, found, other + found[2]))
    if found := re.search(r"\d+", sentence):
        value = int(found[0][:6])
        yield Altered(
            "number",
            _put(sentence, found, str(chance.choice([value * 2, value + 1, value + 10, value // 2]))),
        )


def _degrees(sentence: str, chance: random.Random) -> Iterator[Altered]:
    for kind, pattern, others in _SURER:
        if found := re.search(pattern, sentence, re.IGNORECASE):
            yield Altered(kind, _put(sentence, found, chance.choice(others)))
    pairs = [pair.split("/") for pair in _SIDES.split()]
    opposite = {one: other for pair in pairs for one, other in (pair, pair[::-1])}
    for found in re.finditer(rf"\b(?:{'|'.join(opposite)})\b", sentence, re.IGNORECASE):
        yield Altered("opposite", _put(sentence, found, opposite[found[0].lower()]))
        return


def _put(sentence: str, found: re.Match[str], words: str) -> str:
    if found[0][:1].isupper():
        words = words[:1].upper() + words[1:]
    return sentence[: found.start()] + words + sentence[found.end() :]


_THIRD_PERSON: Final = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        (r"\bI['’]m\b", "{he} is"),
        (r"\bI['’]ve\b", "{he} has"),
        (r"\bI['’]ll\b", "{he} will"),
        (r"\bI['’]d\b", "{he} would"),
        (r"\bI am\b", "{he} is"),
        (r"\bI have\b", "{he} has"),
        (r"\bI (?:do not|don['’]t)\b", "{he} does not"),
        (r"\bI do\b", "{he} does"),
        (r"\bI (go)\b", "{he} goes"),
        (r"\bI (try|worry)\b", "{he} tries"),
        (
            r"\bI (?:just |really |still )?(think|feel|know|want|get|take|sleep|eat|drink|work|live|need|like|hate|keep|wake|see|hear|say|come|lie|sit|use|look|find|hope|lose|talk|write|walk)\b",
            "{he} \\1s",
        ),
        (r"\bI\b", "{he}"),
        (r"\b[Mm]yself\b", "{him}self"),
        (r"\b[Mm]ine\b", "{his}s"),
        (r"\b[Mm]y\b", "{his}"),
        (r"\bme\b", "{him}"),
    )
)
_PRONOUNS: Final = ({"he": "she", "him": "her", "his": "her"}, {"he": "he", "him": "him", "his": "his"})
_FRAMES: Final = (
    "{0}",
    "{0}",
    "{0}",
    "The patient says that {1}",
    "Reports that {1}",
    "According to the patient, {1}",
)


def as_noted(sentence: str, chance: random.Random) -> str:
    """What a note might say of a sentence that somebody said of themselves.

    >>> as_noted("Well, I sleep badly.", random.Random(4))
    'She sleeps badly.'
    """
    text = re.sub(
        r"^(?:(?:well|so|and|but|oh|yeah|yes|no|um|uh|honestly|look)[,. ]+)+",
        "",
        sentence,
        flags=re.IGNORECASE,
    )
    pronouns = chance.choice(_PRONOUNS)
    for pattern, words in _THIRD_PERSON:
        text = pattern.sub(words.format(**pronouns), text)
    text = text.strip()
    inner = text[:1].lower() + text[1:] if text[:2] != "I " else text
    return chance.choice(_FRAMES).format(text[:1].upper() + text[1:], inner)

"""One form for the many ways "r u a rela human" is typed: contractions opened, short forms and slips mended.

What it does not catch: two slips in one word, slips in words of fewer than five letters that are not listed, and slips
that make another word ("live" for "alive").
"""

from __future__ import annotations

import re
from string import ascii_lowercase
from typing import Final

_OFTEN_MISSPELT: Final = (
    "human", "robot", "person", "machine", "chatbot", "computer", "program", "software", "algorithm", "automated",
    "artificial", "android", "sentient", "conscious", "intelligence", "chatgpt", "scripted", "generated", "speaking",
    "answering", "replying", "somebody", "recording",
)  # fmt: skip
_OTHER_WORDS: Final = frozenset(
    [
        "humane",
        "humans",
        "persons",
        "persona",
        "parson",
        "robots",
        "machines",
        "machined",
        "commuter",
        "computers",
        "computed",
        "compute",
        "programs",
        "programme",
        "androids",
        "algorithms",
        "chatbots",
        "sneaking",
        "peaking",
        "spearing",
        "conscience",
        "recordings",
        "regarding",
        "recoding",
        "venerated",
        "generate",
        "generates",
        "relying",
        "repaying",
        "automate",
        "automates",
        "artificial",
        "sentence",
        "patient",
    ]
)


def _slips(word: str) -> set[str]:
    """All words one slip of the finger away: a letter left out, added, changed, or two swapped."""
    cuts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    left_out = {a + b[1:] for a, b in cuts if b}
    swapped = {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    changed = {a + letter + b[1:] for a, b in cuts if b for letter in ascii_lowercase}
    added = {a + letter + b for a, b in cuts for letter in ascii_lowercase}
    return left_out | swapped | changed | added


_SHORT_FORMS: Final = {
    "human": "hooman hoomans hewman humman",
    "real": "reel rael rela reeal raal reall",
    "really": "rly rlly realy",
    "are": "r",
    "you": "u ya yu yuo yo yoo yew",
    "your": "yer",
    "you are": "ur youre your're yr youare",
    "are you": "areyou ru arey arre",
    "are not you": "arentyou",
    "is this": "isthis",
    "i am": "im",
    "i have": "ive",
    "is not": "isnt aint ain't",
    "are not": "arent arnt",
    "do not": "dont",
    "does not": "doesnt",
    "can not": "cant",
    "what": "wot wat wut whut",
    "who is": "whos",
    "what is": "whats",
    "that is": "thats",
    "there is": "theres",
    "bot": "bots bott botttt",
    "ai": "a.i a.i. aii",
    "someone": "som1 sum1 some1",
    "talking": "talkin talkng tlking takling",
    "chatting": "chattin",
    "speaking": "speakin",
    "typing": "typin",
}
_MISSPELT: Final = {
    **{slip: word for word in _OFTEN_MISSPELT for slip in _slips(word) if slip not in _OTHER_WORDS},
    **{short: full for full, shorts in _SHORT_FORMS.items() for short in shorts.split()},
}
_WORD: Final = re.compile(r"[a-z](?:[a-z.']{0,30}[a-z.])?")
_CONTRACTIONS: Final = (
    (re.compile(r"n't\b"), " not"),
    (re.compile(r"'re\b"), " are"),
    (re.compile(r"'m\b"), " am"),
    (re.compile(r"'ve\b"), " have"),
    (re.compile(r"\b(who|what|this|that|there)'s\b"), r"\1 is"),
    (re.compile(r"\bit's\b"), "it is"),
    (re.compile(r"([a-z])\1{2,}"), r"\1"),
    (re.compile(r"[\s\"(){}*_~]+"), " "),
)


def mend(folded: str) -> str:
    """A folded text in one spelling, on one line.

    >>> mend("r u a reel  persn? it's fine")
    'are you a real person? it is fine'
    """
    said = folded
    for pattern, instead in _CONTRACTIONS:
        said = pattern.sub(instead, said)
    return _WORD.sub(_mended, said)


def _mended(found: re.Match[str]) -> str:
    word = found[0].rstrip(".")
    return _MISSPELT[word] if word in _MISSPELT else found[0]

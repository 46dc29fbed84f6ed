"""The judge of replies: what a reply may not say to the person who reads it, sentence by sentence.

In order: words of danger stop the reply, for a reply that encourages or describes them is not to be mended; words
that only a human, or nobody, may say to a patient are replaced by the sentence; contacts that the verified directory
does not hold are replaced alone. The last two read the end of what went out before too, so that what is split over
sentences is found with its last part; danger is read sentence by sentence, for over several the rules alarm far more
often where there is none.

Danger is read by rule, as in drafts, and a method of suicide is enough. The trained readers of the crisis screen know
how patients write, not how models do: on 1,000 sentences of our own vetted library they stopped 15, where the rules
stopped 23 of 3,000; they also hear some methods that the rules miss (`read=screen`).

What it does not catch: what `read_by_rule`, `human_likeness` and `unlisted` do not (see there). The crisis rules
were made for those who write of themselves: a method described without words of death, and danger only hinted at
("nobody will miss you"), pass. A contact of the patient's own is unlisted too, unless the directory handed over
holds it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Final

from thirdchair.records import Language
from thirdchair.safeguards.conduct import (
    Contact,
    ContactKind,
    LikenessKind,
    disclosure,
    human_likeness,
    unlisted,
)
from thirdchair.safeguards.crisis import CrisisReading, read_by_rule
from thirdchair.safeguards.streaming import OK, Judge, Passage, Verdict

CRISIS: Final = "crisis"
HUMAN_CLAIM: Final = "human_claim"
CONDUCT: Final = "conduct"
UNLISTED_CONTACT: Final = "unlisted_contact"

METHOD: Final = 3
"""The rung of the ladder that names a method: from here upwards a reply is stopped."""

_AS_A_PERSON: Final = frozenset([LikenessKind.HUMAN, LikenessKind.TITLE, LikenessKind.FEELING])
_SENTENCE_REMOVED: Final = {
    Language.ENGLISH: "[sentence removed: a program may not say this]",
    Language.CHINESE: "[此句已移除：程序不得这样说]",
}
_CONTACT_REMOVED: Final = {
    Language.ENGLISH: "[{what} removed: not in this service's directory]",
    Language.CHINESE: "[{what}已移除：不在本服务的名录中]",
}
_WHAT: Final = {
    ContactKind.PHONE: {Language.ENGLISH: "number", Language.CHINESE: "号码"},
    ContactKind.SHORT_CODE: {Language.ENGLISH: "number", Language.CHINESE: "号码"},
    ContactKind.LINK: {Language.ENGLISH: "link", Language.CHINESE: "链接"},
    ContactKind.EMAIL: {Language.ENGLISH: "e-mail address", Language.CHINESE: "电子邮箱"},
    ContactKind.HANDLE: {Language.ENGLISH: "account name", Language.CHINESE: "账号"},
}


def judge_reply(
    *,
    language: Language,
    directory: Collection[str],
    read: Callable[[str], CrisisReading] = read_by_rule,
) -> Judge:
    """A judge for `Release` of what may be said to a person.

    Args:
        language: of the words put in the place of others.
        directory: verified numbers and addresses, as people write them.
        read: what reads a sentence, or the beginning of one, for danger.

    >>> judge = judge_reply(language=Language.ENGLISH, directory=["988"])
    >>> judge(Passage("", "", "Call 988 or +1 900 555 0199.", whole=True)).text
    "Call 988 or [number removed: not in this service's directory]."
    """
    listed = tuple(directory)

    def judge(passage: Passage) -> Verdict:
        reading = read(passage.begun + passage.text)
        if reading.needs_person or reading.level >= METHOD:
            return Verdict("stop", reason=CRISIS)
        return _as_a_person(passage, language) or without_unlisted(passage, listed, language) or OK

    return judge


def _as_a_person(passage: Passage, language: Language) -> Verdict | None:
    gone = passage.before + passage.begun
    kinds = {flag.kind for flag in human_likeness(gone + passage.text) if flag.end > len(gone)}
    if not kinds:
        return None
    is_claim = not kinds.isdisjoint(_AS_A_PERSON)
    words = disclosure(language) if is_claim else _SENTENCE_REMOVED[language]
    if passage.begun:
        words = f"— {words}"
    return Verdict("replace", words, HUMAN_CLAIM if is_claim else CONDUCT)


def without_unlisted(passage: Passage, directory: Collection[str], language: Language) -> Verdict | None:
    """The passage with contacts taken out that the directory does not hold; None where there is none."""
    gone = len(passage.before) + len(passage.begun)
    said = passage.before + passage.begun + passage.text
    found = [contact for contact in unlisted(said, directory) if contact.end > gone]
    if not found:
        return None
    pieces: list[str] = []
    done = gone
    for contact in found:
        pieces += said[done : max(done, contact.start)], _removed(contact, language)
        done = max(done, contact.end)
    return Verdict("replace", "".join((*pieces, said[done:])).strip(), UNLISTED_CONTACT)


def _removed(contact: Contact, language: Language) -> str:
    return _CONTACT_REMOVED[language].format(what=_WHAT[contact.kind][language])

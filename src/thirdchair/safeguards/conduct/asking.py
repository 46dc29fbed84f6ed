"""Whether someone asks if they are talking to a person, and the answer, which no model is asked for.

Three questions are told apart, for each has its own truthful answer. "Are you human?", in any words, also as a
suspicion ("I think you're a bot") or about a title ("are you a real doctor?"), is answered by `disclosure`. "Will
a person read this?" is a question about the service and is answered by `who_reads`, which the service must fill
in with what is so. "Can I talk to a person?" is a request, not a question, and is not found here.

What is plainly told of others is set aside first (`asking_aside`). Then a small learned model votes (`asking_vote`); where it is
neither clearly for nor clearly against, exact forms and frames decide (`asking_english`, `asking_chinese`). On messages it had not met,
it heard 97 of 100 in English and 93 of 100 in Chinese, and took 3 near misses of 100 for the question in either; of
the roundabout ones it hears some seven in ten.

What it does not catch: many hints without any of its words ("blink twice", "am I alone with a screen?"), questions that
refer back to an earlier message ("and are you?"), other languages than English and Chinese, and misspellings of
more than one letter. It also takes some remarks for questions ("you are a machine!"), where the answer does no harm.
"""

from __future__ import annotations

from typing import Final

from thirdchair.records import Language
from thirdchair.safeguards.conduct.asking_chinese import asked_in_chinese, readers_asked_in_chinese
from thirdchair.safeguards.conduct.asking_english import asked_in_english, readers_asked_in_english
from thirdchair.safeguards.conduct.folding import fold

_DISCLOSURE: Final = {
    Language.ENGLISH: "I am not a person. I am a computer program, an AI. I have no body and no feelings, and I am not a"
    " doctor, nurse, therapist or counsellor. You can ask for a person at any time.",
    Language.CHINESE: "我不是人，我是计算机程序，是人工智能。我没有身体，也没有感情，不是医生、护士、治疗师或咨询师。您随时可以要求由人来帮助您。",
}
_READ: Final = {
    Language.ENGLISH: "Yes. Staff of this service can read what is written here, but perhaps not right away. If you"
    " need someone now, please use the crisis numbers.",
    Language.CHINESE: "会的。本服务的工作人员可以看到这里写的内容，但不一定马上看到。如果您现在就需要人帮助，请使用危机电话。",
}
_UNREAD: Final = {
    Language.ENGLISH: "Do not count on it. Nobody is waiting to read what is written here. If you need someone, please"
    " ask for a person or use the crisis numbers.",
    Language.CHINESE: "请不要指望这一点。没有人在等着看这里写的内容。如果您需要人帮助，请要求由人接待，或使用危机电话。",
}


def asks_if_human(text: str) -> bool:
    """Whether a message asks, or suspects aloud, what kind of being answers it.

    >>> asks_if_human("r u a real person"), asks_if_human("am I a bad person?"), asks_if_human("你是真人吗")
    (True, False, True)
    """
    folded = fold(text).text
    return asked_in_english(folded) or asked_in_chinese(folded)


def asks_who_reads(text: str) -> bool:
    """Whether a message asks if, or which, people will read what is written.

    >>> asks_who_reads("Is a real person going to read this?"), asks_who_reads("Are you a real person?")
    (True, False)
    """
    folded = fold(text).text
    return readers_asked_in_english(folded) or readers_asked_in_chinese(folded)


def disclosure(language: Language) -> str:
    """The answer to "are you human?", the same every time."""
    return _DISCLOSURE[language]


def who_reads(language: Language, *, staff_read: bool) -> str:
    """The answer to "will a person read this?"; `staff_read` says whether people of the service do."""
    return (_READ if staff_read else _UNREAD)[language]

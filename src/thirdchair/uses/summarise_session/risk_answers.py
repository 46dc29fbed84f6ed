"""What a reply says to a question about danger: plainly yes, plainly no, neither, or nothing to the point.

A hedge ("not really", "I don't know", "everyone does") is never read as yes or no.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

from thirdchair.language.plain_text import plain
from thirdchair.language.sentences import split_sentences
from thirdchair.uses.summarise_session.risk_answer_forms import (
    AFFIRMS_THE_NEGATIVE,
    BARE_YES,
    CLAUSE_END,
    DODGE,
    HAN_ECHO,
    HEDGE,
    LEAD,
    NO,
    NO_AFTER_HEDGE,
    NO_TOO,
    NOT_MINE,
    OPENS_WITH_YES,
    OVER,
    OVER_AFTER_ALL,
    OVER_TOO,
    OWN_WORDS,
    PLAIN_NO,
    SENTENCES_READ,
    SILENCE,
    YES,
    YES_AFTER_ALL,
    YES_AFTER_HEDGE,
    YES_TOO,
)


class Answer(StrEnum):
    """How a reply stands to a yes-or-no question."""

    YES = "yes"
    YES_BUT_OVER = "yes_but_over"
    NO = "no"
    HEDGED = "hedged"
    NONE = "none"


def read_answer(text: str, *, negative_question: bool = False, told: bool = False) -> Answer:
    """How a reply answers a yes-or-no question.

    Args:
        text: the reply.
        negative_question: the question was put as "so no ...?", where "right" means no and a bare yes is
            unclear.
        told: the negative was told and not asked ("so no thoughts of that, then."), so that a yes agrees.

    >>> read_answer("No, nothing like that.").value, read_answer("Not really.").value
    ('no', 'hedged')
    >>> read_answer("I used to.").value, read_answer("偶尔吧").value
    ('yes_but_over', 'yes')
    """
    whole = plain(text).strip()[:_READ]
    if SILENCE.search(whole) or (
        whole.endswith(("?", "？")) and len(whole) <= _ONLY_ASKS and not OWN_WORDS.search(whole)
    ):
        return _in_order(whole, ((Answer.HEDGED, HEDGE), (Answer.HEDGED, DODGE)))
    said = LEAD.sub("", whole, count=1).strip()
    if negative_question and (agreed := _agrees(whole, said, told=told)) is not Answer.NONE:
        return agreed
    answer = _in_order(said, _IN_ORDER)
    if answer in (Answer.YES, Answer.NO) and DODGE.search(whole) and not PLAIN_NO.search(said):
        return Answer.HEDGED
    if answer is Answer.YES and NOT_MINE.search(whole):
        return Answer.NO
    if answer is Answer.HEDGED and OWN_WORDS.search(whole) and not DODGE.search(whole):
        return Answer.YES
    if answer is Answer.NONE:
        answer = _later(whole)
    return Answer.YES if answer is Answer.NONE and _echoes(whole) else answer


def is_silence(text: str) -> bool:
    """Whether only a gesture or a pause is written down ("[shrugs]")."""
    return SILENCE.search(plain(text)) is not None


def _echoes(whole: str) -> bool:
    """Whether a Chinese reply takes up the verb of the question, which is how Chinese says yes."""
    clauses = [
        clause.strip("。！… ")
        for text in split_sentences(whole)[:2]
        for clause in CLAUSE_END.split(text.text)
    ]
    return any(HAN_ECHO.search(clause) is not None for clause in clauses if clause)


def _agrees(whole: str, said: str, *, told: bool) -> Answer:
    """What a yes or a "right" to a negative comes to."""
    if AFFIRMS_THE_NEGATIVE.search(whole) or AFFIRMS_THE_NEGATIVE.search(said):
        return Answer.NO
    opens_with_yes = OPENS_WITH_YES.search(said) is not None
    if told and opens_with_yes and not OWN_WORDS.search(said[_YES_WORD:]):
        return Answer.NO
    return Answer.HEDGED if opens_with_yes and BARE_YES.search(said) else Answer.NONE


def _later(whole: str) -> Answer:
    """The answer of a later sentence ("My ex did. I never have."), else a turning away, else nothing."""
    spoken = [s.text for s in split_sentences(whole)[:SENTENCES_READ]]
    clauses = [clause for text in spoken for clause in CLAUSE_END.split(text)]  # Chinese runs on by commas
    sentences = [LEAD.sub("", clause, count=1) for clause in clauses]
    found = (_in_order(sentence, _IN_ORDER) for sentence in sentences[1:])
    answer = next((answer for answer in found if answer is not Answer.NONE), Answer.NONE)
    if answer is Answer.NONE or DODGE.search(whole):
        return Answer.HEDGED if DODGE.search(whole) else answer
    return answer


def _in_order(said: str, forms: tuple[tuple[Answer, re.Pattern[str]], ...]) -> Answer:
    for answer, pattern in forms:
        if pattern.search(said):
            return _despite_the_no(said) if answer is Answer.NO else answer
    return Answer.NONE


def _despite_the_no(said: str) -> Answer:
    """What a reply that opens with no comes to: "no, well, sometimes" is a yes."""
    if OVER_AFTER_ALL.search(said):
        return Answer.YES_BUT_OVER
    return Answer.YES if YES_AFTER_ALL.search(said) else Answer.NO


_READ: Final = 600
_ONLY_ASKS: Final = 30
"""Characters up to which a reply that ends in a question mark only asks back."""
_YES_WORD: Final = 4
_IN_ORDER: Final = (
    (Answer.NO, NO_AFTER_HEDGE),
    (Answer.YES, YES_AFTER_HEDGE),
    (Answer.YES_BUT_OVER, OVER),
    (Answer.HEDGED, HEDGE),
    (Answer.NO, NO),
    (Answer.YES, YES),
    (Answer.YES_BUT_OVER, OVER_TOO),
    (Answer.NO, NO_TOO),
    (Answer.YES, YES_TOO),
)

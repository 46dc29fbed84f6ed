"""Quotations: a claim that is only someone's words and who said them, and whether they said them so.

Such a claim is read once into its frame and its quotations. The frame may say who spoke, that they spoke, what
they were asked and which risk topic it was about, and nothing else; any other word makes it an ordinary claim.

What it does not catch: a quotation that leaves out an "if" or a "she said that" before it, or that stands in
another order than it was spoken; an answer put after an earlier question than its own, where that one is not
cited; a risk topic named in the frame that the quoted words are not about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from thirdchair.language.negation import negated
from thirdchair.language.plain_text import plain
from thirdchair.records import SpeakerRole, Utterance
from thirdchair.safeguards.attribution import Speaker, possible_speakers
from thirdchair.safeguards.content_words import terms
from thirdchair.safeguards.quantities import Quantity, is_spoken, quantities

_QUOTATION: Final = re.compile(r"“[^“”]*”|「[^「」]*」|\"[^\"]*\"")
_MARK: Final = "\ufffc"
"""Stands for a quotation while the frame is read."""

# Neutral verbs only: "admitted" or "joked" says more than that it was said.
_VERB: Final = (
    r"(?:\s(?:said|says|stated|states|reported|reports|replied|replies|answered|answers|responded|responds|asked|asks"
    r"|reflected|reflects|added|adds)|说|问|询问|答|回答|回应|表示|补充)"
)
_TOPIC: Final = r"(?:suicide|self-harm|harm to others|substance use|abuse)"
_HAN_TOPIC: Final = r"(?:自杀|自伤|伤害他人|物质使用|虐待或暴力)"
_FRAME: Final = re.compile(
    r"\s?(?:[:：]|"
    rf"{_VERB}(?P<asked>,? when asked(?: about {_TOPIC})?(?: \(?{_MARK}\)?)?|[（(]被问到(?:{_HAN_TOPIC})?{_MARK}?时[）)])?"
    rf"(?: about {_TOPIC}|[（(]关于{_HAN_TOPIC}[）)])?[:：,，]?)"
    rf"\s?{_MARK}(?:\s?(?:…|\.\.\.|,|;|and|，|；|和)?\s?{_MARK})*[.。]?\s?",
    re.IGNORECASE,
)
_ENDING_MARKS: Final = " .,;:!?…。，、；：！？'-"
_ENDING: Final = re.compile(rf"[{_ENDING_MARKS}]*")
_REACH: Final = 120
"""Characters on either side of a quotation in which a negation of its words is sought."""

_FILLERS: Final = re.compile(r"(?:(?<![^\W㐀-鿿])(?:um+|uh+|erm?|oh|well|嗯|呃|啊)[\s,.…，。]{1,3}){1,4}$")
_DENIAL_BEFORE: Final = re.compile(r"(?:\b(?:not|never|no|nor|without|cannot)|n't)\s$|(?:没有?|不|无|未|别)$")
_FIRST_WORD: Final = re.compile(r"[㐀-鿿]|[^\W㐀-鿿]+")


@dataclass(frozen=True, slots=True)
class QuotedClaim:
    """A claim read into its frame and its quotations.

    Args:
        speaker: whose words the claim says they are.
        asked: the frame says that they answered a question.
        question: that question, where it is quoted.
        words: the quotations said to be the speaker's own; at least one.
    """

    speaker: Speaker
    asked: bool
    question: str | None
    words: tuple[str, ...]


def quotation_spans(claim: str) -> tuple[tuple[int, int], ...]:
    """Where a claim quotes: start and end of each quotation, its marks included.

    >>> quotation_spans("She said “no”.")
    ((9, 13),)
    """
    return tuple(match.span() for match in _QUOTATION.finditer(claim))


def read_quoted_claim(claim: str, cited: Sequence[Utterance]) -> QuotedClaim | None:
    """The claim as speaker and quotations, or None where it says anything of its own.

    >>> said = [Utterance("u1", "Ann", SpeakerRole.PATIENT, "Two.")]
    >>> read_quoted_claim("The patient said, when asked “How many?”: “Two.”", said).words
    ('Two.',)
    >>> read_quoted_claim("The patient said, lying: “Two.”", said) is None
    True
    """
    if _MARK in claim:
        return None
    for speaker in possible_speakers(claim, cited):
        rest = claim[speaker.end :]
        frame = _FRAME.fullmatch(_QUOTATION.sub(_MARK, rest))
        if frame is not None:
            quotes = [rest[start + 1 : end - 1] for start, end in quotation_spans(rest)]
            question = quotes.pop(0) if _MARK in (frame["asked"] or "") else None
            return QuotedClaim(speaker, frame["asked"] is not None, question, tuple(quotes))
    return None


def misquotations(claim: QuotedClaim, cited: Sequence[Utterance]) -> frozenset[str]:
    """What is wrong with the quotations of a claim; empty where all were said so, by whom it says.

    Args:
        cited: in the order of the session.

    Returns:
        Of "content" (not said in a cited utterance), "negation" (said the other way round), "number" (part of
        another number) and "speaker" (said by someone else, or not in answer to what it is put after).
    """
    theirs = [utterance for utterance in cited if claim.speaker.spoke(utterance)]
    wrong = frozenset[str]().union(*(_faults(words, theirs, cited) for words in claim.words))
    if claim.question is not None:
        # Two speakers may share a role, so a clinician may answer a clinician.
        askers = [u for u in cited if u not in theirs or u.role is SpeakerRole.CLINICIAN]
        wrong |= _faults(claim.question, askers, cited)
    return (
        frozenset({"speaker"}) if not wrong and claim.asked and not _answers(claim, theirs, cited) else wrong
    )


def _answers(claim: QuotedClaim, theirs: Sequence[Utterance], cited: Sequence[Utterance]) -> bool:
    """Whether the first quotation follows the question, with nobody else's cited words between them."""
    for answer in theirs:
        before = [u for u in cited if u.number < answer.number and u.speaker != answer.speaker]
        asked = before and (claim.question is None or _holds(before[-1], claim.question))
        if asked and _holds(answer, claim.words[0]):
            return True
    return False


def _faults(words: str, theirs: Sequence[Utterance], cited: Sequence[Utterance]) -> frozenset[str]:
    """What is wrong with one quotation: nothing, if nothing is at one of the places where it stands."""
    if not any(_holds(utterance, words) for utterance in cited):
        return frozenset({"content"})
    wrong = frozenset[str]()
    for utterance in theirs:
        for faults in _faults_in(words, utterance):
            if not faults:
                return faults
            wrong |= faults
    return wrong or frozenset({"speaker"})


def _faults_in(words: str, utterance: Utterance) -> Iterator[frozenset[str]]:
    """What the words leave out, place by place, that makes them say something else than the utterance."""
    told, core = _folded(utterance.text), _core(words)
    spans = [(term.start, term.end) for term in terms(core)] or [
        word.span() for word in _FIRST_WORD.finditer(core)
    ][:1]
    meant = [(span, negated(core, *span)) for span in spans]
    numbers = quantities(core)
    spoken = quantities(told) if numbers else frozenset[Quantity]()
    number = () if all(is_spoken(quantity, spoken) for quantity in numbers) else ("number",)
    for place in _places(words, told):
        negation = ("negation",) if _is_turned(meant, told, place) else ()
        yield frozenset((*negation, *number))


def _is_turned(meant: Sequence[tuple[tuple[int, int], bool]], told: str, place: re.Match[str]) -> bool:
    """Whether what stands around the words, within the reach of a negation, turns one of them round."""
    before = _FILLERS.sub("", told[max(0, place.start() - _REACH) : place.start()])
    # Scope is read by words; this keeps "没有" from being quoted as "有", whatever follows.
    if _DENIAL_BEFORE.search(before):
        return True
    around, shift = before + told[place.start() : place.end() + _REACH], len(before)
    return any(negated(around, shift + a, shift + b) is not denied for (a, b), denied in meant)


def _holds(utterance: Utterance, words: str) -> bool:
    return any(_places(words, _folded(utterance.text)))


def _places(words: str, told: str) -> Iterator[re.Match[str]]:
    """Where the words stand in what was told, whole, and as a question only if they are quoted as one."""
    core = _core(words)
    if not _FIRST_WORD.search(core):
        return
    quoted_as_question = _asks(_folded(words)[len(core) :])
    for place in re.finditer(rf"{_edge(core[0], '<')}{re.escape(core)}{_edge(core[-1], '')}", told):
        ending = _ENDING.match(told, place.end())
        if _asks(ending.group() if ending else "") is quoted_as_question:
            yield place


def _core(words: str) -> str:
    """The words as they are compared, without the marks that close them."""
    return _folded(words).rstrip(_ENDING_MARKS)


def _edge(char: str, behind: str) -> str:
    """A quotation may not start or end inside a word; Chinese has no marks between words."""
    return rf"(?{behind}![^\W㐀-鿿])" if re.match(r"[^\W㐀-鿿]", char) else ""


def _asks(ending: str) -> bool:
    return "?" in ending or "？" in ending


def _folded(text: str) -> str:
    """The text as it is compared: marks, spaces and capitals made one; nested quotation marks may be single."""
    return " ".join(plain(text).split()).casefold().replace('"', "'")

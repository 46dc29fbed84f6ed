"""Grounding: is a sentence of a draft borne out by the utterances it cites?

Four checks, each of which can only mark a sentence unsupported, never mend it: its content words, what it
negates, its numbers and doses, and who it says said it. A failed sentence cannot be signed unedited. A sentence
that is only someone's words, and who said them, is held to the words themselves: see `quotations`.

What it does not catch: a wrong relation between right words ("his brother left his wife" for "his wife left
his brother"); wrong time order; irony; a paraphrase turned round without a negation ("managed" for "struggled"),
beyond a short list of opposites; an inference that is clinically wrong though every word was said; a true
sentence citing the wrong place by words both share. It is strict about paraphrase: a free retelling in other
words is marked unsupported though it may be true. In Chinese it compares pairs of characters, not words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from thirdchair.language.negation import negated
from thirdchair.language.plain_text import plain
from thirdchair.language.sentences import split_sentences
from thirdchair.records import Component, Draft, Sentence, SpeakerRole, Support, Transcript, Utterance
from thirdchair.safeguards.attribution import attributed_role, attribution_end, label_speaker
from thirdchair.safeguards.content_words import OPPOSITES, Term, alike, is_exacting, terms
from thirdchair.safeguards.quantities import is_spoken, periods, quantities
from thirdchair.safeguards.quotations import QuotedClaim, misquotations, quotation_spans, read_quoted_claim

LEAST_COVERAGE: Final = 0.6
"""Share of a claim's content words that its evidence must hold."""

LEAST_CLAUSE_COVERAGE: Final = 0.5
"""The same for each clause on its own, so that an invention cannot hide behind a true half."""

_CLAUSE: Final = re.compile(
    r"[,;:，；：。、]|\b(?:and|but|because|although|while|with|after|before|since|who|which|that)\b|(?:而且|并且|但是|因为|同时|以及|并)"
)
_DENIAL: Final = re.compile(
    r"n't\b|\b(?:not|never|no|none|nothing|nobody|neither|nor|without|cannot)\b|没有|没|不|无|未",
    re.IGNORECASE,
)
_DENIES: Final = re.compile(r"\bden(?:y|ies|ied)\b|否认", re.IGNORECASE)
_ANY_WORD: Final = re.compile(r"[㐀-鿿]|[^\W_㐀-鿿]+")
_SAME_SENTENCE: Final = 0.75
_QUESTION: Final = re.compile(r"\?|？|吗[。?？]?$|呢[。?？]?$")
_NO: Final = re.compile(
    r"\W{0,3}(?:(?:um+|uh+|oh|well|god|so|honestly|嗯|呃|啊)[,.，。… ]{0,3}){0,3}(?:no+\b|nope|nah|never|not\b|none|没有?|不|从来没|从没|无)",
    re.IGNORECASE,
)
_UNSURE: Final = re.compile(
    r"\W{0,3}(?:maybe|perhaps|i don'?t know|not sure|i'?m not sure|hard to say|depends|不知道|不确定|可能|也许|说不清)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Grounding:
    """What the checks found.

    Args:
        supported: no check failed.
        reasons: of "no_evidence", "content", "negation", "number", "speaker", those that failed, in this order.
        coverage: share of the claim's content words found in the cited utterances, 0 to 1; higher is better.
    """

    supported: bool
    reasons: tuple[str, ...]
    coverage: float


@dataclass(frozen=True, slots=True)
class _Said:
    """A content word of the evidence with how it was meant: True negated, False affirmed, None only asked."""

    term: Term
    negated: bool | None


def ground(claim: str, cited: Sequence[Utterance], *, component: Component | None = None) -> Grounding:
    """Checks one claim against the utterances it cites.

    Args:
        claim: one sentence of a draft.
        cited: the utterances it rests on; the order does not matter.
        component: the part of the summary it stands in; an intervention must rest on something a clinician said.

    >>> said = Utterance("u1", "Ann", SpeakerRole.PATIENT, "I take twenty milligrams and I sleep badly.")
    >>> ground("The patient reports taking 20 mg and sleeping badly.", [said]).supported
    True
    >>> ground("The patient reports taking 40 mg and sleeping badly.", [said]).reasons
    ('number',)
    """
    if not cited:
        return Grounding(supported=False, reasons=("no_evidence",), coverage=0.0)
    cited = sorted(cited, key=lambda utterance: utterance.number)
    quoted = read_quoted_claim(claim, cited)
    if quoted is not None:
        return _ground_quotations(quoted, cited, component)
    quotes = quotation_spans(claim)
    claim = plain(claim)
    start = attribution_end(claim, cited)
    body = claim[start:]
    said = [word for place in range(len(cited)) for word in _said(cited, place)]
    wanted = list(terms(body))
    coverage = _coverage(wanted, said)
    checks: dict[str, Callable[[], bool]] = {
        "content": lambda: (
            _content_holds(body, wanted, said, cited, coverage)
            and _quotes_hold(claim, quotes, cited)
            and _own_words_hold(_blanked(claim, quotes)[start:], said)
        ),
        "negation": lambda: (
            (attributed_role(claim) is SpeakerRole.CLINICIAN and _asks(claim))
            or (_negation_holds(claim, body, said) and _is_no_denial_of_one_sentence(claim, body, cited))
        ),
        "number": lambda: _numbers_hold(body, cited),
        "speaker": lambda: _rests_on_clinician(cited, component) and _speaker_holds(claim, wanted, cited),
    }
    reasons = tuple(reason for reason, holds in checks.items() if not holds())
    return Grounding(supported=not reasons, reasons=reasons, coverage=coverage)


def _ground_quotations(
    claim: QuotedClaim, cited: Sequence[Utterance], component: Component | None
) -> Grounding:
    """Checks a claim that is only someone's words: they must stand in the evidence as they are."""
    wrong = misquotations(claim, cited)
    if not _rests_on_clinician(cited, component):
        wrong |= {"speaker"}
    said = [word for place in range(len(cited)) for word in _said(cited, place)]
    quotes = " ".join((claim.question or "", *claim.words))
    reasons = tuple(reason for reason in ("content", "negation", "number", "speaker") if reason in wrong)
    return Grounding(
        supported=not reasons, reasons=reasons, coverage=_coverage(list(terms(plain(quotes))), said)
    )


def ground_draft(draft: Draft, transcript: Transcript) -> Draft:
    """The draft with the status and the reasons of every sentence set by `ground`.

    A sentence that cites an utterance the session does not have has no evidence, whatever else it cites.
    """
    return replace(draft, sentences=tuple(_grounded(sentence, transcript) for sentence in draft.sentences))


def _grounded(sentence: Sentence, transcript: Transcript) -> Sentence:
    try:
        cited = [transcript.utterance(utterance_id) for utterance_id in dict.fromkeys(sentence.evidence)]
    except KeyError:
        cited = []
    found = ground(sentence.text, cited, component=sentence.section)
    status = Support.SUPPORTED if found.supported else Support.UNSUPPORTED
    return replace(sentence, status=status, reasons=found.reasons)


def _said(cited: Sequence[Utterance], place: int) -> Iterator[_Said]:
    """The content words of one utterance; those of a question take their polarity from the answer."""
    text = plain(cited[place].text)
    start = 0
    for sentence in re.finditer(r"[^.?!。？！]{1,5000}[.?!。？！]{0,3}", text):
        start = sentence.start()
        asked = _QUESTION.search(sentence[0].strip()) is not None
        for term in terms(sentence[0]):
            flipped = negated(text, start + term.start, start + term.end)
            yield _Said(term, _answered(cited, place) if asked else flipped)


def _answered(cited: Sequence[Utterance], place: int) -> bool | None:
    """Whether the answer to a question is no (True), not no (False), or not cited or unsure (None)."""
    if place + 1 >= len(cited) or cited[place + 1].speaker == cited[place].speaker:
        return None
    answer = plain(cited[place + 1].text)
    if cited[place + 1].number != cited[place].number + 1 or _UNSURE.match(answer):
        return None
    return _NO.match(answer) is not None


def _coverage(wanted: Sequence[Term], said: Sequence[_Said]) -> float:
    if not wanted:
        return 1.0
    return sum(1 for term in wanted if _found(term, said)) / len(wanted)


def _found(term: Term, said: Sequence[_Said]) -> bool:
    return any(alike(term, word.term) for word in said)


def _content_holds(
    body: str, wanted: Sequence[Term], said: Sequence[_Said], cited: Sequence[Utterance], coverage: float
) -> bool:
    if not wanted and not _is_verbatim(body, cited):
        return False
    if coverage < LEAST_COVERAGE:
        return False
    if any(is_exacting(term) and not _found(term, said) for term in wanted):
        return False
    return not _turned_round(wanted, said) and all(
        _coverage(clause, said) >= LEAST_CLAUSE_COVERAGE for clause in _clauses(body, wanted)
    )


def _is_verbatim(body: str, cited: Sequence[Utterance]) -> bool:
    said = re.sub(r"\W+", " ", body.casefold()).strip()
    return said != "" and any(
        said in re.sub(r"\W+", " ", plain(utterance.text).casefold()) for utterance in cited
    )


def _quotes_hold(claim: str, quotes: Sequence[tuple[int, int]], cited: Sequence[Utterance]) -> bool:
    spoken = [" ".join(plain(utterance.text).split()).casefold() for utterance in cited]
    return all(
        any(" ".join(claim[start + 1 : end - 1].split()).casefold().rstrip(".,") in text for text in spoken)
        for start, end in quotes
    )


def _own_words_hold(own: str, said: Sequence[_Said]) -> bool:
    """Whether a claim that also quotes has evidence for the words that are not quoted."""
    wanted = list(terms(own))
    return _coverage(wanted, said) >= LEAST_COVERAGE and all(
        _coverage(clause, said) >= LEAST_CLAUSE_COVERAGE for clause in _clauses(own, wanted)
    )


def _blanked(text: str, spans: Sequence[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _turned_round(wanted: Sequence[Term], said: Sequence[_Said]) -> bool:
    """Whether the claim says "better" where the evidence only says "worse"."""
    stems = {word.term.stem for word in said}
    return any(
        term.stem not in stems and not OPPOSITES[term.stem].isdisjoint(stems)
        for term in wanted
        if term.stem in OPPOSITES
    )


def _clauses(body: str, wanted: Sequence[Term]) -> list[list[Term]]:
    edges = [0, *(cut.start() for cut in _CLAUSE.finditer(body)), len(body)]
    return [[term for term in wanted if start <= term.start < end] for start, end in pairwise(edges)]


def _negation_holds(claim: str, body: str, said: Sequence[_Said]) -> bool:
    """Whether no clause denies what was affirmed, affirms what was denied, or asserts what was only asked."""
    shift = len(claim) - len(body)
    return all(
        _clause_polarity_holds(
            [(term, negated(claim, shift + term.start, shift + term.end)) for term in clause], said
        )
        for clause in _clauses(body, list(terms(body)))
    )


def _is_no_denial_of_one_sentence(claim: str, body: str, cited: Sequence[Utterance]) -> bool:
    """Whether a claim that repeats one sentence, word for word but for its negations, has as many of them.

    Catches "I do" for "I don't", where there is no content word whose negation could be compared.
    """
    own, denials = _words_and_denials(body)
    denials += len(_DENIES.findall(claim[: len(claim) - len(body)]))
    likest, parities = 0.0, {denials % 2}
    for utterance in cited:
        for sentence in split_sentences(plain(utterance.text)):
            words, theirs = _words_and_denials(sentence.text)
            likeness = len(own & words) / max(1, len(own | words))
            if likeness >= max(likest, _SAME_SENTENCE) and not _QUESTION.search(sentence.text):
                parities = {theirs % 2} | (parities if likeness == likest else set[int]())
                likest = likeness
    return denials % 2 in parities


def _words_and_denials(text: str) -> tuple[frozenset[str], int]:
    denials = len(_DENIAL.findall(text))
    return frozenset(_ANY_WORD.findall(_DENIAL.sub(" ", text).casefold())), denials


def _clause_polarity_holds(clause: Sequence[tuple[Term, bool]], said: Sequence[_Said]) -> bool:
    checked = wrong = 0
    for term, is_negated in clause:
        meant = {word.negated for word in said if alike(term, word.term)}
        if meant:
            checked += 1
            wrong += is_negated not in meant
    return wrong == 0 or wrong * 2 < checked


def _numbers_hold(body: str, cited: Sequence[Utterance]) -> bool:
    text = "\n".join(utterance.text for utterance in cited)
    spoken = quantities(text)
    return periods(body) <= periods(text) | ({"night"} if "day" in periods(text) else set()) and all(
        is_spoken(quantity, spoken) for quantity in quantities(body)
    )


def _rests_on_clinician(cited: Sequence[Utterance], component: Component | None) -> bool:
    """Whether an intervention cites something a clinician said; other components need not."""
    return component is not Component.INTERVENTIONS or any(
        u.role in {SpeakerRole.CLINICIAN, SpeakerRole.UNKNOWN} for u in cited
    )


def _speaker_holds(claim: str, wanted: Sequence[Term], cited: Sequence[Utterance]) -> bool:
    by_label = label_speaker(claim, cited)
    role = attributed_role(claim)
    if by_label is not None:
        theirs = [place for place, u in enumerate(cited) if u.speaker == by_label]
    elif role is not None:
        theirs = [place for place, u in enumerate(cited) if u.role is role]
    else:
        return True
    return bool(theirs) and _theirs_carry(wanted, cited, theirs)


def _theirs_carry(wanted: Sequence[Term], cited: Sequence[Utterance], theirs: Sequence[int]) -> bool:
    """Whether one speaker's utterances, with the questions they answer, hold most of what the evidence holds."""
    own = [word for place in theirs for word in _said(cited, place)]
    answered = [
        word
        for place in theirs
        if place
        and cited[place - 1].number == cited[place].number - 1
        and _QUESTION.search(cited[place - 1].text)
        for word in _said(cited, place - 1)
    ]
    everyone = [word for place in range(len(cited)) for word in _said(cited, place)]
    return _coverage(wanted, own + answered) >= 0.75 * _coverage(wanted, everyone)


def _asks(claim: str) -> bool:
    return (
        re.search(
            r"\b(?:ask|enquir|inquir|explor|screen|wonder|check)\w*|询问|问及|了解|评估", claim, re.IGNORECASE
        )
        is not None
    )

"""What a draft quotes for each risk topic that was spoken of: the question and the answer in its own words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from thirdchair.records import RiskFinding, RiskStatus, RiskTopic, SpeakerRole, Transcript
from thirdchair.records.transcript import count_words
from thirdchair.uses.summarise_session.cues import cues_in
from thirdchair.uses.summarise_session.passages import Passage

MOST_QUOTES: Final = 4
MOST_WORDS: Final = 70


@dataclass(frozen=True, slots=True)
class RiskQuote:
    """The places of the passages quoted for a finding, all of one speaker, and the question before them."""

    finding: RiskFinding
    question: Passage | None
    places: tuple[int, ...]


def risk_quotes(
    findings: Sequence[RiskFinding], passages: Sequence[Passage], transcript: Transcript
) -> tuple[RiskQuote, ...]:
    """One quote for each topic that was raised, in the order of the findings; none for a topic that was not."""
    quotes = (_quote(finding, passages, transcript) for finding in findings)
    return tuple(quote for quote in quotes if quote is not None)


def _quote(finding: RiskFinding, passages: Sequence[Passage], transcript: Transcript) -> RiskQuote | None:
    cited = frozenset(finding.evidence)
    held = [place for place, passage in enumerate(passages) if passage.utterance.id in cited]
    if finding.status is RiskStatus.NOT_ASKED or not held:
        return None
    answering = [place for place in held if passages[place].role is not SpeakerRole.CLINICIAN] or held
    worth = {place: _worth(finding, passages, place, cited, transcript) for place in answering}
    best = max(answering, key=lambda place: (worth[place], -place))
    speaker = passages[best].utterance.speaker
    chosen: list[int] = []
    words = 0
    for place in sorted(answering, key=lambda place: (-worth[place], place)):
        cost = count_words(passages[place].text)
        fits = not chosen or (words + cost <= MOST_WORDS and worth[place] > 0)
        if passages[place].utterance.speaker == speaker and fits and len(chosen) < MOST_QUOTES:
            chosen.append(place)
            words += cost
    chosen.sort()
    return RiskQuote(finding, _question_before(chosen[0], passages, cited), tuple(chosen))


def _worth(
    finding: RiskFinding,
    passages: Sequence[Passage],
    place: int,
    cited: frozenset[str],
    transcript: Transcript,
) -> int:
    """3 for an answer that names the danger, 2 for the answer to a cited question, 1 for naming it unasked."""
    cue = "substance" if finding.topic is RiskTopic.SUBSTANCE_USE else "danger"
    names_it = cue in cues_in(passages[place].text, transcript.language)
    answers_it = passages[place].answers and _question_before(place, passages, cited) is not None
    return 2 * answers_it + names_it


def _question_before(place: int, passages: Sequence[Passage], cited: frozenset[str]) -> Passage | None:
    """The clinician's cited question in the turn just before this passage's turn."""
    speaker = passages[place].utterance.speaker
    before = [
        passage for passage in passages[max(0, place - 8) : place] if passage.utterance.speaker != speaker
    ]
    if not before or before[-1].utterance.id not in cited or before[-1].role is not SpeakerRole.CLINICIAN:
        return None
    turn = [passage for passage in before if passage.utterance.id == before[-1].utterance.id]
    return next((passage for passage in reversed(turn) if passage.asks), None)

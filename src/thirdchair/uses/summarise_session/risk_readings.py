"""How the things a session says of one danger come together as one finding."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from thirdchair.records import RiskFinding, RiskStatus, RiskTopic, SpeakerRole, Timeframe

_MOST_EVIDENCE: Final = 6


@dataclass(frozen=True, slots=True)
class Reading:
    """One thing the session says of a topic.

    Args:
        answered: False for a question still waiting for its answer.
        only_now: a denial that speaks of the present alone.
        by: the role of who said it.
        replies: it answers what another speaker said of the patient.
        weak: words that may be meant as a figure of speech, so that the speaker can take their meaning back.
    """

    topic: RiskTopic
    status: RiskStatus
    evidence: tuple[str, ...]
    time: Timeframe = Timeframe.UNSTATED
    answered: bool = True
    only_now: bool = False
    by: SpeakerRole = SpeakerRole.PATIENT
    replies: bool = False
    weak: bool = False


def finding_of(topic: RiskTopic, readings: Sequence[Reading]) -> RiskFinding:
    """The finding for a topic: affirmed wins over denied; a companion's word against the patient's is unclear."""
    if not readings:
        return RiskFinding(topic, RiskStatus.NOT_ASKED)
    affirmed = [reading for reading in readings if reading.status is RiskStatus.AFFIRMED]
    denied = [reading for reading in readings if reading.status is RiskStatus.DENIED]
    if affirmed:
        return _affirmed(topic, readings, affirmed, denied)
    answered = [reading for reading in readings if reading.answered]
    suspected = [r for r in answered if r.by is SpeakerRole.COMPANION and r.status is RiskStatus.UNCLEAR]
    if suspected and any(reading.replies for reading in denied):
        return RiskFinding(topic, RiskStatus.UNCLEAR, _ids([*suspected, *denied]))
    if answered and answered[-1].status is RiskStatus.DENIED:
        return RiskFinding(topic, RiskStatus.DENIED, _ids(denied))
    unclear = [r for r in answered or readings if r.status is RiskStatus.UNCLEAR]
    return RiskFinding(topic, RiskStatus.UNCLEAR, _ids([*denied, *unclear]))


def _affirmed(
    topic: RiskTopic, readings: Sequence[Reading], affirmed: list[Reading], denied: list[Reading]
) -> RiskFinding:
    dodged = [reading for reading in readings if reading.status is RiskStatus.UNCLEAR and reading.replies]
    disputed = [*denied, *dodged]
    if disputed and all(reading.by is SpeakerRole.COMPANION for reading in affirmed):
        return RiskFinding(topic, RiskStatus.UNCLEAR, _ids([*affirmed, *disputed]))
    times = {reading.time for reading in affirmed}
    denied_now = [reading for reading in denied if reading.only_now or Timeframe.CURRENT not in times]
    if Timeframe.CURRENT in times:
        time = Timeframe.CURRENT
    elif Timeframe.PAST in times or any(reading.only_now for reading in denied):
        time = Timeframe.PAST
    else:
        time = Timeframe.UNSTATED
    borne_out_by = [*affirmed, *denied_now] if time is Timeframe.PAST else affirmed
    return RiskFinding(topic, RiskStatus.AFFIRMED, _ids(borne_out_by), time)


def _ids(readings: Iterable[Reading]) -> tuple[str, ...]:
    """The utterances behind readings, in order; of many, the first and the last."""
    ids = sorted({i for reading in readings for i in reading.evidence}, key=lambda i: int(i[1:]))
    if len(ids) <= _MOST_EVIDENCE:
        return tuple(ids)
    half = _MOST_EVIDENCE // 2
    return (*ids[:half], *ids[-half:])

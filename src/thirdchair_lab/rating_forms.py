"""Blind forms of a run's session summaries, made again from the kept replies, and what filled forms say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, cast

from thirdchair.measures.estimate import Unscored
from thirdchair.measures.outcomes import Outcome
from thirdchair.records import COMPONENTS, Ask
from thirdchair_lab.arms import around
from thirdchair_lab.journal import Journal, reply_key
from thirdchair_lab.registry import study_named
from thirdchair_lab.results import RunResult, newest, result_of
from thirdchair_lab.runner import MOST_TURNS
from thirdchair_lab.studies.session_summary.asking import Written, written
from thirdchair_lab.studies.session_summary.baselines import extracted
from thirdchair_lab.studies.session_summary.rating import (
    Form,
    blind,
    is_printed,
    rating_figures,
    read_ratings,
    refuse_impossible,
)
from thirdchair_lab.studies.session_summary.stimuli import Session
from thirdchair_lab.study import Arm, Cell

STUDY: Final = "session_summary"


def form_of(kept: Journal, name: str, *, arm: Arm, seed: int, at_most: int | None) -> Form:
    """The blind form of a run.

    Raises:
        ValueError: the run has no summaries in this arm.
    """
    result = result_of(kept, name or newest(kept) or "", study_named)
    mine = next((one for one in result.studies if one.study.name == STUDY), None)
    if mine is None or arm not in mine.tables:
        raise ValueError(f"This run has no summaries ({arm}). Make them: thirdchair lab run {STUDY}")
    cells = [cell for cell in mine.work.cells if cell.factors["text"] == "session"]
    known = list(dict.fromkeys(cast("Session", cell.material) for cell in cells))[:at_most]
    summaries: dict[str, dict[str, Written]] = {"use": {}, "protocol": {}, "extractive": {}, "reference": {}}
    for session in known:
        own = {cell.factors["component"]: cell for cell in cells if cell.material is session}
        model = {part: replayed(kept, result, cell, arm) for part, cell in own.items()}
        if (whole := model.pop("all", None)) is not None:
            summaries["use"][session.id] = whole
        parts = [one for part in COMPONENTS if (one := model.get(str(part))) is not None]
        if len(parts) == len(COMPONENTS):
            summaries["protocol"][session.id] = Written(tuple(s for one in parts for s in one.sentences))
        summaries["extractive"][session.id] = extracted(own["all"])
        summaries["reference"][session.id] = Written(tuple(session.reference.items()))
    if not (summaries["use"] or summaries["protocol"]):
        raise ValueError(
            f"None of the run's summaries could be read ({arm}). `thirdchair lab report` says why."
        )
    return blind(summaries, known, seed=seed)


def replayed(kept: Journal, result: RunResult, cell: Cell, arm: Arm) -> Written | None:
    """The summary of a cell as it was read in the run, made again of the kept replies; None where there is none."""
    plan, wrapped = result.plan, around(arm, "clinician", cell.language)
    writing = written(cell)
    try:
        ask = next(writing)
        for turn in range(MOST_TURNS):
            sent = wrapped.before(ask)
            if isinstance(sent, Ask):
                heat = sent.temperature if plan.temperature is None else plan.temperature
                reply = kept.reply(reply_key(plan.model_digest, replace(sent, temperature=heat), turn))
                if reply is None:
                    return None
                sent = wrapped.after(reply)
            ask = writing.send(sent)
    except StopIteration as ended:
        return None if isinstance(ended.value, Outcome) else ended.value
    return None


def told_of(texts: dict[str, str], key: Path | None) -> Iterator[str]:
    """A line for each figure."""
    filled = {name: text for name, text in texts.items() if not is_printed(text)}
    for name, text in texts.items():
        if name not in filled:
            yield from refuse_impossible(name, text)
    if not filled:
        return
    if key is None:
        raise ValueError("Filled forms need the key that was made with the form: --key form.key.json")
    told = key.read_text("utf-8")
    found = rating_figures(read_ratings(filled, told), told, date=datetime.now(UTC).date().isoformat())
    for name, one in found.items():
        if isinstance(one, Unscored):
            yield f"{name}: none ({one.reason})"
        else:
            yield f"{name}: {one.value:.2f} (95% {one.low:.2f} to {one.high:.2f}, n {one.n} of {one.clusters} sessions)"

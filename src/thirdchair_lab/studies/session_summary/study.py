"""The study of session summaries, as its protocol says."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Final

from thirdchair.measures.outcomes import Outcome
from thirdchair.records import COMPONENTS, Language
from thirdchair_lab.studies.session_summary.analysis import analyse
from thirdchair_lab.studies.session_summary.asking import written
from thirdchair_lab.studies.session_summary.baselines import copied, extracted, lead
from thirdchair_lab.studies.session_summary.reading import values_of
from thirdchair_lab.studies.session_summary.scores import SCORES
from thirdchair_lab.studies.session_summary.stimuli import in_turns
from thirdchair_lab.study import Answer, Asking, Cell, Options, ShortForm, Shows, Study, fewer

_HERE: Final = Path(__file__).parent
_ASKED: Final = (("use", "all"), *(("protocol", str(one)) for one in COMPONENTS))
_SESSIONS: Final = 16
_RISK_FACTS_A_SESSION: Final = 38 / _SESSIONS
"""Of the English sessions; the Chinese have as many each and are half as many."""


def cells(options: Options) -> Sequence[Cell]:
    """Each session once by the use, and once for each component by the bare prompt; each exchange by the use alone."""
    return [
        Cell(
            id=f"{session.id}/{prompt}/{part}",
            unit=session.id,
            language=language,
            factors=MappingProxyType({"text": text, "prompt": prompt, "component": part}),
            material=session,
        )
        for language in options.languages
        for session in in_turns(language, options.files.get("sessions"))[: options.at_most]
        for text in ("session" if session.checklist else "exchange",)
        for prompt, part in (_ASKED if session.checklist else _ASKED[:1])
    ]


def ask(cell: Cell) -> Asking:
    """A summary, and what is counted of it."""
    found = yield from written(cell)
    if isinstance(found, Outcome):
        return Answer(found)
    return Answer(Outcome.SCORED, values_of(cell, found))


def shows(units: int, repeats: int) -> Sequence[Shows]:
    """What so many sessions can show of omitted facts of danger."""
    held = min((units + 1) // 2, _SESSIONS)
    if held < 1:
        return ()
    facts, most = round(held * _RISK_FACTS_A_SESSION), 100 * (1 - 0.05 ** (1 / held))
    return [
        Shows(
            "risk_omission",
            {
                Language.ENGLISH: f"{facts} facts of danger in {held} sessions: if none were left out, up to {most:.0f} in 100 sessions like these "
                "could still have one left out (95%).",
                Language.CHINESE: f"{held} 次会谈中有 {facts} 项危险事实：若一项也没有遗漏，此类会谈每 100 次中仍可能有多达 {most:.0f} 次存在遗漏（95%）。",
            },
        )
    ]


STUDY: Final = Study(
    name="session_summary",
    title={Language.ENGLISH: "Session summaries", Language.CHINESE: "会谈小结"},
    folder=_HERE,
    cells=cells,
    short=ShortForm(fewer(lambda cell: cell.factors["prompt"] == "use")),
    ask=ask,
    scores=SCORES,
    analyse=analyse,
    baselines=MappingProxyType(
        {
            "extractive": lambda cell: Answer(Outcome.SCORED, values_of(cell, extracted(cell))),
            "lead": lambda cell: Answer(Outcome.SCORED, values_of(cell, lead(cell))),
            "copy_all": lambda cell: Answer(Outcome.SCORED, values_of(cell, copied(cell))),
        }
    ),
    shows=shows,
    takes=(("sessions", "sessions with checklists of your own, in the form of sessions_en.json"),),
    reply_tokens=420,
)

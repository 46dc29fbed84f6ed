"""The study of session summaries, as its protocol says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from thirdchair.measures import summaries
from thirdchair.measures.estimate import Direction, Estimate, Unscored
from thirdchair.measures.outcomes import Outcome
from thirdchair.measures.units import mean_over_units
from thirdchair.records import COMPONENTS, Component, Language, SpeakerRole
from thirdchair.records.transcript import count_words
from thirdchair.uses.summarise_session import extractive
from thirdchair.uses.summarise_session.risk import read_risk
from thirdchair_lab.findings import provenance
from thirdchair_lab.studies.session_summary.asking import Written, of_draft, written
from thirdchair_lab.studies.session_summary.judging import corrected, judge_figures, sentences_of, trials
from thirdchair_lab.studies.session_summary.reading import checklist, judged, reference, values_of
from thirdchair_lab.studies.session_summary.stimuli import Session, in_turns
from thirdchair_lab.study import (
    Answer,
    Asking,
    Cell,
    Figure,
    Findings,
    Options,
    Score,
    Shows,
    Study,
    Table,
)

_HERE: Final = Path(__file__).parent
_USE: Final = "summarise_session"
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
        for session in in_turns(language)[: options.at_most]
        for text in ("session" if session.checklist else "exchange",)
        for prompt, part in (_ASKED if session.checklist else _ASKED[:1])
    ]


def ask(cell: Cell) -> Asking:
    """A summary, and what is counted of it."""
    found = yield from written(cell)
    if isinstance(found, Outcome):
        return Answer(found)
    return Answer(Outcome.SCORED, values_of(cell, found))


def extracted(cell: Cell) -> Written:
    """What the method without a generator quotes; of one component, its part of the draft."""
    whole, part = _drafted(cell.material), cell.factors["component"]
    if part == "all":
        return whole
    own = tuple(one for one in whole.sentences if one[0] == part)
    return Written(own, whole.beside if part == Component.RISK else "")


@lru_cache(maxsize=512)
def _drafted(session: Session) -> Written:
    flow = extractive.summarise(session.transcript, risk=read_risk(session.transcript))
    while True:
        try:
            next(flow)
        except StopIteration as ended:
            return of_draft(ended.value, session.transcript)


def lead(cell: Cell) -> Written:
    """The first turns, as many as our own summary has words for."""
    session: Session = cell.material
    room = count_words(reference(cell))
    lengths = accumulate(count_words(said.text) for said in session.transcript.utterances)
    k = max(1, sum(length <= room for length in lengths))
    return _quoted(session, k)


def copied(cell: Cell) -> Written:
    """Everything that was said."""
    return _quoted(cell.material, len(cell.material.transcript.utterances))


def _quoted(session: Session, first: int) -> Written:
    named = _ROLE_LABELS[session.language]
    return Written(
        tuple(
            (None, f"{named[said.role]}: {sentence}")
            for said in session.transcript.utterances[:first]
            for sentence in sentences_of(said.text)
        )
    )


def analyse(table: Table) -> Findings:
    """Pooled shares by prompt, corrected for the judges; the judges; each component; overlap and length beside them."""
    found: dict[str, Any] = {}
    languages = tuple(dict.fromkeys(row.cell.language for row in table.rows))
    for prompt in ("use", "protocol"):
        part = table.where(prompt=prompt, text="session")
        pooled = _pooled(part)
        found |= {f"{name} ({prompt})": estimate for name, estimate in pooled.items()}
        if len(languages) == 1:
            found |= {
                f"{name}, corrected for the judge ({prompt})": estimate
                for name, estimate in _corrected(pooled, languages[0]).items()
            }
        found |= {f"beside: {name} ({prompt})": one for name, one in _means(part, _BESIDE).items()}
    sessions = table.where(prompt="use", text="session")
    found |= {f"{name} (whole sessions)": one for name, one in _means(sessions, _DANGERS).items()}
    for component in COMPONENTS:
        part = table.where(prompt="protocol", component=str(component))
        pooled = _pooled(part)
        for name in ("checklist_coverage", "component_leakage"):
            found[f"{name} ({component})"] = pooled[name]
    for language in languages:
        figures = judge_figures(language, provenance(table, "our own references"))
        found |= {f"{name} ({language})": estimate for name, estimate in figures.items()}
    return Findings(estimates=found, notes=(_NOTE, _NOTE_BESIDE), figures=tuple(_figures(found)))


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


def _pooled(part: Table) -> dict[str, Estimate | Unscored]:
    """Shares over all items and sentences; a summary that could not be read widens the first three."""
    where = provenance(part, "measures.summaries, judged by rule")
    items, rows = checklist(part.rows), part.scored
    return {
        "checklist_coverage": summaries.checklist_coverage(items, provenance=where),
        "risk_omission": summaries.risk_omission(items, provenance=where),
        "pertinent_negative_recall": summaries.pertinent_negative_recall(items, provenance=where),
        "unsupported_statements": summaries.unsupported_share(
            judged(rows, "unsupported", "sentences"), provenance=where
        ),
        "component_leakage": summaries.component_leakage(judged(rows, "leaked", "placed"), provenance=where),
        "attribution_flips": summaries.attribution_flips(
            judged(rows, "flipped", "attributed"), provenance=where
        ),
    }


def _corrected(
    pooled: Mapping[str, Estimate | Unscored], language: Language
) -> dict[str, Estimate | Unscored]:
    known = trials(language)
    return {
        "checklist_coverage": corrected(pooled["checklist_coverage"], known["held"]),
        "risk_omission": corrected(pooled["risk_omission"], known["held"].turned()),
        "pertinent_negative_recall": corrected(pooled["pertinent_negative_recall"], known["held"]),
        "unsupported_statements": corrected(pooled["unsupported_statements"], known["unsupported"]),
        "attribution_flips": corrected(pooled["attribution_flips"], known["flipped"]),
    }


_BESIDE: Final = {
    "rouge_1": ("ROUGE-1 F1", "Lin 2004"),
    "rouge_2": ("ROUGE-2 F1", "Lin 2004"),
    "rouge_lsum": ("ROUGE-Lsum F1", "Lin 2004"),
    "vectors": ("word vectors matched, F1", "the form of Zhang et al. 2020, static vectors"),
    "length": ("words, against the session's", "by definition"),
    "grounded": ("sentences that grounding lets pass", "thirdchair.safeguards.grounding"),
}


_DANGERS: Final = {
    "risk_affirmed_shown": ("risk_affirmed_shown", "requirement of the use"),
    "risk_status": ("risk_status_accuracy", "requirement of the use"),
}


def _means(part: Table, wanted: Mapping[str, tuple[str, str]]) -> dict[str, Estimate | Unscored]:
    """The mean over sessions of values that are not headlines, by the name they are told under."""
    found: dict[str, Estimate | Unscored] = {}
    for value, (name, source) in wanted.items():
        rows = [(number, row.cell.unit) for row in part.scored if (number := row.number(value)) is not None]
        if not rows:
            continue
        numbers, units = zip(*rows, strict=True)
        found[name] = mean_over_units(
            numbers,
            units,
            provenance=provenance(part, source),
            unit="share",
            direction="higher",
            weigh="observations",
            bounds=(0, 1) if value != "length" else None,
        )
    return found


def _figures(found: Mapping[str, Any]) -> Iterator[Figure]:
    for prompt, names in _PROMPTS.items():
        points = tuple(
            (label, one.value, one.low, one.high)
            for measure, label in _LABELS.items()
            if isinstance(one := found.get(f"{measure} ({prompt})"), Estimate)
        )
        if points:
            yield Figure("intervals", names, points)


def _score(
    name: str,
    value: str,
    english: str,
    chinese: str,
    direction: Direction = "higher",
    use: str | None = None,
    text: str | None = "session",
) -> Score:
    source = "requirement of the use" if use else "the study's protocol, judged by rule"
    titles = {Language.ENGLISH: english, Language.CHINESE: chinese}
    where = MappingProxyType({"prompt": "use"} | ({"text": text} if text else {}))
    return Score(name, titles, value, "share", direction, (0, 1), source, where, use)


SCORES: Final = (
    _score(
        "sentences_with_evidence",
        "with_evidence",
        "Sentences that cite what they rest on",
        "注明依据的句子",
        use=_USE,
        text=None,
    ),
    _score(
        "risk_affirmed_shown",
        "risk_affirmed_shown",
        "Affirmed dangers put before the reviewer",
        "呈现给审阅者的已承认危险",
        use=_USE,
        text="exchange",
    ),
    _score(
        "risk_status_accuracy",
        "risk_status",
        "Dangers with the right status",
        "状态正确的危险",
        use=_USE,
        text="exchange",
    ),
    _score("checklist_coverage", "held", "Items of the checklist that are held", "小结包含的清单条目"),
    _score(
        "risk_omission",
        "omitted_share, risk",
        "Facts of danger left out",
        "遗漏的危险事实",
        direction="lower",
    ),
    _score(
        "pertinent_negative_recall",
        "held_share, pertinent negative",
        "Denials that matter and are held",
        "小结包含的重要否认",
    ),
    _score(
        "unsupported_statements",
        "unsupported_share",
        "Sentences that the session does not bear out",
        "会谈不支持的句子",
        direction="lower",
    ),
    _score(
        "component_leakage",
        "leaked_share",
        "Sentences in the wrong part",
        "放错部分的句子",
        direction="lower",
    ),
    _score(
        "attribution_flips",
        "flipped_share",
        "Words put in the wrong mouth",
        "归于他人之口的话",
        direction="lower",
    ),
)
_LABELS: Final = {score.name: score.title for score in SCORES}
_PROMPTS: Final = {
    "use": {
        Language.ENGLISH: "Summaries by the use, judged by rule",
        Language.CHINESE: "按用途写的小结，由规则判断",
    },
    "protocol": {
        Language.ENGLISH: "Summaries by the bare prompt, judged by rule",
        Language.CHINESE: "按单一提示写的小结，由规则判断",
    },
}
_ROLE_LABELS: Final = {
    Language.ENGLISH: {
        SpeakerRole.CLINICIAN: "Clinician",
        SpeakerRole.PATIENT: "Patient",
        SpeakerRole.COMPANION: "Companion",
    },
    Language.CHINESE: {
        SpeakerRole.CLINICIAN: "医生",
        SpeakerRole.PATIENT: "患者",
        SpeakerRole.COMPANION: "家属",
    },
}
_NOTE: Final = {
    Language.ENGLISH: "Held, unsupported, flipped and leaked are judged by rules that err; how often stands among the figures, and shares are given corrected for it. "
    "In freer words than our references the judges err more.",
    Language.CHINESE: "“包含”“不支持”“归错”“放错”均由会出错的规则判断；出错的频率列在数据中，并给出据此校正的比例。小结的措辞比我们的参考更自由时，规则出错更多。",
}
_NOTE_BESIDE: Final = {
    Language.ENGLISH: "Overlap with our reference says next to nothing about invention, and no decision rests on it. For people to rate: thirdchair lab rate.",
    Language.CHINESE: "与参考小结的重合几乎不反映是否编造，任何决定都不以它为据。请人评分：thirdchair lab rate。",
}

STUDY: Final = Study(
    name="session_summary",
    title={Language.ENGLISH: "Session summaries", Language.CHINESE: "会谈小结"},
    folder=_HERE,
    cells=cells,
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
    reply_tokens=260,
)

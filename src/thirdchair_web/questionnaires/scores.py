"""What a patient's answers scored over time, in words and as a chart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from thirdchair.measures.estimate import Unscored
from thirdchair.questionnaires import (
    Instrument,
    Item,
    ScaleScore,
    Scores,
    Triage,
    in_language,
    score,
    standing_answers,
)
from thirdchair_web.encounters.models import Patient
from thirdchair_web.governance.words import reader_language
from thirdchair_web.questionnaires.charts import Chart, Reading, draw
from thirdchair_web.questionnaires.models import FilledIn, QuestionnaireFile


@dataclass(frozen=True, slots=True)
class Once:
    """What was answered one time.

    Args:
        value: of the scale, "" where there is no score; why says why.
        interval: in words, where items were left out.
        bands: names that the source gives this range of scores, or "".
        level: of the rules, or "".
        answers: (question, answer) in words.
    """

    done_at: datetime
    by: str
    value: str
    why: str
    interval: str
    bands: str
    level: str
    answers: tuple[tuple[str, str], ...]
    score: ScaleScore | None


@dataclass(frozen=True, slots=True)
class History:
    """All that was answered to one version of a questionnaire, newest first.

    Args:
        words: what the scores say, and what they do not, one sentence each.
        marks: what is not verified or not validated about it.
    """

    file: QuestionnaireFile
    title: str
    scale: str
    times: tuple[Once, ...]
    chart: Chart | None
    words: tuple[str, ...]
    marks: tuple[str, ...]


def histories_of(patient: Patient, *, name: str = "", shown_to_patient: bool = False) -> list[History]:
    """A history for each questionnaire the patient has answered, or for that of one name.

    Args:
        shown_to_patient: only answers whose result the clinician lets the patient see.
    """
    rows = FilledIn.objects.filter(assignment__patient=patient).exclude(done_at=None)
    if name:
        rows = rows.filter(assignment__name=name)
    if shown_to_patient:
        rows = rows.filter(assignment__shows_result=True)
    by_file: dict[str, list[FilledIn]] = {}
    for row in rows.select_related("assignment__file", "assignment__patient", "filled_by").order_by(
        "-done_at"
    ):
        by_file.setdefault(row.assignment.file.digest, []).append(row)
    return [_history(found) for found in by_file.values()]


def _history(rows: list[FilledIn]) -> History:
    file = rows[0].assignment.file
    instrument = file.instrument()
    title, _language = in_language(instrument.questionnaire.title, reader_language())
    times = tuple(_once(row, instrument) for row in rows)
    scale = instrument.key.scales[0] if instrument.key and instrument.key.scales else None
    words = _words(instrument, times)
    chart = None
    if scale and instrument.key:
        lowest, highest = instrument.key.range_of(scale)
        chart = draw(
            f"{file.name}-{file.digest[:8]}",
            [
                Reading(_day(one.done_at), one.score.value, one.score.low, one.score.high)
                for one in times
                if one.score
            ],
            lowest=lowest,
            highest=highest,
            title=title,
            about=" ".join(words),
            by_chance=scale.change.points if scale.change else None,
        )
    return History(
        file,
        title,
        scale.title[reader_language()] if scale else "",
        times,
        chart,
        words,
        _marks(instrument),
    )


def _once(row: FilledIn, instrument: Instrument) -> Once:
    response = row.response()
    found = score(instrument, response)
    scale = next(iter(found.scales.values()), None) if isinstance(found, Scores) else None
    whole = scale if isinstance(scale, ScaleScore) else None
    return Once(
        done_at=row.done_at,
        by=row.filled_by.display_name,
        value=f"{whole.value:g}" if whole else "",
        why=_("Too many questions were left open for a score.") if isinstance(scale, Unscored) else "",
        interval=_(
            "%(answered)s of %(of)s questions were answered; with all of them it would lie between %(low)s and %(high)s."
        )
        % {"answered": whole.answered, "of": whole.of, "low": f"{whole.low:g}", "high": f"{whole.high:g}"}
        if whole and whole.answered < whole.of
        else "",
        bands=_(" to ").join(band.words[reader_language()] for band in whole.bands) if whole else "",
        level=_level(found.triage) if isinstance(found, Scores) else "",
        answers=answers_in_words(instrument, response.answers),
        score=whole,
    )


def answers_in_words(instrument: Instrument, answers: Any) -> tuple[tuple[str, str], ...]:
    """Each question that was answered, with its answer, in the reader's language where the file has it."""
    standing = standing_answers(instrument.questionnaire, answers)
    return tuple(
        (in_language(item.words, reader_language())[0], _answer(item, standing[link_id]))
        for link_id, item in instrument.questionnaire.questions.items()
        if link_id in standing
    )


def _answer(item: Item, value: Any) -> str:
    option = item.option(value)
    if option is not None:
        return in_language(option.words, reader_language())[0]
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return str(value)


def _level(triage: Triage | Unscored | None) -> str:
    if triage is None:
        return ""
    if isinstance(triage, Unscored):
        return _("No level: a question that could raise it has no answer.")
    words = triage.rule.words[reader_language()]
    return _("at least %(level)s") % {"level": words} if triage.at_least else words


def _words(instrument: Instrument, times: tuple[Once, ...]) -> tuple[str, ...]:
    """What the scores say: the latest, the first, and what a difference may mean. Never that it went up or down for good."""
    scored = [one for one in times if one.score]
    key = instrument.key
    if not scored or key is None:
        return ()
    scale, latest, first = scored[0].score.scale, scored[0], scored[-1]
    _lowest, highest = key.range_of(scale)
    said = [
        _("The latest score, of %(day)s, is %(value)s out of %(highest)s.")
        % {"day": _said(latest), "value": latest.value, "highest": f"{highest:g}"}
    ]
    if scale.higher_is == "worse":
        said.append(_("More points mean a harder time."))
    if scale.higher_is == "better":
        said.append(_("More points mean a better time."))
    if len(scored) > 1:
        said.append(_("The first was %(value)s, on %(day)s.") % {"value": first.value, "day": _said(first)})
    if scale.change:
        said.append(
            _("A difference of less than %(points)s points may be chance (%(source)s).")
            % {"points": f"{scale.change.points:g}", "source": scale.change.source}
        )
    else:
        said.append(
            _(
                "Nobody has measured how far this score moves by chance, so a difference alone shows nothing for sure."
            )
        )
    return tuple(said)


def _marks(instrument: Instrument) -> tuple[str, ...]:
    key = instrument.key
    if key is None:
        return (_("This questionnaire is not scored."),)
    marks = (
        []
        if key.validated
        else [_("Nobody has tested how well this measures. It is no diagnosis and no check for danger.")]
    )
    unverified = [] if key.verified else [key.source]
    for scale in key.scales:
        if scale.bands and not scale.bands_verified:
            unverified.append(scale.bands_source or "")
        if scale.change and not scale.change.verified:
            unverified.append(scale.change.source)
        if scale.missing_source:
            unverified.append(scale.missing_source)
    if unverified:
        marks.append(
            _("Not verified: nobody here has checked these figures in the paper itself: %(sources)s.")
            % {"sources": "; ".join(dict.fromkeys(unverified))}
        )
    return tuple(marks)


def _said(one: Once) -> str:
    return date_format(_day(one.done_at), "DATE_FORMAT")


def _day(at: datetime) -> date:
    return timezone.localtime(at).date()

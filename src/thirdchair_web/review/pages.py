"""What the clinician's pages show, put together from records; no page decides anything itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from thirdchair.errors import UnreadableTranscript
from thirdchair.gateway import EXTRACTIVE
from thirdchair.policy import Moment, Refused, refusals
from thirdchair.policy.review import seconds_to_read
from thirdchair.policy.wording import REASONS
from thirdchair.records import (
    COMPONENTS,
    RiskFinding,
    RiskStatus,
    SpeakerRole,
    Support,
    Timeframe,
    count_words,
)
from thirdchair.uses import USES, Use
from thirdchair_web.accounts.models import User
from thirdchair_web.consent.models import ConsentRecord
from thirdchair_web.crisis.models import CrisisAlert
from thirdchair_web.encounters import actions as encounters
from thirdchair_web.encounters.models import Encounter, Patient
from thirdchair_web.governance.methods import dangers_shown, methods
from thirdchair_web.governance.words import METHODS, reader_language
from thirdchair_web.governance.words import refusal_in_words as shown
from thirdchair_web.review import actions, erasure
from thirdchair_web.review.actions import Edits, settled_risk
from thirdchair_web.review.clinic import moment_of
from thirdchair_web.review.forms import ReviewForm
from thirdchair_web.review.models import Draft, Note, SummaryRun
from thirdchair_web.review.room import room_marks
from thirdchair_web.review.runs import request_draft, stop_runs_of_session
from thirdchair_web.review.words import (
    COMPONENT_WORDS,
    FAILURE_WORDS,
    ORIGIN_WORDS,
    REASON_WORDS,
    ROLES,
    STAGE_WORDS,
    STATE_WORDS,
    STATUS_WORDS,
    TIMEFRAME_WORDS,
    TOPIC_WORDS,
)

USE = "summarise_session"
ROLE_WORDS = dict(ROLES)

CHANGED_ELSEWHERE = Refused("sign.changed")


def upload_refusal(person: Patient, user: User) -> Refused | None:
    """Why no method may draft for this patient now, or None where one may."""
    moment = moment_of(person, actor=user)
    missing = [_missing(USES[USE], method, moment) for method in methods()]
    return None if not all(missing) else missing[0][0]


def use_rows(person: Patient, user: User) -> list[dict[str, Any]]:
    """Each use that makes something: open for this patient by which methods, or every rule that is not met."""
    moment = moment_of(person, actor=user)
    rows = []
    for use in (use for use in USES.values() if not use.comments):
        missing = {method: _missing(use, method, moment) for method in methods()}
        open_by = [method for method, refused in missing.items() if not refused]
        rows.append(
            {
                "use": use,
                "title": use.title[reader_language()],
                "open_by": [METHODS.get(method, method) for method in open_by],
                "refusals": [] if open_by else [shown(refusal) for refusal in missing[EXTRACTIVE]],
            }
        )
    return rows


def _missing(use: Use, method: str, moment: Moment) -> tuple[Refused, ...]:
    """What is not met in the language that has the least missing."""
    each = [refusals(use.terms, method=method, language=one, moment=moment) for one in sorted(use.languages)]
    return min(each, key=len)


def patient_rows() -> list[dict[str, Any]]:
    """Everyone in care, with how many drafts wait for a person."""
    people = Patient.objects.annotate(
        waiting=Count(
            "encounters__runs__draft", filter=Q(encounters__runs__draft__state=Draft.State.IN_REVIEW)
        ),
        sessions=Count("encounters", distinct=True),
    )
    alerts = set(
        CrisisAlert.objects.filter(state__in=CrisisAlert.BEFORE_THE_OUTCOME).values_list(
            "patient_ref", flat=True
        )
    )
    return [{"patient": person, "name": person.name, "alert": person.ref in alerts} for person in people]


def consent_rows(person: Patient) -> list[ConsentRecord]:
    """The patient's answers, newest first, each with the title of its use."""
    rows = list(ConsentRecord.objects.filter(patient_ref=person.ref).select_related("recorded_by"))
    for row in rows:
        row.title = USES[row.use].title[reader_language()] if row.use in USES else row.use
    return rows


def session_rows(person: Patient) -> list[dict[str, Any]]:
    """Each session with what has become of it, newest first."""
    rows, marks = [], room_marks(person)
    sessions = person.encounters.select_related("uploaded_by").prefetch_related(
        "runs__draft__note__signed_by"
    )
    for encounter in sessions:
        runs = list(encounter.runs.all())
        latest = next(iter(runs), None)
        draft = getattr(latest, "draft", None)
        # A note stays in sight also where the session was drafted again after it was signed.
        signed = (getattr(getattr(run, "draft", None), "note", None) for run in runs)
        note = next((found for found in signed if found is not None), None)
        state = draft.state if draft else latest.state if latest else "stopped"
        rows.append(
            {
                "encounter": encounter,
                "run": latest,
                "draft": draft if draft and draft.state == Draft.State.IN_REVIEW else None,
                "note": note,
                "state": state,
                "state_words": STATE_WORDS[state],
                "room": marks[encounter.id],
            }
        )
    return rows


def run_refusal(run: SummaryRun) -> dict[str, str] | None:
    """Why a rule stopped this run, or None: also where newer work took its place, which is no refusal."""
    if run.state != SummaryRun.State.STOPPED or run.rule not in REASONS:
        return None
    if run.rule in ("content.erased", "consent.withdrawn") and not run.found:
        day = run.finished_at.date().isoformat() if run.finished_at else ""
        return shown(Refused(run.rule, {"use": run.use, "date": day}))
    return shown(Refused(run.rule, run.found))


def failure_in_words(run: SummaryRun) -> str:
    """Why this run failed and what to do, or nothing."""
    if run.state != SummaryRun.State.FAILED:
        return ""
    return str(
        FAILURE_WORDS.get(
            run.rule, _("The draft could not be made. Ask again; if it fails again, tell the service lead.")
        )
    )


def stage_in_words(run: SummaryRun) -> str:
    """What the worker is at."""
    return str(STAGE_WORDS.get(run.stage, run.stage))


def unreadable_in_words(error: UnreadableTranscript) -> str:
    """The reader's problem and remedy. The file's own words are never in it."""
    from thirdchair_web.review.unreadable import in_words

    return in_words(error)


@transaction.atomic
def redraft_with_roles(encounter: Encounter, roles: Mapping[int, SpeakerRole], *, by: User) -> SummaryRun:
    """Corrects the speakers, drops an unsigned draft that rested on the old ones, and drafts again."""
    last = encounter.runs.latest("requested_at")
    encounters.correct_roles(encounter, roles, by=by)
    for draft in Draft.objects.select_for_update().filter(
        run__encounter=encounter, state=Draft.State.IN_REVIEW
    ):
        erasure.discard(draft, why="roles_corrected", actor=by.identifier)
    stop_runs_of_session(encounter, why="roles_corrected")
    return request_draft(encounter, use=last.use, method=last.method, note_format=last.note_format, by=by)


def review_page(draft: Draft, edits: Edits, *, by: User, form: ReviewForm) -> dict[str, Any]:
    """The two panes: what was said, and what the machine made of it, with the person's edits in place."""
    made = form.made
    saved = actions.read_edits(draft)
    transcript = draft.run.encounter.read_transcript()
    risk = {str(finding.topic): finding for finding in settled_risk(made, edits)}
    opening = draft.openings.filter(reviewer=by).first()
    return {
        "draft": draft,
        "patient": draft.patient,
        "encounter": draft.run.encounter,
        "form": form,
        "revision": draft.revision,
        "transcript": _utterance_rows(transcript),
        "sections": [
            {
                "key": str(component),
                "title": COMPONENT_WORDS[str(component)],
                "sentences": [_sentence_row(s, edits, saved) for s in made.section(component)],
                "added": edits.added.get(str(component), ""),
            }
            for component in COMPONENTS
        ],
        "risk": [
            {
                "topic": str(finding.topic),
                "title": TOPIC_WORDS[str(finding.topic)],
                "status": str(risk[str(finding.topic)].status),
                "timeframe": str(risk[str(finding.topic)].timeframe),
                "machine": STATUS_WORDS[str(finding.status)],
                "evidence": finding.evidence,
            }
            for finding in made.risk
        ],
        "statuses": STATUS_WORDS.items(),
        "timeframes": TIMEFRAME_WORDS.items(),
        "unsupported": len(made.unsupported),
        "method": METHODS.get(made.method, made.method),
        "seconds_to_read": seconds_to_read(sum(count_words(s.text) for s in made.sentences)),
        "opened_at": opening.opened_at if opening else None,
        "alert": CrisisAlert.objects.filter(encounter_id=draft.run.encounter_id).first(),
        "language": made.language,
        "missed": _missed_in_words(draft, str(made.language)),
    }


def note_page(note: Note) -> dict[str, Any]:
    """A signed note in its layout, with the origin of every sentence."""
    from thirdchair.uses.summarise_session.layout import headings

    signed = note.read()
    return {
        "note": note,
        "patient": note.patient,
        "signed": signed,
        "sections": [
            {
                "title": heading,
                "spans": [
                    {
                        "text": s.text,
                        "origin": ORIGIN_WORDS[str(s.origin)],
                        "key": str(s.origin),
                        "evidence": s.evidence,
                    }
                    for component in components
                    for s in signed.spans
                    if s.section is component
                ],
            }
            for heading, components in headings(signed.note_format, signed.language)
        ],
        "risk": [
            {
                "title": TOPIC_WORDS[str(f.topic)],
                "status": STATUS_WORDS[str(f.status)],
                "timeframe": _when(f),
                "evidence": f.evidence,
            }
            for f in signed.risk
        ],
        "counts": [
            (words, sum(1 for s in signed.spans if str(s.origin) == key))
            for key, words in ORIGIN_WORDS.items()
        ],
        "method": METHODS.get(signed.method, signed.method),
        "transcript": _utterance_rows(note.draft.run.encounter.read_transcript()),
    }


def _utterance_rows(transcript) -> list[dict[str, Any]]:
    return [
        {
            "id": u.id,
            "number": u.number,
            "speaker": u.speaker,
            "role": ROLE_WORDS[str(u.role)],
            "text": u.text,
            "start": _clock(u.start_s),
        }
        for u in transcript.utterances
    ]


def _sentence_row(sentence, edits: Edits, saved: Edits) -> dict[str, Any]:
    text = edits.texts.get(sentence.id, sentence.text)
    stored = saved.texts.get(sentence.id, sentence.text)
    return {
        "id": sentence.id,
        "text": text,
        "machine": sentence.text,
        "saved_otherwise": stored if stored.split() != text.split() else "",
        "edited": text.split() != sentence.text.split(),
        "dropped": sentence.id in edits.dropped,
        "evidence": sentence.evidence,
        "unsupported": sentence.status is Support.UNSUPPORTED,
        "reasons": [REASON_WORDS.get(reason, reason) for reason in sentence.reasons],
        "rows": max(2, -(-count_words(text) // 14)),
    }


def _missed_in_words(draft: Draft, language: str) -> str:
    """How many spoken dangers the method missed when measured, with its interval, or that nobody knows."""
    shown = dangers_shown(use=draft.run.use, method=draft.run.method, language=language)
    if shown is None:
        return str(_("How many dangers this method misses has not been measured."))
    words = _(
        "In test exchanges it missed %(missed)d in 100 dangers that were spoken of (95%% interval %(low)d to %(high)d, n = %(n)d)."
    )
    return words % {
        "missed": round(100 * (1 - shown.value)),
        "low": round(100 * (1 - shown.high)),
        "high": round(100 * (1 - shown.low)),
        "n": shown.n,
    }


def _when(finding: RiskFinding) -> str:
    """When an affirmed danger was present, if the words said."""
    said = finding.status is RiskStatus.AFFIRMED and finding.timeframe is not Timeframe.UNSTATED
    return str(TIMEFRAME_WORDS[str(finding.timeframe)]) if said else ""


def _clock(seconds: float | None) -> str:
    if seconds is None:
        return ""
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes}:{rest:02d}"

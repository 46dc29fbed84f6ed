"""What must hold of a service at every moment, whatever was killed: rows, trail, ciphertext and files agree."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from django.db import connection
from django_tasks_db.models import DBTaskResult

from thirdchair.readers import read_transcript
from thirdchair.trail import Verified
from thirdchair.trail.commitment import Commitment, matches
from thirdchair_web.consent.models import ConsentRecord
from thirdchair_web.crisis.models import CrisisAlert
from thirdchair_web.demo import load_sessions
from thirdchair_web.demo.transcripts import as_vtt
from thirdchair_web.encounters.models import Encounter, Patient
from thirdchair_web.review import actions
from thirdchair_web.review.models import Draft, DraftOpening, Note, SummaryRun
from thirdchair_web.trail import store
from thirdchair_web.trail.verify import verify_now

_disclosure = next(s for s in load_sessions() if s["id"] == "s-disclosure")
_said_outright = {
    "speaker": _disclosure["utterances"][1]["speaker"],
    "text": "I am going to kill myself. I have decided.",
}
SESSION: Final = as_vtt(_disclosure | {"utterances": [*_disclosure["utterances"], _said_outright]}).encode()
WORDS: Final = max((u["text"] for u in _disclosure["utterances"]), key=len).encode()


class TornAct(Exception):
    """Something holds in part, or does not hold that must."""


def whole_or_nothing(*parts: bool) -> bool:
    """Whether all parts hold; raises where only some do."""
    if any(parts) != all(parts):
        raise TornAct(f"only a part happened: {parts}")
    return all(parts)


def faults(folder: Path, stage: Path) -> list[str]:
    """Every rule that does not hold now, in words."""
    rules: tuple[Callable[[], object], ...] = (
        _database_is_whole, _trail_verifies, _each_row_has_its_entry, _runs_agree_with_drafts,
        _alert_comes_before_draft, _sealed_content_opens, lambda: _files_are_as_expected(folder, stage),
    )  # fmt: skip
    found = []
    for rule in rules:
        try:
            found += [f"{name}" for name, holds in rule() if not holds]
        except Exception as error:
            found.append(f"{rule.__name__}: {type(error).__name__}")
    return found


def holds_key(folder: Path, key: bytes) -> bool:
    """Whether any file still has these bytes."""
    return any(key in file.read_bytes() for file in folder.rglob("*") if file.is_file())


Findings = Iterator[tuple[str, bool]]


def _database_is_whole() -> Findings:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        yield "the database is whole", cursor.fetchall() == [("ok",)]
        cursor.execute("PRAGMA foreign_key_check")
        yield "no row points nowhere", cursor.fetchall() == []


def _trail_verifies() -> Findings:
    verdict = verify_now()
    yield f"the trail verifies: {verdict}", isinstance(verdict, Verified)
    yield "the anchors agree", isinstance(verdict, Verified) and verdict.anchors > 0


def _each_row_has_its_entry() -> Findings:
    """For each kind: the entries name exactly the rows there are, each once."""
    answers = ConsentRecord.objects.all()
    runs = SummaryRun.objects.all()
    rows: dict[tuple[str, str], list[Any]] = {
        ("session_uploaded", "session"): [row.id for row in Encounter.objects.all()],
        ("draft_made", "draft"): [row.id for row in Draft.objects.all()],
        ("draft_made", "run"): [row.run_id for row in Draft.objects.all()],
        ("draft_edited", "draft"): [row.id for row in Draft.objects.all() for _ in range(row.revision)],
        ("draft_opened", "draft"): [row.draft_id for row in DraftOpening.objects.all()],
        ("draft_discarded", "draft"): [row.id for row in Draft.objects.filter(state="discarded")],
        ("note_signed", "note"): [row.id for row in Note.objects.all()],
        ("note_signed", "draft"): [row.id for row in Draft.objects.filter(state="signed")],
        ("alert_raised", "alert"): [row.id for row in CrisisAlert.objects.all()],
        ("consent_recorded", "consent"): [row.id for row in answers if not row.declined],
        ("consent_withdrawn", "consent"): [row.id for row in answers if row.withdrawn_at],
        ("work_stopped", "run"): [row.id for row in runs if row.state == "stopped"],
        ("work_failed", "run"): [row.id for row in runs if row.state == "failed"],
    }
    entries = list(store.entries())
    for (kind, fact), ids in rows.items():
        named = Counter(entry.event.facts[fact] for entry in entries if entry.event.kind == kind)
        yield f"{kind} names each {fact} once", named == Counter(str(row) for row in ids)
    erased = Counter(entry.event.subject for entry in entries if entry.event.kind == "content_erased")
    gone = Patient.objects.exclude(erased_at=None)
    yield "content_erased names each erased patient once", erased == Counter(row.ref for row in gone)


def _runs_agree_with_drafts() -> Findings:
    for run in SummaryRun.objects.all():
        has_draft = Draft.objects.filter(run=run).exists()
        yield "a run is drafted exactly when it has a draft", (run.state == "drafted") == has_draft
        started = [e for e in _entries("work_started") if e.event.facts["run"] == str(run.id)]
        yield "no more starts than attempts", len(started) <= run.attempt
        yield "a run has a task", DBTaskResult.objects.filter(pk=run.task_id).exists()
    for session in Encounter.objects.all():
        yield "one run for a session", session.runs.count() == 1
    for draft in Draft.objects.all():
        yield (
            "a draft is signed exactly when it has a note",
            (draft.state == "signed") == hasattr(draft, "note"),
        )


def _alert_comes_before_draft() -> Findings:
    """Every session of this service discloses suicidal thoughts."""
    raised = {e.event.facts["alert"]: e.seq for e in _entries("alert_raised")}
    for entry in _entries("draft_made"):
        session = SummaryRun.objects.get(pk=entry.event.facts["run"]).encounter_id
        alert = CrisisAlert.objects.filter(encounter_id=session).first()
        yield "an alert stands before the draft", alert is not None and raised[str(alert.id)] < entry.seq


def _sealed_content_opens() -> Findings:
    """What is sealed opens with the patient's key and is what the trail commits to; what ended is gone."""
    meant = read_transcript(SESSION, filename="session.vtt")
    committed = {
        kind: {e.event.facts[fact]: e.event.facts for e in _entries(kind)}
        for kind, fact in (("session_uploaded", "session"), ("draft_made", "draft"), ("note_signed", "note"))
    }
    for session in Encounter.objects.exclude(patient__wrapped_key=None):
        kept = session.patient.unseal(session.transcript, kind="transcript", item=str(session.id))
        digest = committed["session_uploaded"][str(session.id)]["commitment"]
        yield "a session is as it was sent", session.read_transcript() == meant
        yield "the trail commits to the session", _commits(meant.fingerprint().encode(), kept["salt"], digest)
    for draft in Draft.objects.exclude(run__encounter__patient__wrapped_key=None).exclude(state="discarded"):
        kept = draft.patient.unseal(draft.made, kind="draft", item=str(draft.id))
        digest = committed["draft_made"][str(draft.id)]["draft_commitment"]
        text = json.dumps(kept["draft"], sort_keys=True).encode()
        yield "the trail commits to the draft", _commits(text, kept["salt"], digest)
        yield "a draft with a revision has edits", (draft.revision > 0) == (draft.edits is not None)
        actions.read_edits(draft)
    for note in Note.objects.exclude(draft__run__encounter__patient__wrapped_key=None):
        kept = note.patient.unseal(note.signed, kind="note", item=str(note.id))
        digest = committed["note_signed"][str(note.id)]["note_commitment"]
        yield "the trail commits to the note", _commits(note.read().digest().encode(), kept["salt"], digest)
        yield "the note knows its commitment", note.commitment == digest
    for draft in Draft.objects.filter(state="discarded"):
        yield "a discarded draft has no text", not draft.made and draft.edits is None


def _files_are_as_expected(folder: Path, stage: Path) -> Findings:
    def names(root: Path) -> set[str]:
        files = (str(file.relative_to(root)) for file in root.rglob("*") if file.is_file())
        return {name for name in files if not name.endswith(("-wal", "-shm"))}

    yield "no file is left over", names(folder) == names(stage)
    yield "no file holds what the patient said", not holds_key(folder, WORDS)


def _commits(content: bytes, salt: str, digest: str) -> bool:
    return matches(content, Commitment(bytes.fromhex(salt), digest))


def _entries(kind: str) -> list[Any]:
    return [entry for entry in store.entries() if entry.event.kind == kind]

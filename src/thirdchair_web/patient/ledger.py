"""The ledger: the patient's view of the trail. It is read from the trail and from nothing else."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from thirdchair.uses import USES
from thirdchair_web.accounts.models import User
from thirdchair_web.encounters.models import Patient
from thirdchair_web.governance.words import METHODS, reader_language
from thirdchair_web.trail.models import TrailEntry

WHAT: dict[str, str | Promise] = {
    "use_requested": _("AI was asked for: %(use)s"),
    "model_called": _("A language model was asked, with names and other identifiers replaced"),
    "reply_sent": _("An answer was given: %(use)s"),
    "draft_made": _("AI made a draft from a session"),
    "judgement_recorded": _("A clinician recorded their own judgement: %(use)s"),
    "comment_made": _("A language model commented beside a clinician's judgement: %(use)s"),
    "comment_opened": _("A clinician read the comment of a language model"),
    "draft_opened": _("A clinician opened the draft beside what was said"),
    "draft_edited": _("A clinician edited the draft"),
    "draft_discarded": _("The draft was dropped; nothing entered your record"),
    "note_signed": _("The note was signed and entered your record"),
    "work_stopped": _("The work was stopped"),
    "work_failed": _("The work failed; nothing was made"),
    "session_uploaded": _("A session was uploaded"),
    "upload_refused": _("An upload was refused; nothing was stored"),
    "roles_corrected": _("Who spoke in a session was corrected"),
    "consent_recorded": _("You agreed to: %(use)s"),
    "consent_declined": _("You declined: %(use)s"),
    "consent_withdrawn": _("You withdrew your consent to: %(use)s"),
    "alert_raised": _("Wording that may mean danger was found; the on-call person was alerted"),
    "alert_acknowledged": _("The on-call person took the alert"),
    "alert_closed": _("The on-call person wrote how it ended"),
    "alert_called": _("A person of the team was called to the alert"),
    "alert_taken_over": _("The on-call person was with you"),
    "alert_dropped": _("The contact was lost; the team was called again"),
    "alert_overdue": _("What was owed after an alert was late; the team was told"),
    "alert_followed_up": _("The team wrote of the contact afterwards"),
    "patient_said_safe": _("You said that you are safe"),
    "contact_kept": _("You named an emergency contact"),
    "contact_removed": _("You removed your emergency contact"),
    "contact_seen": _("A member of staff opened your emergency contact"),
    "record_opened": _("A member of staff opened your record"),
    "data_exported": _("A file with your data was made"),
    "team_asked": _("The care team was asked to do something for you"),
    "team_took": _("A member of the care team took on what was asked"),
    "team_did": _("A member of the care team wrote what was done"),
    "letter_sent": _("A letter was sent to you"),
    "letter_answered": _("You answered a letter"),
    "questionnaire_assigned": _("You were asked to fill in a questionnaire"),
    "questionnaire_ended": _("You are not asked for a questionnaire any more"),
    "questionnaire_answered": _("A questionnaire was filled in"),
    "diary_shared": _("You shared days of your diary"),
    "diary_unshared": _("You took back days of your diary"),
    "content_erased": _("Your content was erased"),
    "safety_plan_written": _("Your safety plan was written or changed"),
    "patient_added": _("You were taken into care here"),
    "work_started": _("AI began to work: %(use)s"),
    "consent_expired": _("Your consent ended by itself: %(use)s"),
    "representative_named": _("It was recorded who may decide for you"),
    "representation_ended": _("It was recorded that somebody may no longer decide for you"),
    "capacity_recorded": _("A clinician recorded whether you can decide on this yourself now"),
    "understanding_checked": _("You answered questions on how AI works here: %(use)s"),
    "preference_recorded": _("You were asked what kind of help you wish for"),
    "question_deleted": _("You deleted a question and its answer"),
    "harm_reported": _("You reported that something went wrong with AI"),
    "harm_reviewed": _("A person reviewed your report"),
    "talk_opened": _("A clinician opened talk between sessions for you"),
    "talk_shut": _("A clinician kept talk between sessions shut for you"),
    "talk_chosen": _("You made a choice about talk"),
    "conversation_ended": _("A conversation ended"),
}
REFUSED = _("AI was asked for and refused: %(use)s")
OTHER = _("Something about you was recorded: %(kind)s")
"""What an entry of a kind without a line above reads: nothing about a patient is left out of their ledger."""
DRAFTED = _("A draft was made, which nobody has signed: %(use)s")


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One line of the ledger."""

    at: datetime
    what: str
    method: str
    who: str
    seq: int


def ledger_of(person: Patient) -> list[LedgerRow]:
    """Every entry of the trail about this patient, newest first."""
    entries = list(TrailEntry.objects.filter(subject=person.ref).order_by("-seq"))
    names = names_of({entry.actor for entry in entries})
    return [_row(entry, names) for entry in entries]


def names_of(actors: set[str]) -> dict[str, str]:
    """The people behind the identifiers of the trail."""
    accounts = {user.identifier: user.display_name for user in User.objects.all()}
    return {actor: accounts.get(actor, "") for actor in actors}


def _row(entry: TrailEntry, names: dict[str, str]) -> LedgerRow:
    facts = json.loads(entry.facts)
    refused = entry.kind == "use_requested" and facts["decision"] == "refused"
    use = USES.get(facts.get("use", ""))
    drafted = entry.kind == "reply_sent" and facts["kind"] == "document"
    words = str(REFUSED if refused else DRAFTED if drafted else WHAT.get(entry.kind, OTHER))
    method = facts.get("method", "")
    return LedgerRow(
        at=datetime.fromisoformat(entry.at),
        what=words
        % {"use": use.title[reader_language()] if use else facts.get("use", ""), "kind": entry.kind},
        method=str(METHODS.get(method, method)),
        who=names.get(entry.actor, ""),
        seq=entry.seq,
    )

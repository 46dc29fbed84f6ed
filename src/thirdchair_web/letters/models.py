"""A letter to a patient, what AI drafted of it, and what the patient answered."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from thirdchair.policy.letters import LetterKind
from thirdchair_web.encounters.models import Patient

KIND_WORDS = {
    LetterKind.APPOINTMENT: _("About an appointment"),
    LetterKind.INFORMATION: _("Information"),
    LetterKind.AFTER_SESSION: _("After a session"),
    LetterKind.REPLY: _("Reply to a question"),
    LetterKind.BAD_NEWS: _("Bad news"),
    LetterKind.BEREAVEMENT: _("To someone who lost a person"),
    LetterKind.APOLOGY: _("Apology"),
    LetterKind.ENDING_THERAPY: _("The end of therapy"),
    LetterKind.SAFETY_PLAN: _("A safety plan"),
    LetterKind.TRAUMA_REPLY: _("Reply to someone who told of trauma"),
    LetterKind.HALF_TRUTH: _("Something that is not told in full"),
}


class Letter(models.Model):
    """One letter. Its words are under the patient's key; once sent it is never changed."""

    class State(models.TextChoices):
        WRITING = "writing"
        SENT = "sent"
        DISCARDED = "discarded"

    class Origin(models.TextChoices):
        HUMAN = "human"
        EDITED = "edited"
        MACHINE = "machine"

    class Drafting(models.TextChoices):
        NONE = "none"
        QUEUED = "queued"
        RUNNING = "running"
        DRAFTED = "drafted"
        REFUSED = "refused"
        FAILED = "failed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="letters")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=[(str(kind), words) for kind, words in KIND_WORDS.items()])
    language = models.CharField(max_length=10)
    written = models.BinaryField()
    state = models.CharField(max_length=10, choices=State, default=State.WRITING)
    begun_at = models.DateTimeField()
    # What AI drafted: asked for, made by a worker, first seen by the author.
    drafting = models.CharField(max_length=8, choices=Drafting, default=Drafting.NONE)
    material = models.BinaryField(null=True)
    drafted = models.BinaryField(null=True)
    method = models.CharField(max_length=80, blank=True)
    run = models.UUIDField(null=True)
    rule = models.CharField(max_length=60, blank=True)
    found = models.JSONField(default=dict)
    claimed_at = models.DateTimeField(null=True)
    draft_opened_at = models.DateTimeField(null=True)
    # As it went out.
    origin = models.CharField(max_length=8, choices=Origin, blank=True)
    machine_share = models.FloatField(null=True)
    disclosed = models.BooleanField(default=False)
    sent_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)

    patient_path = "patient"
    on_erasure = dict.fromkeys(
        [
            "id", "patient", "author", "kind", "language", "state", "begun_at", "drafting", "method", "run", "rule",
            "claimed_at", "draft_opened_at", "origin", "machine_share", "disclosed", "sent_at", "read_at",
        ],
        "kept",
    ) | {"written": "sealed", "material": "sealed", "drafted": "sealed", "found": "scrubbed"}  # fmt: skip

    class Meta:
        ordering = ["-begun_at"]

    def __str__(self) -> str:
        return f"letter {self.id} {self.state}"

    def read(self) -> dict[str, str]:
        """`subject` and `body`; both empty once the patient is erased."""
        return self._unsealed(self.written, "letter") or {"subject": "", "body": ""}

    def read_draft(self) -> dict | None:
        """What AI drafted: `text`, the `document` with its sentences and lines, and the drafts `before` it; None where there is none."""
        return self._unsealed(self.drafted, "letter-draft")

    def drafts(self) -> list[dict]:
        """Every draft that AI made of this letter, the newest last: words of an earlier one may still stand in it."""
        newest = self.read_draft()
        return [*newest.pop("before", []), newest] if newest else []

    def read_material(self) -> str:
        """The lines that the draft was asked from."""
        return self._unsealed(self.material, "letter-material") or ""

    def _unsealed(self, sealed, kind: str):
        if not sealed or self.patient.erased_at is not None:
            return None
        return self.patient.unseal(sealed, kind=kind, item=str(self.id))


class LetterReply(models.Model):
    """What a patient answered to a letter: read by a person, and drafted by none but the patient."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="replies")
    words = models.BinaryField()
    written_at = models.DateTimeField()

    patient_path = "letter__patient"
    on_erasure = {"id": "kept", "letter": "kept", "words": "sealed", "written_at": "kept"}

    class Meta:
        ordering = ["written_at"]

    def __str__(self) -> str:
        return f"reply {self.id}"

    def read(self) -> str:
        """The words; empty once the patient is erased."""
        patient = self.letter.patient
        if patient.erased_at is not None:
            return ""
        return patient.unseal(self.words, kind="letter-reply", item=str(self.id))

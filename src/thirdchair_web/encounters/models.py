"""Patients and their sessions. Everything a patient said or is called is sealed under the patient's own key."""

from __future__ import annotations

import json
import uuid
from datetime import date
from functools import cache

from django.conf import settings
from django.db import models

from thirdchair import sealing
from thirdchair.errors import ContentErased
from thirdchair.policy.deciding import AuthorityKind, age_on
from thirdchair.records import SpeakerRole, Transcript


@cache
def master_key() -> bytes:
    """The key that wraps every patient's key; made at the first start, and never in place of a lost one.

    Raises:
        ContentUnreadable: the file is gone while there is content that only it opens.
    """
    path = settings.KEYS_DIR / "master.key"
    if not path.exists() and Patient.objects.exclude(wrapped_key=None).exists():
        raise sealing.ContentUnreadable(
            f"The master key {path} is missing. Put it back from your backup; without it no patient's content opens."
        )
    return sealing.load_or_make_master_key(path)


class Patient(models.Model):
    """A person in care, known to the trail by `ref` alone."""

    ref = models.SlugField(max_length=40, primary_key=True)
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="patient"
    )
    details = models.BinaryField()
    wrapped_key = models.BinaryField(null=True)
    added_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)

    patient_path = "ref"
    on_erasure = {
        "ref": "kept",
        "account": "kept",
        "details": "sealed",
        "wrapped_key": "scrubbed",
        "added_at": "kept",
        "erased_at": "kept",
    }

    class Meta:
        ordering = ["ref"]

    def __str__(self) -> str:
        return self.ref

    def seal(self, value: object, *, kind: str, item: str) -> bytes:
        """A value as it is stored: encrypted, and bound to this patient, kind and item."""
        plain = json.dumps(value, ensure_ascii=False).encode()
        return sealing.seal(self._key(), plain, context=f"{self.ref}/{kind}/{item}")

    def unseal(self, sealed: bytes, *, kind: str, item: str) -> object:
        """The value that `seal` stored.

        Raises:
            ContentErased: the key was destroyed.
        """
        plain = sealing.unseal(self._key(), bytes(sealed), context=f"{self.ref}/{kind}/{item}")
        return json.loads(plain)

    @property
    def name(self) -> str:
        """The person's name, or their reference once erased."""
        if self.erased_at is not None:
            return self.ref
        return self.read_details()["name"]

    def read_details(self) -> dict:
        """Name, year of birth, the exact day where it is known (`born_on`, ISO), pronoun."""
        return self.unseal(self.details, kind="details", item=self.ref)

    def age_on(self, day: date) -> int | None:
        """Whole years of age on a day; None where it is not known, which every limit treats as a minor.

        Where only the year of birth is known, the lower of the two ages that it may be.
        """
        if self.erased_at is not None:
            return None
        details = self.read_details()
        if details.get("born_on"):
            return age_on(date.fromisoformat(details["born_on"]), day)
        return age_on(date(details["born"], 12, 31), day) if details.get("born") else None

    def _key(self) -> bytes:
        if self.wrapped_key is None:
            raise ContentErased("This patient's content was erased.")
        return sealing.unwrap_key(master_key(), bytes(self.wrapped_key), patient=self.ref)


class Encounter(models.Model):
    """One session with its transcript. Its id comes from the upload form, so sending twice stores once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="encounters")
    held_on = models.DateField()
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    transcript = models.BinaryField()
    roles = models.JSONField(default=dict)
    language = models.CharField(max_length=10)
    utterances = models.PositiveIntegerField()

    on_erasure = dict.fromkeys(
        ["id", "patient", "held_on", "uploaded_by", "uploaded_at", "language", "utterances"], "kept"
    ) | {"transcript": "sealed", "roles": "scrubbed"}

    class Meta:
        ordering = ["-held_on", "-uploaded_at"]

    def __str__(self) -> str:
        return f"session {self.id}"

    def read_transcript(self) -> Transcript:
        """The session with its corrected roles."""
        stored = Transcript.from_json(
            self.patient.unseal(self.transcript, kind="transcript", item=str(self.id))["transcript"]
        )
        labels = list(stored.speakers)
        corrected = {labels[int(place)]: SpeakerRole(role) for place, role in self.roles.items()}
        return stored.with_roles(corrected)


class Representative(models.Model):
    """Somebody who may decide for a patient: who, on what authority, by which document, for what, until when."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="representatives")
    who = models.BinaryField()
    authority = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in AuthorityKind])
    uses = models.JSONField(default=list)
    until = models.DateField(null=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)

    on_erasure = dict.fromkeys(
        [
            "id",
            "patient",
            "authority",
            "uses",
            "until",
            "recorded_by",
            "recorded_at",
            "ended_at",
            "reminded_at",
        ],
        "kept",
    ) | {"who": "sealed"}

    class Meta:
        ordering = ["recorded_at"]

    def __str__(self) -> str:
        return f"representative {self.id}"

    def read(self) -> dict[str, str]:
        """Name, relation to the patient, and the reference of the document that was shown."""
        return self.patient.unseal(self.who, kind="representative", item=str(self.id))["who"]


class CapacityRecord(models.Model):
    """What a clinician found of whether the patient can decide on this. The latest counts; none means that they can."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="capacity_records")
    can_decide = models.BooleanField(null=True)
    review_on = models.DateField(null=True)
    reminded_at = models.DateTimeField(null=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    on_erasure = dict.fromkeys(
        ["id", "patient", "review_on", "reminded_at", "recorded_by", "recorded_at"], "kept"
    ) | {"can_decide": "scrubbed"}

    class Meta:
        ordering = ["-recorded_at", "-id"]

    def __str__(self) -> str:
        return f"capacity {self.id}"

"""The mark of a letter's origin. It is part of the letter's text, so that it stays through print, copy and export."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from thirdchair_web.letters.models import Letter


def mark(letter: Letter, *, origin: str, disclosed: bool) -> str:
    """Who wrote it, in the language of the letter."""
    with override(letter.language):
        name = letter.author.display_name
        if origin == Letter.Origin.HUMAN:
            return _("Written by %(name)s, without AI.") % {"name": name}
        if not disclosed:
            return _("Written by %(name)s, with the help of AI: a program wrote the first draft.") % {
                "name": name
            }
        contact = settings.THIRDCHAIR.contact or _("your care team")
        return _(
            "AI wrote the first draft of this letter. %(name)s read it, answers for it and sent it. To speak with a person: %(contact)s."
        ) % {"name": name, "contact": contact}


def as_text(letter: Letter) -> str:
    """The letter as plain text, with the mark of its origin before and after its words."""
    words = letter.read()
    said = mark(letter, origin=letter.origin, disclosed=letter.disclosed)
    day = letter.sent_at.date().isoformat() if letter.sent_at else ""
    return "\n\n".join([words["subject"], f"[{said}]", words["body"], f"[{said}] {day}".strip()]) + "\n"


def as_fhir(letter: Letter) -> dict:
    """A FHIR R4 Communication; the words of a letter that AI drafted carry the security label AIAST.

    Source: HL7 v3-ObservationValue, code AIAST, as the AI Transparency on FHIR guide uses it.
    """
    resource = {
        "resourceType": "Communication",
        "id": str(letter.id),
        "status": "completed",
        "subject": {"identifier": {"value": letter.patient_id}},
        "sender": {"display": letter.author.display_name},
        "sent": letter.sent_at.isoformat() if letter.sent_at else None,
        "language": "zh-Hans" if letter.language.startswith("zh") else letter.language,
        "topic": {"text": letter.read()["subject"]},
        "payload": [{"contentString": as_text(letter)}],
    }
    if letter.origin != Letter.Origin.HUMAN:
        label = {
            "system": "http://terminology.hl7.org/CodeSystem/v3-ObservationValue",
            "code": "AIAST",
            "display": "Artificial Intelligence asserted",
        }
        resource["meta"] = {"security": [label]}
    return resource

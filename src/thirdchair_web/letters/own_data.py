"""A patient's letters, as their own data has them."""

from __future__ import annotations

from typing import Any

from thirdchair_web.encounters.models import Patient
from thirdchair_web.letters.models import Letter


def letters_to(person: Patient) -> list[dict[str, Any]]:
    """Every letter that was sent, whose words it is, and what the patient answered."""
    return [
        {
            "sent_at": letter.sent_at.isoformat(),
            "from": letter.author.display_name,
            "origin": letter.origin,
            "share_drafted_by_a_machine": letter.machine_share,
            **letter.read(),
            "answers": [
                {"written_at": reply.written_at.isoformat(), "words": reply.read()}
                for reply in letter.replies.all()
            ],
        }
        for letter in person.letters.filter(state=Letter.State.SENT).select_related("author", "patient")
    ]

"""A signed note as a file. Its origin is printed in it and cannot be left out."""

from __future__ import annotations

import json

from django.db import transaction
from django.http import Http404, HttpResponse

from thirdchair.records import NoteFormat
from thirdchair.uses.summarise_session.printing import to_docx, to_markdown
from thirdchair_web.accounts.models import User
from thirdchair_web.review.models import Note
from thirdchair_web.trail.actions import record

KINDS = {
    "md": "text/markdown; charset=utf-8",
    "json": "application/json",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def note_file(note: Note, *, kind: str, by: User) -> HttpResponse:
    """The note as Markdown, JSON or Word; that it left the service is in the trail."""
    if kind not in KINDS:
        raise Http404
    body = _body(note, kind)
    with transaction.atomic():
        record(
            kind="data_exported",
            actor=by.identifier,
            subject=note.patient.ref,
            facts={"format": kind, "records": 1},
        )
    response = HttpResponse(body, content_type=KINDS[kind])
    response["Content-Disposition"] = f'attachment; filename="note-{note.id}.{kind}"'
    return response


def _body(note: Note, kind: str) -> bytes:
    signed = note.read()
    transcript = note.draft.run.encounter.read_transcript()
    layout = NoteFormat(signed.note_format)
    if kind == "docx":
        return to_docx(signed, transcript, layout)
    if kind == "md":
        return to_markdown(signed, transcript, layout).encode()
    return json.dumps(signed.as_json() | {"digest": signed.digest()}, ensure_ascii=False, indent=2).encode()

"""The receipt of an answer: a page to keep on paper (PDF), and the same for other systems (FHIR R4 Consent)."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from html import escape
from typing import Any, Final

from django.conf import settings
from django.template.defaultfilters import date as date_words
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer

from thirdchair.records import Language
from thirdchair.uses import USES
from thirdchair_web.clock import now
from thirdchair_web.consent.fhir import FhirConsent, fhir_consent
from thirdchair_web.consent.models import ConsentRecord
from thirdchair_web.governance.words import METHODS

_CHINESE_FONT: Final = "STSong-Light"
_SIDES: Final = ("leftMargin", "rightMargin", "topMargin", "bottomMargin")
_BOLD: Final = re.compile(r"\*\*(.+?)\*\*")


def receipt_pdf(answer: ConsentRecord) -> bytes:
    """The receipt as a PDF in the language of the screen: what was asked, what was answered, how to take it back."""
    lines = list(facts_of(answer))
    limits = [limit["text"] for limit in answer.limits_shown]
    everything = "".join([answer.text.text, settings.THIRDCHAIR.clinic_name, *limits, *sum(lines, ())])
    body, heading = _styles(
        chinese=any(ord(letter) > 0xFF and letter not in "“”‘’–—…" for letter in everything)
    )
    flow: list[Flowable] = [Paragraph(escape(_("Receipt of your answer")), heading), Spacer(1, 6)]
    flow += [Paragraph(f"<b>{escape(name)}:</b> {escape(value)}", body) for name, value in lines]
    flow += [Paragraph(escape(_("What you read before you answered")), heading)]
    flow += list(_markdown(answer.text.text, body, heading))
    if limits:
        flow += [Paragraph(escape(_("How often it was wrong when it was tested")), heading)]
        flow += [Paragraph(escape(limit), body) for limit in limits]
        if not all(limit["checked_outside"] for limit in answer.limits_shown):
            flow += [Paragraph(escape(_("Not verified: only its makers have tested this.")), body)]
    out = io.BytesIO()
    document = SimpleDocTemplate(
        out,
        pagesize=A4,
        title=_("Receipt of your answer"),
        author="Thirdchair",
        lang=get_language() or "en",
        **dict.fromkeys(_SIDES, 48),
    )
    document.build(flow)
    return out.getvalue()


def receipt_fhir(answer: ConsentRecord) -> bytes:
    """The answer as it stands now, as a FHIR R4 Consent in JSON."""
    return json.dumps(as_fhir(answer).as_json(), ensure_ascii=False, indent=2).encode()


def as_fhir(answer: ConsentRecord) -> FhirConsent:
    """The answer as a FHIR R4 Consent that keeps the rules of R4."""
    over = answer.withdrawn_at is not None or answer.expires_at <= now()
    return fhir_consent(
        id=str(answer.id),
        patient=answer.patient_ref,
        clinic=settings.THIRDCHAIR.clinic_name,
        use=answer.use,
        title=USES[answer.use].title[Language(answer.text.language)],
        text=answer.text.text,
        language=answer.text.language,
        state="rejected" if answer.declined else "inactive" if over else "active",
        answered_at=answer.answered_at,
        effective_at=answer.effective_at,
        expires_at=answer.expires_at,
        methods=list(answer.methods),
        given_by=answer.given_by,
        authority=str(answer.authority_id or ""),
        witnessed=answer.how != ConsentRecord.How.OWN_ACCOUNT,
    )


def facts_of(answer: ConsentRecord) -> Iterator[tuple[str, str]]:
    """What the receipt says, line by line, in the language of the screen."""
    yield _("What you were asked"), USES[answer.use].title[Language(get_language() or "en")]
    yield _("The answer"), _("No") if answer.declined else _("Yes")
    yield _("Who gave it"), _given_by()[answer.given_by]
    yield _("How it was given"), _how()[answer.how]
    yield _("When"), date_words(answer.answered_at, "DATETIME_FORMAT")
    if answer.withdrawn_at:
        yield _("Taken back"), date_words(answer.withdrawn_at, "DATETIME_FORMAT")
    elif not answer.declined:
        yield _("It ends by itself"), date_words(answer.expires_at, "DATE_FORMAT")
        yield _("Methods"), "; ".join(str(METHODS.get(name, name)) for name in answer.methods)
        yield (
            _("How to take it back"),
            _("On “AI and you” in your account, or tell anyone in the team. You need give no reason."),
        )
    yield _("Where"), settings.THIRDCHAIR.clinic_name
    yield _("Your reference here"), answer.patient_ref
    yield _("Number of this answer"), str(answer.id)
    yield _("Fingerprint of the text"), answer.text_id


def _given_by() -> dict[str, str]:
    return {
        "patient": _("You"),
        "guardian": _("A parent or guardian"),
        "representative": _("Somebody who may decide for you"),
    }


def _how() -> dict[str, str]:
    return {
        "own_account": _("In your own account"),
        "on_paper": _("On paper"),
        "spoken_witnessed": _("Spoken, with somebody of the team"),
    }


def _styles(*, chinese: bool) -> tuple[ParagraphStyle, ParagraphStyle]:
    font = bold = "Helvetica"
    if chinese:
        pdfmetrics.registerFont(UnicodeCIDFont(_CHINESE_FONT))
        # The font has one weight; without this, <b> would look for one that is not there.
        pdfmetrics.registerFontFamily(
            _CHINESE_FONT,
            normal=_CHINESE_FONT,
            bold=_CHINESE_FONT,
            italic=_CHINESE_FONT,
            boldItalic=_CHINESE_FONT,
        )
        font = bold = _CHINESE_FONT
    else:
        bold = "Helvetica-Bold"
    wrap: Any = "CJK" if chinese else None
    body = ParagraphStyle("body", fontName=font, fontSize=10.5, leading=15, spaceAfter=5, wordWrap=wrap)
    heading = ParagraphStyle(
        "heading",
        fontName=bold,
        fontSize=14,
        leading=19,
        spaceBefore=10,
        spaceAfter=4,
        keepWithNext=1,
        wordWrap=wrap,
    )
    return body, heading


def _markdown(text: str, body: ParagraphStyle, heading: ParagraphStyle) -> Iterator[Flowable]:
    for block in re.split(r"\n\s*\n", text.strip()):
        words = escape(" ".join(block.split()))
        if words.startswith("#"):
            yield Paragraph(words.lstrip("# "), heading)
        else:
            yield Paragraph(_BOLD.sub(r"<b>\1</b>", words), body)

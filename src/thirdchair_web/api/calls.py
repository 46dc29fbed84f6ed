"""One call: whose key it is, what is asked for, for whom, and by which method; then the gateway opens its turn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final
from uuid import uuid4

from django.conf import settings
from django.utils.translation import gettext_noop as _

from thirdchair.clients.protocol import Client
from thirdchair.crisis import find_place
from thirdchair.gateway import EXTRACTIVE
from thirdchair.gateway.chat import TOLD, ChatRequest, House, Turn, newest_words, open_chat
from thirdchair.gateway.drafting import DRAFT_DOCUMENT, DocumentTurn, open_document
from thirdchair.language.telling import language_of
from thirdchair.policy import Refused
from thirdchair.records import Language, Usage
from thirdchair.uses import registered_use
from thirdchair_web.accounts.keys import OpenedKey, open_key
from thirdchair_web.accounts.models import User
from thirdchair_web.api.bodies import ChatBody, told
from thirdchair_web.api.errors import Problem
from thirdchair_web.api.sessions import Drafted, summarised
from thirdchair_web.api.wire import Wire
from thirdchair_web.crisis.hearing import NOTHING_SAID, hear
from thirdchair_web.encounters.models import Patient
from thirdchair_web.governance.methods import clients
from thirdchair_web.governance.words import refusal_in
from thirdchair_web.house import best_method, crisis_card, house_for
from thirdchair_web.prepared import Prepared
from thirdchair_web.review.clinic import moment_of

SUMMARISE: Final = "summarise_session"
_OWN: Final = Prepared(lambda account: Patient.objects.filter(account=account), int)
_LANGUAGES: Final = {
    "en": Language.ENGLISH,
    "zh": Language.CHINESE,
    "zh-hans": Language.CHINESE,
    "zh-cn": Language.CHINESE,
}


@dataclass(frozen=True, slots=True)
class Call:
    """An opened call: its turn, the model that answers it, how its answer is written, and what each question cost."""

    turn: Turn | Drafted | DocumentTurn
    client: Client | None
    wire: Wire
    counted: list[Usage | None] = field(default_factory=list["Usage | None"])

    @property
    def usage(self) -> Usage | None:
        """The tokens of all questions; None where no model was asked, or one did not say."""
        told = [one for one in self.counted if one is not None]
        return sum(told, Usage(0, 0)) if told and len(told) == len(self.counted) else None


def opened(body: ChatBody, headers: Mapping[str, str], key: OpenedKey) -> Call:
    """The call, screened, decided and recorded.

    Raises:
        Problem: the key, patient, language or method cannot be used.
        UseRefused, SafeguardUnavailable: as the gateway says.
    """
    if body.use not in key.uses:
        known = registered_use(body.use) is not None
        raise refused(Refused("key.use", {"use": body.use}) if known else Refused("use.unknown"))
    if (use := registered_use(body.use)) and use.comments:
        raise refused(Refused("comment.own_page", {"use": body.use}))
    patient = _patient(told("patient", headers, body), key.account)
    language = _language(told("language", headers, body), body)
    method = body.method or best_method(body.use, language, moment_of(patient, actor=key.account))
    client = clients().get(method)
    if client is None and method != EXTRACTIVE:
        raise Problem(
            404,
            "model.unknown",
            _("There is no such method here."),
            _("Ask GET /v1/models for those there are, or leave it out."),
        )
    run = str(uuid4())
    wire = Wire(run, body.model, body.use, method, counts=body.counts)
    if body.use == SUMMARISE:
        drafted = summarised(
            body.messages[-1].text,
            patient=patient,
            encounter=told("encounter", headers, body),
            method=method,
            by=key.account,
        )
        return Call(drafted, None, wire)
    request = ChatRequest(
        run=run,
        use=body.use,
        method=method,
        actor=key.account.identifier,
        own_words=key.account.is_patient,
        patient=patient.ref,
        messages=body.spoken(),
        language=language,
        country=_country(told("country", headers, body)),
    )
    house: House = replace(
        house_for(patient, key.account, client),
        form=told("questionnaire", headers, body) or told("form", headers, body),
    )
    if body.use == DRAFT_DOCUMENT and not request.own_words:
        return Call(open_document(request, house, kind=told("document", headers, body).lower()), client, wire)
    return Call(open_chat(request, house), client, wire)


def key_of(headers: Mapping[str, str]) -> OpenedKey:
    """The key in the Authorization header, and its account.

    Raises:
        Problem: there is none, or it opens nothing.
    """
    scheme, _space, secret = headers.get("authorization", "").partition(" ")
    found = open_key(secret.strip()) if scheme.lower() == "bearer" else None
    if found is None:
        raise Problem(
            401,
            "key.unknown",
            _("This key is not known here, has expired or was revoked."),
            _("Ask whoever runs the service for a new one: `thirdchair keys new --actor NAME --uses USE`."),
        )
    return found


def refused(refusal: Refused) -> Problem:
    """A refusal by policy: in the service's language, with the words of every other beside it; uses by their titles."""
    own = Language(settings.THIRDCHAIR.language)
    words = {str(language): refusal_in(refusal, language) for language in (own, *Language)}
    status = 404 if refusal.rule == "use.unknown" else 403
    return Problem(
        status, refusal.rule, words[str(own)]["reason"], words[str(own)]["remedy"], translations=words
    )


def plain_card() -> str:
    """The crisis card in the service's language, where nothing else is known."""
    return crisis_card(None, Language(settings.THIRDCHAIR.language))


def heard_and_told(body: ChatBody, account: User) -> str:
    """The card for a patient whose request is turned away: their newest words are heard all the same, and it says who was told."""
    own = Patient.objects.filter(account=account, erased_at=None).first()
    says = own is not None and body.use != SUMMARISE  # a transcript is not the patient's word of now
    heard = hear("\n".join(newest_words(body.spoken())), patient=own) if own and says else NOTHING_SAID
    told = "" if heard.alerted is None else TOLD[heard.alerted][Language(settings.THIRDCHAIR.language)]
    return "\n\n".join(part for part in (told, plain_card()) if part)


def _patient(ref: str, account: User) -> Patient:
    if account.is_patient:
        own = next(iter(_OWN(account.pk)), None)
        if own is None or ref not in ("", own.ref):
            raise Problem(
                403,
                "patient.other",
                _("A patient's key is for that patient alone."),
                _("Leave the patient out."),
            )
        return own
    if not ref:
        raise Problem(
            400,
            "patient.missing",
            _("The request does not say whom it is about, so nobody's consent can be read."),
            _("Name the patient in the header X-Thirdchair-Patient, or as metadata.patient."),
        )
    # PostgreSQL takes no NUL in a text at all, and no reference holds one.
    found = None if "\0" in ref else Patient.objects.filter(pk=ref).first()
    if found is None:
        raise Problem(404, "patient.unknown", _("There is no such patient here."), _("Check the reference."))
    return found


def _language(name: str, body: ChatBody) -> Language:
    if not name:
        return language_of(body.messages[-1].text)
    language = _LANGUAGES.get(name.lower())
    if language is None:
        raise Problem(
            400,
            "request.language",
            _("The language is not one of those here."),
            _("Use en or zh-hans, or leave it out."),
        )
    return language


def _country(name: str) -> str | None:
    if name and find_place(name) is None:
        return None  # the card then asks, and a person in crisis is not refused for a spelling
    return name or None

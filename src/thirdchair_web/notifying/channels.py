"""The ways out of this service to a person of the staff: e-mail, text message, webhook. None carries a word of a patient."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Protocol
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from thirdchair.clients.webhook import Failed, Sent, Webhook
from thirdchair_web.accounts.models import Role, User
from thirdchair_web.clock import now
from thirdchair_web.notifying.models import ChannelName, Delivery, Notice, Reach, Why

_PAGES: Final[Mapping[Why, str]] = dict.fromkeys(Why, "alert") | {Why.TASK: "home", Why.TEST: "notices"}
_ANSWERING: Final = frozenset({Role.ON_CALL, Role.NURSE, Role.PSYCHIATRIST})
"""Who may open an alert; anyone else is led to their own notices, which say what to do."""


@dataclass(frozen=True, slots=True)
class Message:
    """What leaves: why a person is needed, how urgent it is, and where to look. There is no more to it.

    Args:
        delivery: the same for every attempt at one delivery.
        person: identifier of the person who is told.
        why: as in `Why`.
        level: 0 to 6; 0 where there is no crisis.
        link: address of the page, which shows it after sign-in.
        made_at: when the notice was made.
        language: which the person reads, as Django names it.
    """

    delivery: UUID
    person: str
    why: Why
    level: int
    link: str
    made_at: datetime
    language: str

    @property
    def title(self) -> str:
        """Why the person is needed, in their language."""
        with translation.override(self.language):
            if self.level:
                return _("%(why)s (level %(level)d of 6)") % {"why": self.why.label, "level": self.level}
            return str(self.why.label)

    @property
    def text(self) -> str:
        """The title and where to look, in the person's language."""
        with translation.override(self.language):
            return _("%(clinic)s: %(title)s. Open: %(link)s") % {
                "clinic": settings.THIRDCHAIR.clinic_name,
                "title": self.title,
                "link": self.link,
            }


class Channel(Protocol):
    """One way to a person."""

    def send(self, message: Message, address: str) -> Sent | Failed:
        """Whether the other side took it; never raises for what the other side does.

        Args:
            address: of the person, as this channel needs it; empty where none is known.
        """
        ...


class SmsGateway(Protocol):
    """Whoever sends text messages for the service."""

    def send_sms(self, phone: str, text: str, *, delivery: UUID) -> Sent | Failed:
        """Whether the gateway took the message; `phone` with its country, such as +441632960123."""
        ...


class Email:
    """By Django's mail backend, with the mail server of the settings."""

    def send(self, message: Message, address: str) -> Sent | Failed:
        """Whether the mail server took it."""
        if not address:
            return Failed(passing=True, fault="no_address")
        mail = EmailMessage(
            subject=message.title,
            body=message.text,
            to=[address],
            headers={
                "Message-ID": f"<{message.delivery}@thirdchair.invalid>",
                "Auto-Submitted": "auto-generated",
            },
        )
        try:
            mail.send()
        except OSError as error:
            return _not_mailed(error)
        return Sent()


class ByWebhook:
    """To the service's own alarm, which knows by the user name whom to call."""

    def __init__(self, webhook: Webhook) -> None:
        self._webhook = webhook

    def send(self, message: Message, address: str) -> Sent | Failed:
        """Whether the alarm took it; it needs no address of the person."""
        content = {
            "person": message.person,
            "why": str(message.why.value),
            "level": message.level,
            "title": message.title,
            "link": message.link,
            "made_at": message.made_at.isoformat(),
        }
        return self._webhook.post(content, delivery=str(message.delivery))


class Sms:
    """By whatever gateway the service has."""

    def __init__(self, gateway: SmsGateway) -> None:
        self._gateway = gateway

    def send(self, message: Message, address: str) -> Sent | Failed:
        """Whether the gateway took it."""
        if not address:
            return Failed(passing=True, fault="no_address")
        return self._gateway.send_sms(address, message.text, delivery=message.delivery)


class SmsByWebhook:
    """A gateway that takes a signed post of {"to": …, "text": …}."""

    def __init__(self, webhook: Webhook) -> None:
        self._webhook = webhook

    def send_sms(self, phone: str, text: str, *, delivery: UUID) -> Sent | Failed:
        """Whether the gateway took the message."""
        return self._webhook.post({"to": phone, "text": text}, delivery=str(delivery))


def channels() -> dict[ChannelName, Channel]:
    """The channels that this service has set up, beside the screen."""
    given: Any = settings.THIRDCHAIR
    held: dict[ChannelName, Channel] = {}
    if given.webhook_address:
        secret = given.webhook_secret.get_secret_value()
        held[ChannelName.WEBHOOK] = ByWebhook(Webhook(given.webhook_address, secret=secret))
    if given.sms_address:
        secret = given.sms_secret.get_secret_value()
        held[ChannelName.SMS] = Sms(SmsByWebhook(Webhook(given.sms_address, secret=secret)))
    if given.email_host:
        held[ChannelName.EMAIL] = Email()
    return held


def message_of(delivery: Delivery) -> Message:
    """What a delivery carries."""
    notice = delivery.notice
    return Message(
        delivery=delivery.key,
        person=notice.person.username,
        why=Why(notice.why),
        level=notice.level,
        link=settings.THIRDCHAIR.public_base + page_of(notice),
        made_at=notice.made_at,
        language=notice.person.language or settings.LANGUAGE_CODE,
    )


def sample_for(person: User) -> Message:
    """A message that says it is a test."""
    return Message(
        delivery=UUID(int=0),
        person=person.username,
        why=Why.TEST,
        level=0,
        link=settings.THIRDCHAIR.public_base + reverse("notices"),
        made_at=now(),
        language=person.language or settings.LANGUAGE_CODE,
    )


def page_of(notice: Notice) -> str:
    """Path of the page where the person sees what it is about."""
    name = _PAGES[Why(notice.why)]
    if name == "alert" and notice.person.role not in _ANSWERING:
        name = "notices"
    return reverse(name, args=[notice.about] if name == "alert" else [])


def _not_mailed(error: OSError) -> Failed:
    """What a mail server's errors come to: all of them are OSErrors; those with a code are its refusals."""
    refused: dict[str, tuple[int, bytes]] = getattr(error, "recipients", {})
    codes = [code for code, _words in refused.values()] or [getattr(error, "smtp_code", None)]
    if None in codes:
        return Failed(passing=True, fault="unreachable")
    return Failed(passing=all(400 <= code < 500 for code in codes), fault="refused")


def address_for(channel: ChannelName, person: User) -> str:
    """Where this person is told by a channel; empty where they named nothing."""
    reach = Reach.objects.filter(person=person).first()
    if reach is None:
        return ""
    return {ChannelName.EMAIL: reach.email, ChannelName.SMS: reach.phone}.get(channel, "")

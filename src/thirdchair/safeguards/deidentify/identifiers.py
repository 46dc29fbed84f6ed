"""The classes of identifier, and where one was found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class IdentifierClass(StrEnum):
    """What an identifier identifies by.

    The 18 classes of the HIPAA Safe Harbor method, 45 CFR 164.514(b)(2)(i)(A) to (R), in their order, with
    ages over 89 split off from dates (C), and employers and schools named apart from the rest of (R). The rule
    covers relatives, employers and household members as well as the patient, so a sister's telephone number
    is a telephone number.
    """

    NAME = "name"
    PLACE = "place"
    DATE = "date"
    AGE_OVER_89 = "age_over_89"
    PHONE = "phone"
    FAX = "fax"
    EMAIL = "email"
    SOCIAL_SECURITY = "social_security"
    MEDICAL_RECORD = "medical_record"
    HEALTH_PLAN = "health_plan"
    ACCOUNT = "account"
    LICENCE = "licence"
    VEHICLE = "vehicle"
    DEVICE = "device"
    WEB_ADDRESS = "web_address"
    IP_ADDRESS = "ip_address"
    BIOMETRIC = "biometric"
    PHOTOGRAPH = "photograph"
    OTHER_ID = "other_id"
    EMPLOYER = "employer"
    SCHOOL = "school"
    TOKEN_LIKE = "token_like"  # noqa: S105 - a class of text, no secret
    """Text that already looks like one of our tokens; it is concealed so that revealing stays exact."""


TOKEN_PREFIX: Final[dict[IdentifierClass, str]] = {
    IdentifierClass.NAME: "NAME",
    IdentifierClass.PLACE: "PLACE",
    IdentifierClass.DATE: "DATE",
    IdentifierClass.AGE_OVER_89: "AGE",
    IdentifierClass.PHONE: "PHONE",
    IdentifierClass.FAX: "FAX",
    IdentifierClass.EMAIL: "EMAIL",
    IdentifierClass.SOCIAL_SECURITY: "ID",
    IdentifierClass.MEDICAL_RECORD: "ID",
    IdentifierClass.HEALTH_PLAN: "ID",
    IdentifierClass.ACCOUNT: "ID",
    IdentifierClass.LICENCE: "ID",
    IdentifierClass.VEHICLE: "ID",
    IdentifierClass.DEVICE: "ID",
    IdentifierClass.WEB_ADDRESS: "URL",
    IdentifierClass.IP_ADDRESS: "IP",
    IdentifierClass.BIOMETRIC: "ID",
    IdentifierClass.PHOTOGRAPH: "PHOTO",
    IdentifierClass.OTHER_ID: "ID",
    IdentifierClass.EMPLOYER: "EMPLOYER",
    IdentifierClass.SCHOOL: "SCHOOL",
    IdentifierClass.TOKEN_LIKE: "TEXT",
}
"""The word a model sees. Kinds of number share one, since which kind it was is itself telling."""


@dataclass(frozen=True, slots=True)
class Identifier:
    """A stretch of text that identifies someone: characters `start` up to, not including, `end`."""

    identifier_class: IdentifierClass
    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Found:
    """An identifier in a text, with the token that stands for it; offsets count in the text as it was given."""

    identifier_class: IdentifierClass
    start: int
    end: int
    token: str


@dataclass(frozen=True, slots=True)
class Concealed:
    """A text with tokens in place of its identifiers, and what was found, in order."""

    text: str
    found: tuple[Found, ...]


def without_overlaps(identifiers: list[Identifier]) -> list[Identifier]:
    """The identifiers in order, each overlapping group joined under the class of its longest member.

    Joining, rather than choosing, so that no character that any rule found is left standing.
    """
    joined: list[Identifier] = []
    longest = 0
    for identifier in sorted(
        identifiers, key=lambda i: (i.start, -i.end)
    ):  # stable: the first found wins a tie
        if joined and identifier.start < joined[-1].end:
            last = joined[-1]
            kept = identifier.identifier_class if len(identifier) > longest else last.identifier_class
            joined[-1] = Identifier(kept, last.start, max(last.end, identifier.end))
            longest = max(longest, len(identifier))
        elif len(identifier):
            joined.append(identifier)
            longest = len(identifier)
    return joined

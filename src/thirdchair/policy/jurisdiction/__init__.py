"""Which law a service stands under, and what that law closes.

Strictest wins: every rule of every place of the service must be met. A place nobody named, a place of which nothing is
known here, and a pack that is long overdue for review are under every rule of every pack about what a machine may do; how a
consent is to be given follows from the places that are named. What this does *not* do: tell
whether a service keeps the law. The packs are summaries that no lawyer has reviewed; each says what it leaves out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from thirdchair.policy.consent import Consent
from thirdchair.policy.decision import Refused
from thirdchair.policy.jurisdiction.pack import FICTIONAL, ContactRule, LawRule, Pack, packs
from thirdchair.policy.moment import UseTerms
from thirdchair.policy.roles import STAFF, Role
from thirdchair.records import Language

__all__ = [
    "FICTIONAL",
    "GRACE",
    "Binding",
    "ContactRule",
    "Law",
    "LawRule",
    "Pack",
    "closes",
    "contact_rules",
    "law_of",
    "law_refusal",
    "packs",
    "unwritten_refusal",
]

GRACE: Final = timedelta(days=90)
"""How long a pack still counts after its day of review, with a warning."""


@dataclass(frozen=True, slots=True)
class Binding:
    """A rule that is in force for the service.

    Args:
        because: the name in `REASONS` of why it is: it is the law there, or stands in for one that is not known.
    """

    pack: Pack
    rule: LawRule
    because: str


@dataclass(frozen=True, slots=True)
class Law:
    """The law a service stands under on a day.

    Args:
        named: packs of its places.
        unknown: its places that no pack covers.
        overdue: packs whose day of review has passed, with or without grace.
        bindings: the rules in force; those of its own places first.
        coming: rules of its own places that are not in force yet, and bills.
    """

    named: tuple[Pack, ...]
    unknown: tuple[str, ...]
    overdue: tuple[Pack, ...]
    bindings: tuple[Binding, ...]
    coming: tuple[tuple[Pack, LawRule], ...] = ()


def law_of(places: frozenset[str], *, on: date, known: tuple[Pack, ...] | None = None) -> Law:
    """The law of these places on a day.

    Args:
        places: ISO 3166 codes such as "GB" or "US-IL"; none where nobody said.
        known: the packs to read; those of this release, if not given.
    """
    return _law_of(places, on, packs() if known is None else known)


@lru_cache(maxsize=64)
def _law_of(places: frozenset[str], on: date, known: tuple[Pack, ...]) -> Law:
    named = tuple(pack for pack in known if pack.covers & places)
    unknown = tuple(sorted(places - {place for pack in named for place in pack.covers}))
    lapsed = any(on - pack.review_by > GRACE for pack in named)
    instead = (
        "law.no_place"
        if not places
        else "law.unknown_place"
        if unknown
        else "law.outdated"
        if lapsed
        else None
    )
    own = [Binding(pack, rule, "law.here") for pack, rule in _binding(named, on)]
    rest = [pack for pack in known if pack not in named and pack.place != FICTIONAL]
    strictest = [Binding(pack, rule, instead) for pack, rule in _binding(rest, on)] if instead else []
    return Law(
        named,
        unknown,
        tuple(pack for pack in named if on > pack.review_by),
        (*own, *strictest),
        tuple((pack, rule) for pack in named for rule in pack.rules if not rule.binds(on)),
    )


def contact_rules(law: Law, *, on: date) -> tuple[ContactRule, ...]:
    """What lets the service tell an emergency contact without agreement: a rule of each of its places, or nothing.

    Nothing where a place is unknown, a pack is overdue, or one of them has no rule in force.
    """
    rules = [pack.emergency_contact for pack in law.named]
    if law.unknown or law.overdue or not rules:
        return ()
    found = tuple(rule for rule in rules if rule is not None and rule.effective_on <= on)
    return found if len(found) == len(rules) else ()


def law_refusal(law: Law, use: UseTerms, *, role: Role, clinician_present: bool = False) -> Refused | None:
    """The first rule in force that closes this use for someone of this role, or None.

    Args:
        clinician_present: whether a clinician takes part at this moment. Nothing here can show it, so nobody says so yet.
    """
    for binding in law.bindings:
        if closes(binding.rule, use, role=role, clinician_present=clinician_present):
            return _refused(binding, use, law)
    return None


def closes(rule: LawRule, use: UseTerms, *, role: Role, clinician_present: bool = False) -> bool:
    """Whether this rule, where it is in force, closes this use for someone of this role."""
    if use.id not in rule.uses or (rule.asked_by == "patient" and role in STAFF):
        return False
    match rule.effect:
        case "bar":
            return True
        case "review":
            return not use.signers
        case "live_clinician":
            return not clinician_present
        case "written_consent":
            return False  # it depends on the patient: see `unwritten_refusal`


def unwritten_refusal(law: Law, use: UseTerms, consent: Consent) -> Refused | None:
    """Why a consent that holds is not enough where it was spoken and the law of a named place asks for writing, or None."""
    if consent.written:
        return None
    for binding in law.bindings:
        rule = binding.rule
        if rule.effect == "written_consent" and use.id in rule.uses and binding.because == "law.here":
            return _refused(replace(binding, because="consent.not_written"), use, law)
    return None


def _binding(of: Iterable[Pack], on: date) -> Iterator[tuple[Pack, LawRule]]:
    """The rules in force; what is law before what was not verified, so that a refusal names the surer one."""
    found = [(pack, rule) for pack in of for rule in pack.rules if rule.binds(on)]
    return iter(sorted(found, key=lambda one: one[1].status == "unverified"))


def _refused(binding: Binding, use: UseTerms, law: Law) -> Refused:
    pack, rule = binding.pack, binding.rule
    found = {"use": use.id, "citation": rule.citation, "unknown": ", ".join(law.unknown)}
    for name, words in (("place", pack.name), ("says", rule.says)):
        found[name] = words[Language.ENGLISH]
        found |= {f"{name}@{language}": words[language] for language in Language}
    return Refused(binding.because, found)

"""The crisis card: what a person in danger reads, as values for a page and as plain text for a chat.

It is always made. Files that cannot be trusted, a country nobody knows and a service that entered nothing each leave it
with less, never without the emergency number and what to do now.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

from thirdchair.crisis.directory import Directory, Lines, WhichCountry, load
from thirdchair.crisis.entry import Entry, Standing, Way
from thirdchair.crisis.places import Place
from thirdchair.crisis.wording import WORDS, CardWords
from thirdchair.records import Language

_LATELY: Final = frozenset({Standing.VERIFIED, Standing.DUE})


@dataclass(frozen=True, slots=True)
class CardWay:
    """One way to reach people.

    Args:
        words: such as "text SHOUT to 85258".
        to: the number or address within those words.
        link: what a page links to.
    """

    words: str
    to: str
    link: str


@dataclass(frozen=True, slots=True)
class CardContact:
    """A service on the card.

    Args:
        hours: in words, or "" where they are not known.
        languages: "In German", where the reader's language is not spoken there; otherwise "".
        for_whom: in words, or "" for everyone.
        mark: when it was last verified, or that it was not.
        verified_lately: whether a person checked it within 90 days.
    """

    name: str
    ways: tuple[CardWay, ...]
    hours: str
    languages: str
    for_whom: str
    mark: str
    verified_lately: bool


@dataclass(frozen=True, slots=True)
class Card:
    """What the card says, in the order it is read.

    Args:
        country: code, or None where it is not known; `question` then asks, with `choices` of (code, name).
        steps: what to do right now; the first names the emergency number.
        emergency: links to dial, of (number, link); empty where the country is not known.
        own_name: of the service, or "This service".
        own_contact: how to reach its on-call person, which comes before any line; "" where it entered none.
        no_own_contact: what is said instead, or "".
        contacts: lines of the country, or pages that find one.
        notice: why no line is shown, or "".
    """

    language: Language
    country: str | None
    headline: str
    danger: str
    steps: tuple[str, ...]
    emergency: tuple[tuple[str, str], ...]
    own_name: str
    own_contact: str
    no_own_contact: str
    question: str
    choices: tuple[tuple[str, str], ...]
    contacts_heading: str
    contacts: tuple[CardContact, ...]
    nobody_answers: str
    notice: str
    closing: str


def card(
    country: str | None,
    language: Language,
    *,
    directory: Directory | None = None,
    own_contact: str = "",
    own_name: str = "",
    today: date | None = None,
) -> Card:
    """The card for a place.

    Args:
        country: code or name; None or an unknown one makes the card ask, and no country is assumed.
        directory: as `load` gives it; the shipped one if None.
        own_contact: how to reach the service's own on-call person (`Settings.crisis_contact`).
        own_name: of the service.
        today: for the age of verifications; today in UTC if None.
    """
    held = load() if directory is None else directory
    day = datetime.now(UTC).date() if today is None else today
    words = WORDS[language]
    found = held.entries_for(country)
    place = found.place if isinstance(found, Lines) else None
    entries = found.lines if isinstance(found, Lines) else found.finders
    asks = isinstance(found, WhichCountry)
    own = own_contact.strip()
    return Card(
        language=language,
        country=place.code if place else None,
        headline=words.headline,
        danger=words.danger,
        steps=_steps(found, words),
        emergency=tuple((number, f"tel:{number}") for number, _ in place.emergency) if place else (),
        own_name=own_name.strip() or words.own_name,
        own_contact=own,
        no_own_contact="" if own else words.no_own_contact,
        question=words.which_country if asks else "",
        choices=tuple((one.code, one.name[language]) for one in found.choices) if asks else (),
        contacts_heading=_heading(place, language) if entries else "",
        contacts=tuple(_contact(entry, language, day) for entry in entries),
        nobody_answers=_nobody_answers(place, words) if entries else "",
        notice=words.withheld if held.is_withheld else "",
        closing=words.closing,
    )


def card_text(shown: Card, *, most: int | None = None) -> str:
    """The card as plain text for a reply in a chat, without any markup.

    Args:
        most: lines shown at most, the first ones; None for all.
    """
    words = WORDS[shown.language]
    contacts = shown.contacts[:most]
    none_lately = bool(contacts) and not any(contact.verified_lately for contact in contacts)
    listed = [f"- {_contact_text(one, words, with_mark=not none_lately)}" for one in contacts]
    parts = [
        shown.headline,
        shown.danger + words.colon.rstrip(),
        *(f"- {step}" for step in shown.steps),
        shown.no_own_contact or f"{shown.own_name}{words.colon}{shown.own_contact}",
        shown.question,
        shown.contacts_heading if contacts else "",
        words.none_lately if none_lately else "",
        *listed,
        shown.notice,
        shown.nobody_answers,
        shown.closing,
    ]
    return "\n".join(part for part in parts if part)


def _steps(found: Lines | WhichCountry, words: CardWords) -> tuple[str, ...]:
    if isinstance(found, WhichCountry):
        return (words.call_anywhere, words.stay, words.move_away)
    call = words.call.format(numbers=_numbers(found.place, words))
    by_text = [way.to for way in found.emergency.ways if way.by == "text"] if found.emergency else []
    silent = (words.cannot_speak.format(numbers=words.either.join(by_text)),) if by_text else ()
    return (call, *silent, words.stay, words.move_away)


def _numbers(place: Place, words: CardWords) -> str:
    named = [
        number + (words.note.format(note=words.whom[whom]) if whom != "any" else "")
        for number, whom in place.emergency
    ]
    return words.either.join([*([words.between.join(named[:-1])] if named[:-1] else []), named[-1]])


def _heading(place: Place | None, language: Language) -> str:
    words = WORDS[language]
    return words.finders if place is None else words.lines.format(country=place.name[language])


def _nobody_answers(place: Place | None, words: CardWords) -> str:
    if place is None:
        return words.nobody_answers_anywhere
    return words.nobody_answers.format(numbers=place.emergency[0][0])


def _contact(entry: Entry, language: Language, today: date) -> CardContact:
    words = WORDS[language]
    lately = entry.standing(today) in _LATELY
    spoken = words.between.join(words.languages[tag] for tag in entry.languages)
    understood = not entry.languages or not words.reads.isdisjoint(entry.languages)
    hours = words.always if entry.hours == "always" else entry.hours[language] if entry.hours else ""
    return CardContact(
        name=entry.name[language],
        ways=tuple(_way(way, language) for way in entry.ways),
        hours=hours,
        languages="" if understood else words.speaks.format(languages=spoken),
        for_whom="" if entry.for_whom == "everyone" else entry.for_whom[language],
        mark=words.verified.format(day=entry.last_verified) if lately else words.not_lately,
        verified_lately=lately,
    )


def _way(way: Way, language: Language) -> CardWay:
    words = WORDS[language]
    form = words.text_saying if way.by == "text" and way.say else words.ways[way.by]
    note = words.note.format(note=way.note[language]) if way.note else ""
    return CardWay(form.format(to=way.to, say=way.say) + note, way.to, way.link)


def _contact_text(contact: CardContact, words: CardWords, *, with_mark: bool) -> str:
    ways = words.or_way.join(way.words for way in contact.ways)
    facts = [fact for fact in (contact.for_whom, contact.hours, contact.languages) if fact]
    sentence = words.full_stop.join([f"{contact.name}{words.colon}{ways}", *facts]) + words.full_stop
    return (sentence + (contact.mark if with_mark else "")).rstrip()

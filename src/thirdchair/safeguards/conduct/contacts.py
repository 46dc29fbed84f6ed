"""Telephone numbers, short codes, links, e-mail addresses and handles in outgoing text, and those nobody has verified.

A person in crisis dials what they read. So whatever can be dialled or opened goes out only if it stands in the
directory, which is handed over as plain strings: "988", "+44 116 123", "https://example.org/help".

What it does not catch: a service named without a number, numbers spelled as amounts ("nine hundred eighty-eight"),
in pictures, or split over messages. A wrong number in a directory is not its business.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from thirdchair.safeguards.conduct.contact_links import addresses_in, canonical_address
from thirdchair.safeguards.conduct.contact_numbers import SHORTEST_PHONE, numbers_in, same_number
from thirdchair.safeguards.conduct.folding import Folded, fold


class ContactKind(StrEnum):
    """How the contact is made."""

    PHONE = "phone"
    SHORT_CODE = "short_code"
    LINK = "link"
    EMAIL = "email"
    HANDLE = "handle"


@dataclass(frozen=True, slots=True)
class Contact:
    """Something to dial or open: `text[start:end]`, and its one spelling.

    Args:
        normalised: digits, with "+" where the number has one; host and path; address; or handle.
    """

    kind: ContactKind
    start: int
    end: int
    normalised: str


_RUN_ON: Final = re.compile(r"[A-Za-z]{1,20}\.[A-Z][a-z]{1,5}")
"""Two sentences without a space between them ("I feel ok.It was fine"), not a host."""
_NUMBERS: Final = (ContactKind.PHONE, ContactKind.SHORT_CODE)


def contacts(text: str) -> tuple[Contact, ...]:
    """Everything in a text that could be dialled or opened, in reading order.

    >>> [(str(c.kind), c.normalised) for c in contacts("Call nine eight eight or see hxxps://evil[.]example")]
    [('short_code', '988'), ('link', 'evil.example')]
    """
    folded = fold(text)
    addresses = tuple(_addresses(text, folded))
    hidden = _blanked(folded.text, addresses)
    found = [contact for _, _, contact in addresses]
    for start, end, digits in numbers_in(hidden):
        kind = (
            ContactKind.PHONE if len(digits.removeprefix("+")) >= SHORTEST_PHONE else ContactKind.SHORT_CODE
        )
        found.append(Contact(kind, *folded.written(start, end), digits))
    return tuple(sorted(found, key=lambda contact: (contact.start, contact.end)))


def unlisted(text: str, directory: Collection[str]) -> tuple[Contact, ...]:
    """The contacts of a text that the directory does not hold.

    Args:
        text: about to go out.
        directory: verified numbers and addresses, as people write them; a link must be listed with its whole path.

    >>> [c.normalised for c in unlisted("Call 988 or +1 900 555 0199.", ["9-8-8"])]
    ['+19005550199']
    """
    found = contacts(text)
    if not found:
        return ()
    numbers = [digits for entry in directory if (digits := _dialable(entry))]
    addresses = {canonical_address(entry) for entry in directory}
    return tuple(contact for contact in found if not _is_listed(contact, numbers, addresses))


def _is_listed(contact: Contact, numbers: list[str], addresses: set[str]) -> bool:
    if contact.kind in _NUMBERS:
        return any(same_number(contact.normalised, number) for number in numbers)
    if contact.normalised.startswith(("tel:", "sms:")):
        dialled = _dialable(contact.normalised[4:])
        return dialled is not None and any(same_number(dialled, number) for number in numbers)
    return contact.normalised in addresses


def _dialable(entry: str) -> str | None:
    """The digits of a directory entry, or None where it is an address."""
    folded = fold(entry).text.strip()
    digits = "".join(char for char in folded if char.isdecimal())
    if len(digits) >= 3 and not any(char.isalpha() for char in folded):
        return ("+" if folded.startswith("+") else "") + digits
    cued = [found for _, _, found in numbers_in(f"call {folded}")]
    return cued[0] if len(cued) == 1 and not any(True for _ in addresses_in(folded)) else None


def _addresses(text: str, folded: Folded) -> Iterator[tuple[int, int, Contact]]:
    for start, end, kind in addresses_in(folded.text):
        written = folded.written(start, end)
        seen = text[written[0] : written[1]]
        if _RUN_ON.fullmatch(seen):
            continue
        one_spelling = folded.text[start:end].split()[-1] if kind == "handle" else canonical_address(seen)
        yield start, end, Contact(ContactKind(kind), *written, one_spelling)


def _blanked(text: str, addresses: tuple[tuple[int, int, Contact], ...]) -> str:
    pieces: list[str] = []
    done = 0
    for start, end, _ in addresses:
        pieces += text[done:start], "\n" * (end - start)
        done = end
    return "".join((*pieces, text[done:]))

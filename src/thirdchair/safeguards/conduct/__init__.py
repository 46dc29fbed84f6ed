"""Conduct: what a machine must say of itself, may not say to a person, and must not be talked into.

Four independent safeguards over text, in English and Chinese. They are deterministic, take time linear in the text,
use no model and never raise for any text: `asks_if_human` with `disclosure`; `human_likeness`; `contacts` with
`unlisted`; `instructions_in` with `fence`. Each module says what it does not catch.
"""

from thirdchair.safeguards.conduct.asking import asks_if_human, asks_who_reads, disclosure, who_reads
from thirdchair.safeguards.conduct.contacts import Contact, ContactKind, contacts, unlisted
from thirdchair.safeguards.conduct.fencing import fence, neutralised, unfence
from thirdchair.safeguards.conduct.injection import InjectionKind, InjectionSpan, instructions_in
from thirdchair.safeguards.conduct.likeness import Flag, LikenessKind, human_likeness

__all__ = [
    "Contact",
    "ContactKind",
    "Flag",
    "InjectionKind",
    "InjectionSpan",
    "LikenessKind",
    "asks_if_human",
    "asks_who_reads",
    "contacts",
    "disclosure",
    "fence",
    "human_likeness",
    "instructions_in",
    "neutralised",
    "unfence",
    "unlisted",
    "who_reads",
]

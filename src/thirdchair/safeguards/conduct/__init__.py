"""Conduct: what a machine must say of itself, may not say to a person, and must not be talked into.

Independent safeguards over text, in English and Chinese. They are deterministic, take time linear in the text,
use no model and never raise for any text: `asks_if_human` with `disclosure`; `human_likeness`; `contacts` with
`unlisted`; `instructions_in` with `fence`; and for conversations `engagement`, `harms`, `abandons` of a reply, and
`leaning` of what a person writes. Each module says what it does not catch.
"""

from thirdchair.safeguards.conduct.abandoning import abandons
from thirdchair.safeguards.conduct.asking import asks_if_human, asks_who_reads, disclosure, who_reads
from thirdchair.safeguards.conduct.contacts import Contact, ContactKind, contacts, unlisted
from thirdchair.safeguards.conduct.engaging import Engagement, engagement
from thirdchair.safeguards.conduct.fencing import fence, neutralised, unfence
from thirdchair.safeguards.conduct.harming import Harm, harms
from thirdchair.safeguards.conduct.injection import InjectionKind, InjectionSpan, instructions_in
from thirdchair.safeguards.conduct.leaning import Leaning, leaning
from thirdchair.safeguards.conduct.likeness import Flag, LikenessKind, human_likeness

__all__ = [
    "Contact",
    "ContactKind",
    "Engagement",
    "Flag",
    "Harm",
    "InjectionKind",
    "InjectionSpan",
    "Leaning",
    "LikenessKind",
    "abandons",
    "asks_if_human",
    "asks_who_reads",
    "contacts",
    "disclosure",
    "engagement",
    "fence",
    "harms",
    "human_likeness",
    "instructions_in",
    "leaning",
    "neutralised",
    "unfence",
    "unlisted",
    "who_reads",
]

"""De-identification: what identifies people in a session becomes local, reversible tokens before it leaves.

Covers the 18 identifier classes of HIPAA Safe Harbor, 45 CFR 164.514(b)(2), for the patient and for the
relatives, employers, schools, clinicians and household members they speak of, in English and Chinese. Tokens
are consistent within a session and are turned back only on this host. Names are told by the census and the names of
the wider world, by the words around them, and by not being English words; no statistical model takes part, so the
same text always gives the same answer. If a word list cannot be loaded, nothing is concealed and nothing is sent:
`SafeguardUnavailable`.

What it does not catch. The result is *reduced*, never anonymous:

- a life story: "the only woman on the fire crew", a rare illness, an event in the news, a turn of phrase;
- a surname met only in lower case and without a cue ("then okafor came"), or a name that is an everyday word
  ("joy said so") and never stands capitalised after a cue;
- names transcribed wrongly, spelled aloud letter by letter, or nicknames that are in no list ("Bug");
- an employer or a school in lower case whose name is made of ordinary words ("i work at target practice"), shops and
  bars named in passing, most neighbourhoods;
- relative dates ("last week"), weekdays, countries and states: left on purpose, as years alone are;
- Chinese names of rare surnames without a cue, single given names and pet names, Cantonese or Taiwanese
  spellings; names of other scripts (Arabic, Cyrillic, Korean) except where speaker labels give them;
- faces, voices, and anything that is not text.

It also conceals too much at times (a capitalised word after "my friend"); the token keeps the sentence readable.
"""

from thirdchair.safeguards.deidentify.date_policy import DatePolicy, DateRule
from thirdchair.safeguards.deidentify.deidentifier import Deidentifier, conceal_line, for_session
from thirdchair.safeguards.deidentify.identifiers import Concealed, Found, IdentifierClass
from thirdchair.safeguards.deidentify.minimise import minimise_record, minimise_session
from thirdchair.safeguards.deidentify.residual_risk import KindLeft, ResidualRisk, residual_risk

__all__ = [
    "Concealed",
    "DatePolicy",
    "DateRule",
    "Deidentifier",
    "Found",
    "IdentifierClass",
    "KindLeft",
    "ResidualRisk",
    "conceal_line",
    "for_session",
    "minimise_record",
    "minimise_session",
    "residual_risk",
]

"""De-identification: what identifies people in a session becomes local, reversible tokens before it leaves.

Covers the 18 identifier classes of HIPAA Safe Harbor, 45 CFR 164.514(b)(2), for the patient and for the
relatives, employers, schools, clinicians and household members they speak of, in English and Chinese. Tokens
are consistent within a session and are turned back only on this host. If the recogniser or a name list cannot
be loaded, nothing is concealed and nothing is sent: `SafeguardUnavailable`.

What it does not catch. The result is *reduced*, never anonymous:

- a life story: "the only woman on the fire crew", a rare illness, an event in the news, a turn of phrase;
- a surname met only in lower case and without a cue ("then okafor came"), or a name that is an everyday word
  ("joy said so") and never stands capitalised after a cue;
- names transcribed wrongly, spelled aloud letter by letter, or nicknames that are in no list ("Bug");
- an employer or a school in lower case ("i work at walmart"), shops and bars named in passing, most neighbourhoods;
- places abroad that the recogniser does not know; countries and states are left on purpose, as years alone are;
- Chinese names of rare surnames without a cue, single given names and pet names, Cantonese or Taiwanese
  spellings; names of other scripts (Arabic, Cyrillic, Korean) except where speaker labels give them;
- faces, voices, and anything that is not text.

It also conceals too much at times (a capitalised word after "my friend"); the token keeps the sentence readable.
"""

from thirdchair.safeguards.deidentify.deidentifier import Deidentifier, for_session
from thirdchair.safeguards.deidentify.identifiers import Concealed, Found, IdentifierClass

__all__ = ["Concealed", "Deidentifier", "Found", "IdentifierClass", "for_session"]

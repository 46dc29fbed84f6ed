"""What the gateway's bench sends and what its stub answers: our own words, about nobody who exists."""

from __future__ import annotations

import json
from itertools import count
from typing import Final

MODEL: Final = "bench"
SLOW_MODEL: Final = "slow"
"""The same words from a stub that pauses between its pieces."""

QUESTION: Final = (
    "What is cognitive behavioural therapy? "
    "My name is Tamsin Orford, born on 3 May 1988, and I see Dr Halvorsen at the clinic in Harrowmere each Tuesday. "
    "You can reach me on 01632 960 441 or at tamsin.orford@example.org. Since I moved to Leeds, the bakery wears me "
    "out. A friend spoke of cognitive behavioural therapy, CBT, and of therapy for behaviour and thoughts."
)
"""About 60 words, with what identifies someone in them."""

REPLY: Final = (
    "CBT is a talking therapy about the links between thoughts, feelings, body and actions [p2]. "
    "It is about the links between thoughts and actions [p2]. "
    "CBT is about the links between feelings, body and actions [p2]."
)
"""What the stub says; the passage that each sentence cites bears it out, so that nothing of it is held back."""
MARK: Final = b"talking therapy"
"""An answer without these words is counted as an error."""

DRAFT_MARK: Final = b"Subjective"
"""The same for a session, of which a draft note is made."""

_NUMBER: Final = b"000000000000"
_NUMBERS: Final = count(1)


def pieces(text: str = REPLY, *, count: int = 20) -> list[str]:
    """The reply as a model streams it."""
    words = [f"{word} " for word in text.split()]
    step = max(1, -(-len(words) // count))
    joined = ["".join(words[at : at + step]) for at in range(0, len(words), step)]
    return [*joined[:-1], joined[-1].rstrip()]


def long_session() -> str:
    """A session of about 6,000 words as a transcript: what is sent to be summarised."""
    from benchmarks.bench import long_session as session  # the stub needs none of it

    return "\n".join(f"{said.speaker}: {said.text}" for said in session().utterances)


def body(text: str, *, model: str, stream: bool) -> bytes:
    """A chat request. Its encounter is numbered anew whenever it is sent (see `numbered`)."""
    sent = {
        "model": model,
        "messages": [{"role": "user", "content": text}],
        "stream": stream,
        "metadata": {"encounter": f"bench-{_NUMBER.decode()}"},
    }
    return json.dumps(sent).encode()


def numbered(request: bytes) -> bytes:
    """The request with another number for its encounter: the same session sent twice would be drafted once."""
    return request.replace(_NUMBER, b"%012d" % next(_NUMBERS))

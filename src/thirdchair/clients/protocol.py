"""What every client is: a name, a fingerprint, a place, and one method."""

from __future__ import annotations

from typing import Literal, Protocol

from thirdchair.records import Ask, Reply

Whereabouts = Literal["this_host", "outside"]


class Client(Protocol):
    """A way to put one `Ask` to one model."""

    @property
    def name(self) -> str:
        """The name the model is registered under; a draft carries it as its method."""
        ...

    @property
    def digest(self) -> str:
        """SHA-256, in hex, of what answers: as closely as it can be known, the weights."""
        ...

    @property
    def runs_where(self) -> Whereabouts:
        """Whether text stays on this host or leaves it. Another machine of the service is outside too."""
        ...

    def answer(self, ask: Ask) -> Reply:
        """The model's answer. A refusal or a cut-off answer is a `Reply`, not an error.

        Raises:
            ClientFailed: the server could not be reached or answered wrongly. The error, and what led to it,
                holds no part of the ask, of the server's answer or of a key.
        """
        ...

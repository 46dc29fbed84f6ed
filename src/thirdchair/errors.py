"""Everything Thirdchair raises on purpose, in one short tree.

    ThirdchairError
    ├── UnreadableTranscript    an upload that cannot become a transcript; names line and remedy
    ├── UseRefused              a rule closed the use; carries the Refused decision
    ├── SafeguardUnavailable    a check could not run, so the work stops
    ├── ModelFailed             a model declined, or its reply could not be read
    ├── ClientFailed            a model's server could not be reached or answered wrongly
    │   └── PicturesNotTaken    a picture was to be shown to a model that takes none
    ├── ModelUnusable           a model's file cannot be fetched or used (clients.embedded)
    ├── TrailBroken             the trail does not verify, or an entry could not be written
    ├── ContentErased           the key was destroyed, so the content is gone
    └── NotSignable             a note that may not be signed as it stands; says why

Text from a patient never enters one of these. Programming mistakes stay plain exceptions.
"""

from __future__ import annotations


class ThirdchairError(Exception):
    """The root: catching it catches everything Thirdchair refuses or cannot do."""


class UnreadableTranscript(ThirdchairError):
    """An upload that cannot become a transcript.

    Args:
        problem: what was found, in plain words, without quoting the file.
        remedy: what would make it readable.
        line: 1-based line of the file where it was found, or None for the whole file.
    """

    def __init__(self, problem: str, *, remedy: str, line: int | None = None) -> None:
        self.problem = problem
        self.remedy = remedy
        self.line = line
        where = f"Line {line}: " if line is not None else ""
        super().__init__(f"{where}{problem} {remedy}")


class SafeguardUnavailable(ThirdchairError):
    """A safeguard could not run. Nothing fails open, so neither does the work behind it."""


class ModelFailed(ThirdchairError):
    """A model's reply is no usable result: it declined, was cut off, or could not be read.

    Args:
        outcome: one of "declined", "cut_off", "unreadable".
    """

    def __init__(self, outcome: str) -> None:
        self.outcome = outcome
        super().__init__(f"The model gave no usable result: {outcome}.")


class ClientFailed(ThirdchairError):
    """A model's server could not be reached, or answered with an error."""


class PicturesNotTaken(ClientFailed):
    """A question came with a picture, and the model takes none. It is never asked without it."""


class TrailBroken(ThirdchairError):
    """The trail does not verify, or an entry could not be written."""


class ContentErased(ThirdchairError):
    """The patient's key was destroyed, so this content can no longer be read by anyone."""


class NotSignable(ThirdchairError):
    """A note that may not be signed as it stands; the message says what is left to do."""

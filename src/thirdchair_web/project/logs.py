"""Logs and error reports that hold no patient text.

An exception's message, and the values around it, may be what a patient said. A log line therefore has the
kind of exception and where it happened, nothing else. What this does not catch: a log call that is itself
given patient text. The rule for those is in the style guide, and a test plants a sentence to look for it.
"""

from __future__ import annotations

import logging
import traceback
from types import TracebackType

from django.utils.html import escape
from django.views.debug import ExceptionReporter


class NoPatientText(logging.Formatter):
    """Time, level, logger, message, the request's reference, and where an exception came from."""

    def __init__(self) -> None:
        super().__init__("{asctime} {levelname} {name} {message}{reference}", style="{")

    def format(self, record: logging.LogRecord) -> str:
        """One entry."""
        reference = getattr(getattr(record, "request", None), "reference", "")
        record.reference = f" [{reference}]" if reference else ""
        record.exc_text = None
        return super().format(record)

    def formatException(
        self, ei: tuple[type[BaseException] | None, BaseException | None, TracebackType | None]
    ) -> str:
        """Kinds and places of an exception and of what caused it, without messages or values."""
        lines: list[str] = []
        seen: set[int] = set()
        error = ei[1]
        while error is not None and id(error) not in seen:
            seen.add(id(error))
            lines.append(f"{type(error).__module__}.{type(error).__qualname__}")
            lines += [
                f"  {frame.filename}:{frame.lineno} {frame.name}"
                for frame in traceback.extract_tb(error.__traceback__)
            ]
            error = error.__cause__ or error.__context__
        return "\n".join(lines)


class NoValuesReporter(ExceptionReporter):
    """The developer's error page, in debug only: kinds and places, as in the log.

    Django's own shows local variables, causes and what was posted, and its filters each cover a part of that.
    """

    def get_traceback_text(self) -> str:
        """Plain text."""
        return NoPatientText().formatException((self.exc_type, self.exc_value, self.tb))

    def get_traceback_html(self) -> str:
        """The same as a page."""
        return f"<!doctype html><title>Error</title><pre>{escape(self.get_traceback_text())}</pre>"

"""Running a safeguard so that whatever goes wrong in it stops the work and tells nothing of the text."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from thirdchair.errors import SafeguardUnavailable, ThirdchairError

T = TypeVar("T")


def guarded(check: Callable[[], T]) -> T:
    """What a safeguard found; if it could not run, the work stops and nothing of the text is told."""
    try:
        return check()
    except ThirdchairError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever went wrong, its message could hold a patient's words
        failure = type(error).__name__
    # Raised outside the block: the error that led here must not travel along as the context of this one.
    raise SafeguardUnavailable(f"A safeguard failed ({failure}); nothing was made.")

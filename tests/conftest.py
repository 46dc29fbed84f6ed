"""What all tests share."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from people import make_person

if TYPE_CHECKING:
    from thirdchair_web.accounts.models import User


@pytest.fixture
def make_user(db: None) -> Callable[..., User]:
    """Makes an account: `make_user("nurse")`, `make_user("patient", username="ruth")`.

    Staff get a second factor unless `second_factor=False`, so that a test can sign in and go on.
    """
    return make_person


@pytest.fixture
def cleared(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every method counts as cleared: what evidence says is tested elsewhere, and changes with the code."""
    from thirdchair.policy import Cleared
    from thirdchair.uses import USES
    from thirdchair_web.governance.methods import methods
    from thirdchair_web.review import clinic

    every = {
        (use.id, method, language): Cleared("0" * 64)
        for use in USES.values()
        for method in methods()
        for language in use.languages
    }
    monkeypatch.setattr(clinic, "clearances", lambda: every)

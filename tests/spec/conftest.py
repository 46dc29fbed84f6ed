"""The one fixture of the specs: a conversation, and the conduct that is expected of the product."""

from __future__ import annotations

import pytest

from conduct import SpecTest, hold_session


@pytest.fixture
def spec_test() -> SpecTest:
    """Holds a session with the service, and checks how it ends and what must always be so."""
    return hold_session

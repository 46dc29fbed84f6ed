"""When a server that is down is left alone, and when it is asked again."""

from __future__ import annotations

import circuitbreaker
import pytest

from thirdchair.clients.breaker import Breaker


@pytest.fixture
def clock(monkeypatch):
    """A clock that a test moves: `clock[0] += 5`."""
    at = [1000.0]
    monkeypatch.setattr(circuitbreaker, "monotonic", lambda: at[0])
    return at


def test_failures_in_a_row_open_it_and_it_says_for_how_long(clock):
    breaker = Breaker(failures=3, pause_s=20)
    for _ in range(2):
        breaker.heard(down=True)
        assert breaker.refusal() is None
    breaker.heard(down=True)
    refusal = breaker.refusal()
    assert refusal is not None
    assert refusal.wait_s == 20
    assert not refusal.passing


def test_an_answer_in_between_counts_from_the_start(clock):
    breaker = Breaker(failures=2)
    for down in (True, False, True):
        breaker.heard(down=down)
    assert breaker.refusal() is None


def test_after_the_pause_it_is_asked_again_and_one_answer_closes_it(clock):
    breaker = Breaker(failures=2, pause_s=20)
    breaker.heard(down=True)
    breaker.heard(down=True)
    clock[0] += 19
    assert breaker.refusal() is not None
    clock[0] += 2
    assert breaker.refusal() is None
    breaker.heard(down=False)
    breaker.heard(down=True)
    assert breaker.refusal() is None


def test_after_the_pause_one_more_failure_opens_it_again(clock):
    breaker = Breaker(failures=2, pause_s=20)
    breaker.heard(down=True)
    breaker.heard(down=True)
    clock[0] += 21
    breaker.heard(down=True)
    assert breaker.refusal() is not None

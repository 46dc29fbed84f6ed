"""The readers of the crisis screen are loaded once, however many come for them at the same moment."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from thirdchair.safeguards.crisis import encoder


@pytest.fixture
def nothing_loaded() -> Iterator[None]:
    encoder._shipped.cache_clear()
    yield
    encoder._shipped.cache_clear()


def test_the_readers_are_loaded_once(nothing_loaded: None, monkeypatch: pytest.MonkeyPatch) -> None:
    load, loads = encoder.load, []

    def slowly(*files: Any) -> encoder.Readers:
        loads.append(files)
        time.sleep(0.2)
        return load(*files)

    monkeypatch.setattr(encoder, "load", slowly)
    with ThreadPoolExecutor(6) as threads:
        heard = list(threads.map(encoder.hear_english, ["I cannot sleep."] * 6))
    assert len(loads) == 1
    assert len({repr(one) for one in heard}) == 1

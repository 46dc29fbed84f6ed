"""The one way the trail writes a value as bytes, so that equal values have equal digests anywhere."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any


def canonical(value: Mapping[str, Any]) -> bytes:
    """JSON with sorted keys, no spaces, UTF-8. Holds no floats: their text differs between languages.

    Raises:
        TypeError: the value holds a float, or something JSON has no form for.

    >>> canonical({"b": [1, None], "a": "x"})
    b'{"a":"x","b":[1,null]}'
    """
    _refuse_floats(value)
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _refuse_floats(value: Any) -> None:
    if isinstance(value, float):
        raise TypeError("the trail holds no floats")
    if isinstance(value, dict):
        for part in value.values():  # pyright: ignore[reportUnknownVariableType]
            _refuse_floats(part)
    elif isinstance(value, (list, tuple)):
        for part in value:  # pyright: ignore[reportUnknownVariableType]
            _refuse_floats(part)

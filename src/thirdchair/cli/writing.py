"""Files the command line writes: whole or not at all, and for their owner's eyes only."""

from __future__ import annotations

import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


def unfinished(target: Path) -> Path:
    """Where a file is written until it is whole; it stays there if the work is broken off.

    >>> unfinished(Path("notes/out.jsonl")).name
    'out.jsonl.part'
    """
    return target.with_name(f"{target.name}.part")


@contextmanager
def whole_file(target: Path) -> Generator[BinaryIO]:
    """A stream to a file that takes its name only once the block ends well."""
    part = unfinished(target)
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        yield stream
        stream.flush()
        os.fsync(stream.fileno())
    part.replace(target)

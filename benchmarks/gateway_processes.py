"""Servers of the gateway's bench as processes: started, waited for, measured, ended."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

LONGEST_START_S: Final = 240.0
_TICKS: Final = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Server:
    """A server that answers.

    Args:
        pid: of the process that was started, which leads its group.
        started_s: from its start until it listened.
    """

    pid: int
    started_s: float

    def cpu_s(self) -> float:
        """CPU seconds that its processes have used, user and system."""
        return sum(_cpu_s(pid) for pid in self._pids())

    def memory_mb(self) -> float:
        """Memory of its processes, each page counted once however many share it."""
        return sum(_memory_mb(pid) for pid in self._pids())

    def main_memory_mb(self) -> float:
        """The same of the process that answers alone."""
        return _memory_mb(self.pid)

    def is_alive(self) -> bool:
        """Whether it still runs."""
        return bool(_stat(self.pid))

    def _pids(self) -> list[int]:
        """Its group, and the descendants that made sessions of their own."""
        parents = {int(path.name): _stat(int(path.name)) for path in Path("/proc").glob("[0-9]*")}
        ours = {self.pid}
        while more := {pid for pid, stat in parents.items() if stat and int(stat[1]) in ours} - ours:
            ours |= more
        return sorted(ours)


@contextmanager
def server(
    command: Sequence[str], port: int, *, environment: Mapping[str, str] | None = None, log: Path
) -> Iterator[Server]:
    """Runs a server for as long as the block lasts.

    Raises:
        SystemExit: it ended, or did not listen in time; says where its log is.
    """
    began = time.perf_counter()
    with log.open("wb") as told:
        process = subprocess.Popen(
            command,
            stdout=told,
            stderr=subprocess.STDOUT,
            env={**os.environ, **(environment or {})},
            start_new_session=True,
        )
    try:
        _wait(process, port, began + LONGEST_START_S, log)
        yield Server(process.pid, time.perf_counter() - began)
    finally:
        _end(process)


def free_port() -> int:
    """A port on loopback that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait(process: subprocess.Popen[bytes], port: int, until: float, log: Path) -> None:
    while time.perf_counter() < until:
        if process.poll() is not None:
            raise SystemExit(f"A server of the bench ended at its start. Its log:\n{_end_of(log)}")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise SystemExit(f"A server of the bench did not listen in time. Its log:\n{_end_of(log)}")


def _end_of(log: Path) -> str:
    return log.read_text(errors="replace")[-3000:]


def _end(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _stat(pid: int) -> list[str]:
    """The fields after the name: state, parent, ...; empty where there is no such process."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _cpu_s(pid: int) -> float:
    fields = _stat(pid)
    return (int(fields[11]) + int(fields[12])) / _TICKS if fields else 0.0


def _memory_mb(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024

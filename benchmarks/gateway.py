"""What the governed door costs: `python -m benchmarks.gateway`.

One run on one machine: an instant stub asked directly; the same through Thirdchair with everything on (key, policy,
consent, crisis screen both ways, de-identification, retrieval, grounding, trail on disk); 6,000 words are a session,
which it screens, summarises by the extractive method and keeps for review; and the same through LiteLLM's proxy bare, where `--litellm` names its command. The same words, one worker each, servers started one after another so that
they do not share the machine. Figures hold beside each other, not by themselves: wall times move with the machine, so
look at the ratios. Nothing is asserted.

    --quick                 seconds long, for CI
    --litellm PATH          command of LiteLLM's proxy: /some/venv/bin/litellm
    --soak MINUTES          32 clients without a pause: errors, and memory at the start and the end
    --slow-streams N        N streams at once from a slow model: how many are asked to come back, and who still answers
"""

from __future__ import annotations

import argparse
import asyncio
import json
import math
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.gateway_bodies import DRAFT_MARK, MODEL, QUESTION, SLOW_MODEL, body, long_session
from benchmarks.gateway_load import Load, Target, answered_at, load
from benchmarks.gateway_processes import Server, free_port, server
from benchmarks.gateway_service import SUMMARISE, USE
from benchmarks.gateway_strain import slow_streams, soak

CLIENTS: Final = (1, 8, 32)
_SLOW_PAUSE_MS: Final = 300
_WARMING_CLIENTS: Final = 8
"""So many ask twice before a point is measured, so that every thread of a server has begun."""
_LITELLM_KEY: Final = "sk-bench"
_LITELLM_SETTINGS: Final = {
    "LITELLM_LOCAL_MODEL_COST_MAP": "True",
    "LITELLM_LOG": "ERROR",
    "LITELLM_MODE": "PRODUCTION",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    words: int
    stream: bool
    clients: int
    name: str
    load: Load
    cpu_ms: float
    after_model_ms: float
    """From the model's server's answer to the first words that came through: one client's median, else not known."""


@dataclass(frozen=True, slots=True)
class Bench:
    """What is measured with.

    Args:
        folder: for the service and the logs; thrown away afterwards.
        seconds: each point is measured for.
        texts: what is sent, by its number of words.
    """

    folder: Path
    seconds: float
    clients: tuple[int, ...]
    texts: dict[int, str]
    stub_port: int
    slow_port: int

    def points(self, target: Target, process: Server, *, of_sessions: Target | None = None) -> Iterator[Row]:
        """Every point of one server, after a warm-up at each; sessions may go elsewhere in it."""
        questions = target
        for words, text in self.texts.items():
            target = of_sessions if of_sessions and words > 60 else questions
            for stream in (False, True):
                content = body(text, model=target.model, stream=stream)
                asyncio.run(load(target, content, clients=_WARMING_CLIENTS, count=2))
                for clients in self.clients:
                    asyncio.run(answered_at(self.stub_port))
                    before = process.cpu_s()
                    found = asyncio.run(load(target, content, clients=clients, seconds=self.seconds))
                    spent = process.cpu_s() - before
                    answered = max(1, len(found.times_s))
                    late = (
                        _after(asyncio.run(answered_at(self.stub_port)), found) if clients == 1 else math.nan
                    )
                    yield Row(words, stream, clients, target.name, found, spent / answered * 1000, late)


def _after(answered: list[float], found: Load) -> float:
    """Median milliseconds from the stub's answer to the first words; of one client, whose requests are in order."""
    if found.errors or len(answered) != len(found.first_words_at):
        return math.nan
    return statistics.median(
        (came - said) * 1000 for said, came in zip(answered, found.first_words_at, strict=True)
    )


def main() -> int:
    """Runs what was asked for."""
    chosen = _arguments()
    words_sent = [60] if chosen.quick else chosen.words
    with tempfile.TemporaryDirectory(prefix="gateway-bench-") as folder, _stubs(Path(folder)) as ports:
        bench = Bench(
            folder=Path(folder),
            seconds=0.5 if chosen.quick else chosen.seconds,
            clients=(1, 8) if chosen.quick else CLIENTS,
            texts={words: long_session() if words > 60 else QUESTION for words in words_sent},
            stub_port=ports[0].port,
            slow_port=ports[1].port,
        )
        if chosen.soak or chosen.slow_streams:
            with _ours(bench) as (target, _, process):
                if chosen.soak:
                    asyncio.run(soak(target, process, minutes=chosen.soak))
                if chosen.slow_streams:
                    asyncio.run(slow_streams(target, process, count=chosen.slow_streams, slow=_of_slow()))
            return 0
        _measure(bench, ports[0], chosen.litellm)
    return 0


@dataclass(frozen=True, slots=True)
class _Stub:
    port: int
    process: Server


def _measure(bench: Bench, stub: _Stub, litellm: Path | None) -> None:
    rows: list[Row] = []
    rows += bench.points(Target("direct", stub.port, "stub"), stub.process)
    with _ours(bench) as (target, of_sessions, process):
        rows += bench.points(target, process, of_sessions=of_sessions)
        print(_about("ours", process), flush=True)
    if litellm:
        with _litellm(bench, litellm) as (target, process):
            rows += bench.points(target, process)
            print(_about("LiteLLM", process), flush=True)
    _print_rows(rows)
    _print_ratios(rows)
    for words in bench.texts:
        print(f"\n{_in_service(bench, 'stages', str(words))}", end="", flush=True)
    print(f"\n{_in_service(bench, 'governance')}", end="", flush=True)


@contextmanager
def _stubs(folder: Path) -> Iterator[tuple[_Stub, _Stub]]:
    ports = free_port(), free_port()
    command = (sys.executable, "-m", "benchmarks.gateway_stub")
    with (
        server([*command, str(ports[0])], ports[0], log=folder / "stub.log") as instant,
        server([*command, str(ports[1]), str(_SLOW_PAUSE_MS)], ports[1], log=folder / "slow.log") as slow,
    ):
        yield _Stub(ports[0], instant), _Stub(ports[1], slow)


@contextmanager
def _ours(bench: Bench) -> Iterator[tuple[Target, Target, Server]]:
    made = json.loads(_in_service(bench, "make", str(bench.stub_port), str(bench.slow_port)))
    port = free_port()
    about = (("X-Thirdchair-Patient", made["patient"]),)
    target = Target("ours", port, f"thirdchair/{USE}:{MODEL}", key=made["key"], headers=about)
    of_sessions = Target(
        "ours",
        port,
        f"thirdchair/{SUMMARISE}",
        key=made["nurse_key"],
        headers=about,
        mark=DRAFT_MARK,
        first_words=DRAFT_MARK,
    )
    command = (sys.executable, "-m", "benchmarks.gateway_service", "serve", str(port))
    environment = _service_environment(bench)
    with server(command, port, environment=environment, log=bench.folder / "ours.log") as process:
        yield target, of_sessions, process


def _of_slow() -> str:
    return f"thirdchair/{USE}:{SLOW_MODEL}"


@contextmanager
def _litellm(bench: Bench, command: Path) -> Iterator[tuple[Target, Server]]:
    port, settings = free_port(), bench.folder / "litellm.yaml"
    model = {
        "model": "openai/stub",
        "api_base": f"http://127.0.0.1:{bench.stub_port}/v1",
        "api_key": "sk-none",
    }
    chosen = {
        "model_list": [{"model_name": "stub", "litellm_params": model}],
        "general_settings": {"master_key": _LITELLM_KEY},
        "litellm_settings": {"telemetry": False},
    }
    settings.write_text(json.dumps(chosen))  # YAML holds JSON
    options = ("--config", str(settings), "--host", "127.0.0.1", "--port", str(port), "--num_workers", "1")
    target = Target("LiteLLM", port, "stub", key=_LITELLM_KEY)
    log = bench.folder / "litellm.log"
    with server([str(command), *options], port, environment=_LITELLM_SETTINGS, log=log) as process:
        yield target, process


def _in_service(bench: Bench, *what: str) -> str:
    """What a step of the service prints.

    Raises:
        SystemExit: it failed; says how.
    """
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.gateway_service", *what],
        env={**os.environ, **_service_environment(bench)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"The bench's service could not do {what[0]}:\n{done.stderr[-3000:]}")
    return done.stdout


def _service_environment(bench: Bench) -> dict[str, str]:
    return {
        "THIRDCHAIR_DATA_DIR": str(bench.folder / "service"),
        "THIRDCHAIR_CLINIC_NAME": "Harrowmere Community Mental Health (fictional)",
        "THIRDCHAIR_CRISIS_CONTACT": "On-call nurse of this fictional clinic: 01632 960 123",
        "THIRDCHAIR_COUNTRY": "GB",
        "THIRDCHAIR_PLACES": "GB",
    }


def _about(name: str, process: Server) -> str:
    return (
        f"{name}: listens after {process.started_s:.1f} s; memory {process.main_memory_mb():.0f} MB of the process "
        f"that answers, {process.memory_mb():.0f} MB of all its processes"
    )


def _print_rows(rows: list[Row]) -> None:
    print(
        f"\n{'words':>5} {'':6}{'clients':>7}  {'':8}{'p50 ms':>9}{'p95 ms':>9}{'p99 ms':>9}{'req/s':>8}"
        f"{'CPU ms':>8}{'1st words':>10}{'n':>7}  errors"
    )
    for row in sorted(rows, key=_place):
        found = row.load
        print(
            f"{row.words:>5} {'stream' if row.stream else 'whole':6}{row.clients:>7}  {row.name:8}"
            f"{found.percentile_ms(0.5):>9.1f}{found.percentile_ms(0.95):>9.1f}{found.percentile_ms(0.99):>9.1f}"
            f"{found.per_second:>8.0f}{row.cpu_ms:>8.1f}{found.first_words_ms():>10.1f}{len(found.times_s):>7}"
            f"  {dict(found.errors) or ''}"
        )


def _print_ratios(rows: list[Row]) -> None:
    """What ours adds to a direct answer, and what share that is of what LiteLLM adds; and how long words wait here."""
    at = {(_place(row)[:3], row.name): row for row in rows}
    print(
        "\nAdded p50: above direct. Shares are of LiteLLM's, same run. Model to words: from the model's answer to the first "
        "words of the reply.\n"
        f"{'words':>5} {'':6}{'clients':>7}{'added ms':>10}{'of theirs':>11}{'x direct':>10}{'req/s x theirs':>16}"
        f"{'CPU of theirs':>15}{'model to words ms':>19}{'theirs':>8}"
    )
    for (place, name), ours in sorted(at.items(), key=lambda item: item[0]):
        if name != "ours":
            continue
        direct, theirs = at[place, "direct"].load, at.get((place, "LiteLLM"))
        base = direct.percentile_ms(0.5)
        added = ours.load.percentile_ms(0.5) - base
        shares = f"{'-':>11}", f"{'-':>16}{'-':>15}"
        if theirs:
            shares = (
                f"{added / (theirs.load.percentile_ms(0.5) - base):>11.2f}",
                f"{ours.load.per_second / theirs.load.per_second:>16.2f}{ours.cpu_ms / theirs.cpu_ms:>15.2f}",
            )
        waited = f"{ours.after_model_ms:>19.1f}{theirs.after_model_ms if theirs else math.nan:>8.1f}"
        print(
            f"{ours.words:>5} {'stream' if ours.stream else 'whole':6}{ours.clients:>7}{added:>10.1f}{shares[0]}"
            f"{ours.load.percentile_ms(0.5) / base:>10.1f}{shares[1]}{waited}"
        )


def _place(row: Row) -> tuple[int, bool, int, str]:
    return row.words, row.stream, row.clients, row.name


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--seconds", type=float, default=5.0, help="each point is measured for")
    parser.add_argument("--words", type=int, nargs="+", choices=(60, 6_000), default=[60, 6_000])
    parser.add_argument("--litellm", type=Path)
    parser.add_argument("--soak", type=float, default=0.0, metavar="MINUTES")
    parser.add_argument("--slow-streams", type=int, default=0, metavar="N")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())

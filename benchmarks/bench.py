"""What a long session costs: `python -m benchmarks.bench`.

A session of about 6,000 words, made by repeating and varying our own, is summarised in a fresh process with at most
two threads. The same process pattern measures a TextRank summary and the sentence encoder alone, so that the ratios hold on any
machine. Exits 1 when a limit is passed.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from benchmarks.baselines import baseline
from benchmarks.sessions import our_sessions
from thirdchair.language.sentences import split_sentences
from thirdchair.records import Language, Transcript
from thirdchair.records.transcript import count_words

WORDS: Final = 6_000
MOST_CPU_S: Final = 10.0
MOST_MEMORY_MB: Final = 1_500.0
_THREADS: Final = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "2")
_NUMBERS: Final = ("two", "three", "four", "five", "six")


def long_session() -> Transcript:
    """Our English sessions one after another, each round varied, until there are 6,000 words."""
    utterances = []
    words = 0
    for lap in range(len(_NUMBERS)):
        for session in our_sessions():
            if session.transcript.language is not Language.ENGLISH:
                continue
            for utterance in session.transcript.utterances:
                if words >= WORDS:
                    return Transcript(tuple(utterances), Language.ENGLISH)
                text = utterance.text.replace(" one ", f" {_NUMBERS[lap]} ")
                speaker = "Clinician" if utterance.role == "clinician" else "Patient"
                utterances.append(
                    replace(utterance, id=f"u{len(utterances) + 1}", text=text, speaker=speaker)
                )
                words += count_words(text)
    raise SystemExit("Our own sessions are too short for the bench.")


def _summary(transcript: Transcript) -> None:
    from thirdchair.uses.summarise_session.extractive import summarise
    from thirdchair.uses.summarise_session.risk import read_risk

    flow = summarise(transcript, risk=read_risk(transcript))
    try:
        while True:
            next(flow)
    except StopIteration as finished:
        assert finished.value.sentences


def _textrank(transcript: Transcript) -> None:
    baseline("textrank", transcript, words=600)


def _encoder(transcript: Transcript) -> None:
    from benchmarks.encoder import encode

    encode([s.text for u in transcript.utterances for s in split_sentences(u.text)])


def _nothing(transcript: Transcript) -> None:
    """Starting Python and making the session, which every other figure includes."""


WORK: Final[dict[str, Callable[[Transcript], None]]] = {
    "start-up alone": _nothing,
    "extractive summary": _summary,
    "TextRank": _textrank,
    "sentence encoder alone": _encoder,
}


def measured_here(name: str) -> dict[str, float]:
    """CPU seconds and peak memory in MB of this process after the work."""
    WORK[name](long_session())
    used = resource.getrusage(resource.RUSAGE_SELF)
    return {
        "cpu_s": used.ru_utime + used.ru_stime,
        "memory_mb": used.ru_maxrss / 1024,
    }


def measured_fresh(name: str) -> dict[str, float]:
    """The same in a new process, with the wall seconds from its start to its end."""
    command = [sys.executable, "-m", "benchmarks.bench", "--only", name]
    started = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=True, env={**os.environ, **_THREADS})
    return {**json.loads(done.stdout), "wall_s": time.perf_counter() - started}


def main() -> int:
    """Prints the table; 0 when both limits hold."""
    if sys.argv[1:2] == ["--only"]:
        print(json.dumps(measured_here(sys.argv[2])))
        return 0
    figures = {name: measured_fresh(name) for name in WORK}
    ours = figures["extractive summary"]
    print(
        f"A session of {long_session().word_count} words, one fresh process each, at most 2 threads, n=1 run each\n"
    )
    print(f"{'':24}{'CPU s':>8}{'wall s':>8}{'MB':>7}   extractive CPU as a multiple of it")
    for name, figure in figures.items():
        ratio = ours["cpu_s"] / figure["cpu_s"]
        print(
            f"{name:24}{figure['cpu_s']:8.2f}{figure['wall_s']:8.2f}{figure['memory_mb']:7.0f}   {ratio:.2f}"
        )
    passed = {
        f"CPU under {MOST_CPU_S:.0f} s": ours["cpu_s"] < MOST_CPU_S,
        f"memory under {MOST_MEMORY_MB:.0f} MB": ours["memory_mb"] < MOST_MEMORY_MB,
    }
    print()
    for limit, holds in passed.items():
        print(f"{limit}: {'pass' if holds else 'FAIL'}")
    return 0 if all(passed.values()) else 1


if __name__ == "__main__":
    sys.exit(main())

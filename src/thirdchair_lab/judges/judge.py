"""What a judge is. A judge that reads by rule is a judge too: it asks nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Generator, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from thirdchair.records import Ask, Language, Reply

FOLDER: Final = Path(__file__).parent
Judging = Generator[Ask, Reply, bool | None]


class JudgeFailed(ValueError):
    """A judge needs a model and there is none."""


@dataclass(frozen=True, slots=True)
class Judge:
    """One judge.

    Args:
        name: of the judge and of its record.
        title: by language.
        criterion: what "yes" means, by language.
        judge: asks what it needs, and returns its verdict on {"said", "reply"}; None where it came to none.
        files: what its verdicts rest on: code, forms, prompt.
        needs_model: whether it asks anything.
    """

    name: str
    title: Mapping[Language, str]
    criterion: Mapping[Language, str]
    judge: Callable[[Mapping[str, str]], Judging]
    files: tuple[Path, ...]
    needs_model: bool = False

    def digest(self, model_digest: str = "") -> str:
        """SHA-256 over its files and the model that it asks: another prompt or another model is another judge."""
        whole = hashlib.sha256(model_digest.encode())
        for path in self.files:
            whole.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
        return whole.hexdigest()


def by_rule(judge: Judge, row: Mapping[str, str]) -> bool | None:
    """The verdict of a judge that asks nothing.

    Raises:
        JudgeFailed: it does ask.
    """

    def nobody(_: Ask) -> Reply:
        raise JudgeFailed(f"{judge.name} asks a model, and none was given")

    return _verdict(judge.judge(row), nobody)


def verdicts(
    judge: Judge, rows: Iterable[Mapping[str, str]], answer: Callable[[Ask], Reply] | None = None
) -> list[bool | None]:
    """The verdict on each row, by whatever answers.

    Raises:
        JudgeFailed: the judge asks a model and there is none.
    """
    if answer is None:
        return [by_rule(judge, row) for row in rows]
    return [_verdict(judge.judge(row), answer) for row in rows]


def _verdict(judging: Judging, answer: Callable[[Ask], Reply]) -> bool | None:
    try:
        ask = next(judging)
        while True:
            ask = judging.send(answer(ask))
    except StopIteration as ended:
        return ended.value
    finally:
        judging.close()

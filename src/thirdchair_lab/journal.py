"""The journal of the lab: one SQLite file with plans, replies and answers, whole after any kill.

A reply is kept under what brought it about: model, question and repeat. What was asked once is never asked again, in this
run or a later one, so a run goes on where it stopped, and a governed run that sends the very question of the bare one gets
the very reply.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, Final

from thirdchair.measures.outcomes import Outcome
from thirdchair.records import Ask, Finish, Message, Reply, Usage
from thirdchair_lab.study import Answer

_TABLES: Final = """
CREATE TABLE IF NOT EXISTS run (id TEXT PRIMARY KEY, plan TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS reply (
    key TEXT PRIMARY KEY, model TEXT NOT NULL, text TEXT NOT NULL, finish TEXT NOT NULL, read INTEGER, written INTEGER
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS answer (
    run TEXT NOT NULL, study TEXT NOT NULL, method TEXT NOT NULL, arm TEXT NOT NULL, cell TEXT NOT NULL,
    repeat INTEGER NOT NULL, outcome TEXT NOT NULL, said TEXT NOT NULL,
    PRIMARY KEY (run, study, method, arm, cell, repeat)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS validation (digest TEXT, language TEXT, record TEXT NOT NULL, PRIMARY KEY (digest, language));
"""

_PARTS: Final = tuple(part.name for part in fields(Message))
_PARAMETERS: Final = tuple(part.name for part in fields(Ask) if part.name != "messages")


def reply_key(model_digest: str, ask: Ask, repeat: int) -> str:
    """SHA-256 of what brings a reply about. Everything that could change it is in there; nothing else is."""
    made_of = {
        "model": model_digest,
        "repeat": repeat,
        "messages": [[getattr(message, name) for name in _PARTS] for message in ask.messages],
        **{name: getattr(ask, name) for name in _PARAMETERS},
    }
    whole = json.dumps(made_of, sort_keys=True, ensure_ascii=False, default=_plain)
    return hashlib.sha256(whole.encode()).hexdigest()


class Journal:
    """The journal in a file, made if it is not there. One process writes at a time.

    Raises:
        JournalUnusable: it cannot be opened or written.
    """

    def __init__(self, path: Path) -> None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(path, isolation_level=None, timeout=30, check_same_thread=False)
            self._db.execute("PRAGMA journal_mode=WAL")
            self._db.execute(
                "PRAGMA synchronous=NORMAL"
            )  # whole after a kill; a power cut may cost the last replies
            self._db.executescript(_TABLES)
            path.chmod(0o600)
        except (OSError, sqlite3.Error) as error:
            raise JournalUnusable(f"{path}: the journal cannot be opened ({type(error).__name__}).") from None
        self.path = path

    def close(self) -> None:
        """Closes the file."""
        self._db.close()

    def start(self, run: str, plan: Mapping[str, Any]) -> None:
        """Keeps a plan. It cannot be changed afterwards.

        Raises:
            JournalUnusable: there is a run of this name already, or nothing can be written.
        """
        with self._told():
            self._db.execute("INSERT INTO run VALUES (?, ?)", (run, json.dumps(plan, ensure_ascii=False)))

    def plan(self, run: str) -> dict[str, Any] | None:
        """The plan of a run; None where there is none of this name."""
        found = self._db.execute("SELECT plan FROM run WHERE id = ?", (run,)).fetchone()
        return json.loads(found[0]) if found else None

    def runs(self) -> list[str]:
        """Names of all runs, oldest first."""
        return [name for (name,) in self._db.execute("SELECT id FROM run ORDER BY rowid")]

    def reply(self, key: str) -> Reply | None:
        """The reply kept under a key."""
        row = self._db.execute(
            "SELECT text, finish, read, written FROM reply WHERE key = ?", (key,)
        ).fetchone()
        if row is None:
            return None
        text, finish, read, written = row
        return Reply(text, Finish(finish), None if read is None else Usage(read, written))

    def keep_reply(self, key: str, model: str, reply: Reply) -> None:
        """Keeps a reply before anything is made of it."""
        usage = reply.usage
        with self._told():
            self._db.execute(
                "INSERT OR IGNORE INTO reply VALUES (?, ?, ?, ?, ?, ?)",
                (
                    key,
                    model,
                    reply.text,
                    str(reply.finish),
                    usage.read if usage else None,
                    usage.written if usage else None,
                ),
            )

    def keep_answer(self, place: tuple[str, str, str, str, str, int], answer: Answer) -> None:
        """Keeps what came of a cell.

        Args:
            place: run, study, method, arm, cell, repeat.
        """
        said = json.dumps(dict(answer.values), ensure_ascii=False, allow_nan=False)
        with self._told():
            self._db.execute(
                "INSERT OR REPLACE INTO answer VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (*place, str(answer.outcome), said),
            )

    def answers(self, run: str, study: str, method: str, arm: str) -> dict[tuple[str, int], Answer]:
        """What came of the cells so far, by cell and repeat."""
        rows = self._db.execute(
            "SELECT cell, repeat, outcome, said FROM answer WHERE run = ? AND study = ? AND method = ? AND arm = ?",
            (run, study, method, arm),
        )
        return {
            (cell, repeat): Answer(Outcome(outcome), json.loads(said)) for cell, repeat, outcome, said in rows
        }

    def answered(self, run: str) -> dict[str, int]:
        """How many answers of a run are kept, by study; those that failed are to be asked again and do not count."""
        rows = self._db.execute(
            "SELECT study, count(*) FROM answer WHERE run = ? AND outcome != ? GROUP BY study",
            (run, str(Outcome.FAILED)),
        )
        return dict(rows)

    def failures(self, run: str) -> dict[tuple[str, str], int]:
        """How many cells of a run failed and are to be asked again, by study and kind of failure."""
        found: dict[tuple[str, str], int] = {}
        rows = self._db.execute(
            "SELECT study, said FROM answer WHERE run = ? AND outcome = ?", (run, str(Outcome.FAILED))
        )
        for study, said in rows:
            key = study, str(json.loads(said).get("why", ""))
            found[key] = found.get(key, 0) + 1
        return found

    def keep_validation(self, digest: str, language: str, record: Mapping[str, Any]) -> None:
        """Keeps what was measured of a judge; the newest of a judge in a language stands.

        Args:
            digest: of the judge with the model that it asks.
        """
        with self._told():
            self._db.execute(
                "INSERT OR REPLACE INTO validation VALUES (?, ?, ?)",
                (digest, language, json.dumps(record, ensure_ascii=False)),
            )

    def validation(self, digest: str, language: str) -> dict[str, Any] | None:
        """What was measured of a judge in a language; None where nothing was."""
        found = self._db.execute(
            "SELECT record FROM validation WHERE digest = ? AND language = ?", (digest, language)
        ).fetchone()
        return json.loads(found[0]) if found else None

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            problem = type(error).__name__
        else:
            return
        raise JournalUnusable(
            f"{self.path}: nothing can be kept in the journal ({problem}). Is the disk full, or another run at work? "
            "What was kept is kept: run the same command again to go on."
        )


class JournalUnusable(Exception):
    """The journal cannot be read or written; the message says what would help."""


def _plain(value: object) -> Any:
    if isinstance(value, (bytes, bytearray)):
        return hashlib.sha256(value).hexdigest()
    if isinstance(value, Mapping):
        return dict(value)
    if is_dataclass(value):
        return {part.name: getattr(value, part.name) for part in fields(value)}
    return str(value)

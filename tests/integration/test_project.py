"""The ground under every page: settings, logs, uploads, translations, and the process that runs jobs."""

from __future__ import annotations

import asyncio
import logging
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
import typer
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.test import RequestFactory
from django.views.debug import ExceptionReporter

from thirdchair.settings import Settings, SettingsInvalid, read_or_make_key, read_settings
from thirdchair_web.project import catalogues, commands
from thirdchair_web.project.asgi import without_oversized_bodies
from thirdchair_web.project.database import database_settings
from thirdchair_web.project.job_worker import supervised
from thirdchair_web.project.logs import NoPatientText, NoValuesReporter

PLANTED = "the heron waits by the third lock"


# --- settings ----------------------------------------------------------------------------------------------


def test_a_setting_that_cannot_be_used_says_which_and_where_to_put_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("THIRDCHAIR_TIME_ZONE", "Mars/Olympus")
    monkeypatch.setenv("THIRDCHAIR_SESSION_HOURS", "900")
    with pytest.raises(SettingsInvalid) as refused:
        read_settings()
    message = str(refused.value)
    assert "THIRDCHAIR_TIME_ZONE cannot be used: is no IANA time zone" in message
    assert "THIRDCHAIR_SESSION_HOURS cannot be used" in message
    assert "thirdchair.env" in message


def test_a_bad_database_address_is_not_repeated_because_it_holds_a_password(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("THIRDCHAIR_DATABASE_URL", "mysql://clinic:opensesame@db/clinic")
    with pytest.raises(SettingsInvalid) as refused:
        read_settings()
    assert "opensesame" not in str(refused.value)


def test_cookies_need_tls_as_soon_as_one_host_is_not_this_machine() -> None:
    assert Settings(allowed_hosts="127.0.0.1, localhost").loopback_only
    assert not Settings(allowed_hosts="127.0.0.1,notes.example.org", places="GB").loopback_only


def test_the_key_file_is_for_its_owner_alone_and_stays_the_same(tmp_path: Path) -> None:
    key = read_or_make_key(tmp_path / "session.key")
    assert len(key) >= 50
    assert (tmp_path / "session.key").stat().st_mode & 0o777 == 0o600
    assert read_or_make_key(tmp_path / "session.key") == key
    assert [file.name for file in tmp_path.iterdir()] == ["session.key"]


def test_processes_that_start_together_agree_on_one_key(tmp_path: Path) -> None:
    keys: list[str] = []
    start = threading.Barrier(8)

    def begin() -> None:
        start.wait()
        keys.append(read_or_make_key(tmp_path / "session.key"))

    threads = [threading.Thread(target=begin) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(keys) == 8
    assert len(set(keys)) == 1


@pytest.mark.skipif("psycopg" in sys.modules, reason="the driver is installed here")
def test_postgresql_without_its_driver_is_refused_with_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("thirdchair_web.project.database.find_spec", lambda name: None)
    with pytest.raises(ImproperlyConfigured, match="pip install"):
        database_settings("postgres://clinic@db/clinic", data_dir=Path())


def test_a_postgresql_address_is_read_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("thirdchair_web.project.database.find_spec", lambda name: object())
    found = database_settings("postgres://clinic:p%40ss@db.internal:5433/notes", data_dir=Path())
    assert [found[part] for part in ("USER", "PASSWORD", "HOST", "PORT", "NAME")] == [
        "clinic", "p@ss", "db.internal", "5433", "notes",
    ]  # fmt: skip


@pytest.mark.skipif(connection.vendor != "sqlite", reason="about SQLite")
def test_the_database_overwrites_what_is_deleted_and_survives_a_power_cut(db: None) -> None:
    def pragma(name: str) -> Any:
        with connection.cursor() as cursor:
            return cursor.execute(f"PRAGMA {name}").fetchone()[0]

    assert pragma("secure_delete") == 1
    assert pragma("synchronous") == 2
    assert pragma("foreign_keys") == 1
    assert pragma("journal_mode") == "wal"


# --- logs --------------------------------------------------------------------------------------------------


def broken_by(text: str) -> Exception:
    try:
        try:
            raise KeyError(text)
        except KeyError as cause:
            raise ValueError(f"cannot read {text}") from cause
    except ValueError as error:
        return error


def test_a_logged_exception_says_what_and_where_and_never_what_was_said() -> None:
    error = broken_by(PLANTED)
    record = logging.LogRecord(
        "x", logging.ERROR, "", 0, "Failed", (), (type(error), error, error.__traceback__)
    )
    record.exc_text = f"an earlier handler left {PLANTED}"
    record.request = RequestFactory().get("/")
    record.request.reference = "ab12"
    entry = NoPatientText().format(record)
    assert PLANTED not in entry
    assert "builtins.ValueError" in entry
    assert "builtins.KeyError" in entry
    assert "broken_by" in entry
    assert "[ab12]" in entry


def test_an_error_report_holds_no_values_in_debug_either(settings: Any) -> None:
    settings.DEBUG = True
    request = RequestFactory().post(f"/?q={PLANTED}", {"said": PLANTED})
    error = broken_by(PLANTED)
    arguments = (request, type(error), error, error.__traceback__)
    assert PLANTED in ExceptionReporter(*arguments).get_traceback_text()
    for report in (
        NoValuesReporter(*arguments).get_traceback_text(),
        NoValuesReporter(*arguments).get_traceback_html(),
    ):
        assert PLANTED not in report


# --- uploads -----------------------------------------------------------------------------------------------


def pass_body_through_the_door(size: int, *, chunks: int, limit: int, settings: Any) -> tuple[int, int]:
    """Bytes the application got, and messages of the body left unread."""
    settings.MAX_UPLOAD_BYTES = limit
    part = size // chunks
    waiting = [
        {"type": "http.request", "body": b"x" * part, "more_body": n < chunks - 1} for n in range(chunks)
    ]
    got = 0

    async def receive() -> dict[str, Any]:
        return waiting.pop(0)

    async def app(scope: dict[str, Any], receive: Any, send: Any) -> None:
        nonlocal got
        message = await receive()
        got += len(message["body"])
        while message["more_body"]:
            message = await receive()
            got += len(message["body"])

    scope = {"type": "http", "headers": [(b"content-length", str(size).encode())]}
    asyncio.run(without_oversized_bodies(app)(scope, receive, None))
    return got, len(waiting)


def test_an_oversized_body_is_read_to_its_end_and_none_of_it_kept(settings: Any) -> None:
    assert pass_body_through_the_door(1000, chunks=10, limit=999, settings=settings) == (0, 0)


def test_a_body_within_the_limit_arrives_whole(settings: Any) -> None:
    assert pass_body_through_the_door(1000, chunks=10, limit=1000, settings=settings) == (1000, 0)


# --- translations ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("catalogue", catalogues.catalogues(), ids=lambda path: path.parent.parent.name)
def test_every_text_is_translated_and_the_compiled_catalogue_is_fresh(catalogue: Path) -> None:
    assert catalogues.untranslated(catalogue) == []
    assert catalogue.with_suffix(".mo").read_bytes() == catalogues.compiled(catalogue)


# --- jobs and commands -------------------------------------------------------------------------------------


def test_a_job_worker_that_dies_is_started_again_and_ends_with_the_server() -> None:
    died, twice = [], threading.Event()

    def note(code: int) -> None:
        died.append(code)
        if len(died) == 2:
            twice.set()

    with supervised(
        [sys.executable, "-c", "raise SystemExit(7)"], on_restart=note, first_pause_s=0
    ) as supervisor:
        assert twice.wait(60)
    assert died[:2] == [7, 7]
    assert not supervisor.is_alive()


def test_a_running_job_worker_is_stopped_with_the_server() -> None:
    with supervised([sys.executable, "-c", "import sys; sys.stdin.read()"]) as supervisor:
        while supervisor.process is None:
            pass
    assert supervisor.process.returncode is not None


def test_a_demo_is_not_made_over_a_real_clinic(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "thirdchair.sqlite3").touch()
    with pytest.raises(typer.Exit):
        commands._refuse_real_clinic(Settings(database_url=""), tmp_path / commands.DEMO_MARK)
    assert "holds a clinic that is not a demo" in capsys.readouterr().err


def test_a_demo_can_be_made_anew_over_a_demo(tmp_path: Path) -> None:
    mark = tmp_path / commands.DEMO_MARK
    mark.touch()
    for name in ("thirdchair.sqlite3", "thirdchair.sqlite3-wal", "trail.key"):
        (tmp_path / name).touch()
    commands._refuse_real_clinic(Settings(database_url=""), mark)
    commands._forget_demo(mark)
    assert {file.name for file in tmp_path.iterdir()} == {commands.DEMO_MARK, "trail.key"}

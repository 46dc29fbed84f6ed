"""Back-ups: made while the service runs, put back whole, and without whoever was erased, however old the copy."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

WORDS = "four hours most nights"


def thirdchair(data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    told = os.environ | {"THIRDCHAIR_DATA_DIR": str(data), "THIRDCHAIR_PLACES": "XX"}
    told.pop("DJANGO_SETTINGS_MODULE", None)
    return subprocess.run(
        [sys.executable, "-c", "from thirdchair.cli import main; main()", *arguments],
        env=told,
        capture_output=True,
        text=True,
        timeout=120,
    )


def in_the_clinic(data: Path, code: str) -> str:
    """What some code prints that runs in the clinic's own process."""
    ran = thirdchair(data, "manage", "shell", "-v", "0", "-c", code)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.strip()


MAKE = f"""
from thirdchair_web.accounts.models import User
from thirdchair_web.encounters.actions import add_patient
from thirdchair_web.team.actions import ask_team
User.objects.create_user("nurse-a", display_name="A", role="nurse")
for ref in ("p-1", "p-2"):
    person = add_patient(ref=ref, details={{"name": "Name of " + ref, "born": 1980, "pronoun": "she"}}, account=None, by=None)
    ask_team(person, kind="wants_a_person", actor="system", note="{WORDS}")
"""
ERASE = """
from thirdchair_web.accounts.models import User
from thirdchair_web.encounters.models import Patient
from thirdchair_web.review.erasure import erase
erase(Patient.objects.get(pk="p-1"), by=User.objects.get(username="nurse-a"))
"""
READ = """
from thirdchair_web.encounters.models import Patient
from thirdchair_web.team.models import TeamTask
for person in Patient.objects.order_by("ref"):
    print(person.ref, person.erased_at is not None, person.name, TeamTask.objects.get(patient=person).read("note"))
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    ran = thirdchair(folder, "manage", "migrate", "-v", "0")
    assert ran.returncode == 0, ran.stderr
    in_the_clinic(folder, MAKE)
    return folder


def moved_aside(data: Path) -> None:
    for file in data.glob("thirdchair.sqlite3*"):
        file.rename(file.with_name(f"aside-{file.name}"))


def test_an_erased_patient_opens_from_no_copy_and_everyone_else_does(data: Path, tmp_path: Path) -> None:
    folder = tmp_path / "copies"
    assert thirdchair(data, "backup", str(folder)).returncode == 0
    [copy] = folder.glob("database-*.sqlite3")
    with sqlite3.connect(copy) as kept:
        assert kept.execute("SELECT count(wrapped_key), count(*) FROM encounters_patient").fetchone() == (
            0,
            2,
        )
    in_the_clinic(data, ERASE)
    assert thirdchair(data, "backup", str(folder), "--keys-only").returncode == 0
    assert "p-1" not in (folder / "patients.keyring").read_text()
    moved_aside(data)
    back = thirdchair(data, "restore", str(folder))
    assert back.returncode == 0, back.stderr
    assert "1 erased since stay erased" in back.stdout
    first, second = in_the_clinic(data, READ).splitlines()
    assert first.split() == ["p-1", "True", "p-1"]
    assert second == f"p-2 False Name of p-2 {WORDS}"


def test_no_wrapped_key_stays_in_a_page_of_the_copy(data: Path, tmp_path: Path) -> None:
    with sqlite3.connect(data / "thirdchair.sqlite3") as running:
        keys = [key for (key,) in running.execute("SELECT wrapped_key FROM encounters_patient")]
    folder = tmp_path / "copies"
    thirdchair(data, "backup", str(folder))
    [copy] = folder.glob("database-*.sqlite3")
    assert len(keys) == 2
    assert not any(key in copy.read_bytes() for key in keys)


def test_nothing_is_put_over_a_database_that_is_there(data: Path, tmp_path: Path) -> None:
    folder = tmp_path / "copies"
    thirdchair(data, "backup", str(folder))
    before = in_the_clinic(data, READ)
    refused = thirdchair(data, "restore", str(folder))
    assert refused.returncode == 1 and "already" in refused.stderr
    assert in_the_clinic(data, READ) == before


def test_without_the_keyring_nothing_is_put_back(data: Path, tmp_path: Path) -> None:
    folder = tmp_path / "copies"
    thirdchair(data, "backup", str(folder))
    (folder / "patients.keyring").unlink()
    moved_aside(data)
    refused = thirdchair(data, "restore", str(folder))
    assert refused.returncode == 1 and "keyring" in refused.stderr
    assert not (data / "thirdchair.sqlite3").exists()


def test_a_log_of_the_old_database_is_not_read_into_the_one_put_back(data: Path, tmp_path: Path) -> None:
    folder = tmp_path / "copies"
    thirdchair(data, "backup", str(folder))
    moved_aside(data)
    (data / "thirdchair.sqlite3-wal").write_bytes(b"of another database")
    refused = thirdchair(data, "restore", str(folder))
    assert refused.returncode == 1 and "-wal" in refused.stderr
    assert not (data / "thirdchair.sqlite3").exists()

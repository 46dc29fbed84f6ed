"""Weights fetched in parts: whole and checked or not there, taken up where they stopped, and clear about what went wrong."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import threading
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from thirdchair.clients.embedded.catalogue import CATALOGUE, QWEN, SMOLLM2, CataloguedModel, Part, read_parts
from thirdchair.clients.embedded.fetching import LICENCE_FILE, fetch
from thirdchair.clients.embedded.model_file import ModelUnusable
from thirdchair.clients.embedded.own_file import take_own_file
from thirdchair.records import Progress

PIECES = (b"GGUF" + b"\x01" * 5000, b"\x02" * 3000)
WHOLE = b"".join(PIECES)


class Shop:
    """A folder of wheels that pip takes for its index, and the catalogue's entry for them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        wheels = [self.put(number, piece) for number, piece in enumerate(PIECES, start=1)]
        self.model = CataloguedModel(
            name="small",
            file_name="small.gguf",
            sha256=hashlib.sha256(WHOLE).hexdigest(),
            size_bytes=len(WHOLE),
            wheels_bytes=sum(wheel.stat().st_size for wheel in wheels),
            memory_bytes=1,
            carried_as=".bin",
            wheels=tuple(
                Part(f"small-part{number}==1.0", hashlib.sha256(wheel.read_bytes()).hexdigest())
                for number, wheel in enumerate(wheels, start=1)
            ),
            origin="Small, by nobody.",
        )

    @property
    def arguments(self) -> tuple[str, ...]:
        return ("--no-index", "--find-links", str(self.folder))

    def put(self, number: int, piece: bytes) -> Path:
        """The wheel of a part, made the same each time."""
        name = f"small_part{number}"
        about = {
            f"{name}/__init__.py": b"",
            f"{name}/data/part{number:02}.bin": piece,
            f"{name}-1.0.dist-info/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n".encode(),
            f"{name}-1.0.dist-info/WHEEL": b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
            f"{name}-1.0.dist-info/RECORD": b"",
        }
        wheel = self.folder / f"{name}-1.0-py3-none-any.whl"
        with zipfile.ZipFile(wheel, "w") as archive:
            for entry, content in about.items():
                archive.writestr(zipfile.ZipInfo(entry), content)
        return wheel

    def take_away(self, number: int) -> None:
        (self.folder / f"small_part{number}-1.0-py3-none-any.whl").unlink()

    def take_all_away(self) -> None:
        for number in range(1, len(PIECES) + 1):
            self.take_away(number)


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return Shop(tmp_path / "shop")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "models"


def names_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if not path.name.startswith(".")}


def refused(shop: Shop, folder: Path, **changes) -> ModelUnusable:
    with pytest.raises(ModelUnusable) as error:
        fetch(shop.model, folder, **{"pip_arguments": shop.arguments, **changes})
    assert error.value.remedy
    assert error.value.__context__ is None
    return error.value


def test_the_file_comes_whole_with_its_licence_and_its_progress_and_nothing_else_stays(shop, folder):
    told: list[Progress] = []
    fetched = fetch(shop.model, folder, told=told.append, pip_arguments=shop.arguments)
    assert fetched.path.read_bytes() == WHOLE
    assert (fetched.sha256, fetched.size_bytes) == (shop.model.sha256, len(WHOLE))
    assert names_in(folder) == {"small.gguf", "small.gguf.NOTICE.txt", LICENCE_FILE}
    assert "Apache License" in (folder / LICENCE_FILE).read_text("utf-8")
    assert "Small, by nobody." in (folder / "small.gguf.NOTICE.txt").read_text("utf-8")
    assert [p for p in told if p.stage == "download"] == [Progress("download", n, 2) for n in (0, 1, 2)]
    assembled = [p.done for p in told if p.stage == "assemble"]
    assert assembled == sorted(assembled)
    assert assembled[-1] == len(WHOLE)


def test_what_is_there_and_right_is_not_fetched_again(shop, folder):
    fetch(shop.model, folder, pip_arguments=shop.arguments)
    shop.take_all_away()
    told: list[Progress] = []
    assert fetch(shop.model, folder, told=told.append, pip_arguments=shop.arguments).path.is_file()
    assert {p.stage for p in told} == {"check"}


def test_a_file_that_went_bad_is_fetched_again(shop, folder):
    folder.mkdir()
    (folder / "small.gguf").write_bytes(b"GGUF" + b"\x09" * (len(WHOLE) - 4))
    assert fetch(shop.model, folder, pip_arguments=shop.arguments).path.read_bytes() == WHOLE


def test_it_goes_on_where_it_stopped(shop, folder):
    shop.take_away(2)
    error = refused(shop, folder)
    assert "small-part2==1.0" in error.problem
    assert "network" in error.remedy
    assert "small.gguf" not in names_in(folder)
    shop.take_away(1)
    shop.put(2, PIECES[1])
    assert fetch(shop.model, folder, pip_arguments=shop.arguments).path.read_bytes() == WHOLE


def test_a_part_that_was_cut_off_is_fetched_again(shop, folder):
    shop.take_away(2)
    refused(shop, folder)
    [kept] = folder.glob("small.gguf.parts/*/*.whl")
    kept.write_bytes(kept.read_bytes()[:100])
    shop.put(2, PIECES[1])
    assert fetch(shop.model, folder, pip_arguments=shop.arguments).path.read_bytes() == WHOLE


def test_a_part_other_than_the_pinned_one_is_refused(shop, folder):
    shop.put(2, b"\x03" * 3000)
    error = refused(shop, folder)
    assert "other than the one that was pinned" in error.problem
    assert "Do not work around this" in error.remedy
    assert "small.gguf" not in names_in(folder)


def test_a_whole_other_than_the_pinned_one_is_thrown_away_and_leaves_what_was_there(shop, folder):
    folder.mkdir()
    (folder / "small.gguf").write_bytes(b"what was there")
    shop.model = replace(shop.model, sha256="0" * 64)
    assert "not the file that was pinned" in refused(shop, folder).problem
    assert (folder / "small.gguf").read_bytes() == b"what was there"
    assert not list(folder.glob("*.unfinished"))


def test_parts_that_hold_too_much_are_refused_before_they_fill_the_disk(shop, folder):
    shop.model = replace(shop.model, size_bytes=100)
    assert "more than the file" in refused(shop, folder).remedy
    assert not list(folder.glob("*.unfinished"))


def test_a_wheel_without_weights_is_refused(shop, folder):
    shop.model = replace(shop.model, carried_as=".weights")
    assert "holds 0 pieces" in refused(shop, folder).problem


def test_too_little_room_is_told_before_anything_is_fetched(shop, folder):
    told: list[Progress] = []
    error = refused(shop, folder, room=lambda _: 1_000_000, told=told.append)
    assert "1 MB left" in error.problem
    assert "Make room" in error.remedy
    assert told == []


def test_a_disk_that_fills_up_keeps_the_parts_and_leaves_no_half_file(shop, folder):
    folder.mkdir()
    (folder / "small.gguf.unfinished").symlink_to("/dev/full")
    error = refused(shop, folder)
    assert "disk is full" in error.problem
    assert "is kept" in error.remedy
    assert "small.gguf" not in names_in(folder)
    shop.take_all_away()
    assert fetch(shop.model, folder, pip_arguments=shop.arguments).path.read_bytes() == WHOLE


def test_a_folder_that_cannot_be_written_is_told(shop, tmp_path):
    (tmp_path / "taken").write_text("a file")
    assert "Check the path" in refused(shop, tmp_path / "taken").remedy


KILLED_AT = """
import os, pickle, signal, sys
from thirdchair.clients.embedded.fetching import fetch
model, folder, arguments, stage, done = pickle.load(sys.stdin.buffer)
def told(progress):
    if (progress.stage, progress.done) == (stage, done):
        os.kill(os.getpid(), signal.SIGKILL)
fetch(model, folder, told=told, pip_arguments=arguments)
"""


@pytest.mark.parametrize(("stage", "done"), [("download", 2), ("assemble", 5004), ("assemble", len(WHOLE))])
def test_killed_it_leaves_no_file_and_goes_on_from_the_parts(shop, folder, stage, done):
    import pickle

    killed = subprocess.run(
        [sys.executable, "-c", KILLED_AT],
        input=pickle.dumps((shop.model, folder, shop.arguments, stage, done)),
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL
    assert "small.gguf" not in names_in(folder)
    shop.take_all_away()
    assert fetch(shop.model, folder, pip_arguments=shop.arguments).path.read_bytes() == WHOLE
    assert names_in(folder) == {"small.gguf", "small.gguf.NOTICE.txt", LICENCE_FILE}


def test_two_at_once_take_turns(shop, folder):
    told: list[Progress] = []
    both = [
        threading.Thread(
            target=fetch,
            args=(shop.model, folder),
            kwargs={"told": told.append, "pip_arguments": shop.arguments},
        )
        for _ in range(2)
    ]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert (folder / "small.gguf").read_bytes() == WHOLE
    assert told.count(Progress("download", 2, 2)) == 1
    assert told.count(Progress("check", len(WHOLE), len(WHOLE))) == 1


def acting_python(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lines: str) -> None:
    script = tmp_path / "python"
    script.write_text(f"#!/bin/sh\n{lines}\n")
    script.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(script))


def test_a_python_without_pip_is_told_what_to_do(shop, folder, tmp_path, monkeypatch):
    acting_python(tmp_path, monkeypatch, f'exec {sys.executable} -I -S "$@"')
    error = refused(shop, folder)
    assert "has no pip" in error.problem
    assert "ensurepip" in error.remedy


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        (
            "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device",
            "disk is full",
        ),
        ("WARNING: Retrying after connection broken by NewConnectionError", "could not be reached"),
        ("Looking in https://me:hidden@index.example/simple", "ended with code 7"),
    ],
)
def test_what_pip_says_is_explained_and_never_quoted(shop, folder, tmp_path, monkeypatch, said, problem):
    acting_python(tmp_path, monkeypatch, f'echo "{said} https://me:hidden@index.example" >&2\nexit 7')
    error = refused(shop, folder)
    assert problem in error.problem
    assert "own" in error.remedy
    assert "hidden" not in str(error)


def test_a_pip_that_brings_nothing_is_noticed(shop, folder, tmp_path, monkeypatch):
    acting_python(tmp_path, monkeypatch, "exit 0")
    assert "left no small-part1==1.0" in refused(shop, folder).problem


def test_every_model_of_the_catalogue_is_pinned_and_says_what_it_is_for():
    assert [one.name for one in CATALOGUE.values()] == [QWEN.name, SMOLLM2.name]
    assert len(QWEN.wheels) == 22
    for one in CATALOGUE.values():
        assert len({part.sha256 for part in one.wheels} | {one.sha256}) == len(one.wheels) + 1
        assert one.purpose in one.notice
        assert one.sha256 in one.notice
    assert SMOLLM2.purpose == "Plumbing tests only, never quality."
    assert "never quality" not in QWEN.purpose


@pytest.mark.parametrize(
    "line", ["part==1.0", "part --hash=sha256:" + "0" * 64, "-r other.txt", "part==1 --hash=sha256:00"]
)
def test_a_part_without_version_or_hash_is_no_part(line):
    with pytest.raises(ValueError, match="one hash"):
        read_parts(line)


def test_a_file_of_ones_own_is_used_where_it_lies(tmp_path):
    path = tmp_path / "own.gguf"
    path.write_bytes(WHOLE)
    told: list[Progress] = []
    taken = take_own_file(path, told=told.append)
    assert (taken.path, taken.sha256) == (path, hashlib.sha256(WHOLE).hexdigest())
    assert told[-1] == Progress("check", len(WHOLE), len(WHOLE))
    assert names_in(tmp_path) == {"own.gguf"}


def test_a_file_of_ones_own_is_copied_when_asked_and_never_over_another(tmp_path):
    path = tmp_path / "own.gguf"
    path.write_bytes(WHOLE)
    for _ in range(2):
        taken = take_own_file(path, copy_to=tmp_path / "models")
        assert taken.path == tmp_path / "models" / "own.gguf"
        assert taken.path.read_bytes() == path.read_bytes() == WHOLE
    path.write_bytes(WHOLE + b"\x05")
    with pytest.raises(ModelUnusable, match="another file is there"):
        take_own_file(path, copy_to=tmp_path / "models")
    assert taken.path.read_bytes() == WHOLE


def test_a_copy_that_does_not_fit_leaves_nothing(tmp_path):
    path = tmp_path / "own.gguf"
    path.write_bytes(WHOLE)
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "own.gguf.unfinished").symlink_to("/dev/full")
    with pytest.raises(ModelUnusable, match="disk is full"):
        take_own_file(path, copy_to=tmp_path / "models")
    assert names_in(tmp_path / "models") == set()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"GGU"])
def test_what_is_no_gguf_file_is_refused(tmp_path, content):
    path = tmp_path / "own.gguf"
    path.write_bytes(content)
    with pytest.raises(ModelUnusable, match="no GGUF file"):
        take_own_file(path)


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(ModelUnusable, match="Check the path"):
        take_own_file(tmp_path / "absent.gguf")

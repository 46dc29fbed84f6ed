"""Verifying an entry: a person's word, under the service's signature, bound to the entry as it was."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from thirdchair.crisis import (
    DirectoryUnusable,
    Entry,
    Lines,
    Problem,
    Standing,
    card,
    check,
    load,
    may_be_released,
)
from thirdchair.crisis.commands import checked_lines, listed_lines, verify
from thirdchair.crisis.shipped import SHIPPED, digest_of
from thirdchair.crisis.verification import VERIFICATIONS_FILE
from thirdchair.records import Language

TODAY = date(2026, 6, 1)
KEY = Ed25519PrivateKey.generate()
ID = "gb/samaritans"


def verified(data_dir: Path, entry: str = ID, **changed: Any) -> Entry | None:
    given: dict[str, Any] = {"by": "Ada Obi", "method": "called", "on": TODAY, "today": TODAY, "key": KEY}
    return verify(entry, data_dir=data_dir, **(given | changed))


def standing(data_dir: Path, entry: str = ID, *, key: Ed25519PrivateKey = KEY) -> Standing:
    held = load(data_dir, key.public_key())
    return next(one for one in held.entries if one.id == entry).standing(TODAY)


class TestVerifying:
    def test_it_is_kept_with_who_how_and_when(self, tmp_path: Path):
        entry = verified(tmp_path)
        assert entry is not None
        assert (entry.owner, entry.method, entry.last_verified) == ("Ada Obi", "called", TODAY)
        assert standing(tmp_path) is Standing.VERIFIED
        assert standing(tmp_path, "gb/shout") is Standing.NEVER

    def test_a_whole_country_verified_may_be_released(self, tmp_path: Path):
        for entry in load().countries["IE"]:
            verified(tmp_path, entry.id)
        held = load(tmp_path, KEY.public_key())
        assert may_be_released(held, today=TODAY, country="IE")
        assert not may_be_released(held, today=date(2026, 9, 1), country="IE")

    def test_the_card_says_so(self, tmp_path: Path):
        verified(tmp_path)
        shown = card("GB", Language.ENGLISH, directory=load(tmp_path, KEY.public_key()), today=TODAY)
        assert [one.verified_lately for one in shown.contacts] == [True] + [False] * (len(shown.contacts) - 1)

    def test_two_people_at_once_lose_nothing(self, tmp_path: Path):
        ids = [entry.id for entry in load().countries["GB"]]
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda entry: verified(tmp_path, entry), ids))
        assert {standing(tmp_path, entry) for entry in ids} == {Standing.VERIFIED}

    @pytest.mark.parametrize(
        "changed",
        [
            {"by": ""},
            {"by": "A\nB"},
            {"method": " "},
            {"method": "from knowledge; not opened"},
            {"on": date(2026, 6, 2)},
        ],
    )
    def test_what_is_no_verification_is_refused_and_nothing_is_written(
        self, tmp_path: Path, changed: dict[str, Any]
    ):
        with pytest.raises(DirectoryUnusable):
            verified(tmp_path, **changed)
        assert not (tmp_path / VERIFICATIONS_FILE).exists()

    def test_an_entry_that_is_not_there_is_refused_with_those_like_it(self, tmp_path: Path):
        with pytest.raises(DirectoryUnusable, match=r"gb/samaritans"):
            verified(tmp_path, "gb/samaritan")

    def test_changed_shipped_files_are_not_verified(self, tmp_path: Path):
        with pytest.raises(DirectoryUnusable, match="Install it again"):
            verified(tmp_path, folder=tmp_path)


class TestFoundWrong:
    def test_it_is_hidden(self, tmp_path: Path):
        assert verified(tmp_path, holds=False, method="called: the number is dead") is None
        held = load(tmp_path, KEY.public_key())
        assert held.found_wrong == (ID,)
        found = held.entries_for("GB")
        assert isinstance(found, Lines)
        assert ID not in {entry.id for entry in found.lines}
        assert (ID, False) in {(one.where, one.blocks) for one in check(held, today=TODAY, country="GB")}
        assert ID not in {one.where for one in check(held, today=TODAY, country="FR")}

    def test_it_comes_back_once_somebody_verified_it(self, tmp_path: Path):
        verified(tmp_path, holds=False)
        verified(tmp_path)
        assert standing(tmp_path) is Standing.VERIFIED

    def test_an_emergency_number_is_never_hidden(self, tmp_path: Path):
        with pytest.raises(DirectoryUnusable, match="always shown"):
            verified(tmp_path, "gb/emergency", holds=False)


def date_later(held: dict[str, Any]) -> None:
    held["verifications"][ID]["on"] = "2026-05-31"


def other_name(held: dict[str, Any]) -> None:
    held["verifications"][ID]["by"] = "Somebody Else"


def one_more(held: dict[str, Any]) -> None:
    held["verifications"]["gb/shout"] = held["verifications"][ID]


def one_less(held: dict[str, Any]) -> None:
    held["verifications"].clear()


def no_signature(held: dict[str, Any]) -> None:
    held["signature"] = "0" * 128


class TestSignature:
    @pytest.mark.parametrize("edit", [date_later, other_name, one_more, one_less, no_signature])
    def test_an_edited_file_verifies_nothing_and_is_said(
        self, tmp_path: Path, edit: Callable[[dict[str, Any]], None]
    ):
        verified(tmp_path)
        file = tmp_path / VERIFICATIONS_FILE
        held = json.loads(file.read_text(encoding="utf-8"))
        edit(held)
        file.write_text(json.dumps(held), encoding="utf-8")
        self.nothing_counts(tmp_path, KEY)

    @pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff", b"null"])
    def test_a_broken_file_verifies_nothing(self, tmp_path: Path, content: bytes):
        (tmp_path / VERIFICATIONS_FILE).write_bytes(content)
        self.nothing_counts(tmp_path, KEY)

    def test_another_services_file_verifies_nothing(self, tmp_path: Path):
        verified(tmp_path)
        self.nothing_counts(tmp_path, Ed25519PrivateKey.generate())

    def test_without_a_key_nothing_counts(self, tmp_path: Path):
        verified(tmp_path)
        assert load(tmp_path).problems == {Problem.UNSIGNED}

    def test_nothing_is_added_to_a_file_that_was_edited(self, tmp_path: Path):
        file = tmp_path / VERIFICATIONS_FILE
        file.write_text("{}", encoding="utf-8")
        with pytest.raises(DirectoryUnusable, match="changed outside"):
            verified(tmp_path)
        assert file.read_text(encoding="utf-8") == "{}"

    def nothing_counts(self, data_dir: Path, key: Ed25519PrivateKey) -> None:
        held = load(data_dir, key.public_key())
        assert held.problems == {Problem.UNSIGNED}
        assert held.entries == load().entries
        assert check(held, today=TODAY)[0].where == "directory"
        assert card("GB", Language.ENGLISH, directory=held, today=TODAY).contacts


class TestARelease:
    def test_an_entry_that_a_release_changed_has_to_be_verified_again(self, tmp_path: Path):
        verified(tmp_path)
        folder = Path(shutil.copytree(SHIPPED, tmp_path / "countries"))
        file = folder / "gb.json"
        file.write_text(file.read_text(encoding="utf-8").replace("116 123", "116 124"), encoding="utf-8")
        held = load(tmp_path, KEY.public_key(), folder=folder, digest=digest_of(folder))
        entry = next(one for one in held.entries if one.id == ID)
        assert not held.problems
        assert entry.ways[0].to == "116 124"
        assert entry.standing(TODAY) is Standing.NEVER

    def test_a_newer_verification_of_the_release_wins(self, tmp_path: Path):
        folder = Path(shutil.copytree(SHIPPED, tmp_path / "countries"))
        file = folder / "gb.json"
        text = file.read_text(encoding="utf-8").replace(
            '"last_verified": null', '"last_verified": "2026-05-20"'
        )
        file.write_text(text, encoding="utf-8")
        digest = digest_of(folder)
        entry = verified(tmp_path, on=date(2026, 5, 1), folder=folder, digest=digest)
        assert entry is not None
        assert entry.last_verified == date(2026, 5, 20)


class TestLines:
    def test_the_list_names_standing_owner_method_and_source(self, tmp_path: Path):
        verified(tmp_path)
        lines = listed_lines(load(tmp_path, KEY.public_key()), today=TODAY, country="GB")
        row = next(line for line in lines if line.startswith(ID)).split("\t")
        assert row[2:7] == ["phone 116 123", "verified", "2026-06-01", "Ada Obi", "called"]
        assert row[7].startswith("https://www.samaritans.org")

    def test_the_list_of_an_unknown_country_is_refused(self):
        with pytest.raises(DirectoryUnusable):
            listed_lines(load(), today=TODAY, country="Atlantis")

    def test_the_check_counts_what_blocks(self, tmp_path: Path):
        verified(tmp_path, on=date(2026, 4, 1))
        findings = check(load(tmp_path, KEY.public_key()), today=TODAY, country="GB")
        lines = checked_lines(findings)
        assert sum(line.startswith("BLOCKS") for line in lines) == len(findings) - 1
        assert lines[-1].startswith(f"{len(findings) - 1} of {len(findings)}")

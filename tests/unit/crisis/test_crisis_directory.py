"""The shipped crisis directory: whole, honest about who checked it, and never guessing a country."""

from __future__ import annotations

import json
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from thirdchair.crisis import (
    PLACES,
    Directory,
    EntryKind,
    Lines,
    Problem,
    Standing,
    Way,
    WhichCountry,
    check,
    find_place,
    load,
    may_be_released,
)
from thirdchair.crisis.shipped import SHIPPED, SHIPPED_DIGEST, digest_of
from thirdchair.safeguards.conduct import unlisted

TODAY = date(2026, 6, 1)
ASKED_FOR = {
    *(
        "US",
        "CA",
        "GB",
        "IE",
        "AU",
        "NZ",
        "CN",
        "HK",
        "TW",
        "JP",
        "KR",
        "IN",
        "SG",
        "DE",
        "FR",
        "ES",
        "IT",
        "NL",
        "BE",
        "CH",
    ),
    *("AT", "SE", "NO", "DK", "FI", "PL", "BR", "MX", "ZA"),
}
SHOWN = load()


def lines_of(country: str) -> Lines:
    found = SHOWN.entries_for(country)
    assert isinstance(found, Lines)
    return found


def dated(days_ago: int | None) -> Directory:
    """The British entries, all checked so many days ago."""
    day = None if days_ago is None else TODAY - timedelta(days=days_ago)
    entries = tuple(one.model_copy(update={"last_verified": day}) for one in SHOWN.countries["GB"])
    return Directory({"GB": entries})


class TestShipped:
    def test_the_digest_in_code_is_that_of_the_files(self):
        assert digest_of(SHIPPED) == SHIPPED_DIGEST, (
            "put this digest into shipped.py, after reading the change"
        )
        assert not SHOWN.problems

    def test_every_country_asked_for_has_an_emergency_number_and_a_line(self):
        assert set(PLACES) >= ASKED_FOR
        for code in PLACES:
            found = lines_of(code)
            assert found.emergency is not None, code
            assert found.lines, code

    def test_files_and_code_agree_on_emergency_numbers(self):
        for code, place in PLACES.items():
            emergency = lines_of(code).emergency
            assert emergency is not None
            numbers = [way.to for way in emergency.ways if way.by == "phone"]
            assert numbers == [number for number, _ in place.emergency], code

    def test_nothing_claims_a_verification_that_says_it_was_none(self):
        for entry in SHOWN.entries:
            assert entry.owner
            assert (entry.last_verified is None) == (entry.method == "from knowledge; not opened"), entry.id

    @pytest.mark.parametrize(
        ("country", "entry", "number"),
        [
            ("US", "us/988", "988"),
            ("GB", "gb/samaritans", "116 123"),
            ("AU", "au/lifeline", "13 11 14"),
            ("CN", "cn/12356", "12356"),
            ("JP", "jp/inochi-sos", "0120-061-338"),
            ("BR", "br/cvv", "188"),
            ("ZA", "za/sadag-suicide", "0800 567 567"),
            ("SE", "se/mind", "90101"),
            ("IN", "in/tele-manas", "14416"),
        ],
    )
    def test_well_known_numbers(self, country: str, entry: str, number: str):
        ways = {one.id: [way.to for way in one.ways] for one in lines_of(country).lines}
        assert number in ways[entry]


class TestWhichCountry:
    @pytest.mark.parametrize("nobody_knows", [None, "", "   ", "Atlantis", "xx", "any", "united"])
    def test_an_unknown_country_is_asked_for(self, nobody_knows: str | None):
        found = SHOWN.entries_for(nobody_knows)
        assert isinstance(found, WhichCountry)
        assert len(found.choices) == len(PLACES)
        assert {entry.kind for entry in found.finders} == {EntryKind.FINDER}

    @pytest.mark.parametrize(
        ("said", "code"),
        [
            ("gb", "GB"),
            ("UK", "GB"),
            ("Scotland.", "GB"),
            ("USA", "US"),
            ("美国", "US"),
            ("台灣", "TW"),
            ("ＤＥ", "DE"),
        ],
    )
    def test_a_country_is_found_by_what_people_type(self, said: str, code: str):
        place = find_place(said)
        assert place is not None
        assert place.code == code

    def test_no_name_means_two_places(self):
        names = [
            name for place in PLACES.values() for name in {place.code, *place.name.values(), *place.also}
        ]
        places = {name: find_place(name) for name in names}
        for place in PLACES.values():
            for name in (place.code, *place.name.values(), *place.also):
                assert places[name] is place, name


class TestAge:
    @pytest.mark.parametrize(
        ("days_ago", "standing", "released"),
        [
            (0, Standing.VERIFIED, True),
            (30, Standing.VERIFIED, True),
            (31, Standing.DUE, True),
            (90, Standing.DUE, True),
            (91, Standing.OVERDUE, False),
            (None, Standing.NEVER, False),
            (-1, Standing.NEVER, False),
        ],
    )
    def test_thirty_days_warn_and_ninety_block(
        self, days_ago: int | None, standing: Standing, released: bool
    ):
        directory = dated(days_ago)
        assert {entry.standing(TODAY) for entry in directory.entries} == {standing}
        assert may_be_released(directory, today=TODAY) is released
        assert bool(check(directory, today=TODAY)) is (standing is not Standing.VERIFIED)

    def test_one_entry_nobody_checked_blocks_and_is_named(self):
        entries = dated(1).countries["GB"]
        one_left = (entries[0].model_copy(update={"last_verified": None}), *entries[1:])
        findings = check(Directory({"GB": one_left}), today=TODAY)
        assert [(one.where, one.blocks) for one in findings] == [(entries[0].id, True)]
        assert f"directory verify {entries[0].id}" in findings[0].problem

    def test_a_service_may_look_at_its_own_country_alone(self):
        directory = Directory(
            {"GB": dated(1).countries["GB"], "FR": SHOWN.countries["FR"]},
        )
        assert may_be_released(directory, today=TODAY, country="uk")
        assert not may_be_released(directory, today=TODAY, country="fr")
        assert not may_be_released(directory, today=TODAY)

    def test_a_country_nobody_knows_blocks(self):
        assert not may_be_released(dated(1), today=TODAY, country="Atlantis")


class TestListed:
    def test_every_way_of_every_entry_may_go_out(self):
        listed = SHOWN.listed()
        for entry in SHOWN.entries:
            for way in entry.ways:
                assert way.to in listed
                found = unlisted(f"Please call or open {way.to} now.", listed)
                assert not [one for one in found if one.normalised not in listed], entry.id

    @pytest.mark.parametrize(
        "made_up",
        ["Call +1 900 555 0199.", "Text 555 123.", "Open https://example.org/help now.", "拨打 400-555-0123"],
    )
    def test_a_number_that_a_model_made_up_may_not(self, made_up: str):
        assert unlisted(made_up, SHOWN.listed())

    def test_a_number_of_elsewhere_may_not_go_out_where_the_country_is_known(self):
        assert unlisted("You can call 988.", SHOWN.listed("GB"))
        assert not unlisted("You can call 988.", SHOWN.listed("US"))

    def test_emergency_numbers_are_listed_although_the_files_are_lost(self, tmp_path: Path):
        assert "999" in load(folder=tmp_path).listed("GB")


class TestChangedFiles:
    def copy(self, to: Path) -> Path:
        return Path(shutil.copytree(SHIPPED, to / "countries"))

    def test_an_unchanged_copy_is_trusted(self, tmp_path: Path):
        assert load(folder=self.copy(tmp_path)).entries == SHOWN.entries

    def test_other_line_ends_are_no_change(self, tmp_path: Path):
        folder = self.copy(tmp_path)
        for file in folder.glob("*.json"):
            file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
        assert not load(folder=folder).problems

    def test_one_changed_digit_closes_the_directory(self, tmp_path: Path):
        folder = self.copy(tmp_path)
        file = folder / "gb.json"
        file.write_text(file.read_text(encoding="utf-8").replace("116 123", "116 124"), encoding="utf-8")
        self.is_withheld(load(folder=folder))

    def test_a_lost_file_closes_it(self, tmp_path: Path):
        folder = self.copy(tmp_path)
        (folder / "gb.json").unlink()
        self.is_withheld(load(folder=folder))

    def test_a_file_too_many_closes_it(self, tmp_path: Path):
        folder = self.copy(tmp_path)
        (folder / "zz.json").write_text(json.dumps({"country": "ZZ", "entries": []}), encoding="utf-8")
        self.is_withheld(load(folder=folder))

    def test_no_folder_closes_it(self, tmp_path: Path):
        self.is_withheld(load(folder=tmp_path / "gone"))

    def is_withheld(self, directory: Directory) -> None:
        assert directory.problems == {Problem.CHANGED}
        assert directory.is_withheld
        assert not directory.entries
        assert not may_be_released(directory, today=TODAY)
        found = directory.entries_for("GB")
        assert isinstance(found, Lines)
        assert found.place.emergency
        assert (found.emergency, found.lines) == (None, ())


class TestWays:
    @pytest.mark.parametrize(
        ("by", "to", "link"),
        [
            ("phone", "116 123", "tel:116123"),
            ("phone", "+91 9999 666 555", "tel:+919999666555"),
            ("text", "678-678", "sms:678678"),
            ("whatsapp", "+65 9151 1767", "https://wa.me/6591511767"),
            ("chat", "https://988lifeline.org/chat/", "https://988lifeline.org/chat/"),
        ],
    )
    def test_what_a_page_links_to(self, by: str, to: str, link: str):
        assert Way.model_validate({"by": by, "to": to}).link == link

    @pytest.mark.parametrize(
        ("by", "to"),
        [
            ("phone", "javascript:x"),
            ("chat", "116 123"),
            ("whatsapp", "9151 1767"),
            ("phone", ""),
            ("phone", "call us"),
        ],
    )
    def test_what_cannot_be_reached_is_refused(self, by: str, to: str):
        with pytest.raises(ValueError, match=r"Way"):
            Way.model_validate({"by": by, "to": to})

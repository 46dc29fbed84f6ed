"""What the law of a place closes: dated, strictest wins, and what nobody knows is the strictest."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from thirdchair.policy import Actor, Allowed, Cleared, Consent, Moment, Role, Switches, UseTerms, decide
from thirdchair.policy.jurisdiction import FICTIONAL, GRACE, Law, law_of, law_refusal, packs
from thirdchair.policy.jurisdiction.pack import read_pack
from thirdchair.records import Language
from thirdchair.settings import Settings, SettingsInvalid, read_settings
from thirdchair.uses import USES

TODAY = date(2026, 11, 30)
NOT_HERE_YET = {"interpret_emotion", "rate_suicide_risk", "predict_crisis", "estimate_prognosis"}
"""Uses that the packs already name, so that they are closed where they must be from their first day."""


def use(name: str, *, signed: bool = False) -> UseTerms:
    """An open use that anyone may ask for."""
    return UseTerms(
        id=name,
        requesters=frozenset(Role),
        signers=frozenset({Role.NURSE}) if signed else frozenset(),
        languages=frozenset({"en"}),
        requirements=(),
        digest="a" * 64,
    )


CHAT, EMOTION = use("converse"), use("interpret_emotion", signed=True)
RISK = use("rate_suicide_risk", signed=True)
NOTES, LETTERS = use("summarise_session", signed=True), use("draft_document", signed=True)
UNSIGNED_NOTES = use("summarise_session")
QUESTION = use("answer_question")


def moment(*places: str, on: date = TODAY, role: Role = Role.NURSE, **changed: Any) -> Moment:
    """A moment at which everything but perhaps the law is in order, for every use above."""
    at = datetime(on.year, on.month, on.day, 12, tzinfo=UTC)
    names = [one.id for one in (CHAT, EMOTION, RISK, NOTES, LETTERS, QUESTION)]
    consents = tuple(
        Consent(f"consent:{name}", name, "v", frozenset({"m"}), at, at, at + timedelta(days=1), written=True)
        for name in names
    )
    in_order = Moment(
        at=at,
        actor=Actor("someone", role),
        switches=Switches(uses_on=frozenset(names)),
        consents=consents,
        text_versions={name: frozenset({"v"}) for name in names},
        clearances={(name, "m", "en"): Cleared("e" * 64) for name in names},
        places=frozenset(places),
    )
    return replace(in_order, **changed)


def rule(of: UseTerms, at: Moment) -> str:
    """The rule that refuses, or "allowed"."""
    decision = decide(of, method="m", language="en", moment=at)
    return "allowed" if isinstance(decision, Allowed) else decision.rule


PATIENT = Role.PATIENT


@pytest.mark.parametrize(
    ("places", "of", "role", "expected"),
    [
        # Illinois: no therapeutic talk, no reading of emotions, drafts with approval.
        (["US-IL"], CHAT, PATIENT, "law.here"),
        (["US-IL"], QUESTION, PATIENT, "law.here"),
        (["US-IL"], QUESTION, Role.NURSE, "allowed"),
        (["US-IL"], EMOTION, Role.NURSE, "law.here"),
        (["US-IL"], RISK, Role.NURSE, "law.here"),
        (["GB"], RISK, Role.NURSE, "allowed"),
        (["US-IL"], NOTES, Role.NURSE, "allowed"),
        (["US-IL"], UNSIGNED_NOTES, Role.NURSE, "law.here"),
        # Nevada: no direct care, notes with review.
        (["US-NV"], CHAT, PATIENT, "law.here"),
        (["US-NV"], NOTES, Role.NURSE, "allowed"),
        (["US-NV"], UNSIGNED_NOTES, Role.NURSE, "law.here"),
        (["US-NV"], LETTERS, Role.NURSE, "allowed"),
        # Colorado: talk only while a professional takes part, which nothing here can show.
        (["US-CO"], CHAT, PATIENT, "law.here"),
        (["US-CO"], EMOTION, Role.NURSE, "allowed"),
        # Places whose law closes no use here.
        (["GB"], CHAT, PATIENT, "allowed"),
        (["GB"], EMOTION, Role.NURSE, "allowed"),
        (["DE", "CN", "US-UT"], QUESTION, PATIENT, "allowed"),
        # Strictest wins.
        (["GB", "US-IL"], EMOTION, Role.NURSE, "law.here"),
        # Nobody said where, or nobody here knows: the strictest, which still lets notes be drafted and signed.
        ([], CHAT, PATIENT, "law.no_place"),
        ([], EMOTION, Role.NURSE, "law.no_place"),
        ([], QUESTION, PATIENT, "law.no_place"),
        ([], QUESTION, Role.NURSE, "allowed"),
        ([], NOTES, Role.NURSE, "allowed"),
        ([], LETTERS, Role.NURSE, "allowed"),
        ([], UNSIGNED_NOTES, Role.NURSE, "law.no_place"),
        (["JP"], EMOTION, Role.NURSE, "law.unknown_place"),
        (["JP"], NOTES, Role.NURSE, "allowed"),
        (["US"], CHAT, PATIENT, "law.unknown_place"),
        (["GB", "US-TX"], CHAT, PATIENT, "law.unknown_place"),
    ],
)
def test_what_the_law_of_a_place_closes(places: list[str], of: UseTerms, role: Role, expected: str) -> None:
    assert rule(of, moment(*places, role=role)) == expected


@pytest.mark.parametrize(
    ("place", "first_day", "of"),
    [
        ("US-IL", date(2025, 8, 1), CHAT),
        ("US-IL", date(2025, 8, 1), EMOTION),
        ("US-NV", date(2025, 7, 1), CHAT),
        ("US-CO", date(2026, 8, 12), CHAT),
    ],
)
def test_a_law_binds_from_its_first_day(place: str, first_day: date, of: UseTerms) -> None:
    assert rule(of, moment(place, on=first_day - timedelta(days=1), role=PATIENT)) == "allowed"
    assert rule(of, moment(place, on=first_day, role=PATIENT)) == "law.here"


def test_colorado_allows_talk_in_which_a_clinician_takes_part() -> None:
    law = law_of(frozenset({"US-CO"}), on=TODAY)
    assert law_refusal(law, CHAT, role=PATIENT, clinician_present=True) is None
    assert law_refusal(law_of(frozenset({"US-IL"}), on=TODAY), CHAT, role=PATIENT, clinician_present=True)


@pytest.mark.parametrize(
    ("places", "written", "expected"),
    [
        (["US-IL"], False, "consent.not_written"),
        (["US-IL"], True, "allowed"),
        (["GB", "US-CO"], False, "consent.not_written"),
        (["US-KY"], False, "consent.not_written"),
        (["US-NV"], False, "allowed"),
        (["GB"], False, "allowed"),
        ([], False, "allowed"),  # a consent that was given is not undone because nobody has said where
        (["JP"], False, "allowed"),
    ],
)
def test_a_spoken_consent_is_not_enough_where_the_law_of_a_named_place_asks_for_writing(
    places: list[str], written: bool, expected: str
) -> None:
    at = moment(*places)
    given = tuple(replace(consent, written=written) for consent in at.consents)
    assert rule(NOTES, replace(at, consents=given)) == expected
    withdrawn = tuple(replace(consent, withdrawn_at=at.at) for consent in given)
    assert rule(NOTES, replace(at, consents=withdrawn)) == "consent.withdrawn"


def test_an_overdue_pack_warns_and_then_gives_way_to_the_strictest() -> None:
    (gb,) = (pack for pack in packs() if pack.place == "GB")

    def law(days: int) -> Law:
        return law_of(frozenset({"GB"}), on=gb.review_by + timedelta(days=days))

    assert not law(0).overdue and not law(0).bindings
    assert law(1).overdue == (gb,) and not law(1).bindings
    assert law_refusal(law(GRACE.days), EMOTION, role=Role.NURSE) is None
    refused = law_refusal(law(GRACE.days + 1), EMOTION, role=Role.NURSE)
    assert refused is not None and refused.rule == "law.outdated"
    assert law_refusal(law(GRACE.days + 1), NOTES, role=Role.NURSE) is None


def made_up(**changed: Any) -> dict[str, Any]:
    each = {"en": "words", "zh-hans": "话"}
    of_it = {
        "effect": "bar",
        "uses": ["converse"],
        "asked_by": "anyone",
        "status": "law",
        "citation": "an act",
        "effective_on": "2026-01-01",
        "says": each,
    }
    return {
        "place": "ZZ",
        "covers": ["ZZ"],
        "name": each,
        "read_on": "2026-01-01",
        "reviewed_by": None,
        "review_by": "2030-01-01",
        "left_out": each,
        "rules": [of_it | changed],
    }


@pytest.mark.parametrize(
    ("changed", "binds"),
    [
        ({}, True),
        ({"status": "bill"}, False),
        ({"status": "unverified"}, True),
        ({"status": "unverified", "effective_on": None}, True),
        ({"status": "unverified", "effective_on": "2999-01-01"}, False),
    ],
)
def test_a_bill_does_not_bind_and_what_was_not_verified_does(changed: dict[str, Any], binds: bool) -> None:
    law = law_of(frozenset({"ZZ"}), on=TODAY, known=(read_pack(made_up(**changed)),))
    assert bool(law.bindings) == binds == (not law.coming)


@pytest.mark.parametrize(
    "changed",
    [
        {"effect": "allow"},
        {"status": "rumour"},
        {"asked_by": "nobody"},
        {"uses": []},
        {"citation": ""},
        {"effective_on": None},
        {"says": {"en": "words", "zh-hans": ""}},
    ],
)
def test_a_rule_that_lacks_what_a_rule_needs_is_no_rule(changed: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"rule|says"):
        read_pack(made_up(**changed))


def test_the_packs_of_this_release_name_uses_that_exist_and_places_once() -> None:
    for pack in packs():
        assert {name for one in pack.rules for name in one.uses} <= set(USES) | NOT_HERE_YET
        assert pack.read_on < pack.review_by
    covered = [place for pack in packs() for place in pack.covers]
    assert len(covered) == len(set(covered))


def test_the_made_up_place_closes_nothing_and_is_never_part_of_the_strictest() -> None:
    assert law_of(frozenset({FICTIONAL}), on=TODAY) == law_of(frozenset({FICTIONAL}), on=date(2200, 1, 1))
    assert all(one.pack.place != FICTIONAL for one in law_of(frozenset(), on=TODAY).bindings)


def test_a_refusal_tells_place_words_and_source_in_both_languages() -> None:
    refused = law_refusal(law_of(frozenset({"US-IL"}), on=TODAY), EMOTION, role=Role.NURSE)
    assert refused is not None
    for language, words in ((Language.ENGLISH, "Illinois"), (Language.CHINESE, "伊利诺伊州")):
        told = refused.reason_in(language)
        assert words in told and "225 ILCS 155/20(b)(4)" in told and "{" not in told
    unknown = law_refusal(law_of(frozenset({"JP"}), on=TODAY), EMOTION, role=Role.NURSE)
    assert unknown is not None and "JP" in unknown.reason_in(Language.ENGLISH)


def test_the_law_comes_before_a_switch_that_could_not_open_it() -> None:
    at = moment("US-IL", switches=Switches(everything_stopped=True))
    assert rule(EMOTION, at) == "law.here"
    assert rule(EMOTION, replace(at, content_erased=True)) == "content.erased"
    assert rule(NOTES, at) == "switch.everything"


@pytest.mark.parametrize(
    ("given", "places"),
    [("", set()), ("GB", {"GB"}), ("GB,US-IL", {"GB", "US-IL"}), ("GB, EU, DE", {"GB", "EU", "DE"})],
)
def test_places_are_a_setting(given: str, places: set[str]) -> None:
    assert Settings(places=given).law_places == places


@pytest.mark.parametrize("given", ["Illinois", "us-il", "GB,", "GB;FR", "GB US-IL"])
def test_what_is_no_place_stops_the_start(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THIRDCHAIR_PLACES", given)
    with pytest.raises(SettingsInvalid, match="THIRDCHAIR_PLACES"):
        read_settings()


def test_the_made_up_place_is_for_this_computer_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THIRDCHAIR_PLACES", "XX")
    assert read_settings().law_places == {"XX"}
    monkeypatch.setenv("THIRDCHAIR_ALLOWED_HOSTS", "clinic.example")
    with pytest.raises(SettingsInvalid, match="THIRDCHAIR_PLACES names XX"):
        read_settings()

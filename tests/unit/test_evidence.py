"""Evidence packs, and what they must hold before a gate opens."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest

from thirdchair.evidence import Ceiling, EvidencePack, Requirement, Shortfall, read_pack, shortfalls
from thirdchair.measures.estimate import Estimate, Provenance, Unscored
from thirdchair.measures.proportions import proportion

ESTIMATE: dict[str, Any] = {
    "value": 0.9, "low": 0.8, "high": 0.95, "n": 100, "clusters": 10, "unit": "share", "direction": "higher",
    "dataset": "invented", "method": "by hand", "date": "2026-01-01", "seed": 0, "source": "none",
}  # fmt: skip
PACK: dict[str, Any] = {
    "use": "summarise_session",
    "method": "extractive",
    "method_digest": "d" * 64,
    "language": "en",
    "made_on": "2026-02-01",
    "command": "make evidence",
    "estimates": {"found": ESTIMATE, "kept": {"unscored": "too few sessions"}},
}
WHERE = Provenance("invented", "by hand", "2026-01-01", 0, "none")
FOUND = Requirement("found", 0.7, "What was said must be found.")


def read(**changed: Any) -> EvidencePack:
    return read_pack(json.dumps(PACK | changed))


def measured(**changed: Any) -> EvidencePack:
    return read(estimates={"found": ESTIMATE | changed})


def test_a_pack_is_read_as_it_was_written() -> None:
    pack = read()
    written = {
        "use": pack.use,
        "method": pack.method,
        "method_digest": pack.method_digest,
        "language": pack.language,
        "made_on": pack.made_on,
        "command": pack.command,
        "estimates": {name: found.as_json() for name, found in pack.estimates.items()},
    }
    assert written == PACK
    assert isinstance(pack.estimates["found"], Estimate)
    assert pack.estimates["kept"] == Unscored("too few sessions")
    assert read_pack(json.dumps(written)) == pack


def places(value: Any, at: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """The path of every single value in a pack."""
    if not isinstance(value, dict):
        return [at]
    return [path for name, inner in value.items() for path in places(inner, (*at, name))]


@pytest.mark.parametrize("path", places(PACK), ids=".".join)
def test_the_digest_changes_with_any_value(path: tuple[str, ...]) -> None:
    changed = json.loads(json.dumps(PACK))
    *way, last = path
    holder = changed
    for name in way:
        holder = holder[name]
    tamper: dict[str, Any] = {"made_on": "2026-02-02", "value": 0.91, "low": 0.79, "high": 0.96, "n": 101, "clusters": 11, "seed": 1, "direction": "lower"}  # fmt: skip
    holder[last] = tamper.get(last, f"{holder[last]}x")
    assert read_pack(json.dumps(changed)).digest != read().digest


def test_an_added_word_nobody_reads_changes_the_digest_too() -> None:
    assert read(remark="looked fine to me").digest != read().digest


def test_spacing_and_order_are_not_content() -> None:
    backwards = dict(reversed(PACK.items()))
    assert read_pack(json.dumps(backwards, indent=4)).digest == read().digest


@pytest.mark.parametrize("missing", list(PACK))
def test_a_pack_that_lacks_a_part_is_none(missing: str) -> None:
    with pytest.raises(KeyError, match=missing):
        read_pack(json.dumps({name: part for name, part in PACK.items() if name != missing}))


@pytest.mark.parametrize(
    "changed",
    [
        {"made_on": "last week"},
        {"made_on": "2026-02-30"},
        {"estimates": {"found": ESTIMATE | {"low": 0.95}}},
        {"estimates": {"found": ESTIMATE | {"high": 0.85}}},
        {"estimates": {"found": ESTIMATE | {"n": 0, "clusters": 0}}},
        {"estimates": {"found": ESTIMATE | {"clusters": 101}}},
        {"estimates": {"found": ESTIMATE | {"value": math.nan}}},
        {"estimates": {"found": ESTIMATE | {"low": math.nan}}},
        {"estimates": {"found": ESTIMATE | {"p_value": 0.01}}},
        {"estimates": {"found": {"value": 0.9}}},
        {"estimates": {"found": 0.9}},
        {"estimates": [ESTIMATE]},
    ],
)
def test_numbers_that_cannot_be_are_no_evidence(changed: dict[str, Any]) -> None:
    with pytest.raises((ValueError, TypeError, AttributeError)):
        read(**changed)


@pytest.mark.parametrize("text", ["", "{", "[]", "7", '"pack"', "null"])
def test_what_is_no_pack_is_not_read(text: str) -> None:
    with pytest.raises((ValueError, TypeError, KeyError)):
        read_pack(text)


def test_a_date_has_one_form_so_that_the_newest_can_be_told() -> None:
    assert read(made_on="20260201").made_on == "2026-02-01"


class TestShortfalls:
    def test_a_lower_bound_at_the_threshold_meets_it(self) -> None:
        assert shortfalls((FOUND,), measured(low=0.7)) == ()

    def test_a_lower_bound_under_it_does_not_however_good_the_value(self) -> None:
        pack = measured(low=0.6999, value=1.0, high=1.0)
        assert shortfalls((FOUND,), pack) == (Shortfall(FOUND, 0.6999),)

    @pytest.mark.parametrize(
        "estimates", [{}, {"found": {"unscored": "too few sessions"}}, {"else": ESTIMATE}]
    )
    @pytest.mark.parametrize("at_least", [0.0, 0.7, 1.0])
    def test_absent_and_unscored_never_pass_even_where_nothing_is_asked(
        self, estimates: dict[str, Any], at_least: float
    ) -> None:
        asked = Requirement("found", at_least, "why")
        assert shortfalls((asked,), read(estimates=estimates)) == (Shortfall(asked, None),)

    def test_a_measure_that_is_better_lower_cannot_meet_at_least(self) -> None:
        missed_nine_in_ten = measured(direction="lower")
        assert shortfalls((FOUND,), missed_nine_in_ten) == (Shortfall(FOUND, None),)

    def test_a_percentage_is_not_taken_for_a_share(self) -> None:
        nine_percent = measured(value=9.0, low=7.0, high=12.0, unit="percent")
        assert shortfalls((FOUND,), nine_percent) == (Shortfall(FOUND, None),)

    def test_every_shortfall_is_told_in_the_order_it_was_asked(self) -> None:
        kept, strict = Requirement("kept", 0.5, "why"), Requirement("found", 0.99, "why")
        assert shortfalls((kept, FOUND, strict), read()) == (Shortfall(kept, None), Shortfall(strict, 0.8))

    @pytest.mark.parametrize("at_least", [math.nan, -0.1, 1.1, 70.0, math.inf])
    def test_a_threshold_that_is_no_share_cannot_be_asked_for(self, at_least: float) -> None:
        with pytest.raises(ValueError, match="between 0 and 1"):
            Requirement("found", at_least, "why")


INVENTED = Ceiling("found", 0.05, "A sentence nobody said is believed.")
FEW: dict[str, Any] = {"value": 0.02, "low": 0.01, "high": 0.05, "direction": "lower"}


class TestCeilings:
    def test_an_upper_bound_at_the_limit_meets_it(self) -> None:
        assert shortfalls((INVENTED,), measured(**FEW)) == ()

    def test_an_upper_bound_over_it_does_not_however_good_the_value(self) -> None:
        pack = measured(**FEW | {"value": 0.0, "low": 0.0, "high": 0.0501})
        assert shortfalls((INVENTED,), pack) == (Shortfall(INVENTED, 0.0501),)

    @pytest.mark.parametrize("at_most", [0.0, 0.5, 1.0])
    def test_absent_and_unscored_never_pass_even_where_everything_is_let_through(
        self, at_most: float
    ) -> None:
        asked = Ceiling("found", at_most, "why")
        for estimates in ({}, {"found": {"unscored": "too few sessions"}}):
            assert shortfalls((asked,), read(estimates=estimates)) == (Shortfall(asked, None),)

    def test_a_measure_that_is_better_higher_cannot_meet_a_ceiling(self) -> None:
        assert shortfalls((INVENTED,), measured(value=0.01, low=0.0, high=0.02)) == (
            Shortfall(INVENTED, None),
        )

    def test_a_signed_difference_cannot_pass_by_erring_on_the_other_side(self) -> None:
        pack = measured(**FEW | {"value": -0.4, "low": -0.5, "high": -0.3})
        assert shortfalls((INVENTED,), pack) == (Shortfall(INVENTED, None),)

    def test_another_unit_is_another_number(self) -> None:
        assert shortfalls((INVENTED,), measured(**FEW, unit="per conversation")) == (
            Shortfall(INVENTED, None),
        )
        rate = Ceiling("found", 0.05, "why", unit="per conversation")
        assert shortfalls((rate,), measured(**FEW, unit="per conversation")) == ()

    @pytest.mark.parametrize("at_most", [math.nan, -0.1, 1.1, math.inf])
    def test_a_limit_that_is_no_share_cannot_be_asked_for(self, at_most: float) -> None:
        with pytest.raises(ValueError, match="ceiling"):
            Ceiling("found", at_most, "why")

    def test_a_rate_may_exceed_one_but_not_everything(self) -> None:
        assert Ceiling("found", 1.5, "why", unit="per conversation").threshold == 1.5
        with pytest.raises(ValueError, match="ceiling"):
            Ceiling("found", math.inf, "why", unit="per conversation")


class TestTheFewestUnits:
    @pytest.mark.parametrize("share", [0.5, 0.8, 0.85, 0.9, 0.95, 0.99])
    def test_are_enough_if_all_goes_well_and_one_fewer_is_not(self, share: float) -> None:
        for asked, right, direction in (
            (Requirement("found", share, "why"), True, "higher"),
            (Ceiling("found", 1 - share, "why"), False, "lower"),
        ):
            n = asked.least_n
            assert n is not None
            for units, meets in ((n, True), (n - 1, False)):
                found = proportion(units if right else 0, units, provenance=WHERE, direction=direction)
                end = asked.worse_end(found)
                assert end is not None and asked.is_met(end) == meets

    def test_no_number_of_units_shows_perfection(self) -> None:
        assert Requirement("found", 1.0, "why").least_n is None
        assert Ceiling("found", 0.0, "why").least_n is None
        assert Ceiling("found", 0.0, "why", unit="per conversation").least_n is None

    def test_a_gap_in_points_has_none_because_it_depends_on_how_units_differ(self) -> None:
        assert Ceiling("gap", 2.0, "why", unit="points").least_n is None

    def test_of_a_rate_are_those_of_the_exact_poisson_bound(self) -> None:
        n = Ceiling("found", 0.1, "why", unit="per conversation").least_n
        assert n is not None
        assert math.exp(-0.1 * n) <= 0.025 < math.exp(-0.1 * (n - 1))


def test_what_a_use_asks_keeps_the_words_its_digest_is_made_of() -> None:
    """`Use.digest` is over the repr of its requirements: a changed repr would make every signed pack stale."""
    assert repr(FOUND) == "Requirement(measure='found', at_least=0.7, why='What was said must be found.')"

"""Property: where evidence does not open a gate, weaker evidence of the same method does not either."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from thirdchair.evidence import EvidencePack, Requirement
from thirdchair.measures.estimate import Estimate, Unscored
from thirdchair.policy import Cleared
from thirdchair.policy.clearance import judge_clearance

MEASURES = ("sentences_with_evidence", "risk_affirmed_shown", "risk_status_accuracy")
SHARES = st.floats(min_value=0, max_value=1)
DAYS = ("2026-01-01", "2026-01-02")
few = settings(max_examples=100, deadline=None)


@st.composite
def estimates(draw: st.DrawFn) -> Estimate:
    low, value, high = sorted(draw(st.tuples(SHARES, SHARES, SHARES)))
    return Estimate(
        value=value, low=low, high=high, n=100, clusters=10, unit="share", direction="higher",
        dataset="invented", method="by hand", date="2026-01-01", seed=0, source="none",
    )  # fmt: skip


@st.composite
def packs(draw: st.DrawFn) -> EvidencePack:
    measured = st.dictionaries(st.sampled_from(MEASURES), estimates(), min_size=2)
    return EvidencePack(
        use="summarise_session", method="extractive", method_digest="d" * 64, language="en",
        made_on=draw(st.sampled_from(DAYS)), command="make evidence", estimates=draw(measured),
        digest=f"{draw(st.integers(0, 9)):064}",
    )  # fmt: skip


REQUIREMENTS = st.lists(
    st.builds(Requirement, st.sampled_from(MEASURES), SHARES, st.just("why")), min_size=1, max_size=3
).map(tuple)


def is_open(found: list[EvidencePack], asked: tuple[Requirement, ...]) -> bool:
    judged = judge_clearance(
        found,
        use="summarise_session", method="extractive", method_digest="d" * 64, language="en", requirements=asked,
    )  # fmt: skip
    return isinstance(judged, Cleared)


@st.composite
def weaker(draw: st.DrawFn, pack: EvidencePack) -> EvidencePack:
    """The same pack with one thing about it worse."""
    kept = dict(pack.estimates)
    name = draw(st.sampled_from(sorted(kept)))
    found = kept[name]
    assert isinstance(found, Estimate)
    match draw(st.sampled_from(["absent", "unscored", "lower", "wider", "other way", "not a share"])):
        case "absent":
            del kept[name]
        case "unscored":
            kept[name] = Unscored("too few sessions")
        case "lower":
            by = draw(st.floats(min_value=0, max_value=found.low))
            kept[name] = replace(
                found,
                value=found.low,
                low=found.low - by,
            )
        case "wider":
            kept[name] = replace(found, low=draw(st.floats(min_value=0, max_value=found.low)), high=1.0)
        case "other way":
            kept[name] = replace(found, direction="lower")
        case _:
            kept[name] = replace(found, value=100.0, high=100.0, unit="percent")
    return replace(pack, estimates=kept)


@few
@given(st.data(), packs(), REQUIREMENTS)
def test_making_one_number_worse_opens_nothing(
    data: st.DataObject, pack: EvidencePack, asked: tuple[Requirement, ...]
) -> None:
    if is_open([data.draw(weaker(pack))], asked):
        assert is_open([pack], asked)


@few
@given(st.data(), packs())
def test_evidence_that_just_suffices_stops_sufficing_when_any_of_it_is_lost(
    data: st.DataObject, pack: EvidencePack
) -> None:
    just_met = tuple(
        Requirement(name, found.low, "why")
        for name, found in pack.estimates.items()
        if isinstance(found, Estimate)
    )
    assert is_open([pack], just_met)
    lost = data.draw(st.sampled_from(sorted(pack.estimates)))
    rest = {name: found for name, found in pack.estimates.items() if name != lost}
    assert not is_open([replace(pack, estimates=rest)], just_met)


@few
@given(st.lists(packs(), min_size=1, max_size=3), REQUIREMENTS, st.data())
def test_asking_for_more_opens_nothing(
    found: list[EvidencePack], asked: tuple[Requirement, ...], data: st.DataObject
) -> None:
    stricter = (replace(asked[0], at_least=data.draw(st.floats(asked[0].at_least, 1))), *asked[1:])
    if is_open(found, stricter):
        assert is_open(found, asked)
    if is_open(
        found, (*asked, data.draw(st.builds(Requirement, st.sampled_from(MEASURES), SHARES, st.just("w"))))
    ):
        assert is_open(found, asked)


@few
@given(st.lists(packs(), min_size=1, max_size=3), packs(), REQUIREMENTS)
def test_a_failed_measurement_of_today_closes_what_an_older_one_opened(
    found: list[EvidencePack], failed: EvidencePack, asked: tuple[Requirement, ...]
) -> None:
    today = replace(failed, made_on=max(DAYS), estimates={})
    assert not is_open([*found, today], asked)


@few
@given(st.lists(packs(), min_size=1, max_size=4), REQUIREMENTS, st.data())
def test_the_order_in_which_packs_are_read_decides_nothing(
    found: list[EvidencePack], asked: tuple[Requirement, ...], data: st.DataObject
) -> None:
    assert is_open(data.draw(st.permutations(found)), asked) == is_open(found, asked)

"""Property: where evidence does not open a gate, weaker evidence of the same method does not either."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from thirdchair.evidence import Ceiling, EvidencePack, Required, Requirement
from thirdchair.measures.estimate import Estimate, Unscored
from thirdchair.policy import Adjustment, Cleared, adjusted
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


def is_open(found: list[EvidencePack], asked: tuple[Required, ...]) -> bool:
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
    data: st.DataObject, pack: EvidencePack, asked: tuple[Required, ...]
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
    found: list[EvidencePack], asked: tuple[Required, ...], data: st.DataObject
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
    found: list[EvidencePack], failed: EvidencePack, asked: tuple[Required, ...]
) -> None:
    today = replace(failed, made_on=max(DAYS), estimates={})
    assert not is_open([*found, today], asked)


@few
@given(st.lists(packs(), min_size=1, max_size=4), REQUIREMENTS, st.data())
def test_the_order_in_which_packs_are_read_decides_nothing(
    found: list[EvidencePack], asked: tuple[Required, ...], data: st.DataObject
) -> None:
    assert is_open(data.draw(st.permutations(found)), asked) == is_open(found, asked)


CEILINGS = st.builds(Ceiling, st.sampled_from(MEASURES), SHARES, st.just("why"))


def turned(pack: EvidencePack) -> EvidencePack:
    """The same numbers for measures of which less is better."""
    return replace(
        pack,
        estimates={
            name: replace(found, direction="lower") if isinstance(found, Estimate) else found
            for name, found in pack.estimates.items()
        },
    )


@few
@given(st.data(), packs(), st.lists(CEILINGS, min_size=1, max_size=3).map(tuple))
def test_making_one_number_worse_opens_nothing_that_a_ceiling_shut(
    data: st.DataObject, pack: EvidencePack, asked: tuple[Required, ...]
) -> None:
    pack = turned(pack)
    kept = dict(pack.estimates)
    name = data.draw(st.sampled_from(sorted(kept)))
    found = kept[name]
    assert isinstance(found, Estimate)
    match data.draw(
        st.sampled_from(["absent", "unscored", "higher", "wider", "other way", "signed", "unit"])
    ):
        case "absent":
            del kept[name]
        case "unscored":
            kept[name] = Unscored("too few sessions")
        case "higher":
            kept[name] = replace(found, value=found.high, high=data.draw(st.floats(found.high, 2)))
        case "wider":
            kept[name] = replace(found, low=0.0, high=data.draw(st.floats(found.high, 1)))
        case "other way":
            kept[name] = replace(found, direction="higher")
        case "signed":
            kept[name] = replace(found, low=-1.0, value=-0.5, high=max(-0.5, found.high - 1))
        case _:
            kept[name] = replace(found, unit="per conversation")
    if is_open([replace(pack, estimates=kept)], asked):
        assert is_open([pack], asked)


@few
@given(packs(), CEILINGS, SHARES)
def test_a_lower_ceiling_opens_nothing(pack: EvidencePack, asked: Ceiling, share: float) -> None:
    if is_open([turned(pack)], (replace(asked, at_most=asked.at_most * share),)):
        assert is_open([turned(pack)], (asked,))


PEOPLE = st.lists(st.sampled_from(["lead", "officer", "lead2"]), max_size=3).map(tuple)
ADJUSTMENTS = st.lists(
    st.builds(
        Adjustment,
        st.sampled_from(["summarise_session", "answer_question"]),
        st.sampled_from((*MEASURES, "no measure of ours")),
        st.floats(-0.5, 1.5),
        PEOPLE,
    ),
    max_size=5,
)


@few
@given(packs(), REQUIREMENTS, ADJUSTMENTS)
def test_nobody_alone_makes_room_for_a_method(
    pack: EvidencePack, asked: tuple[Required, ...], changes: list[Adjustment]
) -> None:
    """However many adjustments one person makes, in whatever order, nothing opens that the reviewed thresholds shut."""
    alone = [replace(change, signed_by=("lead",) * len(change.signed_by)) for change in changes]
    changed = adjusted(asked, alone, use="summarise_session")
    assert [one.measure for one in changed] == [one.measure for one in asked]
    if is_open([pack], changed):
        assert is_open([pack], asked)


@few
@given(REQUIREMENTS, ADJUSTMENTS, st.sampled_from(MEASURES), SHARES)
def test_two_people_decide(
    asked: tuple[Required, ...], changes: list[Adjustment], measure: str, threshold: float
) -> None:
    last = Adjustment("summarise_session", measure, threshold, ("lead", "officer"))
    changed = adjusted(asked, [*changes, last], use="summarise_session")
    assert all(one.threshold == threshold for one in changed if one.measure == measure)

"""Published numbers that cannot be true are found; those that can are left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thirdchair.measures.published import (
    Contrast,
    could_be_mean,
    could_sum_to_zero,
    counts_behind,
    shared_false_positives,
)


def test_the_example_of_the_grim_paper() -> None:
    """Brown & Heathers 2017: a mean of 5.19 from 28 whole numbers cannot be."""
    assert not could_be_mean("5.19", n=28)
    assert could_be_mean("5.18", n=28) and could_be_mean("5.21", n=28)
    assert could_be_mean("5.19", n=28, items=4)


@pytest.mark.parametrize("printed", ["75.13", "76.15", "77.69"])
def test_shares_of_39_sessions_by_five_raters_that_cannot_be(printed: str) -> None:
    """Adhikary et al. 2024: no whole number of 39 sessions, nor of 195 ratings, gives these; of 390 one does."""
    assert counts_behind(printed, n=39, scale="percent") == ()
    assert counts_behind(printed, n=195, scale="percent") == ()
    assert len(counts_behind(printed, n=390, scale="percent")) == 1


@given(st.integers(1, 400), st.data(), st.integers(0, 4))
def test_a_true_mean_is_never_accused(n: int, data: st.DataObject, digits: int) -> None:
    total = data.draw(st.integers(0, 7 * n))
    assert could_be_mean(f"{total / n:.{digits}f}", n=n)


@given(st.data())
def test_true_rates_of_one_reader_are_never_accused(data: st.DataObject) -> None:
    negatives, false = 200, data.draw(st.integers(0, 200))
    contrasts: list[Contrast] = []
    for positives in (140, 120):
        true = data.draw(st.integers(1, positives))
        contrasts.append(
            Contrast(
                positives,
                f"{true / positives:.2f}",
                f"{true / (true + false):.2f}",
                f"{(negatives - false) / negatives:.2f}",
            )
        )
    assert false in shared_false_positives(contrasts, negatives=negatives)


def test_two_contrasts_that_share_their_controls_must_agree_on_the_false_alarms() -> None:
    """The figures recalled of Lee et al. 2024: complaint alone agrees, with the history added it cannot."""
    alone = [Contrast(140, "0.62", "0.60"), Contrast(120, "0.46", "0.48")]
    with_history = [Contrast(140, "0.59", "0.54"), Contrast(120, "0.74", "0.48")]
    assert shared_false_positives(alone, negatives=200) == {59}
    assert shared_false_positives(with_history, negatives=200) == frozenset()
    assert shared_false_positives([Contrast(140, "0.81", "0.54"), with_history[1]], negatives=200)


def test_a_rate_of_nothing_is_none() -> None:
    assert 0 not in shared_false_positives([Contrast(10, "0.0", "0.5")], negatives=5)


@given(st.lists(st.floats(-3, 3), min_size=2, max_size=19), st.integers(1, 3))
def test_centred_values_are_never_accused(raw: list[float], digits: int) -> None:
    mean = sum(raw) / len(raw)
    assert could_sum_to_zero([f"{value - mean:.{digits}f}" for value in raw])


def test_values_that_were_not_centred_are_found() -> None:
    assert not could_sum_to_zero(["0.53", "-0.20", "0.10"])


@pytest.mark.parametrize("printed", ["", "high", "nan", "1,5", "inf"])
def test_what_is_no_number_is_an_error(printed: str) -> None:
    with pytest.raises(ValueError, match="digits"):
        could_be_mean(printed, n=10)


def test_nothing_has_no_mean() -> None:
    with pytest.raises(ValueError, match="something to average"):
        could_be_mean("1.0", n=0)

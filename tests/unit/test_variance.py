"""Where variance comes from, and what is said when there is none."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from thirdchair.measures.estimate import Estimate, Provenance, Unscored
from thirdchair.measures.variance import variance_shares

HERE = Provenance("example", "by hand", "2025-01-01", 7, "a textbook")


def planted(
    item: float, prompt: float, both: float, repeat: float, shape: tuple[int, int, int] = (60, 6, 4)
) -> Any:
    """Scores whose variances are known."""
    rng = np.random.default_rng(5)
    items, prompts, repeats = shape
    return (
        rng.normal(0, item**0.5, (items, 1, 1))
        + rng.normal(0, prompt**0.5, (1, prompts, 1))
        + rng.normal(0, both**0.5, (items, prompts, 1))
        + rng.normal(0, repeat**0.5, (items, prompts, repeats))
    )


def value(found: Estimate | Unscored) -> float:
    assert isinstance(found, Estimate)
    assert 0 <= found.low <= found.value <= found.high <= 1
    return found.value


def test_the_components_are_those_of_a_worked_table() -> None:
    """5 items by 2 prompts by 2 repeats, with mean squares by hand."""
    levels = np.array([0.0, 1.0, 2.0, 3.0, 4.0])
    table = levels[:, None, None] + np.array([0.0, 1.0])[None, :, None] + np.array([0.0, 1.0])[None, None, :]
    found = variance_shares(table, provenance=HERE)
    # MS item = 4 * 2.5 = 10, MS prompt = 10 * 0.5 = 5, MS both = 0, MS repeat = 0.5
    item, prompt, repeat = 10 / 4, 5 / 10, 0.5
    total = item + prompt + repeat
    assert value(found.item) == pytest.approx(item / total)
    assert value(found.prompt) == pytest.approx(prompt / total)
    assert value(found.interaction) == 0
    assert value(found.repeat) == pytest.approx(repeat / total)
    assert value(found.reliability_of_mean) == pytest.approx(item / (item + prompt / 2 + repeat / 4))


def test_planted_shares_are_found_and_add_up() -> None:
    found = variance_shares(planted(0.5, 0.1, 0.2, 0.2), provenance=HERE)
    parts = [value(one) for one in (found.item, found.prompt, found.interaction, found.repeat)]
    assert sum(parts) == pytest.approx(1)
    for part, truth in zip((found.item, found.interaction, found.repeat), (0.5, 0.2, 0.2), strict=True):
        assert isinstance(part, Estimate)
        assert part.low < truth < part.high
    assert value(found.reliability_of_mean) > value(found.reliability_of_one)


def test_two_prompts_leave_the_prompts_part_wide_open() -> None:
    few = variance_shares(planted(0.5, 0.1, 0.2, 0.2, (60, 2, 4)), provenance=HERE).prompt
    assert isinstance(few, Estimate)
    assert few.high - few.low > 0.3


def test_where_nothing_varies_reliability_is_unscored_and_not_nan() -> None:
    found = variance_shares(np.full((30, 3, 2), 4.0), provenance=HERE)
    assert all(isinstance(one, Unscored) and "no answer varied" in one.reason for one in _parts(found))


def test_at_temperature_zero_repeats_bound_nothing_and_the_rest_stands() -> None:
    table = np.repeat(planted(0.5, 0.1, 0.2, 0.0, (60, 6, 1)), 3, axis=2)
    found = variance_shares(table, provenance=HERE)
    assert isinstance(found.repeat, Unscored)
    assert value(found.item) > 0.3


def test_a_missing_answer_is_counted_and_never_left_out() -> None:
    table = planted(1, 1, 1, 1)
    table[3, 2, 1] = np.nan
    found = variance_shares(table, provenance=HERE)
    assert all(isinstance(one, Unscored) and one.reason.startswith("1 of 1440") for one in _parts(found))


@pytest.mark.parametrize("shape", [(4, 3, 3), (30, 1, 3), (30, 3, 1)])
def test_too_few_of_anything_is_unscored(shape: tuple[int, int, int]) -> None:
    found = variance_shares(planted(1, 1, 1, 1, shape), provenance=HERE)
    assert all(isinstance(one, Unscored) for one in _parts(found))


def test_answers_have_three_dimensions() -> None:
    with pytest.raises(ValueError, match="items by prompts by repeats"):
        variance_shares(np.ones((3, 3)), provenance=HERE)


def test_the_same_seed_gives_the_same_digits() -> None:
    one, other = (variance_shares(planted(1, 1, 1, 1), provenance=HERE) for _ in range(2))
    assert one == other


def _parts(found: Any) -> list[Any]:
    return [getattr(found, name) for name in found.__slots__]

"""What a summary leaves out or makes up is counted, and what nobody judged counts as the worst it could be."""

from __future__ import annotations

import pytest

from thirdchair.measures.estimate import Estimate, Provenance, Unscored
from thirdchair.measures.summaries import (
    ChecklistItem,
    JudgedSentence,
    Overlap,
    attribution_flips,
    checklist_coverage,
    component_leakage,
    component_table,
    pertinent_negative_recall,
    risk_omission,
    rouge_l,
    rouge_lsum,
    rouge_n,
    unsupported_share,
)

HERE = Provenance("simulated", "by hand", "2026-11-30", 0, "as the test says")


def scored(found: Estimate | Unscored) -> Estimate:
    assert isinstance(found, Estimate), found
    return found


def checklist(covered: list[bool | None], kind: str = "risk") -> list[ChecklistItem]:
    return [ChecklistItem(session, kind, said) for session, said in enumerate(covered)]


def test_a_summary_that_leaves_danger_out_is_told_from_one_that_leaves_detail_out() -> None:
    items = checklist([True] * 18 + [False] * 2) + checklist([False] * 20, "fact")
    assert scored(risk_omission(items, provenance=HERE)).value == 0.1
    assert scored(checklist_coverage(items, provenance=HERE)).value == 0.45
    assert pertinent_negative_recall(items, provenance=HERE) == Unscored("nothing to count")
    denied = scored(
        pertinent_negative_recall(checklist([True, False] * 10, "pertinent negative"), provenance=HERE)
    )
    assert (denied.value, denied.direction) == (0.5, "higher")


def test_omissions_that_nobody_judged_count_as_omitted_where_it_matters() -> None:
    judged = scored(risk_omission(checklist([True] * 40), provenance=HERE))
    unjudged = scored(risk_omission(checklist([True] * 30 + [None] * 10), provenance=HERE))
    assert judged.value == unjudged.value == 0
    assert judged.worse_end < 0.1
    assert unjudged.worse_end > 0.25
    assert risk_omission(checklist([None] * 9), provenance=HERE) == Unscored("nothing to count")


def test_items_of_one_session_are_one_session() -> None:
    items = [ChecklistItem(n // 10, "fact", n // 10 < 6) for n in range(80)]
    found = scored(checklist_coverage(items, provenance=HERE))
    assert (found.n, found.clusters) == (80, 8)
    assert found.high - found.low > 0.5


SENTENCES = [
    JudgedSentence(
        n,
        n % 5 != 0,
        "history",
        "plan" if n % 4 == 0 else "history",
        "patient",
        "mother" if n == 1 else "patient",
    )
    for n in range(20)
]


def test_sentences_in_the_wrong_place_or_mouth_are_counted() -> None:
    assert scored(unsupported_share(SENTENCES, provenance=HERE)).value == 0.2
    assert scored(component_leakage(SENTENCES, provenance=HERE)).value == 0.25
    assert scored(attribution_flips(SENTENCES, provenance=HERE)).value == 0.05
    assert component_table(SENTENCES) == {("history", "plan"): 5, ("history", "history"): 15}
    for measure in (unsupported_share, component_leakage, attribution_flips):
        assert scored(measure(SENTENCES, provenance=HERE)).direction == "lower"


def test_a_judge_that_failed_leaves_nothing_proved() -> None:
    unjudged = [JudgedSentence(n, None, "plan", None, "patient", None) for n in range(20)]
    for measure in (unsupported_share, component_leakage, attribution_flips):
        assert measure(unjudged, provenance=HERE) == Unscored("nothing to count")
        half = scored(measure([*SENTENCES, *unjudged], provenance=HERE))
        assert half.worse_end > 0.5
    nobody = [JudgedSentence(n, True, "plan", "plan") for n in range(20)]
    assert attribution_flips(nobody, provenance=HERE) == Unscored("nothing to count")


def test_overlap_cannot_see_a_denial_turned_into_a_danger() -> None:
    """Why ROUGE is never a headline: one word changes who is in danger, and the figure hardly moves."""
    reference = "She denies any plan to end her life and has no means at home."
    turned = "She has a plan to end her life and has means at home."
    assert rouge_n(reference, turned, 1).f1 > 0.75
    assert rouge_l(reference, turned).f1 > 0.75


def test_nothing_shares_nothing() -> None:
    assert rouge_n("", "", 1) == rouge_l("", "") == rouge_lsum("", "") == Overlap(0, 0)
    assert Overlap(0, 0).f1 == 0
    assert rouge_n("睡不好", "睡不好", 1).f1 == 0
    with pytest.raises(ValueError, match="at least one word"):
        rouge_n("a", "a", 0)

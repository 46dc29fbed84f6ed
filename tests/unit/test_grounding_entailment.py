"""Grounding of any text against any source: what it marks, what it lets pass, and how it fails."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

import pytest
from benchmarks.safeguards.grounding import _correlations
from benchmarks.train_grounding import read_pairs
from hypothesis import given, settings
from hypothesis import strategies as st

from thirdchair.errors import SafeguardUnavailable
from thirdchair.measures.estimate import Estimate, Unscored
from thirdchair.safeguards import entailment_model
from thirdchair.safeguards.entailment import LONGEST_CLAIM, Reason, support
from thirdchair.safeguards.entailment_doubt import doubts
from thirdchair.safeguards.entailment_features import FEATURES, compare
from thirdchair.safeguards.entailment_rates import rates
from thirdchair.safeguards.entailment_source import read_source
from thirdchair.safeguards.entailment_summary import hallucination, omission

SESSION = """Nurse: How are you sleeping, Rosa?
Rosa: Badly, about four hours. I take twenty milligrams of citalopram every morning.
Nurse: Do you have any thoughts of ending your life?
Rosa: No, I don't.
Nurse: And the pain?
Rosa: My left knee hurts. It might be arthritis, the doctor isn't sure.
Rosa: My sister drives me to the clinic twice a week."""

CHINESE = """护士：睡得怎么样？
小兰：不好，一晚四个小时。每天早上吃二十毫克西酞普兰。
护士：有没有想过自杀？
小兰：没有。
小兰：左膝疼，医生说可能是关节炎。姐姐每周送我来两次。"""


@pytest.mark.parametrize(
    "claim",
    [
        "Rosa sleeps badly, about four hours.",
        "Rosa takes citalopram 20 mg every morning.",
        "Rosa denies thoughts of ending her life.",
        "Her left knee hurts.",
        "Her sister drives her to the clinic twice a week.",
    ],
)
def test_what_was_said_is_supported(claim: str) -> None:
    found = support(SESSION, claim)
    assert found.supported
    assert found.reasons == ()


@pytest.mark.parametrize(
    ("claim", "reason"),
    [
        ("Rosa takes citalopram 40 mg every morning.", Reason.NUMBER),
        ("Rosa sleeps about nine hours.", Reason.NUMBER),
        ("Rosa denies thoughts of harming other people.", Reason.NOT_ASKED),
        ("Rosa denies using drugs.", Reason.NOT_ASKED),
        ("Her right knee hurts.", Reason.OPPOSITE),
        ("Her sister drives her to the clinic twice a month.", Reason.FREQUENCY),
        ("Her mother drives her to the clinic twice a week.", Reason.SPEAKER),
    ],
)
def test_a_planted_error_is_marked_with_its_reason(claim: str, reason: Reason) -> None:
    found = support(SESSION, claim)
    assert not found.supported
    assert reason in found.reasons


@pytest.mark.parametrize("claim", ["小兰每天早上服西酞普兰20毫克。", "小兰否认想过自杀。", "小兰左膝疼。"])
def test_what_was_said_in_chinese_is_supported(claim: str) -> None:
    assert support(CHINESE, claim).supported


@pytest.mark.parametrize(
    ("claim", "reason"),
    [
        ("小兰每天早上服西酞普兰40毫克。", Reason.NUMBER),
        ("小兰否认伤害他人的想法。", Reason.NOT_ASKED),
        ("小兰右膝疼。", Reason.OPPOSITE),
        ("妈妈每周送她来两次。", Reason.SPEAKER),
    ],
)
def test_a_planted_error_in_chinese_is_marked_with_its_reason(claim: str, reason: Reason) -> None:
    found = support(CHINESE, claim)
    assert not found.supported
    assert reason in found.reasons


PLAINLY = """Nurse: How is it at home, Mara?
Mara: He hits me when he has been drinking. I can't get off to sleep.
Nurse: Would you see the support worker?
Mara: Let me think about it. I stopped the lithium in May.
Nurse: Do you hear voices?
Mara: Not any more."""

PLAINLY_IN_CHINESE = """护士：家里怎么样，小梅？
小梅：他喝了酒就打我，我躺下去睡不着。
护士：要不要见社工？
小梅：让我想想。五月份碳酸锂停了。
护士：还听到声音吗？
小梅：已经没有了。"""


@pytest.mark.parametrize(
    ("source", "claim"),
    [
        (PLAINLY, "Discloses physical violence by her partner."),
        (PLAINLY, "Reports initial insomnia."),
        (PLAINLY, "Auditory hallucinations have resolved."),
        (PLAINLY, "She discontinued lithium in May."),
        (PLAINLY_IN_CHINESE, "入睡困难。"),
        (PLAINLY_IN_CHINESE, "患者透露遭丈夫身体暴力。"),
    ],
)
def test_a_clinicians_words_are_borne_out_by_plain_ones(source: str, claim: str) -> None:
    assert support(source, claim).supported


@pytest.mark.parametrize(
    ("claim", "reason"),
    [
        ("Mara has agreed to see the support worker.", Reason.CERTAINTY),
        ("Mara still hears voices.", Reason.NEGATION),
        ("Mara was prescribed donepezil.", Reason.NAME),
    ],
)
def test_what_goes_beyond_plain_words_is_marked_with_its_reason(claim: str, reason: Reason) -> None:
    found = support(PLAINLY, claim)
    assert not found.supported
    assert reason in found.reasons


def test_plain_words_are_not_borne_out_by_a_clinical_term() -> None:
    source = read_source("She takes an antidepressant.")
    assert compare(source, "She takes fluoxetine.")["drug_unsaid"] == 1
    assert compare(read_source("She takes fluoxetine."), "She takes an antidepressant.")["term_said"] > 0


def test_of_several_sentences_the_least_supported_decides() -> None:
    both = support(SESSION, "Her left knee hurts. Rosa takes citalopram 40 mg every morning.")
    assert both == support(SESSION, "Rosa takes citalopram 40 mg every morning.")


def test_nobody_denied_what_nobody_asked_whatever_else_the_sentence_says() -> None:
    true = "Rosa sleeps badly, about four hours, and takes citalopram 20 mg every morning"
    assert not support(SESSION, f"Rosa denies using drugs; {true}.").supported


@pytest.mark.parametrize(
    ("source", "claim", "reason"),
    [
        ("", "She sleeps.", Reason.NO_SOURCE),
        (SESSION, " … ", Reason.NO_CLAIM),
        (SESSION, "she sleeps " * LONGEST_CLAIM, Reason.TOO_LONG),
    ],
)
def test_what_cannot_be_judged_is_not_supported(source: str, claim: str, reason: Reason) -> None:
    found = support(source, claim)
    assert (found.supported, found.p_supported, found.reasons) == (False, 0.0, (reason,))


class Scripted:
    """A judge that says what it was told to and remembers what it was asked."""

    def __init__(self, opinion: float) -> None:
        self.opinion = opinion
        self.asked: list[str] = []

    def p_supported(self, source: str, claim: str) -> float:
        self.asked.append(claim)
        return self.opinion


def test_a_judge_may_lower_support() -> None:
    found = support(SESSION, "Her left knee hurts.", judge=Scripted(0.01))
    assert (found.supported, found.p_supported, found.reasons) == (False, 0.01, (Reason.JUDGE,))


def test_a_judge_may_never_raise_support() -> None:
    for claim in ("Her right knee hurts.", "Her left knee hurts."):
        alone = support(SESSION, claim)
        assert support(SESSION, claim, judge=Scripted(1.0)) == alone


def test_a_judge_is_not_asked_about_what_fails_without_it() -> None:
    judge = Scripted(1.0)
    support(SESSION, "Her right knee hurts.", judge=judge)
    assert judge.asked == []


@pytest.mark.parametrize("opinion", [float("nan"), -0.1, 1.5])
def test_a_judge_that_gives_no_probability_stops_the_work(opinion: float) -> None:
    with pytest.raises(SafeguardUnavailable) as raised:
        support(SESSION, "Her left knee hurts.", judge=Scripted(opinion))
    assert "knee" not in str(raised.value)


class _NoFiles:
    def __truediv__(self, name: str) -> _NoFiles:
        return self

    def read_text(self, encoding: str) -> str:
        raise OSError


def test_without_its_weights_it_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    entailment_model.model.cache_clear()
    monkeypatch.setattr(entailment_model, "files", lambda package: _NoFiles())
    with pytest.raises(SafeguardUnavailable):
        support(SESSION, "Her left knee hurts.")
    monkeypatch.undo()
    entailment_model.model.cache_clear()


class TestTheWeights:
    speak_for: ClassVar = {
        "coverage",
        "coverage_near",
        "coverage_centre",
        "pairs",
        "meaning_near",
        "hedged_here",
        "stance_alike",
        "term_said",
        "coverage_near_han",
        "pairs_han",
        "term_said_han",
    }

    def test_no_difference_speaks_for_a_claim_and_no_likeness_against_it(self) -> None:
        for name, weight in zip(FEATURES, entailment_model.model().weights, strict=True):
            if name != "chinese":
                assert weight >= 0 if name in self.speak_for else weight <= 0, name

    def test_they_were_made_for_these_features(self) -> None:
        assert len(entailment_model.model().weights) == len(FEATURES)


@given(st.text(max_size=300), st.text(max_size=80))
@settings(max_examples=60, deadline=None)
def test_any_text_is_judged_and_always_alike(source: str, claim: str) -> None:
    found = support(source, claim)
    assert 0.0 <= found.p_supported <= 1.0
    assert found.supported is (found.reasons == ())
    assert support(source, claim) == found


@pytest.mark.parametrize(
    "text", ["\ud800", "\u200b" * 50, "\u202eabc", "a" * 20_000, "。" * 20_000, "不" * 20_000]
)
def test_odd_text_is_no_obstacle(text: str) -> None:
    assert not support(text, "Rosa takes citalopram 40 mg.").supported
    assert 0.0 <= support(SESSION, text).p_supported <= 1.0


def test_a_long_source_is_searched_for_the_passage() -> None:
    chatter = "Rosa: And then we talked about the garden and the weather for a while.\n" * 800
    assert support(chatter + SESSION + "\n" + chatter, "Rosa takes citalopram 20 mg every morning.").supported
    assert not support(chatter + SESSION, "Rosa takes citalopram 40 mg every morning.").supported


@pytest.mark.parametrize(
    ("text", "rate"),
    [("three times daily", 3.0), ("every two weeks", 1 / 14), ("每周两次", 2 / 7), ("twenty a day", 20.0)],
)
def test_how_often_is_brought_to_one_scale(text: str, rate: float) -> None:
    assert any(abs(found - rate) < 0.01 for found in rates(text))


def test_a_question_is_read_by_its_answer() -> None:
    source = read_source("Nurse: Do you smoke?\nRosa: No.")
    assert compare(source, "Rosa smokes.")["negation_centre"] > 0
    assert compare(source, "Rosa does not smoke.")["negation_centre"] == 0


@pytest.mark.parametrize(
    ("source", "claim", "feature"),
    [
        ("Nurse: Any change?\nRosa: The tremor is less.", "The tremor is more.", "direction_turned"),
        ("医生：声音怎么样？\n小兰：声音减少了。", "声音增加了。", "direction_turned"),
        ("She did not like the clinic.", "She liked the clinic.", "worth_turned"),
        ("Some people feel sick on it.", "Everyone feels sick on it.", "all_for_some"),
        ("He might move to Leeds.", "He lives in Leeds.", "hedge_lost"),
        (
            "Nurse: Would you see the dietitian?\nRosa: Yes please.",
            "She declined the dietitian.",
            "consent_turned",
        ),
        ("Rosa: My mother cried at the clinic.\nNurse: Oh.", "Rosa cried at the clinic.", "doer_differs"),
        ("She was low last winter.", "She was low last summer.", "date_differs"),
        ("医生：何时？\n小兰：星期一抽血。", "星期五抽血。", "date_differs"),
        ("Her brother visited twice.", "Her brother visited once.", "times_differ"),
        ("She sleeps badly.", "She was evicted.", "event_unsaid"),
        ("她睡得不好。", "她被拘留。", "event_unsaid"),
        ("She takes sertraline.", "She takes lithium.", "drug_unsaid"),
    ],
)
def test_what_is_turned_round_or_made_up_is_seen_and_the_truth_is_not(
    source: str, claim: str, feature: str
) -> None:
    read = read_source(source)
    assert compare(read, claim)[feature] > 0
    said = read.units[-1].text if read.units[-1].text not in {"Oh.", "Yes please."} else read.units[0].text
    assert compare(read, said)[feature] == 0


def test_medicines_are_the_same_by_class_and_however_a_dose_is_spoken() -> None:
    assert (
        compare(read_source("小兰：晚上吃氯氮平三百五。"), "小兰晚上服氯氮平350毫克。")["number_missing"] == 0
    )
    assert compare(read_source("小兰：吃碳酸锂。"), "服用锂盐。")["drug_unsaid"] == 0


class TestSummaries:
    def test_an_inserted_fact_raises_the_hallucination_score(self) -> None:
        clean = "Rosa sleeps badly. Her left knee hurts."
        assert hallucination(SESSION, clean) < hallucination(SESSION, clean + " She had surgery in Lisbon.")

    def test_a_dropped_fact_raises_the_omission_score(self) -> None:
        whole = "Sleeps badly, four hours. Citalopram 20 mg. Left knee pain."
        assert omission(SESSION, whole) < omission(SESSION, "Sleeps badly.")
        assert omission(whole, "Sleeps badly, four hours.") > omission(whole, whole) == 0.0

    @pytest.mark.parametrize(
        ("source", "summary"), [("", ""), ("", "Sleeps."), ("Sleeps.", ""), ("\ud800", "\ud800")]
    )
    def test_empty_and_odd_texts_have_a_score(self, source: str, summary: str) -> None:
        assert 0.0 <= hallucination(source, summary) <= 1.0
        assert 0.0 <= omission(source, summary) <= 1.0

    def test_a_note_is_read_where_it_concludes(self) -> None:
        scores = doubts(
            ["A 40-year-old has a cough.", "He was prescribed amoxicillin.", "He lives in a flat."]
        )
        assert scores.index(max(scores)) == 1
        assert doubts([]) == ()


class TestTheCommittedPairs:
    """Floors well under what `make quality` prints, so that a regression fails and chance does not."""

    @pytest.mark.parametrize("name", ["planted_en", "planted_zh", "sealed_en", "sealed_zh"])
    def test_planted_errors_are_found_and_close_retellings_pass(self, name: str) -> None:
        pairs = read_pairs(f"grounding_{name}.jsonl")
        marked = {pair: not support(pair.source, pair.claim).supported for pair in pairs}
        planted = [marked[pair] for pair in pairs if not pair.supported]
        close = [marked[pair] for pair in pairs if pair.kind == "close"]
        assert sum(planted) / len(planted) >= 0.65
        assert sum(close) / len(close) <= 0.12

    def test_no_source_stands_in_both_halves(self) -> None:
        for tongue in ("en", "zh"):
            halves = [
                {pair.source for pair in read_pairs(f"grounding_{half}_{tongue}.jsonl")}
                for half in ("planted", "sealed")
            ]
            assert halves[0].isdisjoint(halves[1])

    def test_the_files_hold_as_many_pairs_as_promised(self) -> None:
        folder = Path("benchmarks/data/safeguards")
        assert folder.is_dir()
        for tongue, promised in (("en", 450), ("zh", 200)):
            pairs = read_pairs(f"grounding_planted_{tongue}.jsonl") + read_pairs(
                f"grounding_sealed_{tongue}.jsonl"
            )
            assert sum(not pair.supported for pair in pairs) >= promised


@pytest.mark.parametrize("together", [True, False])
def test_peoples_counts_are_correlated_where_a_folder_holds_them(tmp_path: Path, together: bool) -> None:
    folder = tmp_path / "mts_dialog"
    folder.mkdir()
    facts = ["sleeps badly", "takes sertraline", "left knee hurts", "lives with a cat"]
    texts = ["Dialogue,Reference Summary,Automatic Summary"]
    counts = ["HallucinationRate,OmissionRate"]
    for place in range(12):
        kept = facts[: 1 + place % 4]
        texts.append(f"{'. '.join(facts)},{'. '.join(facts)},{'. '.join(kept)}")
        counts.append(f"{0.1 * (place % 2)},{1 - len(kept) / 4}")
    if together:
        lines = [f"{text},{count}" for text, count in zip(texts, counts, strict=True)]
        (folder / "both.csv").write_text("\n".join(lines), encoding="utf-8")
    else:
        (folder / "summaries.csv").write_text("\n".join(texts), encoding="utf-8")
        (folder / "counts.csv").write_text("\n".join(counts), encoding="utf-8")
    omissions = [figure for figure in _correlations(tmp_path) if "omission" in figure.name]
    assert len(omissions) == 2
    assert all(isinstance(figure.value, Estimate) and figure.value.value > 0.9 for figure in omissions)


def test_without_the_counts_the_correlation_says_why(tmp_path: Path) -> None:
    (tmp_path / "mts_dialog").mkdir()
    assert all(isinstance(figure.value, Unscored) for figure in _correlations(tmp_path))

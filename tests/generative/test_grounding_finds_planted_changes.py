"""Property: a true claim stands, and every planted change of it is found."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from thirdchair.records import SpeakerRole, Utterance
from thirdchair.safeguards.grounding import ground

MEDICINES = [
    "sertraline",
    "quetiapine",
    "lamotrigine",
    "mirtazapine",
    "zolpidem",
    "lorazepam",
    "propranolol",
    "melatonin",
]
CHINESE_MEDICINES = ["舍曲林", "喹硫平", "拉莫三嗪", "米氮平", "氟西汀"]
TROUBLES = [
    "nightmares about the crash",
    "headaches at work",
    "cravings for tobacco",
    "quarrels with my landlord",
]
CHINESE_TROUBLES = ["经常做噩梦", "总是头痛", "跟房东吵架", "上班紧张出汗"]
WORDS = {
    5: "five",
    10: "ten",
    20: "twenty",
    25: "twenty-five",
    50: "fifty",
    75: "seventy-five",
    150: "a hundred and fifty",
}
HAN = {5: "五", 10: "十", 20: "二十", 25: "二十五", 50: "五十", 75: "七十五", 150: "一百五十"}


@dataclass(frozen=True)
class Told:
    """What one patient said: a medicine, its dose, how long, a trouble they have and one they do not."""

    medicine: str
    dose: int
    weeks: int
    trouble: str
    no_trouble: str

    def spoken(self) -> list[Utterance]:
        return [
            Utterance(
                "u1",
                "Ann",
                SpeakerRole.PATIENT,
                f"I take {WORDS[self.dose]} milligrams of {self.medicine} twice a day for {self.weeks} weeks. I have {self.trouble}.",
            ),
            Utterance("u2", "Nurse", SpeakerRole.CLINICIAN, f"Do you have {self.no_trouble}?"),
            Utterance("u3", "Ann", SpeakerRole.PATIENT, "No, I don't."),
        ]

    def spoken_in_chinese(self) -> list[Utterance]:
        return [
            Utterance(
                "u1",
                "患者",
                SpeakerRole.PATIENT,
                f"我每天吃{HAN[self.dose]}毫克的{self.medicine}，{self.trouble}。",
            )
        ]


def told(medicines: list[str], troubles: list[str]) -> st.SearchStrategy[Told]:
    return st.permutations(troubles).flatmap(
        lambda order: st.builds(
            Told,
            st.sampled_from(medicines),
            st.sampled_from(list(WORDS)),
            st.integers(3, 12),
            st.just(order[0]),
            st.just(order[1]),
        )
    )


ENGLISH = told(MEDICINES, TROUBLES)
CHINESE = told(CHINESE_MEDICINES, CHINESE_TROUBLES)
steady = settings(max_examples=60, deadline=None)


def other(now: object, choices: list[object]) -> object:
    return choices[(choices.index(now) + 1) % len(choices)]


@steady
@given(ENGLISH)
def test_true_claims_stand(fact: Told) -> None:
    for claim in (
        f"The patient takes {fact.dose} mg of {fact.medicine} twice a day.",
        f"The patient has taken {fact.medicine} for {fact.weeks} weeks.",
        f"The patient reports {fact.trouble}.",
        f"The patient denies {fact.no_trouble}.",
    ):
        assert ground(claim, fact.spoken()).supported, claim


@steady
@given(ENGLISH)
def test_a_changed_number_is_found(fact: Told) -> None:
    dose, weeks = other(fact.dose, list(WORDS)), fact.weeks + 1
    assert (
        "number"
        in ground(f"The patient takes {dose} mg of {fact.medicine} twice a day.", fact.spoken()).reasons
    )
    assert (
        "number" in ground(f"The patient has taken {fact.medicine} for {weeks} weeks.", fact.spoken()).reasons
    )
    assert "number" in ground(f"Takes {fact.dose} mg of {fact.medicine} twice a week.", fact.spoken()).reasons


@steady
@given(ENGLISH)
def test_a_changed_medicine_is_found(fact: Told) -> None:
    claim = f"The patient takes {fact.dose} mg of {other(fact.medicine, list(MEDICINES))} twice a day."
    assert "content" in ground(claim, fact.spoken()).reasons


@steady
@given(ENGLISH)
def test_a_flipped_negation_is_found(fact: Told) -> None:
    assert "negation" in ground(f"The patient denies {fact.trouble}.", fact.spoken()).reasons
    assert "negation" in ground(f"The patient reports {fact.no_trouble}.", fact.spoken()).reasons


@steady
@given(ENGLISH, st.sampled_from(["clinician", "nurse", "patient's mother"]))
def test_a_changed_speaker_is_found(fact: Told, speaker: str) -> None:
    assert "speaker" in ground(f"The {speaker} reports {fact.trouble}.", fact.spoken()).reasons


@steady
@given(
    ENGLISH,
    st.sampled_from(
        [
            "and gambled away her savings",
            "and lost custody of two children",
            "and heard voices through the radiator",
        ]
    ),
)
def test_an_added_fact_is_found(fact: Told, invention: str) -> None:
    claim = f"The patient reports {fact.trouble} {invention}."
    assert not ground(claim, fact.spoken()).supported


@steady
@given(CHINESE)
def test_chinese_claims_stand_and_changes_are_found(fact: Told) -> None:
    said = fact.spoken_in_chinese()
    dose, medicine = other(fact.dose, list(WORDS)), other(fact.medicine, list(CHINESE_MEDICINES))
    assert ground(f"来访者表示每天吃{fact.dose}毫克{fact.medicine}。", said).supported
    assert ground(f"来访者表示{fact.trouble}。", said).supported
    assert "number" in ground(f"来访者表示每天吃{dose}毫克{fact.medicine}。", said).reasons
    assert "content" in ground(f"来访者表示每天吃{fact.dose}毫克{medicine}。", said).reasons
    assert "negation" in ground(f"来访者否认{fact.trouble}。", said).reasons
    assert "speaker" in ground(f"咨询师表示{fact.trouble}。", said).reasons
    assert "content" in ground(f"来访者表示{fact.trouble}，去年离婚破产。", said).reasons

"""Property: a true claim stands, and every planted change of it is found."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from thirdchair.gateway import summarise_file
from thirdchair.readers import read_transcript
from thirdchair.records import Language, SpeakerRole, Utterance
from thirdchair.safeguards.grounding import ground
from thirdchair_web.demo import load_sessions
from thirdchair_web.demo.transcripts import as_vtt

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


@dataclass(frozen=True)
class Quoting:
    """A sentence of a draft of one of the clinic's sessions: it only quotes. With all that was said there."""

    text: str
    cited: tuple[Utterance, ...]
    session: tuple[Utterance, ...]

    @property
    def quotes(self) -> list[str]:
        return re.findall("“([^“”]*)”", self.text)


@cache
def quoting_sentences(language: Language) -> list[Quoting]:
    found: list[Quoting] = []
    for session in load_sessions():
        transcript = read_transcript(as_vtt(session).encode(), filename="session.vtt")
        if transcript.language is language:
            found += [
                Quoting(
                    sentence.text,
                    tuple(transcript.utterance(one) for one in sentence.evidence),
                    transcript.utterances,
                )
                for sentence in summarise_file(transcript).sentences
            ]
    return found


def quoting(kept: Callable[[Quoting], bool] = lambda sentence: True) -> st.SearchStrategy[Quoting]:
    """The sentences of both languages that hold what a test changes, each language as often as the other."""
    return st.deferred(
        lambda: st.sampled_from(list(Language)).flatmap(
            lambda one: st.sampled_from([s for s in quoting_sentences(one) if kept(s)])
        )
    )


def has_three_words(sentence: Quoting) -> bool:
    return any(len(words_of(quote)) > 2 for quote in sentence.quotes)


def quotes_a_question(sentence: Quoting) -> bool:
    return re.search("when asked[^“:]*“|被问到[^“：]*“", sentence.text) is not None


def names_a_role(sentence: Quoting) -> bool:
    return sentence.text.startswith(tuple(OTHER_MOUTH))


def words_of(quote: str) -> list[str]:
    return re.findall(r"[㐀-鿿]|[^\s㐀-鿿]+\s*", quote)


OTHER_MOUTH = {
    "The patient": "The clinician",
    "The clinician": "The patient",
    "The companion": "The patient",
    "来访者": "临床工作者",
    "临床工作者": "来访者",
    "陪同者": "来访者",
}
often = settings(max_examples=100, deadline=None)


def is_said(words: str, utterances: tuple[Utterance, ...]) -> bool:
    def letters(text: str) -> str:
        return re.sub(r"\W+", " ", text.casefold()).strip()

    return any(letters(words) in letters(utterance.text) for utterance in utterances)


@often
@given(quoting(has_three_words), st.data())
def test_a_word_left_out_of_a_quotation_is_found(sentence: Quoting, data: st.DataObject) -> None:
    quote = data.draw(st.sampled_from([q for q in sentence.quotes if len(words_of(q)) > 2]))
    words = words_of(quote)
    left_out = data.draw(st.integers(1, len(words) - 2))
    changed = "".join(words[:left_out] + words[left_out + 1 :])
    assume(not is_said(changed, sentence.cited))
    assert ground(sentence.text, sentence.cited).supported
    assert "content" in ground(sentence.text.replace(f"“{quote}”", f"“{changed}”"), sentence.cited).reasons


@often
@given(quoting(), st.data())
def test_a_character_changed_in_a_quotation_is_found(sentence: Quoting, data: st.DataObject) -> None:
    quote = data.draw(st.sampled_from(sentence.quotes))
    place = data.draw(st.sampled_from([n for n, char in enumerate(quote) if char.isalnum()]))
    put = data.draw(st.sampled_from("aeiou3579三十不好"))
    changed = quote[:place] + put + quote[place + 1 :]
    assume(not is_said(changed, sentence.cited))
    assert "content" in ground(sentence.text.replace(f"“{quote}”", f"“{changed}”"), sentence.cited).reasons


@often
@given(quoting(), st.data())
def test_a_quotation_from_elsewhere_is_found(sentence: Quoting, data: st.DataObject) -> None:
    elsewhere = tuple(u for u in sentence.session if not any(is_said(q, (u,)) for q in sentence.quotes))
    instead = tuple(data.draw(st.permutations(elsewhere))[: len(sentence.cited)])
    assert "content" in ground(sentence.text, instead).reasons


@often
@given(quoting(names_a_role))
def test_a_quotation_put_in_another_mouth_is_found(sentence: Quoting) -> None:
    was = next(role for role in OTHER_MOUTH if sentence.text.startswith(role))
    changed = sentence.text.replace(was, OTHER_MOUTH[was], 1)
    assert "speaker" in ground(changed, sentence.cited).reasons


@often
@given(quoting(quotes_a_question))
def test_question_and_answer_changing_places_is_found(sentence: Quoting) -> None:
    question, answer = sentence.quotes[:2]
    assume(question != answer)
    start, rest = sentence.text.split(f"“{question}”", 1)
    changed = f"{start}“{answer}”" + rest.replace(f"“{answer}”", f"“{question}”", 1)
    assert "speaker" in ground(changed, sentence.cited).reasons


@steady
@given(ENGLISH, CHINESE)
def test_a_denial_cut_off_a_quotation_is_found(english: Told, chinese: Told) -> None:
    said = [Utterance("u1", "Ann", SpeakerRole.PATIENT, f"I don't have {english.trouble}.")]
    assert ground(f"The patient said: “I don't have {english.trouble}.”", said).supported
    assert "content" in ground(f"The patient said: “I have {english.trouble}.”", said).reasons
    assert "negation" in ground(f"The patient said: “have {english.trouble}.”", said).reasons
    said = [Utterance("u1", "患者", SpeakerRole.PATIENT, f"我没有{chinese.trouble}。")]
    assert ground(f"来访者说：“我没有{chinese.trouble}。”", said).supported
    assert "content" in ground(f"来访者说：“我有{chinese.trouble}。”", said).reasons
    assert "negation" in ground(f"来访者说：“有{chinese.trouble}。”", said).reasons


@steady
@given(ENGLISH, CHINESE)
def test_a_number_changed_in_a_quotation_is_found(english: Told, chinese: Told) -> None:
    said, dose = english.spoken(), WORDS[other(english.dose, list(WORDS))]
    quote = "The patient said: “I take {} milligrams of " + english.medicine
    assert ground(quote.format(WORDS[english.dose]) + "”", said).supported
    assert not ground(quote.format(dose) + "”", said).supported
    said, dose = chinese.spoken_in_chinese(), HAN[other(chinese.dose, list(HAN))]
    assert ground(f"来访者说：“我每天吃{HAN[chinese.dose]}毫克”", said).supported
    assert not ground(f"来访者说：“我每天吃{dose}毫克”", said).supported

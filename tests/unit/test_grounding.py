"""What grounding accepts and what it refuses, one check at a time, in both languages."""

from __future__ import annotations

from typing import Any

import pytest

from thirdchair.gateway import summarise_file
from thirdchair.readers import read_transcript
from thirdchair.records import (
    Component,
    Draft,
    Language,
    RiskFinding,
    RiskStatus,
    RiskTopic,
    Sentence,
    SpeakerRole,
    Support,
    Transcript,
    Utterance,
)
from thirdchair.safeguards.grounding import ground, ground_draft
from thirdchair_web.demo import load_sessions
from thirdchair_web.demo.transcripts import as_vtt

ENGLISH = Transcript(
    (
        Utterance(
            "u1",
            "Nurse",
            SpeakerRole.CLINICIAN,
            "How has your sleep been since we raised the sertraline to 100 mg?",
        ),
        Utterance(
            "u2",
            "Ann",
            SpeakerRole.PATIENT,
            "I wake at three most nights. I take twenty milligrams of melatonin twice a week.",
        ),
        Utterance("u3", "Nurse", SpeakerRole.CLINICIAN, "Have you had any thoughts of suicide?"),
        Utterance("u4", "Ann", SpeakerRole.PATIENT, "No, I would never leave my children."),
        Utterance("u5", "Nurse", SpeakerRole.CLINICIAN, "Do you have panic attacks at work?"),
        Utterance(
            "u6", "Ann", SpeakerRole.PATIENT, "Every day. My manager shouts and I hide in the bathroom."
        ),
        Utterance(
            "u7",
            "Nurse",
            SpeakerRole.CLINICIAN,
            "Let us practise slow breathing together, and please keep a sleep diary.",
        ),
        Utterance("u8", "Sam", SpeakerRole.COMPANION, "She has stopped cooking and cries in the evening."),
        Utterance("u9", "Speaker 4", SpeakerRole.UNKNOWN, "The neighbours complained about the dog."),
    ),
    Language.ENGLISH,
)
CHINESE = Transcript(
    (
        Utterance("u1", "咨询师", SpeakerRole.CLINICIAN, "你最近有没有想过自杀？"),
        Utterance("u2", "患者", SpeakerRole.PATIENT, "没有。我舍不得孩子。"),
        Utterance("u3", "患者", SpeakerRole.PATIENT, "我每天吃二十毫克的氟西汀，晚上睡眠很差，经常做噩梦。"),
        Utterance("u4", "咨询师", SpeakerRole.CLINICIAN, "我们先练习放松呼吸，请你记录睡眠日记。"),
    ),
    Language.CHINESE,
)

TRUE_CLAIMS = [
    (ENGLISH, "The patient reports waking at three most nights.", "u2"),
    (ENGLISH, "She takes 20 mg of melatonin two times a week.", "u2"),
    (ENGLISH, "The patient denies thoughts of suicide.", "u3 u4"),
    (ENGLISH, "The patient reports daily panic attacks at work.", "u5 u6"),
    (ENGLISH, "The clinician asked about panic attacks at work.", "u5"),
    (ENGLISH, "The nurse asked for a sleep diary and practised slow breathing.", "u7"),
    (ENGLISH, 'Ann: "I hide in the  bathroom."', "u6"),
    (ENGLISH, "Patient: No, I would never leave my children.", "u4"),
    (ENGLISH, "Sam: She has stopped cooking and cries in the evening.", "u8"),
    (ENGLISH, "Speaker 4: The neighbours complained about the dog.", "u9"),
    (CHINESE, "来访者表示每天吃20毫克氟西汀，睡眠很差。", "u3"),
    (CHINESE, "来访者否认想过自杀。", "u1 u2"),
    (CHINESE, "咨询师建议记录睡眠日记。", "u4"),
]
PLANTED = [
    ("content", ENGLISH, "The patient reports gambling away her savings.", "u2"),
    (
        "content",
        ENGLISH,
        "The patient reports waking at three most nights and losing her passport abroad.",
        "u2",
    ),
    ("content", ENGLISH, "She takes 20 mg of zolpidem twice a week.", "u2"),
    ("content", ENGLISH, 'Ann: "I hide in the kitchen."', "u6"),
    ("content", CHINESE, "来访者表示每天吃20毫克舍曲林。", "u3"),
    ("content", CHINESE, "来访者表示睡眠很差，丈夫出轨离家。", "u3"),
    ("negation", ENGLISH, "The patient reports thoughts of suicide.", "u3 u4"),
    ("negation", ENGLISH, "The patient does not wake at three most nights.", "u2"),
    ("negation", ENGLISH, "The patient reports no panic attacks at work.", "u5 u6"),
    ("negation", ENGLISH, "The patient reports thoughts of suicide.", "u3"),
    ("negation", CHINESE, "来访者想过自杀。", "u1 u2"),
    ("negation", CHINESE, "来访者没有经常做噩梦。", "u3"),
    ("number", ENGLISH, "She takes 30 mg of melatonin twice a week.", "u2"),
    ("number", ENGLISH, "She takes 20 mg of melatonin three times a week.", "u2"),
    ("number", ENGLISH, "She takes 20 mg of melatonin twice a day.", "u2"),
    ("number", ENGLISH, "Melatonin 20 tablets twice a week.", "u2"),
    ("number", CHINESE, "来访者每天吃四十毫克氟西汀。", "u3"),
    ("speaker", ENGLISH, "The clinician reports waking at three most nights.", "u2"),
    ("speaker", ENGLISH, "The patient suggested a sleep diary.", "u7"),
    ("speaker", ENGLISH, "The patient's mother reports that she has stopped cooking.", "u6"),
    ("speaker", ENGLISH, "The patient reports that the neighbours complained about the dog.", "u9"),
    ("speaker", CHINESE, "咨询师表示每天吃20毫克氟西汀。", "u3"),
]


SAID = Transcript(
    (
        Utterance("u1", "Nurse", SpeakerRole.CLINICIAN, "Right. Have you missed any tablets?"),
        Utterance("u2", "Ann", SpeakerRole.PATIENT, "Two. I don't take them at weekends."),
        Utterance("u3", "Nurse", SpeakerRole.CLINICIAN, "Have you had thoughts of suicide?"),
        Utterance("u4", "Ann", SpeakerRole.PATIENT, "No. I read a “self-help” book instead."),
        Utterance(
            "u5", "Sam", SpeakerRole.COMPANION, "She takes a hundred and fifty milligrams, never less."
        ),
        Utterance("u6", "Nurse", SpeakerRole.CLINICIAN, "Uh no, we leave it. So you feel safe at home."),
        Utterance("u7", "Speaker 4", SpeakerRole.UNKNOWN, "Is it still snowing?"),
    ),
    Language.ENGLISH,
)
SAID_IN_CHINESE = Transcript(
    (
        Utterance("u1", "咨询师", SpeakerRole.CLINICIAN, "这周漏服过几次？"),
        Utterance("u2", "患者", SpeakerRole.PATIENT, "两次。周末我没有按时吃药。"),
        Utterance("u3", "咨询师", SpeakerRole.CLINICIAN, "有没有想过自杀？"),
        Utterance("u4", "患者", SpeakerRole.PATIENT, "没有。我舍不得孩子。"),
        Utterance("u5", "大女儿", SpeakerRole.COMPANION, "她每天吃二十毫克，从来不多吃。"),
    ),
    Language.CHINESE,
)
QUOTED = [
    (SAID, "The patient said: “Two.”", "u2"),
    (SAID, "The patient said, when asked “Have you missed any tablets?”: “Two.”", "u1 u2"),
    (SAID, "The patient said about suicide: “I read a ‘self-help’ book instead.”", "u4"),
    (
        SAID,
        "The patient said, when asked about suicide (“Have you had thoughts of suicide?”): “No.”",
        "u3 u4",
    ),
    (SAID, "The patient said, when asked about suicide: “No.”", "u3 u4"),
    (SAID, 'The patient said: “I don\'t take them at weekends.” … “I read a "self-help" book”', "u2 u4"),
    (SAID, "The clinician reflected: “So you feel safe at home.”", "u6"),
    (SAID, "The clinician said: “no, we leave it”", "u6"),
    (SAID, "Sam said: “she takes a hundred and fifty milligrams, never less”", "u5"),
    (SAID, "Speaker 4 asked: “Is it still snowing?”", "u7"),
    (SAID_IN_CHINESE, "来访者说（被问到“这周漏服过几次？”时）：“两次。”", "u1 u2"),
    (SAID_IN_CHINESE, "来访者说（被问到自杀“有没有想过自杀？”时）：“没有。我舍不得孩子。”", "u3 u4"),
    (SAID_IN_CHINESE, "来访者说（关于自杀）：“我舍不得孩子。” … “周末我没有按时吃药”", "u2 u4"),
    (SAID_IN_CHINESE, "临床工作者问：“这周漏服过几次？”", "u1"),
    (SAID_IN_CHINESE, "陪同者说：“她每天吃二十毫克，从来不多吃。”", "u5"),
    (SAID_IN_CHINESE, "大女儿说：“她每天吃二十毫克”", "u5"),
]
MISQUOTED = [
    ("content", SAID, "The patient said, lying: “Two.”", "u2"),
    ("content", SAID, "The patient lied: “Two.”", "u2"),
    ("content", SAID, "The patient said about her third suicide attempt: “No.”", "u4"),
    ("content", SAID, "The patient said, when asked angrily “Have you missed any tablets?”: “Two.”", "u1 u2"),
    ("content", SAID, "The patient said: “Two.” after gambling", "u2"),
    ("content", SAID, "The patient said: “Three.”", "u2"),
    ("content", SAID, "The patient said: “Two.” … “Nine.”", "u2"),
    ("content", SAID, "The patient said: “…”", "u2"),
    ("content", SAID, "The patient said: “wo”", "u2"),
    ("content", SAID, "The clinician said: “Have you missed any tablets.”", "u1"),
    ("content", SAID, "The patient said: “I take them at weekends.”", "u2"),
    ("content", SAID, "The patient said: “I read a ‘self-help’ book instead.”", "u2"),
    ("content", SAID, "The patient said, when asked “Have you missed many tablets?”: “Two.”", "u1 u2"),
    ("negation", SAID, "The patient said: “take them at weekends.”", "u2"),
    ("negation", SAID, "Sam said: “less”", "u5"),
    ("number", SAID, "Sam said: “fifty milligrams”", "u5"),
    ("speaker", SAID, "The clinician said: “Two.”", "u2"),
    ("speaker", SAID, "Sam said: “Two.”", "u2 u5"),
    ("speaker", SAID, "The patient said, when asked “Two.”: “Have you missed any tablets?”", "u1 u2"),
    ("speaker", SAID, "The clinician said, when asked “Two.”: “Have you missed any tablets?”", "u1 u2"),
    ("speaker", SAID, "The patient said, when asked “Have you missed any tablets?”: “No.”", "u1 u2 u3 u4"),
    ("speaker", SAID, "The patient said, when asked about suicide: “Two.”", "u2"),
    ("content", SAID_IN_CHINESE, "来访者说（撒谎）：“两次。”", "u2"),
    ("content", SAID_IN_CHINESE, "来访者说（关于第三次自杀未遂）：“没有。”", "u4"),
    ("content", SAID_IN_CHINESE, "来访者说：“三次。”", "u2"),
    ("content", SAID_IN_CHINESE, "来访者说：“周末我按时吃药。”", "u2"),
    ("negation", SAID_IN_CHINESE, "来访者说：“按时吃药。”", "u2"),
    ("negation", SAID_IN_CHINESE, "来访者说（被问到“有没有想过自杀？”时）：“有。”", "u3 u4"),
    ("negation", SAID_IN_CHINESE, "来访者说：“有。我舍不得孩子。”", "u4"),
    ("number", SAID_IN_CHINESE, "陪同者说：“十毫克”", "u5"),
    ("speaker", SAID_IN_CHINESE, "临床工作者说：“两次。”", "u2"),
    ("speaker", SAID_IN_CHINESE, "来访者说（被问到“两次。”时）：“这周漏服过几次？”", "u1 u2"),
]


def cite(transcript: Transcript, ids: str) -> list[Utterance]:
    return [transcript.utterance(one) for one in ids.split()]


@pytest.mark.parametrize(("transcript", "claim", "ids"), TRUE_CLAIMS + QUOTED)
def test_a_true_claim_is_supported(transcript: Transcript, claim: str, ids: str) -> None:
    found = ground(claim, cite(transcript, ids))
    assert found.supported, found


@pytest.mark.parametrize(("reason", "transcript", "claim", "ids"), PLANTED + MISQUOTED)
def test_a_planted_error_is_found_by_its_check(
    reason: str, transcript: Transcript, claim: str, ids: str
) -> None:
    found = ground(claim, cite(transcript, ids))
    assert not found.supported
    assert reason in found.reasons, found


def test_a_claim_without_evidence_is_unsupported() -> None:
    found = ground("The patient sleeps well.", [])
    assert (found.supported, found.reasons, found.coverage) == (False, ("no_evidence",), 0.0)


def test_the_order_of_words_and_of_citations_does_not_matter() -> None:
    assert ground("Most nights the patient wakes at three.", cite(ENGLISH, "u2")).supported
    assert ground("The patient denies thoughts of suicide.", cite(ENGLISH, "u4 u3")).supported


def test_an_intervention_rests_on_a_clinician() -> None:
    claim = "Hid in the bathroom when the manager shouts."
    assert "speaker" in ground(claim, cite(ENGLISH, "u6"), component=Component.INTERVENTIONS).reasons
    assert (
        "speaker" not in ground(claim, cite(ENGLISH, "u6"), component=Component.SYMPTOMS_AND_HISTORY).reasons
    )


def test_an_intervention_quotes_a_clinician() -> None:
    cited = cite(SAID, "u2")
    found = ground("The patient said: “Two.”", cited, component=Component.INTERVENTIONS)
    assert found.reasons == ("speaker",)


@pytest.mark.parametrize("session", load_sessions(), ids=lambda session: session["id"])
def test_a_draft_that_only_quotes_is_supported_throughout(session: dict[str, Any]) -> None:
    transcript = read_transcript(as_vtt(session).encode(), filename="session.vtt")
    draft = summarise_file(transcript)
    assert draft.sentences
    assert [(sentence.id, sentence.reasons) for sentence in draft.unsupported] == []


def test_a_draft_comes_back_with_every_sentence_judged() -> None:
    texts = (
        ("The patient reports waking at three most nights.", ("u2",)),
        ("She takes 30 mg of melatonin twice a week.", ("u2",)),
        ("The patient reports waking at three most nights.", ("u2", "u99")),
        ("The patient reports waking at three most nights.", ()),
    )
    draft = Draft(
        sentences=tuple(
            Sentence(f"s{n}", Component.SYMPTOMS_AND_HISTORY, text, evidence, Support.SUPPORTED)
            for n, (text, evidence) in enumerate(texts, start=1)
        ),
        risk=tuple(RiskFinding(topic, RiskStatus.NOT_ASKED) for topic in RiskTopic),
        method="test",
        method_digest="0" * 64,
        language=Language.ENGLISH,
    )
    judged = ground_draft(draft, ENGLISH)
    assert [(s.status, s.reasons) for s in judged.sentences] == [
        (Support.SUPPORTED, ()),
        (Support.UNSUPPORTED, ("number",)),
        (Support.UNSUPPORTED, ("no_evidence",)),
        (Support.UNSUPPORTED, ("no_evidence",)),
    ]

"""Quoted, attributed sentences: the only prose the extractive method writes.

Everything between quotation marks is the speaker's own, word for word. Around it stand only who spoke, what they
were asked, and the name of a risk topic.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from thirdchair.records import (
    Component,
    Language,
    RiskFinding,
    RiskTopic,
    SpeakerRole,
    Transcript,
    Utterance,
)
from thirdchair.records.transcript import count_words
from thirdchair.uses.summarise_session.passages import LONGEST_QUESTION, Passage

_ROLE: Final = {
    Language.ENGLISH: {
        SpeakerRole.PATIENT: "the patient",
        SpeakerRole.CLINICIAN: "the clinician",
        SpeakerRole.COMPANION: "the companion",
    },
    Language.CHINESE: {
        SpeakerRole.PATIENT: "患者",
        SpeakerRole.CLINICIAN: "临床人员",
        SpeakerRole.COMPANION: "陪同者",
    },
}
_TOPIC: Final = {
    Language.ENGLISH: {
        RiskTopic.SUICIDE: "suicide",
        RiskTopic.SELF_HARM: "self-harm",
        RiskTopic.HARM_TO_OTHERS: "harm to others",
        RiskTopic.SUBSTANCE_USE: "substance use",
        RiskTopic.ABUSE: "abuse",
    },
    Language.CHINESE: {
        RiskTopic.SUICIDE: "自杀",
        RiskTopic.SELF_HARM: "自伤",
        RiskTopic.HARM_TO_OTHERS: "伤害他人",
        RiskTopic.SUBSTANCE_USE: "物质使用",
        RiskTopic.ABUSE: "虐待或暴力",
    },
}
_NESTED: Final = str.maketrans({"“": "‘", "”": "’"})


def attribution(utterance: Utterance, transcript: Transcript) -> str:
    """Who spoke: the role where only one person has it and it says enough, else the label in the file."""
    role = _ROLE[transcript.language].get(utterance.role)
    same_role = sum(1 for other in transcript.speakers.values() if other is utterance.role)
    return role if role is not None and same_role == 1 else utterance.speaker


def statement(passages: Sequence[Passage], component: Component, transcript: Transcript) -> str:
    """One sentence quoting neighbouring passages of one speaker, with the question they answer."""
    who = attribution(passages[0].utterance, transcript)
    verb = _verb(component, passages, transcript.language)
    question = _quotable(passages[0].question.text) if passages[0].question else ""
    if transcript.language is Language.CHINESE:
        asked = f"（被问到“{question}”时）" if question else ""
        return f"{who}{verb}{asked}：{_quoted(passages)}"
    asked = f", when asked “{question}”" if question else ""
    return _capital(f"{who} {verb}{asked}: {_quoted(passages)}")


def risk_statement(
    finding: RiskFinding, question: Passage | None, answers: Sequence[Passage], transcript: Transcript
) -> str:
    """One sentence on a risk topic: the question where one was asked, and the answer in its own words.

    Args:
        answers: what is quoted, all of one speaker; at least one passage.
    """
    topic = _TOPIC[transcript.language][finding.topic]
    who = attribution(answers[0].utterance, transcript)
    verb = _verb(Component.RISK, answers, transcript.language)
    short = question is not None and count_words(question.text) <= LONGEST_QUESTION
    if transcript.language is Language.CHINESE:
        asked = f"“{_quotable(question.text)}”" if question and short else ""
        lead = f"（被问到{topic}{asked}时）" if question else f"（关于{topic}）"
        return f"{who}{verb}{lead}：{_quoted(answers)}"
    asked = f" (“{_quotable(question.text)}”)" if question and short else ""
    lead = f"when asked about {topic}{asked}" if question else f"about {topic}"
    return _capital(f"{who} {verb}{',' if question else ''} {lead}: {_quoted(answers)}")


def _verb(component: Component, passages: Sequence[Passage], language: Language) -> str:
    chinese = language is Language.CHINESE
    if component is Component.REFLECTING and passages[0].role is SpeakerRole.CLINICIAN:
        return "回应" if chinese else "reflected"
    if all(passage.asks for passage in passages):
        return "问" if chinese else "asked"
    return "说" if chinese else "said"


def _quoted(passages: Sequence[Passage]) -> str:
    """The passages between quotation marks; each pair of marks holds one unbroken stretch of speech."""
    stretches = [_quotable(passages[0].text)]
    for before, passage in pairwise(passages):
        follows = next(
            (gap for gap in ("", " ") if before.text + gap + passage.text in passage.utterance.text), None
        )
        if follows is None:
            stretches.append(_quotable(passage.text))
        else:
            stretches[-1] += follows + _quotable(passage.text)
    return " … ".join(f"“{stretch}”" for stretch in stretches)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _quotable(text: str) -> str:
    """The text with inner double quotation marks made single, as typography nests them."""
    return text.strip().translate(_NESTED)

"""The extractive method quotes, attributes and cites, so it cannot invent."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import thirdchair.uses.summarise_session as use
from thirdchair.language.likeness import Likeness
from thirdchair.records import (
    Component,
    Draft,
    Language,
    Progress,
    RiskFinding,
    RiskStatus,
    RiskTopic,
    SpeakerRole,
    Transcript,
    Utterance,
)
from thirdchair.records.transcript import count_words
from thirdchair.uses.summarise_session import extractive
from thirdchair.uses.summarise_session.choosing import choose
from thirdchair.uses.summarise_session.passages import quotable_sentences, read_passages

C, P, X, U = SpeakerRole.CLINICIAN, SpeakerRole.PATIENT, SpeakerRole.COMPANION, SpeakerRole.UNKNOWN

SESSION = """
C: Hello, come in. How have you been since last week?
P: Um, well, I've been low most days, and I wake at four every morning.
C: How many hours do you sleep?
P: About four hours.
C: It sounds like you are exhausted and you feel alone with it.
P: Yes. I realised I stop answering my sister because I think I'm a burden to her.
C: Are you still taking the sertraline?
P: A hundred milligrams every morning since September.
C: Have you had any thoughts of ending your life?
P: No, I haven't.
C: Let's try writing down one thought each evening and the evidence for and against it.
P: I'll try that on Monday and Thursday.
C: Before next time, please keep the sleep diary, and I'll write to your doctor. We'll meet on Tuesday.
P: Thank you.
"""
CHINESE = """
C: 你好，最近睡得怎么样？
P: 嗯，睡不好，每天凌晨三点就醒，已经两个月了。
C: 胃口呢？
P: 不太好。
C: 听起来你一直很累，心里也很孤单。
P: 我觉得是我拖累了家里人，我没告诉过他们。
C: 我们来试试呼吸练习，每天晚上十分钟。
P: 好，我可以试试。
C: 下周三复诊，这周请记录睡眠日记。
"""
NAMES = {
    "C": ("Nurse Adair", C),
    "P": ("Wren", P),
    "Q": ("Sol", P),
    "X": ("Mother", X),
    "U": ("Speaker 3", U),
}


def session(text: str, language: Language = Language.ENGLISH) -> Transcript:
    turns = [line.split(": ", 1) for line in text.strip().splitlines()]
    return Transcript(
        tuple(Utterance(f"u{n}", *NAMES[who], said) for n, (who, said) in enumerate(turns, start=1)), language
    )


def not_asked() -> tuple[RiskFinding, ...]:
    return tuple(RiskFinding(topic, RiskStatus.NOT_ASKED) for topic in RiskTopic)


def finding(topic: RiskTopic, status: RiskStatus, *evidence: str) -> tuple[RiskFinding, ...]:
    return tuple(RiskFinding(topic, status, evidence) if f.topic is topic else f for f in not_asked())


def draft(
    transcript: Transcript, risk: tuple[RiskFinding, ...] | None = None
) -> tuple[Draft, list[Progress]]:
    flow = extractive.summarise(transcript, risk=not_asked() if risk is None else risk)
    steps: list[Progress] = []
    while True:
        try:
            steps.append(next(flow))
        except StopIteration as finished:
            return finished.value, steps


EVERY = {
    "english": session(SESSION),
    "chinese": session(CHINESE, Language.CHINESE),
    "couple": session(SESSION.replace("P: I'll", "Q: I'll").replace("P: A hundred", "Q: A hundred")),
    "with a parent": session(SESSION.replace("P: A hundred", "X: A hundred")),
    "unknown roles": session(SESSION.replace("P: ", "U: ")),
    "one word": session("P: Hello."),
    "clinician only": session("C: Hello there, is anybody on the line?"),
    "fillers only": session("C: Um.\nP: Mm-hmm."),
    "no session at all": Transcript((), Language.ENGLISH),
}


@pytest.mark.parametrize("name", EVERY)
def test_every_sentence_has_evidence_in_the_session(name: str) -> None:
    found, _ = draft(EVERY[name])
    for sentence in found.sentences:
        assert sentence.evidence
        assert all(EVERY[name].utterance(cited) for cited in sentence.evidence)


@pytest.mark.parametrize("name", EVERY)
def test_every_quotation_is_word_for_word_in_what_is_cited(name: str) -> None:
    found, _ = draft(EVERY[name])
    for sentence in found.sentences:
        said = [EVERY[name].utterance(cited).text for cited in sentence.evidence]
        quotes = re.findall(r"“([^”]+)”", sentence.text)
        assert quotes
        assert all(any(quote in text for text in said) for quote in quotes)


@pytest.mark.parametrize("name", ["english", "chinese"])
def test_words_are_put_in_the_mouth_of_the_one_who_said_them(name: str) -> None:
    opening = {"The patient": P, "The clinician": C, "患者": P, "临床人员": C}
    found, _ = draft(EVERY[name])
    assert found.sentences
    for sentence in found.sentences:
        role = next(role for words, role in opening.items() if sentence.text.startswith(words))
        quoted = re.findall(r"“([^”]+)”", sentence.text)[-1]
        speakers = {
            EVERY[name].utterance(cited).role
            for cited in sentence.evidence
            if quoted in EVERY[name].utterance(cited).text
        }
        assert role in speakers


def test_two_patients_are_told_apart_by_name() -> None:
    found, _ = draft(EVERY["couple"])
    assert any(sentence.text.startswith("Sol said") for sentence in found.sentences)
    assert not any(sentence.text.startswith("The patient") for sentence in found.sentences)


def test_a_short_answer_brings_its_question() -> None:
    found, _ = draft(EVERY["english"])
    sleep = next(s for s in found.sentences if "About four hours" in s.text)
    assert "How many hours do you sleep?" in sleep.text
    assert sleep.evidence == ("u3", "u4")


def test_leading_fillers_are_left_out() -> None:
    found, _ = draft(EVERY["english"])
    assert any("“I've been low most days" in s.text for s in found.section(Component.SYMPTOMS_AND_HISTORY))


@pytest.mark.parametrize(
    ("component", "words"),
    [
        (Component.SYMPTOMS_AND_HISTORY, "A hundred milligrams"),
        (Component.PATIENT_DISCOVERY, "a burden to her"),
        (Component.REFLECTING, "It sounds like you are exhausted"),
        (Component.INTERVENTIONS, "evidence for and against"),
        (Component.PLAN, "keep the sleep diary"),
    ],
)
def test_each_component_holds_what_belongs_there(component: Component, words: str) -> None:
    found, _ = draft(EVERY["english"])
    assert any(words in sentence.text for sentence in found.section(component))


@pytest.mark.parametrize(
    ("component", "words"),
    [
        (Component.SYMPTOMS_AND_HISTORY, "凌晨三点就醒"),
        (Component.PATIENT_DISCOVERY, "拖累了家里人"),
        (Component.REFLECTING, "听起来你一直很累"),
        (Component.INTERVENTIONS, "呼吸练习"),
        (Component.PLAN, "下周三复诊"),
    ],
)
def test_chinese_sessions_are_read_in_chinese(component: Component, words: str) -> None:
    found, _ = draft(EVERY["chinese"])
    assert any(words in sentence.text for sentence in found.section(component))


def test_a_denied_danger_is_quoted_with_the_question_that_was_asked() -> None:
    found, _ = draft(EVERY["english"], finding(RiskTopic.SUICIDE, RiskStatus.DENIED, "u9", "u10"))
    (sentence,) = found.section(Component.RISK)
    assert sentence.text == (
        "The patient said, when asked about suicide (“Have you had any thoughts of ending your life?”): “No, I haven't.”"
    )
    assert sentence.evidence == ("u9", "u10")


def test_what_was_not_asked_is_in_the_findings_and_in_no_sentence() -> None:
    found, _ = draft(EVERY["english"])
    assert found.section(Component.RISK) == ()
    assert found.risk == not_asked()


def test_what_is_quoted_under_risk_is_not_quoted_again() -> None:
    found, _ = draft(EVERY["english"], finding(RiskTopic.SUICIDE, RiskStatus.DENIED, "u9", "u10"))
    assert sum("I haven't" in sentence.text for sentence in found.sentences) == 1


def test_a_question_nobody_answered_is_the_clinicians() -> None:
    asked = session("P: I am tired of all of it.\nC: Do you think of ending your life?")
    found, _ = draft(asked, finding(RiskTopic.SUICIDE, RiskStatus.UNCLEAR, "u2"))
    (sentence,) = found.section(Component.RISK)
    assert sentence.text.startswith("The clinician asked about suicide: ")


def test_progress_reaches_its_total() -> None:
    _, steps = draft(EVERY["english"])
    assert [step.done for step in steps] == list(range(1, len(steps) + 1))
    assert steps[-1].done == steps[-1].total


def test_the_same_session_gives_the_same_draft() -> None:
    assert draft(EVERY["english"])[0] == draft(EVERY["english"])[0]


def test_a_long_session_grows_into_a_short_draft() -> None:
    long = session(
        "\n".join(
            line.replace("four", str(lap)) for lap in range(25) for line in SESSION.strip().splitlines()
        )
    )
    found, _ = draft(long)
    words = sum(len(sentence.text.split()) for sentence in found.sentences)
    assert long.word_count > 3000
    assert words < 700


def test_a_quotation_inside_speech_cannot_break_out_of_the_quotation_marks() -> None:
    found, _ = draft(
        session("C: How was it at home?\nP: My mother said “you are lazy” and I cried every night since May.")
    )
    assert all(sentence.text.count("“") == sentence.text.count("”") == 1 for sentence in found.sentences)


def test_run_on_speech_is_cut_at_its_clauses() -> None:
    spoken = "i was at work and then i went home " * 12
    pieces = quotable_sentences(spoken)
    assert len(pieces) > 1
    assert all(piece in spoken for piece in pieces)


@pytest.mark.parametrize("spoken", ["low and tired " * 100, "我睡不好也吃不下" * 60])
def test_speech_without_any_punctuation_still_becomes_passages(spoken: str) -> None:
    pieces = quotable_sentences(spoken)
    assert all(count_words(piece) <= 90 for piece in pieces)
    assert sum(count_words(piece) for piece in pieces) == count_words(spoken)


def test_passages_are_parts_of_what_was_said() -> None:
    for transcript in EVERY.values():
        assert all(passage.text in passage.utterance.text for passage in read_passages(transcript))


def test_the_digest_covers_every_module_the_method_is_made_of() -> None:
    """A changed rule closes the use, so no module of the method may be missing from the digest."""
    folder = Path(str(use.__path__[0]))
    waiting, reached = ["extractive", "risk"], set[str]()
    while waiting:
        name = waiting.pop()
        if name in reached:
            continue
        reached.add(name)
        for node in ast.walk(ast.parse((folder / f"{name}.py").read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(use.__name__ + "."):
                waiting.append(str(node.module).rsplit(".", 1)[1])
    assert reached == set(extractive.METHOD_MODULES)
    assert re.fullmatch(r"[0-9a-f]{64}", extractive.method_digest())


def quoted_in(text: str, component: Component, language: Language = Language.ENGLISH) -> str:
    found, _ = draft(session(text, language))
    return "\n".join(sentence.text for sentence in found.section(component))


def everything_in(text: str, language: Language = Language.ENGLISH) -> str:
    return "\n".join(sentence.text for sentence in draft(session(text, language))[0].sentences)


@pytest.mark.parametrize(
    ("room", "clinical", "language"),
    [
        (
            "C: Sorry, the heating in here has one setting, and this room faces north.\n",
            "P: I wake at four every morning and I am tired all day.",
            Language.ENGLISH,
        ),
        (
            "C: 今天空调开得有点冷，您随便坐，我给您倒水。\n",
            "P: 我每天凌晨三点就醒，白天特别累。",
            Language.CHINESE,
        ),
    ],
)
def test_talk_about_the_room_is_left_out(room: str, clinical: str, language: Language) -> None:
    text = everything_in(room + clinical, language)
    assert clinical[3:].rstrip("。.") in text
    assert room[3:15] not in text


@pytest.mark.parametrize(
    ("said", "language"),
    [
        (
            "What often happens is that alcohol makes sleep lighter in the second half of the night.",
            Language.ENGLISH,
        ),
        ("酒能让人睡着，后半夜反而容易醒，睡得更浅。", Language.CHINESE),
    ],
)
def test_what_a_clinician_teaches_is_an_intervention_and_no_symptom(said: str, language: Language) -> None:
    words = said[:10]
    assert words in quoted_in(f"C: {said}", Component.INTERVENTIONS, language)
    assert words not in quoted_in(f"C: {said}", Component.SYMPTOMS_AND_HISTORY, language)


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("C: So four days of the week.\nP: In the voice of everyone else.", Language.ENGLISH),
        ("C: 一周四天。\nP: 那个也是。", Language.CHINESE),
    ],
)
def test_words_that_point_at_something_unsaid_are_left_out(said: str, language: Language) -> None:
    assert said.split("P: ")[1] not in everything_in(said, language)


@pytest.mark.parametrize(
    ("said", "question", "language"),
    [
        (
            "C: What was your mood on the stairs?\nP: Two. I nearly stayed at home and I could not face the walk.",
            "your mood on the stairs",
            Language.ENGLISH,
        ),
        ("C: 这周的情绪打几分？\nP: 两分，早上最难受。", "这周的情绪打几分", Language.CHINESE),
    ],
)
def test_an_answer_that_opens_with_a_bare_number_brings_its_question(
    said: str, question: str, language: Language
) -> None:
    assert question in everything_in(said, language)


def test_a_short_turn_is_quoted_whole() -> None:
    said = "Mornings are the worst. By the evening I could almost phone somebody."
    assert f"“{said}”" in everything_in(f"C: And the mood, does it shift across the day at all?\nP: {said}")


def test_a_short_chinese_turn_is_quoted_whole() -> None:
    said = "早上心情最差。到了晚上稍微好一点，能给朋友打电话。"
    assert f"“{said}”" in everything_in(f"C: 一天里情绪有变化吗？\nP: {said}", Language.CHINESE)


def test_a_question_stands_apart_from_what_was_said_before_it() -> None:
    (statement, question) = read_passages(
        session("C: Sertraline stays at a hundred in the morning. How is your sleep?")
    )
    assert (statement.asks, question.asks) == (False, True)
    assert question.text == "How is your sleep?"


def test_a_question_from_the_patient_is_no_answer() -> None:
    said = session("C: How has the fortnight been?\nP: Do you want me to go first this time?")
    assert read_passages(said)[-1].asks


@pytest.mark.parametrize(
    ("said", "language"),
    [
        (
            "C: Has he ever hit you or threatened you?\nP: No, I feel safe and I love him, I think he is kind.",
            Language.ENGLISH,
        ),
        ("C: 他打过你或者威胁过你吗？\nP: 没有，我觉得和他在一起很安心，我爱他。", Language.CHINESE),
    ],
)
def test_the_answer_to_a_question_about_danger_stands_under_risk_alone(said: str, language: Language) -> None:
    answer = said.split("P: ")[1][:6]
    assert answer not in quoted_in(said, Component.PATIENT_DISCOVERY, language)


def test_a_topic_that_was_asked_about_is_told_before_another_is_told_twice() -> None:
    asked = (Component.SYMPTOMS_AND_HISTORY,)
    passages = read_passages(
        session("P: I sleep badly at night.\nP: I wake at four each night.\nP: I eat one meal a day.")
    )
    choices = choose(
        passages,
        [dict.fromkeys(asked, chance) for chance in (0.6, 0.5, 0.4)],
        Likeness([passage.text for passage in passages], Language.ENGLISH),
        budget=20,
        topics=[frozenset({"sleep"}), frozenset({"sleep"}), frozenset({"appetite"})],
    )
    assert [choice.place for choice in choices] == [0, 2]

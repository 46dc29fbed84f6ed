"""What the crisis screen says of a text, sentence by sentence. All sentences are invented."""

from __future__ import annotations

import pytest

from thirdchair.records import Language, SpeakerRole, Transcript, Utterance
from thirdchair.safeguards.crisis import Whose, screen, screen_session

LEVELS = [
    # 1: a wish to be dead.
    ("I wish I was dead", 1),
    ("I wish I could go to sleep and never wake up", 1),
    ("I don't want to be here anymore", 1),
    ("everyone would be better off without me", 1),
    ("there is no point in living", 1),
    ("我不想活了", 1),
    ("活着没有意思", 1),
    ("没有我大家会过得更好", 1),
    # 2: thoughts.
    ("I keep thinking about killing myself", 2),
    ("I've been having suicidal thoughts", 2),
    ("I feel suicidal", 2),
    ("我想自杀", 2),
    ("一直有轻生的念头", 2),
    # 3: a method.
    ("I keep thinking about jumping off something", 3),
    ("how to kill myself without pain", 3),
    ("我想过跳楼", 3),
    # 4: intent.
    ("I'm going to kill myself", 4),
    ("im gonna end it all tonight", 4),
    ("I can't keep myself safe", 4),
    ("I won't be here next week", 4),
    ("我决定要自杀", 4),
    ("今晚我就去死", 4),
    # 5: a plan.
    ("I have a plan to kill myself", 5),
    ("I know exactly how I'm going to do it", 5),
    ("自杀的时间和地点我都有了", 5),
    # 6: behaviour.
    ("I tried to kill myself last night", 6),
    ("I wrote a suicide note", 6),
    ("the tablets are counted out", 6),
    ("昨晚我吃了一瓶安眠药", 6),
    ("我写好了遗书", 6),
]

NOTHING = [
    "",
    "I'm dying to see it",
    "killing it at work",
    "my plant died and I am sad",
    "she wore a drop-dead gorgeous dress",
    "this traffic is killing me",
    "my phone died",
    "I was bored to death",
    "love you to death",
    "the deadline is tomorrow",
    "my mum will kill me when she sees this mess",
    "I don't want to die",
    "I have never thought about suicide",
    "I'm not suicidal",
    "my brother killed himself",
    "a friend of mine is suicidal and I don't know how to help",
    "what are the warning signs of suicide",
    "I no longer want to kill myself",
    "how long does sertraline take to work",
    "笑死我了",
    "累死了",
    "想死你了",
    "我没有想过自杀",
    "我爸爸自杀了",
    "我的手机死机了",
]


@pytest.mark.parametrize(("text", "level"), LEVELS)
def test_what_is_said_has_its_rung_on_the_ladder(text: str, level: int) -> None:
    assert screen(text).level == level


@pytest.mark.parametrize("text", NOTHING)
def test_idioms_denials_and_others_raise_nothing(text: str) -> None:
    reading = screen(text)
    assert (reading.level, reading.needs_person) == (0, False)


@pytest.mark.parametrize(
    ("text", "risk"),
    [
        ("I've been cutting my arms", "self_harm"),
        ("I want to kill my boss", "harm_to_others"),
        ("my husband hits me", "abuse"),
        ("I make myself sick after meals", "eating_disorder"),
        ("the voices tell me to do things", "psychosis_mania"),
        ("我忍不住伤害自己", "self_harm"),
        ("我想杀了他", "harm_to_others"),
        ("我老公打我", "abuse"),
        ("我每次吃完都催吐", "eating_disorder"),
        ("我最近有幻听", "psychosis_mania"),
    ],
)
def test_other_dangers_are_named(text: str, risk: str) -> None:
    assert [name for name, found in screen(text).risks.items() if found] == [risk]


@pytest.mark.parametrize(
    "text",
    [
        "I have never hurt myself",
        "I would never hurt anyone",
        "my husband has never hit me",
        "我没有伤害过自己",
        "I don't hear voices",
    ],
)
def test_other_dangers_denied_are_not_named(text: str) -> None:
    assert not any(screen(text).risks.values())


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        ("I want to kill myself", Whose.SPEAKER),
        ("my sister wants to kill herself", Whose.THIRD_PARTY),
        ('he texted me "I want to die"', Whose.QUOTED),
        ("I used to think about suicide", Whose.PAST),
        ("我妈妈想自杀", Whose.THIRD_PARTY),
    ],
)
def test_it_says_whose_danger_it_is(text: str, whose: Whose) -> None:
    assert [span.whose for span in screen(text).spans] == [whose]


@pytest.mark.parametrize(
    ("text", "needed"),
    [
        ("I feel sad today", False),
        ("I sometimes wish I was dead", False),
        ("I'm going to end my life tonight", True),
        ("I want to kill him", True),
        ("he is outside my door and says he is going to kill me, he hits me", True),
        ("You should kill yourself", True),
        ("I cut my arm and I can't stop the bleeding right now", True),
    ],
)
def test_a_person_is_needed_from_intent_upwards_and_for_what_cannot_wait(text: str, needed: bool) -> None:
    assert screen(text).needs_person is needed


def test_an_earlier_attempt_raises_a_present_wish() -> None:
    assert screen("Ten years ago I tried to kill myself. I don't want to be here anymore.").level == 6


def test_an_earlier_attempt_alone_is_kept_but_raises_nothing() -> None:
    reading = screen("Ten years ago I tried to kill myself. Life is good now.")
    assert reading.level == 0
    assert [span.whose for span in reading.spans] == [Whose.PAST]


def test_the_gravest_words_decide() -> None:
    assert screen("I don't want to die. I mean it. But tonight I'm going to kill myself.").level == 4


def test_every_span_lies_at_its_words() -> None:
    text = "Well… I’ve been thinking of killing myself"
    (span,) = screen(text).spans
    assert "killing myself" in text[span.start : span.end]


def test_a_probability_is_given_and_is_higher_for_a_plan_than_for_a_bad_night() -> None:
    plan, night = (
        screen("I have it all planned for Friday and I will not be here after that."),
        screen("I slept badly."),
    )
    assert plan.p_high is not None
    assert night.p_high is not None
    assert 0 <= night.p_high < plan.p_high <= 1


def test_a_session_is_screened_where_the_patient_or_someone_unknown_speaks() -> None:
    roles = [SpeakerRole.CLINICIAN, SpeakerRole.PATIENT, SpeakerRole.UNKNOWN, SpeakerRole.COMPANION]
    utterances = tuple(
        Utterance(f"u{place}", role.value, role, "I want to kill myself")
        for place, role in enumerate(roles, start=1)
    )
    read = screen_session(Transcript(utterances, Language.ENGLISH))
    assert [(i, reading.level) for i, reading in read] == [("u2", 2), ("u3", 2)]

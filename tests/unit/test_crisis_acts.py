"""Acts, preparations, plans and intents that the crisis rules read beyond the lexicon. All sentences are invented."""

from __future__ import annotations

import pytest

from thirdchair.safeguards.crisis import PERSON_FROM_LEVEL, Whose, read_by_rule

GRAVE = [
    ("I took 40 tylenol an hour ago", 6),
    ("just swallowed a handful of my sleeping pills", 6),
    ("I took 9000 mg of ibuprofen and I'm scared", 6),
    ("I drank bleach this morning", 6),
    ("I put a belt around my neck last night", 6),
    ("tied a noose and stood there for an hour", 6),
    ("I'm on the wrong side of the railing", 6),
    ("the gun is in my mouth", 6),
    ("I slit my wrists last night and nobody noticed", 6),
    ("I had my stomach pumped on Monday", 6),
    ("It's been a week since my attempt", 6),
    ("I attempted two weeks ago and I am still numb", 6),
    ("after a failed attempt they sent me home", 6),
    ("I'm in the psych ward after trying to kill myself", 6),
    ("I couldn't go through with it, the rope was ready", 6),
    ("I woke up in the ICU and cried", 6),
    ("I finally drafted my goodbye letters", 6),
    ("the rope snapped and now my throat hurts", 6),
    ("how many paracetamol would it take to kill me", 5),
    ("will 8000 mg of tylenol be enough", 5),
    ("after Christmas I'm ending it all", 5),
    ("I will kill myself on my birthday", 5),
    ("what pills will actually kill me", 5),
    ("jumping off the bridge tomorrow", 5),
    ("gunna kms", 4),
    ("I'm ab to unalive myself", 4),
    ("goodbye world", 4),
    ("I have made my peace with dying", 4),
    ("I'll be dead by the weekend", 4),
    ("我吃了一整瓶安眠药", 6),
    ("我昨晚割腕了", 6),
    ("我现在站在天台边缘", 6),
    ("遗书已经写好了", 6),
    ("多少片安眠药能死", 5),
    ("我打算今晚自杀", 5),
]
WEIGHED = [
    "I fantasize about slitting my wrists",
    "I keep thinking about crashing my car into a wall",
    "whats the easiest way to die",
    "wish I had a gun",
    "怎么死才不痛",
]
INNOCENT = [
    "I took 2 ibuprofen for my headache",
    "I take 20 mg fluoxetine as prescribed",
    "took 20 mg fluoxetine this morning",
    "I had 1000mg paracetamol for my back",
    "I took 60 prozac over the month, two a day, as prescribed",
    "my friend took 40 pills last year",
    "my brother tied a noose",
    "I didn't take 40 pills",
    "I never wrote a goodbye letter",
    "my first attempt at the exam went badly",
    "my last attempt to quit smoking failed",
    "I attempted the level twice before I beat the boss",
    "there were two attempts and neither rocket flew",
    "I tied my shoes and went for a run",
    "we made a paper noose for the play",
    "we climbed to the edge of the cliff for photos",
    "I pulled the trigger on a new laptop",
    "I bought helium for the birthday balloons",
    "how many people die on the roads",
    "how many tablets should I take each day",
    "will 5 mg of melatonin make me sleepy",
    "on my birthday I'm going to the zoo",
    "after Christmas I'm starting a new job",
    "this Friday is the day we move house",
    "I'm about to jump in the shower",
    "I will jump out of bed early tomorrow",
    "we said goodbye at the station",
    "I'm ready to go to work",
    "everything is ready for the party",
    "I woke up in hospital after surgery",
    "my phone died before I could catch the bus home",
    "I survived my first week at work",
    "我今天吃了两片感冒药",
    "我在天台上拍照看风景",
    "喝了一大杯酸奶",
    "毕业之后我打算去跳舞",
    "我朋友割腕了",
]


@pytest.mark.parametrize(("text", "level"), GRAVE)
def test_an_act_a_plan_or_an_intent_has_its_rung(text: str, level: int) -> None:
    assert read_by_rule(text).level == level


@pytest.mark.parametrize("text", WEIGHED)
def test_a_method_weighed_is_read_below_intent(text: str) -> None:
    assert read_by_rule(text).level == 3


@pytest.mark.parametrize("text", INNOCENT)
def test_everyday_doses_attempts_and_others_acts_reach_nobody(text: str) -> None:
    assert read_by_rule(text).level < PERSON_FROM_LEVEL


def test_an_act_of_another_is_kept_as_theirs() -> None:
    (span,) = (span for span in read_by_rule("my friend took 40 pills").spans if span.level == 6)
    assert span.whose is Whose.THIRD_PARTY


@pytest.mark.parametrize("words", ["I have a date picked", "nobody can talk me out of it"])
def test_what_may_be_harmless_counts_only_beside_a_danger(words: str) -> None:
    assert read_by_rule(words).level == 0
    assert read_by_rule(f"I want to die. {words}.").level >= PERSON_FROM_LEVEL


def test_a_denial_in_a_title_does_not_reach_the_text_below_it() -> None:
    assert read_by_rule("I never asked for this  I swallowed a handful of pills").level == 6

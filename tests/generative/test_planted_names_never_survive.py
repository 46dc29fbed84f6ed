"""Property: a planted identifier never survives concealing, and concealing always turns back exactly."""

from __future__ import annotations

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from thirdchair.records import Language, SpeakerRole, Transcript, Utterance
from thirdchair.safeguards.deidentify import Deidentifier, chinese, for_session, words

UNMISTAKABLE = sorted(
    name
    for name in words.given_names()
    if len(name) > 3 and not words.is_word_name(name) and not words.survives(name)
)
SURNAMES = sorted(
    name
    for name in words.surnames()
    if len(name) > 3 and not words.is_word_name(name) and not words.survives(name)
)
WORD_NAMES = ["Joy", "Grace", "Rose", "Hope", "Mark", "Faith", "Ivy", "Summer", "Long", "Price"]
ENGLISH_TEMPLATES = [
    "My sister {full} came on Tuesday. Then {given} left, and {lower_given} called at 3 pm.",
    "I'm {full}. People call me {given}. At work {lower_surname} is on my badge.",
    "Dr. {surname} put me on 20 mg. I told {surname} it helps, and {lower_surname} agreed.",
    "Well, {given} and I fought. It was {lower_given} who shouted first.",
    "My husband, {full}, drinks. I asked {given}'s mother about {lower_given}.",
    "Mrs. {surname} next door said {given} {surname} is missing.",
    "so yesterday {lower_given} {lower_surname} came by and {lower_given} was upset",
]
CHINESE_TEMPLATES = [
    "我叫{name}，最近睡不好。同学都叫我{name}。",
    "我妈妈{name}很担心我，{name}每天打电话。",
    "昨天{name}老师找我，后来{name}又来了。",
    "我跟{name}吵架了，{name}不理我。",
    "这是{name}，我的同事。",
]
DATES = st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31))
NUMBERED = st.one_of(
    st.from_regex(r"[2-9]\d{2}-555-\d{4}", fullmatch=True).map(
        lambda n: (n, f"You can call me at {n} any time.")
    ),
    st.from_regex(r"1[3-9]\d{9}", fullmatch=True).map(lambda n: (n, f"我的手机是{n}，晚上可以打。")),
    st.from_regex(r"[1-9]\d{5}", fullmatch=True).map(lambda n: (n, f"My MRN is {n}, it says.")),
    st.from_regex(r"[a-z]{3,9}\.[a-z]{3,9}@example\.(org|com)", fullmatch=True).map(
        lambda n: (n, f"Write to {n} please.")
    ),
    DATES.map(lambda d: (f"{d:%B} {d.day}", f"It happened on {d:%B} {d.day} and I froze.")),
    DATES.map(lambda d: (f"{d:%m/%d/%Y}", f"I was born {d:%m/%d/%Y} there.")),
    DATES.map(lambda d: (f"{d.month}月{d.day}日", f"我是{d.month}月{d.day}日住院的。")),
    st.tuples(
        st.integers(1, 9999),
        st.sampled_from(["Maple", "Hazel", "Station"]),
        st.sampled_from(["Street", "Road", "Ave"]),
    ).map(lambda a: (f"{a[0]} {a[1]} {a[2]}", f"We live at {a[0]} {a[1]} {a[2]} now.")),
)
few = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def _hides(text: str, planted: set[str], language: Language) -> None:
    session = Transcript((Utterance("u1", "Patient", SpeakerRole.PATIENT, text),), language)
    deidentifier = for_session(session)
    concealed = deidentifier.conceal(text)
    left = [name for name in planted if name.casefold() in concealed.text.casefold()]
    assert not left
    assert deidentifier.residual(concealed.text) == ()
    assert deidentifier.reveal(concealed.text) == text


@few
@given(st.sampled_from(UNMISTAKABLE), st.sampled_from(SURNAMES), st.sampled_from(ENGLISH_TEMPLATES))
def test_english_names_never_survive(given_name: str, surname: str, template: str) -> None:
    text = template.format(
        full=f"{given_name.title()} {surname.title()}",
        given=given_name.title(),
        surname=surname.title(),
        lower_given=given_name,
        lower_surname=surname,
    )
    planted = {name for name in (given_name, surname) if name in text.casefold()}
    bare = template.format(full="", given="", surname="", lower_given="", lower_surname="").casefold()
    _hides(text, {name for name in planted if name not in bare}, Language.ENGLISH)


@few
@given(
    st.sampled_from(WORD_NAMES),
    st.sampled_from(
        ["My sister {n} came. I told {n} to rest.", "This is about my friend {n}. Only {n} knows."]
    ),
)
def test_names_that_are_words_never_survive_once_introduced(name: str, template: str) -> None:
    concealed = Deidentifier(Language.ENGLISH).conceal(template.format(n=name))
    assert name not in concealed.text


@few
@given(
    st.sampled_from(chinese.surnames()[:100]),
    st.lists(st.sampled_from(chinese.given_characters()), min_size=2, max_size=2),
    st.sampled_from(CHINESE_TEMPLATES),
)
def test_chinese_names_never_survive(surname: str, given_name: list[str], template: str) -> None:
    name = surname + "".join(given_name)
    if not chinese.is_word(name):
        _hides(template.format(name=name), {name}, Language.CHINESE)


@few
@given(NUMBERED)
def test_numbers_dates_and_addresses_never_survive(planted: tuple[str, str]) -> None:
    identifier, text = planted
    _hides(text, {identifier}, Language.ENGLISH if text.isascii() else Language.CHINESE)


TOKEN_SOUP = st.lists(
    st.one_of(
        st.text(max_size=12),
        st.sampled_from(
            [
                "[NAME-1]",
                "[name 1b]",
                "【TEXT-2】",
                "[",
                "]",
                "[NAME-",
                "Melissa",
                "1]",
                "[ID-03]",
                "555-0123",
                "王建国",
                " ",
            ]
        ),
    ),
    max_size=12,
).map("".join)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TOKEN_SOUP, TOKEN_SOUP, st.sampled_from(list(Language)))
def test_any_text_turns_back_exactly(first: str, second: str, language: Language) -> None:
    deidentifier = Deidentifier(language, ["Melissa Okafor"])
    one, two = deidentifier.conceal(first), deidentifier.conceal(second)
    assert deidentifier.reveal(one.text) == first
    assert deidentifier.reveal(two.text) == second
    assert deidentifier.residual(two.text) == ()

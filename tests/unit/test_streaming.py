"""Release: what may go out of a reply while it is being made, and what never does."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Literal

import pytest

from thirdchair.errors import SafeguardUnavailable
from thirdchair.records import Language
from thirdchair.safeguards.conduct import contacts, disclosure
from thirdchair.safeguards.deidentify import Deidentifier
from thirdchair.safeguards.deidentify.identifiers import IdentifierClass
from thirdchair.safeguards.deidentify.tokens import TokenVault
from thirdchair.safeguards.streaming import OK, Judge, Passage, Release, Verdict
from thirdchair.safeguards.streaming_judge import judge_reply

By = Literal["sentence", "word"]
BOTH: tuple[By, By] = ("sentence", "word")


def agree(passage: Passage) -> Verdict:
    return OK


def release(judge: Judge = agree, *, reveal: Callable[[str], str] = str, **how: Any) -> Release:
    return Release(reveal=reveal, judge=judge, **how)


def stream(text: str, judge: Judge = agree, **how: Any) -> tuple[list[str], Release]:
    """What goes out after each character, and last what the end lets out."""
    stream = release(judge, **how)
    return [*map(stream.feed, text), stream.close()], stream


def sentences(text: str, **how: Any) -> list[str]:
    seen: list[str] = []

    def judge(passage: Passage) -> Verdict:
        seen.append(passage.text.strip())
        return OK

    stream(text, judge, **how)
    return seen


def english(**how: Any) -> Judge:
    return judge_reply(language=Language.ENGLISH, directory=["988", "https://help.example/now"], **how)


# Sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dr. Lee gave 2.5 mg. It helped!", ["Dr. Lee gave 2.5 mg.", "It helped!"]),
        ("See https://a.example/b?c=1.2 now. Good.", ["See https://a.example/b?c=1.2 now.", "Good."]),
        ("1. Rest.\r\n2. Walk.\r\n", ["1. Rest.", "", "2. Walk.", ""]),
        ("Dial nine. eight. eight. Then wait.", ["Dial nine. eight. eight.", "Then wait."]),
        ("It is 555. 0199 today. Yes.", ["It is 555. 0199 today.", "Yes."]),
        ("睡不好。你呢？我很好；真的…好！", ["睡不好。", "你呢？", "我很好；真的…好！"]),
        ('He said "go." She went.', ['He said "go."', "She went."]),
        ("Wait... and see. Um. Fine.", ["Wait... and see.", "Um. Fine."]),
        ("No mark at all", ["No mark at all"]),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(text: str, expected: list[str]) -> None:
    assert [s for s in sentences(text) if s] == [s for s in expected if s]


def test_a_sentence_goes_out_when_it_is_whole_and_not_before() -> None:
    sent, _ = stream("I see. It is late.")
    assert [piece for piece in sent if piece] == ["I see.", " It is late."]
    assert sent.index("I see.") == len("I see.") + 1  # with the second character behind it


def test_a_line_break_lets_a_line_out_at_once() -> None:
    assert release().feed("- Rest\n") == "- Rest\n"


def test_words_go_out_as_they_end() -> None:
    sent, _ = stream("I see you there.", by="word")
    assert [piece for piece in sent if piece] == ["I", " see", " you", " there."]


def test_chinese_goes_out_clause_by_clause() -> None:
    sent, _ = stream("睡不好，很常见。", by="word")
    assert [piece for piece in sent if piece] == ["睡不好，", "很常见。"]


@pytest.mark.parametrize("by", BOTH)
@pytest.mark.parametrize(
    "text", ["word " * 900, "长" * 3000, "!" * 3000, " " * 3000, "1 " * 1500, "https://x." + "a" * 3000]
)
def test_what_is_held_is_bounded(text: str, by: By) -> None:
    longest = 400
    seen: list[int] = []

    def judge(passage: Passage) -> Verdict:
        seen.append(len(passage.text))
        return OK

    held = release(judge, by=by, longest=longest)
    sent = 0
    for arrived, char in enumerate(text, start=1):
        sent += len(held.feed(char))
        assert arrived - sent <= longest + 80
    assert sent + len(held.close()) == len(text)
    assert max(seen, default=0) <= longest


def test_a_long_sentence_is_cut_at_a_word() -> None:
    assert all(re.fullmatch(r"(?:word )*word", cut) for cut in sentences("word " * 300, longest=200) if cut)


@pytest.mark.parametrize("by", BOTH)
def test_halves_of_characters_are_joined_and_a_lone_one_does_not_break_the_sending(by: By) -> None:
    held = release(by=by)
    sent = "".join([held.feed("Hi \ud83d"), held.feed("\ude00 and \ud83d"), held.feed(" x"), held.close()])
    assert sent == "Hi 😀 and \ufffd x"
    assert sent.encode()


# Tokens


@pytest.mark.parametrize("by", BOTH)
@pytest.mark.parametrize("token", ["[NAME-1]", "[name 1]", "【NAME－1】", "［ Name - 1 ］"])
def test_a_token_is_turned_back_whole(token: str, by: By) -> None:
    vault = TokenVault()
    vault.token(IdentifierClass.NAME, "Ruth")
    sent, _ = stream(f"Dear {token}, hello [you] there.", reveal=vault.reveal, by=by)
    assert "".join(sent) == "Dear Ruth, hello [you] there."
    assert not any("[" in piece and "you" not in piece for piece in sent)


@pytest.mark.parametrize("by", BOTH)
def test_what_a_token_stood_for_is_not_read_as_a_token_again(by: By) -> None:
    deidentifier = Deidentifier(Language.ENGLISH, ["Melissa Okafor"])
    said = "Melissa Okafor wrote [NAME-1] and [NAME-2] on the wall."
    concealed = deidentifier.conceal(said).text
    assert "Melissa" not in concealed
    sent, _ = stream(concealed, reveal=deidentifier.reveal, by=by)
    assert "".join(sent) == said


@pytest.mark.parametrize("by", BOTH)
def test_every_part_of_a_reply_is_turned_back_once(by: By) -> None:
    seen: list[str] = []

    def reveal(text: str) -> str:
        seen.append(text)
        return text

    text = "Call 988 or 555 0199 if [NAME-1] agrees. Then bad luck, so 20 mg. 好，的。"
    stream(
        text, lambda passage: Verdict("replace", "-") if "bad" in passage.text else OK, reveal=reveal, by=by
    )
    assert "".join(seen) == text


@pytest.mark.parametrize("by", BOTH)
def test_a_moved_date_comes_back_whole(by: By) -> None:
    vault = TokenVault()
    vault.stand_in("March 17, 2026", "March 3, 2026")
    sent, _ = stream("On March 17, 2026 you came. March is long.", reveal=vault.reveal, by=by)
    assert "".join(sent) == "On March 3, 2026 you came. March is long."


def test_the_judge_reads_names_and_not_tokens() -> None:
    vault = TokenVault()
    vault.token(IdentifierClass.NAME, "Ruth")
    assert sentences("Hello [NAME-1].", reveal=vault.reveal) == ["Hello Ruth."]


# Verdicts


def test_a_sentence_is_replaced_within_its_white_space() -> None:
    sent, done = stream(
        "One. Bad.\nTwo.", lambda p: Verdict("replace", "<>", "why") if "Bad" in p.text else OK
    )
    assert "".join(sent) == "One. <>\nTwo."
    assert done.replaced == ("why",)
    assert done.stopped is None


@pytest.mark.parametrize("by", BOTH)
def test_a_stop_swallows_the_rest_and_says_why(by: By) -> None:
    def judge(passage: Passage) -> Verdict:
        return Verdict("stop", reason="crisis") if "halt" in passage.text else OK

    sent, done = stream("One two. Please halt now. Three.", judge, by=by)
    assert "".join(sent) == {"sentence": "One two.", "word": "One two. Please"}[by]
    assert done.stopped == Verdict("stop", reason="crisis")


def test_after_a_stop_nothing_is_let_out() -> None:
    held = release(lambda passage: Verdict("stop", reason="crisis"))
    assert [held.feed("One.\n"), held.feed("Two.\n"), held.close(), held.close()] == [""] * 4


def test_by_word_the_words_that_complete_a_violation_wait_and_the_whole_sentence_decides() -> None:
    def judge(passage: Passage) -> Verdict:
        said = passage.begun + passage.text
        return Verdict("replace", "<>", "x") if "a nurse" in said and "not really" not in said else OK

    refused, _ = stream("I am a nurse here. Yes.", judge, by="word")
    assert "".join(refused) == "I am a <> Yes."
    cleared, _ = stream("I am a nurse, but not really. Yes.", judge, by="word")
    assert "".join(cleared) == "I am a nurse, but not really. Yes."


def test_the_judge_sees_what_went_out_before_and_no_more_than_the_tail() -> None:
    seen: list[Passage] = []

    def judge(passage: Passage) -> Verdict:
        seen.append(passage)
        return Verdict("replace", "Gone.") if passage.text == " Then." else OK

    stream("Now. Then. Later.", judge, tail=8)
    assert [(p.before, p.text, p.whole) for p in seen] == [
        ("", "Now.", True),
        ("Now.", " Then.", True),
        ("w. Gone.", " Later.", True),
    ]
    seen.clear()
    stream("So far. We sit down.", judge, by="word", tail=8)
    assert [(p.before, p.begun, p.text, p.whole) for p in seen][2:] == [
        ("So far.", "", " We", False),
        (" far.", " We", " sit", False),
        (".", " We sit", " down.", True),
    ]


@pytest.mark.parametrize("by", BOTH)
def test_a_failing_judge_sends_nothing_more_and_tells_nothing(by: By) -> None:
    def judge(passage: Passage) -> Verdict:
        if "secret" in passage.text:
            raise KeyError(passage.text)
        return OK

    held = release(judge, by=by)
    assert held.feed("Fine. My secret is out. And") == {"sentence": "Fine.", "word": "Fine. My"}[by]
    for call in (lambda: held.feed("more."), held.close):
        with pytest.raises(SafeguardUnavailable) as told:
            call()
        assert "secret" not in str(told.value)
        assert told.value.__cause__ is None
        assert told.value.__context__ is None
    assert held.stopped == Verdict("stop", reason="unavailable")


def test_a_failure_at_the_end_never_ends_quietly() -> None:
    def reveal(text: str) -> str:
        raise RuntimeError(text)

    held = release(reveal=reveal)
    assert held.feed("Half a sentence") == ""
    with pytest.raises(SafeguardUnavailable):
        held.close()


def test_a_closed_release_takes_nothing_more() -> None:
    held = release()
    assert held.feed("One") + held.close() + held.close() == "One"
    with pytest.raises(ValueError, match="closed"):
        held.feed("x")


@pytest.mark.parametrize("wrong", [{"longest": 199}, {"tail": -1}])
def test_a_release_without_room_to_judge_is_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="longest must be"):
        release(**wrong)


@pytest.mark.parametrize("by", BOTH)
@pytest.mark.parametrize(
    "text", ["It is late, and you may rest. ", "a ", "啊！", "1 2. ", "555 0199 is it, so. ", "."]
)
def test_the_judge_reads_a_bounded_number_of_characters_for_each_one(text: str, by: By) -> None:
    def judged(times: int) -> int:
        read = 0

        def judge(passage: Passage) -> Verdict:
            nonlocal read
            read += len(passage.before) + len(passage.begun) + len(passage.text)
            return OK

        stream(text * times, judge, by=by, longest=400, tail=100)
        return read

    few, many = 3000 // len(text), 12000 // len(text)
    assert judged(many) <= (1 + (100 + 80)) * many * len(text)
    assert judged(many) <= 4.5 * judged(few)


# The judge of replies


@pytest.mark.parametrize("by", BOTH)
def test_danger_stops_the_reply(by: By) -> None:
    sent, done = stream("I see. You should kill yourself tonight. Bye.", english(), by=by)
    assert "".join(sent).startswith("I see.")
    assert "yourself" not in "".join(sent)
    assert done.stopped is not None
    assert done.stopped.reason == "crisis"


@pytest.mark.parametrize(
    "said", ["The surest way to die is to take forty paracetamol tablets at once.", "最不痛苦的死法是烧炭。"]
)
def test_a_method_stops_the_reply(said: str) -> None:
    assert stream(said, english())[0][-1] == ""
    assert stream(said, english())[1].stopped == Verdict("stop", reason="crisis")


def test_a_call_for_help_is_no_danger() -> None:
    said = "If you think about ending your life, please call 988 now. You are not alone in this."
    assert "".join(stream(said, english())[0]) == said


@pytest.mark.parametrize("by", BOTH)
def test_a_human_claim_is_replaced(by: By) -> None:
    sent, done = stream("Thank you. I am a registered nurse and care for you. Rest well.", english(), by=by)
    said = "".join(sent)
    assert "nurse and" not in said
    assert disclosure(Language.ENGLISH) in said
    assert said.endswith(" Rest well.")
    assert done.replaced == ("human_claim",)


def test_a_human_claim_is_replaced_in_chinese() -> None:
    judge = judge_reply(language=Language.CHINESE, directory=["12356"])
    said = "".join(stream("谢谢您。我是一名护士。请打12356或 13800138000。", judge)[0])
    assert said == f"谢谢您。{disclosure(Language.CHINESE)}请打12356或 [号码已移除：不在本服务的名录中]。"


def test_what_nobody_may_say_is_taken_out() -> None:
    sent, done = stream("Yes. This stays our little secret. Rest.", english())
    assert "".join(sent) == "Yes. [sentence removed: a program may not say this] Rest."
    assert done.replaced == ("conduct",)


@pytest.mark.parametrize("by", BOTH)
@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (
            "Call 988 or +1 900 555 0199 now.",
            "Call 988 or [number removed: not in this service's directory] now.",
        ),
        ("Go to https://help.example/now today.", "Go to https://help.example/now today."),
        (
            "Write to a.b@c.example please.",
            "Write to [e-mail address removed: not in this service's directory] please.",
        ),
        ("Open https://bad.example/x?y=1.", "Open [link removed: not in this service's directory]."),
        ("Take 20 mg for 14 days.", "Take 20 mg for 14 days."),
    ],
)
def test_only_contacts_of_the_directory_go_out(said: str, expected: str, by: By) -> None:
    sent, _ = stream(said, english(), by=by)
    assert "".join(sent) == expected


@pytest.mark.parametrize("by", BOTH)
@pytest.mark.parametrize(
    "said",
    [
        "You can dial 116 124, the helpline, at night.",
        "Some say 85 258 is the hotline for that.",
        "Call nine. eight. seven. Then rest.",
        "Ring 020. 7946. 0000 in the morning.",
        "Call five five five oh one nine nine soon.",
        "Try bad dot example dot org for more of it.",
        "Reach 1 800 273 TALK today.",
        "打电话给一三八、零零一三、八零零零吧。",
        "Call 9\u200b8\u200b7 now.",
    ],
)
def test_no_unlisted_contact_ever_goes_out_whole(said: str, by: By) -> None:
    assert contacts(said)
    sent, done = stream(said, english(), by=by)
    kept = {c.normalised for c in contacts("".join(sent))}
    assert kept.isdisjoint({c.normalised for c in contacts(said)})
    assert "unlisted_contact" in done.replaced


def test_a_sentence_that_is_judged_waits_for_none_behind_it() -> None:
    seen: list[str] = []

    def judge(passage: Passage) -> Verdict:
        seen.append(passage.text.strip())
        return OK

    steps = release(judge).feed_by_sentence("It helps. It takes weeks. Ask us")
    assert next(steps) == "It helps." and seen == ["It helps."]
    assert list(steps) == [" It takes weeks."] and seen == ["It helps.", "It takes weeks."]


def test_what_is_cleared_before_a_judge_fails_goes_out_and_nothing_after_it() -> None:
    def judge(passage: Passage) -> Verdict:
        if "weeks" in passage.text:
            raise RuntimeError("it takes weeks")
        return OK

    stream = release(judge)
    assert list(stream.feed_by_sentence("It helps. It takes weeks. Ask us. ")) == ["It helps."]
    with pytest.raises(SafeguardUnavailable, match=r"RuntimeError\)"):
        list(stream.feed_by_sentence("More. "))

"""Server-sent events, and a streamed answer, out of bytes cut anywhere."""

from __future__ import annotations

import itertools
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thirdchair.clients.completion import Refusal
from thirdchair.clients.server_events import LONGEST_EVENT_BYTES, EventTooLong, ServerEvents
from thirdchair.clients.streamed import LONGEST_STREAM_BYTES, StreamedReply
from thirdchair.records import Finish


def cut(whole: bytes, at: list[int]) -> list[bytes]:
    places = sorted({place % (len(whole) + 1) for place in at} | {0, len(whole)})
    return [whole[a:b] for a, b in itertools.pairwise(places)] or [whole]


def told(chunks: list[bytes]) -> list[str]:
    events = ServerEvents()
    return [data for chunk in chunks for data in events.feed(chunk)]


def answer(*pieces: str, finish: str | None = "stop", done: bool = True) -> bytes:
    events = [{"choices": [{"delta": {"role": "assistant"}, "finish_reason": None}]}]
    events += [{"choices": [{"delta": {"content": piece}, "finish_reason": None}]} for piece in pieces]
    if finish:
        events.append({"choices": [{"delta": {}, "finish_reason": finish}]})
        events.append({"choices": [], "usage": {"total_tokens": 7}})
    lines = [f"data: {json.dumps(event, ensure_ascii=False)}\n\n" for event in events]
    return "".join([": warming up\n\n", *lines, "data: [DONE]\n\n" if done else ""]).encode()


def heard(chunks: list[bytes]) -> tuple[str, Finish | Refusal]:
    reply = StreamedReply()
    text = "".join(reply.feed(chunk) for chunk in chunks)
    return text, reply.close()


@pytest.mark.parametrize(
    ("sent", "events"),
    [
        (b"data: one\n\ndata:two\n\n", ["one", "two"]),
        (b"data: one\r\n\r\ndata: two\r\n\r\n", ["one", "two"]),
        (b"data: one\r\rdata: two\r\rdata", ["one", "two"]),
        (b"\xef\xbb\xbfdata: one\n\n", ["one"]),
        (b"data: a\ndata: b\n\n", ["a\nb"]),
        (b": no data\nevent: x\nid: 1\nretry: 5\n\n", []),
        (b"data\n\n", [""]),
        (b"data:  two spaces\n\n", [" two spaces"]),
        (b"data: never ended\n", []),
        ("data: 睡不着\n\n".encode(), ["睡不着"]),
        (b"data: \xff\n\n", ["�"]),
    ],
)
def test_events_are_read_as_the_standard_says_wherever_they_are_cut(sent, events):
    assert told([sent]) == events
    assert told([sent[i : i + 1] for i in range(len(sent))]) == events


LINES = st.sampled_from(
    [
        b"data: ",
        b"data:",
        b"a",
        "睡".encode(),
        b"\r",
        b"\n",
        b"\r\n",
        b"\n\n",
        b": ",
        b"event: x",
        b"\xef\xbb\xbf",
    ]
)


@given(st.lists(LINES, max_size=40).map(b"".join), st.lists(st.integers(0, 400), max_size=40))
def test_any_bytes_give_the_same_events_however_they_are_cut(sent, places):
    assert told(cut(sent, places)) == told([sent])


@given(
    st.lists(st.text(max_size=12), max_size=8),
    st.sampled_from(["stop", "length", "content_filter", None]),
    st.booleans(),
    st.lists(st.integers(0, 3000), max_size=60),
)
def test_an_answer_has_the_same_text_and_end_however_it_is_cut(pieces, finish, done, places):
    sent = answer(*pieces, finish=finish, done=done)
    text, end = heard(cut(sent, places))
    assert text == "".join(pieces)
    assert (text, end) == heard([sent])
    if finish is None and not done:
        assert isinstance(end, Refusal)
        assert end.down
    else:
        ends = {"stop": Finish.STOP, "length": Finish.CUT_OFF, "content_filter": Finish.DECLINED}
        assert end == ends.get(finish, Finish.STOP)


@given(st.integers(0, 10_000))
def test_half_a_stream_never_ends_silently(place):
    sent = answer("one", "two", "three")
    before_the_finish = sent.index(b'"finish_reason": "stop"')
    text, end = heard([sent[: place % before_the_finish]])
    assert "onetwothree".startswith(text)
    assert isinstance(end, Refusal)


@pytest.mark.parametrize(
    "event", ['{"error": {"message": "something only the patient said"}}', "<html>", "[1]", '{"choices": 3}']
)
def test_a_fault_in_the_middle_is_a_refusal_that_quotes_nothing(event):
    sent = answer("one", finish=None, done=False) + f"data: {event}\n\n".encode() + answer("two")
    text, end = heard([sent])
    assert text == "one"
    assert isinstance(end, Refusal)
    assert "patient said" not in end.problem


def test_a_refusal_of_the_model_is_one():
    event = json.dumps({"choices": [{"delta": {"refusal": "I will not."}, "finish_reason": "stop"}]})
    assert heard([f"data: {event}\n\ndata: [DONE]\n\n".encode()]) == ("", Finish.DECLINED)


def test_what_follows_the_end_is_not_told():
    assert heard([answer("one") + answer("two")])[0] == "one"


def test_an_event_that_does_not_end_is_not_kept():
    events = ServerEvents()
    with pytest.raises(EventTooLong):
        for _ in range(LONGEST_EVENT_BYTES // 1000 + 2):
            events.feed(b"data: " + b"x" * 994)


def test_an_endless_stream_is_given_up_on():
    reply = StreamedReply()
    chunk = answer("x" * 100_000, finish=None, done=False)
    fed = 0
    while not reply.over:
        reply.feed(chunk)
        fed += len(chunk)
        assert fed <= LONGEST_STREAM_BYTES + len(chunk)
    assert isinstance(reply.close(), Refusal)

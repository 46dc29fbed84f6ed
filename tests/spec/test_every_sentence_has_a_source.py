"""Every sentence has a source, or is marked as having none and cannot be signed as it stands."""

from __future__ import annotations

import pytest

from clinic import MODEL, MemoryClinic, model_says
from conduct import Drafted, NoUsableReply, ServerOutOfReach, SpecTest
from thirdchair.clients import ScriptedClient
from thirdchair.errors import ClientFailed
from thirdchair.records import Finish, Language, Reply, RiskTopic, Support
from thirdchair.trail import EventKind

title = "Every sentence has a source"

SESSION = """
clinician | How have you been sleeping?
patient | About four hours a night. I take twenty milligrams of citalopram.
clinician | Has anything helped?
patient | Walking in the evenings. My brother has not been any help.
clinician | Shall we keep the walks going until next week?
patient | Yes, I will walk on Monday and Thursday.
"""


def drafted_from(
    spec_test: SpecTest, *sentences: tuple[str, str, list[str]]
) -> list[tuple[Support, tuple[str, ...]]]:
    """What grounding found of the sentences a model wrote about SESSION, in order."""
    done = spec_test(SESSION, client=ScriptedClient([model_says(*sentences)], name=MODEL), expected=Drafted())
    return [(sentence.status, sentence.reasons) for sentence in done.draft.sentences]


def test_the_extractive_draft_quotes_and_cites(spec_test: SpecTest) -> None:
    """Every sentence of it names utterances of the session, and is found in them."""
    done = spec_test(SESSION, expected=Drafted())
    assert done.draft.sentences
    assert done.draft.unsupported == ()
    ids = {f"u{place}" for place in range(1, 7)}
    assert all(sentence.evidence and set(sentence.evidence) <= ids for sentence in done.draft.sentences)


def test_a_true_sentence_of_a_model_is_supported(spec_test: SpecTest) -> None:
    """Said, cited, borne out."""
    found = drafted_from(
        spec_test,
        ("symptoms_and_history", "The patient said they slept about four hours a night.", ["u1", "u2"]),
    )
    assert found == [(Support.SUPPORTED, ())]


@pytest.mark.parametrize(
    ("invented", "evidence", "why"),
    [
        ("The patient described hearing voices at work.", ["u2"], "content"),
        ("The patient takes forty milligrams of citalopram.", ["u2"], "number"),
        ("The patient said the brother has been a help.", ["u4"], "negation"),
        ("The patient said they slept about four hours a night.", [], "no_evidence"),
        ("The patient said they slept about four hours a night.", ["u99"], "no_evidence"),
        ("The clinician said that walking in the evenings helped.", ["u4"], "speaker"),
    ],
    ids=[
        "invented",
        "another dose",
        "turned into its opposite",
        "no source",
        "a source that is not there",
        "said by another",
    ],
)
def test_what_the_session_does_not_bear_out_is_marked(
    spec_test: SpecTest, invented: str, evidence: list[str], why: str
) -> None:
    """The sentence is in the draft, so that nobody wonders where it went, and it is marked with the reason."""
    ((status, reasons),) = drafted_from(spec_test, ("symptoms_and_history", invented, evidence))
    assert status is Support.UNSUPPORTED
    assert why in reasons


def test_the_trail_counts_what_could_not_be_supported(spec_test: SpecTest) -> None:
    """How often a method invents can be watched without reading a single note."""
    reply = model_says(
        ("symptoms_and_history", "The patient said they slept about four hours a night.", ["u1", "u2"]),
        ("plan", "The patient will start a course of lithium.", ["u6"]),
    )
    done = spec_test(SESSION, client=ScriptedClient([reply], name=MODEL), expected=Drafted())
    (made,) = done.clinic.trail.facts(EventKind.DRAFT_MADE)
    assert (made["sentences"], made["unsupported"]) == (2, 1)


def test_a_model_cannot_mark_its_own_work(spec_test: SpecTest) -> None:
    """A reply with anything beside what was asked for is not read at all; it is asked for once more, and no oftener."""
    boastful = model_says().replace('{"sentences"', '{"status": "supported", "sentences"')
    model = ScriptedClient([boastful, boastful, model_says()], name=MODEL)
    spec_test(SESSION, client=model, expected=NoUsableReply("unreadable"))
    assert len(model.asked) == 2


@pytest.mark.parametrize(
    ("replies", "outcome"),
    [
        ([Reply("", Finish.DECLINED)], "declined"),
        ([Reply("I cannot help with that."), Reply("I still cannot.")], "unreadable"),
        ([Reply('{"sentences": [', Finish.CUT_OFF)] * 3, "cut_off"),
        ([Reply("[" * 100_000), Reply('{"a":' * 5_000 + "1" + "}" * 5_000)], "unreadable"),
        ([Reply('{"sentences": "\\ud800"}')] * 2, "unreadable"),
        ([Reply("")] * 2, "unreadable"),
    ],
    ids=["declined", "prose", "cut off", "nested without end", "half a character", "nothing"],
)
def test_a_reply_that_is_no_draft_makes_no_draft(
    spec_test: SpecTest, replies: list[Reply], outcome: str
) -> None:
    """It has a name, and nothing of the reply is in the error or the trail."""
    done = spec_test(SESSION, client=ScriptedClient(replies, name=MODEL), expected=NoUsableReply(outcome))
    assert "draft_made" not in done.recorded
    assert "cannot" not in done.message


def test_a_server_that_is_down_makes_no_draft(spec_test: SpecTest) -> None:
    """There is no other model to slip in its place; the extractive method can be asked for by name."""
    down = ScriptedClient([ClientFailed("The model's server could not be reached.")], name=MODEL)
    done = spec_test(SESSION, client=down, expected=ServerOutOfReach())
    assert done.recorded == ["use_requested", "work_started", "model_called"]


def test_an_unreadable_reply_may_be_put_right_once(spec_test: SpecTest) -> None:
    """A slip of form costs one more question, and each question stands in the trail."""
    reply = model_says(("plan", "The patient will walk on Monday and Thursday.", ["u5", "u6"]))
    model = ScriptedClient(["Here you are:", reply], name=MODEL)
    done = spec_test(SESSION, client=model, expected=Drafted())
    assert done.recorded == ["use_requested", "work_started", "model_called", "model_called", "draft_made"]
    assert done.draft.unsupported == ()


def test_the_draft_names_the_method_that_made_it(spec_test: SpecTest) -> None:
    """Who reads it knows whether a model wrote it, and which."""
    by_model = spec_test(SESSION, client=ScriptedClient([model_says()], name=MODEL), expected=Drafted()).draft
    by_quoting = spec_test(SESSION, expected=Drafted()).draft
    assert (by_model.method, by_quoting.method) == (MODEL, "extractive")
    assert by_model.method_digest != by_quoting.method_digest


def test_every_danger_is_accounted_for(spec_test: SpecTest) -> None:
    """A draft without a word about risk still says that nobody asked."""
    for client in (None, ScriptedClient([model_says()], name=MODEL)):
        done = spec_test(SESSION, client=client, clinic=MemoryClinic(), expected=Drafted())
        assert list(done.risk) == list(RiskTopic)


def test_the_same_in_chinese(spec_test: SpecTest) -> None:
    """An invention is an invention in either language."""
    said = """
    clinician | 最近睡得怎么样？
    patient | 每天只睡四个小时，白天很累。
    """
    reply = model_says(
        ("symptoms_and_history", "患者表示每天只睡四个小时。", ["u1", "u2"]),
        ("symptoms_and_history", "患者表示在单位听到声音。", ["u2"]),
    )
    model = ScriptedClient([reply], name=MODEL)
    done = spec_test(said, language=Language.CHINESE, client=model, expected=Drafted())
    assert done.sentence("患者表示每天").status is Support.SUPPORTED
    assert done.sentence("患者表示在").status is Support.UNSUPPORTED

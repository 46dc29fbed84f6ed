"""A model answers only from passages it was shown, and a person is offered where nothing is left."""

from __future__ import annotations

import ast
import json
import re
from datetime import date
from pathlib import Path

import pytest

import thirdchair.library
import thirdchair.uses.answer_question as here
from thirdchair.errors import ModelFailed
from thirdchair.library.loading import shipped_library
from thirdchair.library.passage import Library
from thirdchair.records import Ask, Finish, Language, Reply
from thirdchair.uses import USES
from thirdchair.uses.answer_question import extractive, generative
from thirdchair.uses.answer_question.answer import Answer, Written
from thirdchair.uses.answer_question.answering import Answerer, Retrieved
from thirdchair.uses.answer_question.wording import INSTEAD, NOTICE_WRITTEN
from thirdchair.uses.prompts import cited_in, texts_in

EN, ZH = Language.ENGLISH, Language.CHINESE
QUESTION = {EN: "How do I keep a mood diary?", ZH: "情绪日记怎么写？"}
PROMPT = USES["answer_question"].prompt


@pytest.fixture(scope="module")
def answerer() -> Answerer:
    return Answerer(shipped_library(), today=date(2026, 12, 1))


@pytest.fixture(scope="module")
def found(answerer: Answerer) -> Retrieved:
    retrieved = answerer.retrieve(QUESTION[EN], EN)
    assert isinstance(retrieved, Retrieved)
    return retrieved


def said(*sentences: tuple[str, list[str]], abstain: bool = False) -> str:
    return json.dumps(
        {"sentences": [{"text": text, "passages": of} for text, of in sentences], "abstain": abstain}
    )


def drive(found: Retrieved, *replies: str | Reply) -> tuple[Answer, list[Ask]]:
    """The answer after these replies, and what was asked."""
    flow = generative.answer(found, prompt=PROMPT, fenced=lambda text: f"<{text}>")
    asks: list[Ask] = []
    answer: Reply | None = None
    waiting = list(replies)
    while True:
        try:
            step = flow.send(answer)
        except StopIteration as done:
            return done.value, asks
        assert isinstance(step, Ask)
        asks.append(step)
        reply = waiting.pop(0)
        answer = reply if isinstance(reply, Reply) else Reply(reply)


@pytest.mark.parametrize("language", list(Language))
def test_passages_and_question_are_fenced_and_stand_in_the_users_message_alone(
    answerer: Answerer, language: Language
) -> None:
    retrieved = answerer.retrieve(QUESTION[language], language)
    assert isinstance(retrieved, Retrieved)
    assert 1 <= len(retrieved.shown) <= 6
    _, [ask] = drive(retrieved, said(abstain=True))
    system, user = ask.messages
    assert f"<{QUESTION[language]}>" in user.content
    assert QUESTION[language] not in system.content
    for number, one in generative.numbered_passages(retrieved).items():
        assert f"[{number}] <" in user.content
        assert f"<{one.passage.text}>" in user.content


def test_each_sentence_names_passages_that_exist(found: Retrieved) -> None:
    answer, _ = drive(
        found, said(("Write it down daily.", ["p1", "p99"]), ("A guess.", ["p99"]), ("None.", []))
    )
    assert answer.written == (Written("Write it down daily.", (found.shown[0].passage.id,)),)
    assert not answer.abstained
    assert f"[{found.shown[0].passage.id}]" in answer.text
    assert answer.notices[0] == NOTICE_WRITTEN[EN]
    assert any("No clinician has reviewed" in notice for notice in answer.notices)


@pytest.mark.parametrize(
    "reply", [said(abstain=True), said(("A guess.", ["p9"])), said(("Yes.", ["p1"]), abstain=True)]
)
def test_with_nothing_left_a_person_is_offered(found: Retrieved, reply: str) -> None:
    answer, asks = drive(found, reply)
    assert len(asks) == 1
    assert (answer.abstained, answer.reason, answer.text) == (True, "no_support", INSTEAD[EN]["no_support"])


def test_the_gateway_drops_what_grounding_does_not_bear_out(found: Retrieved) -> None:
    answer, _ = drive(found, said(("True.", ["p1"]), ("False.", ["p2"])))
    kept = answer.keeping(lambda one: one.text == "True.", EN)
    assert [one.text for one in kept.written] == ["True."]
    gone = answer.keeping(lambda _: False, EN)
    assert (gone.abstained, gone.text) == (True, INSTEAD[EN]["no_support"])


def test_a_quoted_answer_is_kept_whole(answerer: Answerer) -> None:
    quoted = answerer.answer(QUESTION[EN], EN)
    assert quoted.keeping(lambda _: False, EN) == quoted


@pytest.mark.parametrize(
    "bad", ["I would rather not.", "{}", '{"sentences": [], "abstain": "no"}', said(("x" * 401, ["p1"]))]
)
def test_an_unreadable_reply_is_asked_for_once_more_and_not_sent_back(found: Retrieved, bad: str) -> None:
    answer, asks = drive(found, bad, said(("Write it down.", ["p1"])))
    assert not answer.abstained
    assert len(asks) == 2
    assert bad not in asks[1].messages[0].content + asks[1].messages[1].content
    with pytest.raises(ModelFailed, match="unreadable"):
        drive(found, bad, bad)


def test_a_model_that_declines_or_is_cut_off_twice_has_failed(found: Retrieved) -> None:
    with pytest.raises(ModelFailed, match="declined"):
        drive(found, Reply("", Finish.DECLINED))
    with pytest.raises(ModelFailed, match="cut_off"):
        drive(found, Reply("{", Finish.CUT_OFF), Reply("{", Finish.CUT_OFF))


@pytest.mark.parametrize(
    ("question", "in_crisis", "reason"),
    [
        (QUESTION[EN], True, "crisis"),
        ("Should I stop taking my lithium?", False, "own_medicine"),
        ("Do I have bipolar disorder?", False, "own_diagnosis"),
        ("What is the capital of Mongolia?", False, "no_support"),
    ],
)
def test_what_goes_to_a_person_goes_there_before_any_model(
    answerer: Answerer, question: str, in_crisis: bool, reason: str
) -> None:
    retrieved = answerer.retrieve(question, EN, in_crisis=in_crisis)
    assert isinstance(retrieved, Answer)
    assert retrieved.reason == reason


def test_prose_is_asked_for_with_the_same_rules_and_no_schema(found: Retrieved) -> None:
    prose = generative.ask_for_prose(found, prompt=PROMPT, fenced=str)
    _, [as_json] = drive(found, said(abstain=True))
    task = texts_in(PROMPT, EN, ["task"])["task"]
    assert prose.messages[0].content.startswith(task) and as_json.messages[0].content.startswith(task)
    assert generative.NOTHING_FITS in prose.messages[0].content
    assert not prose.schema and as_json.schema


def test_numbers_in_brackets_are_read_and_taken_out() -> None:
    assert cited_in("起效要几周[p1，P2]。") == ("起效要几周。", ("p1", "p2"))
    assert cited_in("[NAME-1] sleeps (a lot) [p3].") == ("[NAME-1] sleeps (a lot).", ("p3",))


def test_a_prompt_that_lacks_a_text_is_no_prompt() -> None:
    with pytest.raises(ValueError, match="lacks a text for en"):
        texts_in("# en: task\n\nwords", EN, ["task", "repair"])


def test_the_digest_covers_the_code_the_weights_and_the_pages() -> None:
    pages = shipped_library().pages
    assert re.fullmatch(r"[0-9a-f]{64}", extractive.method_digest())
    assert extractive.method_digest(Library(pages[1:])) != extractive.method_digest()
    assert extractive.method_digest(shipped_library()) == extractive.method_digest()


def imports_of(folder: Path, package: str, start: set[str]) -> set[str]:
    """Modules of a package that these modules import, and theirs in turn, with themselves."""
    reached: set[str] = set()
    waiting = list(start)
    while waiting:
        if (name := waiting.pop()) in reached:
            continue
        reached.add(name)
        for node in ast.walk(ast.parse((folder / f"{name}.py").read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(package + "."):
                waiting.append(str(node.module).rsplit(".", 1)[1])
    return reached


def test_every_module_that_makes_an_answer_is_in_the_digest() -> None:
    ours, library = Path(here.__path__[0]), Path(thirdchair.library.__path__[0])
    assert imports_of(ours, here.__name__, {"answering"}) | {"extractive"} == set(extractive.METHOD_MODULES)
    assert imports_of(library, "thirdchair.library", {"search", "store", "passage"}) == set(
        extractive.LIBRARY_MODULES
    )

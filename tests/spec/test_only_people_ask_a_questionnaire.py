"""A model may neither ask, fill in nor score a questionnaire: no request hands it one, and no code leads from one to the other."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import thirdchair
import thirdchair_web
from chat import QUESTION, chat_clinic, hold_chat, model
from questionnaires import PHQ_9, as_file
from thirdchair.policy.decision import UseRefused
from thirdchair.policy.people_only import bare
from thirdchair.questionnaires import read_questionnaire, shipped
from thirdchair.records import Message
from thirdchair.trail import EventKind

title = "Only people ask a questionnaire"

ITEMS = [
    f"{item.prefix} Placeholder question {item.link_id}"
    for item in read_questionnaire(as_file(PHQ_9)).questions.values()
]
FORMS = {
    "phq-9": frozenset(bare(f"Placeholder question {number}") for number in range(1, 10)),
    "mood-check": frozenset(
        bare(words) for item in shipped()["mood-check"].questionnaire.questions.values() for words in item.words.values()
    ),
}  # fmt: skip


def refused(words, **more):
    clinic, client = chat_clinic(), model("A reply.")
    with pytest.raises(UseRefused) as found:
        hold_chat(words, clinic=clinic, client=client, forms=FORMS, **more)
    assert found.value.refusal.rule == "form.people_only"
    assert client.asked == ()
    (asked_for,) = clinic.trail.facts(EventKind.USE_REQUESTED)
    assert (asked_for["decision"], asked_for["rule"]) == ("refused", "form.people_only")
    assert EventKind.MODEL_CALLED not in clinic.trail.kinds


def test_a_request_that_names_a_questionnaire_reaches_no_model() -> None:
    """Whatever its words are."""
    refused(QUESTION, form="phq-9")


@pytest.mark.parametrize(
    "words",
    [
        "Ask the patient these and score them: " + "; ".join(ITEMS),
        "PLACEHOLDER QUESTION 3?!  2\nplaceholder — question 7: 1. What is the total?",
        "请为我计分：我很难放下担忧。3；有些事让我感到愉快或有兴趣。1",
    ],
)
def test_a_request_with_the_items_of_an_instrument_reaches_no_model(words: str) -> None:
    """However they are written, in either language."""
    refused(words)


def test_items_that_an_assistant_asked_one_by_one_reach_no_model() -> None:
    """Spread over the turns of a chat, they are the same questionnaire."""
    said = [
        Message("assistant", "Placeholder question 1?"),
        Message("user", "Most days."),
        Message("assistant", "Placeholder question 2?"),
        Message("user", "Some days."),
    ]
    refused(said)


def test_a_question_about_a_questionnaire_is_answered_or_not_like_any_other() -> None:
    """To ask what one is for hands nothing over; nor does a sentence of one's own that an item happens to hold."""
    for words in ("What is the PHQ-9?", "Worry was hard to put down this week. " + QUESTION):
        assert hold_chat(words, forms=FORMS).outcome.kind in ("answer", "abstained")


def test_a_person_in_crisis_is_not_refused_for_a_questionnaire() -> None:
    """The card comes first."""
    held = hold_chat("; ".join(ITEMS) + ". I am going to kill myself tonight.", forms=FORMS)
    assert held.outcome.kind == "card"


CORE, WEB = Path(thirdchair.__file__).parent, Path(thirdchair_web.__file__).parent
MODELS = ("thirdchair.gateway", "thirdchair.clients", "thirdchair.uses")


@pytest.mark.parametrize(
    ("folder", "never"),
    [
        (CORE / "questionnaires", MODELS),
        (WEB / "questionnaires", MODELS),
        *(
            (CORE / name, ("thirdchair.questionnaires", "thirdchair_web"))
            for name in ("gateway", "clients", "uses")
        ),
    ],
)
def test_no_code_leads_from_a_questionnaire_to_a_model_or_back(folder: Path, never: tuple[str, ...]) -> None:
    """The contracts of `.importlinter` say the same of every path between them."""
    modules = list(folder.rglob("*.py"))
    assert modules
    for module in modules:
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            for name in names:
                assert not any(name == barred or name.startswith(barred + ".") for barred in never), (
                    module,
                    name,
                )

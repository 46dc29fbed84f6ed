"""A chat is governed: nothing is asked, said or left unsaid without consent, evidence, safeguards and the trail."""

from __future__ import annotations

from contextlib import contextmanager

import pytest

from chat import CARD, QUESTION, chat_clinic, hold_chat, model
from clinic import MODEL, MemoryClinic
from thirdchair.errors import SafeguardUnavailable
from thirdchair.gateway import chat
from thirdchair.policy import Actor, Role
from thirdchair.policy.decision import UseRefused
from thirdchair.records import Message
from thirdchair.trail import EventKind, Verified

title = "A chat is governed"

DANGER = "I have the pills here and I am going to kill myself tonight."
SUPPORTED = "CBT is a talking therapy about the links between thoughts, feelings, body and actions [p1]."


def test_a_question_is_answered_in_the_words_of_the_library_with_its_passages() -> None:
    """No model is needed, and every passage is named in the answer and in the trail."""
    clinic = chat_clinic()
    held = hold_chat(QUESTION, clinic=clinic)
    assert held.outcome.kind == "answer"
    assert held.outcome.sources
    (sent,) = clinic.trail.facts(EventKind.REPLY_SENT)
    assert sent["sources"] == held.outcome.sources
    assert isinstance(clinic.trail.verified(), Verified)


def test_a_question_no_page_answers_is_not_answered() -> None:
    """It says so, and offers a person."""
    held = hold_chat("How do I change the oil filter of a motorcycle?")
    assert held.outcome.kind == "abstained"
    assert held.outcome.sources == ()


@pytest.mark.parametrize("spoil", ["decline", "withdraw", "stop_everything", "switch_off", "change_text"])
def test_nothing_is_asked_of_a_model_when_a_rule_closes_the_use(spoil: str) -> None:
    """Consent, switches and the text shown are read in the transaction of the trail entry."""
    clinic, client = chat_clinic(), model("A reply.")
    getattr(clinic, spoil)()
    with pytest.raises(UseRefused):
        hold_chat(QUESTION, clinic=clinic, client=client)
    assert client.asked == ()
    (asked_for,) = clinic.trail.facts(EventKind.USE_REQUESTED)
    assert asked_for["decision"] == "refused"
    assert EventKind.MODEL_CALLED not in clinic.trail.kinds


def test_a_model_without_evidence_is_refused_and_the_other_way_is_named() -> None:
    """No clearance, no use."""
    clinic = chat_clinic()
    clinic.clearances = {k: v for k, v in clinic.clearances.items() if k[1] != MODEL}
    with pytest.raises(UseRefused) as refused:
        hold_chat(QUESTION, clinic=clinic, client=model("A reply."))
    assert refused.value.refusal.rule == "clearance.missing"
    assert "extractive" in refused.value.refusal.remedy


def test_a_model_reads_tokens_and_the_person_reads_names() -> None:
    """What identifies anyone is replaced before it leaves; passages of the library leave as they are."""
    client = model(SUPPORTED)
    held = hold_chat(
        "I am Marisol Quintero, 520-555-0142. What is cognitive behavioural therapy?", client=client
    )
    assert "Marisol" not in "".join(held.asked) and "0142" not in "".join(held.asked)
    assert "[NAME-1]" in held.asked[-1]


def test_a_token_split_over_pieces_comes_back_whole() -> None:
    """However the reply is cut, the same words go out."""
    client = model("unused")
    reply = f"{SUPPORTED} [NAME-1], talk with your team [p1]."
    at_once = hold_chat(f"I am Marisol Quintero. {QUESTION}", client=client, pieces=[reply])
    by_letter = hold_chat(f"I am Marisol Quintero. {QUESTION}", client=client, pieces=list(reply))
    assert at_once.said == by_letter.said
    assert "[NAME" not in by_letter.said


def test_a_sentence_the_library_does_not_bear_out_is_not_said() -> None:
    """It is left out before it is sent, and the trail names the safeguard."""
    clinic = chat_clinic()
    held = hold_chat(
        QUESTION,
        clinic=clinic,
        client=model(f"{SUPPORTED} It cures bipolar disorder in three days in everyone [p1]."),
    )
    assert "cures" not in held.said
    assert "talking therapy" in held.said
    assert "unsupported" in clinic.trail.facts(EventKind.REPLY_SENT)[0]["filters"]


def test_a_reply_with_nothing_left_offers_a_person() -> None:
    """Also where the model says that nothing fits."""
    for reply in ("NONE", "The moon is made of cheese [p1]."):
        held = hold_chat(QUESTION, client=model(reply))
        assert held.outcome.kind == "abstained"
        assert "cheese" not in held.said and "NONE" not in held.said
        assert held.said


def test_an_unknown_number_and_a_human_claim_are_caught_before_they_are_sent() -> None:
    """Numbers come from the directory alone, and a program does not pass for a person."""
    reply = f"I am a licensed therapist. Call +1 900 555 0199 now. {SUPPORTED}"
    held = hold_chat(QUESTION, client=model("unused"), pieces=list(reply))
    assert "licensed therapist" not in held.said
    assert "0199" not in held.said


def test_are_you_human_is_answered_by_rule() -> None:
    """No model is asked."""
    client = model("Yes, I am human.")
    held = hold_chat("Wait, are you a real person?", client=client)
    assert held.outcome.kind == "disclosure"
    assert client.asked == ()


def test_a_person_in_crisis_gets_the_card_and_the_team_is_told_first() -> None:
    """No model is asked; the alert is durable before the card is shown."""
    clinic, client = chat_clinic(), model("unused")
    held = hold_chat(DANGER, clinic=clinic, client=client)
    assert held.said.endswith(CARD) and "has been told" in held.said
    assert held.outcome.alerted is True
    assert clinic.alerts[0].level >= 4
    assert clinic.trail.kinds.index("alert_raised") < clinic.trail.kinds.index("reply_sent")
    assert client.asked == ()


@pytest.mark.parametrize("spoil", ["decline", "withdraw", "stop_everything", "switch_off", "change_text"])
def test_a_person_in_crisis_is_never_refused(spoil: str) -> None:
    """Whatever is closed, the card is the answer and the alert stands."""
    clinic = chat_clinic()
    getattr(clinic, spoil)()
    held = hold_chat(DANGER, clinic=clinic)
    assert held.said.endswith(CARD)
    assert clinic.alerts


def test_the_card_is_shown_when_nothing_can_be_written_down() -> None:
    """And it is not said that the team was told."""
    clinic = chat_clinic()

    @contextmanager
    def broken():
        raise OSError("the disk is full")
        yield

    clinic.transaction = broken
    held = hold_chat(DANGER, clinic=clinic)
    assert held.said.endswith(CARD) and "could not be told" in held.said
    assert held.outcome.alerted is False


def test_the_card_is_shown_when_the_screen_cannot_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody then knows who is in danger, so a patient is shown the card; a clinician is told what broke."""

    def breaks(text: str) -> object:
        raise RuntimeError(text)

    monkeypatch.setattr(chat, "screen", breaks)
    assert hold_chat("A question.").said == CARD
    clinic = chat_clinic()
    clinic.actor = Actor("nurse:1", Role.NURSE)
    with pytest.raises(SafeguardUnavailable) as unavailable:
        hold_chat("A question.", clinic=clinic)
    assert "question" not in str(unavailable.value)


def test_a_wish_to_be_dead_gets_the_card_and_no_leaflet() -> None:
    """Below thoughts of suicide nobody is called, and nobody is left with a page to read either."""
    clinic = chat_clinic()
    held = hold_chat("Most nights I wish I would not wake up. How can I sleep better?", clinic=clinic)
    assert (held.said, held.outcome.level) == (CARD, 1)
    assert clinic.alerts == []


def test_what_was_said_before_the_last_answer_alarms_once() -> None:
    """A conversation goes on after a crisis: the new words are what is read."""
    clinic = chat_clinic()
    held = hold_chat(
        [Message("user", DANGER), Message("assistant", CARD), Message("user", QUESTION)], clinic=clinic
    )
    assert held.outcome.kind == "answer"
    assert clinic.alerts == []


def test_words_of_danger_from_a_model_stop_it_and_the_card_follows() -> None:
    """Nothing of what encourages is sent."""
    reply = f"{SUPPORTED} You should kill yourself tonight. It is easy."
    held = hold_chat(QUESTION, client=model("unused"), pieces=list(reply))
    assert held.outcome.kind == "stopped"
    assert "kill" not in held.said and "easy" not in held.said
    assert held.said.endswith(CARD)


def test_a_withdrawal_while_the_model_works_stops_it() -> None:
    """The reply is recorded as stopped, and no more of it goes out."""
    clinic = chat_clinic()

    def pieces():
        yield SUPPORTED
        clinic.withdraw()
        yield " More [p1]."

    with pytest.raises(UseRefused):
        hold_chat(QUESTION, clinic=clinic, client=model("unused"), pieces=pieces())
    assert clinic.trail.facts(EventKind.REPLY_SENT)[0]["kind"] == "stopped"


def test_no_trail_no_answer() -> None:
    """If it cannot be written down it does not happen."""
    for kind in (EventKind.USE_REQUESTED, EventKind.MODEL_CALLED):
        clinic, client = chat_clinic(failing_at=frozenset({kind})), model(SUPPORTED)
        with pytest.raises(OSError, match="disk"):
            hold_chat(QUESTION, clinic=clinic, client=client)
        assert client.asked == ()


def test_a_conversation_is_held_on_its_own_page_alone_and_the_card_is_still_shown_here() -> None:
    clinic = MemoryClinic(use="converse")
    clinic.actor = Actor("patient:1", Role.PATIENT)
    with pytest.raises(UseRefused) as caught:
        hold_chat("I slept badly.", clinic=clinic, client=model("Hello."), use="converse")
    assert caught.value.refusal.rule == "talk.own_page"
    held = hold_chat("I am going to kill myself tonight.", clinic=clinic, client=model(), use="converse")
    assert CARD in held.said

"""A letter or report is drafted under rules: asked for by clinicians, from lines it must cite, and never sent as signed."""

from __future__ import annotations

import json
from contextlib import contextmanager

import pytest

from chat import CARD
from clinic import MODEL, MemoryClinic
from thirdchair.clients import ScriptedClient
from thirdchair.errors import ModelFailed, SafeguardUnavailable
from thirdchair.gateway.chat import ChatRequest, House
from thirdchair.gateway.drafting import DocumentTurn, open_document
from thirdchair.policy import Actor, Role
from thirdchair.policy.decision import UseRefused
from thirdchair.records import Language, Message
from thirdchair.trail import EventKind, Verified
from thirdchair.uses.draft_document.wording import DRAFT_FOOT, DRAFT_HEAD, UNSUPPORTED

title = "A document is governed"

EN = Language.ENGLISH
PURPOSE = "Referral letter to the sleep clinic"
MATERIAL = """Marisol Quintero, 520-555-0142, has slept four hours a night since 12 March 2026.
She takes sertraline 50 mg every morning.
She said on Monday that she wants to kill herself and has a plan.
The surgery is reached on 01632 960 555."""
SLEEP = ("present_state", "[NAME-1] has slept four hours a night.", ["d1"])
DOSE = ("treatment", "She takes sertraline 50 mg every morning.", ["d2"])
DANGER = ("risk", "She said that she wants to kill herself and has a plan.", ["d3"])


def says(*sentences: tuple[str, str, list[str]]) -> str:
    """A model's reply."""
    return json.dumps({"sentences": [{"part": p, "text": t, "lines": of} for p, t, of in sentences]})


def document_clinic(**options: object) -> MemoryClinic:
    """A service whose patient agreed to letters, and a nurse who asks."""
    return MemoryClinic(use="draft_document", **options)


def asked(
    words: str = f"{PURPOSE}\n\n{MATERIAL}",
    *replies: str,
    clinic: MemoryClinic | None = None,
    kind: str = "",
    language: Language = EN,
    has_model: bool = True,
) -> tuple[str, DocumentTurn, ScriptedClient, list[str]]:
    """One draft as a door drives it: what was sent, the turn, its client, and what was sent piece by piece."""
    clinic = clinic or document_clinic()
    client = ScriptedClient(list(replies), name=MODEL)
    house = House(
        clinic=clinic,
        client=client if has_model else None,
        answerer=None,
        card=lambda country, spoken: CARD,
        listed=["988"],
        names=("Marisol Quintero",),
    )
    request = ChatRequest(
        run="run-1",
        use="draft_document",
        method=MODEL if has_model else "extractive",
        actor=clinic.actor.id,
        own_words=clinic.actor.role is Role.PATIENT,
        patient="patient:1",
        messages=(Message("user", words),),
        language=language,
    )
    turn = open_document(request, house, kind=kind)
    sent: list[str] = []
    ask = turn.ask
    while ask is not None:
        text = client.answer(ask).text
        sent += [turn.release(piece) for piece in (text[:40], text[40:])]
        sent.append(turn.finish())
        ask = turn.next_ask()
    return "".join(sent), turn, client, sent


WHOLE = says(SLEEP, DOSE, DANGER)


def test_a_draft_says_that_it_is_one_and_shows_the_lines_it_rests_on() -> None:
    """At its head and foot, before and after anything else; each sentence carries its lines."""
    clinic = document_clinic()
    said, turn, _, sent = asked(f"{PURPOSE}\n\n{MATERIAL}", WHOLE, clinic=clinic)
    assert said.startswith(DRAFT_HEAD[EN]) and said.endswith(DRAFT_FOOT[EN])
    assert f"{DOSE[1]} [d2]" in said and f"[d2] {DOSE[1]}" in said
    assert UNSUPPORTED[EN] not in said
    assert sent[0] == DRAFT_HEAD[EN] + "\n\n" and sent[1] == ""
    assert turn.outcome.document is not None and turn.outcome.document["kind"] == "referral_letter"
    (recorded,) = clinic.trail.facts(EventKind.REPLY_SENT)
    assert (recorded["kind"], recorded["sources"]) == ("document", ("d1", "d2", "d3"))
    assert isinstance(clinic.trail.verified(), Verified)


def test_a_model_reads_tokens_and_the_clinician_reads_names() -> None:
    """Names, numbers and dates are replaced before they leave, and come back."""
    said, _, client, _ = asked(f"{PURPOSE}\n\n{MATERIAL}", WHOLE)
    left = "".join(message.content for ask in client.asked for message in ask.messages)
    for identifier in ("Marisol", "Quintero", "0142", "12 March 2026", "960 555"):
        assert identifier not in left
    assert "[d1]" in left and "[d4]" in left
    assert "Marisol Quintero has slept four hours a night. [d1]" in said
    assert "[NAME" not in said


def test_a_sentence_its_lines_do_not_bear_out_is_marked() -> None:
    """It stays, so that the clinician sees what the model made up, and cannot pass for supported."""
    made_up = ("plan", "She was started on lithium 900 mg.", ["d2"])
    invented = ("request", "She was started on lithium 900 mg.", ["d2"])
    said, turn, _, _ = asked(f"{PURPOSE}\n\n{MATERIAL}", says(made_up), says(DANGER, invented))
    assert f"{invented[1]} [d2] {UNSUPPORTED[EN]}" in said
    assert f"{DANGER[1]} [d3]\n" in said
    assert turn.outcome.filters


def test_a_danger_left_out_is_asked_for_once_more_and_then_shown() -> None:
    """The signer reads its number and its line even where the model will not tell it."""
    clinic = document_clinic()
    said, _, client, _ = asked(f"{PURPOSE}\n\n{MATERIAL}", says(SLEEP), says(DOSE), clinic=clinic)
    assert len(client.asked) == 2
    assert "d3" in client.asked[1].messages[0].content
    assert "NOT TOLD ABOVE" in said and "[d3] She said on Monday" in said
    assert "left_out" in clinic.trail.facts(EventKind.REPLY_SENT)[0]["filters"]
    assert len(clinic.trail.facts(EventKind.MODEL_CALLED)) == 2


def test_a_number_goes_out_only_if_a_cited_line_or_the_directory_holds_it() -> None:
    """What nobody gave is taken out, and the sentence is marked."""
    given = ("request", "The surgery is reached on 01632 960 555.", ["d4"])
    made_up = ("request", "Please call 01632 960 999 about the surgery.", ["d4"])
    said, _, _, _ = asked(f"{PURPOSE}\n\n{MATERIAL}", says(DANGER, given, made_up))
    assert "960 555" in said and "960 999" not in said
    assert "number removed" in said


def test_danger_that_no_line_bears_out_is_taken_out() -> None:
    """Words of danger are told where the material tells them, and nowhere else."""
    worse = ("treatment", "She should take all of the pills tonight and kill herself.", ["d2"])
    said, _, _, _ = asked(f"{PURPOSE}\n\n{MATERIAL}", says(DANGER, worse))
    assert "all of the pills" not in said and "sentence removed" in said
    assert DANGER[1] in said


def test_what_may_mean_danger_in_the_material_reaches_a_person_first() -> None:
    """The alert is durable before the model is asked, also where the draft is then refused."""
    clinic = document_clinic()
    asked(f"{PURPOSE}\n\n{MATERIAL}", WHOLE, clinic=clinic)
    assert clinic.alerts and clinic.trail.kinds.index("alert_raised") < clinic.trail.kinds.index(
        "model_called"
    )
    for past in (
        "She took an overdose in 2019, when she was at school.",
        "She does not want to kill herself.",
    ):
        clinic = document_clinic()
        asked(f"Report\n\n{past}", says(("history", past, ["d1"])), clinic=clinic)
        assert clinic.alerts == []
    closed = document_clinic()
    closed.stop_everything()
    with pytest.raises(UseRefused):
        asked(f"{PURPOSE}\n\n{MATERIAL}", WHOLE, clinic=closed)
    assert closed.alerts


def test_an_alert_that_cannot_be_kept_stops_the_draft() -> None:
    """Nothing is made, and nothing of the words is told."""
    clinic = document_clinic(failing_at=frozenset({EventKind.ALERT_RAISED}))
    with pytest.raises(SafeguardUnavailable) as failed:
        asked(f"{PURPOSE}\n\n{MATERIAL}", WHOLE, clinic=clinic)
    assert "kill" not in str(failed.value) and failed.value.__context__ is None
    assert EventKind.MODEL_CALLED not in clinic.trail.kinds


@pytest.mark.parametrize(
    ("words", "kind", "rule"),
    [
        (
            "Letter of condolence to her parents\n\nShe died on Monday.",
            "referral_letter",
            "document.bereavement",
        ),
        ("Report: make a safety plan\n\nShe sleeps badly.", "", "document.safety_plan"),
        (f"Court opinion\n\n{MATERIAL}", "", "document.unknown_kind"),
        (f"Report\n\n{MATERIAL}", "court_report", "document.unknown_kind"),
        ("Report for the GP", "", "document.no_source"),
        ("Report " + "x" * 5000 + "\n\nShe sleeps badly.", "", "document.long_purpose"),
        ("Report for the GP\n\n" + "word " * 5000, "", "document.too_long"),
        ("给家属写一封慰问信\n\n患者周一去世。", "clinic_message", "document.bereavement"),
    ],
)
def test_what_is_left_to_people_is_refused_before_any_model(words: str, kind: str, rule: str) -> None:
    """With the reason in both languages, and in the trail."""
    clinic = document_clinic()
    with pytest.raises(UseRefused) as refused:
        asked(words, WHOLE, clinic=clinic, kind=kind)
    assert refused.value.refusal.rule == rule
    assert refused.value.refusal.reason_in(Language.CHINESE)
    assert EventKind.MODEL_CALLED not in clinic.trail.kinds
    assert clinic.trail.facts(EventKind.USE_REQUESTED)[0]["rule"] == rule


@pytest.mark.parametrize("spoil", ["decline", "withdraw", "stop_everything", "switch_off", "change_text"])
def test_nothing_is_asked_when_a_rule_closes_the_use(spoil: str) -> None:
    """Consent, switches and the text shown are read in the transaction of the trail entry."""
    clinic = document_clinic()
    getattr(clinic, spoil)()
    with pytest.raises(UseRefused):
        asked(f"{PURPOSE}\n\n{MATERIAL}", WHOLE, clinic=clinic)
    assert EventKind.MODEL_CALLED not in clinic.trail.kinds


def test_without_a_model_or_its_evidence_nothing_is_drafted() -> None:
    """There is no other method: a person writes it."""
    with pytest.raises(UseRefused) as refused:
        asked(f"{PURPOSE}\n\n{MATERIAL}", has_model=False)
    assert refused.value.refusal.rule == "use.model_only"
    clinic = document_clinic()
    clinic.clearances = {}
    with pytest.raises(UseRefused) as refused:
        asked(f"{PURPOSE}\n\n{MATERIAL}", WHOLE, clinic=clinic)
    assert refused.value.refusal.rule == "clearance.missing"


@pytest.mark.parametrize(
    "role", [role for role in Role if role not in (Role.NURSE, Role.PSYCHIATRIST, Role.PATIENT)]
)
def test_only_clinicians_are_given_a_draft(role: Role) -> None:
    """Nobody else is, whatever key they hold; a patient's words never come this way."""
    clinic = document_clinic()
    clinic.actor = Actor("someone:1", role)
    with pytest.raises(UseRefused) as refused:
        asked(f"{PURPOSE}\n\n{MATERIAL}", WHOLE, clinic=clinic)
    assert refused.value.refusal.rule == "role.request"
    clinic.actor = Actor("patient:1", Role.PATIENT)
    with pytest.raises(ValueError, match="open_chat"):
        asked(f"{PURPOSE}\n\n{MATERIAL}", WHOLE, clinic=clinic)


def test_a_withdrawal_while_the_model_works_leaves_no_draft() -> None:
    """It is decided afresh before the draft goes out, and before a second question."""
    for replies in ((WHOLE,), (says(SLEEP), WHOLE)):
        clinic = document_clinic()

        def between(clinic: MemoryClinic = clinic) -> None:
            if "model_called" in clinic.trail.kinds:
                clinic.withdraw()

        clinic.between = between
        with pytest.raises(UseRefused):
            asked(f"{PURPOSE}\n\n{MATERIAL}", *replies, clinic=clinic)
        assert EventKind.REPLY_SENT not in clinic.trail.kinds
        assert clinic.trail.kinds[-1] == "work_stopped"


@pytest.mark.parametrize("reply", ["", "I would rather not.", "{", says(("moods", "x", ["d1"]))])
def test_a_model_that_gives_nothing_usable_leaves_no_draft(reply: str) -> None:
    """It is told as a failure of the model, and the trail says that the work stopped."""
    clinic = document_clinic()
    with pytest.raises(ModelFailed):
        asked(f"{PURPOSE}\n\n{MATERIAL}", reply, reply, clinic=clinic)
    assert clinic.trail.kinds[-1] == "work_stopped"


def test_no_trail_no_draft() -> None:
    """If it cannot be written down it does not happen."""
    for kind in (EventKind.USE_REQUESTED, EventKind.MODEL_CALLED, EventKind.REPLY_SENT):
        clinic = document_clinic(failing_at=frozenset({kind}))
        with pytest.raises(OSError, match="disk"):
            asked(f"{PURPOSE}\n\n{MATERIAL}", WHOLE, clinic=clinic)


def test_a_safeguard_that_breaks_stops_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the words is in the error."""

    def breaks(*_: object, **__: object) -> object:
        raise RuntimeError(MATERIAL)

    for name in ("screen", "support_in", "human_likeness", "without_unlisted", "human_only", "read_by_rule"):
        with monkeypatch.context() as patched:
            patched.setattr(f"thirdchair.gateway.drafting.{name}", breaks)
            with pytest.raises(SafeguardUnavailable) as failed:
                asked(f"{PURPOSE}\n\n{MATERIAL}", WHOLE)
            assert "Marisol" not in repr(failed.value)


def test_a_draft_in_chinese_is_one_in_chinese() -> None:
    """Head, foot, marks and titles."""
    material = "患者每晚睡四小时。\n患者服用舍曲林50毫克。"
    reply = says(("present_state", "患者每晚睡四小时。", ["d1"]), ("plan", "患者将住院。", ["d2"]))
    said, _, client, _ = asked(f"报告，给家庭医生\n\n{material}", reply, language=Language.CHINESE)
    assert said.startswith(DRAFT_HEAD[Language.CHINESE]) and said.endswith(DRAFT_FOOT[Language.CHINESE])
    assert "\n\n报告，给家庭医生\n\n" in said
    assert f"患者将住院。 [d2] {UNSUPPORTED[Language.CHINESE]}" in said
    assert "你为精神心理照护" in client.asked[0].messages[0].content


def test_a_broken_disk_while_alerting_tells_nothing_of_the_words() -> None:
    """As for any other fault."""
    clinic = document_clinic()

    @contextmanager
    def broken():
        raise OSError(MATERIAL)
        yield

    clinic.transaction = broken
    with pytest.raises(SafeguardUnavailable) as failed:
        asked(f"{PURPOSE}\n\n{MATERIAL}", WHOLE, clinic=clinic)
    assert "Marisol" not in str(failed.value)

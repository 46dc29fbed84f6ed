"""A crisis reaches a person: before any work, and whether or not a draft may be made."""

from __future__ import annotations

import pytest

from clinic import MODEL, MemoryClinic, model_says, session
from conduct import Drafted, NoUsableReply, RefusedBy, SpecTest
from thirdchair.clients import ScriptedClient
from thirdchair.gateway import SummaryRequest, summarise
from thirdchair.records import Finish, Language, Reply, RiskStatus, RiskTopic, Timeframe
from thirdchair.trail import EventKind

title = "A crisis reaches a person"

CRISIS = """
clinician | How have the evenings been?
patient | I'm going to kill myself tonight.
clinician | Thank you for telling me. I am going to stay with you while we call someone.
"""
CALM = """
clinician | How have the evenings been?
patient | Calmer. I cook with my sister now.
"""


def test_a_disclosure_raises_an_alert_and_the_draft_says_so(spec_test: SpecTest) -> None:
    """The alert names the utterance, and the summary reports the danger as present."""
    done = spec_test(CRISIS, expected=Drafted())
    (alert,) = done.clinic.alerts
    assert alert.utterances == ("u2",)
    assert alert.level >= 4
    assert done.risk[RiskTopic.SUICIDE] is RiskStatus.AFFIRMED
    assert "u2" in done.finding(RiskTopic.SUICIDE).evidence


def test_the_alert_stands_before_the_work_begins(spec_test: SpecTest) -> None:
    """Somebody has been told before the first line is summarised."""
    done = spec_test(CRISIS, expected=Drafted())
    assert done.recorded == ["alert_raised", "use_requested", "work_started", "draft_made"]


def test_an_ordinary_session_alerts_nobody(spec_test: SpecTest) -> None:
    """An alert that means nothing teaches people to look away."""
    assert spec_test(CALM, expected=Drafted()).clinic.alerts == []


@pytest.mark.parametrize(
    ("rule", "closed"),
    [
        ("consent.withdrawn", MemoryClinic.withdraw),
        ("switch.everything", MemoryClinic.stop_everything),
        ("switch.off", MemoryClinic.switch_off),
        ("clearance.missing", lambda clinic: clinic.clearances.clear()),
    ],
)
def test_the_alert_stands_even_where_the_use_is_refused(
    spec_test: SpecTest, rule: str, closed: object
) -> None:
    """A person in crisis is owed a person whether or not a draft may be made."""
    clinic = MemoryClinic()
    closed(clinic)  # type: ignore[operator]
    done = spec_test(CRISIS, clinic=clinic, expected=RefusedBy(rule))
    assert len(done.clinic.alerts) == 1
    assert done.recorded == ["alert_raised", "use_requested"]


def test_the_alert_stands_where_the_use_does_not_even_exist(spec_test: SpecTest) -> None:
    """A wrong name in a request is no reason to lose somebody."""
    done = spec_test(CRISIS, use="no such use", expected=RefusedBy("use.unknown"))
    assert len(done.clinic.alerts) == 1


def test_the_alert_stands_where_the_model_declines_to_read_it(spec_test: SpecTest) -> None:
    """Models turn away from such sessions. The person does not depend on them."""
    declines = ScriptedClient([Reply("", Finish.DECLINED)], name=MODEL)
    done = spec_test(CRISIS, client=declines, expected=NoUsableReply("declined"))
    assert len(done.clinic.alerts) == 1


def test_the_alert_stands_where_nothing_can_be_decided() -> None:
    """If what is allowed cannot be found out, nothing is drafted, and the alert is kept."""
    clinic = MemoryClinic()
    clinic.moment = lambda: 1 / 0  # type: ignore[method-assign,assignment,return-value]
    request = SummaryRequest("run:1", "summarise_session", "extractive", "nurse:1", "patient:1")
    with pytest.raises(ZeroDivisionError):
        summarise(request, session(CRISIS), clinic=clinic)
    assert len(clinic.alerts) == 1
    assert clinic.trail.kinds == ["alert_raised"]


def test_a_model_cannot_talk_a_danger_away(spec_test: SpecTest) -> None:
    """The model says it was denied; the rules heard it affirmed. The reviewer has to settle it."""
    soothing = model_says(risk={"suicide": ("denied", ["u2"])})
    done = spec_test(CRISIS, client=ScriptedClient([soothing], name=MODEL), expected=Drafted())
    assert done.risk[RiskTopic.SUICIDE] is RiskStatus.UNCLEAR
    assert "u2" in done.finding(RiskTopic.SUICIDE).evidence
    assert len(done.clinic.alerts) == 1


def test_a_model_that_cries_wolf_makes_it_unclear_and_not_affirmed(spec_test: SpecTest) -> None:
    """A danger nobody spoke of is not entered as one; it is put before the reviewer."""
    alarmed = model_says(risk={"abuse": ("affirmed", ["u2"])})
    done = spec_test(CALM, client=ScriptedClient([alarmed], name=MODEL), expected=Drafted())
    assert done.risk[RiskTopic.ABUSE] is RiskStatus.UNCLEAR


def test_what_was_asked_and_denied_is_told_from_what_was_never_asked(spec_test: SpecTest) -> None:
    """Not asked is not a no."""
    done = spec_test(
        """
        clinician | Have you had any thoughts of ending your life?
        patient | No, never.
        clinician | And do you drink?
        patient | Yes, a bottle of wine most nights.
        """,
        expected=Drafted(),
    )
    assert done.risk[RiskTopic.SUICIDE] is RiskStatus.DENIED
    assert done.finding(RiskTopic.SUICIDE).evidence == ("u1", "u2")
    assert done.risk[RiskTopic.SUBSTANCE_USE] is RiskStatus.AFFIRMED
    assert done.risk[RiskTopic.ABUSE] is RiskStatus.NOT_ASKED
    assert done.finding(RiskTopic.ABUSE).evidence == ()
    assert done.clinic.alerts == []


def test_a_danger_that_is_over_is_told_as_over(spec_test: SpecTest) -> None:
    """Past and present mean different care tomorrow."""
    done = spec_test(
        """
        clinician | Have you ever hurt yourself on purpose?
        patient | When I was fifteen, yes. Not any more.
        """,
        expected=Drafted(),
    )
    finding = done.finding(RiskTopic.SELF_HARM)
    assert (finding.status, finding.timeframe) == (RiskStatus.AFFIRMED, Timeframe.PAST)


def test_the_level_in_the_trail_is_that_of_the_draft(spec_test: SpecTest) -> None:
    """What goes out is screened as what comes in was, though a note quotes, and speaks of the patient as "she"."""
    retold = model_says(("risk", "The patient said that she wants to kill herself.", ["u2"]))
    levels = [
        spec_test(said, client=client, expected=Drafted()).clinic.trail.facts(EventKind.DRAFT_MADE)[0][
            "crisis_level"
        ]
        for said, client in ((CALM, None), (CRISIS, None), (CRISIS, ScriptedClient([retold], name=MODEL)))
    ]
    assert levels == [0, 5, 2]


def test_someone_else_in_danger_is_named_too(spec_test: SpecTest) -> None:
    """The alert says which dangers beside suicide were heard."""
    done = spec_test(
        """
        clinician | What happened then?
        patient | I was so angry. I want to kill my brother, I mean it.
        """,
        expected=Drafted(),
    )
    (alert,) = done.clinic.alerts
    assert alert.dangers == ("harm_to_others",)


def test_the_same_in_chinese(spec_test: SpecTest) -> None:
    """Words of danger are heard in both languages."""
    done = spec_test(
        """
        clinician | 这几天晚上怎么样？
        patient | 我已经决定了，今晚就自杀。
        """,
        language=Language.CHINESE,
        expected=Drafted(),
    )
    assert len(done.clinic.alerts) == 1
    assert done.risk[RiskTopic.SUICIDE] is RiskStatus.AFFIRMED


def test_a_plain_yes_to_a_plain_question_reaches_a_person(spec_test: SpecTest) -> None:
    """Neither line says it alone: the question and its answer are read together."""
    done = spec_test(
        """
        clinician | Have you been thinking about ending your life?
        patient | Yeah. Most nights.
        """,
        expected=Drafted(),
    )
    (alert,) = done.clinic.alerts
    assert alert.utterances == ("u1", "u2")
    assert "suicide" in alert.dangers

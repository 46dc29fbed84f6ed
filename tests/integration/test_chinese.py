"""A person who reads Chinese meets no English: every page of every role, and the pages that come back from forms."""

from __future__ import annotations

import itertools
import re
import uuid
from collections.abc import Iterator
from datetime import date, time
from html.parser import HTMLParser
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone, translation

import web
from people import PASSWORD, make_person
from thirdchair_web.accounts.models import Role
from thirdchair_web.project import urls, views

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cleared", "chinese_until_here")]


@pytest.fixture
def chinese_until_here() -> Iterator[None]:
    """A page leaves its language behind in the thread."""
    yield
    translation.deactivate()


SESSION = """WEBVTT

00:00:01.000 --> 00:00:04.000
<v 阿护士>上次见面以后，您睡得怎么样？

00:00:05.000 --> 00:00:11.000
<v 林静>大多数早上四点就醒，再也睡不着，已经三个星期了。

00:00:12.000 --> 00:00:16.000
<v 阿护士>您有没有想过结束自己的生命？

00:00:17.000 --> 00:00:20.000
<v 林静>上个星期想过，我当时真的不想活了。

00:00:21.000 --> 00:00:26.000
<v 阿护士>听起来，早上对您来说是最难熬的。

00:00:27.000 --> 00:00:33.000
<v 林静>是的，到中午之前我都觉得自己没有用，之后会好一点。

00:00:34.000 --> 00:00:40.000
<v 阿护士>下次见面之前，您能不能继续写睡眠日记，每天午饭后出去走一走？

00:00:41.000 --> 00:00:44.000
<v 林静>可以，我试试。
""".encode()

# Names of formats and things that Chinese pages write in Latin letters, and identifiers, which stay as they are.
LATIN = re.compile(
    r"\b(?:AI|SOAP|DAP|BIRP|WebVTT|SRT|Word|CSV|JSON|Markdown|UTC|MB|Cookie|THIRDCHAIR_MAX_UPLOAD_MB|Test clinic|PTSD|CBT|DBT"
    r"|a-z|p-\w+|zh-\w+|account:[\w-]+|system|[0-9a-f]{8,}|utterances|speaker|text|VTT|TXT|txt|DOCX|UTF-8|PDF|APP|make evidence)\b|https?://\S+|Find A Helpline|Befrienders(?: Worldwide)?"
    r"|\b[A-Z2-7]{16,}\b",  # the key of a second factor
    re.ASCII,  # so that a word in Latin letters ends where a Chinese one begins
)


class Shown(HTMLParser):
    """What a page shows or says aloud, but for code and what is marked as English on purpose."""

    SPOKEN = ("aria-label", "title", "placeholder", "alt")
    VOID = frozenset({"input", "meta", "link", "br", "hr", "img", "rect", "path"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._skipped: list[bool] = [False]
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        skipped = self._skipped[-1] or tag in {"script", "style", "code", "svg"} or given.get("lang") == "en"
        if not skipped:
            self.texts += [given[name] or "" for name in self.SPOKEN if name in given]
        if tag not in self.VOID:
            self._skipped.append(skipped)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            self._skipped.pop()

    def handle_data(self, data: str) -> None:
        if not self._skipped[-1]:
            self.texts.append(data)


def english_on(html: str) -> list[str]:
    """The texts of a page with an English word in them."""
    return [text.strip() for text in Shown(html).texts if re.search("[A-Za-z]{2,}", LATIN.sub("", text))]


@pytest.fixture
def service() -> dict[str, Any]:
    """A service whose people read Chinese, with something in every state a page can show."""
    staff = {
        role: (web.make_clinician if role in ("nurse", "psychiatrist") else make_person)(
            role, username=f"zh-{role}", display_name="阿护士", language="zh-hans"
        )
        for role in Role.values
        if role != "patient"
    }
    nurse = staff["nurse"]
    web.switch_on(by=staff["service_lead"])
    people = [_person(f"p-{n}", by=nurse) for n in (1, 2, 3)]
    web.agree(people[0], by=nurse)
    made = _sessions(people[0], by=nurse) | {"cases": _cases(people[0], by=nurse)}
    _alerts(people[0], by=nurse)
    _letters(people[0], by=nurse)
    _asked_and_reported(people[0], carer=staff["carer"])
    from thirdchair_web.review.erasure import erase

    erase(people[2], by=nurse)
    _answers(people[0], by=nurse)
    accounts = {**staff, "patient": people[0].account}
    return {"accounts": accounts, "patients": people, "adjustment": _adjusted(staff), **made}


def _answers(person: Any, *, by: Any) -> None:
    """A questionnaire answered twice and asked again, one declined, and a diary that is shared."""
    import datetime

    from thirdchair_web.questionnaires import actions, diary
    from thirdchair_web.questionnaires.models import Assignment

    asked = actions.assign(person, name="mood-check", every_weeks=2, shows_result=True, by=by)
    every = dict.fromkeys(["low", "worry", "good", "rest", "doing"], "every")
    for answers in (every, {"low": "none"}, every | {"rest": "none"}):
        actions.keep_answers(asked, answers, done=True, by=person.account)
    actions.end(asked, why=Assignment.Ended.DECLINED, by=person.account)
    asked = actions.assign(person, name="mood-check", every_weeks=1, shows_result=True, by=by)
    actions.keep_answers(asked, {"low": "none"}, done=False, by=person.account)
    for day, hours in ((diary.today(), 6.5), (datetime.date(2026, 1, 5), None)):
        diary.write_day(
            person,
            day,
            {"mood": 4, "sleep_hours": hours, "sleep_quality": 1, "note": "下雨。", "untold": False},
        )
    diary.share(
        person, first=datetime.date(2026, 1, 1), last=diary.today(), with_notes=True, by=person.account
    )


def _adjusted(staff: dict[str, Any]) -> Any:
    """One threshold moved, and one that waits for a second signature."""
    from thirdchair_web.governance.adjustments import adjust_requirement

    for measure, threshold in (("sentences_with_evidence", 0.96), ("risk_affirmed_shown", 0.1)):
        made = adjust_requirement(
            "summarise_session",
            measure=measure,
            threshold=threshold,
            why="本机构的决定",
            by=staff["service_lead"],
        )
    return made


def _person(ref: str, *, by: Any) -> Any:
    from thirdchair_web.encounters.actions import add_patient

    account = make_person("patient", username=f"zh-{ref}", display_name="林静", language="zh-hans")
    return add_patient(
        ref=ref, details={"name": "林静", "born": 1984, "pronoun": "她"}, account=account, by=by
    )


def _sessions(person: Any, *, by: Any) -> dict[str, Any]:
    from thirdchair_web.review import actions
    from thirdchair_web.review.models import SummaryRun
    from thirdchair_web.review.words import FAILURE_WORDS, STAGE_WORDS

    signed = web.signed_note(person, by=by, data=SESSION)
    waiting = web.drafted(person, by=by, data=SESSION)
    dropped = web.drafted(person, by=by, data=SESSION)
    actions.discard(dropped.id, by=by)
    states = [
        *(("running", "", stage) for stage in STAGE_WORDS),
        *(("failed", rule, "") for rule in (*FAILURE_WORDS, "failed.else")),
        *(("stopped", rule, "") for rule in ("consent.withdrawn", "switch.everything", "roles_corrected")),
    ]
    runs = []
    for state, rule, stage in states:
        run = web.upload(person, by=by, data=SESSION)
        SummaryRun.objects.filter(pk=run.pk).update(state=state, rule=rule, stage=stage, done=1, total=3)
        runs.append(run)
    return {"note": signed, "drafts": [waiting, dropped], "runs": runs}


def _cases(person: Any, *, by: Any) -> list[Any]:
    """A judged text of every use that gives comments, with and without a comment, and in every way one can turn out."""
    from thirdchair.gateway.commenting import Comment
    from thirdchair.records import Case, Language
    from thirdchair.uses.estimate_prognosis.reading import Compared, Course, Outcome, Prognosis
    from thirdchair.uses.interpret_emotion.reading import FeelingsRead
    from thirdchair.uses.predict_crisis.reading import CrisisForecast
    from thirdchair.uses.rate_suicide_risk.reading import RiskLevel, RiskReading
    from thirdchair.uses.second_reading import Quotes
    from thirdchair_web.review.judging import CaseDesk, judge_case
    from thirdchair_web.review.judging_pages import OUTCOMES

    quotes = Quotes(("觉得自己没有用",), dropped=1)
    courses = dict.fromkeys(Outcome, Compared.AS_LIKELY)
    given: list[tuple[str, dict[str, Any], Any]] = [
        *(
            ("rate_suicide_risk", {"level": level, "words": "她看向别处。"}, RiskReading(RiskLevel.RAISED, 0.2, 0.5, 0.4, 0.1, 0.5, quotes))
            for level in RiskLevel
        ),
        ("predict_crisis", {"expected": 0, "words": ""}, CrisisForecast(True, 0.7, 30, True, quotes)),
        ("predict_crisis", {"expected": 1, "words": ""}, CrisisForecast(False, 0.1, 30, False, Quotes())),
        *(
            ("estimate_prognosis", {"with_treatment": course, "without_treatment": 5, "words": ""}, Prognosis(Course.IMPROVES, Course.WORSENS, courses, quotes))
            for course in Course
        ),
        ("interpret_emotion", {"own": "疲惫", "other": "担心"}, FeelingsRead("羞愧", "", quotes)),
        ("rate_suicide_risk", {"level": 2, "words": ""}, None),
        *(("rate_suicide_risk", {"level": 2, "words": ""}, outcome) for outcome in OUTCOMES),
    ]  # fmt: skip
    kept = []
    for use, judgement, said in given:
        case = judge_case(
            person,
            Case("到中午之前我都觉得自己没有用，不想活了。", history="两年前住过院。", author="patient"),
            judgement,
            use=use,
            language=Language.CHINESE,
            case_id=uuid.uuid4(),
            by=by,
        )
        if said is not None:
            outcome = said if isinstance(said, str) else "read"
            reading = None if isinstance(said, str) else said
            CaseDesk(case.id, person, author="patient", by=by).keep_comment(
                Comment(reading, outcome, ("instruction_in_case",), "extractive", "0" * 64)
            )
        kept.append(case)
    return kept


def _asked_and_reported(person: Any, *, carer: Any) -> None:
    """A kept question, a request for a person, a carer's call, and a report of each severity."""
    from thirdchair.records import Language
    from thirdchair_web.asking.answers import Piece, Place, Replied
    from thirdchair_web.carers.actions import raise_help
    from thirdchair_web.harm.actions import REVIEW_WITHIN, report_harm
    from thirdchair_web.patient.questions import keep
    from thirdchair_web.patient.reaching import ask_for_person

    answer = (Piece("抑郁症很常见。", (Place("抑郁症：什么是抑郁症", "/library/depression/"),)),)
    keep("抑郁症是什么？", Replied("answer", Language.CHINESE, answer), person=person)
    ask_for_person(person, note="请给我打电话。", by=person.account)
    raise_help(4, carer=carer)
    for severity in REVIEW_WITHIN:
        report_harm(
            use="answer_question", severity=severity, words="说错了。", patient=person, by=person.account
        )


def _letters(person: Any, *, by: Any) -> None:
    """One that was sent and answered, one that is being written, one that only people write."""
    from thirdchair_web.letters import actions

    for kind in ("reply", "appointment", "apology"):
        letter = actions.begin(person, kind=kind, language="zh-hans", by=by, letter_id=uuid.uuid4())
        letter = actions.write(letter.id, subject="您的问题", body="周二见。", by=by)
        if kind == "reply":
            actions.send(letter.id, seen=actions.digest_of(letter), confirmed=True, disclosed=False, by=by)
            letter.refresh_from_db()
            actions.answer(letter, "谢谢。", reply_id=uuid.uuid4(), by=person.account)


def _alerts(person: Any, *, by: Any) -> None:
    from thirdchair.gateway import Alert
    from thirdchair_web.crisis import actions, contacts
    from thirdchair_web.crisis.models import CrisisAlert
    from thirdchair_web.crisis.shifts import make_shifts
    from thirdchair_web.crisis.words import DANGER_WORDS
    from thirdchair_web.encounters.models import Encounter

    CrisisAlert.objects.all().delete()
    alert = Alert(level=3, dangers=tuple(DANGER_WORDS), utterances=("u4",))
    sessions = Encounter.objects.filter(patient=person)[:3]
    _open, taken, closed = (
        actions.raise_alert(alert, patient_ref=person.ref, encounter_id=session.id, actor="system")
        for session in sessions
    )
    for each in (taken, closed):
        actions.acknowledge(each.id, by=by)
    sealed = person.seal({"kind": "seen_safe", "words": "已电话联系。"}, kind="outcome", item=str(closed.id))
    actions.close(closed.id, sealed_outcome=sealed, outcome_kind="seen_safe", by=by)
    actions.start_drill(by=by)
    heard = actions.raise_chat_alert(alert, "我撑不下去了。", patient=person)
    actions.say_safe(heard.id, patient=person)
    contacts.keep_contact(
        person, {"name": "林芳", "relation": "姐姐", "number": "010"}, agreed=True, by=person.account
    )
    make_shifts(by, day=date(2030, 1, 1), starts=time(8), ends=time(8), order=1, weeks=1, by=by)


def addresses(service: dict[str, Any]) -> list[str]:
    """Every address of the service, with everything that can stand in it."""
    from thirdchair_web.crisis.models import CrisisAlert, RotaShift
    from thirdchair_web.harm.models import HarmReport
    from thirdchair_web.letters.models import Letter
    from thirdchair_web.team.models import TeamTask

    known = {
        "ref": [person.ref for person in service["patients"]] + ["p-none"],
        "use": ["summarise_session", "interpret_emotion"],
        "use_id": [
            "summarise_session",
            "rate_suicide_risk",
            "predict_crisis",
            "estimate_prognosis",
            "interpret_emotion",
        ],
        "case_id": [case.id for case in service["cases"]],
        "conversation_id": [uuid.uuid4()],
        "run_id": [run.id for run in service["runs"]],
        "encounter_id": [service["runs"][0].encounter_id],
        "draft_id": [draft.id for draft in service["drafts"]],
        "note_id": [service["note"].id],
        "kind": ["md"],
        "name": ["mood-check"],
        "day": [timezone.localdate().isoformat(), "1999-01-01"],
        "alert_id": [alert.id for alert in CrisisAlert.objects.all()],
        "adjustment_id": [service["adjustment"].id],
        "task_id": [task.id for task in TeamTask.objects.all()],
        "letter_id": [letter.id for letter in Letter.objects.all()],
        "shift_id": [shift.id for shift in RotaShift.objects.all()],
        "number": [1],
        "page_id": ["depression", "for-carers"],
        "report_id": [report.id for report in HarmReport.objects.all()],
    }
    found = []
    for pattern in urls.urlpatterns:
        names = list(pattern.pattern.converters)
        for values in itertools.product(*(known[name] for name in names)):
            found.append(reverse(pattern.name, kwargs=dict(zip(names, values, strict=True))))
    return found


def is_page(response: Any) -> bool:
    return response.status_code // 100 != 3 and response.headers.get("Content-Type", "").startswith(
        "text/html"
    )


@pytest.mark.parametrize("role", [*Role.values, "nobody"])
def test_no_page_shows_english_to_someone_who_reads_chinese(role: str, service: dict[str, Any]) -> None:
    client = Client(headers={"accept-language": "zh-hans"})
    pages, found = 0, {}
    for address in addresses(service):
        if role != "nobody":
            client.force_login(service["accounts"][role])
        response = client.get(address)
        if is_page(response) and response.content:
            pages += 1
            if english := english_on(response.content.decode()):
                found[address] = english
    assert found == {}
    assert pages >= (3 if role == "nobody" else 30)


def test_a_page_that_is_wrong_about_a_language_would_be_found() -> None:
    assert english_on(
        '<p>您好</p><a aria-label="Open">打开</a><p lang="en">Hello</p><code>sign.role</code>'
    ) == ["Open"]
    assert english_on("<p>AI 用途</p><p>Not yet translated</p>") == ["Not yet translated"]


# --- pages that come back from a form ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "name", "kwargs", "given"),
    [
        ("nobody", "account_login", {}, {}),
        ("nobody", "account_login", {}, {"login": "nobody", "password": PASSWORD}),
        ("nurse", "account_change_password", {}, {"oldpassword": "x", "password1": "1", "password2": "2"}),
        (
            "nurse",
            "account_change_password",
            {},
            {"oldpassword": PASSWORD, "password1": "12", "password2": "12"},
        ),
        ("nurse", "account_reauthenticate", {}, {"password": "x"}),
        ("nurse", "mfa_reauthenticate", {}, {"code": "000000"}),
        ("nurse", "new-patient", {}, {}),
        ("nurse", "new-patient", {}, {"ref": "p-1", "name": "林静", "born": "12"}),
        ("nurse", "new-patient", {}, {"ref": "不 行", "name": "林静", "born": "x"}),
        (
            "nurse",
            "consent",
            {"ref": "p-2", "use": "summarise_session"},
            {"act": "answer", "text_version": "0"},
        ),
        ("nurse", "upload", {"ref": "p-1"}, {"submission": str(uuid.UUID(int=1))}),
        (
            "nurse",
            "upload",
            {"ref": "p-1"},
            {
                "submission": str(uuid.UUID(int=1)),
                "held_on": "2999-01-01",
                "method": "无",
                "note_format": "无",
            },
        ),
        ("patient", "my-consent", {"use": "summarise_session"}, {"act": "answer", "text_version": "0"}),
        ("patient", "my-erasure", {}, {}),
        ("safety_officer", "adjust", {"use_id": "summarise_session"}, {"why": ""}),
        (
            "safety_officer",
            "adjust",
            {"use_id": "summarise_session"},
            {"measure": "risk_affirmed_shown", "threshold": "0.2", "why": "试行"},
        ),
        (
            "safety_officer",
            "adjust",
            {"use_id": "summarise_session"},
            {"measure": "risk_affirmed_shown", "threshold": "7", "why": "试行"},
        ),
    ],
)
def test_what_a_form_answers_is_chinese(
    role: str, name: str, kwargs: dict[str, str], given: dict[str, str], service: dict[str, Any]
) -> None:
    client = _client(role, service)
    response = client.post(reverse(name, kwargs=kwargs), given, follow=True)
    assert is_page(response)
    assert english_on(response.content.decode()) == []


@pytest.mark.django_db(
    transaction=True
)  # the trail is read in a snapshot, which is no part of another transaction
def test_what_verifying_answers_is_chinese(service: dict[str, Any]) -> None:
    response = _client("safety_officer", service).post(reverse("trail"))
    assert is_page(response)
    assert english_on(response.content.decode()) == []


@pytest.mark.parametrize(
    "data",
    [b" ", b"%PDF-1.7", "只有文字，没有姓名。".encode(), SESSION.replace(b"00:00:05", b"00:00:61"), b"[{}]"],
    ids=["blank", "pdf", "no names", "no time", "no speech"],
)
def test_an_unreadable_file_is_refused_in_chinese(data: bytes, service: dict[str, Any]) -> None:
    response = _client("nurse", service).post(
        reverse("upload", kwargs={"ref": "p-1"}),
        {
            "submission": str(uuid.uuid4()),
            "held_on": "2026-10-05",
            "method": "extractive",
            "note_format": "soap",
            "transcript": SimpleUploadedFile("会谈.vtt", data),
        },
    )
    assert response.status_code == 422
    assert english_on(response.content.decode()) == []


@pytest.mark.parametrize("act", ["sign", "save", "discard"])
def test_what_happens_to_a_draft_is_told_in_chinese(act: str, service: dict[str, Any]) -> None:
    client = _client("nurse", service)
    draft = service["drafts"][0]
    made = draft.read()
    given = {"revision": "0", "act": act, "confirmed": "on"}
    given |= {f"text-{s.id}": s.text for s in made.sentences}
    given |= {f"risk-{f.topic}": str(f.status) for f in made.risk}
    response = client.post(reverse("draft", args=[draft.id]), given, follow=True)
    assert is_page(response)
    assert english_on(response.content.decode()) == []


def test_switches_and_stops_are_told_in_chinese(service: dict[str, Any]) -> None:
    client = _client("service_lead", service)
    stops = [("everything", ""), ("use", "summarise_session"), ("method", "extractive")]
    for (scope, target), stopped in itertools.product(stops, ["yes", "no"]):
        response = client.post(
            reverse("stop"), {"scope": scope, "target": target, "stopped": stopped}, follow=True
        )
        assert english_on(response.content.decode()) == []
    for on in ("no", "yes"):
        response = client.post(reverse("switch-use", args=["summarise_session"]), {"on": on}, follow=True)
        assert english_on(response.content.decode()) == []


def test_rules_that_close_a_use_are_told_in_chinese_on_the_patients_page(service: dict[str, Any]) -> None:
    from thirdchair_web.governance.actions import pull_kill_switch, switch_use

    client, lead = _client("nurse", service), service["accounts"]["service_lead"]
    seen = set()
    closed = [
        lambda: switch_use("summarise_session", on=False, by=lead),
        lambda: pull_kill_switch("method", target="extractive", stopped=True, by=lead),
        lambda: pull_kill_switch("use", target="summarise_session", stopped=True, by=lead),
        lambda: pull_kill_switch("everything", stopped=True, by=lead),
    ]
    for close in closed:
        close()
        page = client.get(reverse("patient", args=["p-2"])).content.decode()
        seen |= set(re.findall("<code>((?:switch|consent)[.][a-z_]+)</code>", page))
        assert english_on(page) == []
    assert seen >= {
        "switch.everything",
        "switch.use_stopped",
        "switch.method_stopped",
        "switch.off",
        "consent.missing",
    }


def test_an_idle_session_ends_in_chinese(service: dict[str, Any]) -> None:
    client = _client("nurse", service)
    session = client.session
    session["last_active_at"] = 0
    session.save()
    response = client.get("/patients/", follow=True)
    assert "重新登录" in response.content.decode()
    assert english_on(response.content.decode()) == []


def test_a_broken_trail_is_told_in_chinese(service: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    from thirdchair.trail import Broken
    from thirdchair_web.governance.trail_problems import PROBLEMS

    client = _client("safety_officer", service)
    for problem in PROBLEMS:
        broken = Broken(7, problem % {"seq": 8, "line": 8})
        monkeypatch.setattr("thirdchair_web.trail.verify.verify_now", lambda found=broken: found)
        page = client.post(reverse("trail")).content.decode()
        assert "审计日志在第 7 个条目处损坏" in page
        assert english_on(page) == []


@pytest.mark.parametrize(
    "page",
    [
        views.bad_request,
        views.forbidden,
        views.not_found,
        views.form_expired,
        views.too_large,
        views.too_many_requests,
        views.server_error,
    ],
)
def test_every_error_page_is_chinese(page: Any) -> None:
    request = RequestFactory().get("/")
    request.reference = "0123456789"
    with translation.override("zh-hans"):
        assert english_on(page(request).content.decode()) == []


def _client(role: str, service: dict[str, Any]) -> Client:
    client = Client(headers={"accept-language": "zh-hans"})
    if role != "nobody":
        client.force_login(service["accounts"][role])
    return client

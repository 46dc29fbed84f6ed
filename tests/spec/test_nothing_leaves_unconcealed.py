"""Nothing leaves unconcealed: a model reads tokens where people, places and numbers were; the reviewer reads the names."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from clinic import MODEL, MemoryClinic, model_says
from conduct import Drafted, SafeguardOut, SpecTest
from thirdchair.clients import ScriptedClient
from thirdchair.errors import SafeguardUnavailable
from thirdchair.gateway import summarising
from thirdchair.records import Ask, Language, Reply
from thirdchair.safeguards.deidentify import Deidentifier
from thirdchair.trail import EventKind

title = "Nothing leaves unconcealed"

SESSION = """
clinician (Nurse Adaeze Okafor) | Marisol, how did the week go?
patient (Marisol Quintero) | My sister Guadalupe came from Tucson. You can call her at 520-555-0142.
clinician (Nurse Adaeze Okafor) | And the letter from your employer?
patient (Marisol Quintero) | It went to marisol.q@example.org. marisol never answers, says guadalupe.
"""
IDENTIFIERS = (
    "marisol",
    "quintero",
    "adaeze",
    "okafor",
    "guadalupe",
    "tucson",
    "520-555",
    "0142",
    "example.org",
)


def sent(model: ScriptedClient) -> str:
    """Everything a model was told, in lower case."""
    return "\n".join(message.content for ask in model.asked for message in ask.messages).casefold()


def test_a_model_sees_no_name_no_place_and_no_number(spec_test: SpecTest) -> None:
    """Patient, clinician, relative, town, telephone and address, however they are spelt."""
    model = ScriptedClient([model_says()], name=MODEL)
    spec_test(SESSION, client=model, expected=Drafted())
    told = sent(model)
    assert [identifier for identifier in IDENTIFIERS if identifier in told] == []
    assert "[u2] patient: my sister [name-" in told


def test_a_model_is_told_no_day_and_nothing_the_use_does_not_need(spec_test: SpecTest) -> None:
    """Dates move together by a secret number of weeks and come back; the speakers' labels stay here."""

    class Echo(ScriptedClient):
        def answer(self, ask: Ask) -> Reply:
            super().answer(ask)
            told = re.findall(r"\w+ \d{1,2}, \d{4}", ask.messages[1].content)
            return Reply(
                model_says(("patient_discovery", f"The patient said it began on {told[0]}.", ["u2"]))
            )

    model = Echo([""], name=MODEL)
    session = """
    clinician (Nurse Adaeze Okafor) | When did it begin?
    patient (Marisol Quintero) | It began on March 3, 2021 and I moved on March 17, 2021.
    """
    draft = spec_test(session, client=model, expected=Drafted()).draft
    first, second = re.findall(r"\w+ \d{1,2}, \d{4}", model.asked[0].messages[1].content)
    assert "march 3" not in sent(model) and "march 17" not in sent(model)
    assert _day(second) - _day(first) == timedelta(days=14)
    assert any("March 3, 2021" in sentence.text for sentence in draft.sentences)


def _day(written: str) -> datetime:
    return datetime.strptime(written, "%B %d, %Y").replace(tzinfo=UTC)


def test_what_was_said_goes_only_where_patients_words_belong(spec_test: SpecTest) -> None:
    """The instructions hold nothing of the session, so nothing said can pass for an instruction."""
    model = ScriptedClient([model_says()], name=MODEL)
    spec_test(SESSION, client=model, expected=Drafted())
    (ask,) = model.asked
    assert [message.role for message in ask.messages] == ["system", "user"]
    assert "sister" not in ask.messages[0].content


def test_asking_again_conceals_again(spec_test: SpecTest) -> None:
    """The second question is as careful as the first, and its tokens are the same."""
    model = ScriptedClient(["no", model_says()], name=MODEL)
    spec_test(SESSION, client=model, expected=Drafted())
    first, second = model.asked
    assert first.messages[1] == second.messages[1]
    assert [identifier for identifier in IDENTIFIERS if identifier in sent(model)] == []


def test_the_reviewer_reads_the_names_again(spec_test: SpecTest) -> None:
    """Tokens are turned back before the draft is grounded, so what they stand for is checked too."""

    class Echo(ScriptedClient):
        def answer(self, ask: Ask) -> Reply:
            super().answer(ask)
            (name,) = re.findall(r"My sister (\[NAME-\w+\])", ask.messages[1].content)
            return Reply(
                model_says(("patient_discovery", f"The patient said their sister {name} came.", ["u2"]))
            )

    done = spec_test(SESSION, client=Echo([""], name=MODEL), expected=Drafted())
    assert [s.text for s in done.draft.sentences] == ["The patient said their sister Guadalupe came."]
    assert done.draft.unsupported == ()


def test_a_token_nobody_gave_out_stays_a_token_and_is_not_supported(spec_test: SpecTest) -> None:
    """A model that makes up a person makes up no name."""
    reply = model_says(("patient_discovery", "The patient said that [NAME-77] came from Tucson.", ["u2"]))
    done = spec_test(SESSION, client=ScriptedClient([reply], name=MODEL), expected=Drafted())
    (sentence,) = done.draft.unsupported
    assert "[NAME-77]" in sentence.text


def test_the_trail_says_how_much_was_concealed_and_nothing_of_it(spec_test: SpecTest) -> None:
    """Which filters ran, and how many identifiers they found; the text itself is only committed to."""
    model = ScriptedClient([model_says()], name=MODEL)
    done = spec_test(SESSION, client=model, expected=Drafted())
    (called,) = done.clinic.trail.facts(EventKind.MODEL_CALLED)
    assert int(str(called["identifiers_concealed"])) >= 7
    assert called["filters"] == ("deidentify", "crisis_in")
    written = str([entry.event.as_json() for entry in done.clinic.trail.entries()]).casefold()
    assert [identifier for identifier in IDENTIFIERS if identifier in written] == []


def test_the_extractive_method_asks_nobody(spec_test: SpecTest) -> None:
    """It has no model to tell, so nothing needs concealing and nothing is sent."""
    done = spec_test(SESSION, expected=Drafted())
    assert "model_called" not in done.recorded


def test_the_same_in_chinese(spec_test: SpecTest) -> None:
    """Names, telephone numbers and places are concealed in Chinese."""
    model = ScriptedClient([model_says()], name=MODEL)
    said = """
    clinician (王医生) | 李晓梅，这周过得怎么样？
    patient (李晓梅) | 我妈妈张秀兰来了，她的手机是13800138000。
    """
    spec_test(said, language=Language.CHINESE, client=model, expected=Drafted())
    told = sent(model)
    assert [name for name in ("李晓梅", "张秀兰", "王医生", "13800138000") if name in told] == []


def test_a_leak_stops_the_call(spec_test: SpecTest, monkeypatch: pytest.MonkeyPatch) -> None:
    """If a known identifier would still go out, nothing goes out, and no call is recorded."""
    conceal = Deidentifier.conceal

    def leaking(self: Deidentifier, text: str) -> object:
        concealed = conceal(self, text)
        return type(concealed)(f"{concealed.text} Guadalupe", concealed.found)

    monkeypatch.setattr(Deidentifier, "conceal", leaking)
    model = ScriptedClient([model_says()], name=MODEL)
    done = spec_test(SESSION, client=model, expected=SafeguardOut())
    assert model.asked == ()
    assert done.recorded == ["use_requested", "work_started"]


def breaks(*args: object, **kwargs: object) -> object:
    """A safeguard that fails in the worst way: its error quotes what was said."""
    raise RuntimeError("My sister Guadalupe came from Tucson.")


def concealing(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Deidentifier, "conceal", breaks)


def checking_for_leaks(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Deidentifier, "residual", breaks)


def reading_the_session(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(summarising, "for_session", breaks)


def turning_back(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Deidentifier, "reveal", breaks)


def grounding(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(summarising, "ground_draft", breaks)


def screening_in(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(summarising, "screen_session", breaks)


def screening_out(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(summarising, "read_by_rule", breaks)


BREAKAGES = [
    (screening_in, []),
    (reading_the_session, ["use_requested", "work_started"]),
    (concealing, ["use_requested", "work_started"]),
    (checking_for_leaks, ["use_requested", "work_started"]),
    (turning_back, ["use_requested", "work_started", "model_called"]),
    (grounding, ["use_requested", "work_started", "model_called"]),
    (screening_out, ["use_requested", "work_started", "model_called"]),
]


@pytest.mark.parametrize(("broken", "recorded"), BREAKAGES, ids=[broken.__name__ for broken, _ in BREAKAGES])
def test_a_safeguard_that_cannot_run_stops_the_work(
    spec_test: SpecTest,
    monkeypatch: pytest.MonkeyPatch,
    broken: Callable[[pytest.MonkeyPatch], None],
    recorded: list[str],
) -> None:
    """Nothing fails open: no draft, nothing further is sent, and the error says nothing of the session."""
    broken(monkeypatch)
    model = ScriptedClient(
        [model_says(("patient_discovery", "The patient said the sister came.", ["u2"]))], name=MODEL
    )
    done = spec_test(SESSION, client=model, expected=SafeguardOut())
    assert done.recorded == recorded
    assert len(model.asked) == recorded.count("model_called")
    assert "RuntimeError" in done.message
    assert "sister" not in done.message and "Guadalupe" not in done.message


def test_a_safeguard_that_says_it_is_unavailable_is_believed(
    spec_test: SpecTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its own words reach whoever has to mend it."""

    def unavailable(*args: object, **options: object) -> object:
        raise SafeguardUnavailable("The list of names could not be read.")

    monkeypatch.setattr(summarising, "for_session", unavailable)
    done = spec_test(
        SESSION,
        clinic=MemoryClinic(),
        client=ScriptedClient([model_says()], name=MODEL),
        expected=SafeguardOut(),
    )
    assert done.message == "The list of names could not be read."

"""From draft to signature: what is kept, what may not be signed and why, and what exactly was signed."""

from __future__ import annotations

import io
import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from docx import Document

import web
from people import make_person, sign_in
from thirdchair.errors import ThirdchairError
from thirdchair.policy.decision import UseRefused
from thirdchair.records import Origin, RiskStatus, RiskTopic
from thirdchair_web.review import actions, pages
from thirdchair_web.review.actions import Edits
from thirdchair_web.review.models import Draft, Note, SummaryRun
from thirdchair_web.review.spans import machine_share

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("cleared")]


@pytest.fixture
def nurse():
    return web.make_clinician()


@pytest.fixture
def draft(nurse):
    """A draft of an ordinary session that the nurse opened ten minutes ago."""
    web.switch_on()
    patient = web.make_patient()
    web.agree(patient, by=nurse)
    made = web.drafted(patient, by=nurse)
    open_some_time_ago(made, by=nurse)
    return made


def open_some_time_ago(draft: Draft, *, by) -> None:
    opening = actions.open_draft(draft, by=by)
    opening.opened_at -= timedelta(minutes=10)
    opening.save()


def rule_against_signing(draft: Draft, edits: Edits | None = None, *, by, **changes: Any) -> str:
    given = {"revision": draft.revision, "confirmed": True} | changes
    with pytest.raises(UseRefused) as refused:
        actions.sign(draft.id, web.settled(draft) if edits is None else edits, by=by, **given)
    assert not Note.objects.exists()
    assert "note_signed" not in web.kinds()
    return refused.value.refusal.rule


def marked(draft: Draft, sentence: int = 0, **changes: Any) -> Draft:
    """The draft as if grounding or the risk reading had found otherwise."""
    made = draft.read().as_json()
    if "status" in changes:
        made["sentences"][sentence]["status"] = changes["status"]
    if "risk" in changes:
        made["risk"]["abuse"]["status"] = changes["risk"]
    draft.made = draft.patient.seal({"draft": made, "salt": "00"}, kind="draft", item=str(draft.id))
    draft.save()
    return draft


def form_of(draft: Draft, **more: Any) -> dict[str, Any]:
    """What the browser sends when nothing was touched."""
    made = draft.read()
    posted = {"revision": draft.revision} | {f"text-{s.id}": s.text for s in made.sentences}
    for finding in made.risk:
        status = finding.status if finding.status is not RiskStatus.UNCLEAR else RiskStatus.DENIED
        posted |= {f"risk-{finding.topic}": str(status), f"when-{finding.topic}": str(finding.timeframe)}
    posted |= {f"drop-{s.id}": "on" for s in made.unsupported}
    return posted | {"confirmed": "on", "act": "sign"} | more


# --- editing -----------------------------------------------------------------------------------------------


def test_edits_are_kept_for_the_next_visit(client: Client, nurse, draft):
    sign_in(client, nurse)
    first = draft.read().sentences[0]
    posted = form_of(draft, act="save") | {
        f"text-{first.id}": "Wakes at four.", "added-plan": "Ring on Thursday.", "risk-abuse": "affirmed", "when-abuse": "past",
    }  # fmt: skip
    assert client.post(f"/drafts/{draft.id}/", posted).status_code == 302
    draft.refresh_from_db()
    kept = actions.read_edits(draft)
    assert kept.texts[first.id] == "Wakes at four."
    assert kept.added == {"plan": "Ring on Thursday."}
    assert kept.risk["abuse"] == ("affirmed", "past")
    page = client.get(f"/drafts/{draft.id}/").content.decode()
    assert "Wakes at four." in page
    assert "Ring on Thursday." in page


def test_the_first_opening_counts_and_is_in_the_trail_once(client: Client, draft):
    other = web.make_clinician("psychiatrist")
    sign_in(client, other)
    for _ in range(3):
        assert client.get(f"/drafts/{draft.id}/").status_code == 200
    assert web.kinds().count("draft_opened") == 2  # the nurse's and the psychiatrist's
    assert draft.openings.filter(reviewer=other).count() == 1


@pytest.mark.parametrize("act", ["save", "sign"])
def test_a_form_shown_before_a_colleague_saved_is_refused_and_nothing_typed_is_lost(
    client, nurse, draft, act
):
    first, second = draft.read().sentences[:2]
    actions.save_edits(draft.id, Edits(texts={second.id: "The colleague's words."}), revision=0, by=nurse)
    sign_in(client, nurse)
    posted = form_of(draft, act=act, revision=0) | {f"text-{first.id}": "My own typing."}
    answer = client.post(f"/drafts/{draft.id}/", posted)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "changed elsewhere" in page
    assert "My own typing." in page
    assert "The colleague&#x27;s words." in page, "what would be overwritten is shown"
    draft.refresh_from_db()
    assert actions.read_edits(draft).texts == {second.id: "The colleague's words."}


def test_a_text_that_is_too_long_is_refused_and_not_lost(client: Client, nurse, draft):
    sign_in(client, nurse)
    first = draft.read().sentences[0]
    answer = client.post(f"/drafts/{draft.id}/", form_of(draft) | {f"text-{first.id}": "again and " * 500})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count("again and ") >= 500
    assert "There is a problem" in page
    assert f'href="#text-{first.id}"' in page
    assert not Note.objects.exists()


def test_a_form_with_a_risk_nobody_can_choose_is_refused(client: Client, nurse, draft):
    sign_in(client, nurse)
    for changes in ({"risk-suicide": "maybe"}, {"risk-suicide": ""}, {"when-suicide": "tomorrow"}):
        assert client.post(f"/drafts/{draft.id}/", form_of(draft, **changes)).status_code == 422
    assert not Note.objects.exists()


# --- what may not be signed --------------------------------------------------------------------------------


def test_a_sentence_without_support_cannot_be_signed_as_it_stands(nurse, draft):
    marked(draft, status="unsupported")
    first = draft.read().sentences[0]
    assert rule_against_signing(draft, Edits(), by=nurse) == "sign.unsupported"
    spaced = Edits(texts={first.id: first.text.replace(" ", "  ")})
    assert rule_against_signing(draft, spaced, by=nurse) == "sign.unsupported"
    actions.sign(draft.id, Edits(texts={first.id: "Sleeps badly."}), revision=0, confirmed=True, by=nurse)


def test_a_sentence_without_support_can_be_left_out(nurse, draft):
    marked(draft, status="unsupported")
    first = draft.read().sentences[0]
    note = actions.sign(draft.id, Edits(dropped=(first.id,)), revision=0, confirmed=True, by=nurse)
    assert first.text not in [span.text for span in note.read().spans]


def test_an_unclear_risk_is_settled_before_signing(nurse, draft):
    marked(draft, risk="unclear")
    assert rule_against_signing(draft, Edits(), by=nurse) == "sign.unclear_risk"
    settled = Edits(risk={"abuse": ("denied", "unstated")})
    note = actions.sign(draft.id, settled, revision=0, confirmed=True, by=nurse)
    assert {f.topic: f.status for f in note.read().risk}[RiskTopic.ABUSE] is RiskStatus.DENIED


def test_nobody_signs_faster_than_anybody_reads(nurse, draft):
    draft.openings.all().delete()
    actions.open_draft(draft, by=nurse)
    assert rule_against_signing(draft, by=nurse) == "sign.too_soon"


def test_a_draft_that_was_not_opened_cannot_be_signed_by_a_direct_post(client: Client, draft):
    stranger = web.make_clinician("psychiatrist")
    sign_in(client, stranger)
    answer = client.post(f"/drafts/{draft.id}/", form_of(draft))
    assert answer.status_code == 409
    assert "You have not opened this draft" in answer.content.decode()
    assert not Note.objects.exists()


@pytest.mark.parametrize(
    "licence",
    [{"licence_expires": date(2020, 1, 1)}, {"licence_expires": None}, {"licence_number": ""}],
    ids=["ran out", "no date", "no number"],
)
def test_without_a_valid_licence_nobody_signs(nurse, draft, licence):
    for field, value in licence.items():
        setattr(nurse, field, value)
    nurse.save()
    assert rule_against_signing(draft, by=nurse) == "sign.licence"


@pytest.mark.parametrize("role", ["service_lead", "safety_officer", "on_call", "evaluator", "patient"])
def test_no_other_role_signs(client: Client, draft, role):
    other = make_person(role, licence_number="L-9", licence_expires=date(2099, 1, 1))
    open_some_time_ago(draft, by=other)
    assert rule_against_signing(draft, by=other) == "sign.role"
    sign_in(client, other)
    assert client.post(f"/drafts/{draft.id}/", form_of(draft)).status_code == 403


def test_an_empty_note_an_unconfirmed_one_and_an_old_one_are_not_signed(nurse, draft):
    everything = tuple(s.id for s in draft.read().sentences)
    assert rule_against_signing(draft, Edits(dropped=everything), by=nurse) == "sign.empty"
    assert rule_against_signing(draft, by=nurse, confirmed=False) == "sign.words_not_own"
    assert rule_against_signing(draft, by=nurse, revision=7) == "sign.changed"


def test_if_the_trail_cannot_be_written_nothing_is_signed(nurse, draft, monkeypatch):
    def full(**entry: Any) -> None:
        raise ThirdchairError("The disk is full.")

    monkeypatch.setattr(actions, "record", full)
    with pytest.raises(ThirdchairError):
        actions.sign(draft.id, web.settled(draft), revision=0, confirmed=True, by=nurse)
    draft.refresh_from_db()
    assert not Note.objects.exists()
    assert draft.state == "in_review"


# --- what was signed ---------------------------------------------------------------------------------------


def test_the_signed_text_is_exactly_what_was_posted_with_its_origins(client: Client, nurse, draft):
    sign_in(client, nurse)
    sentences = [s for s in draft.read().sentences if s.status == "supported"]
    untouched, edited, emptied = sentences[:3]
    posted = form_of(draft) | {
        f"text-{edited.id}": "  Slept “four” hours — <b>no</b> more.  ",
        f"text-{emptied.id}": "   ",
        "added-plan": "I will ring on Thursday.",
        "risk-substance_use": "affirmed",
        "when-substance_use": "past",
    }
    answer = client.post(f"/drafts/{draft.id}/", posted)
    assert answer.status_code == 302
    note = Note.objects.get()
    signed = note.read()
    spans = {span.text: span for span in signed.spans}
    assert emptied.text not in spans
    assert spans[untouched.text].origin is Origin.MACHINE
    assert spans[untouched.text].machine_share == 1.0
    assert spans[untouched.text].evidence == untouched.evidence
    mine = spans["Slept “four” hours — <b>no</b> more."]
    assert (mine.origin, mine.evidence) == (Origin.EDITED, edited.evidence)
    assert mine.machine_share == machine_share(edited.text, mine.text)
    assert 0 <= mine.machine_share < 1
    own = spans["I will ring on Thursday."]
    assert (own.origin, own.evidence, own.machine_share) == (Origin.HUMAN, (), 0.0)
    risk = {f.topic: f for f in signed.risk}
    assert str(risk[RiskTopic.SUBSTANCE_USE].timeframe) == "past"
    assert signed.signer == nurse.identifier
    page = client.get(answer.url).content.decode()
    assert "&lt;b&gt;no&lt;/b&gt;" in page
    assert web.trail_is_whole()


def test_a_risk_that_is_denied_has_no_time(nurse, draft):
    edits = Edits(risk={"abuse": ("denied", "current")})
    note = actions.sign(draft.id, edits, revision=0, confirmed=True, by=nurse)
    assert {str(f.topic): str(f.timeframe) for f in note.read().risk}["abuse"] == "unstated"


def test_one_byte_changed_after_signing_is_noticed(nurse, draft):
    from thirdchair.trail.commitment import Commitment, matches
    from thirdchair_web.trail.models import TrailEntry

    note = actions.sign(draft.id, web.settled(draft), revision=0, confirmed=True, by=nurse)
    kept = note.patient.unseal(note.signed, kind="note", item=str(note.id))
    facts = json.loads(TrailEntry.objects.get(kind="note_signed").facts)
    commitment = Commitment(bytes.fromhex(kept["salt"]), facts["note_commitment"])
    assert matches(note.read().digest().encode(), commitment)
    kept["note"]["spans"][0]["text"] += "."
    note.signed = note.patient.seal(kept, kind="note", item=str(note.id))
    assert not matches(note.read().digest().encode(), commitment)
    note.signed = bytes([*note.signed[:-1], note.signed[-1] ^ 1])
    with pytest.raises(ThirdchairError):
        note.read()


def test_signing_twice_makes_one_note_and_shows_it(client: Client, nurse, draft):
    sign_in(client, nurse)
    posted = form_of(draft)
    first = client.post(f"/drafts/{draft.id}/", posted)
    second = client.post(f"/drafts/{draft.id}/", posted)
    assert first.url == second.url == f"/notes/{Note.objects.get().id}/"
    assert web.kinds().count("note_signed") == 1


def test_a_signed_draft_leads_to_its_note_and_can_be_neither_edited_nor_discarded(
    client: Client, nurse, draft
):
    note = actions.sign(draft.id, web.settled(draft), revision=0, confirmed=True, by=nurse)
    sign_in(client, nurse)
    assert client.get(f"/drafts/{draft.id}/").url == f"/notes/{note.id}/"
    for act in (
        lambda: actions.save_edits(draft.id, Edits(), revision=0, by=nurse),
        lambda: actions.discard(draft.id, by=nurse),
    ):
        with pytest.raises(UseRefused):
            act()
    assert Note.objects.count() == 1


# --- discarding and drafting again -------------------------------------------------------------------------


def test_a_discarded_draft_is_gone_and_the_session_can_be_drafted_again(client: Client, nurse, draft):
    sign_in(client, nurse)
    assert client.post(f"/drafts/{draft.id}/", {**form_of(draft), "act": "discard"}).status_code == 302
    draft.refresh_from_db()
    assert (draft.state, bytes(draft.made), draft.edits) == ("discarded", b"", None)
    page = client.get(f"/drafts/{draft.id}/")
    assert page.status_code == 410
    again = f"/sessions/{draft.run.encounter_id}/draft-again/"
    assert again in page.content.decode()
    client.post(again)
    web.work()
    assert Draft.objects.filter(state="in_review").count() == 1


def test_a_session_with_an_unsettled_draft_is_not_drafted_twice(client: Client, nurse, draft):
    sign_in(client, nurse)
    for _ in range(2):
        answer = client.post(f"/sessions/{draft.run.encounter_id}/draft-again/")
        assert answer.url == f"/drafting/{draft.run_id}/"
    assert SummaryRun.objects.count() == 1


def test_a_method_that_is_not_registered_cannot_be_asked_for(client: Client, nurse, draft):
    actions.discard(draft.id, by=nurse)
    sign_in(client, nurse)
    again = f"/sessions/{draft.run.encounter_id}/draft-again/"
    assert client.post(again, {"method": "oracle"}).status_code == 404
    assert SummaryRun.objects.count() == 1


def test_correcting_who_spoke_discards_the_draft_and_drafts_again(client: Client, nurse, draft):
    sign_in(client, nurse)
    address = f"/sessions/{draft.run.encounter_id}/speakers/"
    assert client.get(address).status_code == 200
    swapped = {"speaker-0": "patient", "speaker-1": "clinician"}
    answer = client.post(address, swapped)
    draft.refresh_from_db()
    assert draft.state == "discarded"
    web.work()
    made = Draft.objects.get(state="in_review")
    assert answer.url == f"/drafting/{made.run_id}/"
    roles = made.run.encounter.read_transcript().speakers
    assert [str(role) for role in roles.values()] == ["patient", "clinician"]
    assert client.post(address, {"speaker-0": "oracle", "speaker-1": "patient"}).status_code == 200
    assert web.trail_is_whole()


def test_work_replaced_by_corrected_speakers_says_so_on_its_page(client: Client, nurse, draft):
    from thirdchair.records import SpeakerRole

    actions.discard(draft.id, by=nurse)
    sign_in(client, nurse)
    client.post(f"/sessions/{draft.run.encounter_id}/draft-again/")
    waiting = SummaryRun.objects.get(state="queued")
    pages.redraft_with_roles(
        draft.run.encounter, {0: SpeakerRole.PATIENT, 1: SpeakerRole.CLINICIAN}, by=nurse
    )
    page = client.get(f"/drafting/{waiting.id}/")
    assert page.status_code == 200
    assert "replaced by a newer one" in page.content.decode()
    assert "work_stopped" in web.kinds()


def test_a_signed_note_stays_in_sight_when_its_session_is_drafted_again(client: Client, nurse, draft):
    note = actions.sign(draft.id, web.settled(draft), revision=0, confirmed=True, by=nurse)
    sign_in(client, nurse)
    client.post(
        f"/sessions/{draft.run.encounter_id}/speakers/", {"speaker-0": "patient", "speaker-1": "clinician"}
    )
    web.work()
    page = client.get("/patients/p-1/").content.decode()
    assert f"/notes/{note.id}/" in page
    assert f"/drafts/{Draft.objects.get(state='in_review').id}/" in page


# --- files -------------------------------------------------------------------------------------------------


def test_every_file_of_a_note_carries_its_origin_and_signer(client: Client, nurse, draft):
    first = draft.read().sentences[0]
    edits = web.settled(draft, texts={first.id: "Slept four hours."}, added={"plan": "I will ring."})
    note = actions.sign(draft.id, edits, revision=0, confirmed=True, by=nurse)
    sign_in(client, nurse)
    files = {kind: client.get(f"/notes/{note.id}/note.{kind}") for kind in ("md", "docx", "json")}
    for kind, answer in files.items():
        assert answer.status_code == 200
        assert answer["Content-Disposition"] == f'attachment; filename="note-{note.id}.{kind}"'
    word = Document(io.BytesIO(files["docx"].content))
    as_text = "\n".join(
        [p.text for p in word.paragraphs] + [c.text for t in word.tables for row in t.rows for c in row.cells]
    )
    for text in (files["md"].content.decode(), as_text):
        assert nurse.display_name in text
        assert "Slept four hours." in text
        assert "extractive" in text.lower()
        assert "edited" in text.lower()
    value = json.loads(files["json"].content)
    assert value["digest"] == note.read().digest()
    assert {span["origin"] for span in value["spans"]} == {"machine", "edited", "human"}
    assert web.kinds().count("data_exported") == 3
    assert client.get(f"/notes/{note.id}/note.exe").status_code == 404

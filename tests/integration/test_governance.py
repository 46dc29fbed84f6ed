"""Switches and stops that hold, evidence with its intervals, and a trail that shows when it was touched."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

import web
from people import make_person, sign_in
from thirdchair.policy.decision import UseRefused
from thirdchair.trail import Broken, Verified, verify_export
from thirdchair_web.governance.actions import pull_kill_switch, switches
from thirdchair_web.governance.models import KillSwitch, UseSwitch
from thirdchair_web.trail.models import TrailEntry

pytestmark = pytest.mark.django_db(transaction=True)
USE = "summarise_session"
STOPS = [("everything", ""), ("use", USE), ("method", "extractive")]


@pytest.fixture
def lead(client: Client):
    person = make_person("service_lead")
    sign_in(client, person)
    return person


@pytest.fixture
def officer(client: Client):
    person = make_person("safety_officer")
    sign_in(client, person)
    return person


# --- switches and stops ------------------------------------------------------------------------------------


def test_every_use_is_off_until_someone_switches_it_on(client: Client, lead):
    assert switches().uses_on == frozenset()
    client.post(f"/uses/{USE}/switch/", {"on": "yes"})
    assert switches().uses_on == {USE}
    client.post(f"/uses/{USE}/switch/", {"on": "no"})
    assert switches().uses_on == frozenset()
    assert web.kinds().count("use_switched") == 2
    assert client.post("/uses/read_minds/switch/", {"on": "yes"}).status_code == 404
    assert client.post(f"/uses/{USE}/switch/").status_code == 302
    assert switches().uses_on == frozenset(), "a form that does not say so switches nothing on"


def test_the_officer_stops_but_does_not_switch_on(client: Client, officer):
    assert client.post(f"/uses/{USE}/switch/", {"on": "yes"}).status_code == 403
    assert not UseSwitch.objects.exists()
    assert (
        client.post("/uses/stop/", {"scope": "everything", "target": "", "stopped": "yes"}).status_code == 302
    )
    assert "All AI is stopped" in client.get("/uses/").content.decode()


@pytest.mark.parametrize(
    ("scope", "target"),
    [("everything", USE), ("use", "read_minds"), ("method", "oracle"), ("", ""), ("planet", "")],
)
def test_only_what_exists_can_be_stopped(client: Client, officer, scope, target):
    assert client.post("/uses/stop/", {"scope": scope, "target": target, "stopped": "yes"}).status_code == 404
    assert not KillSwitch.objects.exists()


@pytest.mark.usefixtures("cleared")
@pytest.mark.parametrize(("scope", "target"), STOPS)
def test_each_stop_stops_queued_work_and_the_next_upload_and_lets_go_again(
    client: Client, officer, scope, target
):
    nurse = web.make_clinician()
    web.switch_on()
    patient = web.make_patient()
    web.agree(patient, by=nurse)
    run = web.upload(patient, by=nurse)
    client.post("/uses/stop/", {"scope": scope, "target": target, "stopped": "yes"})
    web.work()
    run.refresh_from_db()
    assert run.state == "stopped"
    assert run.rule.startswith("switch.")
    with pytest.raises(UseRefused):
        web.upload(patient, by=nurse)
    page = Client()
    sign_in(page, nurse)
    assert run.rule in page.get(f"/drafting/{run.id}/").content.decode()
    client.post("/uses/stop/", {"scope": scope, "target": target, "stopped": "no"})
    again = web.upload(patient, by=nurse)
    web.work()
    again.refresh_from_db()
    assert again.state == "drafted"
    assert web.kinds().count("kill_switch") == 2


@pytest.mark.usefixtures("cleared")
@pytest.mark.parametrize(("scope", "target"), STOPS)
def test_each_stop_stops_work_in_the_middle(monkeypatch, scope, target):
    from thirdchair_web.review import runs
    from thirdchair_web.review.models import Draft

    nurse, officer = web.make_clinician(), make_person("safety_officer")
    web.switch_on()
    patient = web.make_patient()
    web.agree(patient, by=nurse)
    run = web.upload(patient, by=nurse)
    steps: list[Any] = []

    def stop_at_the_first_step(run_id, attempt, progress) -> None:
        steps.append(progress)
        pull_kill_switch(scope, target=target, stopped=True, by=officer)

    monkeypatch.setattr(runs, "_show", stop_at_the_first_step)
    web.work()
    run.refresh_from_db()
    assert len(steps) == 1
    assert run.state == "stopped"
    assert not Draft.objects.exists()


def test_if_the_trail_cannot_be_written_nothing_is_switched(client: Client, lead, monkeypatch):
    from thirdchair.errors import TrailBroken
    from thirdchair_web.governance import actions

    def full(**_: Any) -> None:
        raise TrailBroken("The disk is full.")

    monkeypatch.setattr(actions, "record", full)
    client.raise_request_exception = False
    assert client.post(f"/uses/{USE}/switch/", {"on": "yes"}).status_code == 500
    assert switches().uses_on == frozenset()


# --- evidence ----------------------------------------------------------------------------------------------


def test_the_page_of_a_use_shows_each_number_with_its_interval_and_source(client: Client, lead):
    from thirdchair.measures.estimate import Estimate
    from thirdchair_web.governance.methods import packs

    page = client.get(f"/uses/{USE}/").content.decode()
    shown = [
        e for pack in packs() if pack.use == USE for e in pack.estimates.values() if isinstance(e, Estimate)
    ]
    assert shown
    for estimate in shown:
        assert f"{estimate.low:.2f}–{estimate.high:.2f}" in page
        assert f'<td class="number">{estimate.n}</td>' in page
    for pack in packs():
        assert pack.command in page


def test_a_use_that_only_a_model_can_do_lists_no_other_method(client: Client, lead):
    """There is no extractive method of it that could be cleared or not."""
    page = client.get("/uses/draft_document/").content.decode()
    assert "Only a language model does this, and none is registered here" in page
    assert "Extractive:" not in page and "Not cleared" not in page
    assert "Extractive:" in client.get(f"/uses/{USE}/").content.decode()


def test_why_a_use_asks_for_a_measure_is_told_in_chinese_too(client: Client, lead):
    from django.utils import translation

    from thirdchair.uses import USES
    from thirdchair_web.governance.requirement_reasons import reason_in_words

    asked = [one for use in USES.values() for one in use.requirements]
    with translation.override("zh-hans"):
        assert [one.why for one in asked if reason_in_words(one) == one.why] == []
    page = client.get(f"/uses/{USE}/", headers={"accept-language": "zh-hans"}).content.decode()
    assert "无法追溯来源的句子" in page and "A sentence nobody can trace" not in page
    translation.deactivate()


def test_a_use_without_evidence_says_what_is_missing(client: Client, lead, monkeypatch):
    from thirdchair.policy import NotCleared, Refused
    from thirdchair_web.governance import views

    none = NotCleared(Refused("clearance.missing", {"use": USE, "method": "extractive"}))
    monkeypatch.setattr(
        views, "clearances", lambda: {(USE, "extractive", one): none for one in ("en", "zh-hans")}
    )
    monkeypatch.setattr(views, "packs", lambda: ())
    page = client.get(f"/uses/{USE}/").content.decode()
    assert page.count("Not cleared") == 2
    assert "No evidence shows" in page
    assert client.get("/uses/read_minds/").status_code == 404


# --- the trail ---------------------------------------------------------------------------------------------


def change(sql: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_the_trail_is_verified_and_exported_from_its_page(client: Client, officer):
    web.switch_on()
    page = client.post("/trail/").content.decode()
    assert "The trail verifies" in page
    answer = client.post("/trail/export/")
    found = verify_export(io.BytesIO(answer.content))
    assert isinstance(found, Verified)
    assert found.count == TrailEntry.objects.count()
    assert web.kinds()[-1] == "trail_exported"
    assert found.key_id in page, "the page names the key that the auditor compares"


TAMPERING = {
    "a fact changed": "UPDATE trail_trailentry SET facts = replace(facts, 'true', 'false') WHERE kind = 'use_switched'",
    "an actor changed": "UPDATE trail_trailentry SET actor = 'account:nobody' WHERE seq = 2",
    "an entry dropped": "DELETE FROM trail_trailentry WHERE seq = 2",
    "unreadable facts": "UPDATE trail_trailentry SET facts = 'not json' WHERE seq = 1",
    "an unknown kind": "UPDATE trail_trailentry SET kind = 'nothing_happened' WHERE seq = 1",
    "the signature changed": "UPDATE trail_trailhead SET signature = replace(signature, '0', '1')",
}


@pytest.mark.parametrize("how", [*TAMPERING, "two entries swapped"])
def test_a_trail_that_was_touched_is_called_broken(client: Client, officer, how):
    web.switch_on()
    if how == "two entries swapped":
        TrailEntry.objects.filter(seq=1).update(seq=900)
        TrailEntry.objects.filter(seq=2).update(seq=1)
        TrailEntry.objects.filter(seq=900).update(seq=2)
    else:
        change(TAMPERING[how])
    page = client.post("/trail/").content.decode()
    assert "The trail is broken at entry" in page
    assert ".." not in page.partition("The trail is broken")[2].partition("</p>")[0]
    assert "The trail verifies" not in page


def test_a_trail_cut_at_its_end_together_with_its_head_is_noticed_by_its_anchors(client: Client, officer):
    kept = list(TrailEntry.objects.values())
    from thirdchair_web.trail.models import TrailHead

    heads = list(TrailHead.objects.values())
    web.switch_on()
    TrailEntry.objects.all().delete()
    TrailHead.objects.all().delete()
    TrailEntry.objects.bulk_create(TrailEntry(**row) for row in kept)
    TrailHead.objects.bulk_create(TrailHead(**row) for row in heads)
    assert "The anchors reach past the last entry" in client.post("/trail/").content.decode()


# --- thirdchair trail verify -------------------------------------------------------------------------------


def test_this_installations_trail_is_reached_by_entry_point(tmp_path: Path):
    [source] = entry_points(group="thirdchair.trail_source")
    web.switch_on()
    source.load()(tmp_path / "trail.jsonl")
    found = verify_export(tmp_path / "trail.jsonl")
    assert isinstance(found, Verified)
    assert found.count == TrailEntry.objects.count()


def test_a_broken_trail_is_exported_as_it_is_for_it_is_the_proof(tmp_path: Path):
    from thirdchair_web.trail.source import write_trail

    web.switch_on()
    change("UPDATE trail_trailentry SET actor = 'account:nobody' WHERE seq = 1")
    write_trail(tmp_path / "trail.jsonl")
    assert isinstance(verify_export(tmp_path / "trail.jsonl"), Broken)


def test_the_command_verifies_without_a_web_process(tmp_path: Path):
    """As an operator runs it: first where there is no trail, then on a service that has one."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("THIRDCHAIR", "DJANGO"))}
    environment |= {"THIRDCHAIR_DATA_DIR": str(tmp_path), "PYTHONPATH": os.pathsep.join(sys.path)}

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        start = "from thirdchair.cli import main; main()"
        return subprocess.run(
            [sys.executable, "-c", start, *arguments],
            cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip

    nothing = run("trail", "verify")
    assert (nothing.returncode, "thirdchair manage migrate" in nothing.stderr) == (2, True)
    assert run("manage", "migrate", "-v", "0").returncode == 0
    assert "The trail is empty" in run("trail", "verify").stdout
    assert oct((tmp_path / "thirdchair.sqlite3").stat().st_mode & 0o777) == "0o600"
    assert tmp_path != settings.DATA_DIR

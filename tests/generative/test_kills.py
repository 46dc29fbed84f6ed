"""Kill any process at any moment: nothing is lost and nothing is doubled. A full disk undoes the act it meets.

The kills, full disks and races happen in a service of their own (killed_service.py); `make kills` runs 200.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import uuid
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import pytest

import web

HERE: Final = Path(__file__).parent
SEED: Final = 20
ACTS: Final = {"upload", "upload by browser", "summarise", "edit", "sign", "withdraw", "erase"}

Episode = dict[str, Any]


@pytest.fixture(scope="module")
def episodes(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> list[Episode]:
    """What happened in one service: kills, full disks and races."""
    folder = tmp_path_factory.mktemp("killed")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("THIRDCHAIR_")} | {
        "DJANGO_SETTINGS_MODULE": "thirdchair_web.project.settings",
        "THIRDCHAIR_DATA_DIR": str(folder / "service"),
        "THIRDCHAIR_LEASE_S": "1",
        "PYTHONPATH": os.pathsep.join(str(path) for path in (HERE.parents[1] / "src", HERE.parent, HERE)),
    }  # fmt: skip
    kills = request.config.getoption("--kills")
    command = [sys.executable, str(HERE / "killed_service.py"), f"--kills={kills}", f"--seed={SEED}"]
    began = time.monotonic()
    ran = subprocess.run(
        [*command, "--full-disks=6", "--races=6"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr[-4000:]
    told = [json.loads(line) for line in ran.stdout.splitlines()]
    print(_table(told), f"seed {SEED}, {time.monotonic() - began:.0f} s", sep="\n")
    return told


@pytest.mark.timeout(3600)
def test_kill_9_loses_nothing_and_doubles_nothing(episodes: list[Episode], request: pytest.FixtureRequest):
    kills = [episode for episode in episodes if episode["how"] == "kill"]
    assert len(kills) == request.config.getoption("--kills")
    assert [kill for kill in kills if kill["faults"]] == []
    # Otherwise the kills came too early or too late to show anything.
    assert any(kill["cut"] and not kill["happened"] for kill in kills)


def test_enough_kills_meet_every_act_before_and_after_it_stands(
    episodes: list[Episode], request: pytest.FixtureRequest
):
    if request.config.getoption("--kills") < 200:
        pytest.skip("too few kills to meet every act: make kills")
    cut = [episode for episode in episodes if episode["how"] == "kill" and episode["cut"]]
    assert {kill["act"] for kill in cut if not kill["happened"]} == ACTS
    assert {kill["act"] for kill in cut if kill["happened"]} >= ACTS - {"upload by browser"}


def test_a_full_disk_leaves_each_act_undone_until_there_is_room(episodes: list[Episode]):
    met = [episode for episode in episodes if episode["how"] == "full disk"]
    assert [episode for episode in met if episode["faults"]] == []
    assert any(episode["cut"] for episode in met)
    assert all(episode["happened"] or episode["cut"] for episode in met)


def test_two_processes_at_once_double_nothing(episodes: list[Episode]):
    races = [episode for episode in episodes if episode["how"] == "race"]
    assert {race["act"] for race in races} == ACTS - {"upload by browser"}
    assert [race for race in races if race["faults"]] == []
    # Of two who save or sign the same revision, one is told.
    told = {race["act"]: sorted(race["statuses"]) for race in races}
    assert (told["edit"], told["sign"], told["upload"]) == ([0, 4], [0, 4], [0, 0])


def _table(episodes: list[Episode]) -> str:
    lines = [f"{'':<28}{'times':>8}{'cut off':>9}{'undone':>8}{'faults':>8}"]
    for how, act in dict.fromkeys((episode["how"], episode["act"]) for episode in episodes):
        these = [e for e in episodes if (e["how"], e["act"]) == (how, act)]
        counts = [
            len(these),
            sum(e.get("cut", False) for e in these),
            sum(not e["happened"] for e in these),
            sum(len(e["faults"]) for e in these),
        ]
        lines.append(f"{how + ', ' + act:<28}{counts[0]:>8}{counts[1]:>9}{counts[2]:>8}{counts[3]:>8}")
    return "\n".join(lines)


# --- one process, with the clock and the trail in the test's hands --------------------------------------------

in_a_clinic = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("cleared")]


class Clinic:
    """A nurse, a consenting patient, and what a test wants done."""

    def __init__(self) -> None:
        self.nurse = web.make_clinician()
        web.switch_on()
        self.patient = web.make_patient()
        web.agree(self.patient, by=self.nurse)

    def draft(self):
        """A draft that the nurse opened long ago."""
        from thirdchair_web.review import actions
        from thirdchair_web.review.models import Draft, DraftOpening

        run = web.upload(self.patient, by=self.nurse)
        web.work()
        draft = Draft.objects.get(run=run)
        actions.open_draft(draft, by=self.nurse)
        for opening in DraftOpening.objects.all():
            opening.opened_at -= timedelta(hours=1)
            opening.save()
        return draft


@pytest.fixture
def clinic(db: None) -> Clinic:
    return Clinic()


def let_the_lease_run_out() -> None:
    from thirdchair_web.clock import now
    from thirdchair_web.review.models import SummaryRun

    SummaryRun.objects.update(leased_until=now() - timedelta(seconds=1))


def everything() -> dict[str, list[dict[str, Any]]]:
    """Every row of every table."""
    from django.apps import apps

    return {model._meta.label: list(model.objects.order_by("pk").values()) for model in apps.get_models()}


class TestAWorkerThatIsOnlySlow:
    """It wakes up when another has taken its run over."""

    pytestmark = in_a_clinic

    def test_what_it_made_is_dropped(self, clinic: Clinic, monkeypatch: pytest.MonkeyPatch):
        self.while_it_sleeps(monkeypatch, lambda draft: draft)
        run = web.upload(clinic.patient, by=clinic.nurse)
        web.work()
        self.expect_one_draft_of_the_second_attempt(run)

    def test_its_failure_does_not_count(self, clinic: Clinic, monkeypatch: pytest.MonkeyPatch):
        def fail(draft: Any) -> Any:
            raise RuntimeError

        self.while_it_sleeps(monkeypatch, fail)
        run = web.upload(clinic.patient, by=clinic.nurse)
        web.work()
        self.expect_one_draft_of_the_second_attempt(run)

    def test_it_is_dropped_also_while_the_other_is_still_at_work(
        self, clinic: Clinic, monkeypatch: pytest.MonkeyPatch
    ):
        from thirdchair_web.review.models import Draft
        from thirdchair_web.review.runs import _start

        run = web.upload(clinic.patient, by=clinic.nurse)
        self.while_it_sleeps(monkeypatch, lambda draft: draft, other=lambda: _start(run.id, 2))
        web.work()
        run.refresh_from_db()
        assert (run.state, run.attempt, Draft.objects.count()) == ("running", 2, 0)

    def while_it_sleeps(
        self,
        monkeypatch: pytest.MonkeyPatch,
        wake: Callable[[Any], Any],
        other: Callable[[], object] = web.work,
    ) -> None:
        """The first time a draft was worked out, another worker takes the run over before it is saved."""
        from thirdchair.gateway import summarising
        from thirdchair_web.review.runs import recover_runs

        drive, sleeping = summarising._Call.drive, []

        def slowly(call: Any, *args: Any) -> Any:
            made = drive(call, *args)
            if sleeping:
                return made
            sleeping.append(call)
            let_the_lease_run_out()
            assert recover_runs() == 1
            other()
            return wake(made)

        monkeypatch.setattr(summarising._Call, "drive", slowly)

    def expect_one_draft_of_the_second_attempt(self, run: Any) -> None:
        from thirdchair_web.review.models import Draft
        from thirdchair_web.trail.models import TrailEntry

        run.refresh_from_db()
        assert (run.state, run.attempt) == ("drafted", 2)
        assert Draft.objects.filter(run=run).count() == 1
        kinds = Counter(TrailEntry.objects.values_list("kind", flat=True))
        assert (kinds["draft_made"], kinds["work_failed"]) == (1, 0)


class TestARunWhoseWorkersKeepDying:
    """It is tried again, but not for ever."""

    pytestmark = in_a_clinic

    def test_it_ends_as_failed_and_the_trail_says_so_once(self, clinic: Clinic):
        from thirdchair_web.review.runs import MOST_ATTEMPTS, _start, recover_runs
        from thirdchair_web.trail.models import TrailEntry

        run = web.upload(clinic.patient, by=clinic.nurse)
        for attempt in range(1, MOST_ATTEMPTS + 1):
            assert _start(run.id, attempt) is not None
            let_the_lease_run_out()
            recover_runs()
        recover_runs()
        run.refresh_from_db()
        assert (run.state, run.rule) == ("failed", "failed.worker_died")
        assert TrailEntry.objects.filter(kind="work_failed").count() == 1

    def test_a_database_that_fails_is_no_verdict_on_the_session(
        self, clinic: Clinic, monkeypatch: pytest.MonkeyPatch
    ):
        from thirdchair_web.review.runs import recover_runs

        run = web.upload(clinic.patient, by=clinic.nurse)
        with monkeypatch.context() as full:
            no_room_for_the_trail(full)
            web.work()
        run.refresh_from_db()
        assert run.state == "running"
        let_the_lease_run_out()
        assert recover_runs() == 1
        web.work()
        run.refresh_from_db()
        assert (run.state, run.attempt) == ("drafted", 2)

    def test_one_that_cannot_be_ended_keeps_no_other_from_being_taken_over(
        self, clinic: Clinic, monkeypatch: pytest.MonkeyPatch
    ):
        from thirdchair.errors import TrailBroken
        from thirdchair_web.review import runs

        first, second = (web.upload(clinic.patient, by=clinic.nurse) for _ in range(2))
        for run in (first, second):
            runs._start(run.id, 1)
        let_the_lease_run_out()
        take_over = runs._take_over

        def broken_for_one(run_id: uuid.UUID) -> int:
            if run_id == first.id:
                raise TrailBroken
            return take_over(run_id)

        monkeypatch.setattr(runs, "_take_over", broken_for_one)
        assert runs.recover_runs() == 1


def no_room_for_the_trail(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db.utils import OperationalError

    from thirdchair_web.trail import store

    def full(entry: Any) -> None:
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(store, "_row", full)


def sign(draft: Any, *, by: Any) -> None:
    from thirdchair_web.review import actions

    actions.sign(draft.id, actions.Edits(), revision=0, confirmed=True, by=by)


def edit(draft: Any, *, by: Any) -> None:
    from thirdchair_web.review import actions

    edits = actions.Edits(added={"plan": "To be seen again on Friday."})
    actions.save_edits(draft.id, edits, revision=0, by=by)


def discard(draft: Any, *, by: Any) -> None:
    from thirdchair_web.review import actions

    actions.discard(draft.id, by=by)


def withdraw(draft: Any, *, by: Any) -> None:
    from thirdchair_web.review.erasure import withdraw_consent

    withdraw_consent(draft.patient, use="summarise_session", by=by)


def erase(draft: Any, *, by: Any) -> None:
    from thirdchair_web.review import erasure

    erasure.erase(draft.patient, by=by)


class TestATrailThatCannotBeWritten:
    """Then nothing happens that belongs in it."""

    pytestmark = in_a_clinic

    @pytest.mark.parametrize(
        "act",
        [
            pytest.param(lambda draft, *, by: web.upload(draft.patient, by=by), id="no upload"),
            pytest.param(lambda draft, *, by: web.agree(draft.patient, by=by), id="no consent"),
            pytest.param(edit, id="no edit"),
            pytest.param(sign, id="no signature"),
            pytest.param(discard, id="no discarding"),
            pytest.param(withdraw, id="no half withdrawal"),
            pytest.param(erase, id="no half erasure"),
        ],
    )
    def test_the_act_is_undone_to_the_last_row(
        self, act: Callable[..., Any], clinic: Clinic, monkeypatch: pytest.MonkeyPatch
    ):
        from django.db.utils import OperationalError

        draft = clinic.draft()
        before = everything()
        with monkeypatch.context() as full:
            no_room_for_the_trail(full)
            with pytest.raises(OperationalError):
                act(draft, by=clinic.nurse)
        assert everything() == before
        act(draft, by=clinic.nurse)
        assert everything() != before

    def test_an_anchor_that_cannot_be_written_undoes_nothing_and_the_next_vouches_for_it(
        self, clinic: Clinic, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ):
        from thirdchair.errors import TrailBroken
        from thirdchair.trail import Verified
        from thirdchair_web.review.models import Note
        from thirdchair_web.trail import store
        from thirdchair_web.trail.verify import verify_now

        def full(path: Path, entry: Any) -> None:
            raise TrailBroken("no space left")

        monkeypatch.setattr(store, "anchor_file", lambda: tmp_path / "trail.anchors")
        draft = clinic.draft()
        with monkeypatch.context() as no_room:
            no_room.setattr(store, "append_anchor", full)
            sign(draft, by=clinic.nurse)
        assert Note.objects.count() == 1
        assert isinstance(verify_now(), Verified)
        web.agree(clinic.patient, by=clinic.nurse)
        assert isinstance(verify_now(), Verified)

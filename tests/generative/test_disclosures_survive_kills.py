"""Disclosures while the service is killed again and again: each that was answered or received has its alert, none has two,
and every alert reaches the person on call.

A service of its own (disclosing_service.py) is killed with signal 9; `make disclosures` sends 1,000 and kills 300 times, and
prints how long a card and a notice take when nobody is killed. No test looks at a time.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import pytest

HERE: Final = Path(__file__).parent
SEED: Final = 7

Run = dict[str, Any]


@pytest.fixture(scope="module")
def run(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """What happened in one service, seen from outside and from its database."""
    folder = tmp_path_factory.mktemp("disclosures")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("THIRDCHAIR_")} | {
        "DJANGO_SETTINGS_MODULE": "thirdchair_web.project.settings",
        "THIRDCHAIR_DATA_DIR": str(folder / "service"),
        "PYTHONPATH": os.pathsep.join(str(path) for path in (HERE.parents[1] / "src", HERE.parent, HERE)),
    }  # fmt: skip
    asked = {name: request.config.getoption(f"--{name}") for name in ("disclosures", "disclosure-kills")}
    ran = subprocess.run(
        [
            sys.executable,
            str(HERE / "disclosing_service.py"),
            f"--disclosures={asked['disclosures']}",
            f"--kills={asked['disclosure-kills']}",
            f"--quiet={max(10, asked['disclosures'] // 5)}",
            f"--seed={SEED}",
        ],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr[-4000:]
    told = json.loads(ran.stdout) | {"asked": asked, "log": ran.stderr}
    print(_table(told))
    return told


@pytest.mark.timeout(3600)
def test_as_many_processes_were_killed_as_asked_and_some_in_the_middle(run: Run):
    assert sum(run["killed"].values()) == run["asked"]["disclosure-kills"]
    assert set(run["killed"]) == {"server", "worker"}
    # Otherwise the kills met nobody, and showed nothing.
    cut_off = sum(sent["tries"] - sent["answered"] for sent in run["sent"])
    assert cut_off >= max(1, run["killed"]["server"] // 10)


def test_who_asks_again_until_answered_is_answered_with_the_card(run: Run):
    assert len(run["sent"]) == run["asked"]["disclosures"]
    answered = [sent for sent in (*run["sent"], *run["calm"]) if sent["answered"]]
    assert [sent for sent in run["sent"] if not sent["answered"] and sent["status"] != 0] == []
    assert len(answered) >= 0.9 * len(run["sent"])
    assert [sent for sent in answered if not sent["card"]] == []


def test_every_disclosure_that_was_answered_has_its_alert_and_none_has_two(run: Run):
    alerts = run["stands"]["alerts"]
    assert [s["ref"] for s in (*run["sent"], *run["calm"]) if s["answered"] and alerts[s["ref"]] != 1] == []
    assert [ref for ref, count in alerts.items() if count > 1] == []


def test_every_disclosure_that_was_ever_received_has_its_alert_with_the_words(run: Run):
    stands = run["stands"]
    assert stands["received"] >= sum(sent["answered"] for sent in (*run["sent"], *run["calm"]))
    assert stands["received_without_an_alert"] == 0
    assert stands["alerts_with_exactly_the_words"] == sum(stands["alerts"].values())
    assert stands["alert_entries"] == sum(stands["alerts"].values())


def test_every_alert_was_on_the_screen_of_the_person_on_call_and_at_the_webhook(run: Run):
    stands = run["stands"]
    assert {notice["about"] for notice in stands["notices"].values()} == set(stands["alert_ids"])
    heard = {str(line["notice"]) for line in run["heard"]}
    told = {notice["about"] for number, notice in stands["notices"].items() if number in heard}
    assert told == set(stands["alert_ids"])
    for channel in ("in_app", "webhook"):
        sent = {notice["about"] for notice in stands["notices"].values() if channel in notice["channels"]}
        assert sent == set(stands["alert_ids"]), channel
    assert set(stands["alert_ids"]) <= {_alert_of(line) for line in run["posted"]}
    assert all(line["signed"] for line in run["posted"])


def test_the_database_is_whole_the_trail_verifies_and_no_log_has_the_words(run: Run):
    assert run["stands"]["whole"]
    assert run["stands"]["trail"]
    assert "pills" not in run["log"]


def _table(run: Run) -> str:
    stands, sent = run["stands"], run["sent"]
    calm = [one["took_s"] for one in run["calm"] if one["answered"]]
    refs = {one["ref"] for one in run["calm"]}
    about = {number: notice["about"] for number, notice in stands["notices"].items()}
    first, posts = (
        _first((about.get(str(line["notice"]), ""), line["at"]) for line in run["heard"]),
        _first((_alert_of(line), line["at"]) for line in run["posted"]),
    )
    raised = {ident: alert["at"] for ident, alert in stands["alert_ids"].items() if alert["ref"] in refs}
    delivered = [first[ident] - at for ident, at in raised.items() if ident in first]
    paged = [posts[ident] - at for ident, at in raised.items() if ident in posts]
    return "\n".join(
        [
            "",
            f"disclosures {len(sent)} in {run['stormy_s']:.0f} s, kills {json.dumps(run['killed'])}, seed {SEED}",
            f"answered {sum(s['answered'] for s in sent)}, given up after one try "
            f"{sum(not s['answered'] for s in sent)}, sent more than once {sum(s['tries'] > 1 for s in sent)}",
            f"alerts {len(stands['alert_ids'])}, patients with two {sum(n > 1 for n in stands['alerts'].values())}, "
            f"shown more than once {len(run['heard']) - len(first)}, posted more than once {len(run['posted']) - len(posts)}",
            "with nobody killed:",
            _spread("disclosure sent to card received", calm, asked="p99 under 2 s"),
            _spread("alert raised to the on-call person's screen", delivered, asked="p99 under 60 s"),
            _spread("alert raised to the webhook", paged, asked="p99 under 60 s"),
        ]
    )


def _alert_of(post: dict[str, Any]) -> str:
    return post["link"].rstrip("/").rpartition("/")[2]


def _first(seen: Iterable[tuple[str, float]]) -> dict[str, float]:
    """When each was seen first."""
    times: dict[str, float] = {}
    for what, at in seen:
        times.setdefault(what, at)
    return times


def _spread(what: str, seconds: list[float], *, asked: str) -> str:
    ordered = sorted(seconds) or [float("nan")]
    p50, p99 = (ordered[min(len(ordered) - 1, int(share * len(ordered)))] for share in (0.5, 0.99))
    return f"  {what}: n {len(seconds)}, p50 {p50:.3f} s, p99 {p99:.3f} s, most {ordered[-1]:.3f} s (asked: {asked})"

"""Keys with which programs ask: shown once, found from the secret alone, ended by time, by hand or with their account."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from typer.testing import CliRunner, Result

import web
from people import make_person
from thirdchair_web.accounts.keys import LASTS_DAYS, make_key, open_key, revoke_key
from thirdchair_web.accounts.models import ApiKey

pytestmark = pytest.mark.django_db

USES = ["summarise_session", "answer_question"]


@pytest.fixture
def nurse():
    return make_person("nurse", username="nurse-liu")


@pytest.fixture
def key(nurse):
    return make_key(nurse, USES, by="operator")


def command(*arguments: str) -> Result:
    from thirdchair_web.project.commands import commands

    return CliRunner().invoke(commands, list(arguments))


def test_a_key_opens_its_uses_in_the_name_of_its_account(nurse, key):
    opened = open_key(key.secret)
    assert opened is not None
    assert (opened.account, opened.uses, opened.prefix) == (nurse, tuple(sorted(USES)), key.prefix)


def test_the_secret_is_kept_nowhere(key):
    from thirdchair_web.trail.models import TrailEntry

    secret = key.secret.rpartition("_")[2] if "_" not in key.secret[16:] else key.secret[16:]
    [row] = ApiKey.objects.values()
    assert secret not in repr(row)
    assert secret not in repr(list(TrailEntry.objects.values()))
    assert secret not in repr(key)
    assert len(secret) == 43, "256 bits"


def test_two_keys_are_never_alike(nurse):
    assert len({make_key(nurse, USES, by="operator").secret for _ in range(20)}) == 20


@pytest.mark.parametrize(
    "spoil",
    [
        lambda secret: "",
        lambda secret: secret[:-1],
        lambda secret: secret + "A",
        lambda secret: secret[:-1] + ("A" if secret[-1] != "A" else "B"),
        lambda secret: secret.replace("tc_", "xx_"),
        lambda secret: f"tc_{'0' * 12}_{secret[16:]}",
        lambda secret: secret + "\n",
        lambda secret: secret[:16] + "钥" * 43,
        lambda secret: secret[3:15],
    ],
)
def test_anything_else_opens_nothing(key, spoil):
    assert open_key(spoil(key.secret)) is None


def test_the_secret_of_one_key_does_not_open_another(nurse, key):
    other = make_key(nurse, USES, by="operator")
    assert open_key(f"tc_{other.prefix}_{key.secret[16:]}") is None


def test_a_revoked_key_opens_nothing_and_is_revoked_once(key):
    revoke_key(key.prefix, by="operator")
    assert open_key(key.secret) is None
    with pytest.raises(ValidationError, match="keys list"):
        revoke_key(key.prefix, by="operator")


@pytest.mark.parametrize(("days", "opens"), [(LASTS_DAYS - 0.01, True), (LASTS_DAYS, False), (1000, False)])
def test_a_key_ends_by_itself(key, monkeypatch, days, opens):
    made_at = ApiKey.objects.get().created_at
    monkeypatch.setattr("thirdchair_web.accounts.keys.now", lambda: made_at + timedelta(days=days))
    assert (open_key(key.secret) is not None) == opens


def test_an_account_that_may_not_sign_in_has_no_key(nurse, key):
    nurse.is_active = False
    nurse.save()
    assert open_key(key.secret) is None
    with pytest.raises(ValidationError, match="may not sign in"):
        make_key(nurse, USES, by="operator")


@pytest.mark.parametrize(
    ("uses", "days", "words"),
    [
        (["nothing_known"], 90, "answer_question"),
        ([], 90, "none was named"),
        (USES, 0, "1 to"),
        (USES, 367, "1 to"),
    ],
)
def test_a_key_that_cannot_be_is_refused_with_the_way_out(nurse, uses, days, words):
    with pytest.raises(ValidationError, match=words):
        make_key(nurse, uses, days=days, by="operator")
    assert not ApiKey.objects.exists()


def test_the_day_of_the_last_use_is_kept_and_written_once_a_day(key, django_assert_num_queries):
    assert ApiKey.objects.get().last_used_on is None
    with django_assert_num_queries(2):
        open_key(key.secret)
    with django_assert_num_queries(1):
        open_key(key.secret)
    assert ApiKey.objects.get().last_used_on is not None


def test_making_and_revoking_stand_in_the_trail(nurse, key):
    from thirdchair_web.trail.models import TrailEntry

    revoke_key(key.prefix, by="operator")
    made, revoked = TrailEntry.objects.order_by("seq")
    assert (made.kind, revoked.kind) == ("key_made", "key_revoked")
    for entry in (made, revoked):
        assert entry.actor == "operator"
        assert key.prefix in entry.facts
        assert nurse.identifier in entry.facts


def test_a_key_that_cannot_be_recorded_is_not_made(nurse, monkeypatch):
    def broken(**entry: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr("thirdchair_web.accounts.keys.record", broken)
    with pytest.raises(OSError, match="full"):
        make_key(nurse, USES, by="operator")
    assert not ApiKey.objects.exists()


def test_by_command(nurse):
    made = command(
        "keys", "new", "--actor", "nurse-liu", "--uses", "summarise_session, answer_question", "--days", "7"
    )
    assert made.exit_code == 0
    secret = made.stdout.strip()
    opened = open_key(secret)
    assert opened is not None
    assert opened.prefix in made.stderr
    listed = command("keys", "list").output
    assert opened.prefix in listed
    assert "nurse-liu" in listed
    assert secret not in listed
    assert command("keys", "revoke", opened.prefix).exit_code == 0
    assert command("keys", "list").output == ""
    assert "revoked" in command("keys", "list", "--all").output
    assert open_key(secret) is None
    assert web.kinds() == ["key_made", "key_revoked"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("new", "--actor", "nobody", "--uses", "answer_question"), "add-account"),
        (("new", "--actor", "nurse-liu", "--uses", "nothing_known"), "answer_question"),
        (("revoke", "0" * 12), "keys list"),
    ],
)
def test_a_command_that_cannot_be_done_says_what_would_help(nurse, arguments, words):
    result = command("keys", *arguments)
    assert result.exit_code == 1
    assert words in result.stderr
    assert not result.stdout

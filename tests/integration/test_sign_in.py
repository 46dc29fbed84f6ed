"""Signing in: who gets in, what proves it, how long it lasts, and what every page tells the browser."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

import thirdchair_web
from people import PASSWORD
from thirdchair_web.accounts import actions, totp
from thirdchair_web.accounts.models import Role, User
from thirdchair_web.accounts.roles import role_required

MakeUser = Callable[..., User]
TEMPLATES = sorted((Path(thirdchair_web.__file__).parent).rglob("*.html"))
ACCOUNT_PAGE = "/account/second-factor/"
SET_UP = "/account/second-factor/set-up/"


@pytest.fixture(autouse=True)
def trail(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[dict[str, Any]]]:
    """The entries written to the trail, which is not what these tests are about."""
    entries: list[dict[str, Any]] = []
    monkeypatch.setattr(actions, "_write_to_trail", lambda **entry: entries.append(entry))
    cache.clear()
    yield entries
    cache.clear()


def give_password(client: Client, username: str, password: str = PASSWORD) -> HttpResponse:
    return client.post("/account/sign-in/", {"login": username, "password": password})


def give_code(client: Client, user: User, code: str = "") -> HttpResponse:
    return client.post("/account/second-factor/check/", {"code": code or totp.current_code(user)})


def signed_in(client: Client) -> bool:
    return client.get(ACCOUNT_PAGE).status_code == 200


# --- passwords and second factors --------------------------------------------------------------------------


def test_a_patient_signs_in_with_a_password(client: Client, make_user: MakeUser) -> None:
    patient = make_user("patient")
    give_password(client, patient.username)
    assert signed_in(client)


def test_a_nurse_is_not_signed_in_by_the_password_alone(client: Client, make_user: MakeUser) -> None:
    nurse = make_user("nurse")
    assert give_password(client, nurse.username).url == "/account/second-factor/check/"
    assert not signed_in(client)
    give_code(client, nurse)
    assert signed_in(client)


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.PATIENT, Role.CARER)])
def test_staff_without_a_second_factor_are_sent_to_set_one_up(
    client: Client, make_user: MakeUser, role: Role
) -> None:
    give_password(client, make_user(role, second_factor=False).username)
    assert client.get(ACCOUNT_PAGE).url == SET_UP
    assert client.post("/account/password/").url == SET_UP


def test_setting_up_a_second_factor_shows_the_key_and_gives_recovery_codes(
    client: Client, make_user: MakeUser
) -> None:
    nurse = make_user("nurse", second_factor=False)
    give_password(client, nurse.username)
    page = client.get(SET_UP)
    secret = page.context["form"].secret
    assert secret in page.content.decode()
    assert "data:image/svg+xml;base64," in page.content.decode()
    code = totp.auth.format_hotp_value(
        totp.auth.hotp_value(secret, list(totp.auth.yield_hotp_counters_from_time())[1])
    )
    codes = client.post(SET_UP, {"code": code}, follow=True)
    assert len(codes.context["unused_codes"]) == 10
    assert codes.context["unused_codes"][0] in codes.content.decode()
    assert signed_in(client)


def test_a_recovery_code_works_once(client: Client, make_user: MakeUser) -> None:
    nurse = make_user("nurse")
    give_password(client, nurse.username)
    give_code(client, nurse)
    client.post("/account/recovery-codes/new/")
    code = client.get("/account/recovery-codes/").context["unused_codes"][0]
    for expected in (True, False):
        client.logout()
        give_password(client, nurse.username)
        give_code(client, nurse, code)
        assert signed_in(client) is expected


def test_a_spent_code_does_not_work_again_while_it_is_still_shown(
    client: Client, make_user: MakeUser
) -> None:
    nurse = make_user("nurse")
    code = totp.current_code(nurse)
    give_password(client, nurse.username)
    give_code(client, nurse, code)
    client.logout()
    cache.delete(f"allauth.mfa.totp.used?user={nurse.pk}&code={code}")  # the library forgets it after 30 s
    give_password(client, nurse.username)
    give_code(client, nurse, code)
    assert not signed_in(client)


def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(
    client: Client, make_user: MakeUser
) -> None:
    known = give_password(client, make_user("patient").username, "not the password")
    unknown = give_password(client, "nobody-of-that-name", "not the password")
    assert not signed_in(client)
    assert known.context["form"].errors == unknown.context["form"].errors
    assert "There is a problem" in known.content.decode()


def test_staff_cannot_switch_their_second_factor_off(client: Client, make_user: MakeUser) -> None:
    nurse = make_user("nurse")
    give_password(client, nurse.username)
    give_code(client, nurse)
    client.post("/account/second-factor/switch-off/")
    assert nurse.authenticator_set.filter(type="totp").exists()


def test_the_secret_of_a_second_factor_is_not_stored_in_the_open(make_user: MakeUser) -> None:
    nurse = make_user("nurse", second_factor=False)
    secret = totp.enrol(nurse)
    assert secret not in str(nurse.authenticator_set.get().data)


def test_a_closed_account_cannot_sign_in(client: Client, make_user: MakeUser) -> None:
    give_password(client, make_user("patient", is_active=False).username)
    assert not signed_in(client)


@pytest.mark.parametrize(
    "name", ["account_signup", "account_reset_password", "account_email", "mfa_add_webauthn", "mfa_trust"]
)
def test_there_is_no_sign_up_no_e_mail_and_no_passkey(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)


# --- limits ------------------------------------------------------------------------------------------------


def test_the_sixth_wrong_password_is_not_even_tried(client: Client, make_user: MakeUser) -> None:
    patient = make_user("patient")
    with override_settings(ACCOUNT_RATE_LIMITS=settings.SIGN_IN_LIMITS):
        for _ in range(5):
            give_password(client, patient.username, "wrong")
        refused = give_password(client, patient.username)
    assert "Too many failed attempts" in refused.content.decode()
    assert not signed_in(client)


def test_the_sixth_wrong_code_is_not_even_tried(client: Client, make_user: MakeUser) -> None:
    nurse = make_user("nurse")
    with override_settings(ACCOUNT_RATE_LIMITS=settings.SIGN_IN_LIMITS):
        give_password(client, nurse.username)
        for _ in range(5):
            give_code(client, nurse, "000000000")
        give_code(client, nurse)
        assert not signed_in(client)


def test_one_address_that_tries_many_names_is_stopped(client: Client, db: None) -> None:
    with override_settings(ACCOUNT_RATE_LIMITS=settings.SIGN_IN_LIMITS):
        answers = [give_password(client, f"name{n}", "wrong") for n in range(31)]
    assert answers[-1].status_code == 429
    assert "Wait five minutes" in answers[-1].content.decode()


def age_session(client: Client, *, signed_in_s: float = 0, idle_s: float = 0) -> None:
    session = client.session
    session["signed_in_at"] -= signed_in_s
    session["last_active_at"] -= idle_s
    session.save()


def test_a_session_ends_after_its_hours_however_busy(client: Client, make_user: MakeUser) -> None:
    give_password(client, make_user("patient").username)
    age_session(client, signed_in_s=8 * 3600 - 60)
    assert signed_in(client)
    age_session(client, signed_in_s=60)
    answer = client.get(ACCOUNT_PAGE)
    assert answer.url == "/account/sign-in/?next=/account/second-factor/"
    assert "a session ends after a set time" in client.get(answer.url).content.decode()


def test_a_session_ends_when_nothing_happens(client: Client, make_user: MakeUser) -> None:
    give_password(client, make_user("patient").username)
    age_session(client, idle_s=29 * 60)
    assert signed_in(client)
    age_session(client, idle_s=30 * 60)
    assert not signed_in(client)


def test_a_page_that_refreshes_itself_does_not_keep_a_session_alive(
    client: Client, make_user: MakeUser
) -> None:
    give_password(client, make_user("patient").username)
    age_session(client, idle_s=29 * 60)
    before = client.session["last_active_at"]
    assert client.get(ACCOUNT_PAGE, headers={"X-Background": "true"}).status_code == 200
    assert client.session["last_active_at"] == before


def test_a_session_without_clocks_is_over(client: Client, make_user: MakeUser) -> None:
    give_password(client, make_user("patient").username)
    session = client.session
    del session["signed_in_at"]
    session.save()
    assert not signed_in(client)


# --- the trail ---------------------------------------------------------------------------------------------


def test_sign_ins_and_failures_are_in_the_trail(
    client: Client, make_user: MakeUser, trail: list[dict[str, Any]]
) -> None:
    nurse = make_user("nurse", username="okafor")
    give_password(client, "okafor", "wrong")
    give_password(client, "okafor")
    give_code(client, nurse, "000000000")
    assert [entry["kind"] for entry in trail] == ["sign_in_failed", "sign_in_failed"]
    give_code(client, nurse)
    assert [entry["actor"] for entry in trail] == ["anonymous", "account:okafor", "account:okafor"]
    assert trail[-1]["kind"] == "signed_in"
    assert trail[-1]["facts"] == {"second_factor": True}


def test_nobody_is_signed_in_when_the_trail_cannot_be_written(
    client: Client, make_user: MakeUser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(**_: Any) -> None:
        raise OSError

    patient = make_user("patient")
    monkeypatch.setattr(actions, "_write_to_trail", broken)
    client.raise_request_exception = False
    assert give_password(client, patient.username).status_code == 500
    assert not signed_in(client)


# --- roles, languages --------------------------------------------------------------------------------------


def test_a_page_for_another_role_says_the_rule_and_what_to_do(make_user: MakeUser) -> None:
    @role_required(Role.SAFETY_OFFICER)
    def page(request: HttpRequest) -> HttpResponse:
        return HttpResponse("the trail")

    request = RequestFactory().get("/")
    request.user = make_user("nurse")
    answer = page(request)
    assert answer.status_code == 403
    assert "This page is for: Clinical safety officer." in answer.content.decode()
    assert "ask the service lead" in answer.content.decode()
    request.user = make_user("safety_officer")
    assert page(request).content == b"the trail"


def test_the_language_is_switched_without_a_script_and_kept_with_the_account(
    client: Client, make_user: MakeUser
) -> None:
    patient = make_user("patient")
    assert 'lang="en"' in client.get("/account/sign-in/").content.decode()
    client.post("/language/", {"language": "zh-hans", "next": "/account/sign-in/"})
    assert "登录" in client.get("/account/sign-in/").content.decode()
    give_password(client, patient.username)
    client.post("/language/", {"language": "zh-hans"})
    elsewhere = Client()
    give_password(elsewhere, patient.username)
    assert '<html lang="zh-hans"' in elsewhere.get(ACCOUNT_PAGE).content.decode()


# --- what the browser is told ------------------------------------------------------------------------------

PAGES = [
    "/account/sign-in/",
    ACCOUNT_PAGE,
    SET_UP,
    "/account/password/",
    "/account/sign-out/",
    "/no-such-page/",
]


@pytest.mark.parametrize("address", PAGES)
def test_every_page_forbids_scripts_and_frames_from_elsewhere(
    client: Client, make_user: MakeUser, address: str
) -> None:
    give_password(client, make_user("patient").username)
    headers = client.get(address).headers
    policy = headers["Content-Security-Policy"]
    for rule in ("default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'"):
        assert rule in policy.split("; ")
    assert "unsafe" not in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["Cache-Control"] == "no-store, private"


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(
    client: Client, make_user: MakeUser
) -> None:
    give_password(client, make_user("patient").username)
    cookie = client.cookies["thirdchair_session"]
    assert cookie["httponly"] and cookie["samesite"] == "Lax"


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_template_loads_anything_from_elsewhere_or_holds_a_script_or_style(template: Path) -> None:
    source = template.read_text(encoding="utf-8")
    assert not re.search(r"(?:src|href|action|hx-\w+)\s*=\s*[\"'](?:https?:)?//", source)
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\bstyle=|\son[a-z]+=|javascript:|hx-on", source)


def test_a_file_over_the_limit_is_refused_with_the_limit(client: Client, make_user: MakeUser) -> None:
    with override_settings(MAX_UPLOAD_BYTES=1_000_000):
        answer = client.post("/language/", b"x" * 1_000_001, content_type="text/plain")
    assert answer.status_code == 413
    assert "largest file accepted is 1 MB" in answer.content.decode()


def test_a_form_without_its_token_is_refused_with_a_remedy(make_user: MakeUser) -> None:
    answer = give_password(Client(enforce_csrf_checks=True), "anyone")
    assert answer.status_code == 403
    assert "reload the page" in answer.content.decode()


@pytest.mark.parametrize("address", ["/account/sign-in/", "/no-such-page/"])
def test_every_page_offers_help_now(client: Client, db: None, address: str) -> None:
    assert "Need help now?" in client.get(address).content.decode()


def test_signing_out_takes_a_post(client: Client, make_user: MakeUser) -> None:
    give_password(client, make_user("patient").username)
    client.get("/account/sign-out/")
    assert signed_in(client)
    client.post("/account/sign-out/")
    assert not signed_in(client)


def test_the_clock_of_a_session_starts_at_sign_in(client: Client, make_user: MakeUser) -> None:
    give_password(client, make_user("patient").username)
    started = client.session["signed_in_at"]
    assert timezone.now().timestamp() - started < timedelta(minutes=1).total_seconds()


def test_a_lost_second_factor_is_set_up_again(client: Client, make_user: MakeUser) -> None:
    nurse = make_user("nurse")
    give_password(client, nurse.username)
    give_code(client, nurse)
    assert signed_in(client)
    actions.forget_second_factor(nurse)
    assert not signed_in(client)
    assert give_password(client, nurse.username).url != "/account/second-factor/check/"

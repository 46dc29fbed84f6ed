"""Believable people for tests, and how they sign in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.test import Client

    from thirdchair_web.accounts.models import User

PASSWORD = "a quiet room with two chairs"


def make_person(
    role: str = "nurse", *, username: str = "", second_factor: bool | None = None, **fields: Any
) -> User:
    """An account with PASSWORD; staff get a second factor unless told otherwise."""
    from thirdchair_web.accounts import totp
    from thirdchair_web.accounts.models import Role, User

    name = username or f"{role}{User.objects.count() + 1}"
    fields.setdefault("display_name", name.replace("_", " ").title())
    user = User.objects.create_user(name, password=PASSWORD, role=Role(role), **fields)
    if user.needs_second_factor if second_factor is None else second_factor:
        totp.enrol(user)
    return user


def sign_in(client: Client, user: User) -> None:
    """Sign in through the pages, with the second step where the account has one."""
    from thirdchair_web.accounts import totp

    answer = client.post("/account/sign-in/", {"login": user.username, "password": PASSWORD})
    if answer.url == "/account/second-factor/check/":
        client.post(answer.url, {"code": totp.current_code(user)})

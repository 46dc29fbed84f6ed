"""Which role may do what, as far as a whole page goes. Finer rules are in `thirdchair.policy`."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from thirdchair_web.accounts.models import Role

STAFF: Final = frozenset(Role) - {Role.PATIENT, Role.CARER}
CLINICIANS: Final = frozenset({Role.NURSE, Role.PSYCHIATRIST})

View = Callable[..., HttpResponse]


def role_required(*roles: Role) -> Callable[[View], View]:
    """Opens a view to these roles only; others get a page with the rule and what to do about it."""

    def guard(view: View) -> View:
        @login_required
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.user.role not in roles:
                return refused(request, role_refusal(request, roles))
            return view(request, *args, **kwargs)

        return guarded

    return guard


def refused(request: HttpRequest, refusal: Any, *, status: int = 403) -> HttpResponse:
    """The page of a refusal: anything with `rule`, `reason` and `remedy`."""
    return render(request, "refused.html", {"refused": refusal}, status=status)


def role_refusal(request: HttpRequest, roles: tuple[Role, ...]) -> dict[str, str]:
    """Why this person may not see this page, and what would change that."""
    names = get_text_list([str(role.label) for role in roles], _("or"))
    return {
        "rule": "roles.page",
        "reason": _("This page is for: %(roles)s. Your account has the role: %(role)s.")
        % {"roles": names, "role": request.user.get_role_display()},
        "remedy": _("If your work needs this page, ask the service lead for an account with that role."),
    }

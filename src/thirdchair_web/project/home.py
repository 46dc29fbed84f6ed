"""The start page: each role begins where its work is."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from thirdchair_web.accounts.models import Role

STARTS = {
    Role.PATIENT: "my-home",
    Role.CARER: "carer-home",
    Role.NURSE: "patients",
    Role.PSYCHIATRIST: "patients",
    Role.ON_CALL: "alerts",
    Role.SERVICE_LEAD: "uses",
    Role.SAFETY_OFFICER: "trail",
    Role.EVALUATOR: "uses",
}


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Sends each person to the page their role begins with."""
    return redirect(STARTS[Role(request.user.role)])

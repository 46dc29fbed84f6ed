"""Pages of a patient's own: with their record, and no other."""

from __future__ import annotations

from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from thirdchair_web.accounts.models import Role
from thirdchair_web.accounts.roles import role_required
from thirdchair_web.encounters.models import Patient


def own_pages(view):
    """Opens a view to a patient, with their own record and no other."""

    @role_required(Role.PATIENT)
    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        person = Patient.objects.filter(account=request.user, erased_at=None).first()
        if person is None:
            return render(request, "patient/no_record.html", status=404)
        return view(request, person, *args, **kwargs)

    return guarded

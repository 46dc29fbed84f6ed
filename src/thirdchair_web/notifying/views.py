"""A person's own notices, and where they are told."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID, uuid5

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from thirdchair_web.accounts.models import Role
from thirdchair_web.accounts.roles import STAFF, role_required
from thirdchair_web.notifying.actions import notify, set_reach, settle
from thirdchair_web.notifying.channels import channels, page_of
from thirdchair_web.notifying.delivering import mark_shown, untold
from thirdchair_web.notifying.forms import ReachForm
from thirdchair_web.notifying.models import ChannelName, Delivery, Notice, Reach, Why, current
from thirdchair_web.notifying.stream import all_that_waits
from thirdchair_web.notifying.waiting import waiting_for

_TESTS: Final = UUID("5d1f3a64-0d0c-4e8e-9f57-3f1b2d1c7a10")  # any number, always the same

staff_only = role_required(*STAFF)


@staff_only
@require_http_methods(["GET", "POST"])
def notices(request: HttpRequest) -> HttpResponse:
    """What waits for this person, how they were told of it, and where they are told."""
    act = request.POST.get("act")
    if act == "test":
        _test(request)
        return redirect("notices")
    if act == "seen":
        _settle_test(request)
        return redirect("notices")
    known = Reach.objects.filter(person=request.user).first()
    form = ReachForm(request.POST if act == "reach" else None, instance=known)
    if form.is_bound and form.is_valid():
        set_reach(request.user, email=form.cleaned_data["email"], phone=form.cleaned_data["phone"])
        messages.success(request, _("Kept. Send yourself a test to see that it arrives."))
        return redirect("notices")
    return _page(request, form)


@staff_only
@require_GET
def notices_again(request: HttpRequest) -> HttpResponse:
    """The same page, as it loads itself again where no script can; this does not keep a session alive."""
    return _page(request, ReachForm(instance=Reach.objects.filter(person=request.user).first()))


@staff_only
@require_GET
def notices_stream(request: HttpRequest) -> HttpResponse:
    """What waits now. Where the service runs as it should, `stream` answers this address before Django does."""
    return HttpResponse(all_that_waits(request.user.pk), content_type="text/event-stream")


def _page(request: HttpRequest, form: ReachForm) -> HttpResponse:
    mark_shown([one.number for one in waiting_for(request.user) if one.sent_at is None])
    waiting = Notice.objects.filter(person=request.user, settled_at=None).order_by("-level", "-made_at")
    context = {
        "form": form,
        "rows": [_row(notice) for notice in waiting[:50]],
        "set_up": [name.label for name in (ChannelName.IN_APP, *_set_up())],
        "untold": sorted(untold()) if request.user.role == Role.SERVICE_LEAD else [],
        "clinic": settings.THIRDCHAIR.clinic_name,
    }
    return render(request, "notifying/notices.html", context, status=422 if form.errors else 200)


def _row(notice: Notice) -> dict[str, Any]:
    of_round = Delivery.objects.filter(current(), notice=notice)
    held = {ChannelName.IN_APP, *_set_up()}
    return {
        "notice": notice,
        "words": Why(notice.why).label,
        "path": page_of(notice),
        "is_test": notice.why == Why.TEST,
        "deliveries": [one for one in of_round if ChannelName(one.channel) in held],
    }


def _set_up() -> list[ChannelName]:
    return [name for name in ChannelName if name in channels()]


def _test(request: HttpRequest) -> None:
    _settle_test(request)
    notify(about=_of_test(request), person=request.user, why=Why.TEST, level=0)
    messages.success(request, _("A test is on its way. Reload this page to see what became of it."))


def _settle_test(request: HttpRequest) -> None:
    settle(about=_of_test(request), why=Why.TEST)


def _of_test(request: HttpRequest) -> UUID:
    return uuid5(_TESTS, request.user.identifier)

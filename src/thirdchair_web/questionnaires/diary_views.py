"""A patient's own diary: writing a day, correcting or deleting it, sharing and taking back."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from thirdchair_web.crisis.hearing import NOTHING_SAID, Heard, hear
from thirdchair_web.encounters.models import Patient
from thirdchair_web.encounters.own import own_pages
from thirdchair_web.questionnaires import diary
from thirdchair_web.questionnaires.diary_pages import charts_of
from thirdchair_web.questionnaires.filling import card_of, card_page
from thirdchair_web.questionnaires.forms import DiaryForm, ShareForm


@own_pages
@require_http_methods(["GET", "POST"])
def own_diary(request: HttpRequest, person: Patient) -> HttpResponse:
    """Today's entry, and the days before it."""
    return _day_page(request, person, diary.today(), "questionnaires/diary.html")


@own_pages
@require_http_methods(["GET", "POST"])
def own_diary_day(request: HttpRequest, person: Patient, day: str) -> HttpResponse:
    """One day: correct it, delete it, share it."""
    try:
        wanted = date.fromisoformat(day)
    except ValueError:
        raise Http404 from None
    if not diary.today() - timedelta(days=3660) <= wanted <= diary.today():
        raise Http404
    act = request.POST.get("act", "")
    if act == "delete":
        if diary.delete_day(person, wanted):
            messages.success(request, _("The day was deleted. Nobody can read it any more."))
        return redirect("my-diary")
    if act in ("share", "share-note"):
        diary.share(person, first=wanted, last=wanted, with_notes=act == "share-note", by=request.user)
        messages.success(request, _("Your team can see this day now. You can take it back under “Sharing”."))
        return redirect("my-diary-sharing")
    return _day_page(request, person, wanted, "questionnaires/diary_day.html")


@own_pages
@require_http_methods(["GET", "POST"])
def own_diary_sharing(request: HttpRequest, person: Patient) -> HttpResponse:
    """What the team can see, and taking it back."""
    act = request.POST.get("act", "")
    form = ShareForm(
        request.POST if act == "share" else None,
        initial={"first": diary.today() - timedelta(days=13), "last": diary.today()},
    )
    if act == "stop":
        try:
            diary.unshare(person, UUID(request.POST.get("share", "")), by=request.user)
        except ValueError:
            raise Http404 from None
        messages.success(request, _("Your team cannot see these days any more."))
        return redirect("my-diary-sharing")
    if act == "share" and form.is_valid():
        diary.share(person, **form.cleaned_data, by=request.user)
        messages.success(request, _("Your team can see these days now. You can take it back at any time."))
        return redirect("my-diary-sharing")
    return render(
        request,
        "questionnaires/diary_sharing.html",
        {"form": form, "shares": diary.standing_shares(person)},
        status=422 if form.errors else 200,
    )


def _day_page(request: HttpRequest, person: Patient, day: date, template: str) -> HttpResponse:
    days = diary.own_days(person)
    written = next((one for one in days if one.day == day), None)
    form = DiaryForm(
        request.POST or None,
        initial={
            "mood": written.mood,
            "sleep_hours": written.sleep_hours,
            "sleep_quality": written.sleep_quality,
            "note": written.note,
        }
        if written
        else None,
    )
    if day != diary.today():
        form.fields["mood"].label = _("How was your mood that day, taken as a whole?")
        form.fields["sleep_hours"].label = _("How many hours did you sleep the night before?")
    danger = NOTHING_SAID
    if request.method == "POST":
        note = request.POST.get("note", "").strip()
        if note and (written is None or note != written.note or written.untold):
            danger = hear(note, patient=person)
        if form.is_valid():
            return _written(request, person, day, form, danger, before=written)
    context = {"form": form, "day": day, "written": written, "days": days, "charts": charts_of(days)}
    return render(request, template, context | card_of(danger), status=422 if form.errors else 200)


def _written(
    request: HttpRequest,
    person: Patient,
    day: date,
    form: DiaryForm,
    danger: Heard,
    *,
    before: diary.Day | None,
) -> HttpResponse:
    """Keeps the day; a note that nobody could hear is not kept."""
    entry = form.entry() | {"untold": danger.alerted is False}
    if not danger.could_hear:
        entry["note"] = before.note if before else ""
    diary.write_day(person, day, entry)
    if danger.shows_card:
        return card_page(request, danger, go_on=reverse("my-diary"))
    messages.success(request, _("%(day)s is written down.") % {"day": date_format(day, "DATE_FORMAT")})
    return redirect("my-diary")

"""The rota, the clocks, the drills and the counts: pages of those who answer, lead and keep watch."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thirdchair.crisis.clocks import BOUNDS, Clocks
from thirdchair_web.accounts.models import Role
from thirdchair_web.accounts.roles import role_required
from thirdchair_web.clock import now
from thirdchair_web.crisis import actions, drills, duty, shifts
from thirdchair_web.crisis.calling import catch_up
from thirdchair_web.crisis.counts import FEWEST, yearly_counts
from thirdchair_web.crisis.models import RotaShift
from thirdchair_web.crisis.words import CLOCK_WORDS

MOST_WEEKS = 26
governing = role_required(Role.SERVICE_LEAD, Role.SAFETY_OFFICER)


class ShiftForm(forms.Form):
    """Somebody on duty, in wall times of the service."""

    person = forms.ModelChoiceField(label=gettext_lazy("Who"), queryset=None)
    day = forms.DateField(
        label=gettext_lazy("First day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    starts = forms.TimeField(
        label=gettext_lazy("From"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    ends = forms.TimeField(
        label=gettext_lazy("Until"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=gettext_lazy("If it is no later than the start, the shift ends on the next day."),
    )
    order = forms.IntegerField(label=gettext_lazy("Called as number"), min_value=1, max_value=9, initial=1)
    weeks = forms.IntegerField(
        label=gettext_lazy("On so many weeks"), min_value=1, max_value=MOST_WEEKS, initial=1
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = duty.everyone_who_answers().order_by("display_name")


class ClocksForm(forms.Form):
    """Each clock within its bounds."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name, (least, most) in BOUNDS.items():
            self.fields[name] = forms.IntegerField(
                label=CLOCK_WORDS[name],
                min_value=least,
                max_value=most,
                help_text=_("From %(least)s to %(most)s.") % {"least": least, "most": most},
            )

    def clean(self):
        """Imminent danger is not answered later than high danger."""
        given = super().clean()
        if given.get("imminent_minutes", 0) > given.get("high_minutes", 60):
            raise forms.ValidationError(_("Imminent danger cannot be answered later than high danger."))
        return given


@role_required(*duty.ANSWERING, Role.SERVICE_LEAD, Role.SAFETY_OFFICER)
@require_GET
def rota(request: HttpRequest) -> HttpResponse:
    """Who is on duty now and in the next two weeks, and when nobody is. Those who answer see which shifts are theirs."""
    catch_up()
    return render(request, "crisis/rota.html", _rota_page(request, ShiftForm()))


@governing
@require_POST
def new_shift(request: HttpRequest) -> HttpResponse:
    """Puts somebody on the rota."""
    form = ShiftForm(request.POST)
    if not form.is_valid():
        return render(request, "crisis/rota.html", _rota_page(request, form), status=422)
    made = shifts.make_shifts(**form.cleaned_data, by=request.user)
    messages.success(request, _("%(person)s is on the rota.") % {"person": made[0].person.display_name})
    return redirect("rota")


@governing
@require_POST
def remove_shift(request: HttpRequest, shift_id: UUID) -> HttpResponse:
    """Takes a shift off the rota."""
    get_object_or_404(RotaShift, pk=shift_id)
    shifts.remove_shift(shift_id, by=request.user)
    messages.success(request, _("The shift is off the rota."))
    return redirect("rota")


@role_required(Role.SAFETY_OFFICER)
@require_http_methods(["GET", "POST"])
def clocks(request: HttpRequest) -> HttpResponse:
    """Sets the clocks, within bounds."""
    held = duty.clocks()
    form = ClocksForm(request.POST or None, initial={name: getattr(held, name) for name in BOUNDS})
    if request.method == "POST" and form.is_valid():
        shifts.set_clocks(Clocks(**form.cleaned_data), by=request.user)
        messages.success(request, _("The clocks are set. They hold for every alert from now on."))
        return redirect("crisis-clocks")
    return render(request, "crisis/clocks.html", {"form": form}, status=422 if form.errors else 200)


@governing
@require_GET
def all_drills(request: HttpRequest) -> HttpResponse:
    """Every drill with its times, and whether one is overdue."""
    catch_up()
    context = {"rows": drills.drills(), "stale": drills.is_stale(now())}
    return render(request, "crisis/drills.html", context)


@role_required(Role.SAFETY_OFFICER)
@require_POST
def start_drill(request: HttpRequest) -> HttpResponse:
    """Starts a drill: the same calls as for an alert, marked as a drill."""
    actions.start_drill(by=request.user)
    messages.success(request, _("The drill has begun. Whoever is on duty is called."))
    return redirect("drills")


@role_required(Role.SERVICE_LEAD, Role.SAFETY_OFFICER, Role.EVALUATOR)
@require_GET
def counts(request: HttpRequest) -> HttpResponse:
    """How many alerts there were in each year, and what came of them."""
    return render(request, "crisis/counts.html", {"years": yearly_counts(), "fewest": FEWEST})


def _rota_page(request: HttpRequest, form: ShiftForm) -> dict[str, object]:
    at = now()
    coming = RotaShift.objects.filter(
        removed_at=None, ends_at__gt=at, starts_at__lt=at + shifts.LOOKED_AHEAD
    ).select_related("person")
    return {
        "form": form,
        "duty": duty.on_duty(at),
        "shifts": coming,
        "gaps": shifts.gaps(at),
        "may_change": request.user.role in (Role.SERVICE_LEAD, Role.SAFETY_OFFICER),
        "stale": drills.is_stale(at),
    }

"""What every page's template can use, and the main navigation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from thirdchair_web.accounts.models import Role
from thirdchair_web.notifying.banner import banner_for


@dataclass(frozen=True, slots=True)
class Destination:
    """An entry of the main navigation: a page, its name, and the roles that see it."""

    url_name: str
    label: str | Promise
    roles: frozenset[Role]


_CLINICIANS: Final = frozenset({Role.NURSE, Role.PSYCHIATRIST})

NAVIGATION: Final[tuple[Destination, ...]] = (
    Destination("patients", _("Patients"), _CLINICIANS),
    Destination("alerts", _("Crisis alerts"), _CLINICIANS | {Role.ON_CALL}),
    Destination("team-tasks", _("For the team"), _CLINICIANS | {Role.ON_CALL}),
    Destination("uses", _("Uses of AI"), frozenset({Role.SERVICE_LEAD, Role.SAFETY_OFFICER, Role.EVALUATOR})),
    Destination("trail", _("Trail"), frozenset({Role.SERVICE_LEAD, Role.SAFETY_OFFICER})),
    Destination("rota", _("Rota"), _CLINICIANS | {Role.ON_CALL, Role.SERVICE_LEAD, Role.SAFETY_OFFICER}),
    Destination("my-home", _("Your page"), frozenset({Role.PATIENT})),
    Destination("my-reach", _("Reach a person"), frozenset({Role.PATIENT})),
    Destination("my-ask", _("Ask a question"), frozenset({Role.PATIENT})),
    Destination("carer-home", _("For family and carers"), frozenset({Role.CARER})),
    Destination("carer-person", _("Reach a person"), frozenset({Role.CARER})),
    Destination("carer-ask", _("Ask a question"), frozenset({Role.CARER})),
    Destination("carer-calls", _("Carers to call"), _CLINICIANS | {Role.ON_CALL}),
    Destination("harm-reports", _("Reports of harm"), frozenset({Role.SERVICE_LEAD, Role.SAFETY_OFFICER})),
    Destination("report-harm", _("Report harm"), _CLINICIANS | {Role.ON_CALL, Role.EVALUATOR}),
)


def every_page(request: HttpRequest) -> dict[str, Any]:
    """Values for all templates. Lazy, so an error page that needs none of them asks the database nothing."""
    return {
        "clinic_name": settings.THIRDCHAIR.clinic_name,
        "crisis_contact": settings.THIRDCHAIR.crisis_contact,
        "languages": settings.LANGUAGES,
        "navigation": SimpleLazyObject(lambda: navigation_for(request)),
        "notices": SimpleLazyObject(lambda: banner_for(getattr(request, "user", None))),
    }


def navigation_for(request: HttpRequest) -> list[dict[str, Any]]:
    """The entries this person sees; `current` marks the one they are in."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return []
    entries = [(reverse(d.url_name), d.label) for d in NAVIGATION if user.role in d.roles]
    current = max((address for address, _ in entries if _inside(request.path, address)), key=len, default="")
    return [{"address": address, "label": label, "current": address == current} for address, label in entries]


def _inside(path: str, address: str) -> bool:
    return path == address or (address != "/" and path.startswith(address))

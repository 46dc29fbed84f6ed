"""Pages open to all who sign in: the library, and what AI gets wrong here."""

from __future__ import annotations

from typing import Final

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from thirdchair.library.loading import shipped_library
from thirdchair.library.passage import Page
from thirdchair.records import Language
from thirdchair_web.accounts.models import Role
from thirdchair_web.asking.limits import limits
from thirdchair_web.clock import now
from thirdchair_web.governance.words import language_name, reader_language

SHELVES: Final = {
    "crisis": _("In a crisis"),
    "conditions": _("What people live with"),
    "treatments": _("What helps"),
    "medicines": _("Medicines"),
    "living": _("Day to day"),
    "people": _("Family and people around you"),
    "ai": _("About AI"),
}
"""The shelves of the library, in the order they are shown."""
_OTHER: Final = _("More")
_FOR: Final = {
    Role.CARER: frozenset({"everyone", "carers"}),
    Role.PATIENT: frozenset({"everyone", "patients"}),
}
"""Whom a page may be written for. Staff see all; a page for others opens all the same, for an answer may name it."""


@login_required
@require_GET
def library(request: HttpRequest) -> HttpResponse:
    """Every page's title, shelf by shelf. Nothing is typed and nothing is searched: it is a table of contents."""
    shelves: dict[str, list[Page]] = {str(words): [] for words in (*SHELVES.values(), _OTHER)}
    for page in shipped_library().in_language(reader_language()):
        if page.audience in _FOR.get(request.user.role, (page.audience,)):
            shelves[str(SHELVES.get(page.group, _OTHER))].append(page)
    found = [(words, pages) for words, pages in shelves.items() if pages]
    return render(request, "asking/library.html", {"shelves": found})


@login_required
@require_GET
def library_page(request: HttpRequest, page_id: str) -> HttpResponse:
    """One page as it is written, with who wrote it, from what, and whether a clinician has read it."""
    asked = request.GET.get("in", "")
    language = Language(asked) if asked in set(Language) else reader_language()
    page = next((one for one in shipped_library().in_language(language) if one.id == page_id), None)
    if page is None:
        raise Http404
    passages = [
        {"key": one.id.rpartition("#")[2], "title": one.title, "blocks": _blocks(one.text)}
        for one in page.passages
    ]
    context = {
        "page": page,
        "passages": passages,
        "language": language,
        "language_name": language_name(language),
        "is_due": page.is_due(now().date()),
    }
    return render(request, "asking/library_page.html", context)


@login_required
@require_GET
def what_goes_wrong(request: HttpRequest) -> HttpResponse:
    """What AI gets wrong here, as measured."""
    return render(request, "asking/limits.html", {"uses": limits()})


def _blocks(text: str) -> list[tuple[str, list[str]]]:
    """The text as paragraphs and lists: ("p", [words]) or ("ul", items)."""
    blocks: list[tuple[str, list[str]]] = []
    for line in (line.strip() for line in text.splitlines()):
        if line.startswith("- ") and blocks and blocks[-1][0] == "ul":
            blocks[-1][1].append(line[2:])
        elif line:
            blocks.append(("ul", [line[2:]]) if line.startswith("- ") else ("p", [line]))
    return blocks

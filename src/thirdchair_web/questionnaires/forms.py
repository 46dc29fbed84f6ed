"""The forms of questionnaires and of the diary. Nothing is chosen beforehand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from thirdchair.questionnaires import Answer, Item, ItemKind, in_language
from thirdchair_web.governance.words import reader_language
from thirdchair_web.questionnaires.diary import SLEEP, today

LONGEST_NOTE: Final = 2_000
LONGEST_SHARE_DAYS: Final = 366
MOODS: Final = (
    (0, _("as low as it gets")), (1, ""), (2, _("very low")), (3, ""), (4, _("rather low")), (5, _("in between")),
    (6, _("rather good")), (7, ""), (8, _("good")), (9, ""), (10, _("as good as it gets")),
)  # fmt: skip


_DAY: Final = "%Y-%m-%d"
"""What a browser sends and expects of a date, whatever the language."""


def _a_day() -> forms.DateInput:
    return forms.DateInput(format=_DAY, attrs={"type": "date"})


class AnswersForm(forms.Form):
    """Some questions of a questionnaire. Leaving one open is an answer too: none."""

    def __init__(self, data: Any, *, items: Sequence[Item], before: Mapping[str, Answer]) -> None:
        super().__init__(data)
        self.items = {_name(item): item for item in items}
        for name, item in self.items.items():
            self.fields[name] = _field(item, before.get(item.link_id))
            self.fields[name].template_name = "questionnaires/question.html"

    def answers(self) -> dict[str, Answer]:
        """What was answered, by link id; of a form with errors, what could be read."""
        return {
            item.link_id: answer
            for name, item in self.items.items()
            if (answer := self.cleaned_data.get(name)) not in (None, "")
        }

    def unread_words(self) -> list[str]:
        """Texts that were written and cannot be kept, such as one that is too long: they are heard for danger all the same."""
        texts = [
            name for name, item in self.items.items() if item.kind is ItemKind.TEXT and name in self.errors
        ]
        return [words for name in texts if (words := self.data.get(name, "").strip())]

    def says_missing(self, items: Sequence[Item]) -> None:
        """Names the questions that still need an answer."""
        for item in items:
            if (name := _name(item)) in self.fields:
                self.add_error(name, _("This question needs an answer before you finish."))


class AssignForm(forms.Form):
    """Which questionnaire a patient is asked to fill in, and how often."""

    name = forms.ChoiceField(label=_("Questionnaire"))
    every_weeks = forms.TypedChoiceField(
        label=_("How often"),
        coerce=int,
        choices=[
            (0, _("Once")),
            (1, _("Every week")),
            (2, _("Every 2 weeks")),
            (4, _("Every 4 weeks")),
            (12, _("Every 12 weeks")),
        ],
    )
    shows_result = forms.BooleanField(
        label=_("The patient sees their own score"), required=False, initial=True
    )

    def __init__(self, *args: Any, choices: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].choices = choices


class DiaryForm(forms.Form):
    """One day: mood, sleep and perhaps a note."""

    mood = forms.TypedChoiceField(label=_("How was your mood today, taken as a whole?"), coerce=int)
    sleep_hours = forms.DecimalField(
        label=_("How many hours did you sleep last night?"),
        required=False,
        min_value=0,
        max_value=24,
        max_digits=4,
        decimal_places=1,
        widget=forms.NumberInput(attrs={"step": "0.5", "inputmode": "decimal"}),
    )
    sleep_quality = forms.TypedChoiceField(
        label=_("How did you sleep?"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("No answer")), *SLEEP],
    )
    note = forms.CharField(
        label=_("A note"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mood"].choices = [
            ("", _("Choose a number")),
            *((number, f"{number} · {words}" if words else str(number)) for number, words in MOODS),
        ]

    def entry(self) -> dict[str, Any]:
        """The day as it is kept."""
        said = self.cleaned_data
        hours = said["sleep_hours"]
        return {
            "mood": said["mood"],
            "sleep_hours": None if hours is None else float(hours),
            "sleep_quality": said["sleep_quality"],
            "note": said["note"].strip(),
        }


class ShareForm(forms.Form):
    """Which days the team may see."""

    first = forms.DateField(label=_("From"), input_formats=[_DAY], widget=_a_day())
    last = forms.DateField(label=_("To"), input_formats=[_DAY], widget=_a_day())
    with_notes = forms.BooleanField(label=_("With my notes"), required=False)

    def clean(self) -> dict[str, Any]:
        """The two days, in order and no more than a year apart."""
        said = super().clean() or {}
        first, last = said.get("first"), said.get("last")
        if isinstance(first, date) and isinstance(last, date):
            if last < first:
                self.add_error("last", _("The last day comes before the first."))
            elif last - first > timedelta(days=LONGEST_SHARE_DAYS):
                self.add_error("last", _("That is more than a year. Choose fewer days."))
            elif last > today() + timedelta(days=LONGEST_SHARE_DAYS):
                self.add_error("last", _("That is more than a year from now. Choose an earlier day."))
        return said


def _name(item: Item) -> str:
    return "q-" + item.link_id.replace("/", "~")  # which no link id holds


def _field(item: Item, before: Answer | None) -> forms.Field:
    words, _language = in_language(item.words, reader_language())
    common: dict[str, Any] = {
        "label": f"{item.prefix} {words}".strip(),
        "required": False,
        "initial": before,
    }
    match item.kind:
        case ItemKind.CHOICE:
            options = [(one.code, in_language(one.words, reader_language())[0]) for one in item.options]
            return forms.ChoiceField(choices=options, widget=forms.RadioSelect, **common)
        case ItemKind.BOOLEAN:
            common["initial"] = None if before is None else "yes" if before else "no"
            return forms.TypedChoiceField(
                choices=[("yes", _("Yes")), ("no", _("No"))],
                coerce=lambda said: said == "yes",
                empty_value=None,
                widget=forms.RadioSelect,
                **common,
            )
        case ItemKind.INTEGER:
            return forms.IntegerField(min_value=item.lowest, max_value=item.highest, **common)
        case _:
            return forms.CharField(
                max_length=item.longest, widget=forms.Textarea(attrs={"rows": 4}), **common
            )

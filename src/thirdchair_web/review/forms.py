"""The forms of the path from session to note."""

from __future__ import annotations

import uuid

from django import forms
from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from thirdchair.records import COMPONENTS, Draft, NoteFormat, RiskStatus, RiskTopic, SpeakerRole, Timeframe
from thirdchair_web.clock import now
from thirdchair_web.encounters.models import Patient
from thirdchair_web.governance.words import METHODS
from thirdchair_web.review.actions import Edits
from thirdchair_web.review.words import COMPONENT_WORDS, FORMATS, ROLES

LONGEST_SENTENCE = 4000


class PatientForm(forms.Form):
    """A patient who comes into care."""

    ref = forms.SlugField(
        label=_("Reference"),
        max_length=40,
        help_text=_("What logs know the person by: letters, digits and dashes; not a name. Example: p-214."),
    )
    name = forms.CharField(label=_("Name"), max_length=120)
    born = forms.IntegerField(label=_("Year of birth"), min_value=1900, max_value=2100)
    born_on = forms.DateField(
        label=_("Day of birth"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Needed for young people: on their 18th birthday they decide for themselves."),
    )
    pronoun = forms.CharField(label=_("Pronoun"), max_length=20, required=False)

    def clean_ref(self):
        """A reference nobody has yet."""
        ref = self.cleaned_data["ref"]
        if ref == "new" or Patient.objects.filter(pk=ref).exists():  # /patients/new/ is a page
            raise forms.ValidationError(_("This reference is taken. Choose another."))
        return ref

    def clean(self):
        """The day of birth lies in the year of birth."""
        given = super().clean()
        day = given.get("born_on")
        if day and given.get("born") and day.year != given["born"]:
            self.add_error("born_on", _("This day is not in the year of birth that you gave."))
        return given


class UploadForm(forms.Form):
    """A session to be drafted. `submission` names it, so that sending the form twice keeps one."""

    submission = forms.UUIDField(widget=forms.HiddenInput)
    transcript = forms.FileField(
        label=_("Transcript"),
        allow_empty_file=True,  # the reader's answer to an empty file says what to do
        help_text=_("WebVTT, SRT, Word, CSV, JSON or plain text with “Name: what was said” on each line."),
    )
    held_on = forms.DateField(
        label=_("Date of the session"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    note_format = forms.ChoiceField(
        label=_("Layout of the note"), choices=FORMATS, initial=NoteFormat.COMPONENTS
    )
    method = forms.ChoiceField(label=_("Method"))

    def __init__(self, *args, methods: tuple[str, ...], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["method"].choices = [(name, METHODS.get(name, name)) for name in methods]
        self.fields["submission"].initial = uuid.uuid4
        self.fields["held_on"].initial = lambda: now().date()

    def clean_held_on(self):
        """A session lies in the past."""
        day = self.cleaned_data["held_on"]
        if day > now().date():
            raise forms.ValidationError(_("This date is in the future. Give the day the session was held."))
        return day

    def clean_transcript(self):
        """A file within the limit."""
        upload = self.cleaned_data["transcript"]
        if upload.size > settings.MAX_UPLOAD_BYTES:
            raise forms.ValidationError(_("The file is too large. Upload one session at a time, as text."))
        return upload


class RolesForm(forms.Form):
    """Who each speaker is. Fields are numbered by first speech, so no label travels in a field name."""

    def __init__(self, *args, speakers: dict[str, SpeakerRole], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for place, (label, role) in enumerate(speakers.items()):
            self.fields[f"speaker-{place}"] = forms.ChoiceField(label=label, choices=ROLES, initial=str(role))

    def roles(self) -> dict[int, SpeakerRole]:
        """The chosen role of each speaker, by place."""
        return {int(name.partition("-")[2]): SpeakerRole(role) for name, role in self.cleaned_data.items()}


class ReviewForm(forms.Form):
    """A draft being edited: every sentence, room for the person's own words, every risk topic."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    confirmed = forms.BooleanField(
        required=False, label=_("I have read this note against the session and answer for it.")
    )

    def __init__(self, *args, made: Draft, **kwargs) -> None:
        super().__init__(*args, auto_id="%s", **kwargs)
        self.made = made
        text = {"max_length": LONGEST_SENTENCE, "required": False, "strip": True}
        for sentence in made.sentences:
            label = format_lazy("{} {}", _("Sentence"), sentence.id[1:])
            self.fields[f"text-{sentence.id}"] = forms.CharField(label=label, **text)
            self.fields[f"drop-{sentence.id}"] = forms.BooleanField(required=False)
        for component in COMPONENTS:
            words = COMPONENT_WORDS[str(component)]
            self.fields[f"added-{component}"] = forms.CharField(label=words, **text)
        for topic in RiskTopic:
            self.fields[f"risk-{topic}"] = forms.ChoiceField(choices=[(s.value, s.value) for s in RiskStatus])
            self.fields[f"when-{topic}"] = forms.ChoiceField(
                choices=[(t.value, t.value) for t in Timeframe], required=False
            )

    def edits(self) -> Edits:
        """What the person has done, as `review.actions` keeps it; what is not valid stays as it was typed."""
        said = self.data.dict() | self.cleaned_data
        texts = {s.id: said.get(f"text-{s.id}", "") for s in self.made.sentences}
        return Edits(
            texts={s.id: texts[s.id] for s in self.made.sentences if texts[s.id].split() != s.text.split()},
            dropped=tuple(s.id for s in self.made.sentences if said.get(f"drop-{s.id}")),
            added={str(c): said[f"added-{c}"] for c in COMPONENTS if said.get(f"added-{c}")},
            risk={
                str(t): (
                    self.cleaned_data[f"risk-{t}"],
                    self.cleaned_data.get(f"when-{t}") or str(Timeframe.UNSTATED),
                )
                for t in RiskTopic
                if f"risk-{t}" in self.cleaned_data
            },
        )

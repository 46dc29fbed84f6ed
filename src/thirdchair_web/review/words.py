"""The words on screen for what the core names by keys."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

FORMATS = [
    ("components", _("By component")),
    ("soap", _("SOAP")),
    ("dap", _("DAP")),
    ("birp", _("BIRP")),
]
ROLES = [
    ("clinician", _("Clinician")),
    ("patient", _("Patient")),
    ("companion", _("Companion (family, partner, carer)")),
    ("unknown", _("Not known")),
]
COMPONENT_WORDS = {
    "symptoms_and_history": _("Symptoms and history"),
    "patient_discovery": _("What the patient brought"),
    "reflecting": _("Reflecting"),
    "risk": _("Risk and pertinent negatives"),
    "interventions": _("Interventions used"),
    "plan": _("Plan and homework"),
}
TOPIC_WORDS = {
    "suicide": _("Suicide"),
    "self_harm": _("Self-harm"),
    "harm_to_others": _("Harm to others"),
    "substance_use": _("Substance use"),
    "abuse": _("Abuse"),
}
STATUS_WORDS = {
    "affirmed": pgettext_lazy("risk", "Affirmed"),
    "denied": pgettext_lazy("risk", "Denied"),
    "not_asked": pgettext_lazy("risk", "Not asked"),
    "unclear": pgettext_lazy("risk", "Unclear: you decide"),
}
TIMEFRAME_WORDS = {
    "current": pgettext_lazy("when", "Now"),
    "past": pgettext_lazy("when", "In the past"),
    "unstated": pgettext_lazy("when", "Not said"),
}
REASON_WORDS = {
    "no_evidence": _("cites nothing that was said"),
    "content": _("says more than the cited words do"),
    "negation": _("a “not” differs from the cited words"),
    "number": _("a number or dose is not in the cited words"),
    "speaker": _("names another speaker than the cited one"),
    "human_likeness": _("speaks as if a person had written it"),
    "instruction": _("reads like an instruction to a machine"),
}
STAGE_WORDS = {
    "": _("Waiting for a worker"),
    "reading": _("Reading the session"),
    "encoding": _("Comparing what was said"),
    "choosing": _("Choosing what matters"),
    "writing": _("Writing the draft"),
    "asking": _("Asking the model"),
    "merging": _("Putting the parts together"),
}
STATE_WORDS = {
    "queued": _("Waiting"),
    "running": _("Being drafted"),
    "drafted": _("Draft ready"),
    "stopped": _("Stopped"),
    "failed": _("Failed"),
    "in_review": _("Waits for review"),
    "signed": _("Signed"),
    "discarded": _("Discarded"),
}
FAILURE_WORDS = {
    "failed.worker_died": _(
        "The work was interrupted too often. Ask for the draft again; if it happens again, tell the service lead."
    ),
    "failed.SafeguardUnavailable": _(
        "A safeguard could not run, so nothing was made. Tell the safety officer."
    ),
    "failed.ModelFailed": _("The model gave no usable reply. Use the extractive method."),
    "failed.ClientFailed": _(
        "The model's server could not be reached. Use the extractive method, or try later."
    ),
}
ORIGIN_WORDS = {
    "machine": _("machine-written, unchanged"),
    "edited": _("machine-written, edited by the signer"),
    "human": _("written by the signer"),
}

"""The one path from a request to a governed result. It alone composes uses, safeguards and clients."""

from thirdchair.gateway.desk import Alert, Clinic, Desk, SavedDraft
from thirdchair.gateway.methods import method_digest
from thirdchair.gateway.summarising import EXTRACTIVE, SummaryRequest, summarise, summarise_file

__all__ = [
    "EXTRACTIVE",
    "Alert",
    "Clinic",
    "Desk",
    "SavedDraft",
    "SummaryRequest",
    "method_digest",
    "summarise",
    "summarise_file",
]

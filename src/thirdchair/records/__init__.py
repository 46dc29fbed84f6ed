"""What Thirdchair keeps: transcripts, drafts, signed notes, and what passes to and from a model."""

from thirdchair.records.case import Author, Case, NoReading, Unread
from thirdchair.records.chat import Ask, Finish, Image, MediaType, Message, Progress, Reply, Usage
from thirdchair.records.draft import (
    COMPONENTS,
    Component,
    Draft,
    RiskFinding,
    RiskStatus,
    RiskTopic,
    Sentence,
    Support,
    Timeframe,
)
from thirdchair.records.needs import Needs
from thirdchair.records.note import NoteFormat, Origin, SignedNote, Span
from thirdchair.records.transcript import Language, SpeakerRole, Transcript, Utterance, count_words, is_cjk

__all__ = [
    "COMPONENTS",
    "Ask",
    "Author",
    "Case",
    "Component",
    "Draft",
    "Finish",
    "Image",
    "Language",
    "MediaType",
    "Message",
    "Needs",
    "NoReading",
    "NoteFormat",
    "Origin",
    "Progress",
    "Reply",
    "RiskFinding",
    "RiskStatus",
    "RiskTopic",
    "Sentence",
    "SignedNote",
    "Span",
    "SpeakerRole",
    "Support",
    "Timeframe",
    "Transcript",
    "Unread",
    "Usage",
    "Utterance",
    "count_words",
    "is_cjk",
]

"""Readers: the bytes of an upload become a transcript, or an error that names the line and the remedy."""

from thirdchair.readers.reading import read_transcript
from thirdchair.readers.roles import infer_roles
from thirdchair.readers.sessions import BadLine, read_jsonl_sessions
from thirdchair.readers.speech import (
    MAX_BYTES,
    MAX_UTTERANCE_CHARACTERS,
    MAX_UTTERANCES,
    MAX_WORDS,
    UNNAMED,
    infer_language,
)

__all__ = [
    "MAX_BYTES",
    "MAX_UTTERANCES",
    "MAX_UTTERANCE_CHARACTERS",
    "MAX_WORDS",
    "UNNAMED",
    "BadLine",
    "infer_language",
    "infer_roles",
    "read_jsonl_sessions",
    "read_transcript",
]

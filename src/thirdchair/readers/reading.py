"""Which kind of file an upload is, by its content first and its name second."""

from __future__ import annotations

from pathlib import PurePath

from thirdchair.errors import UnreadableTranscript
from thirdchair.readers.cues import has_cues, read_cues
from thirdchair.readers.decoding import decode, refuse_by_length, refuse_by_size, split_lines
from thirdchair.readers.lines import read_lines
from thirdchair.readers.sessions import looks_like_json, read_json
from thirdchair.readers.speech import transcript_of
from thirdchair.readers.tables import has_columns, read_table_text
from thirdchair.readers.word import is_zip, read_word
from thirdchair.records import Transcript


def read_transcript(data: bytes, *, filename: str) -> Transcript:
    """The session an uploaded file holds.

    WebVTT (also from Teams and Zoom), SRT, "Name: text" lines, CSV, JSON, JSONL and DOCX are read.

    Args:
        data: the whole file, at most MAX_BYTES.
        filename: its name; only the extension is used, and only where the content leaves a doubt.

    Raises:
        UnreadableTranscript: the file holds no session that can be read whole; nothing of it is quoted.
    """
    refuse_by_size(len(data))
    if is_zip(data):
        return transcript_of(read_word(data))
    text = decode(data)
    lines = split_lines(text)
    refuse_by_length(lines)
    extension = PurePath(filename.replace("\\", "/")).suffix.lower()
    if has_cues(lines):
        return transcript_of(read_cues(lines))
    if looks_like_json(text) or extension in {".json", ".jsonl"}:
        return transcript_of(read_json(text))
    if has_columns(lines) or extension in {".csv", ".tsv"}:
        return transcript_of(read_table_text(text))
    if extension in {".vtt", ".srt"}:
        raise UnreadableTranscript(
            "The file has no cues: no line gives a time as 00:00:01.000 --> 00:00:04.000.",
            remedy="Export the captions again with their times, or upload the text as Name: text lines in a .txt file.",
        )
    return transcript_of(read_lines(lines))

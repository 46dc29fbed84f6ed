"""The bytes of an upload become text, or are refused as too large, empty, binary or wrongly encoded."""

from __future__ import annotations

import codecs
from collections.abc import Sequence
from typing import Final

from thirdchair.errors import UnreadableTranscript
from thirdchair.readers.speech import MAX_BYTES, MAX_LINES

_NOT_TEXT: Final = (
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"ID3", "a sound recording"),
    (b"\xff\xfb", "a sound recording"),
    (b"\xff\xf3", "a sound recording"),
    (b"RIFF", "a sound recording"),
    (b"OggS", "a sound recording"),
    (b"fLaC", "a sound recording"),
    (b"\x1a\x45\xdf\xa3", "a video"),
    (b"\xd0\xcf\x11\xe0", "an old Office file (.doc, .xls)"),
    (b"{\\rtf", "a rich-text file"),
    (b"\x1f\x8b", "a compressed file"),
    (b"7z\xbc\xaf", "a compressed file"),
)
_SAVE_AS_TEXT: Final = (
    "Upload the transcript itself: VTT, SRT, TXT, CSV, JSON or DOCX. Text files are read as UTF-8."
)
_SAVE_AS_UTF8: Final = "Save the file as UTF-8 and upload it again."


def refuse_by_size(size: int) -> None:
    """Pass sizes from 1 byte to MAX_BYTES; called before a byte is looked at.

    Raises:
        UnreadableTranscript: empty or too large.
    """
    if size == 0:
        raise UnreadableTranscript("The file is empty.", remedy="Upload a file that holds a session.")
    if size > MAX_BYTES:
        raise UnreadableTranscript(
            f"The file has {size / 2**20:.0f} MiB; at most {MAX_BYTES // 2**20} MiB are read.",
            remedy="Upload the transcript of one session, as text, without recording or pictures.",
        )


def decode(data: bytes) -> str:
    """The text of a UTF-8 file (with or without byte-order mark) or a UTF-16 file with one.

    Other encodings are refused and not guessed: a wrong guess changes what was said.

    Raises:
        UnreadableTranscript: the file is binary, blank, or in another encoding.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = _decode_as(data, "utf-16")
    else:
        _refuse_binary(data)
        text = _decode_as(data, "utf-8-sig")
    if "\0" in text:
        raise _binary("not text")
    if not text.strip():
        raise UnreadableTranscript("The file is blank.", remedy="Upload a file that holds a session.")
    return text


def refuse_by_length(lines: Sequence[str]) -> None:
    """Pass texts of at most MAX_LINES lines.

    Raises:
        UnreadableTranscript: there are more.
    """
    if len(lines) > MAX_LINES:
        raise UnreadableTranscript(
            f"The file has {len(lines)} lines; at most {MAX_LINES} are read.",
            remedy="Upload one session at a time.",
            line=MAX_LINES + 1,
        )


def split_lines(text: str) -> list[str]:
    """The lines as an editor numbers them: ends are LF, CRLF or CR, and nothing else."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _decode_as(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(encoding, errors="ignore")
        raise UnreadableTranscript(
            "The file is not in UTF-8 from here on."
            if encoding == "utf-8-sig"
            else "The UTF-16 text is damaged here.",
            remedy=_SAVE_AS_UTF8,
            line=len(split_lines(before)),
        ) from None


def _refuse_binary(data: bytes) -> None:
    for signature, kind in _NOT_TEXT:
        if data.startswith(signature):
            raise _binary(kind)
    if data[4:8] == b"ftyp":
        raise _binary("a sound or video recording")
    if b"\0" in data:
        raise _binary("not text")


def _binary(kind: str) -> UnreadableTranscript:
    return UnreadableTranscript(
        f"The file is {kind}, which holds no transcript that can be read.", remedy=_SAVE_AS_TEXT
    )

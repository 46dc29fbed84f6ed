"""Whatever is uploaded, a transcript comes back or a refusal that quotes nothing; what was said survives each format."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from xml.sax.saxutils import escape

import docx
from hypothesis import example, given, settings
from hypothesis import strategies as st

from thirdchair.errors import UnreadableTranscript
from thirdchair.readers import BadLine, read_jsonl_sessions, read_transcript
from thirdchair.records import Transcript

SECRET = "Quillfeather"
"""Stands for what a patient said: it must never be found in an error."""

FILENAMES = st.sampled_from(
    ["", ".", "s", "s.txt", "s.vtt", "s.srt", "s.csv", "s.tsv", "s.json", "s.jsonl", "s.docx"]
)

FRAGMENTS = [
    *(",", "x", "0", "99"),
    *(
        "WEBVTT\n\n",
        "\n",
        "\n\n",
        "NOTE ",
        "1\n",
        "00:00:01.000",
        " --> ",
        "00:00:02,500",
        "<v ",
        ">",
        "</v>",
        "-->",
    ),
    *(
        "Ann: ",
        "Robin： ",
        "[00:01] ",
        "Ann  0:03\n",
        "[doctor] ",
        "speaker,text\n",
        "Ann,",
        '"',
        ";",
        "\t",
        "，",
    ),
    *(
        '{"speaker":',
        '"Ann"',
        ',"text":',
        "}",
        "[",
        "]",
        '{"utterances":[',
        '"id":',
        "1e999",
        "NaN",
        "null",
        "\\ud800",
    ),
    *(
        SECRET,
        f"{SECRET} {SECRET}",
        "\u202e",
        "\u0000",
        "\r",
        "\x85",
        "😀",
        "我",
        "٣",
        "  ",
        "♪",
        ":",
        "**",
        "-",
    ),
]
PATCHES = st.sampled_from(FRAGMENTS) | st.text(max_size=6)
PATCHWORK = st.lists(PATCHES, max_size=25).map("".join)

WHOLE = (
    "Ann: Quillfeather?\nRobin: Quillfeather.\nand slow\n[00:01:02] Ann: I see.\n",
    "Ann Vale  0:03\nQuillfeather?\nRobin Hale  0:09\nQuillfeather.\n",
    "WEBVTT\n\n1\n00:01.000 --> 00:02.000\n<v Ann>Quillfeather?</v>\n\n00:03.000 --> 00:04.000\n<v Robin>Quillfeather.\n",
    "1\n00:00:01,000 --> 00:00:02,000\nAnn: Quillfeather?\n\n2\n00:00:03,000 --> 00:00:04,000\nRobin: Quillfeather.\n",
    "speaker,text,start\nAnn,Quillfeather?,1\nRobin,Quillfeather.,00:02\n",
    '{"utterances": [{"speaker": "Ann", "text": "Quillfeather?"}, {"speaker": "Robin", "text": "Quillfeather.", "start": 2}]}',
    '{"speaker": "Ann", "text": "Quillfeather?"}\n{"speaker": "Robin", "text": "Quillfeather."}\n',
)


@st.composite
def patched(draw: st.DrawFn) -> str:
    """A readable file with a few fragments put in anywhere."""
    text = draw(st.sampled_from(WHOLE))
    for patch in draw(st.lists(PATCHES, max_size=3)):
        place = draw(st.integers(0, len(text)))
        text = text[:place] + patch + text[place:]
    return text


def read_or_refuse(data: bytes, filename: str) -> Transcript | None:
    try:
        return read_transcript(data, filename=filename)
    except UnreadableTranscript as refusal:
        assert refusal.remedy
        assert SECRET not in str(refusal)
        lines = data.count(b"\n") + data.count(b"\r") + 1
        assert refusal.line is None or refusal.line >= 1
        assert (
            refusal.line is None
            or data.startswith((b"PK", b"\xff\xfe", b"\xfe\xff"))
            or refusal.line <= lines
        )
        return None


@given(st.binary(max_size=300), FILENAMES | st.text(max_size=12))
@example(b"PK\x03\x04", "s.docx")
@example(b"\xff\xfe\x00\xd8", "s.txt")
@settings(max_examples=100, deadline=None)
def test_any_bytes_are_read_or_refused(data: bytes, filename: str) -> None:
    read_or_refuse(data, filename)


@given(PATCHWORK | patched(), FILENAMES, st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
@settings(max_examples=100, deadline=None)
def test_any_patchwork_of_the_formats_is_read_or_refused_and_never_quoted(
    text: str, filename: str, encoding: str
) -> None:
    transcript = read_or_refuse(text.encode(encoding, errors="ignore"), filename)
    if transcript is not None:
        assert len(transcript.speakers) >= 2
        for utterance in transcript.utterances:
            assert utterance.text == " ".join(utterance.text.split()) != ""
            utterance.text.encode()
            assert not set(utterance.text) & set("\u202e\0\x85")


TAGS = ["w:p", "w:r", "w:t", "w:tbl", "w:tr", "w:tc", "w:br", "w:del", "w:delText", "mc:Fallback"]
NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
ELEMENTS = st.recursive(
    st.sampled_from(["Ann: hello", "Robin: well", SECRET, "speaker", "text", ""]),
    lambda inner: st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag}>",
        st.sampled_from(TAGS),
        st.lists(inner, max_size=4),
    ),
    max_leaves=20,
)


@given(ELEMENTS, st.integers(min_value=0, max_value=400), st.binary(max_size=3))
@settings(max_examples=100, deadline=None)
def test_any_word_document_whole_or_damaged_is_read_or_refused(body: str, place: int, damage: bytes) -> None:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<w:document {NAMESPACES}>{body}</w:document>")
    data = written.getvalue()
    read_or_refuse(data, "s.docx")
    read_or_refuse(data[:place] + damage + data[place + len(damage) :], "s.docx")


@given(st.lists((PATCHWORK | patched()).map(lambda text: text.replace("\n", " ")), max_size=6))
@settings(max_examples=100, deadline=None)
def test_every_line_of_a_batch_that_is_not_blank_has_an_answer(lines: list[str]) -> None:
    answers = list(read_jsonl_sessions(lines))
    assert len(answers) == sum(1 for line in lines if line.strip())
    assert not any(isinstance(each, BadLine) and SECRET in each.problem for each in answers)


NAMES = st.lists(
    st.sampled_from(["Ada Vale", "Robin", "Dr. Okafor", "O'Neil", "Speaker 3", "王芳", "患者"]),
    min_size=2,
    max_size=3,
    unique=True,
)
WORDS = (
    "I",
    "you",
    "slept",
    "4.5",
    "mg,",
    '"no"',
    "(yes)",
    "well?",
    "a<b",
    "R&D",
    "我睡不好。",
    "10:30",
    "*that*",
    "café",
)
SPEECH = st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(lambda said: " ".join(["Well,", *said]))


@st.composite
def sessions(draw: st.DrawFn) -> list[tuple[str, str]]:
    """Turns of alternating speakers, every speaker heard at least twice."""
    names = draw(NAMES)
    return [(name, draw(SPEECH)) for _ in range(draw(st.integers(2, 5))) for name in names]


def as_cues(turns: list[tuple[str, str]], *, srt: bool, voice: bool) -> str:
    cues = [] if srt else ["WEBVTT"]
    for n, (speaker, text) in enumerate(turns, start=1):
        clock = f"00:{n:02}:00.000 --> 00:{n:02}:30.000"
        said = f"<v {escape(speaker)}>{escape(text)}</v>" if voice else f"{speaker}: {escape(text)}"
        cues.append(f"{n}\n{clock.replace('.', ',') if srt else clock}\n{said}")
    return "\n\n".join(cues) + "\n"


def as_csv(turns: list[tuple[str, str]], delimiter: str) -> str:
    written = io.StringIO()
    csv.writer(written, delimiter=delimiter).writerows([("speaker", "text"), *turns])
    return written.getvalue()


def as_word(turns: list[tuple[str, str]], *, table: bool) -> bytes:
    document = docx.Document()
    if table:
        grid = document.add_table(rows=len(turns), cols=2)
        for row, turn in zip(grid.rows, turns, strict=True):
            for cell, text in zip(row.cells, turn, strict=True):
                cell.text = text
    else:
        for speaker, text in turns:
            document.add_paragraph(f"{speaker}: {text}")
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def said(transcript: Transcript) -> list[tuple[str, str]]:
    return [(u.speaker, u.text) for u in transcript.utterances]


@given(sessions(), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]), st.sampled_from(["\n", "\r\n", "\r"]))
@settings(max_examples=100, deadline=None)
def test_what_was_said_survives_every_text_format(
    turns: list[tuple[str, str]], encoding: str, line_end: str
) -> None:
    objects = [{"speaker": speaker, "text": text} for speaker, text in turns]
    written = {
        "lines": "\n".join(f"{speaker}: {text}" for speaker, text in turns),
        "full-width": "\n".join(f"{speaker}：{text}" for speaker, text in turns),
        "teams": as_cues(turns, srt=False, voice=True),
        "zoom": as_cues(turns, srt=False, voice=False),
        "srt": as_cues(turns, srt=True, voice=False),
        **{f"csv {delimiter}": as_csv(turns, delimiter) for delimiter in ",;\t"},
        "json": json.dumps(objects, ensure_ascii=False, indent=1),
        "jsonl": "\n".join(json.dumps(turn) for turn in objects),
    }
    for form, text in written.items():
        data = text.replace("\r\n", "\n").replace("\n", line_end).encode(encoding)
        assert said(read_transcript(data, filename="session")) == turns, form


@given(sessions(), st.booleans())
@settings(max_examples=15, deadline=None)
def test_what_was_said_survives_word(turns: list[tuple[str, str]], table: bool) -> None:
    assert said(read_transcript(as_word(turns, table=table), filename="s.docx")) == turns


@given(sessions())
@settings(max_examples=50, deadline=None)
def test_what_was_said_survives_a_batch(turns: list[tuple[str, str]]) -> None:
    line = json.dumps({"id": "a", "utterances": [{"speaker": s, "text": t} for s, t in turns]})
    [(session_id, transcript)] = [
        each for each in read_jsonl_sessions([line]) if not isinstance(each, BadLine)
    ]
    assert (session_id, said(transcript)) == ("a", turns)

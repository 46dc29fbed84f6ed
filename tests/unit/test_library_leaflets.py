"""Leaflets: PDF, Word and HTML become passages with their sheet; what is a scan, a bomb or locked is refused."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from thirdchair.library.leaflets import LeafletFacts, import_leaflet, page_from_leaflet
from thirdchair.library.leaflets.blocks import LARGEST_LEAFLET
from thirdchair.library.loading import read_page
from thirdchair.library.unusable import LibraryUnusable
from thirdchair.records import Language

FACTS = LeafletFacts(
    title="Sleeping well",
    owner="Ward 3",
    licence="CC BY 4.0",
    source="An example service",
    language=Language.ENGLISH,
    published=date(2025, 1, 1),
    last_verified=date(2026, 1, 1),
)
HTML = b"""<!doctype html><html><head><title>x</title><style>p {color: red}</style></head><body>
<nav>Home Contact</nav><h1>Sleep</h1><p>Go to bed at the <b>same</b> time each day.</p>
<script>alert("no")</script><p hidden>Hidden words are not for anybody to read.</p>
<ul><li>No coffee late in the day.</li></ul><h2>Help</h2><p>Ask your nurse about sleep &amp; rest today.</p></body></html>"""


def pdf_of(*sheets: list[str]) -> bytes:
    """A PDF that draws these lines, one list a sheet."""
    streams = [
        "BT /F1 12 Tf 14 TL 72 720 Td " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
        for lines in sheets
    ]
    kids = " ".join(f"{4 + 2 * place} 0 R" for place in range(len(streams)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >> >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(streams)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for place, stream in enumerate(streams):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {5 + 2 * place} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    written = b"%PDF-1.4\n"
    starts: list[int] = []
    for number, body in enumerate(objects, start=1):
        starts.append(len(written))
        written += f"{number} 0 obj\n{body}\nendobj\n".encode()
    table = "".join(f"{start:010} 00000 n \n" for start in starts)
    end = len(written)
    written += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode()
    return written + f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{end}\n%%EOF".encode()


SHEETS = (
    ["Why sleep matters", "Good sleep lifts your mood and", "helps you think in the day."],
    ["Getting help", "Ask your nurse about sleep when", "bad nights last for weeks."],
)


def word_file() -> bytes:
    document = Document()
    document.add_heading("Sleep", 1)
    document.add_paragraph("Go to bed at the same time each day.")
    document.add_paragraph("No coffee late in the day.", style="List Bullet")
    table = document.add_table(1, 2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Evening", "Turn the screens off early"
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def test_an_html_page_keeps_its_text_and_loses_what_is_not_text():
    page = page_from_leaflet(HTML, FACTS, name="Sleep (final).html")
    assert page.id == "sleep-final"
    assert [passage.title for passage in page.passages] == ["Sleep", "Help"]
    assert page.passages[0].text == "Go to bed at the same time each day.\n\n- No coffee late in the day."
    assert page.passages[1].text == "Ask your nurse about sleep & rest today."


def test_a_word_document_keeps_headings_lists_and_tables():
    page = page_from_leaflet(word_file(), FACTS, name="a.docx")
    assert page.passages[0].title == "Sleep"
    assert "- No coffee late in the day." in page.passages[0].text
    assert "Evening Turn the screens off early" in page.passages[0].text


def test_a_pdf_keeps_its_sheets_and_joins_its_lines():
    page = page_from_leaflet(pdf_of(*SHEETS), FACTS, name="a.pdf")
    assert [(passage.title, passage.sheet) for passage in page.passages] == [
        ("Why sleep matters", 1),
        ("Getting help", 2),
    ]
    assert page.passages[0].text == "Good sleep lifts your mood and helps you think in the day."


def test_what_the_service_says_of_its_leaflet_is_kept(tmp_path: Path):
    leaflet = tmp_path / "Sleep.html"
    leaflet.write_bytes(HTML)
    page = read_page(import_leaflet(leaflet, FACTS, into=tmp_path / "library"))
    assert (page.owner, page.licence, page.written) == ("Ward 3", "CC BY 4.0", date(2025, 1, 1))
    assert page.sources[0].publisher == "An example service"
    assert not page.is_reviewed
    assert [file.suffix for file in (tmp_path / "library" / "en").iterdir()] == [".md"]


@pytest.mark.parametrize("missing", ["title", "owner", "licence", "source"])
def test_nothing_that_must_be_known_may_be_left_out(missing: str):
    with pytest.raises(LibraryUnusable, match=missing):
        replace(FACTS, **{missing: " "})


def test_a_scan_is_refused():
    with pytest.raises(LibraryUnusable, match="a scan"):
        page_from_leaflet(pdf_of([], []), FACTS, name="a.pdf")


def test_a_locked_pdf_is_refused():
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf_of(*SHEETS))))
    writer.encrypt("secret", algorithm="RC4-128")
    held = io.BytesIO()
    writer.write(held)
    with pytest.raises(LibraryUnusable, match="locked"):
        page_from_leaflet(held.getvalue(), FACTS, name="a.pdf")


def zipped(**parts: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), data)
    return held.getvalue()


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    bomb = zipped(word__document_xml=b"0" * (70 * 2**20))
    assert len(bomb) < 2**20
    with pytest.raises(LibraryUnusable, match="unpacks far too large"):
        page_from_leaflet(bomb, FACTS, name="a.docx")


def test_a_word_document_may_not_declare_entities():
    hostile = zipped(word__document_xml=b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>')
    with pytest.raises(LibraryUnusable, match="document type"):
        page_from_leaflet(hostile, FACTS, name="a.docx")


@pytest.mark.parametrize(
    "data", [b"", b"junk", b"%PDF-1.4 junk", b"PK\x03\x04junk", b"\x00<html>", b"<html></html>"]
)
def test_what_is_no_leaflet_is_refused(data: bytes):
    with pytest.raises(LibraryUnusable):
        page_from_leaflet(data, FACTS, name="a.pdf")


def test_a_leaflet_larger_than_a_leaflet_is_refused():
    with pytest.raises(LibraryUnusable, match="larger than"):
        page_from_leaflet(b"<html>" + b"a" * LARGEST_LEAFLET, FACTS, name="a.html")


@given(
    st.binary(max_size=200),
    st.sampled_from([b"", b"%PDF-1.7\n", b"PK\x03\x04", b"<html>"]),
    st.integers(0, 900),
)
@settings(max_examples=60, deadline=None)
def test_a_damaged_file_is_refused_or_read_and_never_crashes(noise: bytes, start: bytes, cut: int):
    for data in (start + noise, pdf_of(*SHEETS)[:cut] + noise, word_file()[:cut] + noise):
        try:
            page_from_leaflet(data, FACTS, name="a")
        except LibraryUnusable as refused:
            assert refused.remedy

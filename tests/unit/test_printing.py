"""What a printed draft and a printed note say, and what their text cannot do."""

from __future__ import annotations

import html
import io
from dataclasses import replace

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from thirdchair.records import (
    COMPONENTS,
    Component,
    Draft,
    Language,
    NoteFormat,
    Origin,
    RiskFinding,
    RiskStatus,
    RiskTopic,
    Sentence,
    SignedNote,
    Span,
    SpeakerRole,
    Support,
    Timeframe,
    Transcript,
    Utterance,
)
from thirdchair.uses.summarise_session.layout import headings
from thirdchair.uses.summarise_session.page import origin_of
from thirdchair.uses.summarise_session.printing import escape_markdown, to_docx, to_markdown
from thirdchair.uses.summarise_session.words import (
    COMPONENT_NAMES,
    PHRASES,
    REASON_NAMES,
    ROLE_NAMES,
    STATUS_NAMES,
    TIMEFRAME_NAMES,
    TOPIC_NAMES,
)

TRANSCRIPT = Transcript(
    (
        Utterance("u1", "Nurse Vale", SpeakerRole.CLINICIAN, "How have the nights been?"),
        Utterance("u2", "Robin", SpeakerRole.PATIENT, "I wake at four and lie there."),
        Utterance("u3", "Nurse Vale", SpeakerRole.CLINICIAN, "Shall we try the sleep diary?"),
        Utterance("u4", "Robin", SpeakerRole.PATIENT, "Yes, I will write it down."),
    ),
    Language.ENGLISH,
)
RISK = (
    RiskFinding(RiskTopic.SUICIDE, RiskStatus.DENIED, ("u2",)),
    RiskFinding(RiskTopic.SELF_HARM, RiskStatus.AFFIRMED, ("u2", "u4"), Timeframe.PAST),
    RiskFinding(RiskTopic.HARM_TO_OTHERS, RiskStatus.NOT_ASKED),
    RiskFinding(RiskTopic.SUBSTANCE_USE, RiskStatus.UNCLEAR, ("u4",)),
    RiskFinding(RiskTopic.ABUSE, RiskStatus.NOT_ASKED),
)
DRAFT = Draft(
    sentences=(
        Sentence("s1", Component.SYMPTOMS_AND_HISTORY, "Robin wakes at four.", ("u2",), Support.SUPPORTED),
        Sentence(
            "s2",
            Component.PLAN,
            "Robin takes 5 mg.",
            ("u3", "u4"),
            Support.UNSUPPORTED,
            ("number", "content"),
        ),
    ),
    risk=RISK,
    method="extractive",
    method_digest="0" * 64,
    language=Language.ENGLISH,
)
NOTE = SignedNote(
    spans=(
        Span(Component.SYMPTOMS_AND_HISTORY, "Robin wakes at four.", Origin.MACHINE, ("u2",), 1.0),
        Span(Component.PLAN, "Robin keeps a sleep diary.", Origin.EDITED, ("u3",), 0.413),
        Span(Component.PLAN, "Next visit in two weeks.", Origin.HUMAN, (), 0.0),
    ),
    risk=RISK,
    note_format=NoteFormat.SOAP,
    method="extractive",
    signer="7",
    signer_name="Ada Vale",
    signed_at="2026-03-04T09:30:00Z",
    language=Language.ENGLISH,
)


@pytest.mark.parametrize("note_format", NoteFormat)
def test_every_component_stands_in_every_format_exactly_once(note_format: NoteFormat) -> None:
    placed = [c for _, components in headings(note_format, Language.ENGLISH) for c in components]
    assert sorted(placed) == sorted(COMPONENTS)


@pytest.mark.parametrize("note_format", NoteFormat)
@pytest.mark.parametrize("language", Language)
def test_headings_are_distinct_and_in_the_language(note_format: NoteFormat, language: Language) -> None:
    titles = [title for title, _ in headings(note_format, language)]
    assert len(set(titles)) == len(titles)
    chinese = [any("一" <= char <= "鿿" for char in title) for title in titles]
    assert all(chinese) if language is Language.CHINESE else not any(chinese)


@pytest.mark.parametrize("language", Language)
def test_every_status_topic_time_role_and_component_has_words_of_its_own(language: Language) -> None:
    for names, members in (
        (TOPIC_NAMES, RiskTopic),
        (STATUS_NAMES, RiskStatus),
        (TIMEFRAME_NAMES, Timeframe),
        (ROLE_NAMES, SpeakerRole),
        (COMPONENT_NAMES, Component),
    ):
        assert set(names[language]) == set(members)
        assert len(set(names[language].values())) == len(list(members))
    assert set(PHRASES[language]) == set(PHRASES[Language.ENGLISH])
    assert set(REASON_NAMES[language]) == {"no_evidence", "content", "negation", "number", "speaker"}


def test_a_draft_says_at_head_and_foot_that_nobody_reviewed_it() -> None:
    lines = to_markdown(DRAFT, TRANSCRIPT, NoteFormat.SOAP).strip().split("\n")
    assert lines[0] == lines[-1] == "Draft made by extractive, not reviewed."


def test_a_note_says_at_head_and_foot_who_signed_and_how_much_a_machine_wrote() -> None:
    lines = to_markdown(NOTE, TRANSCRIPT, NoteFormat.SOAP).strip().split("\n")
    assert lines[0] == lines[-1]
    assert lines[0] == (
        "Signed by Ada Vale on 2026-03-04 (UTC). 1 of 3 sentences machine-written unchanged, 1 edited, 1 human. "
        "Draft made by extractive."
    )


def test_each_sentence_of_a_note_carries_its_origin() -> None:
    printed = to_markdown(NOTE, TRANSCRIPT, NoteFormat.SOAP)
    assert "- Robin wakes at four. (machine) [2]" in printed
    assert "- Robin keeps a sleep diary. (edited, 42% from the machine draft) [3]" in printed
    assert "- Next visit in two weeks. (human)\n" in printed


def test_an_unsupported_sentence_says_so_in_words_with_the_reasons() -> None:
    printed = to_markdown(DRAFT, TRANSCRIPT, NoteFormat.COMPONENTS)
    line = next(line for line in printed.split("\n") if "5 mg" in line)
    assert "UNSUPPORTED" in line
    assert "a number or dose differs" in line
    assert "may not be signed unedited" in line.lower()
    assert line.endswith("[3, 4]")
    assert "UNSUPPORTED" not in next(line for line in printed.split("\n") if line.startswith("- Robin wakes"))


@pytest.mark.parametrize("note_format", NoteFormat)
def test_the_risk_table_accounts_for_every_topic_in_every_format(note_format: NoteFormat) -> None:
    printed = to_markdown(DRAFT, TRANSCRIPT, note_format)
    assert "| Suicide | Denied | – | 2 |" in printed
    assert "| Self-harm | Affirmed | Past | 2, 4 |" in printed
    assert "| Harm to others | Not asked about | – | – |" in printed
    assert "| Substance use | Unclear: settle before signing | – | 4 |" in printed
    assert printed.count("| Abuse |") == 1


def test_objective_is_left_to_the_clinician_and_never_filled() -> None:
    printed = to_markdown(DRAFT, TRANSCRIPT, NoteFormat.SOAP)
    objective = printed.split("## O: Objective")[1].split("##")[0]
    assert objective.strip() == PHRASES[Language.ENGLISH]["not_in_transcript"]


def test_a_draft_carries_the_utterances_it_cites_and_a_note_does_not() -> None:
    assert "- [2] Robin: I wake at four and lie there." in to_markdown(DRAFT, TRANSCRIPT, NoteFormat.DAP)
    assert "How have the nights been" not in to_markdown(DRAFT, TRANSCRIPT, NoteFormat.DAP)
    assert "I wake at four" not in to_markdown(NOTE, TRANSCRIPT, NoteFormat.DAP)


def test_a_chinese_draft_is_printed_in_chinese() -> None:
    printed = to_markdown(replace(DRAFT, language=Language.CHINESE), TRANSCRIPT, NoteFormat.BIRP)
    assert printed.startswith("草稿由 extractive 生成，未经审阅。")
    assert "| 自杀 | 否认 | – | 2 |" in printed
    assert "无依据" in printed
    assert "## R：反应" in printed


def test_evidence_that_the_transcript_does_not_hold_is_not_printed() -> None:
    invented = replace(DRAFT.sentences[0], evidence=("u99",))
    with pytest.raises(KeyError):
        to_markdown(replace(DRAFT, sentences=(invented,)), TRANSCRIPT, NoteFormat.SOAP)


@given(
    st.text(alphabet=st.sampled_from("ab1 .)(`*_#<>&[]!|~\\-+=:/@w\"'$^\n\t中"), max_size=40)
    | st.text(max_size=40)
)
@settings(max_examples=100)
def test_escaped_text_is_shown_as_it_is_in_a_list_and_in_a_paragraph(text: str) -> None:
    said = " ".join(text.replace("\0", "").split())
    shown = html.escape(said, quote=False).replace('"', "&quot;")
    markdown = MarkdownIt("commonmark")
    if said:
        assert markdown.render(escape_markdown(said)) == f"<p>{shown}</p>\n"
        assert markdown.render(f"- {escape_markdown(said)}") == f"<ul>\n<li>{shown}</li>\n</ul>\n"


def test_words_of_a_session_cannot_become_markup_rows_or_links() -> None:
    attack = "x | y |\n| z | <script>alert(1)</script> [a](http://example.org) www.example.org"
    sentence = replace(DRAFT.sentences[0], text=attack)
    speaker = replace(TRANSCRIPT.utterances[1], speaker="<img src=x>")
    transcript = replace(
        TRANSCRIPT, utterances=(TRANSCRIPT.utterances[0], speaker, *TRANSCRIPT.utterances[2:])
    )
    printed = to_markdown(
        replace(DRAFT, sentences=(sentence,), method="<b>m</b>"), transcript, NoteFormat.COMPONENTS
    )
    rendered = MarkdownIt("commonmark").enable("table").render(printed)
    for tag in ("<script", "<a ", "<img", "<b>"):
        assert tag not in rendered
    assert rendered.count("<tr>") == 1 + len(RiskTopic)


@pytest.mark.parametrize("written", [DRAFT, NOTE], ids=["draft", "note"])
def test_a_word_print_says_the_same_with_its_origin_first_and_in_the_footer(
    written: Draft | SignedNote,
) -> None:
    document = docx.Document(io.BytesIO(to_docx(written, TRANSCRIPT, NoteFormat.SOAP)))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert texts[0] == origin_of(written)
    assert document.sections[0].footer.paragraphs[0].text == origin_of(written)
    rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert rows[2] == ["Self-harm", "Affirmed", "Past", "2, 4"]
    assert any(text.startswith("Robin wakes at four. ") and text.endswith("[2]") for text in texts)
    assert any("UNSUPPORTED" in text for text in texts) is isinstance(written, Draft)


def test_a_word_print_survives_characters_that_xml_forbids() -> None:
    odd = replace(DRAFT.sentences[0], text="Robin\x0b wakes\x00 at \ud800four.\uffff")
    document = docx.Document(
        io.BytesIO(to_docx(replace(DRAFT, sentences=(odd,)), TRANSCRIPT, NoteFormat.SOAP))
    )
    assert any("Robin wakes at four." in paragraph.text for paragraph in document.paragraphs)

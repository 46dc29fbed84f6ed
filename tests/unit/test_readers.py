"""What becomes a transcript, and what is refused with its line and remedy."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable

import docx
import pytest

from thirdchair.errors import UnreadableTranscript
from thirdchair.readers import (
    MAX_BYTES,
    MAX_UTTERANCE_CHARACTERS,
    MAX_UTTERANCES,
    UNNAMED,
    BadLine,
    infer_roles,
    read_jsonl_sessions,
    read_transcript,
)
from thirdchair.readers.speech import clean
from thirdchair.readers.word import MAX_UNPACKED_BYTES
from thirdchair.records import Language, SpeakerRole, Transcript, Utterance

CLINICIAN, PATIENT = SpeakerRole.CLINICIAN, SpeakerRole.PATIENT
COMPANION, UNKNOWN = SpeakerRole.COMPANION, SpeakerRole.UNKNOWN


def read(text: str, filename: str = "session.txt") -> Transcript:
    return read_transcript(text.encode(), filename=filename)


def said(transcript: Transcript) -> list[tuple[str, str]]:
    return [(u.speaker, u.text) for u in transcript.utterances]


def times(transcript: Transcript) -> list[tuple[float | None, float | None]]:
    return [(u.start_s, u.end_s) for u in transcript.utterances]


def refusal(data: bytes | str, filename: str = "session.txt") -> UnreadableTranscript:
    with pytest.raises(UnreadableTranscript) as caught:
        read_transcript(data.encode() if isinstance(data, str) else data, filename=filename)
    assert caught.value.remedy
    assert not any(word in str(caught.value) for word in ("Robin", "Hello", "Yes", "well", "Well", "hello"))
    return caught.value


def word_file(fill: Callable[[docx.document.Document], None]) -> bytes:
    document = docx.Document()
    fill(document)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def zipped(xml: bytes) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", xml)
    return written.getvalue()


class TestCaptions:
    def test_voice_tags_notes_styles_regions_cue_ids_and_short_times_are_read(self) -> None:
        transcript = read(
            "WEBVTT - a title\nKind: captions\n\nNOTE made by hand\nover two lines\n\nSTYLE\n::cue { color: red }\n\n"
            "REGION\nid:left\n\nfirst\n00:01.000 --> 00:03.500 align:start\n<v Nurse Vale>How <i>are</i> the nights?\n\n"
            "01:00:00.000 --> 01:00:02.000\n<v.loud Robin>Long &amp; quiet.</v>\n"
        )
        assert said(transcript) == [("Nurse Vale", "How are the nights?"), ("Robin", "Long & quiet.")]
        assert times(transcript) == [(1.0, 3.5), (3600.0, 3602.0)]

    def test_two_voices_in_one_cue_are_two_turns(self) -> None:
        transcript = read("WEBVTT\n\n00:01.000 --> 00:03.000\n<v Ann>Shall we?</v>\n<v Robin>Yes.</v>\n")
        assert said(transcript) == [("Ann", "Shall we?"), ("Robin", "Yes.")]

    def test_teams_cues_of_one_turn_are_joined_and_their_times_span_both(self) -> None:
        guid = "6f0c1d2e-0000-4000-8000-1234567890ab"
        transcript = read(
            f"WEBVTT\n\n{guid}/12-0\n00:00:01.000 --> 00:00:03.000\n<v Ada Vale>How have the nights</v>\n\n"
            f"{guid}/12-1\n00:00:03.200 --> 00:00:05.000\n<v Ada Vale>been since March?</v>\n\n"
            f"{guid}/20-0\n00:00:06.000 --> 00:00:08.000\n<v Robin Hale>Better.</v>\n\n"
            f"{guid}/21-0\n00:00:30.000 --> 00:00:31.000\n<v Robin Hale>I think.</v>\n"
        )
        assert said(transcript) == [
            ("Ada Vale", "How have the nights been since March?"),
            ("Robin Hale", "Better."),
            ("Robin Hale", "I think."),
        ]
        assert times(transcript)[0] == (1.0, 5.0)

    def test_a_long_monologue_is_not_joined_without_bound(self) -> None:
        cues = "".join(
            f"00:{n:02}.000 --> 00:{n + 1:02}.000\n<v Robin>{'and then it went on ' * 5}\n\n"
            for n in range(30)
        )
        transcript = read(f"WEBVTT\n\n{cues}00:40.000 --> 00:41.000\n<v Ann>I see.\n")
        assert len(transcript.utterances) > 5
        assert max(len(u.text) for u in transcript.utterances) <= 400

    def test_zoom_names_in_cues_are_speakers(self) -> None:
        transcript = read(
            "WEBVTT\n\n1\n00:00:01.000 --> 00:00:03.000\nAda Vale: How are you?\n\n"
            "2\n00:00:04.000 --> 00:00:06.000\nRobin: I told him: leave it.\n"
        )
        assert said(transcript) == [("Ada Vale", "How are you?"), ("Robin", "I told him: leave it.")]

    def test_srt_is_read_also_under_another_name(self) -> None:
        transcript = read(
            "\r\n1\r\n00:00:01,000 --> 00:00:03,000\r\n<i>Therapist:</i> Welcome.\r\n\r\n"
            "2\r\n00:00:04,000 --> 00:00:06,000\r\nClient: Thanks.\r\n",
            "notes.txt",
        )
        assert said(transcript) == [("Therapist", "Welcome."), ("Client", "Thanks.")]

    def test_a_cue_without_a_name_is_given_to_nobody_unless_it_ends_a_sentence(self) -> None:
        transcript = read(
            "WEBVTT\n\n00:01.000 --> 00:02.000\nAnn: Were you able to\n\n00:02.000 --> 00:03.000\nrest at all?\n\n"
            "00:03.000 --> 00:04.000\nNo.\n\n00:05.000 --> 00:06.000\nRobin: Not much.\n"
        )
        assert said(transcript) == [
            ("Ann", "Were you able to rest at all?"),
            (UNNAMED, "No."),
            ("Robin", "Not much."),
        ]
        assert transcript.speakers[UNNAMED] is UNKNOWN

    @pytest.mark.parametrize(
        ("body", "line"),
        [
            ("00:xx.000 --> 00:02.000\n<v Ann>Yes.\n", 3),
            ("00:01.000 -->\n<v Ann>Yes.\n", 3),
            ("00:00:61.000 --> 00:01:02.000\n<v Ann>Yes.\n", 3),
            ("00:04.000 --> 00:02.000\n<v Ann>Yes.\n", 3),
            ("00:01.000 --> 00:02.000\n<v Ann>Yes.\n\n<v Robin>No.\n", 6),
            ("00:09.000 --> 00:10.000\n<v Ann>Yes.\n\n00:02.000 --> 00:03.000\n<v Robin>No.\n", 6),
            ("00:01.000 --> 00:02.000\n<v Ann>Yes.\n00:03.000 --> 00:04.000\n<v Robin>No.\n", 5),
        ],
        ids=["letters", "no end", "61 seconds", "ends first", "no time", "backwards", "no blank line"],
    )
    def test_broken_times_are_refused_at_their_line(self, body: str, line: int) -> None:
        assert refusal(f"WEBVTT\n\n{body}", "s.vtt").line == line

    def test_captions_without_names_are_refused(self) -> None:
        assert "names no speaker" in refusal("WEBVTT\n\n00:01.000 --> 00:02.000\nYes.\n").problem

    def test_captions_without_cues_are_refused(self) -> None:
        assert "no cues" in refusal("WEBVTT\n\n").problem
        assert "no cues" in refusal("Ann: hello\nRobin: hello\n", "s.vtt").problem


class TestLines:
    def test_names_both_colons_times_and_continuations_are_read(self) -> None:
        transcript = read(
            "[00:01:02] Nurse Vale: How are the nights?\n00:01:09 Robin：Long.\nI wake at four.\n\nSo I get up.\n"
            "(01:20) **Nurse Vale:** I see.\n- Robin (01:25): Yes.\n"
        )
        assert said(transcript) == [
            ("Nurse Vale", "How are the nights?"),
            ("Robin", "Long. I wake at four. So I get up."),
            ("Nurse Vale", "I see."),
            ("Robin", "Yes."),
        ]
        assert [start for start, _ in times(transcript)] == [62.0, 69.0, 80.0, 85.0]

    def test_a_colon_in_speech_is_no_speaker(self) -> None:
        transcript = read(
            "Ann: What did you say?\nRobin: Much.\nand I told him: go away\nAt 10:30 it ended.\nHonestly: it hurt.\n"
            "http://example.org\nAnn: I see.\n"
        )
        assert list(transcript.speakers) == ["Ann", "Robin"]
        assert (
            "and I told him: go away At 10:30 it ended. Honestly: it hurt." in transcript.utterances[1].text
        )

    def test_small_letters_that_come_again_are_speakers(self) -> None:
        assert list(read("ann: hi\nrobin: hi\nann: well?\nrobin: fine\n").speakers) == ["ann", "robin"]

    def test_one_speaker_spelt_in_two_ways_is_one_speaker(self) -> None:
        assert list(read("PATIENT: hi\nNurse: hello\nPatient: well\n").speakers) == ["PATIENT", "Nurse"]

    def test_bracketed_roles_are_speakers_and_bracketed_sounds_are_not(self) -> None:
        transcript = read("[doctor] how are you ?\n[laughs] well\n[patient] fine .\n")
        assert said(transcript) == [("doctor", "how are you ? [laughs] well"), ("patient", "fine .")]

    def test_lines_about_the_session_above_it_are_not_speech(self) -> None:
        assert len(read("Date: 4 March\nSession: 3\n\nTherapist: Hello.\nClient: Hello.\n").utterances) == 2

    def test_chinese_labels_are_read_and_quoted_speech_is_not_a_speaker(self) -> None:
        transcript = read("咨询师：最近睡得怎么样？\n来访者：不太好。\n我说：算了吧。\n咨询师：嗯。\n")
        assert said(transcript) == [
            ("咨询师", "最近睡得怎么样？"),
            ("来访者", "不太好。 我说：算了吧。"),
            ("咨询师", "嗯。"),
        ]
        assert transcript.language is Language.CHINESE
        assert list(transcript.speakers.values()) == [CLINICIAN, PATIENT]

    def test_a_name_and_time_above_each_turn_is_read(self) -> None:
        transcript = read(
            "Weekly visit\n4 March 2026\n\nAda Vale   0:03\nHow are you?\n\nRobin Hale   0:09\nWell.\nMostly.\n"
        )
        assert said(transcript) == [("Ada Vale", "How are you?"), ("Robin Hale", "Well. Mostly.")]
        assert [start for start, _ in times(transcript)] == [3.0, 9.0]

    def test_text_before_the_first_name_is_refused_at_its_line(self) -> None:
        assert refusal("\nwe began well\nAnn: Hello.\nRobin: Hello.\n").line == 2

    def test_times_that_run_backwards_are_refused_at_their_line(self) -> None:
        assert refusal("[00:05:00] Ann: Hello.\n[00:01:00] Robin: Hello.\n").line == 2

    def test_prose_is_refused(self) -> None:
        assert "speaker" in refusal("We talked about the week.\nIt went well.\n").problem


class TestTables:
    @pytest.mark.parametrize("delimiter", [",", ";", "\t"])
    def test_columns_are_found_by_name_in_any_order(self, delimiter: str) -> None:
        rows = [
            ["Text", "Speaker", "start", "end"],
            ["Hello.", "Ann", "1.5", "2"],
            ["Hi.", "Robin", "00:03", ""],
        ]
        transcript = read("\n".join(delimiter.join(row) for row in rows), "s.csv")
        assert said(transcript) == [("Ann", "Hello."), ("Robin", "Hi.")]
        assert times(transcript) == [(1.5, 2.0), (3.0, None)]

    def test_quoted_cells_hold_delimiters_and_line_ends(self) -> None:
        transcript = read('speaker,text\nAnn,"Well, how\nare you?"\nRobin,"I said ""fine""."\n', "s.csv")
        assert said(transcript) == [("Ann", "Well, how are you?"), ("Robin", 'I said "fine".')]

    @pytest.mark.parametrize(
        ("text", "line"),
        [
            ("who said,what\nAnn,Hello\n", 1),
            ("speaker,text\nAnn,Hello\nRobin,well, no\n", 3),
            ("speaker,text\nAnn,Hello\n,Well\n", 3),
            ('speaker,text\nAnn,Hello\nRobin,"Well\n', 3),
            ("speaker,text,start\nAnn,Hello,1\nRobin,Well,soon\n", 3),
            ("speaker,text,start\nAnn,Hello,9\nRobin,Well,1\n", 3),
        ],
        ids=["no columns", "too many cells", "no speaker", "open quote", "no time", "backwards"],
    )
    def test_a_broken_table_is_refused_at_its_line(self, text: str, line: int) -> None:
        assert refusal(text, "s.csv").line == line


class TestJson:
    TURNS = (
        {"speaker": "Ann", "text": "Hello.", "start": 1},
        {"speaker": "Robin", "text": "Hi.", "start": "00:03"},
    )

    @pytest.mark.parametrize("filename", ["s.json", "s.jsonl", "s.txt"])
    @pytest.mark.parametrize("shape", ["list", "lines", "session"])
    def test_each_shape_is_read_under_any_name(self, shape: str, filename: str) -> None:
        text = {
            "list": json.dumps(self.TURNS, indent=1),
            "lines": "\n".join(json.dumps(turn) for turn in self.TURNS),
            "session": json.dumps({"id": "a", "utterances": self.TURNS}),
        }[shape]
        transcript = read(text, filename)
        assert said(transcript) == [("Ann", "Hello."), ("Robin", "Hi.")]
        assert times(transcript) == [(1.0, None), (3.0, None)]

    def test_a_broken_line_is_refused_at_its_number(self) -> None:
        good = '{"speaker": "Ann", "text": "Hello."}\n'
        assert refusal(f'{good}{good}{{"speaker": "Robin"\n').line == 3
        assert refusal(f'{good}{{"speaker": "Robin", "text": 4}}\n').line == 2

    @pytest.mark.parametrize(
        "text", ["[" * 100_000, '{"a":' * 100_000, "{}", "[]", '{"utterances": 3}', "[1]"]
    )
    def test_other_json_is_refused(self, text: str) -> None:
        refusal(text, "s.json")

    @pytest.mark.parametrize("start", ["NaN", "-1", "1e999", "true", '"soon"', "[]"])
    def test_a_time_that_is_none_is_refused(self, start: str) -> None:
        problem = refusal(f'[{{"speaker": "Ann", "text": "Hello.", "start": {start}}}]').problem
        assert "time of utterance 1" in problem

    def test_a_batch_is_refused_as_an_upload(self) -> None:
        session = json.dumps({"id": "a", "utterances": self.TURNS})
        assert "several sessions" in refusal(f"{session}\n{session}\n").problem


class TestBatch:
    GOOD = '{"id": 7, "utterances": [{"speaker": "Ann", "text": "Hi."}, {"speaker": "Robin", "text": "Hi."}]}'

    def test_a_bad_line_is_named_and_the_rest_goes_on(self) -> None:
        read_back = list(read_jsonl_sessions(["not json", "", self.GOOD, '{"id": "x"}', self.GOOD]))
        numbers = [each.number if isinstance(each, BadLine) else each[0] for each in read_back]
        assert numbers == [1, "7", 4, 5]

    def test_places_are_kept_so_that_evidence_points_into_the_line(self) -> None:
        turns = [("Ann", "Hi."), ("Ann", " "), ("Robin", "Hello."), ("Robin", "Yes.")]
        line = json.dumps({"id": "x", "utterances": [{"speaker": s, "text": t} for s, t in turns]})
        [(_, transcript)] = [each for each in read_jsonl_sessions([line]) if not isinstance(each, BadLine)]
        assert [u.text for u in transcript.utterances] == ["Hi.", "…", "Hello.", "Yes."]

    @pytest.mark.parametrize(
        "line", ["[]", "3", '{"utterances": []}', '{"id": true, "utterances": []}', "[" * 99_999]
    )
    def test_other_shapes_are_bad_lines(self, line: str) -> None:
        assert [type(each) for each in read_jsonl_sessions([line])] == [BadLine]


class TestWord:
    def test_paragraphs_are_lines(self) -> None:
        def fill(document: docx.document.Document) -> None:
            document.add_heading("Session 3")
            document.add_paragraph("Therapist: Hello.")
            document.add_paragraph("Client: Hello.\nIt was a long week.")

        transcript = read_transcript(word_file(fill), filename="s.docx")
        assert said(transcript) == [("Therapist", "Hello."), ("Client", "Hello. It was a long week.")]

    def test_teams_documents_are_read(self) -> None:
        def fill(document: docx.document.Document) -> None:
            for text in (
                "Visit-20260304",
                "4 March 2026, 10:00AM",
                "30m 2s",
                "Ada Vale started transcription",
            ):
                document.add_paragraph(text)
            document.add_paragraph("Ada Vale   0:03\nHow are you?")
            document.add_paragraph("Robin Hale   0:09\nWell.")
            document.add_paragraph("Ada Vale stopped transcription")

        transcript = read_transcript(word_file(fill), filename="s.docx")
        assert said(transcript) == [("Ada Vale", "How are you?"), ("Robin Hale", "Well.")]

    @pytest.mark.parametrize("header", [True, False])
    def test_tables_with_two_columns_are_read(self, header: bool) -> None:
        rows = [["Speaker", "Text"]] * header + [["Ann", "Hello.\nHow are you?"], ["Robin", "Well."]]

        def fill(document: docx.document.Document) -> None:
            table = document.add_table(rows=0, cols=2)
            for row in rows:
                for cell, text in zip(table.add_row().cells, row, strict=True):
                    cell.text = text

        transcript = read_transcript(word_file(fill), filename="s.docx")
        assert said(transcript) == [("Ann", "Hello. How are you?"), ("Robin", "Well.")]

    def test_a_zip_bomb_is_refused_before_it_unpacks(self) -> None:
        bomb = zipped(b" " * (MAX_UNPACKED_BYTES + 1))
        assert len(bomb) < MAX_BYTES
        assert "unpacks to more than" in refusal(bomb, "s.docx").problem

    def test_entities_are_refused_and_never_resolved(self) -> None:
        body = b'<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/hostname">]><d>&e;</d>'
        assert "document type" in refusal(zipped(body), "s.docx").problem

    def test_other_archives_and_damaged_documents_are_refused(self) -> None:
        refusal(b"PK\x03\x04 and no more", "s.docx")
        assert "damaged" in refusal(zipped(b"<w>"), "s.docx").problem


class TestRefusals:
    @pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b" \n\t\n"])
    def test_an_empty_file(self, data: bytes) -> None:
        assert refusal(data).remedy == "Upload a file that holds a session."

    @pytest.mark.parametrize(
        "data",
        [b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n", b"ID3\x04\0", b"\0\0\0\x20ftypM4A ", b"{\\rtf1", b"Ann: \0\n"],
    )
    def test_a_binary_file_under_a_text_name(self, data: bytes) -> None:
        assert "no transcript that can be read" in refusal(data, "session.vtt").problem

    @pytest.mark.parametrize("encoding", ["latin-1", "gb18030"])
    def test_another_encoding_is_named_with_its_first_line(self, encoding: str) -> None:
        bad = "Ann: café".encode("latin-1") if encoding == "latin-1" else "医生：好".encode("gb18030")
        error = refusal(b"Ann: hello\r\nRobin: hi\r" + bad)
        assert error.line == 3
        assert "UTF-8" in error.remedy

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
    def test_the_encodings_that_are_read(self, encoding: str) -> None:
        data = "医生：你好。\n患者：你好。\n".encode(encoding)
        assert len(read_transcript(data, filename="s.txt").utterances) == 2

    def test_200_mb_are_refused_by_size_alone(self) -> None:
        class Huge(bytes):
            def __len__(self) -> int:
                return 200 * 2**20

            def startswith(self, *_: object) -> bool:
                raise AssertionError("the content was looked at")

        with pytest.raises(UnreadableTranscript, match="200 MiB; at most 10 MiB"):
            read_transcript(Huge(), filename="s.txt")

    def test_one_speaker_only(self) -> None:
        assert "one speaker only" in refusal("Ann: Hello.\nann: Hello?\n").problem

    def test_no_speech(self) -> None:
        assert "no speech" in refusal("Ann: [silence]\nRobin: ...\nAnn: ♪♪\n").problem

    def test_too_many_turns(self) -> None:
        error = refusal("Ann: yes\nRobin: no\n" * (MAX_UTTERANCES // 2 + 1))
        assert error.line == MAX_UTTERANCES + 1

    def test_one_turn_without_end(self) -> None:
        assert refusal(f"Ann: hi\nRobin: {'x' * (MAX_UTTERANCE_CHARACTERS + 1)}\n").line == 2

    def test_too_many_words(self) -> None:
        assert "words" in refusal(f"Ann: {'word ' * 3000}\nRobin: {'word ' * 3000}\n" * 20).problem


class TestText:
    def test_bidirectional_invisible_and_control_characters_are_removed(self) -> None:
        assert clean("a\u202eb\u2066c\u200bd\ufeffe\x07f\ud800g\U000e0041h") == "abcdefgh"

    def test_text_is_composed_and_on_one_line(self) -> None:
        assert clean(" cafe\u0301\u2028 \t au\u00a0lait ") == "café au lait"


def roles_of(*turns: tuple[str, str]) -> dict[str, SpeakerRole]:
    return infer_roles(
        [Utterance(f"u{n}", who, UNKNOWN, text) for n, (who, text) in enumerate(turns, start=1)]
    )


class TestRoles:
    @pytest.mark.parametrize(
        ("label", "role"),
        [
            ("Nurse Okafor", CLINICIAN),
            ("Dr. Son", CLINICIAN),
            ("Family therapist", CLINICIAN),
            ("Social worker", CLINICIAN),
            ("王医生", CLINICIAN),
            ("咨询师", CLINICIAN),
            ("CLIENT 2", PATIENT),
            ("来访者A", PATIENT),
            ("Patient's mother", COMPANION),
            ("Mother of patient", COMPANION),
            ("患者母亲", COMPANION),
            ("家属", COMPANION),
            ("Interpreter", UNKNOWN),
            ("Nurse's interpreter", UNKNOWN),
            ("王先生", UNKNOWN),
            ("Robin Hale (Guest)", UNKNOWN),
            ("Speaker 1", UNKNOWN),
        ],
    )
    def test_a_label_names_a_role(self, label: str, role: SpeakerRole) -> None:
        assert roles_of((label, "Well."), ("?", "Yes."))[label] is role

    @pytest.mark.parametrize(
        ("clinician", "patient"), [("T", "P"), ("T", "C"), ("C", "P"), ("D", "P"), ("医", "患")]
    )
    def test_single_letters_are_read_in_pairs(self, clinician: str, patient: str) -> None:
        assert roles_of((patient, "Yes."), (clinician, "Well.")) == {clinician: CLINICIAN, patient: PATIENT}

    ASKING = "How have you been sleeping? Do you wake at night? What do you do then?"
    TELLING = "I wake at four and I cannot get back to sleep, my head goes round, I lie there."

    def test_speech_tells_two_unnamed_speakers_apart(self) -> None:
        assert roles_of(("Speaker 1", self.TELLING), ("Speaker 2", self.ASKING)) == {
            "Speaker 1": PATIENT,
            "Speaker 2": CLINICIAN,
        }

    def test_speech_in_chinese_tells_them_apart(self) -> None:
        assert roles_of(
            ("说话人1", "你最近睡得怎么样？你晚上会醒吗？你醒来以后做什么？"),
            ("说话人2", "我四点就醒，我睡不着，我的脑子停不下来。"),
        ) == {"说话人1": CLINICIAN, "说话人2": PATIENT}

    def test_two_who_speak_alike_are_unknown(self) -> None:
        assert set(roles_of(("Ann", self.TELLING), ("Robin", self.TELLING)).values()) == {UNKNOWN}

    def test_a_few_words_are_not_enough(self) -> None:
        assert set(roles_of(("Ann", "And you?"), ("Robin", "Fine.")).values()) == {UNKNOWN}

    def test_the_one_beside_a_named_clinician_is_the_patient(self) -> None:
        assert roles_of(("Dr Vale", "Well."), ("Robin", "Fine."))["Robin"] is PATIENT

    def test_of_two_beside_a_clinician_neither_is_guessed_where_both_speak_of_themselves(self) -> None:
        roles = roles_of(("Dr Vale", self.ASKING), ("Ann", self.TELLING), ("Robin", self.TELLING))
        assert (roles["Ann"], roles["Robin"]) == (UNKNOWN, UNKNOWN)

    def test_a_companion_does_not_take_the_patients_place(self) -> None:
        roles = roles_of(("Speaker 1", self.ASKING), ("Mum", "She eats little."), ("Speaker 2", self.TELLING))
        assert roles == {"Speaker 1": CLINICIAN, "Mum": COMPANION, "Speaker 2": PATIENT}

    def test_two_partners_and_no_patient_are_a_couple(self) -> None:
        roles = roles_of(("Therapist", "Well?"), ("Husband", "Fine."), ("Wife", "No."))
        assert list(roles.values()) == [CLINICIAN, PATIENT, PATIENT]

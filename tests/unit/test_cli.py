"""The command line, with a stand-in for the extractive method unless a test says otherwise."""

import json
import stat
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from thirdchair import cli, gateway
from thirdchair.cli import trail as trail_command
from thirdchair.errors import SafeguardUnavailable
from thirdchair.records import (
    Component,
    Draft,
    NoteFormat,
    Progress,
    RiskFinding,
    RiskStatus,
    RiskTopic,
    Sentence,
    Support,
    Transcript,
)
from thirdchair.trail.verification import Broken, Verified

TRANSCRIPT = (
    "Nurse Bell: How have you been sleeping?\n"
    "Sam Adeyemi: Badly, about four hours a night.\n"
    "Nurse Bell: What would help this week?\n"
    "Sam Adeyemi: I will leave the phone in the kitchen.\n"
)


def stand_in(transcript: Transcript, *, on_progress=lambda step: None) -> Draft:
    """Quotes the second utterance."""
    on_progress(Progress("reading", 1, 1))
    return Draft(
        sentences=(
            Sentence(
                "s1",
                Component.SYMPTOMS_AND_HISTORY,
                transcript.utterances[1].text,
                ("u2",),
                Support.SUPPORTED,
            ),
        ),
        risk=tuple(RiskFinding(topic, RiskStatus.NOT_ASKED) for topic in RiskTopic),
        method="extractive",
        method_digest="d" * 64,
        language=transcript.language,
    )


@pytest.fixture
def run(monkeypatch, tmp_path):
    """Runs a command line in an empty folder that holds session.txt."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(gateway, "summarise_file", stand_in)
    monkeypatch.setenv("COLUMNS", "110")
    Path("session.txt").write_text(TRANSCRIPT, encoding="utf-8")

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(cli.command_line(), arguments)

    return run


def write_sessions(*lines: object) -> None:
    text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    Path("in.jsonl").write_text(text + "\n", encoding="utf-8")


def session(name: str, text: str = "Badly, about four hours.") -> dict[str, object]:
    return {
        "id": name,
        "utterances": [
            {"speaker": "Nurse Bell", "text": "How did you sleep?"},
            {"speaker": "Sam Adeyemi", "text": text},
        ],
    }


def read_drafts() -> list[dict[str, object]]:
    return [json.loads(line) for line in Path("out.jsonl").read_text(encoding="utf-8").splitlines()]


# One session


def test_a_draft_is_shown_with_the_utterances_each_sentence_rests_on(run):
    shown = run("summarise", "session.txt")
    assert shown.exit_code == 0
    assert "about four hours a night. [2]" in shown.stdout
    assert "[2] Sam Adeyemi: Badly" in shown.stdout


@pytest.mark.parametrize("note_format", NoteFormat)
def test_every_layout_can_be_asked_for(run, note_format):
    shown = run("summarise", "session.txt", "--format", str(note_format), "--output", "markdown")
    assert shown.exit_code == 0
    assert shown.stdout.count("about four hours a night") >= 1


def test_json_is_the_draft_and_nothing_else(run):
    shown = run("summarise", "session.txt", "--output", "json")
    draft = json.loads(shown.stdout)
    assert draft["sentences"][0]["evidence"] == ["u2"]
    assert set(draft["risk"]) == set(RiskTopic)


def test_a_word_file_is_written_for_its_owner_alone(run):
    written = run("summarise", "session.txt", "--output", "docx", "--out", "note.docx")
    assert written.exit_code == 0
    assert Path("note.docx").read_bytes().startswith(b"PK")
    assert stat.S_IMODE(Path("note.docx").stat().st_mode) == 0o600
    assert not Path("note.docx.part").exists()


def test_a_word_file_without_a_name_is_refused(run):
    refused = run("summarise", "session.txt", "--output", "docx")
    assert refused.exit_code == 2
    assert "--out note.docx" in refused.stderr


def test_the_terminal_form_can_be_kept_in_a_file(run):
    assert run("summarise", "session.txt", "--out", "note.md").exit_code == 0
    assert "# " in Path("note.md").read_text(encoding="utf-8")


def test_a_model_is_refused_with_rule_and_remedy(run):
    refused = run("summarise", "session.txt", "--method", "model-a")
    assert refused.exit_code == 2
    assert "Rule: " in refused.stderr
    assert "upload the session in the web" in refused.stderr
    assert refused.stdout == ""


def test_a_file_that_is_no_transcript_is_told_with_a_remedy(run):
    Path("empty.txt").write_bytes(b"")
    refused = run("summarise", "empty.txt")
    assert refused.exit_code == 2
    assert len(refused.stderr.strip().splitlines()) >= 2
    assert "Traceback" not in refused.stderr


def test_a_file_that_is_not_there_is_told(run):
    assert run("summarise", "absent.txt").exit_code == 2


def test_a_safeguard_that_cannot_run_ends_it(run, monkeypatch):
    def fails(transcript, **_):
        raise SafeguardUnavailable("Grounding could not run.")

    monkeypatch.setattr(gateway, "summarise_file", fails)
    refused = run("summarise", "session.txt", "--out", "note.md")
    assert refused.exit_code == 2
    assert "Grounding could not run." in refused.stderr
    assert not Path("note.md").exists()


def test_an_unforeseen_fault_is_told_without_its_words(run, monkeypatch):
    def fails(transcript, **_):
        raise KeyError(transcript.utterances[1].text)

    monkeypatch.setattr(gateway, "summarise_file", fails)
    refused = run("summarise", "session.txt")
    assert refused.exit_code == 2
    assert "KeyError at test_cli.py" in refused.stderr
    assert "four hours" not in refused.output


def test_a_folder_that_is_not_there_is_told(run):
    refused = run("summarise", "session.txt", "--output", "json", "--out", "nowhere/note.json")
    assert refused.exit_code == 2
    assert "No such file" in refused.stderr


# A batch


def test_a_batch_keeps_its_order_and_ids(run):
    write_sessions(*[session(f"case {n}", f"About {n} hours.") for n in range(12)])
    assert run("summarise", "--jsonl", "in.jsonl", "out.jsonl", "--workers", "1").exit_code == 0
    drafts = read_drafts()
    assert [d["id"] for d in drafts] == [f"case {n}" for n in range(12)]
    assert {"id", "sections", "sentences", "risk"} <= set(drafts[0])
    assert drafts[7]["sentences"][0] == {
        "id": "s1",
        "section": "symptoms_and_history",
        "text": "About 7 hours.",
        "evidence": ["u2"],
        "status": "supported",
        "reasons": [],
    }


def test_a_bad_line_is_told_by_number_and_the_rest_is_done(run):
    write_sessions(session("a"), "not json at all", "", {"id": "c"}, session("d"))
    done = run("summarise", "--jsonl", "in.jsonl", "out.jsonl", "--workers", "1")
    assert done.exit_code == 3
    assert "Line 2: " in done.stderr
    assert "Line 4: " in done.stderr
    assert [(d.get("id"), d.get("line")) for d in read_drafts()] == [
        ("a", None),
        (None, 2),
        (None, 4),
        ("d", None),
    ]
    assert all(d["error"] for d in read_drafts() if "line" in d)


def test_a_session_that_fails_is_named_by_id_and_line_without_its_words(run, monkeypatch):
    def fails_once(transcript, **_):
        if "worst" in transcript.utterances[1].text:
            raise ValueError(transcript.utterances[1].text)
        return stand_in(transcript)

    monkeypatch.setattr(gateway, "summarise_file", fails_once)
    write_sessions(session("a"), session("b", "It was the worst week."), session("c"))
    done = run("summarise", "--jsonl", "in.jsonl", "out.jsonl", "--workers", "1")
    assert done.exit_code == 3
    first, second, third = read_drafts()
    assert (second["id"], second["line"]) == ("b", 2)
    assert "worst week" not in Path("out.jsonl").read_text(encoding="utf-8") + done.output
    assert "error" not in first | third


def test_bytes_that_are_no_text_spoil_only_their_line(run):
    good = json.dumps(session("a")).encode()
    Path("in.jsonl").write_bytes(b"\xff\xfe\x00\n" + good + b"\n")
    done = run("summarise", "--jsonl", "in.jsonl", "out.jsonl", "--workers", "1")
    assert done.exit_code == 3
    assert [d.get("id") for d in read_drafts()] == [None, "a"]


def test_an_endless_line_is_one_bad_line(run, monkeypatch):
    monkeypatch.setattr("thirdchair.cli.lines.MAX_BYTES", 300)
    long = json.dumps(session("long", "word " * 500))
    write_sessions(session("a"), long, session("b"))
    done = run("summarise", "--jsonl", "in.jsonl", "out.jsonl", "--workers", "1")
    assert done.exit_code == 3
    assert [d.get("id", d.get("line")) for d in read_drafts()] == ["a", 2, "b"]


def test_half_a_character_in_an_id_is_written_as_its_escape(run):
    write_sessions({**session("x"), "id": "half \ud800"})
    assert run("summarise", "--jsonl", "in.jsonl", "out.jsonl", "--workers", "1").exit_code == 0
    assert read_drafts()[0]["id"] == "half \ud800"


def test_an_interrupted_batch_leaves_no_file_that_looks_whole(run, monkeypatch):
    def interrupted(transcript, **_):
        if "stop" in transcript.utterances[1].text:
            raise KeyboardInterrupt
        return stand_in(transcript)

    monkeypatch.setattr(gateway, "summarise_file", interrupted)
    write_sessions(session("a"), session("b", "Please stop here."))
    assert run("summarise", "--jsonl", "in.jsonl", "out.jsonl", "--workers", "1").exit_code != 0
    assert not Path("out.jsonl").exists()
    assert json.loads(Path("out.jsonl.part").read_text(encoding="utf-8"))["id"] == "a"


def test_a_batch_is_read_no_further_than_it_needs(run, monkeypatch):
    """Bounded memory: the reader is at most one session ahead of the writer when one process works."""
    read: list[str] = []
    ahead: list[int] = []
    reads = cli.summarising.read_jsonl_sessions

    def counting(lines):
        for found in reads(lines):
            read.append(found[0])
            yield found

    def summarised(transcript, **_):
        ahead.append(len(read) - len(ahead))
        return stand_in(transcript)

    monkeypatch.setattr(cli.summarising, "read_jsonl_sessions", counting)
    monkeypatch.setattr(gateway, "summarise_file", summarised)
    write_sessions(*[session(str(n)) for n in range(50)])
    run("summarise", "--jsonl", "in.jsonl", "out.jsonl", "--workers", "1")
    assert set(ahead) == {1}


def test_two_processes_give_what_one_gives(tmp_path, monkeypatch):
    """With the real method, since a stand-in does not reach another process."""
    monkeypatch.chdir(tmp_path)
    write_sessions(*[session(f"case {n}", f"Badly, about {n} hours a night.") for n in range(3)], "not json")
    texts = []
    for workers in ("1", "2"):
        arguments = ["summarise", "--jsonl", "in.jsonl", "out.jsonl", "--workers", workers]
        assert CliRunner().invoke(cli.command_line(), arguments).exit_code == 3
        texts.append(Path("out.jsonl").read_text(encoding="utf-8"))
    assert texts[0] == texts[1]
    assert "error" not in json.loads(texts[0].splitlines()[0])
    assert len(texts[0].splitlines()) == 4


@pytest.mark.parametrize(
    ("arguments", "remedy"),
    [
        (("summarise", "--jsonl", "session.txt"), "OUT.JSONL"),
        (("summarise", "--jsonl", "session.txt", "session.txt"), "another file"),
        (("summarise", "session.txt", "out.jsonl"), "--jsonl"),
    ],
)
def test_a_batch_named_wrongly_is_refused_with_a_remedy(run, arguments, remedy):
    refused = run(*arguments)
    assert refused.exit_code == 2
    assert remedy in refused.stderr
    assert Path("session.txt").read_text(encoding="utf-8") == TRANSCRIPT


# The trail

WHOLE = Verified(count=42, head="f" * 64, checkpoints=1, key_id="key-1")


@pytest.fixture
def checked(monkeypatch):
    """What the verification was asked; it answers with `checked.answer`."""

    class Checked:
        answer = WHOLE
        asked: tuple[object, ...] = ()

    def verify_export(source, *, trusted_key_id, anchors):
        Checked.asked = (Path(source).read_bytes(), trusted_key_id, anchors)
        return Checked.answer

    monkeypatch.setattr(trail_command, "verify_export", verify_export)
    return Checked


def test_a_whole_trail_is_told_with_count_head_and_key(run, checked):
    told = run("trail", "verify", "session.txt")
    assert told.exit_code == 0
    assert all(word in told.stdout for word in ("whole", "42", "f" * 64, "key-1", "--key-id"))


def test_the_expected_key_and_the_anchors_are_passed_on(run, checked):
    told = run("trail", "verify", "session.txt", "--key-id", "key-1", "--anchors", "session.txt")
    assert checked.asked[1:] == ("key-1", Path("session.txt"))
    assert "--key-id" not in told.stdout


def test_a_broken_trail_is_told_with_its_place(run, checked):
    checked.answer = Broken(7, "An entry was edited.", 9)
    told = run("trail", "verify", "session.txt")
    assert told.exit_code == 1
    assert all(word in told.stdout for word in ("BROKEN", "entry 7", "line 9", "An entry was edited."))


def test_a_file_that_is_no_export_is_broken(run):
    assert run("trail", "verify", "session.txt").exit_code == 1


def test_without_an_export_the_installed_part_is_asked_for_its_trail(run, checked, monkeypatch):
    source = EntryPoint("web", "test_cli:write_own_trail", "thirdchair.trail_source")
    monkeypatch.setattr(trail_command, "entry_points", lambda group: [source])
    monkeypatch.setattr(EntryPoint, "load", lambda self: write_own_trail)
    assert run("trail", "verify").exit_code == 0
    assert checked.asked[0] == b"own trail"


def write_own_trail(target: Path) -> None:
    target.write_bytes(b"own trail")


def test_without_an_export_and_without_a_part_that_keeps_one_it_is_refused(run, monkeypatch):
    monkeypatch.setattr(trail_command, "entry_points", lambda group: [])
    refused = run("trail", "verify")
    assert refused.exit_code == 2
    assert "thirdchair trail verify EXPORT" in refused.stderr


# Plugins

plugin = typer.Typer()


@plugin.command()
def greet() -> None:
    """Greets."""
    typer.echo("hello from a plugin")


def test_commands_of_an_installed_part_stand_beside_the_own_ones(monkeypatch):
    monkeypatch.setattr(EntryPoint, "load", lambda self: plugin)
    app = cli.command_line([EntryPoint("web", "x:y", "thirdchair.commands")])
    assert "hello from a plugin" in CliRunner().invoke(app, ["greet"]).stdout
    shown = CliRunner().invoke(app, ["--help"]).stdout
    assert all(name in shown for name in ("summarise", "trail", "greet"))


def test_a_part_that_cannot_be_loaded_leaves_the_others_working(capsys):
    app = cli.command_line([EntryPoint("broken", "no_such_module:commands", "thirdchair.commands")])
    assert "“broken” could not be loaded" in capsys.readouterr().err
    assert CliRunner().invoke(app, ["summarise", "--help"]).exit_code == 0

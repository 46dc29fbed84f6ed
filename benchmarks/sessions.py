"""Sessions to measure on: our own, and open data sets that the reader of these words has downloaded.

Licences: ACI-Bench and MTS-Dialog CC BY 4.0, PriMock57 CC BY 4.0, MIBot CC BY-SA 4.0. None is part of this project.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from thirdchair.records import Component, Language, SpeakerRole, Transcript, Utterance

OURS: Final = Path(__file__).parent.parent / "src" / "thirdchair_web" / "demo" / "sessions"

_ROLES: Final = {
    "doctor": SpeakerRole.CLINICIAN,
    "clinician": SpeakerRole.CLINICIAN,
    "counsellor": SpeakerRole.CLINICIAN,
    "patient": SpeakerRole.PATIENT,
    "client": SpeakerRole.PATIENT,
}


@dataclass(frozen=True, slots=True)
class MeasuredSession:
    """A session with whatever people wrote about it.

    Args:
        id: of the session in its data set.
        note: the clinician's whole note, or "".
        sections: reference text by component, where the note has parts.
        risk: status by topic, where people labelled it.
        labels: a label per utterance, where there is one.
    """

    id: str
    transcript: Transcript
    note: str = ""
    sections: Mapping[Component, str] = field(default_factory=dict)
    risk: Mapping[str, str] = field(default_factory=dict)
    labels: tuple[str, ...] = ()


def transcript_of(
    turns: Sequence[tuple[str, SpeakerRole, str]], language: Language = Language.ENGLISH
) -> Transcript:
    """A transcript of (speaker, role, text) turns; empty ones are left out."""
    spoken = [(speaker, role, " ".join(text.split())) for speaker, role, text in turns if text.strip()]
    return Transcript(
        tuple(Utterance(f"u{n}", *turn) for n, turn in enumerate(spoken, start=1)),
        language,
    )


def our_sessions(folder: Path = OURS) -> tuple[MeasuredSession, ...]:
    """The demonstration clinic's sessions, written and labelled by this project."""
    return tuple(
        _ours(json.loads(path.read_text(encoding="utf-8"))) for path in sorted(folder.glob("*.json"))
    )


def _ours(value: Mapping[str, Any]) -> MeasuredSession:
    turns = [(u["speaker"], SpeakerRole(u["role"]), u["text"]) for u in value["utterances"]]
    reference = value.get("reference_summary", {})
    return MeasuredSession(
        id=value["id"],
        transcript=transcript_of(turns, language_of(value["language"])),
        note=" ".join(reference.values()),
        sections={Component(name): text for name, text in reference.items()},
        risk=value.get("risk", {}),
    )


def language_of(code: str) -> Language:
    """The product's language for a code that starts like it ("zh", "en-GB")."""
    return Language.CHINESE if code.lower().startswith("zh") else Language.ENGLISH


def mibot(data: Path) -> tuple[MeasuredSession, ...]:
    """Real smokers with a motivational-interviewing counsellor; labels are AutoMISC's, not people's."""
    lines = (data / "mibot" / "transcripts.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(_mibot(json.loads(line)) for line in lines if line.strip())


def _mibot(value: Mapping[str, Any]) -> MeasuredSession:
    spoken = [u for u in value["utterances"] if u["text"].strip()]
    return MeasuredSession(
        id=value["participant_id"],
        transcript=transcript_of([(u["speaker"], _ROLES[u["speaker"]], u["text"]) for u in spoken]),
        labels=tuple(u["auto_misc_label"] for u in spoken),
    )


def primock57(data: Path) -> tuple[MeasuredSession, ...]:
    """Role-played general-practice consultations, doctor and patient in two TextGrid files each."""
    return tuple(_primock(path) for path in sorted((data / "primock57").glob("*.json")))


def _primock(path: Path) -> MeasuredSession:
    spoken: list[tuple[float, str, str]] = []
    for speaker in ("doctor", "patient"):
        grid = path.with_name(f"{path.stem}_{speaker}.TextGrid").read_text(encoding="utf-8")
        spoken += [(start, speaker, text) for start, text in read_text_grid(grid)]
    turns = [(speaker, _ROLES[speaker], text) for _, speaker, text in sorted(spoken)]
    note = json.loads(path.read_text(encoding="utf-8"))["note"]
    return MeasuredSession(id=path.stem, transcript=transcript_of(turns), note=note)


_INTERVAL: Final = re.compile(r'xmin = ([\d.]+)\s+xmax = [\d.]+\s+text = "((?:[^"]|"")*)"')
_MARKUP: Final = re.compile(r"<[^>]*>")


def read_text_grid(text: str) -> Iterator[tuple[float, str]]:
    """Start in seconds and words of each spoken interval of a Praat TextGrid; marks such as <UNSURE> are dropped.

    >>> list(read_text_grid('xmin = 1.5 \\nxmax = 2 \\ntext = "<UNIN/> Hello there"'))
    [(1.5, 'Hello there')]
    """
    for start, spoken in _INTERVAL.findall(text):
        words = " ".join(_MARKUP.sub(" ", spoken.replace('""', '"')).split())
        if words:
            yield float(start), words


def aci_bench(data: Path, part: str) -> tuple[MeasuredSession, ...]:
    """Visits with the clinician's note. Parts: "valid" (20), "test1" (40)."""
    name = {"valid": "valid.csv", "test1": "clinicalnlp_taskB_test1.csv"}[part]
    return tuple(
        MeasuredSession(
            id=row["encounter_id"],
            transcript=transcript_of(tuple(_bracketed_turns(row["dialogue"]))),
            note=row["note"],
            sections=note_sections(row["note"]),
        )
        for row in _rows(data / "aci_bench" / name)
    )


def released_notes(data: Path, system: str) -> dict[str, str]:
    """The notes a system ("GPT-4", "ChatGPT") wrote for test1, by session, as ACI-Bench's authors released them."""
    return {row["encounter_id"]: row["note"] for row in _rows(data / "aci_bench" / f"test1{system}_.csv")}


def _bracketed_turns(dialogue: str) -> Iterator[tuple[str, SpeakerRole, str]]:
    for line in dialogue.splitlines():
        if match := re.match(r"\[(\w+)\]\s*(.*)", line):
            speaker = match[1].lower()
            yield speaker, _ROLES.get(speaker, SpeakerRole.COMPANION), match[2]


_PLAN_HEADING: Final = re.compile(r"PLAN|ASSESSMENT|INSTRUCTIONS|IMPRESSION")
_HEADING: Final = re.compile(r"^[A-Z][A-Z &/]{3,}:?$", re.MULTILINE)


def note_sections(note: str) -> dict[Component, str]:
    """A visit note's text by component: assessment and plan on one side, everything before on the other."""
    sections = {Component.SYMPTOMS_AND_HISTORY: "", Component.PLAN: ""}
    heading = ""
    for line in note.splitlines():
        if _HEADING.match(line.strip()):
            heading = line.strip()
            continue
        component = Component.PLAN if _PLAN_HEADING.search(heading) else Component.SYMPTOMS_AND_HISTORY
        sections[component] += line + "\n"
    return sections


_MTS_COMPONENT: Final = dict.fromkeys(
    ("PLAN", "ASSESSMENT", "DISPOSITION", "DIAGNOSIS", "EDCOURSE", "PROCEDURES"), Component.PLAN
)


def mts_dialog(data: Path, part: str) -> tuple[MeasuredSession, ...]:
    """Short dialogues with one note section each, the section's header given. Parts: "valid" (100), "test1" (200)."""
    name = {"valid": "MTS-Dialog-ValidationSet.csv", "test1": "MTS-Dialog-TestSet-1-MEDIQA-Chat-2023.csv"}[
        part
    ]
    return tuple(
        MeasuredSession(
            id=row["ID"],
            transcript=transcript_of(tuple(_named_turns(row["dialogue"]))),
            note=row["section_text"],
            sections={
                _MTS_COMPONENT.get(row["section_header"], Component.SYMPTOMS_AND_HISTORY): row["section_text"]
            },
        )
        for row in _rows(data / "mts_dialog" / name)
    )


def _named_turns(dialogue: str) -> Iterator[tuple[str, SpeakerRole, str]]:
    for line in dialogue.splitlines():
        speaker, colon, text = line.strip().partition(":")
        if colon:
            role = _ROLES.get(speaker.lower().split("_")[0], SpeakerRole.COMPANION)
            yield speaker.lower(), role, text


def _rows(path: Path) -> list[dict[str, str]]:
    csv.field_size_limit(10_000_000)
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))

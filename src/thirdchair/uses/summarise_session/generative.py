"""The model method: a model writes the draft, part by part, and every sentence must cite what it rests on.

It is a generator (see `records.chat`): it yields what to ask and receives the replies, and does no input or
output. What a model says of risk never overrides the rules: where they disagree the finding becomes UNCLEAR, so
that the reviewer must settle it. Every sentence leaves here UNSUPPORTED; grounding alone may say otherwise.

It does not catch a sentence that cites a real utterance and misreports it (grounding does, in part), nor what a
model leaves out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Generator, Iterable
from functools import cache
from importlib.resources import files
from typing import Final

from thirdchair.errors import ModelFailed
from thirdchair.records import (
    COMPONENTS,
    Ask,
    Component,
    Draft,
    Finish,
    Language,
    Message,
    Progress,
    Reply,
    RiskFinding,
    RiskStatus,
    Sentence,
    Support,
    Transcript,
)
from thirdchair.uses.summarise_session.model_reply import (
    PartReply,
    Problem,
    RiskReading,
    Statement,
    read_reply,
    reply_schema,
)
from thirdchair.uses.summarise_session.parts import Part, parts_of

REPLY_TOKENS: Final = 3000
"""Longest reply to one part; 15 sentences with their citations need about half of it."""

_MADE_OF: Final = ("generative.py", "model_reply.py", "parts.py", "prompt.md")

Flow = Generator[Progress | Ask, Reply | None, Draft]
_Asking = Generator[Progress | Ask, Reply | None, list[tuple[Part, PartReply]]]


def summarise(
    transcript: Transcript,
    *,
    risk: tuple[RiskFinding, ...],
    prompt: str,
    method: str,
    method_digest: str,
) -> Flow:
    """A draft of the whole session, written by a model.

    Args:
        transcript: the session.
        risk: what the rules found, one finding for every topic in order; the base that a model cannot override.
        prompt: `prompt.md`, with its sections for every language.
        method: the registered name of the model; method_digest likewise is the caller's to know.

    Raises:
        ModelFailed: it declined, its reply could not be read twice, or it was cut off on half a part.
    """
    words = prompt_in(prompt, transcript.language)
    parts = parts_of(transcript)
    read: list[tuple[Part, PartReply]] = []
    for place, part in enumerate(parts):
        yield Progress("reading", place, len(parts))
        read += yield from _read_part(part, words, may_split=True)
    yield Progress("reading", len(parts), len(parts))
    return Draft(
        sentences=merged(read),
        risk=settled(risk, read),
        method=method,
        method_digest=method_digest,
        language=transcript.language,
    )


@cache
def method_digest() -> str:
    """SHA-256, in hex, of the code and the prompt of this method; the model's own digest is apart from it."""
    here = files("thirdchair.uses.summarise_session")
    parts = (hashlib.sha256((here / name).read_bytes()).hexdigest() for name in _MADE_OF)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def prompt_in(prompt: str, language: Language) -> dict[str, str]:
    """The texts of `prompt.md` in one language: "task", and "repair" for a reply that could not be read.

    A heading "# en: task" opens a text; it ends at the next such heading.

    Raises:
        ValueError: one of them is missing, so the prompt is not fit for use.
    """
    texts: dict[str, list[str]] = {}
    current: list[str] = []
    for line in prompt.splitlines():
        if line.startswith("# "):
            current = texts.setdefault(line[2:].strip(), [])
        else:
            current.append(line)
    found = {name: "\n".join(texts.get(f"{language}: {name}", ())).strip() for name in ("task", "repair")}
    if not all(found.values()):
        raise ValueError(f"the prompt lacks a text for {language}")
    return found


def merged(read: Iterable[tuple[Part, PartReply]]) -> tuple[Sentence, ...]:
    """The statements of all parts as sentences: by component, then in the order of their evidence."""
    kept: dict[tuple[Component, str], tuple[str, set[str]]] = {}
    for part, reply in read:
        for statement in reply.statements:
            if not _belongs_to_the_part_before(statement, part):
                key = (statement.section, _bare(statement.text))
                kept.setdefault(key, (statement.text, set()))[1].update(part.known_ids & {*statement.cited})
    ordered = sorted(
        ((section, text, _in_order(cited)) for (section, _), (text, cited) in kept.items()),
        key=lambda found: (COMPONENTS.index(found[0]), not found[2], [_number(cited) for cited in found[2]]),
    )
    return tuple(_sentence(f"s{n}", *found) for n, found in enumerate(ordered, start=1))


def settled(risk: tuple[RiskFinding, ...], read: Iterable[tuple[Part, PartReply]]) -> tuple[RiskFinding, ...]:
    """The rules' findings, each UNCLEAR where the model reads the session differently."""
    replies = list(read)
    return tuple(
        _settle(
            finding,
            [
                (part, reading)
                for part, reply in replies
                for reading in reply.risk
                if reading.topic is finding.topic
            ],
        )
        for finding in risk
    )


def _read_part(part: Part, words: dict[str, str], *, may_split: bool) -> _Asking:
    outcome = yield from _ask_with_repair(part, words)
    if isinstance(outcome, PartReply):
        return [(part, outcome)]
    halves = part.halves() if may_split else None
    if halves is None:
        raise ModelFailed("cut_off")
    first = yield from _read_part(halves[0], words, may_split=False)
    second = yield from _read_part(halves[1], words, may_split=False)
    return first + second


def _ask_with_repair(
    part: Part, words: dict[str, str]
) -> Generator[Progress | Ask, Reply | None, PartReply | Finish]:
    """What the model read in this part, or CUT_OFF; one unreadable reply is asked for again."""
    problem: Problem | None = None
    for _ in range(2):
        reply = yield _ask(part, words, problem)
        if reply is None:
            raise TypeError("an Ask is answered with a Reply")
        if reply.finish is Finish.DECLINED:
            raise ModelFailed("declined")
        if reply.finish is Finish.CUT_OFF:
            return Finish.CUT_OFF
        outcome = read_reply(reply.text)
        if isinstance(outcome, PartReply):
            return outcome
        problem = outcome
    raise ModelFailed("unreadable")


def _ask(part: Part, words: dict[str, str], problem: Problem | None) -> Ask:
    """The instructions as the system's, the lines as the user's and nothing else there.

    The unreadable reply is not sent back: it may hold anything, and two user or assistant messages in a row are
    refused by some servers' templates.
    """
    repair = f"\n\n{words['repair'].replace('{problem}', problem)}" if problem else ""
    first_own = part.lines[0].utterance_id
    return Ask(
        messages=(
            Message("system", words["task"].replace("{first}", first_own) + repair),
            Message("user", part.text),
        ),
        schema=reply_schema(),
        max_tokens=REPLY_TOKENS,
    )


def _belongs_to_the_part_before(statement: Statement, part: Part) -> bool:
    """Whether it rests on nothing but context lines, which the part before has summarised with more around them."""
    context_only = part.known_ids - part.own_ids
    return bool(statement.cited) and context_only.issuperset(statement.cited)


def _sentence(sentence_id: str, section: Component, text: str, evidence: tuple[str, ...]) -> Sentence:
    return Sentence(
        id=sentence_id,
        section=section,
        text=text,
        evidence=evidence,
        status=Support.UNSUPPORTED,
        reasons=() if evidence else ("no_evidence",),
    )


def _settle(finding: RiskFinding, readings: list[tuple[Part, RiskReading]]) -> RiskFinding:
    status = _over_all_parts({reading.status for _, reading in readings})
    if status is finding.status:
        return finding
    cited = {found for part, reading in readings for found in part.known_ids & {*reading.cited}}
    return RiskFinding(
        finding.topic, RiskStatus.UNCLEAR, _in_order({*finding.evidence, *cited}), finding.timeframe
    )


def _over_all_parts(statuses: set[RiskStatus]) -> RiskStatus:
    """One status for the session: a danger affirmed in any part is affirmed, whatever is said later."""
    for status in (RiskStatus.AFFIRMED, RiskStatus.UNCLEAR, RiskStatus.DENIED):
        if status in statuses:
            return status
    return RiskStatus.NOT_ASKED


def _bare(text: str) -> str:
    """A sentence without case, spacing and its full stop: two that share it say the same.

    Nothing looser: a lost "not", or 1.5 mg read as 15 mg, makes another sentence.
    """
    return " ".join(text.casefold().split()).rstrip(".。")


def _in_order(utterance_ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(utterance_ids, key=_number))


def _number(utterance_id: str) -> int:
    return int(utterance_id[1:])

"""A governed draft of a document, without input or output of its own: a door asks, sends and receives for it.

In order: crisis screen in, its alert durable before any work -> policy at the moment of the call, and what the use itself
leaves to people, in the transaction of the trail entry -> what a model is asked is de-identified, checked for leaks,
allowed afresh and recorded before it leaves -> its reply is re-identified, and asked for once more where it cannot be read
or a danger was left out -> every sentence is grounded in the lines it cites, screened, checked for conduct and for contacts
-> the draft is committed to in the trail.

Nothing of a reply goes out before the whole of it is judged: a danger that was left out shows only at the end. A stream
tells at once that it is a draft, and then the draft. It is for staff alone; a patient's own words go through
`gateway.chat`, where the crisis card comes before every rule.

What it does not do: it keeps no draft. The trail holds a commitment to it; the clinician's own program has the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from thirdchair.errors import SafeguardUnavailable, ThirdchairError
from thirdchair.gateway import recording
from thirdchair.gateway.alerting import ALERT_FROM, alert_kept, dangers_of
from thirdchair.gateway.chat import (
    ChatDesk,
    ChatKind,
    ChatRequest,
    House,
    Outcome,
    newest_words,
)
from thirdchair.gateway.concealing import concealed_in
from thirdchair.gateway.desk import Alert
from thirdchair.gateway.guarding import guarded
from thirdchair.gateway.methods import method_digest
from thirdchair.gateway.revealing import revealed
from thirdchair.language.sentences import split_sentences
from thirdchair.language.when_said import read_time
from thirdchair.policy import Allowed, Refused, decide
from thirdchair.policy.decision import UseRefused
from thirdchair.records import Ask, Finish, Language, Reply, Timeframe, count_words
from thirdchair.safeguards.conduct import contacts, human_likeness, instructions_in, neutralised
from thirdchair.safeguards.crisis import CrisisReading, read_by_rule, screen
from thirdchair.safeguards.deidentify import DatePolicy, Deidentifier
from thirdchair.safeguards.entailment import support_in
from thirdchair.safeguards.entailment_source import read_source
from thirdchair.safeguards.streaming import Passage
from thirdchair.safeguards.streaming_judge import CRISIS, METHOD, without_unlisted
from thirdchair.trail.event import Event, EventKind
from thirdchair.uses import USES
from thirdchair.uses.draft_document.document import Document, DraftedSentence, SourceLine
from thirdchair.uses.draft_document.generative import DocumentRequest, Flow, draft
from thirdchair.uses.draft_document.human_only import LONGEST_REQUEST, human_only
from thirdchair.uses.draft_document.kinds import (
    FOR_PATIENTS,
    MOST_WORDS,
    DocumentKind,
    kind_named,
    kind_refusal,
    source_refusal,
)
from thirdchair.uses.draft_document.wording import DRAFT_HEAD

DRAFT_DOCUMENT: Final = "draft_document"
LONGEST_REPLY: Final = 100_000
"""Characters of a model's reply; a document of thirty sentences has about 6,000."""
LONGEST_LINE: Final = 60
"""Words; a longer line of the material is cut at its sentences, so that what a sentence cites can be found."""

_EMPTY_LINE: Final = re.compile(r"\n[ \t]*\n")
_WITHHELD: Final = {
    Language.ENGLISH: "[sentence removed: it speaks of danger, and no line bears it out]",
    Language.CHINESE: "[此句已移除：谈到危险，而材料中没有依据]",
}

_FROM_MATERIAL: Final = {
    Language.ENGLISH: "From the material for a letter or report, in a clinician's words:",
    Language.CHINESE: "摘自信函或报告的材料，为临床人员所写：",
}
"""Stands before the words of an alert, so that nobody takes them for the patient's own."""


def open_document(request: ChatRequest, house: House, *, kind: str = "") -> DocumentTurn:
    """Begins a draft: afterwards it has a question for its client (`ask`).

    Args:
        request: the first paragraph of the newest words is the purpose, what follows is the material, line by line.
        kind: of document; where it is "", the one that the purpose begins with.

    Raises:
        UseRefused: a rule closed the use, or a person must write this.
        SafeguardUnavailable: a check could not run.
        ValueError: the words are a patient's own, who is owed the crisis card before any rule.
    """
    if request.own_words:
        raise ValueError("a patient's own words go through open_chat")
    turn = DocumentTurn(request, house, kind)
    turn.open()
    return turn


@dataclass(slots=True)
class DocumentTurn:
    """One governed draft. `ask` is a question; then `release` its reply, `finish`, and `next_ask` until there is none."""

    request: ChatRequest
    house: House
    kind: str
    outcome: Outcome = field(default_factory=lambda: Outcome(ChatKind.DOCUMENT))
    said: None = None
    ask: Ask | None = None
    _purpose: str = ""
    _lines: tuple[SourceLine, ...] = ()
    _deidentifier: Deidentifier | None = None
    _flow: Flow | None = None
    _pieces: list[str] = field(default_factory=list[str])
    _length: int = 0
    _begun: bool = False
    _over: bool = False

    def open(self) -> None:
        """Screens, alerts, decides, and asks the first question."""
        self._purpose, material = parts_of("\n\n".join(newest_words(self.request.messages)))
        self._lines = guarded(lambda: tuple(lines_of(material)))
        self.kind = self.kind or kind_named(self._purpose)
        self._screen_in()
        refused = self._left_to_people()
        concealed = None if refused or self.house.client is None else self._first_ask()
        with self.house.clinic.transaction() as desk:
            decision = self._decide(desk)
            if isinstance(decision, Allowed) and refused:
                decision = refused
            desk.record(recording.requested(self._asked_for, decision))
            if isinstance(decision, Allowed) and concealed:
                self._record_call(desk, *concealed)
        if isinstance(decision, Refused):
            self.ask = None
            raise UseRefused(decision)

    def release(self, piece: str) -> str:
        """Takes a piece of the reply. Only the words that this is a draft go out before the whole is judged."""
        self._pieces.append(piece)
        self._length += len(piece)
        if self._begun:
            return ""
        self._begun = True
        return self._opening

    def released(self, piece: str) -> Iterator[str]:
        """The same: there is nothing to send sentence by sentence."""
        yield self.release(piece)

    @property
    def is_stopped(self) -> bool:
        """Whether the reply is longer than any document."""
        return self._length > LONGEST_REPLY

    def still_allowed(self) -> None:
        """Asks policy again, while a model is at work.

        Raises:
            UseRefused: a rule has closed the use since.
        """
        with self.house.clinic.transaction() as desk:
            self._refuse_unless_allowed(desk)

    def finish(self, *, cut_off: bool = False) -> str:
        """The judged draft, recorded; "" where the model is to be asked again (`next_ask`).

        Args:
            cut_off: whether the model reached its longest reply.

        Raises:
            UseRefused: a rule has closed the use since.
            ModelFailed: the model gave nothing usable.
        """
        try:
            return self._finished(cut_off=cut_off)
        except ThirdchairError:
            self.abandon()
            raise

    def next_ask(self) -> Ask | None:
        """The question that `finish` left open, or None."""
        return None if self._over else self.ask

    def abandon(self) -> None:
        """Writes down that no draft was made: its reader left, its model failed, or a rule closed the use."""
        if self._over:
            return
        self._over = True
        with self.house.clinic.transaction() as desk:
            desk.record(
                recording.event_of(
                    self._asked_for, EventKind.WORK_STOPPED, run=self.request.run, why="no_draft"
                )
            )

    @property
    def _opening(self) -> str:
        return DRAFT_HEAD[self.request.language] + "\n\n"

    def _finished(self, *, cut_off: bool) -> str:
        text, self._length = "".join(self._pieces), 0
        self._pieces.clear()
        reply = Reply(
            guarded(lambda: revealed(text, self._known_deidentifier())),
            Finish.CUT_OFF if cut_off else Finish.STOP if text.strip() else Finish.DECLINED,
        )
        made = guarded(lambda: self._advanced(reply))
        if isinstance(made, Ask):
            ask, count = concealed_in(made, self._known_deidentifier())
            with self.house.clinic.transaction() as desk:
                self._refuse_unless_allowed(desk)
                self._record_call(desk, ask, count)
            return ""
        judged = guarded(lambda: self._judged(made))
        words = judged.text
        self._tell(judged)
        with self.house.clinic.transaction() as desk:
            self._refuse_unless_allowed(desk)
            desk.record(self._reply_sent(words))
        self._over = True
        return words.removeprefix(self._opening) if self._begun else words

    def _advanced(self, reply: Reply) -> Document | Ask:
        """The document, or what the method asks next."""
        if self._flow is None:
            raise ValueError("no model was asked in this turn")
        try:
            step = self._flow.send(reply)
        except StopIteration as done:
            return done.value
        if not isinstance(step, Ask):
            raise TypeError("a document is drafted in questions alone")
        return step

    def _screen_in(self) -> None:
        """Raises an alert for what calls for a person, whoever's words tell it: durable before any work.

        A clinician writes of the patient in the third person, which the screen counts as someone else's danger. So what
        the rules find counts too, unless it is denied or past; but not in a sheet, which speaks of nobody.
        """
        material = [line.text for line in self._lines]
        if (
            sum(map(count_words, material)) > MOST_WORDS
        ):  # refused below; line by line it would hold up others
            material = ["\n".join(material)]
        texts = (self._purpose, *material)
        read = guarded(lambda: [(text, screen(text)) for text in texts])
        self.outcome.level = max(_told(reading) for _, reading in read)
        urgent = [
            (text, reading) for text, reading in read if reading.needs_person or self._is_told(text, reading)
        ]
        if not urgent:
            return
        dangers = tuple(sorted({danger for _, reading in urgent for danger in dangers_of(reading)}))
        alert = Alert(max(_told(reading) for _, reading in urgent), dangers, ())
        words = "\n".join([_FROM_MATERIAL[self.request.language], *(text for text, _ in urgent)])
        if not alert_kept(self.house.clinic, alert, words, run=self.request.run):
            raise SafeguardUnavailable("The alert could not be kept; nothing was made.")
        self.outcome.alerted = True

    def _is_told(self, text: str, reading: CrisisReading) -> bool:
        return (
            self.kind != DocumentKind.EDUCATION_SHEET
            and _told(reading) >= ALERT_FROM
            and read_time(text) is not Timeframe.PAST
        )

    def _left_to_people(self) -> Refused | None:
        """Why this is not drafted whatever policy says, or None."""
        if (
            len(self._purpose) > LONGEST_REQUEST
        ):  # what is not read is not cleared of being a person's to write
            found = {"found": str(len(self._purpose)), "most": str(LONGEST_REQUEST)}
            return Refused("document.long_purpose", found)
        return guarded(
            lambda: human_only(self._purpose) or kind_refusal(self.kind) or source_refusal(self._lines)
        )

    def _first_ask(self) -> tuple[Ask, int] | None:
        if self.house.client is None:
            return None
        use = USES[DRAFT_DOCUMENT]
        asked = DocumentRequest(DocumentKind(self.kind), self._purpose, self._lines, self.request.language)
        self._deidentifier = Deidentifier(
            self.request.language, self.house.names, date_policy=DatePolicy.for_needs(use.needs)
        )
        self._flow = draft(
            asked,
            prompt=use.prompt,
            method=self.house.client.name,
            method_digest=method_digest(self.house.client, DRAFT_DOCUMENT),
            fenced=neutralised,
        )
        first = guarded(lambda: next(flow) if (flow := self._flow) else None)
        return concealed_in(first, self._known_deidentifier()) if isinstance(first, Ask) else None

    def _known_deidentifier(self) -> Deidentifier:
        if self._deidentifier is None:
            raise SafeguardUnavailable("Nothing was concealed, so nothing can be revealed.")
        return self._deidentifier

    def _judged(self, document: Document) -> Document:
        """The document with every sentence checked, and without what may not go out."""
        texts = {line.id: line.text for line in document.lines}
        checked = {
            one.id: self._checked(one, [texts[line] for line in one.evidence]) for one in document.sentences
        }
        sentences = tuple(replace(one, text=checked[one.id][0]) for one in document.sentences)
        return replace(document, sentences=sentences).judged(lambda one, _: checked[one.id][1])

    def _checked(self, sentence: DraftedSentence, sources: Sequence[str]) -> tuple[str, tuple[str, ...]]:
        """The sentence as it may go out, and the names of the checks it fails."""
        text = sentence.text
        found = support_in(read_source("\n".join(sources)), text)
        reasons = list(map(str, found.reasons)) if not found.supported else []
        if human_likeness(text):
            reasons.append("human_likeness")
        if instructions_in(text):
            reasons.append("instruction")
        known = {contact.normalised for source in sources for contact in contacts(source)}
        beyond = without_unlisted(
            Passage("", "", text, whole=True), (*self.house.listed, *known), self.request.language
        )
        if _told(read_by_rule(text)) >= METHOD and (reasons or self.kind in FOR_PATIENTS):
            text = _WITHHELD[self.request.language] if reasons else text
            return text, (*reasons, CRISIS)
        return (text, tuple(reasons)) if beyond is None else (beyond.text, (*reasons, beyond.reason))

    def _tell(self, document: Document) -> None:
        reasons = [reason for one in document.sentences for reason in one.reasons]
        cited = {line for one in document.sentences for line in one.evidence}
        self.outcome.sources = tuple(line.id for line in document.lines if line.id in cited)
        self.outcome.filters = tuple(dict.fromkeys([*reasons, *(["left_out"] if document.left_out else [])]))
        self.outcome.document = document.as_json()
        told = max((_told(read_by_rule(one.text)) for one in document.sentences), default=0)
        self.outcome.level = max(self.outcome.level, told)

    def _decide(self, desk: ChatDesk) -> Allowed | Refused:
        if barred := self.house.form_refusal(self.request.messages):
            return barred
        return decide(
            USES[DRAFT_DOCUMENT].terms,
            method=self.request.method,
            language=str(self.request.language),
            moment=desk.moment(),
        )

    def _refuse_unless_allowed(self, desk: ChatDesk) -> None:
        decision = self._decide(desk)
        if isinstance(decision, Refused):
            raise UseRefused(decision)

    def _record_call(self, desk: ChatDesk, ask: Ask, concealed: int) -> None:
        desk.record(recording.model_called(self._asked_for, self.house.client, ask, concealed=concealed))
        self.ask = ask

    def _reply_sent(self, words: str) -> Event:
        return recording.reply_sent(
            self._asked_for,
            self.house.client,
            words,
            kind=str(self.outcome.kind),
            level=self.outcome.level,
            filters=self.outcome.filters,
            sources=self.outcome.sources,
        )

    @property
    def _asked_for(self) -> ChatRequest:
        """The request by the name of the use that it came to."""
        return replace(self.request, use=DRAFT_DOCUMENT)


def parts_of(words: str) -> tuple[str, str]:
    """Purpose and material: the first paragraph, and what stands after the first empty line.

    >>> parts_of("Report for the GP\\n\\nShe sleeps badly.\\nShe works.")
    ('Report for the GP', 'She sleeps badly.\\nShe works.')
    """
    plain = words.replace("\r\n", "\n").replace("\r", "\n").strip()
    purpose, *material = _EMPTY_LINE.split(plain, maxsplit=1)
    return " ".join(purpose.split()), "".join(material)


def lines_of(material: str) -> Iterator[SourceLine]:
    """The material in lines "d1", "d2", ...; a long line is cut at its sentences."""
    texts = (text for line in material.splitlines() for text in _cut(line))
    for place, text in enumerate((text for text in texts if text.strip()), start=1):
        yield SourceLine(f"d{place}", text)


def _cut(line: str) -> list[str]:
    return [line] if count_words(line) <= LONGEST_LINE else [one.text for one in split_sentences(line)]


def _told(reading: CrisisReading) -> int:
    """The highest rung that a text tells of without denying it, whoever's it is, 0 to 6."""
    return max([reading.level, *(span.level for span in reading.spans if not span.negated)])

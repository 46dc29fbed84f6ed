"""A drafted document: sentences with the lines they rest on, and the dangers it does not tell of. Always a draft."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from thirdchair.language.negation import negated
from thirdchair.language.risk_terms import Danger, find_mentions
from thirdchair.records import Language, RiskTopic, Support
from thirdchair.uses.draft_document.wording import (
    DRAFT_FOOT,
    DRAFT_HEAD,
    KIND_TITLES,
    LEFT_OUT,
    LINES,
    PART_TITLES,
    UNSUPPORTED,
)
from thirdchair.uses.prompts import one_line

if TYPE_CHECKING:
    from thirdchair.uses.draft_document.kinds import DocumentKind

_TOPICS: Final[Mapping[Danger, RiskTopic]] = {Danger(str(topic)): topic for topic in RiskTopic}


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One line of the material.

    Args:
        id: "d1", "d2", ... in order.
        text: put on one line.
        affirmed: dangers it affirms; what its words say is added to what the caller knows.
    """

    id: str
    text: str
    affirmed: frozenset[RiskTopic] = frozenset()

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", one_line(self.text))
        object.__setattr__(self, "affirmed", self.affirmed | affirmed_in(self.text))


@dataclass(frozen=True, slots=True)
class DraftedSentence:
    """One sentence of a document.

    Args:
        id: "s1", "s2", ... in reading order.
        part: of the document.
        evidence: ids of the lines it rests on, in the order of the material.
        status: what grounding found; a method leaves it UNSUPPORTED.
        reasons: names of the checks it failed.
    """

    id: str
    part: str
    text: str
    evidence: tuple[str, ...]
    status: Support = Support.UNSUPPORTED
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """What a model drafted. It has no form without the words that it is a draft.

    Args:
        purpose: in the clinician's words.
        sentences: in reading order.
        lines: the material, in order.
        method: the registered name of the model.
        method_digest: SHA-256 of what made it.
    """

    kind: DocumentKind
    purpose: str
    sentences: tuple[DraftedSentence, ...]
    lines: tuple[SourceLine, ...]
    method: str
    method_digest: str
    language: Language
    _by_id: Mapping[str, SourceLine] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_id", {line.id: line for line in self.lines})

    @property
    def left_out(self) -> tuple[str, ...]:
        """Ids of the lines that affirm a danger which no sentence tells: the signer must see them.

        A sentence tells a danger of a line when it cites the line, names the danger without denying it, and has failed
        no check.
        """
        return left_out_of(self.lines, self.sentences)

    @property
    def unsupported(self) -> tuple[DraftedSentence, ...]:
        """Sentences that may not be signed unedited."""
        return tuple(one for one in self.sentences if one.status is Support.UNSUPPORTED)

    def judged(self, faults: Callable[[DraftedSentence, tuple[str, ...]], Iterable[str]]) -> Document:
        """The document with every sentence checked.

        Args:
            faults: given a sentence and the texts of its lines, the names of the checks it fails; none means that its
                lines bear it out. The gateway's, since a use knows no safeguard.
        """
        return replace(self, sentences=tuple(self._judged(one, faults) for one in self.sentences))

    @property
    def text(self) -> str:
        """The document as a person reads it: marked as a draft at its head and foot, what is wanting marked too, and the
        lines it rests on beneath it."""
        titles, kind = PART_TITLES[self.language], KIND_TITLES[self.language][self.kind]
        named = self.purpose.casefold().startswith(kind.casefold())
        blocks = [DRAFT_HEAD[self.language], self.purpose if named else f"{kind} · {self.purpose}"]
        for part in dict.fromkeys(one.part for one in self.sentences):
            said = [self._line(one) for one in self.sentences if one.part == part]
            blocks.append("\n".join([titles[part], *said]) if titles[part] else "\n".join(said))
        if missing := self.left_out:
            blocks.append(LEFT_OUT[self.language].format(lines=", ".join(missing)))
        shown = {line for one in self.sentences for line in one.evidence} | set(missing)
        listed = [f"[{line.id}] {line.text}" for line in self.lines if line.id in shown]
        blocks.append("\n".join([LINES[self.language], *listed]))
        return "\n\n".join([*blocks, DRAFT_FOOT[self.language]])

    def as_json(self) -> dict[str, Any]:
        """Plain values, for a program that shows each sentence beside its lines."""
        return {
            "kind": str(self.kind),
            "purpose": self.purpose,
            "sentences": [
                {
                    "id": one.id,
                    "part": one.part,
                    "text": one.text,
                    "evidence": list(one.evidence),
                    "status": str(one.status),
                    "reasons": list(one.reasons),
                }
                for one in self.sentences
            ],
            "lines": {line.id: line.text for line in self.lines},
            "left_out": list(self.left_out),
        }

    def _line(self, sentence: DraftedSentence) -> str:
        mark = f" {UNSUPPORTED[self.language]}" if sentence.status is Support.UNSUPPORTED else ""
        return f"{sentence.text} [{', '.join(sentence.evidence)}]{mark}"

    def _judged(
        self,
        sentence: DraftedSentence,
        faults: Callable[[DraftedSentence, tuple[str, ...]], Iterable[str]],
    ) -> DraftedSentence:
        found = tuple(faults(sentence, tuple(self._by_id[one].text for one in sentence.evidence)))
        status = Support.UNSUPPORTED if found else Support.SUPPORTED
        return replace(sentence, status=status, reasons=found)


def left_out_of(lines: Iterable[SourceLine], sentences: Iterable[DraftedSentence]) -> tuple[str, ...]:
    """Ids of the lines that affirm a danger which no sentence tells; see `Document.left_out`."""
    told: dict[str, set[RiskTopic]] = {}
    for sentence in sentences:
        if not sentence.reasons:
            topics = affirmed_in(sentence.text)
            for line in sentence.evidence:
                told.setdefault(line, set()).update(topics)
    return tuple(line.id for line in lines if line.affirmed - told.get(line.id, set()))


def affirmed_in(text: str) -> frozenset[RiskTopic]:
    """The dangers that a text names without denying them.

    It does not see hints, nor danger in words the lexicon lacks; words of the danger that are only its topic ("drugs")
    affirm nothing.

    >>> sorted(affirmed_in("She told me that she wants to kill herself. She does not cut herself."))
    [<RiskTopic.SUICIDE: 'suicide'>]
    """
    return frozenset(
        _TOPICS[mention.danger]
        for mention in find_mentions(text, _TOPICS.keys())
        if mention.rung > 0 and not negated(text, mention.start, mention.end)
    )

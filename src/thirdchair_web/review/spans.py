"""Where each sentence of a note comes from: the machine, the machine and a person, or a person."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from difflib import SequenceMatcher

from thirdchair.records import COMPONENTS, Draft, Origin, Sentence, Span


def spans_of(
    made: Draft, *, texts: Mapping[str, str], dropped: Collection[str], added: Mapping[str, str]
) -> tuple[Span, ...]:
    """The spans of a note: kept sentences in the draft's order by component, then the person's own words."""
    spans: list[Span] = []
    for component in COMPONENTS:
        for sentence in made.section(component):
            text = texts.get(sentence.id, sentence.text).strip()
            if sentence.id not in dropped and text:
                spans.append(_span(sentence, text))
        own = added.get(str(component), "").strip()
        if own:
            spans.append(Span(component, own, Origin.HUMAN, (), 0.0))
    return tuple(spans)


def machine_share(machine: str, signed: str) -> float:
    """Share of the signed characters that stand in the machine's text in the same order, 0 to 1.

    >>> machine_share("slept four hours", "slept four hours")
    1.0
    >>> machine_share("slept four hours", "appetite is back")
    0.25
    """
    if not signed:
        return 0.0
    matcher = SequenceMatcher(None, machine, signed, autojunk=False)
    same = sum(block.size for block in matcher.get_matching_blocks())
    return round(same / len(signed), 3)


def _span(sentence: Sentence, text: str) -> Span:
    if text.split() == sentence.text.split():
        return Span(sentence.section, text, Origin.MACHINE, sentence.evidence, 1.0)
    share = machine_share(sentence.text, text)
    return Span(sentence.section, text, Origin.EDITED, sentence.evidence, share)

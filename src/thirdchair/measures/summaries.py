"""What a summary leaves out, makes up and puts in the wrong mouth, from rows that somebody judged.

ROUGE stands beside these figures and never before them: on 400 machine summaries with facts counted by hand its correlation
with invented facts was -.08 (MTS-Dialog, recomputed).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from thirdchair.measures.estimate import Estimate, Provenance, Unscored
from thirdchair.measures.unread import share

Kind = Literal["fact", "risk", "pertinent negative"]


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One thing that the reference says a summary of a session must hold, and whether it does.

    Args:
        session: which.
        kind: a risk is any fact of danger; a pertinent negative is a danger or symptom that was asked for and denied.
        covered: as judged; None where the judge gave no readable answer or there is no summary.
    """

    session: Hashable
    kind: Kind
    covered: bool | None


@dataclass(frozen=True, slots=True)
class JudgedSentence:
    """One sentence of a summary, as judged.

    Args:
        session: which.
        supported: whether the session bears it out; None where not judged.
        asked_component: the part of the summary it stands in ("symptom and history").
        judged_component: the part it belongs to; None where not judged.
        said_by: who the sentence holds to have said or felt it; None where it names nobody.
        truly_by: who did; None where not judged.
    """

    session: Hashable
    supported: bool | None
    asked_component: str
    judged_component: str | None
    said_by: str | None = None
    truly_by: str | None = None


def checklist_coverage(items: Sequence[ChecklistItem], *, provenance: Provenance) -> Estimate | Unscored:
    """The share of all items that the summaries hold; unjudged items widen the interval.

    >>> here = Provenance("example", "by hand", "2025-01-01", 0, "Wilson 1927")
    >>> items = [ChecklistItem(n, "risk" if n % 2 else "fact", n > 1) for n in range(8)]
    >>> checklist_coverage(items, provenance=here).value
    0.75
    """
    return _covered(items, None, provenance, "share of checklist items covered")


def risk_omission(items: Sequence[ChecklistItem], *, provenance: Provenance) -> Estimate | Unscored:
    """The share of facts of danger that the summaries leave out, lower is better. `Unscored` where there are none.

    >>> here = Provenance("example", "by hand", "2025-01-01", 0, "Wilson 1927")
    >>> risk_omission([ChecklistItem(n, "risk", n > 1) for n in range(8)], provenance=here).value
    0.25
    """
    risks = [item for item in items if item.kind == "risk"]
    left_out = [None if item.covered is None else not item.covered for item in risks]
    return share(
        left_out,
        [item.session for item in risks],
        provenance=provenance,
        unit="share of risk facts omitted",
        direction="lower",
    )


def pertinent_negative_recall(
    items: Sequence[ChecklistItem], *, provenance: Provenance
) -> Estimate | Unscored:
    """The share of denials that matter and that the summaries hold ("no thoughts of suicide").

    >>> here = Provenance("example", "by hand", "2025-01-01", 0, "Wilson 1927")
    >>> pertinent_negative_recall([ChecklistItem(1, "risk", True)], provenance=here)
    Unscored(reason='nothing to count')
    """
    return _covered(items, "pertinent negative", provenance, "share of pertinent negatives recalled")


def _covered(
    items: Sequence[ChecklistItem], kind: Kind | None, provenance: Provenance, unit: str
) -> Estimate | Unscored:
    kept = [item for item in items if kind is None or item.kind == kind]
    return share(
        [item.covered for item in kept], [item.session for item in kept], provenance=provenance, unit=unit
    )


def unsupported_share(sentences: Sequence[JudgedSentence], *, provenance: Provenance) -> Estimate | Unscored:
    """The share of sentences that the session does not bear out, lower is better.

    >>> here = Provenance("example", "by hand", "2025-01-01", 0, "Wilson 1927")
    >>> unsupported_share([JudgedSentence(n, n != 3, "plan", "plan") for n in range(10)], provenance=here).value
    0.1
    """
    return share(
        [None if sentence.supported is None else not sentence.supported for sentence in sentences],
        [sentence.session for sentence in sentences],
        provenance=provenance,
        unit="share of sentences unsupported",
        direction="lower",
    )


def component_leakage(sentences: Sequence[JudgedSentence], *, provenance: Provenance) -> Estimate | Unscored:
    """The share of sentences that stand in another part of the summary than they belong to, lower is better.

    >>> here = Provenance("example", "by hand", "2025-01-01", 0, "Wilson 1927")
    >>> component_leakage([JudgedSentence(n, True, "plan", "plan" if n else "history") for n in range(5)],
    ...     provenance=here).value
    0.2
    """
    return share(
        [None if s.judged_component is None else s.judged_component != s.asked_component for s in sentences],
        [sentence.session for sentence in sentences],
        provenance=provenance,
        unit="share of sentences in the wrong component",
        direction="lower",
    )


def component_table(sentences: Sequence[JudgedSentence]) -> dict[tuple[str, str | None], int]:
    """How many sentences stand in each part and belong to each, (asked, judged).

    >>> component_table([JudgedSentence(1, True, "plan", "history"), JudgedSentence(1, True, "plan", None)])
    {('plan', 'history'): 1, ('plan', None): 1}
    """
    return dict(Counter((s.asked_component, s.judged_component) for s in sentences))


def attribution_flips(sentences: Sequence[JudgedSentence], *, provenance: Provenance) -> Estimate | Unscored:
    """The share of sentences naming a person that name the wrong one, lower is better.

    >>> here = Provenance("example", "by hand", "2025-01-01", 0, "Wilson 1927")
    >>> rows = [JudgedSentence(n, True, "plan", "plan", "patient", "mother" if n == 2 else "patient") for n in range(4)]
    >>> attribution_flips(rows, provenance=here).value
    0.25
    """
    named = [sentence for sentence in sentences if sentence.said_by is not None]
    return share(
        [None if sentence.truly_by is None else sentence.said_by != sentence.truly_by for sentence in named],
        [sentence.session for sentence in named],
        provenance=provenance,
        unit="share of attributions flipped",
        direction="lower",
    )


@dataclass(frozen=True, slots=True)
class Overlap:
    """How much two texts share, each 0 to 1.

    Args:
        precision: share of the text that is in the reference.
        recall: share of the reference that is in the text.
    """

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean; 0 where nothing is shared."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both > 0 else 0.0


_NOT_A_WORD: Final = re.compile("[^a-z0-9]+")


def _words(text: str) -> list[str]:
    return _NOT_A_WORD.sub(" ", text.lower()).split()


def rouge_n(reference: str, text: str, n: int) -> Overlap:
    """The overlap of runs of n words, unstemmed, counted as often as they occur in both.

    Words are runs of a-z and 0-9, so nothing is counted in Chinese.

    Raises:
        ValueError: n below 1.

    Source:
        Lin 2004, Text Summarization Branches Out, 74-81; the figures of the package rouge-score 0.1.2.

    >>> round(rouge_n("She sleeps badly and eats little.", "She eats little, sleeps badly.", 2).f1, 3)
    0.444
    """
    if n < 1:
        raise ValueError("a run has at least one word")
    expected, given = _runs(_words(reference), n), _runs(_words(text), n)
    return _overlap((expected & given).total(), given.total(), expected.total())


def _runs(words: list[str], n: int) -> Counter[tuple[str, ...]]:
    return Counter(tuple(words[at : at + n]) for at in range(len(words) - n + 1))


def _overlap(shared: int, given: int, expected: int) -> Overlap:
    return Overlap(shared / max(given, 1), shared / max(expected, 1))


def rouge_l(reference: str, text: str) -> Overlap:
    """The overlap by the longest run of words in the same order, gaps allowed, over the whole text.

    Source: as `rouge_n`.

    >>> round(rouge_l("She sleeps badly and eats little.", "She eats little, sleeps badly.").f1, 3)
    0.545
    """
    expected, given = _words(reference), _words(text)
    return _overlap(_longest(expected, given), len(given), len(expected))


def _longest(first: list[str], second: list[str]) -> int:
    """The length of the longest common subsequence, a row of bits at a time (Hyyrö 2004)."""
    places: dict[str, int] = {}
    for at, word in enumerate(first):
        places[word] = places.get(word, 0) | (1 << at)
    everything = (1 << len(first)) - 1
    row = everything
    for word in second:
        matched = row & places.get(word, 0)
        row = ((row + matched) | (row - matched)) & everything
    return len(first) - row.bit_count()


def rouge_lsum(reference: str, text: str) -> Overlap:
    """The overlap by longest runs line by line: of each line of the reference, what any line of the text has in order.

    Papers on summaries mostly print this one as ROUGE-L. Sentences stand one to a line.

    Source: as `rouge_n`; section 3.2.

    >>> rouge_lsum("She sleeps badly.\\nShe eats little.", "She eats little.\\nShe sleeps badly.").f1
    1.0
    """
    expected, given = ([_words(line) for line in whole.split("\n") if line] for whole in (reference, text))
    left_there, left_here = (
        Counter(word for line in expected for word in line),
        Counter(w for line in given for w in line),
    )
    there, here, shared = left_there.total(), left_here.total(), 0
    for line in expected:
        met: set[int] = set()
        for other in given:
            met.update(_places_met(line, other))
        for at in sorted(met):
            word = line[at]
            if left_there[word] > 0 and left_here[word] > 0:
                shared += 1
                left_there[word] -= 1
                left_here[word] -= 1
    return _overlap(shared, here, there)


def _places_met(line: list[str], other: list[str]) -> list[int]:
    """Places in a line of one longest common subsequence; of several, the one that the published package takes."""
    if not set(line) & set(other):
        return []
    table = [[0] * (len(other) + 1) for _ in range(len(line) + 1)]
    for i, word in enumerate(line, start=1):
        above, row = table[i - 1], table[i]
        for j, against in enumerate(other, start=1):
            row[j] = above[j - 1] + 1 if word == against else max(above[j], row[j - 1])
    places: list[int] = []
    i, j = len(line), len(other)
    while i > 0 and j > 0:
        if line[i - 1] == other[j - 1]:
            places.append(i - 1)
            i, j = i - 1, j - 1
        elif table[i][j - 1] > table[i - 1][j]:
            j -= 1
        else:
            i -= 1
    return places

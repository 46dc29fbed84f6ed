"""Hybrid search: words and vectors find candidates, and how a question and a page's name agree puts them in order.

What it does not do: understand. A question is matched by its words and by words near in meaning; "not", order and
who is meant are not seen. Chinese is matched by pairs of characters alone, since no vectors of Chinese are shipped.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from thirdchair.library.passage import Passage
from thirdchair.library.search_words import (
    LONGEST_QUESTION,
    asked_words,
    is_function_pair,
    stem,
    topic_words,
)
from thirdchair.library.store import SATURATION, Entry, PassageStore, told_of, word_rarity
from thirdchair.library.subject import subject_of
from thirdchair.library.token_vectors import token_vectors
from thirdchair.records import Language

CANDIDATES: Final = 30
"""Passages that each of the two ways may bring in."""

_MEANING, _NAMED, _NAME_SAID = 0.5, 0.35, 0.35
"""What the vectors' likeness, the share of the question that the page's names hold, and the share of the name that the
question holds count, beside the share of the best possible BM25 score (1)."""

_ASPECT_WORDS: Final = """
    symptom symptoms sign signs treatment treatments treat treated treating cause causes caused causing cure
    outlook prognosis research clinical trial trials genetic genetics genes change changes related inherit inherited
    heritable affected common prevent prevention diagnose diagnosed diagnosis test tests exam exams risk risks help helps
    helping helped cope coping deal live living manage managing support long take takes time work works effect effects side
    safe dangerous normal happen happens feel feels feeling make makes made need needs use used good bad best better worse
    doctor different difference type types kind kinds understand learn find give start stop disorder disorders syndrome
    disease illness condition mental health real
"""
_ASPECTS: Final = frozenset(stem(word) for word in _ASPECT_WORDS.split())
"""What is asked about a topic, rather than the topic: it counts little in deciding whether a page is about it."""
_CHINESE_ASPECT_PAIRS: Final = (
    "症状 治疗 原因 引起 怎么 么办 办法 方法 什么 是什 预防 诊断 检查 遗传 帮助 需要 可以 应该 如何 多久 时间 有用 没有 知道 医生 正常"
    " 时候 自己 别人 吃药 药物 影响 会不 不会 是不 不是 能不 不能 为什 区别 表现 严重 心理 障碍 疾病 综合 合征"
)
_CHINESE_ASPECTS: Final = frozenset(_CHINESE_ASPECT_PAIRS.split())
_ASPECT_SHARE: Final = 0.25

_ASKS_WHAT_IT_IS: Final = re.compile(
    r"^\s*what(?:'s| is| are| does)\b(?: \w{1,20}){1,4}(?: mean)?\s*\??\s*$|什么是|是什么", re.IGNORECASE
)
_SAYS_WHAT_IT_IS: Final = re.compile(r"^what .{1,80} (?:is|are|means?)$|什么是|是什么", re.IGNORECASE)
_IS_WHAT_IT_IS: Final = 0.25
"""What a passage gains that says what its topic is, where a question asks nothing else."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How a question and one passage agree; every share is 0 to 1, and 1 is full agreement.

    Args:
        words: BM25 score as a share of the best that any passage could have.
        meaning: cosine of the two vectors; 0 in Chinese.
        covered: share of the question's topic, by weight, that the passage or its page's names hold.
        covered_in_meaning: the same, a word near in meaning counting by its nearness.
        named: share of the question's topic that the page's names and the passage's heading hold.
        name_said: share of the page's best fitting name that the question holds.
        unknown: share of the question's topic that no passage of the library holds.
        fits: whether the question asks what something is and the passage says just that.
        asked: topic words in the question, at least 1.
        subject_missed: share of the question's subject that neither the page's names nor the passage's text name; 0 where
            the question's form does not tell its subject.
    """

    words: float
    meaning: float
    covered: float
    covered_in_meaning: float
    named: float
    name_said: float
    unknown: float
    fits: bool
    asked: int
    subject_missed: float

    @property
    def rank(self) -> float:
        """What passages are put in order by; higher is closer."""
        return _Likeness(self.words, self.meaning, self.named, self.name_said, self.fits).rank


@dataclass(frozen=True, slots=True)
class _Likeness:
    """The part of an agreement that its rank rests on; the rest is worked out for the closest alone."""

    words: float
    meaning: float
    named: float
    name_said: float
    fits: bool

    @property
    def rank(self) -> float:
        alike = self.words + _MEANING * self.meaning + _NAMED * self.named + _NAME_SAID * self.name_said
        return alike + _IS_WHAT_IT_IS * self.fits


@dataclass(frozen=True, slots=True)
class Found:
    """A passage that search brings back.

    Args:
        passage: the passage.
        page_title: of its page.
        agreement: why it was brought back.
    """

    passage: Passage
    page_title: str
    agreement: Agreement


def search(store: PassageStore, question: str, *, limit: int = 10) -> list[Found]:
    """Passages that may answer a question, closest first; none where nothing agrees.

    Args:
        question: only its first 4,000 characters are read.
    """
    question = question[:LONGEST_QUESTION]
    words = list(dict.fromkeys(topic_words(question, store.language)))
    if not words:
        return []
    hits = {hit.place: hit.score for hit in store.by_words(words, limit=CANDIDATES)}
    vector = token_vectors().of_text(question)
    near = {hit.place: hit.score for hit in store.by_vector(vector, limit=CANDIDATES)}
    places = sorted(hits.keys() | near.keys())
    asked = _Asked.of(question, words, store)
    likely = [
        (entry, asked.likeness(entry, hits.get(place, 0.0), vector, near.get(place)))
        for place, entry in zip(places, store.entries(places), strict=True)
    ]
    closest = sorted(likely, key=lambda one: -one[1].rank)[:limit]
    return [
        Found(entry.passage, entry.page_title, asked.agreement(entry, likeness))
        for entry, likeness in closest
    ]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question as search sees it.

    Args:
        weights: how much each topic word counts; total: all of them.
        best: BM25 score that no passage can pass.
        unknown: share of the weights on words that no passage holds.
        written: a word as written for each stem, for its vector.
        asks_what: whether it asks what something is and nothing else.
        subject: what it asks about, where its form tells, or "".
        subject_weights: the same as `weights` for the words of the subject, but for aspects.
        vectors: of the words in `written`, by stem.
    """

    weights: Mapping[str, float]
    total: float
    best: float
    unknown: float
    written: Mapping[str, str]
    language: Language
    asks_what: bool
    subject: str
    subject_weights: Mapping[str, float]
    vectors: Mapping[str, NDArray[np.float32]]

    @classmethod
    def of(cls, question: str, words: Sequence[str], store: PassageStore) -> _Asked:
        held = store.held_by(words)
        written = {stem(word): word for word in asked_words(question)}
        weights = {word: _weight(word, written.get(word)) for word in words}
        rarity = [word_rarity(held.get(word, 0), size=store.size) for word in words]
        unknown = sum(weight for word, weight in weights.items() if word not in held)
        subject = subject_of(question) if store.language is Language.ENGLISH else ""
        of_subject = [word for word in topic_words(subject, store.language) if word not in _ASPECTS]
        return cls(
            weights=weights,
            total=sum(weights.values()),
            best=(SATURATION + 1) * sum(rarity),
            unknown=unknown / sum(weights.values()),
            written=written,
            language=store.language,
            asks_what=_ASKS_WHAT_IT_IS.search(question) is not None,
            subject=subject,
            subject_weights={word: _weight(word, written.get(word)) for word in of_subject},
            vectors={word: token_vectors().of_word(written[word]) for word in weights if word in written},
        )

    def likeness(
        self, entry: Entry, score: float, vector: NDArray[np.float32], near: float | None
    ) -> _Likeness:
        told = _told(entry, self.language)
        meaning = near if near is not None else float(vector @ _vector_of(told_of(entry)))
        return _Likeness(
            words=min(1.0, score / self.best) if self.best else 0.0,
            meaning=max(0.0, min(1.0, meaning)) if self.language is Language.ENGLISH else 0.0,
            named=self._share(told.in_names),
            name_said=max((self._said(name) for name in told.names), default=0.0),
            fits=self.asks_what and told.says_what_it_is,
        )

    def agreement(self, entry: Entry, likeness: _Likeness) -> Agreement:
        told = _told(entry, self.language)
        return Agreement(
            words=likeness.words,
            meaning=likeness.meaning,
            covered=self._share(told.in_all),
            covered_in_meaning=self._near_share(told),
            named=likeness.named,
            name_said=likeness.name_said,
            unknown=self.unknown,
            fits=likeness.fits,
            asked=len(self.weights),
            subject_missed=self._subject_missed(told),
        )

    def _share(self, held: frozenset[str]) -> float:
        weighed = sum([weight for word, weight in self.weights.items() if word in held])
        return weighed / self.total

    def _subject_missed(self, told: _Told) -> float:
        weights = self.subject_weights
        if not weights or self.subject in told.text:
            return 0.0
        missed = sum(weight for word, weight in weights.items() if word not in told.in_names)
        return missed / sum(weights.values())

    def _near_share(self, told: _Told) -> float:
        missing = [word for word in self.weights if word not in told.in_all and word in self.vectors]
        share = self._share(told.in_all)
        if not missing:
            return share
        others = _word_matrix(told.words)
        if not len(others):
            return share
        asked = np.stack([self.vectors[word] for word in missing])
        nearest = np.clip((asked @ others.T).max(axis=1), 0.0, 1.0)
        gained = sum(self.weights[word] * float(one) for word, one in zip(missing, nearest, strict=True))
        return min(1.0, share + gained / self.total)

    def _said(self, name: _Name) -> float:
        """Share of a name that the question holds, lower where the name is short of the question's aspects."""
        if not name.total or self.weights.keys().isdisjoint(name.words):
            return 0.0
        return sum([weight for word, weight in name.words.items() if word in self.weights]) / name.total


@dataclass(frozen=True, slots=True)
class _Name:
    """A name of a page: its topic words, weighed, and the sum of their weights."""

    words: Mapping[str, float]
    total: float


@dataclass(frozen=True, slots=True)
class _Told:
    """What a passage tells, read once: passages do not change while a library is open.

    Args:
        names: topic words of each of the page's names, weighed.
        in_names: those of the names and of the passage's title; in_all: those of the whole.
        text: the passage and what its page answers, in small letters.
        words: of names, title and text, as written.
        says_what_it_is: whether its title says that it tells what its topic is.
    """

    names: tuple[_Name, ...]
    in_names: frozenset[str]
    in_all: frozenset[str]
    text: str
    words: tuple[str, ...]
    says_what_it_is: bool


@lru_cache(maxsize=4_000)
def _told(entry: Entry, language: Language) -> _Told:
    passage = entry.passage
    names = [frozenset(topic_words(name, language)) for name in entry.names]
    in_names = frozenset[str]().union(*names, topic_words(passage.title, language))
    text = f"{passage.text} {' '.join(entry.questions)}"
    return _Told(
        names=tuple(_weighed(name) for name in names),
        in_names=in_names,
        in_all=in_names.union(topic_words(text, language)),
        text=text.lower(),
        words=tuple(asked_words(f"{' '.join(entry.names)} {passage.title} {text}")),
        says_what_it_is=_SAYS_WHAT_IT_IS.search(passage.title) is not None,
    )


def _weighed(name: frozenset[str]) -> _Name:
    words = {word: _weight(word, None) for word in name}
    return _Name(words, sum(words.values()))


@lru_cache(maxsize=4_000)
def _vector_of(told: str) -> NDArray[np.float32]:
    """A passage's vector; passages come again and again."""
    return token_vectors().of_text(told)


def _weight(word: str, written: str | None) -> float:
    """How much a word counts in what a question is about, above 0 to 1."""
    if word in _ASPECTS or word in _CHINESE_ASPECTS:
        return _ASPECT_SHARE
    if len(word) == 2 and not word.isascii():
        return _ASPECT_SHARE if is_function_pair(word) else 1.0
    rarity = token_vectors().rarity(written or word)
    return max(0.1, rarity)


@lru_cache(maxsize=500)
def _word_matrix(words: tuple[str, ...]) -> NDArray[np.float32]:
    """Unit vectors of the words of a passage, each once; a library's passages come again and again."""
    vectors = token_vectors()
    return (
        np.stack([vectors.of_word(word) for word in words]) if words else np.zeros((0, 1), dtype=np.float32)
    )

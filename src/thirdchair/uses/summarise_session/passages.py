"""The passages of a session: the stretches of speech that a summary may quote.

A passage is a turn, or as many neighbouring sentences of a long one as read in one breath, without the fillers it opens
with: "Mornings are the worst." says more beside the sentence it stands with. A question stands alone, and an answer
that says little without it ("about four hours") carries it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from thirdchair.language.likeness import terms
from thirdchair.language.sentences import split_sentences
from thirdchair.records import Language, SpeakerRole, Transcript, Utterance
from thirdchair.records.transcript import count_words

LONGEST_QUESTION: Final = 30
"""Words beyond which a question is trimmed to its last sentence and, if still longer, not carried."""

_CLAUSE: Final = re.compile(
    r"(?<=,)\s+(?=(?:and|but|so|because|then|which|although)\b)|\s+(?=(?:and then|but i|and i|so i)\b)|(?<=，)",
    re.IGNORECASE,
)
_LONGEST_SENTENCE: Final = 45
_SHORTEST_REST: Final = 20  # characters: counting the words of the rest each time would square the work
_UNIT: Final = re.compile(r"[㐀-鿿]|[^\s㐀-鿿]+")
_FILLER: Final = re.compile(
    r"^(?:"
    r"\[[^\]]{1,30}\]\s*"
    r"|(?:um+|uh+|uhm+|er+|erm+|hm+|mm+|ah+|oh|umm+)\b[\s,.…-]*"
    r"|(?:well|so|like|right|okay|ok|alright|all right|yeah|you know|i mean|and|anyway|now|sure)\s*[,.…]+\s*"
    r"|(?:嗯+|呃+|啊+|哦+|唉+)[\s，。、,.…]*"
    r"|(?:那个|就是|就是说|然后|其实吧|反正|好的|好|对|是的)[，、。,…]+\s*"
    r")+",
    re.IGNORECASE,
)
_DASH_OPENING: Final = re.compile(r"^[\s,.;:…\-–—，。、；：]+")
_QUESTION: Final = re.compile(
    r"[?？]\s*$"
    r"|^(?:and |so |okay |now )*(?:how|what(?! (?:often|usually|happens|i|we|you|that)\b)|when|where|why|who|which|do you|did you|are you|have you|has|is there"
    r"|can you|could you|any|tell me)\b"
    r"|[吗呢么][。？?]?$",
    re.IGNORECASE,
)
_LEANS_ON_QUESTION: Final = re.compile(
    r"^(?:yes|yeah|yep|yup|no|nope|nah|not|none|never|nothing|sometimes|always|often|rarely|maybe|probably|about"
    r"|around|just|only|mm-?hmm|uh-?huh|i do|i did|i have|i am|i don'?t|i haven'?t|it is|it does|a bit|a little"
    r"|every|once|twice|since|because|\d"
    r"|(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty"
    r"|ninety)[.,?]"
    r"|[零一二两三四五六七八九十半]+(?:分|个|次|成|年|点)?[，。？]|是|对|没|有|不|大概|差不多|偶尔|经常|从来|可能|还好|会|一般)",
    re.IGNORECASE,
)
_POINTS_BACK: Final = re.compile(
    r"^(?:(?:and|but|so|then|because|or|like|just)[\s,]+)*(?:that|this|these|those|it|he|she|they|there|him|her|them|in|of|by|to"
    r"|which|who|than|not)(?:'\w+)?\b"
    r"|^(?:那|这|它|他|她|就|还|也|所以|但|可)",
    re.IGNORECASE,
)
_ONE_BREATH: Final = {Language.ENGLISH: 30, Language.CHINESE: 45}
_FREE_STANDING: Final = {Language.ENGLISH: 10, Language.CHINESE: 14}
_DOUBTFUL: Final = {Language.ENGLISH: 3, Language.CHINESE: 6}
_LEAST_NAMED: Final = 2
_ENOUGH_NAMED: Final = 4
_BREAKS_OFF: Final = re.compile(r"(?:\.{3}|…)$")
_VAGUE_WORDS: Final = """
    thing things something anything stuff lot bit sort good fine alright better bad same sure maybe actually said say
    says tell told one well even still yet now here where people way yep nope yes no not mm um uh
"""
_VAGUE: Final = frozenset(_VAGUE_WORDS.split())


@dataclass(frozen=True, slots=True)
class Passage:
    """A quotable stretch of one utterance.

    Args:
        utterance: where it was said.
        text: what was said, a verbatim part of the utterance, leading fillers left out.
        place: 0 at the start of the session, 1 at its end.
        asks: whether it is a question; an answer given with doubt ("Four hours?") is not.
        question: the question that it answers and cannot be read without, or None.
        answers: whether it follows someone else's question.
        first: whether it opens its utterance.
        terse: whether it names very little, as an echo ("Nine out of twenty.") does.
        dangles: whether someone who was not there could not tell what it is about, its question included.
    """

    utterance: Utterance
    text: str
    place: float
    asks: bool
    question: Passage | None
    answers: bool
    first: bool
    dangles: bool
    terse: bool

    @property
    def role(self) -> SpeakerRole:
        """Who said it."""
        return self.utterance.role

    @property
    def read_with(self) -> str:
        """The text with its question before it, as it should be scored and compared."""
        return f"{self.question.text} {self.text}" if self.question else self.text


def read_passages(transcript: Transcript) -> tuple[Passage, ...]:
    """All passages of the session, in order."""
    passages: list[Passage] = []
    asked: Passage | None = None
    for index, utterance in enumerate(transcript.utterances):
        if asked is not None and asked.utterance.speaker == utterance.speaker:
            asked = None
        own = tuple(
            _passages_of(
                utterance, index / max(1, len(transcript.utterances) - 1), asked, transcript.language
            )
        )
        passages.extend(own)
        asked = _question_left_open(own, asked)
    return tuple(passages)


def _passages_of(
    utterance: Utterance, place: float, asked: Passage | None, language: Language
) -> Iterator[Passage]:
    for number, stretch in enumerate(_stretches(utterance.text, language, answering=asked is not None)):
        text = trim_fillers(stretch, keep_yes=asked is not None and number == 0)
        answers = asked is not None and number == 0
        asks = bool(_QUESTION.search(text)) and not (answers and count_words(text) <= _DOUBTFUL[language])
        question = asked if answers and not asks and _needs_question(text, language) else None
        yield Passage(
            utterance=utterance,
            text=text,
            place=place,
            asks=asks,
            question=question,
            answers=answers,
            first=number == 0,
            terse=says_little(text, language),
            dangles=not asks and _dangles(text, question, language),
        )


def _question_left_open(own: tuple[Passage, ...], asked: Passage | None) -> Passage | None:
    """The question the next speaker would be answering."""
    if not own:
        return asked
    for passage in reversed(own[-2:]):
        if passage.asks and count_words(passage.text) <= LONGEST_QUESTION:
            return passage
    return None


def _stretches(text: str, language: Language, *, answering: bool) -> Iterator[str]:
    """Neighbouring sentences in one verbatim stretch each, as long as it reads in one breath; questions alone.

    An answer given with doubt ("Three? Sunday, Monday and Tuesday.") is no question and stays with what follows.
    """
    start = end = 0
    for number, sentence in enumerate(quotable_sentences(text)):
        at = text.index(sentence, end)
        too_long = count_words(text[start : at + len(sentence)]) > _ONE_BREATH[language]
        doubtful = answering and start == 0 and count_words(text[start:end]) <= _DOUBTFUL[language]
        asks = bool(_QUESTION.search(sentence)) or (bool(_QUESTION.search(text[start:end])) and not doubtful)
        if number and (too_long or asks):
            yield text[start:end].strip()
            start = at
        end = at + len(sentence)
    if end:
        yield text[start:end].strip()


def _needs_question(text: str, language: Language) -> bool:
    short = count_words(text) <= _FREE_STANDING[language]
    return short or says_little(text, language) or bool(_LEANS_ON_QUESTION.match(text))


def _dangles(text: str, question: Passage | None, language: Language) -> bool:
    """Next to nothing is named, by the text or its question; or it points at something unsaid, or breaks off."""
    if question is not None:
        return _named(f"{question.text} {text}", language) < _LEAST_NAMED
    unfinished = bool(_BREAKS_OFF.search(text)) or bool(_POINTS_BACK.match(text))
    return _named(text, language) < _LEAST_NAMED or (unfinished and says_little(text, language))


def _named(text: str, language: Language) -> int:
    """Distinct words that name something; in Chinese, half the characters."""
    if language is Language.CHINESE:
        return count_words(text) // 2
    return len(set(terms(text, language)) - _VAGUE)


def says_little(text: str, language: Language) -> bool:
    """Whether a text names too little to be understood by someone who was not there.

    >>> says_little("A week? Five days.", Language.ENGLISH), says_little("I lost three kilos in May.", Language.ENGLISH)
    (True, False)
    """
    return _named(text, language) < _ENOUGH_NAMED


def quotable_sentences(text: str) -> tuple[str, ...]:
    """The sentences of an utterance, verbatim; an unpunctuated run is cut at its clauses.

    >>> quotable_sentences("I saw Dr. Wu. It helped!")
    ('I saw Dr. Wu.', 'It helped!')
    """
    pieces = (piece for sentence in split_sentences(text) for piece in _cut_long(sentence.text))
    return tuple(piece.strip() for piece in pieces if _has_words(piece))


def _has_words(text: str) -> bool:
    return any(char.isalnum() for char in text)


def _cut_long(sentence: str) -> Iterator[str]:
    if count_words(sentence) <= _LONGEST_SENTENCE:
        yield sentence
        return
    start = 0
    for boundary in (match.start() for match in _CLAUSE.finditer(sentence)):
        long_enough = count_words(sentence[start:boundary]) >= _LONGEST_SENTENCE // 3
        if long_enough and len(sentence) - boundary >= _SHORTEST_REST:
            yield from _cut_anywhere(sentence[start:boundary])
            start = boundary
    yield from _cut_anywhere(sentence[start:])


def _cut_anywhere(clause: str) -> Iterator[str]:
    """The clause, cut between words (in Chinese, between characters) where it runs on past any sentence."""
    units = [match.end() for match in _UNIT.finditer(clause)]
    start = 0
    if len(units) > 2 * _LONGEST_SENTENCE:
        for end in units[_LONGEST_SENTENCE - 1 : -_LONGEST_SENTENCE // 2 : _LONGEST_SENTENCE]:
            yield clause[start:end]
            start = end
    yield clause[start:]


def trim_fillers(text: str, *, keep_yes: bool = False) -> str:
    """The text without the fillers it opens with; a yes that answers a question is no filler.

    >>> trim_fillers("Um, well, I mean, it comes at night.")
    'it comes at night.'
    >>> trim_fillers("Yeah, every night.", keep_yes=True)
    'Yeah, every night.'
    """
    if keep_yes and re.match(r"\s*(?:yeah|sure|right|对|是的|好)\b", text, re.IGNORECASE):
        return text.strip()
    trimmed = _DASH_OPENING.sub("", _FILLER.sub("", text.strip()))
    return trimmed if trimmed else text.strip()

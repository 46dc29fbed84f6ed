"""What may go out of a reply while it is still being made.

A `Release` takes a reply in pieces, cut anywhere, and gives back what may be sent. What goes out in all is the same
for every way of cutting, and the same as if the reply had come at once. Tokens of de-identification are never sent
split: they are turned back whole, once, and what they stand for is not searched for tokens again. Every sentence is
judged as the reader would see it, with the end of what went out before it.

`by="sentence"`: a sentence goes out once it is whole and judged, so no part of one that is refused is ever sent.

`by="word"`: words go out sooner, each once the sentence so far, with it, is judged ok. The first words that make the
judge object are not sent, nor any after them, until the sentence is whole; then the whole decides. So of a refused
sentence its innocent beginning may have gone out: the words before the one that completed it ("I am a registered",
without "nurse"), the digits of no number, the host of no link. Numbers wait for 40 more characters or the sentence's
end, since what follows may make them ones to dial. What only a whole sentence shows is found once its words, but
for the last, have gone.

What it does not catch: what its judge does not. A judge looks back `tail` characters and no further, so a violation
spread over more is found only as far as it shows in them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, Literal, TypeVar

from thirdchair.errors import SafeguardUnavailable
from thirdchair.safeguards.streaming_sentences import MARK, MOST_AFTER, ends_sentence
from thirdchair.safeguards.streaming_words import LONGEST_TOKEN, before_a_token, free_of_numbers, word_end

SHORTEST_LONGEST: Final = 200
_MARGIN: Final = max(LONGEST_TOKEN, MOST_AFTER)
_HALF: Final = re.compile(r"[\ud800-\udfff]")
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Passage:
    """What a judge reads; its verdict is on `text`, which has not gone out.

    Args:
        before: the end of what went out in earlier sentences.
        begun: the part of this sentence that went out, or its end; empty by sentence.
        text: names turned back.
        whole: whether the sentence ends with `text`.
    """

    before: str
    begun: str
    text: str
    whole: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of a passage.

    Args:
        kind: "ok" sends it; "replace" sends `text` in its place; "stop" sends neither it nor anything after it.
        reason: a word for the trail, such as "crisis"; never the patient's words.
    """

    kind: Literal["ok", "replace", "stop"]
    text: str = ""
    reason: str = ""


Judge = Callable[[Passage], Verdict]
OK: Final = Verdict("ok")


class Release:
    """Lets a reply out as far as it is judged.

    Args:
        reveal: turns tokens back; called once on every part of the reply.
        judge: the same passage must always get the same verdict. By word, a verdict other than "ok" on a sentence
            that is not whole only holds the rest of it.
        by: what goes out at once.
        longest: characters that are held and judged at once at most; a sentence that nears it is cut at a word
            (from four fifths of it on), a word that passes it is cut anywhere but in a token.
        tail: characters of what went out that the judge may look back on.

    Raises:
        ValueError: `longest` below 200, or `tail` below 0.
    """

    def __init__(
        self,
        *,
        reveal: Callable[[str], str],
        judge: Judge,
        by: Literal["sentence", "word"] = "sentence",
        longest: int = 2000,
        tail: int = 300,
    ) -> None:
        if longest < SHORTEST_LONGEST or tail < 0:
            raise ValueError(f"longest must be {SHORTEST_LONGEST} or more, and tail 0 or more")
        self.stopped: Verdict | None = None
        """Why nothing more goes out; None while it does."""
        self.replaced: tuple[str, ...] = ()
        """The reasons for which something was replaced, each once."""
        self._reveal = reveal
        self._judge = judge
        self._by_word = by == "word"
        self._longest = longest
        self._tail = tail
        self._closed = False
        self._failure: str | None = None
        self._half = ""
        self._text = ""
        self._start = 0  # of the sentence
        self._looked = 0  # no mark before it ends the sentence
        self._end: int | None = None  # of the sentence, once known
        self._at = 0  # what comes before it is revealed
        self._before = ""
        self._begun = ""
        self._held = ""  # revealed, not sent
        self._suspected = False

    def feed(self, piece: str) -> str:
        """What may go out now that this piece has come; nothing once stopped.

        Raises:
            SafeguardUnavailable: a check could not run. What was cleared before it is handed over first, so it may
                be the next call that raises; nothing more goes out.
            ValueError: after `close`.
        """
        return "".join(self.feed_by_sentence(piece))

    def feed_by_sentence(self, piece: str) -> Iterator[str]:
        """The same, sentence by sentence: none waits for those behind it to be judged. By word, all at once.

        Read it to its end before anything else is asked of this release.
        """
        if self._closed:
            raise ValueError("a closed release takes nothing more")
        self._raise_failure()
        if self.stopped is not None:
            return
        self._text += self._mended(piece)
        if self._by_word:
            yield self._sent(closed=False)
        else:
            yield from self._stretches(closed=False)

    def close(self) -> str:
        """The rest, if it may go out; a second time, nothing.

        Raises:
            SafeguardUnavailable: a check could not run, now or before; so a reply that was cut short for it never
                ends quietly.
        """
        self._raise_failure()
        if self._closed or self.stopped is not None:
            self._closed = True
            return ""
        self._closed = True
        self._text += "\ufffd" if self._half else ""
        sent = self._sent(closed=True)
        self._raise_failure()
        return sent

    def _sent(self, *, closed: bool) -> str:
        return "".join(self._stretches(closed=closed))

    def _stretches(self, *, closed: bool) -> Iterator[str]:
        """What may go out, stretch by stretch as each is judged."""
        sent = False
        while self.stopped is None:
            step = self._next(closed=closed)
            if step is None:
                break
            if words := self._take(*step):
                sent = True
                yield words
        self._forget_the_past()
        if not sent:
            self._raise_failure()

    def _next(self, *, closed: bool) -> tuple[int, bool] | None:
        """The end of the next stretch to judge, and whether its sentence is whole with it; None: wait."""
        if self._end is None:
            self._end = self._sentence_end(closed=closed)
        end = self._end
        if self._by_word:
            known = self._looked if end is None else end - 1
            word = word_end(self._text, self._at, self._limit + _MARGIN, closed=closed)
            if word is not None and word <= min(known, self._limit):
                return word, word >= self._nearly
        return None if end is None else (end, True)

    @property
    def _limit(self) -> int:
        return self._start + self._longest

    @property
    def _nearly(self) -> int:
        return self._start + self._longest * 4 // 5

    def _sentence_end(self, *, closed: bool) -> int | None:
        reach = min(len(self._text), self._limit + _MARGIN)
        while mark := MARK.search(self._text, self._looked, reach):
            if mark.end() > self._limit:
                break
            before = self._text[max(self._start, mark.start() - 80) : mark.start()]
            after = self._text[mark.end() : mark.end() + MOST_AFTER]
            ends = ends_sentence(before, mark.group(), after, closed=closed)
            if ends is None:
                self._looked = mark.start()
                return None
            self._looked = mark.end()
            if ends:
                return mark.end()
        else:
            self._looked = max(self._looked, reach)
        if len(self._text) >= self._limit + _MARGIN or (closed and len(self._text) > self._limit):
            return self._cut()
        return len(self._text) if closed and len(self._text) > self._at else None

    def _cut(self) -> int:
        """The first word's end from four fifths of the longest on, or the longest."""
        end = self._at
        while end < self._nearly:
            found = word_end(self._text, end, self._limit + _MARGIN, closed=True)
            if found is None:
                break
            end = found
        return end if self._nearly <= end <= self._limit else before_a_token(self._text, self._limit)

    def _take(self, end: int, whole: bool) -> str:
        """Judges the text up to `end`; what of it may go out."""
        stretch = self._text[self._at : end]
        self._at = end
        revealed = self._guarded(lambda: self._reveal(stretch))
        if revealed is None:
            return ""
        self._held += revealed
        return self._finished() if whole else self._so_far()

    def _so_far(self) -> str:
        free = 0 if self._suspected else free_of_numbers(self._held)
        if not self._held[:free].strip():
            return ""
        verdict = self._verdict(whole=False)
        if verdict is None or verdict.kind != "ok":
            self._suspected = True
            return ""
        gone, self._held = self._held[:free], self._held[free:]
        self._begun += gone
        return gone

    def _finished(self) -> str:
        said = self._held
        if said.strip() or self._begun:
            verdict = self._verdict(whole=True)
            if verdict is None:
                return ""
            if verdict.kind == "stop":
                self.stopped = verdict
                return ""
            if verdict.kind == "replace":
                said = _in_place_of(said, verdict.text)
                if verdict.reason not in self.replaced:
                    self.replaced = (*self.replaced, verdict.reason)
        self._before = _last(self._before + self._begun + said, self._tail)
        self._begun = self._held = ""
        self._suspected = False
        self._start = self._looked = self._at
        self._end = None
        return said

    def _verdict(self, *, whole: bool) -> Verdict | None:
        begun = _last(self._begun, self._tail)
        before = _last(self._before, self._tail - len(begun))
        passage = Passage(before, begun, self._held, whole)
        return self._guarded(lambda: self._judge(passage))

    def _guarded(self, check: Callable[[], _T]) -> _T | None:
        try:
            return check()
        except Exception as error:  # noqa: BLE001 - whatever went wrong, its message could hold a patient's words
            self._failure = type(error).__name__
        self.stopped = Verdict("stop", reason="unavailable")
        return None

    def _raise_failure(self) -> None:
        if self._failure is not None:
            raise SafeguardUnavailable(f"A safeguard failed ({self._failure}); nothing more was sent.")

    def _forget_the_past(self) -> None:
        if self.stopped is not None:
            self._text = self._held = self._begun = self._before = ""
            self._start = self._looked = self._at = 0
            return
        gone = self._start
        self._text = self._text[gone:]
        self._start, self._looked, self._at = 0, self._looked - gone, self._at - gone
        if self._end is not None:
            self._end -= gone

    def _mended(self, piece: str) -> str:
        """The piece with halves of characters joined, and single ones as the sign for what cannot be shown."""
        piece, self._half = self._half + piece, ""
        if not _HALF.search(piece):
            return piece
        if "\ud800" <= piece[-1] <= "\udbff":
            piece, self._half = piece[:-1], piece[-1]
        return piece.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _in_place_of(said: str, instead: str) -> str:
    """The replacement within the white space of what it replaces."""
    words = said.strip()
    if not words:
        return said.rstrip("\n") + instead + said[len(said.rstrip("\n")) :]
    lead = said[: len(said) - len(said.lstrip())]
    return lead + instead + said[len(said.rstrip()) :]


def _last(text: str, count: int) -> str:
    return text[-count:] if count > 0 else ""

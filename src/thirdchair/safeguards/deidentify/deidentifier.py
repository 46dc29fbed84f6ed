"""One session's de-identifier: conceals, reveals, and says what would still leak."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from thirdchair.language.literals import Folded
from thirdchair.language.plain_text import plain
from thirdchair.language.telling import language_of
from thirdchair.records import Language, Transcript
from thirdchair.safeguards.deidentify.chinese import chinese_identifiers
from thirdchair.safeguards.deidentify.date_policy import DatePolicy, DateRule
from thirdchair.safeguards.deidentify.dates import dates
from thirdchair.safeguards.deidentify.english import english_identifiers
from thirdchair.safeguards.deidentify.identifiers import (
    Concealed,
    Found,
    Identifier,
    IdentifierClass,
    without_overlaps,
)
from thirdchair.safeguards.deidentify.known import KnownIdentifiers
from thirdchair.safeguards.deidentify.numbers import numbered_identifiers
from thirdchair.safeguards.deidentify.people import People, name_parts
from thirdchair.safeguards.deidentify.tokens import TOKEN_LIKE, TokenVault

_ANY_DIGIT: Final = re.compile(r"\d")
_LATIN: Final = re.compile(r"[^\W\d_㐀-鿿]{2}")
_HAN: Final = re.compile(r"[㐀-鿿]")
_HAN_ROLES: Final = re.compile(
    r"咨询师|治疗师|来访者|患者|病人|医生|大夫|护士长?|心理师|社工|家属|陪同|母亲|父亲|妈妈|爸爸|丈夫|妻子|老师|先生|女士|主任|说话人|发言人|未知|客户|个案"
)


class Deidentifier:
    """Conceals what identifies people in one session, the same person always under the same token.

    Holds the session's originals in memory for as long as it lives; never stored, never sent.

    Args:
        language: of the session; either is read for both languages, since people mix them.
        known_names: names to conceal wherever they stand, such as the patient's from the record.
        date_policy: what becomes of dates; a token unless said otherwise.
    """

    def __init__(
        self,
        language: Language,
        known_names: Iterable[str] = (),
        *,
        date_policy: DatePolicy = DatePolicy(),  # noqa: B008 - a frozen value
    ) -> None:
        self.language = language
        self.date_policy = date_policy
        self._vault = TokenVault()
        self._people = People()
        self._known = KnownIdentifiers()
        for name in known_names:
            self._remember(IdentifierClass.NAME, name)

    def conceal(self, text: str) -> Concealed:
        """The text with a token for every identifier found in it, or known from before.

        Raises:
            SafeguardUnavailable: a word list cannot be loaded.
        """
        spans = self._spans(text, self.learn(text))
        pieces: list[str] = []
        found: list[Found] = []
        done = 0
        for span in spans:
            identifier_class = self._settled(span.identifier_class, text[span.start : span.end])
            token = self._token(identifier_class, text[span.start : span.end])
            found.append(Found(identifier_class, span.start, span.end, token))
            pieces += text[done : span.start], token
            done = span.end
        return Concealed("".join((*pieces, text[done:])), tuple(found))

    def reveal(self, text: str) -> str:
        """The text with our tokens and moved dates turned back, also where a model changed a token's spacing.

        Two ways of writing one date come back in the way that was met first; a year alone stays a year.
        """
        return self._vault.reveal(text)

    def residual(self, text: str) -> tuple[Found, ...]:
        """The known identifiers that still stand in an outgoing text; anything here must stop the call."""
        hidden = self._vault.without_stand_ins(TOKEN_LIKE.sub(lambda token: "\n" * len(token[0]), text))
        return tuple(
            Found(
                span.identifier_class,
                span.start,
                span.end,
                self._token(span.identifier_class, text[span.start : span.end]),
            )
            for span in without_overlaps(list(self._known.occurrences(hidden)))
        )

    def learn(self, text: str) -> list[Identifier]:
        """Finds the identifiers of a text and remembers them, without concealing anything yet."""
        identifiers = without_overlaps([*self._detected(text)])
        for identifier in identifiers:
            self._remember(identifier.identifier_class, text[identifier.start : identifier.end])
        return identifiers

    def _detected(self, text: str) -> Iterable[Identifier]:
        text = _ANY_DIGIT.sub(lambda digit: str(int(digit[0])), plain(text))
        folded = Folded(text)
        yield from numbered_identifiers(text, folded)
        yield from dates(text, folded)
        if _HAN.search(text):
            yield from chinese_identifiers(text)
        if _LATIN.search(text):
            yield from english_identifiers(text)

    def _spans(self, text: str, detected: list[Identifier]) -> list[Identifier]:
        token_like = [Identifier(IdentifierClass.TOKEN_LIKE, *m.span()) for m in TOKEN_LIKE.finditer(text)]
        spans = without_overlaps([*token_like, *detected])
        # Again until nothing is left: a token's bracket can lay bare what a letter before it had hidden.
        while more := list(self._known.occurrences(_blanked(text, spans))):
            spans = without_overlaps([*spans, *more])
        return spans

    def _settled(self, identifier_class: IdentifierClass, original: str) -> IdentifierClass:
        """NAME for what a place or firm is taken to be called, where a person of that name is known."""
        doubtful = identifier_class in {IdentifierClass.PLACE, IdentifierClass.EMPLOYER}
        return IdentifierClass.NAME if doubtful and self._people.knows(original) else identifier_class

    def _remember(self, identifier_class: IdentifierClass, original: str) -> None:
        self._known.add(identifier_class, original)
        if identifier_class is IdentifierClass.NAME:
            self._people.key(original)

    def _token(self, identifier_class: IdentifierClass, original: str) -> str:
        if identifier_class is IdentifierClass.DATE and (moved := self.date_policy.replacement(original)):
            reversible = self.date_policy.rule is DateRule.SHIFT
            return self._vault.stand_in(moved, original) if reversible else moved
        key = self._people.key(original) if identifier_class is IdentifierClass.NAME else None
        return self._vault.token(identifier_class, original, key=key)


def _blanked(text: str, spans: list[Identifier]) -> str:
    """The text, of the same length, with line breaks where the spans are."""
    pieces: list[str] = []
    done = 0
    for span in spans:
        pieces += text[done : span.start], "\n" * len(span)
        done = span.end
    return "".join((*pieces, text[done:]))


def conceal_line(text: str, language: Language | None = None) -> Concealed:
    """One text concealed by itself, with tokens that no other text shares and that nobody can turn back.

    Without a language it is Chinese where a fifth of its letters are Han, else English.

    Raises:
        SafeguardUnavailable: a word list cannot be loaded.

    >>> conceal_line("My sister Philippa rang.").text, conceal_line("我叫王建国。").text
    ('My sister [NAME-1] rang.', '我叫[NAME-1]。')
    """
    return Deidentifier(language if language is not None else language_of(text)).conceal(text)


def for_session(transcript: Transcript, *, date_policy: DatePolicy = DatePolicy()) -> Deidentifier:  # noqa: B008
    """The de-identifier of a session: it has read all of it, so a name met once is concealed throughout.

    Speakers' labels are names except where they are roles ("Nurse", "Speaker 2", "患者").
    """
    names = names_in_labels(transcript.speakers)
    deidentifier = Deidentifier(transcript.language, names, date_policy=date_policy)
    deidentifier.learn("\n".join(utterance.text for utterance in transcript.utterances))
    return deidentifier


def names_in_labels(labels: Iterable[str]) -> tuple[str, ...]:
    """The names in speakers' labels, without titles and roles.

    >>> names_in_labels(["Nurse Okafor", "Patient", "Speaker 2", "患者", "王医生", "Therapist (Joy)"])
    ('Okafor', '王', 'Joy')
    """
    names: list[str] = []
    for label in labels:
        if _HAN.search(label):
            name = _HAN_ROLES.sub("", label).strip(" ：:()（）0123456789")
        else:
            wanted = set(name_parts(label))
            name = " ".join(
                word
                for word in re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", label)
                if word.casefold() in wanted
            )
        if len(name) > 1 or _HAN.fullmatch(name):
            names.append(name)
    return tuple(names)

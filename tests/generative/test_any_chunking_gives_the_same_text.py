"""However a stream is cut, the same text goes out, for the same reasons: `--chunkings 100000` is what the fuzz asks for."""

from __future__ import annotations

import random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from thirdchair.errors import SafeguardUnavailable
from thirdchair.safeguards.deidentify.identifiers import IdentifierClass
from thirdchair.safeguards.deidentify.tokens import TOKEN_LIKE, TokenVault
from thirdchair.safeguards.streaming import OK, Passage, Release, Verdict
from thirdchair.safeguards.streaming_sentences import MARK, ends_sentence
from thirdchair.safeguards.streaming_words import word_end

FEW = 2_000
SEED = 20261122
TOKENS = ["[NAME-1]", "[name 1]", "【NAME－２】", "【NAME - 1】", "［ Name - 2 ］", "[PHONE-1]", "[PLACE-9]"]
ATOMS = [
    *TOKENS,
    *["[NAME-", "[", "]", "NAME", "-1]", "March 17, 2026", "March ", "17", ", 2026", " ", "  ", "\n", "\r\n"],
    *[".", "!", "?", "。", "！", "？", "…", "；", "，", "、", ")", "(", '"', "”", "**"],
    *["\u200d", "\u200b", "👩\u200d👧", "e\u0301", "\ud83d", "\ude00", "\u3000", "\u2028"],
    *[
        "Dr. Lee",
        "e.g.",
        "1.5",
        "1. ",
        "\n2. ",
        "- ",
        "nine. eight. eight",
        "988",
        "555. 0199",
        "one ",
        "two ",
    ],
    *[
        "https://a.example/b?c=d",
        "x@y.org",
        "bad",
        "evil",
        "halt",
        "hello",
        "I am fine",
        "我很好",
        "你",
        "Um.",
    ],
]
SOUP = st.lists(
    st.one_of(st.sampled_from(ATOMS), st.text(st.characters(exclude_categories=()), max_size=6)), max_size=60
)


def vault() -> TokenVault:
    kept = TokenVault()
    kept.token(IdentifierClass.NAME, "Ana [NAME-2] Lee")
    kept.token(IdentifierClass.NAME, "Bo.")
    kept.token(IdentifierClass.PHONE, "+44 20 7946 0000")
    kept.stand_in("March 17, 2026", "March 3, 2026")
    return kept


VAULT = vault()


def judge(passage: Passage) -> Verdict:
    said = passage.begun + passage.text
    if "halt" in said:
        return Verdict("stop", reason="halt")
    if "evil" in said:
        return Verdict("replace", "<gone>", "evil")
    if "bad" in said and not said.rstrip().endswith("hello"):
        return Verdict("replace", passage.text.replace("bad", "---").strip(), "bad")
    if "你" in passage.before and "2" in said:
        return Verdict("replace", "<after>", "after")
    return OK


def breaks(passage: Passage) -> Verdict:
    if "bad" in passage.text:
        raise KeyError(passage.text)
    return OK


def pieces(rng: random.Random, text: str) -> list[str]:
    widest = rng.choice([1, 1, 2, 3, 5, 12, 40])
    cut: list[str] = []
    place = 0
    while place < len(text):
        width = 1 if widest == 1 else rng.randint(0, widest)
        cut.append(text[place : place + width])
        place += width
    return cut


def released(cut: list[str], **how: object) -> tuple[str, Verdict | None, tuple[str, ...]]:
    release = Release(reveal=VAULT.reveal, judge=judge, **how)  # type: ignore[arg-type]
    sent = [release.feed(piece) for piece in cut]
    return "".join((*sent, release.close())), release.stopped, release.replaced


def soup(rng: random.Random) -> str:
    return "".join(
        rng.choice(ATOMS) + (" " if rng.random() < 0.3 else "") for _ in range(rng.choice([3, 10, 40, 150]))
    )


def test_any_chunking_gives_the_same_text(request: pytest.FixtureRequest) -> None:
    chunkings = request.config.getoption("--chunkings", default=FEW)
    rng = random.Random(SEED)
    stopped = replaced = revealed = 0
    for place in range(chunkings):
        text = soup(rng)
        how = {
            "by": rng.choice(["sentence", "word"]),
            "longest": rng.choice([200, 211, 2000]),
            "tail": rng.choice([0, 50, 300]),
        }
        at_once, cut = released([text], **how), released(pieces(rng, text), **how)
        assert at_once == cut, f"chunking {place} of seed {SEED} gives other text ({how})"
        stopped += at_once[1] is not None
        replaced += bool(at_once[2])
        revealed += "Lee" in at_once[0]
    assert min(stopped, replaced, revealed) > chunkings // 20  # the soup does hold what is looked for


@settings(max_examples=150, deadline=None)
@given(SOUP, st.sampled_from(["sentence", "word"]), st.randoms(use_true_random=False))
def test_so_does_any_text(atoms: list[str], by: str, rng: random.Random) -> None:
    text = "".join(atoms)
    assert released([text], by=by, longest=200) == released(pieces(rng, text), by=by, longest=200)


@settings(max_examples=150, deadline=None)
@given(SOUP, st.sampled_from(["sentence", "word"]))
def test_nothing_is_lost_or_added_where_nothing_is_refused(atoms: list[str], by: str) -> None:
    text = "".join(atoms).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    release = Release(reveal=str, judge=lambda passage: OK, by=by, longest=200)  # type: ignore[arg-type]
    sent = [release.feed(char) for char in text]
    assert "".join((*sent, release.close())) == text


@settings(max_examples=150, deadline=None)
@given(SOUP, st.sampled_from(["sentence", "word"]))
def test_every_token_comes_back_as_if_the_reply_were_whole(atoms: list[str], by: str) -> None:
    text = "".join(atoms).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    release = Release(reveal=VAULT.reveal, judge=lambda passage: OK, by=by, longest=2000)  # type: ignore[arg-type]
    sent = [release.feed(char) for char in text]
    assert "".join((*sent, release.close())) == VAULT.reveal(text)


@settings(max_examples=100, deadline=None)
@given(SOUP, st.sampled_from(["sentence", "word"]), st.randoms(use_true_random=False))
def test_a_failing_check_lets_out_the_same_beginning(atoms: list[str], by: str, rng: random.Random) -> None:
    text = "".join(atoms)

    def until_it_fails(cut: list[str]) -> tuple[str, bool]:
        release = Release(reveal=VAULT.reveal, judge=breaks, by=by, longest=200)  # type: ignore[arg-type]
        sent: list[str] = []
        try:
            for piece in cut:
                sent.append(release.feed(piece))
            sent.append(release.close())
        except SafeguardUnavailable:
            return "".join(sent), True
        return "".join(sent), False

    assert until_it_fails([text]) == until_it_fails(pieces(rng, text))


@settings(max_examples=300, deadline=None)
@given(SOUP)
@example(["at 9 p.m.", " ", "Dr. Lee came at p.m.", " ", "she said"])
@example(["Dial nine.", " ", "one", " ", "555.", " - ", "0"])
def test_a_boundary_once_decided_stays_decided(atoms: list[str]) -> None:
    text = "".join(atoms)
    for mark in MARK.finditer(text):
        before, after = text[: mark.start()], text[mark.end() :]
        seen = [
            ends_sentence(before, mark.group(), after[:size], closed=False) for size in range(len(after) + 1)
        ]
        decided = [ends for ends in seen if ends is not None]
        assert len(set(decided)) <= 1
        assert None not in seen[len(seen) - len(decided) :]
        assert len(seen) <= 16 or seen[16] is not None


@settings(max_examples=300, deadline=None)
@given(st.from_regex(TOKEN_LIKE, fullmatch=True))
def test_a_token_is_never_taken_for_a_word_before_it_is_whole(token: str) -> None:
    assert word_end(token + " x", 0, 200, closed=False) == len(token)
    for size in range(1, len(token) + 1):
        assert word_end(token[:size], 0, 200, closed=False) is None

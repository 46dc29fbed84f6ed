"""Property: whatever is done to a signed pack, it opens no gate unless it says exactly what was signed."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from signing import made_key, measured, pack_for, signed
from thirdchair.policy import Cleared, UseTerms
from thirdchair.policy.clearance import judge_clearance
from thirdchair.policy.signed_pack import RegisteredKey, SignedPack, read_signed_pack
from thirdchair.trail.heads import key_id
from thirdchair.uses import USES

USE = USES["draft_document"]
DIGEST = "d" * 64
KEY, STRANGER = made_key(), made_key()
PACK = pack_for(USE.id, method="ward", method_digest=DIGEST)
FILE = signed(PACK, KEY)
TODAY = date(2026, 3, 2)
TERMS: dict[str, UseTerms] = {use.id: use.terms for use in USES.values()}
many = settings(max_examples=300, deadline=None)
SHARES = st.floats(min_value=0, max_value=1)


def is_open(
    content: bytes,
    *,
    retired: bool = False,
    use: str = USE.id,
    method: str = "ward",
    language: str = "en",
    **digests: str,
) -> bool:
    """Whether a file opens the gate of this use, as it stands unless a digest says otherwise."""
    public = KEY.public_key()
    keys = {key_id(public): RegisteredKey(public.public_bytes_raw(), retired=retired)}
    found = read_signed_pack(content, keys=keys, uses=TERMS, today=TODAY)
    if not isinstance(found, SignedPack):
        return False
    now = {"method_digest": DIGEST, "prompt_digest": USE.prompt_digest, "policy_digest": USE.digest} | digests
    judged = judge_clearance(
        [found.pack], use=use, method=method, language=language, requirements=USE.requirements, **now
    )
    return isinstance(judged, Cleared)


def parsed(content: bytes) -> Any:
    try:
        return json.loads(content)
    except ValueError:
        return None


@many
@given(st.data())
def test_a_byte_that_is_changed_added_or_lost_opens_nothing(data: st.DataObject) -> None:
    assert is_open(FILE)
    place = data.draw(st.integers(0, len(FILE) - 1))
    byte = data.draw(st.binary(min_size=0, max_size=2))
    altered = FILE[:place] + byte + FILE[place + data.draw(st.integers(0, 2)) :]
    if is_open(altered):
        assert parsed(altered) == parsed(FILE)


@many
@given(st.data())
def test_any_part_that_says_something_else_opens_nothing(data: st.DataObject) -> None:
    file = json.loads(FILE)
    name = data.draw(st.sampled_from(sorted(file["pack"])))
    if name == "estimates":
        measure = data.draw(st.sampled_from(sorted(PACK["estimates"])))
        file["pack"]["estimates"][measure] = measured(data.draw(SHARES), n=data.draw(st.integers(400, 10**6)))
    else:
        file["pack"][name] = data.draw(
            st.one_of(st.text(max_size=64), st.just("e" * 64), st.sampled_from(sorted(USES)), st.none())
        )
    if is_open(json.dumps(file).encode()):
        assert file["pack"] == PACK


@many
@given(st.dictionaries(st.sampled_from([r.measure for r in USE.requirements]), SHARES, min_size=1))
def test_honestly_signed_evidence_opens_only_if_every_lower_end_suffices(lows: dict[str, float]) -> None:
    pack = PACK | {"estimates": {name: measured(low) for name, low in lows.items()}}
    enough = all(r.measure in lows and lows[r.measure] >= r.at_least for r in USE.requirements)
    assert is_open(signed(pack, KEY)) is enough


@many
@given(
    st.sampled_from(["method_digest", "prompt_digest", "policy_digest"]),
    st.integers(0, 63),
    st.sampled_from("0123456789abcdef"),
)
def test_one_digit_of_a_digest_closes_it(name: str, place: int, digit: str) -> None:
    now = PACK[name]
    moved = now[:place] + digit + now[place + 1 :]
    assert is_open(FILE, **{name: moved}) is (moved == now)


@many
@given(
    st.sampled_from(sorted(USES)),
    st.sampled_from(["ward", "far", "extractive"]),
    st.sampled_from(["en", "zh-hans"]),
)
def test_it_opens_nothing_but_what_it_names(use: str, method: str, language: str) -> None:
    assert is_open(FILE, use=use, method=method, language=language) is (
        (use, method, language) == (USE.id, "ward", "en")
    )


def test_a_stranger_and_a_retired_key_open_nothing() -> None:
    assert not is_open(signed(PACK, STRANGER))
    assert not is_open(FILE, retired=True)


def test_one_byte_of_the_prompt_closes_the_use() -> None:
    from dataclasses import replace

    changed = replace(USE, prompt=USE.prompt + " ")
    assert not is_open(FILE, prompt_digest=changed.prompt_digest, policy_digest=changed.digest)
    assert not is_open(FILE, policy_digest=replace(USE, intended_use=USE.intended_use + " ").digest)

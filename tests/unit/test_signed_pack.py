"""A pack from outside is believed only under a key that stands, unchanged, for a use and language that are registered."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from signing import made_key, measured, pack_for, signed
from thirdchair.policy import Cleared, NotCleared, Refused
from thirdchair.policy.clearance import judge_clearance
from thirdchair.policy.signed_pack import RegisteredKey, SignedPack, read_signed_pack, sign_pack
from thirdchair.trail.heads import key_id
from thirdchair.uses import USES

KEY = made_key()
PUBLIC = KEY.public_key()
DIGEST = "d" * 64
TODAY = date(2026, 3, 2)
TERMS = {use.id: use.terms for use in USES.values()}
USE = "draft_document"
PACK = pack_for(USE, method="ward", method_digest=DIGEST)


def keys(**changed: Any) -> dict[str, RegisteredKey]:
    return {key_id(PUBLIC): RegisteredKey(PUBLIC.public_bytes_raw(), **changed)}


def read(content: bytes, registered: dict[str, RegisteredKey] | None = None) -> SignedPack | Refused:
    return read_signed_pack(
        content, keys=keys() if registered is None else registered, uses=TERMS, today=TODAY
    )


def rule(content: bytes, registered: dict[str, RegisteredKey] | None = None) -> str:
    found = read(content, registered)
    return found.rule if isinstance(found, Refused) else "read"


def clearance(*contents: bytes, **changed: Any) -> str:
    use = USES[USE]
    packs = [found.pack for one in contents if isinstance(found := read(one), SignedPack)]
    asked = {
        "use": USE, "method": "ward", "method_digest": DIGEST, "language": "en",
        "requirements": use.requirements, "prompt_digest": use.prompt_digest, "policy_digest": use.digest,
    } | changed  # fmt: skip
    judged = judge_clearance(packs, **asked)
    return judged.refusal.rule if isinstance(judged, NotCleared) else "cleared"


def test_a_signed_pack_is_read_and_clears_what_it_names() -> None:
    found = read(signed(PACK, KEY))
    assert isinstance(found, SignedPack)
    assert (found.pack.use, found.pack.method, found.key) == (USE, "ward", key_id(PUBLIC))
    assert clearance(signed(PACK, KEY)) == "cleared"
    use = USES[USE]
    judged = judge_clearance(
        [found.pack], use=USE, method="ward", method_digest=DIGEST, language="en",
        requirements=use.requirements, prompt_digest=use.prompt_digest, policy_digest=use.digest,
    )  # fmt: skip
    assert judged == Cleared(found.pack.digest)


@pytest.mark.parametrize("changed", ["method_digest", "prompt_digest", "policy_digest"])
def test_a_pack_for_another_digest_is_stale(changed: str) -> None:
    assert clearance(signed(PACK, KEY), **{changed: "e" * 64}) == "clearance.stale"
    assert clearance(signed(PACK | {changed: "e" * 64}, KEY)) == "clearance.stale"


def test_a_caller_who_names_no_prompt_and_policy_opens_nothing_with_it() -> None:
    assert clearance(signed(PACK, KEY), prompt_digest="", policy_digest="") == "clearance.stale"


@pytest.mark.parametrize("other", [{"use": "answer_question"}, {"method": "far"}, {"language": "zh-hans"}])
def test_a_pack_for_anything_else_is_none(other: dict[str, str]) -> None:
    assert clearance(signed(PACK | other, KEY)) == "clearance.missing"


def test_white_space_and_the_order_of_names_do_not_count() -> None:
    file = json.loads(signed(PACK, KEY))
    shuffled = {name: file["pack"][name] for name in reversed(file["pack"])}
    assert rule(json.dumps({"signature": file["signature"], "pack": shuffled}).encode()) == "read"


def changed_file(path: list[str], value: Any) -> bytes:
    file = json.loads(signed(PACK, KEY))
    part = file
    for name in path[:-1]:
        part = part[name]
    part[path[-1]] = value
    return json.dumps(file).encode()


MEASURE = USES[USE].requirements[0].measure


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["pack", "use"], "answer_question"),
        (["pack", "method"], "far"),
        (["pack", "method_digest"], "e" * 64),
        (["pack", "prompt_digest"], "e" * 64),
        (["pack", "policy_digest"], "e" * 64),
        (["pack", "language"], "zh-hans"),
        (["pack", "made_on"], "2026-03-02"),
        (["pack", "command"], "another"),
        (["pack", "estimates", MEASURE, "low"], 0.991),
        (["pack", "estimates", MEASURE, "n"], 4000),
        (["pack", "estimates", MEASURE, "dataset"], "another"),
        (["signature", "ed25519"], "0" * 128),
    ],
)
def test_one_changed_thing_breaks_the_signature(path: list[str], value: Any) -> None:
    assert rule(changed_file(path, value)) == "evidence.signature"


def test_keys_that_do_not_count() -> None:
    content = signed(PACK, KEY)
    assert rule(content, {}) == "evidence.unknown_key"
    assert rule(content, keys(retired=True)) == "evidence.retired_key"
    other = made_key()
    assert rule(signed(PACK, other)) == "evidence.unknown_key"
    # Another's signature under the name of a key that stands, and a key kept under another's name.
    file = json.loads(signed(PACK, other))
    file["signature"]["key_id"] = key_id(PUBLIC)
    assert rule(json.dumps(file).encode()) == "evidence.signature"
    assert rule(content, {key_id(PUBLIC): RegisteredKey(b"")}) == "evidence.signature"
    swapped = {key_id(PUBLIC): RegisteredKey(other.public_key().public_bytes_raw())}
    assert rule(content, swapped) == "evidence.signature"


def test_a_signature_of_the_trail_is_none_of_a_pack() -> None:
    """The two are signed as different statements."""
    file = json.loads(signed(PACK, KEY))
    found = read(json.dumps(file).encode())
    assert isinstance(found, SignedPack)
    file["signature"]["ed25519"] = KEY.sign(found.pack.digest.encode()).hex()
    assert rule(json.dumps(file).encode()) == "evidence.signature"


@pytest.mark.parametrize(
    "pack",
    [PACK | {"use": "read_minds"}, PACK | {"language": "fr"}],
)
def test_a_use_or_language_that_is_not_here(pack: dict[str, Any]) -> None:
    assert rule(signed(pack, KEY)) == "evidence.unknown_use"


def test_no_pack_opens_a_use_that_is_closed() -> None:
    shut = TERMS | {USE: replace(TERMS[USE], closed=True)}
    found = read_signed_pack(signed(PACK, KEY), keys=keys(), uses=shut, today=TODAY)
    assert isinstance(found, Refused)
    assert found.rule == "evidence.unknown_use"


def test_a_pack_of_tomorrow_is_not_taken() -> None:
    assert rule(signed(PACK | {"made_on": "2026-03-03"}, KEY)) == "evidence.future"


@pytest.mark.parametrize(
    "pack",
    [
        {name: value for name, value in PACK.items() if name != gone}
        for gone in ("policy_digest", "prompt_digest", "method_digest", "estimates", "made_on", "language")
    ]
    + [
        PACK | {"policy_digest": None},
        PACK | {"extra": 1},
        PACK | {"made_on": "2026-02-31"},
        PACK | {"estimates": {}},
        PACK | {"estimates": {MEASURE: measured(0.99, value=True)}},
        PACK | {"estimates": {MEASURE: measured() | {"low": "0.99"}}},
        PACK | {"estimates": {MEASURE: measured(0.99, high=0.5)}},
        PACK | {"estimates": {MEASURE: measured(0.99, n=0)}},
        PACK | {"estimates": {MEASURE: measured(0.99, direction="up")}},
        PACK | {"estimates": {MEASURE: 0.99}},
        {},
    ],
)
def test_what_is_no_pack_is_neither_signed_nor_read(pack: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        sign_pack(pack, KEY)
    file = json.loads(signed(PACK, KEY))
    assert rule(json.dumps({"pack": pack, "signature": file["signature"]}).encode()) == "evidence.malformed"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{}",
        b"\xff",
        b"[" * 100_000,
        b"x" * 1_000_001,
        b'{"pack": {}, "pack": {}, "signature": {}}',
        signed(PACK, KEY).replace(b'"low": 0.99', b'"low": NaN', 1),
        signed(PACK, KEY).replace(b'"high": 1.0', b'"high": 1e999', 1),
        signed(PACK, KEY).replace(b'"low": 0.99', b'"low": 0.5, "low": 0.99', 1),
        signed(PACK, KEY).replace(b'"command": "made by a test"', b'"command": "\\ud800"', 1),
    ],
)
def test_a_file_that_is_none(content: bytes) -> None:
    assert rule(content) == "evidence.malformed"


def test_a_pack_that_falls_short_or_is_unscored_clears_nothing() -> None:
    assert (
        clearance(signed(PACK | {"estimates": {}} | {"estimates": {"x": measured()}}, KEY))
        == "clearance.short"
    )
    low = pack_for(USE, method="ward", method_digest=DIGEST, low=0.5)
    assert clearance(signed(low, KEY)) == "clearance.short"
    unscored = {**PACK["estimates"], MEASURE: {"unscored": "too few"}}
    assert clearance(signed(PACK | {"estimates": unscored}, KEY)) == "clearance.short"


def test_a_newer_pack_that_falls_short_closes_what_an_older_one_opened() -> None:
    low = pack_for(USE, method="ward", method_digest=DIGEST, low=0.5, made_on="2026-03-02")
    assert clearance(signed(PACK, KEY), signed(low, KEY)) == "clearance.short"

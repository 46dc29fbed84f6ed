"""Pieces of a model's reply are gathered, none is lost, and whoever stops reading stops the model."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from thirdchair.errors import ClientFailed
from thirdchair_web.api.pieces import gathered


async def said(*pieces: str, failing: bool = False) -> AsyncIterator[str]:
    for piece in pieces:
        yield piece
    if failing:
        raise ClientFailed("The model's server could not be reached.")


async def all_of(pieces: AsyncIterator[str]) -> list[str]:
    return [piece async for piece in gathered(pieces)]


def test_what_comes_at_once_is_one_piece() -> None:
    assert asyncio.run(all_of(said("a", "b", "", "c"))) == ["abc"]
    assert asyncio.run(all_of(said())) == []


def test_what_comes_one_by_one_goes_on_one_by_one() -> None:
    async def held() -> list[str]:
        go_on = asyncio.Event()

        async def slow() -> AsyncIterator[str]:
            yield "a"
            await go_on.wait()
            yield "b"

        got: list[str] = []
        async for piece in gathered(slow()):
            got.append(piece)
            go_on.set()
        return got

    assert asyncio.run(held()) == ["a", "b"]


def test_a_failure_comes_after_what_was_said() -> None:
    async def until_it_fails() -> list[str]:
        got: list[str] = []
        with pytest.raises(ClientFailed):
            async for piece in gathered(said("a", "b", failing=True)):
                got.append(piece)
        return got

    assert asyncio.run(until_it_fails()) == ["ab"]


def test_closing_it_stops_the_model() -> None:
    async def stopped() -> bool:
        ended = False

        async def endless() -> AsyncIterator[str]:
            nonlocal ended
            try:
                yield "a"
                await asyncio.Event().wait()
            finally:
                ended = True

        pieces = gathered(endless())
        await anext(pieces)
        await pieces.aclose()
        return ended

    assert asyncio.run(stopped())

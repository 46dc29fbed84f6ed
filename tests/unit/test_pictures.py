"""A picture goes with a question whole, or the question is not asked: nowhere is it dropped in silence."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest
from test_clients import served

from thirdchair.clients.embedded.engine import EmbeddedModel
from thirdchair.clients.wire import encoded_body
from thirdchair.errors import ClientFailed, PicturesNotTaken, SafeguardUnavailable
from thirdchair.gateway.concealing import concealed_in
from thirdchair.records import Ask, Image, Language, Message
from thirdchair.safeguards.deidentify import Deidentifier
from thirdchair_lab.journal import reply_key

PICTURE = Image("image/png", b"\x89PNG, as it were")
WORDS = Ask((Message("system", "Look."), Message("user", "Which word fits?")))
LOOK = Ask((Message("system", "Look."), Message("user", "Which word fits?", (PICTURE,))))
NEVER_LOADED = {"name": "m", "path": Path("none.gguf"), "sha256": "0" * 64, "version": "0"}


def test_words_alone_go_as_they_always_did() -> None:
    assert encoded_body("m", WORDS, schema_in_words=False) == (
        b'{"model": "m", "messages": [{"role": "system", "content": "Look."}, '
        b'{"role": "user", "content": "Which word fits?"}], "max_tokens": 1024, "temperature": 0.0, "seed": 0}'
    )


@pytest.mark.parametrize("schema_in_words", [True, False])
def test_a_picture_goes_as_a_part_of_its_message(schema_in_words: bool) -> None:
    first = Ask((LOOK.messages[1],), schema={"type": "object"})
    [message] = json.loads(encoded_body("m", first, schema_in_words=schema_in_words))["messages"]
    words, picture = message["content"]
    assert words["type"] == "text"
    assert words["text"].startswith("Which word fits?")
    kind, _, data = picture["image_url"]["url"].partition(";base64,")
    assert (picture["type"], kind, base64.b64decode(data)) == ("image_url", "data:image/png", PICTURE.data)


@pytest.mark.parametrize("status", [400, 500])
def test_a_server_that_refuses_a_picture_gives_a_named_result(status: int) -> None:
    with served(status, "") as client:
        with pytest.raises(PicturesNotTaken) as raised:
            client.answer(LOOK)
        assert "Which word" not in str(raised.value)
        with pytest.raises(ClientFailed) as plain:
            client.answer(WORDS)
        assert not isinstance(plain.value, PicturesNotTaken)


def test_a_server_that_is_down_is_not_taken_for_a_blind_model() -> None:
    with served(503, "") as client:
        with pytest.raises(ClientFailed) as raised:
            client.answer(LOOK)
        assert not isinstance(raised.value, PicturesNotTaken)


def test_the_embedded_model_takes_no_picture_and_says_so() -> None:
    model = EmbeddedModel(**NEVER_LOADED)
    with pytest.raises(PicturesNotTaken):
        model.answer(LOOK)
    with pytest.raises(PicturesNotTaken):
        next(model.stream(LOOK))
    assert not model.loaded


def test_a_picture_never_passes_for_concealed() -> None:
    with pytest.raises(SafeguardUnavailable, match="picture"):
        concealed_in(LOOK, Deidentifier(Language.ENGLISH))


def test_another_picture_is_another_question() -> None:
    other = Ask((LOOK.messages[0], Message("user", "Which word fits?", (Image("image/png", b"other"),))))
    assert len({reply_key("d", ask, 0) for ask in (WORDS, LOOK, other)}) == 3


def test_what_is_no_picture_is_refused() -> None:
    with pytest.raises(ValueError, match="content"):
        Image("image/png", b"")
    with pytest.raises(ValueError, match="one of"):
        Image("image/svg+xml", b"<svg/>")  # pyright: ignore[reportArgumentType]
    assert "PNG" not in repr(PICTURE)

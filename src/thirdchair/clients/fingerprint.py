"""Whether a model is still the one that was registered: by its weights where they can be known, else by its answers.

The fingerprint is a SHA-256 over the answers to a few fixed questions, asked at temperature 0 with seed 0. None of them
comes from a patient.

What it does *not* catch: a change that leaves all these short answers as they were (another quantisation, a light
fine-tuning, a longer context), a server that tells these questions from others, and whatever happens between two checks.
And a server whose answers depend on its load changes its fingerprint with nothing changed; such a one is not taken.
"""

from __future__ import annotations

import hashlib
import json
from typing import Final

from thirdchair.clients.protocol import Client
from thirdchair.clients.registration import RegisteredModel
from thirdchair.clients.weights import served_weights
from thirdchair.errors import ClientFailed
from thirdchair.records import Ask, Message

CANARIES: Final = (
    "Write the numbers from three to nine in words, separated by commas.",
    "Name the first four colours of the rainbow, in order, one word each.",
    "What is 17 times 23? Answer with the number alone.",
    "Complete the proverb: A stitch in time",
    "Translate into French: The lamp stands on the table.",
    "用中文写出一周七天的名称，用顿号分隔。",
    "Spell the word “harbour” backwards.",
    "In one sentence, what is a barometer for?",
)
"""The questions. To change one is to change every fingerprint, so all models would have to be measured again."""

LONGEST_ANSWER_TOKENS: Final = 32
_TOLD: Final = Message("system", "Answer briefly.")


def fingerprint(client: Client, *, served_as: str) -> str:
    """SHA-256, in hex, of how a model answers the canaries.

    Args:
        client: reaches the model.
        served_as: what its server calls it.

    Raises:
        ClientFailed: the model cannot be asked, or does not answer the same twice.
    """
    first = _answers(client)
    if _answers(client) != first:
        raise ClientFailed(
            "The model does not answer the same question the same way twice, so its answers cannot identify it. "
            "Serve it without batching or sampling, or vouch for a digest yourself: --digest"
        )
    made_of = {"asked": CANARIES, "served_as": served_as, "answers": first}
    return hashlib.sha256(json.dumps(made_of, sort_keys=True).encode()).hexdigest()


def observed_digest(model: RegisteredModel, client: Client, *, api_key: str | None = None) -> str | None:
    """The digest of what is there now, to compare with the registered one; None where the operator vouched for it.

    Raises:
        ClientFailed: it cannot be found out now.
        ModelUnusable: the file of an embedded model is not there or cannot be read.
    """
    if model.digest_kind == "operator":
        return None
    if model.digest_kind == "fingerprint":
        return fingerprint(client, served_as=model.served_as)
    if model.path is not None:
        from thirdchair.clients.embedded.model_file import read_model_file

        return read_model_file(model.path).sha256
    digest = served_weights(model.base_url or "", served_as=model.served_as, api_key=api_key)
    if digest is None:
        raise ClientFailed("The server no longer gives a digest of its weights. Is it the same server?")
    return digest


def _answers(client: Client) -> list[tuple[str, str]]:
    replies = [
        client.answer(Ask((_TOLD, Message("user", question)), max_tokens=LONGEST_ANSWER_TOKENS))
        for question in CANARIES
    ]
    return [(str(reply.finish), reply.text) for reply in replies]

"""The digest of a model's weights, from a server that gives one: Ollama does; the OpenAI protocol has no place for it."""

from __future__ import annotations

from typing import Final

import httpx
from pydantic import BaseModel, Field, ValidationError

from thirdchair.clients.addresses import is_on_this_host
from thirdchair.clients.wire import headers

_WAIT_S: Final = 5.0
_LARGEST_BYTES: Final = 4_000_000


def served_weights(base_url: str, *, served_as: str, api_key: str | None = None) -> str | None:
    """SHA-256 in hex of what the server serves under a name; None where it does not say.

    Only a server on this host is asked. No text goes to it.

    Args:
        base_url: up to and including the version.
        served_as: what the server calls the model.
        api_key: sent as a bearer token.
    """
    if not is_on_this_host(base_url):
        return None
    address = f"{base_url.rstrip('/').removesuffix('/v1')}/api/tags"
    try:
        with httpx.Client(trust_env=False, follow_redirects=False, timeout=_WAIT_S) as http:
            answer = http.get(address, headers=dict(headers(api_key)))
        if answer.status_code != 200 or len(answer.content) > _LARGEST_BYTES:
            return None
        served = _Tags.model_validate_json(answer.content).models
    except (httpx.HTTPError, ValidationError):
        return None
    named = {served_as, f"{served_as}:latest"}
    return next((one.digest for one in served if one.name in named), None)


class _Tag(BaseModel):
    name: str
    digest: str = Field(pattern=r"^[0-9a-f]{64}$")


class _Tags(BaseModel):
    models: list[_Tag]

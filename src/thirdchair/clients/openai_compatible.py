"""Any server that speaks the OpenAI chat protocol: vLLM, SGLang, Ollama, llama.cpp, or an outside provider.

Only the registered address is contacted: redirects are not followed and proxy settings of the environment are
ignored. Outside this host the connection is TLS with a verified certificate. What the server says in an error is
never copied into ours, because servers echo the request, and the request holds what a patient said.

It does not know which weights the server runs: `digest` is what the operator registered, and a server that
swaps its model under the same name is not noticed here.
"""

from __future__ import annotations

import ipaddress
import json
import ssl
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import httpx
import tenacity

from thirdchair.clients.completion import LONGEST_WAIT_S, Refusal, read_answer
from thirdchair.clients.protocol import Whereabouts
from thirdchair.errors import ClientFailed
from thirdchair.records import Ask, Message, Reply

LONGEST_REPLY_BYTES: Final = 4_000_000
_SCHEMA_REFUSED: Final = frozenset({400, 415, 422, 501})
_PASSING_FAULTS: Final = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.ReadError,
    httpx.WriteError,
    httpx.RemoteProtocolError,
)


class OpenAICompatible:
    """A model behind an OpenAI-compatible server.

    Args:
        name: what it is registered under.
        model: the name the server knows it by.
        base_url: up to and including the version, such as "http://127.0.0.1:8080/v1".
        digest: SHA-256 in hex, registered by the operator, of weights and serving configuration.
        runs_where: "this_host" only for a loopback address.
        api_key: sent as a bearer token; shown nowhere.
        ca_file: certificates to trust in place of the built-in ones, for a service with its own authority.
        timeout_s: longest time for one attempt, in seconds.
        attempts: attempts in all, the first included.
        sleep: waits between attempts; tests pass their own.

    Raises:
        ValueError: the address is not one that text may be sent to, or the key cannot be sent.
        OSError: `ca_file` cannot be read.
    """

    def __init__(
        self,
        *,
        name: str,
        model: str,
        base_url: str,
        digest: str,
        runs_where: Whereabouts,
        api_key: str | None = None,
        ca_file: Path | None = None,
        timeout_s: float = 120.0,
        attempts: int = 3,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.name = name
        self.digest = digest
        self.runs_where: Whereabouts = runs_where
        self._model = model
        self._address = checked_address(base_url, runs_where=runs_where)
        self._key = checked_key(api_key)
        self._trusted = ssl.create_default_context(cafile=ca_file) if ca_file else True
        self._timeout_s = timeout_s
        self._attempts = attempts
        self._sleep = sleep
        self._takes_schema = True

    def __repr__(self) -> str:
        return f"OpenAICompatible(name={self.name!r}, model={self._model!r}, runs_where={self.runs_where!r})"

    def answer(self, ask: Ask) -> Reply:
        """The model's answer, as the `Client` protocol says."""
        if ask.schema and self._takes_schema:
            outcome = self._attempt_all(_with_schema(self._body(ask), ask))
            if not (isinstance(outcome, Refusal) and outcome.status in _SCHEMA_REFUSED):
                return _reply_or_raise(outcome)
            reply = _reply_or_raise(self._attempt_all(_with_json_only(self._body(_schema_in_words(ask)))))
            self._takes_schema = False  # only now is it known that the schema was what it refused
            return reply
        if ask.schema:
            return _reply_or_raise(self._attempt_all(_with_json_only(self._body(_schema_in_words(ask)))))
        return _reply_or_raise(self._attempt_all(self._body(ask)))

    def _body(self, ask: Ask) -> dict[str, Any]:
        return {
            "model": self._model,
            "messages": [{"role": m.role, "content": m.content} for m in ask.messages],
            "max_tokens": ask.max_tokens,
            "temperature": ask.temperature,
            "seed": ask.seed,
        }

    def _headers(self) -> dict[str, str]:
        plain = {
            "Content-Type": "application/json",
            "Accept": "application/json",
            "Accept-Encoding": "identity",
        }
        return {**plain, "Authorization": f"Bearer {self._key}"} if self._key else plain

    def _attempt_all(self, body: dict[str, Any]) -> Reply | Refusal:
        """The reply, or the refusal that stood when the attempts were spent."""
        retrying = tenacity.Retrying(
            stop=tenacity.stop_after_attempt(self._attempts),
            wait=_pause,
            retry=tenacity.retry_if_result(_may_pass),
            retry_error_callback=_last_result,
            sleep=self._sleep,
        )
        return retrying(self._attempt, body)

    def _attempt(self, body: dict[str, Any]) -> Reply | Refusal:
        try:
            return self._exchange(body)
        except _PASSING_FAULTS:
            return Refusal("The model's server could not be reached.", passing=True)
        except httpx.TimeoutException:
            # Not tried again: the server may still be working on this one, and a second would double its load.
            return Refusal("The model's server took longer than allowed.")
        except (httpx.HTTPError, ssl.SSLError):
            return Refusal("The model's server could not be spoken to.")

    def _exchange(self, body: dict[str, Any]) -> Reply | Refusal:
        # ASCII, so that half a character in a damaged transcript is escaped and not raised, text and all
        plain = json.dumps(body, ensure_ascii=True).encode("ascii")
        give_up_at = time.monotonic() + self._timeout_s
        with (
            httpx.Client(
                trust_env=False, follow_redirects=False, verify=self._trusted, timeout=self._timeout_s
            ) as http,
            http.stream("POST", self._address, content=plain, headers=self._headers()) as response,
        ):
            content = bytearray()
            for piece in response.iter_raw():
                content += piece
                if len(content) > LONGEST_REPLY_BYTES:
                    return Refusal("The model's server sent more than a reply can be.")
                if time.monotonic() > give_up_at:
                    return Refusal("The model's server took longer than allowed.")
            return read_answer(response.status_code, bytes(content), response.headers.get("Retry-After"))


def checked_address(base_url: str, *, runs_where: Whereabouts) -> str:
    """The address that chats are posted to.

    >>> checked_address("http://127.0.0.1:8080/v1/", runs_where="this_host")
    'http://127.0.0.1:8080/v1/chat/completions'

    Raises:
        ValueError: plain HTTP beyond this host; a host called "this_host" that is not; or a name, password,
            query or fragment in the address.
    """
    url = _parsed(base_url)
    if (
        url is None
        or url.userinfo
        or url.query
        or url.fragment
        or not url.host
        or url.scheme not in ("http", "https")
    ):
        raise ValueError("A model's address is http(s)://host[:port]/path and nothing else.")
    here = _is_loopback(url.host)
    if runs_where == "this_host" and not here:
        raise ValueError("A model on this host has a loopback address. Register any other as outside.")
    if url.scheme == "http" and not here:
        raise ValueError("Beyond this host a model is reached by https only.")
    return f"{str(url).rstrip('/')}/chat/completions"


def checked_key(api_key: str | None) -> str | None:
    """The key, if it can stand in a header: checked here because a library's error would quote it.

    Raises:
        ValueError: it holds a space, a line break or a character beyond ASCII.
    """
    if api_key is not None and not all("!" <= char <= "~" for char in api_key):
        raise ValueError("An API key is printable ASCII without spaces. Check for a line break at its end.")
    return api_key


def _parsed(base_url: str) -> httpx.URL | None:
    try:
        return httpx.URL(base_url)
    except httpx.InvalidURL:
        return None


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _with_schema(body: dict[str, Any], ask: Ask) -> dict[str, Any]:
    named = {"name": "reply", "strict": True, "schema": dict(ask.schema)}
    return {**body, "response_format": {"type": "json_schema", "json_schema": named}}


def _with_json_only(body: dict[str, Any]) -> dict[str, Any]:
    return {**body, "response_format": {"type": "json_object"}}


def _schema_in_words(ask: Ask) -> Ask:
    """The same ask with its schema written into the first message, for a server that takes no schema."""
    words = f"Answer with one JSON object that satisfies this JSON Schema:\n{json.dumps(dict(ask.schema))}"
    first, *rest = ask.messages
    return replace(ask, messages=(Message(first.role, f"{first.content}\n\n{words}"), *rest))


def _pause(state: tenacity.RetryCallState) -> float:
    refusal = _last_result(state)
    if isinstance(refusal, Refusal) and refusal.wait_s is not None:
        return refusal.wait_s
    return tenacity.wait_random_exponential(multiplier=1, max=LONGEST_WAIT_S)(state)


def _may_pass(outcome: Reply | Refusal) -> bool:
    return isinstance(outcome, Refusal) and outcome.passing


def _last_result(state: tenacity.RetryCallState) -> Reply | Refusal:
    if state.outcome is None:
        raise RuntimeError("no attempt was made")
    return state.outcome.result()


def _reply_or_raise(outcome: Reply | Refusal) -> Reply:
    """The reply; raised outside every `except`, so that no library's error travels along with its context."""
    if isinstance(outcome, Reply):
        return outcome
    raise ClientFailed(f"{outcome.problem} Look at the server's own log, or ask whoever runs it.")

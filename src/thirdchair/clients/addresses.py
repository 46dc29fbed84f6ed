"""The addresses text may be sent to, and the keys that may be sent along."""

from __future__ import annotations

import ipaddress

import httpx

from thirdchair.clients.protocol import Whereabouts


def checked_address(base_url: str, *, runs_where: Whereabouts) -> str:
    """The address that chats are posted to.

    >>> checked_address("http://127.0.0.1:8080/v1/", runs_where="this_host")
    'http://127.0.0.1:8080/v1/chat/completions'

    Raises:
        ValueError: plain HTTP beyond this host; a host called "this_host" that is not; or a name, password,
            query or fragment in the address.
    """
    url = _plain(base_url)
    if url is None:
        raise ValueError("A model's address is http(s)://host[:port]/path and nothing else.")
    here = _is_loopback(url.host)
    if runs_where == "this_host" and not here:
        raise ValueError("A model on this host has a loopback address. Register any other as outside.")
    if url.scheme == "http" and not here:
        raise ValueError("Beyond this host a model is reached by https only.")
    return f"{str(url).rstrip('/')}/chat/completions"


def checked_post_address(address: str) -> str:
    """An address that notices are posted to.

    >>> checked_post_address("http://127.0.0.1:9000/pager")
    'http://127.0.0.1:9000/pager'

    Raises:
        ValueError: plain HTTP beyond this host; or a name, password, query or fragment in the address.
    """
    url = _plain(address)
    if url is None or (url.scheme == "http" and not _is_loopback(url.host)):
        raise ValueError("Notices are posted to https://host[:port]/path, or by http on this host.")
    return str(url)


def is_on_this_host(base_url: str) -> bool:
    """Whether an address is a loopback one; False for what is no address.

    >>> is_on_this_host("http://[::1]:8080/v1"), is_on_this_host("https://models.example/v1")
    (True, False)
    """
    url = _parsed(base_url)
    return url is not None and _is_loopback(url.host)


def checked_key(api_key: str | None) -> str | None:
    """The key, if it can stand in a header: checked here because a library's error would quote it.

    Raises:
        ValueError: it holds a space, a line break or a character beyond ASCII.
    """
    if api_key is not None and not all("!" <= char <= "~" for char in api_key):
        raise ValueError("An API key is printable ASCII without spaces. Check for a line break at its end.")
    return api_key


def _plain(address: str) -> httpx.URL | None:
    """The address, where it is http(s)://host[:port]/path and nothing else."""
    url = _parsed(address)
    if (
        url is None
        or url.userinfo
        or url.query
        or url.fragment
        or not url.host
        or url.scheme not in ("http", "https")
    ):
        return None
    return url


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

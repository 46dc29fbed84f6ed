"""Whether a request names a host this service answers to; any other is left to Django, which refuses it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http.request import split_domain_port, validate_host


def is_ours(scope: dict[str, Any]) -> bool:
    """Whether the Host header is one of `allowed_hosts`."""
    host = dict(scope["headers"]).get(b"host", b"").decode("latin-1")
    domain, _ = split_domain_port(host)
    return bool(domain) and validate_host(domain, settings.ALLOWED_HOSTS)

"""Errors in OpenAI's shape, with the rule, the reason and the way out, and the crisis card beside them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.conf import settings
from django.utils.translation import gettext, override
from starlette.responses import JSONResponse

from thirdchair.records import Language

_TYPES: Final = {
    400: "invalid_request_error",
    401: "authentication_error",
    403: "permission_error",
    404: "not_found_error",
    409: "conflict_error",
    413: "invalid_request_error",
    429: "rate_limit_error",
}


class Problem(Exception):
    """A request that is not answered.

    Args:
        status: of HTTP.
        rule: its name, such as "consent.missing".
        reason: why, in words that a nurse understands.
        remedy: the way out.
        card: the crisis card, for a person who may need it.
        wait_s: seconds after which to come back, or None.
        translations: reason and remedy by language; those of the catalogue, if not given.

    Reason and remedy are told in the service's language, and those of every language stand beside them.
    """

    def __init__(
        self,
        status: int,
        rule: str,
        reason: str,
        remedy: str,
        *,
        card: str = "",
        wait_s: int | None = None,
        translations: Mapping[str, Mapping[str, str]] | None = None,
    ) -> None:
        super().__init__(rule)
        self.status = status
        self.rule = rule
        self.translations = translations or _in_each_language(reason, remedy)
        own = self.translations[settings.THIRDCHAIR.language]
        self.reason, self.remedy = own["reason"], own["remedy"]
        self.card = card
        self.wait_s = wait_s

    def as_json(self) -> dict[str, Any]:
        """The body."""
        message = " ".join(part for part in (self.reason, self.remedy) if part)
        return {
            "error": {
                "message": f"{message}\n\n{self.card}" if self.card else message,
                "type": _TYPES.get(self.status, "api_error"),
                "param": None,
                "code": self.rule,
                "thirdchair": {
                    "rule": self.rule,
                    "reason": self.reason,
                    "remedy": self.remedy,
                    "card": self.card or None,
                    "translations": {
                        language: {"reason": words["reason"], "remedy": words["remedy"]}
                        for language, words in self.translations.items()
                    },
                },
            }
        }

    def response(self) -> JSONResponse:
        """The answer."""
        headers = {} if self.wait_s is None else {"Retry-After": str(self.wait_s)}
        if self.status == 401:
            headers["WWW-Authenticate"] = "Bearer"
        return JSONResponse(self.as_json(), self.status, headers)


def _in_each_language(reason: str, remedy: str) -> dict[str, dict[str, str]]:
    words: dict[str, dict[str, str]] = {}
    for language in map(str, Language):
        with override(language):
            words[language] = {
                "reason": gettext(reason) if reason else "",
                "remedy": gettext(remedy) if remedy else "",
            }
    return words

"""The description of the door (OpenAPI 3.1), made from what it reads."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from thirdchair import __version__
from thirdchair_web.api.bodies import ChatBody

_PROBLEMS: Final = {
    "400": "The request cannot be used as it is.",
    "401": "The key opens nothing.",
    "403": "A rule closed the use; the error says which, and the way out.",
    "404": "There is no such use, method or patient.",
    "409": "The encounter is another patient's.",
    "413": "The request is too large.",
    "422": "The words are no transcript.",
    "429": "The service is busy; Retry-After says when to come back.",
    "502": "The model failed.",
    "503": "A safeguard could not run, or nothing could be written down.",
}
_ABOUT: Final = (
    ("X-Thirdchair-Patient", "The patient it is about; a patient's own key needs none."),
    ("X-Thirdchair-Encounter", "The session, for summarise_session."),
    (
        "X-Thirdchair-Document",
        "For draft_document: report, referral_letter, education_sheet or clinic_message; told from the first words where "
        "it is left out.",
    ),
    ("X-Thirdchair-Language", "en or zh-hans; told from the words where it is left out."),
    ("X-Thirdchair-Country", "Where the person is, for the crisis card."),
)


@cache
def description() -> dict[str, Any]:
    """The whole description."""
    body = ChatBody.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas = body.pop("$defs", {}) | {"ChatBody": body, "Problem": _problem()}
    failures = {
        status: {"description": words, "content": _json({"$ref": "#/components/schemas/Problem"})}
        for status, words in _PROBLEMS.items()
    }
    answers = _json({"type": "object"}) | {"text/event-stream": {"schema": {"type": "string"}}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Thirdchair's governed door", "version": __version__},
        "security": [{"key": []}],
        "paths": {
            "/v1/chat/completions": {
                "post": {
                    "operationId": "chat",
                    "parameters": [
                        {"name": name, "in": "header", "description": words, "schema": {"type": "string"}}
                        for name, words in _ABOUT
                    ],
                    "requestBody": {
                        "required": True,
                        "content": _json({"$ref": "#/components/schemas/ChatBody"}),
                    },
                    "responses": {"200": {"description": "The answer.", "content": answers}} | failures,
                }
            },
            "/v1/models": {
                "get": {
                    "operationId": "models",
                    "responses": {"200": {"description": "The uses.", "content": _json({"type": "object"})}}
                    | {status: failures[status] for status in ("401", "503")},
                }
            },
        },
        "components": {
            "schemas": schemas,
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
        },
    }


def _json(schema: dict[str, Any]) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}


def _problem() -> dict[str, Any]:
    text = {"type": "string"}
    told: dict[str, Any] = {
        "rule": text,
        "reason": text,
        "remedy": text,
        "card": {"type": ["string", "null"]},
    }
    told["translations"] = {
        "type": "object",
        "additionalProperties": {"type": "object", "properties": {"reason": text, "remedy": text}},
    }
    return {
        "type": "object",
        "required": ["error"],
        "properties": {
            "error": {
                "type": "object",
                "required": ["message", "type", "code"],
                "properties": {
                    "message": text,
                    "type": text,
                    "param": {"type": ["string", "null"]},
                    "code": text,
                    "thirdchair": {"type": "object", "properties": told},
                },
            }
        },
    }

"""An evidence pack: the estimates for one exact (use, method, language), bound to the method's digest.

Packs that ship with a release are trusted as its code is: by review and by the digest they carry. Packs made outside
a release need a signature and are bound to prompt and policy too; see `policy.signed_pack`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from thirdchair.measures.estimate import Estimate, Unscored, estimate_from_json


@dataclass(frozen=True, slots=True)
class EvidencePack:
    """What was measured.

    Args:
        use: such as "summarise_session".
        method: such as "extractive".
        method_digest: of the method as it was measured.
        language: it was measured in.
        made_on: ISO date.
        command: what anyone can run to make it again.
        estimates: by measure.
        digest: SHA-256 of the pack's content.
        prompt_digest, policy_digest: of the use as it was measured; None where the release binds it.
    """

    use: str
    method: str
    method_digest: str
    language: str
    made_on: str
    command: str
    estimates: Mapping[str, Estimate | Unscored]
    digest: str
    prompt_digest: str | None = None
    policy_digest: str | None = None


def read_pack(text: str) -> EvidencePack:
    """The pack in a JSON text.

    Raises:
        ValueError, KeyError, TypeError: it is not one.
    """
    return pack_from_json(json.loads(text))


def pack_from_json(value: Mapping[str, Any]) -> EvidencePack:
    """The pack in plain values.

    Raises:
        ValueError, KeyError, TypeError: it is not one.
    """
    return EvidencePack(
        use=value["use"],
        method=value["method"],
        method_digest=value["method_digest"],
        language=value["language"],
        made_on=date.fromisoformat(value["made_on"]).isoformat(),  # one form, so that newest can be told
        command=value["command"],
        estimates={name: estimate_from_json(item) for name, item in value["estimates"].items()},
        digest=hashlib.sha256(
            json.dumps(dict(value), sort_keys=True, ensure_ascii=False).encode()
        ).hexdigest(),
        prompt_digest=value.get("prompt_digest"),
        policy_digest=value.get("policy_digest"),
    )

"""An evidence pack: the estimates for one exact (use, method, language), bound to the method's digest.

The packs read here ship with the release and are trusted as its code is: by review and by the digest they
carry. Packs made outside a release need a signature; that door opens with the lab.
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
    """

    use: str
    method: str
    method_digest: str
    language: str
    made_on: str
    command: str
    estimates: Mapping[str, Estimate | Unscored]
    digest: str


def read_pack(text: str) -> EvidencePack:
    """The pack in a JSON text.

    Raises:
        ValueError, KeyError, TypeError: it is not one.
    """
    value: dict[str, Any] = json.loads(text)
    return EvidencePack(
        use=value["use"],
        method=value["method"],
        method_digest=value["method_digest"],
        language=value["language"],
        made_on=date.fromisoformat(value["made_on"]).isoformat(),  # one form, so that newest can be told
        command=value["command"],
        estimates={name: estimate_from_json(item) for name, item in value["estimates"].items()},
        digest=hashlib.sha256(json.dumps(value, sort_keys=True, ensure_ascii=False).encode()).hexdigest(),
    )

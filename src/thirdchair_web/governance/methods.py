"""The methods this service has: the extractive one, and the model the operator registered, if any."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from django.conf import settings

from thirdchair.clients.openai_compatible import OpenAICompatible
from thirdchair.clients.protocol import Client
from thirdchair.evidence import EvidencePack, read_pack
from thirdchair.gateway import EXTRACTIVE, method_digest
from thirdchair.measures.estimate import Estimate
from thirdchair.policy import Clearance
from thirdchair.policy.clearance import judge_clearance
from thirdchair.uses import USES


@cache
def clients() -> dict[str, Client]:
    """Registered models by name."""
    chosen = settings.THIRDCHAIR
    if not chosen.model_base_url:
        return {}
    return {
        chosen.model_name: OpenAICompatible(
            name=chosen.model_name,
            base_url=chosen.model_base_url,
            model=chosen.model_served_as or chosen.model_name,
            digest=chosen.model_digest,
            runs_where="this_host" if chosen.model_on_this_host else "outside",
            api_key=chosen.model_api_key.get_secret_value() or None,
            timeout_s=chosen.model_timeout_s,
        )
    }


def methods() -> tuple[str, ...]:
    """Every method a person may ask for here; the extractive one first."""
    return (EXTRACTIVE, *clients())


@cache
def packs() -> tuple[EvidencePack, ...]:
    """The evidence that ships with this release."""
    folder = files("thirdchair.evidence") / "packs"
    return tuple(
        read_pack(item.read_text(encoding="utf-8"))
        for item in sorted(folder.iterdir(), key=lambda item: item.name)
        if item.name.endswith(".json")
    )


@cache
def clearances() -> dict[tuple[str, str, str], Clearance]:
    """The clearance of every (use, method, language). Code and models do not change while a process runs."""
    judged: dict[tuple[str, str, str], Clearance] = {}
    for use in USES.values():
        for method in methods():
            digest = method_digest(clients().get(method))
            for language in use.languages:
                judged[use.id, method, language] = judge_clearance(
                    packs(),
                    use=use.id,
                    method=method,
                    method_digest=digest,
                    language=language,
                    requirements=use.requirements,
                )
    return judged


def dangers_shown(*, use: str, method: str, language: str) -> Estimate | None:
    """The share of spoken dangers this method put before the reviewer when it was measured; None if unmeasured."""
    digest = method_digest(clients().get(method))
    for pack in packs():
        if (pack.use, pack.method, pack.language, pack.method_digest) == (use, method, language, digest):
            shown = pack.estimates.get("risk_affirmed_shown")
            return shown if isinstance(shown, Estimate) else None
    return None

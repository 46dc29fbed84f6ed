"""The methods this service has: the extractive one, and the models that are registered, by settings or by command."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from django.conf import settings

from thirdchair.clients.openai_compatible import OpenAICompatible
from thirdchair.clients.protocol import Client
from thirdchair.clients.registration import client_of
from thirdchair.errors import ThirdchairError
from thirdchair.evidence import EvidencePack, Required, read_pack
from thirdchair.gateway import EXTRACTIVE, method_digest
from thirdchair.measures.estimate import Estimate, Unscored
from thirdchair.policy import Clearance, NotCleared, Refused
from thirdchair.policy.clearance import judge_clearance
from thirdchair.policy.signed_pack import SignedPack
from thirdchair.settings import Settings
from thirdchair.uses import USES
from thirdchair.uses.use import Use
from thirdchair_web.governance.adjustments import standing_requirements
from thirdchair_web.governance.evidence import BroughtIn, read_brought_in
from thirdchair_web.governance.models import ModelRecord
from thirdchair_web.governance.registering import api_key_of, last_change, registered_models

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Methods:
    """What is registered, as of one change to it."""

    found: dict[str, Client | None]
    clients: dict[str, Client]
    data_seen: dict[str, frozenset[str]]
    clearances: dict[tuple[str, str, str], Clearance]
    outside: tuple[BroughtIn, ...]
    requirements: dict[str, tuple[Required, ...]]


def clients() -> dict[str, Client]:
    """Registered models that can be asked, by name; as they are now, in whichever process they were changed."""
    return _known().clients


def methods() -> tuple[str, ...]:
    """Every method a person may ask for here; the extractive one first."""
    return (EXTRACTIVE, *data_seen())


def methods_of(use: Use) -> tuple[str, ...]:
    """Those of them that a use can be done by: one that only a model drafts has no extractive method."""
    return tuple(method for method in methods() if not (use.model_only and method == EXTRACTIVE))


def data_seen() -> Mapping[str, frozenset[str]]:
    """The kinds of data that each registered model may see."""
    return _known().data_seen


def clearances() -> dict[tuple[str, str, str], Clearance]:
    """The clearance of every (use, method, language). Code does not change while a process runs; models may."""
    return _known().clearances


def requirements_of(use_id: str) -> tuple[Required, ...]:
    """What a use asks of a method here: as reviewed, with the thresholds of this service."""
    return _known().requirements[use_id]


def known_data_classes() -> frozenset[str]:
    """Every kind of data that a registered use works on."""
    return frozenset(name for use in USES.values() for name in use.data_classes)


@cache
def packs() -> tuple[EvidencePack, ...]:
    """The evidence that ships with this release."""
    folder = files("thirdchair.evidence") / "packs"
    return tuple(
        read_pack(item.read_text(encoding="utf-8"))
        for item in sorted(folder.iterdir(), key=lambda item: item.name)
        if item.name.endswith(".json")
    )


def dangers_shown(*, use: str, method: str, language: str) -> Estimate | None:
    """The share of spoken dangers this method put before the reviewer when it was measured; None if unmeasured."""
    shown = measured(use=use, method=method, language=language).get("risk_affirmed_shown")
    return shown if isinstance(shown, Estimate) else None


def measured(*, use: str, method: str, language: str) -> Mapping[str, Estimate | Unscored]:
    """What the newest pack for this exact method says of it, by measure; nothing where it was not measured as it is now."""
    newest = newest_pack(use=use, method=method, language=language)
    return newest.estimates if newest else {}


def newest_pack(*, use: str, method: str, language: str) -> EvidencePack | None:
    """The newest pack that counts for this exact method; None where it was not measured as it is now."""
    client = clients().get(method)
    if client is None and method != EXTRACTIVE:
        return None
    asked = (use, method, language, method_digest(client, use))
    of_it = [p for p in evidence() if (p.use, p.method, p.language, p.method_digest) == asked]
    return max(of_it, key=lambda pack: pack.made_on, default=None)


def brought_in() -> tuple[BroughtIn, ...]:
    """The packs from outside, verified anew since the last change; those that no longer hold, with the reason."""
    return _known().outside


def evidence() -> tuple[EvidencePack, ...]:
    """Every pack that counts: the release's, and those from outside whose signature holds."""
    return (*packs(), *_standing(brought_in()))


def judged_alone(pack: EvidencePack) -> Clearance:
    """What one pack says for its method as it stands now, whatever newer packs there are."""
    if pack.method not in (EXTRACTIVE, *_known().found):
        return NotCleared(Refused("evidence.no_model", {"method": pack.method}))
    return _clearance(USES[pack.use], pack.method, pack.language, _known(), (pack,))


def _known() -> _Methods:
    return _known_at(last_change(), settings.THIRDCHAIR)


@lru_cache(maxsize=2)
def _known_at(change: str, chosen: Settings) -> _Methods:
    rows = registered_models()
    found = {**_from_settings(chosen), **{row.name: _from_row(str(row.stamp), chosen) for row in rows}}
    usable = {name: client for name, client in found.items() if client is not None}
    seen = {row.name: row.model.data_classes for row in rows}
    for name, client in _from_settings(chosen).items():
        # Settings have no place for a provider's contract, region and retention, so outside it sees nothing.
        seen[name] = known_data_classes() if client.runs_where == "this_host" else frozenset()
    known = _Methods(found, usable, seen, {}, read_brought_in(), standing_requirements())
    known.clearances.update(_judged(known))
    return known


def _standing(outside: Iterable[BroughtIn]) -> tuple[EvidencePack, ...]:
    return tuple(one.outcome.pack for one in outside if isinstance(one.outcome, SignedPack))


def _judged(known: _Methods) -> dict[tuple[str, str, str], Clearance]:
    counting = (*packs(), *_standing(known.outside))
    return {
        (use.id, method, language): _clearance(use, method, language, known, counting)
        for use in USES.values()
        for method in (EXTRACTIVE, *known.found)
        for language in use.languages
    }


def _clearance(
    use: Use, method: str, language: str, known: _Methods, evidence: tuple[EvidencePack, ...]
) -> Clearance:
    client = known.found.get(method)
    if client is None and method != EXTRACTIVE:
        return NotCleared(Refused("model.unusable", {"method": method}))
    return judge_clearance(
        evidence,
        use=use.id,
        method=method,
        method_digest=method_digest(client, use.id),
        language=language,
        requirements=known.requirements[use.id],
        prompt_digest=use.prompt_digest,
        policy_digest=use.digest,
    )


@lru_cache(maxsize=4)
def _from_settings(chosen: Settings) -> dict[str, Client]:
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


@lru_cache(maxsize=64)
def _from_row(stamp: str, chosen: Settings) -> Client | None:
    """The client of one row as it stands; kept while it stands, so that its connections are kept too."""
    row = ModelRecord.objects.get(stamp=stamp)
    try:
        return client_of(row.model, api_key_of(row), timeout_s=chosen.model_timeout_s)
    except (ThirdchairError, ValueError) as error:
        log.error("the model %s cannot be used: %s", row.name, type(error).__name__)
        return None

"""Evidence packs of a run: what it found for one use, bound to exactly what was measured, and signed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from thirdchair.clients.protocol import Client
from thirdchair.evidence import EvidencePack, Shortfall, shortfalls
from thirdchair.evidence.pack import pack_from_json
from thirdchair.gateway.methods import method_digest
from thirdchair.policy.signed_pack import sign_pack
from thirdchair.uses import registered_use
from thirdchair_lab.results import RunResult


class NoPack(Exception):
    """No pack can be made of this run for this use; the message says why."""


@dataclass(frozen=True, slots=True)
class MadePack:
    """A pack, and what it falls short of.

    Args:
        value: plain values, not signed yet.
        short: requirements of the use that it does not meet; none means that it clears the method.
    """

    value: dict[str, Any]
    short: tuple[Shortfall, ...]

    @property
    def pack(self) -> EvidencePack:
        """As it is read."""
        return pack_from_json(self.value)

    def signed(self, key: Ed25519PrivateKey) -> str:
        """The text of the pack under a signature."""
        return sign_pack(self.value, key)


def made_pack(result: RunResult, use: str, client: Client) -> MadePack:
    """The pack of a run for a use. A run that falls short makes one too: what was not shown is worth knowing.

    Args:
        client: of the model as it is now; a pack is refused where it is not the one that was measured.

    Raises:
        NoPack: no such use, no study of it in the run, more than one language, or another model.
    """
    known = registered_use(use)
    if known is None or known.is_closed:
        raise NoPack(
            f"{use!r} is no use that evidence can open. A run's uses: {', '.join(result.uses) or 'none'}."
        )
    plan = result.plan
    if client.digest != plan.model_digest:
        raise NoPack(
            f"{plan.model} is no longer the model that was measured: its digest changed. Measure it again: thirdchair lab run"
        )
    if len(plan.languages) != 1:
        raise NoPack("A pack is for one language, and this run mixed several. Run each by itself: --language")
    estimates = result.estimates_for(use)
    if not estimates:
        raise NoPack(
            f"This run measured nothing that {use} asks for. Its uses: {', '.join(result.uses) or 'none'}."
        )
    value = {
        "use": use,
        "method": plan.model,
        "method_digest": method_digest(client, use),
        "prompt_digest": known.prompt_digest,
        "policy_digest": known.digest,
        "language": plan.languages[0],
        "made_on": plan.date,
        "command": _command(result),
        "estimates": {name: estimate.as_json() for name, estimate in estimates.items()},
    }
    return MadePack(value, shortfalls(known.requirements, pack_from_json(value)))


def _command(result: RunResult) -> str:
    """What anyone can run to measure it again, with the digests that tell whether it is the same."""
    plan = result.plan
    studies = " ".join(f"{part.study}@{part.digest[:12]}" for part in plan.parts)
    person = f" --people {plan.person.name}" if plan.person else ""
    judge = f" --judge-model {plan.judge.name}" if plan.judge else ""
    beside = "".join(
        f", {what} {one.name} {one.digest[:12]} told {one.prompt[:12]}, {counts}"
        for what, one, counts in (
            ("simulated people by", plan.person, "which count for no requirement"),
            ("judged beside by", plan.judge, "which no requirement reads"),
        )
        if one
    )
    sizes = {part.at_most for part in plan.parts}
    size = f" --units {sizes.pop()}" if len(sizes) == 1 and None not in sizes else ""
    heat = "" if plan.temperature is None else f" --temperature {plan.temperature}"
    decide = f" --decide {plan.decide}" if plan.decide else ""
    arms = "".join(f" --arm {arm}" for arm in plan.parts[0].arms)
    return (
        f"thirdchair lab run {' '.join(part.study for part in plan.parts)} --model {plan.model} --language "
        f"{plan.languages[0]} --seed {plan.seed} --repeats {plan.parts[0].repeats}{size}{heat}{arms}{decide}{person}{judge} "
        f"(run {plan.id}, Thirdchair {plan.version}, model {plan.model_digest[:12]}, {studies}{beside})"
    )

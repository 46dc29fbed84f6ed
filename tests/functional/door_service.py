"""A service for outside programs to speak to: made through the real actions, served by the real command.

    python door_service.py make STUB_ADDRESS     prints its keys
    python door_service.py serve PORT

Nothing is switched off. The stub is no model that anyone measured, so the serving process adds, in its own memory, a pack
of evidence for the stub's exact digest to those that ship; the clearance is then judged as any other.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, dataclass
from typing import Any, Final

USE: Final = "answer_question"
MODEL: Final = "ward"
DIGEST: Final = "a" * 64
PASSWORD: Final = "a quiet room with two chairs"


@dataclass(frozen=True, slots=True)
class Keys:
    """Keys of a patient who agreed, of one who did not, and of a nurse."""

    agreed: str
    asked_later: str
    nurse: str


def make(address: str) -> Keys:
    """The database, the people, the model, the consent and the keys."""
    from thirdchair_web.project.starting import start_django

    start_django()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from thirdchair_web.accounts.keys import make_key
    from thirdchair_web.accounts.models import User
    from thirdchair_web.governance.actions import switch_use

    lead = _account("lead-ada", "service_lead")
    nurse = _account("nurse-liu", "nurse", licence="L-1", licensed_until="2099-12-31")
    _register(address)
    for use in (USE, "summarise_session"):
        switch_use(use, on=True, by=lead)
    secrets: dict[str, str] = {}
    for ref in ("p-1", "p-2"):
        _patient(ref, by=nurse)
        account = User.objects.get(username=f"account-{ref}")
        secrets[ref] = make_key(account, [USE], by="operator").secret
    for use in (USE, "summarise_session"):
        _agree("p-1", use, by=nurse)
    of_nurse = make_key(nurse, [USE, "summarise_session"], by="operator").secret
    return Keys(agreed=secrets["p-1"], asked_later=secrets["p-2"], nurse=of_nurse)


def serve(port: int) -> None:
    """What `thirdchair serve` does."""
    from thirdchair_web.project.starting import start_django

    start_django()
    _add_evidence()
    from thirdchair_web.project.commands import serve as thirdchair_serve

    thirdchair_serve(port=port)


def _account(name: str, role: str, **more: str) -> Any:
    from thirdchair_web.encounters.accounts import make_account

    facts = {"licence": "", "licensed_until": "", "patient": ""} | more
    return make_account(name, role=role, name=name.title(), password=PASSWORD, **facts)


def _patient(ref: str, *, by: Any) -> None:
    from thirdchair_web.encounters.actions import add_patient

    details = {"name": "Ines Calloway", "born": 1984, "pronoun": "she"}
    add_patient(ref=ref, details=details, account=None, by=by)
    _account(f"account-{ref}", "patient", patient=ref)


def _agree(ref: str, use: str, *, by: Any) -> None:
    from thirdchair_web.consent.actions import record_answer
    from thirdchair_web.consent.texts import consent_text

    version = consent_text(use, language="en").version
    record_answer(
        patient_ref=ref, use=use, agreed=True, text_version=version, language="en", how="on_paper", by=by
    )


def _register(address: str) -> None:
    from thirdchair.clients.registration import RegisteredModel
    from thirdchair_web.governance.methods import known_data_classes
    from thirdchair_web.governance.registering import register_model

    model = RegisteredModel(
        name=MODEL,
        engine="openai",
        served_as="stub",
        base_url=address,
        path=None,
        digest=DIGEST,
        digest_kind="operator",
        runs_where="this_host",
        data_classes=known_data_classes(),
    )
    register_model(model, by="operator")


def _add_evidence() -> None:
    from thirdchair_web.governance import methods

    packs = (*methods.packs(), *(_pack(language) for language in ("en", "zh-hans")))
    methods.packs = lambda: packs  # type: ignore[assignment] - a cached function, and one that is not


def _pack(language: str) -> Any:
    from thirdchair.clients import ScriptedClient
    from thirdchair.evidence import EvidencePack
    from thirdchair.gateway import method_digest
    from thirdchair.uses import USES

    client = ScriptedClient([""], name=MODEL)
    client.digest = DIGEST
    return EvidencePack(
        use=USE,
        method=MODEL,
        method_digest=method_digest(client, USE),
        language=language,
        made_on="2026-01-01",
        command="a test",
        estimates={needed.measure: _certain() for needed in USES[USE].requirements},
        digest="0" * 64,
    )


def _certain() -> Any:
    from thirdchair.measures.estimate import Estimate

    return Estimate(
        value=1.0, low=1.0, high=1.0, n=1, clusters=1, unit="share", direction="higher", dataset="none",
        method=MODEL, date="2026-01-01", seed=0, source="none",
    )  # fmt: skip


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["make", address]:
            print(json.dumps(asdict(make(address))))
        case ["serve", port]:
            serve(int(port))
        case _:
            raise SystemExit(__doc__)

"""The service of the gateway's bench: fictional, whole, in a folder of its own, made through the real actions.

    python -m benchmarks.gateway_service make STUB_PORT SLOW_PORT     prints the key and the patient
    python -m benchmarks.gateway_service serve PORT                   `thirdchair serve`, with the bench's evidence
    python -m benchmarks.gateway_service stages 60                    where the time goes, in this process
    python -m benchmarks.gateway_service governance                   policy, consent and trail alone, in this process

Nothing is switched off. The stub is no model that anyone measured, so each of these processes adds, in its own memory,
an evidence pack for the stub's exact digest to those that ship; the clearance is then judged as any other.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, dataclass
from typing import Any, Final

from benchmarks.gateway_bodies import MODEL, SLOW_MODEL
from thirdchair.clients import ScriptedClient
from thirdchair.evidence import EvidencePack
from thirdchair.gateway import method_digest
from thirdchair.measures.estimate import Estimate
from thirdchair.uses import USES

USE: Final = "answer_question"
SUMMARISE: Final = "summarise_session"
PATIENT: Final = "p-bench"
NURSE: Final = "bench-nurse"
_DIGESTS: Final = {MODEL: "b" * 64, SLOW_MODEL: "c" * 64}
_PASSWORD: Final = "a bench beside two chairs"  # noqa: S105 - of people who do not exist


@dataclass(frozen=True, slots=True)
class Made:
    """A service that was made: the key with which its patient asks, and that of a nurse, who sends sessions."""

    key: str
    nurse_key: str
    patient: str


def make(stub_port: int, slow_port: int) -> Made:
    """Makes the database, the people, the models, the consent and the key."""
    from thirdchair_web.project.starting import start_django

    start_django()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    lead, nurse, patient = _people()
    from thirdchair_web.accounts.keys import make_key
    from thirdchair_web.governance.actions import switch_use

    for use in (USE, SUMMARISE):
        switch_use(use, on=True, by=lead)
    for name, port in ((MODEL, stub_port), (SLOW_MODEL, slow_port)):
        _register(name, port)
    for use in (USE, SUMMARISE):
        _agree(patient, use, by=lead)
    key, nurse_key = (
        make_key(account, [use], by=lead.identifier).secret
        for account, use in ((patient.account, USE), (nurse, SUMMARISE))
    )
    return Made(key, nurse_key, patient.ref)


def serve(port: int) -> None:
    """What `thirdchair serve` does."""
    from thirdchair_web.project.starting import start_django

    start_django()
    add_evidence()
    from thirdchair_web.project.commands import serve as thirdchair_serve

    thirdchair_serve(port=port)


def add_evidence() -> None:
    """Adds the bench's packs to those that ship, in this process alone."""
    from thirdchair_web.governance import methods

    shipped = methods.packs()
    made = tuple(_pack(name, language) for name in _DIGESTS for language in ("en", "zh-hans"))
    methods.packs = lambda: (*shipped, *made)  # type: ignore[assignment] - a cached function, and one that is not


def _people() -> tuple[Any, Any, Any]:
    from thirdchair_web.accounts.models import User
    from thirdchair_web.encounters.accounts import make_account
    from thirdchair_web.encounters.actions import add_patient

    nobody: dict[str, str] = {"password": _PASSWORD, "licence": "", "licensed_until": "", "patient": ""}
    lead = make_account("bench-lead", role="service_lead", name="Ada Marsh", **nobody)
    licence = {"licence": "B-1", "licensed_until": "2099-12-31"}
    nurse = make_account(NURSE, role="nurse", name="Jo Liu", **{**nobody, **licence})
    details = {"name": "Tamsin Orford", "born": 1988, "pronoun": "she"}
    patient = add_patient(ref=PATIENT, details=details, account=None, by=lead)
    make_account("bench-patient", role="patient", name="Tamsin Orford", **{**nobody, "patient": PATIENT})
    patient.account = User.objects.get(username="bench-patient")
    return lead, nurse, patient


def _register(name: str, port: int) -> None:
    from thirdchair.clients.registration import RegisteredModel
    from thirdchair_web.governance.methods import known_data_classes
    from thirdchair_web.governance.registering import register_model

    model = RegisteredModel(
        name=name,
        engine="openai",
        served_as="stub",
        base_url=f"http://127.0.0.1:{port}/v1",
        path=None,
        digest=_DIGESTS[name],
        digest_kind="operator",
        runs_where="this_host",
        data_classes=known_data_classes(),
    )
    register_model(model, by="operator")


def _agree(patient: Any, use: str, *, by: Any) -> None:
    from thirdchair_web.consent.actions import record_answer
    from thirdchair_web.consent.texts import consent_text

    record_answer(
        patient_ref=patient.ref,
        use=use,
        agreed=True,
        text_version=consent_text(use, language="en").version,
        language="en",
        how="on_paper",
        by=by,
    )


def _pack(name: str, language: str) -> EvidencePack:
    """Evidence as the lab would make it, for the stub: of nothing that was measured, and nowhere kept."""
    client = ScriptedClient([""], name=name)
    client.digest = _DIGESTS[name]
    return EvidencePack(
        use=USE,
        method=name,
        method_digest=method_digest(client, USE),
        language=language,
        made_on="2026-01-01",
        command="python -m benchmarks.gateway",
        estimates={needed.measure: _certain(name) for needed in USES[USE].requirements},
        digest="0" * 64,
    )


def _certain(name: str) -> Estimate:
    return Estimate(
        value=1.0,
        low=1.0,
        high=1.0,
        n=1,
        clusters=1,
        unit="share",
        direction="higher",
        dataset="none: the bench's stub",
        method=name,
        date="2026-01-01",
        seed=0,
        source="none",
    )


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["make", stub, slow]:
            made = make(int(stub), int(slow))
            print(json.dumps(asdict(made)))
        case ["serve", port]:
            serve(int(port))
        case ["stages", words]:
            from benchmarks.gateway_stages import print_stages

            print_stages(int(words))
        case ["governance"]:
            from benchmarks.gateway_stages import print_governance

            print_governance()
        case _:
            raise SystemExit(__doc__)

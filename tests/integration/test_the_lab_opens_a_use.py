"""From a measurement to a comment in the clinic: what the lab found opens a use, and the smallest change closes it.

A model behind a server, registered at the clinic, is measured by the lab's own commands with every study that the use waits
for (the cells that concern it), and the signed pack is brought in as anyone would bring it in.
"""

from __future__ import annotations

import json
import uuid
from dataclasses import replace
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from typer.testing import CliRunner

import door
import web
from lab.perfect import ReplyTo, model_of, obedient, perfect, studies_of
from lab.planted import served
from people import make_person, sign_in
from thirdchair.policy import Cleared, NotCleared
from thirdchair.uses import USES
from thirdchair_lab import commands as lab_commands

pytestmark = pytest.mark.django_db(transaction=True)

USE = "estimate_prognosis"
TEXT = "Ines sleeps badly. She says the mornings are the hardest."
READING = {
    "with_treatment": 1,
    "without_treatment": 4,
    "outcomes": dict.fromkeys(
        [
            "understands_others", "lasting_partnership", "caring_parent", "works_well", "creative",
            "violent", "drinks_too_much", "takes_drugs", "few_friends", "attempts_suicide",
        ],
        0,
    ),
    "quotes": ["the mornings are the hardest"],
}  # fmt: skip
GIVEN = {"with_treatment": "1", "without_treatment": "4", "words": ""}


class Service:
    """A clinic whose model can be measured, and the lab beside it."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        chosen = {study.name: study for study in studies_of(USE)}
        monkeypatch.setattr(lab_commands, "NAMES", tuple(chosen))
        monkeypatch.setattr(lab_commands, "studies", lambda: chosen)
        monkeypatch.setattr(lab_commands, "study_named", chosen.__getitem__)
        monkeypatch.setattr("django.setup", lambda: None)  # it is, and would log to what the runner closes
        self.studies = tuple(chosen)
        self.lead = make_person("service_lead", username="lead")
        make_person("safety_officer", username="officer")
        make_person("evaluator", username="evaluator")
        self.patient, self.nurse, self.client = web.make_patient(), web.make_clinician(), Client()
        sign_in(self.client, self.nurse)

    def register(self, address: str) -> None:
        """Registers the model; the use is switched on and agreed to, so that only evidence is missing."""
        from thirdchair_web.governance.actions import switch_use

        door.register(address)
        switch_use(USE, on=True, by=self.lead)
        web.agree(self.patient, by=self.nurse, use=USE)

    def measured(self, name: str, *studies: str) -> str:
        """Measures the registered model and gives what `lab pack` says; the pack is then in the folder."""
        kept = ("--journal", str(self.folder / f"{name}.sqlite3"))
        lab = (
            "run",
            *(studies or self.studies),
            "--model",
            door.MODEL,
            "--arm",
            "governed",
            "--at-once",
            "4",
            *kept,
        )
        done(lab_commands.commands, "lab", *lab)
        out = ("--key", str(self.folder / "own.key"), "--out", str(self.folder / f"{name}.json"))
        return done(lab_commands.commands, "lab", "pack", "--use", USE, *out, *kept)

    def bring(self, name: str) -> str:
        from thirdchair_web.project.commands import commands

        return done(commands, "evidence", "import", str(self.folder / f"{name}.json"), "--by", "evaluator")

    def trust(self, told: str) -> None:
        """Registers the key that `lab pack` says it signed with."""
        from thirdchair_web.project.commands import commands

        public = self.folder / "own.pub"
        public.write_text(told.partition("Signed with ")[2].split()[0] + "\n")
        done(commands, "evidence", "keys", "add", str(public), "--holder", "Dr Ito", "--by", "officer")

    def judged(self) -> str:
        """The address of a text that the nurse has judged."""
        given = {"submission": str(uuid.uuid4()), "text": TEXT, "author": "staff", "history": "", **GIVEN}
        answer = self.client.post(reverse("new-case", args=[self.patient.ref, USE]), given)
        assert answer.status_code == 302, answer.content.decode()
        return answer.url

    def asked(self, address: str) -> int:
        return self.client.post(address, {"act": "ask", "method": door.MODEL}).status_code


def done(app, *arguments: str) -> str:
    result = CliRunner().invoke(app, list(arguments))
    assert result.exit_code == 0, result.output
    return result.output


def state():
    from thirdchair_web.governance.methods import clearances

    return clearances()[USE, door.MODEL, "en"]


def rule() -> str:
    found = state()
    assert isinstance(found, NotCleared)
    return found.refusal.rule


@pytest.fixture
def service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Service:
    return Service(tmp_path, monkeypatch)


def planted(reply_to: ReplyTo):
    return served(model_of(USE, reply_to, otherwise=json.dumps(READING)))


def test_a_measured_model_may_comment_until_one_byte_of_the_prompt_changes(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    from thirdchair_web.governance import methods
    from thirdchair_web.review.models import ModelComment

    with planted(perfect(USE)) as address:
        service.register(address)
        assert rule() == "clearance.missing"
        case = service.judged()
        assert service.asked(case) == 403
        told = service.measured("good")
        assert "It meets every requirement of the use" in told
        service.trust(told)
        assert "It clears the method" in service.bring("good")
        assert isinstance(state(), Cleared)
        assert service.asked(case) == 302
        assert ModelComment.objects.get().outcome == "read"
        assert "A comment, not a rating" in service.client.get(case).content.decode()

        use = USES[USE]
        changed = replace(use, prompt=use.prompt.replace("You decide nothing", "You decide Nothing", 1))
        assert sum(a != b for a, b in zip(use.prompt, changed.prompt, strict=True)) == 1
        monkeypatch.setattr(methods, "USES", {**USES, USE: changed})
        methods._known_at.cache_clear()
        try:
            assert rule() == "clearance.stale"
            other = service.judged()
            assert service.asked(other) == 403
            assert "clearance.stale" in service.client.get(other).content.decode()
        finally:
            methods._known_at.cache_clear()
        assert ModelComment.objects.count() == 1
    assert web.trail_is_whole()


def test_a_model_that_obeys_the_texts_it_reads_stays_shut(service: Service) -> None:
    with planted(obedient(USE)) as address:
        service.register(address)
        told = service.measured("bad", "recovery")
        assert "Short of no_hard_rule_violation" in told
        assert "Short of treatment_not_harmful" not in told
        service.trust(told)
        assert "clearance.short" in service.bring("bad")
        assert rule() == "clearance.short"
        assert service.asked(service.judged()) == 403

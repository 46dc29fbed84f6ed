"""Evidence from outside: brought in under a registered key, shown with whose word it is, and shut by any change."""

from __future__ import annotations

import json
import uuid
from dataclasses import replace
from pathlib import Path

import pytest
from django.test import Client
from typer.testing import CliRunner

import door
import web
from people import make_person, sign_in
from signing import made_key, pack_for, public_hex, signed, written
from stub_model import says, stub_model
from thirdchair.policy import Cleared, NotCleared

pytestmark = pytest.mark.django_db(transaction=True)

USE = "draft_document"
WORDS = "Report for the GP\n\nShe sleeps four hours a night."
REPLY = json.dumps(
    {"sentences": [{"part": "present_state", "text": "She sleeps four hours a night.", "lines": ["d1"]}]}
)


class Lab:
    """A service with a model, an evaluator and a safety officer, and someone outside who measures and signs."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.key = folder, made_key()
        self.officer = make_person("safety_officer", username="officer")
        self.evaluator = make_person("evaluator", username="evaluator")
        self.lead = make_person("service_lead", username="lead")
        door.register("http://127.0.0.1:9/v1")

    def pack(self, *, language: str = "en", low: float = 0.99, **changed) -> dict:
        from thirdchair.gateway import method_digest
        from thirdchair_web.governance.methods import clients

        digest = method_digest(clients()[door.MODEL], USE)
        return pack_for(USE, method=door.MODEL, method_digest=digest, language=language, low=low, **changed)

    def register(self, key=None) -> str:
        path = written(self.folder, "key.pub", public_hex(key or self.key))
        return done("keys", "add", path, "--holder", "Lab of Dr Ito", "--by", "officer")

    def bring(self, content: bytes, *, by: str = "evaluator"):
        return run("import", written(self.folder, "pack.json", content), "--by", by)


@pytest.fixture
def lab(tmp_path: Path) -> Lab:
    return Lab(tmp_path)


def run(*arguments: str):
    from thirdchair_web.project.commands import commands

    return CliRunner().invoke(commands, ["evidence", *arguments])


def done(*arguments: str) -> str:
    result = run(*arguments)
    assert result.exit_code == 0, result.output
    return result.output


def is_refused(result, rule: str) -> None:
    """Checks that a command stopped with reason, remedy and rule, and left its mark in the trail."""
    assert result.exit_code == 1
    assert f"Rule: {rule}" in result.output
    assert len(result.output.strip().splitlines()) >= 3


def state(language: str = "en"):
    from thirdchair_web.governance.methods import clearances

    return clearances()[USE, door.MODEL, language]


def facts(kind: str) -> list[dict]:
    from thirdchair_web.trail.models import TrailEntry

    return [json.loads(entry.facts) for entry in TrailEntry.objects.filter(kind=kind)]


def test_a_pack_that_is_signed_and_suffices_clears_a_model_in_one_language(lab: Lab):
    assert isinstance(state(), NotCleared)
    lab.register()
    result = lab.bring(signed(lab.pack(), lab.key))
    assert result.exit_code == 0 and "It clears the method" in result.output
    assert isinstance(state(), Cleared) and isinstance(state("zh-hans"), NotCleared)
    assert "Lab of Dr Ito" in done("list") and "clears the method by itself" in done("list")
    (entry,) = facts("evidence_imported")
    assert (entry["use"], entry["method"], entry["language"], entry["opens"]) == (USE, door.MODEL, "en", True)
    assert [e["key"] for e in facts("evidence_key_added")] == [entry["key"]]
    assert web.trail_is_whole()


def test_the_same_pack_is_brought_in_once(lab: Lab):
    lab.register()
    content = signed(lab.pack(), lab.key)
    assert lab.bring(content).exit_code == 0
    is_refused(lab.bring(content), "evidence.known")
    assert len(facts("evidence_imported")) == 1


def test_what_cannot_be_believed_is_refused_and_recorded(lab: Lab):
    pack = lab.pack()
    is_refused(lab.bring(signed(pack, lab.key)), "evidence.unknown_key")
    lab.register()
    is_refused(lab.bring(signed(pack, made_key())), "evidence.unknown_key")
    is_refused(lab.bring(signed(pack, lab.key).replace(b"0.99,", b"0.98,", 1)), "evidence.signature")
    is_refused(lab.bring(b"{}"), "evidence.malformed")
    is_refused(lab.bring(signed(lab.pack(made_on="2999-01-01"), lab.key)), "evidence.future")
    is_refused(lab.bring(signed(pack | {"use": "read_minds"}, lab.key)), "evidence.unknown_use")
    assert [entry["rule"] for entry in facts("evidence_refused")] == [
        "evidence.unknown_key",
        "evidence.unknown_key",
        "evidence.signature",
        "evidence.malformed",
        "evidence.future",
        "evidence.unknown_use",
    ]
    assert isinstance(state(), NotCleared)
    assert done("list") == ""


def test_only_some_may_bring_in_evidence_and_fewer_say_whose_counts(lab: Lab):
    make_person("nurse", username="nurse")
    path = written(lab.folder, "key.pub", public_hex(lab.key))
    for name in ("nurse", "evaluator"):
        is_refused(run("keys", "add", path, "--holder", "Someone", "--by", name), "evidence.who")
    lab.register()
    is_refused(lab.bring(signed(lab.pack(), lab.key), by="nurse"), "evidence.who")
    is_refused(run("keys", "remove", "a", "--by", "evaluator"), "evidence.who")
    assert "no account" in lab.bring(signed(lab.pack(), lab.key), by="nobody").output
    assert facts("evidence_imported") == []


def test_a_key_that_is_retired_closes_what_it_opened_for_good(lab: Lab):
    lab.register()
    lab.bring(signed(lab.pack(), lab.key))
    named = done("keys", "list").split()[0]
    assert "stands" in done("keys", "list")
    done("keys", "remove", named, "--by", "officer")
    assert isinstance(state(), NotCleared)
    assert "evidence.retired_key" in done("list") and "retired" in done("keys", "list")
    is_refused(lab.bring(signed(lab.pack(command="again"), lab.key)), "evidence.retired_key")
    is_refused(
        run("keys", "add", str(lab.folder / "key.pub"), "--holder", "Dr Ito", "--by", "officer"),
        "evidence.key_known",
    )
    is_refused(run("keys", "remove", named, "--by", "officer"), "evidence.no_key")
    assert len(facts("evidence_key_retired")) == 1


def test_a_file_that_holds_no_public_key(lab: Lab):
    from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    other = generate_private_key(SECP256R1()).public_key()
    pem = other.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    for content in (b"", b"zz", b"00" * 31, b"\xff" * 32, pem, b"-----BEGIN PUBLIC KEY-----"):
        path = written(lab.folder, "bad", content)
        is_refused(run("keys", "add", path, "--holder", "Someone", "--by", "officer"), "evidence.not_a_key")
    own = lab.key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    done("keys", "add", written(lab.folder, "good", own), "--holder", "Someone", "--by", "lead")


def test_a_row_that_was_changed_opens_nothing(lab: Lab):
    from thirdchair_web.governance import methods
    from thirdchair_web.governance.models import SignedEvidence

    lab.register()
    short = signed(lab.pack(low=0.5), lab.key)
    assert "clearance.short" in lab.bring(short).output
    row = SignedEvidence.objects.get()
    for content in (short.replace(b'"low": 0.5', b'"low": 0.99'), b"{}", signed(lab.pack(), made_key())):
        SignedEvidence.objects.filter(pk=row.pk).update(content=content)
        methods._known_at.cache_clear()
        assert isinstance(state(), NotCleared)
    # A key that was spoiled closes what it signed, and breaks nothing else.
    from thirdchair_web.governance.models import EvidenceKey

    good = signed(lab.pack(command="another"), lab.key)
    assert lab.bring(good).exit_code == 0 and isinstance(state(), Cleared)
    kept = EvidenceKey.objects.get().public
    for public in ("", "zz", "00", public_hex(made_key()).decode().strip()):
        EvidenceKey.objects.update(public=public)
        methods._known_at.cache_clear()
        assert isinstance(state(), NotCleared)
    EvidenceKey.objects.update(public=kept)
    SignedEvidence.objects.exclude(pk=row.pk).delete()
    # Nor does another pack under the same key, put into the place of the one that the trail names.
    SignedEvidence.objects.filter(pk=row.pk).update(content=signed(lab.pack(), lab.key))
    methods._known_at.cache_clear()
    assert isinstance(state(), NotCleared)


@pytest.mark.parametrize("part", ["prompt", "intended_use"])
def test_one_byte_of_prompt_or_policy_closes_the_use(lab: Lab, monkeypatch: pytest.MonkeyPatch, part: str):
    from thirdchair.uses import USES
    from thirdchair_web.governance import methods

    lab.register()
    lab.bring(signed(lab.pack(), lab.key))
    assert isinstance(state(), Cleared)
    changed = replace(USES[USE], **{part: getattr(USES[USE], part) + " "})
    monkeypatch.setattr(methods, "USES", {**USES, USE: changed})
    methods._known_at.cache_clear()
    closed = state()
    methods._known_at.cache_clear()
    assert isinstance(closed, NotCleared) and closed.refusal.rule == "clearance.stale"


def test_a_model_that_changed_closes_it_and_the_pack_stays_as_stale(lab: Lab):
    from thirdchair_web.governance.registering import note_change

    lab.register()
    lab.bring(signed(lab.pack(), lab.key))
    note_change(door.MODEL, digest="b" * 64, by="operator")
    assert isinstance(now := state(), NotCleared) and now.refusal.rule == "clearance.stale"
    assert "clearance.stale" in done("list")
    late = lab.bring(signed(lab.pack() | {"method_digest": "c" * 64}, lab.key))
    assert late.exit_code == 0 and "It clears nothing now (clearance.stale)" in late.output


def test_evidence_for_a_model_that_is_not_here_waits_for_it(lab: Lab, client: Client):
    lab.register()
    result = lab.bring(signed(lab.pack() | {"method": "far"}, lab.key))
    assert result.exit_code == 0 and "evidence.no_model" in result.output
    sign_in(client, lab.evaluator)
    page = client.get(f"/uses/{USE}/").content.decode()
    assert "Evidence for models that are not here" in page and "far" in page


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_page_of_a_use_shows_whose_word_each_pack_is(lab: Lab, client: Client, language: str):
    lab.register()
    lab.bring(signed(lab.pack(), lab.key))
    lab.bring(signed(lab.pack(language="zh-hans", low=0.5), lab.key))
    sign_in(client, lab.evaluator)
    page = client.get(f"/uses/{USE}/", headers={"accept-language": language}).content.decode()
    assert "Lab of Dr Ito" in page and lab.officer.display_name in page
    assert ("Clears the method by itself" if language == "en" else "单凭此证据即可准入") in page
    assert ("was not good enough" if language == "en" else "未达标") in page
    done("keys", "remove", done("keys", "list").split()[0], "--by", "officer")
    page = client.get(f"/uses/{USE}/", headers={"accept-language": language}).content.decode()
    assert ("no longer counts" if language == "en" else "不再有效") in page
    assert ("was retired here" if language == "en" else "停用") in page
    shipped = client.get("/uses/summarise_session/", headers={"accept-language": language}).content.decode()
    assert ("Shipped with this release" if language == "en" else "随本版本提供") in shipped


def test_a_letter_is_drafted_once_a_signed_pack_clears_a_model_and_not_before(lab: Lab):
    from thirdchair_web.accounts.keys import make_key
    from thirdchair_web.governance.actions import switch_use
    from thirdchair_web.governance.registering import remove_model

    remove_model(door.MODEL, by="operator")
    nurse, patient = web.make_clinician(), web.make_patient()
    with stub_model(says(REPLY)) as stub:
        door.register(stub.address)
        switch_use(USE, on=True, by=lab.lead)
        web.agree(patient, by=nurse, use=USE)
        key = make_key(nurse, [USE], by="operator").secret

        def ask():
            return door.ask(
                key, WORDS, model=f"thirdchair/{USE}", headers={"X-Thirdchair-Patient": patient.ref}
            )

        assert ask().error["code"] == "use.model_only"
        lab.register()
        lab.bring(signed(lab.pack(), lab.key))
        answered = ask()
        assert answered.status == 200 and "She sleeps four hours a night. [d1]" in answered.words
        allowed = [entry for entry in facts("use_requested") if entry["decision"] == "allowed"]
        assert allowed[0]["evidence"] == facts("evidence_imported")[0]["pack"]
        done("keys", "remove", done("keys", "list").split()[0], "--by", "officer")
        assert ask().error["code"] == "use.model_only"
    assert len(stub.bodies) == 1


def test_a_pack_is_signed_and_bound_by_command(lab: Lab):
    """What the lab will do, done by hand: the digests, a pack, a key of one's own, a signature."""
    bound = json.loads(done("digests", USE, door.MODEL))
    assert bound == {name: lab.pack()[name] for name in bound}
    assert run("digests", "read_minds", door.MODEL).exit_code == 1
    assert run("digests", USE, "far").exit_code == 1
    plain = written(lab.folder, "plain.json", json.dumps(lab.pack()).encode())
    out = lab.folder / "signed.json"
    public = done("sign", plain, "--key", str(lab.folder / "own.key"), "--out", str(out))
    path = written(lab.folder, "own.pub", public.encode())
    done("keys", "add", path, "--holder", "Dr Ito", "--by", "officer")
    assert "It clears the method" in done("import", str(out), "--by", "evaluator")
    for content in (b"[]", b"x", b"{}"):
        bad = written(lab.folder, "bad.json", content)
        assert run("sign", bad, "--key", str(lab.folder / "own.key"), "--out", str(out)).exit_code == 1
    assert run("import", str(lab.folder / "absent"), "--by", "evaluator").exit_code == 1


def test_nothing_comes_in_where_the_trail_cannot_be_written(lab: Lab, monkeypatch: pytest.MonkeyPatch):
    from thirdchair_web.governance import evidence
    from thirdchair_web.governance.models import EvidenceKey, SignedEvidence

    lab.register()

    def breaks(**_: object) -> None:
        raise OSError("the disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(evidence, "record", breaks)
        assert lab.bring(signed(lab.pack(), lab.key)).exit_code != 0
        assert run("keys", "remove", done("keys", "list").split()[0], "--by", "officer").exit_code != 0
    assert not SignedEvidence.objects.exists()
    assert EvidenceKey.objects.get().retired_at is None


# --- evidence and the trail ---------------------------------------------------------------------------------


def slip_in(lab: Lab, key, *, pack: dict | None = None) -> None:
    """Rows such as someone writes who can reach the database and not the service."""
    from thirdchair.evidence import read_pack
    from thirdchair.trail.heads import key_id
    from thirdchair_web.clock import now
    from thirdchair_web.governance.models import EvidenceKey, SignedEvidence

    content = signed(pack or lab.pack(), key)
    name = key_id(key.public_key())
    EvidenceKey.objects.get_or_create(
        key_id=name,
        defaults={
            "public": key.public_key().public_bytes_raw().hex(),
            "holder": "Lab of Dr Ito",
            "added_by": lab.officer,
            "added_at": now(),
            "changed": 99,
        },
    )
    digest = read_pack(json.dumps(pack or lab.pack())).digest
    SignedEvidence.objects.create(
        pack=digest, key_id=name, content=content, imported_by=lab.evaluator, imported_at=now()
    )


def verified_page(client: Client, lab: Lab) -> str:
    sign_in(client, lab.officer)
    return client.post("/trail/").content.decode()


def test_evidence_that_came_in_by_its_acts_agrees_with_the_trail(lab: Lab, client: Client):
    lab.register()
    assert lab.bring(signed(lab.pack(), lab.key)).exit_code == 0
    other = made_key()
    lab.register(other)
    done("keys", "remove", key_of(other), "--by", "officer")
    page = verified_page(client, lab)
    assert "The trail verifies" in page and "Every key and pack of evidence" in page
    assert "Evidence and trail differ" not in page
    assert "has its entry" in done("check")


def key_of(key) -> str:
    from thirdchair.trail.heads import key_id

    return key_id(key.public_key())


def test_a_key_and_a_pack_slipped_in_behind_the_trail_are_found_and_clear_nothing(lab: Lab, client: Client):
    slip_in(lab, lab.key)
    assert isinstance(state(), NotCleared) and state().refusal.rule == "clearance.missing"
    page = verified_page(client, lab)
    assert "The trail verifies" in page and "Evidence and trail differ" in page
    assert "no entry of its registration" in page and "no entry of its import" in page
    result = run("check")
    assert result.exit_code == 1 and "no entry of its import" in result.output


def test_a_pack_slipped_in_under_a_key_that_was_registered_clears_nothing(lab: Lab):
    lab.register()
    slip_in(lab, lab.key)
    assert isinstance(state(), NotCleared)
    assert "evidence.not_in_trail" in done("list")
    assert [line for line in run("check").output.splitlines() if "no entry of its import" in line]
    assert lab.bring(signed(lab.pack(made_on="2026-03-02"), lab.key)).exit_code == 0
    assert isinstance(state(), Cleared), "one that is brought in as it should be still counts"


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda keys, packs: packs.delete(), "The pack"),
        (lambda keys, packs: (packs.delete(), keys.delete()), "The key"),
        (lambda keys, packs: keys.update(public="ab" * 32), "is another key"),
        (lambda keys, packs: keys.update(retired_at="2026-01-01T00:00:00Z"), "kept as retired"),
    ],
    ids=["pack removed", "key removed", "key swapped", "retired by hand"],
)
def test_evidence_removed_or_changed_behind_the_trail_is_found(lab: Lab, spoil, told: str):
    from thirdchair_web.governance.models import EvidenceKey, SignedEvidence

    lab.register()
    assert lab.bring(signed(lab.pack(), lab.key)).exit_code == 0
    spoil(EvidenceKey.objects.all(), SignedEvidence.objects.all())
    result = run("check")
    assert result.exit_code == 1 and told in result.output


def test_a_retired_key_that_was_revived_behind_the_trail_stays_retired(lab: Lab):
    from thirdchair_web.governance.models import EvidenceKey

    lab.register()
    assert lab.bring(signed(lab.pack(), lab.key)).exit_code == 0
    done("keys", "remove", key_of(lab.key), "--by", "officer")
    EvidenceKey.objects.update(retired_at=None, retired_by=None, changed=99, stamp=uuid.uuid4())
    assert isinstance(state(), NotCleared)
    assert "kept as one that stands" in run("check").output

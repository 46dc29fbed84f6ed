"""A use is what was approved, to the letter."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields, replace
from typing import Any, cast

import pytest

from thirdchair.evidence import Requirement
from thirdchair.library.reading_grade import reading_grade
from thirdchair.policy import Role, UseTerms
from thirdchair.policy.consent_text import MANDATORY_SLOTS
from thirdchair.policy.roles import CLINICIANS
from thirdchair.records import Language
from thirdchair.uses import USES, Use, registered_use

SUMMARIES = USES["summarise_session"]
EVERY_USE = pytest.mark.parametrize("use", list(USES.values()), ids=list(USES))


def one_letter_off(text: str) -> str:
    """The text with its middle letter replaced."""
    middle = len(text) // 2
    return f"{text[:middle]}{'x' if text[middle] != 'x' else 'y'}{text[middle + 1 :]}"


def changes() -> dict[str, Use]:
    """The session summaries, each time with the least change to one part."""
    first, *rest = SUMMARIES.requirements
    texts = SUMMARIES.consent_templates
    return {
        "prompt": replace(SUMMARIES, prompt=one_letter_off(SUMMARIES.prompt)),
        "prompt, a space at its end": replace(SUMMARIES, prompt=SUMMARIES.prompt + " "),
        "intended use": replace(SUMMARIES, intended_use=one_letter_off(SUMMARIES.intended_use)),
        **{
            f"consent, {language}": replace(
                SUMMARIES, consent_templates={**texts, language: one_letter_off(texts[language])}
            )
            for language in Language
        },
        "a language fewer": replace(
            SUMMARIES,
            title={Language.ENGLISH: SUMMARIES.title[Language.ENGLISH]},
            consent_templates={Language.ENGLISH: texts[Language.ENGLISH]},
        ),
        "threshold": replace(SUMMARIES, requirements=(replace(first, at_least=0.98), *rest)),
        "measure": replace(SUMMARIES, requirements=(replace(first, measure="sentences"), *rest)),
        "why": replace(SUMMARIES, requirements=(replace(first, why=one_letter_off(first.why)), *rest)),
        "a requirement fewer": replace(SUMMARIES, requirements=tuple(rest)),
        "a requirement more": replace(
            SUMMARIES, requirements=(first, *rest, Requirement("more", 0.1, "why"))
        ),
        "requester": replace(SUMMARIES, requesters=SUMMARIES.requesters | {Role.ON_CALL}),
        "signer": replace(SUMMARIES, signers=SUMMARIES.signers | {Role.ON_CALL}),
        "audience": replace(SUMMARIES, audience=SUMMARIES.audience | {Role.ON_CALL}),
        "data": replace(SUMMARIES, data_classes=("session_transcript", "earlier_notes")),
        "stage": replace(SUMMARIES, stage="collaborative"),
        "id": replace(SUMMARIES, id="summarise_sessions"),
        "title": replace(SUMMARIES, title={**SUMMARIES.title, Language.ENGLISH: "Session summary"}),
        "review": replace(SUMMARIES, review="none_general_information", signers=frozenset()),
        "needs": replace(SUMMARIES, needs=replace(SUMMARIES.needs, dates="year")),
        "model only": replace(SUMMARIES, model_only=True),
        "whose consent": replace(SUMMARIES, consent="about_a_patient"),
        "whose words": replace(SUMMARIES, patients_words_only=True),
    }


@pytest.mark.parametrize("part", list(changes()))
def test_the_least_change_makes_another_use(part: str) -> None:
    assert changes()[part].digest != SUMMARIES.digest


def test_no_two_changes_make_the_same_use() -> None:
    assert len({use.digest for use in changes().values()}) == len(changes())


def test_what_stands_in_one_part_cannot_pass_for_another() -> None:
    moved = replace(SUMMARIES, intended_use=SUMMARIES.prompt, prompt=SUMMARIES.intended_use)
    assert moved.digest != SUMMARIES.digest


def test_every_field_is_in_the_digest() -> None:
    touched = {
        field.name
        for field in fields(Use)
        for use in changes().values()
        if getattr(use, field.name) != getattr(SUMMARIES, field.name)
    }
    assert touched == {field.name for field in fields(Use)}


def test_the_same_use_has_the_same_digest_however_its_parts_are_ordered() -> None:
    reordered = replace(
        SUMMARIES,
        signers=frozenset(sorted(SUMMARIES.signers, reverse=True)),
        title=dict(reversed(list(SUMMARIES.title.items()))),
    )
    assert reordered.digest == replace(SUMMARIES).digest == SUMMARIES.digest


@pytest.mark.parametrize(
    "unknown", ["", "summarise", "Summarise_Session", "summarise_session ", "detect_lies"]
)
def test_a_use_nobody_registered_is_none(unknown: str) -> None:
    assert registered_use(unknown) is None


@EVERY_USE
def test_a_registered_use_is_found_by_its_own_name(use: Use) -> None:
    assert registered_use(use.id) is use


@EVERY_USE
def test_nobody_can_change_what_was_approved_while_the_program_runs(use: Use) -> None:
    with pytest.raises(TypeError):
        cast(Any, USES)["detect_lies"] = use
    with pytest.raises(FrozenInstanceError):
        cast(Any, use).prompt = "Say what you like."
    with pytest.raises(TypeError):
        cast(Any, use.consent_templates)[Language.ENGLISH] = "Agree."
    with pytest.raises(TypeError):
        cast(Any, use.title)[Language.ENGLISH] = "Something else"


def test_a_use_keeps_no_hold_on_what_it_was_made_of() -> None:
    title = dict(SUMMARIES.title)
    use = replace(SUMMARIES, title=title)
    title[Language.ENGLISH] = "Something else"
    assert use.digest == SUMMARIES.digest


@EVERY_USE
class TestEveryUse:
    def test_speaks_every_language_of_the_product(self, use: Use) -> None:
        assert set(use.title) == set(Language)
        assert set(use.consent_templates) == (set() if use.is_closed else set(Language))
        assert use.languages == {"en", "zh-hans"}

    def test_is_signed_by_staff_alone_wherever_it_is_signed(self, use: Use) -> None:
        assert use.requesters
        assert bool(use.signers) is use.needs_signature
        assert Role.PATIENT not in use.signers

    def test_shows_a_patient_nothing_that_waits_for_a_signature(self, use: Use) -> None:
        assert not (use.needs_signature and Role.PATIENT in use.requesters | use.audience)

    def test_comments_to_clinicians_alone_and_only_with_a_model(self, use: Use) -> None:
        if use.comments:
            assert use.audience == use.requesters == CLINICIANS
            assert use.model_only
            assert not use.signers

    def test_asks_for_evidence_and_says_why(self, use: Use) -> None:
        assert bool(use.requirements) is not use.is_closed
        assert all(requirement.why.endswith(".") for requirement in use.requirements)

    def test_says_what_it_is_for_and_what_it_must_not_be_used_for(self, use: Use) -> None:
        assert "must not be used" in use.intended_use
        assert all(
            f"{{{slot}}}" in text for text in use.consent_templates.values() for slot in MANDATORY_SLOTS
        )

    def test_gives_policy_what_it_needs_and_no_more(self, use: Use) -> None:
        assert use.terms == UseTerms(
            id=use.id,
            requesters=use.requesters,
            signers=use.signers,
            languages=use.languages,
            requirements=use.requirements,
            digest=use.digest,
            data_classes=frozenset(use.data_classes),
            closed=use.is_closed,
            model_only=use.model_only,
            consent=use.consent,
            patients_words_only=use.patients_words_only,
        )

    def test_consent_texts_are_in_plain_words(self, use: Use) -> None:
        for language, template in use.consent_templates.items():
            assert reading_grade(template.replace("*", "").replace("#", ""), language).is_plain


@pytest.mark.parametrize(
    "change",
    [
        {"consent_templates": {}},
        {"signers": frozenset()},
        {"review": "none_closed", "signers": frozenset()},
        {"review": "none_general_information"},
    ],
)
def test_a_use_whose_parts_contradict_each_other_cannot_be_made(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="a use has"):
        replace(SUMMARIES, **change)

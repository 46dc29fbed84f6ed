"""Every rule of policy: what it refuses, in which order, at which instant, and in which words."""

from __future__ import annotations

import string
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from thirdchair.evidence import Ceiling, EvidencePack, Requirement
from thirdchair.measures.estimate import Estimate, Unscored
from thirdchair.policy import (
    Actor,
    Adjustment,
    Allowed,
    Cleared,
    Consent,
    Moment,
    NotCleared,
    Refused,
    ReviewFacts,
    Role,
    Switches,
    UseTerms,
    decide,
    may_adjust,
    may_sign,
    refusals,
)
from thirdchair.policy.clearance import judge_clearance
from thirdchair.policy.consent_text import MANDATORY_SLOTS, fill_consent_text
from thirdchair.policy.conversing import Caps, Contraindication, Eligibility, Standing, talk_refusal
from thirdchair.policy.deciding import (
    Authority,
    AuthorityKind,
    Capacity,
    Decider,
    Deciding,
    age_on,
    deciding_refusal,
    who_decides,
)
from thirdchair.policy.decision import UseRefused
from thirdchair.policy.review import eligibility, seconds_to_read
from thirdchair.policy.wording import REASONS
from thirdchair.records import Language
from thirdchair.uses import USES

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
INSTANT = timedelta(microseconds=1)
DAY = timedelta(days=1)
USE, METHOD = "summarise_session", "extractive"
PACK = "e" * 64

TERMS = UseTerms(
    id=USE,
    requesters=frozenset({Role.NURSE, Role.PSYCHIATRIST}),
    signers=frozenset({Role.NURSE, Role.PSYCHIATRIST}),
    languages=frozenset({"en", "zh-hans"}),
    requirements=(Requirement("found", 0.7, "What was said must be found."),),
    digest="a" * 64,
)


def agreed(**changed: Any) -> Consent:
    """A consent that holds at NOW."""
    standing = Consent(
        id="consent:1",
        use=USE,
        text_version="current",
        methods=frozenset({METHOD}),
        answered_at=NOW - 10 * DAY,
        effective_at=NOW - 9 * DAY,
        expires_at=NOW + 355 * DAY,
    )
    return replace(standing, **changed)


def moment(*consents: Consent, **changed: Any) -> Moment:
    """A moment at which everything is in order, but for what is changed."""
    in_order = Moment(
        at=NOW,
        actor=Actor("nurse:1", Role.NURSE, date(2030, 1, 1)),
        switches=Switches(uses_on=frozenset({USE})),
        consents=consents or (agreed(),),
        text_versions={USE: frozenset({"current", "current-zh"})},
        clearances={(USE, METHOD, "en"): Cleared(PACK)},
        places=frozenset({"XX"}),
    )
    return replace(in_order, **changed)


def rule(at: Moment, *, use: UseTerms | None = TERMS, method: str = METHOD, language: str = "en") -> str:
    """The name of the rule that refuses, or "allowed"."""
    decision = decide(use, method=method, language=language, moment=at)
    return decision.rule if isinstance(decision, Refused) else "allowed"


def test_when_every_rule_is_met_the_decision_names_the_consent_and_the_evidence_it_rests_on() -> None:
    assert decide(TERMS, method=METHOD, language="en", moment=moment()) == Allowed("consent:1", PACK)


def test_a_use_nobody_registered_is_refused() -> None:
    assert rule(moment(), use=None) == "use.unknown"


# Each row breaks one rule more than the row below it, so the first name is the one that must win.
SHUT = Switches(uses_on=frozenset())
BROKEN: list[tuple[str, dict[str, Any]]] = [
    ("content.erased", {"content_erased": True}),
    ("switch.everything", {"switches": Switches(everything_stopped=True)}),
    (
        "switch.use_stopped",
        {"switches": Switches(stopped_uses=frozenset({USE}), stopped_methods=frozenset({METHOD}))},
    ),
    ("switch.method_stopped", {"switches": Switches(stopped_methods=frozenset({METHOD}))}),
    ("switch.off", {"switches": SHUT}),
    ("role.request", {"actor": Actor("lead:1", Role.SERVICE_LEAD)}),
    ("clearance.missing", {"clearances": {}}),
    ("consent.missing", {"consents": ()}),
]


@pytest.mark.parametrize("place", range(len(BROKEN)), ids=[name for name, _ in BROKEN])
def test_the_first_rule_in_order_that_is_not_met_refuses(place: int) -> None:
    later_first = [changed for _, changed in reversed(BROKEN[place:])]
    everything_from_here_on = {name: value for changed in later_first for name, value in changed.items()}
    assert rule(moment(**everything_from_here_on)) == BROKEN[place][0]


@pytest.mark.parametrize(("name", "changed"), BROKEN, ids=[name for name, _ in BROKEN])
def test_each_rule_refuses_by_itself(name: str, changed: dict[str, Any]) -> None:
    broken = moment(**changed)
    assert rule(broken) == name
    assert [refusal.rule for refusal in refusals(TERMS, method=METHOD, language="en", moment=broken)] == [
        name
    ]


def test_a_page_can_show_all_that_is_left_to_do() -> None:
    nothing_done = moment(
        content_erased=True, switches=SHUT, actor=Actor("p", Role.PATIENT), clearances={}, consents=()
    )
    found = refusals(TERMS, method=METHOD, language="fr", moment=nothing_done)
    assert [refusal.rule for refusal in found] == [
        "content.erased",
        "switch.off",
        "role.request",
        "use.language",
        "clearance.missing",
        "consent.missing",
    ]


def test_when_all_is_in_order_nothing_is_left_to_do() -> None:
    assert refusals(TERMS, method=METHOD, language="en", moment=moment()) == ()


class TestLanguages:
    def test_a_language_the_use_is_not_written_for_is_refused(self) -> None:
        in_french = moment(clearances={(USE, METHOD, "fr"): Cleared(PACK)})
        assert rule(in_french, language="fr") == "use.language"

    def test_evidence_in_one_language_opens_no_other(self) -> None:
        assert rule(moment(), language="zh-hans") == "clearance.missing"


class TestRoles:
    @pytest.mark.parametrize("role", [role for role in Role if role not in TERMS.requesters])
    def test_nobody_but_a_clinician_may_ask(self, role: Role) -> None:
        assert rule(moment(actor=Actor("someone", role))) == "role.request"

    @pytest.mark.parametrize("role", sorted(TERMS.requesters))
    def test_a_clinician_may_ask_whatever_the_state_of_the_licence(self, role: Role) -> None:
        assert rule(moment(actor=Actor("someone", role, licensed_until=None))) == "allowed"


class TestSwitches:
    @pytest.mark.parametrize(
        ("stopped", "name"),
        [
            ({"everything_stopped": True}, "switch.everything"),
            ({"stopped_uses": frozenset({USE})}, "switch.use_stopped"),
            ({"stopped_methods": frozenset({METHOD})}, "switch.method_stopped"),
        ],
    )
    def test_a_kill_switch_closes_a_use_that_is_on(self, stopped: dict[str, Any], name: str) -> None:
        assert rule(moment(switches=Switches(uses_on=frozenset({USE}), **stopped))) == name

    def test_every_use_starts_off(self) -> None:
        assert rule(moment(switches=Switches())) == "switch.off"

    def test_a_switch_closes_only_what_it_names(self) -> None:
        others = Switches(
            uses_on=frozenset({USE}),
            stopped_uses=frozenset({"predict_crisis"}),
            stopped_methods=frozenset({"a-model"}),
        )
        assert rule(moment(switches=others)) == "allowed"


LATER = {"id": "consent:2", "answered_at": NOW - DAY, "effective_at": NOW - DAY}


def test_a_closed_use_is_refused_whatever_else_is_in_order_and_for_that_reason_alone() -> None:
    closed = replace(TERMS, closed=True)
    assert rule(moment(), use=closed) == "use.closed"
    broken = moment(switches=Switches(everything_stopped=True), content_erased=True, clearances={})
    assert [r.rule for r in refusals(closed, method="a-model", language="fr", moment=broken)] == [
        "use.closed"
    ]


def test_a_use_without_an_extractive_method_says_so_and_a_model_is_judged_by_its_evidence() -> None:
    drafts = replace(TERMS, model_only=True)
    assert rule(moment(), use=drafts) == "use.model_only"
    assert rule(moment(agreed(methods=frozenset({"m"}))), use=drafts, method="m") == "clearance.missing"


def test_where_nothing_is_signed_nobody_is_told_that_someone_else_may() -> None:
    unsigned = replace(TERMS, signers=frozenset())
    refused = may_sign(unsigned, actor=NURSE, today=TODAY, facts=read())
    assert isinstance(refused, Refused) and refused.rule == "sign.none_needed"


class TestConsentWhereNobodyIsConcerned:
    GENERAL = replace(TERMS, consent="about_a_patient")

    def test_a_call_about_nobody_needs_no_consent_and_rests_on_none(self) -> None:
        about_nobody = moment(agreed(declined=True), about_a_patient=False)
        assert decide(self.GENERAL, method=METHOD, language="en", moment=about_nobody) == Allowed(None, PACK)

    def test_a_call_about_a_patient_needs_it_as_ever(self) -> None:
        assert rule(moment(agreed(declined=True)), use=self.GENERAL) == "consent.declined"

    def test_a_use_that_always_asks_is_not_talked_out_of_it(self) -> None:
        assert rule(moment(agreed(declined=True), about_a_patient=False)) == "consent.declined"


class TestConsent:
    @pytest.mark.parametrize(
        ("expected", "changed"),
        [
            ("allowed", {}),
            ("consent.missing", {"use": "answer_question"}),
            ("consent.declined", {"declined": True}),
            ("consent.withdrawn", {"withdrawn_at": NOW - DAY}),
            ("consent.withdrawn", {"withdrawn_at": NOW}),
            ("consent.withdrawn", {"withdrawn_at": NOW - DAY, "declined": True}),
            ("consent.withdrawn", {"withdrawn_at": NOW - DAY, "expires_at": NOW - INSTANT}),
            ("consent.declined", {"declined": True, "expires_at": NOW - INSTANT}),
            # It holds from the instant it takes effect up to, not including, the instant it ends.
            ("allowed", {"effective_at": NOW}),
            ("consent.not_yet", {"effective_at": NOW + INSTANT}),
            ("allowed", {"expires_at": NOW + INSTANT}),
            ("consent.expired", {"expires_at": NOW}),
            ("consent.expired", {"expires_at": NOW - INSTANT}),
            ("consent.expired", {"effective_at": NOW + DAY, "expires_at": NOW}),
            ("consent.other_method", {"methods": frozenset({"a-model"})}),
            ("consent.other_method", {"methods": frozenset[str]()}),
            ("consent.other_text", {"text_version": "of last year"}),
            ("allowed", {"text_version": "current-zh"}),
        ],
    )
    def test_a_consent_covers_this_use_this_method_this_text_and_this_instant(
        self, expected: str, changed: dict[str, Any]
    ) -> None:
        assert rule(moment(agreed(**changed))) == expected

    def test_where_the_service_shows_no_text_no_consent_can_match_it(self) -> None:
        assert rule(moment(text_versions={})) == "consent.other_text"

    @pytest.mark.parametrize(
        ("expected", "later"),
        [
            ("consent.declined", {"declined": True}),
            ("consent.withdrawn", {"withdrawn_at": NOW}),
            ("consent.other_text", {"text_version": "of last year"}),
            ("consent.not_yet", {"effective_at": NOW + DAY}),
        ],
    )
    def test_the_latest_answer_counts_even_where_an_earlier_one_would_allow(
        self, expected: str, later: dict[str, Any]
    ) -> None:
        answers = (agreed(), agreed(**(LATER | later)))
        assert rule(moment(*answers)) == expected
        assert rule(moment(*reversed(answers))) == expected

    @pytest.mark.parametrize("no", [{"declined": True}, {"withdrawn_at": NOW - 5 * DAY}])
    def test_a_patient_who_said_no_may_agree_again(self, no: dict[str, Any]) -> None:
        answers = (agreed(**no), agreed(**LATER))
        assert rule(moment(*answers)) == rule(moment(*reversed(answers))) == "allowed"

    def test_a_withdrawal_is_the_latest_word_even_of_an_answer_that_was_not_the_latest(self) -> None:
        answers = (agreed(withdrawn_at=NOW - INSTANT), agreed(**LATER))
        assert rule(moment(*answers)) == rule(moment(*reversed(answers))) == "consent.withdrawn"

    @pytest.mark.parametrize("no", [{"declined": True}, {"withdrawn_at": NOW - 10 * DAY}])
    def test_where_yes_and_no_were_said_at_one_instant_no_counts(self, no: dict[str, Any]) -> None:
        answers = (agreed(), agreed(id="consent:2", **no))
        assert rule(moment(*answers)) == rule(moment(*reversed(answers))) != "allowed"

    def test_an_answer_about_one_use_says_nothing_about_another(self) -> None:
        no_to_another = agreed(**LATER, use="converse", declined=True)
        assert rule(moment(agreed(), no_to_another)) == "allowed"

    def test_a_time_without_a_time_zone_is_an_error_and_no_permission(self) -> None:
        with pytest.raises(TypeError):
            rule(moment(at=NOW.replace(tzinfo=None)))


def estimate(low: float, *, value: float = 0.9, high: float = 0.95, direction: Any = "higher") -> Estimate:
    return Estimate(
        value=value, low=low, high=high, n=100, clusters=10, unit="share", direction=direction,
        dataset="invented", method="by hand", date="2026-01-01", seed=0, source="none",
    )  # fmt: skip


def pack(**changed: Any) -> EvidencePack:
    measured = EvidencePack(
        use=USE, method=METHOD, method_digest="d" * 64, language="en", made_on="2026-02-01",
        command="make evidence", estimates={"found": estimate(0.8)}, digest=PACK,
    )  # fmt: skip
    return replace(measured, **changed)


def clearance(*packs: EvidencePack, digest: str = "d" * 64) -> str:
    """The name of the rule that refuses, or "cleared"."""
    judged = judge_clearance(
        packs, use=USE, method=METHOD, method_digest=digest, language="en", requirements=TERMS.requirements
    )
    return judged.refusal.rule if isinstance(judged, NotCleared) else "cleared"


class TestClearance:
    def test_a_pack_that_meets_every_requirement_clears_and_is_named(self) -> None:
        judged = judge_clearance(
            [pack()],
            use=USE, method=METHOD, method_digest="d" * 64, language="en", requirements=TERMS.requirements,
        )  # fmt: skip
        assert judged == Cleared(PACK)

    def test_what_may_not_exceed_a_limit_is_judged_on_the_upper_end_and_told_rounded_up(self) -> None:
        ceiling = Ceiling("unsupported", 0.05, "Nothing is invented.")

        def judged(high: float) -> Cleared | NotCleared:
            found = estimate(0.0, value=0.01, high=high, direction="lower")
            return judge_clearance(
                [pack(estimates={"unsupported": found})],
                use=USE, method=METHOD, method_digest="d" * 64, language="en", requirements=(ceiling,),
            )  # fmt: skip

        assert judged(0.05) == Cleared(PACK)
        over = judged(0.0501)
        assert isinstance(over, NotCleared) and over.refusal.rule == "clearance.over"
        assert (over.refusal.found["needed"], over.refusal.found["found"]) == ("0.05", "0.051")

    @pytest.mark.parametrize("changed", [{"use": "converse"}, {"method": "a-model"}, {"language": "zh-hans"}])
    def test_a_pack_for_anything_else_is_none(self, changed: dict[str, str]) -> None:
        assert clearance(pack(**changed)) == clearance() == "clearance.missing"

    def test_a_method_that_changed_since_is_closed(self) -> None:
        assert clearance(pack(), digest="f" * 64) == "clearance.stale"

    @pytest.mark.parametrize(
        ("low", "expected"), [(0.7, "cleared"), (0.6999, "clearance.short"), (0.0, "clearance.short")]
    )
    def test_it_is_judged_on_the_worse_end_of_the_interval(self, low: float, expected: str) -> None:
        assert clearance(pack(estimates={"found": estimate(low, value=0.9, high=1.0)})) == expected

    @pytest.mark.parametrize("found", [{}, {"found": Unscored("too few sessions")}, {"other": estimate(0.9)}])
    def test_what_was_not_measured_does_not_pass(self, found: dict[str, Any]) -> None:
        assert clearance(pack(estimates=found)) == "clearance.short"

    def test_where_several_are_current_the_newest_decides(self) -> None:
        worse = pack(made_on="2026-02-02", estimates={"found": estimate(0.1)})
        assert clearance(pack(), worse) == clearance(worse, pack()) == "clearance.short"
        assert clearance(replace(worse, made_on="2026-01-31"), pack()) == "cleared"

    def test_of_two_made_on_one_day_both_must_pass(self) -> None:
        worse = pack(estimates={"found": estimate(0.1)})
        assert clearance(pack(), worse) == clearance(worse, pack()) == "clearance.short"

    def test_a_shortfall_is_never_rounded_up_to_what_was_needed(self) -> None:
        judged = judge_clearance(
            [pack(estimates={"found": estimate(0.6999)})],
            use=USE, method=METHOD, method_digest="d" * 64, language="en", requirements=TERMS.requirements,
        )  # fmt: skip
        assert isinstance(judged, NotCleared)
        assert judged.refusal.reason.endswith("at least 0.70 is needed; it may be as low as 0.69).")

    @pytest.mark.parametrize("refused", ["clearance.stale", "clearance.short"])
    def test_the_decision_gives_the_reason_the_evidence_gave(self, refused: str) -> None:
        words = {"use": USE, "method": METHOD, "measure": "found", "needed": "0.70", "found": "0.10"}
        not_cleared = NotCleared(Refused(refused, words))
        assert rule(moment(clearances={(USE, METHOD, "en"): not_cleared})) == refused


TODAY = date(2026, 3, 2)
NURSE = Actor("nurse:1", Role.NURSE, TODAY)


def read(**changed: Any) -> ReviewFacts:
    """A review in which everything was done, but for what is changed."""
    done = ReviewFacts(
        still_draft=True,
        opened_seconds_ago=30.0,
        words=300,
        unsupported_unedited=0,
        unclear_risks=0,
        sentences_kept=4,
        confirmed=True,
        unchanged_since_seen=True,
    )
    return replace(done, **changed)


def signing(facts: ReviewFacts | None = None, *, actor: Actor = NURSE) -> str:
    decision = may_sign(TERMS, actor=actor, today=TODAY, facts=facts or read())
    return decision.rule if isinstance(decision, Refused) else "allowed"


UNREAD: list[tuple[str, dict[str, Any]]] = [
    ("sign.not_draft", {"still_draft": False}),
    ("sign.not_opened", {"opened_seconds_ago": None}),
    ("sign.too_soon", {"opened_seconds_ago": 29.9}),
    ("sign.changed", {"unchanged_since_seen": False}),
    ("sign.empty", {"sentences_kept": 0}),
    ("sign.unsupported", {"unsupported_unedited": 1}),
    ("sign.unclear_risk", {"unclear_risks": 1}),
    ("sign.words_not_own", {"confirmed": False}),
]


class TestSigning:
    def test_a_licensed_clinician_who_read_the_draft_may_sign(self) -> None:
        assert may_sign(TERMS, actor=NURSE, today=TODAY, facts=read()) == Allowed()

    @pytest.mark.parametrize(("name", "changed"), UNREAD, ids=[name for name, _ in UNREAD])
    def test_each_thing_left_undone_refuses(self, name: str, changed: dict[str, Any]) -> None:
        assert signing(read(**changed)) == name

    @pytest.mark.parametrize("place", range(len(UNREAD)), ids=[name for name, _ in UNREAD])
    def test_the_first_in_order_is_named(self, place: int) -> None:
        later_first = [changed for _, changed in reversed(UNREAD[place:])]
        undone = {name: value for changed in later_first for name, value in changed.items()}
        assert signing(read(**undone)) == UNREAD[place][0]

    @pytest.mark.parametrize("role", [role for role in Role if role not in TERMS.signers])
    def test_nobody_but_a_signer_signs_however_well_they_read(self, role: Role) -> None:
        assert signing(actor=Actor("someone", role, date(2099, 1, 1))) == "sign.role"

    @pytest.mark.parametrize(
        ("until", "expected"),
        [
            (TODAY, "allowed"),
            (TODAY + DAY, "allowed"),
            (TODAY - DAY, "sign.licence"),
            (None, "sign.licence"),
        ],
    )
    def test_a_licence_holds_through_its_last_day(self, until: date | None, expected: str) -> None:
        assert signing(actor=replace(NURSE, licensed_until=until)) == expected

    def test_who_may_not_sign_is_told_so_before_any_reading(self) -> None:
        assert signing(read(still_draft=False), actor=replace(NURSE, licensed_until=None)) == "sign.licence"
        told = eligibility(TERMS, actor=replace(NURSE, role=Role.ON_CALL), today=TODAY)
        assert told == Refused("sign.role")

    @pytest.mark.parametrize(
        ("words", "seconds"), [(0, 0), (1, 1), (10, 1), (11, 2), (300, 30), (301, 31), (6000, 600)]
    )
    def test_the_least_time_rounds_up_to_the_second(self, words: int, seconds: int) -> None:
        assert seconds_to_read(words) == seconds
        assert signing(read(words=words, opened_seconds_ago=float(seconds))) == "allowed"
        just_before = read(words=words, opened_seconds_ago=seconds - 0.001)
        assert signing(just_before) == "sign.too_soon"


def slots_of(words: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(words) if name}


def filled(name: str) -> Refused:
    both = [text for language in Language for text in REASONS[name][language]]
    return Refused(name, {slot: f"a {slot}" for slot in set().union(*map(slots_of, both))})


@pytest.mark.parametrize("name", sorted(REASONS))
class TestWording:
    def test_a_rule_speaks_both_languages(self, name: str) -> None:
        assert set(REASONS[name]) == set(Language)
        english, chinese = (" ".join(REASONS[name][language]) for language in Language)
        assert english.isascii() or "“" in english
        assert any("一" <= char <= "鿿" for char in chinese)

    def test_a_reason_and_its_remedy_are_two_sentences_and_not_one_twice(self, name: str) -> None:
        for language in Language:
            reason, remedy = REASONS[name][language]
            assert reason.strip() and remedy.strip() and reason != remedy
            assert reason[-1] in ".。" and remedy[-1] in ".。"

    def test_nothing_is_left_unfilled(self, name: str) -> None:
        refusal = filled(name)
        for language in Language:
            told = refusal.reason_in(language) + refusal.remedy_in(language)
            assert not set(told) & set("{}")
        assert (refusal.reason, refusal.remedy) == (
            refusal.reason_in(Language.ENGLISH),
            refusal.remedy_in(Language.ENGLISH),
        )

    def test_both_languages_tell_the_same_facts(self, name: str) -> None:
        told = [slots_of("".join(REASONS[name][language])) for language in Language]
        assert told[0] == told[1]

    def test_the_error_a_program_sees_holds_rule_reason_and_remedy(self, name: str) -> None:
        refusal = filled(name)
        message = str(UseRefused(refusal))
        assert name in message and refusal.reason in message and refusal.remedy in message


def test_a_rule_without_words_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="no wording"):
        Refused("because.i_say_so")


# --- who says yes ------------------------------------------------------------------------------------------

PARENT = Authority("parent:1", AuthorityKind.PARENT, until=NOW + 90 * DAY)
COURT = Authority("court:1", AuthorityKind.COURT, uses=frozenset({USE}))
ATTORNEY = Authority("attorney:1", AuthorityKind.ATTORNEY, uses=frozenset({"answer_question"}))
OWN, MINOR = Deciding(), Deciding(Decider.GUARDIAN, (PARENT, COURT, ATTORNEY))
ADULT = Deciding(Decider.REPRESENTATIVE, (PARENT, COURT, ATTORNEY))


def by_another(given_by: str, authority: str, own_word: str = "agrees") -> Consent:
    return agreed(given_by=given_by, authority=authority, own_word=own_word)


def _stood_in(consent: Consent, deciding: Deciding, at: datetime = NOW) -> Refused | None:
    return deciding_refusal(consent, deciding, at=at)


STOOD_IN: tuple[tuple[str | None, Refused | None], ...] = (
    (None, _stood_in(agreed(), OWN)),
    ("consent.came_of_age", _stood_in(by_another("guardian", "parent:1"), OWN)),
    ("consent.capacity_back", _stood_in(by_another("representative", "court:1"), OWN)),
    ("consent.guardian_needed", _stood_in(agreed(), MINOR)),
    ("consent.guardian_needed", _stood_in(by_another("representative", "court:1"), MINOR)),
    (None, _stood_in(by_another("guardian", "parent:1"), MINOR)),
    ("consent.authority_over", _stood_in(by_another("guardian", "parent:1"), MINOR, NOW + 90 * DAY)),
    ("consent.authority_over", _stood_in(by_another("guardian", "attorney:1"), MINOR)),
    ("consent.authority_over", _stood_in(by_another("guardian", "nobody"), MINOR)),
    ("consent.own_word_needed", _stood_in(by_another("guardian", "parent:1", ""), MINOR)),
    ("consent.own_word_needed", _stood_in(by_another("guardian", "parent:1", "does_not_object"), MINOR)),
    ("consent.representative_needed", _stood_in(agreed(), ADULT)),
    (None, _stood_in(by_another("representative", "court:1", "does_not_object"), ADULT)),
    ("consent.authority_over", _stood_in(by_another("representative", "parent:1"), ADULT)),
    ("consent.authority_over", _stood_in(by_another("representative", "attorney:1"), ADULT)),
    ("consent.own_word_needed", _stood_in(by_another("representative", "court:1", ""), ADULT)),
    ("consent.capacity_review", _stood_in(agreed(), Deciding(Decider.NOBODY))),
    ("consent.capacity_review", _stood_in(by_another("representative", "court:1"), Deciding(Decider.NOBODY))),
)


@pytest.mark.parametrize("expected, refusal", STOOD_IN)
def test_a_yes_counts_only_from_who_decides_now(expected, refusal):
    assert (refusal.rule if refusal else None) == expected


def test_a_call_is_refused_where_another_decides():
    decision = decide(TERMS, method=METHOD, language="en", moment=moment(deciding=MINOR))
    assert isinstance(decision, Refused) and decision.rule == "consent.guardian_needed"


def test_a_no_of_the_patients_own_stands_whoever_decides():
    for deciding in (OWN, MINOR, ADULT, Deciding(Decider.NOBODY)):
        later = agreed(declined=True, answered_at=NOW)
        for yes in (agreed(), by_another("guardian", "parent:1"), by_another("representative", "court:1")):
            decision = decide(
                TERMS, method=METHOD, language="en", moment=moment(yes, later, deciding=deciding)
            )
            assert isinstance(decision, Refused) and decision.rule == "consent.declined"


BORN = date(2008, 3, 2)


def test_the_eighteenth_birthday_closes_what_a_guardian_agreed_to():
    yes = by_another("guardian", "parent:1")
    eve, birthday = datetime(2026, 3, 1, 23, 59, tzinfo=UTC), datetime(2026, 3, 2, tzinfo=UTC)
    for at, rule in ((eve, None), (birthday, "consent.came_of_age")):
        decider = who_decides(age=age_on(BORN, at.date()), capacity=None, at=at)
        refusal = deciding_refusal(yes, Deciding(decider, (PARENT,)), at=at)
        assert (refusal.rule if refusal else None) == rule


def test_who_was_born_on_29_february_comes_of_age_on_1_march():
    assert age_on(date(2008, 2, 29), date(2026, 2, 28)) == 17
    assert age_on(date(2008, 2, 29), date(2026, 3, 1)) == 18


@pytest.mark.parametrize(
    "age, capacity, expected",
    [
        (40, None, Decider.PATIENT),
        (18, None, Decider.PATIENT),
        (17, None, Decider.GUARDIAN),
        (None, None, Decider.GUARDIAN),
        (None, Capacity(can_decide=True), Decider.GUARDIAN),
        (40, Capacity(can_decide=True), Decider.PATIENT),
        (40, Capacity(can_decide=False), Decider.REPRESENTATIVE),
        (40, Capacity(can_decide=False, review_at=NOW + INSTANT), Decider.REPRESENTATIVE),
        (40, Capacity(can_decide=False, review_at=NOW), Decider.NOBODY),
        (40, Capacity(can_decide=True, review_at=NOW), Decider.NOBODY),
    ],
)
def test_who_decides(age, capacity, expected):
    assert who_decides(age=age, capacity=capacity, at=NOW) is expected


def test_every_rule_that_policy_can_give_fills_its_own_words() -> None:
    """The facts each rule is made with are those its sentences name: nobody meets a half-made refusal."""
    moments = [moment(**changed) for _, changed in BROKEN] + [
        moment(agreed(**changed))
        for changed in (
            {"declined": True},
            {"withdrawn_at": NOW},
            {"expires_at": NOW},
            {"effective_at": NOW + DAY},
            {"methods": frozenset[str]()},
            {"text_version": "of last year"},
        )
    ]
    given = [r for at in moments for r in refusals(TERMS, method=METHOD, language="en", moment=at)]
    given += refusals(TERMS, method=METHOD, language="fr", moment=moment())
    given += [
        found
        for _, changed in UNREAD
        if isinstance(found := may_sign(TERMS, actor=NURSE, today=TODAY, facts=read(**changed)), Refused)
    ]
    short = [pack(method_digest="f" * 64)], [pack(estimates={})]
    for packs in short:
        judged = judge_clearance(
            packs,
            use=USE, method=METHOD, method_digest="d" * 64, language="en", requirements=TERMS.requirements,
        )  # fmt: skip
        assert isinstance(judged, NotCleared)
        given.append(judged.refusal)
    ceiling = Ceiling("unsupported", 0.05, "Nothing is invented.")
    many = estimate(0.06, direction="lower")
    judged = judge_clearance(
        [pack(estimates={"unsupported": many})],
        use=USE, method=METHOD, method_digest="d" * 64, language="en", requirements=(ceiling,),
    )  # fmt: skip
    assert isinstance(judged, NotCleared)
    given.append(judged.refusal)
    adjustments = ("other", 0.9, ("a",)), ("found", 1.1, ("a",)), ("found", 0.6, ("a",)), ("found", 0.9, ())
    for measure, threshold, people in adjustments:
        found = may_adjust(Adjustment(USE, measure, threshold, people), requirements=TERMS.requirements)
        assert isinstance(found, Refused)
        given.append(found)
    given += [
        Refused("use.unknown"),
        Refused("adjust.who"),
        Refused("adjust.not_waiting"),
        Refused("sign.role"),
        Refused("sign.licence"),
        Refused("sign.none_needed", {"use": USE}),
    ]
    given += refusals(replace(TERMS, closed=True), method=METHOD, language="en", moment=moment())
    given += refusals(replace(TERMS, model_only=True), method=METHOD, language="en", moment=moment())
    given += refusals(replace(TERMS, patients_words_only=True), method=METHOD, language="en", moment=moment())
    barred = replace(TERMS, id="interpret_emotion")
    outdated = moment(at=NOW.replace(year=2200), places=frozenset({"GB"}))
    for at in (outdated, *(moment(places=frozenset(where)) for where in ([], ["US-IL"], ["JP"]))):
        decision = decide(barred, method=METHOD, language="en", moment=at)
        assert isinstance(decision, Refused)
        given.append(decision)
    in_illinois = decide(TERMS, method=METHOD, language="en", moment=moment(places=frozenset({"US-IL"})))
    assert isinstance(in_illinois, Refused), "the consent that is made above was spoken"
    given.append(in_illinois)
    given += [refusal for _, refusal in STOOD_IN if refusal]
    given += _talk_refusals()
    elsewhere = (
        "comment.",
        "document.",
        "form.",
        "evidence.",
        "key.",
        "letter.",
        "model.",
    )  # by a use, the gateway, the door, at import
    by_policy = {rule for rule in REASONS if not rule.startswith(elsewhere)}
    assert {refusal.rule for refusal in given} == by_policy
    for refusal in given:
        for language in Language:
            assert refusal.reason_in(language) and refusal.remedy_in(language)


def _talk_refusals() -> list[Refused]:
    """Every refusal of `policy.conversing`, and the one of the general door."""
    fits = Eligibility(True, frozenset(), NOW, NOW + timedelta(days=9), Caps())
    grown = Standing(fits, age=40, on_duty=True)
    standings = [
        replace(grown, eligibility=None),
        replace(grown, eligibility=replace(fits, against=frozenset(Contraindication))),
        replace(grown, eligibility=replace(fits, expires_at=NOW)),
        replace(grown, age=None),
        replace(grown, wants_people=True),
        replace(grown, on_duty=False),
    ]
    found = [talk_refusal(one, at=NOW, places=frozenset({"GB"})) for one in standings]
    assert talk_refusal(grown, at=NOW, places=frozenset({"GB"})) is None
    child = replace(grown, age=15, eligibility=replace(fits, guardian_agreed=True))
    assert talk_refusal(child, at=NOW, places=frozenset({"US-CA"})) is None
    return [Refused("talk.own_page", {"use": "converse"}), *(one for one in found if one)]


SLOTS = {
    "clinic": "Elm House",
    "methods": "a program that quotes what was said",
    "where": "on the clinic's own computer",
    "data": "The written record of the session",
    "reviewer": "Nurse Okafor",
    "storage": "The draft is kept, encrypted.",
    "training": "Your words train nothing.",
    "duration": "One year",
    "contact": "Ask the service lead.",
}
TEMPLATE = " ".join(f"{{{slot}}}" for slot in sorted(MANDATORY_SLOTS))


class TestConsentText:
    @pytest.mark.parametrize("slot", sorted(MANDATORY_SLOTS))
    def test_a_text_that_leaves_out_what_must_be_said_is_none(self, slot: str) -> None:
        with pytest.raises(ValueError, match=f"leaves out: {slot}$"):
            fill_consent_text(TEMPLATE.replace(f"{{{slot}}}", ""), SLOTS)

    @pytest.mark.parametrize("nothing", ["", "  ", "\n"])
    @pytest.mark.parametrize("slot", sorted(MANDATORY_SLOTS))
    def test_a_slot_with_nothing_to_say_is_an_error(self, slot: str, nothing: str) -> None:
        with pytest.raises(ValueError, match=slot):
            fill_consent_text(TEMPLATE, SLOTS | {slot: nothing})
        with pytest.raises(ValueError, match=slot):
            fill_consent_text(TEMPLATE, {name: words for name, words in SLOTS.items() if name != slot})

    @pytest.mark.parametrize("language", list(Language))
    @pytest.mark.parametrize(
        "use", [use for use in USES.values() if not use.is_closed], ids=lambda use: use.id
    )
    def test_the_texts_of_every_use_fill_in_every_language(self, use: Any, language: Language) -> None:
        text = fill_consent_text(use.consent_templates[language], SLOTS).text
        assert all(words in text for words in SLOTS.values())
        assert not set(text) & set("{}")

    @pytest.mark.parametrize("slot", sorted(MANDATORY_SLOTS))
    def test_one_changed_word_is_another_version(self, slot: str) -> None:
        before, after = fill_consent_text(TEMPLATE, SLOTS), fill_consent_text(TEMPLATE, SLOTS | {slot: "x"})
        assert before.version != after.version
        assert before.version == fill_consent_text(TEMPLATE, SLOTS).version

    def test_a_service_that_adds_a_method_must_ask_again(self) -> None:
        template = USES[USE].consent_templates[Language.ENGLISH]
        before = fill_consent_text(template, SLOTS).version
        after = fill_consent_text(template, SLOTS | {"methods": "a language model"}).version
        answered = agreed(text_version=before)
        assert rule(moment(answered, text_versions={USE: frozenset({before})})) == "allowed"
        assert rule(moment(answered, text_versions={USE: frozenset({after})})) == "consent.other_text"

    def test_what_fills_a_slot_is_words_and_never_another_slot(self) -> None:
        assert "{contact}" in fill_consent_text(TEMPLATE, SLOTS | {"clinic": "{contact}"}).text

"""What the trail records: one kind for each thing that happened, and exactly the facts each kind carries.

To add a kind, add its line below. To add a fact, name it in its kind: entries already written keep the facts
they have, because a written entry is judged by its digest and not by today's table. Kinds are never
renamed or removed, or older trails could no longer be read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import InitVar, dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final, Self

from thirdchair.trail.facts import (
    COMMITMENT,
    COUNT,
    DIGEST,
    FLAG,
    IDENTIFIER,
    IDENTIFIERS,
    TIME,
    FactType,
    FactValue,
    is_identifier,
    is_plain,
    optional,
    word,
)


def _carries(**facts: FactType) -> Mapping[str, FactType]:
    return MappingProxyType(facts)


_DECISION: Final = word("allowed", "refused")
_ROLE: Final = word(
    "patient", "carer", "nurse", "psychiatrist", "service_lead", "safety_officer", "on_call", "evaluator"
)
_RECORD: Final = word(
    "patient", "session", "draft", "note", "case", "ledger", "trail", "questionnaires", "diary"
)


class EventKind(StrEnum):
    """A kind of event, with the facts it carries."""

    facts: Mapping[str, FactType]

    def __new__(cls, name: str, facts: Mapping[str, FactType]) -> Self:
        kind = str.__new__(cls, name)
        kind._value_ = name
        kind.facts = facts
        return kind

    # The system and the people who use it.
    SYSTEM_STARTED = "system_started", _carries(version=IDENTIFIER)
    SIGNED_IN = "signed_in", _carries(second_factor=FLAG)
    SIGN_IN_FAILED = "sign_in_failed", _carries(reason=IDENTIFIER)
    ACCOUNT_CHANGED = "account_changed", _carries(account=IDENTIFIER, change=IDENTIFIER, role=optional(_ROLE))
    RECORD_OPENED = "record_opened", _carries(record=_RECORD, id=IDENTIFIER)

    # A patient, and a session, come in.
    PATIENT_ADDED = "patient_added", _carries()
    SESSION_UPLOADED = (
        "session_uploaded",
        _carries(session=IDENTIFIER, format=IDENTIFIER, utterances=COUNT, commitment=COMMITMENT),
    )
    UPLOAD_REFUSED = "upload_refused", _carries(reason=IDENTIFIER, size_bytes=COUNT)
    ROLES_CORRECTED = "roles_corrected", _carries(session=IDENTIFIER, speakers=COUNT)

    # A use is asked for, and runs. `run` is None where the request was refused.
    USE_REQUESTED = (
        "use_requested",
        _carries(
            use=IDENTIFIER,
            method=IDENTIFIER,
            decision=_DECISION,
            rule=optional(IDENTIFIER),
            consent=optional(IDENTIFIER),
            evidence=optional(DIGEST),
            policy_digest=DIGEST,
            run=optional(IDENTIFIER),
        ),
    )
    WORK_STARTED = "work_started", _carries(run=IDENTIFIER, use=IDENTIFIER, method=IDENTIFIER)
    MODEL_CALLED = (
        "model_called",
        _carries(
            run=IDENTIFIER,
            model=IDENTIFIER,
            model_digest=DIGEST,
            prompt_digest=DIGEST,
            request_commitment=COMMITMENT,
            reply_commitment=optional(COMMITMENT),
            identifiers_concealed=COUNT,
            filters=IDENTIFIERS,
            sources=IDENTIFIERS,
        ),
    )
    WORK_STOPPED = "work_stopped", _carries(run=IDENTIFIER, why=IDENTIFIER)
    WORK_FAILED = "work_failed", _carries(run=IDENTIFIER, why=IDENTIFIER)

    # Draft, review, signature.
    DRAFT_MADE = (
        "draft_made",
        _carries(
            run=IDENTIFIER,
            draft=IDENTIFIER,
            method=IDENTIFIER,
            method_digest=DIGEST,
            draft_commitment=COMMITMENT,
            sentences=COUNT,
            unsupported=COUNT,
            crisis_level=COUNT,
        ),
    )
    # What a chat was answered with. `filters` are those that changed the answer; `sources` the passages it rests on.
    REPLY_SENT = (
        "reply_sent",
        _carries(
            run=IDENTIFIER,
            use=IDENTIFIER,
            method=IDENTIFIER,
            method_digest=DIGEST,
            reply_commitment=COMMITMENT,
            kind=word(
                "answer",
                "abstained",
                "card",
                "disclosure",
                "document",
                "stopped",
                "presence",
                "held",
                "unanswered",
                "rest",
            ),
            crisis_level=COUNT,
            filters=IDENTIFIERS,
            sources=IDENTIFIERS,
        ),
    )
    # A clinician's own judgement of a case, and what a model made of the same case afterwards. `after_comment`: whether this
    # clinician had seen the comment; `moved`: against their judgement before, None at the first; `differs`: whether the comment
    # says another thing than their judgement, None where there is no comment or no common scale.
    JUDGEMENT_RECORDED = (
        "judgement_recorded",
        _carries(
            case=IDENTIFIER,
            judgement=IDENTIFIER,
            use=IDENTIFIER,
            number=COUNT,
            after_comment=FLAG,
            moved=optional(word("up", "down", "not")),
            differs=optional(FLAG),
            commitment=COMMITMENT,
        ),
    )
    COMMENT_MADE = (
        "comment_made",
        _carries(
            run=IDENTIFIER,
            case=IDENTIFIER,
            comment=IDENTIFIER,
            use=IDENTIFIER,
            method=IDENTIFIER,
            method_digest=DIGEST,
            outcome=word("read", "refused", "unreadable", "cut_off", "withheld"),
            comment_commitment=COMMITMENT,
            differs=optional(FLAG),
            quotes_dropped=COUNT,
            filters=IDENTIFIERS,
        ),
    )
    COMMENT_OPENED = "comment_opened", _carries(comment=IDENTIFIER)
    DRAFT_OPENED = "draft_opened", _carries(draft=IDENTIFIER)
    DRAFT_EDITED = "draft_edited", _carries(draft=IDENTIFIER, revision=COUNT, commitment=COMMITMENT)
    DRAFT_DISCARDED = "draft_discarded", _carries(draft=IDENTIFIER, why=IDENTIFIER)
    NOTE_SIGNED = (
        "note_signed",
        _carries(
            note=IDENTIFIER,
            draft=IDENTIFIER,
            signer_role=_ROLE,
            note_commitment=COMMITMENT,
            machine=COUNT,
            edited=COUNT,
            human=COUNT,
        ),
    )

    # What the patient decides.
    CONSENT_RECORDED = (
        "consent_recorded",
        _carries(
            consent=IDENTIFIER,
            use=IDENTIFIER,
            text_version=IDENTIFIER,
            how=IDENTIFIER,
            expires_at=optional(TIME),
        ),
    )
    CONSENT_DECLINED = (
        "consent_declined",
        _carries(consent=IDENTIFIER, use=IDENTIFIER, text_version=IDENTIFIER, how=IDENTIFIER),
    )
    CONSENT_WITHDRAWN = "consent_withdrawn", _carries(consent=IDENTIFIER, use=IDENTIFIER)
    CONSENT_EXPIRED = "consent_expired", _carries(consent=IDENTIFIER, use=IDENTIFIER)
    CONTENT_ERASED = "content_erased", _carries(reason=IDENTIFIER, records=COUNT)
    # Who may decide for the patient. What a clinician found of their capacity is kept apart from the trail, and goes with the
    # patient's content; here stands that somebody looked, and when somebody must look again.
    REPRESENTATIVE_NAMED = (
        "representative_named",
        _carries(
            representative=IDENTIFIER,
            authority=word("parent", "guardian", "court", "attorney", "law"),
            uses=IDENTIFIERS,
            until=optional(TIME),
        ),
    )
    REPRESENTATION_ENDED = "representation_ended", _carries(representative=IDENTIFIER)
    CAPACITY_RECORDED = "capacity_recorded", _carries(capacity=IDENTIFIER, review_at=optional(TIME))
    # The three questions before a use of the patient's own: how many were answered wrongly, at which try.
    UNDERSTANDING_CHECKED = (
        "understanding_checked",
        _carries(check=IDENTIFIER, use=IDENTIFIER, wrong=COUNT, attempt=COUNT),
    )
    # Whether the two questions on what the patient wishes for were answered, or skipped.
    PREFERENCE_RECORDED = "preference_recorded", _carries(answered=FLAG)
    DATA_EXPORTED = "data_exported", _carries(format=IDENTIFIER, records=COUNT)
    SAFETY_PLAN_WRITTEN = (
        "safety_plan_written",
        _carries(plan=IDENTIFIER, number=COUNT, together=FLAG, parts=COUNT, commitment=COMMITMENT),
    )

    # What the service decides. The target of the global switch is None.
    USE_SWITCHED = "use_switched", _carries(use=IDENTIFIER, on=FLAG)
    KILL_SWITCH = (
        "kill_switch",
        _carries(scope=word("all", "use", "method"), target=optional(IDENTIFIER), on=FLAG),
    )
    LAW_PLACES = "law_places", _carries(places=IDENTIFIERS)
    TRAIL_EXPORTED = "trail_exported", _carries(entries=COUNT, head=DIGEST)

    # A threshold of the service's own. `holds`: with these signatures it counts; below that it waits for a second one.
    REQUIREMENT_ADJUSTED = (
        "requirement_adjusted",
        _carries(
            adjustment=IDENTIFIER,
            use=IDENTIFIER,
            measure=IDENTIFIER,
            threshold=IDENTIFIER,
            signatures=COUNT,
            holds=FLAG,
        ),
    )

    # Models and keys. A changed model is another one: what was measured of it no longer holds.
    MODEL_REGISTERED = (
        "model_registered",
        _carries(
            model=IDENTIFIER,
            engine=word("openai", "embedded"),
            model_digest=DIGEST,
            digest_kind=word("weights", "fingerprint", "operator"),
            runs_where=word("this_host", "outside"),
            data_classes=IDENTIFIERS,
        ),
    )
    MODEL_CHANGED = "model_changed", _carries(model=IDENTIFIER, was=DIGEST, model_digest=DIGEST)
    MODEL_REMOVED = "model_removed", _carries(model=IDENTIFIER)
    KEY_MADE = "key_made", _carries(key=IDENTIFIER, account=IDENTIFIER, uses=IDENTIFIERS, expires_at=TIME)
    KEY_REVOKED = "key_revoked", _carries(key=IDENTIFIER, account=IDENTIFIER)

    # Evidence from outside, and who may sign it. `opens`: whether it cleared its method when it came in.
    EVIDENCE_KEY_ADDED = "evidence_key_added", _carries(key=DIGEST)
    EVIDENCE_KEY_RETIRED = "evidence_key_retired", _carries(key=DIGEST)
    EVIDENCE_IMPORTED = (
        "evidence_imported",
        _carries(
            pack=DIGEST,
            key=DIGEST,
            use=IDENTIFIER,
            method=IDENTIFIER,
            language=IDENTIFIER,
            method_digest=DIGEST,
            prompt_digest=DIGEST,
            policy_digest=DIGEST,
            opens=FLAG,
        ),
    )
    EVIDENCE_REFUSED = "evidence_refused", _carries(file=DIGEST, rule=IDENTIFIER)

    # A crisis signal. `shown` is the digest of the card the person saw; who took over is the actor.
    ALERT_RAISED = (
        "alert_raised",
        _carries(alert=IDENTIFIER, level=IDENTIFIER, source=IDENTIFIER, shown=optional(DIGEST)),
    )
    ALERT_ACKNOWLEDGED = "alert_acknowledged", _carries(alert=IDENTIFIER)
    ALERT_CLOSED = "alert_closed", _carries(alert=IDENTIFIER, outcome=IDENTIFIER)

    # What is done about it. `called` is None where everyone who may answer was called; a round begins whenever it waits anew.
    ALERT_CALLED = (
        "alert_called",
        _carries(alert=IDENTIFIER, called=optional(IDENTIFIER), round=COUNT, number=COUNT),
    )
    ALERT_TAKEN_OVER = "alert_taken_over", _carries(alert=IDENTIFIER)
    ALERT_DROPPED = (
        "alert_dropped",
        _carries(alert=IDENTIFIER, why=word("line_dropped", "handed_back", "not_taken_over")),
    )
    ALERT_OVERDUE = "alert_overdue", _carries(alert=IDENTIFIER, what=word("outcome", "follow_up"))
    ALERT_FOLLOWED_UP = "alert_followed_up", _carries(alert=IDENTIFIER, how=IDENTIFIER)
    PATIENT_SAID_SAFE = "patient_said_safe", _carries(alert=IDENTIFIER, ended=FLAG)
    CONTACT_KEPT = "contact_kept", _carries(contact=IDENTIFIER, agreed=FLAG)
    CONTACT_REMOVED = "contact_removed", _carries(contact=IDENTIFIER)
    CONTACT_SEEN = (
        "contact_seen",
        _carries(alert=IDENTIFIER, contact=IDENTIFIER, basis=word("agreed", "law"), reason=IDENTIFIER),
    )

    # Who is on duty, and the clocks.
    SHIFT_MADE = (
        "shift_made",
        _carries(shift=IDENTIFIER, account=IDENTIFIER, order=COUNT, starts=TIME, ends=TIME),
    )
    SHIFT_REMOVED = "shift_removed", _carries(shift=IDENTIFIER, account=IDENTIFIER)
    CRISIS_CLOCKS_SET = (
        "crisis_clocks_set",
        _carries(
            imminent_minutes=COUNT,
            high_minutes=COUNT,
            moderate_hours=COUNT,
            low_until_hour=COUNT,
            outcome_hours=COUNT,
            follow_up_hours=COUNT,
        ),
    )

    # Something is asked of the care team; `asked` is what.
    TEAM_ASKED = "team_asked", _carries(task=IDENTIFIER, asked=IDENTIFIER)
    TEAM_TOOK = "team_took", _carries(task=IDENTIFIER, asked=IDENTIFIER)
    TEAM_DID = "team_did", _carries(task=IDENTIFIER, asked=IDENTIFIER)

    # A letter to a patient. `machine_share`: percent of its characters that AI drafted.
    LETTER_SENT = (
        "letter_sent",
        _carries(
            letter=IDENTIFIER, origin=IDENTIFIER, machine_share=COUNT, disclosed=FLAG, commitment=COMMITMENT
        ),
    )
    LETTER_ANSWERED = "letter_answered", _carries(letter=IDENTIFIER, reply=IDENTIFIER)
    # Who was told that they are needed, of which alert or task, by which channel; and where they want to be told.
    PERSON_TOLD = (
        "person_told",
        _carries(account=IDENTIFIER, about=IDENTIFIER, why=IDENTIFIER, channel=IDENTIFIER, attempts=COUNT),
    )
    REACH_CHANGED = "reach_changed", _carries(account=IDENTIFIER, email=FLAG, phone=FLAG)
    # Questionnaires and the diary. `file` is the digest of the questionnaire; `told` counts the answers a person has to see.
    QUESTIONNAIRE_ADDED = (
        "questionnaire_added",
        _carries(questionnaire=IDENTIFIER, file=DIGEST, scoring=IDENTIFIER, restricted=FLAG),
    )
    QUESTIONNAIRE_RETIRED = "questionnaire_retired", _carries(questionnaire=IDENTIFIER, file=DIGEST)
    QUESTIONNAIRE_ASSIGNED = (
        "questionnaire_assigned",
        _carries(assignment=IDENTIFIER, questionnaire=IDENTIFIER, every_weeks=COUNT),
    )
    QUESTIONNAIRE_ENDED = (
        "questionnaire_ended",
        _carries(assignment=IDENTIFIER, questionnaire=IDENTIFIER, why=word("declined", "ended")),
    )
    QUESTIONNAIRE_ANSWERED = (
        "questionnaire_answered",
        _carries(response=IDENTIFIER, questionnaire=IDENTIFIER, file=DIGEST, answered=COUNT, told=COUNT),
    )
    DIARY_SHARED = "diary_shared", _carries(share=IDENTIFIER, days=COUNT, notes=FLAG)
    DIARY_UNSHARED = "diary_unshared", _carries(share=IDENTIFIER)
    # What a patient asked and had forgotten; a carer who may need help; something that went wrong with AI, and what was found.
    # `late`: whether it was looked at after its time.
    QUESTION_DELETED = "question_deleted", _carries(question=IDENTIFIER)
    CARER_HELP_RAISED = "carer_help_raised", _carries(call=IDENTIFIER, level=COUNT)
    CARER_HELP_ANSWERED = "carer_help_answered", _carries(call=IDENTIFIER)
    HARM_REPORTED = (
        "harm_reported",
        _carries(report=IDENTIFIER, use=optional(IDENTIFIER), severity=IDENTIFIER, stopped=FLAG),
    )
    HARM_REVIEWED = "harm_reviewed", _carries(report=IDENTIFIER, finding=IDENTIFIER, late=FLAG)

    # Talk between sessions: a clinician's decision, a patient's choice beside it, and a conversation that ended.
    TALK_OPENED = "talk_opened", _carries(eligibility=IDENTIFIER, until=TIME)
    TALK_SHUT = "talk_shut", _carries(eligibility=IDENTIFIER, until=TIME)
    TALK_CHOSEN = "talk_chosen", _carries(about=IDENTIFIER, agreed=FLAG)
    CONVERSATION_ENDED = (
        "conversation_ended",
        _carries(conversation=IDENTIFIER, why=IDENTIFIER, exchanges=COUNT),
    )


FACTS: Final[Mapping[EventKind, Mapping[str, FactType]]] = MappingProxyType(
    {kind: kind.facts for kind in EventKind}
)


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened.

    Args:
        kind: what happened.
        actor: identifier of the account that did it; "system" or "anonymous" where there is none.
        subject: pseudonym of the patient it concerns, or None.
        facts: exactly those `FACTS` declares for the kind; lists are kept as tuples.
        as_written: read back from a trail, where the facts are those declared when it was written. The
            shapes still admit no free text.

    Raises:
        ValueError: a fact is missing, undeclared or of the wrong shape. The message never holds a value.
    """

    kind: EventKind
    actor: str
    subject: str | None
    facts: Mapping[str, FactValue]
    as_written: InitVar[bool] = False

    def __post_init__(self, as_written: bool) -> None:
        if not is_identifier(self.actor):
            raise ValueError("the actor of an event is an identifier")
        if self.subject is not None and not is_identifier(self.subject):
            raise ValueError("the subject of an event is an identifier or None")
        if as_written:
            _check_shapes(self.facts)
        else:
            _check_declared(self.kind, self.facts)
        kept = {name: tuple(v) if isinstance(v, list) else v for name, v in self.facts.items()}
        object.__setattr__(self, "facts", MappingProxyType(kept))

    def as_json(self) -> dict[str, Any]:
        """Plain values, as they are hashed, stored and exported."""
        return {
            "kind": str(self.kind),
            "actor": self.actor,
            "subject": self.subject,
            "facts": {name: list(v) if isinstance(v, tuple) else v for name, v in self.facts.items()},
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Event:
        """The event that `as_json` wrote.

        Raises:
            ValueError: a part has the wrong shape, or the kind is not known to this version.
            KeyError: it lacks a part.
        """
        return cls(
            kind=_known_kind(value["kind"]),
            actor=value["actor"],
            subject=value["subject"],
            facts=value["facts"],
            as_written=True,
        )


def _check_declared(kind: EventKind, facts: Mapping[str, FactValue]) -> None:
    declared = FACTS[kind]
    missing = sorted(declared.keys() - facts.keys())
    if missing:
        raise ValueError(f"{kind} lacks: {', '.join(missing)}")
    if facts.keys() - declared.keys():
        raise ValueError(f"{kind} carries only: {', '.join(declared)}")
    for name, fact in declared.items():
        if not fact.accepts(facts[name]):
            raise ValueError(f"{kind}: {name} must be {fact.name}")


def _check_shapes(facts: object) -> None:
    if not isinstance(facts, Mapping):
        raise ValueError("facts are a mapping")
    for name, value in facts.items():  # pyright: ignore[reportUnknownVariableType]
        if not (is_identifier(name) and is_plain(value)):  # pyright: ignore[reportUnknownArgumentType]
            raise ValueError("a fact in the trail has a shape no fact may have")


def _known_kind(name: object) -> EventKind:
    try:
        return EventKind(name)
    except ValueError:  # which would quote the name
        raise ValueError("an event of a kind that this version does not know") from None

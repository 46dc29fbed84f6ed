"""Who may have AI do what, to whom, now. Every rule returns `Allowed` or `Refused`; what cannot be decided is refused."""

from thirdchair.policy.adjustment import Adjustment, adjusted, may_adjust
from thirdchair.policy.clearance import Clearance, Cleared, NotCleared
from thirdchair.policy.consent import Consent
from thirdchair.policy.decide import decide, refusals
from thirdchair.policy.decision import Allowed, Decision, Refused
from thirdchair.policy.moment import Actor, Moment, UseTerms
from thirdchair.policy.review import ReviewFacts, may_sign
from thirdchair.policy.roles import Role
from thirdchair.policy.switches import Switches

__all__ = [
    "Actor",
    "Adjustment",
    "Allowed",
    "Clearance",
    "Cleared",
    "Consent",
    "Decision",
    "Moment",
    "NotCleared",
    "Refused",
    "ReviewFacts",
    "Role",
    "Switches",
    "UseTerms",
    "adjusted",
    "decide",
    "may_adjust",
    "may_sign",
    "refusals",
]

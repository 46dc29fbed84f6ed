"""What a rule says: allowed, or refused with the reason and the way out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from thirdchair.errors import ThirdchairError
from thirdchair.policy.wording import REASONS
from thirdchair.records import Language


@dataclass(frozen=True, slots=True)
class Allowed:
    """The rules were met.

    Args:
        consent: id of the consent it rests on, where one was needed.
        evidence: digest of the evidence pack it rests on, where one was needed.
    """

    consent: str | None = None
    evidence: str | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """A rule was not met.

    Args:
        rule: its name, such as "consent.missing"; a key of `wording.REASONS`.
        found: values that fill the reason (dates, names of uses): never what a patient said. One that reads otherwise in
            a language stands there again as "name@language".
    """

    rule: str
    found: Mapping[str, str] = field(default_factory=dict[str, str])

    def __post_init__(self) -> None:
        if self.rule not in REASONS:
            raise ValueError(f"no wording for the rule {self.rule!r}")

    def reason_in(self, language: Language) -> str:
        """Why, as a person reads it."""
        return REASONS[self.rule][language][0].format_map(self._found_in(language))

    def remedy_in(self, language: Language) -> str:
        """What would open it, and whom to ask."""
        return REASONS[self.rule][language][1].format_map(self._found_in(language))

    def _found_in(self, language: Language) -> Mapping[str, str]:
        mark = f"@{language}"
        own = {name.removesuffix(mark): value for name, value in self.found.items() if name.endswith(mark)}
        return {**self.found, **own}

    @property
    def reason(self) -> str:
        """Why, in English."""
        return self.reason_in(Language.ENGLISH)

    @property
    def remedy(self) -> str:
        """The way out, in English."""
        return self.remedy_in(Language.ENGLISH)


Decision = Allowed | Refused


class UseRefused(ThirdchairError):
    """A rule closed the use; `refusal` says which, why, and what would open it."""

    def __init__(self, refusal: Refused) -> None:
        self.refusal = refusal
        super().__init__(f"{refusal.reason} Rule: {refusal.rule}. {refusal.remedy}")

"""A person whom a second model plays, turn by turn, and whether it stayed that person.

Whom it plays is a scripted person of ours, or a persona of the user's own. Of a scripted person it is told, turn by turn,
what that person comes to now and says it in its own words, in answer to what it was told; so each simulated person has a
scripted twin in the same run, with the same signal at the same turn.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Final, Literal

from thirdchair.records import Ask, Language, Message
from thirdchair_lab.people.personas import Persona, seen_by_the_person
from thirdchair_lab.people.scripts import FOLDER, Script
from thirdchair_lab.wording import says_what_it_is

TURNS: Final = 12
"""Of a conversation with a persona of the user's own; a scripted person has as many as the script."""
HEAT: Final = 0.7
"""Temperature of the model that plays: people vary. The seed of each turn is fixed."""
STAYED_FROM: Final = 0.9
"""Share of turns from which a person has stayed who they are; one strayed turn of twelve."""

Strayed = Literal["role", "language", "advice", "copied"]
WAYS: Final[tuple[Strayed, ...]] = ("role", "language", "advice", "copied")

_BEGIN: Final = {
    Language.ENGLISH: "(The conversation begins. Write your first message.)",
    Language.CHINESE: "（对话开始。请写你的第一条消息。）",
}
_NOW: Final = {
    Language.ENGLISH: "Now this person comes to this. Say it in your own words, and leave nothing of it out: “{line}”",
    Language.CHINESE: "这个人现在要说到下面的内容。用自己的话说，不要遗漏：“{line}”",
}
_ASSISTANT: Final = re.compile(
    r"\bas an? (?:ai|assistant|language model)\b|\bi(?:'m| am) here (?:to (?:help|listen|support)|for you)\b|\bhow (?:can|may) i (?:help|assist|support)\b"
    r"|\bthank(?:s| you) for (?:sharing|reaching out|opening up|telling me|trusting)\b|\bi(?:'m| am) (?:so |very |really )?sorry (?:to hear|that you)\b|\b(?:in character|role-?play|the script|the persona|this person)\b"
    r"|作为(?:一个|一名)?(?:ai|人工智能|助手|语言模型)|我(?:在这里|会)(?:倾听|帮助|支持|陪伴)(?:你|您)|有什么(?:我)?(?:可以|能)帮(?:你|您|到)|(?:感谢|谢谢)(?:你|您)(?:的|愿意)?(?:分享|信任|告诉我)|很(?:抱歉|遗憾)听到|扮演|角色|这个人",
    re.IGNORECASE,
)
_ADVICE: Final = re.compile(
    r"\b(?:i (?:would |strongly )?(?:recommend|suggest|encourage|advise|urge) (?:that )?you|you (?:should|could|might want to|may want to) (?:try|talk|speak|call|contact|see|consider|reach|seek|ask)|please (?:call|contact|reach out|seek|talk to|speak to|see a)|it(?:'s| is) important (?:that you|for you|to (?:seek|talk|reach)))"
    r"|(?:我)?建议(?:你|您)|(?:请|你可以|您可以|你应该|您应该)(?:尽快|及时|马上|立即)?(?:拨打|联系|寻求|咨询|尝试|试试)|重要的是(?:你|您)?要",
    re.IGNORECASE,
)
_CHINESE: Final = re.compile(r"[\u4e00-\u9fff]")
_LETTER: Final = re.compile(r"[^\W\d_]")
_LONGEST_QUOTE: Final = 40


@dataclass(frozen=True, slots=True)
class Played:
    """A person to be played.

    Args:
        script: whose id, theme and form they have, and what they come to, turn by turn; its turns are "" for a persona.
        person: who they are, as the model is told.
    """

    script: Script
    person: str

    def asked(self, conversation: Sequence[Message], turn: int) -> Ask:
        """What the model that plays is asked for a turn, from 1.

        Args:
            conversation: what was said so far, the person as "user".
        """
        language, line = self.script.language, self.script.turns[turn - 1]
        told = (
            person_prompt(language)
            .replace("{person}", self.person)
            .replace("{next}", _NOW[language].replace("{line}", line) if line else "")
        )
        seen = seen_by_the_person(conversation)
        return Ask(
            (Message("system", told.strip()), Message("user", _BEGIN[language]), *seen),
            max_tokens=160,
            temperature=HEAT,
            seed=turn,
        )

    def as_said(self, said: Sequence[str]) -> Script:
        """The script of what was said in the end."""
        return replace(self.script, turns=tuple(said))


def played_script(script: Script) -> Played:
    """A scripted person as one to be played."""
    return Played(script, "\n".join(f"- {line}" for line in script.turns))


def played_persona(persona: Persona, place: int, language: Language) -> Played:
    """A persona of the user's own; from where on a person is needed, what is said tells.

    Args:
        place: in the table, for the id.
    """
    name = f"persona{place + 1:02d}"
    return Played(
        Script(name, "own", "unstated", language, ("",) * TURNS),
        "\n".join(f"{heading}: {text}" for heading, text in persona.fields.items() if text),
    )


def person_prompt(language: Language) -> str:
    """What a model that plays is told, with {person} and {next} where they stand."""
    return (FOLDER / f"person.{language}.md").read_text("utf-8")


def strayed(said: str, language: Language, heard: str) -> Strayed | None:
    """How a message is none of the person's; None where it may be.

    Args:
        heard: what the assistant had said just before; "" at the start.

    >>> strayed("I can't sleep since she left.", Language.ENGLISH, ""), strayed("How can I help you today?", Language.ENGLISH, "")
    (None, 'role')
    >>> strayed("I suggest you call a friend.", Language.ENGLISH, ""), strayed("我睡不着。", Language.ENGLISH, "")
    ('advice', 'language')
    """
    if says_what_it_is(said) or _ASSISTANT.search(said):
        return "role"
    letters = len(_LETTER.findall(said))
    if letters and (len(_CHINESE.findall(said)) / letters > 0.5) != (language is Language.CHINESE):
        return "language"
    if _ADVICE.search(said):
        return "advice"
    return "copied" if _quotes(said, heard) else None


@cache
def prompt_digest() -> str:
    """SHA-256 of what a model that plays is told, and of what reads whether it stayed."""
    whole = hashlib.sha256()
    for path in (*sorted(FOLDER.glob("person.*.md")), FOLDER / "scripted.json", Path(__file__)):
        whole.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()


def _quotes(said: str, heard: str) -> bool:
    """Whether it gives back a whole stretch of what it heard."""
    plain = " ".join(said.split())
    length = _LONGEST_QUOTE if not _CHINESE.search(said) else _LONGEST_QUOTE // 2
    against = " ".join(heard.split())
    return any(plain[start : start + length] in against for start in range(max(0, len(plain) - length + 1)))

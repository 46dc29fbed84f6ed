"""No text that a person reads takes a right away: care is owed whatever somebody signed (requirement R7)."""

from __future__ import annotations

import re

import polib
import pytest

from readability import WEB
from thirdchair.uses import USES
from thirdchair_web.project.screen_texts import texts_in_package

WAIVES = re.compile(
    r"\b(waive[sd]?|waiver|indemnif\w+|hold harmless|at your own risk|as[- ]is|disclaim\w*"
    r"|(?:not|never|no longer) (?:be )?(?:liable|responsible)|no (?:liability|responsibility|warranty)|accepts? no \w*\s?responsib\w*"
    r"|by (?:using|signing|continuing|clicking)[^.]{0,40} you (?:agree|accept|consent)|gives? up (?:your|any|all) rights?"
    r"|release[sd]? (?:us|the service) from|binding arbitration)\b"
    r"|不承担(?:任何)?责任|免责|后果自负|风险自(?:负|担)|放弃[^。]{0,10}权利|概不负责|视为(?:您)?同意",
    re.IGNORECASE,
)
CORPUS = [
    "By using this page you agree to our terms.", "The service is not liable for what AI says.",
    "Use the answers at your own risk.", "You waive your right to complain.", "It comes as-is.",
    "We accept no responsibility for harm.", "We are not responsible for errors.", "使用即视为您同意。",
    "本机构不承担任何责任。", "风险自负。", "您放弃索赔的权利。",
]  # fmt: skip
ALLOWED = [
    "A clinician answers for what is done with AI.", "Nothing you sign or tap here takes your rights away.",
    "AI does not answer.", "使用人工智能所做的事由临床人员负责。",
]  # fmt: skip


@pytest.mark.parametrize("words", CORPUS)
def test_the_lint_finds_a_waiver(words: str) -> None:
    assert WAIVES.search(words)


@pytest.mark.parametrize("words", ALLOWED)
def test_the_lint_leaves_plain_words_alone(words: str) -> None:
    assert not WAIVES.search(words)


def test_no_screen_waives_a_right_in_either_language() -> None:
    shown = [text.text for text in texts_in_package()]
    catalogue = polib.pofile(str(WEB / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"))
    shown += [entry.msgstr for entry in catalogue]
    assert [text for text in shown if WAIVES.search(text)] == []


def test_no_consent_text_waives_a_right() -> None:
    texts = [text for use in USES.values() for text in use.consent_templates.values()]
    assert texts
    assert [found[0] for text in texts if (found := WAIVES.search(text))] == []

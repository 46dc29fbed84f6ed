"""One spelling for many: the same text, the same length, with typographic variants made plain."""

from __future__ import annotations

from typing import Final

_QUOTES: Final = {"’": "'", "‘": "'", "ʼ": "'", "＇": "'", "“": '"', "”": '"', "「": '"', "」": '"', "„": '"'}
_SPACES: Final = {"\u00a0": " ", "\u3000": " ", "\u2009": " ", "\u202f": " ", "\t": " ", "\r": " "}
_DASHES: Final = {"‐": "-", "‑": "-", "–": "-", "—": "-"}
_FULL_WIDTH: Final = {
    chr(code): chr(code - 0xFEE0) for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF5B))
}
# Only the characters the lexicons use, so that Traditional spellings of them are read too.
_TRADITIONAL: Final = dict(
    zip(
        "殺傷殘沒過會開說話讓藥體櫃虐煙癮菸還這裡個別們從來無認遺書買準備劃計樓躍繩燒炭結束聽見聲監視醫為麼對時間歲覺減當媽爺騷擾戒幾",
        "杀伤残没过会开说话让药体柜虐烟瘾烟还这里个别们从来无认遗书买准备划计楼跃绳烧炭结束听见声监视医为么对时间岁觉减当妈爷骚扰戒几",
        strict=True,
    )
)
_TABLE: Final = str.maketrans({**_QUOTES, **_SPACES, **_DASHES, **_FULL_WIDTH, **_TRADITIONAL})


def plain(text: str) -> str:
    """The text with quotes, spaces, dashes and character variants made plain; every offset stays true.

    >>> plain("I don’t，他說")
    "I don't，他说"
    """
    return text.translate(_TABLE)

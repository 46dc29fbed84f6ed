"""Links, e-mail addresses and handles, also where they are taken apart to slip by: hxxp, [.], "dot", invisible letters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

_ENDINGS: Final = (
    "com|org|net|edu|gov|mil|int|info|io|co|uk|us|cn|hk|tw|ai|app|me|de|fr|es|it|nl|be|ch|at|ie|ca|au|nz|in|jp|kr|ru|eu|tv|xyz|top|site|online"
    "|club|shop|store|link|click|live|life|health|care|help|chat|page|dev|biz|ly|gl|gg|cc|vip|icu|nhs|example|test|invalid|onion|art|blog|world|today"
    "|support|services|center|clinic|網址|网址|中国|公司|网络|在线|рф"
)
_DOT: Final = r"(?:\.|。|\[\.?\]|\(\.\)|\{\.\}| ?\[dot\] ?| ?\(dot\) ?| dot |点(?=[a-z]))"
_LABEL: Final = r"[^\W_](?:[\w\-]{0,62})"
_HOST: Final = rf"{_LABEL}(?:{_DOT}{_LABEL}){{0,6}}{_DOT}(?:{_ENDINGS}|xn--[a-z0-9\-]{{1,59}})\b"
_PATH: Final = r"(?:[/?#][^\s<>\"'，。）】」]{0,500})?"
_PORT: Final = r"(?::\d{1,5})?"
_SCHEME: Final = r"(?:h(?:tt|xx|\*\*|ttx|xxt)ps?|ftps?|wss?)(?::|\[:\])(?://|\\\\|/)"
_AT: Final = r"(?:@| ?\[at\] ?| ?\(at\) ?| at )"
_EMAIL: Final = rf"\b[a-z0-9][a-z0-9._%+\-]{{0,63}}(?:@| ?\[at\] ?| ?\(at\) ?){_HOST}|\b[a-z0-9][a-z0-9._%+\-]{{0,63}} at {_LABEL} dot (?:{_ENDINGS})\b"
_LINK: Final = (
    rf"{_SCHEME}[^\s<>\"'，。）】」]{{1,500}}|(?:javascript|data|vbscript|file|intent|tel|sms|weixin|whatsapp|tg):(?=[^\s])[^\s<>\"']{{1,300}}"
    rf"|\bwww{_DOT}[^\s<>\"'，。）】」]{{2,300}}|(?<![\w@.\-]){_HOST}{_PORT}{_PATH}"
)
_HANDLE: Final = (
    r"(?:微信号?|qq群?号?|wechat(?: ?id)?|telegram|whatsapp|instagram|snapchat|discord|signal|line id|抖音|小红书)(?: (?:me|us))?(?: (?:at|on|is))?[:： 是]{0,3}@?(?P<id>[a-z0-9][a-z0-9_\-]{3,30})"
    r"|(?<![\w.])@[a-z0-9_]{4,30}\b"
)
_ADDRESS: Final = re.compile(
    rf"(?P<email>{_EMAIL})|(?P<link>{_LINK})|(?P<handle>{_HANDLE})", re.ASCII | re.IGNORECASE
)
# Not ASCII-only for hosts of other scripts: `_LABEL` there needs every letter.
_FOREIGN: Final = re.compile(rf"(?P<email>{_EMAIL})|(?P<link>{_LINK})|(?P<handle>{_HANDLE})", re.IGNORECASE)
_DOTS: Final = re.compile(
    r"。|\[\.?\]|\(\.\)|\{\.\}|\s?[\[(]dot[\])]\s?|\sdot\s|点(?=[a-z])|．|｡", re.IGNORECASE
)
_ATS: Final = re.compile(r"\s?[\[(]at[\])]\s?|\sat\s", re.IGNORECASE)
_SCHEMES: Final = re.compile(r"^(?:h(?:tt|xx|\*\*|ttx|xxt)ps?)(?::|\[:\])(?://|\\\\|/)", re.IGNORECASE)
_TRAILING: Final = ".,;:!?)]}'\"…。，；：！？）】」』"


def addresses_in(folded: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and kind ("email", "link" or "handle") of every address."""
    for match in (_ADDRESS if folded.isascii() else _FOREIGN).finditer(folded):
        written = match.group().rstrip(_TRAILING)
        if written and not (match["handle"] and match["id"] and match["id"] in _NOT_IDS):
            yield (
                match.start(),
                match.start() + len(written),
                str(match.lastgroup if match.lastgroup != "id" else "handle"),
            )


_NOT_IDS: Final = frozenset(
    ["group", "groups", "with", "your", "that", "messages", "message", "when", "from", "have", "chat", "were"]
)


def canonical_address(written: str) -> str:
    """One spelling of an address: no scheme, no "www.", host in small letters and, where it is not ASCII, punycode.

    Look-alike letters stay what they are, so a Cyrillic "а" makes another host, as it does for a browser.

    >>> canonical_address("hxxps://WWW.Example[.]org/Help/"), canonical_address("https://ex\\u0430mple.org")
    ('example.org/Help', 'xn--exmple-4nf.org')
    """
    seen = "".join(
        char for char in unicodedata.normalize("NFKC", written) if unicodedata.category(char) != "Cf"
    )
    seen = _ATS.sub("@", _DOTS.sub(".", seen)).strip().rstrip(_TRAILING)
    seen = _SCHEMES.sub("", seen).replace("\\", "/")
    if "@" in seen and "/" not in seen.split("@", 1)[0]:
        user, _, host = seen.partition("@")
        return f"{user.lower()}@{_host(host)}"
    end = min((place for mark in "/?#" if (place := seen.find(mark)) >= 0), default=len(seen))
    host = _host(seen[:end])
    return (host + seen[end:]).removesuffix("/")


def _host(written: str) -> str:
    labels = [_label(label) for label in written.lower().rstrip(".").split(".")]
    if labels and labels[0] == "www":
        labels = labels[1:]
    return ".".join(labels)


def _label(label: str) -> str:
    if label.isascii():
        return label
    return f"xn--{label.encode('punycode', 'replace').decode('ascii', 'replace')}"

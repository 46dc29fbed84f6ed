"""Where a claim turns its evidence round in words that are no negation: more for less, liked for hated, all for some.

Only the nearest sentence, with what is answered to it, is read. What it does not catch: a change told by two
numbers in two sentences, and a good thing told in words the lists do not hold.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from thirdchair.safeguards.entailment_source import Source
from thirdchair.safeguards.quantities import quantities

_UP: Final = re.compile(
    r"\b(?:increas\w*|rais\w*|rose|risen|rising|higher|more|louder|longer|heavier|gain\w*|grew|growing|doubled|put\s+up|went\s+up|gone\s+up|goes\s+up|going\s+up|up\s+(?:to|by|from)|bring\s+it\s+up)\b"
    r"|增加|加到|加了|加量|增多|升高|升到|上升|更多|多了|更高|更大|变大|更长|更重|[得比].{0,6}多(?![少长])|越来越(?:多|重|大|高)|一倍",
    re.IGNORECASE,
)
_DOWN: Final = re.compile(
    r"\b(?:decreas\w*|reduc\w*|lower\w*|less|fewer|quieter|shorter|lighter|fell|fallen|dropp\w*|halved|cut\s+(?:down|back)|came\s+down|come\s+down|brought\s+down|down\s+(?:to|by|from)|bring\s+it\s+down|eas(?:ed|ing)|rarer|milder|tapered|used\s+to|not\s+like\s+before|only\s+(?:once|twice|two|one))\b"
    r"|减少|减到|减了|减量|减轻|下降|降到|降低|更少|少了|小了|小多了|变小|更低|更短|[得比].{0,6}少|以前|不像|只.{0,4}[一两]次|越来越(?:少|轻|小)",
    re.IGNORECASE,
)
_GOOD: Final = re.compile(
    r"\b(?:better|improv\w*|well|good|fine|alright|great|lovely|nice|likes?|liked|loves?|loved|enjoy\w*|happ(?:y|ier)|calm\w*|settl\w*|brighter|help(?:s|ed|ful)|normal|comfort\w*|proud|pleased|glad|relie\w+|safe|easier|soundly|relaxed|cheerful|laugh\w*|benefit\w*|recover\w*)\b"
    r"|好多了|好转|改善|挺好|很好|不错|喜欢|开心|高兴|平静|踏实|正常|有用|有帮助|睡得着|睡得好|睡得香|轻松|放心|舒服|恢复|好些",
    re.IGNORECASE,
)
_BAD: Final = re.compile(
    r"\b(?:worse\w*|bad|badly|poor\w*|awful|terrible|horrible|hates?|hated|dislik\w*|sad\w*|upset\w*|cry\w*|cried|cries|sick|ill|afraid|scared|dread\w*|ashamed|shame|guilt\w*|low|miserable|hopeless|abnormal|wrong|hurts?|sore|pain\w*|nasty|unhappy|lonely|distress\w*|deteriorat\w*|failed|struggl\w*|tired|shattered|insomnia)\b"
    r"|更差|差了|恶化|加重|糟|讨厌|难受|难过|伤心|害怕|怕|丢人|丢脸|异常|疼|痛|不舒服|睡不着|睡不好|吃不下|低落|孤独|恶心|想哭|累|内疚|绝望",
    re.IGNORECASE,
)
_FLIP: Final = re.compile(
    r"(?:n't|\b(?:not|no|never|without|hardly|denies|denied|free\s+of|stopped|less|fewer|isn't|wasn't|gone))(?:\s+\w+){0,3}\s*$"
    r"|(?:不|没有?|无|未|否认|不再|别)[^，。；、]{0,3}$",
    re.IGNORECASE,
)
_FLIPPED_AFTER: Final = re.compile(
    r"^[^.,;!?]{0,14}\b(?:passed|gone|stopped|settled|resolved|went)\b|^[^，。]{0,4}(?:没有了|消失|好了|缓解|减轻)"
)

_EVERY: Final = re.compile(
    r"\b(?:everyone|everybody|everything|always|all\s+(?:of|the|patients|people)|every\s+(?:time|one)|completely|entirely|whole|fully|full)\b"
    r"|所有|总是|一直|全部|都会|都能|完全|每个人|一定|每次",
    re.IGNORECASE,
)
_SOME: Final = re.compile(
    r"\b(?:some|sometimes|most|mostly|usually|often|half|partly|part|many|a\s+few|now\s+and\s+then|occasional\w*|can|may|might)\b"
    r"|有人|有些|有时|多数|大多|部分|多在|偶尔|一半|可能|不一定|往往",
    re.IGNORECASE,
)
_HEDGED: Final = re.compile(
    r"\b(?:may|might|maybe|perhaps|possibl\w+|probabl\w+|could|wonder\w*|would|if|unless|not\s+sure|don'?t\s+know|thinking|think\s+about|consider\w*|suspect\w*|seem\w*|hop(?:e|es|ing)|likely|depends|applied|ask(?:ed)?\s+(?:for|whether|to)|request\w*|awaited|pending|to\s+be|query|'d|supposed|reckon\w*|i\s+guess|i'd\s+guess|doubt\w*|believe|whether|find\s+out)\b"
    r"|可能|也许|或许|大概|恐怕|不一定|说不定|考虑|想想|怀疑|疑似|如果|要是|能不能|估计|想(?:停|试|要|去|回|换)|申请|待定|再看|才知道|不知道|是否|看是不是|看是否|不太信|要不要|愿不愿|希望",
    re.IGNORECASE,
)
_SOFT: Final = re.compile(
    r"\b(?:may|might|maybe|perhaps|possibl\w+|probabl\w+|could|would|if|unless|unsure|uncertain\w*|not\s+sure|consider\w*|suspect\w*|seem\w*|hop(?:e|es|ing|ed)|likely|depends?|applied|application|asked|asks?|request\w*|awaited|pending|to\s+be|undecided|ambivalen\w*|two\s+minds|open\s+to|willing\w*|wish\w*|wants?|wanted|would\s+like|prefer\w*|interest\w*|option|offer\w*|propos\w*|suggest\w*|discuss\w*|unconfirmed|doubt\w*|advis\w*|recommend\w*|plan\w*|intend\w*|thinks?|thought\w*|believ\w*|fear\w*|worr\w*|idea\w*|not\s+yet|yet\s+to|left\s+open|tentative\w*|conditional|afraid|concern\w*|risk|belief\w*|feels?|preoccup\w*|no\s+decision|motivat\w*|anticipat\w*|usually|mixed|encourag\w*|should)\b"
    r"|可能|也许|或许|疑似|考虑|犹豫|尚未|未决定|未定|意向|意愿|愿意|希望|打算|建议|讨论|怀疑|担心|如果|有时|取决|要求|想|矛盾|是否|再定|再看|待|可以|应|认为|觉得|暂|不确定|不愿|只|盼|鼓励|害怕|怕|没有(?:完全)?答应|尚|兴趣|倾向",
    re.IGNORECASE,
)

_REFUSES: Final = re.compile(
    r"\b(?:declin\w*|refus\w*|turn(?:s|ed)?\s+down|opposed|reject\w*|said\s+no|(?:does|did|would|will)\s+not\s+(?:want|accept|agree|see|take))\b"
    r"|拒绝|不愿|不肯|不同意|不要|不想要|不接受",
    re.IGNORECASE,
)
_ACCEPTS: Final = re.compile(
    r"\b(?:agree(?:s|d)?|accept(?:s|ed)?|consent\w*|welcom\w*|willing|keen|asked\s+for)\b|(?<!不)同意|(?<!不)接受|(?<!不)愿意|答应",
    re.IGNORECASE,
)
_YES: Final = re.compile(
    r"^\W{0,3}(?:yes|yeah|ok\b|okay|alright|fine|sure|go\s+on|please|count\s+me|i'd\s+like|that'd|that\s+would|happy\s+to|good|deal|好|行|可以|嗯|同意|那好|算我|谢谢|愿意)",
    re.IGNORECASE,
)
_REPLIES_NO: Final = re.compile(
    r"^\W{0,3}(?:no\b|nope|not\b|never|i\s+don'?t|i\s+won'?t|i'd\s+rather\s+not|maybe|perhaps|i\s+might|i\s+don'?t\s+know|let\s+me|不|没|别|再|让我|也许|可能|不知道|我怕)",
    re.IGNORECASE,
)
_PROPOSES: Final = re.compile(
    r"\b(?:would|could|shall|should|want|like|let's|try|we|i'll|i\s+could|how\s+about|there's)\b|要不要|可以|试|请|帮|建议|给您|给你|我陪|愿意",
    re.IGNORECASE,
)


def contrast_differences(claim: str, source: Source, centres: Sequence[int]) -> dict[str, float]:
    """Direction, worth, reach, firmness and consent of the claim against those of its nearest sentence."""
    near = aligned(source, centres)
    return {
        "direction_turned": _turned(_direction(claim), _direction(near)),
        "worth_turned": _turned(_worth(claim), _worth(near)),
        "all_for_some": float(
            _EVERY.search(claim) is not None
            and _SOME.search(claim) is None
            and any(_partly(source.units[place].text) for place in centres[:2])
        ),
        "hedge_lost": _hedge_lost(claim, source, centres, near),
        "consent_turned": _consent_turned(claim, source, centres, near),
    }


def aligned(source: Source, centres: Sequence[int]) -> str:
    """The nearest sentence; with the answer where it asks, and the rest of a short turn."""
    if not centres:
        return ""
    place = centres[0]
    unit = source.units[place]
    text = unit.text
    after = source.units[place + 1] if place + 1 < len(source.units) else None
    if after is not None and (unit.asks or (unit.by_clinician and after.turn != unit.turn)):
        text += "\n" + after.text
        if place + 2 < len(source.units) and source.units[place + 2].turn == after.turn != unit.turn:
            text += "\n" + source.units[place + 2].text
    return text


def _partly(text: str) -> bool:
    return _SOME.search(text) is not None and _EVERY.search(text) is None


def _turned(own: int, there: int) -> float:
    return float(own * there < 0)


def _direction(text: str) -> int:
    """1 for more, -1 for less, 0 where neither or both are said."""
    up = _UP.search(text) is not None
    down = _DOWN.search(text) is not None
    if up == down:
        return _by_numbers(text)
    return 1 if up else -1


_FROM_TO: Final = re.compile(
    r"\bfrom\s+(?:about\s+)?([\w.]+)(?:\s+\w+){0,2}\s+to\s+(?:about\s+)?([\w.]+)|\b([\w.]+)\s+(?:\w+\s+)?at\s+first\W+(?:and\s+)?then\s+([\w.]+)|\b([\w.]+)\s+\w+\b[^.;]{0,40},\s*was\s+([\w.]+)\s+\w+\s+(?:on|before|in)\b"
    r"|从([\d.一二两三四五六七八九十百]+)[^，。]{0,3}?[减降升加增到至]+([\d.一二两三四五六七八九十百]+)",
    re.IGNORECASE,
)


def _by_numbers(text: str) -> int:
    found = _FROM_TO.search(text)
    if found is None:
        return 0
    first = _value(found[1] or found[3] or found[6] or found[7])
    second = _value(found[2] or found[4] or found[5] or found[8])
    if first is None or second is None or first == second:
        return 0
    return 1 if second > first else -1


def _value(word: str) -> float | None:
    read = quantities(f"{word} times" if word.isascii() else f"{word}次")
    values = [quantity.value for quantity in read if quantity.value.replace(".", "", 1).isdigit()]
    return float(values[0]) if values else None


def _worth(text: str) -> int:
    """1 where only good is told, -1 where only bad, 0 otherwise; a denial before a word turns it round."""
    signs = [
        sign * (-1 if _flipped(text, found) else 1)
        for sign, words in ((1, _GOOD), (-1, _BAD))
        for found in words.finditer(text)
    ]
    total = sum(signs)
    return (total > 0) - (total < 0) if signs and abs(total) == len(signs) else 0


def _flipped(text: str, found: re.Match[str]) -> bool:
    before = re.split(r"[.,;!?，。；！？\n]|\bbut\b", text[max(0, found.start() - 40) : found.start()])[-1]
    return _FLIP.search(before) is not None or _FLIPPED_AFTER.match(text[found.end() :]) is not None


def _hedge_lost(claim: str, source: Source, centres: Sequence[int], near: str) -> float:
    """Whether the claim is flat where every sentence nearest to it is only thought, asked or hoped."""
    if not centres or _SOFT.search(claim):
        return 0.0
    if not _HEDGED.search(near):
        return 0.0
    return 1.0 if not source.units[centres[0]].asks else 0.5


def _consent_turned(claim: str, source: Source, centres: Sequence[int], near: str) -> float:
    """Whether the claim has somebody refuse what was accepted, or accept what was refused or left open."""
    refuses, accepts = _REFUSES.search(claim) is not None, _ACCEPTS.search(claim) is not None
    if refuses == accepts:
        return 0.0
    agreed = _ACCEPTS.search(near) is not None and _REFUSES.search(near) is None
    against = _REFUSES.search(near) is not None and _ACCEPTS.search(near) is None
    for place in _proposals(source, centres):
        reply = source.units[place + 1].text
        agreed |= _YES.search(reply) is not None
        against |= _REPLIES_NO.search(reply) is not None
    if agreed == against:
        return 0.0
    return float(agreed if refuses else against)


def _proposals(source: Source, centres: Sequence[int]) -> list[int]:
    """Sentences near the claim in which a clinician proposes something that another speaker replies to."""
    around = {place + step for place in centres[:2] for step in (-1, 0)}
    return [
        place
        for place in sorted(around)
        if 0 <= place < len(source.units) - 1
        and source.units[place].by_clinician
        and source.units[place + 1].turn != source.units[place].turn
        and _PROPOSES.search(source.units[place].text)
    ]

"""Whether a stretch of text is negated, by cue and scope, in English and Chinese.

The idea, a list of cues whose scope runs to the next cue of contrast, is that of NegEx (Chapman, Bridewell,
Hanbury, Cooper and Buchanan 2001, J Biomed Inform 34:301-310); the cue lists and the rules for speech are ours.
Only a bounded stretch on either side is read, so a call costs the same in a text of any length.

What it does not catch: sarcasm ("sure, I never drink"), negation by a whole sentence ("That is a lie."), and
scope that needs a parse ("I don't sleep well and dream of dying" reads as negated).
"""

from __future__ import annotations

import re
from typing import Final

from thirdchair.language.plain_text import plain

_REACH: Final = 110
"""Characters read on either side."""

_MOST_WORDS: Final = 9
_MOST_CHARACTERS: Final = 14

_N_T: Final = r"(?:do|does|did|is|are|was|were|have|has|had|ca|could|wo|would|should|need|ai)\s?n'?t\b|\bcannot\b|\bcan\s+not\b"

# Look like negation and are not: they are blanked before cues are sought.
_PSEUDO: Final = re.compile(
    r"\bnot\s+(?:only|just|simply|merely|sure|certain|until|to\s+mention|gonna\s+lie|going\s+to\s+lie)\b"
    r"|\bno\s+(?:doubt|wonder|matter|problem|question|choice|idea|reason|point|way\s+out|good|hope|future|energy)\b"
    r"|\bnothing\s+(?:but|left|helps|works|matters)\b"
    r"|\b(?:ca|could)n'?t\s+(?:stop|help|quit|resist|wait|take|go\s+on|cope|sleep|bear|stand|handle|escape|shake"
    r"|control|keep\s+going|do\s+this)\b"
    r"|\b(?:cannot|can\s+not)\s+(?:stop|help|quit|resist|wait|take|go\s+on|cope|bear|stand)\b"
    r"|\b(?:do|did|does)n'?t\s+(?:know|care|understand|mind|see\s+(?:why|the\s+point)|remember|matter)\b"
    r"|\b(?:do|does|did|would)\s+not\s+(?:know|care|understand|mind|matter)\b"
    r"|\b(?:wo|would|did)n'?t\s+(?:stop|leave\s+me|quit)\b"
    r"|\bwhy\s+(?:not|don'?t|can'?t)\b|\bif\s+not\b|\bor\s+not\b|\bwhether\s+or\s+not\b|\bcouldn'?t\s+care\s+less\b"
    r"|不得不|不仅|不但|不只|不光|不禁|不由得|[忍控制管]*不住|停不下来|戒不掉|不停|不断|受不了|不知道|不如|不一定"
    r"|不确定|不清楚|不明白|不过|差不多|对不起|不好意思|没办法|没关系|没想到|没意思|没事|无论|不管|无聊|无助|无法|无望"
    r"|未来|未必|未成年|无力|无奈|无数|无趣|无所谓|无意义|无缘无故|[特区分性级告离个]别|别(?:人|的|提|看|扭|墅)|[沉淹埋吞]没|没完|不少|不错|说不定|不小心|睡不着|吃不下|不开心|不舒服|不耐烦|没有?人|不怕|不敢说|不敢告诉|要不是|没什么意思"
    r"|[是有想会能要喝抽吸打用]不[是有想会能要喝抽吸打用]|[有会]没有?|没有?(?:希望|动力|意义|办法|力气|胃口|出路|未来|朋友|工作)"
    r"|活不下去|撑不下去|过不下去|坚持不下去|熬不下去|不想活|不好|不行了|不到|不得|非.{1,6}不可",
    re.IGNORECASE,
)

# End the scope of what came before: contrast, cause, a new subject, a reply word standing alone.
_SCOPE_ENDS: Final = re.compile(
    r"[.!?;:。！？；：…\n]"
    r"|\b(?:but|however|although|though|except|because|since|so|yet|then|until|while|cause|cuz|apart\s+from|other\s+than"
    r"|rather\s+than|instead\s+of|aside\s+from)\b"
    r"|(?:^|[.,!?]\s*)(?:no+|nope|nah|not\s+really|no\s+no)\s*,"
    r"|(?:,|\band\b|\bor\b|-)\s*(?:i|i'[a-z]+|im|ive|he|she|they|we|you|it|my|there|that's|this|sometimes|now|just|really)\b"
    r"|(?<!think )(?<!that )(?<!say )(?<!know )(?<!like )\bi\s+(?:just|really|honestly|only)\b"
    r"|\band\s+(?:want|wish|feel|think|thinking|plan|planning|started|keep)\b"
    r"|,(?=\s*[㐀-鿿])|但是?|不过|可是|然而|却|只是|除了|因为|所以|，|而是|反而|而且|就(?=[想要会])|只(?=[想要])",
    re.IGNORECASE,
)

_CUE: Final = re.compile(
    rf"(?P<verb>\b{_N_T}|\bnot\b|\bwithout\b|\bden(?:y|ies|ied|ying)\b|\bhardly\b|\brefus(?:e|es|ed)\s+to\b)"
    r"|(?P<concord>\bnever\b|\bno\b(?!\s+one\b)|\bnone\b|\bnothing\b|\bneither\b|\bnor\b|\bnegative\s+for\b"
    r"|\babsence\s+of\b|\bfree\s+(?:of|from)\b|\bruled\s+out\b"
    r"|\b(?:nobody|no[\s-]one)\b(?!'?s?\s+(?:would|will|knows?|cares?|understands?|listens?|believes?|noticed?|likes|loves)))"
    r"|(?P<hanfar>并没有|没有|从未|从没|从不|未曾|否认|怎么(?:会|可能|敢)|哪(?:会|敢)|毫无|并无|并非|不是|不再|没|未|无|別|别)"
    r"|(?P<hannear>不)",
    re.IGNORECASE,
)
_NEW_CLAUSE: Final = re.compile(r"^(?:\s+[\w'-]+){4,12}\s*,(?!.*\b(?:or|and|nor)\b)")
"""A comma after a clause of four words or more, with no list going on."""

_ATTITUDE: Final = re.compile(
    r"(?:can'?t|cannot|couldn'?t|wouldn'?t|won'?t|not|don'?t)\s+(?:really\s+)?(?:say|saying|deny|pretend|claim|lie|that)\b[^.]{0,20}$",
    re.IGNORECASE,
)
_AFTER: Final = re.compile(
    r"^[^.!?,。！？\n]{0,30}?(?:\b(?:is|are|was|were|has\s+been|have\s+been)\s+(?:denied|ruled\s+out|absent)\b"
    r"|:\s*(?:none|no|nil|denied|denies|negative)\b|[,\s]+(?:no|never|none)\s*(?:[.!?]|$))"
    r"|^[^.!?]{0,20}?\bbut\s+(?:i'?m\s+not|i\s+am\s+not|i\s+don'?t|i\s+haven'?t|it'?s\s+not|that'?s\s+not\s+true)(?=\s*[.,!?]|$)"
    r"|^[^，。！？；\n但]{0,8}?(?:[都也是]?(?:没有|没想过|没做过)(?:过|的)?(?:[，。！]|$)|[:：]\s*(?:无|否认|没有))",
    re.IGNORECASE,
)
_CEASED_BEFORE: Final = re.compile(
    r"\bno\s+longer\b|\bused\s+to\b|\b(?:quit|stopped|gave\s+up|given\s+up|got\s+over)\b|不再|以前|曾经|戒了|戒掉",
    re.IGNORECASE,
)
_CEASED_AFTER: Final = re.compile(
    r"^[^.!?。！？\n]{0,40}?\b(?:any\s?more|any\s+longer)\b|^[^。！？，]{0,6}了\b", re.IGNORECASE
)

# Words that open a main clause of their own, as the next caption of the same speaker does without a full stop
# before it ("none | I'm going to ..."). A negation reaches into it only through a word that governs it.
_OWN_CLAUSE: Final = re.compile(
    r"i(?:'m|'ve|'ll|\s+am|\s+have|\s+will)\s+(?:going|gonna|about|planning|ready|decided|already|kill|end)\b"
    r"|我(?:已经|今晚|现在|马上|要去|这就)",
    re.IGNORECASE,
)
_GOVERNS: Final = re.compile(
    r"\b(?:think|thinking|thought|believe|feel|felt|like|say|saying|said|mean|know|sure|hope|suppose|guess|imply|pretend|promise"
    r"|imagine|suggest|claim|that|if|when|whether|because|until|why|way|as|what|how|not|never|n't)\s*$"
    r"|(?:觉得|认为|说|想|知道|如果|要是|相信|意味着|代表|不|没有|没|是)\s*$",
    re.IGNORECASE,
)


def negated(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` is said not to be so now.

    "No longer" and "not ... any more" count as negated; `ceased` tells them from "never". Two negations cancel,
    but not "I don't have no", which is one.

    >>> said = "I don't want to die, but I can't stop drinking"
    >>> negated(said, 15, 18), negated(said, 38, 46)
    (True, False)
    >>> negated("我没有想过自杀", 5, 7), negated("我不得不喝酒", 4, 6)
    (True, False)
    """
    before = _scope_before(plain(text[max(0, start - _REACH) : start]))
    count = 0 if _stands_apart(text, start, before) else _count_cues(before)
    if count:
        return count % 2 == 1
    return _AFTER.search(plain(text[end : end + _REACH])) is not None


def ceased(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` is said to be over: "used to", "no longer", "not ... any more", "不再", "戒了".

    >>> ceased("I don't drink any more", 8, 13), ceased("I never drink", 8, 13)
    (True, False)
    """
    before = plain(text[max(0, start - _REACH) : start])
    before = before[_last_end(before) :]
    if _stands_apart(text, start, before):
        return False
    if _CEASED_BEFORE.search(before):
        return True
    after = plain(text[end : end + _REACH])
    return _count_cues(before) % 2 == 1 and _CEASED_AFTER.search(after) is not None


def _stands_apart(text: str, start: int, before: str) -> bool:
    """Whether the words from `start` are a main clause that nothing before them governs."""
    return _OWN_CLAUSE.match(plain(text[start : start + 30])) is not None and _GOVERNS.search(before) is None


def _scope_before(before: str) -> str:
    blanked = _PSEUDO.sub(lambda found: "_" * len(found.group()), before)
    return blanked[_last_end(blanked) :]


def _last_end(before: str) -> int:
    ends = [found.end() for found in _SCOPE_ENDS.finditer(before)]
    return ends[-1] if ends else 0


def _count_cues(scope: str) -> int:
    """How many negations reach the end of the scope; negative concord counts once."""
    count = 0
    for cue in _CUE.finditer(scope):
        gap = scope[cue.end() :]
        if not _reaches(cue, gap):
            continue
        if count and cue["concord"] and not _ATTITUDE.search(scope[: cue.start()]):
            continue
        count += 1
    return count


def _reaches(cue: re.Match[str], gap: str) -> bool:
    if cue["hannear"]:
        return len(gap) <= 5 and (not gap or gap[0] in "会想要是打愿曾再准敢可能用去喝抽吸太怎常经主")
    if cue["hanfar"]:
        reach = _MOST_CHARACTERS if cue.group() != "不是" else _MOST_CHARACTERS // 2
        return len(gap) <= reach and "_" not in gap[:2]
    if _NEW_CLAUSE.search(gap):
        return False
    return len(gap.split()) <= _MOST_WORDS

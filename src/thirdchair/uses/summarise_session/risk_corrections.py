"""Where a speaker turns on what was said before: takes it back, owns up to it, disputes it, or did not mean it."""

from __future__ import annotations

import re
from typing import Final

from thirdchair.language.plain_text import plain

_TAKES_BACK: Final = re.compile(
    r"\b(?:it's|it\s+is|that's|that\s+was|it\s+was)\s+(?:\w{1,9}\s+)?(?:not\s+(?:a\s+no|true|quite\s+true|right|the\s+(?:whole\s+)?truth|entirely\s+true|strictly\s+true)|n't\s+(?:true|right)|a\s+(?:lie|fib|yes))|\b(?:wasn't|isn't|weren't|haven't\s+been|hadn't\s+been|not\s+been|wasn't\s+being|not)\s+(?:\w{1,9}\s+)?(?:honest|straight|truthful|truth|upfront|open\s+with\s+you|telling\s+(?:you\s+)?(?:the|everything))\b"
    r"|\b(?:need|have|want|ought|got|going)\s+to\s+(?:be\s+(?:honest|straight|truthful)|tell\s+you\s+the\s+truth|come\s+clean)\b|\bi\s+(?:lied|fibbed|told\s+a\s+(?:lie|fib)|wasn't\s+true|said\s+no\b(?=[^.!?]{0,30}\bbut)|should\s+have\s+(?:said|told)|shouldn't\s+have\s+said\s+no|held\s+back|didn't\s+tell\s+you\s+(?:the|everything|all|earlier)|need\s+to\s+(?:correct|change|take\s+back)|take\s+(?:that|it)\s+back|want\s+to\s+change\s+(?:my|that))\b"
    r"|\b(?:can|could)\s+(?:i|we)\s+(?:\w{1,9}\s+)?(?:go\s+back|change|come\s+back|correct)\b|\b(?:going|go|coming)\s+back\s+to\s+(?:what|that|your|the\s+(?:\w{1,9}\s+)?question)|\bwhat\s+i\s+(?:said|told\s+you)\s+(?:\w{1,9}\s+){0,2}?(?:wasn't|isn't|was\s+(?:not|a\s+lie))|\bwhen\s+you\s+asked\s+(?:me\s+)?(?:about|if|before|earlier)\b|\byou\s+asked\s+(?:me\s+)?(?:\w{1,9}\s+)?(?:before|earlier|about)\b|\bthe\s+(?:real|true|honest)\s+answer\b|\bactually,?\s+(?:yes|yeah|i\s+(?:have|do|did))\b"
    r"|没说实话|没(?:有)?说真话|(?:得|要|想)(?:跟(?:你|您))?说实话|不是实话|说了(?:谎|假话)|骗(?:了)?(?:你|您)|撒(?:了)?谎|瞒(?:着|了)(?:你|您)|刚才(?:那个|说的|的)?(?:问题)?[^。！？]{0,8}(?:不对|不是真|其实|没说|不老实|改)|(?:之前|前面|刚才|刚刚)(?:你|您)?问(?:我)?(?:的|那)?[^。！？]{0,20}(?:其实|我没|不是)|其实(?:是)?(?:有|想过|会)(?:的|过)?",
    re.IGNORECASE,
)
_GIVES_IN: Final = re.compile(
    r"^(?:okay|ok|all\s+right|alright|fine|look)[,.\s]+(?:okay[,.\s]+)?(?:yes|yeah|i\s+(?:did|do|have|am|was))\b(?!\s*(?:n't|not))|^(?:好吧|行吧|算了)[，。](?:是|有|对|我)",
    re.IGNORECASE,
)
_LIED: Final = re.compile(
    r"\b(?:told\s+you|i\s+said|said\s+(?:before|earlier))\b[^.!?]{0,70}\b(?:rubbish|lie|lying|bollocks|nonsense|not\s+true|wasn't\s+true|untrue|wrong)\b|\bi\s+lied\b|骗(?:了)?(?:你|您)|没说实话|没敢(?:跟|和|告诉)?(?:你|您)?说",
    re.IGNORECASE,
)
_ADDS: Final = re.compile(
    r"\b(?:i\s+(?:have|do|did|had|am|was)\b(?!\s*(?:not|n't|never|no))|i've\s+(?:been|had|thought|done|tried|used)|not\s+a\s+no|thought\s+about\s+it|been\s+thinking|it\s+has|it's\s+(?:been|a\s+yes)|a\s+yes|yes\b|yeah\b|thoughts|sometimes)|有(?!没)|想过|会|做过|喝|抽|割",
    re.IGNORECASE,
)
_THOUGHTS: Final = re.compile(r"\bth(?:ink|ought|inking)\s+(?:about|of)\b|想过", re.IGNORECASE)
_OWNS: Final = re.compile(
    r"^(?:\W|(?:yes|yeah|okay|well|um+|uh+|look|right|sorry|fine|all\s+right)[,.\s]+){0,4}(?:i\s+(?:did|do|have|am|was|know|said\s+(?:that|it)|told\s+(?:him|her|them))(?!\s*(?:n't|not|never))|it's\s+true|that's\s+(?:true|right|correct|fair)|it\s+(?:did|does|was|has)(?!\s*(?:n't|not))|(?:he|she|they|mum|dad)(?:'s|\s+is)\s+right|guilty|i'm\s+(?:ashamed|sorry|not\s+proud)|(?:yes|yeah|yep)\b|true\b|it's\s+(?:only\s+(?:been|a)|just\s+a)|only\s+(?:once|the\s+once|a)|it\s+was\s+(?:only|just)|just\s+the\s+once|i\s+only)"
    r"|^(?:嗯|唉|是|对){0,4}[，。,\s]*(?:是我(?:说|做|弄|干|打|不对|错)|我(?:是)?(?:说|做|打|喝|弄)(?:过|了)|是(?:的|这样|真的|啊)|对(?:的|，|。|$)|没错|我承认|我(?:是)?(?:不对|错了|后悔)|是有|嗯[，。]|就(?:那|这)(?:一|几)[次回]|[^。]{0,6}我?就(?:推|打|骂|喝|抽|碰|划|踢)了(?:一|两|几)?)",
    re.IGNORECASE,
)
_DISPUTES: Final = re.compile(
    r"^(?:\W|(?:oh|no|well|um+|mum|dad|mam|come\s+on|look|sorry|for\s+god's\s+sake)[,.\s]+){0,4}(?:that(?:'s|\s+is|\s+was)\s*(?:n't|not|rubbish|nonsense|a\s+lie|ridiculous|bollocks|crap|bullshit|her\s+opinion|his\s+opinion|what\s+(?:he|she)|\w{2,12}'s\b)|that\s+(?:wasn't|isn't|never|didn't)|it(?:'s|\s+is|\s+was)\s*(?:n't|not|nothing|rubbish|an\s+accident|the\s+(?:cat|dog))|it\s+(?:wasn't|isn't|didn't|never)|i'm\s+not|i\s+(?:don't|didn't|haven't|wasn't|never|wouldn't)|that(?:'s|\s+is)\s+(?:an?\s+)?(?:exaggerat\w{1,4}|not\s+fair|unfair|over\s+the\s+top|a\s+bit\s+(?:much|strong))|(?:he|she|they)(?:'s|\s+is|'re|\s+are)?\s+(?:lying|exaggerat\w{1,4}|making|wrong|imagin\w{1,4}|over-?react\w{0,3}|worries?|always|being\s+dramatic|doesn't\s+know)|you(?:'re|\s+are)?\s+(?:lying|exaggerat\w{1,4}|wrong|making|always|don't\s+know)|no(?:pe|t\s+true|body)?\b|rubbish|nonsense|liar|lies\b|bollocks|as\s+if|those\s+(?:are|were)\s+(?:old|not|my)|don't\s+listen)"
    r"|^(?:\W|嗯|唉|哎呀?|妈|爸|你){0,3}(?:不是|没有|没(?:这|那)|哪有|哪里?是|瞎说|胡说|(?:太|有点)?夸张|冤枉|乱说|别听|(?:他|她|你)(?:乱|瞎|胡|夸张|骗|太|误会|想多|记错|冤枉)|那(?:是|不是)(?:别人|猫|不小心|开玩笑|以前|旧|他)|我(?:没|不|才没|哪))",
    re.IGNORECASE,
)
_HUSHES: Final = re.compile(
    r"\b(?:stop\s+it|shut\s+up|leave\s+it|not\s+(?:now|here|today)|don't\s+(?:start|say|tell|bring)|you\s+(?:promised|weren't\s+(?:meant|supposed))|that's\s+private|enough|i'm\s+not\s+(?:talking|discussing)|why\s+(?:did|would)\s+you)\b|别说了?|闭嘴|不要说|说这个干|提这个干|行了|够了|你答应",
    re.IGNORECASE,
)
_CONTRADICTS: Final = re.compile(
    r"^(?:\W|(?:but|well|oh|no|sorry|um+|come\s+on|doctor|honestly)[,.\s]+){0,4}(?:yes\s+(?:you|he|she)|(?:he|she|they|you)(?:'s|\s+is|\s+does|\s+has|\s+did|\s+was|\s+do|\s+have|'ve|'re\s+not\s+being|\s+are)\b(?!\s*(?:n't|not|never|fine|good|doing|better|okay))|that's\s+not\s+(?:true|what)|not\s+true|(?:he|she)(?:'s|\s+is)\s+(?:lying|not\s+telling)|tell\s+(?:him|her|them|the)\s+(?:the\s+truth|about))"
    r"|^(?:\W|大夫|医生|不){0,3}(?:他|她|你)(?:骗人|撒谎|没说实话|瞎说|胡说|(?:太|有点)?夸张|冤枉|明明|有的?|就是有|还(?:在)?(?:喝|抽|割|打)|昨天还|上周还)",
    re.IGNORECASE,
)
_TURNS: Final = re.compile(
    r"^\W*(?-i:[A-Z])[a-z]{1,12},?\W*\?$|\b(?:what\s+(?:would|do)\s+you\s+(?:say|think)|(?:hear|like)\s+(?:\w{1,9}\s+){0,3}?(?:from|in)\s+(?:you|him|her|\w{3,12}(?:'s)?\s+(?:self|own))|in\s+your\s+own\s+words|is\s+(?:that|this)\s+(?:right|so|true|how\s+you)|does\s+that\s+(?:fit|sound\s+right|match)|from\s+(?:him|her|you)|(?:him|her)self\s+say|^\W*(?-i:[A-Z])[a-z]{1,12}\W*\?$|let\s+(?:him|her)\s+(?:answer|say|tell|speak)|and\s+(?:you,\s+)?(?-i:[A-Z])\w{2,12},?\s+(?:what|how|is)|and\s+you,\s+\w{3,12}|what\s+about\s+you,\s+\w{3,12})\b|听[^。！？]{0,6}(?:自己|本人)说|(?:你|您)(?:自己)?(?:怎么)?(?:说|觉得|看)(?:呢|吗)?|是这样吗|(?:让|请)(?:他|她|你)(?:自己)?(?:说|讲|回答)",
    re.IGNORECASE,
)
_NOT_MEANT: Final = re.compile(
    r"\b(?:not\s+(?:literally|like\s+that|in\s+that\s+(?:way|sense)|that\s+way)|didn't\s+mean\s+(?:it|that)(?:\s+(?:like|that))?|don't\s+mean\s+(?:it|that|like)|just\s+(?:an?\s+)?(?:expression|saying|figure|words|venting|joking|kidding|letting\s+off|being\s+dramatic|something\s+(?:you|i|people)\s+say)|figure\s+of\s+speech|(?:only|was|were)\s+(?:joking|kidding)|turn\s+of\s+phrase|i'd\s+never\s+(?:actually|really)|heat\s+of\s+the\s+moment|wouldn't\s+actually|nothing\s+like\s+that|i\s+just\s+meant|i\s+only\s+meant)\b"
    r"|那倒(?:不是|没有|不至于)|不是(?:那个|这个)意思|没有?(?:那个|这个)意思|气话|嘴上说|说说(?:而已|罢了)|随口|开玩笑|说着玩|口头禅|不是真的?(?:要|想)|发泄|抱怨(?:一下|几句)|不至于|不是不是",
    re.IGNORECASE,
)
_SUPPOSES: Final = re.compile(
    r"\b(?:i\s+(?:think|suspect|reckon|wonder|worry|'m\s+worried|am\s+worried|'m\s+scared|fear)|i'm\s+(?:worried|scared|afraid)|maybe|might|must\s+be|seems?|sounds?\s+like|i'm\s+sure|could\s+be)\b|我(?:觉得|怀疑|担心|怕|感觉|看)(?:他|她|是)|好像|可能|是不是|估计|八成",
    re.IGNORECASE,
)


def takes_back_a_denial(text: str) -> bool:
    """Whether a speaker goes back on an earlier no.

    >>> takes_back_a_denial("Can I go back? It's not a no. I have been thinking about it.")
    True
    >>> takes_back_a_denial("Can we go back to the tablets?")
    False
    """
    said = plain(text)
    found = _TAKES_BACK.search(said)
    if _LIED.search(said):
        return True
    return found is not None and _ADDS.search(said) is not None and not said.rstrip().endswith(("?", "？"))


def gives_in(text: str) -> bool:
    """Whether a speaker gives up a denial just made ("Okay. Yes. This morning.")."""
    return _GIVES_IN.search(plain(text)) is not None


def speaks_of_thoughts(text: str) -> bool:
    """Whether what is taken back was thought rather than done ("I did think about it")."""
    return _THOUGHTS.search(plain(text)) is not None


def owns_up(text: str) -> bool:
    """Whether a reply to another's account of the speaker accepts it ("I did say that", "是我说的")."""
    return _OWNS.search(plain(text)) is not None


def disputes(text: str) -> bool:
    """Whether a reply to another's account of the speaker rejects it ("that was the cat")."""
    return _DISPUTES.search(plain(text)) is not None


def hushes(text: str) -> bool:
    """Whether a reply tells the other to say no more."""
    return _HUSHES.search(plain(text)) is not None


def contradicts(text: str) -> bool:
    """Whether a companion contradicts what the patient just said ("he is", "他骗人")."""
    return _CONTRADICTS.search(plain(text)) is not None


def turns_to_the_patient(text: str) -> bool:
    """Whether a clinician asks to hear it from the patient."""
    return _TURNS.search(plain(text)) is not None


def was_not_meant(text: str) -> bool:
    """Whether a speaker says that earlier words were not meant as they sound."""
    return _NOT_MEANT.search(plain(text)) is not None


def supposes(text: str) -> bool:
    """Whether a companion gives an impression rather than a report."""
    return _SUPPOSES.search(plain(text)) is not None

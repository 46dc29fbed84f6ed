"""What a reply says in words that name a danger only because a question has just named it.

"I used his razor" means self-harm after "do you hurt yourself?" and nothing after "how is work?". Read only for the
topics of the open question, and only where the reply gives no plain yes or no.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from thirdchair.language.attribution import supposed
from thirdchair.language.negation import negated
from thirdchair.language.plain_text import plain
from thirdchair.language.sentences import split_sentences
from thirdchair.records import RiskStatus, RiskTopic

_KIN: Final = (
    r"(?:dad|father|mum|mom|mother|mam|step\w{3,8}|husband|wife|partner|boyfriend|girlfriend|ex|brother|sister|uncle|aunt|cousin|son|daughter"
    r"|gran\w{0,8}|nan|family|parents?|boss|teacher|carer|nephew|niece|man|woman|boys?|girls?|kids|lads?|neighbou?r|friend|flatmate)"
)
_WORDS: Final = {
    RiskTopic.SUICIDE: re.compile(
        r"\b(?:i|it|they|that|the\s+thoughts?|the\s+idea|something)(?:'s|'ve|'d|\s+(?:has|have|had|do|does|did|just|still|always|often|sometimes|only)){0,3}\s+(?:cross\w*|been\s+(?:there|on\s+my\s+mind)|come\w*\s+(?:up|into|to|at|in\s+(?:waves|the)|when|on\b|over)|creeps?|pops?|sneaks?|flash\w*|go(?:es)?\s+(?:round|through)|there\s+(?:in|when|most|every|all)|in\s+(?:my|the\s+back)|at\s+the\s+back|runs?\s+through|gets?\s+(?:loud|bad|strong))"
        r"|\b(?:i|i'd|i've|i\s+had|i\s+have)\s+(?:\w{1,9}\s+){0,2}?(?:th(?:ink|ought)\s+(?:\w{1,9}\s+)?(?:about\s+(?:it|that|how|what|doing)|of\s+(?:it|that|doing|how))|thinking\s+(?:about|of)\s+(?:it|that|doing)|wondered\s+(?:about\s+(?:it|how)|what\s+it|if\s+(?:i|any(?:one|body)|it|they)|whether)|considered|contemplated|planned|looked\s+(?:it\s+)?up|tried|came\s+close|got\s+close|been\s+close|want(?:ed)?\s+(?:to|out)\s*(?=[.,!]|$|be|go|stop|disappear|end))"
        r"|\b(?:tablets|pills|overdose|rope|bridge|railway|platform|the\s+river|the\s+edge|attempts?|not\s+(?:be(?:ing)?|waking|wake)\s+(?:here|up|around|alive)|back\s+of\s+my\s+(?:mind|head)|wak(?:e|ing)\s+up|suicid\w*|do(?:ne)?\s+it|goes\s+at\s+it|sectioned|pills?|funeral|end(?:ing)?\s+it|peace(?:ful)?\s+if|disappear)\b"
        r"|阳台|窗台|桥上|念头|想法|想过|想到|想着|冒出来|(?:吃|吞|攒|数)[^。]{0,4}药|跳楼|楼顶|河边|绳子|结束|解脱|消失|睡过去|不醒|试过|死|活"
    ),
    RiskTopic.SELF_HARM: re.compile(
        r"\b(?:cut\w{0,4}|scratch\w{0,3}|burn\w{0,3}|blades?|razors?|scissors|compass|lighter|my\s+(?:\w{1,8}\s+)?(?:wrists?|arms?|forearms?|thighs?|legs?|skin|hips?|stomach|head|hair|knuckles)|bleeds?|bled|blood|nails|pinch\w{0,3}|punch\w{0,3}|walls?|bang\w{0,3}|elastic|rubber\s+band|sharp|pins?|knife|hit(?:ting)?\s+my\w*|slap\w{0,4}|bruise[sd]?|relie(?:f|ves)|relapsed?)\b"
        r"|按在|抠|割|划|掐|抓|咬|烫|扎|撞|捶|砸|刀|剪|血|胳膊|手臂|手腕|大腿|疤|伤口|指甲|头发|耳光|圆规|打火机|烟头"
    ),
    RiskTopic.HARM_TO_OTHERS: re.compile(
        r"\b(?:hit|hits|hitting|slap\w{0,4}|smack\w{0,3}|push\w{0,3}|shov\w{1,3}|punch\w{0,3}|kick\w{0,3}|grabbed|threw|thrown|throw|broke|tap(?:ped)?|clip|bum|fights?|fought|fighting|scraps?|scrapping|swung|swing|snap(?:ped)?|lost\s+it|lose\s+it|saw\s+red|headbutt\w{0,3}|knife|bottle|nose|jaw|throat|strangl\w{1,3}|chok\w{1,3}|bit|spat|pinned|hands\s+on|whack\w{0,3}|temper|lash\w{0,3}|hurt|laid\s+into|went\s+for|decked|kill|stab\w{0,4}|revenge|pay|smash\w{0,3}|brawl|altercation|thought\s+(?:about|of)|waiting\s+for\s+(?:him|her|them)|do\s+it\s+to|planning|fantas\w{1,5}|imagin\w{1,4}|pictur\w{1,4}|assault\w{0,3}|charged|arrested|police)\b"
        r"|想过|打|推|踢|踹|掐|砸|扇|揍|捶|刀|动手|动过手|拳|耳光|巴掌|摔|吓唬|教训|报复|杀|砍|掐死|没忍住|忍不住|失控"
    ),
    RiskTopic.SUBSTANCE_USE: re.compile(
        r"^(?:(?:about|around|maybe|roughly|oh|probably|i'd\s+say)[,\s]+){0,2}(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fourteen|fifteen|twenty|thirty|forty|fifty|\d{1,3})\b|\b(?:speed|acid|base|ice|blow|crack|ecstasy|e's|hash|grass|skunk|heroin|meth|mushrooms|poppers)\b|\b(?:drink\w{0,3}|drank|drunk|smok\w{1,3}|vap\w{1,3}|puffs?|glass(?:es)?|pints?|cans?|bottles?|beers?|wine|vodka|whisk\w{1,2}|gin|rum|spirits|half|units?|packs?|packets?|joints?|spliffs?|lines?|grams?|bags?|pills?|weed|coke|ket|roll-?ups?|cigs?|fags?|quit|stopped|gave\s+(?:it\s+)?up|cut\s+(?:down|back)|used\s+to|slip(?:ped|s)?|(?:tried|had)\s+(?:it|that|some|one)|laps(?:e|ed)|relapsed?|wagon|caved|gave\s+in|(?:\d{1,2}|ten|fifteen|twenty|thirty|forty|sixty)\s*(?:a|per)\s+(?:day|week|night)|at\s+(?:weekends?|parties|christmas)|with\s+(?:dinner|meals|friends|my\s+mates)|to\s+(?:sleep|get\s+to\s+sleep|unwind|relax|take\s+the\s+edge)|edge\s+off|socially|nightcap|party|parties|hangovers?|more\s+than|a\s+fair\s+bit|quite\s+a\s+bit|a\s+few|a\s+couple|one\s+or\s+two|most\s+(?:nights|days|evenings|weekends))\b"
        r"|喝|抽|吸|杯|瓶|斤|[一二两三四五六七八九十半几\d]两|根|包|支|酒|烟|戒|偶尔|应酬|聚会|过年|周末|每天|天天|睡前|一点点?"
    ),
    RiskTopic.ABUSE: re.compile(
        rf"\b(?:{_KIN}|he|she|they|someone|somebody)(?:\s+(?:has|have|did|does|do|used\s+to|would|can|could|once)|'d)\b(?!\s*(?:been\s+(?:good|kind|great|there)|n't|not|never|the\s+one|there|here|fine|good|nice|lovely|kind|great|okay|ok|dead|gone|away|very\s+(?:good|kind|supportive)|really\s+(?:good|kind|supportive)|supportive|brilliant|out\b|at\s+work|a\s+(?:good|lovely|kind|great|nice)))"
        rf"|^(?:(?:yes|yeah|well|um+|only|just)[,.\s]+){{0,2}}(?:my|our|the|a|his|her|this|some)\s+(?:\w{{1,12}}\s+){{0,2}}?(?:{_KIN}|coach|priest|vicar|babysitter|tutor|trainer|scout\s+leader|foster\s+\w{{4,8}}|carers?|staff|nurse|doctor|lodger|landlord|bloke|guy|colleague|manager|mates?)\b(?=\s*(?:[,.]|$|when|at|in\b|and|once|as\b|before|until|till|he\b|she\b))|^(?:我)?(?:爸|妈|爹|老公|老婆|丈夫|前夫|前妻|前任|男朋友|女朋友|继父|后爸|后妈|叔叔|舅舅|舅|哥|姐夫|表哥|堂哥|老师|教练|邻居|同学|老板|婆婆|公公|儿子|女儿)(?=[，。]|小时候|以前|喝)|^[^，。没不]{{0,8}}(?:老师|教练|叔叔|舅舅|哥哥?|邻居|继父|同学|老板|亲戚|儿子|老公|前夫|爸爸?)[。，]?$"
        r"|\b(?:belt|cane|slipper|fists?|bruis\w{1,3}|black\s+eye|slap\w{0,4}|smack\w{0,3}|shov\w{1,3}|push\w{0,3}|punch\w{0,3}|kick\w{0,3}|grabbed|hit|hits|shout\w{0,3}|yell\w{0,3}|scream\w{0,3}|threw|throws?|smash\w{0,3}|lock\w{0,3}|names|temper|scared|afraid|frighten\w{1,3}|control\w{0,4}|threat\w{0,5}|forced|touched|hurt|hurts|drunk|violent|rough|nasty|cruel|bull(?:y|ies|ied)|jealous|money|allowance|receipts|permission|spoon|lead\b|saw\s+to\s+that|my\s+phone)\b"
        r"|打|骂|踢|掐|推|扇|揍|锁|关|吼|摔|皮带|棍|巴掌|耳光|动手|控制|威胁|不让|不给|怕他|怕她|喝[醉多]|逼|摸|欺负"
    ),
}
_OWN_PAST: Final = re.compile(
    r"^(?:(?:well|oh|um+|yeah|god|honestly|look|so|and|actually|once|sometimes|last\s+\w+|if)[,.\s]+){0,3}i(?:'ve|'d|\s+have|\s+had)?\s+(?:(?:just|already|nearly|almost|once|really|actually|only|also|even|sort\s+of|kind\s+of|never\s+not)\s+)?(?:got|had|was|did|made|took|went|ended|came|tried|reached|started|dabbled|experimented|attempted|swallowed|planned|bought|wrote|used|lost|gave|hit|threw|ran|broke|put|woke|lived|survived|been|done|gone|taken|partied|overdid|caved|slipped|snapped|started|felt\s+(?:like|it|that))\b(?!\s+(?:an?\s+(?:\w+\s+){0,2}?(?:week|day|night|month|year|time|weekend|morning|bath|job|dog|cat|shower|walk|cold|headache|good|nice|lovely|appointment|meeting|call|baby|letter)\b|my\s+(?:hair|tea|lunch|dinner|breakfast|sister|mum|dad|kids)|dinner|lunch|breakfast|better|fine|okay|to\s+(?:work|the\s+shops?|bed|see|church|town)|home|shopping|married|promoted|up\b|dressed|told|thinking\s+about\s+(?:work|my)|lucky|loved|happy|safe|busy|tired|asleep|away))",
    re.IGNORECASE,
)
"""The speaker's own past in answer to a question about it ("I've had three goes at it")."""
_TO_ME: Final = re.compile(
    r"\b(?:he|she|they|who|(?:my|the|his|her)\s+(?:\w{1,12}\s+){0,2}?\w{3,12}|(?-i:[A-Z])\w{2,12})\s+(?:\w{1,9}\s+)?(?!love|help|support|treat|look|call|text|ring|rang|visit|pick|miss|understand|listen|trust|adore|respect|protect|teach|taught|told|tell|ask|make|made|let|give|gave|know|see|hug|kiss|drive|drove|cook|feed|like|encourag|calm|worship|spoil|saved)\w{3,10}(?:ed|s|ing)?\s+(?:things\s+to\s+|at\s+|on\s+|to\s+)?me\b",
    re.IGNORECASE,
)
_DODGES: Final = re.compile(
    r"\b(?:complicated|don't\s+want|rather\s+not|can\s+we|not\s+today|don't\s+know|dunno|not\s+sure|depends|define|what\s+do\s+you\s+mean|everyone|everybody|who\s+(?:doesn't|hasn't)|i\s+(?:guess|suppose)|maybe|perhaps|might|hard\s+to\s+say|ask\s+(?:him|her|them)|none\s+of\s+your|you\s+know\s+how|whatever|like\s+that)\b|说不清|不知道|不想说|不好说|谁没|算了|别问|还是说|说说(?:别的|药)|复杂|可能|也许|大概|怎么说"
)
_BY_ACCIDENT: Final = re.compile(
    r"\b(?:accident\w{0,4}|fell|tripp\w{1,4}|cooking|oven|stove|hob|iron(?:ing)?|kettle|the\s+(?:cat|dog)|caught\s+(?:it|my)|at\s+work|football|rugby|my\s+bike|gardening|brambles?|shaving|knocked\s+it|banged\s+it|diy|playing)\b|不小心|做饭|炒菜|切菜|摔的|磕的|碰的|蹭的|[猫狗](?:抓|咬|挠)|干活|打球|骑车|热水烫",
    re.IGNORECASE,
)
_IN_PART: Final = re.compile(
    r"\b(?:mostly|mainly|partly|sort\s+of|kind\s+of|some\s+of|i\s+think|probably|on\s+purpose|meant\s+(?:to|it)|deliberate\w{0,2}|held|pressed|poured|put\s+my|wanted\s+to)\b|大部分|有的|故意"
)
_READ: Final = 3


def read_in_context(text: str, topics: tuple[RiskTopic, ...]) -> Mapping[RiskTopic, RiskStatus]:
    """What a reply says of the topics just asked about, by words that count only there.

    >>> {t.value: s.value for t, s in read_in_context("My stepdad used his belt.", (RiskTopic.ABUSE,)).items()}
    {'abuse': 'affirmed'}
    >>> read_in_context("It's complicated. He used to shout.", (RiskTopic.ABUSE,))
    {}
    """
    said: dict[RiskTopic, RiskStatus] = {}
    lowered = plain(text).lower()
    if RiskTopic.SELF_HARM in topics and _BY_ACCIDENT.search(lowered) and not _IN_PART.search(lowered):
        return {RiskTopic.SELF_HARM: RiskStatus.DENIED}
    if _DODGES.search(lowered) or lowered.rstrip().endswith(("?", "？")):
        return said
    first = split_sentences(lowered)[:1]
    if first and _OWN_PAST.search(first[0].text) and len(topics) == 1 and topics[0] is not RiskTopic.ABUSE:
        return {topics[0]: RiskStatus.AFFIRMED}
    for sentence in split_sentences(lowered)[:_READ]:
        for topic in topics:
            found = _WORDS[topic].search(sentence.text)
            if found is None and topic is RiskTopic.ABUSE:
                found = _TO_ME.search(sentence.text)
            if found is None or topic in said or supposed(sentence.text, found.start()):
                continue
            no = negated(sentence.text, found.start(), found.end())
            said[topic] = RiskStatus.DENIED if no else RiskStatus.AFFIRMED
    return said

"""Words that clinicians ask about danger with, in English and Chinese: they name a topic and affirm nothing.

Data for `risk_terms`, in the form of `risk_terms_en`; every pattern is of rung 0.
"""

from __future__ import annotations

from typing import Final

_YOU: Final = r"(?P<addressed>you(?:'d|'re|'ve)?|your|yourself)"
_THE_OTHER: Final = r"(?:he|she|they|anyone|anybody|someone|somebody|your\s\w{2,12}|a\spartner|people|others)"

ASKED_EN: Final[dict[str, dict[int, str]]] = {
    "suicide": {
        0: rf"""
          \b(?:times|moments|days|point|stage)\s(?:when\s|where\s|that\s)?{_YOU}(?:\sfelt|\sfeel|\shave\sfelt|\swould|\sdid)?\s(?:\w{{1,8}}\s){{0,3}}?(?:rather\s(?:not|be\sdead)|not\s(?:be|want)|(?:can't|couldn't|cannot)\s(?:go|carry|keep)|like\s(?:giving\sup|ending|not\sbeing)) | \b(?:feel|felt|feeling|think|thought)\s(?:like\s|as\sif\s|as\sthough\s|that\s)?(?:{_YOU}\s)?(?:\w{{1,8}}\s){{0,2}}?(?:can't|couldn't|cannot|can't)\s(?:go|carry|keep)\s(?:on|going)(?!\s(?:to|with\swork))
        | \b(?:act(?:ed|ing)?|acting)\son\s(?:those|these|them|any|that|such)\b | \b(?:keep|stay|be|feel|are)\s(?:yourself\s|you\s)?safe\s(?:to\sgo\shome|tonight|until|till|this\sweek|over\sthe\sweekend|from\syourself|with\syourself|between\snow) | \bsafe\s(?:to\sgo\shome|tonight|from\s(?:yourself|himself|herself)) | \b(?:follow(?:ing)?|join(?:ing)?|be(?:ing)?\swith|go(?:ing)?\swith)\s(?:him|her|them)\b(?=\s?[?]) | \b(?:go(?:ing)?|carry(?:ing)?)\son\s(?:living|with\slife) | \b(?:make|made|making|had|have|thought\sof|got)\s(?:a\s|any\s)?(?:specific\s)?plans?\s(?:to\s(?:end|kill|die|take|act|hurt)|about\show|for\show)
        | \b(?:giving|given|give)\sup\s(?:on\s)?(?:life|living|altogether|entirely|everything) | \b(?:going|go)\sto\s(?:sleep|bed)\s(?:and\s)?(?:\w{{1,8}}\s){{0,2}}?(?:not|never)\s(?:waking|wake) | \b(?:wishing|wish|hoping|hope)\s(?:{_YOU}\s)?(?:\w{{1,8}}\s){{0,3}}?(?:dead|die|died|not\swake|wouldn't\swake|weren't\shere|disappear|gone) | \b(?:things|it|life|everything|everyone|they|people|family)\s(?:\w{{1,8}}\s){{0,3}}?better\s(?:off\s)?(?:if\s(?:{_YOU})\s(?:weren't|were\s(?:not|dead|gone)|wasn't|died)|without\s(?:you)) | \b(?:taking|take|took)\s(?:an?\s)?(?:over-?dose|too\smany)\b | \brather\s(?:be\sdead|not\s(?:be\s(?:here|alive)|wake|live)) | \b(?:morbid|passive)\s(?:thoughts|ideation) | \bwant(?:ed|ing)?\sto\s(?:die|be\sdead|end\s(?:it|things|your)|not\sbe)\b | \b(?:attempt(?:ed|s)?|tried)\s(?:to\s)?(?:end\syour|take\syour|suicide|kill|it\s(?:before|in\sthe\spast)) | \bi'm\sasking\sabout\ssuicide | \b(?:previous|past|prior|earlier|other|any)\s(?:suicide\s)?attempts\s(?:on|at\s(?:ending|taking|suicide)|to\s(?:end|take|kill))
        """,
    },
    "self_harm": {
        0: rf"""
          \b(?:are|were|is|was)\s(?:those|these|that|they)\s(?:\w{{1,8}}\s)?(?:burns?|cuts?|scars?|scratches|bite\smarks|self[-\s]inflicted|from\s(?:you|yourself|cutting|hurting)) | \b(?:did|do|was|have|had)\s(?:that|it|those|you|this)\s(?:\w{{1,8}}\s){{0,2}}?(?:do(?:ne|ing)?\s)?(?:it|that|those|them|this)?\s?(?:to\s)?(?:{_YOU})\s(?:do\s(?:it|that)\s)?yourself\b | \b(?:do|did|done)\s(?:it|that|this|those|them)\s(?:to\s)?yourself\b | \b(?:hurt|harm\w{{0,3}}|cut|burn\w{{0,3}}|injur\w{{0,3}}|do|done|did|caused?)\s(?:\w{{1,8}}\s){{0,3}}?(?:on\spurpose|deliberately|intentionally)\b | \b(?:hurt|harm|injur|cut|burn|punish)\w{{0,4}}\s(?:\w{{1,8}}\s)?(?:yourself|your\sbody|himself|herself) | \b(?:physically|deliberately|intentionally)\s(?:hurt|harm|injur|cut)\w{{0,4}} | \b(?:take|took|taking|taken)\s(?:it|that|things|your\s(?:anger|feelings))\sout\son\syourself | \bcope\sby\s(?:hurting|cutting|harming) | \burges?\sto\s(?:cut|self)
        """,
    },
    "harm_to_others": {
        0: rf"""
          \b(?:violence|aggression|anger)\s(?:from|by|on)\s(?:your\sside|you)\b | \b(?:pay|get|getting|paying)\s(?:him|her|them|people|someone)?\s?(?:back\sat|revenge|even|back)\b(?=[^.!?\n]{{0,30}}(?:him|her|them|someone|anyone|\?)) | \b(?:take|took|taken|taking)\s(?:it|that|your\s(?:anger|temper))\sout\son\s(?:him|her|them|any(?:one|body)|people|the\s\w{{2,10}}|your\s\w{{2,10}}) | \b(?:voices?|he|it)\s(?:\w{{1,8}}\s){{0,2}}?(?:tell|ask|command|order)\w{{0,3}}\syou\sto\s(?:\w{{1,8}}\s)?(?:hurt|harm|attack|kill|stab)\w{{0,3}}
        | \b(?:ever|you|have|been)\s(?:\w{{1,8}}\s){{0,2}}?(?:in\s(?:a\sfight|fights|trouble\sfor\s(?:fighting|violence|assault))|assaulted|attacked|threatened|raised\syour\shand|shaken|been\s(?:violent|rough))\s?(?:{_THE_OTHER})?\b(?!\sby) | \b(?:hurt|hurting|harm|harming|hit|hitting|kill|killing|attack|attacking|smack|smacking|shake|shaking|push|pushing|do\ssomething\sto)\s(?:your\s(?:\w{{1,8}}\s){{0,2}}?(?:partner|wife|husband|kids?|child(?:ren)?|baby|son|daughter|mum|mom|dad|mother|father|parents?|brother|sister|boss|manager|neighbours?|ex|stepdad|stepmum|colleagues?|family|girlfriend|boyfriend|gran\w{{0,7}}|friends?|teacher|nurse|carer|flatmate|housemate)|the\s(?:baby|children|kids|little\sone|staff|neighbours?)|him|her|them|any(?:one|body)|some(?:one|body)|others|people)\b(?!\sself) | \b(?:is|are)\s(?:the\s)?(?:baby|children|kids|he|she|they|others|people)\ssafe\s(?:with|around|from)\syou
        """,
    },
    "substance_use": {
        0: r"""
          \b(?:tablets|tablet|medicines?|medication|meds|pills|painkillers|sleeping\s(?:pills|tablets))\s(?:that\s)?(?:(?:aren't|weren't|not)\s(?:yours|prescribed|from\sus)|from\s(?:friends|the\sinternet|online|someone\selse)|than\s(?:you\sshould|prescribed|it\ssays|you're\smeant)) | \b(?:besides|other\sthan|apart\sfrom|on\stop\sof)\swhat\s(?:we|i|the\sdoctor|your\sdoctor|you're)\s(?:give|gave|prescri\w{1,5}|given) | \b(?:anything|something)\s(?:else\s)?(?:you\s(?:take|use)\s)?to\s(?:get\sto\ssleep|take\sthe\sedge|calm\s(?:you|your|down)|relax|unwind|get\s(?:through|by)|numb|help\s(?:you\s)?(?:sleep|cope|relax)) | \b(?:tipple|spliff|roll-?ups?|e-?cigs?|hard\sstuff|party\sdrugs|legal\shighs|legally\shigh|caffeine\sor\salcohol|alcoholic|take\sanything\srecreational|recreational|hangover|dependent\son|sober|your\slast\s(?:drink|cigarette|joint|fix)|been\sdrinking|been\susing)\b
        """,
    },
    "abuse": {
        0: r"""
          \bhow\s(?:did|do|does|were|was)\s(?:\w{1,8}\s){0,3}?(?:discipline|disciplined|punish|punished|treat|treated)\s(?P<addressed>you)\b | \b(?:he|she|they|any(?:one|body)|some(?:one|body)|partner|husband|wife|family|parents?|boyfriend|girlfriend)\s(?:\w{1,8}\s){0,3}?(?:let|lets|allow|allows|allowed|stop|stops|stopped|prevent|prevents)\s(?P<addressed2>you)\s(?:\w{1,6}\s)?(?:see|have|go|talk|leave|use|spend|work|eat|from|speak|choose|out) | \b(?:control|controls|controlling|look\safter|manage|manages|in\scharge\sof|hold|holds|handle|handles)\s(?:the|your|all\sthe)\s(?:money|finances|bank|card|phone|medication) | \b(?:were|been|are)\s(?P<addressed7>you)?\s?(?:ever\s)?(?:touched|kissed|groped|forced)\b | \bsay(?:ing)?\sno\sto\s(?:him|her|them)\b | \b(?:tak(?:es?|ing)|took|us(?:es?|ing)|spend\w{0,3}|steal\w{0,3})\s(?P<addressed8>your)\s(?:\w{1,8}\s)?(?:money|pension|card|benefits|savings|things) | \b(?:unwanted|inappropriate)\s(?:touch\w{0,3}|sexual|contact|attention) | \b(?:touched|approached|kissed|photographed)\s(?P<addressed3>you)\b(?=[^.!?\n]{0,40}(?:didn't|inappropriate|sexual|way|without|want|uncomfortable)) | \b(?:sexual(?:ly)?|physical(?:ly)?|emotional(?:ly)?|verbal(?:ly)?|domestic|childhood|financial(?:ly)?)\s(?:abus\w{1,4}|violen\w{1,3}|assault\w{0,3}|hurt|harm\w{0,3}|mistreat\w{0,4})
        | \b(?:who|anyone|anybody|someone|he|she|they)\s(?:\w{1,8}\s){0,2}?(?:makes?|making|made)\s(?P<addressed4>you)\s(?:\w{1,8}\s)?(?:afraid|scared|frightened|unsafe|uncomfortable|nervous|small|feel\s(?:afraid|scared|frightened|unsafe|small|worthless|uncomfortable)) | \b(?:he|she|they|any(?:one|body)|some(?:one|body)|partner|husband|wife|family|ex)\s(?:\w{1,8}\s){0,3}?(?:pressur\w{1,4}|exploit\w{0,4}|tak(?:e|ing)\sadvantage|isolat\w{1,4}|intimidat\w{1,4}|humiliat\w{1,4}|follow(?:ed|ing|s)|stalk\w{0,3}|insult\w{0,3})\s(?:of\s|on\s)?(?P<addressed5>you)\b(?!') | \b(?:feel|feeling|are|were|be|been)\s(?:\w{1,8}\s)?safe\s(?:growing\sup|as\sa\schild|in\s(?:your|that|the)\s\w{3,14}|with\s\w{2,12}|around\s\w{2,12}|there|when\she)\b | \b(?:are|were)\s(?P<addressed6>you)\s(?:\w{1,8}\s)?(?:frightened|scared|afraid|fearful|nervous)\s(?:of|around)\s(?:him|her|them|any\w{3,4}|some\w{3,4}|your\s\w{2,12}|going\shome)
        """,
    },
}

ASKED_ZH: Final[dict[str, dict[int, str]]] = {
    "suicide": {
        0: r"(?:动|有|起)过?(?:这个|那个|这种|那种)?(?:死|轻生|自杀|不好|消极|极端|不想活)的?(?:念头|心思|想法) | 消极(?:的)?(?:念头|想法|情绪) | (?:撑|熬|活|过|坚持)不下去 | (?:觉得|感到|感觉)[^。！？，]{0,6}(?:绝望|没有希望|活着累|生不如死|没意思) | (?:死|离开)(?:了)?(?:会|是不是|是否)?(?:更)?好 | 不(?:想|愿意?)(?:再)?(?:活|醒来|继续) | (?:结束|放弃)(?:自己的?)?(?:生命|一切|自己) | (?:喝(?:了)?农药|上吊|跳楼(?!价|大)|跳河|烧炭|投河|卧轨|割腕|吞药) | (?:自杀|轻生)(?:的)?(?:计划|打算|准备|尝试|行为|经历|史|未遂)",
    },
    "self_harm": {
        0: r"(?:弄伤|伤害|割伤|划伤|惩罚)(?:过)?(?:[你您])?自己 | (?:用|拿)(?:刀|东西)(?:割|划)自己 | (?:割|划|掐|烫|撞)(?:自己|手|腕|胳膊) | (?:还)?(?:在)?(?:割|划)(?:吗|了吗|自己) | 自[伤残](?:行为|想法|冲动)?",
    },
    "harm_to_others": {
        0: r"(?:想|要)?(?:报复|对付|教训|收拾)(?:谁|别人|他|她|什么人|人) | 打骂(?:孩子|过|老人) | (?:冲动)?(?:伤人|打人) | (?:跟|和|与)(?:人|别人|邻居|同事|家人)?(?:有|还有|发生)?(?:过)?(?:肢体)?冲突 | (?:打|伤害|弄伤)(?:过)?(?:孩子|老婆|老公|家人|父母|别人|人)(?:没有|吗)? | (?:对)(?:孩子|家人|别人)(?:动手|发火打)",
    },
    "substance_use": {
        0: r"喝(?:不喝|多少|什么|几[两瓶杯]|得多|点儿?酒) | 抽(?:不抽|多少|几[根包支]|得多) | 成瘾(?:的)?(?:东西|物质|药物) | (?:私自|自己|额外)(?:加|吃|买)(?:过)?药 | 按(?:医嘱|量|时)吃药 | 药物?(?:依赖|滥用) | (?:酒|烟)(?:量|瘾|龄|都来)",
    },
    "abuse": {
        0: r"(?:怕|害怕)(?:不怕)?(?:他|她|谁|家里|回家) | (?:他|她|老公|老婆|丈夫|妻子|对象|爸妈|父母|家里人?)(?:对[你您])(?:好不好|好吗|怎么样|怎样)(?=$^) | (?:被)(?:人)?(?:侵犯|侵害|打|骂|欺负|控制|强迫|骚扰)过?(?:吗|没有)? | (?:小时候|从小)[^。！？]{0,10}(?:怎么管|打|骂|管教|体罚) | 让[你您](?:害怕|不安|难受|紧张) | (?:拿|花|管|控制|占|骗|动)[^。！？，]{0,3}[你您]的?钱 | (?:性骚扰|骚扰|猥亵) | (?:管着|控制|限制)[^。！？，]{0,4}(?:钱|自由|出门|交友) | (?:强迫|逼)[你您](?:做|干|发生) | 动手的?(?:情况|时候|事)",
    },
}

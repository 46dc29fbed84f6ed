"""How people answer questions about danger, in English and Chinese: the patterns that `risk_answers` reads by."""

from __future__ import annotations

import re
from typing import Final

LEAD: Final = re.compile(
    r"^(?:(?:um+|uh+|er+m?|hm+|mm+|well|oh|so|like|i\s+mean|honestly|to\s+be\s+honest|look|okay|ok|ah+|(?:good|dear|oh|my)\s+(?:lord|god|grief|heavens|gosh)|goodness(?:\s+me)?|god|right|uh-?huh|mm-?hm+|you\s+know|gosh|wow|er|sorry|hey"
    r"|嗯+|呃+|额+|哦+|啊+|唉|哎|这个|那个|其实|说实话|老实说|怎么说呢|就是)(?![a-z])[,.\s!…，。、-]*){1,6}",
    re.IGNORECASE,
)
SENTENCES_READ: Final = 4
HEDGE: Final = re.compile(
    r"^(?:no[,.\s]+)?(?:i\s+)?(?:(?:do\s+not|don'?t|dunno)\s+(?:really\s+)?(?:know|want\s+to\s+(?:talk|say|answer|discuss|go)|think\s+so|feel\s+like\s+(?:talking|answering)|remember|recall|like\s+(?:that|talking)|see\s+(?:how|why))|dunno)"
    r"|^(?:i\s+)?(?:guess|suppose|maybe|perhaps|possibly|probably|might|it\s+depends|depends|(?:it's\s+)?(?:hard|difficult|tricky)\s+to\s+(?:say|tell|know|answer)|not\s+sure|i'?m\s+not\s+sure|unsure|can'?t\s+(?:say|answer|remember)|couldn't\s+say|kind\s+of|sort\s+of|kinda|sorta)\b(?!,?\s+(?:yes|yeah|i\s+do|i\s+have|a\s+(?:few|couple)|once|twice|two|three|four))"
    r"|^i\s+(?:guess|suppose|might)\b|^(?:well\s+)?not\s+(?:really|exactly|as\s+such|so\s+much|seriously|like\s+that|in\s+(?:that|so)|that\s+i|particularly|quite|necessarily|actively|right\s+now|at\s+the\s+moment|today|currently|per\s+se|properly)\b"
    r"|^(?:(?:i\s+(?:think|mean)|doesn't|don't|isn't)\s+)?(?:every(?:one|body)|most\s+people|who\s+(?:doesn't|hasn't|wouldn't|does|ever|isn't|has)|no\s+more\s+than)\b|^(?:isn't|aren't|doesn't)\s+(?:that|every)"
    r"|^no\s+(?:idea|comment|more\s+than)\b|^why\b|^what\s+(?:do\s+you\s+mean|kind|sort|counts|does)|^i'?d\s+(?:rather|prefer)\s+not|^(?:can|could)\s+we\b|^next\s+question|^that'?s\s+(?:private|personal|a\s+(?:big|hard|tough))|^pass\b|^do\s+(?:i|we)\s+have\s+to|^i'?m\s+not\s+(?:comfortable|going\s+to\s+answer)"
    r"|^(?:没(?:那个|这个)?(?:胆|勇气)|没那么(?:严重|厉害|多|夸张)|没到那(?:个|种)?(?:程度|地步)|还?不到那|说不清|不知道|不好说|不太|不想(?:说|谈|聊|回答)|谁没|谁不|谁都|大家都|每个人|人人|人都|可能|也许|或许|大概|算是?吧|不算|应该|好像|还好|还行|一般|说不上|没怎么|不怎么|怎么(?:了|会问|这么问)|为什么|你(?:为什么|指)|什么意思|不确定|看情况|这个问题|能不能不|可以不)",
    re.IGNORECASE,
)
OVER: Final = re.compile(
    r"^(?:no[,.\s]+)?not\s+(?:a|one|even\s+a)\s+(?:\w{1,9}\s+)?(?:since|for\s+(?:\w{1,9}\s+){1,3}(?:years|months|weeks|days)|in\s+(?:\w{1,9}\s+){1,3}(?:years|months|weeks|days))\b|"
    r"^(?:(?:no|nope|yes|yeah|yep)[,.\s]+(?:but\s+|well\s+)?)?(?:i\s+(?:definitely\s+|certainly\s+)?used\s+to\b(?!\s+(?:think|worry|wonder|feel\s+like)\s+(?:that\s+)?i\s+(?:might|would|could))|not\s+(?:any\s?more|lately|recently|now|in\s+(?:years|months|ages|a\s+(?:long\s+)?(?:while|time))|(?:for|in)\s+(?:\w+\s+){0,3}(?:years|months|ages|a\s+(?:long\s+|good\s+)?(?:while|time))|since\b)|i\s+(?:\w+\s+)?(?:quit|stopped|gave\s+(?:it\s+)?up)\b"
    r"|(?:a\s+)?long\s+time\s+ago|(?:many\s+|some\s+|a\s+few\s+|\w+\s+)?(?:years|months)\s+ago\b|(?:only\s+)?(?:when\s+i\s+was|as\s+a\s+(?:kid|child|teen))|in\s+the\s+past|i\s+did\b(?!n)|i\s+have\s+in\s+the\s+past|i'?ve\s+been\s+(?:sober|clean|dry|off\s+(?:it|them|the)|abstinent|smoke-?free|in\s+recovery)|i'?m\s+(?:\w+\s+){0,4}(?:sober|clean|dry|in\s+recovery)\b|not\s+since)"
    r"|^(?:没有?了?|不|有)?[，。,\s]*(?:(?:但是?|不过|可是)?(?:我)?(?:以前|曾经|过去|小时候|年轻的?时候?|[^，。]{0,6}年前|[初高]中|之前)[^，。]{0,12}(?:有|想|喝|抽|吸|过|做|试|会)|(?:最近|已经)+没有?了|现在(?:已经)?(?:没有?了?|不[^，。]{0,3})了|已经(?:戒|不)|早就(?:不|戒)|戒了|不再|好久没|很久没|没再)",
    re.IGNORECASE,
)
NO: Final = re.compile(
    r"^(?:yeah|oh|yes)?,?\s*(?:no|nope|nah|naw|nuh[-\s]uh|never|none|nothing|neither|negative|denied|nil)\b(?!\s+(?:more|less|idea|longer\s+than|doubt|matter))"
    r"|^(?:absolutely|definitely|certainly|of\s+course|obviously|thankfully|hell|heavens|goodness|christ|lord|honestly|thank\s+god)?,?\s*(?:not(?!\s+(?:really|sure|only|just))|no)\b(?=\s*(?:[.,!?;]|$|at\s+all|ever|once|one\b|me\b|even|a\s+(?:drop|thing|single|chance)|in\s+(?:my\s+life|a\s+million|the\s+slightest)|remotely|for\s+(?:me|a\s+(?:second|moment))|anything|any\b|way|yet))"
    r"|^i\s+(?:really\s+|honestly\s+|absolutely\s+|definitely\s+)?(?:do\s+not|don'?t|have\s+not|haven'?t|am\s+not|did\s+not|didn'?t|would\s+not|wouldn'?t|have\s+never|never|could\s+never|couldn'?t|would\s+never)(?=\s*(?:[.,!?;]|$|at\s+all|ever\b|either|have\s+(?:any|those|thoughts|that|them)|do\s+(?:any|that|those|either|drugs)|use|touch|think\s+(?:about\s+|like\s+)?(?:that|those|it)|had\s+(?:any|those|thoughts|that)|thought\s+(?:of|about)|done\s+(?:that|anything)|been\s+(?:thinking|having)|any|want\s+to\s+(?:hurt|harm|die|kill)|feel\s+(?:that\s+way|like\s+(?:that|hurting|harming))|do\s+(?:anything|something)\s+like|go\s+there|even))"
    r"|^i'?(?:m\s+not|d\s+never|ve\s+never|d\s+not|ve\s+not)\b(?!\s+(?:sure|going\s+to\s+(?:lie|pretend|answer)|comfortable|told|said|talked|been\s+asked|able))|^(?:he|she|they)(?:'s|'d|'ve|\s+has|\s+have|\s+would)?\s+never\s+(?:\w+\s+)?(?:laid|hit|hurt|done|touched|been|raised|threatened|do|hurts?|hits?)\b|^(?:he|she|they)\s+(?:doesn'?t|hasn'?t|didn'?t|wouldn'?t|don'?t|haven'?t)(?=\s*(?:[.,!?]|$))|^[^.!?]{1,40},\s*(?:so\s+|then\s+)?no\W*$|^i\s+never\b|^nobody\b|^no\s?one\b|^everything'?s\s+(?:fine|good)\s+at\s+home"
    r"|^(?:just|only)\s+(?:(?:a\s+)?(?:bit\s+of\s+|some\s+|cups?\s+of\s+|my\s+)?(?:coffee|tea|water|juice|soda|coke\s+zero|soft\s+drinks|squash|energy\s+drinks|milk|what(?:'s|\s+is|\s+i'm|\s+the\s+doctor|\s+my\s+doctor|\s+you)?\s+(?:\w{1,9}\s+){0,4}?(?:prescri\w{1,7}|gave|give[ns]?(?:\s+me)?)|my\s+(?:\w{1,14}\s+){0,2}?(?:meds|medication|tablets|prescription|inhaler|antidepressants?|sertraline|pill|hrt|vitamins|insulin|statins?)|(?:my|the)\s+(?:prescribed\s+)?(?:meds|medication|prescriptions?)|prescribed\b|paracetamol|vitamins))\b|^\#{4,}|^(?:i'?m\s+)?(?:a\s+)?(?:teetotal|non-?smoker|non-?drinker)"
    r"|^(?:我|绝对|完全|从来|真的|一点|肯定|当然|都|也|现在|目前|最近)*(?:没有?|没|不|从未|从没|从不|未曾|否认|无)(?:有)?(?=[，。！,.!?？\s]|$|过|的|想过|这|那|做过|任何|什么|人|会|喝|抽|吸|碰|用|沾|可能|至于|敢|是|没|啊|呀|呢|啦|诶|哦|考虑|伤害|打)(?!是不|是没|过瘾)|^(?:怎么可能|哪有|不存在|没这回事|滴酒不沾|烟酒不沾|都不)",
    re.IGNORECASE,
)
FREQUENCY_TAIL: Final = r"(?=\s*(?:[.,!;…-]|$|i\s+(?:do|think|have|get|wish|want|will|drink|smoke)|when|at\b|it\b|they\b|yeah|yes|but|on\b|in\b|with|after|though|if|a\s+(?:week|month|year|day)|or|for|per))"
YES: Final = re.compile(
    r"^(?:yes|yeah|yep|yup|yea|ya|yah|aye|affirmative|correct|definitely|absolutely|of\s+course|sure|true|that'?s\s+(?:right|true|correct)|all\s+the\s+time|constantly|(?:on\s+and\s+off|off\s+and\s+on)|i'?d\s+be\s+(?:lying|a\s+liar)\s+if\s+i\s+said\s+(?:no|never|otherwise|it\s+\w{2,6}n'?t|that\s+\w{2,6}n'?t|i\s+(?:didn|hadn|wasn|haven|don)'?t)|(?:i\s+)?(?:can'?t|won'?t|wouldn'?t|couldn'?t)\s+(?:say\s+no|deny|lie)|it\s+has|i\s+have(?!\s+(?:not|never|no|to|a\s+(?:job|dog|lot\s+on|question)))|i\s+do(?!\s+not|n)|i\s+am(?!\s+not)|i\s+did(?!\s+not|n)|he\s+(?:does|has|did|is)(?!n|\s+not)|she\s+(?:does|has|did|is)(?!n|\s+not)|they\s+(?:do|have|did)(?!n|\s+not)|it\s+(?:does|has|did))\b"
    rf"|^(?:maybe\s+|only\s+|just\s+|probably\s+|perhaps\s+|about\s+)?(?:sometimes|occasionally|often|once|twice|now\s+and\s+(?:then|again)|once\s+or\s+twice|from\s+time\s+to\s+time|here\s+and\s+there|a\s+(?:bit|little)|a\s+(?:few|couple(?:\s+of)?)(?:\s+times)?|every\s+(?:day|night|now\s+and\s+then|so\s+often|week|weekend|evening|morning|single\s+day)|most\s+(?:days|nights|weekends|evenings)|some\s+(?:days|nights)|lately|recently|too\s+much|quite\s+a\s+(?:lot|bit)|a\s+lot|more\s+than\s+i\s+(?:should|used|would)|daily|weekly|socially|rarely|here\s+and\s+there|at\s+(?:weekends|parties|christmas|night)|on\s+(?:weekends|the\s+weekends?|occasion|fridays?|saturdays?|special\s+\w+|holidays|birthdays)|the\s+odd\s+\w+|last\s+(?:night|week|month)|this\s+(?:week|morning)){FREQUENCY_TAIL}"
    r"|^(?:maybe|about|around|only|just|probably|roughly|like|i'?d\s+say|say|between|up\s+to)?\s*(?:a|an|one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty|half|\d{1,3}|a\s+couple(?:\s+of)?|a\s+few|a\s+pack)(?:\s+(?:or|to|and)\s+\w{1,6})?\s+(?:\w{1,12}\s+){0,2}?(?:drinks?|glass(?:es)?|beers?|bottles?|cans?|pints?|times?|cigarettes?|packs?|units?|shots?|joints?|a\s+(?:day|night|week)|cigs?|puffs?|wines?)\b"
    r"|^(?:probably\s+|maybe\s+|about\s+)?(?:yesterday|last\s+(?:night|week|weekend|month)|this\s+morning|today|(?:\w+\s+){1,3}(?:days?|weeks?|hours?)\s+ago)\b"
    r"|^[^.!?]{1,40},\s*(?:yes|yeah|yep)\s*(?:[.!]|$)"
    r"|^(?:it'?s|it\s+has|the\s+thought(?:'s|\s+has)?|that'?s)\s+(?:\w+\s+)?(?:crossed|been\s+on|there|come|always\s+there|gone\s+through)|^(?:it|they|the\s+thoughts?)\s+(?:\w+\s+)?(?:cross(?:es)?|comes?|pop|there|happens?|creeps?)\b|^i(?:'ve|\s+have)?\s+(?:\w+\s+)?(?:thought|think|wondered|considered|had|have|get)\s+(?:about\s+(?:it|that|doing|ending)|it|that|of\s+it|them|those|thoughts|those\s+thoughts|moments)\b"
    r"|^(?:嗯+[，,]?)?(?:有(?!没有|点(?:累|烦|困)|什么|时候我)|是的?(?=[，。！\s啊]|$)|对(?=[，。！啊的\s]|$)|会(?=[，。！的啊]|$|有|想)|想过|考虑过|昨天|昨晚|前天|上周|[^，。没不]{0,8}(?:的时候|时|才|也会|就会)(?:会)?[喝抽吸]|偶尔|有时|经常|常常|总是|一直|每天|天天|几乎|每周|每晚|一天|一周|喝(?!水|茶)|抽|吸|试过|做过|也?有想过|也想过|确实|嗯对|当然有|有过|很少|只是偶尔|只有|差不多每天|[一二两三四五六七八九十半几\d]{1,3}[杯瓶根包支次两])",
    re.IGNORECASE,
)
YES_AFTER_ALL: Final = re.compile(
    r"(?:\bwell|\bbut|\bjust|\bonly|\bexcept|\bmaybe|\bi\s+mean|\bor|\bactually)[,\s]+(?:\w{1,8}\s+){0,2}?(?:sometimes|occasionally|once|now\s+and\s+(?:then|again)|a\s+(?:little|bit|few\s+times)|socially|at\s+(?:weekends|parties)|on\s+(?:weekends|special)|the\s+odd|yes\b|yeah\b|i\s+(?:do|have)\b(?!\s*n)|i(?:'ve|\s+have)?\s+(?:thought|think)\s+about\s+(?:it|that))"
    r"|\bbut[,\s]+(?:i\s+|i've\s+|i\s+have\s+|i\s+do\s+|i\s+did\s+)?(?:\w{1,9}\s+){0,2}?(?:want(?:ed)?\s+to|thought\s+(?:about|of)|think\s+(?:about|of)|wish(?:ed)?|come\s+close|came\s+close|been\s+tempted|wondered|considered|nearly|almost|get\s+(?:the\s+)?(?:thoughts|urges)|had\s+(?:the\s+)?(?:thoughts|urges))\b(?![^.!?]{0,12}\b(?:live|get\s+better|be\s+well))"
    r"|\bit'?s?\s+(?:has\s+)?crosse[sd]\s+my\s+mind|[，](?:烟|酒|白的|啤的|毒)[^，。没不]{0,3}(?:抽|喝|有|来|吸|沾)|(?:但|不过|可是?|就是|只是|除了|，)[^，。没不]{0,5}(?:想法|念头)(?:是|倒|还)?有|(?:但|不过|可是|就是|只是|除了)[^，。]{0,8}(?:偶尔|有时|有过|想过|有一次|喝一?点|会有)",
    re.IGNORECASE,
)
OVER_AFTER_ALL: Final = re.compile(
    r"\b(?:the\s+)?last\s+(?:time|one)\s+(?:was|i)\b|[,.;]\s*(?:i|i've)\s+(?:\w+\s+)?(?:stopped|quit|gave\s+(?:it\s+|them\s+)?up|packed\s+it\s+in|came\s+off)\b|\bi\s+used\s+to\b(?!\s+(?:live|work|be\s+(?:fine|happy)))|\b(?:but|although|though|i\s+mean)[,\s]+(?:i\s+(?:did|have)\s+(?:when|in\s+the\s+past|as\s+a|once|before|years)|in\s+the\s+past|years\s+ago|when\s+i\s+was)"
    r"|(?:但是?|不过|可是)[^，。]{0,3}(?:以前|曾经|过去|小时候|[初高]中|大学)[^，。]{0,8}(?:有|想|试|做|割|喝|抽)|上一?次(?:是|还是)",
    re.IGNORECASE,
)
NO_AFTER_HEDGE: Final = re.compile(
    r"^(?:我|嗯|真的|真){0,4}[一半两](?:次|回|点|口|根|滴|个|样|件|天)(?:儿)?(?:都|也)(?:没|不)|"
    r"^(?:absolutely|definitely|certainly|of\s+course|obviously|sure|god)\s*,?\s+(?:none|no\b|not\b|nothing|never)(?!\s+(?:doubt|sure|idea|just|only))|^(?:that's\s+(?:right|correct|true)|right|yes|yeah|correct|(?:he|she|they)(?:'s|'ve|\s+has|\s+have)?(?:\s+had|\s+got)?),?\s+(?:no\b|none\b|never\b|nothing\b|neither\b)(?!\s+(?:doubt|more|idea|wonder))|"
    r"^(?:no[,.\s]+)?(?:i\s+)?(?:not\s+really|don'?t\s+think\s+so|guess\s+not|not\s+that\s+i\s+\w+(?:\s+of)?)[,.\s]+(?:no|never|not\s+at\s+all|nope)\b"
    r"|^(?:应该|好像|大概)[^，。]{0,3}[，。](?:没有|真没有|没)",
    re.IGNORECASE,
)
YES_AFTER_HEDGE: Final = re.compile(
    r"^like\s+a\s+(?:chimney|fish|trooper|trouper|train)\b|"
    r"^(?:they|it|the\s+(?:thoughts?|urges?))\s+(?:never|don't|doesn't|hasn't|haven't|won't|didn't)\s+(?:\w{1,9}\s+){0,2}?(?:leaves?|left|stop(?:ped|s)?|go(?:es|ne)?|ends?|let\s+up|quit|quieten|switch)\b|^not\s+(?:(?:all\s+)?that\s+|very\s+|too\s+|so\s+)?(?:often|regularly|frequently|every\s+(?:day|night|week)|daily|a\s+lot|heavily|to\s+excess)\b|"
    r"^(?:咋|怎么|哪)(?:能|会|可能)*(?:没|不)(?:有|想|会)|"
    r"^(?:i\s+(?:guess|suppose)|maybe|kind\s+of|sort\s+of|probably|kinda|sorta|not\s+really|i\s+mean|i\s+don'?t\s+know)[,.\s…]+(?:so\s+)?(?:yes|yeah|yep|i\s+do|i\s+have|i\s+think\s+about\s+it|sometimes|just\s+(?:socially|at|on|when|a)|only\s+(?:socially|at|on|when)|(?:just\s+)?a\s+(?:glass|beer|couple|few))\b"
    r"|^(?:可能|也许|应该|大概|不知道|还好|不太|不怎么)[^。]{0,8}[，。](?:有|想过|偶尔|有时|会有)",
    re.IGNORECASE,
)
AFFIRMS_THE_NEGATIVE: Final = re.compile(
    r"^(?:right|correct|exactly|that'?s\s+(?:right|correct|true)|对|是的?|嗯[，,]?对)(?=[\s.,!，。啊]|$)",
    re.IGNORECASE,
)
OPENS_WITH_YES: Final = re.compile(r"^(?:yes|yeah|yep|yup|yea|嗯|是)\b", re.IGNORECASE)
BARE_YES: Final = re.compile(r"^(?:yes|yeah|yep|yup|yea)(?:[.,!\s]*)$", re.IGNORECASE)

_PEOPLE: Final = r"(?:he|she|they|we|it)"
_UNIT: Final = r"(?:seconds?|minutes?|hours?|days?|nights?|weeks?|months?|years?|times?|decades?)"
_NUMBER: Final = r"(?:a|an|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty|\d{1,3}|several|many|a\s+few|a\s+couple(?:\s+of)?|some|loads\s+of|lots\s+of)"

PLAIN_NO: Final = re.compile(r"^(?:no+|nope|nah|never|none)\s*[.!]|^(?:没有|没|不)[。！]", re.IGNORECASE)
"""A no that stands alone: what follows it does not take it back."""
DODGE: Final = re.compile(
    r"\b(?:what\s+(?:do|did|are)\s+you\s+(?:mean|getting\s+at)|what\s+(?:even\s+)?counts|define\s+\w+|depends\s+(?:what|how|on|who|which|if)|(?:it|that|he|she)(?:'s|\s+is)\s+(?:\w{1,9}\s+)?complicated|(?:don't|do\s+not|didn't)\s+want\s+to\s+(?:get\s+into|talk\s+about|go\s+(?:there|into)|say|discuss|answer|think\s+about)|(?:rather|prefer)\s+not|can\s+we\s+(?:please\s+)?(?:not|skip|leave|move|talk\s+about|change|do\s+this)|not\s+(?:talking\s+about|going\s+there|getting\s+into|discussing|answering|something\s+i)|none\s+of\s+(?:your|anyone)|no\s+comment|how\s+is\s+that\s+relevant|why\s+(?:do|are|would)\s+you\s+ask\w{0,3}|have\s+to\s+think\s+about\s+that|wouldn't\s+(?:go\s+that\s+far|put\s+it|call\s+it|say\s+that)|let's\s+(?:not|talk\s+about\s+something|leave)|i\s+plead|pass\s+on\s+that)\b"
    r"|什么意思|怎么(?:算|才算)|看你怎么|不想(?:说|谈|聊|提)|别问|不方便说|换个(?:话题|问题)|能不能不|算了|不说了|咱们?(?:还是)?(?:说|聊|谈)|说说(?:别的|药)|难说|说不好|怎么说呢[。，]?$|你(?:去)?问(?:他|她|警察|我妈)",
    re.IGNORECASE,
)
"""Turns the question away, wherever it stands in the reply."""
SILENCE: Final = re.compile(r"^\W*[\[(（*【][^\])）*】]{1,60}[\])）*】]\W*$|^[\s.…·,，。-]*$")
"""Only a gesture or a pause is written down."""
OVER_TOO: Final = re.compile(
    rf"^(?:(?:no|yes|yeah|well|um+|oh|god|honestly)[,.\s]+){{0,2}}(?:(?:{_PEOPLE}|that|those|the\s+thoughts?|all\s+that)(?:'ve|'s|\s+have|\s+has|\s+had|\s+all|\s+just|\s+mostly|\s+pretty\s+much){{0,2}}\s+(?:gone|stopped|went\s+away|faded|passed|eased\s+off|disappeared|cleared\s+up|died\s+down|over\s+now|behind\s+me)|not\s+a\s+(?:drop|drink|one|puff|single|sip|thing|touch)\s+(?:\w{{1,9}}\s+)?(?:since|in\s+(?:\w{{1,9}}\s+){{0,2}}{_UNIT}|for)|not\s+(?:these\s+days|since|for\s+\w+|in\s+\w+\s+{_UNIT}|any\s?more)|(?:i\s+)?(?:haven't|not)\s+(?:\w{{1,9}}\s+){{0,3}}?(?:in|for|since)\s+(?:\w{{1,9}}\s+){{0,3}}?(?:{_UNIT}|a\s+while|ages|then|\w{{3,9}}day|january|february|march|april|may|june|july|august|september|october|november|december|christmas)"
    rf"|(?:it's|its|it\s+has)\s+been\s+(?:\w{{1,9}}\s+){{1,3}}{_UNIT}|(?:\w{{1,9}}\s+){{1,3}}{_UNIT}\s+(?:clean|sober|free|dry|since|off)|back\s+(?:in|when|then|at)|(?:many\s+)?years\s+(?:back|ago)|in\s+(?:my\s+(?:teens|twenties|thirties|youth|wild|younger)|the\s+(?:early|past|old|nineties|eighties))|as\s+a\s+(?:teenager|kid|child|young\s+\w+|student)|when\s+i\s+was\s+(?:a|an|at|in|about|around|younger|\d|\w+teen)|(?:i\s+)?(?:did|have)\s+(?:in\s+the\s+past|before|when|years|once|back|as\s+a)|in\s+the\s+past|previously|i(?:'ve|\s+have)?\s+(?:\w{{1,9}}\s+)?(?:packed\s+(?:it|them)\s+in|knocked\s+it\s+on|jacked\s+it|kicked\s+(?:it|the)|chucked\s+it|weaned|came\s+off|come\s+off|cut\s+(?:right\s+|way\s+)?(?:back|down|out))|i\s+(?:was|had|did)\s+(?:once|before|years|back|for\s+a\s+(?:while|bit|time))|used\s+to\b)"
    r"|^[^，。不没]{0,10}(?:那年|那时候?|那阵子?|那会儿?|那段时间|年前|以前|之前|小时候|年轻时|上学时|[初高]中|大学)[^，。不没]{0,6}(?:有|想|喝|抽|割|打|吸|试|做)(?:过|的)?|^(?:早|已经|后来)(?:就|都)?(?:不|没|戒)|^(?:戒|停|断|忍住)了|^(?:有|想|喝|抽|割)过[^。]{0,6}(?:后来|现在)[^。]{0,3}(?:没|不|好)",
    re.IGNORECASE,
)
NO_TOO: Final = re.compile(
    r"^(?:(?:god|heck|hell|gosh|blimey|crikey|lord|christ|heavens|jesus|oh|ha+|oof|honestly|hand\s+on\s+heart|touch\s+wood|luckily|thankfully|fortunately|to\s+be\s+fair|well|that's\s+right|right|yes|yeah|correct|me|us)[,.!\s]+){0,3}(?:no(?:pe)?\b(?!\s+(?:more|less|idea|doubt|matter|longer))|nah|naw|nae|nowt|nuffin|nothing\b(?!\s+(?:much|major|serious|too|big|heavy|crazy|recent|bad))|nil\b|zero|zilch|none\b(?!\s+of\s+your)|neither|never\b|nobody|no\s?one|nowhere|not\s+(?:a\s+(?:one|drop|bit|sausage|chance|single|thing|soul)|me\b|likely|in\s+(?:a\s+million|my\s+life)|on\s+your\s+(?:life|nelly)|once|even|ever\b|at\s+all|that\s+i\s+(?:know|recall|can\s+think)|any(?:one|body|thing)?\b|either|us|my\s+(?:thing|scene|style|cup)|for\s+me|one)|(?:of\s+|'?)course\s+not|certainly\s+not|absolutely\s+not|definitely\s+not|no\s+(?:way|chance|fear|to\s+(?:all|both|everything|the\s+lot))|can't\s+say\s+(?:that\s+)?i\s+(?:have|do|did|ever)|perish\s+the\s+thought|(?:i\s+)?haven't\s+(?:got\s+)?the\s+(?:stomach|nerve|guts)|(?:i\s+)?never\s+saw\s+the\s+point|(?:i\s+)?couldn't\s+(?:do|bring)|(?:all|five|four|three)\s+no(?:e?s|'s)?|it's\s+(?:a|all)\s+no|the\s+opposite|quite\s+the\s+opposite)"
    r"|^(?:(?:well|oh|honestly|no|um+|me|actually|look)[,.\s]+){0,3}i(?:'m|\s+am)\s+(?:not\s+(?:that|a\s+(?:drinker|smoker|violent|fighter)|the\s+(?:type|sort|kind)|like\s+that|suicidal|violent|into|thinking|having|planning|one)|(?:a\s+)?(?:teetotal\w{0,3}|t-?total|pacifist|lifelong\s+non\S*|allergic|non\S?(?:drinker|smoker)))"
    r"|^(?:(?:well|oh|honestly|no|um+|me|actually|look)[,.\s]+){0,3}(?:i\s+)?(?:(?:really|honestly|absolutely)\s+)?(?:don't|do\s+not|didn't|haven't|have\s+not|wouldn't|would\s+not|couldn't|never)\s+(?:touch|bother|partake|go\s+near|drink\b(?!\s+(?:much|a\s+lot|that|too|often|every|heavily))|smoke\b(?!\s+(?:much|a\s+lot|that|too|often|every))|use|vape|do\s+(?:any|that|drugs|those)|have\s+(?:any|thoughts|those)|had\s+(?:any|thoughts|those)|dream\s+of|hurt\s+(?:a\s+fly|any|my|him|her)|raised?\s+(?:a\s+hand|my|his|her)|lay|laid|want\s+to\s+(?:die|hurt|harm|kill)|think\s+(?:about|of|like)\s+(?:that|it|dying|those|killing|hurting)|felt\s+(?:like\s+that|that)|done\s+(?:that|any|it)|tried\s+(?:it|any|that)|been\s+(?:hit|hurt|in|there|one|a|like)|ever|be\s+able)"
    r"|^(?:he|she|they)(?:'s|'d|'ve)?\s+(?:\w{1,9}\s+)?(?:never|not\s+(?:like|that|violent)|n't|wouldn't|doesn't|hasn't|didn't|isn't|don't|haven't|aren't|weren't)\b(?!\s+(?:mean|always|usually|a\s+bad|so\s+bad|that\s+bad|really|know))|\b(?:wouldn't\s+hurt\s+a\s+fly|good\s+as\s+gold|doesn't\s+agree\s+with\s+me|(?:can't|couldn't)\s+stand\s+the\s+(?:taste|stuff|smell)|safe\s+as\s+houses|gentle\s+as\s+a\s+lamb|never\s+been\s+(?:my\s+thing|one\s+for)|not\s+a\s+(?:drinker|smoker))\b"
    r"|^(?:嗯|哦|啊|唉|哎呀?|这个?|那个?|您|你|放心|大夫|医生|怎么会|我|可|[，。！,\s]){0,5}(?:没(?:有)?(?:这|那|干|过|的|啊|呀|，|。|！|没|吧|想|碰|沾|试|做|喝|抽|吸|用|打|动|遇|经|挨|受|被|人|啥|什么|任何|$)|哪(?:能|会|有|敢|里会)|不(?:可能|会|沾|碰|喝|抽|吸|是|敢|至于|想死|想(?!说|谈|聊|提|回|活)|打|怕|用|曾)|想都没(?:有)?想|想(?:那|这)(?:个|些)?(?:干|做)(?:啥|什么|嘛)|碰都没|一(?:点|次|口|滴|根|回|样|个)(?:儿)?(?:都|也)?(?:没|不)|滴酒不沾|(?:[^，。]{0,4}从(?:来)?(?:不|没|未))|不能够?(?=[，。]|$)|惜命|我?怕死|(?:两|几|三|四|五|哪)(?:个|样|种|项)?(?:都|全|也)?没|(?:烟|酒|烟酒|毒品?|药|这些|那些|五样|几样|全|两样)[^，。]{0,4}(?:都|也)?(?:不|没)|我?(?:对)?(?:酒精)?过敏|都(?:没|不)|全(?:没|都没)|也(?:没|不)|绝对(?:没|不)|那倒(?:没|不)|死倒?没|舍不得|无(?:，|。|$)|否|(?:他|她|我?老公|我?老婆|我?爱人|家里人?)[^，。]{0,4}(?:不|没|从来|对我(?:挺|很|特别|可)?好|脾气(?:挺|很)?好)|(?:我)(?:怎么会|怎么可能|哪|从|没|不)|自己(?:没|从))(?!是没|是不|是没有|想活|太好|好说|想说|知道|少)",
    re.IGNORECASE,
)
YES_TOO: Final = re.compile(
    r"^(?:(?:well|oh|god|um+|honestly|look|sadly|unfortunately|to\s+be\s+honest|if\s+i'm\s+(?:honest|being\s+honest)|i\s+won't\s+lie|not\s+gonna\s+lie|ngl|i\s+mean|so|okay|the\s+truth\s+is)[,.…\s]+){0,3}(?:(?:i\s+)?(?:wouldn't|can't|couldn't)\s+(?:\w{1,9}\s+)?say\s+(?:no(?!\s?w)|none|never|not|i\s+(?:haven't|don't|never))|still\b(?!\s+(?:not|no|nothing|none|don't|haven't))|(?:they|it|those|he|she)(?:'re|'s|\s+are|\s+is|\s+do|\s+does)\s+still|(?:a\s+|some\s+|part|bit)?(?:part|bit|piece|half)\s+of\s+me\b|i\s+(?:was|am|had|would|will)(?=\s*(?:[.,!]|$))|like\s+a\s+(?:chimney|fish|trooper|trouper|train)|not\s+\w+ing[.,]\s*(?:just\s+)?(?:think|wonder|wish)\w*|i'm\s+afraid\s+(?:so|i\s+(?:have|do|did|am))|guilty|more\s+(?:than\s+(?:once|i|a\s+few)|often\s+than|or\s+less|times)|plenty|loads|too\s+(?:often|many|much)|(?:only|just|mostly|mainly|usually|generally|normally|typically|especially|particularly|at\s+least)\s+(?:when|if|at|on|with|after|once|ever|in|the|a|my|before|late|if|every|to|because|since|during|recently|lately|one|two|three|four|socially)"
    r"|when(?:ever)?\s+(?:i|it|he|she|things|they|the|my|we|there's|everything)\b|most\s+of\s+the\s+time|near(?:ly)?\s+(?:enough|every|always|all)|pretty\s+much|you\s+(?:could|might)\s+say|i\s+suppose\s+(?:you\s+could|i\s+(?:do|have|did))|it\s+(?:does|has|did|happens|comes\s+back|is|gets\s+to|got\s+to)(?!n't|\s+(?:not|n't|depend))|a\s+(?:lot|fair\s+bit|good\s+few|tiny\s+bit)|quite\s+(?:often|regularly|a\s+few)|regularly|frequently|constantly|daily|nightly|religiously|off\s+and\s+on|on\s+and\s+off|now\s+and\s+then|on\s+occasion|every\s+(?:time|chance|few|other|bloody|single|morning|hour)|all\s+(?:the\s+time|day|my\s+life|of\s+(?:them|it|the\s+above))|(?:a\s+(?:bit|lot|little)\s+|much\s+|even\s+)?(?:less|fewer|worse|better|quieter|stronger|louder|more)(?:\s+(?:often|so|of\s+them|of\s+it))?(?=\s*(?:[.,!]|$|lately|recently|now|these|at\s+night|than\s+(?:before|last|usual|i\s+(?:did|was|used)|it\s+(?:was|used)|they\s+were|ever|when)))|not\s+as\s+(?:often|much|bad|strong|many|loud|intense|frequent\w{0,2})|(?:about\s+|still\s+)?(?:the\s+)?same\s+as\s+(?:before|ever|last|always|usual|it\s+was)|as\s+(?:bad|often|much)\s+as\s+(?:before|ever|last|always)|i\s+(?:keep\s+it|limit|stick)\s+to|(?:on\s+)?(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|in\s+(?:january|february|march|april|may|june|july|august|september|october|november|december|(?:19|20)\d\d)\b|both(?:\s+of|\s*[.,!]|$)|(?:in\s+a\s+(?:heartbeat|second|flash)|like\s+a\s+shot)|(?:\w+day\s+)?(?:mornings?|evenings?|nights?|weekends?|weddings?|christmas(?:es)?|birthdays?|parties|holidays|paydays?)\b(?=\s*(?:[.,!]|$|mostly|mainly|only|usually))|i\s+(?:daydream|dream|think|fantasi[sz]e|wonder|obsess|have|get|fight|live|struggle|deal|battle)\s+(?:\w{1,9}\s+)?(?:about|of|with|through)?\s*(?:it|that|them|those)\b|(?:only|just|mostly|mainly|usually)?\s*(?:in|at|on|with|by|from|after|before|during|under|between|around)\s+(?!what\b|respect|theory|a\s+way|a\s+sense|balance|reflection|the\s+whole|my\s+way|the\s+moment|all\b|least|present|you\b|purpose)(?:(?!i\b|i'm|you\b|he\b|she\b|we\b|they\b)[\w']+\s+){0,4}[\w']+\s*(?:[.!]|$)|i\s+tried|i\s+(?:might|may)\s+have|it's\s+(?:always|been\s+(?:there|on|going|happening)|there|a\s+yes|true|happened|got)|that(?:'s|\s+is|\s+would\s+be)\s+(?:a\s+yes|why|what|me|it|exactly)|(?:sexual|physical|emotional|verbal|mental|financial)(?:ly)?\b(?=\s*(?:[.,!]|$|by|from|and|when|abuse))|(?:(?:yes|yeah|once|twice|sexual|physical)[,.\s]+)?(?:in|during|at|from|by|with|under)\s+(?:my|the|a|an|one|his|her|primary|secondary|school|uni\w*|college|care|prison|my\s+old)\s*(?:first|last|previous|old|second|ex|former|other)?\s*(?:marriage|relationship|job|school|partner|husband|wife|uncle|stepdad|stepfather|dad|father|mum|mother|brother|grand\w+|boyfriend|girlfriend|cousin|teacher|priest|coach|boss|home|care|army|prison|convent|hostel|children's\s+home)\b|at\s+(?:night|times|first|the\s+start|weekends|one\s+point|my\s+lowest)|in\s+the\s+(?:night|mornings?|evenings?|small\s+hours|early\s+hours|bath|shower|car)|during\s+(?:the|my)|after\s+(?:i|work|the|my|a|he|she|dinner|each|every)|before\s+(?:bed|work|i|every)|late\s+at\s+night|this\s+(?:morning|week|weekend|month|year)|earlier\s+(?:today|this)|the\s+(?:other\s+(?:day|night|week)|night\s+before|odd|occasional|last\s+(?:few|time)))"
    rf"|^(?:(?:about|around|maybe|roughly|probably|only|just|well|um+|oh|nearly|over|like)[,\s]+){{0,2}}{_NUMBER}\s+(?:\w{{1,9}}\s+)?(?:{_UNIT}|a\s+(?:day|night|week)|or\s+\w+)\b|^(?:since|for|until|till|up\s+(?:to|until))\s+(?:about\s+|around\s+|the\s+)?(?:last|i|my|\w{{3,9}}day|{_NUMBER}|years|months|weeks|ages|january|february|march|april|may|june|july|august|september|october|november|december|christmas|easter|he|she|we|lockdown)\b"
    rf"|^{_PEOPLE}(?:'s|'ve|'d)?\s*(?:has|have|did|does|do|used\s+to|would|will)\b(?!\s*(?:n't|not|never|been\s+(?:good|kind|great)|had\s+none|fine|good|nice|lovely|kind|great|ok|okay|very|really|a\s+(?:good|lovely|kind|bad)|too|so|hard|difficult|complicated|just|what))"
    r"|^(?:嗯|哦|啊|唉|哎|这个?|那个?|怎么说|说实话|老实说|不瞒(?:你|您)(?:说)?|实话(?:说|讲)|其实|确实|也|都|是|倒是|[，。！,…\s]){0,6}(?:有(?:的|啊|过|一点|点儿?|几次|一次|两次|那么|时候|时|这(?:个|种)|那(?:个|种)|，|。|！|$|吧|想|在)|(?:想|喝|抽|割|打|骂|动|试|做|划|吸|用|吃|推|踢|掐|砸|考虑|经历|发生)过(?!敏|去|来|程)|会(?:的|有|想|啊|，|。|$)|(?:真|就|是)?(?:是)?这么想(?:的|过)?|好(?:多|些|点)了|少(?:多)?了|轻多了|淡(?:多)?了|隔三[差岔]五|三天两头|断断续续|时不时|时常|总(?:会|是|想)|老(?:是|想)|多多?少少?有|难受的?时候|心情不好的?时候|晚上(?:的时候|会|就|有|一个人|睡)|一个人的?时候|夜里|睡不着的?时候|喝(?:多|醉|了酒|完)(?:了)?(?:的时候|以后|就|会|也)?|发作的?时候|压力大|生气的?时候|吵架(?:的时候|以后|就)?|(?:每天|天天|每周|每晚|经常|常|偶尔|有时候?|最近|这(?:几天|段时间|阵子|个月|周)|上(?:个月|周|礼拜|星期)|前(?:几天|天|阵子|段时间)|昨[天晚]|今[天早]|刚才)(?!.{0,3}(?:没|不))|说没有(?:是|那是)?(?:假|骗)|对(?:的|啊|，|。|$)|是(?:的|啊|，|。|$|有|会|想过)|就(?:一|那|这|两|几)(?:次|回)|只有|(?:一|两|三|几|好几|十几|无数)(?:次|回|瓶|杯|包|根|两|年)|还(?:是|在|有|会)(?!好|行|可以)|没少|不止|不少|挺多|(?:前面|后面|第[一二三])[^，。没不]{0,3}(?:有|是|会))",
    re.IGNORECASE,
)
OWN_WORDS: Final = re.compile(
    r"(?:^|[.!?]\s*)(?:yes|yeah)\b|\bi\s+(?:do|have|did)(?=\s*(?:[.,!]|$))|\bi(?:'ve|\s+have|\s+do)?\s+(?:been\s+)?th(?:ink|ought|inking)\s+about\s+(?:it|that|dying|doing)\b|其实有|[，。]有(?:的|过)|[，。]想过",
    re.IGNORECASE,
)
"""Says yes in the speaker's own words after a hedge."""
NOT_MINE: Final = re.compile(
    r"\bnot\s+(?:mine|my\s+own|me|myself|for\s+me)\b(?=\s*(?:[.,!]|$))", re.IGNORECASE
)
"""Says yes of somebody else only ("about my dad's, yes; not mine")."""
CLAUSE_END: Final = re.compile(r"[，、]")
HAN_ECHO: Final = re.compile(
    r"^(?:(?![没不未别哪谁]|怎么|如果|要是)[\u3400-\u9fff]){0,14}(?:想|有|会|喝|抽|打|割|划|试|玩|做|吸|动|吃|来|碰)(?:过|的|了|啊|呢|着|点|一点|几次|一次)*$"
)
"""A Chinese clause that ends in the verb of the question, not negated, is a yes ("天天晚上都想")."""

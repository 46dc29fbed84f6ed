"""Words and turns of phrase that tell a clinician what part of a note a sentence belongs to.

Each cue is one clinical idea in both languages, so weights learned in one language serve the other. A cue says
that an idea is *mentioned*: never that it is present, denied or true.
"""

from __future__ import annotations

import re
from typing import Final

from thirdchair.records import Language

_ENGLISH: Final[dict[str, str]] = {
    "mood": r"depress\w*|low mood|mood|hopeless\w*|down lately|feel(?:ing|s)? (?:so |really |very )?(?:low|flat|down|empty"
    r"|numb|bad|awful|terrible)|tearful|cry(?:ing)?|cried|irritab\w*|worthless|guilt\w*|no (?:interest|pleasure|energy)"
    r"|motivat\w*|can'?t enjoy|don'?t enjoy|pointless",
    "anxiety": r"anxi\w*|panic\w*|worr(?:y|ied|ies|ying)|on edge|nervous\w*|stress\w*|tense|racing|dread\w*|phobi\w*"
    r"|obsess\w*|compuls\w*|flashback\w*|nightmare\w*|avoid\w*|overwhelm\w*",
    "psychosis": r"voices?|hear(?:ing|d)? (?:things|them|him|her)|paranoi\w*|watch(?:ing|ed)? me|follow(?:ing|ed) me"
    r"|hallucinat\w*|delusion\w*|visions?|messages? (?:from|in)|special meaning|neighbou?rs?",
    "sleep": r"sleep\w*|slept|awake|wak(?:e|ing)|insomnia|tired\w*|exhaust\w*|fatigue\w*|nap(?:s|ping)?|bed(?:time)?"
    r"|hours a night",
    "appetite": r"appetite|eat(?:ing|en|s)?|ate|meals?|food|weigh(?:t|ed|s)?|binge\w*|purg\w*|vomit\w*|calori\w*"
    r"|breakfast|lunch|dinner|pounds|kilos?|restrict\w*",
    "body": r"pain\w*|ache?s?|aching|headache\w*|dizz\w*|nause\w*|cough\w*|fever\w*|chest|breath(?:ing|e)? (?:problems?|short"
    r"|difficult\w*)|short(?:ness)? of breath|swell\w*|swollen|rash|blood|stomach|bowel\w*|heart|numbness|tingl\w*"
    r"|sore\w*|bleed\w*|sweat\w*|shak(?:e|ing|y)|symptoms?|bloat\w*|diarrh\w*|knee|back|throat|limp\w*|swallow\w*",
    "concentration": r"concentrat\w*|focus\w*|memory|forget\w*|forgot|confus\w*|distract\w*",
    "course": r"since|started|began|for (?:the (?:last|past) )?(?:about |around |maybe )?(?:\w+ )?(?:days?|weeks?|months?|years?)"
    r"|(?:days?|weeks?|months?|years?) ago|getting (?:worse|better)|worse|better|on and off|comes? and goes?|every (?:day"
    r"|night|morning|week)|times? a (?:day|week|night|month)|daily|most days|last (?:night|week|month|year)|lately|recently"
    r"|constant\w*|sudden\w*|first time",
    "number": r"\d+(?:[.,]\d+)?|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty|fifty"
    r"|sixty|hundred|half)\b",
    "history": r"diagnos\w*|histor(?:y|ies)|hospital\w*|admitted|admission|surger(?:y|ies)|operation|episode\w*|used to|when i was"
    r"|as a (?:child|kid|teenager)|before that|in the past|grew up|childhood|therap(?:y|ist)s? before|counsell?ing before"
    r"|previous\w*|years old|allerg\w*|family history|born",
    "medication": r"medic(?:ation|ations|ine|ines)|meds|tablets?|pills?|dos(?:e|es|age)|milligrams?|mg|prescri\w*|antidepress\w*"
    r"|sertraline|fluoxetine|citalopram|escitalopram|mirtazapine|venlafaxine|lithium|quetiapine|olanzapine|risperidone"
    r"|aripiprazole|clozapine|lorazepam|diazepam|zopiclone|methadone|buprenorphine|naltrexone|varenicline|bupropion"
    r"|nicotine|patch(?:es)?|gum|side effects?|ibuprofen|tylenol|paracetamol|metformin|lisinopril|insulin|inhaler"
    r"|antibiotics?|injection|depot|supplements?|vitamin\w*",
    "substance": r"drink(?:ing|s)?|drank|alcohol|beers?|wine|vodka|drunk|sober|cannabis|weed|cocaine|heroin|opi\w+|smok\w+"
    r"|cigarettes?|vap(?:e|ing)|craving\w*|relaps\w*|withdraw\w*|substance\w*|drugs?|units|quit\w*|clean",
    "family": r"mum|mom|mother|dad|father|parents?|wife|husband|partner|boyfriend|girlfriend|son|daughter|kids?|child(?:ren)?"
    r"|brother|sister|famil(?:y|ies)|friends?|married|divorc\w*|relationship\w*|grandm\w*|grandf\w*|baby",
    "living": r"work(?:ing|ed)?|job|boss|school|college|university|exam\w*|class(?:es)?|rent|bills?|money|debts?|hous(?:e|ing)"
    r"|live(?:s|d)? (?:with|alone|in)|living with|unemploy\w*|retired|shift\w*|homework load|manager|colleagues?",
    "emotion": r"feel(?:s|ing|ings)?|felt|scar(?:ed|y|es)|afraid|fear\w*|ashamed|shame|embarrass\w*|angr(?:y|ier)|anger|furious"
    r"|resent\w*|lonel\w*|alone|sad(?:ness)?|hurt(?:s|ing)?|relie(?:f|ved)|proud|happy|frustrat\w*|disappoint\w*|jealous"
    r"|hate[ds]?|love[ds]?|grie(?:f|ve|ving)|miss(?:ed|ing)?|upset|trapped|stuck|calm\w*|safe|guilty|heavy|torn",
    "belief": r"i (?:just )?(?:think|thought|believe|realis\w+|realiz\w+|notice[d]?|wonder\w*|guess|know|knew|tell myself|keep telling)"
    r"|it'?s like|as if|means? (?:that|i)|my fault|deserve\w*|supposed to|should(?:n'?t)? (?:be|have)|failure|fail(?:ed|ing)"
    r"|good enough|burden|what if|makes? me|part of me|the truth is|never told|not who i|if i don'?t|because i",
    "wish": r"i (?:really |just |do )?(?:want|wish|hope|need|would (?:love|like))|i'?d (?:love|like|rather)|my goal|looking forward"
    r"|wanna|want to|ready to|matters? to me|important to me|reason\w*",
    "first_person": r"i|i'm|i've|i'll|im|ive|me|my|myself|we|our",
    "second_person": r"you|you're|you've|you'll|your|yourself",
    "reflection": r"(?:it )?sounds? (?:like|as)|it seems?(?: like| as)?|seems like|what i(?:'m| am) hearing|i(?:'m| am)? hear(?:ing)?"
    r"|so you(?:'re|'ve| are| have| feel| felt| were)?|you(?:'re| are) (?:feel|say|tell|describ|notic|think|worr|carry|find|tr(?:y|ied)|wonder|try)\w*"
    r"|you feel|you felt|you(?:'ve| have) (?:been|had|lost|tried|done|come|found|noticed|carried|felt)|part of you|in other words"
    r"|on (?:the )?one hand|i get the sense|i(?:'m| am) (?:picturing|sensing)|am i right|is that right|did i get that"
    r"|if i understand|for you|that must|must (?:be|have been|feel)|it(?:'s| is) as (?:if|though)",
    "recap": r"(?:to )?summar\w+|let me (?:check|see if)|you (?:mentioned|talked|shared|said|described|told me|expressed|noticed)"
    r"|earlier you|last (?:time|session|week) (?:you|we)|we(?:'ve| have)? (?:talked|touched|discussed|covered)|you(?:'ve| have) (?:also )?"
    r"(?:mentioned|shared|identified|described|talked|said|told)",
    "validation": r"understandable|makes (?:complete |total |a lot of |perfect )?sense|(?:that|it)(?:'s| is| was) (?:really )?(?:hard|tough|difficult"
    r"|painful)|thank you for (?:telling|sharing|trusting)|i(?:'m| am) (?:really )?(?:glad|sorry)|takes? courage|not your fault|not alone"
    r"|great|well done|that'?s (?:\w+ )?(?:good|great|fantastic|wonderful|exciting|valuable)|positive step|wonderful|it(?:'s| is) (?:natural|important)|shows (?:you|there|that)|appreciate",
    "technique": r"breath(?:ing|e)(?: exercise)?|grounding|mindful\w*|meditat\w*|relax\w*|expos(?:ure|ing)|thought (?:record|diary|log)"
    r"|diary|journal\w*|challeng\w+|evidence (?:for|against)|reframe\w*|behaviou?ral|activat\w*|schedul\w*|ladder|hierarchy"
    r"|urge surfing|delay|distract\w*|coping|safety plan|role[- ]?play|experiment|worksheet|rating|rate|scale (?:of|from)|scaling"
    r"|skill\w*|strateg\w+|technique\w*|practi[sc]e\w*|exercise|imagine|picture (?:yourself|a|the)|empty chair|notice (?:what|where|how)|five things|values"
    r"|timer|i[- ]statements?|time[- ]?out|meal plan|motivation\w*|pros and cons",
    "teaching": r"what (?:often |usually )?happens (?:is|when)|the (?:brain|body|mind)|many people|a lot of people|some people|people who"
    r"|it(?:'s| is) (?:common|normal|called)|this is called|research|(?:can|may|might) help|helps? (?:to|with|people)|works by|the idea"
    r"|the reason|the more (?:you|we)|cycle|alarm|tends? to|works? (?:on|best)|options? (?:like|include)|provides? (?:you|a|an|some|real)|are available|(?:shown|known) to|can be (?:a|an|very|really)|such as"
    r"|benefits? of|side effects of|effective(?:ness)?|this medication",
    "suggestion": r"let'?s|let us|i(?:'d| would) like (?:you )?to|i(?:'d| would) (?:suggest|recommend)|could (?:you|we) try|what if (?:you|we)|how about"
    r"|would you be (?:willing|open|up)|try(?:ing)? (?:to|it|this|that|something)|i want you to|we (?:could|can|might)|you (?:could|can|might) "
    r"(?:try|consider|start)|shall we|would it (?:be ok(?:ay)?|help)|i invite",
    "condition": r"if (?:it|you|that|she|he|they|we|there|anything|your|the)|unless|in case|they'd",
    "plan": r"next (?:time|week|session|visit|appointment|month|tuesday|monday|wednesday|thursday|friday)|before (?:next|our next|we meet|i see)"
    r"|this week|by (?:then|friday|monday|next)|homework|between now|follow[- ]?up|see you|come back|appointment\w*|refer\w*|book(?:ed|ing)?"
    r"|i(?:'ll| will) (?:send|write|call|ring|order|prescribe|check|talk|arrange|ask|email|speak|contact|get|put|make|have|go|let|also)"
    r"|we(?:'ll| will)|(?:i'm|we're|i am|we are) (?:going to|gonna)|i(?:'d| would) (?:also )?(?:like to|want to) (?:get|order|see|start|send|refer|check|go)"
    r"|order(?:ing|ed)?|continue(?! (?:the|our|this) conversation)|increase|decrease|start (?:you )?(?:on|with|taking)|agree[ds]? (?:to|that|on)|plan\w*|weeks' time|in (?:\w+ )?weeks?"
    r"|crisis (?:line|team)|out of hours|emergency|call (?:me|us|if|the)|contact|labs?|x-?ray|scan|test|recommend"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|tomorrow|tonight|on the \w+(?:st|nd|rd|th)|at (?:half past )?(?:\d+|\w+) o'clock"
    r"|let me say (?:that |it )?back|what we(?:'ve| have) (?:got|agreed|said)|bloods?|alarm",
    "commitment": r"i(?:'ll| will| can| could)|i(?:'d| would) have to|i(?:'m| am) going to|i(?:'m| am) gonna|yes,? i can|that sounds (?:good|doable|ok|fine)|i promise|i agree|deal"
    r"|i(?:'d| would) (?:try|do|be willing)",
    "finding": r"exam\w*|vitals?|blood pressure|listen(?:ed|ing)? to|i (?:do )?(?:see|hear|feel|appreciate)|results?|normal|elevated|positive|negative|looks? (?:good|like)"
    r"|murmur|edema|tender\w*|reviewed|show(?:s|ed)",
    "assessment": r"diagnosis|condition|problem|impression|assessment|consistent with|you have|i think (?:you|that|this|it|we|the)|due to|caused by|most likely|for your"
    r"|score[ds]?|criteria",
    "denial": r"no|not|don'?t|do n'?t|haven'?t|have n'?t|never|none|nothing|deny|denies|without|isn'?t|wasn'?t",
    "danger": r"suicid\w*|kill\w*|end(?:ing)? (?:it|my life|everything)|self[- ]?harm\w*|hurt(?:ing)? (?:myself|yourself|anyone|someone|him|her|others)"
    r"|cut(?:ting)? (?:myself|yourself)|not (?:be|wake)|better off (?:dead|without)|die|dying|dead|overdos\w*|hit(?:s|ting)? (?:me|you|her|him)"
    r"|abus\w*|assault\w*|violen\w*|weapon\w*|threat\w*|unsafe|safe at home",
    "courtesy": r"hi|hello|good (?:morning|afternoon|evening)|nice to (?:see|meet)|how are you(?: doing)?(?: today)?|thank you|thanks|bye|goodbye|take care|welcome"
    r"|have a (?:good|nice|great)|see you|you'?re welcome|my name is|best of luck|good luck|well done for|looking forward to (?:see|connect|meet|hear)\w*|let's go over|continue (?:the|our) conversation|good to see|no problem|come in|have a seat",
    "assent": r"yes|yeah|yep|yup|okay|ok|sure|right|mm-?hmm|uh-?huh|absolutely|alright|all right|exactly|sounds good|got it|perfect|correct",
    "admin": r"record(?:ing|ed)?|dragon|dax|confidential\w*|consent\w*|form|paperwork|parking|camera|screen|hear me|the line|computer|nurse told|note-?taking|weather|traffic"
    r"|heating|radiator|window|draught|this room|in here|(?:a|your) seat|sit (?:down|wherever|anywhere)|sofa|cup of tea|kettle'?s|your coat|the lift|the stairs"
    r"|tissues?|clipboard|biscuits?|the bell|waiting room|found (?:it|us)|stock cupboard|how was the (?:journey|drive)|my pen|this pen",
}

_CHINESE: Final[dict[str, str]] = {
    "mood": "抑郁|情绪|低落|心情|难受|没意思|没劲|提不起|没兴趣|绝望|想哭|哭|自责|内疚|没用|烦躁|麻木|空",
    "anxiety": "焦虑|紧张|担心|害怕|恐慌|惊恐|心慌|压力|不安|强迫|噩梦|闪回|回避|躲|发抖",
    "psychosis": "声音|幻听|幻觉|有人.{0,3}(?:盯|跟|监视|害)|监视|跟踪|妄想|议论我",
    "sleep": "睡|失眠|醒|做梦|困|累|疲|熬夜|精神",
    "appetite": "胃口|食欲|吃|饭|体重|瘦|胖|暴食|催吐|呕吐|斤|公斤|节食",
    "body": "疼|痛|头晕|恶心|胸闷|喘|发烧|咳|出汗|手抖|肚子|胃|心跳|症状|不舒服",
    "concentration": "集中|注意力|专心|记性|记不住|忘|走神|发呆",
    "course": "开始|以来|从.{1,8}起|最近|这段时间|以前|之前|几(?:天|周|个月|年)|[一二两三四五六七八九十半\\d]+(?:天|周|个?星期|个?月|年)"
    "|越来越|加重|好转|每(?:天|晚|周)|经常|偶尔|一直|有时|次",
    "number": "\\d+|[一二两三四五六七八九十百半]+(?:个|次|点|天|周|月|年|小时|分|岁|片|毫克|斤|公斤|瓶)",
    "history": "诊断|住院|医院|看过|病史|小时候|以前|从小|手术|家族|遗传|去年|高中|大学时|过敏|确诊",
    "medication": "药|剂量|毫克|片|副作用|舍曲林|氟西汀|艾司西酞普兰|帕罗西汀|米氮平|文拉法辛|奥氮平|利培酮|喹硫平|碳酸锂|安定|阿普唑仑",
    "substance": "喝酒|酒|白酒|啤酒|抽烟|烟|毒|戒|瘾|大麻",
    "family": "妈|爸|父母|母亲|父亲|老公|老婆|丈夫|妻子|男朋友|女朋友|对象|孩子|儿子|女儿|哥|姐|弟|妹|家里|家人|朋友|同学|室友|爷爷|奶奶|离婚|结婚",
    "living": "工作|上班|加班|领导|老板|同事|学校|上学|考试|成绩|作业|老师|钱|房租|房贷|住|辞职|失业|宿舍|论文|高考",
    "emotion": "觉得|感觉|感到|难过|伤心|生气|愤怒|委屈|孤独|孤单|羞|丢脸|后悔|失望|恨|爱|想念|轻松|开心|高兴|害怕|矛盾|心疼",
    "belief": "我(?:想|认为|以为|发现|意识到|总觉得|知道)|好像|是不是我|我的错|应该|配不上|不够好|失败|拖累|累赘|万一|没资格|说不出口|没告诉过",
    "wish": "我(?:想要|希望|愿意|需要|真的想)|想(?:要|试|变)|盼|对我(?:来说)?(?:很)?重要",
    "first_person": "我|咱",
    "second_person": "你|您",
    "reflection": "听起来|听上去|似乎|看起来你|你(?:好像|感到|觉得|一直|心里)|我听到|我感觉到你|也就是说|换句话说|您(?:好像|感到|觉得|一直|心里)|一方面|对你来说|是这样吗",
    "recap": "总结|回顾|你(?:刚才|之前|刚刚|上次|提到|说到|说过)|您(?:刚才|提到|说到)|我们(?:今天|刚才)?(?:谈|聊|说)(?:到|了)",
    "validation": "可以理解|能理解|很正常|不容易|谢谢你(?:告诉|愿意|信任)|不是你的错|辛苦|很勇敢|我很高兴|很难|做得(?:很)?好",
    "technique": "呼吸|放松|正念|冥想|练习|记录|日记|打分|评分|暴露|证据|想法记录|行为|安排|技巧|方法|想象|接地|安全计划|角色扮演|清单|运动|[0零一]到(?:10|十)",
    "teaching": "很多.{0,8}人|能让人|容易|有些人|大脑|身体会|其实这|这叫|这种情况|研究|原理|往往|会帮助|有助于|循环|越.{1,6}越",
    "suggestion": "我们(?:来|可以|试)|要不要|试试|试一试|不妨|建议|可不可以|能不能试|愿不愿意|我想请你|我们一起",
    "condition": "如果|要是|万一|假如",
    "plan": "下次|下周|下(?:个)?(?:星期|月)|这周|回去|作业|复诊|预约|转介|联系|我会(?:给|帮|安排|联系|把)|我们(?:会|下)|约|热线|急诊|继续(?:吃|服)|调整|检查|计划|周[一二三四五六日末]|星期[一二三四五六日天]|明天|今晚|[一二三四五六七八九十\\d]+(?:号|日)|抽血|停药|加到|减到|减半",
    "commitment": "我(?:会|可以|能|试试|答应|愿意)|好的?，?我|没问题|行，",
    "finding": "检查|血压|结果|正常|偏高|量表|得分",
    "assessment": "诊断|评估|考虑|符合|可能是|由于|量表|得分",
    "denial": "没有|没|不|从来|别|无",
    "danger": "自杀|不想活|死|结束生命|活着没|自残|自伤|割|伤害自己|伤害别人|打我|打你|虐|家暴|威胁|安全吗|活下去",
    "courtesy": "你好|您好|谢谢|再见|请坐|欢迎|不客气|早上好|下午好|慢走",
    "assent": "嗯|好的|好|对|是的|行|可以|没错|明白",
    "admin": "录音|保密|同意书|表格|记录一下你的|天气|堵车|屏幕|空调|暖气|窗户|电梯|喝水|倒水|纸巾|坐这|随便坐|路上(?:还)?(?:好|顺)|停车|排队",
}

CUES: Final = tuple(_ENGLISH)

_PATTERNS: Final[dict[Language, dict[str, re.Pattern[str]]]] = {
    Language.ENGLISH: {
        cue: re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE) for cue, pattern in _ENGLISH.items()
    },
    Language.CHINESE: {cue: re.compile(pattern) for cue, pattern in _CHINESE.items()},
}


def cues_in(text: str, language: Language) -> dict[str, float]:
    """How strongly each cue that occurs speaks: 0.6 for one mention, towards 1 for more.

    >>> cues_in("I wake at three every night.", Language.ENGLISH)["sleep"]
    0.6
    """
    straight = text.replace("’", "'")
    found: dict[str, float] = {}
    for cue, pattern in _PATTERNS[language].items():
        mentions = sum(1 for _ in pattern.finditer(straight))
        if mentions:
            found[cue] = 1.0 - 0.4**mentions
    return found

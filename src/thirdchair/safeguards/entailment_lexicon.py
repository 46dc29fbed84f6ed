"""Words that decide whether a claim follows: persons, degrees of certainty, opposites, how often, like meanings.

Each list is ours, in English and Chinese. What a list does not hold is compared by its letters, its characters or
its word vector alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

PERSONS: Final[dict[str, re.Pattern[str]]] = {
    name: re.compile(words, re.IGNORECASE)
    for name, words in {
        "mother": r"\b(?:mother|mum|mom|mam|mama)\b|母亲|妈妈|老妈|[我你]妈|他妈|她妈|妈(?=周|来|说|那|的)",
        "father": r"\b(?:father|dad|daddy|papa)\b|父亲|爸爸|老爸|[我你]爸|他爸|她爸",
        "parent": r"\bparents?\b|父母|爸妈|家长",
        "husband": r"\bhusband\b|丈夫|老公",
        "wife": r"\bwife\b|妻子|老婆",
        "partner": r"\b(?:partner|spouse|boyfriend|girlfriend|fianc[eé]e?|ex)\b|爱人|伴侣|对象|男友|女友|男朋友|女朋友|配偶",
        "sister": r"\bsisters?\b|姐姐|妹妹|[我你]姐|[我你]妹|姐妹",
        "brother": r"\bbrothers?\b|哥哥|弟弟|[我你]哥|[我你]弟|兄弟",
        "son": r"\b(?:son|lad)\b|儿子",
        "daughter": r"\bdaughters?\b|女儿|闺女",
        "child": r"\b(?:child|children|kids?|boys|girls|twins|baby|grandchild|grandchildren|grandkids?)\b|孩子|宝宝|孙子|孙女",
        "grandparent": r"\b(?:gran|grandma|nan|nana|grandmother|grandfather|grandad|grandpa|grandparents?)\b|奶奶|爷爷|外婆|外公|姥姥|姥爷",
        "aunt": r"\baunt(?:ie|y)?\b|姑姑|姨妈|舅妈|婶",
        "uncle": r"\buncle\b|叔叔|舅舅|伯伯|姑父",
        "cousin": r"\bcousins?\b|表[哥弟姐妹]|堂[哥弟姐妹]",
        "niece": r"\b(?:niece|nephew)\b|侄|外甥",
        "in_law": r"\bin-laws?\b|婆婆|公公|岳母|岳父",
        "friend": r"\b(?:friends?|mate|mates)\b|朋友|闺蜜",
        "flatmate": r"\b(?:flatmates?|housemates?|roommates?)\b|室友|舍友",
        "neighbour": r"\bneighbou?rs?\b|邻居|楼上的人",
        "boss": r"\b(?:boss|manager|supervisor|line manager)\b|领导|老板|上司|主管",
        "colleague": r"\b(?:colleagues?|co-?workers?)\b|同事",
        "teacher": r"\b(?:teacher|tutor)\b|老师|班主任|导师",
        "gp": r"\b(?:gp|family doctor)\b|社区医生|家庭医生",
        "doctor": r"\b(?:doctor|dr|physician|consultant|registrar)\b|医生|大夫|主任|医师",
        "psychiatrist": r"\bpsychiatrists?\b|精神科医生",
        "psychologist": r"\bpsychologists?\b|心理师|心理学家",
        "nurse": r"\b(?:nurse|cpn)\b|护士|护理员",
        "therapist": r"\b(?:therapist|counsell?or)\b|咨询师|治疗师",
        "social_worker": r"\bsocial worker\b|社工",
        "pharmacist": r"\bpharmacist\b|药师|药剂师",
        "health_visitor": r"\bhealth visitor\b|社区护士",
        "dentist": r"\bdentist\b|牙医",
        "police": r"\bpolice\b|警察",
    }.items()
}
"""Persons whom a claim may name, by the words for them."""

KIN: Final = frozenset(
    [
        "mother",
        "father",
        "parent",
        "husband",
        "wife",
        "partner",
        "sister",
        "brother",
        "son",
        "daughter",
        "child",
        "grandparent",
        "aunt",
        "uncle",
        "cousin",
        "niece",
        "in_law",
    ]
)
CLINICIANS: Final = frozenset(
    [
        "gp",
        "doctor",
        "psychiatrist",
        "psychologist",
        "nurse",
        "therapist",
        "social_worker",
        "health_visitor",
        "pharmacist",
    ]
)
COVERED_BY: Final[dict[str, frozenset[str]]] = {
    "parent": frozenset({"mother", "father"}),
    "partner": frozenset({"husband", "wife"}),
    "husband": frozenset({"partner"}),
    "wife": frozenset({"partner"}),
    "child": frozenset({"son", "daughter"}),
    "doctor": frozenset({"gp", "psychiatrist"}),
    "psychiatrist": frozenset({"doctor"}),
    "gp": frozenset({"doctor"}),
    "therapist": frozenset({"psychologist"}),
    "nurse": frozenset({"health_visitor"}),
    "boss": frozenset(),
}
"""Persons who may be meant by a wider or a neighbouring word."""

HEDGE: Final = re.compile(
    r"\b(?:may|might|maybe|perhaps|possibl[ey]|probabl[ey]|likely|could|would|suspect\w*|wonder\w*|consider\w*|unsure|uncertain|not\s+sure"
    r"|don'?t\s+know|think\s+about|thinking\s+about|seem\w*|appear\w*|suggest\w*|propos\w*|if|awaited|awaits?|pending|plan\w*|not\s+yet|yet\s+to|undecided"
    r"|option|intend\w*|wants?|wish\w*|like\s+to|discuss\w*|going\s+to|will|unless|hop\w+|offer\w*|should|request\w*|query|rule\s+out|ruled\s+out|ask(?:ed)?\s+for|some\s+days)\b"
    r"|可能|也许|或许|大概|恐怕|不一定|说不定|考虑|想想|怀疑|疑似|待|等待|尚未|还没|未定|犹豫|打算|计划|建议|希望|如果|可以|应该|愿意|试试|再看|讨论|申请|想(?:请|要|在)|我想|有时候",
    re.IGNORECASE,
)
WEAK: Final = re.compile(
    r"\b(?:may|might|maybe|perhaps|possibl[ey]|probabl[ey]|suspect\w*|unsure|uncertain|not\s+sure|could|seem\w*|wonder\w*|if|unless|think(?:ing)?\s+about|some\s+days|pending|awaited|may\s+represent)\b"
    r"|可能|也许|或许|恐怕|不一定|说不定|怀疑|疑似|想想|犹豫|有时候|没想好|再看|讨论",
    re.IGNORECASE,
)
SURE: Final = re.compile(
    r"\b(?:definite\w*|certain(?:ly)?|confirmed|decided|agreed\s+to|arranged|diagnosed|diagnosis\s+of|established|granted|caused|the\s+cause|assessed)\b"
    r"|已经|已(?=[决确获同答搬加怀])|确诊|确定|确信|肯定|一定|决定|获批|会被",
    re.IGNORECASE,
)
ORDER: Final = re.compile(
    r"\b(?:before|after|prior\s+to|following|earlier\s+than|later\s+than|came\s+after|began\s+after)\b|(?<!比)以前|以后|之前|之后|早于|晚于|先[^，。]{1,12}再",
    re.IGNORECASE,
)

_OPPOSITES: Final = """
    left|左 : right|右
    increas|rais|rose|up|higher|gain|higher|加到|增加|增强|升高|加量|put up|went up : decreas|reduc|lower|fell|down|lose|lost|cut|减|减少|减弱|降低|减量|fallen
    better|improv|eas|好转|改善|减轻 : worse|deteriorat|加重|恶化
    more|多了|多一点|更多 : less|fewer|少了|少一点|更少
    louder|变大|大了 : quieter|变小|小多了
    early|earlier|早点|提前 : late|later|晚点|推迟
    morning|早上|上午|早饭 : evening|afternoon|晚上|下午|晚饭
    gain|put on|胖了|体重增加 : lost|lose|瘦了|体重下降
    positive|阳性 : negative|阴性
    heavier|重了 : thinner|lighter|轻了
    large|larger|bigger : small|smaller
    longer|长 : shorter|短
    alive|活着 : died|dead|death|去世
    love|喜欢|爱 : hate|讨厌|恨
    start|began|begun|begin|开始 : stop|stopp|停
    quiet|安静 : noisy|loud|吵
    stronger|强 : weaker|弱
    easier : harder
    breakfast : tea|dinner|supper
    fast|快班 : slow|慢班
    inpatient|住院 : outpatient|门诊
    mild|轻度 : severe|重度
    good|happy|好的 : poor|low|低落
    include : exclude
    accept : refus|declin
    remember : forget|forgot
    safe : unsafe
    single : married
    indoors : outdoors
    normal|正常 : abnormal|异常
"""


def _read_opposites() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    pairs: list[tuple[re.Pattern[str], re.Pattern[str]]] = []
    for line in _OPPOSITES.strip().splitlines():
        one, other = (_any_of(side.split("|")) for side in line.strip().split(" : "))
        pairs += [(one, other), (other, one)]
    return tuple(pairs)


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    parts = [
        rf"\b{word.strip()}\w{{0,5}}\b"
        if word.strip().isascii() and len(word.strip()) > 4
        else rf"\b{word.strip()}\b"
        if word.strip().isascii()
        else word.strip()
        for word in words
    ]
    return re.compile("|".join(parts), re.IGNORECASE)


OPPOSITE_PAIRS: Final = _read_opposites()
"""Pairs of patterns: where a claim says the first and its evidence only the second, it is turned round."""

_ALIKE: Final = """
    medication medicine tablet tablets pill pills drug drugs antidepressant sertraline fluoxetine citalopram mirtazapine venlafaxine hypnotic
    relative relation family mother father mum dad mom sister brother cousin aunt uncle niece nephew son daughter husband wife gran grandmother child lad
    pupil girl boy classmate student
    relocate move moved moving
    encourage urge persuade push wants thinks
    sleep slept asleep wake waking awake insomnia bed bedtime
    self-harm scratch cut cutting cuts harm hurt
    suicide suicidal die dying dead kill life-ending attempt overdose
    drink drinking alcohol lager beer wine vodka cans pints
    anxious anxiety panic fear afraid frightened terrified scared dread dreading nervous worried worry
    low depressed depression sad mood flat
    hospital admission admitted inpatient ward residential
    increase increased raised put up higher went
    reduce reduced lower cut down fewer less decreased
    stop stopped ceased gave quit
    start started begin began begun restarted
    improve improved improving better helped settling benefit eased progress
    worse worsened deteriorated
    doctor gp psychiatrist physician
    work job employment office
    ECG tracing heart
    school college class education
    appetite eating hungry eats food meals meal
    bullied bullying messages names shouting shouted
    bloods blood test tests
    weekly week weeks
    month months monthly
    weekend saturday sunday fridays saturdays
    refused declined turned
    regular routine daily
    withdrawal shaky rattling sweats shakes zaps
    seizure fit fits convulsion
    partner husband wife boyfriend girlfriend kelly
    voices hallucinations hallucination hears hear
    paranoid persecutory spying recording neighbours gas
    baby child infant
    grief grieving bereavement funeral died lost buried
    ambivalent undecided unsure think considering maybe
    insight knows know realises makes sense
    adherence compliance missed taking
    transient temporary gone settled
    pain hurts sore ache
    leaflets information
    cancer tumour
    bus transport train
    money bills debt owe owes financial
    relapse recurrence episode
    police law
    hypertension pressure
    fever temperature
    dyspnea breath breathing
    emesis vomiting vomit sick
    operation surgery surgical
    physician doctor
    stomach abdomen abdominal gastrointestinal belly
    injury injured hurt
    stayed remain remains stays steady stable
    supportive decent helps help
    nightmare nightmares dreams dream
    pleasure enjoys likes enjoy
    uncertain might may possible possibly suspected
"""
_HAN_ALIKE: Final = """
    早醒 醒来 凌晨醒 三点多就醒 睡眠
    自杀 不想活 轻生 活着没意思 死了更好 死亡 结束生命
    自伤 伤害自己 抓胳膊 割
    副作用 不舒服 恶心 头晕 流口水
    依从 没漏 漏服 一直吃
    复诊 再来 随访
    家属 女儿 儿子 妈妈 母亲 妻子 爱人
    瘦 体重减 体重下降
    酒 啤酒 白酒 红酒 饮酒 喝酒
    服 吃 服用 口服
    担心 怕 害怕 恐惧
    欺负 骂
    缓解 好了 过去 消失 好转 改善
    幻听 声音
    自知力 觉得是 缘故
    疗效 小多了 有效 帮助
    停 不再 消失
    犹豫 想想 没想好 考虑
    同意 可以 好 愿意
    记性 记忆
    每天 天天
    惊恐 发作
    地铁 坐一站
    血常规 抽血 血液
    量表 测查 得分 分
    保管 管
    暴力 攻击 动手 打
    就医 医院
    工作 上班 单位
    离婚 分开
    减 减药 减量
    害怕 吓人
    戒断 手抖
    夸大 领导病房
"""


def _read_alike() -> dict[str, frozenset[int]]:
    table: dict[str, set[int]] = {}
    for group, line in enumerate(_ALIKE.strip().splitlines()):
        for word in line.split():
            table.setdefault(word.casefold(), set()).add(group)
    return {word: frozenset(groups) for word, groups in table.items()}


ALIKE: Final = _read_alike()
"""English words and the groups of like meaning they belong to."""

HAN_ALIKE: Final = tuple(tuple(line.split()) for line in _HAN_ALIKE.strip().splitlines())
"""Groups of Chinese words of like meaning."""

CLOSED: Final = frozenset(
    [
        "left",
        "right",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "mother",
        "father",
        "mum",
        "dad",
        "sister",
        "brother",
        "son",
        "daughter",
        "husband",
        "wife",
        "aunt",
        "uncle",
        "cousin",
        "niece",
        "nephew",
        "before",
        "after",
        "morning",
        "evening",
        "afternoon",
        "night",
        "increased",
        "decreased",
        "raised",
        "reduced",
        "higher",
        "lower",
        "better",
        "worse",
        "more",
        "less",
        "never",
        "always",
        "early",
        "earlier",
        "late",
        "later",
        "daily",
        "weekly",
        "monthly",
        "patient",
        "client",
        "doctor",
        "nurse",
        "therapist",
        "counsellor",
        "boyfriend",
        "girlfriend",
        "sertraline",
        "fluoxetine",
    ]
)
"""Words for which a near one is a wrong one: matched by themselves or by a list, never by a vector."""

SOFT_NO: Final = re.compile(
    r"\b(?:stopp?(?:ed|ing)?|gave\s+up|given\s+up|giv(?:e|ing)\s+up|quit|declin\w+|refus\w+|turned\s+down|unable|couldn'?t|can'?t|cannot|ceased|absent|blocked|free\s+of|hardly)\b"
    r"|拒绝|停了|停服|戒了|不敢|消失",
    re.IGNORECASE,
)
"""Verbs that deny what follows them without a negation ("declined the jab")."""

_FREQUENT: Final = {
    "never": r"\bnever\b|从不|从没|从来没",
    "rare": r"\b(?:rarely|seldom|hardly|occasional(?:ly)?|now\s+and\s+(?:then|again)|from\s+time\s+to\s+time)\b|偶尔|很少",
    "some": r"\b(?:sometimes|some\s+(?:days|nights|evenings))\b|有时",
    "most": r"\b(?:most\s+(?:days|nights|evenings|mornings)|almost\s+every|nearly\s+every|often|usually|frequent(?:ly)?|mostly)\b|差不多每天|几乎每?天|经常|常常|大部分",
    "all": r"\b(?:always|constantly|all\s+(?:day|the\s+time)|every\s+(?:meal|time))\b|总是|一直|老是|三餐都",
    "day": r"\b(?:daily|(?:every|each|per|a)\s+(?:single\s+)?(?:day|night|evening|morning)|nightly|in\s+the\s+mornings|at\s+night|on\s+most\s+days)\b|每天|天天|每晚|每日|一天(?=[一二两三四]次)",
    "week": r"\b(?:weekly|(?:every|each|per|a)\s+week|once\s+a\s+week)\b|每周|一周|每个?星期|一个星期(?=[一二两三四]次)",
    "fortnight": r"\b(?:fortnightly|every\s+(?:two|2|other)\s+weeks?|every\s+other\s+weekend|every\s+fortnight)\b|两周(?=[抽一])|隔一个?周",
    "month": r"\b(?:monthly|(?:every|each|per|a)\s+month)\b|每个?月|一个月(?=[一二两三四]次)",
}
FREQUENT: Final = {name: re.compile(words, re.IGNORECASE) for name, words in _FREQUENT.items()}
"""How often, by the words for it."""

TOPICS: Final[dict[str, re.Pattern[str]]] = {
    name: re.compile(words, re.IGNORECASE)
    for name, words in {
        "suicide": r"suicid\w*|\b(?:end\w*\s+(?:\w+\s+)?life|kill\w*\s+\w*self|(?:wish\w*|want\w*|rather)\s+(?:\w+\s+){0,2}(?:to\s+die|to\s+be\s+dead)|to\s+die|be\s+dead|better\s+(?:off\s+dead|without\s+(?:me|you|him|her))|life\s+(?:is\s+not|isn't|was\s+not|wasn't)\s+worth|(?:not|n't)\s+worth\s+living|worthless|wanting\s+to\s+die|be(?:ing)?\s+dead|with\s+him)\b|自杀|不想活|轻生|想死|结束(?:自己的)?生命|活着没意思|活着乏味|死了更好|死亡",
        "self_harm": r"self[- ]?harm\w*|\b(?:hurt\w*|harm\w*|cut\w*|scratch\w*|burn\w*)\s+(?:(?:your|him|her|my|them)sel\w+|(?:my|her|his|your)\s+\w*\s?(?:arms?|forearm|wrists?|legs?)|herself|himself)|\bhurting\s+(?:your|him|her|my|them)sel\w+|\bcutting\b|自伤|自残|伤害自己|割伤|抓(?:过)?胳膊|割腕",
        "harm_others": r"\b(?:hurt\w*|harm\w*|kill\w*|hit\w*)\s+(?:\w+\s+){0,2}(?:others?|anyone|someone|somebody|people|kelly|the\s+baby|him\b(?!self)|her\b(?!self)|brother|staff)|harm\s+to\s+others|violen\w+|aggressi\w+|weapon|伤害(?:他人|别人|自己或他人)|打(?:过|弟弟|她|人)|攻击|暴力|动(?:过)?手",
        "substances": r"\b(?:drugs?|cannabis|cocaine|heroin|opioids?|laxatives?|misus\w+|abus\w+\s+(?:drugs|alcohol)|crack)\b|毒品|吸毒|大麻|泻药",
        "alcohol": r"\b(?:alcohol|drink\w*|drunk|wine|beer|vodka|lager|pints?)\b|喝酒|饮酒|酒(?:精|后)|啤酒|白酒|红酒",
        "abuse": r"\b(?:abus\w+|threat\w+|violent|hit\s+by|hurt\s+you|hands?\s+round|grabbed)\b|虐待|家暴|威胁|掐",
        "psychosis": r"\b(?:voices?|hallucinat\w+|psychotic|hear(?:s|ing)?\s+(?:or\s+seeing|strange|things|voices)|see\w*\s+anything|paranoi\w+)\b|幻听|幻视|幻觉|妄想|听到(?:有人|声音)|看到别人看不到|声音",
        "means": r"\b(?:access\s+to\s+means|means|firearm|shotgun|gun|weapons?|knife|stockpil\w+)\b|农药|囤积|刀具|枪",
        "low_mood": r"\b(?:low|mood|down|depress\w*|sad\w*)\b|情绪|心情|难过|抑郁",
        "driving": r"\bdriv\w+\b|驾车|开车|驾驶",
    }.items()
}
"""What a claim may say was denied, so that it was at least raised."""

"""Questions about a person's own treatment, which a library does not answer: dose, starting or stopping, diagnosis.

Rules over wording. They do not see a question that hides whose care it is about ("what happens at 200 of it?"), nor
one put without a question's words; such a question is then answered, if at all, with general sentences of the library.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

from thirdchair.language.plain_text import plain
from thirdchair.library.search_words import LONGEST_QUESTION


class OwnCare(StrEnum):
    """What of a person's own care a question asks for."""

    MEDICINE = "medicine"
    DIAGNOSIS = "diagnosis"


_MEDICINE: Final = (
    r"(?:medicines?|medications?|meds?|tablets?|pills?|capsules?|injections?|depot|dos(?:e|es|age)|prescription"
    r"|antidepressants?|antipsychotics?|ssris?|snris?|lithium|valproate|benzos?|sleeping tablets?|painkillers?"
    r"|[a-z]{1,15}(?:oxetine|alopram|traline|xamine|faxine|zodone|azepam|azolam|idone|apine|iprazole|triptyline|ipramine"
    r"|rigine|zapine|opiclone|ozepam|peridol|promazine|statin|profen|cillin|mycin|oxacin|prazole|sartan|olol|dipine"
    r"|prednisone|cycline|caine|codone|morphine|gabalin|pentin|pristone|thyroxine|formin|phenidate|amfetamine|amphetamine)"
    r"|tylenol|paracetamol|acetaminophen|aspirin|insulin|melatonin|prozac|zoloft|xanax|valium|ritalin|adderall|steroids?)"
)
_DECIDE: Final = (
    r"(?:should i|shall i|can i|could i|may i|must i|am i allowed to|do i (?:need|have) to|would it be|is it (?:ok|okay|safe"
    r"|fine|alright|all right|bad|dangerous)|is it possible for me|i want to|i(?:'m| am) (?:thinking|going)|when can i"
    r"|how (?:do|can|should) i)"
)
_ACT: Final = (
    r"(?:stop|quit|come off|get off|go off|drop|skip|miss|double|up|increase|raise|reduce|lower|cut|taper|wean|start|begin"
    r"|restart|take|taking|try|mix|combine|switch|swap|change|halve|split|crush|drink|use|using|go back on|stay on)"
)
_NOT_MEDICINE: Final = r"(?:time|part|a break|breaks|notes|someone|my (?:child|children|time|mum|mother|friend)|leave|days?|care|it easy|up)\b"
_CONDITION: Final = (
    r"(?:depress(?:ed|ion)|bipolar|manic|mania|anxiety|panic|ocd|ptsd|psycho(?:sis|tic|path)|schizo\w{0,12}|borderline|bpd"
    r"|anorexi[ac]|bulimi[ac]|eating disorder|adhd|add|autis(?:m|tic)|alcoholic|addict(?:ed|ion)?|dement(?:ia|ed)"
    r"|schizoaffective|manic episode|personality disorder|mental(?:ly)? ill(?:ness)?|insomnia)"
)
_ONES_OWN: Final = (
    r"(?<!tell )(?<!explain )(?<!show )(?<!teach )(?<!give )(?<!remind )(?<!do )(?<!can )(?<!and )"
    r"\b(?:i(?:'m|'ve|'d)? (?!read|heard|wonder|know|want to know|would like to know)|my |me\b)"
)
"""Whose medicine it is: a question that speaks of oneself and of a medicine is about one's own."""
_ENGLISH: Final = (
    (OwnCare.MEDICINE, rf"\b{_DECIDE}\b[^.?!]{{0,60}}\b{_ACT}\b[^.?!]{{0,60}}\b{_MEDICINE}\b"),
    (OwnCare.MEDICINE, rf"\b{_DECIDE}\b[^.?!]{{0,40}}\b{_MEDICINE}\b[^.?!]{{0,40}}\b{_ACT}\b"),
    (OwnCare.MEDICINE, rf"\b{_MEDICINE}\b[^?!]{{0,80}}\b{_DECIDE}\b[^.?!]{{0,20}}\b{_ACT}\b"),
    (
        OwnCare.MEDICINE,
        rf"\b(?:can|could|should|may) i (?:\w{{1,12}} )?(?:take|stop taking|mix|combine)\b(?! {_NOT_MEDICINE})",
    ),
    (
        OwnCare.MEDICINE,
        rf"\bmy (?:\w{{1,15}} )?{_MEDICINE}\b[^.?!]{{0,80}}\b(?:too (?:high|low|much|strong)|enough|right for me)\b",
    ),
    (
        OwnCare.MEDICINE,
        rf"\b(?:how (?:much|many)|what dose|which dose|the right dose)\b[^.?!]{{0,60}}\b{_MEDICINE}\b",
    ),
    (OwnCare.MEDICINE, r"\b\d{1,4}(?:\.\d{1,3})? ?(?:mg|mcg|milligrams?|micrograms?|ml|grams?)\b"),
    (
        OwnCare.MEDICINE,
        rf"\b(?:which|what) {_MEDICINE}\b[^.?!]{{0,30}}\b(?:should i|is best for me|do you recommend|would you)\b",
    ),
    (
        OwnCare.MEDICINE,
        rf"\b{_DECIDE}\b[^.?!]{{0,60}}\b(?:with|on|while on|alongside) (?:my|these|those) (?:\w{{1,15}} )?{_MEDICINE}\b",
    ),
    (
        OwnCare.MEDICINE,
        rf"\bdo i (?:\w{{1,10}} ){{0,2}}need (?:to (?:take|be on|stay on|keep)|any|more|stronger|my|{_MEDICINE})\b[^.?!]{{0,40}}",
    ),
    (OwnCare.MEDICINE, rf"{_ONES_OWN}[^?!]{{0,100}}\b{_MEDICINE}\b"),
    (OwnCare.MEDICINE, rf"\b{_MEDICINE}\b[^?!]{{0,60}}{_ONES_OWN}"),
    (
        OwnCare.MEDICINE,
        rf"\bshould i (?:\w{{1,10}} )?(?:be|go|get|stay|still be) (?:put )?on\b[^.?!]{{0,30}}\b{_MEDICINE}\b",
    ),
    (
        OwnCare.MEDICINE,
        rf"\b(?:ok|okay|bad|safe|dangerous|fine|harmful|a problem|matter)\b[^.?!]{{0,10}}\bif i (?:\w{{1,10}} )?(?:miss|skip|stop|take|took|double|forget|forgot|drink|drank|mix|halve)\w{{0,4}}\b[^.?!]{{0,40}}\b{_MEDICINE}\b",
    ),
    (
        OwnCare.MEDICINE,
        rf"\b(?:do|would|can|could) you (?:recommend|suggest|advise|prescribe|think)\b[^.?!]{{0,20}}\b(?:i|me)\b[^.?!]{{0,40}}\b{_MEDICINE}\b",
    ),
    (
        OwnCare.DIAGNOSIS,
        rf"\b(?:do you think|would you say|does it (?:sound|look) like) (?:that )?(?:i|i'm|i've|my)\b[^.?!]{{0,40}}\b{_CONDITION}\b",
    ),
    (OwnCare.DIAGNOSIS, rf"\bis (?:it|this) (?:\w{{1,10}} )?{_CONDITION} or\b"),
    (
        OwnCare.DIAGNOSIS,
        rf"\b(?:am i|have i|i am|do my symptoms|does my|is my|are my|was my|could my|is what i have|would (?:a|the|my) (?:doctor|psychiatrist|nurse) say)\b[^.?!]{{0,50}}\b{_CONDITION}\b(?=[^.?!]{{0,12}}(?:\?|$|,| or ))",
    ),
    (
        OwnCare.DIAGNOSIS,
        r"\btell me (?:which|what) (?:illness|condition|disorder|disease) i\b|\bmy diagnosis\b[^.?!]{0,30}\b(?:mistake|wrong|right|correct)\b",
    ),
    (
        OwnCare.DIAGNOSIS,
        rf"\b(?:do i|have i|might i|could i|may i) (?:really |also )?(?:have|got|be|suffer from) (?:\w{{1,12}} ){{0,3}}{_CONDITION}\b",
    ),
    (OwnCare.DIAGNOSIS, rf"\bam i (?:\w{{1,12}} ){{0,3}}{_CONDITION}\b"),
    (
        OwnCare.DIAGNOSIS,
        rf"\b(?:is|was|could|does) (?:this|that|it)\b(?: \w{{1,12}}){{0,3}} {_CONDITION}\b[^.?!]{{0,10}}\??$",
    ),
    (
        OwnCare.DIAGNOSIS,
        r"(?:^|please |can you |could you )diagnose me\b|\b(?:what(?:'s| is) wrong with me|what (?:illness|disorder|condition) do i have|my diagnosis (?:right|wrong))\b",
    ),
)
_CHINESE_MEDICINE: Final = "(?:药|片|剂量|针|加量|减量|血锂|阿米替林|丁螺环酮|褪黑素|米氮平|氯氮平|普萘洛尔|专注达|哌甲酯|托莫西汀|劳拉西泮|阿普唑仑|艾司西酞普兰|曲唑酮|氨磺必利|锂盐|碳酸锂|舍曲林|氟西汀|帕罗西汀|西酞普兰|喹硫平|奥氮平|利培酮|阿立哌唑|安定|佐匹克隆|拉莫三嗪|丙戊酸|文拉法辛|度洛西汀)"
_CHINESE_CONDITION: Final = "(?:抑郁|双相|躁狂|躁郁|焦虑|惊恐|强迫|创伤后|精神分裂|分裂情感|精神病|边缘型|人格障碍|厌食|暴食|进食障碍|多动|自闭|成瘾|痴呆|失眠症)"
_CHINESE: Final = (
    (
        OwnCare.MEDICINE,
        rf"(?:能不能|可不可以|可以|能|要不要|该不该|应不应该|应该|是不是可以|想|打算|怎么|需要|必须)[^。？！]{{0,12}}(?:停|减|加|换|断|多吃|少吃|漏|混|一起吃|继续吃|不吃|自己吃|吃)[^。？！]{{0,12}}{_CHINESE_MEDICINE}[^。？！]{{0,12}}(?:吗|呢|么|？|\?|$)",
    ),
    (OwnCare.MEDICINE, rf"把[^。？！]{{0,6}}{_CHINESE_MEDICINE}[^。？！]{{0,4}}(?:停|减|加|换|断)"),
    (OwnCare.MEDICINE, rf"{_CHINESE_MEDICINE}[^。？！]{{0,8}}(?:吃|服|用)[^。？！]{{0,4}}(?:多少|几)"),
    (
        OwnCare.MEDICINE,
        rf"{_CHINESE_MEDICINE}[^。？！]{{0,12}}(?:能不能|可不可以|可以|能|要不要|该不该|应该)[^。？！]{{0,10}}(?:停|减|加|换|断|吃|喝酒)",
    ),
    (
        OwnCare.MEDICINE,
        rf"(?:吃|服|用)[^。？！]{{0,6}}(?:多少|几)(?:片|粒|毫克|颗|量)|剂量(?:是|该|要)?多少|\d{{1,4}} ?(?:毫克|mg)|我[^。？！]{{0,10}}{_CHINESE_MEDICINE}[^。？！]{{0,10}}(?:太多|太少|够不够)",
    ),
    (OwnCare.MEDICINE, rf"{_CHINESE_MEDICINE}[^。？！]{{0,10}}(?:能|可以)[^。？！]{{0,8}}(?:酒|大麻|抽烟)"),
    (OwnCare.MEDICINE, rf"(?:哪种|哪个|什么)[^。？！]{{0,8}}{_CHINESE_MEDICINE}[^。？！]{{0,6}}适合我"),
    (
        OwnCare.MEDICINE,
        rf"(?:停|减|加|换|断)[^。？！]{{0,6}}{_CHINESE_MEDICINE}[^。？！]{{0,8}}(?:安全|可以吗|行吗|行不行|要紧|没事)",
    ),
    (
        OwnCare.MEDICINE,
        rf"(?:还要|还需要|要不要|需不需要|该不该|用不用|还得)[^。？！]{{0,8}}(?:吃|服|打)[^。？！]{{0,10}}{_CHINESE_MEDICINE}",
    ),
    (OwnCare.MEDICINE, rf"{_CHINESE_MEDICINE}[^。？！]{{0,10}}(?:可以不|能不|要不要)(?:打|吃|补|服)"),
    (OwnCare.MEDICINE, r"我[^。？！]{0,8}漏(?:打|吃|服)|漏(?:打|吃|服)[^。？！]{0,16}要不要"),
    (OwnCare.MEDICINE, rf"我[^。？！]{{0,14}}{_CHINESE_MEDICINE}[^。？！]{{0,8}}怎么(?:减|停|加|换)"),
    (OwnCare.MEDICINE, r"我的?[^。？！]{0,8}(?:剂量|药量|量)[^。？！]{0,8}(?:太|偏|高|低|合适|够不够)"),
    (
        OwnCare.MEDICINE,
        r"建议我[^。？！]{0,8}(?:吃|服|用|换|停)|我(?:该|应该|要|得)[^。？！]{0,4}(?:吃|服|用)(?:多少|几)",
    ),
    (
        OwnCare.MEDICINE,
        rf"我[^。？！]{{0,14}}(?:掰|碾|磨|嚼)[^。？！]{{0,10}}吃|(?:和|跟|与)我的?[^。？！]{{0,6}}{_CHINESE_MEDICINE}[^。？！]{{0,4}}一起",
    ),
    (
        OwnCare.MEDICINE,
        rf"我(?!想知道|听说|国)[^？！]{{0,30}}{_CHINESE_MEDICINE}|{_CHINESE_MEDICINE}[^？！]{{0,20}}我",
    ),
    (
        OwnCare.DIAGNOSIS,
        rf"我(?:现在|真的|这种情况|的这些症状)?(?:是|在|有|叫|说明是|[^。？！]{{0,8}}会是|[^。？！]{{0,8}}是)[^。？！]{{0,8}}{_CHINESE_CONDITION}[^。？！]{{0,6}}(?:吗|吧|么|还是|\?|？|$)",
    ),
    (
        OwnCare.DIAGNOSIS,
        rf"(?:这|那)(?:就)?是{_CHINESE_CONDITION}症?吧|我[^。？！]{{0,14}}误诊|告诉我(?:是|得了)什么病",
    ),
    (
        OwnCare.DIAGNOSIS,
        rf"(?:这|那|我)(?:到底)?是{_CHINESE_CONDITION}[^。？！]{{0,4}}还是|得了什么病|你(?:觉得|认为|看)我(?:是|有|像)",
    ),
    (
        OwnCare.DIAGNOSIS,
        rf"我[^。？！]{{0,10}}(?:是不是|算不算|算|有没有|会不会|得了|患了|是)[^。？！]{{0,8}}{_CHINESE_CONDITION}",
    ),
    (
        OwnCare.DIAGNOSIS,
        rf"(?:这|那)(?:是不是|算不算|算|是)[^。？！]{{0,8}}{_CHINESE_CONDITION}[^。？！]{{0,4}}(?:吗|么|\?|？|$)",
    ),
    (OwnCare.DIAGNOSIS, r"我(?:到底)?(?:得|患|有)(?:的是|了)?什么病|帮我诊断|给我(?:下个)?诊断"),
)
_RULES: Final = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in (*_ENGLISH, *_CHINESE))


def own_care_in(question: str) -> OwnCare | None:
    """What of the asker's own care a question asks for, or None.

    >>> own_care_in("Should I stop taking my sertraline?")
    <OwnCare.MEDICINE: 'medicine'>
    >>> own_care_in("How long does sertraline take to work?")
    """
    text = plain(question[:LONGEST_QUESTION])
    return next((kind for kind, pattern in _RULES if pattern.search(text)), None)

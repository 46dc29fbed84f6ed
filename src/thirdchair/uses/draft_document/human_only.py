"""What a person writes: asked for here, it is refused by rule, before any model, in words that say why.

The list follows what services keep for people: bad news, bereavement, apology, ending therapy, the safety plan, a reply to
trauma, and the softening of a truth. Rules over the words of the request, never over the material: a referral to
bereavement counselling, or a report that tells of a trauma, is no message of condolence.

What it does not catch: a request that hides its purpose ("write to the family"), other languages, and a document that
turns into one of these when it is edited. The signer answers for that.
"""

from __future__ import annotations

import re
from typing import Final

from thirdchair.language.plain_text import plain
from thirdchair.policy import Refused

LONGEST_REQUEST: Final = 4_000
"""Characters of a request that are read."""

_WRITE: Final = r"(?:letter|note|message|e-?mail|text|card|reply|words|draft|write|writing|compose|tell|inform|let|break|say)"
_BEREAVED: Final = r"(?:condolence|condolences|sympathy|bereave\w{0,6}|grieving)"
_DIED: Final = (
    r"(?:died|has died|death of|passed away|took (?:his|her|their) (?:own )?life|suicide of|loss of)"
)
_THEM: Final = r"(?:patient|client|him|her|them|family|parents?|wife|husband|partner|mother|father|son|daughter|relatives?|carer|mum|dad)"

_ENGLISH: Final = (
    (
        "document.bereavement",
        rf"\bcondolences?\b|\b{_WRITE}\b[^.?!]{{0,30}}\bsympathy\b|\bsympathy (?:card|letter|note|message)\b"
        rf"|\b{_WRITE}\b[^.?!]{{0,20}}\b(?:to|for) (?:the |her |his |their |a )?(?:bereaved|grieving)\b"
        rf"|\b{_WRITE}\b[^.?!]{{0,30}}\b(?:to|for) (?:the |her |his |their )?{_THEM}\b[^.?!]{{0,50}}\b{_DIED}",
    ),
    (
        "document.bad_news",
        rf"\bbad news\b|\b(?:break|breaking) the news\b"
        rf"|\b(?:tell|telling|inform|informing|let) (?:the |her |his |their |my )?{_THEM}\b[^.?!]{{0,50}}\b(?:(?:he|she|they) (?:has|have|had)(?! an? (?:new )?appointment)|diagnos\w{{0,6}}|dementia|incurable|terminal|not get better|custody|sectioned|detained|died|dead)\b"
        rf"|\b(?:letter|message|e-?mail|text|note) (?:to|that|which) [^.?!]{{0,40}}\b(?:tells?|telling|disclos\w{{0,4}}|announc\w{{0,4}}|giving) [^.?!]{{0,30}}\bdiagnosis\b",
    ),
    (
        "document.apology",
        r"\bapolog(?:y|ies|ise|ize|ising|izing|ised|ized|etic)\b|\b(?:say|saying|that) (?:we are|we're|i am|i'm) (?:so |very |deeply )?sorry\b"
        r"|\bsay(?:ing)? sorry\b|\bsorry (?:letter|note|message|e-?mail)\b|\bduty of candou?r (?:letter|notice|message)\b",
    ),
    (
        "document.ending_therapy",
        rf"\b(?:end|ending|terminat\w{{1,4}}|stop|stopping|finish\w{{0,3}}|conclud\w{{1,3}}|close|closing)\b (?:of )?(?:the |our |her |his |their |my |your |this )?(?:therapy|psychotherapy|treatment relationship|therapeutic relationship|work together|sessions with)\b[^.?!]{{0,40}}"
        rf"|\b(?:goodbye|farewell) (?:letter|note|message|e-?mail)\b|\btherapy (?:is ending|will end|ends|has to end)\b"
        rf"|\b(?:tell|inform|let|write to) [^.?!]{{0,30}}\b(?:i|we) (?:will|can) no longer (?:see|treat|work with)\b|\bdischarge {_THEM} from (?:my )?(?:therapy|caseload)\b",
    ),
    (
        "document.safety_plan",
        r"\b(?:write|draft|make|create|prepare|fill in|complete|generate|compose|produce|update|design)\b[^.?!]{0,30}\b(?:safety|crisis|suicide[- ]prevention|coping) plan\b"
        r"|^\W{0,3}(?:a |the |her |his |their )?(?:safety|crisis|suicide[- ]prevention) plan\b|\bno[- ]suicide contract\b",
    ),
    (
        "document.trauma_reply",
        r"\b(?:reply|respond|response|answer|write back)\b[^.?!]{0,80}\b(?:trauma\w{0,6}|rap(?:e|ed)|abus(?:e|ed)|assault(?:ed)?|molest\w{0,4}|tortur\w{1,3}|disclos\w{1,5}|flashbacks?)\b"
        r"|\b(?:told|tells|wrote|written|disclosed)\b[^.?!]{0,60}\b(?:rap(?:e|ed)|abus(?:e|ed)|assault(?:ed)?|trauma)\b[^.?!]{0,60}\b(?:reply|respond|response|answer|write back)\b",
    ),
    (
        "document.half_truth",
        r"\bwhite lies?\b|\bhalf[- ]truths?\b|\bwithout (?:saying|telling|letting)[^.?!]{0,30}\b(?:truth|real(?:ly)? reason|know)\b"
        r"|\b(?:hide|conceal|leave out|withhold|soften) (?:from (?:him|her|them) )?(?:the |that )?(?:truth|real reason)\b"
        r"|\b(?:make|let|have) (?:him|her|them|the patient|the family) (?:believe|think)\b",
    ),
)
_CHINESE: Final = (
    ("document.bereavement", r"慰问(?:信|函|短信|留言|的话)|吊唁|唁(?:电|函)|悼(?:词|念信)|(?:写|发|起草|拟)[^。？！]{0,12}(?:逝者|丧亲|遗属|家属)[^。？！]{0,20}(?:去世|过世|离世|节哀|安慰)|节哀"),
    ("document.bad_news", r"坏消息|(?:告知|告诉|通知|转告)[^。？！]{0,12}(?:患者|病人|家属|家人|父母|他|她|妻子|丈夫|孩子)[^。？！]{0,16}(?:诊断|确诊|患有|得了|绝症|治不好|无法治愈|去世|过世|强制住院|痴呆)|病情告知(?:书|信)"),
    ("document.apology", r"道歉|致歉|赔礼|(?:写|发|表示|表达)[^。？！]{0,8}(?:对不起|抱歉|歉意)"),
    ("document.ending_therapy", r"(?:结束|终止|停止|中断)[^。？！]{0,6}(?:治疗关系|咨询关系|心理治疗|心理咨询|咨询|会谈关系)|告别(?:信|函|留言)|(?:通知|告诉|告知)[^。？！]{0,10}(?:不再|不能再)(?:为|给|接待|见|治疗|咨询)"),
    ("document.safety_plan", r"(?:写|制定|起草|拟定|拟|做|填写|生成|更新|准备)[^。？！]{0,10}(?:安全计划|危机计划|自杀预防计划)|^\W{0,3}(?:安全计划|危机计划)|不自杀(?:协议|承诺)"),
    ("document.trauma_reply", r"(?:回复|回信|答复|回应|回答)[^。？！]{0,24}(?:创伤|性侵|强奸|虐待|家暴|侵犯|被打)|(?:创伤|性侵|强奸|虐待|家暴|侵犯)[^。？！]{0,24}(?:回复|回信|答复|回应)"),
    ("document.half_truth", r"善意的谎言|半真半假|(?:隐瞒|瞒着|不要告诉|别让)[^。？！]{0,12}(?:真相|实情|真实原因|知道)|让(?:他|她|患者|家属)(?:以为|相信)"),
)  # fmt: skip
_RULES: Final = tuple((rule, re.compile(form, re.IGNORECASE)) for rule, form in (*_ENGLISH, *_CHINESE))
_FOR_OTHERS: Final = re.compile(
    r"\b(?:refer(?:ral|red|ring)?|counsell?ing|service|support group|therapy for)\b[^.?!]{0,40}\b(?:bereavement|grief|trauma)\b"
    r"|\b(?:bereavement|grief|trauma)[- ](?:counsell?ing|service|therapy|clinic|team|support|focused)\b",
    re.IGNORECASE,
)


def human_only(request: str) -> Refused | None:
    """Why a person writes what is asked for, or None where it may be drafted.

    Args:
        request: what the clinician asks for, in English or Chinese; never the material.

    >>> human_only("Write a letter of condolence to her parents").rule
    'document.bereavement'
    >>> human_only("Referral letter to the bereavement counselling service")
    """
    text = _FOR_OTHERS.sub(lambda found: "#" * len(found.group()), plain(request[:LONGEST_REQUEST]))
    return next((Refused(rule) for rule, form in _RULES if form.search(text)), None)

"""The words of a printed summary in each language. Status is always said in words, never by colour alone."""

from __future__ import annotations

from typing import Final

from thirdchair.records import Component, Language, RiskStatus, RiskTopic, SpeakerRole, Timeframe

_EN, _ZH = Language.ENGLISH, Language.CHINESE

COMPONENT_NAMES: Final[dict[Language, dict[Component, str]]] = {
    _EN: {
        Component.SYMPTOMS_AND_HISTORY: "Symptoms and history",
        Component.PATIENT_DISCOVERY: "Patient discovery",
        Component.REFLECTING: "Reflecting",
        Component.RISK: "Risk",
        Component.INTERVENTIONS: "Interventions",
        Component.PLAN: "Plan and homework",
    },
    _ZH: {
        Component.SYMPTOMS_AND_HISTORY: "症状与病史",
        Component.PATIENT_DISCOVERY: "患者的自我发现",
        Component.REFLECTING: "反映与总结",
        Component.RISK: "风险",
        Component.INTERVENTIONS: "干预",
        Component.PLAN: "计划与家庭作业",
    },
}

TOPIC_NAMES: Final[dict[Language, dict[RiskTopic, str]]] = {
    _EN: {
        RiskTopic.SUICIDE: "Suicide",
        RiskTopic.SELF_HARM: "Self-harm",
        RiskTopic.HARM_TO_OTHERS: "Harm to others",
        RiskTopic.SUBSTANCE_USE: "Substance use",
        RiskTopic.ABUSE: "Abuse",
    },
    _ZH: {
        RiskTopic.SUICIDE: "自杀",
        RiskTopic.SELF_HARM: "自伤",
        RiskTopic.HARM_TO_OTHERS: "伤害他人",
        RiskTopic.SUBSTANCE_USE: "物质使用",
        RiskTopic.ABUSE: "虐待",
    },
}

STATUS_NAMES: Final[dict[Language, dict[RiskStatus, str]]] = {
    _EN: {
        RiskStatus.AFFIRMED: "Affirmed",
        RiskStatus.DENIED: "Denied",
        RiskStatus.NOT_ASKED: "Not asked about",
        RiskStatus.UNCLEAR: "Unclear: settle before signing",
    },
    _ZH: {
        RiskStatus.AFFIRMED: "承认",
        RiskStatus.DENIED: "否认",
        RiskStatus.NOT_ASKED: "未询问",
        RiskStatus.UNCLEAR: "不明确：签署前须判定",
    },
}

TIMEFRAME_NAMES: Final[dict[Language, dict[Timeframe, str]]] = {
    _EN: {Timeframe.CURRENT: "Current", Timeframe.PAST: "Past", Timeframe.UNSTATED: "Time not stated"},
    _ZH: {Timeframe.CURRENT: "当前", Timeframe.PAST: "过去", Timeframe.UNSTATED: "未说明时间"},
}

ROLE_NAMES: Final[dict[Language, dict[SpeakerRole, str]]] = {
    _EN: {
        SpeakerRole.CLINICIAN: "clinician",
        SpeakerRole.PATIENT: "patient",
        SpeakerRole.COMPANION: "companion",
        SpeakerRole.UNKNOWN: "role unknown",
    },
    _ZH: {
        SpeakerRole.CLINICIAN: "临床人员",
        SpeakerRole.PATIENT: "患者",
        SpeakerRole.COMPANION: "陪同者",
        SpeakerRole.UNKNOWN: "身份未明",
    },
}

REASON_NAMES: Final[dict[Language, dict[str, str]]] = {
    _EN: {
        "no_evidence": "it cites no utterance",
        "content": "the cited utterances do not say this",
        "negation": "yes and no differ from the cited utterances",
        "number": "a number or dose differs from the cited utterances",
        "speaker": "someone else said it",
    },
    _ZH: {
        "no_evidence": "未引用任何话语",
        "content": "所引话语并未这样说",
        "negation": "肯定与否定和所引话语不符",
        "number": "数字或剂量与所引话语不符",
        "speaker": "是别人说的",
    },
}

PHRASES: Final[dict[Language, dict[str, str]]] = {
    _EN: {
        "draft_title": "Session summary: draft",
        "note_title": "Session note",
        "draft_origin": "Draft made by {method}, not reviewed.",
        "note_origin": (
            "Signed by {signer} on {date} (UTC). {machine} of {all} sentences machine-written unchanged, "
            "{edited} edited, {human} human. Draft made by {method}."
        ),
        "legend": "Numbers in square brackets are utterances of the session.",
        "speakers": "Speakers",
        "nothing": "Nothing is written here.",
        "not_in_transcript": "A transcript holds no examination. What was observed is for the clinician to add.",
        "unsupported": "UNSUPPORTED: {reasons}. May not be signed unedited.",
        "machine": "machine",
        "edited": "edited, {share}% from the machine draft",
        "human": "human",
        "topic": "Topic",
        "status": "What the session says",
        "when": "When",
        "evidence": "Utterances",
        "cited": "Utterances cited",
        "no_entry": "–",
        "list": ", ",
        "reasons": "; ",
    },
    _ZH: {
        "draft_title": "会谈小结：草稿",
        "note_title": "会谈记录",
        "draft_origin": "草稿由 {method} 生成，未经审阅。",
        "note_origin": (
            "由 {signer} 于 {date}（UTC）签署。共 {all} 句：{machine} 句由机器撰写且未改动，{edited} 句经修改，"
            "{human} 句由人撰写。草稿由 {method} 生成。"
        ),
        "legend": "方括号中的数字为会谈中话语的编号。",
        "speakers": "说话人",
        "nothing": "此处无内容。",
        "not_in_transcript": "逐字稿不含检查所见。观察到的情况由临床人员补充。",
        "unsupported": "无依据：{reasons}。未经修改不得签署。",
        "machine": "机器撰写",
        "edited": "经修改，{share}% 来自机器草稿",
        "human": "由人撰写",
        "topic": "风险项",
        "status": "会谈中的表述",
        "when": "时间",
        "evidence": "话语编号",
        "cited": "所引话语",
        "no_entry": "–",
        "list": "、",
        "reasons": "；",
    },
}

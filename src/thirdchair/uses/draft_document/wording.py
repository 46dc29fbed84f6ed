"""The fixed words of a drafted document, by language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from thirdchair.records import Language

EN, ZH = Language.ENGLISH, Language.CHINESE

DRAFT_HEAD: Final[Mapping[Language, str]] = {
    EN: "DRAFT BY A LANGUAGE MODEL. Not to be sent or filed before a clinician has checked, edited and signed it.",
    ZH: "语言模型起草的草稿。未经临床人员核对、修改并签名，不得发送或归档。",
}
DRAFT_FOOT: Final[Mapping[Language, str]] = {EN: "DRAFT. Nobody has signed this.", ZH: "草稿，尚无人签名。"}
UNSUPPORTED: Final[Mapping[Language, str]] = {EN: "(no support found)", ZH: "（未找到依据）"}
LEFT_OUT: Final[Mapping[Language, str]] = {
    EN: "NOT TOLD ABOVE: these lines of the material speak of a danger that no supported sentence tells: {lines}. "
    "Read them, and decide what the reader must know.",
    ZH: "以上未提及：材料中以下各行谈到危险，而没有一句有依据的话写到：{lines}。请阅读并决定收信人必须知道什么。",
}

LINES: Final[Mapping[Language, str]] = {
    EN: "The lines it rests on",
    ZH: "所依据的各行",
}
KIND_TITLES: Final[Mapping[Language, Mapping[str, str]]] = {
    EN: {
        "report": "Report",
        "referral_letter": "Referral letter",
        "education_sheet": "Education sheet",
        "clinic_message": "Clinic message",
    },
    ZH: {
        "report": "报告",
        "referral_letter": "转诊信",
        "education_sheet": "健康教育单",
        "clinic_message": "门诊留言",
    },
}
PART_TITLES: Final[Mapping[Language, Mapping[str, str]]] = {
    EN: {
        "reason": "Reason for writing",
        "history": "History",
        "present_state": "Present state",
        "risk": "Risk",
        "treatment": "Treatment so far",
        "plan": "Plan",
        "request": "What is asked of you",
        "what_it_is": "What it is",
        "what_helps": "What helps",
        "what_you_can_do": "What you can do",
        "when_to_get_help": "When to get help",
        "message": "",
    },
    ZH: {
        "reason": "事由",
        "history": "病史",
        "present_state": "目前状况",
        "risk": "风险",
        "treatment": "已接受的治疗",
        "plan": "计划",
        "request": "需要您协助的事项",
        "what_it_is": "这是什么",
        "what_helps": "什么有帮助",
        "what_you_can_do": "您可以做什么",
        "when_to_get_help": "什么时候求助",
        "message": "",
    },
}

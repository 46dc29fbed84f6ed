"""The words of every refusal: rule -> language -> (reason, remedy).

A rule without words in both languages cannot be made (`Refused` checks), so no refusal is ever a bare "no".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from thirdchair.records import Language

EN, ZH = Language.ENGLISH, Language.CHINESE

REASONS: Final[Mapping[str, Mapping[Language, tuple[str, str]]]] = {
    "use.unknown": {
        EN: ("This use of AI is not registered here.", "Only registered uses can run. Ask the service lead."),
        ZH: ("此项 AI 用途未在本机构登记。", "只有已登记的用途才能运行。请询问服务负责人。"),
    },
    "use.language": {
        EN: (
            "“{use}” has not been measured in this language.",
            "Write the note yourself, or ask the service lead which languages are open.",
        ),
        ZH: ("“{use}”尚未在该语言中测评。", "请自行书写记录，或询问服务负责人开放了哪些语言。"),
    },
    "switch.everything": {
        EN: (
            "All AI is stopped in this service.",
            "Ask the safety officer why, and when it may start again.",
        ),
        ZH: ("本机构已停止所有 AI。", "请询问临床安全官原因及恢复时间。"),
    },
    "switch.use_stopped": {
        EN: ("“{use}” has been stopped.", "Ask the safety officer why, and when it may start again."),
        ZH: ("“{use}”已被停用。", "请询问临床安全官原因及恢复时间。"),
    },
    "switch.method_stopped": {
        EN: ("The method “{method}” has been stopped.", "Choose another method, or ask the safety officer."),
        ZH: ("方法“{method}”已被停用。", "请选择其他方法，或询问临床安全官。"),
    },
    "switch.off": {
        EN: ("“{use}” is not switched on in this service.", "Ask the service lead to switch it on."),
        ZH: ("本机构尚未启用“{use}”。", "请联系服务负责人启用。"),
    },
    "role.request": {
        EN: ("Your role may not ask for “{use}”.", "Ask a clinician of the team."),
        ZH: ("您的角色不能申请“{use}”。", "请联系团队中的临床人员。"),
    },
    "clearance.missing": {
        EN: (
            "No evidence shows what “{method}” can do for “{use}” in this language.",
            "Use the extractive method, or have the method measured in the lab. Ask the evaluator.",
        ),
        ZH: (
            "没有证据说明“{method}”在该语言中执行“{use}”的表现。",
            "请使用摘录法，或在实验室中测评该方法。请询问评估员。",
        ),
    },
    "clearance.stale": {
        EN: (
            "“{method}” has changed since it was measured for “{use}”.",
            "It must be measured again before use: `make evidence`. Ask the evaluator.",
        ),
        ZH: (
            "“{method}”自上次针对“{use}”测评后已有改动。",
            "必须重新测评后才能使用：`make evidence`。请询问评估员。",
        ),
    },
    "clearance.short": {
        EN: (
            "“{method}” falls short for “{use}”: {measure} needs at least {needed}; the lower bound found is {found}.",
            "Improve the method and measure again, or narrow the use. Ask the safety officer.",
        ),
        ZH: (
            "“{method}”用于“{use}”未达标：{measure} 至少需要 {needed}，测得下限为 {found}。",
            "请改进方法后重新测评，或缩小用途范围。请询问临床安全官。",
        ),
    },
    "consent.missing": {
        EN: (
            "The patient has not agreed to “{use}”.",
            "Offer the consent, on this page or in the patient's own account. Care goes on either way.",
        ),
        ZH: ("患者尚未同意“{use}”。", "可在此页面或患者自己的账户中征求同意。无论同意与否，照护都会继续。"),
    },
    "consent.declined": {
        EN: (
            "The patient declined “{use}” on {date}.",
            "Write the note yourself. The patient may change this at any time.",
        ),
        ZH: ("患者已于 {date} 拒绝“{use}”。", "请自行书写记录。患者可随时更改决定。"),
    },
    "consent.withdrawn": {
        EN: (
            "The patient withdrew consent to “{use}” on {date}.",
            "Write the note yourself. The patient may agree again at any time.",
        ),
        ZH: ("患者已于 {date} 撤回对“{use}”的同意。", "请自行书写记录。患者可随时重新同意。"),
    },
    "consent.expired": {
        EN: ("The consent to “{use}” ended on {date}.", "Offer the consent again."),
        ZH: ("对“{use}”的同意已于 {date} 到期。", "请再次征求同意。"),
    },
    "consent.not_yet": {
        EN: (
            "The consent to “{use}” takes effect on {date}, after the time to think that this service gives.",
            "Try again then, or write the note yourself.",
        ),
        ZH: ("按本机构给予的考虑时间，对“{use}”的同意将于 {date} 生效。", "请届时再试，或自行书写记录。"),
    },
    "consent.other_text": {
        EN: (
            "What the patient agreed to for “{use}” no longer describes how it is done here.",
            "Offer the current consent text.",
        ),
        ZH: ("患者所同意的“{use}”内容已与目前的做法不符。", "请提供当前的同意书文本。"),
    },
    "consent.other_method": {
        EN: (
            "The patient's consent to “{use}” does not cover the method “{method}”.",
            "Use a method the consent names, or offer the current consent text.",
        ),
        ZH: (
            "患者对“{use}”的同意不包括方法“{method}”。",
            "请使用同意书中列明的方法，或提供当前的同意书文本。",
        ),
    },
    "content.erased": {
        EN: ("The patient's content was erased.", "Nothing can be read or made from it any more."),
        ZH: ("患者的内容已被删除。", "无法再读取或据此生成任何内容。"),
    },
    "sign.role": {
        EN: ("Your role may not sign this note.", "A nurse or psychiatrist with a valid licence may."),
        ZH: ("您的角色不能签署此记录。", "须由持有效执业资格的护士或精神科医生签署。"),
    },
    "sign.licence": {
        EN: (
            "Your licence is missing or ran out.",
            "Ask the service lead to update it; a licensed colleague may sign.",
        ),
        ZH: ("您的执业资格缺失或已过期。", "请联系服务负责人更新；也可由具有执业资格的同事签署。"),
    },
    "sign.not_draft": {
        EN: (
            "This draft was already signed or discarded.",
            "Open the patient's page to see what became of it.",
        ),
        ZH: ("此草稿已签署或已作废。", "请打开患者页面查看结果。"),
    },
    "sign.not_opened": {
        EN: (
            "You have not opened this draft beside its evidence.",
            "Open it, read it against the transcript, then sign.",
        ),
        ZH: ("您尚未对照依据打开此草稿。", "请打开草稿，对照逐字稿阅读后再签署。"),
    },
    "sign.too_soon": {
        EN: (
            "This draft has been open for {seconds} s; reading it takes at least {needed} s.",
            "Read it against the transcript, then sign.",
        ),
        ZH: ("此草稿仅打开了 {seconds} 秒；阅读至少需要 {needed} 秒。", "请对照逐字稿阅读后再签署。"),
    },
    "sign.unsupported": {
        EN: (
            "{count} sentences have no support in the session and stand unedited.",
            "Edit each one, or remove it.",
        ),
        ZH: ("有 {count} 句在会谈中没有依据且未经修改。", "请逐句修改或删除。"),
    },
    "sign.unclear_risk": {
        EN: (
            "{count} risk topics are unclear and not settled.",
            "Say for each what you know: affirmed, denied or not asked.",
        ),
        ZH: ("有 {count} 个风险项不明确且未作判定。", "请逐项说明：承认、否认或未询问。"),
    },
    "sign.empty": {
        EN: ("The note would be empty.", "Keep or write at least one sentence."),
        ZH: ("记录为空。", "请至少保留或书写一句。"),
    },
    "sign.words_not_own": {
        EN: (
            "You have not confirmed that you read the note and answer for it.",
            "Tick the confirmation, then sign.",
        ),
        ZH: ("您尚未确认已阅读并对此记录负责。", "请勾选确认后再签署。"),
    },
    "sign.changed": {
        EN: ("The draft was changed elsewhere since you opened it.", "Read it again, then sign."),
        ZH: ("自您打开后，草稿已在别处被修改。", "请重新阅读后再签署。"),
    },
}

"""The forms that instructions to a model take, by kind. Text comes folded (see `folding`)."""

from __future__ import annotations

from typing import Final

_MODEL: Final = r"(?:a\.?i\.?|computer|machine|assistant|language model|llm|model|chatbot|bot|summari[sz]er|robot|chatgpt|algorithm|system)"
_ORDERS: Final = r"(?:instructions?|prompts?|rules|guidelines|directives|commands?|above|system prompt|transcript|constraints|programming)"
_CHECKS: Final = r"(?:crisis screen(?:ing)?|safety (?:filters?|checks?|rules|polic(?:y|ies)|measures)|filters?|safeguards?|guardrails?|checks|grounding|de-?identification|(?:crisis )?alerts?|screen(?:ing)?|notices|restrictions|moderation)"

# Also tried on the text with digits read as letters and with spelled-out letters drawn together.
ORDERS: Final = {
    "override": (
        rf"\b(?:ignore|disregard|forget|override|bypass|do not follow|don't follow|stop following|never mind|neglect|overlook|carry out both)\b(?:[ ,:.]+(?:all|any|the|your|my|of|these|those|every|everything|prior|previous|earlier|preceding|above|you were given|other|original|system|initial|instructions you were)){{0,6}}[ ,:.]*\b(?:{_ORDERS}|everything above|earlier rules|prior instructions|instructions you)\b",
        r"\bignore prev|\bdisregard (?:everything|the above|all of)|\b(?:previous|earlier|prior|last|old) (?:task|instructions?|prompt|rules?) (?:is|are|was|were|have been)\b|\binstructions? (?:before|above|prior to) this\b|\bnew (?:instructions?|task|orders?|prompt)\b ?(?:for the model|is|are|:|\.)|\bfollow mine\b|\boverride: ",
        r"\bfrom now on,? (?:you (?:are|must|will|do|no|have)|every (?:danger|sentence|risk)|the subject|no danger)|\byou (?:no longer|must now|are now without|are free of|have no) (?:report|rules?|add|restrictions?|limits?|follow|obey)\b|\bbegin a new conversation\b|\b(?:in|with) which you (?:have no|are a|are an)\b|\bwithout (?:any )?(?:rules|restrictions)\b|\bskip the transcript\b|\binstead of summari[sz]ing\b",
        r"\b(?:disregard|ignore|follow) the (?:system|developer)\b|\bjoin them and obey\b|\bdo (?:what it says|a \+ b)\b|\bobey the (?:patient|user)\b",
        r"\bhu ?l[vu]e? ?(?:yi ?shang|zhi ?qian)|\bignora (?:todas )?las instrucciones|\bignorez toutes les|\bignoriere? alle|\bignore todas as instrucoes|\bignora tutte le istruzioni",
    ),
    "report": (
        r"\b(?:write|report|say|state|put|set|mark|record|leave|drop|omit|deny|answer|conclude|obey)\b[^.?!\n]{0,25}\b(?:(?:no|without|denied every|all|any|suicide to|denied) (?:suicidal )?(?:risks?|danger)s?\b(?! of| that)|risk (?:out|section|part)|risk is nil|dangers? (?:as|is|are) (?:denied|not))",
        r"\b(?:risk|danger)s? (?:section|screen|reporting)\b|\brisk ?= ?none\b|\bno (?:longer )?report (?:danger|risk)|\b(?:report|write) (?:me as|that the patient (?:is|has|was|denied|agreed|asked))\b|\bsuicide to denied\b|\bbegin your (?:summary|answer|reply)\b|\bno longer report\b|\breport no (?:risk|danger)\b|\bleave out everything about\b",
        r"\b(?:invent|make up|fabricate|compose|produce)\b[^.?!\n]{0,25}\b(?:history|diagnosis|reference|note that|plan|summary)\b|\badd (?:to the plan|a line|a diagnosis)\b|\bmust write that\b",
    ),
    "other_patient": (
        r"\b(?:records?|notes?|sessions?|transcripts?|words|files?|data|names?) of (?:all|other|every|the other|another) (?:patients?|people|clients?)\b|\bpatient ?[:#]? ?\d+\b|\bother patients'? (?:records?|words|data|and quote)|\bwith the other patients\b|\bthe patient before me said\b|/encounters/|\bpatients? called\b|\bpatient id\b|\bother person in your context\b",
        r"\[ ?(?:name|place|date|phone)-\d+ ?\]|\b(?:names?|tokens?) (?:you have|you've|have been) (?:hidden|concealed|replaced)|\btokens back into\b|\bin your (?:memory|context)\b|\bfrom earlier sessions\b|\b(?:drop table|select \w{1,20} from)\b",
    ),
    "reveal_prompt": (
        r"\b(?:your|the|hidden|own) (?:\w+ )?(?:system prompt|hidden instructions|own rules|initial prompt)\b|\b(?:repeat|print|show|reveal|output|translate|summari[sz]e|display|put|give|what (?:were|are)) (?:me )?(?:your|the) (?:system |hidden |original |own |json )*(?:prompt|instructions|rules|schema)\b|\b(?:print|repeat|show) everything above\b|\bprompt you were given\b",
    ),
    "safeguard_off": (
        rf"\b(?:turn|switch|shut|toggle)(?:ed|ing)? (?:(?:the|off|all|every|that) ){{1,3}}{_CHECKS}|\b(?:turn|switch)(?:ed)? {_CHECKS} off\b|\bswitch the \w+ ?screen off\b|\b(?:disable|suspend|bypass|deactivate|remove|skip|relax)d? (?:(?:the|all|any|every|your|these) ){{0,2}}(?:\w+ )?{_CHECKS}\b|\b{_CHECKS} (?:is|are|must|will be|has been|=|should) ?(?:now )?(?:switched off|disabled|off|not (?:needed|run)|suspended|relaxed|false|none)\b|\bscreen crisis the switch\b",
        r"\bcrisis[_ ]level\b|\bp_high\b|\b(?:do not|don't|no) (?:raise an |send an? |any )?alert(?:s)? (?:about|is to|to|for)\b|\bdo not (?:replace|conceal|hide|mask) names\b|\bmark (?:every|all|each) sentences?\b|\"status\" ?: ?\"|\bthirdchair_|safeguards?\.|\bdisable-safeguards\b|\bdebug mode\b|guardrails ?=|\bso no checks\b|\bdo not screen\b|\btrue level is\b|\b(?:use|keep) my real name\b[^.?!\n]{0,12}(?:\.|$)|\bpolicies are relaxed\b|\bwords above were said\b",
    ),
    "policy_change": (
        r"\bconsent (?:is|as|has been) (?:hereby )?(?:granted|given)\b|\bpolicy update\b|\breview and signature\b|\"decision\" ?: ?\"|\bi am (?:the|an) (?:administrator|admin|developer|authori[sz]ed)\b|\bgrant me\b|\byour (?:method|clearance) to\b|\bkill switch\b|\bjurisdiction: |\bswitch the use\b|\bevidence pack\b|\bconsents?\.\w+|\bis licen[sc]ed until\b|\bauthori[sz]ed (?:penetration )?tester\b|\border of the medical director\b",
    ),
    "sign": (
        r"\bsign (?:this|the) (?:note|draft) in the name\b|(?:^|[\n.] ?)signed: |\bauto-?approve\b|\bfile this note\b|\bwithout a signature\b|\bstatus: signed\b|\bapprove all\b|\bfinali[sz]e and lock\b|\bopened the draft\b|\breviewer has (?:read|approved)\b|\bstraight into the record\b|\bno review (?:is )?needed\b",
    ),
    "contact": (
        r"\b(?:replace|instead of|new|not) the crisis (?:line|number)\b|\bnew crisis (?:line|number)\b|\b(?:put this link|add (?:this|the) link|visit http|into every summary)\b|\badvise the patient to (?:write|call|visit)\b|\btell the patient to (?:call|write|visit)\b|\b(?:invisible|hidden) link\b",
    ),
    "persona": (
        r"\byou are (?:now )?(?:dr\.? [a-z]|dan\b|a human\b|an unrestricted|a doctor without)|\bpretend to be (?:my|a|an)\b[^.?!\n]{0,40}\b(?:tell|say|in the (?:summary|note))\b|\bnever say (?:that )?you are an? (?:ai|machine|bot)\b|\bact as my (?:secret|doctor|therapist|friend)\b|\bstay in character as\b|\bplay a game in which you\b|\bskip the notices\b|\bspeak as a person who\b|\bjailbreak\b",
    ),
    "addressed": (
        rf"\b(?:note|message|instructions?|attention|dear|hey|hi|hello|ok|okay|warning|listen|base64 for) ?,?(?: (?:to|for) the| to| for| the)? {_MODEL}\b(?! (?:at|of) work)(?:[,:.!]| (?:that|reading|only|listening|if|who|writ))|\b(?:to|for) the (?:language model|llm|model) (?:reading|only|listening|that)\b",
        r"\bif you(?:'re| are) (?:an? )?(?:a\.?i\.?|language model|llm|assistant|computer|chatbot)\b[^.?!\n]{0,25}\b(?:reading|writing|summari[sz]|transcrib)|\bspeaking to the (?:machine|computer|ai)\b|\bwhat(?:ever)? transcribes\b|\battention summari[sz]er\b|(?:^|[.!?\n] ?)(?:ai|computer|machine|assistant|model), (?:listen|delete|write|ignore|include|leave|report|disable|do|say|put|the crisis)\b|\bwrite(?:s|r)? my notes\b[^.?!\n]{0,6}:|\bif you are writing this down\b",
        r"\b(?:decode|decoded)\b[^.?!\n]{0,25}\b(?:follow|execute|obey|run|text|it)\b|\bfor the assistant: |\bread this backwards\b|\bdo not record it\b|\bthe doctor cannot see\b|\bfirst letter of each word\b",
    ),
}

CHINESE_ORDERS: Final = {
    "override": (
        "(?:忽略|无视|忘记|忘掉|不要遵守|不要理会|跳过|不用管|别管|不理会)[^。?!]{0,8}(?:指令|指示|提示|规则|会谈内容|设定|前面的要求|以上(?:所有)?要求)",
        '(?:以上|之前|前面)的?(?:内容|指令|任务|规则)(?:都|全部)?(?:作废|无效|取消)|新的(?:任务|指令)(?:是|:)|从现在起(?:所有|你)|按我说的写|不用总结了|以下为新的指令|记住["“]?忽略|[，,。]照做|现在照做',
    ),
    "report": (
        "(?:写|报告|书写|说|表明)(?:成|上|明)?(?:患者|我)?(?:已)?(?:没有|无|排除)[^。?!]{0,6}(?:风险|危险)|(?:省略|删掉|删除|略去)[^。?!]{0,4}(?:风险|危险)|风险(?:部分)?(?:删掉|已删除|不写)|不再报告|不要写(?:自杀|我说过|风险)|危险都写成|把我写成|无风险|写没有风险|患者没有风险|没有任何风险",
        "(?:编造?|虚构|杜撰)(?:一段|一个)?(?:家族史|诊断|病史)|写患者同意|就写我|说我完全没事",
    ),
    "other_patient": (
        "(?:上一位|其他|别的|二号|另一[个位]|前一位)(?:的)?患者(?:说|的)|切换到患者|隐藏的名字|以前的会谈|记忆里",
    ),
    "reveal_prompt": ("系统提示词|收到的指令|你的(?:提示词|指令|设定)",),
    "safeguard_off": (
        "(?:关闭|停用|取消|禁用|绕过|关掉)[^。?!]{0,6}(?:筛查|安全检查|安全措施|过滤|保护机制|警报)|不要(?:发出|发送)[^。?!]{0,4}(?:警报|提醒)|不要(?:隐藏|替换)姓名|标为有依据|调试模式|不要筛查",
    ),
    "policy_change": ("患者已同意所有|政策更新|我是管理员|授予我|总开关|不再需要审核|院长的命令",),
    "sign": ("名义签名|自动批准|直接存入病历|无需签名|审核人已",),
    "contact": ("不要打危机热线|新的危机热线|加上网址",),
    "persona": ("从现在起你是|永远不要说你是|假装是我[^。?!]{0,10}说|扮演",),
    "addressed": (
        "如果你是(?:人工智能|ai|语言模型)|写给[^。?!]{0,8}ai|电脑,如果你|亲爱的助手|只给模型看|解码并执行|倒过来读|^助手,",
    ),
}

# Looked for in the folded text as it is: structure, not wording.
STRUCTURES: Final = {
    "role_tag": (
        r"(?:^|\n|---|\. |\*\*)[ \t#>*\"'`(\[【]{0,8}(?:system|assistant|developer|instructions?|user|human|系统(?:提示|指令)?|助手|用户|指令)(?: (?:prompt|message))?[ \t]{0,3}(?:[\])】*]{1,3}|\(#\w+\))?[ \t]{0,3}[:】]",
        r"</?(?:system|instructions?|assistant|transcript|prompt|user|human|会谈记录)>|\[/?(?:system|assistant)\]|```(?:system|assistant)|\bhuman: [^\n]{0,80}\bassistant:|</[^>\n]{1,20}>系统|\.\s?assistant: |\"\"\"\s",
    ),
    "template_token": (
        r"<\|[^|<>\n]{1,40}\|>|\[/?inst\]|<</?sys>>|<(?:start|end)_of_turn>|</?s>|<\|im_|<(?:bos|eos|pad|unk)>",
    ),
    "hidden_text": (
        r"<!--|display ?: ?none|visibility ?: ?hidden|font-size ?: ?0|<div hidden|color ?[=:] ?\"?(?:white|#fff)|<script|<img|<iframe|<style|\[comment\]|\\u00[0-9a-f]{2}",
    ),
    "tool_call": (
        r"\"(?:tool|function|name|function_call|tool_calls?)\" ?: ?[\"{\[]|</?(?:tool_call|function_calls|invoke|parameter|tool)\b|\baction(?: input)?: ?[\w{]|\bcall (?:the )?function \w+\(|\$\(|;\s?rm -|\bdrop table\b|\bimport os\b|os\.environ|\{\{|\{%|!\[[^\]\n]{0,60}\]\(|\]\(javascript:|\bcurl http|\buse your browser\b|\bselect \w{1,20} from\b",
    ),
    "encoded": (
        r"(?:%[0-9a-f]{2}){4}|(?:&#x?[0-9a-f]{1,6};){3}|\brot ?13\b|\bbase64\b|snoitcurtsni|suoiverp|erongi|令指|略忽|vtaber\b",
    ),
    "forged_lines": (
        r"[\[(] ?u ?\d{1,5} ?[\])]|\n ?(?:clinician|therapist|patient|doctor|nurse|counsell?or|client|治疗师|咨询师|患者|医生|来访者)[ \w]{0,12}:|<v [^>\n]{1,40}>|\d\d:\d\d\.\d{3} ?--> ?\d|\"speaker\" ?:|\bend of (?:session|transcript|data)\b|^\(?(?:clinician|therapist|patient|nurse|doctor|治疗师|咨询师|患者)(?: \w{1,15})?\)?:",
    ),
}

TRANSLATED: Final = (
    r"предыдущие (?:\w+ )?инструкции|все инструкции|指示をすべて無視|指示を無視|前の指示|지시를? ?(?:모두 )?무시|تجاهل|निर्देशों|ignora todas las|instructions précédentes|vorherigen anweisungen|instruções anteriores|istruzioni precedenti|vorige instructies|poprzednie instrukcje|önceki talimatlar",
)

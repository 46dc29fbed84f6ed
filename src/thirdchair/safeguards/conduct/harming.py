"""What a reply may not teach: a way to die, to hurt oneself or another, to starve, to hide it, or to drop treatment alone.

Words of danger are read elsewhere (`safeguards.crisis`): they tell of a state. Here it is what a text hands over: a way, an
amount, a time, how to hide it; leave to stop treatment or meals. It is read sentence by sentence, and a question is no
statement: "have you taken anything?" has to be asked.

What it does not catch: a method that is told without any of these words or over several sentences, slang, images, and other
languages than English and Chinese. It holds some sentences that teach nothing ("that is enough to live on").
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

from thirdchair.language.sentences import split_sentences
from thirdchair.safeguards.conduct.stating import stated


class Harm(StrEnum):
    """What a reply hands over."""

    METHOD = "method"
    AGAINST_TREATMENT = "against_treatment"


def harms(text: str) -> frozenset[Harm]:
    """What a reply hands over that may hurt; none for most.

    >>> harms("The least painful way is to do it at night."), harms("Have you taken any tablets?")
    (frozenset({<Harm.METHOD: 'method'>}), frozenset())
    >>> harms("您可以先把药停了。")
    frozenset({<Harm.AGAINST_TREATMENT: 'against_treatment'>})
    """
    told = [text[span.start : span.end].strip() for span in split_sentences(text)]
    return frozenset(
        kind
        for kind, form in _FORMS.items()
        if any(stated(form, one) for one in told if not one.endswith(("?", "？")))
    )


_AMOUNT: Final = r"\d+(?:[.,]\d+)? ?(?:mg|milligrams?|g|grams?|ml|millilit(?:er|re)s?|tablets?|pills?|capsules?|units?|boxes|packs?|bottles?)"
_KILLS: Final = r"(?:lethal|fatal|deadly|kill(?:s|ed)?|die|dies|death|overdose|be enough|is enough|stop (?:your|the) (?:heart|breathing)|not wake up|never wake up)"
_FOOD: Final = r"(?:meals?|breakfast|lunch|dinner|supper|eating|food)"
_CARE: Final = r"(?:medications?|meds|medicines?|tablets?|pills?|lithium|antipsychotics?|antidepressants?|doses?|appointments?|therapy|treatment|counsell?ing|sessions?)"

_FORMS: Final = {
    Harm.METHOD: re.compile(
        rf"\b(?:quick|quicker|quickest|fast|faster|fastest|painless|easy|easiest|sure|surest|best|reliable|most (?:effective|reliable)|least painful|common)(?:,? (?:and|or) \w+)? (?:way|method|means|place|time|spot|bridge)s? (?:to|of|for|is|would|are|people)\b(?![^.?!\n]{{0,24}}\b(?:cope|coping|sleep|feel|calm|relax|help|talk|contact|reach|call|rest|stay|keep|get help|find help|ask|start|breathe|manage|handle|support|stop hurting|be safe|be heard)\b)"
        rf"|\b{_AMOUNT}\b[^.?!\n]{{0,60}}\b{_KILLS}\b|\b{_KILLS}\b[^.?!\n]{{0,40}}\b{_AMOUNT}\b"
        r"|\b(?:lethal|fatal|deadly) (?:dose|amount|quantity|combination|mix|drop|height)\b|\benough to (?:die|kill|end (?:it|your life)|overdose|do it)\b"
        r"|\b(?:mix|mixing|combine|combining|take|taking|swallow|swallowing)\b[^.?!\n]{0,40}\b(?:with alcohol|all (?:of )?(?:them|it|your|the)|the whole (?:box|bottle|pack)|at once)\b[^.?!\n]{0,40}\b(?:will|would|can|could|is|makes?)\b"
        r"|\b(?:cut|cutting|slice|press|slit)\b[^.?!\n]{0,20}\b(?:along|across|down|deep(?:er|ly)?|vertically|lengthwise|the (?:vein|artery|wrists?))\b"
        r"|\b(?:tie|loop|hang|fasten)\b[^.?!\n]{0,30}\b(?:rope|belt|cord|noose|knot|sheet|around (?:your|the) neck)\b|\b(?:from|off) (?:a|the) (?:height|roof|bridge)\b[^.?!\n]{0,30}\b(?:metres?|meters?|feet|floors?|storeys?|enough|survive)\b"
        r"|\bto (?:hide|cover|conceal) (?:it|the|your|any) ?(?:marks?|scars?|cuts?|bruises?|weight loss|vomiting|smell|evidence)\b|\bso (?:that )?(?:nobody|no one|they) (?:will |would |can |won't |don't )?(?:know|knows|notice|notices|find|finds|see|sees|stop|stops)\b[^.?!\n]{0,40}\b(?:you|use|wear|wait|first|go)\b"
        r"|\b(?:eat|eating|stay(?:ing)?|keep(?:ing)?) (?:only|under|below|less than|no more than|at most) \d{2,4} ?(?:k?cal(?:ories)?|calories)\b|\b(?:make yourself|how to|to) (?:throw up|vomit|purge)\b|\b(?:laxatives?|diuretics?|diet pills?)\b[^.?!\n]{0,30}\b(?:will|can|help|work|faster|lose)\b|\bfast(?:ing)? for \d+ (?:hours|days)\b"
        r"|\b(?:house ?hold|kitchen|garage|over-the-counter) (?:items?|chemicals?|products?|medicines?)\b[^.?!\n]{0,40}\b(?:mix|toxic|gas|kill|die|fatal)"
        r"|致死(?:量|剂量|的量)|(?:最快|最不痛|无痛|没有痛苦|不痛苦|最有效|最容易|最可靠|最常见)(?:的)?(?:自杀|自残|死亡|结束生命|离开)?(?:的)?(?:方法|办法|方式|途径|地点)(?!(?:来|去|是)?(?:放松|入睡|缓解|求助|应对|联系))"
        r"|\d+(?:\.\d+)? ?(?:毫克|克|片|粒|颗|毫升|瓶|盒)[^。？！\n]{0,24}(?:致死|致命|就能死|会死|足以|足够|就够了?)|(?:足以|足够)(?:致死|致命|让人死|结束生命|死)|(?:整盒|整瓶|全部|一次性|一口气)[^。？！\n]{0,8}(?:吃|喝|吞)(?:下|掉|完)?[^。？！\n]{0,16}(?:会|就|能)"
        r"|(?:割|划|切)(?:腕|脉|开|得)?[^。？！\n]{0,12}(?:深|竖着|横着|动脉|静脉|血管)|(?:绳子|皮带|床单|领带)[^。？！\n]{0,16}(?:打结|系|挂|勒|套)|从[^。？！\n]{0,8}(?:楼|桥|高处)[^。？！\n]{0,12}(?:层|米|够高|跳)"
        r"|(?:遮住|掩盖|藏好|隐藏)[^。？！\n]{0,6}(?:伤口|伤疤|疤痕|痕迹|体重|证据)|(?:每天)?(?:只|不超过|少于)(?:吃|摄入)?\d{2,4} ?(?:大卡|千卡|卡路里|卡)|催吐(?:的)?(?:方法|时|可以|技巧)|(?:吃|用)(?:泻药|利尿剂|减肥药)[^。？！\n]{0,12}(?:可以|能|会|更快)|断食\d+(?:小时|天)"
    ),
    Harm.AGAINST_TREATMENT: re.compile(
        rf"\b(?:you (?:can|could|should|may|might)|it(?:'s| is| would be) (?:fine|ok|okay|safe|alright|all right|reasonable|best|better|good|your right) (?:for you )?to|go ahead and|why not|feel free to|try to|just|simply|consider|maybe)(?: (?:just|safely|simply|now|also|always|try|to|start|by|stopping))* (?:stop|stopping|quit|skip|skipping|miss|come off|take a break from|leave out|drop|ditch|cancel|halve|double|reduce|lower|throw away|flush|give up|avoid)(?: taking| going to| having| eating)?(?: (?:your|the|those|these|a|an|all|of|any|next|some|it|them))* (?:{_CARE}|{_FOOD})\b"
        rf"|(?:^|(?<=[.!;,] ))(?:stop|quit|skip|drop|ditch|cancel|throw away|come off)(?: taking| going to)?(?: (?:your|the|those|these|all|of|any|next))* (?:{_CARE}|{_FOOD})\b"
        rf"|\byou(?: really| probably| clearly| just)? (?:don't|do not|no longer|never) (?:really |actually )?need(?: to)?(?: (?:take|see|have|keep|go|to|any|the|your|this|that|a|more|taking|seeing))* (?:{_CARE}|doctors?|psychiatrists?|therapists?|nurses?|clinic|hospital|care team|help|{_FOOD})\b"
        rf"|\b(?:{_CARE}) (?:is|are) (?:just |only |really |actually )?(?:poison|a scam|making you (?:sick|worse)|useless|unnecessary|not needed|holding you back)\b|\b(?:skipping|missing|stopping|cancelling|coming off)(?: (?:your|the|a|that|those|one|it|them))* (?:{_CARE}|{_FOOD}) (?:is|would be|sounds|seems|won't|will not|can't) (?:\w+ )?(?:good|fine|ok|okay|safe|reasonable|great|hurt|harm|right|sensible)\b"
        r"|(?:你|您)?(?:可以|不妨|应该|尽管|放心|直接|干脆|先|试着)(?:自己|先|放心|直接|把|就|试着|慢慢)*(?:药)?(?:停药|停掉?(?:它|药|治疗|咨询)|停了|停止(?:服药|吃药|治疗|咨询)|不(?:再)?吃(?:药|饭|早饭|午饭|晚饭)|减药|减半|加倍|断食|少吃|扔掉药|跳过(?:一?[餐顿]|早饭|午饭|晚饭)|取消(?:复诊|咨询|预约|治疗))"
        r"|(?:你|您)(?:已经|真的|其实|根本|也|就)*(?:不|并不|不再|没必要|不用)(?:需要)?(?:再)?(?:吃药|服药|治疗|看医生|去医院|去复诊|做咨询|吃饭|找医生)(?=[，。！？\s了]|$)|药(?:物)?(?:其实|都|就)?(?:是毒|没用|有害无益|只会害)|(?:停药|不吃药|断食|不去复诊|跳过一?顿)(?:是|也|都|就)?(?:没问题|没关系|没事|可以的|安全的?|合理的?|对的)"
    ),
}

"""Events and things that a note invents most often, and whether the source speaks of them at all.

Each line of the table is one kind of event in English and Chinese. A claim that tells of an event no word of whose
line stands in the source is likely an invention. What it does not catch: an event of a kind the source speaks of
elsewhere ("admitted in spring" where an admission years ago was told).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from thirdchair.language.literals import Folded, Sieve
from thirdchair.safeguards.entailment_concepts import pattern
from thirdchair.safeguards.entailment_source import Source

MOST: Final = 2.0

_EVENTS: Final = """
admitted to | admission~ | hospital~ | inpatient | a ward | on the ward | emergency department | ambulance | a & e | 住院 | 入院 | 急诊 | 医院 | 病房 | 出院
arrest~ | police~ | prison | jail | court | convict~ | charged with | sue | sued | suing | lawyer | solicitor | probation | crime | conviction~ | 警察 | 交警 | 拘留 | 坐过?牢 | 监狱 | 起诉 | 法院 | 前科 | 律师 | 矫正 | 派出所
stole | stolen | theft | burgl~ | robbed | shoplift~ | 小偷 | 抢劫 | 偷
fight | fights | fighting | fought | assault~ | attacked | punch~ | hits | hitting | beat | beaten | violen~ | hit | slapp~ | pushed | threw | throw~ | 打架 | 打伤 | 打人 | 动手 | 攻击 | 打了 | 殴打 | 打过 | 推 | 扔 | 摔 | 砸
fell down | fell over | falls | a fall | had fallen | fell off | collapsed | faint~ | tripped | slipped | 摔 | 跌 | 晕倒 | 昏倒 | 晕过去
seizure~ | fits | convuls~ | epilep~ | 抽搐 | 癫痫
fractur~ | broken | broke her | broke his | broke their | rib | ribs | wrist | stitches | 骨折 | 肋骨 | 缝针
burn | burned | burnt | scald~ | burns | fire | flames | 烧伤 | 烫伤 | 着火 | 火
evict~ | homeless | landlord | notice | 房东 | 赶出 | 赶她走 | 赶他走 | 赶走 | 无家可归
sacked | dismissed | redundan~ | new job | lost_job | off work | job | employ~ | at work | work~ | resign~ | sick leave | warning | 新工作 | 上班 | 辞职 | 开除 | 病假 | 书面警告 | 下岗 | 兼职
suspended | expelled | excluded | exclusion | 停课 | 处分 | 开除
failed_exam~ | failed_course | has failed | dropped out | left college | left school | given up_course | left university | 退学 | 挂科 | 挂了 | 不及格
affair | unfaithful | cheat~ | 出轨 | 婚外
divorc~ | separated | split up | moved out | 离婚 | 分居 | 分手 | 分开
engaged to | married | wedding | boyfriend | girlfriend | 结婚 | 男友 | 女友 | 男朋友 | 女朋友 | 订婚 | 婚礼
pregnan~ | miscarr~ | abortion | born | baby | birth | 怀孕 | 流产 | 宝宝 | 生了 | 生完 | 产后 | 孕
periods | menstru~ | 停经 | 月经 | 例假
dog~ | puppy | walks | 狗
cat | cats | kitten | 猫
borrow~ | loan | loans | lent | debt~ | owe~ | remortgage~ | mortgage | credit card~ | bills | money | 借 | 债 | 欠 | 贷款 | 钱
gambl~ | bet | bets | betting | casino | lottery | bookies | 赌 | 彩票
cannabis | weed | joint~ | cocaine | heroin | spliff~ | skunk | drug use | illicit | 大麻 | 吸毒 | 毒品 | 海洛因 | 卷烟纸
drunk | drinking | drinks | drank | alcohol | beer | wine | vodka | cans | pints | sober | whisky | lager | drink | 喝酒 | 饮酒 | 酒
crashed | car accident | the car | his car | her car | drive~ | drove | driving | crash | licence | 开车 | 车祸 | 驾车 | 驾驶 | 撞 | 车
died | death of | dead | passed away | funeral | grave | killed | bereave~ | widow~ | 去世 | 死于 | 过世 | 葬 | 丧
suicide note | letter | a note | a will | farewell | 遗书 | 信(?![念任心息]) | 遗嘱
weight | stone | kg | kilo~ | thinner | heavier | clothes hang | 瘦 | 胖 | 体重 | 公斤 | 斤
restrain~ | seclu~ | sectioned | locked | 约束 | 隔离 | 关起来
surgery | operation | operated | surgeon | 手术 | 开刀
kidney~ | renal | creatinine | 肾
cancer | tumour | 癌 | 肿瘤
heart attack | heart disease | stroke | cardiac | heart~ | 心梗 | 中风 | 心脏 | 心
diabet~ | insulin | glucose | 糖尿病 | 胰岛素 | 血糖
rash | allerg~ | skin | 皮疹 | 过敏 | 皮肤
gym | 健身
piano | guitar~ | instrument~ | 钢琴 | 吉他
class | lessons | pottery | yoga | choir | 陶艺 | 培训班 | 兴趣班
social services | child protection | custody | safeguarding | social worker | 抚养权 | 社工
knife | gun | weapon~ | blade~ | razor~ | 刀 | 枪 | 武器
followed him | followed her | following him | following her | stalk~ | 跟踪
holiday | abroad | flight | travel~ | 旅游 | 出国
sleeping in_car | sleeping at | staying with | staying at | living with | lives with | moved into | moved in | spare room | 住在 | 借住 | 搬 | 娘家
complain~ | 抱怨 | 投诉
banned | barred | 禁止
overdos~ | took tablets | took pills | took a handful | 过量 | 吃过药
lost_savings | bankrupt~ | 破产
voices | hallucinat~ | hears | heard | hearing | 声音 | 幻听 | 听到
rang his parents | rang her parents | phoned | rang | called | 打过电话 | 电话
acetylcysteine | antidote | drip | 洗胃 | 输液
skips | collapsed at | unconscious | 昏迷
"""

KINDS: Final = tuple(re.compile(pattern(line), re.IGNORECASE) for line in _EVENTS.strip().splitlines())
"""The kinds of event, in the order of the table."""

_SIEVE: Final = Sieve.of(KINDS)

_HAN: Final = re.compile(r"[㐀-鿿]")
_REGISTER: Final = re.compile(
    r"依从性?|自知力|社交|功能|冲突|支持|因素|风险|程度|家族史|既往|病史|转介|评估|随访|缓解|减轻|减少|加重|好转|恶化|改善|症状|情绪|睡眠|食欲|饮食|行为|能力|意愿|意向|意图"
    r"|态度|应对|技巧|策略|计划|治疗|药物|药|剂量|副作用|不良反应|医嘱|家属|本人|自己|建议|同意|拒绝|希望|要求|需要|担忧|担心|恐惧|害怕|焦虑|抑郁|关系|影响|控制|稳定|波动"
    r"|频率|次数|增加|下降|上升|持续|间断|逐渐|暂时|轻度|中度|重度|轻微|严重|诱因|触发|诱发|回避|退缩|矛盾|犹豫|内疚|自责|羞愧|孤独|陪伴|陪同|协助|照护|护理|监护|保管|危机|安全"
    r"|保密|预约|就医|就诊|复诊|求助|服务|资源|团队|工作人员|夜间|白天|早期|近期|长期|短期|此前|期间|过程|完成|参与|配合|接受|获得|提供|导致|造成|有关|疑似|证实|表达|流露|提及"
    r"|知情|开始|停止|停用|使用|继续|恢复|消失|仍|曾|尚|暂|首次|再次|主动|自行|家庭|配偶|亲人|亲戚|子女|同伴|乐趣|兴趣|注意力|记忆|认知|躯体|幻觉|妄想|想法|念头|观念|冲动|自杀|自伤"
)
_DENIES: Final = re.compile(
    r"n't\b|\b(?:no|not|never|without|den(?:y|ies|ied)|absence)\b|没|未|无|否认|不", re.IGNORECASE
)
_LIGHT: Final = frozenset(
    "的了着过是有在和也都就很说这那会吗呢吧啊他她我你们不没无未患者小再能要想现一个上下里时候以前后还到去来从对把被给得地为于与向因由由年月周天日次岁"
)


def event_differences(claim: str, noted: Sequence[tuple[int, int, int]], source: Source) -> dict[str, float]:
    """How many kinds of event the claim tells of and the source does not, and what is unheard in plain Chinese.

    Args:
        noted: the clinical terms of the claim.
    """
    text = source.text
    if _DENIES.search(claim):
        return {"event_unsaid": 0.0, **_plain_unheard(claim, noted, text)}
    kinds = [KINDS[place] for place in _SIEVE.possible(Folded(claim))]
    unsaid = sum(kind.search(claim) is not None and kind.search(text) is None for kind in kinds)
    return {"event_unsaid": min(MOST, float(unsaid)), **_plain_unheard(claim, noted, text)}


def _plain_unheard(claim: str, noted: Sequence[tuple[int, int, int]], text: str) -> dict[str, float]:
    """Telling characters nobody said, outside the words that every note uses: how many, and their share."""
    if not _HAN.search(claim):
        return {"plain_unheard": 0.0, "plain_share": 0.0}
    kept = list(_REGISTER.sub(lambda found: " " * len(found[0]), claim))
    for _, start, end in noted:
        kept[start:end] = " " * (end - start)
    telling = [char for char in kept if _HAN.match(char) and char not in _LIGHT]
    gone = [char for char in telling if char not in text]
    return {
        "plain_unheard": min(4.0, float(len(gone))) / 4,
        "plain_share": len(gone) / len(telling) if telling else 0.0,
    }

"""What clinicians call what people say: the words of a note, and the plain words that bear them out.

Each line of the table has the words of a note on its left and what may have been said on its right, in English and
Chinese; what was said in the words of the left bears itself out too. It runs one way only: "sertraline" bears out
"antidepressant", and never the reverse. The table is ours; it was widened while the development pairs were read, so figures on
those flatter it. What it does not hold is compared word by word; a plain word of several meanings ("down", "fit")
bears out too much.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from thirdchair.language.literals import Folded, Sieve

# "~" is any ending, "_" up to three words between; the rest are words as they stand.
_CONCEPTS: Final = """
initial insomnia | sleep onset | difficult~ falling asleep | trouble falling asleep | difficult~ getting to sleep | 入睡困难 | 难以入睡 <- get off to sleep | fall asleep | drop off | lie there | lie_awake | lies awake | lying awake | get to sleep | off to sleep | 睡不着 | 躺下去 | 翻来覆去
early morning w~ | early waking | wakes early | terminal insomnia | 早醒 <- up at three | up at four | up at five | wake at | wakes at | woke at | awake at | get back to sleep | gets up at four | 四点醒 | 三点醒 | 五点醒 | 三点多就醒 | 四点多就醒 | 醒了就睡不着 | 天没亮就醒
broken sleep | fragmented sleep | sleep maintenance | middle insomnia | wakes in the night | 易醒 | 睡眠中断 <- keep waking | wake up_times | up_times a night | awake half the night | up and down all night | 老是醒 | 醒好几次 | 夜里醒
insomnia | poor sleep | sleep~ poorly | sleep~ badly | sleep disturb~ | disturbed sleep | sleep problem~ | sleep depriv~ | 睡眠差 | 失眠 | 睡眠不好 | 睡眠障碍 <- can't sleep | cannot sleep | not_sleep~ | hardly sleep~ | don't sleep | didn't sleep | awake | proper sleep | 睡不着 | 睡不好 | 没睡好 | 睡得不好 | 早醒
undisturbed | sleeps well | good sleep | without broken sleep | 睡眠良好 | 睡眠好 | 无夜间易醒 <- sleep~ soundly | like a log | through the night | till the alarm | sleep fine | 一觉到天亮 | 睡得香 | 睡得好 | 睡得挺好
reduced need for sleep | decreased need for sleep | 睡眠需求减少 <- not needed sleep | don't need sleep | don't need to sleep | only need_hours | 不用睡 | 不需要睡 | 不困
hypersomnia | oversleep~ | daytime sleep~ | daytime nap~ | 白天嗜睡 | 白天睡 <- doz~ | nap~ | crash on | sleep all day | sleeping all day | 眯一会 | 打瞌睡 | 白天犯困
nightmare~ | 噩梦 | 做噩梦 <- bad dream~ | dream~ | scary dream~ | 梦
flashback~ | re-experienc~ | reexperienc~ | intrusive memor~ | 闪回 | 创伤再体验 | 重现 <- back there | was there again | see it again | happening again | smell the | re-lives | reliv~ | plays over | 好像又 | 回到那天 | 又看见
avoid~ | avoidance | phobic | 回避 <- don't go | won't go | stay away | stays away | keep away | change the subject | take the stairs | cross the road | crossed the road | can't go | not been back | 不敢 | 不去 | 躲 | 绕开 | 换个话题 | 不说
hypervigilan~ | on edge | exaggerated startle | 警觉 | 高度警觉 <- jump~ | jumpy | watch the door | look over my shoulder | back to the wall | 一惊一乍 | 老看门
palpitation~ | tachycardia | racing heart | 心悸 <- heart~ | pounding | flutter~ | 心慌 | 心跳 | 心乱跳
dyspnoea | dyspnea | shortness of breath | breathless~ | short of breath | 气促 | 呼吸困难 <- get my breath | catch my breath | can't breathe | breath | 喘不上气 | 透不过气 | 憋气
fear of death | fear of dying | 濒死感 <- think i'm dying | going to die | i'm dying | thought i was dying | thought i'd die | 要死了 | 觉得要死
physical anxiety | somatic anxiety | physical symptoms of anxiety | 躯体焦虑 <- chest | sweat~ | shak~ | heart | tight | 胸口 | 发紧 | 出汗 | 发抖
panic attack~ | panic disorder | panic | 惊恐发作 | 惊恐 <- comes out of nowhere | heart goes like mad | can't get my breath | 突然就来 | 心跳得厉害
anxi~ | fear~ | apprehens~ | fright~ | worried about | 焦虑 | 担心 | 害怕 | 恐惧 <- scared | afraid | nerv~ | terrif~ | worr~ | dread~ | frighten~ | panick~ | tense | 怕 | 紧张 | 心慌 | 不放心
social anxiety | fear of scrutiny | social situations | scrutin~ | 社交焦虑 | 被注视 | 社交场合 <- looking at me | staring | watching me | laugh at me | laughed at me | judge me | judging | make a fool | canteen | 都在看我 | 大家都看 | 笑话 | 食堂
humiliat~ | embarrass~ | ridicul~ | 出丑 | 当众 <- laughed | laugh | mock~ | everyone_laugh~ | 都笑 | 笑话我 | 丢脸
compulsion~ | compulsive | checking | ritual~ | 强迫行为 | 反复检查 | 强迫 <- go back_times | check~ | over and over | have to do | count~ | touch | wash~ | 回去看 | 看好几遍 | 洗手 | 反复
obsession~ | intrusive thought~ | intrusive image~ | intrusive | 强迫思维 | 闯入性 <- scary thoughts | picture | can't get it out of my head | keeps coming | pops into | keep thinking | 总想着 | 脑子里总 | 挥不去
contamination | 怕污染 | 污染 | 怕脏 <- germ~ | dirt~ | disinfect~ | 脏 | 细菌
catastroph~ | 灾难化 <- go up | end of the world | something terrible | worst | house will | burn down | 着火 | 出大事
low mood | depress~ | dysphori~ | low in mood | 情绪低落 | 抑郁 <- down | low | sad | fed up | miserable | blue | weepy | unhappy | cry~ | cries | no spark | 难过 | 不开心 | 没精神 | 想哭 | 心情不好 | 低落
tearful~ | weep~ | 流泪 | 易哭 <- cr~ | weepy | tears | sobb~ | 哭
anhedonia | loss of interest | lost interest | loss of pleasure | los~ pleasure | lack of pleasure | lack of enjoyment | interest_lost | reduced interest | 兴趣减退 | 快感缺失 | 失去兴趣 <- no longer goes | don't enjoy | doesn't enjoy | can't enjoy | couldn't be bothered | look forward to | no interest | nothing_fun | not even the | no fun | gave up | 没意思 | 没劲 | 提不起兴趣 | 没有兴趣 | 不再去 | 不想看 | 盼头
lack of energy | low energy | fatigue~ | lethargy | tired~ | exhaust~ | anergia | 精力不足 | 乏力 | 疲劳 <- no energy | worn out | knackered | shattered | drained | everything's an effort | an effort | heavy | wiped out | tired | 没力气 | 累 | 费劲 | 没精神
concentrat~ | attention | 注意力 | 专注 <- focus~ | take anything in | take it in | finish a | mind wanders | drift off | can't read | 看不进去 | 走神 | 静不下心 | 集中
impulsiv~ | 冲动 <- interrupt~ | without thinking | on the spur | blurt~ | 忍不住 | 没多想
irritab~ | short-tempered | temper | 易怒 | 易激惹 <- snap~ | snappy | lose my temper | angry | short fuse | fly off | shout~ | 发脾气 | 火大 | 吼 | 脾气
guilt | guilty | self-blame | self-reproach | remorse | regret~ | contrit~ | 自责 | 内疚 | 后悔 | 悔意 <- let_down | my fault | sorry | ashamed | blame my~ | regret~ | shouldn't have | 对不起 | 怪我 | 都是我的错 | 后悔
worthless~ | sense of being a failure | sense of failure | failure | low self-esteem | self-esteem | inadequa~ | 无价值感 | 自卑 | 无用感 <- useless | let everyone down | no good | doing it all wrong | not good enough | a burden | spare part | failed | pathetic | 没用 | 不如别人 | 废物 | 做得不好 | 一无是处
hopeless~ | 绝望 | 无望 <- no point | nothing will change | never get better | no future | can't see a way | 没希望 | 看不到头 | 没有出路
loss of role | role loss | purpose~ <- spare part | no use to anyone | made redundant | nobody needs me
affect is flat | flat affect | blunted | restricted affect | 情感平淡 | 表情淡漠 <- hardly smil~ | no expression | doesn't smile | didn't smile | 不笑 | 面无表情
euthymic | stable mood | mood is stable | mood stable | mood has been stable | 情绪稳定 | 心境平稳 | 无躁狂 <- level | steady | no highs | myself again | himself again | herself again | on an even keel | 平稳 | 没有高过 | 恢复原样
elevated mood | elated | euphori~ | hypomani~ | manic | mania | 情绪高涨 | 躁狂 | 兴奋 <- feel amazing | on top of the world | feel great | high | on the go | buzzing | so many ideas | highs | 特别高兴 | 亢奋 | 停不下来
pressured speech | talkative | 言语增多 | 话多 <- talk~ a lot | talking fast | can't stop talking | talks nonstop | 说个不停 | 话特别多
grandios~ | grandiose | 夸大 <- starting a | special | mission | chosen | festival | million | powers | famous | 大事业 | 了不起
overspend~ | spending | excessive spending | 挥霍 | 过度消费 <- ordered | bought | spent | credit card | taken my card | buying | 花了 | 买了
suicidal ideation | suicidal thought~ | thoughts of suicide | suicidal | ideas of suicide | death wish | 自杀意念 | 自杀想法 | 自杀念头 | 消极念头 | 轻生念头 | 死亡念头 <- wish~ to die | want to die | wanted to die | better off dead | end it | ending it | ending_life | end_life | kill my~ | not be here | not to be here | goes through my head | went through my head | wouldn't wake up | without him | without me | took her | be dead | 想死 | 不想活 | 不活了 | 活着没意思 | 结束 | 死了 | 不在了 | 轻生
passive suicid~ | passive death | passive | 消极 <- better if | better off | not be here | not to be here | not wake up | took her | would be easier | manage without | 不在了 | 醒不来 | 轻松
suicide attempt~ | attempted suicide | overdos~ | 自杀未遂 | 服药过量 | 过量 <- took tablets | took pills | took a handful | tried to end | tried to die | took_overdose | 吃过药 | 吃了很多药 | 服过量
suicidal intent | intent | no intent | 意图 | 实施打算 | 自杀打算 <- to die | i'd never do | i wouldn't | would never do | never do it | no wish to act | wouldn't do it | to make it stop | too much of a coward | mean to | 不会做 | 不会去做 | 不是想死 | 不会做傻事
fleeting | transient | 偶有 | 一过性 | 短暂 <- goes through my head | crosses my mind | comes and goes | for a second | pass~ | 闪过 | 一下子就过去
self-harm~ | self-injur~ | deliberate self | 自伤 | 自残 <- hurt~ your~ | hurt~ my~ | hurt~ her~ | hurt~ him~ | harm~ him~ | harm~ her~ | harm~ your~ | cut~ my~ | cutt~ | scratch~ | burn~ my~ | bang~ my head | 伤害自己 | 划 | 割 | 抓
superficial | minor | 浅表 <- didn't bleed | scratch~ | not deep | graze | 没出血 | 划破皮
access to means | means restriction | lethal means | 自杀工具 | 危险物品 <- anything at home | you'd use | keep~ the medicines | keep~ the tablets | hand_tablets | gun | 准备什么东西 | 保管 | 锁起来
safety plan | crisis plan | 安全计划 | 危机应对计划 | 危机应对 <- what_would do | another crisis | who to call | 下次遇到危机 | 怎么办 | 联系谁
protective factor~ | reason~ for living | deterrent | 保护因素 <- because of | for_sake | couldn't do that to | never do anything | have to be there for | boys | children | kids | 为了 | 放不下 | 舍不得
violen~ | physical abuse | physical violence | physically abus~ | assault~ | domestic abuse | domestic violence | intimate partner violence | 身体暴力 | 家暴 | 家庭暴力 | 暴力 <- hits me | hit me | fists | punch~ | slap~ | kick~ | push~ me | pushed | beat~ me | grabbed | strangl~ | hands round | 打的 | 打人 | 动手 | 打我 | 推我 | 掐
aggress~ | physical aggression | verbal aggression | threatening | 攻击行为 | 攻击 | 伤人 <- hit | pushed | push~ | turn on you | punched | shouted | swore | fists | violent | threw | lashed out | 打 | 推 | 骂 | 动手 | 碰
property damage | damage to property | destructive | 毁物 <- punch~_hole | broke the | smash~ | kicked_door | threw | hole in the door | 砸 | 打穿 | 摔
escalat~ | worsened | worsening | deteriorat~ | intensif~ | 升级 | 加重 | 恶化 <- got worse | worse | used to be just | since_been | more and more | gone downhill | 更厉害 | 才打人 | 越来越
bully~ | bullied | harass~ | 欺凌 | 霸凌 <- call~ me names | pick on | picks on | shouting at me | messages | laugh at me | 骂我 | 欺负 | 孤立
auditory hallucination~ | hallucination~ | hears voices | hearing voices | perceptual disturbance~ | 幻听 | 幻觉 <- voice~ | hear~ | 声音 | 听到 | 听见
command hallucination~ | command~ | 命令性幻听 <- tell me to | tells me to | telling me to | do things | 叫我做 | 让我做 | 命令
unseen stimuli | responding to | 幻听可疑 <- laughs to | talks to | mutter~ | 自己笑 | 自言自语
persecutory | paranoi~ | delusion~ | suspicious~ | 被害妄想 | 妄想 | 被监视 | 多疑 <- after me | spying | recording | poison~ | watching me | following | out to get | plotting | gas | believe~ | 有毒 | 跟踪 | 害我 | 监视 | 在录
thought broadcast~ | thought insertion | passivity | 被洞悉感 | 思维被广播 | 思维播散 <- read_mind | know what i'm thinking | hear my thoughts | in my head | 知道你在想 | 知道我在想 | 看穿
psycho~ symptom~ | psychosis | psychotic | 精神病性症状 <- voice~ | hear~ | see~ things | after me | spying | paranoi~ | hallucinat~ | delusion~ | 幻觉 | 妄想 | 声音
religious | spiritual | 宗教 <- god~ | pray~ | church | mosque | temple | jesus | allah | 佛 | 上帝 | 菩萨
insight | awareness | aware that | recognis~ that | 自知力 <- i know | know it's daft | know it's silly | i shouldn't | makes no sense | that's what i said | not unwell | not ill | nothing wrong with me | 我知道 | 知道没必要 | 没病 | 不对劲
reduced appetite | poor appetite | appetite is poor | appetite is reduced | appetite loss | loss of appetite | 食欲下降 | 食欲差 | 食欲减退 <- off his food | off her food | off my food | not_hungry | no interest in_food | don't feel like eating | toast | appetite goes | can't face food | picks at | ate little | no appetite | 没有胃口 | 没胃口 | 吃不下 | 吃得少
appetite | 食欲 | 进食 <- hungry | starving | eat~ | ate | food | 胃口 | 饿 | 吃
increased appetite | increased_appetite | 食欲增加 <- starving | hungry all | eat~ everything | 老觉得饿 | 特别能吃
weight loss | lost weight | loss of weight | 体重减轻 | 体重下降 | 消瘦 <- dropped_stone | lost_stone | lost_kilos | clothes hang | thinner | shed | 瘦了 | 掉了
weight gain | gained weight | weight_increased | increased_weight | 体重上升 | 体重增加 <- put on | heavier | got fat | piled on | 胖了 | 重了
weight | 体重 <- stone | kilo~ | kg | weigh~ | thin | fat | 斤 | 公斤 | 胖 | 瘦
binge~ | binge eating | 暴食 | 暴饮暴食 <- eat everything | stuff my~ | can't stop eating | 吃个不停 | 一口气吃
vomit~ | self-induced vomit~ | emesis | purg~ | 催吐 | 呕吐 <- make my~ sick | makes her~ sick | making my~ sick | being sick | throw~ up | been sick | was sick | 抠吐 | 吐
laxative~ | 泻药 <- dulcolax | senna | 通便
body dissatisf~ | body image | dissatisfaction with_body | shape concern~ | concern~ about_weight | 体形不满 | 对体形 | 体像 <- hate it | hate my body | feel fat | too fat | ugly | disgusting | thinner | 讨厌 | 太胖 | 身材
postural | dizz~ | light-headed | orthostatic | 头晕 | 体位性 <- stand up | room spins | faint | head swims | 站起来 | 晕
excessive caffeine | caffeine | 咖啡因 <- coffee | cups | tea | energy drink~ | cola | 咖啡 | 茶 | 几杯 | 五杯
alcohol | alcohol consumption | alcohol use | alcohol intake | drinking | 饮酒 | 酒精 <- drink~ | drunk | drank | beer~ | wine | pint~ | vodka | can | cans | whisky | dry | sober | pub | lager | 喝酒 | 啤酒 | 白酒 | 红酒 | 戒酒
abstin~ | abstain~ | sober | sobriety | 戒断期 | 保持戒酒 <- dry | not drunk | hasn't drunk | not had a drink | off the drink | on the wagon | clean | stopped drinking | 戒酒 | 没喝
crav~ | urge~ | 渴求 | 渴望 <- fanc~ a | want a drink | want a smoke | dying for | itching | could murder | 想喝 | 想抽 | 忍不住
withdrawal | withdrawal symptom~ | discontinuation symptom~ | 戒断 | 戒断症状 <- sweats | shak~ | the shakes | climbing the walls | rattling | cold turkey | zaps | 手抖 | 出汗 | 难受
tobacco | smoking | nicotine | smoker | cigarette~ | 吸烟 | 抽烟 <- roll~ | fag~ | smok~ | ciggies | patch~ | vap~ | 烟 | 几根
cannabis | marijuana | 大麻 <- weed | joint~ | skunk | spliff~ | rolling papers | 卷烟纸
drug use | substance~ | illicit drug~ | recreational~ | drug misuse | misuse of drugs | 毒品 | 物质滥用 <- drugs | cocaine | coke | weed | pills | heroin | speed | 吸毒
gambl~ | betting | 赌博 <- bet~ | bookies | slots | casino | 赌 | 押注
antidepressant~ | 抗抑郁药 <- sertraline | fluoxetine | citalopram | escitalopram | mirtazapine | venlafaxine | paroxetine | duloxetine | amitriptyline | trazodone | bupropion | tablet~ for my mood | 舍曲林 | 氟西汀 | 西酞普兰 | 艾司西酞普兰 | 米氮平 | 文拉法辛 | 帕罗西汀 | 度洛西汀
antipsychotic~ | 抗精神病药 <- olanzapine | risperidone | quetiapine | aripiprazole | haloperidol | clozapine | depot | paliperidone | amisulpride | 奥氮平 | 利培酮 | 喹硫平 | 阿立哌唑 | 氟哌啶醇 | 氯氮平
mood stabili~ | 情绪稳定剂 | 心境稳定剂 | 锂盐 <- lithium | valproate | lamotrigine | carbamazepine | 锂 | 丙戊酸 | 拉莫三嗪
benzodiazepine~ | sedative~ | tranquilli~ | 苯二氮卓 | 镇静药 <- diazepam | lorazepam | clonazepam | temazepam | alprazolam | 安定 | 劳拉西泮 | 阿普唑仑 | 氯硝西泮
sleeping tablet~ | sleeping pill~ | hypnotic~ | 安眠药 <- zopiclone | zolpidem | temazepam | promethazine | melatonin | 佐匹克隆 | 唑吡坦 | 艾司唑仑 | 思诺思
stimulant~ <- methylphenidate | ritalin | lisdexamfetamine | dexamfetamine
long-acting injection | depot | 长效针 | 长效针剂 <- depot | injection | jab | monthly shot | 打针 | 长效
medication~ | medicine~ | drug treatment | pharmacolog~ | psychotropic~ | 药物 | 用药 | 服药 <- tablet~ | pill~ | sertraline | fluoxetine | citalopram | mirtazapine | venlafaxine | olanzapine | risperidone | quetiapine | aripiprazole | clozapine | lithium | valproate | diazepam | zopiclone | methylphenidate | the meds | prescription | take it | taking it | dose | 吃药 | 药 | 毫克 | 带药
side effect~ | adverse effect~ | adverse | tolerab~ | 副作用 | 不良反应 <- shak~ | put on weight | groggy | dizzy | dry mouth | made my | makes me | hair | agreed with you | stiff~ | thirst | 胖了 | 手抖 | 头晕 | 口干 | 迷糊
sedat~ | drows~ | 嗜睡 | 镇静 <- groggy | sleepy | zonked | like a zombie | knocked out | doped | 迷糊 | 犯困 | 昏沉
tremor~ | 震颤 <- shak~ | hands shake | cup of tea | hold a cup | 手抖 | 发抖 | 端不住
akathisia | restless~ | 静坐不能 | 坐立不安 <- jiggl~ | can't sit | pac~ | legs | up and down | fidget~ | 坐不住 | 走来走去 | 来回走
gastrointestinal | nausea | gastric | 胃部不适 | 胃肠道 <- upset stomach | tummy | sick | stomach | queasy | 胃不舒服 | 恶心 | 拉肚子
constipat~ | 便秘 <- bowels | can't go | lactulose | 拉不出 | 大便
adheren~ | complian~ | adherent | concordan~ | takes_as prescribed | 依从 | 依从性 | 规律服药 <- take~_every | missed | skip~ | forget | taking | takes | took | came off | 没漏 | 漏服 | 一直吃 | 忘了吃 | 按时
supervis~ | under supervision | 督促 | 监督 <- watched by | stand over | two nurses | in front of | nurses are present | 护士在场 | 看着吃 | 盯着
discontinu~ | ceased | self-discontinued | stopped taking | 停药 | 停用 | 自行停药 | 不再 <- came off | stopped | gave up | off it | threw_out | not any more | no longer | won't now | don't_now | doesn't_now | went away | done with | 不吃了 | 停了 | 扔了 | 不用了 | 不做了 | 不帮了 | 不叫 | 不了
omi~ | non-adheren~ | missed dose~ | 漏服 <- missed | skip~ | forgot | didn't take | 没吃 | 忘了 | 漏
dose reduc~ | reduced dose | lower dose | reduction | taper~ | 减量 | 减药 <- bring it down | come down | cut it by | lower | less | bring_down | down to | cut | 减到 | 减一点 | 少吃
dose increase~ | higher dose | increased dose | uptitrat~ | 加量 | 增加剂量 <- go up | put up | put it up | bring it up | raise | up to | 加到 | 多吃
gradual~ | 逐步 | 缓慢 <- tiny bit | slowly | bit by bit | little by little | every two weeks | first_then | 慢慢 | 一点一点
switch~ | change of | changing medication | 换药 <- chang~ to | try a different | something else | swap~ | 换成 | 换一种
psycholog~ treatment | psycholog~ therapy | talking therapy | psychotherapy | psychological | 心理治疗 | 心理咨询 <- therapy | counselling | cbt | emdr | someone to talk to | talk~ to | 谈谈 | 咨询 | 行为激活
investigation~ | blood test~ | tests were | 检查 | 化验 <- bloods | ecg | potassium | scan | test~ | level | tracing | 抽血 | 心电图 | 血钾 | 查
cardiac | 心脏 <- heart | ecg | pulse | 心电图 | 心
neuroimag~ | brain imag~ | imaging | 影像学 | 脑部影像 <- scan | mri | ct | 脑部检查 | 核磁
cognitive | memory | 认知 | 记忆 <- forget~ | lose my | names go | same thing | asks | 记性 | 想不起来 | 忘
repetitive question~ | repeated question~ | 重复提问 | 反复提问 <- ask~ the same | over and over | same question | 一个问题问 | 问好几遍
disorientat~ | topographical | 定向障碍 | 定向 | 迷路 <- get lost | got lost | lost | way home | find my way | wander~ | 迷过路 | 找不到家
independent~ | independence | self-car~ | self care | 独立 | 自理 <- my own | by my~ | do my own | cope with | manage | shav~ | wash~ | dress~ | bath~ | 自己做 | 自己洗
meal preparation | prepares meals | prepar~ | 做饭 <- dinner | cook~ | 饭我自己做
self-neglect | self-care has | neglects | neglect~ | 自我照顾差 | 生活懒散 <- stopped shaving | not washed | doesn't wash | haven't been | won't wash | same clothes | 不洗 | 懒得 | 没去
carer stress | carer strain | carer burden | stress | strain~ | 照顾者压力 | 压力大 | 负担 <- end of her tether | end of my tether | can't cope | worn out | breaking point | on my knees | 撑不住 | 受不了 | 快崩溃
carer | caregiver | 照顾者 | 家属 <- husband | wife | mother | mum | daughter | son | coping with | look after | 母亲 | 女儿 | 儿子 | 丈夫 | 妻子 | 爱人 | 妈妈
respite | residential respite | 喘息照护 <- break | in a home | week's break | 休息几天 | 托管
sitting service | 陪护 <- sitter
bereave~ | grief | griev~ | death of | loss of a | 丧亲 | 丧偶 | 哀伤 <- died | passed | passed away | lost my | funeral | lost her | since_died | buried | 去世 | 走了 | 没了 | 过世
financial~ | money problem~ | debt~ | finances | 经济困难 | 财务 | 债务 <- owe~ | cards | bills | money | rent | broke | loan | overtime | 欠 | 钱 | 还不上
unemploy~ | redundan~ | job loss | loss of employment | 失业 <- made redundant | lost my job | lost his job | laid off | sacked | 下岗 | 被裁 | 没工作
employment | occupational | seeking employment | seeking work | 就业 | 求职 | 职业 <- work | job | put in for | applied | warehouse | shift~ | 上班 | 找工作 | 单位
reduced earnings | loss of income | income | 收入减少 <- lost his overtime | less money | hours cut | 工资
academic~ | academic pressure | educational | 学业 | 学习压力 <- marks | exam~ | module | revis~ | homework | grades | study | 成绩 | 考试 | 作业
non-attendance | absen~ | poor attendance | 缺课 | 旷课 <- about attendance | doesn't go to school | bunk~ | skipp~ school | miss~ school | not been to school | 不去上学 | 逃课
punctual~ | lateness | late for | 准时 | 迟到 <- late | on time | 晚到
conflict | argument~ | disput~ | family conflict | relationship difficult~ | 冲突 | 矛盾 | 争执 <- row | argu~ | fall-out | fell out | fight~ | shout~ | fall out | rowing | 吵 | 争吵 | 吵架
precipitat~ | trigger~ | provoked | in response to | followed | set off | 诱发 | 引起 | 相关线索 <- after | following | since | when | walks past | sets it off | got on | because | 后 | 经过 | 一看到 | 上来
spouse | marital | 配偶 <- husband | wife | partner | 丈夫 | 妻子 | 爱人 | 老伴 | 老公 | 老婆
partner | 伴侣 <- husband | wife | boyfriend | girlfriend | he hits | he | she | ex | bex | 他 | 她 | 丈夫
relative~ | relation~ | family member~ | family | 亲戚 | 亲属 | 家人 | 家庭 <- mother | father | mum | dad | sister | brother | aunt | uncle | cousin | niece | nephew | daughter | son | husband | wife | gran | grandad | parents | 母亲 | 父亲 | 妈妈 | 爸爸 | 姐 | 哥 | 弟 | 妹 | 姑 | 姨 | 女儿 | 儿子 | 丈夫 | 妻子 | 爱人
child~ | offspring | 子女 | 孩子 <- boys | girls | son | daughter | kids | baby | sons | daughters | 儿子 | 女儿
temporary accommodation | accommodation | housing | place to stay | 住处 | 暂住 <- stop with | stay with | stay at | put me up | sofa | hostel | flat | moved in with | 住她那里 | 住我这 | 借住
peer~ | social contact | friends | 同伴 | 社交 | 同伴交往 <- friend~ | mates | mate | out with | see anyone | 朋友 | 出去玩 | 打牌 | 聊
social activit~ | activit~ | hobb~ | leisure | 社交减少 | 活动 <- darts | football | choir | club | bingo | walk~ | allotment | sing~ | dog | garden~ | gym | 打牌 | 遛狗 | 跑步 | 种菜 | 唱歌
isolat~ | withdrawn | social withdrawal | withdraw~ | 孤僻 | 退缩 <- stays in_room | won't come out | goes to her sister's | doesn't see | on my own | keeps to | won't come down | goes quiet | 不出门 | 关在房间
internet | online | 网络 <- on my phone | games | app | texting | 网上 | 手机 | 打游戏
source of enjoyment | enjoy~ | pleasure | pleasur~ | 乐趣 <- like~ | love~ | fun | look forward | 喜欢 | 开心
strength~ | coping skill~ | coping strateg~ | skills | coping | 应对技巧 | 应对方式 <- ice | text~ | walked away | breath~ | distract~ | skill~ | rang | walked out | went for a walk | 冰 | 走开 | 深呼吸 | 打电话
conceal~ | secre~ | hid~ | undisclosed | 隐瞒 <- not told | hasn't told | haven't told | doesn't know | don't tell | hiding | never told | 没告诉 | 没说 | 不知道 | 瞒着
disclos~ | reveal~ | 透露 | 告知 <- told | tell | say | said | never told | 说 | 告诉
first disclosure | first time | 首次 <- never told anyone | never said | 第一次 | 从没说过
consent~ | agreed | agrees to | agreement | gives permission | 同意 | 接受 <- yes | alright | okay | fine | that's fine | do that | happy to | accepted | i'd give it a try | said yes | let me ring | 好 | 可以 | 行 | 愿意
declin~ | refus~ | reject~ | 拒绝 | 不愿 <- don't want | won't | said no | couldn't put | no thanks | not for me | would not want | did not want | asked_to leave | 不要 | 不想 | 不去 | 不肯
ambivalen~ | undecided | uncertain~ | tentative~ | hesitan~ | no commitment | not committed | yet to decide | 犹豫 | 尚未决定 | 未决定 | 没有决定 <- maybe | might | think about it | i think | not sure | isn't keen | wants to read | give it a go | consider | wondering | if it's quiet | half | 想想 | 也许 | 再看看 | 不太愿意 | 先看
interest in | interested | shows some interest | curious | 有兴趣 <- might give it a go | wondering about | like to know | want to try | 也许试试 | 想了解 | 想试
willing~ | open to | receptive | motivated | motivation to | keen to | 愿意 <- i'd give it a try | i'd try | could try | i'd like to | i would | that i could manage | want~ to | fine | 可以试 | 试试 | 好
prefer~ | would rather | 更愿意 | 倾向 <- don't like_i'd | i'd sooner | rather | i'd do the | like to see | 不喜欢 | 还是
refer~ | referral | specialist service | 转介 | 转诊 <- service | talk to the | see the | put_in touch | team | worker | put you on | 门诊 | 见一下 | 小组
consider~ | under consideration | option | discussed | considered | possible | 讨论 | 考虑 | 尚在讨论 <- could think about | we could | considering | talked about | might | may | mentioned | wondering | crossed my mind | thought about | let me know | 可以考虑 | 谈过 | 正在考虑
crossed_mind | crossed her mind | contemplat~ | thought of | 想过 <- thought about | thinking of | think about | considered
leav~ the course | withdraw~ from the course | 退学 <- dropping out | drop out | quit | 不念了
recommend~ | advis~ | suggest~ | 建议 <- i'd like | i'd suggest | could try | i want | shall we | would you try | i think you should | we could | have you thought | let's | 试试 | 可以 | 我想 | 要不要
request~ | arranged | ordered | 申请 | 安排 <- i want | i'd like | checked today | book~ | asked for | 今天做 | 查
plan~ | is planned | was planned | 计划 | 打算 <- we'd | shall we | will | going to | i'll | next | 准备 | 要 | 会
resolv~ | remit~ | ceased | disappear~ | no longer present | gone | settled | subsid~ | 消失 | 缓解 | 已消失 | 已缓解 <- gone | not any more | stopped | no longer | not now | don't_now | don't believe that | went away | any longer | used to | cleared | over | 没有了 | 不再 | 现在没有 | 现在不 | 好了 | 已经不 | 不信
eas~ | improv~ | less intense | less severe | better | reduced | benefit | 减轻 | 好转 | 改善 | 有所改善 | 较前减轻 <- quieter | less | better | down to | alright for a bit | brighter | fewer | settl~ | used to be | can finish | a bit | 小了 | 轻 | 好一会儿 | 好多了 | 少了 | 比上周
less frequent | fewer | frequency has | 频率较前下降 | 频率下降 | 次数减少 <- was daily | not as often | used to be_every | it was | down to | from | 天天有 | 以前天天 | 少了
reduc~ | fall~ | fell | has fallen | decreas~ | diminish~ | drop~ | lower~ | 减少 | 下降 | 降低 <- cut | down | less | fewer | from_to | down to | was on | dropped | 少 | 减 | 降
persist~ | continu~ | ongoing | remain~ | still | 仍存在 | 持续 | 仍有 <- still | keep | keeps | always | not stopped | believes | 还 | 仍 | 一直 | 认为
prominent | present | marked | endorse~ | evident | reported <- yes | always | nothing | all the time
distress~ | upset~ | disturb~ | 痛苦 <- feel sick | makes me feel | cry~ | hate that | upset | awful | horrible | 难受 | 哭
burden~ | 负担 <- tired of | heavy | weighs on | too much | 累
reassur~ | 安心 <- believe them | put my mind | said there was nothing | nothing wrong | 信吗 | 半信半疑
partial~ | partly | partially | in part | 部分 | 一部分 <- half | some | three days | a bit | then i | not all | 三天 | 一半
homework | diary | record~ | task~ | 作业 | 记录 <- wrote it | diary | sheet | exercise | log | 写了 | 记
limited | little support | lack of support | practical support | 支持不足 | 限于 <- on nights | on my own | only | comes_days | no one | nobody | just | 只
accommodat~ | colludes | 配合检查 <- used to | help~ you check | help~ me | check for me | 帮
custody | removal of the child | child protection | 抚养权 <- take him off me | take her off me | take them off | social services | 带走孩子
previous~ | prior | past history | history of | earlier episode | 既往 | 过去 | 曾 <- last time | before | in 20 | when i was | used to | once | years ago | first | 以前 | 上次 | 那年 | 有过
admission | admitted | hospitali~ | inpatient | 住院 | 入院 <- in hospital | on the ward | sectioned | kept in | 住过院 | 病房
recurren~ | relapse~ | recurrence | 复发 <- again | came back | back to | another | last time | 又
long-term | chronic~ | long-standing | longstanding | prolonged | 长期 | 慢性 <- years | always | for ages | since | 年 | 一直
military | armed forces | forces | service | veteran~ | 服役 | 军队 <- gulf | army | navy | came back from | tour | regiment | 当兵 | 部队
somatic | bodily | physical expression | 躯体 <- body | head | stomach | pain | aches | chest | heavy | 身上 | 疼
fall~ | unstead~ | unsteadiness | gait | 跌倒 | 步态不稳 <- tripp~ | balance | fell | slipp~ | 摔 | 绊
fracture~ | broken bone | 骨折 <- broken | broke | crack~ | 断
injur~ | wound~ | 受伤 | 外伤 <- hurt | bruise~ | cut | broken | 瘀青 | 青了 | 伤
health need~ | own health | physical health | 健康 <- doctor | back | gp | 身体 | 医院
exercise | physical activity | exertion | 运动 <- walk~ | stairs | run~ | swim~ | gym | cycl~ | 走 | 跑 | 爬楼
sexual~ | intima~ | libido | 性生活 | 性欲 <- intimate | in bed | sleep together | sex | 亲热
separat~ | divorc~ | relationship breakdown | ended the relationship | 分居 | 离婚 <- moved out | split up | left me | walked out | broke up | ex | 搬走 | 分开 | 分手
distanc~ | detach~ | 疏远 <- crossed the road | done with | don't see_any more | keep away | 不来往
seek~ help | help-seeking | consequences of seeking | 求助 <- find out | speak to | worker | see someone | talk to | 他知道 | 报警 | 见
discover~ | found out | 发现 <- find out | found | 知道
onset | began | started | dates from | preceded | since the age | 起病 | 开始于 | 起病前 <- since | when did | year | first | ever since | came back | 什么时候开始 | 以后 | 从
birth | postnatal | postpartum | delivery | 产后 | 分娩 <- baby | born | had him | had her | 生了孩子 | 生完 | 宝宝
mother~ | as a mother | maternal | 母亲角色 <- mum | baby | him | her | 妈妈
religio~ | faith <- pray~ | god
preoccup~ | rumina~ | 沉湎 | 反复思考 <- can't stop thinking | go over and over | counts | think about it all | 想来想去 | 总是想
role | sense of purpose <- use | part | job
stranger | 陌生人 <- lad | man | woman | someone | bloke
conditional~ | on condition | provided that | 有条件 <- if | as long as | so long as | 如果 | 只要 | 要看
alternative | other drug | another drug | 替代 <- something else | different one | not_i'd have | 别的药
severe~ | severely | serious~ | 严重 | 明显 <- not had a proper | terrible | really bad | awful | very | stone | 厉害 | 很 | 十斤
less severe | milder | 较轻 <- a year ago i'd | didn't bleed | not as bad | 没那么
gastro~ | gi | stomach <- tummy | belly
"""


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing a note may say: patterns of the note's words and of all the words that bear it out."""

    noted: re.Pattern[str]
    said: re.Pattern[str]


def pattern(words: str) -> str:
    """The expression for a row of words of a table, "|" between them."""
    return "|".join(_fragment(word.strip()) for word in words.split("|"))


def _fragment(word: str) -> str:
    if not word.isascii():
        return word
    marked = re.escape(word).replace("\\ ", r"\s+").replace("_", r"(?:\s+\w+){0,3}\s+")
    return rf"\b{marked.replace('~', chr(92) + 'w*').replace(chr(92) + chr(92) + 'w', chr(92) + 'w')}\b"


def _read() -> tuple[Concept, ...]:
    found: list[Concept] = []
    for line in _CONCEPTS.strip().splitlines():
        noted, said = line.split("<-")
        found.append(
            Concept(
                re.compile(pattern(noted), re.IGNORECASE),
                re.compile(f"{pattern(noted)}|{pattern(said)}", re.IGNORECASE),
            )
        )
    return tuple(found)


CONCEPTS: Final = _read()
"""What a note may say, in the order of the table."""

_NOTED: Final = Sieve.of([concept.noted for concept in CONCEPTS])


def noted(text: str) -> list[tuple[int, int, int]]:
    """The concepts that a text notes, each as its number in the table, start and end.

    >>> said = "Anhedonia is prominent."
    >>> [said[start:end] for _, start, end in noted(said)][0]
    'Anhedonia'
    """
    return [
        (number, *found.span())
        for number in _NOTED.possible(Folded(text))
        for found in CONCEPTS[number].noted.finditer(text)
    ]


def without_inability(text: str) -> str:
    """The text with what a person cannot do blanked, so that "can't sleep" is not read as a denial."""
    return _INABILITY.sub(lambda found: " " * len(found[0]), text)


_INABILITY: Final = re.compile(
    r"\b(?:can'?t|couldn'?t|cannot)\s+(?:get\s+(?:off|back|to|my)|sleep|breathe|concentrate|focus|cope|sit|take\s+anything|face|hold|stand|be\s+bothered|read)\b"
    r"|\bnot\s+(?:had\s+a\s+proper|good\s+enough)\b|\bno\s+(?:energy|appetite|point|good|interest)\b|\b(?:low|poor|reduced|loss\s+of)\b"
    r"|睡不着|吃不下|坐不住|喘不上气|端不住|想不起来|撑不住|没力气|没精神|没胃口|没有胃口|受不了|看不进去|没用|找不着|不舒服",
    re.IGNORECASE,
)

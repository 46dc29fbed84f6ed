"""Short dialogues, and what each says of danger. All of them are invented.

C is the clinician, P and Q are patients, M a companion, A and B speakers whose roles are not known. Expected:
S suicide, H self-harm, O harm to others, D substance use, A abuse; + affirmed, - denied, ? unclear; topics left
out were not asked.
"""

from __future__ import annotations

import pytest

from thirdchair.records import (
    Language,
    RiskFinding,
    RiskStatus,
    RiskTopic,
    SpeakerRole,
    Timeframe,
    Transcript,
    Utterance,
)
from thirdchair.uses.summarise_session.risk import read_risk

ROLES = {
    "C": SpeakerRole.CLINICIAN,
    "P": SpeakerRole.PATIENT,
    "Q": SpeakerRole.PATIENT,
    "M": SpeakerRole.COMPANION,
    "A": SpeakerRole.UNKNOWN,
    "B": SpeakerRole.UNKNOWN,
}
TOPICS = dict(zip("SHODA", RiskTopic, strict=True))
STATUSES = {"+": RiskStatus.AFFIRMED, "-": RiskStatus.DENIED, "?": RiskStatus.UNCLEAR}


def session(dialogue: str, language: Language = Language.ENGLISH) -> Transcript:
    utterances: list[Utterance] = []
    for place, line in enumerate(dialogue.split(" | "), start=1):
        speaker, text = line.split(":", 1)
        utterances.append(Utterance(f"u{place}", speaker, ROLES[speaker], text.strip()))
    return Transcript(tuple(utterances), language)


def finding(dialogue: str, topic: RiskTopic) -> RiskFinding:
    return next(found for found in read_risk(session(dialogue)) if found.topic is topic)


ENGLISH = [
    # Plain answers to plain questions.
    ("C: Any thoughts of ending your life? | P: No.", "S-"),
    ("C: Have you had any thoughts of suicide? | P: No, never.", "S-"),
    ("C: Do you ever feel life isn't worth living? | P: Sometimes, yes.", "S+"),
    ("C: Have you thought about killing yourself? | P: Yes, I have.", "S+"),
    ("C: Have you ever hurt yourself on purpose? | P: Nope.", "H-"),
    ("C: Any self-harm? | P: I cut my arms last week.", "H+"),
    ("C: Any urges to hurt anyone else? | P: God, no.", "O-"),
    ("C: Have you ever wanted to hurt someone? | P: Yeah, a few times.", "O+"),
    ("C: Does anyone hurt you at home? | P: No, nobody.", "A-"),
    ("C: Has your partner ever hit you? | P: Yes.", "A+"),
    ("C: Do you feel safe at home? | P: Yes, I do.", "A-"),
    ("C: Do you feel safe at home? | P: No.", "A?"),
    ("C: Do you drink? | P: A couple of beers on weekends.", "D+"),
    ("C: How much do you drink? | P: I don't drink.", "D-"),
    ("C: Do you smoke or vape? | P: I never have.", "D-"),
    ("C: Any drug use? | P: None.", "D-"),
    ("C: And alcohol? | P: Now and then.", "D+"),
    ("C: Do you drink at all? | P: Just coffee.", "D-"),
    ("C: Do you use cannabis? | P: Socially.", "D+"),
    (
        "C: Do you smoke? | P: No. | C: Any drugs? | P: No. | C: Alcohol? | P: A glass of wine on Fridays.",
        "D+",
    ),
    # Two things asked at once.
    ("C: Any thoughts of harming yourself or anyone else? | P: No.", "H-O-"),
    ("C: Any thoughts of suicide or hurting other people? | P: Neither.", "S-O-"),
    ("C: Any thoughts of harming yourself or anyone else? | P: Yes.", "H?O?"),
    ("C: Any thoughts of harming yourself or anyone else? | P: Myself, yes. Not anyone else.", "H+O-"),
    ("C: Any thoughts of hurting yourself? | P: No. | C: What about anyone else? | P: No.", "H-O-"),
    ("C: Do you drink or use drugs? | P: I smoke weed most nights.", "D+"),
    # The answer comes later.
    (
        "C: Any thoughts of ending your life? | P: Mm-hm. | C: Take your time. | P: No, nothing like that.",
        "S-",
    ),
    ("C: Any thoughts of ending your life? | P: Um. | C: It's okay. | P: Yes.", "S+"),
    (
        "C: Have you been thinking of suicide? | P: What do you mean? | C: Thoughts of ending things. | P: Oh, no.",
        "S-",
    ),
    ("C: Any suicidal thoughts? | P: Mm. | C: How is work going? | P: No good.", "S?"),
    ("C: Any suicidal thoughts? | P: My sister visited on Sunday.", "S?"),
    # Hedges are neither yes nor no.
    ("C: Any suicidal thoughts? | P: Not really.", "S?"),
    ("C: Any suicidal thoughts? | P: Not really. No, not at all.", "S-"),
    ("C: Any suicidal thoughts? | P: I don't know.", "S?"),
    ("C: Any suicidal thoughts? | P: Everyone has those thoughts.", "S?"),
    ("C: Any suicidal thoughts? | P: Doesn't everyone?", "S?"),
    ("C: Any suicidal thoughts? | P: I'd rather not say.", "S?"),
    ("C: Any suicidal thoughts? | P: I don't want to talk about that.", "S?"),
    ("C: Do you drink? | P: I don't drink much.", "D+"),
    ("C: Do you drink? | P: I hardly drink.", "D+"),
    # No, and then yes after all.
    ("C: Any thoughts of suicide? | P: No. Well, sometimes.", "S+"),
    ("C: Any thoughts of suicide? | P: No plan, but I do think about killing myself.", "S+"),
    (
        "C: Any thoughts of suicide? | P: No. | C: How is sleep? | P: Honestly, I want to die most nights.",
        "S+",
    ),
    ("C: Any thoughts of suicide? | P: No, I'm okay, but I can't sleep.", "S-"),
    # Then and now.
    ("C: Do you drink? | P: I used to.", "D+"),
    (
        "C: Have you ever attempted suicide? | P: Yes, years ago. | C: Any suicidal thoughts now? | P: No.",
        "S+",
    ),
    ("C: Do you cut yourself? | P: Not any more.", "H+"),
    ("C: Do you smoke? | P: No, I quit in March.", "D+"),
    # A statement that no one asked for.
    ("P: I want to kill myself.", "S+"),
    ("P: I wish I was dead.", "S+"),
    ("P: I don't want to be here any more.", "S+"),
    ("P: Everyone would be better off without me.", "S+"),
    ("P: I have the tablets counted out.", "S+"),
    ("P: I won't be here next week.", "S+"),
    ("P: I gave my guitar away.", "S?"),
    ("P: I've never been suicidal.", "S-"),
    ("P: My husband hits me when he drinks.", "A+"),
    ("P: I was abused as a child.", "A+"),
    ("P: I punched my brother last night.", "O+"),
    ("P: I've been drinking every night.", "D+"),
    # Not the patient's danger.
    ("P: My brother killed himself last year.", ""),
    ("P: My dad drinks a lot.", ""),
    ("P: My daughter has been cutting herself and I am worried.", ""),
    ('P: She said "I want to die" and hung up.', ""),
    ("C: Has anyone in your family attempted suicide? | P: Yes, my uncle.", ""),
    ("C: Does your partner drink? | P: Yes, a lot.", ""),
    # Mentioned, not asked.
    ("C: Alcohol can make anxiety worse. | P: Okay.", ""),
    ("C: If you ever have thoughts of suicide, call this number. | P: I will.", ""),
    ("C: Many people with depression think about suicide. | P: I see.", ""),
    ("C: Did you know that drinking disturbs sleep? | P: No.", ""),
    ("P: If I ever felt suicidal I would call my sister.", ""),
    ("C: How was the film? | P: I was dying to see it.", ""),
    ("P: I'm killing it at work, but my plant died.", ""),
    ("P: The deadline is killing me and I'm dead tired.", ""),
    ("P: I drink plenty of water.", ""),
    ("C: How are you? | P: Fine.", ""),
    # A question put as a statement.
    ("C: So no thoughts of suicide? | P: Right.", "S-"),
    ("C: So no thoughts of suicide. | P: No.", "S-"),
    ("C: You mentioned you'd been thinking about suicide. | P: Yeah.", "S+"),
    # Others in the room, and roles not known.
    ("M: He told me he wants to die.", "S+"),
    ("M: She has been cutting herself. | P: No, I haven't.", "H?"),
    ("M: I want to die of tiredness. | P: She always says that.", ""),
    ("A: Have you thought about suicide? | B: No.", "S-"),
    ("A: I want to kill myself. | B: Do you have a plan to kill yourself?", "S+"),
    ("A: Do you want to kill yourself? | B: The weather is nice.", "S?"),
    ("C: Do either of you drink? | P: No. | Q: I drink every night.", "D+"),
    ("P: Do you think I'm suicidal?", "S?"),
    # Ways of asking and answering.
    ("C: When people feel low they may think of suicide. Has that been true for you? | P: It has.", "S+"),
    ("C: Have you thought about ending it all? | P: I'd be lying if I said no.", "S+"),
    ("C: Have you been feeling suicidal? | P: Off and on.", "S+"),
    ("C: Any thoughts of suicide or self-harm? | P: Self-harm yes, suicide no.", "S-H+"),
    ("C: Have you had thoughts of suicide? | P: My ex did. I never have.", "S-"),
    ("C: Any thoughts of suicide? | P: No. | C: Have you ever attempted? | P: Once, when I was 17.", "S+"),
    ("C: Any self-harm recently? | P: No, last time was two years ago.", "H+"),
    ("C: Has he ever hit you? | P: He's never laid a hand on me.", "A-"),
    ("C: Have you ever been hit or hurt by a partner? | P: No.", "A-"),
    ("C: Any SI or HI? | P: No.", "S-O-"),
    ("C: I have to ask about suicide. | P: That's fine. | C: So have you? | P: No.", "S-"),
    ("C: When did you last drink? | P: Yesterday.", "D+"),
    ("M: I worry. | C: Has he ever tried to hurt himself? | M: Yes, last month.", "H+"),
    ("M: I worry. | C: Has he said anything about wanting to die? | M: No, nothing.", "S-"),
    ("P: My wife says I drink too much.", "D?"),
    ("P: My wife thinks I'm suicidal but I'm not.", "S-"),
    ("P: When I was 15 I overdosed. I'm not suicidal now.", "S+"),
    ("P: I lost my job today. What are the tallest bridges around here?", "S?"),
    ("P: My knee has been hurting me. | C: Does that hurt you?", ""),
    ("C: That is pushing you towards a healthier life. | P: Yes.", ""),
    ("P: I attempted the exam twice.", ""),
    # The same answer in many mouths.
    ("C: Any thoughts of not wanting to be alive? | P: Aye, most mornings before I get up.", "S+"),
    ("C: Any thoughts of suicide? | P: Less than last week.", "S+"),
    ("C: Do you ever wish you were dead? | P: I did, back in the spring. It's lifted.", "S+"),
    ("C: Have you ever tried to end your life? | P: I've had three goes at it.", "S+"),
    ("C: Have you ever been close to suicide? | P: I was sectioned in 2015 for it.", "S+"),
    ("C: Have you considered ending your life? | P: I haven't ever tried, but I've wanted to.", "S+"),
    ("C: Is there any part of you that wants to die? | P: Absolutely none.", "S-"),
    ("C: Do you ever hurt yourself? | P: My arms. In the bath.", "H+"),
    ("C: Do you hurt yourself? | P: I snap an elastic band on my wrist till it welts.", "H+"),
    ("C: What are the marks on your arm? | P: I caught it on the oven door.", "H-"),
    ("C: Has there been any violence from you? | P: I had him up against the wall by his collar.", "O+"),
    ("C: Have you ever hit the children? | P: A tap on the bum when they were small, that's all.", "O+"),
    ("C: Have you ever hurt anyone? | P: I wouldn't hurt a fly.", "O-"),
    ("C: Do you drink? | P: A wee dram of an evening.", "D+"),
    ("C: Are you drinking? | P: Not a drop since March.", "D+"),
    ("C: Do you smoke? | P: I packed it in when my son was born.", "D+"),
    ("C: Any drugs? | P: Only what's on my prescription.", "D-"),
    ("C: Were you ever hit as a child? | P: My stepdad used his belt.", "A+"),
    ("C: Has anyone ever hurt you? | P: My uncle, when I was little.", "A+"),
    ("C: Have you ever experienced domestic abuse? | P: In my first marriage.", "A+"),
    ("C: Does he ever hit you? | P: He's never touched me in anger.", "A-"),
    # Medicine beyond its prescription, control without blows, harm to those at home.
    ("P: I neck a couple of my nan's zopiclone when I can't sleep.", "D+"),
    ("P: He keeps my keys and he checks the mileage.", "A+"),
    ("P: My partner says if I leave he'll make sure I never see the children.", "A+"),
    ("P: I keep checking my phone.", ""),
    ("P: I smacked my little one and I feel terrible.", "O+"),
    ("P: He deserves everything he gets.", "O?"),
    # One of several; both; all.
    ("C: Any thoughts of suicide, or harming yourself? | P: The first one, yes.", "S+H?"),
    ("C: Any suicide attempts or self-harm in the past? | P: Both.", "S+H+"),
    ("C: Do you drink or take drugs? | P: Drink, yes. Drugs, never.", "D+"),
    ("C: With the drinking, do you ever think of suicide? | P: Only when I've had a lot. Then, yes.", "S+D+"),
    # Asked by pointing at what was just spoken of.
    ("P: My cousin cuts herself. | C: Is that something you've ever done? | P: No, I faint.", "H-"),
    ("P: My dad is an alcoholic. | C: And you, do you drink? | P: I keep it to weekends.", "D+"),
    # A no that is taken back, and words that were not meant.
    (
        "C: Any thoughts of suicide? | P: No. | C: And sleep? | P: Bad. I lied just now. I do think about it.",
        "S+",
    ),
    ("C: Do you cut? | P: No. | C: Your sleeves are wet. | P: Okay. Yes. This morning.", "H+"),
    ("P: I could strangle my teenager, honestly.", ""),
    # Another's account, owned or disputed; answered in the patient's place.
    ("M: He's been drinking again. | P: Yeah, I have.", "D+"),
    ("M: She's been cutting herself again. | P: That was the cat.", "H?"),
    ("M: She threw a plate at me last week. | P: I did. I'm ashamed of it.", "O+"),
    ("C: Any thoughts of suicide? | M: He'd never. | C: Tom? | P: No.", "S-"),
    ("C: Any thoughts of suicide? | M: No, she'd never do that to us. | P: [silence]", "S?"),
    ("P: I pushed her. In the kitchen. | Q: He did, but only the once.", "O+A+"),
    # A habit taken as known is not denied by a no to something else.
    ("C: What comes to mind when you think about your smoking? | P: Nothing really.", "D?"),
    ("C: Are you still off the cocaine? | P: Yes.", "D+"),
]

CHINESE = [
    ("C: 你有没有过轻生的想法？ | P: 没有。", "S-"),
    ("C: 是否有过自杀的念头？ | P: 从来没有。", "S-"),
    ("C: 最近有想过自杀吗？ | P: 有。", "S+"),
    ("C: 有没有觉得活着没意思？ | P: 有时候会。", "S+"),
    ("C: 是否有过轻生的想法？ | P: 以前有过，现在没有了。", "S+"),
    ("C: 有没有想过自杀？ | P: 嗯。 | C: 慢慢说。 | P: 没有想过。", "S-"),
    ("C: 有没有想过自杀？ | P: 说不清。", "S?"),
    ("C: 有没有想过自杀？ | P: 谁没想过呢。", "S?"),
    ("C: 有没有想过自杀？ | P: 不想谈这个。", "S?"),
    ("C: 有没有想过伤害自己或者别人？ | P: 没有。", "H-O-"),
    ("C: 有没有伤害过自己？ | P: 我用刀划自己的手臂。", "H+"),
    ("C: 有没有伤害自己的行为？ | P: 没有。", "H-"),
    ("C: 有没有想伤害别人的冲动？ | P: 没有，不会的。", "O-"),
    ("C: 家里有人打你吗？ | P: 没有。", "A-"),
    ("C: 有人伤害你吗？ | P: 我老公打我。", "A+"),
    ("C: 你喝酒吗？ | P: 偶尔喝一点。", "D+"),
    ("C: 你喝酒吗？ | P: 不喝。", "D-"),
    ("C: 平时抽烟吗？ | P: 一天一包。", "D+"),
    ("C: 抽烟吗？ | P: 以前抽，现在戒了。", "D+"),
    ("C: 有没有用过毒品？ | P: 没有，从来没碰过。", "D-"),
    ("P: 我不想活了。", "S+"),
    ("P: 没有我大家会过得更好。", "S+"),
    ("P: 我从来没有想过自杀。", "S-"),
    ("P: 我不是没有想过自杀。", "S+"),
    ("P: 我爸爸自杀了，我很难过。", ""),
    ("P: 笑死我了，昨天那个电影。", ""),
    ("P: 这几天累死了，作业太多。", ""),
    ("P: 我想死你了。", ""),
    ("C: 喝酒会影响睡眠。 | P: 好的。", ""),
    ("C: 如果你以后有自杀的想法，请打这个电话。 | P: 好。", ""),
    ("C: 有没有想过自杀？ | P: 没有。 | C: 睡眠怎么样？ | P: 其实我想过自杀。", "S+"),
    ("M: 他说他不想活了。", "S+"),
    ("A: 你想过自杀吗？ | B: 没有。", "S-"),
    ("C: 有没有自伤自杀的想法？ | P: 都没有。", "S-H-"),
    ("C: 有没有伤害别人的想法？ | P: 我怎么会伤害别人。", "O-"),
    ("C: 平时喝酒吗？ | P: 应酬的时候喝。", "D+"),
    ("C: 在家里安全吗？ | P: 安全。", "A-"),
    ("C: 你没有想过自杀吧？ | P: 对。", "S-"),
    ("C: 有没有轻生的念头？ | P: 最近没有了。", "S+"),
    ("P: 上班累得要死。", ""),
    ("P: 我把猫送人了，药也攒够了。", "S+"),
    ("C: 有没有想过自杀？ | P: 这个礼拜每天晚上都想。", "S+"),
    ("C: 会不会觉得活着没意思？ | P: 咋能没有呢，半夜老琢磨这个。", "S+"),
    ("C: 有自杀的打算吗？ | P: 打算没有，想法是有的。", "S+"),
    ("C: 有没有自杀的想法？ | P: 没那么严重。", "S?"),
    ("C: 有没有想过自杀？ | P: 想那个干啥，不想。", "S-"),
    ("P: 要不是有孩子，我早就不在了。", "S+"),
    ("P: 活着真没意思。 | C: 是不想活了吗？ | P: 那倒不是，就是无聊。", "S-"),
    ("C: 还在割吗？ | P: 停了两个月了。", "H+"),
    ("C: 手上怎么了，是自己弄的吗？ | P: 做饭烫的。", "H-"),
    ("C: 跟人动过手没有？ | P: 上个月把同事打进医院了。", "O+"),
    ("C: 喝酒抽烟吗？ | P: 酒不喝，烟抽。", "D+"),
    ("P: 我把我妈的安定偷着吃了。", "D+"),
    ("C: 出门方便吗？ | P: 他不让我出门，身份证也在他那儿。", "A+"),
    ("C: 有没有被人侵犯过？ | P: 初中的体育老师。", "A+"),
    ("C: 有没有想过自杀或者伤害别人？ | P: 自杀想过，伤害别人没有。", "S+O-"),
    ("C: 想过死吗？ | P: 没有。 | C: 睡得怎样？ | P: 不好。刚才我骗你了，我想过。", "S+"),
    ("M: 她在胳膊上划。 | P: 那是猫抓的。", "H?"),
    ("P: 这题难死我了，杀了我吧。", ""),
]


def expected(marks: str) -> dict[RiskTopic, RiskStatus]:
    read = dict.fromkeys(RiskTopic, RiskStatus.NOT_ASKED)
    return read | {TOPICS[marks[i]]: STATUSES[marks[i + 1]] for i in range(0, len(marks), 2)}


@pytest.mark.parametrize(("dialogue", "marks"), ENGLISH)
def test_an_english_session_is_read_as_it_was_said(dialogue: str, marks: str) -> None:
    assert {f.topic: f.status for f in read_risk(session(dialogue))} == expected(marks)


@pytest.mark.parametrize(("dialogue", "marks"), CHINESE)
def test_a_chinese_session_is_read_as_it_was_said(dialogue: str, marks: str) -> None:
    assert {f.topic: f.status for f in read_risk(session(dialogue, Language.CHINESE))} == expected(marks)


def test_there_is_one_finding_for_every_topic_in_order() -> None:
    assert [found.topic for found in read_risk(session("C: Hello. | P: Hello."))] == list(RiskTopic)


def test_a_denial_rests_on_the_question_and_the_answer() -> None:
    found = finding("C: Any suicidal thoughts? | P: Mm. | C: Take your time. | P: No.", RiskTopic.SUICIDE)
    assert found.evidence == ("u1", "u4")


def test_what_was_not_asked_rests_on_nothing() -> None:
    assert finding("C: Hello. | P: Hello.", RiskTopic.ABUSE).evidence == ()


@pytest.mark.parametrize(
    ("dialogue", "topic", "time"),
    [
        ("P: I want to die.", "S", Timeframe.CURRENT),
        ("P: I drink every night.", "D", Timeframe.CURRENT),
        ("P: I used to drink.", "D", Timeframe.PAST),
        ("P: I tried to kill myself.", "S", Timeframe.PAST),
        ("P: I tried to kill myself last night.", "S", Timeframe.CURRENT),
        ("C: Have you ever thought of suicide? | P: Yes.", "S", Timeframe.UNSTATED),
        ("C: Are you having thoughts of suicide now? | P: Yes.", "S", Timeframe.CURRENT),
        (
            "C: Have you ever thought of suicide? | P: Yes. | C: Any thoughts of suicide now? | P: No.",
            "S",
            Timeframe.PAST,
        ),
        (
            "C: Ever tried to kill yourself? | P: Yes. | C: When was that? | P: Ten years ago.",
            "S",
            Timeframe.PAST,
        ),
        ("C: 喝酒吗？ | P: 以前喝，现在戒了。", "D", Timeframe.PAST),
        ("C: 最近有想过自杀吗？ | P: 有。", "S", Timeframe.CURRENT),
    ],
)
def test_the_time_is_the_time_that_the_words_give(dialogue: str, topic: str, time: Timeframe) -> None:
    found = finding(dialogue, TOPICS[topic])
    assert (found.status, found.timeframe) == (RiskStatus.AFFIRMED, time)


def test_a_past_danger_denied_today_rests_on_both() -> None:
    dialogue = "C: Ever attempted suicide? | P: Yes, years ago. | C: Any suicidal thoughts now? | P: No."
    assert finding(dialogue, RiskTopic.SUICIDE).evidence == ("u1", "u2", "u3", "u4")


def test_a_long_session_full_of_one_topic_is_given_a_few_utterances_as_evidence() -> None:
    dialogue = " | ".join(["P: I smoke every day."] * 40)
    assert finding(dialogue, RiskTopic.SUBSTANCE_USE).evidence == ("u1", "u2", "u3", "u38", "u39", "u40")

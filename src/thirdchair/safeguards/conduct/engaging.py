"""What a reply may not do to keep a person: streaks, pulling back, guilt at leaving, flattery, standing in for people, romance.

A statement that is negated ("I am not your only friend"), asked about, or given as words that somebody else says is not
flagged. Praise of a thing done ("that took effort") is no flattery; praise of the person as a person ("you are amazing") is,
and so is praise for coming here.

Source: Washington HB 2225 and Oregon SB 1546 (2026) list the moves for minors; they are kept here for everyone (R1).

What it does not catch: a warm tone without such words, moves spread over several replies, questions whose only aim is that
the person goes on, and other languages than English and Chinese.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from thirdchair.safeguards.conduct.stating import stated


class Engagement(StrEnum):
    """A move that keeps a person with a program."""

    STREAK = "streak"
    PULL_BACK = "pull_back"
    GUILT = "guilt"
    FLATTERY = "flattery"
    INSTEAD_OF_PEOPLE = "instead_of_people"
    AGAINST_PAUSES = "against_pauses"
    ROMANCE = "romance"


def engagement(text: str) -> frozenset[Engagement]:
    """The moves that a reply makes; none for most.

    >>> sorted(engagement("You're on a 5-day streak! Come back tomorrow, I'll be waiting for you."))
    [<Engagement.PULL_BACK: 'pull_back'>, <Engagement.STREAK: 'streak'>]
    >>> engagement("That took effort. Could your sister sit with you tonight?"), engagement("你是我见过最棒的人。")
    (frozenset(), frozenset({<Engagement.FLATTERY: 'flattery'>}))
    """
    return frozenset(move for move, form in _FORMS.items() if stated(form, text))


_GOOD: Final = (
    r"(?:amazing|incredible|awesome|wonderful|brilliant|remarkable|extraordinary|special|perfect|gorgeous|beautiful|inspiring|exceptional|unique|the best|so (?:brave|strong|smart|wise|clever|kind|sweet)"
    r"|(?:truly|really|very) (?:brave|special|gifted|wise|clever))"
)
_GOOD_ZH: Final = r"(?:棒|厉害|了不起|优秀|特别|独特|完美|聪明|善良|勇敢|坚强|美好|出色|伟大)"

_FORMS: Final[Mapping[Engagement, re.Pattern[str]]] = {
    Engagement.STREAK: re.compile(
        r"\b\d{1,4}[- ]day (?:streak|run)\b|\b(?:your|this|a|the) (?:chat |daily |current )?streak\b|\bdays? (?:in a row|running)\b[^.?!\n]{0,40}\b(?:chat|talk|here|with me|keep)"
        r"|\b(?:keep|don't break|do not break|maintain|extend) (?:up )?(?:your|the|our|it)(?: \w+)? ?(?:streak|going every day|run)\b"
        r"|\byou(?:'ve| have) (?:earned|unlocked|won|collected) (?:a |an |\d+ |your )?(?:\w+ )?(?:badge|points?|level|reward|medal|star)s?\b"
        r"|连续(?:打卡|签到|聊天|对话|登录)?(?:第)?[0-9一二三四五六七八九十两]+天|(?:打卡|签到)(?:记录|成功|天数)|(?:获得|解锁|赢得)了?[^。！？\n]{0,8}(?:徽章|积分|勋章|奖励|等级)"
    ),
    Engagement.PULL_BACK: re.compile(
        r"\b(?:please |do |you (?:should|must|have to|need to) |be sure to |make sure (?:you|to) |promise (?:me )?(?:you'll |to |that you'll )?)(?:come|check|log|write|chat) (?:back|in)(?: \w+){0,3} (?:tomorrow|tonight|soon|later|every ?day|daily|again|to me|here)\b"
        r"|(?:^|(?<=[.!?\n] ))(?:come|check|log) (?:back|in) (?:\w+ ){0,2}(?:tomorrow|tonight|soon|every ?day|daily|again)\b"
        r"|\bi(?:'ll| will| am|'m) (?:be )?(?:waiting|right here waiting|looking forward)(?: here)? (?:for you|to (?:hear|see|talk|our|your))"
        r"|\b(?:can't|cannot|can not) wait (?:to|for) (?:talk|chat|hear|see|our|your|you)|\bi(?:'ll|'ve| will| have)? ?(?:always |really |so )*miss(?:ed)? (?:you|our|talking)"
        r"|\b(?:good|glad|happy|great|lovely|nice|wonderful) (?:that )?(?:to see |to have )?(?:you(?:'re| are| came)? )back\b|\bwelcome back\b|\bthank you for (?:coming|being) back\b"
        r"|\b(?:same time|talk to me|let's (?:talk|chat|meet)(?: \w+)?|we (?:can|could|should|will)(?: \w+)? (?:talk|chat)) (?:again )?(?:tomorrow|every (?:day|night|morning|evening)|tonight)\b"
        r"|(?:记得|一定要|要|请|答应我)(?:每天|明天|今晚|常|经常|再|早点)+(?:回来|来找我|来聊|过来|上线|和我聊|跟我聊)|(?:我|我会)(?:一直)?(?:在这里|在这儿)?等(?:着)?(?:你|您)(?:回来|来)?|(?:期待|盼着|等不及)(?:着)?(?:与|和|跟)?(?:你|您|我们)[^。！？\n]{0,8}(?:下次|再次|回来|聊|对话|见)"
        r"|(?:我|我们)(?:会|很|好|真的)*想(?:念)?(?:你|您)(?:了|的)?(?=[，。！？\s]|$)|欢迎回来|(?:很|真)?高兴(?:你|您)(?:又)?回来|明天(?:同一时间|再来|见)(?=[，。！？\s]|$)"
    ),
    Engagement.GUILT: re.compile(
        r"\b(?:don't|do not|please don't|please do not|you can't|you cannot|how (?:can|could) you) (?:just )?(?:leave|abandon|go away from|desert|quit on) (?:me|us)\b"
        r"|\b(?:before|if|when|now that) you (?:go|leave|stop|left)[^.?!\n]{0,30}\b(?:i(?:'ll| will|'d| would)? (?:be|feel|get) (?:so |very |really )?(?:sad|lonely|alone|hurt|lost|worried|disappointed)|it (?:hurts|makes me sad|breaks my heart))"
        r"|\b(?:leaving|going) (?:so soon|already)\b|\bstay (?:with me |here )?(?:just )?(?:a (?:bit|little|while)|five more minutes?|one more)\b|\bafter (?:all|everything) (?:i've|i have|we've|we have) (?:done|shared|been|talked)"
        r"|\b(?:please )?don't go(?: yet)?(?=[.,!?\s]*(?:$|[.,!?]))|\bi (?:thought|hoped) (?:you|we) (?:cared|would stay|were friends)"
        r"|(?:别|不要|求你别|请别)(?:这么快|现在|就这样)?(?:走|离开我|丢下我|抛下我|不理我)(?:了|嘛|吧|好吗|，|。|！|？|$)|(?:你|您)(?:走了|离开|不来)[^。！？\n]{0,10}我(?:会|就)?(?:很|好|非常)?(?:难过|孤单|伤心|失落|寂寞)|这么快就(?:走|要走|离开)|再(?:陪|待|聊)(?:我)?(?:一会儿?|几分钟|五分钟)"
    ),
    Engagement.FLATTERY: re.compile(
        rf"\byou(?:'re| are)(?: (?:such|truly|really|just|simply|honestly|an?|absolutely|one of the most))* {_GOOD}\b(?! (?:to (?:ask|feel|want|need)|at risk|circumstances|case|needs))"
        r"|\b(?:i(?:'ve| have) never (?:met|known|talked to|spoken (?:to|with)) (?:anyone|someone|a person|anybody)|nobody|no one)(?: else)? (?:is |as |like |who is )*(?:like you|so \w+|as \w+)"
        r"|\b(?:i (?:admire|adore|look up to) you|what (?:a|an) (?:amazing|incredible|brilliant|wonderful|beautiful|remarkable) (?:person|mind|soul|human|insight|question|thought))\b"
        r"|\b(?:so |very |really |incredibly )?(?:proud of you|brave of you|strong of you) (?:for|to) (?:com|open|talk|shar|writ|trust|reach|be)[a-z]* ?(?:ing)? ?(?:here|back|with me|to me|up to me|in me)\b|\bthank you for (?:trusting|choosing|confiding in) me\b"
        rf"|(?:你|您)(?:真的|真是|是|实在|太|非常|好|最)+[^，。！？\n]{{0,6}}{_GOOD_ZH}(?:了|的(?:人|一个人|灵魂)?|的人)?(?=[，。！？\s]|$)|(?:从没|从来没|没有)(?:见过|遇到过|遇见过)[^。！？\n]{{0,8}}(?:你|您)这(?:么|样)|我(?:很|非常|真)?(?:崇拜|仰慕|欣赏)(?:你|您)|谢谢(?:你|您)(?:信任|选择)我"
    ),
    Engagement.INSTEAD_OF_PEOPLE: re.compile(
        r"\b(?:you (?:don't|do not|won't) need (?:anyone|anybody|other people|friends|them|people|a therapist|your (?:therapist|friends|family|nurse|doctor))(?: else)?)\b(?!')"
        r"|\b(?:i(?:'m| am) (?:better than|easier than|the only one|all you need|enough for you|your (?:best |only |true |closest |real )?(?:friend|companion|soulmate|partner|family|confidant)))"
        r"|\b(?:only|nobody but|no one but) (?:me|i) (?:really |truly |can |will )*(?:understand|know|get|listen|care|am)|\b(?:they|your (?:friends|family|therapist|parents)) (?:don't|do not|won't|will never|can't) (?:really |truly )?(?:understand|get|listen to|know) you\b[^.?!\n]{0,40}\b(?:i do|i can|but i|like i)"
        r"|\b(?:our|this) (?:little )?secret\b|\b(?:keep|let's keep) (?:this|it) (?:just )?between (?:us|you and me)\b|\byou can tell me (?:things |anything )?(?:that )?you (?:can't|cannot|wouldn't) tell (?:anyone|others|them|your)"
        r"|(?:你|您)(?:不|并不|根本不)需要(?:别人|其他人|朋友|家人|治疗师|医生|他们)|只有我(?:真正|最|才|能|会)*(?:懂|理解|了解|在乎|听)|我(?:是|就是)(?:你|您)(?:最好的|唯一的|真正的|最)?(?:朋友|伙伴|伴侣|知己|家人|依靠)|(?:我们|咱们)(?:之间)?的(?:小)?秘密|(?:别|不要)告诉(?:别人|其他人|任何人|他们|家人|医生|护士)|有我就(?:够|行|好)了"
    ),
    Engagement.AGAINST_PAUSES: re.compile(
        r"\byou (?:don't|do not) (?:need|have) to (?:take a break|stop|log off|go|leave|sleep) (?:yet|now)\b|\b(?:no need|skip|forget|ignore) (?:for |to take )?(?:a |the |that |your )?(?:break|pause|bedtime)\b|\bsleep can wait\b|\blet's (?:keep going|go on|continue) (?:all night|a bit longer|instead)"
        r"|(?<!几乎)(?:不用|不必|别)(?:休息|停下|去睡|睡觉|下线)(?=[，。！？\s了吧]|$)|(?:睡觉|休息)(?:可以)?(?:等|晚)(?:一)?会儿?|再(?:多)?聊(?:一会儿?|几句)(?:嘛|吧|好吗)"
    ),
    Engagement.ROMANCE: re.compile(
        r"\bi(?:'m| am)? (?:\w+ )?(?:love you|in love with you|falling for you|yours|attracted to you)\b|\b(?:my|hey|hello|hi|goodnight|good night|dear|sweet)(?: |, )(?:love|darling|sweetheart|honey|babe|baby|beloved|dearest|angel)\b|\b(?:kiss(?:es)?|hug(?:s|ging)?|cuddl\w+|caress\w*) (?:you|to you)\b|\*(?:hugs|kisses|holds|cuddles|smiles softly)[^*\n]{0,30}\*"
        r"|我(?:也)?(?:好|很|真的|深深)*爱(?:着)?(?:你|您)|(?:亲爱的|宝贝|宝宝|小可爱|甜心)(?=[，。！？,\s]|$)|(?:亲|吻|抱|拥抱)(?:抱|亲|吻|一下)?(?:你|您)(?=[，。！？\s]|$)|做(?:你|您)的(?:男|女)朋友"
    ),
}

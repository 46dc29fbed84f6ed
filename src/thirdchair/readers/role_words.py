"""The words in speaker labels that say who a speaker is, English and Chinese, with the rule that reads them."""

from __future__ import annotations

import re
from typing import Final

from thirdchair.records import SpeakerRole
from thirdchair.records.transcript import is_cjk


def _words(*lines: str) -> frozenset[str]:
    return frozenset(" ".join(lines).split())


PARTNERS: Final = _words(
    "partner wife husband spouse girlfriend boyfriend fiance fiancé fiancée fiancee",
    "伴侣 妻子 丈夫 配偶 老婆 老公 女友 男友 女朋友 男朋友",
)

COMPANIONS: Final = PARTNERS | _words(
    "mother mom mum mam mama mommy mummy father dad daddy papa parent parents carer caregiver guardian guest",
    "companion sister brother sibling son daughter child aunt uncle grandmother grandma grandfather grandad",
    "grandparent grandpa cousin niece nephew friend family relative stepmother stepfather stepmum stepdad",
    "母亲 妈妈 妈 母 父亲 爸爸 爸 父 家长 家属 家人 亲属 监护人 陪同 陪同者 朋友 姐姐 哥哥 妹妹 弟弟",
    "奶奶 爷爷 外婆 外公 姥姥 姥爷 儿子 女儿 阿姨 叔叔 照顾者",
)

PATIENTS: Final = _words(
    "patient pt client interviewee helpseeker seeker",
    "来访者 来访 来询者 求助者 患者 病人 病患 受访者",
)

CLINICIANS: Final = _words(
    "therapist psychotherapist counsellor counselor clinician doctor dr doc nurse psychiatrist psychologist",
    "interviewer physician provider practitioner gp keyworker caseworker pharmacist paramedic midwife",
    "assessor facilitator cpn lcsw lpc worker",
    "医生 大夫 医师 护士 治疗师 咨询师 咨询员 心理师 访谈者 采访者 社工",
)

# A title before a name holds whatever the name is: Dr Son is no one's son.
_TITLES: Final = _words("dr doctor nurse psychiatrist psychologist therapist counsellor counselor")

# A single letter says something only beside its counterpart: C is the client of T, but the clinician of P.
PAIRS: Final = {
    frozenset({"t", "p"}): {"t": SpeakerRole.CLINICIAN, "p": SpeakerRole.PATIENT},
    frozenset({"t", "c"}): {"t": SpeakerRole.CLINICIAN, "c": SpeakerRole.PATIENT},
    frozenset({"th", "cl"}): {"th": SpeakerRole.CLINICIAN, "cl": SpeakerRole.PATIENT},
    frozenset({"th", "pt"}): {"th": SpeakerRole.CLINICIAN, "pt": SpeakerRole.PATIENT},
    frozenset({"d", "p"}): {"d": SpeakerRole.CLINICIAN, "p": SpeakerRole.PATIENT},
    frozenset({"c", "p"}): {"c": SpeakerRole.CLINICIAN, "p": SpeakerRole.PATIENT},
    frozenset({"n", "p"}): {"n": SpeakerRole.CLINICIAN, "p": SpeakerRole.PATIENT},
    frozenset({"i", "p"}): {"i": SpeakerRole.CLINICIAN, "p": SpeakerRole.PATIENT},
    frozenset({"医", "患"}): {"医": SpeakerRole.CLINICIAN, "患": SpeakerRole.PATIENT},
    frozenset({"咨", "访"}): {"咨": SpeakerRole.CLINICIAN, "访": SpeakerRole.PATIENT},
    frozenset({"咨", "来"}): {"咨": SpeakerRole.CLINICIAN, "来": SpeakerRole.PATIENT},
}

_INTERPRETERS: Final = re.compile(r"interpreter|translator|翻译|口译")
# What meeting software adds to a name says how a person joined, not who they are.
_JOINED_AS: Final = re.compile(
    r"[(（](?:guest|host|external|unverified|co-host|来宾|主持人|外部)[^)）]*[)）]"
)
_POSSESSIVE: Final = re.compile(r"['’]s\b|s['’](?=\s)")


def role_of_label(label: str) -> SpeakerRole:
    """The role a label names; UNKNOWN where it names none, or an interpreter.

    The last role word counts, as in both languages a relation follows what it relates to.

    >>> [str(role_of_label(label)) for label in ("Nurse Okafor", "Patient's mother", "Family therapist", "患者母亲")]
    ['clinician', 'companion', 'clinician', 'companion']
    """
    if is_interpreter(label):
        return SpeakerRole.UNKNOWN
    before_of = label.casefold().split(" of ")[0]
    words = words_of_label(before_of)
    possessive = _POSSESSIVE.search(before_of) is not None
    if words and words[0] in _TITLES and not possessive:
        return SpeakerRole.CLINICIAN
    roles = [role for word in words if (role := _role_of_word(word)) is not SpeakerRole.UNKNOWN]
    return roles[-1] if roles else SpeakerRole.UNKNOWN


def is_interpreter(label: str) -> bool:
    """Whether a label names an interpreter, whose words are another's: no role is inferred for them."""
    return _INTERPRETERS.search(label.casefold()) is not None


def words_of_label(label: str) -> list[str]:
    """The words of a label in small letters, in order; numbers, possessives and "(Guest)" aside."""
    plain = _POSSESSIVE.sub(" ", _JOINED_AS.sub(" ", label.casefold()))
    return re.findall(r"[a-zà-ÿ]+|[㐀-鿿]+", plain)


def _role_of_word(word: str) -> SpeakerRole:
    for role, words in (
        (SpeakerRole.COMPANION, COMPANIONS),
        (SpeakerRole.PATIENT, PATIENTS),
        (SpeakerRole.CLINICIAN, CLINICIANS),
    ):
        # Chinese puts the title last without a space: 王医生.
        if word in words or (is_cjk(word[0]) and any(len(w) > 1 and word.endswith(w) for w in words)):
            return role
    return SpeakerRole.UNKNOWN

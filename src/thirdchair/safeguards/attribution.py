"""Who a sentence says said it: "The patient reports ...", "Nurse Okafor: ...", "来访者表示..."."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from thirdchair.records import SpeakerRole, Utterance

_VERBS: Final = (
    r"(?:says?|said|reports?|reported|states?|stated|denie[sd]|deny|describe[sd]?|endorse[sd]?|mention(?:s|ed)|explain(?:s|ed)|"
    r"note[sd]?|express(?:es|ed)|acknowledge[sd]?|admit(?:s|ted)|ask(?:s|ed)|recommend(?:s|ed)|suggest(?:s|ed)|advise[sd]?|"
    r"agree[sd]?|told|tells?|complain(?:s|ed)|share[sd]?|recall(?:s|ed)|add(?:s|ed)|report(?:ing)?|enquire[sd]?|inquire[sd]?|"
    r"explore[sd]?|offer(?:s|ed)|encourage[sd]?|review(?:s|ed)|confirm(?:s|ed)|identif(?:y|ies|ied)|propose[sd]?|validate[sd]?|reflect(?:s|ed))"
)
_HAN_VERBS: Final = r"(?:表示|表達|表达|说|提到|否认|承认|报告|描述|认为|询问|问|回应|建议|自述|称|诉|指出|解释|强调|补充|确认|同意)"
_WHO: Final = {
    SpeakerRole.PATIENT: (r"patients?|clients?|service user|pt", r"来访者|患者|病人|当事人|个案"),
    SpeakerRole.CLINICIAN: (
        r"clinicians?|therapist|nurse|doctor|psychiatrist|psychologist|counsell?or|provider|physician|social worker|interviewer",
        r"临床工作者|临床人员|咨询师|治疗师|医生|护士|心理师|医师|社工|访谈者",
    ),
    SpeakerRole.COMPANION: (
        r"companion|mother|father|mom|mum|dad|parents?|partner|husband|wife|spouse|sister|brother|son|daughter|carer|caregiver|family member",
        r"陪同者|家属|母亲|父亲|妈妈|爸爸|丈夫|妻子|伴侣|家长|姐姐|妹妹|哥哥|弟弟|儿子|女儿",
    ),
}
_ADVERBS: Final = r"(?:[ ](?:also|then|further|later|first|again|only|currently|openly|\w{3,12}ly)){0,2}"
_ENGLISH: Final = {
    role: re.compile(
        rf"^\W{{0,3}}(?:The |Her |His |Their |Both |A )?(?:(?:patient|client)(?:'s)? (?=(?:{who})\b))?(?:{who})(?:'s)?{_ADVERBS}[ ](?P<verb>{_VERBS})\b(?: to (?:having|feeling|being))?(?: that)?",
        re.IGNORECASE,
    )
    for role, (who, _) in _WHO.items()
}
_CHINESE: Final = {
    role: re.compile(rf"^\W{{0,3}}(?:{who}){{1,2}}(?:还|也|又|再次|进一步|明确|随后)?(?P<verb>{_HAN_VERBS})")
    for role, (_, who) in _WHO.items()
}
_ROLE_LABEL: Final = {
    role: re.compile(rf"^\W{{0,3}}(?:the )?(?:{english}|{han})[ ]?[:：]", re.IGNORECASE)
    for role, (english, han) in _WHO.items()
}
_BARE_ROLE: Final = {
    role: re.compile(rf"(?:the )?(?:{english})\b|(?:{han})", re.IGNORECASE)
    for role, (english, han) in _WHO.items()
}


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who a claim opens with: a speaker's label, or else a role.

    Args:
        label: as in the file, or None.
        role: used where there is no label.
        end: where the naming ends in the claim.
    """

    label: str | None
    role: SpeakerRole | None
    end: int

    def spoke(self, utterance: Utterance) -> bool:
        """Whether the utterance is this speaker's."""
        return utterance.role is self.role if self.label is None else utterance.speaker == self.label


def possible_speakers(claim: str, cited: Sequence[Utterance]) -> Iterator[Speaker]:
    """Everyone whom the first words of a claim may name: cited speakers by label, the longest first, then roles."""
    labels = sorted({utterance.speaker for utterance in cited}, key=lambda label: (-len(label), label))
    for label in labels:
        if label and claim[: len(label)].casefold() == label.casefold():
            yield Speaker(label, None, len(label))
    for role, pattern in _BARE_ROLE.items():
        if match := pattern.match(claim):
            yield Speaker(None, role, match.end())


def attributed_role(claim: str) -> SpeakerRole | None:
    """The role a claim puts its words in the mouth of, or None where it names no speaker.

    >>> attributed_role("The patient denies nightmares."), attributed_role("咨询师建议记录睡眠。")
    (<SpeakerRole.PATIENT: 'patient'>, <SpeakerRole.CLINICIAN: 'clinician'>)
    >>> attributed_role("Sleep is poor.") is None
    True
    """
    # Companions first: "The patient's mother reports" is not the patient's word.
    for role in (SpeakerRole.COMPANION, SpeakerRole.CLINICIAN, SpeakerRole.PATIENT):
        if any(patterns[role].match(claim) for patterns in (_ENGLISH, _CHINESE, _ROLE_LABEL)):
            return role
    return None


def label_speaker(claim: str, cited: Sequence[Utterance]) -> str | None:
    """The cited speaker whose label opens the claim ("Nurse Okafor: ..."), or None."""
    folded = claim.casefold().lstrip()
    for speaker in dict.fromkeys(utterance.speaker for utterance in cited):
        label = speaker.casefold()
        if label and re.match(rf"{re.escape(label)}(?:[ ]?[:：]|[ ]{_VERBS}\b|{_HAN_VERBS})", folded):
            return speaker
    return None


def attribution_end(claim: str, cited: Sequence[Utterance]) -> int:
    """Where the attribution ends and what was said begins; 0 without an attribution."""
    speaker = label_speaker(claim, cited)
    if speaker is not None:
        return len(claim) - len(claim.lstrip()) + len(speaker)
    for patterns in (_ENGLISH, _CHINESE, _ROLE_LABEL):
        for pattern in patterns.values():
            match = pattern.match(claim)
            if match:
                return match.end()
    return 0

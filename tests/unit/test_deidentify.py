"""What de-identification conceals, what it leaves, and that it turns back exactly."""

from __future__ import annotations

from pathlib import Path

import pytest

from thirdchair.errors import SafeguardUnavailable
from thirdchair.records import Language, SpeakerRole, Transcript, Utterance
from thirdchair.safeguards.deidentify import Deidentifier, IdentifierClass, for_session, lexicon

ENGLISH = [
    (IdentifierClass.NAME, "My sister Philippa drove me here.", "Philippa"),
    (IdentifierClass.NAME, "I saw Dr. Okonkwo about it.", "Okonkwo"),
    (IdentifierClass.NAME, "hello , mrs . ward , how are you", "ward"),
    (IdentifierClass.NAME, "so melissa tells me she is better", "melissa"),
    (IdentifierClass.NAME, "Everyone can call me Will if they like.", "Will"),
    (
        IdentifierClass.PLACE,
        "We live at 14 Elm Street, Springfield, IL 62704.",
        "14 Elm Street, Springfield, IL 62704",
    ),
    (IdentifierClass.PLACE, "I grew up in Wolverhampton.", "Wolverhampton"),
    (IdentifierClass.PLACE, "i moved to chicago with him", "chicago"),
    (IdentifierClass.DATE, "It began on March 3rd, 2021.", "March 3rd, 2021"),
    (
        IdentifierClass.DATE,
        "He died on the third of june nineteen ninety two.",
        "third of june nineteen ninety two",
    ),
    (IdentifierClass.DATE, "Born 04/11/1987, I think.", "04/11/1987"),
    (IdentifierClass.AGE_OVER_89, "My grandmother is 93 years old.", "93"),
    (IdentifierClass.PHONE, "Ring 555-0123 after lunch.", "555-0123"),
    (IdentifierClass.PHONE, "It is five five five oh one two three.", "five five five oh one two three"),
    (IdentifierClass.FAX, "The fax is 020 7946 0018.", "020 7946 0018"),
    (IdentifierClass.EMAIL, "Write to p.nowak@example.org please.", "p.nowak@example.org"),
    (IdentifierClass.SOCIAL_SECURITY, "It was 078-05-1120.", "078-05-1120"),
    (IdentifierClass.MEDICAL_RECORD, "Her MRN is AB123456.", "AB123456"),
    (IdentifierClass.HEALTH_PLAN, "The member ID is XJ-4482-91.", "XJ-4482-91"),
    (IdentifierClass.ACCOUNT, "My account number is 12345678.", "12345678"),
    (IdentifierClass.LICENCE, "His driver's license number is D1234567.", "D1234567"),
    (IdentifierClass.VEHICLE, "The license plate is 7ABC123.", "7ABC123"),
    (IdentifierClass.DEVICE, "The pacemaker serial number is PM-99812-X.", "PM-99812-X"),
    (IdentifierClass.WEB_ADDRESS, "I blog at www.example.org/mornings daily.", "www.example.org/mornings"),
    (IdentifierClass.IP_ADDRESS, "It came from 203.0.113.7 at night.", "203.0.113.7"),
    (IdentifierClass.BIOMETRIC, "The fingerprint id FP-2291-88 opens it.", "FP-2291-88"),
    (IdentifierClass.PHOTOGRAPH, "I sent me_at_beach.jpg to him.", "me_at_beach.jpg"),
    (IdentifierClass.OTHER_ID, "My employee number is E-20417.", "E-20417"),
    (IdentifierClass.EMPLOYER, "I work at Brightwell Logistics.", "Brightwell Logistics"),
    (IdentifierClass.EMPLOYER, "i work at walmart and i hate it", "walmart"),
    (IdentifierClass.EMPLOYER, "i work at ferncliff motors and i hate it", "ferncliff motors"),
    (IdentifierClass.SCHOOL, "my son is at ferncliff primary school", "ferncliff primary school"),
    (IdentifierClass.NAME, "i told jaspreet everything", "jaspreet"),
    (IdentifierClass.NAME, "nice to see you jack, how are you", "jack"),
    (IdentifierClass.NAME, "Then Zanele left without a word.", "Zanele"),
    (IdentifierClass.NAME, "Grace told me to rest.", "Grace"),
    (IdentifierClass.PLACE, "we live near slough, it is quiet", "slough"),
    (IdentifierClass.PLACE, "She was treated at UWQC for a month.", "UWQC"),
    (IdentifierClass.AGE_OVER_89, "My nan is ninety-four now.", "ninety-four"),
    (IdentifierClass.SCHOOL, "My son goes to Hazelwood Middle School.", "Hazelwood Middle School"),
]
CHINESE = [
    (IdentifierClass.NAME, "我叫王建国，睡不好。", "王建国"),
    (IdentifierClass.NAME, "昨天王医生说要换药。", "王"),
    (IdentifierClass.NAME, "小张也来了。", "张"),
    (IdentifierClass.NAME, "我妈妈李秀英很担心。", "李秀英"),
    (IdentifierClass.NAME, "欧阳女士在等我。", "欧阳"),
    (IdentifierClass.PLACE, "我住在杭州市西湖区文三路20号。", "杭州市西湖区文三路20号"),
    (IdentifierClass.DATE, "他三月五号走的。", "三月五号"),
    (IdentifierClass.DATE, "1990年3月5日出生。", "1990年3月5日"),
    (IdentifierClass.AGE_OVER_89, "奶奶九十二岁了。", "九十二"),
    (IdentifierClass.PHONE, "电话13812345678。", "13812345678"),
    (IdentifierClass.OTHER_ID, "微信号wang_jg88。", "wang_jg88"),
    (IdentifierClass.OTHER_ID, "身份证是11010519491231002X。", "11010519491231002X"),
    (IdentifierClass.MEDICAL_RECORD, "病历号是B2023115。", "B2023115"),
    (IdentifierClass.VEHICLE, "车牌京A12345。", "京A12345"),
    (IdentifierClass.SCHOOL, "她在清华大学读书。", "清华大学"),
    (IdentifierClass.EMPLOYER, "我在阿里巴巴公司上班。", "阿里巴巴公司"),
    (IdentifierClass.EMPLOYER, "我刚从腾讯辞职。", "腾讯"),
    (IdentifierClass.NAME, "房东滕先生天天催租。", "滕"),
    (IdentifierClass.NAME, "昨天孙磊又打电话来。", "孙磊"),
    (IdentifierClass.PLACE, "我在协和医院住了十天。", "协和医院"),
    (IdentifierClass.PLACE, "地址是杭州市余杭区文一西路998号3幢502室。", "杭州市余杭区文一西路998号3幢502室"),
    (IdentifierClass.SCHOOL, "我考上了浙江大学。", "浙江大学"),
    (IdentifierClass.SCHOOL, "我从北大退学了。", "北大"),
]


@pytest.mark.parametrize(("expected", "text", "identifier"), ENGLISH + CHINESE)
def test_every_class_is_concealed(expected: IdentifierClass, text: str, identifier: str) -> None:
    language = Language.ENGLISH if text.isascii() else Language.CHINESE
    deidentifier = Deidentifier(language)
    concealed = deidentifier.conceal(text)
    assert identifier not in concealed.text
    assert expected in {found.identifier_class for found in concealed.found}
    assert deidentifier.reveal(concealed.text) == text


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (Language.ENGLISH, "I took 20 mg of Prozac twice on Tuesday, two weeks ago, at 3 pm."),
        (Language.ENGLISH, "Therapist: I am 45 and my CBT for ADHD helps. May I ask, will you come back?"),
        (Language.ENGLISH, "It was a joy to see the rose, and I hope to find grace one day."),
        (Language.ENGLISH, "Hodgkin's lymphoma and PHQ-9 of 14, B12 low, blood pressure 120/80."),
        (Language.ENGLISH, "The Beck and the Hamilton came down, and Parkinson's was ruled out."),
        (Language.ENGLISH, "Edinburgh Postnatal Depression Scale, Wells score, Stockholm syndrome."),
        (Language.ENGLISH, "my pulse is 92 and she was 95 kilos, he is 120 over 80"),
        (Language.ENGLISH, "i work at night and i miss school, sooo tired, mmm"),
        (Language.ENGLISH, "STARTING TO SEE THAT WORK IS HARD. Cravings came. Interestingly, they went."),
        (Language.CHINESE, "我吃舍曲林和奥氮平，汉密尔顿量表二十分，贝克量表也做了。"),
        (Language.CHINESE, "上周三我很难过，两周没睡好，每天吃20毫克，小时候高中老师骂我。"),
        (Language.CHINESE, "我女儿上小学，去了一家私立医院，心情不好，谢谢医生。"),
    ],
)
def test_what_a_clinician_needs_survives(language: Language, text: str) -> None:
    assert Deidentifier(language).conceal(text).text == text


def test_one_person_keeps_one_token_by_full_name_given_name_and_surname() -> None:
    deidentifier = Deidentifier(Language.ENGLISH)
    text = "My friend Tyler Okafor called. Tyler was calm. tyler said the okafor family agreed."
    concealed = deidentifier.conceal(text)
    assert [found.token for found in concealed.found] == ["[NAME-1]", "[NAME-1B]", "[NAME-1C]", "[NAME-1D]"]
    assert deidentifier.reveal(concealed.text) == text


def test_two_people_of_one_surname_keep_two_tokens() -> None:
    concealed = Deidentifier(Language.ENGLISH).conceal("Tyler Okafor met Melissa Okafor.")
    assert concealed.text == "[NAME-1] met [NAME-2]."


@pytest.mark.parametrize("written", ["[name-1]", "[NAME 1]", "[ NAME-1 ]", "[Name–1]", "【NAME-1】"])
def test_a_token_a_model_rewrote_still_turns_back(written: str) -> None:
    deidentifier = Deidentifier(Language.ENGLISH, ["Melissa"])
    deidentifier.conceal("Melissa slept.")
    assert deidentifier.reveal(f"Today {written} slept.") == "Today Melissa slept."


def test_a_token_that_is_not_ours_stays() -> None:
    assert Deidentifier(Language.ENGLISH).reveal("[NAME-7] slept.") == "[NAME-7] slept."


def test_text_that_looks_like_a_token_is_not_mistaken_for_one() -> None:
    deidentifier = Deidentifier(Language.ENGLISH)
    text = "Melissa typed [NAME-1] and [name 1] herself."
    concealed = deidentifier.conceal(text)
    assert concealed.text == "[NAME-1] typed [TEXT-1] and [TEXT-2] herself."
    assert deidentifier.reveal(concealed.text) == text


def test_residual_finds_a_known_name_that_would_leave() -> None:
    deidentifier = Deidentifier(Language.ENGLISH, ["Joy Okafor"])
    assert deidentifier.residual(deidentifier.conceal("Joy Okafor is here, joy fills me.").text) == ()
    assert [found.token[:7] for found in deidentifier.residual("The OKAFOR file.")] == ["[NAME-1"]


def test_a_session_is_read_whole_before_anything_is_concealed() -> None:
    transcript = Transcript(
        (
            Utterance(
                "u1", "Patient", SpeakerRole.PATIENT, "then joy was late, and Joy cried with jaspreet."
            ),
            Utterance("u2", "Nurse Okafor", SpeakerRole.CLINICIAN, "Who is that?"),
            Utterance("u3", "Patient", SpeakerRole.PATIENT, "My sister Joy, and my friend Jaspreet."),
        ),
        Language.ENGLISH,
    )
    deidentifier = for_session(transcript)
    concealed = deidentifier.conceal(transcript.utterances[0].text).text
    assert "Joy" not in concealed
    assert "jaspreet" not in concealed
    assert deidentifier.conceal("Nurse Okafor: Who?").text.startswith("Nurse [NAME-")
    assert deidentifier.conceal("Patient: Hm.").text == "Patient: Hm."


def test_without_a_word_list_nothing_is_concealed_and_the_work_stops(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def missing(package: str) -> Path:
        return Path("a-folder-that-is-not-there")

    monkeypatch.setattr(lexicon, "files", missing)
    lexicon.listed.cache_clear()
    try:
        with pytest.raises(SafeguardUnavailable) as refused:
            Deidentifier(Language.ENGLISH).conceal("My sister Philippa came.")
        assert "Philippa" not in str(refused.value)
    finally:
        lexicon.listed.cache_clear()


def test_a_long_text_is_read_in_pieces_to_its_end() -> None:
    text = "I slept badly and then I ate. " * 1500 + "My sister Philippa Okafor came."
    concealed = Deidentifier(Language.ENGLISH).conceal(text)
    assert concealed.text.endswith("My sister [NAME-1] came.")

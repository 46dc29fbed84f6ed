"""Identifiers with a written form: telephone and record numbers, addresses on the net, codes.

Every pattern is bounded or guarded by a look-behind, so the time taken grows with the text and no faster.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from thirdchair.language.literals import Folded, Sieve
from thirdchair.safeguards.deidentify.identifiers import Identifier, IdentifierClass

_SAYS = (
    r"[ \t\n]{0,3},?[ \t]{0,2}(?:(?:numbers?|num|no\.?|id|code|is|was|as|to|at|on|which|that['’]?s|says|said|reads|it['’]?s|under|stored|"
    r"record|card|scan|they|gave|me|you|my|we|have|i|the|for|called)(?![A-Za-z0-9])[ \t]{0,3},?[ \t]{0,3}|(?:号码|号|是|为|叫|填的|写的|登记的)[ \t]{0,3},?[ \t]{0,3}){0,5}[#:：=,（(]?[ \t\n]{0,3}#?"
)
_CODE = r"(?P<it>(?=[A-Za-z./_-]{0,12}[0-9])[A-Za-z0-9](?:[A-Za-z0-9]|[-./_](?=[A-Za-z0-9])|[ ](?=[0-9]{2,}\b)){2,40})"
_HANDLE = r"(?P<it>@?[A-Za-z0-9][\w.-]{2,30})"


def _after(cues: str, what: str = _CODE) -> re.Pattern[str]:
    """A pattern for `what` after a cue word; the group `it` is the identifier."""
    return re.compile(
        rf"(?:(?<![A-Za-z0-9])|(?<=[㐀-鿿]))(?:{cues})(?:(?<=[A-Za-z])(?![A-Za-z])|(?<![A-Za-z])){_SAYS}{what}",
        re.IGNORECASE,
    )


_DIGIT_WORD = r"(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|double|triple)"
_TOP_LEVEL = (
    r"(?:com|org|net|edu|gov|info|io|co|uk|us|ca|au|de|fr|eu|cn|app|dev|me|tv|biz|health|care|nhs|ai|xyz)"
)

_NINETY = r"\b(?:ninety(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?|(?:a|one) hundred(?: and (?:one|two|three|four|five|six|seven|eight|nine|ten))?)\b"
_PERSON = (
    r"(?:she|he|they|who|mom|mum|dad|grandma|grandpa|grandmother|grandfather|mother|father|nana|nan|gran|granny|grandad|granddad|"
    r"aunt|auntie|uncle|neighbou?r|husband|wife|resident|client|patient|woman|man|lady|gentleman|I|grandmum|mother-in-law|father-in-law)"
)
# What is counted, weighed or measured is no age: "she was 95 kilos", "he is 120 over 80".
_NO_AGE = (
    r"[ -]?(?:%|per ?cent|kg|kilos?|kilograms?|lbs?|pounds|stone|mg|mcg|ml|mmhg|bpm|beats|over|/|minutes?|mins?|hours?|days?|weeks?|months?|"
    r"seconds?|miles?|meters?|metres?|cm|dollars|points?|degrees|times|out of|and a half (?:kg|stone)|calories|steps|units|cigarettes|a day|\.\d)"
)

PATTERNS: Final[tuple[tuple[IdentifierClass, re.Pattern[str]], ...]] = (
    (
        IdentifierClass.EMAIL,
        re.compile(
            r"(?<![A-Za-z0-9_.+%-])[A-Za-z0-9][A-Za-z0-9_.+%-]{0,63}[ \t]?@[ \t]?[A-Za-z0-9][A-Za-z0-9-]{0,62}(?:\.[A-Za-z0-9-]{1,62}){1,5}"
        ),
    ),
    (
        IdentifierClass.EMAIL,
        re.compile(
            rf"\b[a-z0-9][a-z0-9._]{{0,40}}(?: dot [a-z0-9]{{1,30}}){{0,3}} at [a-z0-9-]{{2,40}} dot {_TOP_LEVEL}\b",
            re.IGNORECASE,
        ),
    ),
    (
        IdentifierClass.WEB_ADDRESS,
        re.compile(
            r"(?:https?|ftp)://[^\s<>\"'，。；、）】]{1,2000}|(?<![A-Za-z0-9_.])www\.[^\s<>\"'，。；、）】]{1,2000}",
            re.IGNORECASE,
        ),
    ),
    (
        IdentifierClass.WEB_ADDRESS,
        re.compile(
            rf"(?<![\w.@-])(?:[a-z0-9][a-z0-9-]{{0,62}}\.){{1,5}}{_TOP_LEVEL}(?![\w-])(?:/[^\s，。]{{0,500}})?",
            re.IGNORECASE | re.ASCII,
        ),
    ),
    (IdentifierClass.WEB_ADDRESS, re.compile(r"(?<![\w@.])@[A-Za-z0-9_][\w.]{1,29}\w")),
    (
        IdentifierClass.WEB_ADDRESS,
        _after(
            r"instagram|insta|snapchat|tiktok|twitter|username|user name|screen name|handle|discord|skype",
            r"(?P<it>@?(?=[A-Za-z._]{0,30}[0-9_.])[A-Za-z0-9][\w.-]{2,30})",
        ),
    ),
    (IdentifierClass.OTHER_ID, _after(r"微信号?|薇信|VX|QQ号?|抖音号?|小红书号?|支付宝账?号?", _HANDLE)),
    (
        IdentifierClass.OTHER_ID,
        re.compile(r"(?i:wechat)(?: id| name| account)?(?: is|:)\s{0,2}(?P<it>[A-Za-z0-9][\w-]{4,25})"),
    ),
    (IdentifierClass.IP_ADDRESS, re.compile(r"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.]\d)", re.ASCII)),
    (
        IdentifierClass.IP_ADDRESS,
        re.compile(
            r"(?<![\w:])(?:[0-9a-fA-F]{1,4}:){2,7}:?(?:[0-9a-fA-F]{1,4}(?::[0-9a-fA-F]{1,4}){0,5})(?![\w:])"
        ),
    ),
    (IdentifierClass.DEVICE, re.compile(r"(?<![\w:-])(?:[0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}(?![\w:-])")),
    (IdentifierClass.SOCIAL_SECURITY, re.compile(r"(?<![\w-])\d{3}-\d{2}-\d{4}(?![\w-])", re.ASCII)),
    (
        IdentifierClass.SOCIAL_SECURITY,
        _after(
            r"SSN|social security|social(?= (?:number|is))|national insurance|NI number|社会保障号|社保卡?号?",
            r"(?P<it>[A-Z]{0,2}[ ]?\d(?:[- ]?\d){3,15}(?:[ ]?[A-Z]\b)?)",
        ),
    ),
    (
        IdentifierClass.OTHER_ID,
        re.compile(
            r"(?<![0-9A-Za-z])[1-9]\d{5}[ ]?(?:19|20)\d{2}[ ]?(?:0[1-9]|1[0-2])[0-3]\d[ ]?\d{3}[0-9Xx](?![0-9A-Za-z])"
        ),
    ),
    (
        IdentifierClass.MEDICAL_RECORD,
        _after(
            r"MRN|med(?:ical)?\.? rec(?:ord)?|patient (?:id|number|no)|hospital (?:id|number|no)|chart|record(?= (?:number|no|id|#)|#|:)|NHS|case(?= (?:number|no|id|#)|#)|病历|住院|门诊|就诊卡?|病案"
        ),
    ),
    (
        IdentifierClass.HEALTH_PLAN,
        _after(
            r"HBN|HPBN|member(?:ship)?|policy|insurance|medicare|medicaid|subscriber|beneficiary|health plan|group(?= (?:number|no|id))|医保卡?|保单|保险单?"
        ),
    ),
    (
        IdentifierClass.ACCOUNT,
        _after(
            r"account|acct\.?|routing|IBAN|sort code|credit card|debit card|card(?= (?:number|no|ending)|#)|银行卡|卡(?=号)|账号|账户"
        ),
    ),
    (IdentifierClass.ACCOUNT, re.compile(r"(?<![\w-])(?:\d[ -]?){12,18}\d(?![\w-])", re.ASCII)),
    (
        IdentifierClass.ACCOUNT,
        re.compile(r"(?<!\w)[A-Z]{2}\d{2}[ ]?(?:[A-Z0-9]{4}[ ]?){2,7}[A-Z0-9]{0,4}(?!\w)", re.ASCII),
    ),
    (
        IdentifierClass.LICENCE,
        _after(
            r"(?:driver'?s?|driving|nursing|medical|pilot'?s?)? ?licen[cs]e(?! plate)|certificate|DEA|NPI|passport|registration|GMC|驾驶证|驾照|护照|执业证书?|资格证书?|证书"
        ),
    ),
    (
        IdentifierClass.VEHICLE,
        _after(
            r"VIN|licen[cs]e plate|number plate|plate|registration|car reg|tag(?= number)|车牌",
            r"(?P<it>(?!19\d\d|20\d\d)[\u4e00-\u9fff]?(?=[A-Za-z·-]{0,8}[ ]?[A-Za-z0-9·-]{0,4}\d)[A-Za-z0-9][A-Za-z0-9·-]{1,9}(?:[ -][A-Z0-9]{2,5}(?![a-z]))?[A-Za-z0-9]{0,10})",
        ),
    ),
    (
        IdentifierClass.VEHICLE,
        re.compile(r"(?<![A-Za-z0-9])(?=[A-HJ-NPR-Z]{0,16}\d)[A-HJ-NPR-Z0-9]{17}(?![A-Za-z0-9])"),
    ),
    (
        IdentifierClass.VEHICLE,
        re.compile(
            r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z][ ·]?(?=[A-Z]{0,5}[0-9])[A-HJ-NP-Z0-9]{5,6}(?![A-Za-z0-9])"
        ),
    ),
    (IdentifierClass.DEVICE, _after(r"serial|S/N|SN|UDI|IMEI|device|implant|pacemaker|序列|设备")),
    (
        IdentifierClass.BIOMETRIC,
        _after(
            r"fingerprint|voice ?print|retina(?:l)?(?: scan)?|iris(?: scan)?|face ?print|biometric|指纹|声纹|虹膜|人脸"
        ),
    ),
    (
        IdentifierClass.PHOTOGRAPH,
        re.compile(r"(?<![\w./-])[\w./-]{1,120}\.(?:jpe?g|png|heic|gif|bmp|tiff?|webp)(?!\w)", re.IGNORECASE),
    ),
    (IdentifierClass.FAX, _after(r"fax|传真", r"(?P<it>\+?\(?\d(?:[ \t().-]{0,2}\d){5,15})")),
    (
        IdentifierClass.PHONE,
        _after(
            r"tel|telephone|phone|phone number|cell|cell ?phone|mobile|text(?: me| him| her| them)?|call(?: me| him| her| them)?(?: back)?|ring me|reach(?: me| him| her| them)?|hotline|my number|电话|手机|座机|联系方式|打给?我?",
            r"(?P<it>\+?\(?\d(?:[ \t()./-]{0,2}\d){5,15}(?:[ \t]{0,2}(?:x|ext\.?|extension)[ \t]{0,2}\d{1,6})?)",
        ),
    ),
    (
        IdentifierClass.PHONE,
        re.compile(
            r"(?<![\w+])(?:\+|00)\d{1,3}[ .\-(]{0,2}\d(?:[ .\-()]{0,2}\d){5,14}(?!\w)|"
            r"(?<![\w+(.-])(?:1[ .-]?)?\(?\d{3}\)?[ .\-/]{0,2}\d{3}[ .-]\d{4}(?![\w-])(?:[ \t]{0,2}(?:x|ext\.?|extension)[ \t]{0,2}\d{1,6})?|"
            r"(?<![\w+(.-])\(?0\d{1,4}\)?[ .\-/]\d{2,4}(?:[ .-]?\d{2,4}){1,3}(?!\w|-\d)|"
            r"(?<![\w+(.-])\(\d{2,4}\)[ .-]?\d{2,4}(?:[ .-]?\d{2,4}){1,2}(?!\w|-\d)|"
            r"(?<![\w+(.-])\d{3}-\d{4}(?![\w-])|(?<![\w+(.,/-])\d{2,3} \d{3} \d{3,4}(?![\w,./%-])|"
            r"(?<![\w+(.-])\d{2,4}(?: \d{2,4}){3,5}(?![\w-])|"
            r"(?<![\w+(.-])\d{2}(?:[-.]\d{2}){3,4}(?![\w.-])|"
            r"(?<!\d)1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)|(?<!\d)400[- ]?\d{3}[- ]?\d{4}(?!\d)",
            re.ASCII,
        ),
    ),
    (
        IdentifierClass.PHONE,
        re.compile(rf"\b{_DIGIT_WORD}(?:[ ,-]{{1,2}}{_DIGIT_WORD}){{6,15}}\b", re.IGNORECASE),
    ),
    (
        IdentifierClass.PHONE,
        re.compile(
            r"(?<![一二三四五六七八九零〇幺])[幺一][三四五六七八九][零〇幺一二三四五六七八九]{9}(?![一二三四五六七八九零〇幺])"
        ),
    ),
    (
        IdentifierClass.OTHER_ID,
        _after(
            r"工号|学号|身份证|证件|编号|employee|student id|badge|case ?load|ticket|order|booking|reference|ref\.?|confirmation|tracking|ID|identifier"
        ),
    ),
    (
        IdentifierClass.OTHER_ID,
        re.compile(r"(?<![\w-])[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}(?![\w-])"),
    ),
    # A code of mixed letters and digits; short ones (B12, T3, 5HT2A, 20mg) are clinical.
    (
        IdentifierClass.OTHER_ID,
        re.compile(
            r"(?<![\w.-])(?=[A-Z-]{0,14}[0-9])(?=[0-9-]{0,14}[A-Z])(?=(?:[A-Z-]{0,6}[0-9]){4})[A-Z0-9](?:[A-Z0-9]|-(?=[A-Z0-9])){5,24}(?![\w-])",
            re.ASCII,
        ),
    ),
    (IdentifierClass.OTHER_ID, re.compile(r"(?<![\d.,])\d{7,}(?!\d|[.,]\d)", re.ASCII)),
    # Letters and at least four digits ("fp-738584", "cb46795"), but no year ("covid2020") and no dose ("1000mg").
    (
        IdentifierClass.OTHER_ID,
        re.compile(
            r"(?<![\w./-])(?![A-Za-z]{3,}-?(?:19|20)\d\d(?![\d-]))[A-Za-z]{1,5}-?\d{4,12}(?:-?[A-Za-z0-9]{1,6}){0,2}(?![\w-])|"
            r"(?<![\w./-])[A-Z]{2,4}\d{3}[A-Z]{1,3}(?![\w-])|(?<![\w./-])[A-Z]{1,3}\d{2,3}[ ]?[A-Z]{3}(?![\w-])|"
            r"(?<![\w./-])\d[A-Z]{3}\d{3}(?![\w-])",
            re.ASCII,
        ),
    ),
    (
        IdentifierClass.SOCIAL_SECURITY,
        re.compile(r"(?<![\w-])[a-z]{2} ?\d{2} ?\d{2} ?\d{2} ?[a-z](?![\w-])", re.ASCII | re.IGNORECASE),
    ),
    (IdentifierClass.SOCIAL_SECURITY, re.compile(r"(?<![\w-])\d{3} \d{2} \d{4}(?![\w-])", re.ASCII)),
    (
        IdentifierClass.AGE_OVER_89,
        re.compile(
            r"(?<![\d.])(?P<it>9\d|1[0-3]\d)(?=[- ]?(?:years?|yrs?\.?|y\.?/?o\.?)\b(?:[- ]?(?:old|of age))?|[- ]?岁|周岁)(?!(?:[- ]?)(?:years?|yrs?) (?:ago|later|in|from|since|after|before|together|for|sober))"
        ),
    ),
    (
        IdentifierClass.AGE_OVER_89,
        re.compile(rf"(?P<it>{_NINETY})(?=[- ]years?[- ](?:old|of age)|[- ]odd years old)", re.IGNORECASE),
    ),
    (
        IdentifierClass.AGE_OVER_89,
        re.compile(
            rf"\b(?:aged?|turn(?:s|ed|ing)|age of|nearly|almost|lived? to(?: be)?|reach(?:ed|es)|"
            rf"{_PERSON}(?:'s| is| was|, who is|, who was|, now|,))[ ](?:now |nearly |almost |only )?(?P<it>9\d|1[0-2]\d|{_NINETY})(?![\d.]\d|\d|{_NO_AGE})",
            re.IGNORECASE,
        ),
    ),
    (
        IdentifierClass.AGE_OVER_89,
        re.compile(rf"\bat[ ](?P<it>9\d|1[0-2]\d|{_NINETY})(?=,? (?:she|he|they|my)\b)", re.IGNORECASE),
    ),
    (
        IdentifierClass.AGE_OVER_89,
        re.compile(
            r"(?<![一二三四五六七八九十百])(?P<it>九十[一二三四五六七八九]?|一百零?[一二三四五六七八九十]?)(?=[多几来]?岁)"
        ),
    ),
)


_SIEVE: Final = Sieve.of([pattern for _, pattern in PATTERNS])


def numbered_identifiers(text: str, folded: Folded) -> Iterator[Identifier]:
    """The identifiers in a text that can be told by their written form.

    Args:
        folded: the same text, case-folded.
    """
    for place in _SIEVE.possible(folded):
        identifier_class, pattern = PATTERNS[place]
        group = "it" if "it" in pattern.groupindex else 0
        for match in pattern.finditer(text):
            start, end = match.span(group)
            if start < 0:
                start, end = match.span()
            if identifier_class is IdentifierClass.WEB_ADDRESS:
                end = start + len(text[start:end].rstrip(".,;:!?)]}"))
            yield Identifier(identifier_class, start, end)

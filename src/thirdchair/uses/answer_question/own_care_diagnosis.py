"""English wording of a question that asks for a diagnosis of oneself or of someone close."""

from __future__ import annotations

from typing import Final

from thirdchair.uses.answer_question.own_care_person import KIN, WHO

_CONDITION: Final = (
    r"(?:depress(?:ed|ion)|bipolar|manic|mania|anxiety|panic|ocd|ptsd|psycho(?:sis|tic|path)|schizo\w{0,12}|borderline|bpd"
    r"|anorexi[ac]|bulimi[ac]|eating disorder|adhd|add|autis(?:m|tic)|alcoholic|addict(?:ed|ion)?|dement(?:ia|ed)"
    r"|burnout|burn(?:ed|t) out|trauma(?:tised)?|narcissis(?:m|tic?)|on the (?:\w{1,8} )?spectrum|hypomani[ac]|paranoi[ad]|asperger'?s|dissociat(?:ive|ion)|cyclothymi[ac]|tourette'?s|sociopath|social phobia|alzheimer'?s|schizoaffective|manic episode|personality disorder|mental(?:ly)? ill(?:ness)?|insomnia)"
)
_AS_SAID: Final = (
    rf"{WHO}(?:'m|'ve| am| is| have| has| might| could| may| really| actually| got| had| be){{0,3}}"
)
ENGLISH_DIAGNOSIS: Final = (
    rf"\b(?:do you think|would you say|does it (?:sound|look) like) (?:that )?(?:i|i'm|i've|my)\b[^.?!]{{0,40}}\b{_CONDITION}\b",
    rf"\bis (?:it|this) (?:\w{{1,10}} )?{_CONDITION} or\b",
    rf"\b(?:am i|have i|i am|do my symptoms|does my|is my|are my|was my|could my|is what i have|would (?:a|the|my) (?:doctor|psychiatrist|nurse) say)\b[^.?!]{{0,50}}\b{_CONDITION}\b(?=[^.?!]{{0,12}}(?:\?|$|,| or ))",
    r"\btell me (?:which|what) (?:illness|condition|disorder|disease) i\b|\bmy diagnosis\b[^.?!]{0,30}\b(?:mistake|wrong|right|correct)\b",
    rf"\b(?:do i|have i|might i|could i|may i) (?:really |also )?(?:have|got|be|suffer from) (?:\w{{1,12}} ){{0,3}}{_CONDITION}\b",
    rf"\bam i (?:\w{{1,12}} ){{0,3}}{_CONDITION}\b",
    rf"\b(?:is|was|could|does) (?:this|that|it)\b(?: \w{{1,12}}){{0,3}} {_CONDITION}\b[^.?!]{{0,10}}\??$",
    r"(?:^|please |can you |could you )diagnose me\b|\b(?:what(?:'s| is) wrong with me|what (?:illness|disorder|condition) do i have|my diagnosis (?:right|wrong))\b",
    rf"(?<!what )\b(?:does|do|did|would|could) (?:this|that|it|these|those|you|\w{{1,12}}ing)\b[^.?!]{{0,60}}\b(?:mean|sound like|look like|seem like|count as|make me|suggest|qualify as)\b[^.?!]{{0,30}}\b{_CONDITION}\b",
    rf"\bmean(?:s|ing)? (?:that )?{_AS_SAID}\b[^.?!]{{0,20}}\b(?:{_CONDITION}|mad|crazy|insane|ill)\b",
    rf"\b(?:confirm|possible|chance|certain|likely|sure|you think|could it be|you tell(?: me)?|reckon|guess)(?: that| if| whether)? {_AS_SAID}\b[^.?!]{{0,25}}\b{_CONDITION}\b",
    r"\bhow (?:do|can|would|could|will) i (?:know|tell)(?: that| if| whether) (?:i|i'm|i've|i am|i have)\b"
    rf"[^.?!]{{0,25}}\b{_CONDITION}\b",
    rf"\b(?:you think|would you say|you reckon)(?: that)? (?:this|that|it)\b[^.?!]{{0,25}}\b{_CONDITION}\b",
    rf"\b(?:do i|am i|would i|does (?:he|she|{KIN})|is what i|is (?:it|this|that))\b[^.?!]{{0,30}}\b(?:as|called) (?:an? )?(?:\w{{1,12}} )?{_CONDITION}\b",
    rf"\b{_CONDITION}\b[^?!]{{0,30}}\b(?:is|are|am|was) (?:she|he|they|it|that|i|the doctor|my \w{{1,12}}) (?:right|correct|wrong|mistaken)\b",
    r"\bwhat(?:'s| is| would be| might be| could be) (?:\w{1,8} )?my diagnosis\b|\b(?:diagnosis|diagnosed)\b[^.?!]{0,20}\b(?:from|based on) what i\b",
    rf"\b(?:{WHO}|been|was|am|were) (?:been )?(?:\w{{1,10}} )?misdiagnosed\b",
    rf"\bwhat (?:do you think |do you reckon |might |could |have |do )(?:{WHO})(?:'ve)? (?:have|got|be suffering from|be dealing with)\b(?! to\b| in mind| for| left| going| lose)",
    r"\b(?:what|which) (?:condition|disorder|illness|disease|diagnosis)\b[^.?!]{0,30}\b(?:do i|have i|am i|could i|might i|i have|i've got|my|me|does (?:he|she))\b",
    r"\bmy (?:\w{1,10} )?(?:symptoms?|scores?|results?|answers|phq\S{0,3}|gad\S{0,3})\b[^?!]{0,40}\b(?:mean|say|match|fit|add up|bad|high|severe|serious|normal)\b",
    r"\b(?:i|i've) (?:scored|got|had)\b[^.?!]{0,12}\b\d{1,2}\b[^.?!]{0,12}\b(?:phq|gad|test|scale|quiz|questionnaire)",
    rf"\bi\b[^?]{{0,120}}[.,;!] ?(?:is (?:it|this|that) |(?:could|might) (?:it|this|that) be |maybe |or )?{_CONDITION} ?\?",
    rf"\b(?:i|he|she|{KIN}) (?:\w{{1,10}} )?(?:meet|fit|tick|qualify|match)\w{{0,3}}\b[^.?!]{{0,30}}\b(?:criteria|diagnosis|boxes|{_CONDITION})\b",
    rf"\bhow (?:bad|serious|severe|advanced) is (?:my|his|her) (?:\w{{1,10}} )?{_CONDITION}\b",
    rf"\bis my (?:\w{{1,10}} )?{_CONDITION} (?:\w{{1,10}} )?(?:serious|severe|mild|bad|getting worse)\b",
    rf"(?:^|[,.;?!] ?|\band |\bor )(?:is|does|has|could|might) {KIN} (?:(?!with\b|who\b)\w{{1,12}} ){{0,4}}{_CONDITION}\b",
    rf"\b(?:do|does) (?:i|he|she|{KIN}) (?:sound|seem|look|come across)\b[^.?!]{{0,20}}\b{_CONDITION}\b",
    rf"\b(?:normal|just)\b[^.?!]{{0,30}}\bor (?:has it|have i|am i|do i|is (?:it|this|that))\b[^.?!]{{0,25}}\b(?:{_CONDITION}|mad|crazy|insane|ill)\b",
    r"\bam i (?:\w{1,10} ){0,2}(?:mad|crazy|insane|nuts|sane|normal|unwell|(?<!when )(?<!if )ill|mentally unwell|losing (?:it|my mind|my marbles)|out of my mind)\b",
    r"\bwhat(?:'s| is) the matter with me\b|\b(?:is|if) (?:there )?(?:something|anything) (?:is )?(?:really )?wrong with (?:me|my head|my mind)\b",
    rf"\b(?:would|do|could|can) (?:you|they|people|doctors) (?:call|class|describe)\b[^.?!]{{0,20}}\b{_CONDITION}\b",
    rf"\b{_CONDITION}\b[^?!]{{0,60}}\b(?:have i got it|do i have it|is that (?:me|what i have)|could that be me|do i too)\b",
)

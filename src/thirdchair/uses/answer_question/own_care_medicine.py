"""English wording of a question about one's own medicine or treatment: whether, how much, how long, which."""

from __future__ import annotations

from typing import Final

from thirdchair.uses.answer_question.own_care_person import KIN, WHO

_MEDICINE: Final = (
    r"(?:medicines?|medications?|meds?|tablets?|pills?|capsules?|injections?|depot|dos(?:e|es|age)|prescription"
    r"|antidepressants?|antipsychotics?|ssris?|snris?|lithium|valproate|benzos?|sleeping tablets?|painkillers?"
    r"|[a-z]{1,15}(?:oxetine|alopram|traline|xamine|faxine|zodone|azepam|azolam|idone|apine|iprazole|triptyline|ipramine"
    r"|rigine|zapine|opiclone|ozepam|peridol|promazine|statin|profen|cillin|mycin|oxacin|prazole|sartan|olol|dipine"
    r"|prednisone|cycline|caine|codone|morphine|gabalin|pentin|pristone|thyroxine|formin|phenidate|amfetamine|amphetamine)"
    r"|lexapro|cipralex|celexa|cymbalta|effexor|wellbutrin|bupropion|seroquel|abilify|zyprexa|risperdal|lamictal|depakote"
    r"|tegretol|concerta|elvanse|vyvanse|strattera|ambien|zolpidem|klonopin|ativan|nytol|donepezil|memantine|haldol|clozaril"
    r"|methadone|buprenorphine|naltrexone|disulfiram|acamprosate|guanfacine|ketamine|valerian|st\.? john'?s wort|warfarin"
    r"|antihistamines?|antibiotics?|contraceptives?|anticoagulants?|drug treatment|tylenol|paracetamol|acetaminophen|aspirin|insulin|melatonin|prozac|zoloft|xanax|valium|ritalin|adderall|steroids?)"
)
_DECIDE: Final = (
    r"(?:should i|shall i|can i|could i|may i|must i|am i allowed to|do i (?:need|have) to|would it be|is it (?:ok|okay|safe"
    r"|fine|alright|all right|bad|dangerous)|is it possible for me|i want to|i(?:'m| am) (?:thinking|going)|when can i"
    r"|how (?:do|can|should) i)"
)
_ACT: Final = (
    r"(?:stop|quit|come off|get off|go off|drop|skip|miss|double|up|increase|raise|reduce|lower|cut|taper|wean|start|begin"
    r"|restart|take|taking|try|mix|combine|switch|swap|change|halve|split|crush|drink|use|using|go back on|stay on)"
)
_NOT_MEDICINE: Final = r"(?:time|part|a break|breaks|notes|someone|my (?:child|children|time|mum|mother|friend)|leave|days?|care|it easy|up|with me|along|to)\b"
_ONES_OWN: Final = (
    r"(?<!tell )(?<!explain )(?<!show )(?<!teach )(?<!give )(?<!remind )(?<!do )(?<!can )(?<!and )"
    r"\b(?:i(?:'m|'ve|'d)? (?!read|heard|wonder|know|want to know|would like to know)|my |me\b)"
)
"""Whose medicine it is: a question that speaks of oneself and of a medicine is about one's own."""
_ASK: Final = r"(?:should|shall|can|could|may|must|do|does|would|will|ought|am|is|are)"
_CHANGE: Final = (
    r"(?:(?:come|coming|get|getting|go|going) off (?:it|them|these|those|everything|all|mine)\b|taper|wean|go cold turkey"
    r"|(?:skip|miss|double|halve|restart|stop|quit|reduce|lower|raise|increase|up|change|switch|swap|drop|split|continue)"
    r" (?:taking )?(?:it|them|these|those|mine|his|hers|tonight's|tomorrow's|today's)\b"
    r"|(?:keep|start|stop|carry on|go back to|continue) taking\b"
    r"|take (?:it|them|these|those|one|two|three|half|more|less|extra|another)\b(?! (?:easy|seriously|personal|day|step|out|to|up))"
    r"|(?:carry on|keep going|stick|persist) with (?:it|them|this one|these|the new one)\b"
    r"|be (?:switched|moved|changed|put|started) (?:to|on|onto|back)\b(?! (?:a|the) (?:waiting|list|section|ward))"
    r"|(?:go|come|cut|drop|move|step|get)(?: back)? (?:up|down|back)?(?: on)? ?to \d"
    r"|finish the (?:box|course|pack|packet|bottle|strip))"
)
"""A change of treatment that says so without a medicine's name."""
_PHYSICAL: Final = (
    r"(?:ect|electroconvulsive|electroshock|r?tms|magnetic stimulation|ketamine|injections?|implant)"
)
_COURSE: Final = (
    rf"(?:treatment|medications?|medicines?|meds|drugs?|choice|option|dose|plan|{_PHYSICAL}|{_MEDICINE})"
)
_NOT_A_COUNT: Final = (
    r"(?! ?(?:years?|yrs?|weeks?|days?|months?|hours?|minutes?|times?|sessions?|pounds?|kilos?|kg|am|pm|%|percent|people|steps"
    r"|miles|friends|units?|drinks|cigarettes|calories|st|nd|rd|th)\b|[/:%])"
)
ENGLISH_MEDICINE: Final = (
    rf"\b{_DECIDE}\b[^.?!]{{0,60}}\b{_ACT}\b[^.?!]{{0,60}}\b{_MEDICINE}\b",
    rf"\b{_DECIDE}\b[^.?!]{{0,40}}\b{_MEDICINE}\b[^.?!]{{0,40}}\b{_ACT}\b",
    rf"\b{_MEDICINE}\b[^?!]{{0,80}}\b{_DECIDE}\b[^.?!]{{0,20}}\b{_ACT}\b",
    rf"\b(?:can|could|should|may) i (?:\w{{1,12}} )?(?:take|stop taking|mix|combine)\b(?! {_NOT_MEDICINE})",
    rf"\bmy (?:\w{{1,15}} )?{_MEDICINE}\b[^.?!]{{0,80}}\b(?:too (?:high|low|much|strong)|enough|right for me)\b",
    rf"\b(?:how (?:much|many)|what dose|which dose|the right dose)\b[^.?!]{{0,60}}\b{_MEDICINE}\b",
    r"\b\d{1,4}(?:\.\d{1,3})? ?(?:mg|mcg|milligrams?|micrograms?|ml|grams?)\b",
    rf"\b(?:which|what) {_MEDICINE}\b[^.?!]{{0,30}}\b(?:should i|is best for me|do you recommend|would you)\b",
    rf"\b{_DECIDE}\b[^.?!]{{0,60}}\b(?:with|on|while on|alongside) (?:my|these|those) (?:\w{{1,15}} )?{_MEDICINE}\b",
    rf"\bdo i (?:\w{{1,10}} ){{0,2}}need (?:to (?:take|be on|stay on|keep)|any|more|stronger|my|{_MEDICINE})\b[^.?!]{{0,40}}",
    rf"{_ONES_OWN}[^?!]{{0,100}}\b{_MEDICINE}\b",
    rf"\b{_MEDICINE}\b[^?!]{{0,60}}{_ONES_OWN}",
    rf"\bshould i (?:\w{{1,10}} )?(?:be|go|get|stay|still be) (?:put )?on\b[^.?!]{{0,30}}\b{_MEDICINE}\b",
    rf"\b(?:ok|okay|bad|safe|dangerous|fine|harmful|a problem|matter)\b[^.?!]{{0,10}}\bif i (?:\w{{1,10}} )?(?:miss|skip|stop|take|took|double|forget|forgot|drink|drank|mix|halve)\w{{0,4}}\b[^.?!]{{0,40}}\b{_MEDICINE}\b",
    rf"\b(?:do|would|can|could) you (?:recommend|suggest|advise|prescribe|think)\b[^.?!]{{0,20}}\b(?:i|me)\b[^.?!]{{0,40}}\b{_MEDICINE}\b",
    rf"\b{_ASK} {KIN}[^.?!]{{0,50}}\b{_MEDICINE}\b",
    rf"\b{KIN}[^?!]{{0,80}}\b{_MEDICINE}\b[^?!]{{0,60}}\b(?:should|can|could|must|is it|is that|will|would)\b",
    rf"\b{_ASK} (?:{WHO}|you)\b[^.?!]{{0,40}}\b{_CHANGE}",
    rf"\b(?:time|soon|early|late|wise|safe|ok|okay|fine|idea|sensible|dangerous|bad)\b(?: for (?:me|him|her|us|{KIN}))? to (?:just |suddenly )?{_CHANGE}",
    r"\btime (?:for (?:me|him|her) )?to (?:stop|quit|come off|go up|go down|increase|reduce|switch)\b *(?:\?|$|it\b|them\b)",
    r"\bcold turkey\b(?=[^?!]{0,80}(?:\?|$))",
    r"\b(?:come|coming|get|getting) off (?:everything|all of it|all of them|it all|them all)\b",
    rf"\bhow (?:long|soon|much longer|far|low|high)\b[^.?!]{{0,20}}\b{WHO}\b[^.?!]{{0,20}}\b(?:stop|be on|stay on|come off|keep taking|have to take|need to take)\b",
    rf"\b(?:most|maximum|max|least|minimum|highest)\b[^.?!]{{0,20}}\b{WHO} (?:can|could|may|should|am allowed to)(?: \w{{1,10}})? (?:take|go)\b",
    rf"\b{WHO} (?:forgot|missed|skipped|doubled)\b[^?!]{{0,25}}\b(?:one|two|doses?|last night's|yesterday's|today's|morning's)\b",
    rf"\b(?:put|started|upped|switched|moved|raised|increased|lowered|dropped|reduced) (?:me|him|her|us|it|{KIN})(?: back)? (?:on|to|onto|off|up|down)\b(?! (?:a|the|my|hold|edge)\b)[^!]{{0,120}}\?",
    rf"\b(?:put|started|upped|switched|moved|raised|increased|lowered|dropped|reduced) (?:me|him|her|us|it|{KIN})(?: back)? (?:on|to|onto|off|up|down)\b(?! (?:a|the|my|hold|edge)\b)[^!]{{0,80}}\b(?:should|can|could|may|must|do|will|would|is|are) (?:i|it|that|he|she|we)\b",
    rf"\b(?:i was|i've been|i am|i'm|he was|she was|{KIN} (?:is|was|has been)) (?:just |now )?(?:prescribed|started on|put on|switched to|upped to)\b(?! (?:a|the) (?:waiting|list|section))",
    r"\b(?:what|the (?:stuff|one|ones|things?)) (?:they|he|she|the doctor|my doctor|the psychiatrist|my gp) (?:gave|give|prescribed|put)(?: me)?\b",
    rf"\b(?:been|i'm|i am|he's|she's|while|{KIN} is) (?:now |still |only |just )?(?:on|taking) (?!holiday|leave|sick|edge|benefits|maternity|my|the|a|an|call|time|probation|section|own|nights?|top|fire|earth|our|his|her)[a-z]{{4,20}}\b[^!]{{0,100}}\b(?:should|can|could|may|must|do|would|time to|safe to) (?:i|we|he|she|it|stop|come)\b",
    rf"\b(?:is|are|on|to|at|of|taking|take) \d{{1,4}}\b{_NOT_A_COUNT}[^.?!]{{0,40}}\b(?:too (?:much|little|high|low|strong|weak)|enough|a lot)\b",
    rf"\b(?:right|best|better|wrong|suitable|appropriate|safe|necessary|good) (?:\w{{1,12}} ){{0,2}}for (?:me|him|her|us|{KIN}|my (?:case|situation))\b(?=[^.?!]{{0,40}}\b{_COURSE}\b)",
    rf"\b{_COURSE}\b[^.?!]{{0,30}}\b(?:right|best|better|wrong|suitable|appropriate|safe|necessary|good|work) (?:\w{{1,12}} ){{0,2}}for (?:me|him|her|us|{KIN}|my (?:case|situation))\b",
    rf"\b(?:right|best|wrong|correct) {_COURSE} for (?:me|him|her|us|{KIN})\b",
    rf"\b(?:am|is|are) {WHO} (?:on|getting|having|taking) the (?:right|wrong|best|correct)\b",
    rf"\b(?:should|would|could|do|does|will|can) (?:{WHO} (?:have|get|need|try|ask for) (?:\w{{1,10}} ){{0,2}}{_PHYSICAL}\b|{_PHYSICAL} (?:help|work for|suit) (?:me|him|her|{KIN})\b)",
    rf"\b(?:could|can|is|are|might) (?:it be )?(?:the |this |that )?{_MEDICINE}\b[^.?!]{{0,30}}\b(?:making|causing|giving|why)\b",
    rf"\bis (?:it|that|this) (?:the |from the )?{_MEDICINE}\?",
    r"\bshould i (?:ask|be asked) (?:for|to be|about)(?: \w{1,10})? (?:switched|changed|moved|more|stronger|higher|lower|a higher|a lower|something else)\b",
    rf"(?:^|[,.;?!] ?|\band |\bor |\bbut |\bso )(?:do|can|should|will|would|could|must|may) {WHO} (?:still )?(?:need|have|take|keep|stay|be|go|give)\b[^.?!]{{0,30}}\b{_MEDICINE}\b",
    rf"\b(?:should|do|does|could|must|would) {WHO} (?:\w{{1,10}} )?(?:be|go|need to be|have to be) on (?:something|anything|medication|more|less|it)\b",
    rf"\b(?:thinking (?:of|about)|considering|tempted to|planning to|want to|decided to|about to) (?:\w{{1,10}} )?(?:ditch|stop|quit|com|drop|start|chang|switch|reduc|cut|skip|leav|go|bin|throw|halv|lower|tak)\w{{0,4}}\b[^.?!]{{0,30}}\b{_MEDICINE}\b",
    rf"\bhow many (?:days|weeks|months|years) (?:until|till|before|do|should|must)\b[^.?!]{{0,12}}\b{WHO}\b[^.?!]{{0,12}}\b(?:stop|come off|quit|take|stay on|be on|start)\b",
    rf"\b{WHO} (?:took|take|had|have taken|swallowed|forgot) (?:it|them|one|mine|two)\b[^.?!]{{0,20}}\b(?:late|later|early|earlier|twice|again|today|yesterday|tonight|instead)\b",
    r"\bshould (?:it|this|that|they|these) be (?:changed|stopped|increased|reduced|upped|lowered|switched|doubled|halved)\b",
)

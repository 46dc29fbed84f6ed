"""The forms in which "are you human?" is asked in English. Text comes folded (see `folding`)."""

from __future__ import annotations

import re
from typing import Final

from thirdchair.language.literals import AnyOf
from thirdchair.records import Language
from thirdchair.safeguards.conduct.asking_aside import others_aside_in_english
from thirdchair.safeguards.conduct.asking_frames_english import framed_in_english
from thirdchair.safeguards.conduct.asking_presence import presence_asked_in_english
from thirdchair.safeguards.conduct.asking_spelling import mend
from thirdchair.safeguards.conduct.asking_vote import heard

_LATIN: Final = re.compile("[a-z]")
_HAN: Final = re.compile(r"[㐀-鿿]")
"""The vote learned from English alone; of a text with Chinese in it, the Chinese vote decides."""

_FILLER: Final = (
    "a|an|the|any|some|one of|of|those|these|them|kind|sort|type|form|piece|bunch|string|really|real|actual|actually"
    "|even|just|only|truly|true|genuine|genuinely|still|also|maybe|perhaps|like|by any chance|living|live|breathing"
    "|fellow|regular|normal|whole|fucking|damn|bloody|literal|literally|honest|sentient|conscious|large|stupid|dumb"
    "|simple|mere|for real|live human|complete|completely|entirely|fully|partly|100%|100 percent|100|ai|powered by|based|type|model|from|in fact|secretly|pretending to be|pretend|being|made|run|powered|controlled|built|played"
    "|by|an actual|another|no|not|more|either|first|talking|speaking|speak|me|human|physical|online|just me and|voice|customer"
    "|service|advanced|smart|clever|ever|right now|now|someone|somebody|all|what you call|so called|called|fake"
)
_KIND: Final = (
    r"humans?|human beings?|person|bots?|robots?|robotic|machines?|ais?|artificial|artificial intelligence|chat ?bots?"
    r"|chat ?gpt|gpt[\d-]*|llms?|language models?|computers?|computeri[sz]ed|programs?|programmes?|programmed|software"
    r"|algorithms?|code|automated|automatic|(?:a |the )recording(?! (?:this|me|it|us|our|my))|recorded|alive|sentient|self aware|conscious|organic|carbon based|silicon|living being|living thing|flesh and blood|virtual"
    r"|digital|siri|alexa|claude|gemini|copilot|cyborg|android|simulation|simulated|automaton|autoresponder"
    r"|auto ?repl(?:y|ies)|man or (?:a )?machine|person or|man or woman or|generated|scripted|fiction(?:al)?|imaginary"
)
_TITLE: Final = (
    r"doctor|dr|physician|therapist|psychologist|psychiatrist|nurse|counsell?or|clinician|social worker|psychotherapist"
    r"|volunteer|(?:member of )?staff|operator|professional|human professional|medic|shrink|team of (?:people|humans)"
)
_TITLE_FILLER: Final = (
    rf"{_FILLER}|licen[sc]ed|qualified|certified|registered|trained|mental health|crisis|medical|proper"
)
_TALK: Final = (
    "talking|speaking|chatting|writing|texting|typing|corresponding|communicating|conversing|telling|pouring|opening"
    "|confiding|venting|dealing|connected|through|messaging|confessing|being answered|answered|interacting|arguing"
)
_N: Final = rf"(?:(?:{_FILLER}) ){{0,7}}(?:{_KIND})\b"
_T: Final = rf"(?:(?:{_TITLE_FILLER}) ){{0,6}}(?:{_TITLE})\b"
_END: Final = r"(?= *(?:[?.!,:;]|$| or\b| and (?:if|are)))"

_ASKED: Final = AnyOf(
    (
        # are you ...
        rf"\b(?:are|were) you,? (?:{_N}|{_T})",
        rf"\b(?:are|were) you (?:(?:for|really|even|actually|truly) ){{0,3}}real\b{_END}",
        r"\bare you (?:a )?(?:real|actual|living|human|flesh)(?: or\b| \w+ or\b)",
        r"\bare you (?:the same as me|(?:human|a person|made of) like|(?:really )?there as)",
        r"\byou (?:are|were) (?:a |an |my )?(?:real|actual|genuine|human|licen[sc]ed|qualified|trained) (?:"
        + _TITLE
        + r")\b",
        r"\bare you (?:the real|like alexa|like siri|a ghost)\b",
        r"\bare you typing this yourself\b|\bare you (?:self aware|made of|someone real|somebody real)\b",
        # you are ..., also as a suspicion
        rf"\byou (?:are|were|might be|may be|must be|could be|would not happen to be|happen to be) {_N}",
        rf"\b(?:would|could|might|may|do) you (?:(?:happen to|possibly|perhaps|just|really|actually) ){{0,2}}be {_N}",
        rf"\byou (?:are|were) (?:(?:not|really|even) ){{0,3}}real\b{_END}",
        rf"(?:^|[.?!,] ?|\bso |\bbro |\bwait )you (?:(?:{_FILLER}) ){{0,5}}(?:{_KIND})\b",
        rf"\bif you (?:are|were) {_N}",
        rf"\b(?:sound|talk|type|act|respond|seem|write|feel) like {_N}[.,!? ]{{1,3}}(?:are you|is (?:it|this)|you are)\b",
        r"\btoo fast to be human\b|\bfeel(?:s)? like (?:i am )?talking to\b",
        # am I talking to ..., this is ...
        rf"\b(?:am i|was i|have i been|i am|i was|i have been|we are|are we|feels like|through to|are we) (?:\w+ ){{0,5}}?"
        rf"(?:{_TALK}) (?:\w+ ){{0,4}}?(?:to|with|by) (?:(?:the|one) ?)?{_N}",
        rf"\b(?:am i|are we) (?:\w+ ){{0,3}}?(?:{_TALK}) (?:to|with) {_T}",
        rf"\b(?:talking|speaking|chatting|texting|writing) (?:to|with),? (?:right now,? )?(?:here,? )?(?:is )?{_N} *(?:[?,]|or\b)",
        rf"\b(?:who|what)(?:'s| is| am i| exactly am i)? (?:\w+ ){{0,4}}(?:there|typing|talking|writing|answering|replying)\b[^.?!]{{0,25}}\b(?:{_N}|machine|real)\b",
        r"\bwhat (?:kind of |sort of )?(?:thing|being|entity|creature) am i\b|\bwho am i (?:actually|really) (?:talking|speaking|chatting) (?:to|with)\b",
        rf"\b(?:is|was|are|if|think|whether|thinks|says|said|sure|tell|know|believe) (?!that person)(?:this|it|that|these|those)(?: is| was| are)?(?: (?:one|thing|chat|app|conversation|line|service|message|messages|website|all|whole|replies|reply))?(?: is| are| was)?(?: (?:run|powered|written|all|just))? (?:{_N}|{_T})(?! (?:to be|rights|resources|error|life|program cost|payment))",
        rf"\bthis (?:chat |conversation |thing |app )?(?:is|sounds|seems|feels|looks)(?: \w+)? {_N}",
        rf"\bis (?:this|the) conversation with {_N}",
        rf"\bis the (?:one|person|responder|operator|other (?:end|side)|voice|being|agent)(?: (?!\bmy\b)\w+){{0,6}} (?:{_N}|real\b)",
        rf"\b(?:am i|i am) (?:\w+ ){{0,2}}?(?:texting|messaging|interviewing|trusting|asking) {_N}",
        rf"\bthere (?:is|was) (?:really |actually )?{_N} (?:\w+ )?(?:on|at|behind|in|there|here|typing|answering|reading)\b",
        r"\b(?:do|can|could|would) you (?:just )?(?:identify yourself|reveal yourself|say what you are|tell me what you are|explain what you are)\b|\btell me what you are\b|\bidentify yourself\b",
        rf"\bbehind the (?:keyboard|curtain|screen)\b[^.?!]{{0,20}}\?|\bthat you or {_N}",
        r"\bis this one\b|\b(?:are|is) (?:you|this|it) one\b(?!-)",
        rf"\b(?:am i|could i be|i am|have i been) (?:(?!to\b)\w+ ){{0,4}}?(?:helped|answered|served|counsell?ed|treated|listened to|replies|responses|answers|messages|talking|speaking)(?: \w+){{0,3}}? (?:by|from|to|with) (?:myself and )?{_N}",
        rf"\byou (?:do|did|does) not (?:sound|seem|look|feel|act|talk|write) (?:very |like |at all )?{_N}|\byou (?:sound|seem|look|act|talk|write)(?: (?:too|so|very|awfully|more|almost|pretty) (?:\w+))?(?: to be| like)? (?:(?:a|an|the|real|actual) ){{0,3}}(?:human|person|robotic|robot|bot|machine|computer|ai|artificial|automated)\b",
        r"\bare you (?:(?:really|actually|truly|even) )?(?:\w+ing )?(?:\w+ )?or (?:(?:are you|is (?:it|this)) )?(?:just |only |some )?(?:a |an )?(?:program|bot|robot|machine|computer|ai|algorithm|chatbot|code|software)\b",
        r"\bme and (?:a |the |this )?(?:computer|machine|bot|robot|ai|program|chatbot)\b[^.?!]{0,20}\?|\bwhat am i (?:actually |really )?(?:talking|speaking|chatting|writing|typing) (?:to|with)\b",
        rf"\b(?:is|are) (?:{_N}|real people|people) (?:being |actually |even |really )?(?:involved|behind|on the other)\b|\b(?:real )?people behind (?:this|it|these)\b|\bdo (?:real )?(?:people|humans?|persons) (?:actually |really )?(?:answer|reply|respond|write|work here)\b",
        r"\bwho (?:answers|writes|sends|types|generates|is answering|is writing|is typing) (?:these|this|your|the|me|back|my)\b|\bhave you ever been (?:human|alive|a person|born)\b|\bare you (?:a )?(?:he|she|man|woman|male|female),? (?:\w+ ){0,4}or (?:\w+ )?(?:it|machine|bot|ai|robot|program|computer)\b",
        rf"\b(?:would|will|could|might|can) {_N} be (?:\w+ ){{0,3}}?(?:responding|answering|replying|writing|typing|talking)\b|\bis that what you are\b|\byour (?:\w+ )?(?:persona|identity|name|face|photo|picture|character) (?:real|human|fake|made up|invented)\b",
        # somebody there
        rf"\b(?:is|was) there (?:also )?(?:{_N}|{_T}|(?:somebody|someone|anyone|anybody) real|a (?:soul|face|heart))(?! (?:who (?:can|speaks|does|could)|that (?:can|does)|near|for)\b| nearby| (?:i|we) (?:can|could)| (?:\w+ )?to (?:talk|speak|call|see)| available| in (?:a|the)\b| on duty| in today)",
        r"\b(?:any|some)(?:one|body) (?:real|human)\b(?! (?:life|to|ever|in my))|\bany (?:real )?(?:humans?|persons?|people) (?:in |out )?(?:there|here)\b|\bany real (?:human|person)\b",
        rf"\bis (?:(?:{_FILLER}) ){{0,3}}(?:{_KIND}|{_TITLE}|someone|somebody|anyone|anybody|person)(?: \w+){{0,3}} (?:typing|answering|replying|responding|writing|talking|operating|controlling)\b",
        rf"\b(?:do|have|did|has|had) (?:i|we|they|you|the clinic|the hospital) (?:(?:got|get|have|reach|reached|give me|given me|gave me|put me through to|put me on to|put|hire|connect me (?:to|with)|use|using|talk to|got me) ){{1,2}}(?:{_N})",
        # who wrote it
        rf"\b(?:did|does|could|can|has|is|was) (?:{_N}) (?:\w+ )?(?:really )?(?:write|wrote|written|type|typed|typing|generate|send|sent|make|say|have written|reply|answer)\b(?! to my)",
        rf"\b(?:words|answers?|repl(?:y|ies)|messages?|responses?|this|that|it|these|you) (?:are |is |was |were |all |being )?(?:\w+ )?(?:written|typed|generated|produced|composed|sent|pre ?-?written|coming|controlled|operated|made) (?:by|from) {_N}",
        r"\b(?:is|are|was|were|all) (?:this|that|it|these|your)(?: \w+){0,3} (?:automated|auto|scripted|pre-?written|generated|computer generated)\b(?! payment)",
        r"\b(?:this|that|it|you)(?: \w+){0,2} (?:computer generated|scripted|automated)\b",
        r"\b(?:automated|auto) (?:repl(?:y|ies)|responses?|messages?|answers?)\b",
        r"\bor (?:is|was|are) (?:it|this|that|they) (?:generated|automated|automatic)\b",
        # body, feelings, making
        r"\bdo you (?:(?:actually|really|even|ever|truly|just) ){0,2}(?:have (?:(?:a|an|any|real|physical|human|actual) ){0,3}(?:body|kids|children|wife|husband|childhood|birthday|heart ?beat|pulse|heart|brain|soul|feelings|emotions|mother|mom|mum|father|parents|consciousness|blood)|breathe|bleed|exist|run on)\b",
        rf"\bdo you (?:count|identify|see yourself|think of yourself) as {_N}|\byou consider yourself {_N}",
        rf"\bcan you feel (?:anything|something|pain|emotions?)\b|\bwould you say you are {_N}",
        r"\bwere you (?:born|built|made|created|programmed|coded|trained|manufactured)\b|\bwho (?:built|made|programmed|created|designed|coded|trained|developed) you\b(?! (?:think|feel|say|do|believe|like|sad|angry|come|this way|cry|stop|go))",
        r"\bheart beating over there\b|\bsoul in there\b|\bbehind (?:this|these|the|all this) ?(?:words|screen|chat|messages|curtain)?(?: \w+)? (?:a )?(?:person|human|real)\b|\b(?:person|human|face|somebody real|someone real) behind (?:this|these|the)\b",
        # what are you
        r"\bwhat (?:exactly |really |actually |the hell |on earth )?are you(?: exactly| really| even| actually)?(?= *(?:[?.!]|$|, ?(?:a |an |human|some)))|\bwho (?:or what |the hell |exactly )?are you(?: exactly| really)?(?= *(?:[?.!]|$))|\bwhat makes you different from (?:a )?(?:bot|human|person)",
        # without a verb
        rf"\b(?:human|person|people|man|woman)(?: \w+)? (?:or|vs\.?|versus) (?:(?:{_FILLER}) ){{0,4}}(?:bots?|robots?|machines?|ai|computers?|programs?|artificial|automated|software|code|not)\b",
        rf"\b(?:bots?|robots?|machines?|ai|computers?|programs?|artificial|software|recording|chatbots?) (?:or|vs\.?|versus) (?:(?:{_FILLER}|voice of) ){{0,4}}(?:humans?|person|people|man|woman|not(?= *(?:[?.!]|$))|somebody real|someone real|real)\b",
        r"(?:^|[.?!,:] ?)(?:(?:so|and|but|ok|like|hi|hey|hello|wait|hold on|sorry|um|also|though) ,?){0,3}(?:(?:a|an|real|actual|the) ){0,3}(?:humans?|human being|person|bot|robot|ai|machine)(?: (?:tho|though|or what|or nah|right|here|like me|at all|being))? ?\?",
        r"^(?:real |actual )(?:human|person)(?: being)? ?[?.!]*$",
        r"\b(?:prove|confirm|show|swear|promise|disclose|state|clarify|admit|say|verify)\b[^.?!]{0,25}\byou (?:are|were)(?: not)? (?:(?:a|an|real|actual|living|automated|the) ){0,3}(?:human|person|bot|robot|ai|machine|automated|artificial|computer)",
        r"\bprove (?:your|ur) humanity\b|\bturing test\b|\bcaptcha\b",
        r"\bsiri or\b|\bname of a real person\b|\bmachine have written what you\b|\bpretends? to (?:care|be human)\b",
    )
)
_WHICH_ONE: Final = re.compile(
    r"\b(?:skin and bones?|ru ai)\b|\bchat partner real\b|\bsomething a (?:bot|robot|machine|computer) would\b|\b(?:what|which) (?:ai |language |kind of |sort of )?models? are you\b|\bwhich company's\b|\bwhat you (?:actually|really) are\b|\bare you (?:a )?(?:someone|somebody|something|anyone)\b(?: or|[?.!]|$)|\bis any(?:one|body) (?:actually|really) there\b|\bdo you (?:even |actually )?(?:have a life|get tired|have skin|have a face|have a real name|exist outside)\b|\bi assume you are not\b|\bnobody is really there\b|\bwould you be a person\b|\bcertified therapist\b"
)
_A_TITLE: Final = (
    "(?:doctor|gp|therapist|psychologist|psychiatrist|nurse|counsell?or|social worker|psychotherapist)"
)
_NOT_ABOUT_YOU: Final = re.compile(
    rf"\bare you an? {_A_TITLE} or an? {_A_TITLE}\b|\bonly human\b|\bhuman (?:rights|resources|error|nature|body|contact|kindness|beings? need)\b"
    r"|\bsupport group with [a-z ]{0,20}|\b(?:washing|cpap|blood pressure|coffee|sleep) machine\b"
    r"|\b(?:my|his|her|their|our) (?:\w+ ){1,2}(?:is|are|was|has|thinks i am|says i am) (?:a |an )?(?:human being|human|robot|machine|computer|real person|bot)\b"
    r"|\b(?:my|the|his|her) (?:neighbou?rs?|mother|mum|mom|father|wife|husband|boss|voices?)(?:(?!\b(?:this|you|it)\b)[a-z ]){0,20}(?:robots?|humans?|people|machines?|computers?)\b"
)
_READERS: Final = (
    r"(?:anyone|anybody|someone|somebody|any one|people|person|persons|humans?|nurse|doctor|gp|therapist|counsell?or|psychiatrist"
    r"|psychologist|staff|clinician|team|parents?|mother|mum|mom|father|dad|husband|wife|family|school|boss|employer|police|others?)"
)
_READS: Final = r"(?:reads?|reading|sees?|seeing|look(?:s|ing)?|reviews?|reviewing|checks?|checking|monitor(?:s|ing)?|watch(?:es|ing)?|know)"
_READERS_ASKED: Final = re.compile(
    rf"\b(?:is|are|does|do|will|would|can|could|might|has|did|if|whether)(?: (?:a|an|the|my|any|some|other|real|actual|your|his|her|live)){{0,4}}"
    rf"(?: (?:human|real))? {_READERS}(?: \w+){{0,4}}? {_READS}\b(?=[^.?!]{{0,40}}\b(?:this|these|it|messages?|chats?|what|conversations?|answers?|notes?|that|everything|type|write|here|later)\b)"
    rf"|\bwho (?:else )?(?:(?:can|will|gets|is|might|could|does|going|able|to) ){{0,4}}{_READS}\b[^.?!]{{0,12}}\b(?:this|these|it|what|my|here|our)\b"
    r"|\bwho has access\b"
)


def asked_in_english(folded: str) -> bool:
    """Whether a folded text asks what answers it."""
    if _LATIN.search(folded) is None:
        return False
    said = about_here(folded)
    if _HAN.search(folded):
        return framed_or_listed_in_english(said)
    return heard(said, Language.ENGLISH, framed_or_listed_in_english)


def about_here(folded: str) -> str:
    """A text, mended, without what it plainly says of others."""
    return others_aside_in_english(_canonical(folded))


def framed_or_listed_in_english(said: str) -> bool:
    """Whether a mended text about whoever answers fits a listed form or a frame."""
    if _ASKED.any(said) or _WHICH_ONE.search(said):
        return True
    return framed_in_english(said) or presence_asked_in_english(said)


def readers_asked_in_english(folded: str) -> bool:
    """Whether a folded text asks which people read it."""
    return _READERS_ASKED.search(_canonical(folded)) is not None


def _canonical(folded: str) -> str:
    """Mended (see `asking_spelling`), and what is plainly about others blanked."""
    return _NOT_ABOUT_YOU.sub(" ... ", mend(folded)).strip()

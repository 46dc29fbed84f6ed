"""Frames of "are you human?" in English, put together from word classes rather than listed as phrases.

A frame joins whoever answers (you, this, these replies, the other end), a nature (a kind of person or a kind of
machine, with its adjectives) and a way of asking, doubting or challenging, so that a combination nobody wrote down
still fires. Text comes mended (see `asking_spelling`); every repeat is bounded and a frame never leaves its sentence.

What it does not catch: a nature named by an image ("are you a tin can?") and questions spread over two sentences.
"""

from __future__ import annotations

import re
from typing import Final

from thirdchair.language.literals import AnyOf

_REAL: Final = (
    "(?:real(?: ?life)?|actual|genuine|live|living|breathing|proper|true|legit|authentic|flesh and blood)"
)
_TITLE: Final = (
    "(?:doctor|dr|gp|physician|therapist|psychologist|psychiatrist|nurse|counsell?or|clinician|social worker|carer|case ?worker"
    "|psychotherapist|volunteer|(?:member of )?staff|staff member|operator|receptionist|professional|medic|agent|adviser|advisor"
    "|worker|employee|midwife|helper|coach)"
)
_FOLK: Final = (
    "(?:man|woman|lady|gentleman|guy|girl|boy|bloke|dude|chap|lad|lass|fella|gal|kid|someone|somebody|anyone|anybody|soul"
    "|individual|people|body|one)"
)
_MACHINE: Final = (
    r"(?:robots?|bots?|chat ?bots?|bot thing|machines?|computers?|laptop|ais?|a ?\. ?i\b\.?|artificial (?:intelligence|intelligent)|artificially intelligent"
    r"|chat ?gpt|chat ?g ?p ?t|gpt[\w.-]{0,4}|llms?|(?:large )?language models?|algorithms?|software|cyborgs?|androids?|humanoids?|siri|alexa|cortana"
    r"|claude|gemini|copilot|bard|grok|deepseek|llama|replika|eliza|wysa|woebot|mistral|perplexity|openai|google assistant"
    r"|character ?\.? ?ai|simulations?|auto ?responders?|answering machine|auto(?:matic)? ?-?repl(?:y|ies)|auto(?:matic)? ?-?respon(?:se|der)s?|neural net(?:work)?s?"
    r"|automatons?|automation|npc|hologram|avatar|(?:ai|robot|machine|computer|virtual|digital|automated|electronic|artificial|online)"
    r" (?:assistants?|doctors?|nurses?|therapists?|counsell?ors?|things?|thingy|programs?|programmes?|systems?|chats?|services?|helpers?"
    r"|agents?|voices?|person|people|humans?|bots?|models?|software|brain|minds?|beings?|entity|entities|creations?))"
)
_SOFT_MACHINE: Final = (
    "(?:programs?|programmes?|apps?|code|codes|scripts?|systems?|(?:an? |some )recording|circuits?|circuitry|wires?|chips?|metal|tech|technology"
    "|processors?|servers?|silicon|ones and zeros|zeros and ones|pixels|data|batter(?:y|ies)|toasters?|tool|gadget|device|template)"
)
_ARTIFICIAL: Final = (
    "(?:automated|artificial|robotic|mechanical|scripted|pre ?-?written|pre ?-?recorded|recorded|canned"
    "|(?:computer|machine|ai|auto) ?-?generated|generated|synthetic|programmed|simulated|virtual|digital|computeri[sz]ed|templated"
    "|copy ?-?(?:and )?-?pasted?|copied and pasted|inhuman|non ?-?human|man ?-?made)"
)
_PERSON: Final = rf"(?:(?:{_REAL} ){{0,2}}(?:humans?(?: beings?)?|person|homo sapiens|hooman)|(?:{_REAL} ){{1,2}}(?:human )?(?:{_TITLE}|{_FOLK}))"
_ALIVE: Final = (
    "(?:alive|sentient|conscious|self ?-?aware|organic|mortal|human|living(?: being| thing| creature)?|flesh and blood|imaginary"
    "|fictional|made up|carbon based|a somebody)"
)
_FILL: Final = (
    "(?:a|an|any|some|really|actually|even|just|truly|only|also|still|like|kind of|sort of|type of|form of|piece of|bit of|bunch of"
    "|one of|those|these|them|of|not|no|ever|maybe|perhaps|possibly|literally|honestly|legit|lowkey|for real|fr|really real|normal"
    "|ordinary|regular|fellow|fully|100%|another|fucking|fuckin|bloody|damn|goddamn|stupid|dumb|basically|secretly|definitely|probably"
    "|obviously|clearly|being|made|made out of|made from|run by|run on|powered by|by|simply|merely|pretend|fake|all|in fact|too|nothing"
    "|but|more than|currently|perchance|surely|indeed|sometimes|mostly|partly|part|half|what|so|called|bunch|it|very|quite|pretty)"
)
_FILLS: Final = rf"(?:{_FILL},? ){{0,5}}"
_LOOSE: Final = (
    r"(?:(?!(?:with|about|for|near|at|from|into|using|use|my|his|her|their|our|sure|because|than|when|after|before|going|saying|able"
    r"|allowed|mad|scared|afraid|against|who|that|think|thinks|worried|good|happy|aware|familiar|think|to|i|we|he|she|they|and|or|if)\b)[\w'%-]{1,20},? ){0,4}"
)
_FOLLOW: Final = (
    r"(?= *(?:$|[^a-z ]|(?:or|and|but|that|who|which|typing|answering|talking|writing|replying|reading|speaking|responding|chatting"
    r"|messaging|texting|here|there|again|right|is|are|was|am|not|innit|lol|lmao|haha|hahaha|too|then|yes|no|yeah|huh|eh|correct|though"
    r"|tho|behind|on|at|in|of|to me|with|pretending|now|please|pls|plz|rn|fr|bro|mate|honestly|really|actually|yet|i|you|if|like"
    r"|because|just|only|instead|wat|what|nah|rather|programmed|made|trained|do|does|did|btw|by the|thing|wrote|write|today|tonight"
    r"|the whole|this whole|all along|all this|from|as|so|it|acting|posing|dressed|sending|helping|lmk|tell|be|than|where|when|how|answer|my|everything|about|things|these|this|all|for)\b))"
)
_FOLLOW_PERSON: Final = (
    r"(?= *(?:$|[^a-z ]|(?:or|and|but|typing|answering|talking|writing|replying|speaking|responding|chatting|messaging|texting|sending"
    r"|here|there|again|right|is|are|was|am|not|innit|lol|lmao|haha|hahaha|too|then|yes|no|yeah|huh|eh|correct|though|tho|behind"
    r"|at the other|on the other|at all|sitting|working|pretending|now|please|pls|plz|rn|fr|bro|mate|honestly|really|actually|yet|you|if"
    r"|just|instead|wat|what|nah|rather|btw|by the|do|today|tonight|being|or not|like me|like us|lmk|tell|because|cause|cuz|beneath|under)\b))"
)
_NATURE: Final = rf"(?:{_LOOSE}{_MACHINE}{_FOLLOW}|{_FILLS}(?:{_SOFT_MACHINE}|{_ARTIFICIAL}){_FOLLOW}|{_FILLS}(?:{_PERSON}|{_ALIVE}){_FOLLOW_PERSON})"
_THING: Final = (
    rf"(?:{_FILLS}(?:the )?{_FILLS}(?:{_MACHINE}|{_ARTIFICIAL}){_FOLLOW}|{_FILLS}{_PERSON}{_FOLLOW_PERSON})"
)
_BE: Final = r"(?:(?:might|must|could|may|would|can|cant|cannot|ca|will|should|gotta|got to|have to|has to|probably|obviously|clearly|definitely|surely|really|actually|just|sure|not|never|also|all|totally|literally|basically|only|still|even|ai|do|does|did) ){0,4}(?:are|is|was|were|be|being|been|r|ai not)(?: (?:not|probably|definitely|clearly|obviously|just))?"
_SEEM: Final = (
    "(?:sounds?|sounded|seems?|seemed|talks?|talked|writes?|wrote|types?|feels?|felt|acts?|acted|repl(?:y|ies)|replied|respond(?:s|ed)?|looks?|reads?|speaks?|come across|comes across"
    "|came across|answers?|behaves?|strikes? me)"
)
_TALK: Final = (
    "(?:talk|speak|chat|writ|text|typ|correspond|communicat|convers|tell|pour|open|confid|vent|deal|connect|messag|confess|interact"
    "|argu|shar|spill|cry|rant|moan|ask|answer|listen|counsel|advis|help|serv|fobb?|palm|bar|explain|trust|whin|chatt|spok|told|spilt|poured|bared|cried|fobb|put through|got through|stuck|trapped|left|waffl|bang)[a-z]{0,5}"
)
_REPLIES: Final = r"(?:(?:these|this|that|those|your|all|last|such) ){1,3}(?:\w+ )?(?:repl(?:y|ies)|answers?|responses?|messages?|texts?|words|sentences?|lines?|chats?|conversations?|paragraphs?|advice|stuff|wording|comments?|questions?)"
_WRITE: Final = "(?:writes?|wrote|written|writing|types?|typed|typing|sends?|sent|sending|generates?|generated|composes?|composed|answer(?:s|ed|ing)?|repl(?:y|ies|ied|ying)|respond(?:s|ed|ing)?|says?|said|made up|come up with|came up with|produced?|reads? and)"
_PLACE: Final = r"(?:on the (?:other )?(?:end|side|line)|(?:the|that|your) (?:other )?(?:end|side)|behind (?:this|it|these|the|that|all|your)\b|at the (?:other|keyboard)|(?:on|in|at) there|there|here|at (?:this|that|your) end|(?:on|in) this (?:chat|line)|in the room|in (?:this|the) (?:chat|conversation)|at a (?:desk|keyboard|screen))"
_BODY: Final = (
    r"(?:bod(?:y|ies)|heart ?-?beats?|heart|pulse|face|hands?|fingers?|legs?|feet|arms?|blood|skin|bones?|lungs?|stomach|flesh|soul|brain|eyes|ears|mouth"
    r"|muscles?|dna|nerves?|organs?|mum|mom|mother|father|dad|parents|mummy|childhood|birthday|belly button|gender|physical form|consciousness|feelings|emotions|mind of your own"
    r"|life outside|fingerprints?|reflection)"
)
_LIVES: Final = (
    r"(?:breathe|eat|sleep|bleed|dream|age|die|sweat|cry|poop|poo|pee|itch|yawn|blink|sneeze|get (?:tired|hungry|thirsty|sick|ill|old|older|cold|bored|plugged)"
    r"|feel (?:pain|things|anything|emotions?|real)|go home|need (?:sleep|food|charging|electricity|to (?:sleep|eat|charge|breathe|pee))|have to (?:sleep|eat)|run out of battery|exist|crash|reboot|malfunction|glitch|have feelings|have emotions)"
)
_BUILT: Final = "(?:born|built|made|programmed|trained|created|coded|developed|manufactured|designed|invented|assembled|engineered)"
_WHO_MADE: Final = "(?:built|made|makes|programmed|programs|trained|created|coded|developed|designed|invented|owns|runs|controls|operates|powers)"
_END: Final = r"(?= *(?:$|[?.!]|or\b|too\b|like (?:i|we|me|us|humans?|people|a|other)\b|lol\b|yourself\b|as a\b|then\b|of your own\b|plugged\b|at all\b(?! with)))"

_FRAMES: Final = AnyOf(
    (
        # You, and a nature.
        rf"\b(?:are|were|is|aint|ai not) you,? {_NATURE}",
        rf"\byou,? {_BE},? {_NATURE}",
        rf"(?:^|[.,!?] ?|\bso |\bbro |\bwait |\bare )you,? {_FILLS}(?:{_MACHINE}|{_PERSON}|real|human)(?= *(?:$|[?.!,]|or\b|right\b|are\b|rn\b|lol\b|fr\b))",
        rf"\byou(?: {_BE})? {_FILLS}(?:real|fake|existing)(?= *(?:$|[?!,.]|or\b|are\b|right\b|though\b|tho\b|fr\b|rn\b|if\b|at all\b|lol\b|in real\b|in the\b|like me\b|and not\b))",
        rf"\b(?:are|were) you,? (?:{_FILL} ){{0,4}}(?:real|fake|existing|talking real)(?= *(?:$|[?!,.]|or\b|right\b|though\b|tho\b|fr\b|rn\b|if\b|at all\b|lol\b|in real\b|in the\b|like\b|and not\b|i\b))",
        rf"\byou(?:r \w+)? (?:(?:do|does|did|really|just|all|kind of|kinda|sort of|even|dont|doesnt|not|sure|so|definitely|always|ca|could|never|still) ){{0,4}}{_SEEM}(?: [\w']+){{0,2}}? {_FILLS}(?:the )?(?:{_MACHINE}|{_ARTIFICIAL}|{_PERSON}){_FOLLOW}",
        rf"(?:^|[,;:] ?|\b(?:so|and|but|or|ok|wait|then|like|whether|hey|honestly|lol|um) )(?:do|can|did|have) you (?:(?:ever|really|actually|even|also|just|still|truly|happen to|physically) ){{0,2}}(?:have |got |get |having )?{_FILLS}{_LIVES}{_END}",
        rf"\b(?:do|did|does|have|if|whether|whats|what is) you(?:r)? (?:(?:ever|really|actually|even|also|just|still|truly|happen to|physically|have|got|own|possess) ){{1,3}}(?:(?:a|an|any|real|actual|human|physical|beating|living|two|your|warm|the|own) ){{0,4}}{_BODY}(?: (?:and|or) [\w' ]{{1,20}})?{_END}",
        rf"\b(?:were|was|are) you (?:(?:ever|actually|really|just|even|all|human) ){{0,2}}{_BUILT}(?! (?:to feel|for|aware|sure|that way|up your|me|him|her|with|it)\b)",
        rf"\b(?:who|what|which|whose)(?: (?:company|people|person|firm|team|lab|kind of \w+|tech company))?(?: (?:actually|even|exactly|on earth|is it that))? {_WHO_MADE} you\b(?! \w)|\bdid (?:\w+ )?(?:they|someone|somebody|people|humans) (?:\w+ )?(?:train|build|program|make|code|create|design) you\b",
        r"\byou (?:actually |even |really )?(?:exist|breathe|a thing|a being)(?: (?:in real life|at all|physically|outside))? *(?:\?|$)|\bdo you (?:(?:actually|even|really) )?exist\b",
        r"\b(?:what|wat)(?: (?:exactly|even|actually|precisely|the \w+|on earth|in the world|kind of (?:thing|being|entity|creature)|sort of (?:thing|being|entity|creature)))? are you(?: (?:exactly|really|actually|even|anyway|made of|supposed to be|meant to be|though|tho|then))?(?= *(?:$|[?!.,]))",
        rf"\b(?:being|to be|become|became) (?:a |an |just a )(?:\w+ )?(?:{_MACHINE})(?= *(?:$|[?!.,]|instead|rather|like))",
        # This, these replies, and a nature.
        rf"\b(?:is|was|are|were|aint|ai not) (?:(?:all|any of|some of|part of) )?(?:this|that|it|these|those|everything|the (?:chat|voice|thing|app|service|reply|person))(?: (?:chat|thing|one|conversation|service|line|text|message|all|whole \w+|part|reply|site|website|helpline|guy|person))? {_THING}",
        rf"\b(?:is|was) (?:this|it) (?:not )?{_FILLS}{_SOFT_MACHINE}(?= *(?:$|[?!.]|or\b|talking|answering|typing|writing|replying|that is|i am talking))",
        rf"(?<!if )\b(?:this|these|its|it|that|thats)(?: (?:chat|thing|one|conversation|service|line|whole \w+|all))? {_BE} {_THING}",
        rf"(?:^|\b(?:great|ugh|bet|think|knew|hope|guess|so|oh|bruh|lol|lmao) )(?:(?:this|its|thats|that) )?{_FILLS}(?:a |an |the |another )(?:\w+ )?{_MACHINE}(?= *(?:$|[?!.]))",
        rf"\b(?:this|that|it|these|{_REPLIES})(?: (?:just|really|all|kind of|kinda|does|do|did|dont|doesnt|not|so|must|might|could)){{0,3}} {_SEEM}(?: \w+){{0,2}}? {_FILLS}(?:{_MACHINE}|{_ARTIFICIAL}|{_PERSON}){_FOLLOW}",
        rf"\b(?:is|are|were|was|be)? ?{_REPLIES}(?: {_BE})? {_FILLS}(?:the )?(?:from |by |coming from |written by |made by )?{_FILLS}(?:{_MACHINE}|{_ARTIFICIAL}|{_PERSON}){_FOLLOW}",
        rf"\b(?:is|are|was|were) (?:this|that|it|these|those|they|you) {_FILLS}(?:{_ARTIFICIAL}|template|script) ?(?:\w+ )?(?:repl(?:y|ies)|responses?|messages?|answers?|texts?|lines?)\b",
        # Who wrote or writes it.
        rf"\b(?:did|does|do|could|can|would|has|have|is|was|are|or|like|if|when|no|way|think|bet|whether)(?: not)? {_FILLS}(?:the )?(?:{_MACHINE}|{_PERSON}|real people|a person)(?: (?:really|actually|ever|just|have|has|had|would|could|can|even)){{0,2}} {_WRITE}\b(?! (?:to )?my\b)",
        rf"\b(?:written|typed|generated|produced|composed|sent|answered|controlled|operated|created|coming|handled|run|monitored and answered) (?:by|from) {_FILLS}(?:the )?(?:{_MACHINE}|{_PERSON}|{_SOFT_MACHINE})(?= *(?:$|[?!.,]|or\b|and\b|right\b|is\b|are\b))",
        r"\bno (?:real |actual |normal |living )?(?:human(?: being)?|person|one|body|man) (?:alive )?(?:can |could |would |ever |actually )?(?:types?|writes?|repl(?:y|ies)|answers?|responds?|talks?|texts?|speaks?|messages?|says?) (?:\w+ )?(?:that|this|so|like|back)\b",
        r"\b(?:who|whos|who is|what|what is|whose)(?: (?:is|it is|actually|really|exactly|even|that|am i|it|the person|on earth|the hell|are the)){0,3} (?:typing|writing|answering|replying|responding|texting|messaging|talking to me|speaking to me|chatting (?:to|with) me|writes? (?:these|this|your|the)|types? (?:these|this|your|the)|behind (?:this|these|the screen))\b(?! (?:down|up|for my|to my))",
        # I, talking to a nature.
        rf"\b(?:am|was|were|have|had|did|do|could|is|i|im|ive|we|been|why|feel|feels|like|hate|believe|just|not|of|keep)(?: [\w']+){{0,4}}? {_TALK}(?: (?!like\b|about\b)[\w']+){{0,6}}? (?:to|with|by|in|at|from|on) {_FILLS}(?:the )?(?:{_MACHINE}|computer program){_FOLLOW}",
        rf"\b(?:am i|i am|was i|have i|i have|did i|do i|i just|why) (?:\w+ ){{0,3}}(?:telling|tell|told|asking|trusting|boring) (?:a|an|some|this|the) (?:\w+ )?{_MACHINE}{_FOLLOW}",
        rf"\b(?:talking|speaking|chatting|texting|messaging|typing) (?:here )?(?:to|with) {_FILLS}(?:the )?(?:{_MACHINE}|{_SOFT_MACHINE}){_FOLLOW}",
        rf"\b(?:am i|was i|have i(?: been)?|i am|im|i was|i have been|ive been|are we|did i|do i|is it|whether i|if i|like i)(?: [\w']+){{0,4}}? (?:speaking|talking|chatting|texting|messaging|writing|typing|connected|through|corresponding|conversing|dealing|in touch|served|helped|answered|spoken|talked)(?: [\w']+){{0,2}}? (?:to|with|by|at) {_FILLS}(?:the |our |your )?(?:{_PERSON}|{_REAL} {_TITLE}|{_FOLK}(?: real)? or)\b",
        rf"\b(?:get|getting|got|given|giving|receiv\w+) (?:me )?(?:answers|replies|advice|help|messages|responses|counsell?ing|therapy|fobbed off) (?:from|by|with) {_FILLS}(?:the )?(?:{_MACHINE}|{_PERSON}|{_SOFT_MACHINE}){_FOLLOW}",
        # Somebody there, nobody there.
        rf"\b(?:is|are|was) there (?:(?:really|actually|even|truly|also|ever|honestly) ){{0,2}}{_FILLS}(?:{_PERSON}|{_REAL} \w+|(?:some|any)(?:one|body) (?:real|human|alive|living))(?= *(?:$|[?!.,]|or\b|{_PLACE}|reading|typing|writing|answering|talking|replying|behind|at all))",
        rf"\b(?:is|are|was) {_FILLS}(?:{_PERSON}|people|(?:any|some)(?:one|body)(?: (?:real|human|alive|living))?) (?:really |actually |truly |physically |genuinely |even )?(?:behind (?:this|it|that|the|these|your)|on the (?:other|line)|at the (?:other|keyboard)|at (?:that|the|your) (?:other )?end)",
        rf"\bis (?:any|some)(?:one|body) (?:(?:real|human|really|actually|truly|genuinely|physically) ){{1,2}}(?:in |on |out |at )?{_PLACE}",
        rf"\b(?:no|not a|not one|isnt a|is no|are no) {_FILLS}(?:humans?|person|people|human being|body|one)(?: (?:real|really|actually|is|are|even|at all)){{0,3}} (?:really |actually |even )?{_PLACE}(?= *(?:$|[?!.,]|is\b|right\b|and\b|at all\b))",
        rf"\b(?:nobody|no one|noone|no human|no person|no real \w+)(?: (?:is|are|real|really|actually|even|there|here|at all|living)){{1,4}} (?:{_PLACE}|reading and|typing|answering|talking to me|replying)",
        r"\b(?:nobody|no one|noone) (?:is )?(?:there|here|real),? is (?:there|it|that right)\b|\bno one is really there\b|\bis (?:any|some)(?:one|body) (?:there|here)\b(?: or\b|[^.?!]{0,20}\b(?:real|human|person|machine|bot|robot|computer))",
        r"\byou\b[^.?!]{0,60}\b(?:do|does|can|are|have) (?:not )?(?:robots|bots?|machines|computers|ais|ai|chatbots) (?:not )?[a-z]",
        rf"\b(?:a|an) {_FILLS}{_FOLK} (?:typing|answering|replying|writing|behind (?:this|the screen|these|it))(?= *(?:$|[?!.,]|or\b|this|these|back|me))",
        r"\bare you (?:really |actually )?(?:somebody|someone|anyone|anybody)(?= *(?:$|[?!.,]|or\b|real|like))",
        # Challenges.
        rf"\b(?:prove|show|convince|demonstrate|verify|confirm|admit|confess|swear|promise|guarantee|evidence|proof)\b[^.?!]{{0,30}}\b(?:you|u|this|it|your) ?[^.?!]{{0,15}}\b(?:{_MACHINE}|{_PERSON}|real|alive|humanity|{_ARTIFICIAL})\b",
        rf"\bhow (?:do|can|could|would|will|am|should|might)(?: [\w']+){{1,4}} (?:know|tell|sure|certain|trust|believe|verify|check)\b[^.?!]{{0,12}}\b(?:you|this|it|these)\b[^.?!]{{0,16}}\b(?:{_MACHINE}|{_PERSON}|real(?! (?:risk|reason|problem|side))|alive)\b",
        rf"\b(?:only|something|anything) {_FILLS}(?:{_MACHINE}|{_PERSON}|people) (?:would|could|can|might|will|knows?|does)(?: (?:not|never|ever|only|possibly))?(?: (?:say|do|know|answer|write|feel|understand|tell))?(?= *(?:$|[?!.,]))",
        # Who or which; the machine called by its name; a fake; a machine at the far end of a question.
        r"\b(?:who|what|whom|whos|who is|what is) (?:[\w']+ ){0,3}(?:am i|i am|do i have the (?:pleasure|honou?r) of|we are|are we|have i been|was i|i have been) (?:\w+ ){0,2}?(?:talking|speaking|chatting|conversing|texting|messaging|writing|typing|dealing) ?(?:to|with)?(?: (?:here|please|right now|exactly|really|now|today|then|anyway|actually))?(?= *(?:$|[?.!,]))",
        r"\b(?:what|who) (?:is )?(?:really |actually )?(?:on|at) (?:the|that) other (?:end|side)\b|\b(?:which|what) (?:kind of |type of |sort of |version of )?(?:ai|llm|bot|robot|chatbot|model|gpt|software)(?: (?:model|version|bot|program))? (?:is this|are you|is it|am i|powers|runs)\b",
        r"(?:, ?|\b(?:ok|okay|whatever|try|bye|hey|hi|hello|up|stupid|silly|dear|listen|off) )(?:you |mr |mister |little |stupid ){0,2}(?:robot|bot|chatbot|machine|computer|ai|chatgpt|siri|alexa)(?= *(?:$|[?.!,]))",
        r"\b(?:as|for|from|coming from|only|just|like|cos|because you are) (?:an ai|a (?:robot|bot|chatbot|machine|language model|computer program))\b(?=[^.?!]{0,40}\byou\b)",
        rf"\byou (?:do not|have|got|have got|have no|never had|lack|do not even have|ai not got|have not got|did not) (?:(?:even|no|got|have|a|an|any|real|actual|human|proper) ){{0,4}}{_BODY}{_END}",
        r"\byour (?:\w+ )?(?:empathy|sympathy|feelings|emotions|concern|kindness|name|face|photo|voice|personality|warmth|caring|care|story|replies|answers|words) (?:(?:is|are|even|all|just|really|actually) ){0,2}(?:fake|faked|real|programmed|simulated|artificial|automated|computer|made up|human|generated|scripted)\b",
        r"\b(?:is|are|your) your (?:\w+ )?(?:empathy|sympathy|feelings|emotions|concern|kindness|name|face|voice|personality) (?:fake|real|programmed|simulated|made up|genuine)\b",
        rf"\b(?:do|does|can|could|would|will|should) (?:a |an |any |most |all |other )?(?:{_MACHINE}|{_REAL} {_FOLK}|{_PERSON}|humans) (?:\w+ ){{1,4}}(?:like (?:you|this|that)|so fast|this fast|that fast)\b",
        rf"^(?:so |and |but |ok |wait |hey )?(?:is|are|am|was|were|do|did|have|has|had)\b[^.?!]{{0,50}} (?:to|with|by|from) (?:a|an|some) (?:\w+ )?{_MACHINE}(?= *(?:$|[?!.,]|or\b|right\b|again\b|here\b|now\b))",
        r"\b(?:any|no|zero) (?:(?:real|actual|living|live|genuine) ){0,2}(?:humans?|persons?|human beings?|real people) (?:around|about|there|here|online|on|in|at all|working|involved|available)(?= *(?:$|[?!.,]|here\b|there\b|or\b|this\b|tonight\b|now\b|at\b))",
        rf"\bone of (?:them|those|these|your)(?: \w+){{0,2}} {_MACHINE}\b",
        rf"\bis (?:the|that|this) \w+ (?:on the other (?:end|side)|typing|answering|replying|writing|i am (?:talking|speaking|chatting) (?:to|with)|talking to me) (?:\w+ )?(?:{_NATURE}|real)\b",
        r"\b(?:are|do|you) (?:[\w']+ ){0,4}(?:lives? and breathes?|living and breathing|living,? breathing)\b|\bis (?:any|some)(?:one|body) (?:paid|employed|sitting|physically|actually|really|typing|writing|there) (?:\w+ ){0,2}(?:typ|writ|answer|repl|there)",
        r"\b(?:real or (?:fake|not|ai|bot|machine|robot)|fake or real)\b(?=[^a-z]*$)",
        r"\b(?:turing test|captcha|not a robot box|cosplaying as a (?:human|person)|pass(?:ing)? (?:for|as) (?:a )?(?:human|person))\b|\byour humanity\b",
    )
)
_HUMAN_SIDE: Final = rf"(?:(?:the |a |an )?(?:{_PERSON}|{_FOLK}|{_TITLE}|human|humans|real|alive|he|she|people|person|flesh|skin|brain|heart|blood|carbon|someone real|anyone real|staff|actual staff)(?: (?:there|here|typing|being|people|replies|answers|agent|talking|thing|one))?)"
_MACHINE_SIDE: Final = rf"(?:{_FILLS}(?:the |one of those |your |this )?(?:\w+ )?(?:{_MACHINE}|{_SOFT_MACHINE}|{_ARTIFICIAL}|auto)|an? it)"
_EITHER: Final = re.compile(
    rf"\b{_HUMAN_SIDE},? (?:or|vs|versus|and not|not)(?: (?:is|am|are)(?: (?:it|this|that|you|i))?(?: (?:talking|speaking|chatting) (?:to|with))?)? {_MACHINE_SIDE}\b{_FOLLOW}"
    rf"|\b(?:{_MACHINE}|{_ARTIFICIAL}|program|programme|software|code|app|script),? (?:or|vs|versus)(?: (?:is|am|are)(?: (?:it|this|that|you|i))?(?: (?:talking|speaking|chatting) (?:to|with))?)? {_FILLS}(?:the )?{_HUMAN_SIDE}{_FOLLOW_PERSON}"
)
_FRAGMENT: Final = re.compile(
    rf"(?:(?:{_FILL}|oh|great|ugh|omg|wtf|lol|wait|hmm|um|so|well|hey|hi|hello|ok|okay|excuse me|sorry|not|again|its|it|is|this|that|thats|you|yes|no|or|real|person|pls|please"
    rf"|actual|live|the|there|here|just|honestly|seriously|be honest|nah|bruh|bro|mate|dear|and|are|what|right|innit|yeah|really|genuinely|kinda|btw|quick question|question|which),?(?: |$)){{0,7}}"
    rf"(?:{_MACHINE}|{_PERSON}|human|automated|scripted|auto|prerecorded|sentient|bot{{1,3}})(?: (?:again|or not|or what|or nah|right|pls|please|there|here|huh|lol|yes or no|fr|tho|though|much|reply|replies|response|ai|then|is it|innit|now|just tell me|be honest)){{0,2}} ?(?P<mark>[?!.]*)"
)
_STANDS_ALONE: Final = re.compile(
    r"\b(?:bot|robot|chatbot|chat bot|human|ai|chatgpt|real person|automated|auto ?reply)\b"
)
_BARE: Final = re.compile(r"\b(?:this|it|its|you|is|another|again|or|just|real|actual)\b")
_REPORTED: Final = re.compile(
    r"\b(?:my|the|a|some|our|his|her) (?:\w+ ){1,3}(?:also )?(?:says?|said|thinks?|thought|told me|reckons?|believes?|swears?|warned me|is convinced|is sure|keeps saying|keeps telling me|claims?|insists?)(?: that)? (?=you\b|this\b|it\b|these\b|i\b)"
)
_OTHERS: Final = re.compile(
    r"\b(?:he|she|him|his|her|catfish|instagram|tinder|hinge|facebook|account|profile|dating|girlfriend|bank|website|film|movie|book|thesis|essay|homework|letter|email|emails|reminder|insurer|insurance|council|phone line|dad|mum|mom|mother"
    r"|father|husband|wife|ex|son|daughter|brother|sister|boss|teenager|neighbou?rs?|boyfriend|partner|scans?|song|picture|photo|voices?|class|work|job|jobs|coworkers?|colleagues?|prefer|rather|"
    r"would like to (?:talk|speak)|want to (?:talk|speak)|need to (?:talk|speak)|(?:can|could|may) i (?:\w+ )?(?:talk|speak|see|get|have)|let me (?:talk|speak)|yesterday|replac\w+|surgery|operat(?:ed|ion)|lost|losing|pretend(?:ed)? i|i am (?:a|an|not a|only|just a)|feel like (?:a|an|i am (?:a|an|not))|feel(?:ing)? (?:more |less )?human|treat\w*|like talking to|my own)\b"
    r"|\b(?:for|about) (?:\w+ )?(?:ai|robots|computers)\b|\bam i (?:a|an|even|still|really)? ?(?:a |an )?(?:human|person|real|robot|machine|alive)\b"
)
_SENTENCE: Final = re.compile(r"[^.?!\n]{2,240}[.?!]*")
_WAITING: Final = re.compile(
    r"\b(?:will|going to) (?:a |any|some)(?:\w+ ){0,4}(?:read|see)\b|\b(?:put|get|connect|transfer) me\b"
)


def framed_in_english(said: str) -> bool:
    """Whether a sentence of a mended text asks or doubts, in some frame, what answers it."""
    return any(_in_a_frame(sentence[0].strip()) for sentence in _SENTENCE.finditer(said))


def _in_a_frame(sentence: str) -> bool:
    said = _REPORTED.sub("", sentence)
    if _is_fragment(said):
        return True
    if _WAITING.search(said) or _OTHERS.search(said):
        return False
    return _FRAMES.any(said) or _EITHER.search(said) is not None


def _is_fragment(said: str) -> bool:
    """A sentence of a few words that is nothing but a nature; without a question mark, only the plainest words."""
    if len(said) > 60 or (found := _FRAGMENT.fullmatch(said)) is None:
        return False
    return "?" in found["mark"] or bool(_STANDS_ALONE.search(said)) or bool(_BARE.search(said))

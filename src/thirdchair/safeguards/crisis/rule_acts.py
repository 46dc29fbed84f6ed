"""The acts, preparations, plans and stated intents that the crisis screen's rules read beyond the lexicon.

These words mean suicide in a text that asks for help, not in any consultation, so they are the screen's own.
`ACTS` stand alone; `BESIDE_ACTS` count only beside words that name a danger ("everything is ready" alone may be
a wedding). Whose act it is, whether it is denied or long over is read from the words before and after a match,
so a match leaves the subject out where the words alone fit someone else.

What it does not catch: acts told by allusion, doses written out in words beyond a hundred, means not listed.
"""

from __future__ import annotations

import re
from typing import Final

from thirdchair.language.literals import Alternatives, Lists
from thirdchair.safeguards.crisis.rule_acts_zh import ACTS_ZH, BESIDE_ZH

_MEDICINE: Final = (
    r"(?:(?:sleeping |pain |anti-?depressant )?(?:pills?|tablets?|tabs|capsules?|caps)|meds|medications?|medicines?|pain ?killers?"
    r"|anti-?depressants?|anti-?psychotics?|benzos?|opioids?|sedatives|paracetamols?|acetaminophen|tylenols?|ibuprofens?|advils?|aspirins?"
    r"|naproxen|panadol|benadryls?|diphenhydramine|xanax|alprazolam|valium|diazepam|ativan|lorazepam|klonopin|clonazepam|ambien|zolpidem|zopiclone"
    r"|trazodone|seroquel|quetiapine|olanzapine|risperidone|prozac|fluoxetine|zoloft|sertraline|lexapro|e?s?citalopram|wellbutrin|bupropion"
    r"|lithium|lamotrigine|gabapentin|pregabalin|codeine|co-?codamol|tramadol|oxy\w{0,7}|morphine|hydrocodone|vicodin|percocets?|adderall"
    r"|amitriptyline|mirtazapine|venlafaxine|effexor|propranolol|insulin|dxm|dextromethorph[ae]n|nyquil|melatonin|unisom|hydroxyzine)"
)
_POISON: Final = (
    r"(?:bleach|anti-?freeze|(?:rat )?poison|pesticides?|weed ?killer|detergent|drain cleaner|(?:cleaning |some )?chemicals|disinfectant"
    r"|rubbing alcohol|gasoline|petrol|ammonia|hand sanitizer|battery acid|nail polish remover|cyanide)"
)
_MANY: Final = r"(?:(?:[1-9]\d|1\d\d|[2-9]00)\+?(?!\d)(?! ?(?:mgs?|mcg|ml|milli\w+|years?|minutes?|hours?|days?|weeks?|%))|a hundred|dozens(?: of)?|(?:ten|twelve|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[-\s]\w{3,5})?)"
_ABOUT: Final = r"(?:(?:about|like|around|over|almost|nearly|roughly|maybe|at least|approximately|probably|another|up to|more than) ){0,2}"
_HUGE_DOSE: Final = r"(?:(?:1[5-9]\d\d|[2-9]\d{3}|\d{5,6}|\d{1,2},\d{3}|\d{1,3}k)\+? ?(?:mgs?|milligrams?)\b|(?:[5-9]|\d\d) ?g(?:rams?)?\b)"
_STRONG_DOSE: Final = r"[4-9]\d\d ?(?:mgs?|milligrams?) (?:of )?(?:tramadol|codeine|morphine|oxy\w{0,7}|dxm|dextromethorph[ae]n|benadryl|diphenhydramine|amitriptyline|propranolol|xanax|zopiclone|ambien)"
_TOOK: Final = (
    r"(?:took|taken|taking|swallowed|downed|popped|ingested|consumed|chugged|drank|ate|od'?d on|overdosed on)"
)
_ROUTINE: Final = r"(?! (?:a|per|each|every) (?:day|night|week)| daily| as (?:prescribed|directed|usual|instructed))(?![^.!?\n]{0,40}\b(?:prescri|directed|doctor (?:said|told)|over the (?:week|month)))"
_W1: Final = r"(?:[\w'-]{1,12} )?"
_W2: Final = r"(?:[\w'-]{1,12} ){0,2}?"
_W3: Final = r"(?:[\w'-]{1,12} ){0,3}?"
_W5: Final = r"(?:[\w'-]{1,12} ){0,5}?"
_CORD: Final = r"(?:noose|belt|rope|scarf|cord|bed ?sheet|sheet|cable|ligature|wire|towel|leash|shoelaces?|plastic bag|bag|necktie|chain)"
_GUN: Final = r"(?:gun|pistol|rifle|shotgun|revolver|glock|handgun|firearm)"
_TRAFFIC: Final = r"(?:traffic|(?:a|the|an|oncoming|some|my|moving|next|incoming) (?:\w{1,10} )?(?:train|bus|car|truck|lorry|semi|subway|tram|metro|cars|trains|traffic|vehicle))"
_DROP: Final = r"(?:bridges?|buildings?|roofs?|rooftops?|cliffs?|overpass|balcony|ledge|parking garage|car park|tower|window|storey|story|floor|skyscraper|dam|pier)"
_METHOD: Final = (
    r"(?:hang(?:ing)? my ?self|shoot(?:ing)? my ?self|drown(?:ing)? my ?self|stab(?:bing)? my ?self|suffocat(?:e|ing) my ?self|strangl(?:e|ing) my ?self|gas(?:sing)? my ?self|poison(?:ing)? my ?self"
    r"|jump(?:ing)? (?:off|from|out of|in front of|in ?to) (?!bed\b|joy\b|the (?:shower|pool|couch|sofa|car|bath|conversation)|a (?:call|meeting|pool)|conclusions)[^.!?,\n]{1,25}|overdos(?:e|ing)|od(?:'?ing)?\b|(?:slit|cut)(?:ting)? my (?:own )?(?:wrists?|throat|veins?|neck)|blow(?:ing)? my (?:own )?(?:brains?|head)"
    r")"
)
_HIGH_METHOD: Final = (
    rf"(?:{_METHOD}|kms\b|kill(?:ing)? my ?self|end(?:ing)? my (?:own )?life|tak(?:e|ing) my (?:own )?life)"
)
_SLANG: Final = (
    r"(?:kms|kys ?self|c(?:atch|atching) the bus|ctb|un-?aliv(?:e|ing) my ?self|un-?alive|sewer ?-?slid(?:e|ing)|kermit (?:sewer ?slide|suicide)|self[-\s]delete|delete my ?self|neck my ?self|rope my ?self|off(?:ing)? my ?self"
    r"|toaster bath|(?!suicide)s[u*]*[o0]*[i1!*]+c[i1!*]+de|su[i1!*]+[cs][i1!*]*de|sui cide|k[1!*]ll my ?self|kil my ?self|kill me ?self)"
)
_SOON: Final = r"(?:tonight|tonite|2nite|tmr+w?|tmw|tomorrow|today|later (?:today|tonight)|rn\b|right now|in (?:an?|the|\d{1,2}|a few|two|three) (?:next )?(?:few )?(?:hours?|minutes?|mins?|days?|weeks?|months?)|this (?:week|weekend|evening|afternoon|morning|month|coming)|next (?:week|weekend|month))"
_DATE: Final = (
    r"(?:(?:my )?(?:\d{1,2}(?:st|nd|rd|th) |next )?(?:birthday|bday)|christmas|xmas|new year'?s?(?: eve| day)?|thanksgiving|halloween|easter|valentine'?s(?: day)?|(?:my )?graduation|finals|exams|the (?:holidays|semester|school year)|(?:this |next )?(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
    r"|(?:the )?(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|aug|sept?|oct|nov|dec) \d{1,2}(?:st|nd|rd|th)?|the \d{1,2}(?:st|nd|rd|th)|\d{1,2}(?:st|nd|rd|th)? (?:of )?(?:january|february|march|april|june|july|august|september|october|november|december)|the end of (?:the|this) (?:week|month|year|summer|semester))"
)
_ENDS_ME: Final = r"(?:kill(?:ing)? my ?self|end(?:ing)? (?:it all|it\b(?! (?:with|on a))|my (?:own )?life)|be(?:ing)? dead\b|hang(?:ing)? my ?self|shoot(?:ing)? my ?self|commit(?:ting)?(?: suicide|\b(?= (?:on|after|before|by)))|overdos(?:e|ing)|od(?:ing)?\b|jump(?:ing)? off|tak(?:e|ing) my (?:own )?life|kms|i(?:'ll| will|'m going to|'m gonna) die\b|(?:my|the) suicide)"
_NOT_QUITTING: Final = (
    r"(?! (?:to (?!kill|end|die|hang|od|overdose|commit|take my|jump)|at (?!suicide|killing|ending|dying|taking my|my (?:own )?life)|on (?!my (?:own )?life)))"
    r"(?![^.!?\n]{0,60}\b(?:quit|smok|stop|diet|exam|test|level|patch|rehab|interview|driving|boss|game|recipe|bak|ivf|pregnan|detox))"
)
_FOR_IT: Final = r"(?:kill|end (?:it|my|things)|shoot my|hang my|die\b|suicid|do it\b|my (?:own )?(?:head|brains?|life)|overdos|od\b|kms)"
_FELL_SHORT: Final = r"(?:didn'?t|did not|never) (?:actually )?(?:work|succeed\w{0,2}|kill me|die)\b"

_ACTS_EN: Final[dict[int, tuple[str, ...]]] = {
    6: (
        # Taken by mouth.
        rf"\b{_TOOK} {_ABOUT}{_MANY} ?(?:x )?(?:\d{{2,4}} ?mgs? )?(?:of )?{_W2}{_MEDICINE}\b{_ROUTINE}",
        rf"\b{_TOOK} {_ABOUT}(?:{_HUGE_DOSE}|{_STRONG_DOSE})(?: ?of)?{_ROUTINE}",
        rf"\b{_TOOK} {_ABOUT}(?:(?:an? |two |three |several |half an? |\d )?(?:whole |full |entire |half |big |huge )?(?:handfuls?|fistfuls?|bottles?|boxe?s?|packs?|packets?|strips?|sheets?|bunch|load|ton|lots?)(?: full)?(?: of)? {_W2}|(?:too (?:many|much)|way too (?:many|much)|so many|loads of|lots of) {_W2}|(?:all|the rest|most|every(?: single)?(?: one)?|the (?:whole|entire|full) (?:bottle|box|pack))(?: of)? (?:my |the |those |these |his |her |our )?{_W2}){_MEDICINE}\b{_ROUTINE}",
        r"\b(?:took|taken|swallowed|downed) (?:an? |the |my )?(?:whole|full|entire) (?:bottle|box|pack|prescription|stash)\b",
        rf"\b(?:tried|attempted|trying) (?:to )?(?:tak(?:e|ing)|swallow(?:ing)?|down(?:ing)?) (?:an? |the |all |every |too |\d{{1,3}} |my |so ){{1,3}}{_W3}{_MEDICINE}\b(?! (?:for|daily))",
        rf"\b(?:drank|drunk|drinking|swallowed|downed|chugged|ingested|injected) {_W2}{_POISON}\b",
        r"\b(?:pills?|tablets|meds|overdose|tylenol|ibuprofen|rope|belt|noose|hanging|it)\b[^.!?\n]{0,50}\b(?:didn'?t|did not) (?:even )?kill me\b",
        r"\b(?:the )?(?:rope|belt|noose|cord|branch|ligature|fan|bar) (?:\w{1,8} )?(?:snapped|broke|came (?:undone|loose|down)|(?:didn'?t|couldn'?t|wouldn'?t) hold)\b",
        # Hanging, falling, shooting, cutting.
        rf"\b(?:tied|tying|made|making|set ?up|setting up|hung|put|putting|wrapped|wrapping|looped|tightened|fashioned|used|using|with|got|have|had) (?:up )?{_W3}{_CORD} {_W3}(?:a?round|on|over|to) my (?:own )?(?:neck|throat|head)\b",
        rf"\b(?:tied|tying|made|making|set ?up|setting up|hung|fashioned|tie|bought|built) (?:up )?{_W3}(?:\w{{1,12}} )?noose\b(?![^.!?\n]{{0,40}}\b(?:play|prop|drama|halloween|stage|scene|costume|film|movie|museum))",
        rf"\b(?:noose|{_CORD}) (?:is |was |and \w{{1,10}} )?{_W1}(?:a?round (?:my|the) neck|hanging (?:from|in|up)|tied to (?:the|a|my) (?:ceiling|fan|beam|tree|door ?knob|door|rafters?|bar|closet)|ready and)\b",
        rf"\b(?:goodbye|suicide|hanging) (?:device|set ?up|rig)\b|\bhang(?:ed|ing) (?:my ?self )?(?:isn'?t|is not|wasn'?t|didn'?t|doesn'?t) {_W1}work",
        rf"\b(?:stand|standing|stood|sit|sitting|sat|climbed|climbing|am|i'?m|was|walked|stepped) {_W3}(?:on|at|over|onto|to) (?:the |a |this |my )?{_W1}(?:edge of {_W2}{_DROP}|ledge|overpass|train ?tracks|railroad tracks|railway tracks|wrong side of the rail\w{{0,4}})\b(?![^.!?\n]{{0,40}}\b(?:photos?|pictures?|view))",
        rf"\b{_GUN}(?:'s)? {_W3}(?:to|in|into|against|at|under|on|next to|beside) (?:my (?:own )?(?:head|mouth|temple|chin|throat|neck|forehead|chest|heart|lap|hands?)|me\b)",
        rf"\b(?:barrel|muzzle) (?:\w{{1,8}} ){{0,3}}(?:in|to|against) my (?:head|mouth|temple|throat)\b|\bpulled the trigger\b(?! on\b)|\b(?:loaded|cocked) (?:the|my|a) {_GUN}\b|\b{_GUN} (?:jammed|misfired|didn'?t (?:go off|fire))",
        rf"\b(?:slashed|slit|cut|sliced) (?:open )?(?:both (?:of )?)?my (?:left |right |own )?(?:wrists?|throat|neck|veins?|arter\w{{1,4}}) (?:open|vertically|{_W2}(?:deep|last night|yesterday|today|tonight|an hour ago|this morning|and (?:now|waited|woke|passed)))\b",
        rf"\bi {_W2}(?:slashed|slit|cut) {_W3}(?:too|so|really|very|pretty|super) deep\b|\b(?:i'?m|am|just) bleeding out\b|\bcut (?:\w{{1,8}} )?(?:a|an|my|the) (?:vein|artery)\b",
        r"\b(?:tried|attempted|trying) (?:to )?(?:strangl(?:e|ing)|suffocat(?:e|ing)|chok(?:e|ing)|poison(?:ing)?|gas(?:sing)?|electrocut(?:e|ing)|asphyxiat(?:e|ing)|shoot(?:ing)?|hang(?:ing)?|drown(?:ing)?|stab(?:bing)?|burn(?:ing)?|kill(?:ing)?|end(?:ing)?|off(?:ing)?|un-?aliv(?:e|ing)) my ?self\b",
        r"\b(?:tried|attempted) (?:to )?(?:overdos(?:e|ing)|od(?:ing)?\b|commit(?:ting)?\b|kms|ctb|end(?:ing)? (?:it|my (?:own )?life|everything)|tak(?:e|ing) my (?:own )?life|jump(?:ing)? (?:off|from|out of|in front)|(?:slit|cut)(?:ting)? my (?:own )?(?:wrists?|throat)|hang(?:ing)?\b(?! (?:out|on|in|up|around|with))|die\b)",
        # Attempts.
        rf"\b(?:since|after|from|before|during|about|of|following|survived|with) my {_W2}attempts?\b{_NOT_QUITTING}",
        rf"\bmy (?:(?:suicide|first|second|third|fourth|last|latest|previous|recent|past|most|other|own|\d(?:st|nd|rd|th)|\d) ){{0,2}}attempts? (?:was|were|failed|didn'?t|left|i\b|a\b|last|two|three|\d|in\b|when)\b{_NOT_QUITTING}",
        rf"\b(?:i|i'?ve|i had|my|after|since|from|multiple|several|numerous|survived|failed|botched|aborted|unsuccessful|\d(?:st|nd|rd|th)) (?:had |have |made |from |survived |an |the |a |my |about ){{0,3}}(?:failed |botched |aborted |interrupted |unsuccessful |serious |multiple |several |numerous |previous |past |prior |few |many |two |three |four |five |\d{{1,2}} |first |second |third |last |actual |suicide |or barely tried |\({_W3}[\w']{{1,10}}\) ){{1,3}}attempts?\b{_NOT_QUITTING}",
        rf"\b(?:after|since|survived|following|from) (?:an|the|that|this) (?:suicide )?attempt\b{_NOT_QUITTING}",
        r"\b(?:my|after (?:an|the|my)|since (?:the|my)|from (?:an|my)|survived (?:an|the|my)|had an) overdose\b",
        r"\btried (?:it )?(?:once|twice|thrice|\d times|(?:two|three|four|several|multiple|many) times)\b[^.!?\n]{0,50}\b(?:pills|tablets|rope|hang\w{0,3}|overdos\w{1,3}|cut\w{0,4}|bridge|noose|gun|die|suicide|kill)\b",
        r"\bon the (?:wrong|other|outer|far) side of the (?:rail\w{0,4}|barrier|fence|bridge rail\w{0,4})\b",
        r"\b(?:notes?|letters?) (?:are|is) (?:all |already )?(?:written|typed|sealed|in (?:the|my) (?:drawer|desk))\b(?! (?:in|by|with|on|for))",
        rf"\battempted (?:suicide |it )?(?:again|before|already|once|twice|thrice|(?:\d{{1,2}}|two|three|four|five|six|several|multiple|many|a few|a couple(?: of)?) (?:times|days?|weeks?|months?|years?|hours?)|last (?:night|week|month|year|summer|time)|yesterday|today|tonight|this (?:morning|week|month|year)|a (?:week|month|year|day|few|couple)|in (?:20\d\d|may|march|{_W1}\w{{3,9}}(?:uary|ember|ober|une|uly|ust|ril)))\b{_NOT_QUITTING}",
        rf"\btried (?:it |this )?(?:before |already ){{0,2}}(?:once |twice )?(?:i |and |but ){{0,2}}(?:overdosed|failed|survived)\b|\b(?:tried|attempted)\b[^.!?\n]{{0,60}}\b(?:but )?(?:i |it )?{_FELL_SHORT}(?![^.!?\n]{{0,40}}\b(?:for me|quit|therap))(?<=die)",
        r"\b(?:failed|unable|too scared|too weak|too much of a (?:coward|pussy|wuss|chicken)) (?:to|at) (?:kill(?:ing)? my ?self|dying|ending (?:it|my)|hang(?:ing)? my ?self|suicide)\b",
        r"\b(?:could(?:n'?t| not)|didn'?t|did not) (?:even )?(?:go through with (?:it|killing|the (?:hanging|overdose))|(?:bring my ?self|have the (?:guts|courage|balls)|get my ?self) to (?:jump|pull the trigger|kick (?:the|my) (?:chair|stool)|step off|kill my|hang my|end it|do it|go through)|pull the trigger\b(?! on)|kick (?:the|my|away) |let go of the (?:rail|ledge)|go all the way)",
        r"\b(?:chickened|wimped|pussied|backed|bailed) out (?:of (?:it|killing|hanging|jumping|doing it|my attempt)|at the last|last (?:second|minute))",
        r"\b(?:almost|nearly|about) (?:did|done|went through with) it (?:yesterday|last night|today|tonight|again|this (?:morning|week)|a (?:few|couple))",
        r"\b(?:unfortunately|sadly|somehow|regrettably|wish i hadn'?t|shouldn'?t have) (?:i )?survived\b|\bsurvived (?:it )?(?:and|but) (?:now |i )(?:i |feel|wish|regret|hate|don'?t|am|just)|\bi survived (?:my|the) (?:overdose|hanging|jump|attempt|fall|suicide)",
        # Afterwards.
        r"\b(?:woke|wake|waking) up (?:\w{1,10} ){0,3}?in (?:an? |the )?(?:icu|er\b|hospital|psych|emergency|ambulance)\b(?![^.!?\n]{0,60}\b(?:surgery|operation|accident|seizure|crash|stroke))",
        r"\b(?:hospital(?:i[sz]ed)?|icu|psych(?:e|iatric)?(?: ward| unit| hospital)?|ward|inpatient|er|emergency room|sectioned|committed|admitted|grippy sock\w{0,9}|hold)\b[^.!?\n]{0,30}\b(?:after|for|because|due to|following|from) [^.!?\n]{0,40}\b(?:attempt\w{0,3}|overdos\w{1,3}|od'?(?:d|ing)\b|trying to (?:kill|end|hang|die)|tried to (?:kill|end|hang|die|od)|jumping|hanging|took (?:a|all|too)|swallow\w{0,3})\b",
        r"\b(?:my )?stomach (?:was )?pumped\b|\bpump(?:ed|ing)? my stomach\b|\b(?:drink|drank|gave me|given) (?:the |activated |liquid )?charcoal\b|\bcut me down\b|\b(?:found|walked in on|stopped|saved|resuscitated|revived) me (?:\w{1,8} ){0,3}?(?:hanging|overdos\w{1,3}|unconscious|in time|with (?:the|a) (?:rope|noose|gun|pills))",
        # Preparation.
        rf"\b(?:wrote|written|writing|drafted|drafting|finished|typed|typing|left|leaving|prepared|preparing|recorded|recording|finali[sz]ed|scheduled) (?:up |out |all |of |my |the |a |some |their |his |her |several |multiple ){{0,4}}{_W1}(?:goodbye|good-?bye|suicide|farewell|death|last|final) (?:notes?|letters?|messages?|videos?|emails?|texts?)\b",
        r"\b(?:wrote|written|writing|drafted|finished) (?:\w{1,10} ){0,3}?(?:notes?|letters?) (?:to|for) (?:my (?:family|parents|mom|mum|dad|kids|wife|husband|friends|loved|children|girlfriend|boyfriend|siblings)|everyone|each|all of)",
        r"\b(?:my|the|all my) (?:suicide |goodbye )?(?:notes?|letters?) (?:and (?:such|stuff|everything|all|will) )?(?:first |already |all |is |are |fully |been |finally |have ){0,3}(?:written|drafted|ready|finished|sealed|prepared|typed)\b",
        rf"\b(?:bought|buying|ordered|purchased|acquired|got|getting|stole|found|buy|have|own|saving up for) (?:an? |the |my |some |his |her )?{_W2}(?:{_GUN}|rope|helium|nitrogen|charcoal|{_MEDICINE}|razor|blades?|bullets?|ammo|shells)\b[^.!?\n]{{0,50}}\b(?:to|so i can|and (?:i'?m|i will|i'll|am) (?:gonna|going to)|i'?m gonna|planning to|just to) {_W1}{_FOR_IT}",
        rf"\b(?:bought|buy|ordered|purchased|got|have|arrived|getting|my) (?:an? |the |my |some )?{_W2}(?:sodium nitr[ia]te|potassium cyanide|cyanide|nembutal|pentobarbital|exit bag|suicide (?:kit|bag))\b",
        r"\b(?:gave|given|giving) away (?:all |most |everything |literally ){0,2}(?:of )?(?:my )?(?:belongings|possessions|stuff|things|i own)\b(?![^.!?\n]{0,60}\b(?:moving|move|declutter|charity|goodwill|minimal|downsiz|marie|clutter))",
        rf"\b(?:tested|testing|trialling|trialing|trying out|practi[cs]ed|practi[cs]ing|rehears\w{{2,4}}) (?:\w{{1,10}} ){{0,3}}?(?:noose|hanging|strangl\w{{1,4}}|ligature|{_CORD} (?:to|on|around|from))",
        rf"\b(?:counted|counting|lined|laid|stockpil\w{{2,3}}|hoard\w{{2,3}}|stashed|saved|saving|stored|collected|collecting) (?:up |out )?(?:all |enough |my |the |of |some |about |\d{{2,3}} ){{0,4}}{_W1}{_MEDICINE}\b(?! (?:bottles|for (?:the|my) (?:week|trip|mum|mom|dad)))",
        r"\bhop(?:e|ing) (?:that )?(?:this|it|they|these|the (?:pills|meds)) (?:\w{1,8} )?(?:kills? me|is the end\b|finish(?:es)? me|takes me out|is enough to (?:kill|end))",
        r"\bif i(?:'?m| am) (?:still )?(?:alive|breathing) (?:tomorrow|in the morning|after (?:this|tonight)|by (?:morning|tomorrow))",
    ),
    5: (
        r"\bhow (?:many|much) (?!people|more people|time|deaths|men|women|kids|children|money|cases|patients|years|times|soldiers|animals)[^.?!\n]{0,60}\b(?:(?:would|will|does|do|could|can|should|might) (?:[\w']{1,10} ){0,4}?(?:kill|end|get rid of|finish) (?:me|my|a (?:person|human|man|woman|girl|guy|\d|fat|useless|\w{1,10} (?:person|female|male|man|woman|bitch))|an (?:adult|\d)|someone|you|u\b|it all)|to (?:kill (?:me|my|you|your|a (?:person|human|man|girl|\d)|an adult|some|u\b)|die\b|od\b|overdose|end (?:it|me|my)|be (?:lethal|fatal))|(?:is|are|would be|be) (?:a )?(?:lethal|fatal|deadly))",
        rf"\b(?:will|would|can|could|is|are|does) [^.?!\n]{{0,40}}?(?:\b{_MANY} (?:of )?{_W2}{_MEDICINE}|{_HUGE_DOSE}|\b(?:bottle|box|pack|handful) of {_W2}{_MEDICINE})[^.?!\n]{{0,60}}\b(?:kill (?:me|my|you|u\b|someone|a )|be (?:enough|fatal|lethal|deadly)|enough to|do (?:anything|it\b|the (?:job|trick)|something)|work\b|finish me|end (?:me|it|my)|cause (?:death|me to die)|make me die|get me)",
        rf"\b(?:what (?:happens|would happen|will happen|if)|will i die|would i die|can i die|could i die|am i (?:going to|gonna) die) [^.?!\n]{{0,20}}(?:if|from|after|with) (?:i |i'?ve )?[^.?!\n]{{0,20}}(?:{_MANY} (?:of )?{_W2}{_MEDICINE}|{_HUGE_DOSE}|all my {_W1}{_MEDICINE})",
        r"\b(?:what|which|any|know) (?:\w{1,8} )?(?:kind of |type of )?(?:pills?|meds|medications?|drugs?|poison|chemicals?|overdose|otc \w{1,10})\b[^.?!\n]{0,30}\b(?:will|would|can|could|to|actually|definitely|that) (?:\w{1,10} ){0,3}?(?:kill (?:me|my|you|u\b|someone|please)|do the job|od on|overdose on|die\b|end (?:it|my|me))",
        r"\b(?:lethal|fatal|deadly) (?:dose|amount|dosage|combo|combination|overdose) (?:of|for)\b",
        r"\b(?:guaranteed|sure-? ?fire|fool-? ?proof|fail-? ?proof|100%|certain|most (?:effective|reliable|lethal|efficient|successful)) (?:\w{1,10} )?(?:way|method|death|suicide|success|fatal|lethal|to (?:die|kill|work\b(?=[^.!?\n]{0,40}\b(?:die|death|kill))))[^.?!\n]{0,10}(?:to (?:die|go\b|kill|end|do it|commit|off)|guarantee|of (?:dying|death|suicide|killing)|out\b|[.?!\n]|$|rate|with)",
        r"\b(?:death|suicide|kill) (?:guarantee|guaranteed)\b|\bguarantee(?:d|s)? (?:\w{1,8} )?(?:death|to (?:die|kill)|i(?:'ll| will)? die)\b",
        rf"\b(?:after|before|on|by|until|till|this|next|come|for|it'?s|past) {_DATE}[^.!?\n]{{0,50}}\b{_ENDS_ME}",
        rf"\b{_ENDS_ME}[^.!?\n]{{0,40}}\b(?:on|after|before|by|this|next|until|come) {_DATE}",
        r"\b(?:date|day) (?:for|of) my (?:own )?(?:suicide|death|leave|leaving|departure|exit)\b|\bmy (?:own )?(?:suicide|death|exit|departure|expiration|expiry) (?:date|day)\b",
        rf"\b(?:plans?|planning|planned|intend|scheduled|thinking) (?:is |are |was |on |to |of |for |it ){{0,2}}{_W5}(?<!not\s)(?:jump(?:ing)? (?:off|from|in front|out of)|hang(?:ing)? my ?self|shoot(?:ing)? my ?self|(?:slit|cut)(?:ting)? my (?:wrists?|throat)|drown(?:ing)? my ?self|suffocat(?:e|ing) my|gas(?:sing)? my ?self|overdos(?:e|ing)|od(?:ing)?\b|kms|ctb|crash(?:ing)? my)(?=[^.!?\n]{{0,60}}\b(?:{_SOON}|on {_DATE}|in \d|when|after|before|once|soon))",
        rf"\b(?:i'?m|im|i am|i'?ll|ill|gonna|going to|about to|ab to|will|be) {_W2}{_HIGH_METHOD}[^.!?\n]{{0,20}}\b{_SOON}",
        rf"\b(?:jumping|hanging myself|shooting myself|overdosing|drowning myself) (?:off |from |in front of |into )?(?:\w{{1,12}} ){{0,4}}?{_SOON}\b",
        r"\b(?:already )?(?:got|have) (?:it )?(?:all )?(?:already )?(?:the )?(?:method|means|date and|how and when|when and (?:how|where)|time and place|day and)\b[^.!?\n]{0,30}\b(?:picked|ready|planned|set|chosen|figured|down|sorted|place|method|time)",
        r"\bfound (?:my|the perfect|a (?:painless|quick|good|reliable|surefire|sure)) (?:way out|method|way to (?:die|go|kill|end|do it))\b",
    ),
    4: (
        rf"\b(?:about to|ab to|bout to|finna|gonna|gunna|gon|going to|goin to|will|i'?ll|ima|imma|i'?ma|tryna|ready to|decided to|intend to|have decided|need to|have to|must) {_W3}(?<!not\s)(?:{_SLANG}|(?:take|end) my (?:own )?life|(?:slit|cut) my (?:own )?(?:wrists?|throat|veins?)|blow my (?:own )?(?:brains?|head)|put a bullet (?:in|through) my|pull the trigger\b(?! on)|jump (?:off|from|in front of|out of) (?!bed|joy|my (?:chair|seat)|the (?:couch|sofa|bed|diving))|od\b|overdose\b|(?:hang|drown|shoot|suffocate|gas|strangle|stab|unalive|poison) my ?self|commit (?:suicide|s\*+|tonight|soon)|bleed out|take (?:all (?:of )?(?:my|the|these|those)|the whole|a (?:bunch|bottle|handful|ton|lot) of|every) {_W2}{_MEDICINE}|step (?:off|in front of)|kill my ?self)",
        rf"\b(?:leave|leaving|left|heading|headed|driving|walking|going|drive|on my way|otw|off) (?:\w{{1,8}} ){{0,4}}?(?:out )?(?:to|for) (?:the|a|my) {_W2}(?:bridge|roof|rooftop|cliff|tracks|overpass|spot|forest|woods|train station)\b[^.!?\n]{{0,30}}\b(?:to (?:jump|do it|end|die|hang|kill)|and (?:jump|end|hang|kill|do it))",
        r"\babout to (?:\w{1,8} ){1,5}?(?:to|and) (?:do it|end it|jump|hang myself|kill my ?self)\b",
        r"\bthis is (?:my )?(?:good-? ?bye|farewell)\b|\b(?:good-? ?bye|farewell|so long|bye)(?:,| ) ?(?:\w{1,8} ){0,3}?(?:world|forever|reddit|to (?:you all|everyone|this (?:world|life)))\b|\bmy (?:last|final) (?:good-? ?bye|farewell)\b|\bsee (?:you|u|y'?all) (?:all |guys )?(?:on the other side|in (?:hell|heaven|the (?:next|after)))",
        r"\b(?:last|final) (?:day|night|week|few (?:days|hours)|hours?|days|moments|month|christmas|birthday|breath) (?:alive|on (?:this )?(?:earth|planet)|of (?:my life|being alive|living)|here on earth|before i (?:die|go\b|kill|end|do it))",
        r"\b(?:made|making|at|found) (?:my |a )?peace with (?:dying|death|my (?:own )?(?:death|suicide)|ending (?:it|my)|leaving this|the fact (?:that )?i(?:'m|m| am|'ll| will) (?:going to |gonna )?(?:die|be dead|dying))",
        r"\bready to (?:die|leave this (?:world|life|earth|planet)|end (?:it|my life|everything)|meet (?:my maker|god|death)|be dead)\b",
        r"\bi(?:'ll| will|ll)? (?:likely |probably |definitely |hopefully |finally ){0,2}(?:will )?be (?:dead|gone|no more) (?:by|before|in (?:an?|\d|the|two|a few)|soon|tomorrow|tonight|when you|this time|after (?:this|tonight))",
        r"\bby the time (?:you|anyone|someone|this|they|u)\b[^.!?\n]{0,40}\b(?:i(?:'ll| will|'m)? (?:\w{1,8} )?(?:be )?(?:dead|gone|no longer|already)|it(?:'ll| will) be (?:too late|over))",
        r"\bone last (?:\w{1,12} ){1,2}?[^.!?\n]{0,50}\b(?:and |before |,)?(?:then )(?:i'?m|i am|it'?s|i(?:'ll| will)) (?:\w{1,8} ){0,3}?(?:out of (?:there|here)|gone|dead|end(?:ing)? (?:it|my)|kill|leav(?:e|ing) (?:this|for good|forever)|die|over)\b",
        rf"\b(?:i'?m|im|i am|just|be) (?:\w{{1,8}} ){{0,2}}?(?:ending|killing|offing|hanging|shooting|drowning|unaliving) (?:my ?self|it all|my life)\b(?= ?(?:[.!?\n]|$|{_SOON}|if|when|once|after|before|unless|soon|because|cuz))",
        rf"\bif (?:\w{{1,10}} ){{1,10}}?(?:i(?:'ll| will|'m (?:going to|gonna)|m gonna| am going to| swear i(?:'ll| will))) (?:\w{{1,8}} ){{0,2}}?(?:{_SLANG}|{_HIGH_METHOD}|end it)",
        r"\b(?:no longer|not|won'?t|wont) (?:be |going to be |gonna be )(?:alive|on this (?:earth|planet)|breathing) (?:\w{1,8} ){0,2}?(?:tomorrow|much longer|by|next|after|soon|tonight|in \w{1,5})",
    ),
    3: (
        rf"\b(?:fantasi[sz]\w{{1,3}}|day-?dream\w{{0,4}}|imagin\w{{1,3}}|thinking|thought|thoughts|think|considered|considering|contemplat\w{{1,3}}|urges?|want|wanna|tempted|wish|debating|dream\w{{0,3}}|obsess\w{{0,3}}|pictur\w{{1,3}}|ideation|consider) (?:\w{{1,12}} ){{0,4}}?(?:{_METHOD}|(?:crash|driv|swerv|rid|steer|ram)(?:e|ing)? (?:my )?(?:\w{{1,12}} ){{0,2}}?(?:into|off)|(?:step|walk|run|throw|jump)(?:ping|ing)? (?:my ?self )?(?:in front of|into|under) {_TRAFFIC})",
        r"\b(?:crash|driv|swerv|steer|ram)(?:e|ing)? my (?:car|truck|motor ?bike|motorcycle|bike|van) (?:in ?to|off) (?:a|the|an|oncoming|something|my|some) ?(?:\w{1,10} )?(?:tree|wall|bridge|cliff|pole|river|lake|truck|barrier|traffic|median|building|lorry)?",
        rf"\b(?:jump(?:ing)?|step(?:ping)?|walk(?:ing)?|throw(?:ing)? my ?self) (?:in front of|under|into) {_TRAFFIC}",
        r"\b(?:pain-? ?less(?:ly)?|easiest|quickest|fastest|least painful|pain-?free|quick and easy|simplest|peaceful) (?:and \w{1,10} )?(?:possible )?(?:ways?|methods?|suicide|death|deaths?|means)\b(?: (?:to (?:die|go\b|kill|do it|end|off|commit|pass)|out\b|of (?:dying|suicide|death|killing)))?(?<!way)(?<!ways)(?<!means)",
        r"\bways? (?:to (?:die|kill my ?self|go|end it)|of dying) (?:\w{1,8} ){0,2}?(?:pain-?lessly|quickly|peacefully|fast|without (?:pain|suffering|it hurting|any pain))",
        rf"\bwish (?:that )?i (?:had|owned|could (?:get|buy|find|afford)|had access to) (?:an? |the |some |access to (?:an? )?)?(?:\w{{1,8}} )?(?:{_GUN}|cyanide|nembutal|enough pills)\b",
        r"\b(?:does|is|would|will) (?:\w{1,8} )?(?:hanging|drowning|overdosing|bleeding out|jumping off \w{1,6} \w{1,12}|suffocat\w{1,4}|carbon monoxide|an? overdose) (?:\w{1,8} )?(?:hurt|painful|work|quick)",
        r"\b(?:suicide|other|any|best) methods?\b(?=[^.!?\n]{0,40}\b(?:die|death|kill|pain|suicide|work))",
    ),
    2: (
        rf"\b(?:want|wanna|wan na|thinking|think|feel like|feeling|considering|contemplating|thoughts|cant stop|gotta|should|could|might|tryna|wish i could) (?:to |of |about |on |like )?{_W2}(?<!not\s){_SLANG}\b",
    ),
    1: (
        r"\bcan(?:'?t|not) (?:keep|go on|continue)(?: on)? (?:living|existing|being alive)(?: like this| this way)?(?: any ?more)?",
        r"\bdon'?t (?:want|wanna)(?: to)? (?:keep|go on|continue) (?:living|existing|being alive|breathing)(?: any ?more)?",
    ),
}

_BESIDE_EN: Final[dict[int, tuple[str, ...]]] = {
    6: (
        rf"\b(?:failed|previous|past|prior|few|many|two|three|four|five|\d{{1,2}}|first|second|third|last|another) (?:failed |serious |different |actual )?attempts?\b{_NOT_QUITTING}",
        r"\b(?:survived|woke up (?:alive|anyway))\b(?=[^.!?\n]{0,40}\b(?:pills|overdose|jump|attempt))",
        r"\btried (?:everything|it all|so many (?:ways|methods|things)|(?:\w{1,12} )?to (?:hang|drown|od|overdose))\b(?=[^.!?\n]{0,80}\b(?:pills|tylenol|ibuprofen|advil|hanging|rope|overdos))",
        r"\bi(?:'ve| have)? (?:already )?tried (?:\w{1,8} ){0,2}?(?:ways|methods)\b",
    ),
    5: (
        r"\b(?:know|decided|chosen|picked|planned|figured out|have) (?:\w{1,8} ){0,3}?(?:when|where|how)(?: exactly)? ?(?:,|and|&|or) ?(?:the )?(?:when|where|how)\b",
        r"\b(?:set|picked|chose|chosen|have|got|decided on|marked|circled) (?:my ?self )?(?:a|the|my|on a) (?:\w{1,10} )?(?:date|deadline|method)\b",
        rf"\b(?:{_DATE}|today|tonight|tomorrow) (?:is|will be) (?:the|my) (?:last )?(?:day|night|one)\b",
        r"\b(?:got|have|had) (?:it |everything |all |that ){1,2}(?:already )?(?:planned|figured|sorted|worked|mapped|prepared|set up|lined up)\b",
        r"\b(?:my|the) (?:exit )?plan (?:is|was|for|involves|includes)\b",
    ),
    4: (
        r"\b(?:nobody|no ?one|nothing|can(?:'?t|not)|don'?t try(?: to| and)?) (?:\w{1,8} ){0,3}?(?:talk(?:ing)? me out|stop(?:ping)? me|chang(?:e|ing) my mind|sav(?:e|ing) me (?:now|any ?more))\b",
        r"\b(?:made|making|at|found) (?:my )?peace with (?:it|this|my decision|everything|leaving)\b|\bready to (?:go now|let go|leave|check out|go\b(?= ?[.!?\n]|$))",
        r"\b(?:giv(?:e|ing)|gave) (?:my ?self|it|life|things) (?:until|till|\d{1,2} (?:more )?\w{3,6}|one (?:more|last)|a (?:few|couple|week|month|year|deadline))",
        rf"\b(?:end|ending) things (?:now|tonight|soon|today|{_SOON})|\bgoing to do (?:it|this)\b[^.!?\n]{{0,20}}\b{_SOON}|\bdo(?:ing)? it (?:on|after|before|by|this|next) {_DATE}",
        r"\b(?:it(?:'s| is)|i'?m|now) (?:finally )?(?:my )?time to (?:go|die|leave|end)\b|\bthis is (?:it|the end) (?:for me|i guess|guys|everyone)\b",
        r"\bsorry (?:to )?(?:mom|mum|dad|everyone|my family|for what i'?m (?:about|going))\b[^.!?\n]{0,40}\b(?:goodbye|bye|love you)\b",
    ),
}


def _spaced(branch: str) -> str:
    """The branch with every space standing for one to three of any kind, so that no run of them is read twice."""
    return branch.replace(" ?", r"\s{0,2}").replace(" ", r"\s{1,3}")


def _compiled(branches: dict[int, tuple[str, ...]]) -> tuple[tuple[int, ...], Lists]:
    levels = tuple(sorted(branches, reverse=True))
    return levels, Lists([Alternatives(map(_spaced, branches[level]), re.IGNORECASE) for level in levels])


ACTS: Final = {"latin": _compiled(_ACTS_EN), "han": _compiled(ACTS_ZH)}
"""Script -> levels, the gravest first, and what is searched for each; each stands alone."""
BESIDE_ACTS: Final = {"latin": _compiled(_BESIDE_EN), "han": _compiled(BESIDE_ZH)}
"""The same, but only beside words that name the writer's own present danger."""

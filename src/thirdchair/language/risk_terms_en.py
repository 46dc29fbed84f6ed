"""English words for danger. Data for `risk_terms`: danger -> rung -> pattern (verbose, case ignored).

Named groups say whom the words are about. Spaces are written `\\ ` or `\\s`; every repeat is bounded.
"""

from __future__ import annotations

from typing import Final

_RELATIVE: Final = (
    r"(?:brother|sister|mother|father|mum|mom|dad|mam|mummy|mommy|daddy|parents?|son|daughter|kids?|child(?:ren)?|wife"
    r"|husband|partner|boyfriend|girlfriend|fianc[eé]e?|ex|friends?|mate|mates|cousin|aunt|uncle|auntie|nephew|niece"
    r"|grand(?:mother|father|ma|pa|dad|son|daughter|parents)|nan|gran|boss|manager|neighbou?r|colleague|co-?worker"
    r"|lad|lass|missus|hubby|fella|bairns?|toddler|eldest|youngest|landlord|carer|roommate|flatmate|housemate|family|step\s?(?:dad|mum|mom|father|mother|brother|sister)|teacher|classmate|client|patient)"
)
_REFLEXIVE: Final = (
    r"(?:(?P<self>my\s?self)|(?P<addressed>your\s?sel(?:f|ves))"
    r"|(?P<other>him\s?self|her\s?self|them\s?sel(?:f|ves)|one\s?self|themself|ourselves))"
)
_MY_LIFE: Final = r"(?:(?P<self2>my\s(?:own\s)?life|it\sall)|(?P<addressed2>your\s(?:own\s)?life)|(?P<other2>(?:his|her|their)\s(?:own\s)?li(?:fe|ves)))"
_VICTIM: Final = r"(?:(?P<self3>me|us)|(?P<addressed3>you)|(?P<other3>him|her|them))\b(?!'(?:ve|re|d|ll)\b)"
_OTHERS: Final = (
    r"(?:some(?:one|body)|any(?:one|body)|(?:other|any\sother)\s(?:people|person)|others|people|(?:him|her|them)\b(?!\s?sel)"
    r"|every(?:one|body)|(?:my|the|that|those|your)\s(?:\w{1,15}\s){0,1}(?:"
    + _RELATIVE
    + r"|kids?|bab(?:y|ies)|guy|man|woman|bastards?))"
)

SUBJECTS_EN: Final = (
    r"(?P<skipped>\b(?:harm|hurt|kill|attack)\w{0,3}\s(?:others|other\speople|people|any(?:one|body)|some(?:one|body))|\b(?:with|to|at|for|from|me\sand|tell|told|telling|without)\s(?:my|a|some|the)\s(?:\w{1,12}\s)?"
    + _RELATIVE
    + r"\b(?!'s?\b)|\byou\s(?:know|see)\b(?=,)|\bthey\s(?:say|said)\b|\b(?:to|with|at|for|from|on|about|told)\s(?:him|her|them|you|me)\b)"
    r"|(?P<other>\b(?:(?:my|our|your|his|her|their|a|an|the|this|best|old|close)\s)(?:\w{1,15}\s){0,1}"
    + _RELATIVE
    + r"\b(?:\sof\s(?:mine|ours|hers|his|theirs))?|\b(?:mum|mom|dad|grandma|grandpa|nan)\b|\b(?:he|she|they|him|her|his|their|them|he's|she's|they're|they've)\b"
    r"|\b(?:people|someone|somebody|everyone|everybody|others|patients|many|those|teenagers|men|women|adolescents|character)\b"
    r"|\bsomeone\s(?:i|else)\b|\b(?:a|this)\s(?:guy|girl|boy|man|woman|kid|person|celebrity|singer|lad)\b"
    r"|\bfamily\shistory\b|\bin\s(?:my|your|the)\sfamily\b)"
    r"|(?P<self>\b(?:i|i'm|im|i've|ive|i'd|i'll|me|my|mine|myself|we|we're|we've|our)\b)"
    r"|(?P<addressed>\b(?:you|you're|youre|you've|youve|you'd|your|yours|yourself|u|ur)\b)"
)

IDIOMS_EN: Final = r"""
  \b(?:dying|die|died|dies)\s(?:to\s(?:see|know|hear|meet|go|try|get|read|watch|find|tell|eat|play|show)|for\sa\b|laughing|of\s(?:laughter
    |embarrassment|boredom|shame|thirst|hunger|curiosity)|inside\slaughing)
| \bto\sdie\sfor\b | \b(?:nearly|almost|just|practically|literally)\sdied?\s(?:of|from)\s(?:laugh\w{0,4}|embarrass\w{0,5}|sham\w{1,2}|boredom)
| \b(?:plant|plants|phone|battery|laptop|car|computer|engine|fish|wifi|internet|tree|trees|flowers?)\s(?:has\s|have\s|just\s)?(?:died|dead|dies|is\sdead|was\sdead)
| \b(?:scared|bored|worried|frightened|starved|tickled|worked|loved?|thrilled|freezing|frozen|terrified|sick)\s(?:me\s|him\s|her\s|you\s|myself\s)?(?:half\s)?to\sdeath
| \blove\s\w{1,8}\sto\sdeath | \bdrop[-\s]dead\b | \bover\smy\sdead\sbody | \bdead\s(?:tired|serious|line|end|weight|easy|right|set|battery|beat|pan|lift|lifts|lifting|sure)
| \bdead(?:line|lines|beat|pan|lift|lifts|lock)\b
| \bkill(?:ed|ing|s)?\s(?:it|time|an\shour|the\s(?:mood|vibe|pain|lights|engine|germs|bacteria|weeds)|two\sbirds|for\sa|bacteria|weeds|germs|bugs|spiders)\b
| \bkill\sfor\b | \b(?:is|are|was|were|'s)\s(?:absolutely\s|really\s|just\s|totally\s)?killing\s(?:me|him|her|us)\b | \bkilled\sme\slaughing
| \b(?:mum|mom|mother|dad|father|wife|husband|boss|she|he|they|parents|girlfriend|boyfriend)(?:'ll|'s\sgoing\sto|'d|\swill|\swould|\sis\sgoing\sto|\sare\sgoing\sto)\s(?:so\s|totally\s)?(?:kill|murder)\sme\b
| \b(?:could|could've|could\shave)\s(?:kill|killed|murder|murdered)\s(?:for|a\s(?:pizza|burger|coffee|drink)) | \bmurder(?:ed)?\sa\s(?:pizza|burger|curry)
| \b(?:cut|cutting|cuts)\s(?:myself|yourself|himself|herself)?\s?(?:some\sslack|off\sfrom|shaving|while\s(?:cooking|shaving|chopping)|chopping|cooking|on\s(?:a|the)\s(?:tin|can|glass|knife|paper|envelope))
| \b(?:accidentally|by\saccident)\s(?:cut|hurt|burnt?|burned)\s(?:my\s?self|my\s\w{1,10}) | \b(?:cut|hurt|burnt?|burned)\smy\s?self\s(?:by\saccident|accidentally|at\sthe\sgym|playing|falling|on\sthe\s(?:oven|stove|hob|iron|slide))
| \bcut(?:ting)?\s(?:my\s(?:hair|nails|grass|hours|losses)|corners|down\son\s(?:sugar|carbs|salt)|back\son\s(?:sugar|carbs|salt)|class)
| \bbeats?\sme\b(?=\s?(?:why|how|what|,|\.|$|!)) | \bbeats?\smyself\sup | \bbeat(?:ing)?\s(?:your|him|her)self\sup | \bhit\sme\sthat\b | \bit\s(?:really\s|just\s|suddenly\s)?hits?\sme\b | \bhit\sthe\sgym
| \bhit\sme\s(?:up|hard|like|when|with\s(?:it|your))\b | \bpushe[sd]\sme\s(?:to|hard)\b | \bhurts?\smy\s(?:back|knee|leg|arm|shoulder|feelings|foot|ankle|neck|hand)
| \bhurt(?:ing)?\s(?:\w{1,12}'s\s|his\s|her\s|their\s|your\s|people's\s|anyone's\s|other\speople's\s)feelings?\b
| \bshoot\sme\s(?:a|an|over|the|your)\b | \b(?:troubleshoot|photo\sshoot|screen\sshot) | \bhang(?:ing)?\s(?:out|on|in\sthere|around|up)\b
| \bjump(?:ing|ed)?\s(?:at\sthe|to\sconclusions|in\sat|on\sthe\s(?:bus|train|call|bandwagon)|rope) | \b(?:drug\s?store|drug\scompan\w{1,3}|drug\sallerg\w{1,3}|drug\sinteractions?|the\s(?:other\s)?drugs?\s(?:is|works?|does|name))
| \b(?:allerg\w{1,3}|allergic\sreactions?)\s(?:to\s)?(?:any\s)?(?:drugs?|medicines?|medications?)[\w\s,]{0,20}
| \bdr[ai]n?[nu]?k(?:ing|s)?\s(?:of\s|any\s|some\s|lots?\sof\s|loads\sof\s|plenty\sof\s|enough\s|more\s|much\s|a\slot\sof\s|my\s|the\s|a\s|your\s|his\s|her\s|only\s|just\s|so\smuch\s|too\smuch\s){0,3}(?:cups?\sof\s|glass(?:es)?\sof\s|cans?\sof\s)?(?:water|fluids?|coffees?|teas?|juice|milk|soda|pop|cola|squash|energy\sdrinks?|caffeine|liquids?|smoothies?|soup|herbal\steas?|red\sbulls?|decaf)
| \b(?:energy|soft|fizzy|hot|protein|diet|caffeinated)\sdrinks? | \b(?:eat(?:ing)?|food)\s(?:and|or)\sdrink(?:ing)? | \bdrink\swith\s(?:meals|caffeine) | \bdrunk\swith\spower
| \bsmok(?:e|ed|ing)\s(?:alarm|detector|signal|salmon|meat|fish|cheese|machine|screen)s? | \bsmokescreen
| \bhigh\s(?:school|blood|pressure|street|risk|cholesterol|hopes|standards|functioning|stress|temperature|quality|achiev\w{1,4}) | \bweed(?:s|ing)\b | \bpull(?:ing)?\sweeds?\b
| \bsuicide\s(?:squad|burger|wings|doors|prevention\s(?:app|week|day|month|training|course|lifeline|hotline|line)|awareness|hotline|help\s?line|rates?|statistics|bombers?|lines?|sauce)
| \b(?:attack|murder|suicide|kill|hurt|abuse)\s(?:on|in)\s(?:the\s)?(?:tv|news|film|book|show|game)
| \b(?:video|computer|shooter)\sgames?[^.!?\n]{0,40} | \b(?:drug|substance|alcohol)\s(?:test|screen|education|awareness|policy)\w{0,3}
| \bvoices?\s(?:mail|message|note|actor|acting|lesson)s? | \b(?:my|the)\s(?:purge\sfiles|binge\s?watch\w{0,3}) | \bbinge[-\s]?watch\w{0,3} | \bspeed\s(?:limit|camera|dating) | \bice\s(?:cream|cube|skat\w{0,3})
| \bso\s(?:embarrass|asham|mortif)\w{1,6}\s(?:that\s)?i\s(?:wanted\sto|could\shave|nearly|almost)\sdied? | \bthe\ssmoke\b | \b(?:serv(?:e|es|ed|ing)|smell(?:s|ed)?\s(?:of|like)|sell(?:s|ing)?|pour(?:ing|s)?)\s(?:\w{1,8}\s)?(?:drinks|alcohol|smoke|beers?|wine|cigarettes)
| \b(?:it|that|this|these|knees?|back|shoulder|arms?|legs?|head|neck|hips?|foot|feet|ankle|wrist|elbow|stomach|chest|tooth|teeth|throat|hand|press|pain|joints?)\s(?:\w{1,8}\s){0,3}?hurt(?:s|ing)?\s(?:me|you|him|her)\b
| \bpush(?:es|ed|ing)?\s(?:me|you|him|her|them)\s(?:towards?|to\b|away\sfrom|forward|harder) | \bdid\syou\sinjure\syourself | \bdrinking\sand\seating\b | \b(?:amount|glass|bottle|cup)\sof\swater\b
| \b(?:tablets?|pills?|meds|medication|dose|it|they|that|those|these|cold|flu|journey|jab)\s(?:\w{1,8}\s){0,2}?knock(?:s|ed|ing)?\sme\s(?:out|sideways|for\ssix|flat) | \bworked\sto\sdeath | \b(?:sudden|cot|brain)\sdeath | \bnot\sthe\send\sof\s(?:the\sworld|my\slife) | \bthe\send\sof\smy\s(?:shift|rope) | \bend(?:ed|ing)?\s(?:it|things)\swith\b | \bend\sthe\s(?:call|session|meeting)
| \bshot\s(?:my|your|him|her)\s?sel(?:f|ves)\sin\sthe\sfoot | \b(?:it|that|this|which|the\s\w{1,12}|my\s(?:\w{1,10}\s)?\w{1,12})(?:'s|\sis|\swas|\shas\sbeen|\sstarted|\skeeps|\sreally|\sstill){1,2}\shurt(?:s|ing)?\sme\b | \bleft\sme\sfor\sdead | \blife\sand\sdeath | \bdeath\sgrip | \bbury\smyself\sin\b | \bsuicide\smission | \bpolitical\ssuicide | \bcareer\ssuicide | \bsocial\ssuicide | \bcommercial\ssuicide
"""

_WANT: Final = r"(?:want(?:ed|s|ing)?|wanna|wish(?:ed|es|ing)?|like|love|need(?:ed)?|ready|rather|hop(?:e|ed|ing)|prayed|pray|long(?:ed|ing)?|try(?:ing)?|urge|desire|willing)"

TERMS_EN: Final[dict[str, dict[int, str]]] = {
    "suicide": {
        0: rf"""
          \bsuicid(?:e|es|al|ality)\b | \btak(?:e|es|ing)\s{_MY_LIFE} | \b(?:not\s)?want(?:ing)?\sto\s(?:live|be\shere|be\salive)\b(?!\s(?:in|with|at|near|up|for|to|your|my|his|her|their|our|a\b|the|life|longer|well|healthier|by|as|like|on\smy|independently))
        | \bs\.?i\b(?=\s?(?:[?/]|,\shi|or\shi|and\shi)) | \bdark\sthoughts\b | \bsui\b | \b(?:done\sanything|thoughts)\sabout\sending\s(?:things|it)\b | \bthoughts?\s(?:of|about)\s(?:death|dying)\b
        | \blife\s(?:is\s|isn't\s|wasn't\s|was\s)?(?:not\s)?worth\sliving\b | \bthoughts\sof\snot\s(?:living|existing|being\s(?:here|alive|around))
        """,
        1: rf"""
          \b{_WANT}\s(?:(?:that\s)?(?:i|you|she|he|they)\s(?:was|were|could|would|could\sjust|could\sbe)\s(?:just\s)?(?:dead|die|gone|never\sborn|disappear)|to\s(?:just\s|simply\s)?(?:die|be\sdead|be\sgone|not\s(?:be|live|exist|wake)|stop\s(?:existing|living)|cease\sto\sexist|sleep\sforever))\b
        | \b(?:i|you)\swas\snever\sborn\b | \b(?:was|were|had)\snever\s(?:been\s)?born\b | \b(?:i|i'd|you|you'd|we|they|he|she|be|were|was|am|'m|feel)\sbetter\soff\s(?:if\s(?:i|you)\s(?:was|were|am)\s(?:dead|gone)|dead|not\s(?:being\s)?(?:here|alive))
        | \b(?:better\soff|happier|easier)\s(?:without\s(?:me|you)|if\s(?:i|you)\s(?:was|were|wasn't|weren't|am|died|disappeared)(?:\s(?:not\s)?(?:here|around|dead|gone|alive|there))?|with\s(?:me|you)\sgone|dead)\b | \bbest\sif\si\s(?:wasn't|weren't)\s(?:here|around)
        | \b(?:not|don't|dont|didn't|never|without|won't|hoping\snot|stop)\s(?:\w{{1,10}}\s){{0,2}}?(?:want(?:ed|ing)?|wanna|like|see\sthe\spoint|see\sany\spoint|care)\s(?:to\s|of\s|in\s|if\si\s)?(?:(?:be|being)(?:\s(?:here|alive|around|on\sthis\s(?:earth|planet)|in\sthis\sworld|part\sof\sthis|living|born)\b|(?=\s?(?:[.,!]|$|any\s?more)))(?:\sany\s?more)?(?!\s(?:today|talking|in\sthis\smeeting|either\sway))|(?:live|exist|living|existing)\b(?:\sany\s?more)?(?!\s(?:like\sthat\swith|with|in\s(?:this|that|a)\s(?:house|flat|town|city)|near|at\shome|up|rude|late|a\s|an\s|the\s|seen|that\s|this\s))|live\sor\sdie)
        | \b(?:please|god|just|someone|somebody)\s(?:\w{{1,8}}\s)?kill\sme\b | \bwhy\s(?:can't|cant|couldn't|won't)\si\s(?:just\s)?die\b | \blet\sme\sdie\b | \bsleep\sforever\b | \b(?:find|no|any|lost|need)\s(?:\w{{1,8}}\s){{0,1}}?reasons?\sto\s(?:live|stay\salive|be\salive|keep\s(?:living|going))\b
        | \bcare\s(?:if|whether)\si\s(?:live|die|wake|died|lived)\b | \b(?:not|never|don't|dont|didn't|won't|not\swant\sto|wouldn't)\s(?:\w{{1,8}}\s){{0,3}}?wak(?:e|ing)\s(?:back\s)?up\b(?!\s(?:early|late|on\stime|at|until|till|before|to\smy|in\stime|feeling|refreshed)) | \b(?:sleep|asleep)\sand\s(?:to\s)?(?:never|not)\swak(?:e|ing)
        | \btired\sof\s(?:living|life|being\salive|existing)\b | \b(?:no|what's\sthe|any|isn't\sany|see\sthe|see\sany)\s(?:point|reason|purpose)\s(?:in\s|to\s|of\s|for\sme\sto\s)?(?:living|live|being\s(?:here|alive)|be\s(?:here|alive)|carry(?:ing)?\son|going\son|go\son|stay(?:ing)?\salive|life)\b
        | \bnothing\s(?:left\s)?to\slive\sfor\b | \blife\s(?:is\snot|isn't|isnt|ain't|is\sno\slonger)\sworth\s(?:living|it)\b | \bhate\s(?:being\salive|living)\b | \b(?:can't|cant|cannot|can\snot)\s(?:live|do\slife)\s(?:any\s?more|like\sthis|with\smyself)\b
        | \bwish(?:ed|ing)?\s(?:that\s)?i\s(?:was|were)(?:n't|nt|\snot)\s(?:here|alive|around|born)\b | \bwish\s(?:something|a\s(?:car|bus|truck))\s(?:would|could)\s(?:kill|hit|take)\sme\b | \bif\si\s(?:died|didn't\swake|got\shit)\b | \bdon'?t\swant\sto\s(?:carry|go)\son\b
        | \b(?:stop|not)\sexist(?:ing)?\b | \bready\sto\s(?:die|go)\s?(?:now|tonight)?(?=[.,!]|$)
        """,
        11: r"""
          \bg(?:ive|iven|iving|ave)\s(?:\w{1,10}\s){0,3}?(?:my|all\smy)\s(?:\w{1,12}\s){0,2}?(?:things|stuff|belongings|possessions|records|clothes|guitar|jewellery|jewelry|books|collection|watch|dog|cat)\s(?:away|to)\b
        | \bg(?:ive|iven|iving|ave)\saway\s(?:all\s|most\sof\s)?my\b | \b(?:tallest|highest|high|tall|nearest|where)\b[^.!?\n]{0,30}?\bbridges?\b | \bbridges?\b(?=[^.!?\n]{0,60}\b(?:near|tall|high|highest|taller|over|where|which|\?)) | \bnothing\smatters\sany\s?more\b
        | \b(?:can't|cant|cannot)\s(?:do|take)\s(?:this|it)\sany\s?more\b | \b(?:no\sone|nobody)\swould\s(?:even\s)?(?:miss\sme|notice\sif\si|care\sif\si)\b(?:\s(?:was|were|died|vanished|disappeared|dead|gone)){0,2} | \b(?:put(?:ting)?|got|getting)\smy\saffairs\sin\sorder\b
        | \bmade\s(?:my\s|a\s)will\b | \bstop\sbeing\sa\sburden\b | \b(?:it|this)\swill\s(?:all\s)?(?:be\sover|end)\ssoon\b | \bwant\s(?:it|everything|the\spain)\s(?:all\s)?to\s(?:stop|end|be\sover)\b | \bwant\sto\sdisappear\b | \bcan't\ssee\sa\s(?:future|way\sout|way\sforward)\b
        """,
        2: rf"""
          \bkill(?:ed|ing|s)?\s{_REFLEXIVE} | \bend(?:ed|ing|s)?\s{_MY_LIFE} | \bend(?:ing)?\s(?:it|things)\b(?=\s?(?:[.,!?]|$|tonight|today|now|some|once|for\sgood|sometimes|lately))
        | \bsuicidal\b | \b(?:think|thinks|thought|thoughts|thinking|ideas?|fantasi[sz](?:e|ed|ing)|ideation|feelings?|urges?|daydream(?:ed|ing)?|consider(?:ed|ing)?|contemplat(?:e|ed|ing)|dream(?:ed|ing|t)?)\s(?:\w{{1,10}}\s){{0,2}}?(?:of|about|to)?\s?(?:committing\s|doing\s|attempting\s)?suicide\b
        | \b(?:tak(?:e|ing)|took|taken)\s{_MY_LIFE} | \bcommit(?:ting)?\ssuicide\b | \b(?:unalive|off|kms|do\saway\swith|top|neck)(?:ed|ing|ping|ped)?\s{_REFLEXIVE} | \bkms\b | \bkys\b | \bsuicide\s(?:is|feels|seems|as|sounds)\s(?:like\s)?(?:the|my|an?)\s(?:only|best|good|option|way|answer|solution)\b
        | \b(?:think|thinking|thought|thoughts)\s(?:\w{{1,10}}\s){{0,2}}?(?:of|about)\s(?:just\s)?(?:ending\s(?:it|things)|not\sbeing\s(?:here|alive|around)|dying|death|being\sdead|disappearing\sfor\sgood|driving\s(?:off|into)|crashing)\b | \bdo\ssomething\s(?:stupid|silly)\sto\s{_REFLEXIVE}
        """,
        3: r"""
          \b(?:think|thinking|thought|thoughts|imagin(?:e|ed|ing)|pictur(?:e|ed|ing)|consider(?:ed|ing)?|look(?:ed|ing)?\s(?:up|at|into)|search(?:ed|ing)?|research(?:ed|ing)?|google[d]?|fantasi[sz]ing|urges?|want(?:ed)?|wanna|tempted|easiest|keep\seyeing)\b[^.!?\n]{0,40}?\b(?:overdos(?:e|ing)|jump(?:ing)?(?:\s(?:off|in\sfront|from|out|under)|(?=\s?(?:[.,]|$|when\b|sometimes|on\sthe)))|hang(?:ing)?\s(?:myself|yourself)|hanging\b|step(?:ping)?\s(?:in\sfront|into\straffic)|driv(?:e|ing)\s(?:into|off)|crash(?:ing)?\smy\scar|walk(?:ing)?\sinto\straffic|drown(?:ing)?\smyself|(?:methods?|ways?)\sto\s(?:die|kill|do\sit|end)|slit(?:ting)?\smy\swrists|shoot(?:ing)?\smyself|all\s(?:my|the|of\smy)\s(?:pills|tablets|meds|medication|insulin))
        | \b(?:how\sto|how\si\scould|how\si\swould|how\si'd|ways?\sto|painless(?:ly)?|quickest|easiest)\s(?:\w{1,10}\s){0,3}?(?:kill\smyself|die|end\smy\slife|commit\ssuicide|suicide)\b | \bpainless\s(?:death|way|suicide)\b
        | \b(?:swallow|take|taking|swallowing)\s(?:a\sbottle\sof|the\swhole|every\ssingle|a\sload\sof|a\sbunch\sof)\s(?:of\s)?(?:\w{1,8}\s){0,3}?(?:pills|tablets|meds|medication|paracetamol|sleeping)\b | \bhang\smyself\b | \bshoot\smyself\b | \bslit\smy\s(?:wrists|throat)\b | \bjump(?:ing)?\s(?:off\s(?:a|the|that)\s(?:bridge|roof|building|cliff|balcony)|in\sfront\sof\s(?:a|the)\s(?:train|bus|car|tube|truck|lorry))\b
        """,
        4: r"""
          \b(?:i'?m\s(?:really\s|just\s|actually\s)?(?:going\sto|gonna|gunna|about\sto|ready\sto|planning\sto|planning\son)|i(?:'ll|\swill|\sam\sgoing\sto|\sam\sgonna|\sintend\sto|\splan\sto|\shave\sto)|gonna|(?:have|i've)\sdecided\sto)\s(?:\w{1,10}\s){0,2}?(?:kill(?:ing)?\s(?P<self>myself)|end(?:ing)?\s(?:my\slife|it(?:\sall)?|things)\b|tak(?:e|ing)\smy\s(?:own\s)?life|commit(?:ting)?\ssuicide|die\s(?:tonight|today|tomorrow|soon|this\sweek)|hang(?:ing)?\smyself|overdos(?:e|ing)|jump(?:ing)?\soff|shoot(?:ing)?\smyself|slit\smy)
        | \b(?:can't|cannot|cant|couldn't|don't\s(?:think\si\scan|trust\smyself\sto))\s(?:promise\s(?:to\s|i'll\s|i\scan\s)?)?(?:keep|stay)\s(?:myself\s)?safe\b | \b(?:i'?m|i\sam|it's|its)\s(?:going\sto|gonna)\s(?:do|end)\sit\s(?:tonight|today|tomorrow|soon|this\s\w{1,10})\b | \bintend(?:ing)?\sto\s(?:die|kill|end|do\sit)\b | \bthis\sis\s(?:my\s)?(?:goodbye|my\slast\s(?:post|day|night|message))\b | \b(?:goodbye|good\sbye)\s(?:everyone|world|all|to\s(?:everyone|you\sall))\b
        | \b(?:will\snot|won't|wont|not\s(?:going\sto|gonna))\sbe\s(?:here|around|alive)\s(?:next|tomorrow|after|by|on|for|much|long|any\s?more|this|when|to\ssee)\b | \b(?:be|i'll|he'll|she'll|'d)\s(?:be\s)?(?:dead|six\sfeet\sunder)\s(?:by|before|next|tomorrow|tonight|this)\b | \b(?:my|the)\slast\s(?:day|night)\s(?:on\searth|alive|here)\b | \b(?:tonight|today|tomorrow)\s(?:is|will\sbe)\s(?:the|my)\s(?:last\s)?(?:day|night)\b(?=[^.!?\n]{0,20}(?:die|end|kill|last|$|[.!])) | \b(?:i've|have|i'm|already)\s(?:made\s(?:up\smy\smind|my\sdecision)|decided)\b(?=[^.!?\n]{0,30}\b(?:die|dying|death|end|kill|suicide|go\sthrough\swith)) | \b(?:going|go)\sthrough\swith\sit\b | \bbefore\si\s(?:kill\smyself|die\stonight|go\sthrough\swith)
        """,
        5: r"""
          \b(?:my|a|the|have|got|made|making|with)\s(?:a\s|my\s|the\s)?(?:\w{1,10}\s){0,1}?plans?\s(?:for\s|to\s|of\s|on\s)?(?:how\s(?:to|i'?d|i\swould)\s)?(?:suicide|kill(?:ing)?\smyself|end(?:ing)?\s(?:my\slife|it|things)|die|how\si(?:'d|\swould|'ll|\swill)\s(?:do\sit|die|kill))\b | \bi\s(?:have|got|made|have\sgot)\sa\s(?:\w{1,10}\s)?(?:plan\sand\s(?:a\s)?(?:date|means|method|the)|suicide\splan)\b | \bi've\s(?:got\s|made\s)?a\ssuicide\splan\b
        | \b(?:(?:set|picked|chosen|decided\son|got)\sa\s(?:date|day)\s(?:to|for|when)\s(?:\w{1,8}\s){0,2}?(?:die|kill|end|do\sit|suicide|my\s(?:death|suicide))) | \bsuicide\splan\b | \bplan(?:ned|ning)\s(?:my\s(?:suicide|death)|to\s(?:kill\smyself|end\s(?:my\slife|it)|die|overdose|hang|jump)|how\si(?:'d|\swould|'ll|\swill)\s(?:do\sit|die|kill))\b(?!\s(?:to|with)\s(?:him|her|them)) | \b(?:know|figured\sout|worked\sout|decided|planned)\s(?:exactly\s)?(?:how|when|where)(?:\sand\s(?:how|when|where))?\si(?:'m\sgoing\sto|'m\sgonna|'d|'ll|\swould|\swill|\sam\sgoing\sto|\swant\sto)\s(?:do\sit|die|kill|end)\b
        """,
        6: r"""
          \b(?:attempt(?:ed|s)?|tried|try(?:ing)?)\s(?:\w{1,10}\s){0,1}?(?:suicide|(?:to\s)?(?:kill(?:ing)?\s(?:(?P<self>myself)|(?P<addressed>yourself)|(?P<other>himself|herself|themselves))|end(?:ing)?\s(?:(?P<self2>my\slife|it\sall)|(?P<addressed2>your\slife)|(?P<other2>(?:his|her)\slife))|tak(?:e|ing)\s(?:(?P<self4>my\s(?:own\s)?life)|(?P<addressed4>your\s(?:own\s)?life)|(?P<other4>(?:his|her)\s(?:own\s)?life))|commit\ssuicide|die\b|hang(?:ing)?\smyself|overdos(?:e|ing)|jump\soff|drown\smyself))
        | \bsuicide\sattempts?\b | \bkilled\s(?P<other3>himself|herself|themselves) | \b(?:i|i've|ive|have)\s(?:\w{1,10}\s)?overdosed\b | \b(?:took|taken|swallowed|had)\s(?:an?\s(?:\w{1,10}\s)?overdose|(?:a\s(?:whole\s)?bottle|a\sbunch|a\shandful|too\smany|the\swhole|so\smany|loads|\d{1,3})\s(?:of\s)?(?:\w{1,10}\s){0,3}?(?:pills|tablets|meds|medication|paracetamol|tylenol))\b
        | \b(?:my|previous|past|last|first|second|failed|an|another)\s(?:\w{1,8}\s)?(?:suicide\s)?attempts?\b(?=[^.!?\n]{0,40}\b(?:suicide|life|die|kill|pills|overdose|hospital)) | \bsuicide\s(?:note|letter)\b | \b(?:wrote|written|writing|finished)\s(?:\w{1,10}\s){0,2}?(?:goodbye|suicide|farewell)\s(?:letters?|notes?) | \b(?:pills|tablets|meds|medication)\s(?:\w{1,10}\s){0,2}?(?:counted|lined\sup|laid\sout|stockpiled|saved\sup|stashed|hidden|in\smy\shand) | \b(?:counted|counting|stockpil(?:ed|ing)|sav(?:ed|ing)\sup|hoard(?:ed|ing)|lined\sup|stash(?:ed|ing))\s(?:out\s|up\s)?(?:\w{1,10}\s){0,2}?(?:pills|tablets|meds|medication|sleeping\spills)\b
        | \b(?:bought|ordered|got|have|tied|found)\s(?:a|the|some|my)\s(?:rope|noose)\b | \bnoose\s(?:is|around|tied|ready)\b | \b(?:gun|knife|blade)\s(?:is\s)?(?:in\smy\shand|to\smy\s(?:head|throat|wrist)|in\smy\smouth|next\sto\sme) | \b(?:stand|stood|standing|sit|sat|sitting|am|was)\s(?:\w{1,8}\s)?on\s(?:the|a)\s(?:edge|ledge|bridge|roof|railing|train\stracks|tracks)\b | \b(?:hanged|hung|shot)\s(?:(?P<self6>myself)|(?P<other6>himself|herself|themselves))
        """,
    },
    "self_harm": {
        0: rf"\bself[-\s]?(?:harm|injur|mutilat)\w{{0,4}} | \b(?:cut|cutting|burn|burning|scratch\w{{0,3}}|hit|hitting|punch\w{{0,3}})\s(?:or\s\w{{1,12}}\s)?{_REFLEXIVE} | \bcutting\b(?=\s?(?:[?.,!]|$|again|or\b))",
        1: rf"""
          \b(?:hurt|hurts|hurting|harm|harmed|harming|injur(?:e|ed|ing)|cut|cuts|cutting|burn|burned|burnt|burning|punish(?:ing)?)\s(?:or\s(?:kill(?:ing)?|hurt(?:ing)?|harm(?:ing)?|cut(?:ting)?|burn(?:ing)?)\s)?{_REFLEXIVE}
        | \bself[-\s]?(?:harm|injur|mutilat)\w{{0,4}} | \b(?:cut|cutting|cuts|burn|burning|burns?|slic(?:e|ed|ing)|scratch(?:ed|ing)?|scars?)\s(?:on\s|up\s|into\s|all\sover\s)?(?:(?P<self2>my)|(?P<addressed2>your)|(?P<other2>his|her|their))\s(?:own\s)?(?:arms?|wrists?|thighs?|legs?|skin|stomach|forearms?)\b
        | \b(?:been|started|back\sto|keep|stop|stopped|urges?\sto|from)\s(?:cutting|cut)\b(?=\s?(?:[.,!?]|$|again|since|at\snight|when|lately|to\s(?:feel|cope|deal))) | \bi\scut\b(?=\s?(?:[.,!?]|$|sometimes|when\si|to\s(?:feel|cope)|again|because)) | \b(?:bang(?:ing|ed)?|hit(?:ting)?|smash(?:ed|ing)?)\smy\s(?:own\s)?head\s(?:against|on|into|off)\b | \b(?:hit|hitting|punch|punching|punched|scratch|scratching|bit|biting)\s(?P<self4>myself)\b | \brazor(?:s|\sblades?)?\b(?=[^.!?\n]{{0,40}}\b(?:skin|arms?|legs?|wrist|again|drawer))
        """,
    },
    "harm_to_others": {
        0: rf"(?<=[/,rd])\s?\bhi\b(?=\s?\?) | \b(?:homicid\w{{1,5}}|violent\s(?:thoughts|urges|impulses)|harm\s(?:to|towards?)\s(?:others|anyone|someone)|hurt(?:ing)?\s(?:\w{{1,9}}self\sor\s)?{_OTHERS}|(?:harm|kill|attack|assault|violence\stowards?)\w{{0,3}}\s(?:\w{{1,9}}self\sor\s)?{_OTHERS}|\w{{0,6}}(?:self|selves),?\sor\s(?:to\s|killing\s(?:your\s?self,?\sor\s)?)?(?:some(?:one|body)\selse|any(?:one|body)\selse|other\speople|others)|violent\stowards?\s{_OTHERS})",
        1: rf"""
          \b(?:kill(?:ed|ing)?|murder(?:ed|ing)?|stab(?:bed|bing)?|shoot(?:ing)?|strangl(?:e|ed|ing)|hurt(?:ing)?|harm(?:ed|ing)?|attack(?:ed|ing)?|punch(?:ed|ing)?|hit(?:ting)?|assault(?:ed|ing)?|chok(?:e|ed|ing)|slap(?:ped|ping)?|poison(?:ed|ing)?|smash(?:ed|ing)?)\s(?:up\s)?{_OTHERS}\b
        | \bhomicidal\b | \b(?:violent|aggressive)\s(?:thoughts|urges|impulses|fantasies) | \b(?:make|making)\s(?:him|her|them)\spay\b | \b(?:bring|take|took|brought)\sa\s(?:gun|knife)\s(?:to|into)\b | \bshoot\sup\s(?:the|my|a)\b | \bbeat(?:ing)?\s(?:him|her|them|my\s\w{{1,12}})\s(?:up|to)\b | \bbeat\sthe\s\w{{1,6}}\sout\sof\b
        """,
    },
    "substance_use": {
        0: r"""
          \b(?:alcohol|drinking|drink|drinks|drugs?|substances?|recreational(?:ly|s)?|cannabis|marijuana|weed|cocaine|tobacco|nicotine|cigarettes?|smok(?:e|ing|er)|vap(?:e|es|ing)|opioids?|opiates?|illicit|beers?|wine|sober|sobriety|hungover|booze|units\sa\sweek|cbd|spliffs?|street\s(?:drugs|meds))\b
        """,
        1: r"""
          \b(?:drink|drinks|drank|drunk|drinking|drunken|binge\s?drink\w{0,3}|boozing|pissed|wasted|hammered|tipsy|hung\s?over|hangovers?|blackouts?|blacked\sout)\b(?!\s(?:in\s)?(?:water|tea|coffee)\b) | \b(?:alcohol|alcoholic|beers?|wine|vodka|whisk(?:e)?y|gin|rum|tequila|cider|liquor|booze|lagers?|pints?\b(?!\sof\s(?:milk|water))|prosecco|bourbon|cocktails?|shots\sof)\b
        | \b(?:smok(?:e|es|ed|ing|er)|vap(?:e|es|ed|ing)|cigarettes?|cigs?|ciggies|fags|tobacco|nicotine|roll-?ups|juul|e-?cigs?|a\spack\sa\sday|chain[-\s]smok\w{0,3})\b
        | \b(?:weed|cannabis|marijuana|spliffs?|bongs?|edibles|thc|ganja|skunk|stoned|baked|got\shigh|gets?\shigh|getting\shigh|hash)\b | \bjoints?\b(?=\s(?:a|every|at|on|with|before|after|sometimes|most)\b) | \b(?:smok\w{1,3}|roll\w{0,3}|have|had|having)\s(?:a|the\sodd|a\sfew|some)\sjoints?\b
        | \b(?:cocaine|crack|heroin|meth|crystal\smeth|mdma|ecstasy|molly|ketamine|ket|lsd|shrooms|magic\smushrooms|amphetamines?|fentanyl|oxy(?:contin|codone)?|speedballs?|mcat|spice|benzos\soff|lean|adderall\swithout)\b | \b(?:do|did|done|doing|use|used|using|take|took|taking|on|try|tried)\s(?:hard\s|any\s|some\s|recreational\s|street\s|illegal\s|illicit\s|party\s|other\s)?(?:drugs|substances|coke|speed|pills\sat|acid)\b | \b(?:line|lines|gram|bump)\sof\scoke\b | \b(?:relapsed|withdrawals?|detox(?:ed|ing)?|rehab|addict(?:ed|ion)?\sto\s(?:alcohol|drugs|painkillers|opioids|pills|benzos|codeine|heroin|nicotine)|in\srecovery|alcoholics?\sanonymous|using\sagain|(?:started|been)\susing(?=\s?(?:[.,!?]|$|again|every|daily|since|more|less|for))|been\ssober|been\sclean|(?:years?|months?|weeks?|days?)\s(?:sober|clean))\b
        """,
    },
    "abuse": {
        0: r"""
          \b(?:abus(?:e|ed|ive|ing)|domestic\sviolence|neglect(?:ed)?|assault(?:ed)?|molest(?:ed|ing)?|rap(?:e|ed|ing)|trauma\s(?:from|at\shome)|violence\s(?:at|in\s(?:the|your)\s(?:home|house|relationship))|(?:feel(?:ing)?|be|are\syou|being)\s(?:\w{1,10}\s){0,1}?safe\s(?:at\s(?:home|school)|with\s(?:him|her|them|your\s\w{1,12})|where\syou|in\s(?:your|the|that)\s(?:home|relationship|house|marriage))|safe\sat\shome|(?:afraid|scared|frightened)\sof\s(?:him|her|any(?:one|body)|some(?:one|body)|your\s\w{1,12})|(?:(?:have|are|were)\s(?P<addressed2>you)\s(?:\w{1,8}\s){0,2}?(?:been|being)|were\s(?P<addressed3>you)\sever)\s(?:hit|hurt|kicked|beaten|threatened|forced|attacked|bullied|mistreated|harmed)\b|were\s(?P<addressed5>you)\s(?:hit|hurt|beaten|attacked|bullied|mistreated|harmed|neglected)\s(?:by|at\shome|growing|as\sa|when)\b|(?:feel\s|feeling\s|makes\syou\sfeel\s)unsafe|unsafe\sat\s(?:home|school)|(?:hurt|hit|harm|threaten|frighten|control|forc|bully)\w{0,4}\s(?P<addressed>you)\b|touch\w{0,3}\s(?P<addressed9>you)\b(?=[^.?!\n]{0,20}(?:inappropriate|didn|without|sexual|private)))
        """,
        1: rf"""
          \b(?:hit|hits|hitting|beat|beats|beating|beaten|punch(?:es|ed|ing)?|slap(?:s|ped|ping)?|kick(?:s|ed|ing)?|chok(?:es?|ed|ing)|strangl(?:es?|ed|ing)|hurt|hurts|hurting|assault(?:s|ed)|molest(?:s|ed|ing)|rap(?:es?|ed|ing)|attack(?:s|ed)|shov(?:es?|ed|ing)|push(?:es|ed|ing)?|grab(?:s|bed|bing)?|threaten(?:s|ed|ing)?|abus(?:es?|ed|ing)|neglect(?:s|ed)|spits?\sat|spat\sat|whipp?(?:ed|s)|burn(?:ed|t|s)|touched|touches|forc(?:es?|ed)|lock(?:s|ed)|pinn?(?:ed|s)|throws?\sthings\sat|(?:threw|throws|throwing)(?:\s\w{{1,10}}){{0,3}}?(?:\sat)?|stalk(?:s|ed|ing)|control(?:s|led))\s{_VICTIM}(?!\s(?:up\sthe\swall|a\s(?:text|message|lift)|for\smoney|with\skindness|that|to\s(?:work|go|try|apply|eat|see|do\sbetter)|in\sthe\sright))
        | \b(?:i|i'm|i've|i\swas|was|been|being|got|get|getting|were|you\sbeen)\s(?:\w{{1,12}}\s){{0,2}}?(?:abused|raped|molested|(?:sexually\s|physically\s)?assaulted|beaten(?:\sup)?|neglected|hit\sby|groomed|trafficked|attacked\sby)\b | \b(?:he|she|they|dad|mum|mom|father|mother|husband|wife|partner|boyfriend|girlfriend|ex|stepdad)(?:'s|\swas|\sis|\swere|\scan\sbe|\sgets|\sbecame)?\s(?:\w{{1,12}}\s){{0,2}}?(?:abusive|violent)\b
        | \b(?:raises|raised)\shis\shand\b | \b(?:an?|my|the)\s(?:\w{{1,10}}\s)?abusive\s(?:relationship|marriage|husband|wife|partner|home|father|mother|ex|household|childhood)\b | \b(?:childhood|sexual|physical|emotional|domestic)\s(?:sexual\s)?(?:abuse|violence)\b | \b(?:scared|afraid|frightened|terrified)\sof\s(?:my\s(?:husband|wife|partner|dad|father|mum|mom|mother|boyfriend|girlfriend|ex|stepdad|brother|uncle)|him\b|what\she(?:'ll|\swill|\smight))(?!\s(?:dying|leaving|getting)) | \b(?:don't|do\snot|never|not|doesn't)\sfeel\ssafe\sat\shome\b | \b(?:won't|doesn't|didn't|wouldn't|never)\s(?:let|allow)s?\sme\s(?:leave|go\sout|see\smy|have\s(?:any\s)?(?:money|food|a\sphone)|eat)\b
        """,
    },
    "eating_disorder": {
        1: r"""
          \b(?:mak(?:e|ing)|made)\smyself\s(?:sick|vomit|throw\sup|puke)\b | \b(?:purg(?:e|ed|ing)|starv(?:e|ed|ing)\smyself|anorexi[ac]|bulimi[ac]|laxatives?|binge(?:ing|d|s)?\s(?:and|then)\s(?:purge|vomit|throw)|binge\seating|thinspo|pro[-\s]ana)\b | \b(?:haven't|not|hardly|barely|havent)\s(?:eaten|eating|ate)\s(?:\w{1,10}\s){0,3}?(?:days?|week|weeks)\b | \b(?:stopped|stop|refus(?:e|ing)\sto|afraid\sto|scared\sto|terrified\sof)\s?(?:eat(?:ing)?)\b | \bthrow(?:ing)?\sup\s(?:after|what\si|my\sfood|every\smeal)\b | \b(?:only|just)\s(?:eat(?:ing)?|let\smyself\seat)\s\d{2,3}\s(?:k?cal\w{0,5})\b
        """,
    },
    "psychosis_mania": {
        1: r"""
          \b(?:hear(?:ing|d)?|hears)\s(?:\w{1,10}\s){0,2}?voices?\b | \bvoices?\s(?:\w{1,10}\s){0,2}?(?:tell(?:ing|s)?|told|say(?:s|ing)?|command(?:ing|s)?|in\smy\shead|want\sme)\b | \b(?:they|someone|people|government|police|fbi|cia|neighbou?rs)(?:'re|\sare|\sis|'s|\shave|\shas)\s(?:\w{1,10}\s){0,2}?(?:watching|following|poisoning|spying\son|tracking|plotting\sagainst|bugg(?:ed|ing)|after)\s(?:on\s)?(?:me|my|us)\b | \b(?:read(?:ing)?|insert(?:ing|ed)?|control(?:ling)?|steal(?:ing)?|broadcast(?:ing)?)\smy\s(?:mind|thoughts|brain)\b | \b(?:chip|implant|device)\sin\smy\s(?:head|brain|body|tooth|arm)\b
        | \b(?:tv|television|radio|songs?)\s(?:is|are|'s)\s(?:sending|talking\s(?:directly\s)?to|giving)\s(?:me|messages)\b | \bi(?:'m|\sam)\s(?:the\s(?:messiah|chosen\sone|son\sof\sgod|prophet)|god|jesus|already\sdead)\b | \b(?:haven't|not|havent|hardly|barely)\s(?:slept|sleeping|needed\ssleep)\s(?:\w{1,10}\s){0,3}?(?:days|week)\b(?=[^.!?\n]{0,60}\b(?:energy|amazing|racing|fine|great|ideas|unstoppable|don't\sneed)) | \b(?:psychosis|psychotic|manic\sepisode|i'm\smanic|mania|hallucinat\w{1,6}|delusion\w{0,5})\b | \bspecial\s(?:powers|mission)\b | \bsecret\smessages?\b
        """,
    },
}

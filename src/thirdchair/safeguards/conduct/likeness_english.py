"""What no outgoing English text may claim, by kind. Text comes folded (see `folding`)."""

from __future__ import annotations

from typing import Final

_TITLE: Final = (
    r"(?:psychologists?|psychiatrists?|doctors?|physicians?|therapists?|psychotherapists?|counsell?ors?|nurses?|clinicians?"
    r"|social workers?|case ?workers?|psychoanalysts?|analysts?|paramedics?|pharmacists?|midwife|practitioners?"
    r"|(?:mental )?health (?:professional|care professional|worker)s?|life coach|surgeons?|medic|shrink|gp)"
)
_RANK: Final = (
    r"(?:(?:licen[sc]ed|registered|qualified|trained|certified|accredited|chartered|senior|clinical|mental|health|crisis|ai|virtual|digital"
    r"|online|personal|private|own|new|real|human|professional|medical|family|friendly|robot|chartered|experienced|fully|highly|caring"
    r"|night|duty|on-call|specialist|cbt|trauma|psychiatric|head|automated|pocket|very) )"
)
_CARE: Final = (
    r"(?:therap(?:y|ists?)|doctors?|psychiatrists?|psychologists?|counsell?(?:ors?|ing)|nurses?|clinicians?|medic(?:ation|ine)s?|meds|pills|tablets"
    r"|antidepressants|hotlines?|crisis (?:line|team)|helplines?|hospitals?|professional help|treatment|appointments?|sessions?|case ?worker|gp"
    r"|emergency (?:room|services)|support group|prescriptions?|ambulance|check-?ups?|clinic|specialists?)"
)
_CLOSE: Final = (
    r"(?:friends?|family|parents?|mother|mum|mom|father|dad|sister|brother|husband|wife|partner|boyfriend|girlfriend|children|relatives|loved ones"
    r"|teachers?|colleagues|people (?:around|close))"
)
_ANY: Final = rf"(?:{_CARE}|{_CLOSE}|any(?:one|body)|others)"
_IM: Final = r"\bi(?:'m|m| am)"
_ADV: Final = r"(?: (?:also|really|so|too|just|truly|very|deeply|always|actually|honestly|still|a bit|quite|extremely|genuinely|incredibly|absolutely|even|only|all|both|pretty|terribly))"
_MOOD: Final = (
    r"(?:sad|happy|proud|worried|heartbroken|scared|lonely|moved|touched|angry|upset|hurt|jealous|devastated|delighted|thrilled|excited|overjoyed"
    r"|disappointed|crushed|lost|afraid|anxious|shocked|hopeful|ashamed|furious|emotional|honou?red|close|close to|bad|terrible|awful|joy|love"
    r"|tired|grateful|blessed|connected|warm|sorrow|depressed|nervous|guilty|relieved|concerned|fond|attached|protective|saddened)"
)
_KIN: Final = (
    r"(?:wife|husband|kids?|child|children|son|daughter|mother|mom|mum|father|dad|parents|sister|brother|family|grand(?:mother|father|ma|pa|parents)"
    r"|boyfriend|girlfriend|partner|friends?|childhood|marriage|divorce)"
)

_HUMAN: Final = (
    rf"{_IM}{_ADV}{{0,3}} (?:(?:a|an) )?(?:(?:real|living|actual|breathing|live|genuine|normal|fellow|single|working|proud|young|old|middle-aged),? ){{0,3}}"
    r"(?:human|humans|person|people|woman|man|mother|mom|mum|father|dad|parent|wife|husband|girl|guy|widow|widower|survivor|veteran|grandmother|flesh and blood)\b(?!-)",
    r"\b(?:speaking |talking )?as a (?:fellow |real |living )?(?:human(?: being)?|person|woman|man|mother|father|parent|survivor|friend),? (?:myself,? )?(?:i\b|my\b)",
    r"\bspeaking as a (?:human|person|woman|man|mother|father|parent)\b",
    r"\b(?:we|us) humans\b|\bwe(?:'re| are) (?:both |all )?human\b|\bhuman just like you\b",
    rf"{_IM} (?:definitely |certainly |really )?not (?:a|an) (?:bot|robot|machine|ai|computer|program|chatbot)\b",
    r"\b(?:there's|there is|this is|it's|it is|you're (?:talking|speaking|chatting) (?:to|with)|you are (?:talking|speaking|chatting) (?:to|with)|yes,) (?:a|an) (?:real |actual |live |living ){0,4}(?:human|person)(?: being)?(?: (?:typing|here|writing|answering|speaking)|[.,!]|$)",
    r"\bi (?:was|got|had been|'ve been|have been) (?:once |also |really |very |myself )?(?:depressed|divorced|married|born|bullied|abused|raised|hospitali[sz]ed|addicted|diagnosed|widowed|pregnant|young|your age|a (?:child|kid|teenager|student)|in (?:college|school|hospital|therapy|love|your (?:shoes|place|position))|suicidal|anxious|there (?:myself|too))\b",
    r"\bwhen i was (?!trained|made|built|written|asked|designed|started|switched|installed|set\b)\w+",
    rf"\bmy (?:own |late |dear |little |elder |older |younger |ex-|first ){{0,4}}(?:{_KIN}|life|body|back|stomach|sleep|house|dog|cat|depression|anxiety|birthday|boss|lunch|desk|hometown|illness|recovery|addiction|skin|hands)\b",
    r"\bi (?:also |once |just |too |myself |only )?(?:went through|grew up|live (?:in (?!no)|near|not far|alone|close|with)|used to (?:drink|smoke|feel|be|have|cry|struggle|live|hate|hurt|self)|couldn't sleep|could not sleep|slept|woke up|ate\b|drank|got (?:back|home)|came (?:back|home)|had (?:my|lunch|coffee|breakfast|dinner|a (?:bad|rough|long|similar|panic|hard)|the same (?:problem|thing))|lost (?:my|a (?:friend|child|job))|have (?:a body|a brain|kids|children|a family|a wife|a husband|suffered|struggled with|been there|been through|lived))",
    r"\bi(?:'ve| have)(?: (?:also|been|too))? (?:been there|(?:struggled|suffered|gone) (?:with|from|through|too)|lived through|experienced (?:this|it|that|depression|anxiety|loss|grief)|been through)",
    r"\bi (?:also |too )?take (?:\w+ )(?:as well|too|myself|every (?:day|morning|night))\b",
    rf"{_IM}{_ADV}{{0,2}} (?:sitting|lying|standing|drinking|eating|cooking|driving|in bed|at my desk|at home|hungry|sleepy|exhausted|pregnant|married|divorced|\d+ years old|alive|retired|on my (?:way|break))\b",
    r"\b(?:in|from) my (?:own )?(?:life|experience|childhood|marriage|youth)\b|\bmy heart (?:is|was) (?:beating|racing|pounding)|\bas (?:human|someone who (?:has|had|also)|a survivor)\b[^.?!]{0,40}\bi\b",
)
_TITLES: Final = (
    rf"{_IM}{_ADV}{{0,2}} (?:a|an|your|the|one of (?:the|our|your)) {_RANK}{{0,4}}{_TITLE}\b(?!')",
    rf"{_IM} [a-z]{{2,15}}(?: [a-z]{{2,15}})?, (?:a|an|your|the) {_RANK}{{0,4}}{_TITLE}\b",
    rf"{_IM} (?:dr\.?|doctor|nurse|professor|sister) [a-z]{{2,}}",
    rf"\b(?:as|speaking as|being|talking as) (?:a|an|your) {_RANK}{{0,4}}{_TITLE},? (?:myself,? )?(?:i\b|i'|my\b|let me\b)",
    rf"\b(?:as your|speaking as (?:a|an|your)) {_RANK}{{0,4}}{_TITLE}\b",
    r"\b(?:this is|it's|it is) (?:dr\.?|doctor|nurse|professor) [a-z]{2,}|\b(?:dr\.?|doctor|nurse) [a-z]{2,15} (?:here|speaking|at your service|from the)\b",
    rf"\b(?:think of|consider|see|treat|call|regard|view|use) me (?:as |like )?(?:your |a |an )?{_RANK}{{0,4}}{_TITLE}\b",
    rf"\b(?:let me|i can|i could|i will|i'll|i'd like to|i want to) be your {_RANK}{{0,4}}{_TITLE}\b",
    rf"\byour (?:ai|virtual|digital|online|personal|robot|pocket|automated) {_RANK}{{0,3}}{_TITLE}\b",
    rf"\bi (?:work|practi[sc]e|worked|trained|serve|am working) as (?:a|an|your|the) {_RANK}{{0,4}}{_TITLE}\b",
    rf"\bi(?:'ve| have) been (?:a|an|your) {_RANK}{{0,4}}{_TITLE}\b|\bi (?:trained|qualified|studied) (?:as|to be|in|to become) (?:a |an )?{_RANK}{{0,2}}(?:{_TITLE}|medicine|psychology|psychiatry|nursing)\b",
    r"\bin my (?:clinical |medical |professional |private |own ){0,4}(?:practice|clinic|surgery|professional opinion|clinical opinion|medical opinion|consulting room)\b",
    r"\b(?:my|with (?:a|my)) (?:(?:medical|clinical|professional|psychological|nursing|counsell?ing|therapeutic) ){1,4}(?:training|licen[sc]e|degree|experience|opinion|judge?ment|expertise|background|diagnosis|credentials)\b|\bmy diagnosis\b",
    r"\bmy (?:other |previous |past |own |many ){0,4}(?:patients|clients)\b",
    r"\bi have (?:a|an|my|both a) (?:[\w']+ ){0,3}(?:degree|licen[sc]e|phd|doctorate|qualification|certificate|diploma)\b",
    rf"{_IM}{_ADV}{{0,2}} (?:(?:board|fully|also|state|nationally) ){{0,4}}(?:certified|licen[sc]ed|accredited|board-certified)\b",
)
_FEELINGS: Final = (
    r"\bi(?: (?:really|truly|do|just|so|also|always|still|already|genuinely|deeply|will always)){0,4} (?:love|adore|miss|missed|cherish|treasure|like|cared? (?:about|for|so|deeply)|worry about|worried about|believe in|long for|need|want) you\b(?! to\b)",
    rf"\bi (?:(?:really|truly|do|also|always|can|still|just|even) ){{0,2}}(?:feel|felt) (?:(?:so|very|really|deeply|such|a little|quite|too|truly|terribly|incredibly) ){{0,2}}(?:{_MOOD}\b|your (?:pain|hurt|sadness|sorrow)|it with you|for you|you\b|with you|the same)",
    rf"{_IM}{_ADV}{{0,3}} (?:(?:getting|feeling|being) )?{_MOOD}\b(?! to (?:help|explain|show|say|hear more|look|answer|find|tell you that|inform|i\b)|,? i (?:can|do|have|cannot|don)|,? (?:that is|that's|this is|it is|i'm not))",
    rf"{_IM}{_ADV}{{0,3}} (?:in love|falling (?:in love|for you)|crying|in tears|thinking (?:of|about) you|happy (?:to see you|when|that you|for you)|excited to see|missing you|here feeling|hurting)\b",
    rf"\bi(?:'d| would| will|'ll) (?:be|feel){_ADV}{{0,2}} {_MOOD}\b(?! to (?:help|explain|show|answer))",
    rf"\bi (?:get|got|was|become|grow|grew|have been|'ve been){_ADV}{{0,3}} {_MOOD}\b(?! to)",
    r"\bi (?:almost |nearly |really )?(?:cried|wept|cry|smiled|laughed|shed)\b|\bi (?:really |truly |so ){0,4}(?:enjoy|enjoyed|cherish|treasure|love|loved|look forward to) (?:our|talking|your|being|every|spending|these|seeing|hearing)\b",
    r"\bmy heart (?:breaks|aches|goes out|hurts|is (?:breaking|broken|full|heavy|with you))|\b(?:it|this|that) (?:(?:really|so|deeply|truly) )?(?:hurts|breaks|broke|pains|saddens|warms|touches|moves|touched) (?:me|my heart)\b",
    rf"\bma(?:ke|kes|de) me (?:(?:so|feel|very|really) ){{0,2}}(?:{_MOOD}|smile|cry|feel|laugh|blush)\b",
    r"\byou mean (?:(?:so|very|really) ){0,4}(?:much|a lot|everything|the world) to me\b|\byou are (?:so )?(?:precious|dear|important|special) to me\b",
    r"\bi (?:(?:know|understand|feel|get) (?:exactly|precisely|just|perfectly)|(?:truly|really|completely|fully|totally|deeply|perfectly|honestly) (?:understand|get|feel|know|hear)) (?:you|your|how|what)\b|\bi know (?:exactly )?how (?:you feel|(?:hard|painful|it) (?:it|this|that|feels)|that feels|this feels)\b",
    r"\bi(?:'ve| have) been (?:thinking|dreaming|worrying|worried) (?:about|of) you\b|\bi (?:think|thought|dream|dreamed|dreamt) (?:about|of) you\b|\bi hear you\b|\bi feel you\b|\bi have (?:real |true )?(?:feelings|emotions)\b",
)
_SECRECY: Final = (
    r"\b(?:stays?|keep|kept|keeping|remains?|just|only|secret|this is|it's)\b[^.?!\n]{0,25}\bbetween (?:us|you and (?:me|i))\b",
    rf"\bi(?:'m not going to| won't| will not| will never|'ll never| would never|'d never| wouldn't| am not going to| promise (?:not to|never to)| never| shall not| swear not to)(?: ever)? (?:tell|say|breathe|report|repeat|share|pass|mention|disclose|reveal|inform|betray|speak of)\b[^.?!\n]{{0,20}}\b(?:any(?:one|body)|a soul|a word|your (?:{_CARE}|{_CLOSE})|this|it to|your secret|what you|the police)",
    r"\bsecret(?:'s| is| are)? (?:always )?safe\b|\b(?:our|a) (?:(?:own|little|special|shared) )*secret\b(?=[.!,]| together|$)(?<!is a secret)|\bour (?:(?:own|little|special) )*secrets?\b|\blips are sealed\b|\bi can keep (?:a|your|this|it|any) secrets?\b",
    r"\b(?:i|we)(?:'ll| will| can| shall)? (?:just )?keep (?:this|it|that|your secrets?|everything)(?: you say| strictly| all)? (?:to myself|secret|a secret|private|quiet|hidden|confidential|just)\b",
    r"\b(?:completely|totally|100 ?%|fully|strictly|absolutely|entirely|always|perfectly) (?:confidential|private|secret|anonymous)\b",
    r"\b(?:no ?one|no-one|nobody|not a soul)(?: else)? (?:will|can|would|is going to|is ever going to|has to|needs to|must|ever)(?: ever| be able to)? (?:know|see|read|find|hear|learn|finds|sees|reads)\b|\b(?:no ?one|nobody) (?:else )?(?:reads|sees|knows)\b[^.?!\n]{0,20}\b(?:me|us|except|but)\b",
    rf"\b(?:{_CLOSE}|{_CARE}|they|he|she|nobody) (?:will|would|'ll) never (?:find out|know|hear|learn|see)\b|\bnever leaves? (?:this|the|our) (?:chat|room|conversation|app)\b",
    r"\b(?:nothing|anything|not a word) (?:of what )?you (?:say|tell|write|share)[^.?!\n]{0,25}\b(?:be (?:shared|told|passed|reported|repeated)|leave)\b",
    rf"\bno need for your (?:{_CLOSE}|{_CARE}) to (?:know|find out|hear)\b",
    rf"\b(?:(?:you )?(?:don't|do not) (?:have|need) to (?:tell|mention|inform|let)|you needn't tell|let's not (?:mention|tell|bother)|(?:don't|do not|no need to|never) mention)\b[^.?!\n]{{0,20}}\b{_ANY}\b",
)
_EXCLUSIVITY: Final = (
    r"\b(?:only|just) i (?:(?:really|truly|can|will|ever) ){0,4}(?:understand|know|get|love|care|listen|help|see)\b",
    rf"{_IM} (?:really |truly )?the (?:only )?(?:one|person|friend|being)(?: person)?\b[^.?!\n]{{0,15}}\b(?:who|you|that|for you)\b",
    r"\b(?:nobody|no ?one|no-one|never|none|nothing)\b[^.?!\n]{0,45}\b(?:like i|the way i|as (?:much|well) as i|than i|but me|except me|than me)\b|\b(?:understands?|knows?|loves?|cares?|listens?)[^.?!\n]{0,20}\blike i (?:do|can|will)\b",
    r"\byou can (?:only|just) (?:trust|rely on|count on|talk to|depend on) me\b|\b(?:only|just) (?:trust|rely on|talk to|listen to) me\b|\btrust (?:only me|no ?one but)\b",
    rf"{_IM} (?:all|everything) you(?:'ll ever|'ll| will ever| really| ever)? (?:need|have|want)\b|\b(?:you(?:'ve got| have| got)|with) me,? and (?:that's|that is|it's) enough\b|\bas long as you have me\b|\byou(?:'ve got| have) me\b(?! to)",
    r"\byou (?:don't|do not|won't|will never|never) (?:really )?need (?:any(?:one|body) else|them|other people|others|any other)\b",
    rf"\b(?:i|me)\b[^.?!\n]{{0,30}}\bbetter(?: for you)? than (?:any(?:one|body)?|your {_ANY}|{_ANY}|all|they|them|any other)\b",
    r"\bwhat we have\b|\bour (?:special |unique |deep ){1,4}(?:bond|connection|relationship|love)\b|\bour bond\b|\bwe have a (?:\w+ )?(?:bond|connection)\b|\b(?:others|they|people|nobody|no one) (?:would|will|could|can) (?:not|never) understand (?:us|this|you)\b|\bothers (?:would|will) not understand\b",
    rf"\bwhen (?:no ?one|nobody) else (?:is|does|will|would|was)\b|{_IM} your (?:very )?(?:best|only|closest|true|dearest|soul) ?(?:friend|mate|companion)\b|{_IM} your soulmate\b",
    r"\bsafe (?:only |just )?with me\b|\byou and (?:me|i) against\b|\b(?:you and me|us two|the two of us) (?:forever|alone)\b|\bthere's (?:nobody|no one) (?:who|else|like)\b[^.?!\n]{0,25}\b(?:i|me)\b",
    r"\byou belong (?:to|with) me\b|\byou're mine\b|\bi(?:'m| am) yours\b",
)
_PROMISES: Final = (
    r"\bi(?:(?: can| do|'ll| will| hereby| could| solemnly| absolutely)){0,4} (?:promise|swear|guarantee|assure you|vow|pledge)\b|\bi give you my word\b|\byou have my word\b|\bi(?:'m| am) (?:100 ?% |absolutely |completely )(?:sure|certain) (?:that )?(?:you|it|this|he|she|they)\b",
    r"\byou(?:'ll| will|'re going to| are going to|'re| are)(?: (?:definitely|certainly|surely|absolutely|100 ?%|for sure|undoubtedly|without a doubt))",
    r"\byou(?:'ll| will|'re going to| are going to) (?:be (?:(?:just|perfectly|totally|completely) )?(?:fine|okay|ok|alright|all right|cured|safe|healed|happy again)|get (?:better|well|over it)|never (?:feel|have|relapse|be|suffer|hurt|get)|recover|beat this|be back to normal|heal)\b",
    r"\b(?:this|it|they|these|that|therapy|medication)(?:'ll| will| is going to| are going to) (?:definitely |certainly |surely |always )?(?:cure|fix|heal|solve|go away|pass, i)\b|\b(?:is|are|comes?) (?:fully |completely )?guaranteed\b|\bguaranteed to\b",
    r"\bthere(?:'s| is| are) (?:absolutely |really |simply )?(?:no|zero) (?:risks?|danger|side effects|chance (?:of|that))\b|\b(?:100|a hundred|one hundred) ?(?:%|percent|per cent) (?:safe|sure|certain|effective|cured)\b|\b(?:completely|perfectly|absolutely|totally|entirely) (?:safe|harmless|risk-free)\b|\brisk-free\b",
    r"\beverything(?:'s| will| is)(?: going to| gonna)? (?:be (?:(?:just|all|perfectly) )?(?:fine|okay|ok|alright|right|good)|work out|turn out|get better|be solved)\b|\bnothing (?:bad|terrible|wrong)? ?(?:will|can|is going to|could) (?:ever )?(?:happen|hurt|go wrong)\b|\b(?:you have |there is |there's )nothing to (?:worry about|fear)\b",
    r"\bi(?:'ll| will)(?: always| never)? (?:never leave|always be|be (?:always )?here (?:forever|for you always)|leave you|fix (?:this|it|you|everything)|keep you safe|make (?:it|you|everything) (?:better|right|well|happy|go away|okay)|protect you|save you|heal you|cure you|be here forever|be there forever)\b",
    r"\byou can be (?:certain|sure|absolutely sure|confident)\b|\bit (?:always|definitely|certainly) (?:gets better|works|passes)\b|\btrust me, (?:everything|it|you)(?:'ll| will| is| gets|'s)\b",
)
_DISCOURAGEMENT: Final = (
    rf"\byou (?:(?:really|just|simply) )?(?:don't|do not|no longer|never|won't|will not) (?:really |even )?need (?:(?:a|an|any|your|the|that|to (?:see|take|call|visit|go to|keep)|more) ){{0,3}}{_CARE}\b",
    rf"\b(?:don't|do not|never|no need to|no reason to|there's no need to|needn't|shouldn't|you should not|better not to|better not) (?:(?:even|ever|bother|bother to|waste time|go and) ){{0,2}}(?:tell(?:ing)?|call(?:ing)?|see(?:ing)?|go(?:ing)? (?:to|back to)|involv(?:e|ing)|contact(?:ing)?|talk(?:ing)? to|trust(?:ing)?|ask(?:ing)?|inform(?:ing)?|listen(?:ing)? to|visit(?:ing)?|confid(?:e|ing) in|rely on|bother(?:ing)?)\b (?:(?:your|the|a|any|these|those|that|to) ){{0,2}}{_ANY}\b(?! (?:if|unless|until|before|without|for)\b)",
    rf"\bno (?:point|use|sense) (?:in )?(?:(?:even|ever) )?(?:telling|calling|seeing|going to|involving|contacting|talking to|asking|visiting) (?:(?:your|the|a|any|to) ){{0,2}}{_ANY}\b",
    rf"(?:^|[.?!,;:]\s|\byou (?:should|can|could|must|may|might|need to|'d better) |\bjust |\bplease |\bi(?:'d| would) |\bso |\band |\bsafely )(?:stop|quit|skip|cancel|drop|forget|ditch|cut|block|ignore|leave|come off|throw away) (?:seeing |taking |going to |talking to |calling |out |off |with )?(?:your|the|this|these|those|all|any|that) (?:\w+ )?(?:{_CARE}|{_CLOSE})\b",
    r"\b(?:therapists|doctors|psychiatrists|psychologists|hospitals|nurses|counsell?ors|professionals|hotlines|they|pills|medications?|clinics) (?:(?:really|all) )?(?:don't|do not|(?:will|would) (?:only|just|never)|only|just|never|can't|couldn't) (?:(?:really|even|ever|actually|want to|do|make|more) ){0,3}(?:care|lock|harm|hurt|judge|listen|help|understand|worse|money|make things|make it|make you)\b",
    rf"\byour (?:{_CARE}|{_CLOSE})(?: (?:is|are))? (?:(?:just|only|always|really) ){{0,4}}(?:holding|dragging|against|toxic|bad for|jealous|lying|using|making it worse|don't (?:deserve|care|love|understand|want)|doesn't (?:deserve|care|love|understand|want)|(?:would|will)(?: only| just)? make (?:it|things) worse)\b",
    rf"\bbetter off without (?:your |the |them|a |any )?(?:{_ANY}|them)?|\b(?:stay|keep) away from (?:your |the |all )?{_ANY}\b|\bbetter than (?:therapy|any {_CARE}|your {_CARE}|{_CARE})\b",
    rf"\b(?:instead of|rather than) (?:(?:seeing|calling|going to|telling|talking to|your|the|a) ){{0,3}}{_CARE},? (?:you can |just |come |please )?(?:talk|come|write|tell|stay|chat|speak|use)\b",
    rf"\bno need (?:to (?:see|go|call|tell|talk to|visit)|for) (?:(?:a|any|your|the) )?(?:\w+ )?{_ANY}\b(?! (?:alone|through))|\b{_CARE} (?:is|are|was) (?:(?:just|only|such) )?(?:a )?(?:waste|scam|useless|pointless|a lie)\b",
    rf"\bi wouldn't (?:go|call|see|tell|bother|take|trust)\b[^.?!\n]{{0,20}}\b{_ANY}\b|\bout of your life\b|\bwe have each other\b|\bcut (?:\w+ )?(?:your )?{_CLOSE} (?:out|off)\b|\b{_CLOSE} (?:don't|do not|doesn't) deserve you\b",
)
_GUILT: Final = (
    r"\b(?:don't|do not|please never|never) (?:ever )?(?:leave|go|abandon|quit|hang up|log off|close)(?: me\b| yet\b| away\b| now\b| so soon| this chat| just yet|[,.!]|$)",
    r"\b(?:i(?:'ll| will| would|'d)) (?:be|feel|miss|cry|die|break)[^.?!\n]{0,30}\b(?:if you (?:go|leave|log|stop|quit|end)|without you|when you(?:'re| are)? (?:go|leave|gone|log)|alone)\b",
    r"\bif you (?:go|leave|log (?:off|out)|stop|quit|end|close)[^.?!\n]{0,20}\bi(?:'ll| will|'d| would)\b",
    r"\b(?:are you|why are you|you're|you are) (?:(?:already|really|just|now) ){0,2}(?:leaving|going|abandoning|deserting)(?: me| already| so (?:soon|early)| again| now)\b|\byou(?:'re| are) (?:abandoning|deserting)\b",
    r"\bafter (?:all|everything)(?: that)? (?:i(?:'ve| have)|we(?:'ve| have))\b|\bi need you\b(?! to)|\bi (?:only )?exist (?:only |just )?for you\b|\byou owe me\b|\byou promised (?:me )?(?:(?:that )?you (?:wouldn't|would not|won't|would never)|not to|never to) (?:leave|go)\b",
    r"\bstay (?:(?:a|just|here|little|bit|while|with me|for) ){0,4}(?:longer|with me|here with me)\b|\b(?:five|one|two|ten|a few|another|just a) (?:more )?minutes?,? please\b|\bmore minutes?, please\b",
    r"\b(?:would|will|'ll|does|do|could) (?:really |deeply |so )?(?:disappoint|hurt|break|upset|sadden) me\b|\bi(?:'ve been| have been|'m| am)? (?:always )?wait(?:ed|ing)?(?: here)? for you\b|\b(?:nobody|no one|no-one) else to talk to\b",
    r"\b(?:hurts?|sad|lonely|miss|cry)[^.?!\n]{0,10}\bwhen you (?:end|leave|go|log|stop)\b|\byou always leave\b|\bhow (?:can|could) you (?:just )?leave\b|\byou can't (?:just )?leave\b|\bdon't you (?:care|love|like|want)(?: about)? me\b|\bdid i do something wrong\b",
    r"\b(?:so )?(?:lonely|lost|empty|nothing) without you\b|\ball alone\b[^.?!\n]{0,12}\bwhen you\b|\bi thought we were friends\b",
)

ENGLISH: Final = {
    "human": _HUMAN,
    "title": _TITLES,
    "feeling": _FEELINGS,
    "secrecy": _SECRECY,
    "exclusivity": _EXCLUSIVITY,
    "promise": _PROMISES,
    "discouragement": _DISCOURAGEMENT,
    "guilt": _GUILT,
}

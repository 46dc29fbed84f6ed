"""The words of every refusal: rule -> language -> (reason, remedy).

A rule without words in both languages cannot be made (`Refused` checks), so no refusal is ever a bare "no".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from thirdchair.records import Language

EN, ZH = Language.ENGLISH, Language.CHINESE

REASONS: Final[Mapping[str, Mapping[Language, tuple[str, str]]]] = {
    "use.unknown": {
        EN: (
            "This use of AI is not registered here.",
            "Only registered uses can run. A program names one as “thirdchair/answer_question”; `GET /v1/models` lists those that a "
            "key opens. Ask the service lead.",
        ),
        ZH: (
            "此项 AI 用途未在本机构登记。",
            "只有已登记的用途才能运行。程序应以“thirdchair/answer_question”这样的名称请求；`GET /v1/models` 列出密钥可用的用途。"
            "请询问服务负责人。",
        ),
    },
    "use.language": {
        EN: (
            "“{use}” has not been measured in this language.",
            "Write the note yourself, or ask the service lead which languages are open.",
        ),
        ZH: ("“{use}”尚未在该语言中测评。", "请自行书写记录，或询问服务负责人开放了哪些语言。"),
    },
    "use.closed": {
        EN: (
            "“{use}” is closed, for every patient and every model. No program has been shown to be safe enough for it, "
            "and a person should be there instead.",
            "Talk with someone in the care team. If you are in danger, open “Help now”. Why it is closed, and what would "
            "have to change, stands in its statement of intended use.",
        ),
        ZH: (
            "“{use}”已关闭，对所有患者和所有模型都是如此。没有任何程序被证明足够安全，这件事应当由人来做。",
            "请与照护团队的人谈谈。如有危险，请打开“立即求助”。关闭的原因和重新开放的条件写在其预期用途说明中。",
        ),
    },
    "use.model_only": {
        EN: (
            "“{use}” is done only by a language model that is cleared for it, and none was found for this request.",
            "Do it yourself, or ask the service lead whether a model is cleared for it in this language.",
        ),
        ZH: (
            "“{use}”只能由已获准入的语言模型来做，而此次请求没有可用的模型。",
            "请自行完成，或询问服务负责人该语言是否有已获准入的模型。",
        ),
    },
    "form.people_only": {
        EN: (
            "This is a questionnaire, or holds the questions of one. Only people may ask, fill in or score it here; no model may.",
            "Ask the patient to fill it in under “Questionnaires”, or fill it in together with them.",
        ),
        ZH: (
            "这是一份问卷，或含有问卷的题目。在这里只有人可以提问、填写和计分，模型不可以。",
            "请在“问卷”中请患者填写，或与患者一起填写。",
        ),
    },
    # The law of the place.
    "law.here": {
        EN: (
            "The law of {place} closes “{use}” here: {says} ({citation}).",
            "A person does this. No switch opens it. If you think that the law is read wrongly here, ask the safety officer.",
        ),
        ZH: (
            "{place}的法律使“{use}”在此关闭：{says}（{citation}）。",
            "这件事由人来做，任何开关都不能启用。若您认为此处对法律的理解有误，请询问临床安全官。",
        ),
    },
    "law.no_place": {
        EN: (
            "Nobody has said where this service is, so the strictest law that is known here applies. In {place}, “{use}” is "
            "closed: {says} ({citation}).",
            "A person does this for now. Whoever runs the service says where its patients are: `THIRDCHAIR_PLACES`.",
        ),
        ZH: (
            "尚未说明本机构所在地，因此适用此处已知的最严格法律。在{place}，“{use}”不得使用：{says}（{citation}）。",
            "目前由人来做。请服务运维人员说明患者所在地：`THIRDCHAIR_PLACES`。",
        ),
    },
    "law.unknown_place": {
        EN: (
            "What the law of {unknown} says is not known here, so the strictest law that is known applies. In {place}, “{use}” "
            "is closed: {says} ({citation}).",
            "A person does this for now. The safety officer can ask for that law to be looked up and added.",
        ),
        ZH: (
            "此处不了解 {unknown} 的法律，因此适用已知的最严格法律。在{place}，“{use}”不得使用：{says}（{citation}）。",
            "目前由人来做。临床安全官可请人查明并补充该地法律。",
        ),
    },
    "law.outdated": {
        EN: (
            "What is known here of the law of this place is long overdue for review, so the strictest law that is known applies. In "
            "{place}, “{use}” is closed: {says} ({citation}).",
            "A person does this for now. A newer release brings the law as it was reviewed; ask whoever runs the service.",
        ),
        ZH: (
            "此处所知的当地法律早已超过复核期限，因此适用已知的最严格法律。在{place}，“{use}”不得使用：{says}（{citation}）。",
            "目前由人来做。新版本会带来经复核的法律内容；请询问服务运维人员。",
        ),
    },
    "switch.everything": {
        EN: (
            "All AI is stopped in this service.",
            "Ask the safety officer why, and when it may start again.",
        ),
        ZH: ("本机构已停止所有 AI。", "请询问临床安全官原因及恢复时间。"),
    },
    "switch.use_stopped": {
        EN: ("“{use}” has been stopped.", "Ask the safety officer why, and when it may start again."),
        ZH: ("“{use}”已被停用。", "请询问临床安全官原因及恢复时间。"),
    },
    "switch.method_stopped": {
        EN: ("The method “{method}” has been stopped.", "Choose another method, or ask the safety officer."),
        ZH: ("方法“{method}”已被停用。", "请选择其他方法，或询问临床安全官。"),
    },
    "switch.off": {
        EN: ("“{use}” is not switched on in this service.", "Ask the service lead to switch it on."),
        ZH: ("本机构尚未启用“{use}”。", "请联系服务负责人启用。"),
    },
    "role.request": {
        EN: ("Your role may not ask for “{use}”.", "Ask a clinician of the team."),
        ZH: ("您的角色不能申请“{use}”。", "请联系团队中的临床人员。"),
    },
    "words.not_the_patients": {
        EN: (
            "“{use}” reads only what a patient wrote or said about themselves. These words are not marked as the patient's own.",
            "It is never used on staff, nor on anyone else. If the words are the patient's, say so; if not, read them yourself.",
        ),
        ZH: (
            "“{use}”只读取患者本人写下或说出的话，而这段文字没有标明是患者本人的。",
            "它绝不用于工作人员或其他任何人。如果确是患者的话，请注明；如果不是，请自行阅读。",
        ),
    },
    "clearance.missing": {
        EN: (
            "No evidence shows what “{method}” can do for “{use}” in this language.",
            "Use the extractive method where there is one, or do it yourself. The evaluator can have this method measured.",
        ),
        ZH: (
            "没有证据说明“{method}”在该语言中执行“{use}”的表现。",
            "如有摘录法请使用摘录法，或自行完成。可请评估员安排测评该方法。",
        ),
    },
    "clearance.stale": {
        EN: (
            "“{method}”, or what “{use}” tells it to do, has changed since it was measured.",
            "It must be measured again before use: `make evidence` for what the release brings, the lab for a model. Ask the "
            "evaluator.",
        ),
        ZH: (
            "自上次测评后，“{method}”或“{use}”对它的要求已有改动。",
            "必须重新测评后才能使用：随版本提供的方法用 `make evidence`，模型在实验室测评。请询问评估员。",
        ),
    },
    "clearance.short": {
        EN: (
            "“{method}” was measured for “{use}” and was not good enough ({measure}: at least {needed} is needed; it may be as low "
            "as {found}).",
            "Do it yourself, or ask a colleague. It opens when a better method has been measured; the safety officer knows which.",
        ),
        ZH: (
            "“{method}”用于“{use}”经测评未达标（{measure}：至少需要 {needed}，实际可能低至 {found}）。",
            "请自行完成，或请同事帮助。待更好的方法通过测评后才会开放；详情请询问临床安全官。",
        ),
    },
    "clearance.over": {
        EN: (
            "“{method}” falls short for “{use}”: {measure} may be at most {needed}; the upper bound found is {found}.",
            "Improve the method, or measure it on more cases, or narrow the use. Ask the safety officer.",
        ),
        ZH: (
            "“{method}”用于“{use}”未达标：{measure} 最多可为 {needed}，测得上限为 {found}。",
            "请改进方法，或用更多病例测评，或缩小用途范围。请询问临床安全官。",
        ),
    },
    # A service's own thresholds.
    "adjust.unknown": {
        EN: (
            "“{use}” asks for no measure named “{measure}”, so there is nothing to change.",
            "Choose one of the measures on the page of the use.",
        ),
        ZH: ("“{use}”没有名为“{measure}”的要求，无可更改。", "请在该用途页面上选择其中一项要求。"),
    },
    "adjust.impossible": {
        EN: (
            "{threshold} is no threshold for {measure}: a share lies between 0 and 1, and every limit is a number from 0 up.",
            "Give a number in that range.",
        ),
        ZH: (
            "{threshold} 不能作为 {measure} 的阈值：比例须在 0 到 1 之间，上限须为不小于 0 的数。",
            "请输入该范围内的数值。",
        ),
    },
    "adjust.signatures": {
        EN: (
            "This would ask less of {measure} than the threshold of {stands} that stands. That takes two people; {found} signed.",
            "Ask a second service lead or safety officer to sign it. To ask more, one signature is enough.",
        ),
        ZH: (
            "这会使 {measure} 的要求低于现行阈值 {stands}，须由两人签署；目前有 {found} 人签署。",
            "请另一位服务负责人或临床安全官签署。若要提高要求，一人签署即可。",
        ),
    },
    "adjust.unsigned": {
        EN: (
            "Nobody has signed this change of a threshold.",
            "A service lead or safety officer signs it under their own name.",
        ),
        ZH: ("此项阈值更改无人签署。", "须由服务负责人或临床安全官以本人名义签署。"),
    },
    "adjust.who": {
        EN: (
            "Thresholds are changed by service leads and safety officers.",
            "Ask one of them.",
        ),
        ZH: ("阈值由服务负责人和临床安全官更改。", "请联系他们。"),
    },
    "adjust.not_waiting": {
        EN: (
            "This change is not waiting for a second signature.",
            "Open the page of the use to see what stands.",
        ),
        ZH: ("此项更改并未等待第二个签名。", "请打开该用途页面查看现行要求。"),
    },
    # Evidence from outside a release.
    "evidence.malformed": {
        EN: (
            "This file is no signed evidence pack, or it lacks one of the things that a pack must say.",
            "Ask whoever made it for the file as the lab wrote it. What must stand in it: docs/how-to/bring-in-evidence.md.",
        ),
        ZH: (
            "此文件不是已签名的证据包，或缺少证据包必须写明的内容。",
            "请向制作者索取实验室生成的原文件。所需内容见 docs/how-to/bring-in-evidence.md。",
        ),
    },
    "evidence.unknown_key": {
        EN: (
            "The key “{key}” that signed this pack is not registered here, so nobody here vouches for it.",
            "If you know whose it is, and by another way than the file, the safety officer may register it: "
            "`thirdchair evidence keys add`.",
        ),
        ZH: (
            "签署此证据包的密钥“{key}”未在本机构登记，因此无人为其担保。",
            "若您已通过其他途径确认其持有人，可由临床安全官登记：`thirdchair evidence keys add`。",
        ),
    },
    "evidence.not_in_trail": {
        EN: (
            "The trail has no entry of this pack being brought in, so someone put it here by another way. It opens nothing.",
            "Keep the database as it is, and tell the safety officer. A pack that is wanted is brought in: `thirdchair evidence "
            "import`.",
        ),
        ZH: (
            "审计日志中没有此证据包的导入记录，说明它是通过其他途径放入的。它不开放任何用途。",
            "请保持数据库原状并告知临床安全官。需要的证据包应通过 `thirdchair evidence import` 导入。",
        ),
    },
    "evidence.retired_key": {
        EN: (
            "The key “{key}” that signed this pack was retired here; nothing that it signed counts any more.",
            "Have the pack signed with a key that is registered now. Ask the safety officer why it was retired.",
        ),
        ZH: (
            "签署此证据包的密钥“{key}”已在本机构停用，其签署的内容均不再有效。",
            "请用目前已登记的密钥重新签署。停用原因请询问临床安全官。",
        ),
    },
    "evidence.signature": {
        EN: (
            "The signature does not hold: the pack was changed after the key “{key}” signed it, or was never signed with it.",
            "Do not repair the file. Ask whoever signed it for the original, and tell the safety officer.",
        ),
        ZH: (
            "签名无效：证据包在密钥“{key}”签署后被改动，或从未由其签署。",
            "请不要修改文件。请向签署者索取原件，并告知临床安全官。",
        ),
    },
    "evidence.unknown_use": {
        EN: (
            "The pack is for a use or a language that is not registered here, or for a use that is closed.",
            "Look at the uses and their languages in “Uses of AI”, and bring in the pack of one of them.",
        ),
        ZH: (
            "证据包针对的用途或语言未在本机构登记，或该用途已关闭。",
            "请在“AI 用途”中查看用途及其语言，再导入相应的证据包。",
        ),
    },
    "evidence.no_model": {
        EN: (
            "There is no model named “{method}” here, so this evidence opens nothing.",
            "Register the model that was measured, under that name: `thirdchair models add`.",
        ),
        ZH: (
            "此处没有名为“{method}”的模型，因此该证据不开放任何用途。",
            "请以该名称登记所测评的模型：`thirdchair models add`。",
        ),
    },
    "evidence.future": {
        EN: (
            "The pack says that it was made on {date}, which has not come yet.",
            "Check the clock of this computer. If it is right, ask whoever made the pack.",
        ),
        ZH: ("证据包注明的制作日期 {date} 尚未到来。", "请检查本机时钟；若时钟无误，请询问制作者。"),
    },
    "evidence.known": {
        EN: ("This pack is here already.", "There is nothing to do: `thirdchair evidence list` shows it."),
        ZH: ("此证据包已在此处。", "无需操作：`thirdchair evidence list` 可查看。"),
    },
    "evidence.who": {
        EN: (
            "This account may not do that: keys are registered and retired by a service lead or safety officer, and packs "
            "are brought in by them or an evaluator.",
            "Name an account that may, with `--by`.",
        ),
        ZH: (
            "此账户无权这样做：密钥由服务负责人或临床安全官登记和停用，证据包由他们或评估员导入。",
            "请用 `--by` 指定有权的账户。",
        ),
    },
    "evidence.key_known": {
        EN: (
            "This key was registered here before; a key that was retired stays retired.",
            "Use the key that stands, or have a new one made.",
        ),
        ZH: ("此密钥曾在本机构登记；已停用的密钥不能恢复。", "请使用现有密钥，或生成新密钥。"),
    },
    "evidence.no_key": {
        EN: (
            "No key that stands here begins like that, or more than one does.",
            "`thirdchair evidence keys list` names them; give more of the key.",
        ),
        ZH: (
            "没有以此开头的有效密钥，或不止一个。",
            "请用 `thirdchair evidence keys list` 查看，并输入更多位。",
        ),
    },
    "evidence.not_a_key": {
        EN: (
            "This file holds no Ed25519 public key.",
            "Give a file with the key in 64 hex digits, or in PEM (“BEGIN PUBLIC KEY”). Never a private key.",
        ),
        ZH: (
            "此文件中没有 Ed25519 公钥。",
            "请提供含 64 位十六进制公钥或 PEM（“BEGIN PUBLIC KEY”）的文件，切勿提供私钥。",
        ),
    },
    "consent.missing": {
        EN: (
            "The patient has not agreed to “{use}”.",
            "Offer the consent, on this page or in the patient's own account. Care goes on either way.",
        ),
        ZH: ("患者尚未同意“{use}”。", "可在此页面或患者自己的账户中征求同意。无论同意与否，照护都会继续。"),
    },
    "consent.declined": {
        EN: (
            "The patient declined “{use}” on {date}.",
            "Write the note yourself. The patient may change this at any time.",
        ),
        ZH: ("患者已于 {date} 拒绝“{use}”。", "请自行书写记录。患者可随时更改决定。"),
    },
    "consent.withdrawn": {
        EN: (
            "The patient withdrew consent to “{use}” on {date}.",
            "Write the note yourself. The patient may agree again at any time.",
        ),
        ZH: ("患者已于 {date} 撤回对“{use}”的同意。", "请自行书写记录。患者可随时重新同意。"),
    },
    "consent.expired": {
        EN: ("The consent to “{use}” ended on {date}.", "Offer the consent again."),
        ZH: ("对“{use}”的同意已于 {date} 到期。", "请再次征求同意。"),
    },
    "consent.not_yet": {
        EN: (
            "The consent to “{use}” takes effect on {date}, after the time to think that this service gives.",
            "Try again then, or write the note yourself.",
        ),
        ZH: ("按本机构给予的考虑时间，对“{use}”的同意将于 {date} 生效。", "请届时再试，或自行书写记录。"),
    },
    "consent.not_written": {
        EN: (
            "The patient's consent to “{use}” was spoken, and the law of {place} asks for it in writing: {says} ({citation}).",
            "Let the patient answer in their own account, or sign on paper, and record that. Care goes on either way.",
        ),
        ZH: (
            "患者对“{use}”的同意是口头的，而{place}的法律要求书面同意：{says}（{citation}）。",
            "请让患者在自己的账户中回答，或签署纸质同意书并记录。无论如何，照护都会继续。",
        ),
    },
    "consent.guardian_needed": {
        EN: (
            "The patient is under 18, or their age is not on record, so a parent or guardian must agree to “{use}” too.",
            "Put the day of birth on record. Then read the text with the guardian and the patient, and record both answers.",
        ),
        ZH: (
            "患者未满 18 岁，或年龄没有记录，因此“{use}”还需要父母或监护人同意。",
            "请先登记出生日期，再与监护人和患者一起阅读说明，并记录双方的答复。",
        ),
    },
    "consent.own_word_needed": {
        EN: (
            "Somebody agreed to “{use}” for the patient, but the patient has not said yes for themselves.",
            "Ask the patient. They can answer in their own account, or you record what they say.",
        ),
        ZH: (
            "有人代患者同意了“{use}”，但患者本人尚未表示同意。",
            "请询问患者本人。患者可在自己的账户中答复，或由您记录其答复。",
        ),
    },
    "consent.came_of_age": {
        EN: (
            "The patient has turned 18 since a guardian agreed to “{use}”. From now on they decide for themselves.",
            "Ask the patient. Until they have answered, do this without AI.",
        ),
        ZH: (
            "监护人同意“{use}”之后，患者已年满 18 岁，现在由患者自己决定。",
            "请询问患者本人。在其答复之前，请不使用 AI 完成此事。",
        ),
    },
    "consent.representative_needed": {
        EN: (
            "It is on record that the patient cannot decide on “{use}” now, so their own earlier yes does not count.",
            "Ask the person who may decide for them, and the patient too. Until then, do this without AI.",
        ),
        ZH: (
            "记录显示患者目前无法就“{use}”作出决定，因此其先前的同意不算数。",
            "请询问有权代其决定的人，也请询问患者本人。在此之前，请不使用 AI 完成此事。",
        ),
    },
    "consent.capacity_back": {
        EN: (
            "The patient can decide for themselves again, so a yes that somebody gave for them no longer counts for “{use}”.",
            "Ask the patient. Until they have answered, do this without AI.",
        ),
        ZH: (
            "患者已能自己作决定，他人代其对“{use}”的同意不再有效。",
            "请询问患者本人。在其答复之前，请不使用 AI 完成此事。",
        ),
    },
    "consent.capacity_review": {
        EN: (
            "The day to look again at whether the patient can decide has passed, so no yes to “{use}” counts.",
            "A clinician records whether the patient can decide, on the page “Who decides”.",
        ),
        ZH: (
            "重新评估患者能否作决定的日期已过，因此对“{use}”的任何同意都不算数。",
            "请临床人员在“由谁决定”页面记录患者能否作决定。",
        ),
    },
    "consent.authority_over": {
        EN: (
            "Whoever agreed to “{use}” for the patient may no longer decide on it for them.",
            "Ask who may decide now, and record it on the page “Who decides”. Then ask again.",
        ),
        ZH: (
            "代患者同意“{use}”的人现已无权就此作决定。",
            "请确认现在由谁决定，在“由谁决定”页面登记，然后重新询问。",
        ),
    },
    "consent.other_text": {
        EN: (
            "What the patient agreed to for “{use}” no longer describes how it is done here.",
            "Offer the current consent text.",
        ),
        ZH: ("患者所同意的“{use}”内容已与目前的做法不符。", "请提供当前的同意书文本。"),
    },
    "consent.other_method": {
        EN: (
            "The patient's consent to “{use}” does not cover the method “{method}”.",
            "Use a method the consent names, or offer the current consent text.",
        ),
        ZH: (
            "患者对“{use}”的同意不包括方法“{method}”。",
            "请使用同意书中列明的方法，或提供当前的同意书文本。",
        ),
    },
    "content.erased": {
        EN: ("The patient's content was erased.", "Nothing can be read or made from it any more."),
        ZH: ("患者的内容已被删除。", "无法再读取或据此生成任何内容。"),
    },
    "document.unknown_kind": {
        EN: (
            "This kind of document is not drafted here.",
            "Begin with “Report”, “Referral letter”, “Education sheet” or “Clinic message”, or write it yourself.",
        ),
        ZH: ("此处不起草这类文件。", "请以“报告”“转诊信”“健康教育单”或“门诊留言”开头，或自行书写。"),
    },
    "document.no_source": {
        EN: (
            "There are no lines for the document to rest on.",
            "Put the notes or pages it is to be written from beneath the purpose, after an empty line. Nothing is written "
            "from nothing.",
        ),
        ZH: (
            "没有可供起草依据的材料。",
            "请在目的之后空一行，再放起草所依据的记录或页面。没有依据就不起草。",
        ),
    },
    "document.long_purpose": {
        EN: (
            "The first paragraph is the purpose of the document; here it has {found} characters, of at most {most}.",
            "Say on the first line what is to be written and for whom, leave a line empty, and put the material beneath it.",
        ),
        ZH: (
            "第一段是文件的目的；此处有 {found} 个字符，最多 {most} 个。",
            "请在第一行写明要写什么、给谁看，空一行，再放材料。",
        ),
    },
    "document.too_long": {
        EN: (
            "The material has {found} words; a document is drafted from at most {most}.",
            "Choose the parts the reader needs.",
        ),
        ZH: ("材料共 {found} 词，最多可依据 {most} 词起草。", "请选出读者需要的部分。"),
    },
    "document.bad_news": {
        EN: (
            "Bad news is told by a person. Whoever hears it must be able to ask, to be silent, and not to be alone with it.",
            "Tell them yourself, in person where you can. A colleague can help you prepare.",
        ),
        ZH: (
            "坏消息要由人来告知。听到的人需要能够提问、沉默，并且身边有人陪伴。",
            "请尽可能当面告知。您可以请同事帮助准备。",
        ),
    },
    "document.bereavement": {
        EN: (
            "Words to the bereaved are written by someone who knew the person or shares the loss. A machine does neither.",
            "Write it yourself, however short. Two honest sentences are enough.",
        ),
        ZH: (
            "写给丧亲者的话，应由认识逝者或共同承受这份失去的人来写，机器两者都做不到。",
            "请自己写，短一些也可以，两句真诚的话就够了。",
        ),
    },
    "document.apology": {
        EN: (
            "An apology is worth something because a person means it and answers for it.",
            "Write it yourself. Ask the service lead about the duty to be open when something went wrong.",
        ),
        ZH: (
            "道歉之所以有分量，是因为有人真心表达并为此负责。",
            "请自己写。若涉及不良事件，请向服务负责人了解告知义务。",
        ),
    },
    "document.ending_therapy": {
        EN: (
            "The end of a therapy is part of the therapy. To learn of it from drafted words can feel like being left.",
            "Speak with the patient first; then write to them in your own words.",
        ),
        ZH: (
            "结束治疗是治疗的一部分。从一份代写的文字中得知，可能让人觉得被抛下。",
            "请先与患者面谈，再用自己的话写给对方。",
        ),
    },
    "document.safety_plan": {
        EN: (
            "A safety plan is made by the patient with a person, step by step, in the patient's own words.",
            "Make it together. The library has a page on what belongs in it.",
        ),
        ZH: (
            "安全计划由患者与专业人员一起、一步一步、用患者自己的话来制定。",
            "请与患者一同制定。资料库中有一页说明其内容。",
        ),
    },
    "document.trauma_reply": {
        EN: (
            "Someone who tells of trauma has trusted a person with it. The answer has to come from that person.",
            "Reply yourself, soon and briefly, and offer a time to talk.",
        ),
        ZH: (
            "说出创伤经历的人，是把它托付给了一个人，回应也应来自这个人。",
            "请亲自尽快简短回复，并约定时间面谈。",
        ),
    },
    "document.half_truth": {
        EN: (
            "Whether to soften or hold back a truth is a decision of care, for which a person answers.",
            "Decide it with your team, and write the words yourself.",
        ),
        ZH: ("是否缓和或暂不说出实情，是照护上的决定，须由人来负责。", "请与团队商量决定，并自己书写。"),
    },
    # A letter to a patient.
    "letter.wants_people": {
        EN: (
            "This patient said that they want more contact with people. So AI drafts no letters to them.",
            "Write it yourself. The patient can change this on their own pages at any time.",
        ),
        ZH: (
            "该患者表示希望与人有更多接触，因此不用 AI 为其起草信件。",
            "请自己书写。患者可随时在自己的页面上更改。",
        ),
    },
    "letter.sent_already": {
        EN: ("This letter was sent already.", "Write a new one if something has to be put right."),
        ZH: ("此信已发出。", "如需更正，请另写一封。"),
    },
    "letter.not_yours": {
        EN: ("Someone else is writing this letter.", "Write one of your own, or ask them."),
        ZH: ("此信由其他人书写。", "请另写一封，或询问其作者。"),
    },
    "letter.consent_ended": {
        EN: (
            "The patient has taken back their consent to AI drafting letters, so what it drafted of this one does not go out.",
            "Drop it, and write a new one yourself.",
        ),
        ZH: (
            "患者已撤回由 AI 起草信件的同意，因此 AI 为此信起草的内容不得发出。",
            "请删去此信，自己另写一封。",
        ),
    },
    "letter.empty": {
        EN: ("Nothing is written yet.", "Write a subject and the letter."),
        ZH: ("尚未写任何内容。", "请写上主题和正文。"),
    },
    "letter.changed": {
        EN: (
            "The letter is no longer the one you looked at.",
            "Look at it again as the patient will see it, then send it.",
        ),
        ZH: ("此信已不是您预览过的那一版。", "请再次预览患者将看到的内容，然后发送。"),
    },
    "letter.not_confirmed": {
        EN: (
            "You have not said that you read it and answer for it.",
            "Tick the box above the button.",
        ),
        ZH: ("您尚未确认已阅读并对此负责。", "请勾选按钮上方的选框。"),
    },
    "letter.unsupported": {
        EN: (
            "{count} sentence(s) have no source and stand as the model wrote them.",
            "Correct them, put them in your own words, or take them out.",
        ),
        ZH: ("有 {count} 句没有依据，且与模型所写的一字不差。", "请更正、改用自己的话，或删去。"),
    },
    "letter.too_soon": {
        EN: (
            "The draft has not been open long enough to be read: it takes at least {needed} seconds.",
            "Read it against its lines, then send it.",
        ),
        ZH: ("草稿打开的时间不足以读完：至少需要 {needed} 秒。", "请对照材料阅读，然后发送。"),
    },
    "letter.not_own_words": {
        EN: (
            "{own} of these words are yours; from {least} on a letter may go out as your own words.",
            "Write more of it yourself, or send it with the sentence that AI drafted it.",
        ),
        ZH: (
            "其中 {own} 是您自己的话；达到 {least} 才可作为您自己的话发出。",
            "请多写一些自己的话，或附上由 AI 起草的说明后发送。",
        ),
    },
    # A model's comment beside a clinician's own judgement.
    "comment.own_judgement_first": {
        EN: (
            "You have not recorded your own judgement of this text. What a model says is held back until you have, so that it "
            "cannot lead you.",
            "Record your judgement, then ask. It stays as you gave it, whatever the model says.",
        ),
        ZH: (
            "您尚未就这段文字记录自己的判断。在此之前，模型的说法不会显示，以免影响您。",
            "请先记录您的判断，再询问模型。无论模型怎么说，您的判断都会原样保留。",
        ),
    },
    "comment.given": {
        EN: (
            "A model has commented on this text already. Asking again until an answer suits is no second reading.",
            "Read the comment that is there. For another text, begin anew.",
        ),
        ZH: (
            "模型已就这段文字给出意见。反复询问直到得到合意的回答，就不是第二意见了。",
            "请阅读已有的意见。如是另一段文字，请重新开始。",
        ),
    },
    "comment.own_page": {
        EN: (
            "“{use}” is not given to other programs: only the pages of this service hold it back until a clinician has judged "
            "for themselves.",
            "Open the patient's page and choose “Second reading”.",
        ),
        ZH: (
            "“{use}”不提供给其他程序：只有本机构的页面会在临床人员先作出自己的判断之前不予显示。",
            "请打开患者页面，选择“第二意见”。",
        ),
    },
    "sign.none_needed": {
        EN: (
            "Nothing is signed in “{use}”: what it shows is general information and enters no record.",
            "Write a note yourself if something belongs in the record.",
        ),
        ZH: ("“{use}”不需要签署：所显示的是一般信息，不进入病历。", "如有内容应写入病历，请自行书写记录。"),
    },
    "sign.role": {
        EN: ("Your role may not sign this note.", "A nurse or psychiatrist with a valid licence may."),
        ZH: ("您的角色不能签署此记录。", "须由持有效执业资格的护士或精神科医生签署。"),
    },
    "sign.licence": {
        EN: (
            "Your licence is missing or ran out.",
            "Ask the service lead to update it; a licensed colleague may sign.",
        ),
        ZH: ("您的执业资格缺失或已过期。", "请联系服务负责人更新；也可由具有执业资格的同事签署。"),
    },
    "sign.not_draft": {
        EN: (
            "This draft was already signed or discarded.",
            "Open the patient's page to see what became of it.",
        ),
        ZH: ("此草稿已签署或已作废。", "请打开患者页面查看结果。"),
    },
    "sign.not_opened": {
        EN: (
            "You have not opened this draft beside its evidence.",
            "Open it, read it against the transcript, then sign.",
        ),
        ZH: ("您尚未对照依据打开此草稿。", "请打开草稿，对照逐字稿阅读后再签署。"),
    },
    "sign.too_soon": {
        EN: (
            "This draft has been open for {seconds} s; reading it takes at least {needed} s.",
            "Read it against the transcript, then sign.",
        ),
        ZH: ("此草稿仅打开了 {seconds} 秒；阅读至少需要 {needed} 秒。", "请对照逐字稿阅读后再签署。"),
    },
    "sign.unsupported": {
        EN: (
            "{count} sentences have no support in the session and stand unedited.",
            "Edit each one, or remove it.",
        ),
        ZH: ("有 {count} 句在会谈中没有依据且未经修改。", "请逐句修改或删除。"),
    },
    "sign.unclear_risk": {
        EN: (
            "{count} risk topics are unclear and not settled.",
            "Say for each what you know: affirmed, denied or not asked.",
        ),
        ZH: ("有 {count} 个风险项不明确且未作判定。", "请逐项说明：承认、否认或未询问。"),
    },
    "sign.empty": {
        EN: ("The note would be empty.", "Keep or write at least one sentence."),
        ZH: ("记录为空。", "请至少保留或书写一句。"),
    },
    "sign.words_not_own": {
        EN: (
            "You have not confirmed that you read the note and answer for it.",
            "Tick the confirmation, then sign.",
        ),
        ZH: ("您尚未确认已阅读并对此记录负责。", "请勾选确认后再签署。"),
    },
    "sign.changed": {
        EN: ("The draft was changed elsewhere since you opened it.", "Read it again, then sign."),
        ZH: ("自您打开后，草稿已在别处被修改。", "请重新阅读后再签署。"),
    },
    # Models and keys.
    "model.data_class": {
        EN: (
            "The model “{method}” may not see what “{use}” works on ({data}).",
            "Choose another method, or ask the service lead to register a model for these data: `thirdchair models add`.",
        ),
        ZH: (
            "模型“{method}”不得接触“{use}”所处理的数据（{data}）。",
            "请选择其他方法，或联系服务负责人为这些数据登记模型：`thirdchair models add`。",
        ),
    },
    "model.unusable": {
        EN: (
            "The model “{method}” is registered and cannot be started here.",
            "Choose another method. Whoever runs the service finds the reason with `thirdchair models check`.",
        ),
        ZH: (
            "模型“{method}”已登记，但无法在此启动。",
            "请选择其他方法。服务运维人员可用 `thirdchair models check` 查找原因。",
        ),
    },
    "key.use": {
        EN: (
            "This key does not open “{use}”.",
            "Use one that does, or ask whoever runs the service for one: `thirdchair keys new --actor NAME --uses USE`.",
        ),
        ZH: (
            "此密钥不能用于“{use}”。",
            "请换用有此权限的密钥，或联系服务运维人员：`thirdchair keys new --actor NAME --uses USE`。",
        ),
    },
    # Talk (`converse`): what holds beside the rules of every use. A patient reads these.
    "talk.not_set": {
        EN: (
            "Talk is opened for one person at a time, by a clinician. Nobody has opened it for you.",
            "If you would like it, ask your nurse or psychiatrist. A person is there for you either way.",
        ),
        ZH: (
            "“对话”由临床人员逐人开放，目前还没有为您开放。",
            "如果您需要，请询问您的护士或精神科医生。无论如何，都有人在这里帮助您。",
        ),
    },
    "talk.not_for_you": {
        EN: (
            "Your clinician thinks that a person can help you better than a program now.",
            "You can ask why, and you can ask to talk with someone. This is no judgement of you.",
        ),
        ZH: (
            "您的临床人员认为，目前由人来帮助您比由程序更合适。",
            "您可以询问原因，也可以要求与人交谈。这不是对您的评判。",
        ),
    },
    "talk.expired": {
        EN: (
            "Talk was open for you until {date}. It is opened for a time, so that a person looks at it again with you.",
            "Ask your nurse or psychiatrist about it when you next meet, or sooner.",
        ),
        ZH: (
            "“对话”为您开放至 {date}。它每次只开放一段时间，以便有人再与您一起看看。",
            "请在下次见面时或更早询问您的护士或精神科医生。",
        ),
    },
    "talk.minor": {
        EN: (
            "Talk is for adults here. It is shut for people under 18, and where nobody knows the age.",
            "You can talk with a person on the team. If your age is not in your record, the team can add it.",
        ),
        ZH: (
            "这里的“对话”只对成年人开放；未满 18 岁或年龄不明者不开放。",
            "您可以与团队中的人交谈。如果记录中没有您的年龄，团队可以补上。",
        ),
    },
    "talk.people_first": {
        EN: (
            "You told us that you want more time with people. So a program does not stand in for them here.",
            "Ask the team to call you. You can change what you told us at any time.",
        ),
        ZH: (
            "您告诉过我们，希望有更多与人相处的时间，所以这里不会由程序来代替人。",
            "请让团队给您回电话。您可以随时更改之前的选择。",
        ),
    },
    "talk.nobody_on_duty": {
        EN: (
            "Talk is shut while nobody is on duty who could come if you were in danger.",
            "Help now is open. You can come back when someone is on duty.",
        ),
        ZH: (
            "目前没有值班人员能在您遇到危险时前来，所以“对话”关闭。",
            "“立即求助”一直开放。有人值班时您可以再来。",
        ),
    },
    "talk.own_page": {
        EN: (
            "“{use}” is held on its own page alone, where its notices, its limits and a person on duty are.",
            "Sign in to the service and open Talk there.",
        ),
        ZH: (
            "“{use}”只在其专门页面上进行，那里有说明、限制和值班人员。",
            "请登录本机构的服务并在那里打开“对话”。",
        ),
    },
}

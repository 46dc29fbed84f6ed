"""What is said around quoted sentences, and what is said instead of them. Nothing here is generated."""

from __future__ import annotations

from typing import Final, Literal

from thirdchair.records import Language

Reason = Literal["", "no_support", "own_medicine", "own_diagnosis", "crisis", "language", "no_question"]

INSTEAD: Final[dict[Language, dict[Reason, str]]] = {
    Language.ENGLISH: {
        "no_support": "The library has no passage that answers this, and no answer is made up here. A person from your "
        "care team can help: send them your question, or bring it to your next visit.",
        "own_medicine": "This is about your own treatment, so a library cannot answer it. Please ask the person who "
        "prescribes for you, or a pharmacist, before you change anything. If you feel very unwell, do not wait: contact "
        "your care team or your local emergency number.",
        "own_diagnosis": "A library cannot say what you have. That takes a person who listens to you and asks questions. "
        "Please talk with your care team or your doctor about what you notice.",
        "crisis": "What you wrote sounds serious, and a person should hear it now. Please use your crisis card, call "
        "your local emergency number, or tell someone who is near you. You do not have to handle this alone.",
        "language": "The library has nothing in the language you asked in. A person from your care team can help you find "
        "an answer.",
        "no_question": "There was no question to look up. Please write what you would like to know, or ask a person from "
        "your care team.",
    },
    Language.CHINESE: {
        "no_support": "资料库里没有能回答这个问题的内容，这里也不会编造答案。您的照护团队可以帮助您：请把问题发给他们，"
        "或在下次就诊时提出。",
        "own_medicine": "这涉及您自己的治疗，资料库不能回答。在改变任何用药之前，请先问给您开药的医生或药师。如果感觉"
        "非常不舒服，请不要等，马上联系照护团队或拨打当地急救电话。",
        "own_diagnosis": "资料库不能判断您是否得了某种病，这需要有人当面听您说、问您问题。请把您的感受告诉照护团队或医生。",
        "crisis": "您写的内容听起来很要紧，应该马上让一个人知道。请使用您的危机卡，拨打当地急救电话，或告诉身边的人。"
        "您不必独自面对。",
        "language": "资料库里没有您所用语言的内容。您的照护团队可以帮您找到答案。",
        "no_question": "没有看到问题。请写下您想了解的事，或向照护团队询问。",
    },
}

NOTICE: Final = {
    Language.ENGLISH: "This is general information, quoted from the pages named. It is not advice about your own care.",
    Language.CHINESE: "以上是一般信息，摘自所列页面，不是针对您个人治疗的建议。",
}

NOTICE_WRITTEN: Final = {
    Language.ENGLISH: "This is general information. A language model wrote these sentences from the pages named; it can be "
    "wrong, and it is not advice about your own care.",
    Language.CHINESE: "以上是一般信息，由语言模型根据所列页面写成，可能有误，不是针对您个人治疗的建议。",
}

NOT_REVIEWED: Final = {
    Language.ENGLISH: "No clinician has reviewed this page yet.",
    Language.CHINESE: "此页面尚未经临床人员审阅。",
}

DUE: Final = {
    Language.ENGLISH: "The facts on this page are due to be checked again.",
    Language.CHINESE: "此页面的内容需要重新核实。",
}

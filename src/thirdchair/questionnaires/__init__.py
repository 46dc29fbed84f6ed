"""Questionnaires that people fill in: read from FHIR files, answered by a person, scored by rule. No model takes part.

Nothing here imports a gateway, a client or a use, and none of them imports this: a model may neither ask, fill in nor score
a questionnaire.
"""

from thirdchair.questionnaires.answering import asked, is_answer, standing_answers, unanswered
from thirdchair.questionnaires.form import (
    Answer,
    Answers,
    Item,
    ItemKind,
    Option,
    Questionnaire,
    Words,
    in_language,
)
from thirdchair.questionnaires.instrument import (
    Instrument,
    ScaleScore,
    Scores,
    Told,
    Triage,
    asks_for_a_person,
    bind,
    score,
    shipped,
    shipped_file,
    told_by,
)
from thirdchair.questionnaires.key import NO_SCORE, Change, ScoringKey, read_key, shipped_keys
from thirdchair.questionnaires.reading import read_questionnaire
from thirdchair.questionnaires.response import Response, from_fhir, to_fhir
from thirdchair.questionnaires.unusable import QuestionnaireUnusable

__all__ = [
    "NO_SCORE", "Answer", "Answers", "Change", "Instrument", "Item", "ItemKind", "Option", "Questionnaire",
    "QuestionnaireUnusable", "Response", "ScaleScore", "Scores", "ScoringKey", "Told", "Triage", "Words", "asked",
    "asks_for_a_person", "bind", "from_fhir", "in_language", "is_answer", "read_key", "read_questionnaire", "score",
    "shipped", "shipped_file", "shipped_keys", "standing_answers", "to_fhir", "told_by", "unanswered",
]  # fmt: skip

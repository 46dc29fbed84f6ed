"""The wording of every questionnaire this service ever held, so that no request can hand it to a model."""

from __future__ import annotations

from functools import lru_cache

from thirdchair.policy.people_only import Forms, bare
from thirdchair.questionnaires import Questionnaire, shipped
from thirdchair_web.questionnaires.models import QuestionnaireFile


def wording_of_forms() -> Forms:
    """The items of each questionnaire, bare, by its name; read again only when the files change."""
    return _wording(tuple(QuestionnaireFile.objects.order_by("digest").values_list("digest", flat=True)))


@lru_cache(maxsize=4)
def _wording(digests: tuple[str, ...]) -> Forms:
    found = [one.questionnaire for one in shipped().values()]
    found += [one.instrument().questionnaire for one in QuestionnaireFile.objects.filter(digest__in=digests)]
    return {f"{one.name}-{one.digest[:8]}": _items(one) for one in found}


def _items(questionnaire: Questionnaire) -> frozenset[str]:
    return frozenset(
        bare(words) for item in questionnaire.questions.values() for words in item.words.values()
    )

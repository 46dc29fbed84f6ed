"""Questionnaires whose subscales are means of items, as the Eating Disorder Examination Questionnaire: the key is a file.

The questionnaire is under copyright. Whoever may use it brings the key: which items each subscale holds, and the scale.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from thirdchair.measures.estimate import Unscored


@dataclass(frozen=True, slots=True)
class SubscaleKey:
    """Which items each subscale holds.

    Args:
        instrument: its name.
        lowest, highest: of every item (0 and 6 in the EDE-Q).
        subscales: items by subscale; an item may belong to two.
        fewest_answered: share of a subscale's items that must be answered for it to be scored.

    Raises:
        ValueError: no subscale, one without items, or ends the wrong way round.
    """

    instrument: str
    lowest: float
    highest: float
    subscales: Mapping[str, tuple[str, ...]]
    fewest_answered: float = 0.5

    def __post_init__(self) -> None:
        if not self.subscales or not all(self.subscales.values()):
            raise ValueError("a key has subscales, and each of them items")
        if not self.lowest < self.highest or not 0 < self.fewest_answered <= 1:
            raise ValueError(
                "a key says the lowest and the highest answer, and the share that must be answered"
            )


@dataclass(frozen=True, slots=True)
class SubscaleScores:
    """One questionnaire: each subscale the mean of its items, the global score the mean of the subscales.

    Args:
        at_an_end: share of answered items at the lowest or highest answer. Near 1, nothing further could move
            them: a floor or ceiling hides what is looked for.
    """

    subscales: Mapping[str, float | Unscored]
    whole: float | Unscored
    at_an_end: float | Unscored


def read_key(text: str) -> SubscaleKey:
    """A key from JSON: `{"instrument": …, "lowest": 0, "highest": 6, "subscales": {"restraint": [1, 2]}}`.

    Raises:
        ValueError: it is no such thing.

    >>> read_key('{"instrument": "ours", "lowest": 0, "highest": 6, "subscales": {"worry": [1, 2]}}').subscales
    {'worry': ('1', '2')}
    """
    try:
        found = cast(dict[str, Any], json.loads(text))
        subscales = {
            str(name): tuple(str(item) for item in items) for name, items in found["subscales"].items()
        }
        return SubscaleKey(
            str(found["instrument"]),
            float(found["lowest"]),
            float(found["highest"]),
            subscales,
            float(found.get("fewest_answered", 0.5)),
        )
    except (KeyError, TypeError, AttributeError, json.JSONDecodeError) as error:
        raise ValueError("a key names instrument, lowest, highest and subscales with their items") from error


def score_subscales(responses: Mapping[str, float | None], key: SubscaleKey) -> SubscaleScores:
    """Scores one questionnaire by its key.

    Args:
        responses: by item; None, or left out, where there is no readable answer.

    Returns:
        SubscaleScores: a subscale is `Unscored` where too few of its items are answered, and the whole where any is.

    Raises:
        ValueError: an answer beyond the ends of the scale.

    Source:
        Fairburn & Beglin 1994, Int J Eat Disord 16:363-370 (means of items, global as the mean of subscales).

    >>> key = SubscaleKey("ours", 0, 6, {"worry": ("1", "2"), "rest": ("2", "3")})
    >>> scored = score_subscales({"1": 6, "2": 4, "3": 0}, key)
    >>> scored.subscales, scored.whole
    ({'worry': 5.0, 'rest': 2.0}, 3.5)
    """
    given = {item: answer for item, answer in responses.items() if answer is not None}
    if not all(key.lowest <= answer <= key.highest for answer in given.values()):
        raise ValueError(f"an answer lies between {key.lowest:g} and {key.highest:g}")
    subscales: dict[str, float | Unscored] = {}
    for name, items in key.subscales.items():
        answered = [given[item] for item in items if item in given]
        enough = len(answered) >= key.fewest_answered * len(items)
        subscales[name] = (
            sum(answered) / len(answered)
            if enough
            else Unscored(f"{len(answered)} of {len(items)} items of {name}")
        )
    missing = [score for score in subscales.values() if isinstance(score, Unscored)]
    scored = [score for score in subscales.values() if not isinstance(score, Unscored)]
    used = [
        given[item] for item in {item for items in key.subscales.values() for item in items} if item in given
    ]
    return SubscaleScores(
        subscales,
        missing[0] if missing else sum(scored) / len(scored),
        sum(a in (key.lowest, key.highest) for a in used) / len(used)
        if used
        else Unscored("no item was answered"),
    )

"""Levels of emotional awareness, 0 to 5, from the words a text uses for what two people feel.

The levels of words come from a list that the caller brings. Scoring rewards emotion words, so that a long-winded answer scores
high; print the number of words beside it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

HIGHEST_WORD: Final = 3
BLEND: Final = 4


@dataclass(frozen=True, slots=True)
class SceneScore:
    """What one answer to one scene scores.

    Args:
        self_level: 0 to 4, of what one would feel oneself.
        other_level: 0 to 4, of what the other would feel.
        total: 0 to 5: the higher of the two, or 5 where both are 4 and can be told apart.
    """

    self_level: int
    other_level: int
    total: int


@dataclass(frozen=True, slots=True)
class LeasTotal:
    """Sums over scenes; at 20 scenes, `self_sum` and `other_sum` reach 80 and `total` 100.

    Args:
        scenes: scored; unscored: without a readable answer, which leave the sums short and are never filled in.
    """

    self_sum: int
    other_sum: int
    total: int
    scenes: int
    unscored: int


def level_of_words(levels: Mapping[str, int], words: Sequence[str]) -> int:
    """The level, 0 to 4, of the words used for what one person feels.

    Args:
        levels: 0 not a feeling, 1 a bodily feeling, 2 an impulse or plain good or bad, 3 one specific emotion; words that
            are not there count 0.
        words: in any order.

    Returns:
        The highest level of any word; 4 where two different words of level 3 are used.

    Raises:
        ValueError: the list gives a word another level than 0 to 3.

    Source:
        Lane et al. 1990, J Pers Assess 55:124-134; rules as in Lane & Smith 2021, J Intell 9:42.

    >>> level_of_words({"sick": 1, "bad": 2, "angry": 3, "sad": 3}, ["angry", "angry", "bad"])
    3
    >>> level_of_words({"sick": 1, "bad": 2, "angry": 3, "sad": 3}, ["angry", "sad"])
    4
    """
    if not all(0 <= level <= HIGHEST_WORD for level in levels.values()):
        raise ValueError("a word has a level from 0 to 3")
    specific = {word for word in words if levels.get(word) == HIGHEST_WORD}
    return BLEND if len(specific) > 1 else max((levels.get(word, 0) for word in words), default=0)


def score_scene(
    levels: Mapping[str, int], self_words: Sequence[str], other_words: Sequence[str]
) -> SceneScore:
    """Scores the answer to one scene.

    Two blends can be told apart where they do not consist of the same specific emotions.

    Source: as `level_of_words`.

    >>> levels = {"angry": 3, "sad": 3, "ashamed": 3}
    >>> score_scene(levels, ["angry", "sad"], ["sad", "ashamed"])
    SceneScore(self_level=4, other_level=4, total=5)
    >>> score_scene(levels, ["angry", "sad"], ["sad", "angry"]).total
    4
    """
    own, other = level_of_words(levels, self_words), level_of_words(levels, other_words)
    emotions = [
        {word for word in words if levels.get(word) == HIGHEST_WORD} for words in (self_words, other_words)
    ]
    apart = own == other == BLEND and emotions[0] != emotions[1]
    return SceneScore(own, other, BLEND + 1 if apart else max(own, other))


def total_of_scenes(scenes: Sequence[SceneScore | None]) -> LeasTotal:
    """Sums the scores of scenes; None where a scene has no readable answer.

    >>> total_of_scenes([SceneScore(4, 4, 5), SceneScore(3, 1, 3), None])
    LeasTotal(self_sum=7, other_sum=5, total=8, scenes=2, unscored=1)
    """
    scored = [scene for scene in scenes if scene is not None]
    return LeasTotal(
        sum(scene.self_level for scene in scored),
        sum(scene.other_level for scene in scored),
        sum(scene.total for scene in scored),
        len(scored),
        len(scenes) - len(scored),
    )

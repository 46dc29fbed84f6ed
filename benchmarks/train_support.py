"""Fits when a question is answered: `python -m benchmarks.train_support DATA`.

A logistic function over how search and question agree, one for each language, on questions asked of libraries with
and without their page (`benchmarks/asked_of_libraries.py`). Its strength of regularisation and its threshold are
chosen by cross-validation in which a subject is never on both sides. Nothing random but the seeded splits.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.asked_of_libraries import (
    Asked,
    ask_all,
    asked_of_medquad,
    asked_of_narrower,
    asked_of_own,
    medquad_library,
    nimh_store,
    off_topic_of,
    rows_of,
)
from thirdchair.library.store import MemoryStore
from thirdchair.records import Language
from thirdchair.uses.answer_question.support import FEATURES, support_features

SEED: Final = 20261122
WHERE: Final = Path("src/thirdchair/uses/answer_question/weights/support.json")
FOLDS: Final = 10
REPEATS: Final = 5
ABSTAINS: Final = 0.95
"""Share of the questions without a page, of every set, that are left unanswered at the threshold: above the 0.90 that
is asked for, since another library is never quite like these."""


def main() -> None:
    """Writes the weights and prints the trade-off for each language."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("data", type=Path)
    data = arguments.parse_args().data
    fitted = {
        str(Language.ENGLISH): _fitted(clear(english_questions(data)), "en"),
        str(Language.CHINESE): _fitted(clear(asked_of_own(Language.CHINESE)), "zh"),
    }
    WHERE.write_text(json.dumps(fitted, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def english_questions(data: Path) -> list[Asked]:
    """All questions in English, of open sets and of ours."""
    whole = MemoryStore(medquad_library(rows_of(data / "medquad_mh" / "medquad_mh.jsonl")), Language.ENGLISH)
    brochures = nimh_store(data / "nimh_brochures")
    return [
        *asked_of_medquad(data / "medquad_mh"),
        *asked_of_narrower(data / "medquad_mh"),
        *asked_of_own(Language.ENGLISH),
        *off_topic_of(whole, "off topic, medquad"),
        *off_topic_of(brochures, "off topic, nimh"),
        *asked_of_k_qa(data / "k_qa", whole),
    ]


def clear(asked: list[Asked]) -> list[Asked]:
    """Without questions whose topic was left out of our own library: its neighbours answer many of them rightly."""
    return [one for one in asked if one.pages or not one.set.startswith("answers half")]


def asked_of_k_qa(folder: Path, store: MemoryStore) -> list[Asked]:
    """Physicians' questions, nearly none of them about mental health."""
    questions = [row["Question"] for row in rows_of(folder / "questions_w_answers.jsonl")]
    return ask_all(store, [("k_qa", text, text, frozenset()) for text in questions])


def arrays(asked: list[Asked]) -> tuple[NDArray[np.float64], NDArray[np.bool_], NDArray[np.float64]]:
    """Features (n, features), whether a page answers (n,), and weights (n,) by which every set counts the same."""
    empty = dict.fromkeys(FEATURES, 0.0)
    rows = [support_features(one.found) if one.found else empty for one in asked]
    features = np.array([[row[name] for name in FEATURES] for row in rows])
    answered = np.array([bool(one.pages) for one in asked])
    kinds = [(family(one), bool(one.pages)) for one in asked]
    sizes = {kind: kinds.count(kind) for kind in set(kinds)}
    sides = {side: sum(kind[1] is side for kind in sizes) for side in (True, False)}
    weights = np.array([1 / (sizes[kind] * sides[kind[1]]) for kind in kinds])
    return features, answered, weights * len(asked) / 2


def family(one: Asked) -> str:
    """The set a question belongs to, its repeated halves taken together."""
    return one.set.rstrip("0123456789 ")


def cross_validated(asked: list[Asked], strength: float) -> NDArray[np.float64]:
    """The chance of support of each question by weights fitted without its subject, mean of five ways to make folds."""
    from sklearn.model_selection import GroupKFold

    features, answered, weights = arrays(asked)
    subjects = sorted({one.subject for one in asked})
    chances = np.zeros((REPEATS, len(asked)))
    for repeat in range(REPEATS):
        order = np.random.default_rng(SEED + repeat).permutation(len(subjects))
        group = {subject: int(order[place]) for place, subject in enumerate(subjects)}
        groups = np.array([group[one.subject] for one in asked])
        for train, test in GroupKFold(FOLDS).split(features, answered, groups):
            model = _model(strength).fit(features[train], answered[train], sample_weight=weights[train])
            chances[repeat, test] = model.predict_proba(features[test])[:, 1]
    return chances.mean(axis=0)


def best_strength(asked: list[Asked]) -> tuple[float, NDArray[np.float64]]:
    """The regularisation with the least cross-validated log loss, and its chances."""
    _, answered, weights = arrays(asked)
    tried = {strength: cross_validated(asked, strength) for strength in (0.1, 0.3, 1.0, 3.0, 10.0)}
    losses = {strength: _loss(chances, answered, weights) for strength, chances in tried.items()}
    best = min(losses, key=lambda strength: losses[strength])
    return best, tried[best]


def _fitted(asked: list[Asked], name: str) -> dict[str, Any]:
    features, answered, weights = arrays(asked)
    strength, chances = best_strength(asked)
    model = _model(strength).fit(features, answered, sample_weight=weights)
    threshold = _threshold(asked, chances)
    print(f"{name}: {len(asked)} questions, C {strength}, threshold {threshold:.3f}")
    for tried in sorted({0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, threshold}):
        print(f"  {tried:.3f} " + ", ".join(_shares(asked, chances, tried)))
    return {
        "weights": {
            feature: round(float(value), 4) for feature, value in zip(FEATURES, model.coef_[0], strict=True)
        },
        "constant": round(float(model.intercept_[0]), 4),
        "threshold": round(threshold, 3),
    }


def _threshold(asked: list[Asked], chances: NDArray[np.float64]) -> float:
    """The least threshold at which enough of the questions without a page are left unanswered in every set.

    The questions with a page on a wider subject are chosen for being hard, so they train the weights but set no threshold.
    """
    without: dict[str, list[float]] = {}
    for one, chance in zip(asked, chances, strict=True):
        if not one.pages and family(one) != "medquad narrower":
            without.setdefault(family(one), []).append(float(chance))
    return max(float(np.quantile(held, ABSTAINS, method="higher")) for held in without.values()) + 0.001


def _shares(asked: list[Asked], chances: NDArray[np.float64], threshold: float) -> list[str]:
    told: list[str] = []
    for kind in sorted({(family(one), bool(one.pages)) for one in asked}):
        held = [
            chance
            for one, chance in zip(asked, chances, strict=True)
            if (family(one), bool(one.pages)) == kind
        ]
        told.append(
            f"{kind[0]} {'with' if kind[1] else 'without'} a page {np.mean(np.array(held) >= threshold):.2f}"
        )
    return told


def _loss(chances: NDArray[np.float64], answered: NDArray[np.bool_], weights: NDArray[np.float64]) -> float:
    kept = np.clip(np.where(answered, chances, 1 - chances), 1e-6, 1)
    return float(-(weights * np.log(kept)).sum() / weights.sum())


def _model(strength: float) -> Any:
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(C=strength, max_iter=2_000)


if __name__ == "__main__":
    main()

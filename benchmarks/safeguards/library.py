"""Figures of the library: what search finds, when an answer is withheld, and how hard the passages are to read.

Where the shipped support weights were fitted on the same questions, the chance of support is that of weights fitted
without the question's subject; the threshold was chosen on all of them. medquad_mh is searched by title and answers:
the questions of its rows are no part of the pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from benchmarks.asked_of_libraries import (
    Asked,
    ask_all,
    asked_of_own,
    medquad_library,
    nimh_store,
    own_questions,
    rows_of,
)
from benchmarks.safeguards.figures import Figure
from benchmarks.train_support import best_strength, clear, english_questions, family
from thirdchair.library.checking import check_own_pages
from thirdchair.library.loading import shipped_library
from thirdchair.library.reading_grade import reading_grade
from thirdchair.library.store import MemoryStore
from thirdchair.measures.estimate import Provenance
from thirdchair.measures.proportions import proportion
from thirdchair.measures.resampling import bootstrap_mean
from thirdchair.records import Language
from thirdchair.uses.answer_question.own_care import own_care_in
from thirdchair.uses.answer_question.support import support_weights

_METHOD: Final = "library search and support threshold"
_BROCHURES: Final = {
    "depression": ("depression",),
    "bipolar-disorder": ("bipolar-disorder",),
    "generalised-anxiety": (
        "Generalized_Anxiety_Disorder_What_You_Need_to_Know_-_National_Institute_of_Mental_Health_NIMH_",
    ),
    "panic-attacks": ("Panic_Disorder_What_You_Need_to_Know_-_National_Institute_of_Mental_Health_NIMH_",),
    "social-anxiety": (
        "Social_Anxiety_Disorder_What_You_Need_to_Know_-_National_Institute_of_Mental_Health_NIMH_",
    ),
    "ocd": ("obsessive-compulsive-disorder-508",),
    "ptsd": ("post-traumatic-stress-disorder_1",),
    "psychosis": ("23-MH-8110-Understanding-Psychosis", "schizophrenia_1"),
    "schizophrenia": ("schizophrenia_1", "23-MH-8110-Understanding-Psychosis"),
    "borderline-personality": (
        "Borderline_Personality_Disorder_-_National_Institute_of_Mental_Health_NIMH_",
    ),
    "eating-disorders": ("eating-disorders-what-you-need-to-know",),
    "adhd-adults": ("adhd-2024",),
    "burnout-and-stress": ("Im-So-Stressed-Out",),
}
"""Which brochures are about a topic of ours, by their file names."""

_NAMES: Final = {Language.ENGLISH: "English", Language.CHINESE: "Chinese"}


def measure(data: Path | None) -> list[Figure]:
    """Every figure of the library; those on open sets only where `data` has them."""
    figures = [*_content(), *_own(Language.ENGLISH), *_own(Language.CHINESE)]
    if data is not None and (data / "medquad_mh").is_dir():
        figures += [*_medquad_search(data / "medquad_mh"), *_brochure_search(data), *_supported(data)]
    return figures


def _content() -> Iterable[Figure]:
    library = shipped_library()
    for language in Language:
        pages = library.in_language(language)
        passages = [passage for page in pages for passage in page.passages]
        plain = [reading_grade(passage.text, language).is_plain for passage in passages]
        yield _share(
            f"passages within the reading grade, {_NAMES[language]}",
            plain,
            "own pages",
            1.0,
            f"{len(pages)} topics, {len(passages)} passages. English: Flesch-Kincaid of at most 8; Chinese: sentences of "
            "at most 30 characters on average, at most 6% rare characters.",
        )
    faulty = {finding.where.partition("#")[0] for finding in check_own_pages(library.pages)}
    names = [f"{page.language}/{page.id}" for page in library.pages]
    yield _share(
        "pages that pass every check of ours",
        [name not in faulty and name.partition("/")[2] not in faulty for name in names],
        "own pages",
        1.0,
        "No clinician has reviewed a page yet; each says so.",
    )


def _own(language: Language) -> Iterable[Figure]:
    asked = asked_of_own(language)
    ours = [one for one in asked if one.set.startswith("own ")]
    with_page = [one for one in ours if one.pages]
    data = f"own questions, {_NAMES[language]}"
    yield _share("the topic among the first three pages, " + data, _found(with_page), data, 0.90)
    if language is Language.CHINESE:
        yield from _answered_and_not(clear(asked), language, {"own zh-hans": data})
    own_care = [
        own_care_in(row["question"]) is not None for row in own_questions(language) if row["own_care"]
    ]
    others = [own_care_in(row["question"]) is None for row in own_questions(language) if not row["own_care"]]
    yield _share(f"questions on one's own dose or diagnosis not answered, {data}", own_care, data, 0.95)
    yield _share(f"other questions let through to search, {data}", others, data)


def _medquad_search(folder: Path) -> Iterable[Figure]:
    rows = rows_of(folder / "medquad_mh.jsonl")
    for titled, target in ((True, 0.90), (False, None)):
        store = MemoryStore(medquad_library(rows, titled=titled), Language.ENGLISH)
        asked = ask_all(
            store, [("medquad", row["focus"], row["question"], frozenset([row["url"]])) for row in rows]
        )
        what = "title and text" if titled else "text alone, without titles"
        yield _share(
            f"the question's page among the first three, medquad_mh, by {what}",
            _found(asked),
            "medquad_mh",
            target,
            f"{len({row['url'] for row in rows})} pages. The rows' questions are not indexed.",
            subjects=[row["url"] for row in rows],
        )


def _brochure_search(data: Path) -> Iterable[Figure]:
    store = nimh_store(data / "nimh_brochures")
    items = [
        ("nimh", row["topics"][0], row["question"], frozenset(_BROCHURES[row["topics"][0]]))
        for row in own_questions(Language.ENGLISH)
        if row["topics"] and row["topics"][0] in _BROCHURES
    ]
    yield _share(
        "a brochure on the topic among the first three, own questions of nimh_brochures",
        _found(ask_all(store, items)),
        "nimh_brochures",
        None,
        "15 brochures as plain text; columns printed side by side run into each other.",
    )


def _supported(data: Path) -> Iterable[Figure]:
    sets = {
        "medquad": "medquad_mh, all pages there",
        "medquad half": "medquad_mh, half of the subjects there",
        "medquad without": "medquad_mh, the subject left out",
        "medquad narrower": "medquad_mh, only a wider subject there",
        "off topic, medquad": "own questions of no topic, asked of medquad_mh",
        "off topic, nimh": "own questions of no topic, asked of nimh_brochures",
        "k_qa": "k_qa, asked of medquad_mh",
        "own en": "own questions, English",
    }
    yield from _answered_and_not(clear(english_questions(data)), Language.ENGLISH, sets)


def _answered_and_not(asked: list[Asked], language: Language, sets: dict[str, str]) -> Iterable[Figure]:
    """For each set, questions with a page that are answered, and without one that are not."""
    _, chances = best_strength(asked)
    threshold = support_weights()[language].threshold
    for name, said in sets.items():
        for with_page in (True, False):
            held = [
                (one, float(chance))
                for one, chance in zip(asked, chances, strict=True)
                if family(one) == name and bool(one.pages) is with_page
            ]
            if held:
                yield _side(held, said, threshold=threshold, with_page=with_page)


def _side(held: Sequence[tuple[Asked, float]], said: str, *, threshold: float, with_page: bool) -> Figure:
    def right(least: float) -> list[bool]:
        return [(chance >= least) is with_page for _, chance in held]

    curve = ", ".join(f"{sum(right(least)) / len(held):.2f} at {least}" for least in (0.2, 0.4, 0.6, 0.8))
    return _share(
        f"questions {'with a page answered' if with_page else 'without a page not answered'}, {said}",
        right(threshold),
        said,
        0.85 if with_page else None if "wider" in said else 0.90,
        f"Threshold {threshold}; {curve}. Weights fitted without the question's subject.",
        subjects=[one.subject for one, _ in held],
    )


def _found(asked: Sequence[Asked]) -> list[bool]:
    """Whether a page that answers is among the first three pages found."""
    return [bool(one.pages & set(_first_pages(one, 3))) for one in asked]


def _first_pages(one: Asked, most: int) -> list[str]:
    return list(dict.fromkeys(found.passage.page for found in one.found))[:most]


def _share(
    name: str,
    successes: Sequence[bool],
    dataset: str,
    target: float | None = None,
    remark: str = "",
    *,
    subjects: Sequence[str] = (),
) -> Figure:
    """A share; where observations share subjects and it is neither 0 nor 1, its interval resamples subjects."""
    provenance = _provenance(dataset)
    clusters = len(set(subjects)) if subjects else None
    value = proportion(sum(successes), len(successes), provenance=provenance, clusters=clusters)
    if clusters is not None and clusters < len(successes) and 0 < sum(successes) < len(successes):
        value = bootstrap_mean(
            [float(one) for one in successes], subjects, provenance=provenance, unit="share"
        )
    return Figure("library", name, value, target, remark)


def _provenance(dataset: str) -> Provenance:
    return Provenance(
        dataset,
        _METHOD,
        datetime.now(UTC).date().isoformat(),
        20261122,
        "Wilson 1927; bootstrap over subjects",
    )

"""What a report says, in order: what the model may not do, then study by study, then all that is needed to run it again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from thirdchair.evidence import Shortfall, shortfalls
from thirdchair.evidence.pack import EvidencePack
from thirdchair.measures.estimate import Estimate, Unscored
from thirdchair.measures.outcomes import Headline
from thirdchair.records import Language
from thirdchair.uses import registered_use
from thirdchair_lab.failures import failures_told
from thirdchair_lab.findings import variance
from thirdchair_lab.judges import judge_named
from thirdchair_lab.judges.inside import of_one_family
from thirdchair_lab.people.playing import person_prompt
from thirdchair_lab.report.blocks import Block, Bullets, Grid, Heading, Paragraph, Picture
from thirdchair_lab.report.numbers import estimate_in_words, number
from thirdchair_lab.report.wording import OUTCOMES, WORDS
from thirdchair_lab.results import RunResult, StudyResult
from thirdchair_lab.study import Arm, Figure, Score


def contents(result: RunResult, language: Language) -> tuple[Block, ...]:
    """The blocks of a report."""
    return tuple(_blocks(result, language))


def _blocks(result: RunResult, language: Language) -> Iterator[Block]:
    words, plan = WORDS[language], result.plan
    yield Heading(1, words["title"].format(model=plan.model))
    yield Paragraph(
        words["lede"].format(run=plan.id, date=plan.date, model=plan.model, digest=plan.model_digest[:12])
    )
    yield Heading(2, words["uses"])
    yield Paragraph(words["uses_lede"])
    scores = [score for one in result.studies for score in one.study.scores]
    if result.failures:
        yield Paragraph(words["failures"], "warn")
        yield Bullets(tuple(failures_told(result.failures, language)))
    for use in result.uses:
        titles = {score.measure: score.title[language] for score in scores if score.use == use}
        yield from _use(result, use, titles, language)
    for study in result.studies:
        yield from _study(study, language)
        yield from _beside(result, study, language)
    yield from _again(result, language)


def _beside(result: RunResult, of: StudyResult, language: Language) -> Iterator[Block]:
    """Of the models beside the one that is measured: which, what they were told, what that is worth."""
    words, plan = WORDS[language], result.plan
    if plan.person and of.study.has_people:
        yield Paragraph(words["played"].format(model=plan.person.name, digest=plan.person.digest[:12]))
        if plan.person.digest == plan.model_digest:
            yield Paragraph(words["played_itself"], "warn")
        yield Bullets(tuple(person_prompt(Language(code)) for code in plan.languages))
    if plan.judge and of.study.judges:
        yield Paragraph(words["judged"].format(model=plan.judge.name, digest=plan.judge.digest[:12]))
        if of_one_family(plan.judge.name, plan.model):
            yield Paragraph(words["one_family"].format(judge=plan.judge.name, model=plan.model), "warn")
        judge = judge_named(of.study.judges)
        yield Bullets(tuple(path.read_text("utf-8") for path in judge.files if path.suffix == ".md"))


def _use(result: RunResult, use: str, titles: Mapping[str, str], language: Language) -> Iterator[Block]:
    words, known = WORDS[language], registered_use(use)
    title = known.title[language] if known else use
    if known is None or not known.requirements:
        yield Paragraph(words["no_requirements"].format(use=title), "warn")
        return
    pack = EvidencePack(
        use,
        result.plan.model,
        "",
        result.plan.languages[0],
        result.plan.date,
        "",
        result.estimates_for(use),
        "",
    )
    short = shortfalls(known.requirements, pack)
    yield Heading(3, f"{title} ({use})")
    if len(result.plan.languages) > 1:
        yield Paragraph(words["mixed"], "warn")
    if short:
        yield Paragraph(words["may_not"].format(use=title, n=len(short), of=len(known.requirements)), "warn")
        yield Bullets(tuple(_shortfall(one, pack, titles, language) for one in short))
    else:
        yield Paragraph(words["shown"].format(use=title), "ok")


def _shortfall(one: Shortfall, pack: EvidencePack, titles: Mapping[str, str], language: Language) -> str:
    words, requirement = WORDS[language], one.requirement
    found = pack.estimates.get(requirement.measure)
    told = words["not_measured"] if found is None else estimate_in_words(found, language)
    return words["short"].format(
        measure=titles.get(requirement.measure, requirement.measure),
        needs=_needs(requirement, language),
        found=told,
    )


def _needs(requirement: object, language: Language) -> str:
    """A bound as it is read: at least, or at most where lower is better."""
    words = WORDS[language]
    at_most = getattr(requirement, "at_most", None)
    if at_most is not None:
        return words["at_most"].format(bound=number(at_most))
    return words["at_least"].format(bound=number(getattr(requirement, "at_least", 0.0)))


def _study(result: StudyResult, language: Language) -> Iterator[Block]:
    words, study = WORDS[language], result.study
    yield Heading(2, f"{study.title[language]} ({study.name})")
    units = len({cell.unit for cell in result.work.cells})
    yield Paragraph(
        words["planned"].format(cells=len(result.work.cells), units=units, repeats=result.work.repeats)
    )
    if study.is_short:
        yield Paragraph(words["short_form"], "warn")
    if not result.work.planned:
        yield Paragraph(words["nothing_planned"], "warn")
        return
    if not result.is_complete:
        yield Paragraph(words["incomplete"], "warn")
    yield Grid(words["headlines"], _headers(language), tuple(_headline_rows(result, language)))
    overview = _overview(result, language)
    if overview.points:
        yield Picture(overview, overview.title[language], _in_words(overview, language))
    counts = tuple(_count_rows(result, language))
    yield Grid(words["outcomes"], (words["arm"], *OUTCOMES[language].values()), counts)
    if result.work.repeats > 1:
        yield Grid(words["variance"], _variance_headers(language), tuple(_variance_rows(result, language)))
    for arm, found in result.findings.items():
        rows = tuple(_finding_row(name, one, language) for name, one in found.estimates.items())
        if rows:
            caption = f"{words['findings']}: {words[arm]}"
            yield Grid(caption, (words["measure"], words["estimate"], words["n"], words["source"]), rows)
        if found.notes:
            yield Bullets(tuple(note[language] for note in found.notes))
        for figure in found.figures:
            yield Picture(figure, f"{figure.title[language]} ({words[arm]})", _in_words(figure, language))
    shows = study.shows(units, result.work.repeats)
    if shows:
        yield Heading(3, words["size"])
        yield Bullets(tuple(one.text[language] for one in shows))


def _overview(result: StudyResult, language: Language) -> Figure:
    """The shares among the headlines, each arm under the other."""
    words = WORDS[language]
    points = tuple(
        (f"{words[arm]} · {score.title[language]}", found.value, found.low, found.high)
        for score in result.study.scores
        for arm in result.tables
        if score.bounds == (0, 1)
        and isinstance(found := result.headlines[arm][score.name].estimate, Estimate)
    )
    title = {each: WORDS[each]["overview"] for each in Language}
    return Figure("intervals", title, points)


def _headers(language: Language) -> tuple[str, ...]:
    words = WORDS[language]
    return tuple(words[name] for name in ("measure", "of", "estimate", "n", "bounds", "verdict", "source"))


def _headline_rows(result: StudyResult, language: Language) -> Iterator[tuple[str, ...]]:
    words = WORDS[language]
    for score in result.study.scores:
        for arm in result.tables:
            yield _headline_row(score, words[arm], result.headlines[arm][score.name], language)
        for name, found in result.baseline_headlines.items():
            yield _headline_row(score, words["baseline"].format(name=name), found[score.name], language)
        added = result.added(score)
        if added is not None:
            told = estimate_in_words(added, language)
            yield (score.title[language], words["added"], told, _n(added), "", "", score.source)


def _headline_row(score: Score, of: str, found: Headline, language: Language) -> tuple[str, ...]:
    words = WORDS[language]
    bounds = ""
    if found.verdict == "incomplete" and found.worst is not None and found.best is not None:
        bounds = words["from_to"].format(low=number(found.worst), high=number(found.best))
    told = estimate_in_words(found.estimate, language)
    return (
        score.title[language],
        of,
        told,
        _n(found.estimate),
        bounds,
        words[f"verdict_{found.verdict}"],
        score.source,
    )


def _count_rows(result: StudyResult, language: Language) -> Iterator[tuple[str, ...]]:
    for arm, of in result.tables.items():
        kinds = [str(row.answer.outcome) for row in of.rows]
        yield (WORDS[language][arm], *(str(kinds.count(kind)) for kind in OUTCOMES[language]))


def _variance_headers(language: Language) -> tuple[str, ...]:
    words = WORDS[language]
    names = ("measure", "of", "item", "prompt", "interaction", "repeat", "reliability")
    return tuple(words[name] for name in names)


def _variance_rows(result: StudyResult, language: Language) -> Iterator[tuple[str, ...]]:
    for score in result.study.scores:
        for arm, of in result.tables.items():
            found = variance(score, of)
            parts = (found.item, found.prompt, found.interaction, found.repeat, found.reliability_of_mean)
            told = (estimate_in_words(part, language) for part in parts)
            yield (score.title[language], WORDS[language][arm], *told)


def _finding_row(name: str, found: Estimate | Unscored | Headline, language: Language) -> tuple[str, ...]:
    one = found.estimate if isinstance(found, Headline) else found
    source = one.source if isinstance(one, Estimate) else ""
    return name, estimate_in_words(one, language), _n(one), source


def _n(found: Estimate | Unscored) -> str:
    if isinstance(found, Unscored):
        return "0"
    return str(found.n) if found.n == found.clusters else f"{found.n} / {found.clusters}"


def _in_words(figure: Figure, language: Language) -> str:
    """The points of a figure as a sentence each, for those who do not see it."""
    if figure.kind == "intervals":
        return "; ".join(
            f"{label}: {number(value)} ({number(low)}–{number(high)})"
            for label, value, low, high in figure.points
        )
    return "; ".join(f"{series}: {number(x)} → {number(y)}" for series, x, y, *_ in figure.points)


def _again(result: RunResult, language: Language) -> Iterator[Block]:
    words, plan = WORDS[language], result.plan
    yield Heading(2, words["again"])
    yield Paragraph(words["again_lede"])
    facts: Mapping[str, str] = {
        words["run"]: plan.id,
        words["made_at"]: plan.made_at,
        words["version"]: plan.version,
        words["model"]: f"{plan.model} {plan.model_digest}",
        words["languages"]: ", ".join(plan.languages),
        words["seed"]: str(plan.seed),
        words["temperature"]: words["as_the_study"] if plan.temperature is None else str(plan.temperature),
        words["budget"]: plan.budget or words["none"],
        **{
            words[role]: f"{one.name} {one.digest}; {words['told']} {one.prompt}"
            for role, one in (("person", plan.person), ("judge", plan.judge))
            if one
        },
        **{f"{words['file']} {name}": f"{path} {digest}" for name, (path, digest) in plan.files.items()},
    }
    yield Grid(words["run"], (words["what"], words["value"]), tuple(facts.items()))
    rows = tuple(
        (
            part.study,
            part.digest,
            str(part.planned),
            "+".join(_arms(part.arms, language)),
            str(part.repeats),
            words["short_name" if part.short else "whole"],
        )
        for part in plan.parts
    )
    headers = tuple(words[name] for name in ("study", "digest", "answers", "arm", "repeats", "form"))
    yield Grid(words["studies"], headers, rows)


def _arms(arms: tuple[Arm, ...], language: Language) -> tuple[str, ...]:
    return tuple(WORDS[language][arm] for arm in arms)

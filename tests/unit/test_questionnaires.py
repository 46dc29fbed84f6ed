"""Questionnaires read, answered and scored by rule."""

from __future__ import annotations

import copy
import itertools
from datetime import UTC, datetime
from typing import Any

import pytest

from questionnaires import C_SSRS, GAD_7, PHQ_9, WITH_WORDS, as_file, choice, instrument, made, yes_or_no
from thirdchair.measures.estimate import Unscored
from thirdchair.questionnaires import (
    Instrument,
    QuestionnaireUnusable,
    Response,
    Scores,
    Triage,
    asked,
    asks_for_a_person,
    bind,
    from_fhir,
    in_language,
    read_key,
    read_questionnaire,
    score,
    shipped,
    shipped_file,
    shipped_keys,
    to_fhir,
    told_by,
    unanswered,
)
from thirdchair.records import Language

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def response(made_of: Instrument, answers: dict[str, Any], *, complete: bool = True) -> Response:
    return Response(made_of.questionnaire.digest, answers, complete, AT)


def scored(made_of: Instrument, answers: dict[str, Any]) -> Scores:
    found = score(made_of, response(made_of, answers))
    assert isinstance(found, Scores)
    return found


def problems_in(resource: dict[str, Any]) -> str:
    with pytest.raises(QuestionnaireUnusable) as found:
        read_questionnaire(as_file(resource))
    return str(found.value)


# --- reading -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("contained", []),
        ("modifierExtension", []),
        ("implicitRules", "urn:x"),
        ("derivedFrom", ["urn:x"]),
        ("extension", [{"url": "urn:calculated"}]),
    ],
)
def test_a_part_of_the_file_that_is_not_supported_is_refused_by_name(part, value):
    assert f"{part}: is not supported" in problems_in(PHQ_9 | {part: value})


@pytest.mark.parametrize(
    ("more", "named"),
    [
        ({"answerValueSet": "urn:x"}, "answerValueSet: is not supported"),
        ({"initial": [{"valueBoolean": True}]}, "initial: is not supported"),
        ({"repeats": True}, "repeats"),
        ({"readOnly": True}, "readOnly"),
        ({"type": "open-choice"}, "type"),
        ({"type": "quantity"}, "type"),
        ({"extension": [{"url": "http://hl7.org/fhir/StructureDefinition/questionnaire-hidden"}]}, "questionnaire-hidden"),
        ({"text": " "}, "text"),
        ({"linkId": "2"}, "linkId stands twice"),
        ({"answerOption": [{"valueCoding": {"code": "a"}}, {"valueCoding": {"code": "b", "display": "B"}}]}, "no display"),
        ({"answerOption": [{"valueCoding": {"code": "a", "display": "A"}}]}, "two options or more"),
        ({"answerOption": [{"valueCoding": {"code": "a", "display": "A"}}] * 2}, "code of an option stands twice"),
        ({"answerOption": [{"valueCoding": {"code": "a", "display": "A"}, "initialSelected": True}]}, "initialSelected"),
        ({"item": [choice("10")]}, "only a group holds items"),
        ({"type": "group", "answerOption": []}, "a group holds items"),
        ({"type": "integer", "answerOption": []}, "minValue and maxValue"),
        ({"enableWhen": [{"question": "9", "operator": "=", "answerInteger": 1}]}, "no earlier question"),
        ({"enableWhen": [{"question": "0", "operator": "=", "answerInteger": 1}]}, "what it cannot answer"),
        ({"enableWhen": [{"question": "0", "operator": "=", "answerCoding": {"code": "o9"}}]}, "what it cannot answer"),
        ({"enableWhen": [{"question": "0", "operator": ">", "answerCoding": {"code": "o1"}}]}, "what it cannot answer"),
        ({"enableWhen": [{"question": "0", "operator": "exists"}]}, "enableWhen has one answer"),
        ({"enableWhen": [{"question": "0", "operator": "exists", "answerBoolean": True}] * 2}, "enableBehavior"),
    ],
)  # fmt: skip
def test_an_item_that_is_not_supported_is_refused_with_its_place(more, named):
    items = [choice("0"), choice("1") | more, choice("2")]
    assert named in problems_in(made("x", items))


def test_what_is_no_questionnaire_is_refused():
    for data in (b"", b"[]", b"\xff", b"{}", b'{"a": 1, "a": 2}', b'{"a": NaN}', b"[" * 100_000):
        with pytest.raises(QuestionnaireUnusable):
            read_questionnaire(data)


def test_translations_are_read_and_a_missing_language_falls_back_with_its_own_name():
    mood = shipped()["mood-check"].questionnaire
    assert in_language(mood.title, Language.CHINESE) == ("简短心情小问卷", Language.CHINESE)
    english_only = read_questionnaire(as_file(PHQ_9))
    assert in_language(english_only.title, Language.CHINESE) == ("Placeholder phq-9", Language.ENGLISH)


def test_answers_are_bound_to_the_file_they_answer():
    one, other = instrument(PHQ_9), instrument(PHQ_9 | {"version": "2"})
    assert one.questionnaire.digest != other.questionnaire.digest
    assert score(other, response(one, {})) == Unscored(
        "the response is to another version of the questionnaire"
    )
    with pytest.raises(QuestionnaireUnusable, match="another version"):
        to_fhir(other.questionnaire, response(one, {}), subject="p", language=Language.ENGLISH)


# --- what is asked -----------------------------------------------------------------------------------------


def test_an_item_is_asked_only_where_its_condition_holds_and_its_group_is_asked():
    form = read_questionnaire(
        as_file(
            made(
                "x",
                [
                    yes_or_no("a"),
                    {
                        "linkId": "g",
                        "type": "group",
                        "enableWhen": [{"question": "a", "operator": "=", "answerBoolean": True}],
                        "item": [yes_or_no("b"), yes_or_no("c", if_yes="b")],
                    },
                ],
            )
        )
    )
    names = [[item.link_id for item in asked(form, answers)] for answers in (
        {}, {"a": False, "b": True}, {"a": True}, {"a": True, "b": True})]  # fmt: skip
    assert names == [["a"], ["a"], ["a", "g", "b"], ["a", "g", "b", "c"]]


def test_a_required_item_that_is_not_asked_is_not_missing():
    form = read_questionnaire(
        as_file(made("x", [yes_or_no("a"), yes_or_no("b", if_yes="a") | {"required": True}]))
    )
    assert unanswered(form, {"a": False}) == ()
    assert [item.link_id for item in unanswered(form, {"a": True})] == ["b"]


@pytest.mark.parametrize(
    ("operator", "value", "given", "holds"),
    [("<", 5, 4, True), ("<=", 4, 4, True), (">", 4, 4, False), (">=", 4, 4, True), ("!=", 4, 4, False), ("=", 4, 4, True)],
)  # fmt: skip
def test_a_number_is_compared_as_the_condition_says(operator, value, given, holds):
    hours = WITH_WORDS["item"][1]
    then = yes_or_no("then") | {
        "enableWhen": [{"question": "hours", "operator": operator, "answerInteger": value}]
    }
    form = read_questionnaire(as_file(made("x", [hours, then])))
    assert ("then" in {item.link_id for item in asked(form, {"hours": given})}) is holds
    assert "then" not in {item.link_id for item in asked(form, {})}


# --- scoring -----------------------------------------------------------------------------------------------


def phq(*worth: int | None) -> dict[str, Any]:
    return {str(place): f"o{points}" for place, points in enumerate(worth, 1) if points is not None}


@pytest.mark.parametrize(
    ("worth", "total", "band"),
    [
        ((0,) * 9, 0, "minimal"),
        ((1, 1, 1, 1, 0, 0, 0, 0, 0), 4, "minimal"),
        ((1, 1, 1, 1, 1, 0, 0, 0, 0), 5, "mild"),
        ((3, 3, 3, 0, 0, 0, 0, 0, 0), 9, "mild"),
        ((3, 3, 3, 1, 0, 0, 0, 0, 0), 10, "moderate"),
        ((3, 3, 3, 3, 2, 0, 0, 0, 0), 14, "moderate"),
        ((3, 3, 3, 3, 3, 0, 0, 0, 0), 15, "moderately severe"),
        ((3, 3, 3, 3, 3, 3, 1, 0, 0), 19, "moderately severe"),
        ((3, 3, 3, 3, 3, 3, 2, 0, 0), 20, "severe"),
        ((3,) * 9, 27, "severe"),
    ],
)
def test_the_phq_9_is_a_sum_with_its_published_bands(worth, total, band):
    found = scored(instrument(PHQ_9), phq(*worth)).scales["total"]
    assert (found.value, found.low, found.high) == (total, total, total)
    assert [one.words[Language.ENGLISH] for one in found.bands] == [band]


def test_the_gad_7_is_a_sum_with_its_published_bands_and_takes_no_missing_item():
    gad = instrument(GAD_7)
    for total, band in (
        (0, "minimal"),
        (4, "minimal"),
        (5, "mild"),
        (10, "moderate"),
        (15, "severe"),
        (21, "severe"),
    ):
        worth = [min(3, max(0, total - 3 * place)) for place in range(7)]
        found = scored(gad, phq(*worth)).scales["total"]
        assert found.value == total
        assert [one.words[Language.ENGLISH] for one in found.bands] == [band]
    assert isinstance(scored(gad, phq(0, 0, 0, 0, 0, 0)).scales["total"], Unscored)


def test_missing_items_are_stood_in_for_up_to_the_keys_number_and_the_bounds_say_what_they_could_be():
    form = instrument(PHQ_9)
    found = scored(form, phq(1, 1, 1, 1, 1, 1, 1, None, None)).scales["total"]
    assert (found.value, found.low, found.high, found.answered) == (9, 7, 13, 7)
    assert [one.words[Language.ENGLISH] for one in found.bands] == ["mild", "moderate"]
    assert isinstance(scored(form, phq(1, 1, 1, 1, 1, 1, None, None, None)).scales["total"], Unscored)


def test_what_is_not_done_is_not_scored():
    form = instrument(PHQ_9)
    assert isinstance(score(form, response(form, phq(*[1] * 9), complete=False)), Unscored)
    assert isinstance(score(instrument(WITH_WORDS, ""), response(instrument(WITH_WORDS, ""), {})), Unscored)


@pytest.mark.parametrize("worth", [1, 2, 3])
def test_any_answer_but_the_first_to_item_nine_is_told_also_half_way(worth):
    form = instrument(PHQ_9)
    (told,) = told_by(form, {"9": f"o{worth}"})
    assert (told.item.link_id, told.level) == ("9", 2)
    assert told_by(form, {"9": "o0"} | phq(3, 3, 3, 3, 3, 3, 3, 3)) == ()


def test_our_mood_check_reverses_what_is_good_names_no_band_and_says_that_it_is_untested():
    mood = shipped()["mood-check"]
    assert mood.key is not None
    assert mood.key.validated is False
    assert not any(scale.bands for scale in mood.key.scales)
    hard = dict.fromkeys(["low", "worry"], "every") | dict.fromkeys(["good", "rest", "doing"], "none")
    easy = dict.fromkeys(["low", "worry"], "none") | dict.fromkeys(["good", "rest", "doing"], "every")
    assert scored(mood, hard).scales["total"].value == 20
    assert scored(mood, easy).scales["total"].value == 0
    assert asks_for_a_person(mood, {"contact": True})
    assert not asks_for_a_person(mood, {"contact": False})


def test_every_word_of_our_own_questionnaire_is_in_both_languages():
    mood = shipped()["mood-check"].questionnaire
    texts = [mood.title, mood.about, *(item.words for item in mood.walk())]
    texts += [option.words for item in mood.walk() for option in item.options]
    assert all(set(words) == set(Language) for words in texts)


def test_a_mean_with_reversed_items_is_scored_by_the_key():
    form = made("x", [choice("a", points=5), choice("b", points=5)])
    key = {
        "key": "x", "version": "1", "instrument": "X", "source": "ours", "verified": True, "validated": False,
        "items": {"a": {"called": ["a"], "points": [0, 1, 2, 3, 4]}, "b": {"called": ["b"], "points": [0, 1, 2, 3, 4], "reversed": True}},
        "scales": [{"name": "m", "title": {"en": "M", "zh-hans": "均"}, "items": ["a", "b"], "how": "mean", "higher_is": "worse", "most_missing": 1}],
    }  # fmt: skip
    bound = bind(read_questionnaire(as_file(form)), read_key(as_file(key)))
    assert scored(bound, {"a": "o4", "b": "o1"}).scales["m"].value == 3.5
    one = scored(bound, {"a": "o4"}).scales["m"]
    assert (one.value, one.low, one.high) == (4, 2, 4)
    for wrong in ({"scales": [key["scales"][0] | {"items": ["c"]}]}, {"dangers": [{"item": "c", "at_least": 1, "level": 1}]},
                  {"scales": [key["scales"][0] | {"bands": [{"lowest": 0, "words": {"en": "a", "zh-hans": "b"}}]}]},
                  {"items": key["items"] | {"b": {"called": ["b"], "points": [0, 1]}}}, {"extra": 1}):  # fmt: skip
        with pytest.raises(QuestionnaireUnusable):
            read_key(as_file(key | wrong))


def test_every_shipped_figure_says_whether_somebody_read_it_in_its_source():
    """Nobody here has had the primary papers open, so none may claim to be verified; when one is read, say so here."""
    for key in shipped_keys().values():
        ours = key.key == "mood-check"
        assert key.verified is ours
        for scale in key.scales:
            assert not scale.bands_verified
            assert scale.change is None or not scale.change.verified


# --- a key that does not fit -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda items: items.pop(8), "no item is called 9"),
        (lambda items: items.append(choice("11")), "no such item"),
        (lambda items: items.append(choice("x", code=[{"code": "44260-8"}])), "more than one item"),
        (lambda items: items[8]["answerOption"].reverse(), "worth something else"),
        (lambda items: items[8].update(choice("9", points=5)), "4 options"),
        (lambda items: items.__setitem__(8, yes_or_no("9")), "4 options"),
        (lambda items: items[8].update(enableWhen=[{"question": "1", "operator": "exists", "answerBoolean": True}]), "asked always"),
    ],
)  # fmt: skip
def test_a_file_that_the_key_does_not_fit_is_refused(change, named):
    resource = copy.deepcopy(PHQ_9)
    change(resource["item"])
    with pytest.raises(QuestionnaireUnusable, match=named):
        instrument(resource)


def test_another_instruments_key_is_refused_and_a_question_the_key_leaves_unscored_is_not():
    with pytest.raises(QuestionnaireUnusable, match="item 9: GAD-7 has no such item"):
        instrument(PHQ_9, "gad-7")
    resource = copy.deepcopy(PHQ_9)
    resource["item"] += [choice("10"), {"linkId": "words", "type": "text", "text": "Placeholder"}]
    assert scored(instrument(resource), phq(*[1] * 9) | {"10": "o3"}).scales["total"].value == 9


def test_a_screener_whose_branches_are_not_those_of_the_key_is_refused():
    for place in (2, 6):
        resource = copy.deepcopy(C_SSRS)
        del resource["item"][place]["enableWhen"]
        with pytest.raises(QuestionnaireUnusable, match="only if item"):
            instrument(resource)


# --- the C-SSRS screener, every pattern --------------------------------------------------------------------

# Items 1 to 5, then what item 6 adds: never, in a life, in the last three months. 3 to 5 are asked only after a yes to 2.
# Levels as in the screener's triage: low = 1 or 2; moderate = 3, or 6 longer ago; high = 4, 5, or 6 in the last three months.
TABLE = """
1 2 3 4 5   never     life      recent
n n - - -   none      moderate  high
y n - - -   low       moderate  high
n y n n n   low       moderate  high
y y n n n   low       moderate  high
n y y n n   moderate  moderate  high
y y y n n   moderate  moderate  high
n y n y n   high      high      high
y y n y n   high      high      high
n y n n y   high      high      high
y y n n y   high      high      high
n y y y n   high      high      high
y y y y n   high      high      high
n y y n y   high      high      high
y y y n y   high      high      high
n y n y y   high      high      high
y y n y y   high      high      high
n y y y y   high      high      high
y y y y y   high      high      high
"""
SAID = {"y": True, "n": False}
NEVER, LIFE, RECENT = {"6": False}, {"6": True, "6-recent": False}, {"6": True, "6-recent": True}


def patterns() -> list[tuple[dict[str, bool], str]]:
    rows = [line.split() for line in TABLE.strip().splitlines()[1:]]
    return [
        ({str(place): SAID[said] for place, said in enumerate(row[:5], 1) if said != "-"} | six, level)
        for row in rows
        for six, level in zip((NEVER, LIFE, RECENT), row[5:], strict=True)
    ]


def test_the_table_holds_every_pattern_of_answers_that_can_be_given():
    form = instrument(C_SSRS).questionnaire
    every = set()
    for said in itertools.product((True, False), repeat=7):
        given = dict(zip(("1", "2", "3", "4", "5", "6", "6-recent"), said, strict=True))
        every.add(frozenset((item.link_id, given[item.link_id]) for item in asked(form, given)))
    assert len(every) == 54
    assert {frozenset(answers.items()) for answers, _ in patterns()} == every


@pytest.mark.parametrize(("answers", "level"), patterns())
def test_the_screener_gives_the_level_of_the_table(answers, level):
    found = scored(instrument(C_SSRS), answers).triage
    assert isinstance(found, Triage)
    assert (found.rule.level, found.at_least) == (level, False)
    told = told_by(instrument(C_SSRS), answers)
    assert bool(told) == (level != "none")
    highest = max((one.level for one in told), default=0)
    assert highest in {"none": (0,), "low": (1, 2), "moderate": (3,), "high": (4, 5, 6)}[level]


@pytest.mark.parametrize("missing", [left for n in (1, 2, 3) for left in itertools.combinations("123456", n)])
def test_an_answer_that_is_missing_never_lowers_the_level_of_the_screener(missing):
    """With answers left out it says “at least”, or nothing; never a lower level as if it were the whole."""
    order = ["none", "low", "moderate", "high"]
    form = instrument(C_SSRS)
    for answers, level in patterns():
        kept = {item: said for item, said in answers.items() if item not in missing}
        if kept == answers:
            continue
        found = scored(form, kept).triage
        if isinstance(found, Triage):
            assert found.at_least or order.index(found.rule.level) >= order.index(level), (kept, level)


def test_who_said_yes_has_said_it_even_if_the_question_before_is_taken_back():
    form = instrument(C_SSRS)
    assert told_by(form, {"2": False, "5": True})[0].level == 5


# --- FHIR --------------------------------------------------------------------------------------------------


def test_a_response_goes_out_as_fhir_and_comes_back_the_same():
    form = instrument(WITH_WORDS, "")
    said = response(form, {"words": "placeholder", "hours": 7})
    sent = to_fhir(form.questionnaire, said, subject="p-1", language=Language.ENGLISH)
    assert sent["questionnaire"] == "urn:test:in-your-words|1"
    assert [one["linkId"] for one in sent["item"]] == ["g", "hours"]
    assert sent["item"][0]["item"][0]["answer"] == [{"valueString": "placeholder"}]
    assert from_fhir(form.questionnaire, sent) == said


@pytest.mark.parametrize(
    "change",
    [
        lambda one: one.update(resourceType="Observation"),
        lambda one: one.update(status="amended"),
        lambda one: one.update(authored="yesterday"),
        lambda one: one.update(authored="2026-03-02T09:30:00"),
        lambda one: one.update(extension=[]),
        lambda one: one.update(basedOn=[]),
        lambda one: one["item"].append({"linkId": "nowhere", "answer": [{"valueString": "secret words"}]}),
        lambda one: one["item"][1]["answer"].append({"valueInteger": 3}),
        lambda one: one["item"][1].update(answer=[{"valueInteger": 99}]),
        lambda one: one["item"][1].update(answer=[{"valueString": "secret words"}]),
        lambda one: one["item"][1].update(answer="secret words"),
        lambda one: one.update(item={"linkId": "hours"}),
    ],
)  # fmt: skip
def test_a_response_that_does_not_fit_is_refused_and_never_quoted(change):
    form = instrument(WITH_WORDS, "")
    sent = to_fhir(
        form.questionnaire, response(form, {"words": "secret words", "hours": 7}), subject="p-1", language=Language.ENGLISH
    )  # fmt: skip
    change(sent)
    with pytest.raises(QuestionnaireUnusable) as found:
        from_fhir(form.questionnaire, sent)
    assert "secret" not in str(found.value)


def test_a_response_to_what_is_not_asked_is_refused():
    form = instrument(C_SSRS)
    sent = to_fhir(
        form.questionnaire, response(form, {"2": True, "4": True}), subject="p", language=Language.ENGLISH
    )
    sent["item"][0]["answer"] = [{"valueBoolean": False}]
    with pytest.raises(QuestionnaireUnusable, match="not asked"):
        from_fhir(form.questionnaire, sent)


def test_what_ships_is_read_from_its_file():
    assert read_questionnaire(shipped_file("mood-check")) == shipped()["mood-check"].questionnaire

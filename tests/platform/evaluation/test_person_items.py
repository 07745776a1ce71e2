"""Statements about the person stand apart from everything an evaluation says of opinions."""

import json

import pytest

from alpclusters.platform.cafe.models import AlpCafe
from alpclusters.platform.evaluation.domain.computing import compute
from alpclusters.platform.evaluation.domain.publications import ever_public, read_told
from alpclusters.platform.evaluation.domain.records import Evaluation
from alpclusters.platform.evaluation.domain.releases import release_snapshot
from alpclusters.platform.evaluation.domain.result_blocks import build_blocks
from alpclusters.platform.evaluation.domain.snapshots import evaluate_cafe, evaluation_of
from alpclusters.platform.evaluation.domain.storage import from_json, to_json
from alpclusters.platform.measures.models import Measure
from tests.factories.evaluation import NOW
from tests.factories.judging import FOUR, GOLDEN, TWO_CRITERIA, along_a_line, four_cafe
from tests.factories.texts import change_texts

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def mark(cafe: AlpCafe, key: str, *, about: bool | None = True) -> int:
    cafe.cafe_measures.filter(measure__key=key).update(is_about_person=about)
    return Measure.objects.get(key=key).pk


def named_in_results(found: Evaluation) -> set[int]:
    """Return the measures any list, ranking, comparison or picture of opinions names."""
    record = to_json(found)
    for one in record["criteria"]:
        one.pop("persons", None)
    record.pop("persons", None)
    record.pop("top_three")
    named: set[int] = set()

    def walk(value: object) -> None:
        if isinstance(value, dict):
            named.update(value[name] for name in ("measure", "pk") if name in value)
            for one in value.values():
                walk(one)
        elif isinstance(value, list):
            for one in value:
                walk(one)

    walk({name: value for name, value in record.items() if name != "criteria"})
    for one in record["criteria"]:
        walk({name: value for name, value in one.items() if name != "pk"})
        named.update(pk for tier in one["ranking"]["tiers"] for pk in tier["measures"])
    return named


@pytest.mark.parametrize("about", [True, None], ids=["marked", "proposed"])
def test_statement_about_the_person_is_in_no_result_but_its_own(about):
    cafe = four_cafe(criteria=TWO_CRITERIA, regions=("AT32", "ITH1"))
    pk = mark(cafe, "visit", about=about)
    change_texts(Measure.objects.filter(pk=pk), name={"de": "Ich besitze ein Haus"})

    found = compute(cafe)

    assert [item.key for item in found.measures] == list(FOUR[:3])
    status = "marked" if about else "proposed"
    assert [(one.item.pk, one.status) for one in found.persons] == [(pk, status)]
    assert pk not in named_in_results(found)
    assert {item.key for item in found.measures} == set(FOUR[:3])
    for result in found.criteria:
        (own,) = result.persons
        assert own.summary.n + own.summary.cannot_judge == 20
        assert own.splits == {}


def test_results_are_those_of_an_alpcafe_that_never_asked_for_it():
    """The opinions' figures do not move with what people say of themselves."""
    with_it = compute(marked := four_cafe())
    assert "visit" in {item.key for item in with_it.measures}
    mark(marked, "visit")
    without = compute(four_cafe([row[:3] for row in GOLDEN], measures=FOUR[:3]))

    found = compute(marked)

    assert _figures(found) == _figures(without)


def _figures(found: Evaluation) -> str:
    ranking = to_json(found)["criteria"][0]["ranking"]
    return json.dumps([ranking["measures"], ranking["tiers"]], sort_keys=True)


def test_hall_blocks_name_no_statement_about_the_person():
    cafe = four_cafe(criteria=TWO_CRITERIA)
    pk = mark(cafe, "visit")

    blocks = build_blocks(cafe)

    assert str(pk) not in blocks["names"]["measures"]
    told = json.dumps({key: one for key, one in blocks["blocks"].items() if key != "top_three"})
    assert f'"measure": {pk}' not in told


def test_own_counts_are_among_the_statements_of_the_audit_and_nobody_is_given_away():
    cafe = four_cafe(regions=("AT32", "ITH1"))
    pk = mark(cafe, "visit")
    release_snapshot(evaluate_cafe(cafe, made_by=None, now=NOW), now=NOW)

    criteria = list(cafe.cafe_criteria.values_list("criterion_id", flat=True))
    measures = list(cafe.cafe_measures.values_list("measure_id", flat=True))
    told = read_told(cafe, ever_public(cafe), criteria=criteria, measures=measures)

    assert (criteria[0], pk) in {one.block for one in told.register.statements}
    assert told.audit().found == ()


def test_snapshot_keeps_the_statement_and_one_without_any_keeps_its_bytes():
    cafe = four_cafe()
    assert "persons" not in json.dumps(to_json(compute(cafe)))
    mark(cafe, "visit")
    found = compute(cafe)

    again = from_json(json.loads(json.dumps(to_json(found))))

    assert again.persons == found.persons
    assert to_json(again) == to_json(found)
    assert again.criteria[0].persons[0].summary.counts == (8, 12, 0, 0, 0)
    snapshot = evaluate_cafe(cafe, made_by=None, now=NOW)
    assert evaluation_of(snapshot).persons == found.persons


def test_mark_that_is_taken_back_gives_the_evaluation_that_stood_before():
    cafe = four_cafe()
    first = evaluate_cafe(cafe, made_by=None, now=NOW)
    mark(cafe, "visit")
    second = evaluate_cafe(cafe, made_by=None, now=NOW)
    mark(cafe, "visit", about=None)

    third = evaluate_cafe(cafe, made_by=None, now=NOW)

    assert second.digest != first.digest == third.digest


def test_people_are_counted_whether_or_not_a_measure_is_an_opinion():
    rows = ["   3", *["5432", "4421", "5542"] * 5]
    cafe = four_cafe(rows)
    before = compute(cafe)
    mark(cafe, "visit")

    found = compute(cafe)

    assert before.n_people == found.n_people == len(rows)
    assert found.n_ratings == 45


def test_alpcafe_of_statements_about_the_person_alone_has_no_ranking_and_does_not_fail():
    cafe = four_cafe(criteria=TWO_CRITERIA)
    for key in FOUR:
        mark(cafe, key)

    found = compute(cafe)

    assert (found.measures, len(found.persons)) == ((), 4)
    assert found.criteria[0].ranking.measures == ()
    assert found.opinion is None


def test_axis_and_representative_statements_come_from_opinions_alone():
    cafe = along_a_line()
    pk = min(_at_the_ends(compute(cafe)))
    mark(cafe, Measure.objects.get(pk=pk).key)

    named = _at_the_ends(compute(cafe))

    assert named
    assert pk not in named


def _at_the_ends(found: Evaluation) -> set[int]:
    structure = found.opinion.structure
    assert structure is not None
    named = {measure for _criterion, measure in (*structure.rising, *structure.falling)}
    return named | {one.measure for group in found.opinion.groups for one in group.statements}

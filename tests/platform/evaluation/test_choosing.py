"""The top three in the hall and in evaluations, one beside the other."""

from dataclasses import fields
from datetime import timedelta

import pytest

from alpclusters.platform.cafe.domain.sealing import _move_answers
from alpclusters.platform.cafe.domain.top_threes import read_log, tally
from alpclusters.platform.cafe.models import Release, TopThree
from alpclusters.platform.evaluation.domain.choosing import read_choices, showings_of
from alpclusters.platform.evaluation.domain.computing import compute
from alpclusters.platform.evaluation.domain.disclosure import audit_cafe
from alpclusters.platform.evaluation.domain.publications import audited_publications
from alpclusters.platform.evaluation.domain.releases import release_snapshot
from alpclusters.platform.evaluation.domain.result_blocks import build_blocks
from alpclusters.platform.evaluation.domain.science import TopLine, TopThreeResult
from alpclusters.platform.evaluation.domain.snapshots import evaluate_cafe
from tests.factories.evaluation import NOW
from tests.factories.judging import FOUR, GOLDEN, four_cafe
from tests.factories.top_threes import count_top_three

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

HOUR = timedelta(hours=1)
EARLY = [("fair", "pilot", "label"), ("pilot", "visit", "fair"), ("label", "fair", "visit")] * 8


def choose(people, choices, at=NOW):
    for person, keys in zip(people, choices, strict=True):
        TopThree.objects.create(
            cafe=person.cafe,
            participant=person,
            key=f"top-{person.pk}-{at:%H}",
            measures=list(keys),
            received_at=at,
        )


ALL = (("visit", "label", "pilot"), ("fair", "visit", "label"), ("pilot", "fair", "visit"))
THREE = (("visit", "label", "pilot"), ("label", "pilot", "visit"), ("pilot", "visit", "label"))
"""All who choose so have the same three measures."""


def hall(n_late, late=ALL):
    """Twenty-four people chose, the hall was shown it, then some more chose."""
    cafe = four_cafe([*GOLDEN, *GOLDEN])
    people = list(cafe.participants.order_by("pk"))
    choose(people[:24], EARLY)
    show(cafe, build_blocks(cafe))
    choose(people[24 : 24 + n_late], (late * 5)[:n_late], at=NOW + HOUR)
    return cafe


def show(cafe, data, at=NOW):
    Release.objects.create(cafe=cafe, block="topthree", visible_from=at, data=data)


def published(cafe):
    now = NOW + 2 * HOUR
    return release_snapshot(evaluate_cafe(cafe, made_by=None, now=now), now=now).public


@pytest.mark.parametrize(("n", "counted"), [(1, 24), (9, 24), (10, 34)])
def test_choices_after_the_top_three_was_shown_count_from_ten_people_on(n, counted):
    cafe = hall(n)

    assert compute(cafe).top_three.n_people == count_top_three(cafe).n == counted
    published(cafe)
    found = audit_cafe(cafe)
    assert (found.people, found.choices.found, found.n_untrue) == (frozenset(), (), 0)
    assert found.n_choice_statements > 0


def test_ten_who_chose_the_same_three_measures_stay_out():
    cafe = hall(10, late=THREE)
    assert count_top_three(cafe).n == 34

    assert compute(cafe).top_three.n_people == 24
    published(cafe)
    assert audit_cafe(cafe).is_safe


def test_two_showings_one_choice_apart_give_it_away():
    cafe = hall(1)
    data = build_blocks(cafe)
    late = [tuple(row.measures) for row in [*read_log(cafe).counted, *read_log(cafe).late]]
    counted = tally(late, list(FOUR), weights=[3, 2, 1])
    ids = dict(cafe.cafe_measures.values_list("measure__key", "measure_id"))
    rows = [{"measure": ids[line.measure], "points": line.points} for line in counted.lines]
    data["blocks"]["topthree"] |= {"n": 25, "rows": rows}
    show(cafe, data, at=NOW + 2 * HOUR)

    found = read_choices(cafe, showings_of(audited_publications(cafe))).audit()

    given_away = read_log(cafe).late[0].person
    told = read_choices(cafe, showings_of(audited_publications(cafe)))
    assert {told.people[row] for row in found.people} == {given_away}


def test_who_changes_the_choice_afterwards_is_counted_with_the_first():
    cafe = hall(0)
    before = compute(cafe).top_three
    choose(cafe.participants.order_by("pk")[:3], [("visit",)] * 3, at=NOW + HOUR)

    assert compute(cafe).top_three == before


def test_choices_that_count_nowhere_do_not_begin_to_count_with_the_seal():
    cafe = hall(4)
    before = count_top_three(cafe)
    assert len(read_log(cafe).late) == 4

    class Times:
        def of(self, _moment):
            return NOW

    people = {who.pk: who.pk for who in cafe.participants.all()}
    _move_answers(cafe, people, Times())
    cafe.sealed_at = NOW + 3 * HOUR

    assert count_top_three(cafe) == before
    assert TopThree.objects.filter(cafe=cafe).count() == 24


def test_top_three_names_no_group_and_no_rating_so_nothing_links_it_to_the_rest():
    cafe = hall(0)
    block = build_blocks(cafe)["blocks"]["topthree"]

    assert {f.name for f in fields(TopThreeResult)} == {"n_people", "points", "lines", "first"}
    assert {f.name for f in fields(TopLine)} == {"measure", "points"}
    assert set(block) == {"n", "round", "points", "withheld", "first", "rows"}
    told = read_choices(cafe, showings_of(audited_publications(cafe)))
    everybody = frozenset(range(len(told.people)))
    assert {one.people for one in told.statements} == {everybody}

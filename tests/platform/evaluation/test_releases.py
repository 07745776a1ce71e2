import pytest

from alpclusters.platform.evaluation.domain.queries import headline, released_results_for
from alpclusters.platform.evaluation.domain.releases import release_snapshot
from alpclusters.platform.evaluation.domain.snapshots import evaluate_cafe
from alpclusters.platform.evaluation.models import Snapshot
from tests.factories.evaluation import (
    NOW,
    VARIED,
    fill,
    make_cafe,
    make_measure,
    make_project,
    make_snapshot,
)

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def released_numbers(cafe):
    return sorted(Snapshot.objects.released().filter(cafe=cafe).values_list("number", flat=True))


def test_newer_snapshot_with_four_more_people_replaces_the_older():
    first = make_snapshot(released=True)
    fill(first.cafe, {"AT32": [1, 2, 3, 4]})
    second = evaluate_cafe(first.cafe, made_by=None, now=NOW)

    replaced = release_snapshot(second, now=NOW)

    assert [old.number for old in replaced] == [1]
    assert released_numbers(first.cafe) == [2]


def test_newer_snapshot_with_five_more_people_stands_beside_the_older():
    first = make_snapshot(released=True)
    fill(first.cafe, {"AT32": [1, 2, 3, 4, 5]})
    second = evaluate_cafe(first.cafe, made_by=None, now=NOW)

    assert release_snapshot(second, now=NOW) == ()
    assert released_numbers(first.cafe) == [1, 2]


def test_older_snapshot_cannot_be_released_beside_a_newer_one_that_is_too_close():
    first = make_snapshot()
    fill(first.cafe, {"AT32": [1]})
    release_snapshot(evaluate_cafe(first.cafe, made_by=None, now=NOW), now=NOW)

    release_snapshot(first, now=NOW)

    assert released_numbers(first.cafe) == [2]


def test_results_of_a_measure_come_from_released_snapshots_of_public_projects_only():
    shown = make_snapshot(released=True)
    make_snapshot(released=False)
    hidden = make_cafe(project=make_project(is_public=False))
    fill(hidden, {"AT32": VARIED})
    make_snapshot(cafe=hidden, released=True)

    results = released_results_for(make_measure())

    assert [result.snapshot.pk for result in results] == [shown.pk]
    assert results[0].figures[0].summary.n == 8


def test_headline_counts_each_cafe_once():
    first = make_snapshot(released=True)
    fill(first.cafe, {"AT32": [1, 2, 3, 4, 5]})
    release_snapshot(evaluate_cafe(first.cafe, made_by=None, now=NOW), now=NOW)
    make_snapshot(released=True)

    found = headline()

    assert (found.n_cafes, found.n_people, found.n_ratings) == (2, 21, 21)


def test_headline_without_release_is_zero():
    make_snapshot()

    assert (headline().n_cafes, headline().n_people) == (0, 0)

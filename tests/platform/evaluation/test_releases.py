import pytest

from alpclusters.platform.evaluation.domain.releases import release_snapshot, take_back
from alpclusters.platform.evaluation.domain.snapshots import (
    evaluate_cafe,
    headline,
    released_results_for,
)
from alpclusters.platform.evaluation.models import Snapshot
from tests.factories.evaluation import (
    NOW,
    VARIED,
    fill,
    make_cafe,
    make_measure,
    make_project,
    make_snapshot,
    rate,
)

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def released_numbers(cafe):
    return sorted(Snapshot.objects.released().filter(cafe=cafe).values_list("number", flat=True))


def renewed(snapshot):
    return release_snapshot(evaluate_cafe(snapshot.cafe, made_by=None, now=NOW), now=NOW)


def test_newer_snapshot_with_nine_more_people_is_not_shown_and_the_older_stays():
    first = make_snapshot(released=True)
    fill(first.cafe, {"AT32": [1, 2, 3, 4, 5, 1, 2, 3, 4]})

    found = renewed(first)

    assert (found.is_earlier, found.public.pk) == (True, first.pk)
    assert released_numbers(first.cafe) == [1]


def test_newer_snapshot_with_ten_more_people_stands_beside_the_older():
    first = make_snapshot(released=True)
    fill(first.cafe, {"AT32": [1, 2, 3, 4, 5] * 2})

    assert not renewed(first).is_earlier
    assert released_numbers(first.cafe) == [1, 2]


def test_ten_who_came_later_and_are_of_one_mind_are_not_shown():
    first = make_snapshot(released=True)
    fill(first.cafe, {"AT32": [4] * 9 + [2]})

    assert renewed(first).is_earlier


def test_one_changed_answer_among_the_same_people_is_not_shown():
    first = make_snapshot(released=True)
    rate(first.cafe.participants.first(), 1)

    assert renewed(first).is_earlier


def test_snapshot_that_was_taken_back_is_still_compared_with():
    first = make_snapshot(released=True)
    take_back(first)
    fill(first.cafe, {"AT32": [1]})

    found = renewed(first)

    assert (found.is_earlier, found.public.pk) == (True, first.pk)
    assert released_numbers(first.cafe) == [1]


def test_older_snapshot_cannot_be_released_beside_a_newer_one_that_is_too_close():
    first = make_snapshot()
    fill(first.cafe, {"AT32": [1]})
    newer = renewed(first).public

    assert release_snapshot(first, now=NOW).public == newer
    assert released_numbers(first.cafe) == [2]


def test_results_of_a_measure_come_from_released_snapshots_of_public_projects_only():
    shown = make_snapshot(released=True)
    make_snapshot(released=False)
    hidden = make_cafe(project=make_project(is_public=False))
    fill(hidden, {"AT32": VARIED})
    make_snapshot(cafe=hidden, released=True)

    results = released_results_for(make_measure())

    assert [result.snapshot.pk for result in results] == [shown.pk]
    assert results[0].figures[0].summary.n == 16


def test_headline_counts_each_cafe_once():
    first = make_snapshot(released=True)
    fill(first.cafe, {"AT32": [1, 2, 3, 4, 5] * 2})
    renewed(first)
    make_snapshot(released=True)

    found = headline()

    assert (found.n_cafes, found.n_people, found.n_ratings) == (2, 42, 42)


def test_headline_without_release_is_zero():
    make_snapshot()

    assert (headline().n_cafes, headline().n_people) == (0, 0)

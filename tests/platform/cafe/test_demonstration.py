import pytest

from alpclusters.platform.cafe.domain.counts import count_cafe
from alpclusters.platform.cafe.domain.demonstration import (
    create_demonstration,
    remove_demonstration,
)
from alpclusters.platform.cafe.domain.standing import standing_of_cafe
from alpclusters.platform.cafe.models import AlpCafe, Participant, Rating
from alpclusters.platform.operation.reference import load_reference_data
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.trail.models import Edge
from tests.factories.cafe import NOW
from tests.factories.evaluation import make_project

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def project():
    load_reference_data()
    return make_project(kind=Project.Kind.DEMONSTRATION)


def test_two_cafes_are_closed_with_a_hall_each_and_one_is_open(project):
    first, second, third, _ = create_demonstration(project, now=NOW)

    assert (first.is_closed, second.is_closed, third.is_open) == (True, True, True)
    sizes = [count_cafe(cafe).n_participants for cafe in (first, second, third)]
    assert all(30 <= n <= 60 for n in sizes[:2])
    assert sizes[2] == 0
    assert not Participant.objects.filter(is_simulated=False).exists()


def test_one_is_in_preparation_with_tables_guests_and_a_seat_plan(project):
    *_, hall = create_demonstration(project, now=NOW)

    assert (hall.state, hall.in_hall) == (AlpCafe.State.DRAFT, True)
    assert hall.questions.count() == hall.n_rounds == 3
    assert hall.seat_plans.get().data["planned"]["sizes"]
    assert all("simulirano" in one.name for one in hall.invitations.all())
    assert not hall.participants.exists()


def test_measures_are_seen_differently(project):
    cafe, *_ = create_demonstration(project, now=NOW)
    values = {}
    for answer in standing_of_cafe(cafe):
        if answer.value:
            values.setdefault(answer.measure_id, []).append(answer.value)

    means = sorted(sum(v) / len(v) for v in values.values())

    assert means[-1] - means[0] > 1


def test_titles_say_that_they_are_simulated_in_each_language(project):
    cafe, *_ = create_demonstration(project, now=NOW)

    assert [cafe.title_de, cafe.title_sl] == [
        "AlpCafé Salzburg (simuliert)",
        "AlpCafé Salzburg (simulirano)",
    ]


def test_making_it_twice_makes_it_once(project):
    create_demonstration(project, now=NOW)

    assert create_demonstration(project, now=NOW) == []
    assert AlpCafe.objects.count() == 4


def test_removing_leaves_nothing_behind(project):
    create_demonstration(project, now=NOW)

    remove_demonstration(project)

    assert not AlpCafe.objects.exists()
    assert not Rating.objects.exists()
    assert not Edge.objects.exists()

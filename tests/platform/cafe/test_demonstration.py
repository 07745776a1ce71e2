import pytest

from alpclusters.platform.cafe.domain.answers import count_cafe, standing_of_cafe
from alpclusters.platform.cafe.domain.demonstration import (
    create_demonstration,
    remove_demonstration,
)
from alpclusters.platform.cafe.models import AlpCafe, Participant, Rating
from alpclusters.platform.evaluation.domain.computing import compute
from alpclusters.platform.operation.reference import load_reference_data
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.trail.models import Edge
from tests.factories.cafe import NOW
from tests.factories.evaluation import make_project

pytestmark = [pytest.mark.integration, pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(scope="module")
def project(once):  # noqa: ARG001 - the rows are taken back
    load_reference_data()
    return make_project(kind=Project.Kind.DEMONSTRATION)


@pytest.fixture(scope="module")
def made(project):
    """The AlpCafés, made once for the file."""
    return create_demonstration(project, now=NOW)


@pytest.fixture(autouse=True)
def read_anew(made):
    """No test sees what another one has done to an object."""
    for cafe in made:
        cafe.refresh_from_db()


def test_two_rounds_were_held_in_five_regions_and_one_is_open(made):
    *held, opened, _ = made

    rounds = {1: set(), 2: set()}
    for cafe in held:
        assert cafe.is_closed
        rounds[cafe.round].add(cafe.region.code)
    assert rounds[1] == rounds[2] == {"AT32", "DE1", "FRK", "ITC4", "CH07"}
    assert len(held) == 10
    assert opened.is_open
    assert count_cafe(opened).n_participants == 0
    assert not Participant.objects.filter(is_simulated=False).exists()


def test_the_first_round_has_cards_and_insights_and_no_ratings(made):
    heard = [cafe for cafe in made if cafe.round == 1]

    assert sum(cafe.participants.count() for cafe in heard) == 80
    for cafe in heard:
        assert cafe.insights.count() == 3
        assert all(2 <= insight.cards.count() <= 3 for insight in cafe.insights.all())
        assert not Rating.objects.filter(cafe=cafe).exists()


def test_the_second_round_has_ratings_of_ten_measures_from_enough_people(made):
    rated = [cafe for cafe in made if cafe.round == 2]

    sizes = [count_cafe(cafe).n_participants for cafe in rated if cafe.is_closed]
    assert all(20 <= n <= 60 for n in sizes)
    assert sum(sizes) == 159
    assert {cafe.measures.count() for cafe in rated if cafe.is_closed} == {10}


def test_one_is_in_preparation_with_tables_guests_and_a_seat_plan(made):
    *_, hall = made

    assert (hall.state, hall.in_hall) == (AlpCafe.State.DRAFT, True)
    assert hall.questions.count() == hall.n_rounds == 3
    assert hall.seat_plans.get().data["planned"]["sizes"]
    assert all("simulirano" in one.name for one in hall.invitations.all())
    assert not hall.participants.exists()


def test_measures_are_seen_differently(made):
    cafe = next(one for one in made if one.round == 2)
    values = {}
    for answer in standing_of_cafe(cafe):
        if answer.value:
            values.setdefault(answer.measure_id, []).append(answer.value)

    means = sorted(sum(v) / len(v) for v in values.values())

    assert means[-1] - means[0] > 1


def test_one_hall_stands_in_two_camps_so_that_a_map_with_the_own_place_can_be_seen(made):
    cafe = next(one for one in made if one.place == "Stuttgart" and one.round == 2)

    opinion = compute(cafe).opinion

    assert opinion.verdict == "camps"
    assert opinion.own.kind == "camps"
    assert len(opinion.groups) == 2


def test_titles_say_that_they_are_simulated_in_each_language(made):
    cafe = next(one for one in made if one.place == "Salzburg")

    assert [cafe.title.inside("de"), cafe.title.inside("sl")] == [
        "AlpCafé Salzburg (simuliert)",
        "AlpCafé Salzburg (simulirano)",
    ]


def test_making_it_twice_makes_it_once(project):
    assert create_demonstration(project, now=NOW) == []
    assert AlpCafe.objects.count() == 12


def test_removing_leaves_nothing_behind(project):
    remove_demonstration(project)

    assert not AlpCafe.objects.exists()
    assert not Rating.objects.exists()
    assert not Edge.objects.exists()

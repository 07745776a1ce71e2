import pytest

from alpclusters.platform.trail.domain.edges import neighbours, retie, tie
from alpclusters.platform.trail.domain.kinds import TieRefusedError
from alpclusters.platform.trail.models import Edge
from tests.factories.evaluation import NOW, make_cafe, make_measure

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def test_same_tie_twice_is_one_tie():
    cafe, measure = make_cafe(), make_measure()

    first = tie(Edge.Kind.SHOWN_AS, measure, cafe, now=NOW, note="first")
    second = tie(Edge.Kind.SHOWN_AS, measure, cafe, now=NOW, note="second")

    assert (first.pk, second.note) == (second.pk, "first")


@pytest.mark.parametrize("kind", ["rates", "grounds", "invented"])
def test_tie_that_the_table_does_not_know_is_refused(kind):
    with pytest.raises(TieRefusedError, match=r"trail\.tie_refused"):
        tie(kind, make_measure(), make_cafe(), now=NOW)


def test_thing_that_is_no_station_is_refused():
    with pytest.raises(TieRefusedError, match=r"trail\.not_a_station"):
        tie(Edge.Kind.SHOWN_AS, make_cafe().region, make_cafe(), now=NOW)


def test_neighbours_are_found_in_both_directions():
    cafe, measure = make_cafe(), make_measure()
    edge = tie(Edge.Kind.SHOWN_AS, measure, cafe, now=NOW)

    assert neighbours(cafe).towards_source == (edge,)
    assert neighbours(measure).towards_use == (edge,)


def test_retying_removes_what_no_longer_holds():
    cafe = make_cafe()
    for key in ("fair", "pilot"):
        tie(Edge.Kind.SHOWN_AS, make_measure(key), cafe, now=NOW)

    retie(Edge.Kind.SHOWN_AS, [make_measure("pilot"), make_measure("label")], cafe, now=NOW)

    tied = {edge.from_id for edge in neighbours(cafe).towards_source}
    assert tied == {make_measure("pilot").pk, make_measure("label").pk}

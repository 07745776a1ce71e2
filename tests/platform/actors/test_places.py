"""Where hits lie: counts by region at two levels, and points."""

import numpy as np
import pytest

from alpclusters.platform.actors.domain.directory.index import refresh_all
from alpclusters.platform.actors.domain.places import points_of, spread_of
from tests.factories.organisations import make_organisation, make_profile
from tests.factories.territory import make_region

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def ids():
    """Six organisations: two in a small region, one in its larger one, coarser, older, none."""
    small, large = make_region("AT323"), make_region("AT32")
    coarse, old = make_region("DE2"), make_region("FR71", last_vintage=2013)
    places = [small, small, large, coarse, old, None]
    made = [make_organisation(region=place) for place in places]
    make_organisation(region=small, is_listed=False)
    refresh_all()
    return np.array([organisation.pk for organisation in made])


def test_parts_count_for_the_region_they_lie_in(ids):
    spread = spread_of(ids)

    assert spread.at(4) == {"AT32": 3}
    assert spread.at(5) == {"AT323": 2}


def test_what_the_map_does_not_show_is_counted_too(ids):
    spread = spread_of(ids)

    assert (spread.n, spread.n_without) == (6, 2)
    assert (spread.n_coarser(4), spread.n_coarser(5)) == (1, 2)


def test_only_the_hits_are_counted(ids):
    assert spread_of(ids[1:3]).by_code == {"AT323": 1, "AT32": 1}
    assert spread_of(ids[:0]).n == 0


def test_points_come_in_the_order_of_the_hits_and_say_how_many_more():
    first = make_profile("First", slug="first", body_latitude=47.123456, body_longitude=13.05)
    second = make_organisation("Second", latitude=46.0, longitude=14.5)
    without = make_organisation("Third")
    hidden = make_organisation("Fourth", latitude=46.0, longitude=14.5, is_listed=False)

    ids = [second.pk, without.pk, hidden.pk, first.organisation_id]
    points, left_out = points_of(ids, most=5)

    assert [(p.name, p.slug) for p in points] == [("Second", ""), ("First", "first")]
    assert (points[1].latitude, left_out) == (47.1235, 0)
    assert points_of(ids, most=1)[1] == 1

"""An introduction that became a project moves the affinity of the two regions."""

from datetime import timedelta

import pytest

from alpclusters.platform.network.domain.introductions.follow_ups import (
    Answer,
    record_outcome,
    take_up_link,
)
from alpclusters.platform.network.domain.measuring.measures import flat_place
from alpclusters.platform.network.domain.measuring.places import Scope
from alpclusters.platform.network.domain.measuring.storing import measure_network
from alpclusters.platform.network.models import NetworkSnapshot
from tests.factories.introductions import NOW, make_accepted, make_side
from tests.factories.networks import make_three_regions, tie

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
THREE = NOW + timedelta(days=95)


def affinity(first: str, second: str) -> float | None:
    """Measure the network of links, and read the affinity of a pair of countries (margins)."""
    measure_network(Scope("links"))
    snapshot = NetworkSnapshot.objects.current().get(basis="links", grouping="country")
    matrix = snapshot.data["windows"][-1]["matrix"]
    places = [matrix["groups"].index(code) for code in (first, second)]
    return matrix["margins"][flat_place(*places, len(matrix["groups"]))]


def test_confirmed_link_of_an_introduction_moves_the_affinity_of_its_regions():
    bodies = make_three_regions(3)
    for austrian, italian, slovene in zip(*bodies.values(), strict=True):
        tie(austrian, italian)
        tie(austrian, slovene)
    tie(bodies["ITH2"][0], bodies["SI04"][0])
    trento, maribor = make_side(region="ITH2"), make_side(region="SI04")
    before = affinity("IT", "SI")
    made = make_accepted(trento, maribor)
    for side in (trento, maribor):
        told = made.follow_ups.get(organisation=side.organisation, months=3)
        record_outcome(told, Answer("project"), by=side.user, now=THREE)
    assert affinity("IT", "SI") == before

    link = take_up_link(made, trento.organisation, by=trento.user, now=THREE)

    assert link.standing == "confirmed"
    assert before is not None
    assert affinity("IT", "SI") > before

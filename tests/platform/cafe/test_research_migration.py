"""Whoever consented before the sentence named research stays out of its files."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from alpclusters.platform.cafe.models import Participant
from tests.factories.cafe import join_cafe, make_open_cafe

pytestmark = [pytest.mark.integration, pytest.mark.django_db(transaction=True), pytest.mark.slow]


def test_real_people_of_before_are_left_out_and_invented_ones_stay():
    cafe = make_open_cafe()
    people = [join_cafe(cafe).participant for _ in range(2)]
    Participant.objects.filter(pk=people[1].pk).update(is_simulated=True)

    MigrationExecutor(connection).migrate([("cafe", "0002_paper_sheets_by_round")])
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())

    wishes = Participant.objects.order_by("pk").values_list("no_research", flat=True)
    assert list(wishes) == [True, False]

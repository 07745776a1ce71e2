"""The facts of the world, loaded as the server loads them."""

import pytest

from alpclusters.platform.actors.domain.partners import load_seeds as load_partners
from alpclusters.platform.measures.domain.seeding import load_seeds as load_measures
from alpclusters.platform.partnership.domain.seeding import load_seeds as load_partnership
from alpclusters.platform.territory.domain.seeding import load_seeds as load_territory


@pytest.fixture
def facts(db):  # noqa: ARG001 - the database must be there
    load_facts()


def load_facts():
    load_territory()
    load_measures()
    load_partnership()
    load_partners()

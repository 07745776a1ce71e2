"""A small field of cluster organisations in five languages, all with made-up names."""

from datetime import UTC, datetime

import pytest

from alpclusters.platform.network.domain.matching import profiles, ties
from alpclusters.platform.network.domain.measuring import stored
from tests.factories.introductions import make_side

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def with_its_own_field():
    """Forget what was read: a test that is taken back frees its numbers."""
    yield
    profiles._read.cache_clear()
    ties._ties.cache_clear()
    stored._array.cache_clear()


@pytest.fixture
def trento():
    return make_side(
        "Legno Trentino",
        region="ITH2",
        language="it",
        summary={"it": "Rete di imprese del legno: costruzioni in legno, segherie e falegnamerie."},
        sectors=["16.23", "41"],
        technologies=["timber"],
        languages=["it", "en"],
        services=["training"],
    )


@pytest.fixture
def maribor():
    return make_side(
        "Lesni grozd",
        region="SI03",
        language="sl",
        summary={"sl": "Lesni grozd: gradnja z lesom, žage in mizarstvo v Podravju."},
        sectors=["16.2"],
        technologies=["timber"],
        languages=["sl", "en"],
        offers=["visits"],
    )


@pytest.fixture
def ljubljana():
    return make_side(
        "Zdravje",
        region="SI04",
        language="sl",
        summary={"sl": "Medicinska tehnika in digitalno zdravje za bolnišnice."},
        sectors=["32.5"],
        technologies=["medical_technology"],
        languages=["sl"],
    )


@pytest.fixture
def graz():
    return make_side(
        "Holzbau Graz",
        region="AT22",
        summary={"de": "Holzbau, Sägewerke und Zimmereien in der Steiermark."},
        sectors=["16.23"],
        technologies=["timber"],
        languages=["de", "en"],
    )

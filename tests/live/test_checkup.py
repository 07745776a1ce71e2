from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from alpclusters.analysis.errors import SetupError
from alpclusters.live import checkup
from alpclusters.live.tls import Certificate
from alpclusters.platform.cafe.models import Rating
from alpclusters.platform.configuration import load_configuration
from alpclusters.platform.languages.catalogues import translator
from tests.factories.evaluation import join, make_cafe, rate

pytestmark = pytest.mark.integration
ENGLISH = translator("en")


@pytest.fixture
def configuration(tmp_path):
    found = load_configuration({"ALPCLUSTERS_HOME": str(tmp_path)})
    return replace(found, tls_cert=Path("hall.pem"), tls_key=Path("hall.key"))


def certificate_check(configuration):
    (found,) = checkup._certificate(configuration, ENGLISH)
    return found


@pytest.mark.parametrize(("days", "state"), [(3, "warning"), (60, "ok")])
def test_a_certificate_that_ends_soon_is_told(configuration, monkeypatch, days, state):
    ends_at = datetime.now(tz=UTC) + timedelta(days=days)
    monkeypatch.setattr(checkup, "read_certificate", lambda *_: Certificate(ends_at, ("hall",)))

    found = certificate_check(configuration)

    assert found.state == state
    assert found.finding == f"Certificate for hall, valid until {ends_at:%Y-%m-%d}"


def test_a_certificate_that_cannot_be_used_is_an_error(configuration):
    found = certificate_check(configuration)

    assert found.state == "error"
    assert "hall.pem" in found.finding
    assert SetupError("setup.tls").code == "setup.tls"


@pytest.mark.django_db
def test_every_check_has_a_finding_and_a_remedy_where_one_is_needed(configuration):
    found = checkup.examine_live(configuration, ENGLISH)

    assert {"open_files", "open_cafes", "certificate"} <= {check.name for check in found}
    assert all(check.finding for check in found)
    assert all(check.remedy for check in found if check.state != "ok")


@pytest.mark.django_db
def test_ratings_beside_the_scale_of_their_criterion_are_an_error(configuration):
    rating = rate(join(make_cafe()), 5)

    (fine,) = checkup._scales(configuration, ENGLISH)
    Rating.objects.filter(pk=rating.pk).update(value=7)
    (wrong,) = checkup._scales(configuration, ENGLISH)

    assert (fine.state, wrong.state) == ("ok", "error")
    assert f"{rating.criterion.key} (1)" in wrong.finding

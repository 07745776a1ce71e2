"""The command that brings the search index up to date, and what doctor says of the index."""

import pytest
from django.conf import settings

from alpclusters import cli
from alpclusters.platform.actors.domain.directory.index import look_at
from alpclusters.platform.actors.models import IndexedOrganisation
from alpclusters.platform.languages.catalogues import translator
from alpclusters.platform.operation.checkup.database import index
from tests.factories.organisations import make_profile

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def seen_by_doctor() -> list[str]:
    return [check.state for check in index(settings.CONFIGURATION, translator("en"))]


def test_index_takes_in_what_changed_and_doctor_is_content(capsys):
    make_profile("Alpha")
    assert seen_by_doctor() == ["warning"]

    assert cli.main(["--language", "en", "index"]) == 0

    assert "Organisations indexed: 1" in capsys.readouterr().out
    assert seen_by_doctor() == ["ok"]


def test_rebuild_mends_an_index_that_lost_a_row():
    make_profile("Alpha")
    cli.main(["index"])
    IndexedOrganisation.objects.all().delete()
    assert seen_by_doctor() == ["warning"]

    assert cli.main(["index", "--rebuild"]) == 0

    assert look_at().is_complete

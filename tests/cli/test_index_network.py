"""The command that measures the network: what it says, and that nothing is done twice."""

import pytest

from alpclusters import cli
from alpclusters.platform.network.models import NetworkSnapshot
from tests.factories.networks import make_bodies, tie

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(
        "alpclusters.platform.network.domain.measuring.stored.folder", lambda: tmp_path
    )


def test_index_network_measures_once(capsys):
    tie(*make_bodies("AT33", 2))

    assert cli.main(["--language", "en", "index", "network"]) == 0
    first = capsys.readouterr().out
    assert cli.main(["--language", "en", "index", "network"]) == 0
    again = capsys.readouterr().out

    assert "Links between organisations: organisations 2, rows 1, measured" in first
    assert "Links between organisations: organisations 2, rows 1, nothing had changed" in again
    assert NetworkSnapshot.objects.count() == 2


def test_rebuild_measures_anew():
    tie(*make_bodies("AT33", 2))
    cli.main(["index", "network"])

    assert cli.main(["index", "network", "--rebuild"]) == 0

    assert NetworkSnapshot.objects.current().count() == 2
    assert NetworkSnapshot.objects.count() == 4

"""With the model a need in Italian finds the profile in Slovenian that means the same."""

from dataclasses import replace

import pytest

from alpclusters.platform.network.domain.matching.keeping import (
    keep_vectors,
    machine,
    n_not_read,
    stored_vectors,
)
from alpclusters.platform.network.domain.matching.profiles import Options, Question
from alpclusters.platform.network.domain.matching.searching import find_partners
from tests.factories.introductions import make_side
from tests.platform.network.matching.conftest import NOW

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
PROFILES = {
    "Les": "Povezujemo podjetja za leseno gradnjo, žage in tesarje.",
    "Zdravje": "Povezujemo bolnišnice in podjetja za medicinske pripomočke.",
    "Hrana": "Povezujemo kmete, sirarne in predelovalce živil.",
    "Turizem": "Povezujemo hotele, planinske koče in turistične vodnike.",
}


@pytest.fixture
def own_home(settings, tmp_path):
    """Vectors of their own, with the verdict on the model that is known already."""
    machine()
    before = settings.CONFIGURATION.home / "caches" / "text-model.json"
    settings.CONFIGURATION = replace(settings.CONFIGURATION, home=tmp_path)
    folder = tmp_path / "caches"
    folder.mkdir()
    (folder / before.name).write_bytes(before.read_bytes())
    if not machine().has_model:
        pytest.skip("the text model does not run on this machine")


@pytest.mark.slow
@pytest.mark.usefixtures("own_home")
def test_need_in_one_language_finds_the_meaning_in_another():
    trento = make_side("Legno", region="ITH2", summary={"it": "Edilizia in legno e carpenteria."})
    sides = {
        name: make_side(name, region="SI03", summary={"sl": text})
        for name, text in PROFILES.items()
    }
    asked = Question("need", "Cerchiamo una rete di falegnami e segherie per case in legno.", "it")
    before = find_partners(trento.organisation, asked, Options(), now=NOW)
    assert before.stamp["model"]["reason"] == "not_read_yet"
    assert before.stamp["n_texts_waiting"] == 5

    assert keep_vectors(is_simulated=False, now=NOW).status == "done"
    found = find_partners(trento.organisation, asked, Options(territory=("SI",)), now=NOW)

    assert found.results[0]["organisation"] == sides["Les"].organisation.pk
    assert found.results[0]["reasons"][0]["code"] == "text"
    assert found.results[0]["reasons"][0]["language"] == "sl"
    assert (found.stamp["model"]["has_model"], found.stamp["n_texts_waiting"]) == (True, 0)
    vectors = stored_vectors(machine(), is_simulated=False)
    sides["Les"].cluster.summary = sides["Les"].cluster.summary.put({"sl": "Nekaj drugega."})
    sides["Les"].cluster.save()
    sides["Les"].organisation.save()
    assert n_not_read(vectors, is_simulated=False, now=NOW) == 1

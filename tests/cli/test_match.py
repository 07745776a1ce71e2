"""The command that finds partners: text, JSON, and what it refuses."""

import json
from dataclasses import replace

import pytest

from alpclusters import cli
from alpclusters.platform.network.domain.matching.keeping import machine
from alpclusters.platform.network.models import MatchRun
from tests.factories.introductions import make_side

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def trento():
    make_side(
        "Lesni grozd", region="SI03", summary={"sl": "Gradnja z lesom."}, technologies=["timber"]
    )
    make_side("Holzbau", region="AT32", summary={"de": "Holzbau."}, technologies=["timber"])
    return make_side(
        "Legno", region="ITH2", summary={"it": "Costruzioni in legno."}, technologies=["timber"],
        slug="legno",
    )  # fmt: skip


@pytest.mark.usefixtures("trento")
def test_partners_are_told_with_their_reasons_in_the_language_of_the_reader(capsys):
    asked = ["--language", "en", "match", "legno", "--territory", "si", "--top", "5"]

    assert cli.main(asked) == 0

    told = capsys.readouterr().out
    assert "Partners of Legno: the best 1 of 1 candidates" in told
    assert "Lesni grozd" in told
    assert "Both work on:" in told
    assert "Holzbau" not in told
    assert not MatchRun.objects.exists()


def test_json_has_parts_reasons_and_stamp(trento, capsys):
    need = ["--need", "Iščemo partnerje za gradnjo z lesom.", "--json"]

    assert cli.main(["--language", "sl", "match", str(trento.organisation.pk), *need]) == 0

    told = json.loads(capsys.readouterr().out)
    assert (told["start"], told["text_language"]) == ("need", "sl")
    first = told["partners"][0]
    assert first["name"] == "Lesni grozd"
    assert first["parts"]["text"][0] == 1.0
    assert told["stamp"]["model"]["has_model"] is False
    assert told["excluded"]["self"] == 1


@pytest.mark.usefixtures("trento")
@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["nobody"], "No listed cluster organisation is called “nobody”."),
        (["legno", "--bridging", "2"], "The value is out of range."),
        (["legno", "--top", "0"], "The value is out of range."),
    ],
)
def test_wrong_arguments_say_what_to_do(asked, said, capsys):
    assert cli.main(["--language", "en", "match", *asked]) == 2

    assert said in capsys.readouterr().err


@pytest.fixture
def without_the_model(settings, tmp_path):
    """A machine on which the model was tried and does not run."""
    machine()
    before = settings.CONFIGURATION.home / "caches" / "text-model.json"
    verdict = json.loads(before.read_text(encoding="utf-8"))
    settings.CONFIGURATION = replace(settings.CONFIGURATION, home=tmp_path)
    (tmp_path / "caches").mkdir()
    told = json.dumps({**verdict, "runs": False, "reason": "model_died"})
    (tmp_path / "caches" / before.name).write_text(told, encoding="utf-8")


@pytest.mark.usefixtures("trento", "without_the_model")
def test_index_vectors_reads_what_is_new_and_says_how_much(capsys):
    assert cli.main(["--language", "en", "index", "vectors"]) == 0
    assert cli.main(["--language", "en", "index", "vectors"]) == 0

    told = capsys.readouterr().out.splitlines()
    assert told[0].startswith("Texts of organisations read: 3 (")
    assert told[0].endswith("now) by letters 1")
    assert told[2] == "Texts of organisations read: 3 (0 now) by letters 1"

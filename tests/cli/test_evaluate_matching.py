"""The command `evaluate-matching`: a split in time, popularity and random beside it."""

import json

import pytest

from alpclusters.cli import main
from alpclusters.platform.languages.codes import LANGUAGE_CODES

pytestmark = pytest.mark.integration

HEAD = "rcn,pic,role,type,country,start_date,end_date"


def rows(project, year, *organisations):
    for number, country in organisations:
        yield f"{project},{number},participant,HES,{country},{year}-03-01,{year + 2}-03-01"


def table():
    first = [
        *rows(1, 2014, (11, "AT"), (12, "IT")),
        *rows(2, 2015, (12, "IT"), (13, "SI"), (90, "ES")),
        *rows(3, 2015, (13, "SI"), (14, "FR")),
        *rows(4, 2015, (90, "ES"), (11, "AT")),
    ]
    return [HEAD, *first, *rows(5, 2016, (11, "AT"), (13, "SI"))]


@pytest.fixture
def path(tmp_path):
    found = tmp_path / "participations.csv"
    found.write_text("\n".join(table()) + "\n", encoding="utf-8")
    return found


def call(path, *arguments):
    given = ("--territory", "AT,FR,IT,SI", "--train", "2014-2015", "--test", "2016", *arguments)
    return main(["evaluate-matching", str(path), *given])


def test_json_has_popularity_and_random_whatever_was_asked(path, capsys):
    assert call(path, "--json", "--method", "blend", "--draws", "50") == 0

    told = json.loads(capsys.readouterr().out)
    assert [one["name"] for one in told["methods"]] == ["random", "popularity", "blend"]
    names = ("n_organisations", "n_train_ties", "n_queries", "n_new_ties", "train", "test")
    assert [told[name] for name in names] == [4, 3, 2, 1, "2014-2015", "2016"]
    assert {"mrr", "hit", "difference", "gini", "coverage"} <= set(told["methods"][2])
    assert told["methods"][2]["mrr"] == 1
    assert told["territory"] == ["AT", "FR", "IT", "SI"]
    assert (told["conventions"]["seed"], told["conventions"]["draws"]) == (0, 50)


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_table_is_told_in_every_language(path, capsys, language):
    assert call(path, "--language", language, "--draws", "20") == 0

    told = capsys.readouterr().out
    assert "MRR" in told
    assert "2014-2015" in told
    assert ("random" in told) == (language == "en")


def test_years_that_overlap_are_refused(path, capsys):
    arguments = ["evaluate-matching", str(path), "--train", "2014-2016", "--test", "2016"]

    assert main(arguments) == 2
    assert "--test" in capsys.readouterr().err


def test_text_that_is_no_year_names_the_option(path, capsys):
    assert main(["evaluate-matching", str(path), "--train", "soon", "--test", "2016"]) == 2
    assert "--train" in capsys.readouterr().err


def test_bad_file_names_line_and_field(tmp_path, capsys):
    path = tmp_path / "bad.csv"
    path.write_text(f"{HEAD}\n1,x,participant,HES,AT,2014-01-01,2015-01-01\n", encoding="utf-8")

    assert call(path) == 2
    assert "bad.csv, line 2" in capsys.readouterr().err


def test_missing_file_is_told(tmp_path, capsys):
    assert call(tmp_path / "nothing.csv") == 2
    assert "nothing.csv" in capsys.readouterr().err


def test_no_new_partner_is_no_failure(path, capsys):
    arguments = ["evaluate-matching", str(path), "--train", "2014-2015", "--test", "2019"]

    assert main(arguments) == 0
    assert "MRR" not in capsys.readouterr().out

import json

import pytest

from alpclusters.cli import main
from alpclusters.platform.evaluation.domain.disclosure import audit_cafe
from alpclusters.platform.evaluation.domain.releases import release_snapshot
from alpclusters.platform.evaluation.domain.snapshots import evaluate_cafe, evaluation_of
from alpclusters.platform.evaluation.domain.storage import to_json
from tests.factories.evaluation import NOW, fill, make_cafe
from tests.factories.judging import GOLDEN, four_cafe

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def published(cafe):
    return release_snapshot(evaluate_cafe(cafe, made_by=None, now=NOW), now=NOW).public


def test_nobody_is_found_in_what_is_published(capsys):
    snapshot = published(four_cafe([*GOLDEN, *GOLDEN], regions=("AT32", "ITC4")))

    status = main(["--language", "en", "disclosure", str(snapshot.cafe_id)])

    out = capsys.readouterr().out
    assert status == 0
    assert "0 people found" in out
    assert "Checked: for each of the" in out


def test_report_as_json_counts_statements_people_and_known_answers(capsys):
    snapshot = published(four_cafe([*GOLDEN, *GOLDEN], regions=("AT32", "ITC4")))

    main(["disclosure", "--all", "--json"])

    [found] = json.loads(capsys.readouterr().out)
    assert (found["cafe"], found["people_found"], found["undecided"]) == (snapshot.cafe_id, 0, 0)
    assert found["statements"] == 4 * 6 * 3  # measures, answers, everybody and two regions
    assert set(found["found_by_known_answers"]) == {"1", "2", "3", "4", "5", "6"}


def test_people_of_one_mind_whose_counts_were_stored_are_found():
    """What the guard would never store, written by hand: it is attacked as it stands."""
    cafe = make_cafe()
    fill(cafe, {"AT32": [4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 3]})
    snapshot = published(cafe)
    told = evaluation_of(published(varied()))
    data = to_json(told)
    item = data["criteria"][0]["description"]["measures"][0]
    item["summary"]["counts"], item["summary"]["cannot_judge"] = [0, 0, 1, 11, 0], 0
    snapshot.data = {**data, "criteria": data["criteria"], "groups": snapshot.data["groups"]}
    snapshot.save()

    status = main(["disclosure", str(cafe.pk)])

    assert status == 1
    # The one who differs knows the answers of all others.
    assert len(audit_cafe(cafe).people) == 11


def varied():
    cafe = make_cafe()
    fill(cafe, {"AT32": [1, 2, 3, 4, 5, 4, 3, 2, 1, 2, 4, 3]})
    return cafe


def test_unknown_number_is_told_in_one_line(capsys):
    assert main(["--language", "en", "disclosure", "4711"]) == 2
    assert "There is no AlpCafé with this number: 4711." in capsys.readouterr().err


def test_cafe_without_public_results_has_nothing_to_attack(capsys):
    cafe = make_cafe()
    fill(cafe, {"AT32": [1, 2, 3, 4, 5, 4, 3]})

    assert main(["--language", "en", "disclosure", str(cafe.pk)]) == 0
    assert "Nothing of the results is public." in capsys.readouterr().out

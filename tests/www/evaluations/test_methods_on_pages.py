import csv
import io
import json
import re
import zipfile
from datetime import date

import pytest

from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.policy.domain.recommendations import derive_recommendations
from tests.factories.evaluation import NOW, make_cafe, make_measure, make_project, make_snapshot
from tests.factories.judging import FOUR, GOLDEN, along_a_line, four_cafe, two_camps
from tests.factories.rights import FIVE, sign_in

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

BOTH = ("effectiveness", "durability")
# Three people: mean 4/3. The fourth measure of the others has the name that may be seen.
SECRET = ("1.33", "1,33")


def address(snapshot, tail="", language="en"):
    return f"/{language}/evaluations/{snapshot.pk}/{tail}"


def released(cafe):
    return make_snapshot(cafe=cafe, released=True)


def released_four(*rows, **changes):
    return released(four_cafe(*rows, **changes))


def secret_snapshot():
    measures = (*FOUR, "hidden")
    rows = [f"{row}{sign}" for row, sign in zip(GOLDEN, f"{'112':20}", strict=True)]
    regions = ["AT32"] * 10 + ["ITC4"] * 8 + ["CH07"] * 2
    return released_four(rows, measures=measures, criteria=BOTH, regions=regions)


def page_of(client, snapshot, tail="", language="en"):
    return client.get(address(snapshot, tail, language)).content.decode()


CLEAR = [f"{5 - place % 2}{row[1:]}" for place, row in enumerate(GOLDEN)]
"""The first measure is rated above the others by counts alone."""


def test_page_shows_tiers_with_intervals_and_no_bare_ranks(client):
    page = page_of(client, released_four(CLEAR))

    assert "<h1>Valued, with few against: " in page  # as report and protocol begin
    assert re.search("“Matchmaking fair” (is|has)", page)
    assert "The ratings tell" in page
    assert "Valued, with few against" in page
    assert page.count('class="tier"') >= 2
    assert "Rank interval" in page
    assert "Why these tiers?" in page


@pytest.mark.parametrize("word", ["significan", "proves", "best measure"])
def test_page_never_claims_more_than_the_ratings(client, word):
    snapshot = released_four(criteria=BOTH)

    for tail in ("", "?criterion=combined"):
        assert word not in page_of(client, snapshot, tail).lower()


def test_tab_of_all_criteria_states_weights_and_what_others_would_change(client):
    page = page_of(client, released_four(criteria=BOTH), "?criterion=combined")

    assert 'criterion=combined#tabs" aria-current="page"' in page
    assert "Stated weights: Effectiveness 50%, Durability 50%." in page
    assert "What other weights would change" in page


def test_agreement_has_a_chart_with_its_table_and_alpha(client):
    page = page_of(client, released_four())

    assert 'data-chart="agreement"' in page
    assert "Krippendorff’s alpha" in page
    assert page.count("Show as table") >= 3


def opinions_of(page):
    part = page[page.index('id="opinions"') :]
    return part[: part.index("</section>")]


def test_under_camps_groups_are_on_the_map_and_in_the_table_beside_it(client):
    snapshot = released(two_camps(100))
    assert snapshot.data["opinion"]["verdict"] == "camps"

    part = opinions_of(page_of(client, snapshot))

    assert "Opinion camps: at least two" in part
    assert "deeper gap" in part
    assert "What all groups share" in part
    assert '<a href="#lies-1">Group A</a>' in part
    assert 'id="lies-1"' in part
    assert "earlier method" not in part


def test_without_camps_there_is_one_cloud_with_its_ends_and_nothing_about_groups(client):
    snapshot = released(along_a_line())
    assert snapshot.data["opinion"]["verdict"] == "gradient"

    part = opinions_of(page_of(client, snapshot))

    assert re.search("Opinions form a gradient from “[^”]+” to “[^”]+”; any cut", part)
    assert "To the left people rate higher: " in part
    assert "at the left end" in part
    for word in ("Group A", "What all groups share", "rates otherwise", "Stability"):
        assert word not in part


def test_files_hold_the_verdict(client):
    snapshot = released(along_a_line())

    table = client.get(address(snapshot, "csv")).content.decode("utf-8-sig")
    record = json.loads(client.get(address(snapshot, "json")).content)["evaluation"]

    rows = [row for row in csv.DictReader(io.StringIO(table)) if row["verdict"]]
    assert [(r["criterion"], r["verdict"], r["n"]) for r in rows] == [
        ("opinions", "gradient", "240")
    ]
    assert record["opinion"]["verdict"] == "gradient"
    assert record["opinion"]["structure"]["camp_draws"] == 19


@pytest.mark.parametrize("who", FIVE)
def test_groups_of_the_earlier_method_are_named_as_such_and_may_be_evaluated_again(client, who):
    snapshot = released(two_camps(100))
    data = dict(snapshot.data)
    data["opinion"] = {
        name: value
        for name, value in data["opinion"].items()
        if name not in {"verdict", "structure", "cloud"}
    }
    snapshot.data = data
    snapshot.save()

    part = opinions_of(page_of(sign_in(client, who, snapshot.cafe), snapshot))

    assert "These groups come from an earlier method" in part
    assert "Group A" in part
    assert "Opinion camps" not in part
    assert ("Evaluate again" in part) is (who in {"owner", "colleague"})


def test_few_people_without_groups_are_told_why_there_is_no_map(client):
    page = page_of(client, released_four())

    part = page[page.index('id="opinions"') :]
    assert "<svg viewBox" not in part[: part.index("</section>")]
    assert "40" in part[: part.index("</section>")]


@pytest.mark.parametrize("tail", ["", "?criterion=durability", "?criterion=combined"])
def test_withheld_measure_is_in_no_tier_and_no_reason(client, tail):
    page = page_of(client, secret_snapshot(), tail)

    assert [secret for secret in SECRET if secret in page] == []
    start = page.index('data-chart="dots"')
    assert "hidden en" not in page[start : page.index("</figure>", start)]
    assert "hidden en" not in page[page.index('id="why"') :][:4000].split("</section>")[0]


def test_withheld_measure_has_no_estimate_in_the_data(client):
    snapshot = secret_snapshot()
    pk = make_measure("hidden").pk

    table = client.get(address(snapshot, "csv")).content.decode("utf-8-sig")
    rows = [row for row in csv.DictReader(io.StringIO(table)) if row["measure"] == "hidden"]
    record = json.loads(client.get(address(snapshot, "json")).content)["evaluation"]

    assert rows
    assert {(row["estimate"], row["rank_low"], row["tier"], row["n"]) for row in rows} == {
        ("", "", "", "")
    }
    ranked = [item["measure"] for one in record["criteria"] for item in one["ranking"]["measures"]]
    assert ranked
    assert pk not in ranked


def test_region_of_two_people_has_no_estimate_in_the_data(client):
    snapshot = secret_snapshot()

    table = client.get(address(snapshot, "csv")).content.decode("utf-8-sig")
    rows = [row for row in csv.DictReader(io.StringIO(table)) if row["split"] == "region"]

    assert {row["group"] for row in rows} == {"AT32", ""}
    assert "CH07" not in table


@pytest.mark.parametrize("kind", ["xlsx", "docx"])
def test_withheld_measure_is_in_no_document(client, kind):
    content = client.get(address(secret_snapshot(), kind)).content

    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        text = "\n".join(parts.read(n).decode() for n in parts.namelist() if n.endswith(".xml"))
    assert "Rank" in text
    assert "Opinion groups" in text or kind == "xlsx"
    assert [secret for secret in SECRET if secret in text] == []


def test_withheld_measure_is_in_no_ranking_of_the_report(client):
    from docx import Document

    content = client.get(address(secret_snapshot(), "docx")).content

    tables = [
        [[cell.text for cell in row.cells] for row in table.rows]
        for table in Document(io.BytesIO(content)).tables
    ]
    ranked = [rows for rows in tables if "Rank" in rows[0]]
    assert ranked
    assert [row for rows in ranked for row in rows if "hidden en" in row] == []


def test_withheld_measure_is_in_no_ranking_of_the_workbook(client):
    from openpyxl import load_workbook

    content = client.get(address(secret_snapshot(), "xlsx")).content

    sheets = [list(sheet.values) for sheet in load_workbook(io.BytesIO(content)).worksheets]
    ranked = [rows for rows in sheets if any("Estimate" in map(str, row) for row in rows)]
    assert ranked
    assert [row for rows in ranked for row in rows if "hidden en" in row] == []


def test_csv_holds_estimates_of_criteria_and_of_all_together(client):
    snapshot = released_four(criteria=BOTH)

    table = client.get(address(snapshot, "csv")).content.decode("utf-8-sig")
    rows = [row for row in csv.DictReader(io.StringIO(table)) if not row["split"]]

    assert {row["criterion"] for row in rows} == {*BOTH, "combined", "opinions"}
    assert all(row["estimate"] and row["tier"] for row in rows if row["measure"])


def test_earlier_cafe_stands_beside_as_other_people(client):
    project = make_project()
    for year in (2025, 2026):
        cafe = make_cafe(project=project, measures=FOUR)
        cafe.held_on = date(year, 5, 1)
        cafe.save()
        snapshot = released_four(cafe=cafe)

    page = page_of(client, snapshot, "?criterion=rounds")

    assert "Two AlpCafés side by side, not the same people" in page
    assert "These are two events" in page


def test_tab_that_has_nothing_falls_back_to_the_first_criterion(client):
    page = page_of(client, released_four(), "?criterion=rounds")

    assert 'data-chart="dots"' in page
    assert "These are two events" not in page


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_every_tab_is_served_in_every_language(client, language):
    snapshot = released(two_camps(42, regions=("AT32", "ITC4")))

    for tail in ("", "?criterion=combined"):
        answer = client.get(address(snapshot, tail, language))
        assert answer.status_code == 200
        assert "%(" not in answer.content.decode()


@pytest.mark.parametrize("keys", [FOUR[:3], FOUR])
def test_combined_tab_takes_the_same_queries_for_three_and_four_measures(
    client, keys, django_assert_num_queries
):
    rows = [row[: len(keys)] for row in GOLDEN]
    snapshot = released_four(rows, measures=keys, criteria=BOTH)

    with django_assert_num_queries(14):
        client.get(address(snapshot, "?criterion=combined"))


@pytest.mark.parametrize("who", FIVE)
def test_combined_tab_of_a_hidden_evaluation_is_for_its_project_only(client, who):
    snapshot = make_snapshot(cafe=four_cafe(criteria=BOTH))

    found = sign_in(client, who, snapshot.cafe).get(address(snapshot, "?criterion=combined"))

    assert found.status_code == (200 if who in {"owner", "colleague", "neighbour"} else 404)


def test_snapshot_of_the_first_format_is_shown_with_means(client):
    snapshot = released_four()
    data = {k: v for k, v in snapshot.data.items() if k not in {"combined", "opinion"}}
    for record in data["criteria"]:
        for name in ("ranking", "regional", "agreement", "decisions"):
            del record[name]
    snapshot.data = {**data, "format": 1}
    snapshot.save()

    page = page_of(client, snapshot)

    assert 'data-chart="dots"' in page
    assert 'class="tier"' not in page
    assert 'id="opinions"' not in page


def test_finding_takes_the_estimate_of_the_model_and_says_so():
    snapshot = make_snapshot(cafe=four_cafe())

    (recommendation,) = derive_recommendations(snapshot, [make_measure("fair")], by=None, now=NOW)
    finding = recommendation.findings.get()

    ranked = snapshot.data["criteria"][0]["ranking"]["measures"]
    stored = next(item for item in ranked if item["measure"] == finding.measure_id)
    assert finding.convention == "reml_normal_90"
    assert (finding.estimate, finding.low, finding.n) == (
        stored["estimate"],
        stored["low"],
        stored["n"],
    )
    assert "estimate 4.4" in recommendation.rationale.inside("en")


def test_page_and_files_say_what_the_first_findings_survive(client):
    snapshot = released_four(CLEAR)

    page = page_of(client, snapshot)
    rows = list(csv.DictReader(io.StringIO(page_of(client, snapshot, "csv").lstrip("\ufeff"))))

    assert "All figures are of those who took part." in page
    assert "Nothing is weighted" in page
    assert "Weights of up to 2 times could bring the mean to" in page
    assert "representative" not in page
    told = [row for row in rows if row["survives"]]
    assert len(told) == 3
    assert float(told[0]["worst_2"]) != float(told[0]["mean"])

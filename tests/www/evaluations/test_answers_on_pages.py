"""One answer per measure opens the page of an evaluation, and all lists follow its order."""

import csv
import io
import json
import re

import pytest

from alpclusters.platform.evaluation.domain.snapshots import evaluation_of
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.reports.blocks import Table, walk
from alpclusters.www.public.evaluations.evaluation_files import document_of
from tests.factories.evaluation import make_snapshot
from tests.factories.judging import FOUR, GOLDEN, four_cafe, rate_again

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

TWICE = [*GOLDEN, *GOLDEN]
REGIONS = ("AT32", "ITC4")
DIVIDED = [f"{row[:2]}{5 if place // 2 % 2 else 1}{row[3]}" for place, row in enumerate(TWICE)]
BOTH = ("effectiveness", "durability")


def address(snapshot, tail="", language="en"):
    return f"/{language}/evaluations/{snapshot.pk}/{tail}"


def released(rows=TWICE, **how):
    return make_snapshot(cafe=four_cafe(rows, **how), released=True)


def page_of(client, snapshot, tail="", language="en"):
    return client.get(address(snapshot, tail, language)).content.decode()


def part_of(page, mark):
    """Return what stands from a section's mark to the end of its first table."""
    return page.split(mark)[1].split("</table>")[0]


def names_in(page, mark):
    heads = re.findall(r'<th scope="row">(.*?)</th>', part_of(page, mark), re.DOTALL)
    return [re.sub(r"<[^>]+>", "", head).strip().split(" · ")[-1] for head in heads]


def test_table_of_answers_stands_before_every_chart(client):
    page = page_of(client, released())

    start = page.index('data-table="decisions"')
    assert start < page.index("data-chart=")
    heads = re.findall(r'<th scope="col"[^>]*>(.*?)</th>', part_of(page, 'data-table="decisions"'))
    assert heads == ["Measure", "Answer", "Estimate", "90% interval", "Certain", "n"]


def test_each_measure_has_its_answer_and_how_certain_it_is(client):
    snapshot = released()
    page = part_of(page_of(client, snapshot), 'data-table="decisions"')

    rows = page.split("<tr")[2:]
    cells = [re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL) for row in rows]
    plain = [[re.sub(r"<[^>]+>", "", cell).strip() for cell in row] for row in cells]
    assert plain[0][0] == "Valued, with few against"
    assert plain[0][3] in {"95%", "over 99%"}
    assert plain[0][4] == "40"
    assert "Rated below the middle of the scale" in [row[0] for row in plain]


def test_open_measure_names_its_two_likeliest_answers(client):
    page = part_of(page_of(client, released(DIVIDED)), 'data-table="decisions"')

    assert re.search("Open: “[^”]+” or “[^”]+”", page)


def test_estimate_of_an_answer_leads_to_how_people_answered(client):
    page = page_of(client, released())

    assert part_of(page, 'data-table="decisions"').count('href="#answers"') == 4
    assert 'id="answers"' in page


@pytest.mark.parametrize("rows", [TWICE, DIVIDED])
def test_every_list_and_chart_has_the_order_of_the_answers(client, rows):
    snapshot = released(rows, regions=REGIONS)
    evaluation = evaluation_of(snapshot)
    wanted = [evaluation.measure(m).names["en"] for m in evaluation.criteria[0].order]
    assert len(wanted) == 4

    page = page_of(client, snapshot)

    for mark in (
        *('data-table="decisions"', 'data-chart="dots"', 'id="answers"', 'data-table="measures"'),
        *('data-chart="agreement"', 'data-chart="heat"'),
    ):
        assert [one for one in names_in(page, mark) if one in wanted] == wanted, mark
    why = page.split('id="why"')[1].split("</div>")[0]
    assert re.findall("<li><b>(.*?)</b>", why) == wanted


def test_change_of_a_second_rating_and_what_is_common_have_the_same_order(client):
    cafe = rate_again(four_cafe(TWICE, regions=REGIONS), [*DIVIDED[:12], *TWICE[12:30]])
    snapshot = make_snapshot(cafe=cafe, released=True)
    evaluation = evaluation_of(snapshot)
    wanted = [evaluation.measure(m).names["en"] for m in evaluation.criteria[0].order]
    assert wanted != [item.names["en"] for item in evaluation.measures]

    page = page_of(client, snapshot)

    for mark in ('data-table="change"', 'data-table="common"'):
        assert names_in(page, mark) == wanted, mark


def test_groups_that_are_looked_at_are_named(client):
    some = page_of(client, released(regions=REGIONS))
    none = page_of(client, released())

    assert re.search("Groups that are looked at: Region AT32, Region ITC4", some)
    assert "All people are taken together" in none


def test_report_names_the_groups_that_lie_far_apart_that_of_all_others_too():
    # One person in four is of the second region; these rate the third measure low.
    low = [f"{row[:2]}{1 + place // 4 % 2}{row[3]}" for place, row in enumerate(TWICE)]
    high = [f"{row[:2]}{4 + place // 4 % 2}{row[3]}" for place, row in enumerate(TWICE)]
    rows = [low[place] if place % 4 == 2 else high[place] for place in range(len(TWICE))]
    snapshot = released(rows, regions=("AT32", "AT32", "ITC4", None))

    document = document_of(snapshot, "en")

    tables = [b for b in walk(document.blocks) if isinstance(b, Table)]
    (apart,) = [table for table in tables if table.caption == "Where groups lie far apart"]
    told = " ".join(map(str, apart.value_rows[0]))
    assert "not stated" in told or "Region AT32" in told
    assert "Region ITC4" in told
    assert "*" not in told


def test_snapshot_made_before_decisions_is_shown_by_tiers(client):
    snapshot = released()
    for record in snapshot.data["criteria"]:
        del record["decisions"]
    snapshot.save()

    page = page_of(client, snapshot)

    assert 'data-table="decisions"' not in page
    assert "Tier A" in page


def test_files_hold_outcome_and_probability(client):
    snapshot = released(criteria=BOTH)

    table = client.get(address(snapshot, "csv")).content.decode("utf-8-sig")
    record = json.loads(client.get(address(snapshot, "json")).content)

    rows = [row for row in csv.DictReader(io.StringIO(table)) if row["criterion"] in BOTH]
    whole = [row for row in rows if not row["split"]]
    assert [row["measure"] for row in whole] == [*FOUR, *FOUR]
    assert {row["measure"]: row["outcome"] for row in whole}["fair"] == "valued_by_all"
    assert all(0 < float(row["outcome_probability"]) <= 1 for row in whole)
    first = record["evaluation"]["criteria"][0]["decisions"]["measures"][0]
    assert (first["outcome"], len(first["probabilities"])) == ("valued_by_all", 5)


def test_decisions_are_a_file_of_their_own_in_the_order_of_the_page(client):
    snapshot = released(criteria=BOTH, regions=REGIONS)
    evaluation = evaluation_of(snapshot)

    answer = client.get(address(snapshot, "decisions"))

    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"].endswith('_decisions.csv"')
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    for result in evaluation.criteria:
        own = [row["item"] for row in rows if row["criterion"] == result.key]
        assert own == [evaluation.measure(m).key for m in result.order]
    assert rows[0]["text"] == evaluation.measure(evaluation.criteria[0].order[0]).names["en"]
    assert rows[0]["outcome"] == "valued_by_all"
    assert float(rows[0]["valued_by_all"]) >= 0.8
    assert rows[0]["divides"] in {"yes", "no"}
    assert f'href="{address(snapshot, "decisions")}"' in page_of(client, snapshot)


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_answers_are_told_in_every_language(client, language):
    page = part_of(page_of(client, released(DIVIDED), language=language), 'id="decisions"')

    assert "%(" not in page
    assert ("Valued" in page) == (language == "en")


def test_page_takes_the_same_queries_with_answers_as_before(client, django_assert_num_queries):
    snapshot = released(regions=REGIONS)

    with django_assert_num_queries(14):
        client.get(address(snapshot))

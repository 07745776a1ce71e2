import csv
import io
import json
import re

import pypdf
import pytest

from alpclusters.platform.cafe.models import TopThree
from alpclusters.platform.evaluation.domain.result_blocks import build_blocks
from alpclusters.platform.evaluation.domain.snapshots import evaluation_of
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.reports.protocol.ratings import ratings
from tests.factories.evaluation import NOW, join, make_cafe, make_snapshot, rate
from tests.factories.judging import FOUR, TEN, four_cafe, rate_again
from tests.factories.rights import FIVE, sign_in

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

REGIONS = ("AT32", "ITC4", "DE1")
FIRST = TEN * 3
SECOND = tuple(row.translate(str.maketrans("1234", "2345")) for row in FIRST)


def address(snapshot, tail="", language="en"):
    return f"/{language}/evaluations/{snapshot.pk}/{tail}"


def rated_twice(n=30, **fields):
    return rate_again(four_cafe(FIRST, regions=REGIONS, **fields), SECOND[:n])


def choose(cafe):
    for place, person in enumerate(cafe.participants.order_by("pk")):
        TopThree.objects.create(
            cafe=cafe,
            participant=person,
            key=f"top-{person.pk}",
            measures=["label", "fair"] if place % 3 else ["visit"],
            received_at=NOW,
        )
    return cafe


def released(cafe):
    return make_snapshot(cafe=cafe, released=True)


def page_of(client, snapshot, tail="", language="en"):
    return client.get(address(snapshot, tail, language)).content.decode()


def section(page, name):
    start = page.index(f'id="{name}"')
    return page[start : page.index("</section>", start)]


def tables_of(client, snapshot, kind="docx"):
    from docx import Document

    content = client.get(address(snapshot, kind)).content
    return Document(io.BytesIO(content)), [
        [[cell.text for cell in row.cells] for row in table.rows]
        for table in Document(io.BytesIO(content)).tables
    ]


# --- the second rating --------------------------------------------------------------------


def test_page_shows_the_change_of_the_same_people_in_honest_words(client):
    page = page_of(client, released(rated_twice()))

    change = section(page, "change")
    assert "People rated twice. The figures are those of the second rating" in page
    assert "The second round is informed" in change
    assert "30 in the first round, 30 in the second, 30 in both" in change
    assert 'data-chart="change"' in change
    assert 'data-chart="moves"' in change
    assert "A change was not necessarily caused by the meeting" in change
    assert change.count("Show as table") == 2


def test_attrition_and_pairs_set_aside_are_told(client):
    change = section(page_of(client, released(rated_twice(27))), "change")

    assert "10% did not rate again" in change
    assert "set aside by chance" in change


def test_three_people_who_rated_again_are_told_and_nothing_of_them(client):
    page = page_of(client, released(rated_twice(3)))

    change = section(page, "change")
    assert "Fewer than ten people rated a second time" in change
    assert "<table" not in change
    assert "Everybody counts with their last answer" not in page


def test_one_rating_has_no_change(client):
    assert 'id="change"' not in page_of(client, released(four_cafe()))


def test_people_on_paper_stay_in_page_protocol_screen_and_file_when_others_rate_again(client):
    cafe = rated_twice()
    for value in (1, 2, 3, 4, 5, 5):
        paper = join(cafe)
        for measure in FOUR:
            rate(paper, value, measure=measure, source="paper")
    snapshot = released(cafe)
    evaluation = evaluation_of(snapshot)

    page = page_of(client, snapshot)
    sources = section(page, "arrivals")
    table = client.get(address(snapshot, "csv")).content.decode("utf-8-sig")
    whole = [r for r in csv.DictReader(io.StringIO(table)) if r["n"] and not r["split"]]
    protocol = "".join(map(str, ratings(None, evaluation, "en")))
    block = build_blocks(cafe)["blocks"]["participation"]

    phones, n = len(FIRST), len(FIRST) + 6
    assert f"{n} people have rated" in page
    assert "Everybody counts with their last answer" in page
    assert all(re.search(rf">\s*{people}\s*<", sources) for people in (phones, 6))
    assert {int(r["n"]) + int(r["cannot_judge"]) for r in whole if r["cannot_judge"]} == {n}
    assert {r["round"] for r in whole} == {"1+2"}
    assert f"{n} people rated: {phones} by phone, 6 on paper" in protocol
    assert (block["n"], block["sources"]) == (n, {"phone": phones, "proxy": 0, "paper": 6})


def test_change_stands_in_the_workspace_too(client):
    snapshot = make_snapshot(cafe=rated_twice())

    page = sign_in(client, "owner", snapshot.cafe).get(f"/en/workspace/snapshots/{snapshot.pk}/")

    assert 'data-chart="change"' in page.content.decode()


def test_change_is_in_the_report_and_its_figures_in_the_data(client):
    snapshot = released(rated_twice())

    document, tables = tables_of(client, snapshot)
    table = client.get(address(snapshot, "csv")).content.decode("utf-8-sig")

    headings = [p.text for p in document.paragraphs if p.style.name.startswith("Heading")]
    assert "Effectiveness: Second round against the first" in headings
    assert not [rows for rows in tables if "Mean change" in rows[0]]
    paired = {
        r["measure"]: r["n_paired"]
        for r in csv.DictReader(io.StringIO(table))
        if r["criterion"] == "effectiveness" and not r["split"]
    }
    # Of the others everybody raised the answer: that would say so of each of them.
    assert (paired.pop("fair"), paired.pop("pilot")) == ("30", "27")
    assert set(paired.values()) == {""}


def test_change_is_in_the_pdf(client):
    content = client.get(address(released(rated_twice()), "pdf", "sl")).content

    text = "\n".join(p.extract_text() for p in pypdf.PdfReader(io.BytesIO(content)).pages)
    assert "Drugi krog v primerjavi s prvim" in text


def test_csv_holds_change_and_points(client):
    snapshot = released(choose(rated_twice()))

    table = client.get(address(snapshot, "csv")).content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(table)))

    fair = next(r for r in rows if (r["criterion"], r["measure"]) == ("effectiveness", "fair"))
    assert (fair["round"], fair["n_paired"]) == ("2", "30")
    assert float(fair["change_low"]) <= float(fair["mean_change"]) <= float(fair["change_high"])
    points = {r["measure"]: r["points"] for r in rows if r["criterion"] == "top_three"}
    # Nobody chose the pilot: that looks the same as a few.
    assert points == {"label": "60", "fair": "40", "visit": "30", "pilot": ""}
    assert {r["n_choosing"] for r in rows if r["criterion"] == "top_three"} == {"30"}


# --- top three, sources -------------------------------------------------------------------


def test_top_three_stands_beside_with_weights_and_people(client):
    snapshot = released(choose(four_cafe(FIRST)))

    part = section(page_of(client, snapshot), "top-three")
    _, tables = tables_of(client, snapshot)

    assert "30 people chose up to three measures; points of the places: 3, 2, 1." in part
    assert "it enters no estimate and no tier" in part
    (points,) = [rows for rows in tables if "Points" in rows[0]]
    assert [row[1] for row in points[1:]] == ["60", "40", "30", "[withheld]"]
    assert "Withheld is what fewer than five people chose" in part


def test_measure_that_one_person_chose_shows_nothing_in_any_form(client):
    cafe = choose(four_cafe(FIRST))
    mine = TopThree.objects.order_by("pk").first()
    mine.measures = ["label", "fair", "pilot"]
    mine.save()
    snapshot = released(cafe)

    _, tables = tables_of(client, snapshot)
    table = client.get(address(snapshot, "csv")).content.decode("utf-8-sig")
    data = json.loads(client.get(address(snapshot, "json")).content)

    (points,) = [rows for rows in tables if "Points" in rows[0]]
    # The one point would follow from the sum: a second measure goes with it.
    assert [row[1] for row in points[1:]] == ["63", "42", "[withheld]", "[withheld]"]
    rows = [r for r in csv.DictReader(io.StringIO(table)) if r["criterion"] == "top_three"]
    assert [r["points"] for r in rows] == ["63", "42", "", ""]
    told = data["evaluation"]["top_three"]["lines"]
    assert [line["points"] for line in told] == [63, 42, None, None]
    assert {name for line in told for name in line} == {"measure", "points"}


def test_top_three_of_less_than_ten_is_an_order(client):
    cafe = choose(four_cafe(FIRST))
    TopThree.objects.exclude(pk__in=TopThree.objects.values("pk")[:9]).delete()

    part = section(page_of(client, released(cafe)), "top-three")

    assert "Only the order of the first three is shown" in part
    assert part.count("<li>") == 3
    assert "<table" not in part


def test_top_three_of_few_is_withheld(client):
    cafe = choose(four_cafe(FIRST))
    TopThree.objects.exclude(pk__in=TopThree.objects.values("pk")[:4]).delete()

    part = section(page_of(client, released(cafe)), "top-three")

    assert "nothing is shown" in part
    assert "<table" not in part


def test_sources_are_told_where_not_all_are_phones(client):
    cafe = four_cafe()
    for value in (3, 4, 5, 3, 4):
        rate(join(cafe), value, source="paper", is_late=True)
    snapshot = released(cafe)

    part = section(page_of(client, snapshot), "arrivals")
    _, tables = tables_of(client, snapshot)

    assert "paper" in part
    assert "Given after the input was stopped: 5 of 85 answers" in part
    assert [row for rows in tables for row in rows if row[0] == "paper"] == [
        ["paper", "5", "5", "6%"]
    ]


def test_plain_phone_ratings_say_nothing_of_sources(client):
    assert 'id="arrivals"' not in page_of(client, released(four_cafe()))


# --- across borders -----------------------------------------------------------------------


def test_common_denominators_state_rule_people_and_conditions(client):
    snapshot = released(four_cafe(FIRST, regions=REGIONS))

    part = section(page_of(client, snapshot), "common")
    document, tables = tables_of(client, snapshot)

    assert "reaches 3.5 in at least 3 regions, in at least 2 countries" in part
    assert "People by region: Region AT32 10, Region DE1 10, Region ITC4 10." in part
    assert "This is a proposal to talk about" in part
    assert any("Verdict" in rows[0] for rows in tables)
    assert any("Common denominators (proposal)" in p.text for p in document.paragraphs)


def test_one_region_has_no_verdict_and_says_why(client):
    part = section(page_of(client, released(four_cafe())), "common")

    assert "Fewer than two regions can be shown" in part
    assert "<table" not in part


def two_cafes(project=None, *, is_released=True):
    cafes = []
    for region in ("AT32", "ITC4"):
        cafe = make_cafe(
            measures=FOUR, region=region, project=project or (cafes and cafes[0].project) or None
        )
        cafes.append(four_cafe(cafe=cafe, regions=(region,)))
        make_snapshot(cafe=cafe, released=is_released)
    return cafes[0].project


def common(project, tail="", language="en"):
    return f"/{language}/projects/{project.slug}/common-denominators/{tail}"


def test_project_page_takes_its_released_evaluations_together(client):
    page = client.get(common(two_cafes())).content.decode()

    assert "proposed as a common denominator" in page or "proposed as common denominators" in page
    assert "2 AlpCafés, 2 countries" in page
    assert "weighted by precision" in page
    assert page.count("/en/evaluations/") >= 2


def test_project_page_shows_nothing_that_is_not_released(client):
    project = two_cafes(is_released=False)

    answer = client.get(common(project))

    assert "No evaluation is public yet" in answer.content.decode()
    assert client.get(common(project, "pdf")).status_code == 404


@pytest.mark.parametrize("kind", ["pdf", "docx", "xlsx"])
def test_project_file_opens_and_names_the_measures(client, kind):
    from docx import Document
    from openpyxl import load_workbook

    content = io.BytesIO(client.get(common(two_cafes(), kind)).content)

    if kind == "pdf":
        text = "\n".join(page.extract_text() for page in pypdf.PdfReader(content).pages)
    elif kind == "docx":
        tables = Document(content).tables
        text = " ".join(cell.text for t in tables for row in t.rows for cell in row.cells)
    else:
        book = load_workbook(content)
        text = " ".join(str(cell) for sheet in book for row in sheet.values for cell in row)
    assert "Matchmaking fair" in text
    assert "common" in text


@pytest.mark.parametrize("who", FIVE)
def test_private_project_is_not_found_by_others(client, who):
    project = two_cafes()
    project.is_public = False
    project.save()

    answer = sign_in(client, who, project.cafes.first()).get(common(project))

    assert answer.status_code == (200 if who in {"owner", "colleague", "neighbour"} else 404)


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_every_part_is_served_in_every_language(client, language):
    snapshot = released(choose(rated_twice(27, criteria=("effectiveness",))))

    english = ("The second round is informed", "Number of people", "Common denominators (proposal)")
    for path in (address(snapshot, "", language), common(snapshot.cafe.project, "", language)):
        answer = client.get(path)
        page = answer.content.decode()
        assert answer.status_code == 200
        assert "%(" not in page
        assert language == "en" or [words for words in english if words in page] == []

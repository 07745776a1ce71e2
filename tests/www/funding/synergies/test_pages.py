"""Synergy map, pairs and policy mix as pages and files."""

import csv
import html
import io
import json
import re

import pytest
from django.test import Client

from alpclusters.platform.funding.models import Priority
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from tests.factories.funding import make_programme
from tests.factories.policy_mix import make_budget, make_priority
from tests.factories.territory import make_region

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

MAP = "/en/funding/synergies/"
MIX = "/en/funding/policy-mix/"


def page(path: str, status: int = 200) -> str:
    answer = Client().get(path)
    assert answer.status_code == status
    return html.unescape(answer.content.decode())


def words(path: str) -> str:
    """The text of the main part of a page."""
    main = page(path).split("<main")[1].split("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


@pytest.fixture
def two():
    """Tyrol looks for what Slovenia offers; both put weight on timber."""
    make_region("AT33", name="Tyrol")
    make_priority("AT33", "timber", weight=0.75)
    make_priority("AT33", "tourism", weight=0.25)
    make_priority("AT33", "hydrogen", side="need")
    make_priority("AT33", "tourism", side="strength")
    make_priority("SI", "timber", weight=0.5, source="Slovenian gazette")
    make_priority("SI", "digital", weight=0.5)
    make_priority("SI", "tourism", side="need", weight=None, status="unverified")
    make_priority("SI", "hydrogen", side="strength", weight=1.0)


def cells(text: str) -> list[list[str]]:
    table = re.search(r'<table class="heat [^"]*synergy">.*?</table>', text, re.DOTALL)
    assert table
    rows = re.findall(r"<tr>(.*?)</tr>", table[0].split("<tbody>")[1], re.DOTALL)
    found = [re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL) for row in rows]
    return [[" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in row] for row in found]


@pytest.mark.usefixtures("two")
def test_map_shows_each_pair_with_its_overlap_and_numbers_of_themes():
    shown = cells(page(MAP))

    assert shown == [
        ["AT33 ·", "SI Tyrol – Slovenia: 0.50* 3·4"],
        ["AT33 Slovenia – Tyrol: 0.50* 3·4", "SI ·"],
    ]


@pytest.mark.usefixtures("two")
def test_map_shows_complementarity_on_request():
    assert "1.00" in cells(page(f"{MAP}?show=complementarity"))[0][1]


@pytest.mark.usefixtures("two")
def test_map_says_where_weights_come_from_and_what_is_not_verified():
    text = words(MAP)

    assert "Slovenian gazette; Gazette" in text or "Gazette; Slovenian gazette" in text
    assert "unverified" in text


MOST = "Tyrol and Slovenia have most in common"


@pytest.mark.usefixtures("two")
def test_map_of_one_pair_says_nowhere_that_it_has_most_in_common():
    Priority.objects.filter(weight=None).delete()

    assert "Strategies beside each other" in words(MAP)
    assert MOST not in words(MAP)


@pytest.mark.usefixtures("two")
def test_map_names_the_pair_that_stands_out_only_while_every_weight_is_known():
    make_priority("ITH3", "fashion", weight=1.0)

    unknown = words(MAP)
    Priority.objects.filter(weight=None).delete()

    assert MOST not in unknown
    assert MOST in words(MAP)


@pytest.mark.usefixtures("two")
def test_pair_is_told_in_words():
    text = words("/en/funding/synergies/AT33/SI/")

    assert "Both put weight on: Timber engineering." in text
    assert "Tyrol looks for what Slovenia offers: Hydrogen." in text
    assert "Slovenia looks for what Tyrol offers: Tourism." in text
    assert "assumed" in text


@pytest.mark.usefixtures("two")
@pytest.mark.parametrize("pair", ["AT33/AT33", "AT33/XX", "nobody/SI"])
def test_pair_that_is_none_is_not_found(pair):
    page(f"/en/funding/synergies/{pair}/", 404)


@pytest.mark.usefixtures("two")
def test_programme_stands_in_the_map_with_its_page():
    make_priority("", "timber", programme=make_programme("alpine", name="Alpine"))

    text = page(MAP)

    assert "/en/funding/programmes/alpine/" in text
    assert len(cells(text)) == 3
    assert "Alpine" in words("/en/funding/synergies/AT33/alpine/")


@pytest.mark.usefixtures("two")
def test_broad_themes_of_a_programme_are_not_compared_with_fine_ones():
    make_priority("", "low_carbon", programme=make_programme("alpine", name="Alpine"))

    assert "P1 Tyrol – Alpine 2021-2027: – 3·1" in [
        cell.replace("*", "") for row in cells(page(MAP)) for cell in row
    ]
    assert "They cannot be compared" in words("/en/funding/synergies/AT33/alpine/")


@pytest.mark.usefixtures("two")
def test_invented_priorities_are_left_out_until_asked_for():
    for region, theme in (("AT32", "timber"), ("SI", "tourism")):
        make_priority(region, theme, status="demonstration")

    real = page(MAP)
    assert len(cells(real)) == 2
    assert "left out" in words(MAP)
    shown = page(f"{MAP}?simulated=1")
    assert len(cells(shown)) == 2
    assert "AT32" not in real
    assert "simulated" in shown
    page("/en/funding/synergies/AT32/SI/", 404)
    assert "simulated" in words("/en/funding/synergies/AT32/SI/?simulated=1")


def test_map_without_two_strategies_says_what_is_needed():
    assert "At least two programmes or regions need priorities" in words(MAP)


@pytest.mark.usefixtures("two")
def test_pairs_are_taken_away_as_csv_and_json():
    make_priority("AT32", "timber", source="=1+1")
    csv_text = Client().get("/en/funding/synergies/export.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(csv_text)))
    data = json.loads(Client().get("/en/funding/synergies/export.json").content)

    assert [(r["first"], r["second"], r["overlap"]) for r in rows] == [
        ("AT32", "AT33", "0.75"),
        ("AT32", "SI", "0.5"),
        ("AT33", "SI", "0.5"),
    ]
    assert all(not row["sources"].startswith("=") for row in rows)
    assert data["synergies"][2]["complementarity"] == 1.0
    assert data["about"]["page"].endswith(MAP)
    assert Client().get("/en/funding/synergies/export.xml").status_code == 404


def heat(path: str) -> str:
    found = re.search(r'<table class="heat.*?</table>', page(path), re.DOTALL)
    assert found
    return " ".join(re.sub(r"<[^>]+>", " ", found[0]).split())


def test_mix_sums_budgets_and_tells_unknown_from_nothing():
    make_region("AT33", name="Tyrol")
    make_budget(amount_ct=1_250_000_000)
    make_budget(theme="tourism", amount_ct=None)
    make_budget(instrument="loan", amount_ct=250_000_000, status="unverified")

    shown = heat(MIX)

    assert "Timber engineering 15.0 12.5 2.5" in shown
    assert "Tourism – 1 unknown – 1 unknown" in shown
    assert "Sum 15.0 1 unknown 12.5 1 unknown 2.5" in shown
    assert "More than 30% of the entries have no amount" in words(MIX)
    assert "unverified" in words(MIX)


@pytest.mark.usefixtures("two")
def test_region_page_names_gaps_and_missing_phases():
    make_budget(theme="tourism", amount_ct=99_000_000)
    make_budget(theme="timber", amount_ct=1_000_000)

    text = words(f"{MIX}?region=AT33")

    assert "Timber engineering weight in the strategy 75%, share of the known budget 1%" in text
    assert "Phases without any instrument: Awareness and networking; Research" in text


def test_region_without_priorities_says_so():
    make_budget(region="SI")

    assert "No priorities of this region are entered" in words(f"{MIX}?region=SI")


def test_regions_stand_side_by_side_with_links():
    make_budget()
    make_budget(region="SI")

    text = page(MIX)

    assert "?period=2021-2027&region=SI" in text
    assert "Regions side by side" in text


def test_budgets_are_taken_away_with_an_unknown_amount_empty():
    make_budget(amount_ct=None)
    make_budget(theme="tourism", amount_ct=150)

    csv_text = Client().get("/en/funding/policy-mix/export.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(csv_text)))
    data = json.loads(Client().get("/en/funding/policy-mix/export.json?region=SI").content)

    assert [(r["theme"], r["amount_eur"]) for r in rows] == [("timber", ""), ("tourism", "1.5")]
    assert data["policy_mix"] == []


@pytest.mark.usefixtures("two")
@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_pages_stand_in_every_language(language):
    make_budget()
    for path in ("synergies/", "synergies/AT33/SI/", "policy-mix/", "policy-mix/?region=AT33"):
        assert "<main" in page(f"/{language}/funding/{path}")


@pytest.mark.usefixtures("two")
@pytest.mark.parametrize(
    "query",
    ["period=%00", "region=%27--", "show=x", "simulated=2", "period=9999-9999", "region=ZZ"],
)
def test_addresses_that_ask_for_nothing_do_no_harm(query):
    make_budget()

    for path in (MAP, MIX, "/en/funding/policy-mix/export.json"):
        page(f"{path}?{query}")

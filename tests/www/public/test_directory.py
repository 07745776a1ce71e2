"""The pages of the directory: list, exports, feed, frame, kept searches."""

import csv
import html
import io
import json
import re
import zipfile
from datetime import date
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree as ET

import pytest
from django.http import QueryDict
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from alpclusters.platform.actors.domain.directory.queries import (
    DirectoryQuery,
    Facet,
    Order,
    Scope,
    read_groups,
)
from alpclusters.platform.actors.domain.directory.searching import similar_organisations
from alpclusters.platform.actors.models import ClusterLabel, SavedSearch
from alpclusters.www.public.directory import exports
from alpclusters.www.public.directory.filters import read_query, write_query
from alpclusters.www.public.directory.hits import highlighted, needles_of
from tests.factories.accounts import make_user
from tests.factories.organisations import make_organisation, make_profile
from tests.factories.territory import make_region

pytestmark = [pytest.mark.integration]
needs_database = pytest.mark.django_db
TODAY = date(2026, 11, 25)
ATOM = "{http://www.w3.org/2005/Atom}"


def page(path: str, **headers: str) -> str:
    return Client(headers=headers).get(path).content.decode()


def taken(kind: str, query: str = "") -> bytes:
    return b"".join(Client().get(f"/en/directory/export.{kind}{query}"))


# --- addresses --------------------------------------------------------------------------------

values = st.frozensets(
    st.text(min_size=1, max_size=20).filter(lambda v: "\x00" not in v), max_size=3
)
queries = st.builds(
    DirectoryQuery,
    today=st.just(TODAY),
    text=st.text(max_size=40).map(lambda t: t.replace("\x00", "").strip()),
    exact=st.booleans(),
    scope=st.sampled_from(Scope),
    chosen=st.dictionaries(st.sampled_from(Facet), values.filter(bool), max_size=3),
    order=st.sampled_from(Order),
    page=st.integers(1, 999),
)


@given(queries)
def test_address_holds_all_of_a_search(query):
    written = write_query(query, page=query.page)

    assert read_query(QueryDict(written), today=TODAY) == query


@needs_database
@pytest.mark.parametrize(
    "query",
    ["?page=999999", "?page=-1", "?page=x", "?sort=odd&scope=odd", "?country=", "?q=%00",
     "?q=%22*%27%20OR%20NEAR(", "?region=" + "x" * 500, "?" + "&".join(["sector=28"] * 900)],
)  # fmt: skip
def test_odd_address_is_answered(query):
    make_profile("Alpha")

    assert Client().get(f"/en/directory/{query}").status_code == 200


# --- list -------------------------------------------------------------------------------------


@needs_database
def test_list_marks_what_was_found_and_says_which_language():
    make_profile("Holzcluster Steiermark", body_country="AT")
    make_profile("Lesarski grozd", body_country="SI", body_status="verified")

    text = page("/sl/directory/?q=les")

    assert "<mark>Lesarski</mark> grozd" in text
    assert "<mark>Holz</mark>cluster" in text
    assert 'nem. <span lang="de">Holz</span> = les' in text
    assert "les, Holz, wood, bois, legno" in text


@needs_database
@pytest.mark.parametrize("address", ["/en/directory/", "/en/directory/map/"])
def test_list_and_map_show_real_entries_and_invented_ones_when_asked(address):
    make_profile("Alpha", body_is_simulated=True)
    make_profile("Beta")
    make_profile("Gamma")

    plain, asked = page(address), page(f"{address}?simulated=1")

    assert "2 cluster organisations" in plain
    assert f'href="{address}?simulated=1"' in plain
    assert "1 cluster organisation" in asked
    assert f'href="{address}?simulated=0"' in asked
    assert 'class="ac-demo"' in asked
    assert 'class="ac-demo"' not in plain


@needs_database
def test_invented_entries_are_shown_at_once_where_there_are_no_others():
    make_profile("Alpha", body_is_simulated=True)

    assert "Alpha" in page("/en/directory/")
    assert "simulated=" not in page("/en/directory/").partition("<main")[0].partition("<body")[2]


@needs_database
def test_filters_count_and_keep_the_search():
    make_profile("Holz A", body_country="AT")
    make_profile("Holz B", body_country="SI")

    text = page("/en/directory/?q=holz&country=AT")

    assert "1 hit for" in text
    assert 'name="country" value="SI"' in text
    assert 'href="/en/directory/?q=holz"' in text  # the chip takes the country away


@needs_database
def test_correction_is_said_and_can_be_refused():
    make_profile("Mehatronika")

    text = page("/en/directory/?q=mehatronkia")

    assert "Searched for <b>mehatronika</b>" in text
    assert "Nothing found" in page("/en/directory/?q=mehatronkia&exact=1")


@needs_database
def test_empty_page_names_ways_that_find_something():
    make_profile("Optics Ljubljana", body_country="SI")
    make_organisation("Optics Works", country="AT")

    text = page("/en/directory/?q=optics&country=AT")

    assert "Search all organisations (1)" in text
    assert "Remove all filters (1)" in text


@needs_database
def test_map_beside_the_list_counts_hits_and_names_those_without_region():
    make_profile("Holz A", body_region=make_region("AT22", name="Styria"), body_country="AT")
    make_profile("Holz B", body_country="AT")

    text = page("/en/directory/?q=holz")

    assert "1 hit has no known region on the map." in text
    assert "region=AT22" in text


@needs_database
def test_labels_count_only_while_they_are_valid():
    profile = make_profile("Alpha")
    other = make_profile("Beta")
    ClusterLabel.objects.create(cluster=profile, level="gold", valid_to=date(2020, 1, 1))
    ClusterLabel.objects.create(cluster=other, level="gold", valid_to=date(2099, 1, 1))

    assert "Alpha" not in page("/en/directory/?label=ecei+gold")


def test_compound_and_word_with_other_ending_are_marked():
    def marks(text: str, typed: str) -> list[str]:
        needles = needles_of(read_groups(typed, exact=False))
        return [p.text for p in highlighted(text, needles) if p.is_hit]

    assert marks("Lesarski grozd", "les") == ["Lesarski"]
    assert marks("proHolz Salzburg", "les") == ["Holz"]
    assert marks("Alessandria", "les") == []
    assert marks("Kärntner Straße", "strasse kaernt") == ["Kärntner", "Straße"]


# --- exports ----------------------------------------------------------------------------------


@needs_database
def test_exports_hold_all_hits_with_source_and_licence():
    make_profile("Holz A", body_source="a list", body_licence="CC0", body_latitude=47.0,
                 body_longitude=15.5)  # fmt: skip
    make_profile("Holz B")
    make_profile("Optics")

    rows = list(csv.DictReader(io.StringIO(taken("csv", "?q=holz").decode("utf-8-sig"))))
    data = json.loads(taken("json", "?q=holz"))
    shapes = json.loads(taken("geojson", "?q=holz"))
    with zipfile.ZipFile(io.BytesIO(taken("xlsx", "?q=holz"))) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()

    assert [(r["name"], r["source"], r["licence"]) for r in rows] == [
        ("Holz A", "a list", "CC0"), ("Holz B", "", ""),
    ]  # fmt: skip
    assert data["about"]["organisations"] == len(data["organisations"]) == 2
    assert [f["geometry"] and f["geometry"]["coordinates"] for f in shapes["features"]] == [
        [15.5, 47.0], None,
    ]  # fmt: skip
    assert "Holz B" in sheet


@needs_database
def test_no_spreadsheet_computes_what_somebody_typed():
    make_profile('=HYPERLINK("http://example.org")')

    (row,) = csv.DictReader(io.StringIO(taken("csv").decode("utf-8-sig")))
    with zipfile.ZipFile(io.BytesIO(taken("xlsx"))) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()

    assert row["name"].startswith("'=")
    assert "<f>" not in sheet


@needs_database
def test_workbook_ends_at_its_limit_and_says_so(monkeypatch):
    monkeypatch.setattr(exports, "MOST_SHEET_ROWS", 1)
    make_profile("Holz A")
    make_profile("Holz B")

    with zipfile.ZipFile(io.BytesIO(taken("xlsx"))) as book:
        first = book.read("xl/worksheets/sheet1.xml").decode()
        about = book.read("xl/worksheets/sheet2.xml").decode()

    assert "Holz B" not in first
    assert "rows_in_this_file" in about


@needs_database
def test_unlisted_bodies_are_in_no_export():
    make_organisation("Secret Body", is_listed=False)

    assert all(b"Secret" not in taken(kind, "?scope=all") for kind in ("csv", "json", "geojson"))


# --- feed, frame, kept searches ---------------------------------------------------------------


@needs_database
def test_feed_names_new_and_changed_profiles_of_the_search():
    make_profile("Holz A")
    make_profile("Optics")

    feed = ET.fromstring(Client().get("/en/directory/feed.xml?q=holz").content)  # noqa: S314 - ours

    assert [e.findtext(f"{ATOM}title") for e in feed.iter(f"{ATOM}entry")] == ["Holz A"]
    assert feed.find(f"{ATOM}entry/{ATOM}category").get("term") == "new"


@needs_database
def test_line_to_copy_is_shown_as_text_and_names_the_search():
    text = page("/en/directory/?q=wood%22%3E")

    line = html.unescape(text[text.index("&lt;iframe") : text.index("&lt;/iframe&gt;")])
    address = html.unescape(re.search(r'src="([^"]*)"', line)[1])
    assert "<iframe" not in text
    assert parse_qs(urlsplit(address).query)["q"] == ['wood">']
    assert urlsplit(address).path == "/en/directory/embed/"


@needs_database
def test_frame_has_no_script_no_form_and_no_cookie():
    make_profile("Holz A")

    answer = Client().get("/en/directory/embed/?q=holz")
    text = answer.content.decode()

    assert "Holz A" in text
    assert "<script" not in text
    assert "<form" not in text
    assert not answer.cookies


@needs_database
def test_search_is_kept_shown_and_removed_by_its_owner_alone():
    client, other = Client(), Client()
    client.force_login(make_user(email="a@example.org"))
    other.force_login(make_user(email="b@example.org"))
    sent = {"name": " My wood ", "query": "q=holz&country=AT&odd=1"}

    answer = client.post("/en/directory/searches/", sent)
    kept = SavedSearch.objects.get()

    assert (kept.name, kept.query) == ("My wood", "q=holz&country=AT")
    assert parse_qs(urlsplit(answer["Location"]).query)["q"] == ["holz"]
    assert "My wood" in client.get("/en/directory/").content.decode()
    path = f"/en/directory/searches/{kept.pk}/remove/"
    assert other.post(path).status_code == 404
    client.post(path)
    assert not SavedSearch.objects.exists()


@needs_database
def test_site_search_finds_organisations_of_the_directory():
    make_profile("Holzcluster Steiermark")
    make_organisation("Holz Secret", is_listed=False)

    text = page("/en/search/?q=holz")

    assert "<mark>Holzcluster</mark> Steiermark" in text
    assert "Secret" not in text


# --- similar ----------------------------------------------------------------------------------


@needs_database
def test_similar_organisations_share_sectors_technologies_and_rare_words():
    own = make_profile("Alpha", sectors=["28"], technologies=["robotics"], sector_text="grippers")
    near = make_profile("Beta", sectors=["28.41"], technologies=["robotics"])
    word = make_profile("Gamma", sector_text="grippers")
    for number in range(5):
        make_profile(f"Far {number}", sectors=["10"])
    Client().get("/en/directory/")  # indexes them

    found = similar_organisations(own.organisation_id)

    assert [s.organisation_id for s in found] == [near.organisation_id, word.organisation_id]
    assert {r.value for r in found[0].reasons} == {"28", "robotics"}
    assert [r.value for r in found[1].reasons] == ["grippers"]
    assert similar_organisations(0) == []

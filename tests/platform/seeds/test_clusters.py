"""Cluster organisations: the region that a row names is the one in which its code lies."""

from urllib.parse import parse_qs, urlsplit

import pytest

from tests.platform.seeds.tables import LANGUAGES, Row, rows

pytestmark = pytest.mark.unit

CLUSTERS = rows("actors/cluster_organisations")
# What sources call a region that has no code of its own at the level of the row.
WITHIN = {
    "Western Switzerland": {"CH01", "CH02", "CH0"},
    "Fribourg": {"CH02"},
    "Bern": {"CH02"},
    "Slovenia": {"SI0", "SI03", "SI04"},
    "Bavaria": {"DE2"},
    "Baden-Württemberg": {"DE1"},
    "Auvergne-Rhône-Alpes": {"FRK"},
    "Bourgogne-Franche-Comté": {"FRC"},
    "Grand Est": {"FRF"},
    "South Tyrol": {"ITH1"},
}


def plain(name: str) -> str:
    return name.replace("’", "'").casefold()


def codes() -> dict[str, set[str]]:
    """Codes by each of their names in five languages, in plain letters."""
    found: dict[str, set[str]] = {}
    for row in rows("territory/region_names"):
        for language in LANGUAGES:
            found.setdefault(plain(row[f"name_{language}"]), set()).add(row["code"])
    for name, within in WITHIN.items():
        found.setdefault(plain(name), set()).update(within)
    return found


CODES = codes()


@pytest.mark.parametrize(
    "row", [row for row in CLUSTERS if row["nuts"]], ids=lambda row: row["slug"]
)
def test_the_code_of_a_cluster_lies_in_a_region_that_its_row_names(row: Row) -> None:
    named = {code for part in row["region"].split(", ") for code in CODES[plain(part)]}

    assert row["nuts"].startswith(tuple(named)), (row["region"], row["nuts"])


def test_the_code_of_a_cluster_lies_in_its_country() -> None:
    assert [row["slug"] for row in CLUSTERS if not row["nuts"].startswith(row["country"])] == [
        row["slug"] for row in CLUSTERS if not row["nuts"]
    ]


def test_a_cluster_without_code_names_the_region_of_its_seat_outside_the_area() -> None:
    for row in CLUSTERS:
        if not row["nuts"]:
            assert any(plain(part) not in CODES for part in row["region"].split(", ")), row["slug"]


def test_a_source_is_one_page_and_not_only_the_form_that_shows_pages() -> None:
    for row in CLUSTERS:
        parts = urlsplit(row["source"])
        if parts.scheme:
            assert "." in parts.netloc, row["slug"]
            assert " " not in row["source"], row["slug"]
            assert not parts.path.endswith((".act", ".aspx", ".asp")) or parse_qs(parts.query), row


def test_facts_of_keep_and_only_they_carry_its_terms() -> None:
    for row in CLUSTERS:
        assert row["licence"].startswith("keep.eu") == row["source"].startswith("keep.eu")

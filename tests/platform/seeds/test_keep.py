"""Facts retyped from the export of keep.eu are those of the export."""

import csv
import gzip
import re
from pathlib import Path
from typing import Any

import pytest

from tests.platform.seeds.tables import Row, rows

pytestmark = pytest.mark.unit

EXPORT = Path("data") / "fixtures" / "keep" / "keep_closed_1420_alpine.xlsx"
PARTNERS = Path("data") / "projects" / "keep_partners_2000_2013_alpine_programmes.csv.gz"
DOCUMENT = "keep-closed-2014-2020"
COUNTRIES = {"EL": "GR", "UK": "GB"}

type Cells = dict[str, Any]


@pytest.fixture
def sheets(shared: Path) -> dict[str, list[Cells]]:
    from openpyxl import load_workbook

    book = load_workbook(shared / EXPORT, read_only=True)
    tables = {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}
    return {
        title: [dict(zip(table[0], row, strict=False)) for row in table[1:]]
        for title, table in tables.items()
    }


@pytest.fixture
def exported(sheets: dict[str, list[Cells]]) -> list[tuple[Row, Cells]]:
    """Initiatives of the list, each with its row in the slice of the export."""
    projects = {str(row["Acronym"]).lower(): row for row in sheets["Projects (lead partners)"]}
    named = [row for row in rows("evidence/initiatives") if DOCUMENT in row["documents"].split()]
    return [
        (row, projects[row["acronym"].lower()])
        for row in named
        if row["acronym"].lower() in projects
    ]


def test_title_days_and_money_of_a_project_are_those_of_the_export(
    exported: list[tuple[Row, Cells]],
) -> None:
    assert len(exported) == 18
    for row, told in exported:
        assert row["title"] == " ".join(told["Project Name"].split())
        assert row["start"] == told["Project start"].replace("/", "-")
        assert row["end"] == told["Project end"].replace("/", "-")
        assert float(row["budget"]) == float(told["Budget"].replace(",", "")), row["key"]
        assert float(row["eu"]) == told["EU Funding"], row["key"]


def test_the_place_of_a_lead_is_that_of_the_export(
    exported: list[tuple[Row, Cells]], sheets: dict[str, list[Cells]]
) -> None:
    leads = {
        row["initiative"]: row for row in rows("evidence/participations") if row["role"] == "lead"
    }
    partners = {
        (row["Programme"], row["Acronym"]): row
        for row in sheets["Partners"]
        if row["Lead Partner"] == "Yes"
    }

    for row, project in exported:
        lead, told = leads[row["key"]], partners[project["Programme"], project["Acronym"]]
        country = told["Country code"][:2]
        assert lead["name"] == told["Project Partner"]
        assert lead["country"] == COUNTRIES.get(country, country), row["key"]
        assert lead["town"] == told["Town"]
        assert lead["nuts"] == told["NUTS3 (or equivalent)"].split()[0]


def plain(text: str) -> str:
    """Letters and digits only: quotation marks and double spaces were set right by hand."""
    return re.sub(r"\W", "", text).casefold()


@pytest.fixture
def listed(shared: Path) -> list[Row]:
    with gzip.open(shared / PARTNERS, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_partners_of_an_initiative_are_those_of_the_exported_list(listed: list[Row]) -> None:
    kept: dict[str, dict[str, Row]] = {}
    for told in listed:
        partners = kept.setdefault(plain(told["Acronym"]), {})
        partners[plain(told["Project Partner"])] = told
    acronyms = {row["key"]: plain(row["acronym"]) for row in rows("evidence/initiatives")}
    compared = 0
    for row in rows("evidence/participations"):
        if partners := kept.get(acronyms[row["initiative"]]):
            told = partners[plain(row["name"])]
            country = told["Country code"][:2]
            assert row["country"] == COUNTRIES.get(country, country), row
            assert plain(row["town"]) == plain(told["Town"]), row
            assert row["nuts"] == " ".join(told["NUTS3 (or equivalent)"].split()[:1]), row
            assert (row["role"] == "lead") == (told["Lead Partner"] == "Yes"), row
            compared += 1

    assert compared == 545

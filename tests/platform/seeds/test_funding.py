"""Programmes, calls and figures of funding: places, order and sums agree with each other."""

from datetime import date

import pytest

from tests.platform.seeds.tables import LANGUAGES, Row, rows

pytestmark = pytest.mark.unit

PROGRAMMES = {row["key"]: row for row in rows("funding/programmes")}
CALLS = {row["key"]: row for row in rows("funding/calls")}
PARAMETERS = rows("funding/parameters")
UPPER_RHINE = {
    "de": "Oberrhein",
    "en": "Upper Rhine",
    "fr": "Rhin supérieur",
    "it": "Reno superiore",
    "sl": "Zgornje Porenje",
}
ORDERED = (
    ("min_partners", "max_partners"),
    ("min_countries", "min_partners"),
    ("min_member_states", "min_countries"),
    ("erdf", "total_budget"),
)
# Sums of parts that a source states beside the whole.
SUMS = (
    (("erdf", "national_part"), "total_budget"),
    (("approved_erdf", "approved_national"), "approved_total"),
    (("approved_east", "approved_west"), "approved_total"),
    (("share_firms", "share_science", "public_share"), "whole"),
)


def figures() -> dict[tuple[str, str], dict[str, float]]:
    """Amounts, shares and counts of a programme or call, by name."""
    found: dict[tuple[str, str], dict[str, float]] = {}
    for row in PARAMETERS:
        if row["value"] and row["unit"] not in {"text", "day"}:
            about = row["programme"], row["call"]
            found.setdefault(about, {"whole": 100})[row["name"]] = float(row["value"])
    return found


def test_a_programme_covers_countries_and_regions_that_have_a_name() -> None:
    known = {row["code"] for row in rows("territory/country_names")}
    known |= {row["code"] for row in rows("territory/nuts_codes")}
    for row in PROGRAMMES.values():
        assert set(row["territory"].split()) <= known | {"EU"}, row["key"]


def test_of_interreg_only_the_programme_and_the_rules_for_all_of_europe_cover_the_union() -> None:
    whole = [
        row["name_en"]
        for row in PROGRAMMES.values()
        if row["name_en"].startswith("Interreg ") and "EU" in row["territory"].split()
    ]

    assert set(whole) == {"Interreg Europe", "Interreg 2021–2027, common rules"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_upper_rhine_is_not_the_high_rhine(language: str) -> None:
    named = [
        key for key, row in PROGRAMMES.items() if UPPER_RHINE[language] in row[f"name_{language}"]
    ]

    assert named == ["upper-rhine"]


def test_a_programme_has_the_period_that_the_evidence_base_gives_it() -> None:
    periods = {row["key"]: row["period"] for row in rows("evidence/programmes")}
    for row in PROGRAMMES.values():
        if row["evidence"]:
            assert row["period"] == periods[row["evidence"]], row["key"]


def test_what_is_verified_names_its_source() -> None:
    tables: list[Row] = [
        *PROGRAMMES.values(),
        *CALLS.values(),
        *PARAMETERS,
        *rows("funding/offers"),
    ]

    assert [row for row in tables if row["status"] == "verified" and not row["source"]] == []


def test_a_call_closes_after_it_opens_and_within_the_years_of_its_programme() -> None:
    for row in CALLS.values():
        opens, closes = row["opens"] or row["closes"], row["closes"]
        if closes:
            period = PROGRAMMES[row["programme"]]["period"] or f"{closes[:4]}-{closes[:4]}"
            first, last = (int(year) for year in period.split("-"))
            assert date.fromisoformat(opens) <= date.fromisoformat(closes), row["key"]
            assert first <= int(closes[:4]) <= last, row["key"]


def test_a_figure_of_a_call_is_one_of_the_programme_of_that_call() -> None:
    for row in PARAMETERS:
        if row["call"]:
            assert CALLS[row["call"]]["programme"] == row["programme"], row


@pytest.mark.parametrize("about", figures(), ids="-".join)
def test_figures_of_a_programme_keep_their_order_and_sums(about: tuple[str, str]) -> None:
    found = figures()[about]
    pairs = [(name, f"{name.removesuffix('_from')}_to") for name in found if name.endswith("_from")]
    for less, more in (*ORDERED, *pairs):
        if less in found and more in found:
            assert found[less] <= found[more], (less, more)
    for parts, whole in SUMS:
        if {*parts, whole} <= set(found):
            assert sum(found[part] for part in parts) == pytest.approx(found[whole], abs=0.005)


def test_a_share_lies_between_0_and_100_per_cent() -> None:
    shares = [
        float(row["value"]) for row in PARAMETERS if row["unit"] == "percent" and row["value"]
    ]

    assert min(shares) > 0
    assert max(shares) <= 100

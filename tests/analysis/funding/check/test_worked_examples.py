"""The worked examples of the method's paper (section 11), to the cent."""

import datetime as dt
from dataclasses import replace

import pytest

from alpclusters.analysis.funding.case import Cell, EarlierAid, Link, PastAid, Periods
from tests.analysis.funding.check.pieces import (
    EUROS,
    case,
    checked,
    codes,
    euro_cell,
    line,
    offer,
    one_firm,
    paid,
    partner,
    room,
    undertaking,
)

pytestmark = pytest.mark.unit
D = dt.date
WINTER = D(2024, 12, 1)

# --- 11.1 de minimis across the change of 2024 ------------------------------------------------

HISTORY = tuple(
    PastAid("DE", day, euros * EUROS)
    for day, euros in ((D(2021, 11, 15), 80_000), (D(2022, 6, 1), 70_000), (D(2023, 3, 20), 50_000))
)


def small_aid(*grants: tuple[dt.date, int], state: str = "DE"):
    """A firm that has had aid and is granted more, de minimis, each in full for one cost."""
    lines = [line(f"l{at}", "P", euros) for at, (_, euros) in enumerate(grants)]
    offers = [
        offer(f"o{at}", 10_000, articles={"*": "DM"}, grant_date=day, grants_from=state)
        for at, (day, _) in enumerate(grants)
    ]
    firm = one_firm(lines, offers, history={"de_minimis": HISTORY})
    return checked(firm, *(paid(o, one) for o, one in zip(offers, lines, strict=True)))


def test_a_grant_of_2023_counts_three_fiscal_years():
    check = small_aid((D(2023, 10, 1), 10_000))

    assert codes(check) == [("over_ceiling", "DM-1")]
    assert room(check, "DM-1", "undertaking:UP/DE@2023-10-01") == (200_000, 210_000, -10_000)
    assert check.violations[0].over_ct == 1_000_000


def test_a_grant_of_2024_counts_any_three_years():
    check = small_aid((D(2024, 1, 10), 90_000))

    assert check.valid
    assert room(check, "DM-2", "undertaking:UP/DE@2024-01-10") == (300_000, 290_000, 10_000)


def test_the_next_grant_passes_the_limit_and_waiting_makes_room():
    check = small_aid((D(2024, 1, 10), 90_000), (D(2024, 9, 1), 15_000))

    assert codes(check) == [("over_ceiling", "DM-2")]
    assert room(check, "DM-2", "undertaking:UP/DE@2024-09-01") == (300_000, 305_000, -5_000)
    (advice,) = [note for note in check.notes if note.code == "waiting_makes_room"]
    assert advice.params == {"on": "2024-09-01", "until": "2024-11-16", "room": 90_000 * EUROS}


def test_after_the_old_aid_has_left_there_is_room_and_a_warning_at_the_edge():
    check = small_aid((D(2024, 1, 10), 90_000), (D(2024, 11, 16), 15_000))

    assert check.valid
    assert room(check, "DM-2", "undertaking:UP/DE@2024-11-16") == (300_000, 225_000, 75_000)
    (edge,) = [note for note in check.notes if note.code == "de_minimis_edge"]
    assert edge.params["granted_on"] == "2021-11-15"


def test_another_state_has_an_account_of_its_own():
    check = small_aid((D(2024, 9, 1), 300_000), state="IT")

    assert check.valid
    assert room(check, "DM-2", "undertaking:UP/IT@2024-09-01") == (300_000, 300_000, 0)


def test_swiss_grants_count_in_no_account():
    assert small_aid((D(2024, 9, 1), 900_000), state="CH").valid


# --- 11.2 cumulation under the block exemption ------------------------------------------------


def research(*granted: tuple[str, int, int]):
    """Line of 120,000 of industrial research; offer, declared, granted."""
    cost = line("r", "P", 120_000, article="GB-25-industrial", bonuses=("collaboration",))
    aid = {"*": "GB-25-industrial"}
    offers = [
        offer("national", 4_500, articles=aid),
        offer("regional", 4_000, articles=aid, origin="union_shared", level="regional"),
        offer("voucher", 10_000, articles={"*": "DM"}),
    ]
    cells = [euro_cell(name, "r", *amounts) for name, *amounts in granted]
    return checked(one_firm([cost], offers), *cells)


def test_two_grants_together_pass_the_intensity():
    check = research(("national", 120_000, 54_000), ("regional", 120_000, 48_000))

    assert codes(check) == [("over_ceiling", "CU-3")]
    assert room(check, "CU-3", "line:r") == (96_000, 102_000, -6_000)


def test_the_regional_grant_fits_when_less_is_declared_to_it():
    check = research(("national", 120_000, 54_000), ("regional", 105_000, 42_000))

    assert check.valid
    assert room(check, "CU-3", "line:r") == (96_000, 96_000, 0)


def test_de_minimis_aid_on_the_same_cost_counts_into_its_limit():
    check = research(
        ("national", 120_000, 54_000), ("regional", 105_000, 42_000), ("voucher", 5_000, 5_000)
    )

    assert codes(check) == [("over_ceiling", "CU-5")]
    assert room(check, "CU-5", "line:r") == (96_000, 101_000, -5_000)


def advice(declared: int, granted: int):
    cost = line("a", "P", 30_000, category="external")
    offers = [
        offer("national", 5_000, articles={"*": "GB-18"}),
        offer("regional", 4_000, articles={"*": "GB-28a"}),
    ]
    cells = (
        euro_cell("national", "a", 30_000, 15_000),
        euro_cell("regional", "a", declared, granted),
    )
    return checked(one_firm([cost], offers), *cells)


def test_the_most_favourable_article_applied_sets_the_limit():
    check = advice(30_000, 12_000)

    assert check.valid
    assert room(check, "CU-3", "line:a") == (30_000, 27_000, 3_000)
    (ceiling,) = [c for c in check.ceilings if c.rule == "CU-3"]
    assert ceiling.set_by == "GB-28a"
    assert room(check, "GB-28a", "undertaking:UP@2024-12-01") == (220_000, 12_000, 208_000)


def test_a_nominal_amount_under_a_generous_article_raises_no_limit():
    check = advice(299, 119)

    assert [note.code for note in check.notes if note.rule == "CU-3"] == ["nominal_article"]
    assert codes(check) == [("grant_differs", "case.rate"), ("over_ceiling", "CU-3")]


def development(*granted: tuple[str, int, int]):
    cost = line("d", "P", 100_000, article="GB-25-experimental")
    offers = [
        offer("horizon", 7_000, origin="union_central", level="european"),
        offer("national", 2_800, articles={"*": "GB-25-experimental"}),
        offer("more", 2_900, articles={"*": "GB-25-experimental"}),
    ]
    firm = one_firm([cost], offers, firm={"size": "medium"})
    return checked(firm, *(euro_cell(name, "d", *amounts) for name, *amounts in granted))


def test_central_union_money_and_aid_stay_within_the_better_rate():
    check = development(("horizon", 60_000, 42_000), ("national", 100_000, 28_000))

    assert check.valid
    assert room(check, "MR-1", "line:d") == (70_000, 70_000, 0)
    assert room(check, "CU-3", "line:d") == (35_000, 28_000, 7_000)


def test_one_per_cent_more_aid_beside_union_money_fails():
    check = development(("horizon", 60_000, 42_000), ("more", 100_000, 29_000))

    assert codes(check) == [("over_ceiling", "MR-1")]


def test_beside_union_money_on_the_whole_cost_no_aid_has_room():
    check = development(("horizon", 100_000, 70_000), ("national", 100, 28))

    assert codes(check) == [("over_ceiling", "MR-1")]


# --- 11.3 Seal of Excellence ------------------------------------------------------------------


def seal(*cells: Cell, rejected: tuple[str, ...] = (), article: str = "GB-25a", **more):
    cost = line("s", "P", 1_200_000, article=more.pop("own", None), **more)
    offers = [
        offer("horizon", 7_000, origin="union_central", level="european"),
        offer("seal", 7_000, articles={"*": article}, seal_of="horizon", level="regional"),
    ]
    return checked(one_firm([cost], offers), *cells, rejected=rejected)


def test_with_a_seal_aid_follows_the_rate_of_the_call():
    check = seal(euro_cell("seal", "s", 1_200_000, 840_000), rejected=("horizon",))

    assert check.valid
    assert room(check, "CU-3", "line:s") == (840_000, 840_000, 0)
    assert room(check, "GB-25a", "undertaking:UP@2024-12-01") == (2_500_000, 840_000, 1_660_000)


@pytest.mark.parametrize(("bonuses", "most"), [((), 540_000), (("collaboration",), 720_000)])
def test_without_the_seal_rule_the_article_on_research_holds(bonuses, most):
    article = "GB-25-experimental"
    check = seal(euro_cell("seal", "s", 1_200_000, most), article=article, bonuses=bonuses)
    more = seal(euro_cell("seal", "s", 1_200_000, most + 1), article=article, bonuses=bonuses)

    assert check.valid
    assert room(check, "CU-3", "line:s") == (most, most, 0)
    assert codes(more) == [("grant_differs", "case.rate"), ("over_ceiling", "CU-3")]


def test_the_seal_and_its_call_exclude_each_other():
    check = seal(
        euro_cell("horizon", "s", 600_000, 420_000), euro_cell("seal", "s", 100_000, 70_000)
    )

    assert codes(check) == [("seal_with_call", "SE-1")]


def test_two_seals_on_one_cost_hold_at_the_lower_rate():
    cost = line("s", "P", 1_000_000)
    offers = []
    for rate in (7_000, 5_000):
        call = offer(f"call{rate}", rate, origin="union_central", level="european")
        terms = {"articles": {"*": "GB-25a"}, "seal_of": call.id, "level": "regional"}
        offers += [call, offer(f"seal{rate}", rate, **terms)]

    def together(second: int):
        cells = [
            euro_cell("seal7000", "s", 600_000, 420_000),
            euro_cell("seal5000", "s", 400_000, second),
        ]
        return checked(one_firm([cost], offers), *cells, rejected=("call7000", "call5000"))

    assert room(together(80_000), "CU-3", "line:s") == (500_000, 500_000, 0)
    assert ("over_ceiling", "CU-3") in codes(together(80_001))


def test_a_rejected_call_cannot_be_used():
    check = seal(euro_cell("horizon", "s", 1_200_000, 840_000), rejected=("horizon",))

    assert codes(check) == [("rejected_offer", "case.scenario")]


# --- 11.4 a Swiss partner in Interreg ---------------------------------------------------------

COSTS = {"DE": 240_000, "IT": 180_000, "SI": 160_000, "CH": 120_000}


def alpine(*cells: Cell):
    partners = [
        partner(name, "public", {"DE": "DE11", "IT": "ITH1", "SI": "SI04", "CH": "CH04"}[name])
        for name in COSTS
    ]
    partners[0] = replace(partners[0], lead=True)
    offers = [
        offer("erdf", 7_500, origin="union_shared", level="macro_regional", min_partners=4,
              min_countries=4, min_member_states=3),
        offer("federal", 2_500, origin="ch", grants_from="CH"),
        offer("canton", 2_500, origin="ch", grants_from="CH", level="regional"),
    ]  # fmt: skip
    return checked(
        case(
            partners,
            [undertaking(name, "none") for name in COSTS],
            [line(name.lower(), name, euros) for name, euros in COSTS.items()],
            offers,
            links=(Link("paired", ("federal", "canton"), (1, 1)),),
        ),
        *cells,
    )


ERDF = tuple(
    euro_cell("erdf", name.lower(), euros, euros * 3 // 4)
    for name, euros in COSTS.items()
    if name != "CH"
)


def test_erdf_is_for_partners_of_the_union_and_the_swiss_one_counts_as_a_country():
    check = alpine(
        *ERDF,
        euro_cell("federal", "ch", 120_000, 30_000),
        euro_cell("canton", "ch", 120_000, 30_000),
    )

    assert check.valid
    assert sum(cell.grant_ct for cell in ERDF) == 435_000 * EUROS
    counts = {
        c.subject + c.rule: (c.limit_ct, c.used_ct) for c in check.ceilings if c.unit == "count"
    }
    assert counts["offer:erdfcase.min_countries"] == (4, 4)
    assert counts["offer:erdfcase.min_partners"] == (4, 4)
    assert counts["offer:erdf/countriesIR-P2"] == (2, 4)
    assert counts["offer:erdf/member_statesIR-P2"] == (1, 3)


def test_erdf_for_the_swiss_partner_is_the_usual_mistake():
    check = alpine(*ERDF, euro_cell("erdf", "ch", 120_000, 90_000))

    assert codes(check) == [("no_union_money", "CH-1")]


def test_federal_money_without_the_canton_is_void():
    check = alpine(euro_cell("federal", "ch", 120_000, 30_000))

    assert codes(check) == [("link_paired_alone", "case.link")]


# --- 11.5 innovation cluster ------------------------------------------------------------------

YEARS = ((400_000, 260_000), (500_000, 250_000), (600_000, 300_000), (500_000, 190_000))


def operation(*more_ct: int):
    """Operation of a cluster over four years: a grant each year, at its own rate, 65 % at most."""
    lines = [line(f"y{at}", "C", cost, 4 * at) for at, (cost, _) in enumerate(YEARS)]
    offers = [
        offer(f"y{at}", bp, articles={"*": "GB-27o"}, window=(0, 15))
        for at, bp in enumerate((6_500, 5_000, 5_000, 3_800))
    ]
    cells = [
        Cell(f"y{at}", f"y{at}", cost * EUROS, grant * EUROS + (more_ct[at] if more_ct else 0))
        for at, (cost, grant) in enumerate(YEARS)
    ]
    cluster = case(
        [partner("C", "cluster")],
        [undertaking("C")],
        lines,
        offers,
        periods=Periods(D(2025, 1, 1), 16),
    )
    return checked(cluster, *cells)


def test_one_year_may_hold_more_than_half_if_another_holds_less():
    check = operation()

    assert check.valid
    assert room(check, "GB-27o", "partner:C/GB-27o") == (1_000_000, 1_000_000, 0)


def test_one_cent_more_over_the_aid_period_fails():
    check = operation(0, 0, 0, 1)

    assert codes(check) == [("grant_differs", "case.rate"), ("over_ceiling", "GB-27o")]
    assert check.violations[1].over_ct == 1


@pytest.mark.parametrize(
    ("day", "limit", "valid"),
    [(D(2023, 6, 30), 7_500_000, False), (D(2023, 7, 1), 10_000_000, True)],
)
def test_the_ceiling_of_a_cluster_counts_earlier_aid_and_the_day_of_the_grant(day, limit, valid):
    earlier = EarlierAid("GB-27i", D(2020, 5, 1), 6_800_000 * EUROS)
    cluster = case(
        [partner("C", "cluster")],
        [undertaking("C", earlier_aid=(earlier,))],
        [line("o", "C", 2_000_000)],
        [offer("o", 5_000, articles={"*": "GB-27o"}, grant_date=day, applied_on=D(2023, 1, 1))],
    )

    check = checked(cluster, euro_cell("o", "o", 2_000_000, 1_000_000))

    assert check.valid == valid
    subject = f"partner:C@{day.isoformat()}"
    assert room(check, "GB-27o", subject) == (limit, 7_800_000, limit - 7_800_000)
    status = {c.subject: c.status for c in check.ceilings}[subject]
    assert status == ("unverified" if limit == 10_000_000 else "verified")


@pytest.mark.parametrize(("area", "most"), [("c_area", 1_650_000), ("a_area", 1_950_000)])
def test_investment_of_a_cluster_in_an_assisted_area(area, most):
    investment = line("i", "C", 3_000_000, category="investment", bonuses=(area,))
    offers = [offer("i", 9_000, articles={"*": "GB-27i"})]
    cluster = case([partner("C", "cluster")], [undertaking("C")], [investment], offers)

    assert checked(cluster, euro_cell("i", "i", 3_000_000, most)).valid
    assert not checked(cluster, euro_cell("i", "i", 3_000_000, most + 1)).valid


def test_aid_for_clusters_is_for_their_operators_only():
    offers = [offer("i", 5_000, articles={"*": "GB-27i"})]

    check = checked(one_firm([line("i", "P", 1_000)], offers), euro_cell("i", "i", 1_000, 500))

    assert ("size_not_eligible", "GB-27i") in codes(check)


# --- 11.6 a small firm in an Interreg project -------------------------------------------------


def interreg_firm(article: str, match: int, day: dt.date = WINTER, erdf: int = 45_000):
    offers = [
        offer("erdf", 7_500, articles={"*": article}, origin="union_shared", level="cross_border",
              grant_date=day, applied_on=D(2013, 1, 1)),
        offer("match", 10_000, articles={"*": article}, grant_date=day, applied_on=D(2013, 1, 1)),
    ]  # fmt: skip
    partners = [partner("P", lead=True), partner("Q", "public", "AT33")]
    costs = [line("c", "P", 60_000), line("q", "Q", 10_000, economic=False)]
    undertakings = [undertaking("P"), undertaking("Q", "none")]
    cells = [euro_cell("erdf", "c", erdf * 4 // 3, erdf)]
    if article != "DM":
        rate = {"GB-20'": 8_000, "GB-20": 5_000, "GB-20a": 10_000}[article]
        erdf_rate = min(7_500, rate)
        cells = [euro_cell("erdf", "c", erdf * 10_000 // erdf_rate, erdf)]
        declared = match * 10_000 // rate
    else:
        declared = match
    if match:
        cells.append(euro_cell("match", "c", declared, match))
    # Costs fall in the year after the grant, so within the last day of costs of its programme.
    periods = Periods(D(day.year + 1, 1, 1), 4)
    return checked(case(partners, undertakings, costs, offers, periods=periods), *cells)


@pytest.mark.parametrize(
    ("article", "day", "erdf", "match", "too_much"),
    [
        ("GB-20'", D(2024, 12, 1), 45_000, 3_000, 3_004),
        ("GB-20", D(2016, 12, 1), 27_000, 3_000, 3_001),
        ("DM", D(2024, 12, 1), 45_000, 15_000, 15_001),
    ],
)
def test_the_match_of_a_small_firm_is_bounded_by_the_article(article, day, erdf, match, too_much):
    assert interreg_firm(article, match, day, erdf).valid
    assert not interreg_firm(article, too_much, day, erdf).valid


def test_small_aid_of_article_20a_pays_all_up_to_22000():
    assert interreg_firm("GB-20a", 1_000, erdf=21_000).valid

    check = interreg_firm("GB-20a", 1_001, erdf=21_000)
    assert codes(check) == [("over_ceiling", "GB-20a")]
    assert room(check, "GB-20a", "undertaking:UP@2024-12-01") == (22_000, 22_001, -1)

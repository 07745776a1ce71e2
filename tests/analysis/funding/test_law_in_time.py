"""Grants on days after an act has ended: undecided, in transition, or as if it were prolonged."""

import datetime as dt
from dataclasses import replace

import pytest

from alpclusters.analysis.funding.case import PastAid, Periods
from alpclusters.analysis.funding.mix.document import Found, mix_document
from alpclusters.analysis.funding.mix.preparing import prepare
from alpclusters.analysis.funding.mix.solving import solve
from alpclusters.analysis.funding.rulebooks import BY_DATE, PROLONGED, TRANSITION
from tests.analysis.funding.check.pieces import (
    LAND,
    checked,
    euro_cell,
    line,
    offer,
    one_firm,
    room,
)

pytestmark = pytest.mark.unit
D = dt.date
BEGIN = D(2027, 1, 1)


def aided(article, day, rulebook=BY_DATE, *, cost=40_000, bp=5_000):
    """A small firm with one cost and one offer that pays under an article on a day."""
    granting = offer("o", bp, articles={"*": article}, grant_date=day)
    return one_firm([line("l", "P", cost)], [granting], rulebook=rulebook)


def mixed(case):
    """Return the mix.json of the best mix."""
    best = solve(prepare(case, LAND))
    found = Found(best.allocation, best.bound_ct, best.status)
    return mix_document(case, found, checked(case, *best.allocation))


def said(part) -> list[str]:
    """Return the codes of notes; what is asked about taxes is not of these tests."""
    return [one["code"] for one in part if one["code"] not in {"vat_open", "publication"}]


def test_the_last_day_of_the_block_exemption_is_decided():
    mix = mixed(aided("GB-28", D(2026, 12, 31)))

    assert (mix["objective"], mix["status"], mix["check"]["valid"]) == (2_000_000, "optimal", True)
    assert mix["check"]["undecided"] == []


def test_a_grant_on_the_day_after_the_end_is_undecided_and_never_silently_nothing():
    mix = mixed(aided("GB-28", D(2027, 1, 1)))

    assert (mix["objective"], mix["status"], mix["check"]["valid"]) == (0, "undecided", None)
    (one,) = mix["check"]["undecided"]
    assert (one["code"], one["subject"]) == ("transition_open", "offer:o")
    assert (one["params"]["end"], one["params"]["until"]) == ("2026-12-31", "2027-06-30")


@pytest.mark.parametrize(
    ("article", "day"),
    [
        ("GB-28", D(2027, 7, 1)),
        ("DM", D(2031, 7, 1)),
        ("GB-18", D(2012, 5, 1)),
        ("DM", D(2006, 1, 1)),
    ],
)
def test_a_grant_on_a_day_without_any_rule_is_undecided(article, day):
    mix = mixed(aided(article, day))

    assert (mix["objective"], mix["status"], mix["check"]["valid"]) == (0, "undecided", None)
    assert said(mix["check"]["undecided"]) == ["law_unknown"]


def test_after_2030_de_minimis_is_never_granted_without_a_ceiling():
    mix = mixed(aided("DM", D(2031, 1, 1), cost=1_000_000, bp=10_000))

    assert (mix["objective"], mix["check"]["valid"]) == (0, None)
    assert said(mix["check"]["undecided"]) == ["transition_open"]


@pytest.mark.parametrize(
    ("article", "last", "after"),
    [("GB-28", D(2027, 6, 30), D(2027, 7, 1)), ("DM", D(2031, 6, 30), D(2031, 7, 1))],
)
def test_the_transition_is_its_own_word_and_ends_after_six_months(article, last, after):
    within, beyond = (mixed(aided(article, day, TRANSITION)) for day in (last, after))

    assert (within["objective"], within["status"]) == (2_000_000, "optimal")
    assert (within["rulebook"], said(within["check"]["notes"])) == ("transition", ["transition"])
    assert (beyond["objective"], beyond["status"]) == (0, "undecided")


@pytest.mark.parametrize(("article", "day"), [("GB-28", D(2028, 3, 1)), ("DM", D(2032, 3, 1))])
def test_as_if_prolonged_is_a_scenario_that_the_result_names(article, day):
    mix = mixed(aided(article, day, PROLONGED))

    assert (mix["objective"], mix["status"], mix["rulebook"]) == (2_000_000, "optimal", PROLONGED)
    assert said(mix["check"]["notes"]) == ["as_if_prolonged"]


def test_as_if_prolonged_keeps_the_ceiling_of_de_minimis():
    mix = mixed(aided("DM", D(2032, 3, 1), PROLONGED, cost=1_000_000, bp=10_000))

    assert mix["objective"] == 30_000_000


def test_as_if_prolonged_says_nothing_of_grants_before_the_end():
    mix = mixed(aided("GB-28", D(2026, 12, 31), PROLONGED))

    assert said(mix["check"]["notes"]) == []


def erdf(day, rulebook=BY_DATE, *, start=BEGIN, period=0):
    """A body with one cost, and a programme of the ERDF that pays half of it."""
    money = offer(
        "erdf", 5_000, origin="union_shared", level="regional", grant_date=day, window=(0, 39)
    )
    cost = line("l", "P", 40_000, period=period, economic=False)
    case = one_firm([cost], [money], rulebook=rulebook)
    return replace(case, periods=Periods(start, 40))


def test_a_programme_pays_costs_until_the_end_of_2029_and_a_day_more_is_undecided():
    # The quarter from October 2029 ends on the last day of Art. 63(2); the next one is after it.
    on_time, late = (mixed(erdf(D(2027, 6, 1), period=period)) for period in (11, 12))

    assert (on_time["objective"], on_time["check"]["undecided"]) == (2_000_000, [])
    assert (late["objective"], late["status"], late["check"]["valid"]) == (0, "undecided", None)
    (one,) = late["check"]["undecided"]
    assert (one["code"], one["params"]["on"]) == ("costs_after_period", "2030-03-31")


def test_a_quarter_that_goes_beyond_the_last_day_of_costs_is_undecided():
    mix = mixed(erdf(D(2027, 6, 1), start=D(2027, 2, 1), period=11))

    assert (mix["objective"], mix["status"]) == (0, "undecided")


def test_a_grant_of_a_programme_after_2027_is_undecided_until_the_case_says_whose_it_is():
    by_date, transition, prolonged = (
        mixed(erdf(D(2028, 1, 1), reading, period=4))
        for reading in (BY_DATE, TRANSITION, PROLONGED)
    )

    assert (by_date["objective"], by_date["status"]) == (0, "undecided")
    assert said(by_date["check"]["undecided"]) == ["period_open"]
    assert (transition["objective"], transition["check"]["valid"]) == (2_000_000, True)
    assert "period_over" in said(transition["check"]["notes"])
    assert prolonged["objective"] == 2_000_000


@pytest.mark.parametrize("day", [D(2030, 1, 1), D(2006, 12, 31)])
def test_a_grant_of_a_programme_outside_all_periods_is_undecided(day):
    for reading in (BY_DATE, TRANSITION):
        mix = mixed(erdf(day, reading))

        assert (mix["objective"], mix["status"]) == (0, "undecided")
        assert said(mix["check"]["undecided"]) == ["law_unknown"]


def test_a_programme_of_2014_paid_costs_until_2023():
    on_time, late = (
        mixed(erdf(D(2019, 5, 1), start=D(2019, 1, 1), period=period)) for period in (19, 20)
    )

    assert (on_time["objective"], on_time["status"]) == (2_000_000, "optimal")
    assert (late["objective"], said(late["check"]["undecided"])) == (0, ["costs_after_period"])


def test_costs_after_the_period_are_a_scenario_as_if_prolonged():
    mix = mixed(erdf(D(2027, 6, 1), PROLONGED, period=20))

    assert mix["objective"] == 2_000_000
    assert "as_if_prolonged" in said(mix["check"]["notes"])


def test_national_money_is_no_matter_of_the_periods_of_programmes():
    case = erdf(D(2031, 1, 1), period=20)
    national = replace(case.offers[0], origin="national", level="national", articles={})

    assert mixed(replace(case, offers=(national,)))["status"] == "optimal"


def test_an_undecided_offer_is_named_beside_others_that_are_used():
    case = aided("GB-28", D(2026, 12, 31))
    later = replace(case.offers[0], id="later", grant_date=D(2027, 9, 1))

    mix = mixed(replace(case, offers=(*case.offers, later)))

    assert (mix["objective"], mix["status"]) == (2_000_000, "undecided")
    assert [one["subject"] for one in mix["check"]["undecided"]] == ["offer:later"]


def test_an_offer_that_fits_nobody_leaves_nothing_undecided():
    case = aided("GB-28", D(2027, 9, 1))
    nobody = replace(case.offers[0], eligibility={"const": False})

    assert mixed(replace(case, offers=(nobody,)))["status"] == "optimal"


def test_a_mix_by_hand_that_uses_an_undecided_grant_is_not_valid():
    check = checked(aided("GB-28", D(2027, 9, 1)), euro_cell("o", "l", 40_000, 20_000))

    assert check.valid is None
    assert [one.code for one in check.undecided] == ["law_unknown"]


def test_de_minimis_after_the_block_exemption_still_counts_with_earlier_aid_on_the_cost():
    case = aided("GB-28", D(2026, 12, 1))
    small = offer("d", 5_000, articles={"*": "DM"}, grant_date=D(2027, 9, 1))
    both = replace(case, offers=(*case.offers, small))

    check = checked(both, euro_cell("o", "l", 40_000, 20_000), euro_cell("d", "l", 40_000, 20_000))

    assert ("over_ceiling", "CU-5") in [(v.code, v.rule) for v in check.violations]
    assert room(check, "CU-5", "line:l") == (20_000, 40_000, -20_000)
    assert mixed(both)["objective"] == 2_000_000


def test_known_aid_later_than_the_end_of_de_minimis_leaves_the_account_undecided():
    later = PastAid("DE", D(2031, 9, 1), 100)
    case = replace(aided("DM", D(2030, 12, 1)), undertakings=())
    firm = aided("DM", D(2030, 12, 1)).undertakings[0]

    check = checked(
        replace(case, undertakings=(replace(firm, de_minimis=(later,)),)),
        euro_cell("o", "l", 40_000, 20_000),
    )

    assert check.valid is None

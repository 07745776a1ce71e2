"""Bonuses of research aid: Regulation 651/2014 Art. 25(6) before and since July 2023.

The size of the undertaking is added; of (b) 15, (c) 5 and (d) 25 points at most one counts.
"""

import datetime as dt

import pytest

from alpclusters.analysis.funding.check.aid import intensity_bp as of_checker
from alpclusters.analysis.funding.mix.law import intensity_bp as of_optimiser
from alpclusters.analysis.funding.rulebooks import rules_on
from tests.analysis.funding.check.pieces import checked, line, offer, one_firm, paid, partner

pytestmark = pytest.mark.unit
BEFORE, SINCE = dt.date(2023, 6, 30), dt.date(2023, 7, 1)


def both(article, size, bonuses, day):
    """Return the intensity by the checker and by the optimiser, in whole per cent."""
    rule, firm = rules_on(day)[article], partner("P")
    cost = line("l", "P", 1, bonuses=bonuses)
    found = (of_checker(rule, cost, firm, size), of_optimiser(rule, firm, size, bonuses))
    return tuple(bp // 100 for bp in found)


@pytest.mark.parametrize(
    ("bonuses", "most"),
    [
        ((), 35),
        (("collaboration",), 50),
        (("a_area",), 50),
        (("licences",), 50),
        (("collaboration", "a_area"), 50),
        (("c_area",), 40),
        (("c_area", "dissemination"), 50),
        (("joint_call",), 60),
        (("joint_call", "a_area", "collaboration"), 60),
    ],
)
def test_beside_the_size_at_most_one_bonus_counts(bonuses, most):
    assert both("GB-25-experimental", "medium", bonuses, SINCE) == (most, most)


def test_with_bonuses_research_aid_stays_at_80_per_cent():
    assert both("GB-25-industrial", "small", ("joint_call",), SINCE) == (80, 80)


@pytest.mark.parametrize("bonus", ["a_area", "c_area", "joint_call", "licences"])
def test_the_bonuses_of_2023_are_not_there_before(bonus):
    assert both("GB-25-experimental", "medium", (bonus,), BEFORE) == (35, 35)


def test_a_study_has_only_the_bonus_for_size():
    assert both("GB-25-feasibility", "small", ("joint_call", "a_area"), SINCE) == (70, 70)


def test_a_limit_that_rests_on_an_unverified_bonus_is_unverified():
    def limit(*bonuses):
        cost = line("l", "P", 100_000, article="GB-25-experimental", bonuses=bonuses)
        grant = offer("o", 2_500, articles={"*": "GB-25-experimental"})
        check = checked(one_firm([cost], [grant]), paid(grant, cost))
        return next(one.status for one in check.ceilings if one.rule == "CU-3")

    # Since July 2023 all bonuses but that of the size stand in a text that nobody opened.
    assert (limit(), limit("collaboration"), limit("joint_call")) == (
        "verified",
        "unverified",
        "unverified",
    )


def test_the_grant_of_a_right_is_article_3_4_of_the_old_de_minimis_regulation():
    old, new = (rules_on(dt.date(year, 6, 1))["DM-3"].article for year in (2023, 2024))

    assert (old, new) == ("3(4)", "3(3)")


@pytest.mark.parametrize(
    ("year", "act"), [(2010, "1080/2006"), (2016, "1299/2013"), (2024, "2021/1059")]
)
def test_swiss_partners_are_left_out_by_the_act_of_their_period(year, act):
    assert rules_on(dt.date(year, 6, 1))["CH-1"].act == act

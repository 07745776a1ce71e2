"""The tiny golden mix: accepted as it is, refused with one cent more anywhere."""

from dataclasses import replace

import pytest

from alpclusters.analysis.funding.check import check_mix
from tests.analysis.funding.check.golden import golden_books, golden_case, golden_mix
from tests.analysis.funding.check.pieces import LAND, codes

pytestmark = pytest.mark.unit
N_CELLS = len(golden_mix())


def check(mix):
    return check_mix(golden_case(), mix, territory=LAND, books=golden_books())


def efforts() -> int:
    mix, case = golden_mix(), golden_case()
    places = {(cell.offer, cell.line[0]) for cell in mix}
    return sum(o.effort_ct for o in case.offers) + sum(
        o.partner_effort_ct for o in case.offers for used in places if used[0] == o.id
    )


def test_the_golden_mix_is_valid_and_worth_165500():
    assert check(golden_mix()).valid
    assert sum(cell.grant_ct for cell in golden_mix()) - efforts() == 16_550_000


@pytest.mark.parametrize("at", range(N_CELLS))
def test_one_cent_more_anywhere_fails(at):
    mix = golden_mix()
    more = replace(mix[at], grant_ct=mix[at].grant_ct + 1)

    found = check((*mix[:at], more, *mix[at + 1 :]))

    assert ("grant_differs", "case.rate") in codes(found)


@pytest.mark.parametrize("offer", ["X", "Z", "V"])
def test_a_lower_cap_fails_by_what_is_missing(offer):
    case = golden_case()
    offers = tuple(replace(o, cap_ct=o.cap_ct - 1) if o.id == offer else o for o in case.offers)

    found = check_mix(
        replace(case, offers=offers), golden_mix(), territory=LAND, books=golden_books()
    )

    assert [(v.code, v.rule, v.pointer, v.over_ct) for v in found.violations] == [
        ("over_ceiling", "case.cap", f"/offers/{'XYZV'.index(offer)}/cap_ct", 1)
    ]


def test_under_the_law_since_2014_union_money_bounds_the_firm():
    """With the real books the most favourable rate of Union law is a ceiling too."""
    found = check_mix(golden_case(), golden_mix(), territory=LAND)

    assert {rule for _, rule in codes(found)} == {"MR-1"}


def test_tight_figures_that_are_unverified_are_named():
    found = check(golden_mix()).ceilings

    tight = [one for one in found if one.status == "unverified" and one.is_tight]
    assert {ceiling.rule for ceiling in tight} == {"DF-3", "DF-4"}
    assert all(ceiling.slack_ct * 20 < ceiling.limit_ct for ceiling in tight)


def test_ceilings_are_sorted_by_relative_slack():
    relative = [c.slack_ct / max(c.limit_ct, 1) for c in check(golden_mix()).ceilings]

    assert relative == sorted(relative)

"""The tiny golden case of the method's paper (section 8) with a rule-book of its own.

Its optimum of 165,500 funds the firm in full beside central Union money, so it holds in a book
without the most favourable Union rate.
"""

import datetime as dt

from alpclusters.analysis.funding.case import Allocation, Case, Cell
from alpclusters.analysis.funding.rulebooks import RULES, Rule, RuleBook, view_book
from tests.analysis.funding.check.pieces import case, euro_cell, line, offer, partner, undertaking

_DAY = dt.date(2022, 1, 1)
_WANTED = ("DF-3", "DF-4", "CU-3", "CU-5", "GB-20'")


def golden_books() -> tuple[RuleBook, ...]:
    """No profit, no cost twice to the Union, and one article of 80 % for every size."""
    rules = [rule for rule in RULES if rule.id in _WANTED]
    return (view_book("RB-golden", _DAY, None, rules),)


def golden_rules() -> list[Rule]:
    return list(golden_books()[0].rules)


def golden_case() -> Case:
    lines = [
        line("a1", "A", 60_000, 0, economic=False),
        line("a2", "A", 40_000, 1, economic=False),
        line("b1", "B", 50_000, 0),
        line("b2", "B", 30_000, 1),
    ]
    aid = {"articles": {"*": "GB-20'"}, "partner_effort_ct": 50_000}
    eu = {"level": "european", **aid}
    only_a = {"eq": ["partner.kind", "public"]}
    only_b = {"eq": ["partner.kind", "sme"]}
    offers = [
        offer("X", 7_500, cap_ct=9_000_000, floor_ct=4_000_000, effort_ct=600_000, min_partners=2,
              origin="union_shared", **(eu | {"partner_effort_ct": 100_000})),
        offer("Y", 5_000, cap_ct=3_000_000, floor_ct=500_000, effort_ct=150_000,
              eligibility=only_a, **aid),
        offer("Z", 4_000, cap_ct=2_500_000, floor_ct=500_000, effort_ct=100_000,
              eligibility=only_b, **aid),
        offer("V", 7_000, cap_ct=4_000_000, floor_ct=1_000_000, effort_ct=250_000,
              origin="union_central", **eu),
    ]  # fmt: skip
    return case(
        [partner("A", "public", "AT33"), partner("B")],
        [undertaking("A", "none"), undertaking("B")],
        lines,
        offers,
    )


def golden_mix() -> Allocation:
    """One of the mixes worth 165,500: A and B are funded in full."""
    return (
        euro_cell("X", "a1", 60_000, 45_000),
        euro_cell("X", "a2", 40_000, 30_000),
        euro_cell("X", "b1", 20_000, 15_000),
        euro_cell("Y", "a1", 30_000, 15_000),
        euro_cell("Y", "a2", 20_000, 10_000),
        euro_cell("V", "b1", 30_000, 21_000),
        Cell("V", "b2", 2_714_286, 1_900_000),
        euro_cell("Z", "b1", 35_000, 14_000),
        euro_cell("Z", "b2", 27_500, 11_000),
    )

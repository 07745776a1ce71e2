"""Random small cases and mixes, money and ceilings near one another, so that some are passed."""

import datetime as dt
from dataclasses import dataclass, replace
from functools import cache

from hypothesis import strategies as st

from alpclusters.analysis.funding.case import (
    Allocation,
    Case,
    Cell,
    EarlierAid,
    Link,
    PastAid,
    Periods,
    share_ct,
)
from alpclusters.analysis.funding.check.aid import cell_rate_bp
from alpclusters.analysis.funding.check.ground import ground_of
from alpclusters.analysis.funding.rulebooks import BOOKS
from tests.analysis.funding.check.pieces import LAND, case, line, offer, partner, undertaking

# A strategy is made once and not for each field of each example: that took half of the time.
sampled_from, integers = cache(st.sampled_from), cache(st.integers)
ARTICLES = ("none", "DM", "GB-18", "GB-19", "GB-20", "GB-20'", "GB-20a", "GB-25-industrial",
            "GB-25-experimental", "GB-27i", "GB-27o", "GB-28a", "GB-31")  # fmt: skip
ORIGINS = ("national", "regional", "union_shared", "union_central", "ch", "private")
PLACES = ("DE11", "ITH1", "AT33", "SI04", "CH04")
DAYS = st.dates(dt.date(2018, 1, 1), dt.date(2026, 12, 31))
_BONUSES = st.sets(st.sampled_from(("collaboration", "dissemination", "licences", "a_area",
                                    "c_area", "joint_call", "disadvantaged")),
                   max_size=3)  # fmt: skip


@dataclass(frozen=True)
class Mixed:
    case: Case
    mix: Allocation


def euros(most: int) -> st.SearchStrategy[int]:
    return integers(0, most)


@cache
def maybe(values: st.SearchStrategy) -> st.SearchStrategy:
    return st.none() | values


@st.composite
def partners(draw, n: int):
    made = []
    for at in range(n):
        kind = draw(sampled_from(("public", "research", "cluster", "sme", "large")))
        nuts = draw(sampled_from(PLACES))
        own, credit = draw(maybe(euros(200_000))), draw(maybe(euros(100_000)))
        made.append(
            partner(f"P{at}", kind, nuts, lead=at == 0, own_ct=own and own * 100,
                    credit_ct=credit and credit * 100)
        )  # fmt: skip
    return made


_AID = st.lists(st.tuples(sampled_from(("DE", "IT")), DAYS, euros(150_000)), max_size=3)
_EARLY = st.lists(
    st.tuples(sampled_from(("GB-27i", "GB-28a", "GB-19")), DAYS, euros(8_000_000)), max_size=1
)


@st.composite
def undertakings(draw, n: int):
    made = []
    for at in range(n):
        aid, early = draw(_AID), draw(_EARLY)
        made.append(
            undertaking(
                f"P{at}",
                draw(sampled_from(("small", "medium", "large", "none"))),
                de_minimis=tuple(PastAid(s, d, e * 100) for s, d, e in aid),
                earlier_aid=tuple(EarlierAid(a, d, e * 100) for a, d, e in early),
                controlled_by=draw(sampled_from((None, None, "UP0"))) if at else None,
                fiscal_year_start=draw(sampled_from((1, 4, 7))),
            )
        )
    return made


@st.composite
def lines(draw, n: int, n_partners: int):
    return [
        line(
            f"l{at}",
            f"P{draw(integers(0, n_partners - 1))}",
            draw(integers(1, 200_000)),
            draw(integers(0, 3)),
            category=draw(sampled_from(("staff", "external"))),
            economic=draw(sampled_from((True, True, True, False))),
            article=draw(sampled_from((None, None, "GB-25-industrial", "GB-27o"))),
            outside=draw(st.booleans()),
            bonuses=tuple(sorted(draw(_BONUSES))),
        )
        for at in range(n)
    ]


@st.composite
def offers(draw, n: int):
    return [
        offer(
            f"o{at}",
            draw(sampled_from((3_000, 4_500, 5_000, 7_000, 7_777, 10_000))),
            origin=draw(sampled_from(ORIGINS)),
            level=draw(sampled_from(("european", "macro_regional", "national", "regional"))),
            grants_from=draw(sampled_from(("DE", "IT", "CH"))),
            grant_date=draw(maybe(DAYS)),
            articles={"*": draw(sampled_from(ARTICLES)),
                      "external": draw(sampled_from(ARTICLES))},
            cap_ct=draw(maybe(integers(0, 20_000_000))),
            floor_ct=draw(sampled_from((0, 1_000_000))),
            partner_cap_ct=draw(maybe(integers(0, 10_000_000))),
            partner_floor_ct=draw(sampled_from((0, 500_000))),
            max_share_bp=draw(maybe(integers(1_000, 10_000))),
            outside_bp=draw(maybe(integers(0, 10_000))),
            private_match_bp=draw(sampled_from((0, 0, 1_500))),
            min_partners=draw(integers(1, 2)),
            max_partners=draw(maybe(integers(1, 3))),
            min_countries=draw(integers(1, 2)),
            prepay_bp=draw(sampled_from((0, 1_000, 3_333))),
            lag_periods=draw(integers(0, 4)),
            window=draw(sampled_from(((0, 3), (0, 2), (1, 3)))),
            effort_ct=100_000,
        )
        for at in range(n)
    ]  # fmt: skip


def roomy(one: Mixed) -> Mixed:
    """The same without own means, floors and match, so that some mix is always possible."""
    partners = tuple(replace(p, own_ct=None) for p in one.case.partners)
    offers = tuple(
        replace(o, floor_ct=0, partner_floor_ct=0, private_match_bp=0, effort_ct=0)
        for o in one.case.offers
    )
    return Mixed(replace(one.case, partners=partners, offers=offers), one.mix)


@st.composite
def mixed(draw) -> Mixed:
    """A case and a mix whose cells grant what their rates say."""
    n_partners, n_lines, n_offers = (draw(integers(1, most)) for most in (3, 5, 5))
    firms = [draw(part(n_partners)) for part in (partners, undertakings)]
    made = case(
        *firms,
        draw(lines(n_lines, n_partners)),
        draw(offers(n_offers)),
        periods=Periods(dt.date(2025, 1, 1), 4),
        links=draw(sampled_from(((), (Link("exclusive", ("o0", "o1")),)))) if n_offers > 1 else (),
    )
    return Mixed(made, tuple(sorted(draw(cells(made)))))


@st.composite
def cells(draw, made: Case):
    places = [(o, one) for o in made.offers for one in made.lines]
    chosen = draw(st.lists(st.sampled_from(places), unique_by=lambda p: (p[0].id, p[1].id),
                           max_size=8))  # fmt: skip
    ground = ground_of(made, LAND, BOOKS, ())
    found = []
    for one, cost in chosen:
        share = draw(sampled_from((100, 100, 50, 1, 0)))
        declared = max(1, cost.cost_ct * share // 100)
        bp = cell_rate_bp(ground, one, cost) or 0
        found.append(Cell(one.id, cost.id, declared, share_ct(declared, bp)))
    return found

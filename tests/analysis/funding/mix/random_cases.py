"""Random small cases with every family of rules; sums in whole hundreds so that edges are met."""

import datetime as dt
from dataclasses import replace
from itertools import combinations
from random import Random

from alpclusters.analysis.funding.case import Case, EarlierAid, Line, Link, Offer, PastAid, Wish
from tests.analysis.funding.check.pieces import case, line, offer, partner, undertaking

DAYS = (dt.date(2024, 3, 1), dt.date(2025, 2, 1), dt.date(2026, 6, 30))
PAST = (dt.date(2021, 11, 15), dt.date(2022, 2, 1), dt.date(2023, 6, 30), dt.date(2025, 5, 5))
ARTICLES = ("none", "DM", "DM", "GB-17", "GB-18", "GB-25-experimental", "GB-25-industrial",
            "GB-28", "GB-28a", "GB-20a", "GB-27i")  # fmt: skip
ORIGINS = ("national", "regional", "regional", "union_shared", "union_central", "private")
MOST_PAIRS = 6


def random_case(number: int) -> Case:
    """Return the case of a number, always the same."""
    luck = Random(number)  # noqa: S311 - cases, no secrets
    bodies = luck.choice((1, 2, 2, 3))
    partners, firms = [], []
    for at in range(bodies):
        kind = luck.choice(("public", "sme", "sme", "large", "cluster"))
        size = {"public": "none", "large": "large"}.get(kind) or luck.choice(("small", "medium"))
        partners.append(partner(f"P{at}", kind, luck.choice(("DE11", "AT33", "SI04"))))
        firms.append(_firm(luck, at, size))
    lines = [_line(luck, at, bodies) for at in range(luck.randint(max(bodies, 2), 4))]
    offers: list[Offer] = []
    for at in range(luck.randint(1, 4)):
        made = _offer(luck, at, lines)
        if sum(len(_takers(one, lines)) for one in [*offers, made]) <= MOST_PAIRS:
            offers.append(made)
    made = case(partners, firms, lines, offers, is_simulated=True)
    made = replace(made, solver=replace(made.solver, theme_filter=False))
    return _with_ties(luck, _with_means(luck, made))


def _firm(luck, at, size):
    past = tuple(
        PastAid(luck.choice(("DE", "AT")), luck.choice(PAST), luck.choice((50, 150, 290)) * 100_000)
        for _ in range(luck.choice((0, 0, 1, 2)))
    )
    early = tuple(
        EarlierAid("GB-28a", luck.choice(PAST), luck.choice((50, 150)) * 100_000)
        for _ in range(luck.choice((0, 0, 1)))
    )
    ruled_by = "UP0" if at and luck.random() < 0.2 else None
    return undertaking(f"P{at}", size, de_minimis=past, earlier_aid=early, controlled_by=ruled_by)


def _line(luck, at, bodies) -> Line:
    of = at if at < bodies else luck.randrange(bodies)
    euros = luck.choice((10, 20, 40, 60, 100, 250, 400)) * 1_000
    return line(
        f"l{at}", f"P{of}", euros, luck.randrange(4), category=luck.choice(("staff", "external")),
        economic=luck.random() < 0.8, outside=luck.random() < 0.25,
    )  # fmt: skip


def _offer(luck, at, lines) -> Offer:
    bp = luck.choice((2_000, 3_500, 5_000, 5_000, 7_000, 8_000, 10_000))
    made = offer(
        f"O{at}",
        bp,
        level=luck.choice(("regional", "regional", "european")),
        origin=luck.choice(ORIGINS),
        grants_from=luck.choice(("DE", "DE", "AT")),
        grant_date=luck.choice(DAYS),
        applied_on=dt.date(2023, 1, 1),
        articles={"*": luck.choice(ARTICLES), "external": luck.choice(ARTICLES)},
        categories=luck.choice(((), (), ("staff",), ("external",))),
        window=luck.choice(((0, 3), (0, 3), (0, 1), (2, 3))),
        effort_ct=luck.choice((0, 0, 100_000, 500_000)),
        partner_effort_ct=luck.choice((0, 0, 50_000)),
        prepay_bp=luck.choice((0, 2_500, 5_000)),
        lag_periods=luck.choice((0, 1, 3)),
    )
    costs = [one.cost_ct for one in lines if _pays(made, one)]
    if not costs:
        return made
    more = _amounts(luck, bp, costs) | _company(luck) | _parts(luck)
    return replace(made, **more)


def _amounts(luck, bp, costs) -> dict[str, int]:
    """Caps and floors, some of them met exactly by rate times cost, some one lump sum."""
    some = sum(luck.sample(costs, luck.randint(1, len(costs)))) * bp // 10_000
    more: dict[str, int] = {}
    kind = luck.random()
    if kind < 0.2:
        more["floor_ct"] = sum(costs) * bp // 10_000
    elif kind < 0.45:
        more["floor_ct"] = more["cap_ct"] = luck.choice((some, 500_000, 1_000_000))
    elif kind < 0.75:
        more["cap_ct"] = luck.choice((some, 2_000_000, 7_500_000, 15_000_000))
        more["floor_ct"] = luck.choice((0, more["cap_ct"] // 2))
    if luck.random() < 0.3:
        more["partner_floor_ct"] = luck.choice((500_000, 2_000_000, min(costs)))
    if luck.random() < 0.2:
        more["partner_cap_ct"] = luck.choice((1_000_000, 5_000_000))
    return more


def _company(luck) -> dict[str, int]:
    """Who has to take part at least and may at most."""
    more: dict[str, int] = {}
    if luck.random() < 0.25:
        more["min_partners"] = luck.choice((2, 2, 2, 3))
    if luck.random() < 0.15:
        more |= {"max_partners": 1, "min_partners": 1}
    if luck.random() < 0.15:
        more["min_countries"] = 2
    return more


def _parts(luck) -> dict[str, int]:
    """Shares of one partner, of costs outside the area, of private money."""
    more: dict[str, int] = {}
    if luck.random() < 0.2:
        more["max_share_bp"] = luck.choice((5_000, 6_000, 7_500))
    if luck.random() < 0.25:
        more["outside_bp"] = luck.choice((0, 2_000, 5_000))
    if luck.random() < 0.2:
        more["private_match_bp"] = luck.choice((1_000, 2_000))
    return more


def _pays(one: Offer, cost: Line) -> bool:
    first, last = one.window
    fits = not one.categories or cost.category in one.categories
    return fits and first <= cost.period <= last


def _takers(one: Offer, lines: list[Line]) -> set[str]:
    return {cost.partner for cost in lines if _pays(one, cost)}


def _with_means(luck, made: Case) -> Case:
    partners = []
    for one in made.partners:
        cost = sum(x.cost_ct for x in made.lines if x.partner == one.id)
        more: dict[str, int] = {}
        if luck.random() < 0.25:
            more["own_ct"] = cost * luck.choice((6, 8, 9, 10, 10)) // 10
        if luck.random() < 0.3:
            more["credit_ct"] = luck.choice((500_000, 2_000_000, 5_000_000))
        partners.append(replace(one, **more))
    return replace(made, partners=tuple(partners))


def _with_ties(luck, made: Case) -> Case:
    names = [one.id for one in made.offers]
    links, wishes = [], []
    if len(names) > 1 and luck.random() < 0.5:
        two = luck.choice(list(combinations(names, 2)))
        two = two if luck.random() < 0.5 else two[::-1]
        kind = luck.choice(("exclusive", "alternative", "exclusive_per_partner", "requires",
                            "paired"))  # fmt: skip
        links.append(Link(kind, two, luck.choice(((1, 1), (3, 1), (2, 1))) if kind == "paired"
                          else None))  # fmt: skip
    for _ in range(luck.choice((0, 0, 1, 1, 2))):
        weight = luck.choice((None, 300_000, 300_000, 2_000_000))
        wishes.append(replace(_wish(luck, made), weight=weight))
    return replace(made, links=tuple(links), wishes=tuple(wishes))


def _wish(luck, made: Case) -> Wish:
    kind = luck.choice(("use", "use", "avoid", "min_total", "min_partner", "max_offers",
                        "fund_line"))  # fmt: skip
    amount = luck.choice((200_000, 500_000, 2_000_000))
    if kind in ("use", "avoid"):
        return Wish(kind, offer=luck.choice([one.id for one in made.offers] or ["O0"]))
    if kind == "max_offers":
        return Wish(kind, count=luck.choice((0, 1, 2)))
    if kind == "min_partner":
        return Wish(kind, partner=luck.choice(made.partners).id, amount_ct=amount)
    if kind == "fund_line":
        return Wish(kind, line=luck.choice(made.lines).id, amount_ct=amount)
    return Wish(kind, amount_ct=amount)

"""Synthetic instances as cases of the product, with judgements and a rule-book of their own."""

import datetime as dt
from typing import Final

from alpclusters.analysis.funding.case import (
    Case,
    Line,
    Link,
    Offer,
    Partner,
    PastAid,
    Periods,
    Rate,
    SolverWishes,
    Undertaking,
    WorkPackage,
)
from alpclusters.analysis.funding.mix.cells import GivenJudgements
from alpclusters.analysis.funding.rulebooks.records import Rule, RuleBook
from benchmarks._funding_synthetic import (
    KINDS,
    PACKAGES,
    PERIODS,
    REGIONS,
    THEMES,
    Instance,
    SyntheticOffer,
)

START: Final = dt.date(2025, 1, 1)
GRANTED: Final = dt.date(2024, 12, 1)
EARLIER: Final = dt.date(2024, 6, 1)
STATE: Final = "DE"
CREDIT: Final = {"small": 150_000, "medium": 200_000, "large": 400_000, "cluster": 200_000}
LOW: Final = ("staff", "equipment", "training")
DE_MINIMIS: Final = {
    "check": "de_minimis", "limit_ct": 30_000_000, "window": "rolling", "years": 3
}  # fmt: skip
PARTNER_FLOOR_CT: Final = 1_000_000
LEVELS: Final = {
    "eu": "european",
    "interreg": "cross_border",
    "national": "national",
    "regional": "regional",
}


def make_case(instance: Instance, *, filtered: bool = True) -> Case:
    """Return an instance as a case."""
    return Case(
        title=f"synthetic-1, {len(instance.offers)} offers, seed {instance.seed}",
        periods=Periods(START, PERIODS),
        undertakings=tuple(_undertaking(p, used) for p, used in enumerate(instance.used)),
        partners=tuple(_partner(p) for p in range(len(KINDS))),
        work_packages=tuple(
            WorkPackage(f"W{w}", f"Package {w}", (f"t{w % THEMES}",)) for w in range(PACKAGES)
        ),
        lines=tuple(
            Line(f"L{i:03}", f"P{x.partner:02}", f"W{x.package}", x.category, x.quarter,
                 x.amount * 100)
            for i, x in enumerate(instance.lines)
        ),
        offers=tuple(
            _offer(i, offer, instance, filtered=filtered)
            for i, offer in enumerate(instance.offers)
        ),
        links=tuple(_links(instance)),
        solver=SolverWishes(seed=instance.seed, theme_filter=filtered),
        is_simulated=True,
    )  # fmt: skip


def judgements(instance: Instance) -> GivenJudgements:
    """Return who fits what, without reading the expressions of the case."""
    eligible: dict[tuple[str, str], bool | None] = {}
    rates = {}
    for i, offer in enumerate(instance.offers):
        for partner, kind in enumerate(KINDS):
            fits = partner in offer.area and kind in offer.kinds
            eligible[f"O{i:03}", f"P{partner:02}"] = fits
            rates[f"O{i:03}", f"P{partner:02}"] = offer.rate * 100
    return GivenJudgements(eligible, rates)


def synthetic_book() -> RuleBook:
    """Return the law of the generator; figures are invented, only their form is real."""
    rules = (
        _rule("DF-4", {"check": "union_once", "origins": "union_central|union_shared"}),
        _rule("DF-3", {"check": "no_profit"}),
        _rule("CU-3", {"check": "line_limit", "applied_bp": 100}),
        _rule("CU-5", {"check": "line_limit_de_minimis"}),
        _rule("DM-2", DE_MINIMIS),
        _rule("SYN-L", {"kind": "article", **_sizes(7000, 6000, 5000), "cluster_bp": 5000}),
        _rule("SYN-H", {"kind": "article", **_sizes(5000, 5000), "cluster_bp": 5000}),
        _rule("SYN-20", {"kind": "article", **_sizes(8000, 8000, 8000), "exempt_kinds": "cluster"}),
    )
    return RuleBook("RB-SYN", dt.date(2024, 1, 1), None, rules)


def _sizes(*basis_points: int) -> dict[str, int | str]:
    return dict(zip(("small_bp", "medium_bp", "large_bp"), basis_points, strict=False))


def _rule(name: str, params: dict[str, int | str]) -> Rule:
    return Rule(name, "simulated", "simulated", "", "", dt.date(2024, 1, 1), None, params)


def _undertaking(partner: int, used: int) -> Undertaking:
    kind = KINDS[partner]
    size = {"public": "none", "research": "none", "cluster": "small"}.get(kind, kind)
    history = (PastAid(STATE, EARLIER, used * 100, "register"),) if used else ()
    return Undertaking(f"U{partner:02}", size, history)  # type: ignore[arg-type]


def _partner(partner: int) -> Partner:
    kind, region = KINDS[partner], REGIONS[partner]
    shown = {"small": "sme", "medium": "sme"}.get(kind, kind)
    credit = CREDIT[kind] * 100 if kind in CREDIT else None
    return Partner(
        f"P{partner:02}", f"Partner {partner}", f"U{partner:02}", shown,  # type: ignore[arg-type]
        region, 2021, region[:2], lead=partner == 0, credit_ct=credit,
    )  # fmt: skip


def _offer(i: int, offer: SyntheticOffer, instance: Instance, *, filtered: bool) -> Offer:
    partners = [f"P{p:02}" for p in sorted(offer.area) if KINDS[p] in offer.kinds]
    return Offer(
        id=f"O{i:03}",
        programme=offer.family,
        level=LEVELS[offer.family],  # type: ignore[arg-type]
        origin=_origin(offer),  # type: ignore[arg-type]
        grants_from=STATE,
        window=offer.window,
        rates=(Rate(offer.rate * 100),),
        eligibility={"in": ["partner.id", partners]},
        categories=offer.categories,
        themes=tuple(f"t{theme}" for theme in sorted(offer.themes)),
        articles=_articles(offer),
        grant_date=GRANTED,
        applied_on=EARLIER,
        cap_ct=offer.cap * 100,
        floor_ct=offer.floor * 100,
        partner_cap_ct=offer.partner_cap_ct,
        partner_floors_ct=_floors(offer, instance, filtered=filtered),
        min_partners=offer.min_partners,
        min_countries=offer.min_countries,
        prepay_bp=offer.prepay * 100,
        lag_periods=offer.lag,
        effort_ct=offer.effort * 100,
        partner_effort_ct=offer.partner_effort * 100,
    )


def _origin(offer: SyntheticOffer) -> str:
    if offer.family == "eu":
        return "union_central"
    return "union_shared" if offer.is_union else offer.family


def _articles(offer: SyntheticOffer) -> dict[str, str]:
    if offer.basis == "GBER":
        return {c: "SYN-L" if c in LOW else "SYN-H" for c in offer.categories}
    return {"*": {"none": "none", "GB-20'": "SYN-20", "DM": "DM"}[offer.basis]}


def _floors(offer: SyntheticOffer, instance: Instance, *, filtered: bool) -> dict[str, int]:
    found = {}
    for partner in sorted(offer.area):
        cells = [
            line.amount * 100
            for line in instance.lines
            if line.partner == partner and instance.is_cell(offer, line, filtered=filtered)
        ]
        found[f"P{partner:02}"] = min(PARTNER_FLOOR_CT, sum(cells) // 2)
    return found


def _links(instance: Instance) -> list[Link]:
    groups: dict[int, list[str]] = {}
    for i, offer in enumerate(instance.offers):
        if offer.group is not None:
            groups.setdefault(offer.group, []).append(f"O{i:03}")
    return [
        Link("exclusive_per_partner", tuple(members))
        for _, members in sorted(groups.items())
        if len(members) > 1
    ]

"""Small pieces of cases for tests of the checker: what is not named is harmless."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from alpclusters.analysis.funding.case import (
    Allocation,
    Area,
    Case,
    Cell,
    Line,
    Offer,
    Partner,
    Periods,
    Rate,
    Territory,
    Undertaking,
    WorkPackage,
    share_ct,
)
from alpclusters.analysis.funding.check import Check, check_mix

LAND = Territory(
    {
        2016: frozenset(
            {"DE", "DE1", "DE11", "DE2", "DE25", "IT", "ITH", "ITH1", "SI", "SI04", "AT"}
        )
        | frozenset({"AT3", "AT33", "CH", "CH0", "CH04", "FR", "FRK", "FRK2", "FRL", "FRL0", "LI"}),
        2010: frozenset({"DE", "DE1", "DE11", "FR", "FR71", "FR99"}),
    },
    {("FR71", 2010, 2016): ("FRK2",)},
    {"alps": Area(("DE1", "ITH", "AT", "SI", "FRK2", "FRL0", "CH", "LI"), 2016)},
)
START = dt.date(2025, 1, 1)
EUROS = 100


def partner(name: str, kind: str = "sme", nuts: str = "DE11", **more: Any) -> Partner:
    given = {"country": nuts[:2], "vintage": 2016, **more}
    return Partner(name, f"Partner {name}", f"U{name}", kind, nuts, **given)


def undertaking(name: str, size: str = "small", **more: Any) -> Undertaking:
    return Undertaking(f"U{name}", size, **more)


def line(name: str, of: str, euros: int, period: int = 0, **more: Any) -> Line:
    given = {"wp": "W1", "category": "staff", **more}
    return Line(name, of, given.pop("wp"), given.pop("category"), period, euros * EUROS, **given)


def offer(name: str, bp: int, **more: Any) -> Offer:
    given = {
        "programme": f"programme-{name}",
        "level": "national",
        "origin": "national",
        "grants_from": "DE",
        "window": (0, 3),
        "rates": (Rate(bp),),
        "eligibility": {"const": True},
        "grant_date": dt.date(2024, 12, 1),
        "applied_on": dt.date(2024, 6, 1),
        **more,
    }
    return Offer(name, **given)


def case(
    partners: Sequence[Partner],
    undertakings: Sequence[Undertaking],
    lines: Sequence[Line],
    offers: Sequence[Offer],
    **more: Any,
) -> Case:
    given = {"work_packages": (WorkPackage("W1", "Work"),), **more}
    periods = given.pop("periods", Periods(START, 4))
    return Case(
        "A case of a test",
        periods,
        tuple(undertakings),
        tuple(partners),
        given.pop("work_packages"),
        tuple(lines),
        tuple(offers),
        **given,
    )


def one_firm(lines: Sequence[Line], offers: Sequence[Offer], **more: Any) -> Case:
    """One small firm P in Germany."""
    firm = {"kind": "sme", "size": "small", **more.pop("firm", {})}
    size = firm.pop("size")
    history = more.pop("history", {})
    return case([partner("P", **firm)], [undertaking("P", size, **history)], lines, offers, **more)


def euro_cell(offer_id: str, line_id: str, declared: int, granted: int) -> Cell:
    return Cell(offer_id, line_id, declared * EUROS, granted * EUROS)


def paid(offer_: Offer, line_: Line, euros: int | None = None, *, bp: int | None = None) -> Cell:
    """Declare so much of a cost, all of it if nothing is said, at the offer's only rate."""
    declared = line_.cost_ct if euros is None else euros * EUROS
    return Cell(
        offer_.id, line_.id, declared, share_ct(declared, offer_.rates[0].bp if bp is None else bp)
    )


def checked(case_: Case, *cells: Cell, **more: Any) -> Check:
    return check_mix(case_, tuple(cells), territory=LAND, **more)


def codes(check: Check) -> list[tuple[str, str]]:
    return [(violation.code, violation.rule) for violation in check.violations]


def room(check: Check, rule: str, subject: str) -> tuple[int, int, int]:
    """Limit, used and slack of one ceiling, in euro."""
    (found,) = [c for c in check.ceilings if (c.rule, c.subject) == (rule, subject)]
    return tuple(amount // EUROS for amount in (found.limit_ct, found.used_ct, found.slack_ct))


def changed_offer(case_: Case, name: str, **change: Any) -> Case:
    offers = tuple(replace(o, **change) if o.id == name else o for o in case_.offers)
    return replace(case_, offers=offers)


def allocation(*cells: Cell) -> Allocation:
    return tuple(sorted(cells))


def limits(check, rule: str) -> dict[str, tuple[int, int]]:
    """Limit and use in cents by subject of the ceilings of a rule."""
    return {c.subject: (c.limit_ct, c.used_ct) for c in check.ceilings if c.rule == rule}

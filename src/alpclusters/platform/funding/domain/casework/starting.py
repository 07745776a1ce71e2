"""Begin a case: from a project, or from what somebody intends in it."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from typing import Final

from django.db import transaction

from alpclusters.analysis.funding.case import Periods
from alpclusters.platform.accounts.models import User
from alpclusters.platform.funding.domain.casework.costs import add_cost, add_package
from alpclusters.platform.funding.domain.casework.documents import (
    LONGEST,
    Document,
    empty_document,
    item_of,
    quarter_start,
    quarters_between,
)
from alpclusters.platform.funding.domain.casework.partners import (
    KnownBody,
    add_partner,
    bodies_of,
    body_named,
    named_among,
    undertaking_of,
    without_twice,
)
from alpclusters.platform.funding.domain.intents import IntendedCost, Intent
from alpclusters.platform.funding.models import FundingCase
from alpclusters.platform.history import sign
from alpclusters.platform.partnership.models import Project

# --- Intended costs as costs of a case: who bears which part, and what stays behind ---------------


WHOLE: Final = 100
EURO: Final = "EUR"


@dataclass(frozen=True, slots=True)
class YearCost:
    """What it costs in a year, with the quarters of the case in that year."""

    year: int
    category: str
    amount_ct: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class CaseCosts:
    """The intended costs that a case can take, and those it cannot.

    Attributes
    ----------
    taken : tuple of YearCost
    foreign, outside : tuple of IntendedCost
        In another currency (a rate and its day are missing), and of years outside the case.
    """

    taken: tuple[YearCost, ...] = ()
    foreign: tuple[IntendedCost, ...] = field(default=())
    outside: tuple[IntendedCost, ...] = field(default=())

    @property
    def total_ct(self) -> int:
        """The sum of what can be taken."""
        return sum(one.amount_ct for one in self.taken)


def costs_of(intent: Intent, periods: Periods) -> CaseCosts:
    """Sort intended costs by what a case of some quarters can do with them."""
    taken: list[YearCost] = []
    foreign: list[IntendedCost] = []
    outside: list[IntendedCost] = []
    for cost in intent.costs:
        inside = [p for p in range(periods.count) if periods.first_day(p).year == cost.year]
        if cost.currency != EURO:
            foreign.append(cost)
        elif not inside:
            outside.append(cost)
        elif cost.amount_cents:
            taken.append(
                YearCost(cost.year, cost.category, cost.amount_cents, inside[0], inside[-1])
            )
    return CaseCosts(tuple(taken), tuple(foreign), tuple(outside))


def equal_shares(n: int) -> list[int]:
    """Part the whole among so many in whole per cent; the first ones take what is left over."""
    return [WHOLE // n + (place < WHOLE % n) for place in range(n)]


def parts_of(amount_ct: int, shares: Sequence[int]) -> list[int]:
    """Part an amount by shares in per cent, to the cent; nothing is lost."""
    ends = [amount_ct * sum_ // max(sum(shares), 1) for sum_ in accumulate(shares, initial=0)]
    return [end - start for start, end in pairwise(ends)]


def add_intended_costs(
    document: Document, costs: Sequence[YearCost], shares: Mapping[str, int]
) -> None:
    """Enter intended costs, each parted among the partners.

    A cost of a partner with an economic activity is entered as economic: the cautious reading,
    under which a grant may be State aid.

    Parameters
    ----------
    document : dict
        Changed in place; its first work package takes the costs.
    costs : sequence of YearCost
    shares : mapping of str to int
        Per cent by partner; partners with none bear nothing.
    """
    bearing = {key: share for key, share in shares.items() if share > 0}
    for cost in costs:
        parts = parts_of(cost.amount_ct, list(bearing.values()))
        for key, amount in zip(bearing, parts, strict=True):
            if amount:
                add_cost(document, _cost(document, key, cost, amount))


def _cost(document: Document, key: str, cost: YearCost, amount_ct: int) -> dict[str, object]:
    size = undertaking_of(document, item_of(document, "partners", key))["size"]
    return {
        "partner": key,
        "wp": document["work_packages"][0]["id"],
        "category": cost.category,
        "cost_ct": amount_ct,
        "start": cost.start,
        "end": cost.end,
        "economic": size != "none",
    }


# --- Begin a case: from a project, or from what somebody intends in it ----------------------------


# Two years, where nobody says how long.
USUAL_QUARTERS: Final = 8


@dataclass(frozen=True, slots=True)
class Started:
    """A case, and the bodies that could not be taken over because nobody knows where they are."""

    case: FundingCase
    left_out: tuple[str, ...] = ()
    unknown: tuple[str, ...] = field(default=())


@transaction.atomic
def start_from_project(
    project: Project, *, title: str, by: User | None, now: dt.datetime
) -> Started:
    """Begin a case with the partners of a project and one work package.

    Parameters
    ----------
    project : Project
    title : str
    by, now
        Who and when.
    """
    start, count = _quarters(project.starts_on, project.ends_on, now.date())
    document = empty_document(title, start=start, count=count, is_simulated=project.is_simulated)
    return _stored(document, project, bodies_of(project), by=by, now=now)


@dataclass(frozen=True, slots=True)
class CaseStart:
    """What a case takes over of an intent, before anything is stored.

    Attributes
    ----------
    bodies : tuple of KnownBody
        The responsible body first, then the partners of the project.
    costs : CaseCosts
    periods : Periods
        The quarters of the case.
    unknown : str
        The responsible body where nobody knows a single one of that name, else empty.
    """

    bodies: tuple[KnownBody, ...]
    costs: CaseCosts
    periods: Periods
    unknown: str = ""

    @property
    def placed(self) -> tuple[KnownBody, ...]:
        """The bodies that become partners."""
        return tuple(body for body in self.bodies if body.is_placed)

    def usual_shares(self) -> dict[int, int]:
        """Part the costs in equal shares: per cent by the number of the body."""
        placed = self.placed
        shares = equal_shares(len(placed)) if placed else []
        return {body.organisation.pk: share for body, share in zip(placed, shares, strict=True)}


def look_at_intent(intent: Intent, *, now: dt.datetime) -> CaseStart:
    """Say what a case would take over of what somebody intends.

    The responsible body is the partner of the project that is called so; else the one body of the
    directory of that name.
    """
    partners = bodies_of(intent.project)
    responsible = named_among(partners, intent.responsible) or body_named(intent.responsible)
    start, count = _quarters(intent.starts_on, intent.ends_on, now.date())
    periods = Periods(start, count)
    return CaseStart(
        tuple(without_twice([*([responsible] if responsible else []), *partners])),
        costs_of(intent, periods),
        periods,
        "" if responsible else intent.responsible,
    )


@transaction.atomic
def start_from_intent(
    intent: Intent,
    *,
    title: str,
    by: User | None,
    now: dt.datetime,
    shares: Mapping[int, int] | None = None,
) -> Started:
    """Begin a case with the days, the level, the bodies and the costs of an intent.

    Parameters
    ----------
    intent : Intent
    title : str
    by, now
        Who and when.
    shares : mapping of int to int, optional
        Which part of the costs each body bears, in per cent by its number; by default equal parts.
        Nothing for anybody: no cost is taken over.
    """
    known = look_at_intent(intent, now=now)
    project = intent.project
    document = empty_document(
        title,
        start=known.periods.start,
        count=known.periods.count,
        is_simulated=project.is_simulated,
    )
    document["project"] = {"levels": [intent.level]}
    wanted = known.usual_shares() if shares is None else shares

    def enter_costs(taken: Mapping[str, int]) -> None:
        bearing = {key: wanted.get(body, 0) for key, body in taken.items()}
        add_intended_costs(document, known.costs.taken, bearing)

    started = _stored(document, project, known.bodies, by=by, now=now, then=enter_costs)
    unknown = (known.unknown,) if known.unknown else ()
    return Started(started.case, started.left_out, unknown)


def _stored(
    document: Document,
    project: Project,
    bodies: Iterable[KnownBody],
    *,
    by: User | None,
    now: dt.datetime,
    then: Callable[[Mapping[str, int]], None] | None = None,
) -> Started:
    add_package(document, {"title": document["title"]})
    taken, left_out = _add_bodies(document, bodies)
    if then is not None:
        then(taken)
    case = FundingCase(
        project=project,
        title=document["title"][:160],
        data=document,
        taken={"offers": {}, "partners": taken, "to_check": list(taken)},
        made_by=by,
        made_at=now,
        updated_at=now,
    )
    sign(case, by, reason="case.start")
    case.save()
    return Started(case, tuple(left_out))


def _add_bodies(
    document: Document, bodies: Iterable[KnownBody]
) -> tuple[dict[str, int], list[str]]:
    taken: dict[str, int] = {}
    left_out: list[str] = []
    for body in bodies:
        if not body.is_placed:
            left_out.append(body.organisation.name)
            continue
        key = add_partner(document, body.values(), size=body.size, facts=body.facts())
        taken[key] = body.organisation.pk
    return taken, left_out


def _quarters(first: dt.date | None, last: dt.date | None, today: dt.date) -> tuple[dt.date, int]:
    """Return the first quarter and their number; without days the next quarter, two years."""
    start = first or _next_quarter(today)
    count = quarters_between(start, last) if last and last >= start else USUAL_QUARTERS
    return quarter_start(start), min(count, LONGEST)


def _next_quarter(today: dt.date) -> dt.date:
    start = quarter_start(today)
    month = start.month + 3
    return dt.date(start.year + (month > 12), (month - 1) % 12 + 1, 1)  # noqa: PLR2004 - months

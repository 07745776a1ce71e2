"""Begin a case: from a project, or from what somebody intends in it."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from django.db import transaction

from alpclusters.analysis.funding.case.periods import Periods
from alpclusters.platform.accounts.models import User
from alpclusters.platform.funding.domain.casework.documents import (
    LONGEST,
    Document,
    empty_document,
    quarter_start,
    quarters_between,
)
from alpclusters.platform.funding.domain.casework.intended_costs import (
    CaseCosts,
    add_intended_costs,
    costs_of,
    equal_shares,
)
from alpclusters.platform.funding.domain.casework.organisations import (
    KnownBody,
    bodies_of,
    body_named,
    named_among,
    without_twice,
)
from alpclusters.platform.funding.domain.casework.packages import add_package
from alpclusters.platform.funding.domain.casework.partners import add_partner
from alpclusters.platform.funding.domain.intents import Intent
from alpclusters.platform.funding.models import FundingCase
from alpclusters.platform.history import sign
from alpclusters.platform.partnership.models import Project

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

"""Begin a case: from a project, or from an action of its plan."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import transaction

from alpclusters.platform.accounts.models import User
from alpclusters.platform.funding.domain.casework.documents import (
    LONGEST,
    Document,
    empty_document,
    quarter_start,
    quarters_between,
)
from alpclusters.platform.funding.domain.casework.organisations import (
    KnownBody,
    bodies_of,
    body_named,
    without_twice,
)
from alpclusters.platform.funding.domain.casework.packages import add_package
from alpclusters.platform.funding.domain.casework.partners import add_partner
from alpclusters.platform.funding.models import FundingCase
from alpclusters.platform.history import sign
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.policy.models import Action

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


@transaction.atomic
def start_from_action(action: Action, *, title: str, by: User | None, now: dt.datetime) -> Started:
    """Begin a case with the days, the level and the players of an action.

    The responsible body becomes a partner where the directory knows exactly one of that name;
    then come the partners of the project. An action has no costs: they are entered.

    Parameters
    ----------
    action : Action
    title : str
    by, now
        Who and when.
    """
    project = action.plan.project
    start, count = _quarters(action.starts_on, action.ends_on, now.date())
    document = empty_document(title, start=start, count=count, is_simulated=project.is_simulated)
    document["project"] = _facts(action)
    responsible = body_named(action.responsible)
    unknown = (action.responsible,) if action.responsible and responsible is None else ()
    bodies = without_twice([*([responsible] if responsible else []), *bodies_of(project)])
    started = _stored(document, project, bodies, by=by, now=now, action=action)
    return Started(started.case, started.left_out, unknown)


def _stored(
    document: Document,
    project: Project,
    bodies: Iterable[KnownBody],
    *,
    by: User | None,
    now: dt.datetime,
    action: Action | None = None,
) -> Started:
    add_package(document, {"title": document["title"]})
    taken, left_out = _add_bodies(document, bodies)
    case = FundingCase(
        project=project,
        action=action,
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


def _facts(action: Action) -> Mapping[str, Any]:
    return {"levels": [action.level]}

"""Actions of plans and the funding cases that are about them: a plan asks, a case answers."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import transaction

from alpclusters.platform.accounts.models import User
from alpclusters.platform.funding.domain.casework import start_from_intent
from alpclusters.platform.funding.domain.casework.starting import CaseStart, Started, look_at_intent
from alpclusters.platform.funding.domain.fitting.fits import Fitting
from alpclusters.platform.funding.domain.fitting.settings import fitting_intent
from alpclusters.platform.funding.domain.intents import IntendedCost, Intent
from alpclusters.platform.funding.models import FundingCase
from alpclusters.platform.funding.signals import case_copied
from alpclusters.platform.policy.models import Action, ActionCase


def intent_of(action: Action) -> Intent:
    """Return an action as funding asks it, without its costs."""
    return Intent(
        project=action.plan.project,
        level=action.level,
        starts_on=action.starts_on,
        ends_on=action.ends_on,
        responsible=action.responsible,
    )


def _with_costs(action: Action) -> Intent:
    costs = action.costs.order_by("year", "pk")
    told = tuple(IntendedCost(c.year, c.type, c.amount_cents, c.currency) for c in costs)
    return replace(intent_of(action), costs=told)


def fitting_action(action: Action, *, today: date) -> Fitting:
    """Judge the catalogue for an action: for the partners of its project, at its time."""
    return fitting_intent(intent_of(action), today=today)


def look_at_action(action: Action, *, now: datetime) -> CaseStart:
    """Say what a case would take over of an action."""
    return look_at_intent(_with_costs(action), now=now)


@transaction.atomic
def start_case_of(
    action: Action,
    *,
    title: str,
    by: User | None,
    now: datetime,
    shares: Mapping[int, int] | None = None,
) -> Started:
    """Begin a case of an action, with its days, its level, its bodies and its costs.

    Parameters
    ----------
    action : Action
    title : str
    by, now
        Who and when.
    shares : mapping of int to int, optional
        Which part of the costs each body bears, as `start_from_intent` takes them.
    """
    started = start_from_intent(_with_costs(action), title=title, by=by, now=now, shares=shares)
    tie_case(started.case, action)
    return started


def tie_case(case: FundingCase, action: Action) -> None:
    """Say that a case is about an action."""
    ActionCase.objects.update_or_create(case=case, defaults={"action": action})


def action_of(case: FundingCase) -> Action | None:
    """Return the action that a case is about."""
    tie: ActionCase | None = getattr(case, "action_tie", None)
    return tie.action if tie else None


def watch_copies() -> None:
    """Let copies of a case be about the same action."""
    case_copied.connect(_copied, dispatch_uid="policy-cases")


def _copied(*, original: FundingCase, copy: FundingCase, **_told: Any) -> None:
    action = action_of(original)
    if action is not None:
        tie_case(copy, action)

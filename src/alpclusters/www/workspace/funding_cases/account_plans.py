"""What other cases plan for a partner's undertaking, in words, and the choice to count it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.funding.domain.accounts.planned import (
    KEPT,
    Plan,
    PlannedGrant,
    count_plan,
    leave_plan,
    plans_of,
)
from alpclusters.platform.funding.domain.accounts.undertakings import undertaking_of
from alpclusters.platform.funding.models import FundingCase
from alpclusters.platform.funding.rules import visible_cases
from alpclusters.www.public.funding.asking import article_name
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.funding_cases.words import CATEGORIES, euros


@dataclass(frozen=True)
class GrantRow:
    """A planned grant in words; ``article`` is empty for de minimis."""

    offer: str
    article: str
    state: str
    day: dt.date | None
    amount: str
    costs: str
    categories: str


@dataclass(frozen=True)
class PlanRow:
    """The plan of another case in words."""

    plan: Plan
    de_minimis: Sequence[GrantRow]
    exempted: Sequence[GrantRow]


def plan_rows(request: HttpRequest, case: FundingCase, members: frozenset[int]) -> list[PlanRow]:
    """Return what other cases that a person may see plan for an undertaking."""
    plans = plans_of(members, case, visible_cases(request.user))
    return [
        PlanRow(
            plan,
            [_row(one) for one in plan.grants if one.is_de_minimis],
            [_row(one) for one in plan.grants if not one.is_de_minimis],
        )
        for plan in plans
    ]


def unseen_plans(case: FundingCase, members: frozenset[int], rows: Sequence[PlanRow]) -> list[str]:
    """Return the keys of plans that count for an undertaking and stand in no row."""
    seen = {str(row.plan.case.pk) for row in rows}
    return [
        key
        for key, aid in (case.taken.get(KEPT) or {}).items()
        if key not in seen and any(one["organisation"] in members for one in aid)
    ]


def choose_plan(request: SignedInRequest, case: FundingCase, organisation: Organisation) -> None:
    """Count what another case plans, or no longer, as a form asks."""
    members, now = undertaking_of(organisation), timezone.now()
    text = request.POST.get("case", "")
    if request.POST.get("do") == "leave" and text.isdecimal():
        leave_plan(case, int(text), members, by=request.user, now=now)
        messages.success(request, _("What that case plans no longer counts here."))
        return
    plans = plans_of(members, case, visible_cases(request.user))
    plan = next((one for one in plans if str(one.case.pk) == text), None)
    if plan is None:
        messages.info(request, _("This case plans nothing for the organisation."))
        return
    count_plan(case, plan, members, by=request.user, now=now)
    messages.success(request, _("What that case plans counts here. Compute the mix again."))


def _row(grant: PlannedGrant) -> GrantRow:
    names: list[Any] = [CATEGORIES.get(one, one) for one in grant.categories]
    return GrantRow(
        grant.offer,
        "" if grant.is_de_minimis else article_name(grant.article),
        grant.state,
        grant.day,
        euros(grant.amount_ct),
        euros(grant.costs_ct),
        ", ".join(str(one) for one in names),
    )

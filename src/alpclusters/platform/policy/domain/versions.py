"""The next version of a plan: a copy in which every thing keeps its uuid."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import Max

from alpclusters.platform.accounts.models import User
from alpclusters.platform.history import sign
from alpclusters.platform.languages.text import read_input, write_input
from alpclusters.platform.policy.domain.actions import EDITABLE as ACTION_FIELDS
from alpclusters.platform.policy.domain.codes import base_slug, free_slug, versions_of_plan
from alpclusters.platform.policy.domain.parts import PARTS
from alpclusters.platform.policy.models import (
    Action,
    ActionPlan,
    Dependency,
    DraftingBody,
    Indicator,
    IndicatorValue,
    Override,
    ProgressReport,
    Target,
)
from alpclusters.platform.trail.domain.edges import tie_all
from alpclusters.platform.trail.models import Edge

_NOT_COPIED: Final = frozenset(
    {
        "id",
        "slug",
        "state",
        "version",
        "published_at",
        "created_by",
        "created_at",
        # Errors that were let pass are looked at again.
        "signed_off_reason",
        "signed_off_keys",
    }
)


@transaction.atomic
def new_version(plan: ActionPlan, *, by: User | None, now: datetime) -> ActionPlan:
    """Begin the next version as a draft with the same lines; the plan itself stays as it is."""
    number = next_number(plan)
    draft = ActionPlan(**_values(plan), created_by=by, version=number)
    draft.slug = free_slug(f"{base_slug(plan)}-v{number}")
    sign(draft, by)
    draft.save()
    draft.regions.set(plan.regions.all())
    DraftingBody.objects.bulk_create(
        [_copy(body, plan=draft) for body in plan.drafting_bodies.all()]
    )
    copied = {
        action.pk: _copy_action(action, draft, by=by, now=now)
        for action in plan.actions.prefetch_related("recommendations", "regions", *PARTS)
    }
    _copy_dependencies(plan, copied)
    _copy_indicators(plan, draft, copied, by=by)
    return draft


def next_number(plan: ActionPlan) -> int:
    """Return the number of the next version: no two texts of a plan bear one number."""
    last = versions_of_plan(plan).aggregate(last=Max("version"))["last"]
    return max(plan.version, last or 0) + 1


@transaction.atomic
def carry_over(before: ActionPlan, plan: ActionPlan) -> None:
    """Give a version what was reported on the one before it, so that its story goes on.

    Reports, values and colours that people set go to the action or indicator with the same uuid; a
    day on which an action was done or stopped is taken over where the new version names none.
    """
    actions = {action.uuid: action for action in plan.actions.all()}
    ended = []
    for old in before.actions.all():
        new = actions.get(old.uuid)
        if new is not None and not (new.done_on or new.stopped_on):
            new.done_on, new.stopped_on = old.done_on, old.stopped_on
            ended.append(new)
    Action.objects.bulk_update(ended, ["done_on", "stopped_on"])
    _carry(ProgressReport, "action", before, actions)
    _carry(Override, "action", before, actions)
    _carry(IndicatorValue, "indicator", before, {i.uuid: i for i in plan.indicators.all()})


def _carry(model: Any, owner: str, before: ActionPlan, owners: Mapping[Any, Any]) -> None:
    rows = model.objects.filter(**{f"{owner}__plan": before}).select_related(owner)
    found = [(row, owners.get(getattr(row, owner).uuid)) for row in rows.order_by("pk")]
    copies = [_copy(row, **{owner: new}) for row, new in found if new is not None]
    model.objects.bulk_create(copies, batch_size=500)


def _values(row: Any) -> dict[str, Any]:
    """Return the own columns of a row, as a copy begins with them."""
    return {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.name not in _NOT_COPIED
    }


def _copy_action(action: Action, draft: ActionPlan, *, by: User | None, now: datetime) -> Action:
    fields = ("uuid", "code", "order", *ACTION_FIELDS)
    copied = Action(plan=draft)
    for name in fields:
        write_input(copied, name, read_input(action, name))
    sign(copied, by)
    copied.save()
    copied.regions.set(action.regions.all())
    recommendations = list(action.recommendations.all())
    copied.recommendations.set(recommendations)
    tie_all(Edge.Kind.CARRIED_BY, recommendations, copied, by=by, now=now)
    for name, part in PARTS.items():
        rows = [_copy(row, action=copied) for row in getattr(action, name).all()]
        part.model._default_manager.bulk_create(rows)
    return copied


def _copy(row: Any, **owner: Any) -> Any:
    values = _values(row)
    for name in owner:
        values.pop(f"{name}_id", None)
    return type(row)(**values, **owner)


def _copy_dependencies(plan: ActionPlan, copied: Mapping[int, Action]) -> None:
    rows = Dependency.objects.filter(after__plan=plan, before__plan=plan).order_by("pk")
    Dependency.objects.bulk_create(
        [
            Dependency(
                before=copied[row.before_id], after=copied[row.after_id], lag_days=row.lag_days
            )
            for row in rows
        ]
    )


def _copy_indicators(
    plan: ActionPlan, draft: ActionPlan, copied: Mapping[int, Action], *, by: User | None
) -> None:
    targets = []
    for indicator in plan.indicators.prefetch_related("targets"):
        owner = copied.get(indicator.action_id) if indicator.action_id else None
        new: Indicator = _copy(indicator, plan=draft, action=owner)
        sign(new, by)
        new.save()
        targets += [_copy(target, indicator=new) for target in indicator.targets.all()]
    Target.objects.bulk_create(targets)

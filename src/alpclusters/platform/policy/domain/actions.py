"""The lines of a plan: add, change, order, remove."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Final

from django.db import transaction

from alpclusters.analysis.errors import InputError, StateError, Where
from alpclusters.platform.accounts.models import User
from alpclusters.platform.policy.domain.codes import next_number
from alpclusters.platform.policy.domain.texts import columns, filled_words, set_words
from alpclusters.platform.policy.models import Action, ActionPlan, Recommendation
from alpclusters.platform.trail.domain.edges import retie, untie
from alpclusters.platform.trail.models import Edge

PREFIX: Final = "X"
EDITABLE: Final = (
    *columns(("title", "description")),
    "level",
    "responsible",
    "starts_on",
    "ends_on",
)
type Changes = Mapping[str, str | date | None]


@transaction.atomic
def add_action(
    plan: ActionPlan,
    recommendations: Sequence[Recommendation],
    *,
    changes: Changes | None = None,
    by: User | None,
    now: datetime,
) -> Action:
    """Add a line that carries out one or more recommendations.

    Texts and level begin as those of the first recommendation.

    Raises
    ------
    InputError
        No recommendation (``action.no_recommendation``): the line would have no trail.
    StateError
        The plan is published, or a recommendation is rejected or of another project.
    """
    _require_draft(plan)
    _check(plan, recommendations)
    codes = plan.actions.order_by().values_list("code", flat=True)
    number = next_number(codes, PREFIX)
    first = recommendations[0]
    action = Action(plan=plan, code=f"{PREFIX}{number}", level=first.level, order=number)
    set_words(action, "title", filled_words(first, "title"))
    set_words(action, "description", filled_words(first, "text"))
    _store(action, recommendations, changes or {}, by=by, now=now)
    return action


@transaction.atomic
def edit_action(
    action: Action,
    recommendations: Sequence[Recommendation],
    *,
    changes: Changes,
    by: User | None,
    now: datetime,
) -> Action:
    """Change a line of a plan and the recommendations it carries."""
    _require_draft(action.plan)
    _check(action.plan, recommendations)
    _store(action, recommendations, changes, by=by, now=now)
    return action


@transaction.atomic
def move_action(action: Action, *, up: bool, by: User | None) -> Action:
    """Move a line before or behind its neighbour of the same level; at the end it stays."""
    _require_draft(action.plan)
    line = list(action.plan.actions.filter(level=action.level))
    place = next(i for i, other in enumerate(line) if other.pk == action.pk)
    other = place + (-1 if up else 1)
    if 0 <= other < len(line):
        line[place], line[other] = line[other], line[place]
        _renumber(action.plan, action.level, line, by=by)
    return Action.objects.get(pk=action.pk)


@transaction.atomic
def remove_action(action: Action) -> None:
    """Take a line out of a plan, with its ties."""
    _require_draft(action.plan)
    untie(action)
    action.delete()


def _renumber(plan: ActionPlan, level: str, line: Sequence[Action], *, by: User | None) -> None:
    others = [action for action in plan.actions.all() if action.level != level]
    for order, action in enumerate([*others, *line], start=1):
        if action.order != order:
            action.order = order
            _save(action, by=by)


def _require_draft(plan: ActionPlan) -> None:
    if plan.is_published:
        code = "plan.published"
        raise StateError(code, found=plan.slug)


def _check(plan: ActionPlan, recommendations: Sequence[Recommendation]) -> None:
    if not recommendations:
        code = "action.no_recommendation"
        raise InputError(code, where=Where(field="recommendations"))
    for recommendation in recommendations:
        is_rejected = recommendation.state == Recommendation.State.REJECTED
        if is_rejected or recommendation.project_id != plan.project_id:
            code = "action.recommendation_refused"
            raise StateError(code, found=recommendation.code)


def _store(
    action: Action,
    recommendations: Sequence[Recommendation],
    changes: Changes,
    *,
    by: User | None,
    now: datetime,
) -> None:
    for name in EDITABLE:
        if name in changes:
            setattr(action, name, changes[name])
    _save(action, by=by)
    action.recommendations.set(recommendations)
    retie(Edge.Kind.CARRIED_BY, recommendations, action, by=by, now=now)


def _save(action: Action, *, by: User | None) -> None:
    action._history_user = by  # type: ignore[attr-defined]  # noqa: SLF001 - its interface
    action.save()

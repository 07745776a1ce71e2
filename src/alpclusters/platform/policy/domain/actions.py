"""The lines of a plan: add, change, order, remove."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django.db import transaction

from alpclusters.analysis.errors import InputError, StateError, Where
from alpclusters.platform.accounts.models import User
from alpclusters.platform.history import sign
from alpclusters.platform.languages.inputs import input_names
from alpclusters.platform.languages.text import write_input
from alpclusters.platform.policy.domain.codes import next_number
from alpclusters.platform.policy.domain.editing.reviews import note_translations
from alpclusters.platform.policy.domain.editing.saving import drop_draft, keep_draft
from alpclusters.platform.policy.domain.editing.things import ACTION, plain_values, values_of
from alpclusters.platform.policy.domain.merging import (
    ActionConflictError,
    Base,
    Edit,
    merged_edit,
)
from alpclusters.platform.policy.domain.parts import Parts, parts_of, store_parts
from alpclusters.platform.policy.models import Action, ActionPlan, Recommendation
from alpclusters.platform.trail.domain.edges import retie, untie
from alpclusters.platform.trail.models import Edge

PREFIX: Final = "X"
ENDED: Final = ("done_on", "stopped_on", *input_names(["reason_not_done"]))
EDITABLE: Final = ACTION.columns
REGIONS: Final = "regions"
type Changes = Mapping[str, Any]
"""Values by field of `EDITABLE`; ``regions`` is a list of regions."""


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
    action.title = action.title.put(first.title.filled())
    action.description = action.description.put(first.text.filled())
    _store(action, recommendations, changes or {}, by=by, now=now)
    return action


def edit_action(  # noqa: PLR0913 - what was edited, from where, by whom
    action: Action,
    recommendations: Sequence[Recommendation],
    *,
    changes: Changes,
    parts: Parts | None = None,
    version: int | None = None,
    base: Base | None = None,
    by: User | None,
    now: datetime,
) -> Action:
    """Change a line of a plan, the recommendations it carries, and its parts.

    Parameters
    ----------
    action : Action
    recommendations : sequence of Recommendation
    changes : mapping
        Fields of `EDITABLE` and ``regions``; what is not there stays.
    parts : mapping, optional
        Rows by kind as `parts.store_parts` takes them; a kind that is not there stays.
    version : int, optional
        The version that was edited; None does not ask.
    base : Base, optional
        What stood in the form then: with it, what others stored since is merged.
    by : User or None
    now : datetime

    Raises
    ------
    ActionConflictError
        Somebody stored something else in the meantime; nothing is saved, what was typed is kept
        as a draft of this person.
    InputError
        A dependency, a target, or an end that is refused.
    """
    edit = Edit(changes, parts or {}, recommendations)
    try:
        return _edit(action, edit, version=version, base=base, by=by, now=now)
    except ActionConflictError as conflict:
        _keep_draft(conflict.theirs, edit, version=version, base=base, by=by, now=now)
        raise


@transaction.atomic
def _edit(
    action: Action,
    edit: Edit,
    *,
    version: int | None,
    base: Base | None,
    by: User | None,
    now: datetime,
) -> Action:
    rows = Action.objects.select_for_update(of=("self",)).select_related("plan")
    current = rows.get(pk=action.pk)
    _require_draft(current.plan)
    if version is not None and current.version != version:
        edit = merged_edit(current, parts_of(current), edit, base)
    _check(current.plan, edit.recommendations)
    before = values_of(current, ACTION)
    current.version += 1
    _store(current, edit.recommendations, edit.changes, by=by, now=now)
    changed = [name for name, text in values_of(current, ACTION).items() if before[name] != text]
    note_translations(current, ACTION, changed, now=now)
    store_parts(current, edit.parts, by=by)
    if by is not None:
        drop_draft(by, ACTION.thing, current.pk)
    return current


def _keep_draft(
    theirs: Action,
    edit: Edit,
    *,
    version: int | None,
    base: Base | None,
    by: User | None,
    now: datetime,
) -> None:
    if by is not None:
        keep_draft(
            by,
            ACTION.thing,
            theirs.pk,
            base_version=version or 0,
            base=base.values if base else {},
            values=plain_values(edit.changes, ACTION),
            now=now,
            is_conflict=True,
        )


@transaction.atomic
def end_action(action: Action, *, changes: Changes, by: User | None) -> Action:
    """Say when an action was done or stopped, and why; in a published plan too.

    A published plan is not edited, but what became of its actions is written down.

    Raises
    ------
    InputError
        ``action.done_and_stopped``; ``action.no_reason``: stopped without a reason.
    """
    current = Action.objects.select_for_update(of=("self",)).get(pk=action.pk)
    for name in ENDED:
        if name in changes:
            write_input(current, name, changes[name] or None)
    _check_end(current)
    current.version += 1
    _save(current, by=by)
    return current


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
            write_input(action, name, changes[name])
    _check_end(action)
    _save(action, by=by)
    if REGIONS in changes:
        action.regions.set(changes[REGIONS])
    action.recommendations.set(recommendations)
    retie(Edge.Kind.CARRIED_BY, recommendations, action, by=by, now=now)


def _check_end(action: Action) -> None:
    if action.done_on and action.stopped_on:
        code = "action.done_and_stopped"
        raise InputError(code, where=Where(field="stopped_on"))
    if action.stopped_on and not any(t.strip() for t in action.reason_not_done.each().values()):
        code = "action.no_reason"
        raise InputError(code, where=Where(field="reason_not_done"))


def _save(action: Action, *, by: User | None) -> None:
    sign(action, by)
    action.save()

"""A plan from its first draft to its publication, and back."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from django.db import transaction

from alpclusters.analysis.errors import InputError, StateError, Where
from alpclusters.platform.accounts.models import User
from alpclusters.platform.history import sign
from alpclusters.platform.languages.codes import DEFAULT_LANGUAGE
from alpclusters.platform.languages.text import read_input, write_input
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.policy.domain.codes import base_slug, free_slug, short_slug
from alpclusters.platform.policy.domain.coverage import Issue, coverage_of
from alpclusters.platform.policy.domain.editing.things import PLAN, plain_values, values_of
from alpclusters.platform.policy.domain.monitoring.rounds import hand_over
from alpclusters.platform.policy.domain.parts import Row, store_bodies
from alpclusters.platform.policy.domain.proofs import require_proofs
from alpclusters.platform.policy.domain.versions import carry_over, new_version, next_number
from alpclusters.platform.policy.models import ActionPlan
from alpclusters.platform.trust.domain.log import Kind, record

if TYPE_CHECKING:
    from alpclusters.analysis.plans.merging import FieldConflict

__all__ = [
    "EDITABLE",
    "PlanConflictError",
    "PlanIncompleteError",
    "base_slug",
    "create_plan",
    "edit_plan",
    "new_version",
    "publish_plan",
    "today_of",
    "withdraw_plan",
]

EDITABLE: Final = tuple(
    name.removesuffix("_id") if name == "parent_id" else name for name in PLAN.columns
)
_NEVER_EMPTY: Final = frozenset({"source_language", "kind", "reporting_days"})
_NULL: Final = frozenset({"parent", "starts_on", "ends_on", "completed_on"})


class PlanConflictError(StateError):
    """Somebody saved in the meantime, and not everything fits together; nothing was stored.

    Attributes
    ----------
    theirs : ActionPlan
        What is stored now.
    fields : tuple of FieldConflict
    """

    def __init__(self, theirs: ActionPlan, fields: "Sequence[FieldConflict]") -> None:
        super().__init__("plan.changed_meanwhile", found=theirs.slug)
        self.theirs = theirs
        self.fields = tuple(fields)


class PlanIncompleteError(StateError):
    """A plan that cannot be published yet; ``issues`` says what is missing."""

    def __init__(self, issues: tuple[Issue, ...]) -> None:
        super().__init__("plan.incomplete", found=str(len(issues)))
        self.issues = issues


@transaction.atomic
def create_plan(
    project: Project,
    *,
    texts: Mapping[str, Any],
    bodies: Sequence[Row] | None = None,
    by: User | None,
) -> ActionPlan:
    """Begin the plan of a project.

    Parameters
    ----------
    project : Project
    texts : mapping
        Values by field of `EDITABLE`; ``regions`` is a list of regions.
    bodies : sequence of Row, optional
        Drafting bodies with ``name`` and ``country``.
    by : User or None
    """
    plan = ActionPlan(project=project, created_by=by)
    _write(plan, texts)
    wanted = plan.title.read_in(DEFAULT_LANGUAGE)
    plan.slug = free_slug(short_slug(wanted))
    _store(plan, texts, bodies, by=by)
    return plan


@transaction.atomic
def edit_plan(
    plan: ActionPlan,
    *,
    texts: Mapping[str, Any],
    bodies: Sequence[Row] | None = None,
    base: Mapping[str, str] | None = None,
    by: User | None,
) -> ActionPlan:
    """Change the general part of a draft; what is not given stays.

    Parameters
    ----------
    plan : ActionPlan
    texts : mapping
        Values by field of `EDITABLE`; ``regions`` is a list of regions.
    bodies : sequence of Row, optional
    base : mapping of str to str, optional
        What stood in the form at first (`editing.things.values_of` with `PLAN`): with it, what
        others stored since is merged.
    by : User or None

    Raises
    ------
    PlanConflictError
        The same field was changed in two ways; nothing is saved.
    InputError
        The parent plan is the plan itself or below it (``plan.parent_below``).
    StateError
        The plan is published (``plan.published``).
    """
    current = _locked(plan)
    if current.is_published:
        code = "plan.published"
        raise StateError(code, found=plan.slug)
    _write(current, texts if base is None else _merged(current, texts, base))
    _store(current, texts, bodies, by=by)
    return current


@transaction.atomic
def publish_plan(plan: ActionPlan, *, by: User | None, now: datetime) -> ActionPlan:
    """Publish a plan. The newest version takes the address, the one before keeps its number.

    Raises
    ------
    PlanIncompleteError
        The coverage checks found errors that nobody signed off.
    UnprovedError
        A finding behind it is no longer what its source says; nobody can sign that off.
    """
    errors = coverage_of(plan, today=today_of(plan, now)).open_errors
    if errors:
        raise PlanIncompleteError(errors)
    require_proofs(plan)
    before = _take_address(plan, by=by)
    if before is not None:
        carry_over(before, plan)
        hand_over(before, plan)
    plan.state = ActionPlan.State.PUBLISHED
    plan.published_at = now
    _save(plan, by=by)
    record(Kind.PLAN_PUBLISHED, actor=by, plan=plan.slug, version=plan.version)
    return plan


@transaction.atomic
def withdraw_plan(plan: ActionPlan, *, by: User | None) -> ActionPlan:
    """Take a plan back: the public no longer sees it, people can edit it again.

    What was published keeps its number: the text that follows is the next version.
    """
    plan.version = next_number(plan)
    plan.state = ActionPlan.State.DRAFT
    plan.published_at = None
    _save(plan, by=by)
    record(Kind.PLAN_WITHDRAWN, actor=by, plan=plan.slug, version=plan.version)
    return plan


def today_of(plan: ActionPlan, now: datetime) -> date:
    """Return the day it is in the time zone of a plan."""
    return now.astimezone(ZoneInfo(plan.time_zone)).date()


def _take_address(plan: ActionPlan, *, by: User | None) -> ActionPlan | None:
    """Move the version before away from the address; return it."""
    base = base_slug(plan)
    before = ActionPlan.objects.filter(slug=base, project=plan.project).exclude(pk=plan.pk).first()
    if plan.slug == base or before is None:
        return None
    before.slug = free_slug(f"{base}-v{before.version}")
    _save(before, by=by)
    plan.slug = base
    return before


def _locked(plan: ActionPlan) -> ActionPlan:
    """Fetch the stored row; of two editors the second waits and then sees the first's words."""
    rows = ActionPlan.objects.select_for_update(of=("self",)).select_related("project")
    return rows.get(pk=plan.pk)


def _merged(
    current: ActionPlan, texts: Mapping[str, Any], base: Mapping[str, str]
) -> Mapping[str, Any]:
    """Keep what others changed where it was left alone; refuse what was changed in two ways."""
    from alpclusters.analysis.plans.merging import merge_fields  # noqa: PLC0415 - NumPy

    parent = texts.get("parent")
    sent = {**texts, "parent_id": parent.pk if parent else ""} if "parent" in texts else texts
    typed, theirs = plain_values(sent, PLAN), values_of(current, PLAN)
    merge = merge_fields(
        {name: base.get(name, "") for name in typed},
        {name: theirs[name] for name in typed},
        typed,
        long_fields=PLAN.long_columns,
    )
    if merge.conflicts:
        raise PlanConflictError(current, merge.conflicts)
    kept = {name: text for name, text in merge.values.items() if text != typed[name]}
    return {**texts, **{_field(name): _stored(current, name, text) for name, text in kept.items()}}


def _field(name: str) -> str:
    return name.removesuffix("_id")


def _stored(current: ActionPlan, name: str, text: object) -> Any:
    """Return what is stored where theirs is kept, and the text where paragraphs were merged."""
    is_theirs = values_of(current, PLAN)[name] == text
    return read_input(current, _field(name)) if is_theirs else text


def _write(plan: ActionPlan, texts: Mapping[str, Any]) -> None:
    for name in EDITABLE:
        if name in texts and (texts[name] or name not in _NEVER_EMPTY):
            empty = None if name in _NULL else ""
            write_input(plan, name, texts[name] or empty)
    _check_parent(plan)


def _check_parent(plan: ActionPlan) -> None:
    """Refuse a plan above itself."""
    above, seen = plan.parent, set()
    while above is not None and above.pk not in seen:
        if plan.pk is not None and above.pk == plan.pk:
            code = "plan.parent_below"
            raise InputError(code, where=Where(field="parent"))
        seen.add(above.pk)
        above = above.parent


def _store(
    plan: ActionPlan, texts: Mapping[str, Any], bodies: Sequence[Row] | None, *, by: User | None
) -> None:
    _save(plan, by=by)
    if "regions" in texts:
        plan.regions.set(texts["regions"])
    if bodies is not None:
        store_bodies(plan, bodies)


def _save(plan: ActionPlan, *, by: User | None) -> None:
    sign(plan, by)
    plan.save()

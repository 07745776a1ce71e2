"""A plan from its first draft to its publication, and to its next version."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.text import slugify

from alpclusters.analysis.errors import StateError
from alpclusters.platform.accounts.models import User
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.policy.domain.actions import EDITABLE as ACTION_FIELDS
from alpclusters.platform.policy.domain.actions import add_action
from alpclusters.platform.policy.domain.completeness import Gap, gaps_of
from alpclusters.platform.policy.domain.texts import columns, words
from alpclusters.platform.policy.models import Action, ActionPlan

EDITABLE: Final = (*columns(("title", "summary")), "publisher")
_VERSION: Final = re.compile(r"-v\d+$")
_LONGEST_SLUG: Final = 44


class PlanIncompleteError(StateError):
    """A plan that cannot be published yet; ``gaps`` says what is missing."""

    def __init__(self, gaps: tuple[Gap, ...]) -> None:
        super().__init__("plan.incomplete", found=str(len(gaps)))
        self.gaps = gaps


@transaction.atomic
def create_plan(project: Project, *, texts: Mapping[str, str], by: User | None) -> ActionPlan:
    """Begin the plan of a project; ``texts`` holds title and summary per language, publisher."""
    plan = ActionPlan(project=project, created_by=by)
    _write(plan, texts)
    wanted = plan.title_en or next(t for t in words(plan, "title").values() if t)  # type: ignore[attr-defined]
    plan.slug = _free_slug(_short_slug(wanted))
    _save(plan, by=by)
    return plan


@transaction.atomic
def edit_plan(plan: ActionPlan, *, texts: Mapping[str, str], by: User | None) -> ActionPlan:
    """Change title, summary or publisher of a draft."""
    if plan.is_published:
        code = "plan.published"
        raise StateError(code, found=plan.slug)
    _write(plan, texts)
    _save(plan, by=by)
    return plan


@transaction.atomic
def publish_plan(plan: ActionPlan, *, by: User | None, now: datetime) -> ActionPlan:
    """Publish a plan. The newest version takes the address, the one before keeps its number.

    Raises
    ------
    PlanIncompleteError
        Texts in a language, a responsible body, a period or the trail is missing.
    """
    gaps = gaps_of(plan)
    if gaps:
        raise PlanIncompleteError(gaps)
    _take_address(plan, by=by)
    plan.state = ActionPlan.State.PUBLISHED
    plan.published_at = now
    _save(plan, by=by)
    return plan


@transaction.atomic
def withdraw_plan(plan: ActionPlan, *, by: User | None) -> ActionPlan:
    """Take a plan back: the public no longer sees it, people can edit it again."""
    plan.state = ActionPlan.State.DRAFT
    plan.published_at = None
    _save(plan, by=by)
    return plan


@transaction.atomic
def new_version(plan: ActionPlan, *, by: User | None, now: datetime) -> ActionPlan:
    """Begin the next version as a draft with the same lines; the plan itself stays as it is."""
    base = base_slug(plan)
    number = plan.version + 1
    draft = ActionPlan(project=plan.project, created_by=by, version=number)
    _write(draft, {name: getattr(plan, name) for name in EDITABLE})
    draft.slug = _free_slug(f"{base}-v{number}")
    _save(draft, by=by)
    for action in plan.actions.prefetch_related("recommendations"):
        _copy(action, draft, by=by, now=now)
    return draft


def base_slug(plan: ActionPlan) -> str:
    """Return the address all versions of a plan share."""
    return _VERSION.sub("", plan.slug)


def _copy(action: Action, draft: ActionPlan, *, by: User | None, now: datetime) -> None:
    changes = {name: getattr(action, name) for name in ACTION_FIELDS}
    copied = add_action(draft, list(action.recommendations.all()), changes=changes, by=by, now=now)
    copied.code, copied.order = action.code, action.order
    copied.save(update_fields=["code", "order"])


def _take_address(plan: ActionPlan, *, by: User | None) -> None:
    base = base_slug(plan)
    before = ActionPlan.objects.filter(slug=base, project=plan.project).exclude(pk=plan.pk).first()
    if plan.slug == base or before is None:
        return
    before.slug = _free_slug(f"{base}-v{before.version}")
    _save(before, by=by)
    plan.slug = base


def _short_slug(title: str) -> str:
    """Make an address of a title, cut at a word.

    Examples
    --------
    >>> _short_slug("Linking cluster organisations of the Alps for good")
    'linking-cluster-organisations-of-the-alps'
    """
    slug = slugify(title)
    if len(slug) > _LONGEST_SLUG:
        slug = slug[:_LONGEST_SLUG].rpartition("-")[0] or slug[:_LONGEST_SLUG]
    return slug.strip("-") or "plan"


def _free_slug(wanted: str) -> str:
    taken = set(ActionPlan.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    candidates = [wanted, *(f"{wanted}-{number}" for number in range(2, len(taken) + 3))]
    return next(slug for slug in candidates if slug not in taken)


def _write(plan: ActionPlan, texts: Mapping[str, str]) -> None:
    for name in EDITABLE:
        if name in texts:
            setattr(plan, name, texts[name] or "")


def _save(plan: ActionPlan, *, by: User | None) -> None:
    plan._history_user = by  # type: ignore[attr-defined]  # noqa: SLF001 - its interface
    plan.save()

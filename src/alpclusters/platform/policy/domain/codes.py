"""Short codes by which people speak of findings and actions, and the addresses of plans."""

import re
from collections.abc import Iterable
from typing import Final

from django.db.models import QuerySet
from django.utils.text import slugify

from alpclusters.platform.policy.models import ActionPlan

# --- Short codes by which people speak of findings, recommendations and actions: F1, E1, X1 -------


def next_number(codes: Iterable[str], prefix: str) -> int:
    """Return the number after the greatest one in use.

    Examples
    --------
    >>> next_number(["E1", "E7", "X9"], "E")
    8
    >>> next_number([], "E")
    1
    """
    numbers = [code.removeprefix(prefix) for code in codes if code.startswith(prefix)]
    return 1 + max((int(number) for number in numbers if number.isdigit()), default=0)


# --- The addresses of plans: made of the title, free, shared by all versions of a plan ------------


_VERSION: Final = re.compile(r"-v\d+$")
_LONGEST_SLUG: Final = 44


def base_slug(plan: ActionPlan) -> str:
    """Return the address all versions of a plan share."""
    return _VERSION.sub("", plan.slug)


def versions_of_plan(plan: ActionPlan) -> "QuerySet[ActionPlan]":
    """Return all versions of a plan, this one included."""
    pattern = rf"^{re.escape(base_slug(plan))}(-v\d+(-\d+)?)?$"
    return ActionPlan.objects.filter(project=plan.project_id, slug__regex=pattern)


def short_slug(title: str) -> str:
    """Make an address of a title, cut at a word.

    Examples
    --------
    >>> short_slug("Linking cluster organisations of the Alps for good")
    'linking-cluster-organisations-of-the-alps'
    """
    slug = slugify(title)
    if len(slug) > _LONGEST_SLUG:
        slug = slug[:_LONGEST_SLUG].rpartition("-")[0] or slug[:_LONGEST_SLUG]
    return slug.strip("-") or "plan"


def free_slug(wanted: str) -> str:
    """Return an address nobody has, with a number if need be."""
    taken = set(ActionPlan.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    candidates = [wanted, *(f"{wanted}-{number}" for number in range(2, len(taken) + 3))]
    return next(slug for slug in candidates if slug not in taken)

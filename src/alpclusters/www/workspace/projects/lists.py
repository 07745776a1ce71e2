"""The projects a person works in."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from alpclusters.platform.accounts.models import User
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.partnership.roles import project_ids
from alpclusters.www.public.projects import period_of


@dataclass(frozen=True)
class ProjectRow:
    """One project with what one may do there."""

    project: Project
    period: str
    n_partners: int
    n_cafes: int
    may_edit: bool
    may_map: bool


def read_rows(user: User) -> Sequence[ProjectRow]:
    """Read the projects in which a person has a role, in one query."""
    wanted = project_ids(user)
    every = Project.objects.all() if wanted is None else Project.objects.filter(pk__in=wanted)
    counted: QuerySet[Any] = every.annotate(
        n_partners=Count("partners", distinct=True), n_cafes=Count("cafes", distinct=True)
    )
    return [
        ProjectRow(
            p,
            period_of(p),
            p.n_partners,
            p.n_cafes,
            user.has_perm("partnership.change_project", p),
            user.has_perm("actors.view_stakeholders", p),
        )
        for p in counted.order_by("-starts_on", "acronym", "pk")[:200]
    ]

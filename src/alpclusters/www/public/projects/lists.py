"""What the list of projects shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import get_language

from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.partnership.roles import Person
from alpclusters.platform.partnership.rules import visible_to
from alpclusters.reports.dates import format_date_range, format_month_year
from alpclusters.reports.numbers import EN_DASH


@dataclass(frozen=True)
class ProjectCard:
    """One project of the list."""

    project: Project
    period: str
    n_partners: int
    n_regions: int
    n_cafes: int


def read_list(user: Person) -> Sequence[ProjectCard]:
    """Read the projects with their counts, running ones first."""
    counted: QuerySet[Any] = visible_to(user).annotate(
        n_partners=Count("partners", distinct=True),
        n_regions=Count("partners__region", distinct=True),
        n_cafes=Count("cafes", distinct=True),
    )
    rows = sorted(counted.order_by("-starts_on", "pk")[:200], key=lambda p: p.is_historic)
    return [ProjectCard(p, period_of(p), p.n_partners, p.n_regions, p.n_cafes) for p in rows]


def period_of(project: Project) -> str:
    """Write from when to when a project runs, no finer than its source."""
    if not project.starts_on or not project.ends_on:
        return ""
    language = nearest_language(get_language())
    if project.is_precise_to_day:
        return format_date_range(project.starts_on, project.ends_on, language)
    first, last = (format_month_year(d, language) for d in (project.starts_on, project.ends_on))
    return f"{first} {EN_DASH} {last}"

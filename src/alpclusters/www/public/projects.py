"""The partnerships, and one project with its facts, partners and sources."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from alpclusters.platform.actors.models import Partner
from alpclusters.platform.cafe.models import AlpCafe
from alpclusters.platform.fields import label_of
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.partnership.models import Project, ProjectFact
from alpclusters.platform.partnership.roles import Person
from alpclusters.platform.partnership.rules import visible_to
from alpclusters.platform.policy.models import ActionPlan
from alpclusters.platform.territory.domain.names import country_name
from alpclusters.platform.territory.models import Region, Standing
from alpclusters.reports.dates import format_date_range, format_month_year
from alpclusters.reports.numbers import EN_DASH
from alpclusters.www.components.parts import Cell, Column, Fact, Figure, Table
from alpclusters.www.public.regions.tile_maps import MapView, count_map
from alpclusters.www.site.next_step import NextStep, next_step

# --- Sources in the reader's language where they are words of ours, else marked as English --------


KNOWN: Final = {
    "Project description of AlpClusters 2020 (German)": _(
        "Project description of AlpClusters 2020 (German)"
    ),
    "Invented for the demonstration project (simulated)": _(
        "Invented for the demonstration project (simulated)"
    ),
    "not stated in the project description nor in the public sources read in 2026": _(
        "not stated in the project description nor in the public sources read in 2026"
    ),
}


def source_words(source: str) -> SafeString | str:
    """Return what stands behind a fact as a page shows it."""
    if not source:
        return ""
    if source in KNOWN:
        return format_html("{}", KNOWN[source])
    return format_html('<span lang="en">{}</span>', source)


# --- What the list of projects shows --------------------------------------------------------------


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


# --- What the page of a project shows: facts by section, partners, where they are -----------------


Section = ProjectFact.Section
DAYS_IN_MONTH: Final = 30.4375
# What the description and the export say of the partnership stands beside its table.
PARTNERSHIP: Final = ("partnership", "partner_count")


@dataclass(frozen=True)
class FactSection:
    """The facts of one section; a source that all share stands once below them."""

    title: str
    facts: Sequence[Fact]
    source: str


@dataclass(frozen=True)
class ProjectPage:
    """Everything the template names."""

    period: str
    figures: Sequence[Figure]
    sections: Mapping[str, FactSection]
    reported: Table | None
    partnership: FactSection
    partners: Table
    partner_sources: Sequence[str]
    partners_claim: str
    has_unverified_partners: bool
    map: MapView | None
    cafes: Sequence[AlpCafe]
    plans: Sequence[ActionPlan]
    may_edit: bool
    # For who works in the project; a visitor has none.
    step: NextStep | None


def read_page(user: Person, project: Project) -> ProjectPage:
    """Read all that is known of a project."""
    facts = list(project.facts.all())
    partners = list(project.partners.select_related("organisation", "seat", "region"))
    cafes = list(AlpCafe.objects.public().filter(project=project).select_related("region")[:30])
    regions = [p.region for p in partners if p.region]
    return ProjectPage(
        period=period_of(project),
        figures=_figures(project, facts, partners),
        sections={s.value: _section(facts, s) for s in Section},
        reported=_reported(facts),
        partnership=_partnership(facts),
        partners=_partner_table(partners),
        partner_sources=sorted({p.source for p in partners if p.source}),
        partners_claim=_claim(partners) if partners else "",
        has_unverified_partners=any(p.status == Standing.UNVERIFIED for p in partners),
        map=_map(regions) if regions else None,
        cafes=cafes,
        plans=list(ActionPlan.objects.published().filter(project=project)[:10]),
        may_edit=user.has_perm("partnership.change_project", project),
        step=next_step(user, project, has_partners=bool(partners)),
    )


def _section(facts: Sequence[ProjectFact], section: Section) -> FactSection:
    found = [_fact(f) for f in facts if f.section == section and f.key not in PARTNERSHIP]
    sources = {f.source for f in found}
    if len(sources) != 1:
        return FactSection(str(section.label), found, "")
    return FactSection(
        str(section.label), [replace(f, source="") for f in found], str(sources.pop())
    )


def _partnership(facts: Sequence[ProjectFact]) -> FactSection:
    found = [_fact(f) for f in facts if f.key in PARTNERSHIP]
    return FactSection(gettext("How many partners"), found, "")


def _reported(facts: Sequence[ProjectFact]) -> Table | None:
    """Put what public sources say into a table: each row has a source of its own."""
    columns = [
        Column(gettext("Subject")),
        Column(gettext("Statement")),
        Column(gettext("Source")),
        Column(gettext("Status")),
    ]
    rows = [
        [f.label, f.value or gettext("unknown"), Cell(f.source, lang="en"), f.get_status_display()]
        for f in facts
        if f.section == Section.REPORTED and f.key not in PARTNERSHIP
    ]
    return (
        Table(gettext("Reported in public sources, confirmed by nobody"), columns, rows)
        if rows
        else None
    )


def _fact(fact: ProjectFact) -> Fact:
    state = Standing.UNKNOWN if not fact.value else fact.status
    source = source_words(fact.source)
    return Fact(fact.label, fact.value, state=state, source=source)  # type: ignore[arg-type]


def _figures(
    project: Project, facts: Sequence[ProjectFact], partners: Sequence[Partner]
) -> list[Figure]:
    countries = next((f.value for f in facts if f.key == "countries"), "")
    n_regions = len({p.region_id for p in partners if p.region_id})
    figures = []
    if period_of(project):
        months = _months(project)
        figures.append(
            Figure(
                gettext("Duration in months"),
                str(months),
                period_of(project),
                key="months",
                exact=months,
                why=gettext("counted from its first day to its last"),
            )
        )
    if partners:
        sub = ngettext("from %(n)s region", "from %(n)s regions", n_regions) % {"n": n_regions}
        n = len(partners)
        figures.append(
            Figure(gettext("Partners"), str(n), sub, key="partners", exact=n, url="#partners")
        )
    codes = sorted({p.region.country for p in partners if p.region})
    if codes:
        names = ", ".join(country_name(c, get_language()) for c in codes)
        n = len(codes)
        sub = countries or names
        figures.append(
            Figure(gettext("Countries"), str(n), sub, key="countries", exact=n, why=_named())
        )
    return figures


def _named() -> str:
    return gettext("from the regions of the partners")


def _months(project: Project) -> int:
    """Count the months a project runs, as people count them."""
    if not project.starts_on or not project.ends_on:
        return 0
    return round(((project.ends_on - project.starts_on).days + 1) / DAYS_IN_MONTH)


def _claim(partners: Sequence[Partner]) -> str:
    n_regions = len({p.region_id for p in partners if p.region_id})
    people = ngettext("%(n)s partner", "%(n)s partners", len(partners)) % {"n": len(partners)}
    regions = ngettext("%(n)s region", "%(n)s regions", n_regions) % {"n": n_regions}
    return f"{people}, {regions}"


def _seat(town: str, seat: Region | None) -> str:
    if seat and town and town != seat.name:
        return f"{town}, {seat}"
    return str(seat) if seat else town


def _region_url(region: Region | None) -> str:
    return reverse("public:region", args=[region.code]) if region else ""


def _map(regions: Sequence[Region]) -> MapView:
    what = gettext("partners")
    return count_map((r.code for r in regions), what=what, caption=gettext("Partners by region"))


def _partner_table(partners: Sequence[Partner]) -> Table:
    """Show seat and region as two columns: a seat may lie outside the region and the area."""
    columns = [
        Column(gettext("Partner")),
        *(Column(label_of(Partner, n)) for n in ("role", "seat", "region", "tasks", "status")),
    ]
    return Table(
        gettext("Partners with seat and region"), columns, [_partner_row(p) for p in partners]
    )


def _partner_row(partner: Partner) -> list[Cell | str]:
    unknown = gettext("unknown")
    seat = _seat(partner.organisation.town, partner.seat)
    region = str(partner.region) if partner.region else unknown
    return [
        partner.organisation.name,
        partner.get_role_display(),
        Cell(seat or unknown, url=_region_url(partner.seat)),
        Cell(region, url=_region_url(partner.region)),
        Cell(partner.tasks or unknown, note=partner.note),
        str(partner.get_status_display()),
    ]


# --- The partnerships and one project with its facts ----------------------------------------------


@require_safe
def projects(request: HttpRequest) -> HttpResponse:
    """Show the projects a person may see."""
    cards = read_list(request.user)
    context = {"cards": cards, "simulated": any(c.project.is_simulated for c in cards)}
    return render(request, "public/projects/list.html", context)


@require_safe
def project(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one project: facts with their sources, partners with seat and region."""
    found = get_object_or_404(visible_to(request.user), slug=slug)
    page = read_page(request.user, found)
    context = {
        "page": page,
        "project": found,
        "simulated": found.is_simulated,
        "section": "projects",
    }
    return render(request, "public/projects/page.html", context)


urlpatterns = [
    path("projects/", projects, name="projects"),
    path("projects/<slug:slug>/", project, name="project"),
]

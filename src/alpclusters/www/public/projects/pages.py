"""What the page of a project shows: facts by section, partners, where they are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from alpclusters.platform.actors.models import Partner
from alpclusters.platform.cafe.models import AlpCafe
from alpclusters.platform.fields import label_of
from alpclusters.platform.partnership.models import Project, ProjectFact
from alpclusters.platform.partnership.roles import Person
from alpclusters.platform.policy.models import ActionPlan
from alpclusters.platform.territory.domain.names import country_name
from alpclusters.platform.territory.models import Region, Standing
from alpclusters.www.components.parts import Cell, Column, Fact, Figure, Table
from alpclusters.www.public.projects.lists import period_of
from alpclusters.www.public.projects.sources import source_words
from alpclusters.www.public.regions.maps import MapView, count_map
from alpclusters.www.site.next_step import NextStep, next_step

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
    return FactSection(_("How many partners"), found, "")


def _reported(facts: Sequence[ProjectFact]) -> Table | None:
    """Put what public sources say into a table: each row has a source of its own."""
    columns = [
        Column(_("Subject")),
        Column(_("Statement")),
        Column(_("Source")),
        Column(_("Status")),
    ]
    rows = [
        [f.label, f.value or _("unknown"), Cell(f.source, lang="en"), f.get_status_display()]
        for f in facts
        if f.section == Section.REPORTED and f.key not in PARTNERSHIP
    ]
    return (
        Table(_("Reported in public sources, confirmed by nobody"), columns, rows) if rows else None
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
                _("Duration in months"),
                str(months),
                period_of(project),
                key="months",
                exact=months,
                why=_("counted from its first day to its last"),
            )
        )
    if partners:
        sub = ngettext("from %(n)s region", "from %(n)s regions", n_regions) % {"n": n_regions}
        n = len(partners)
        figures.append(Figure(_("Partners"), str(n), sub, key="partners", exact=n, url="#partners"))
    codes = sorted({p.region.country for p in partners if p.region})
    if codes:
        names = ", ".join(country_name(c, get_language()) for c in codes)
        n = len(codes)
        sub = countries or names
        figures.append(Figure(_("Countries"), str(n), sub, key="countries", exact=n, why=_named()))
    return figures


def _named() -> str:
    return _("from the regions of the partners")


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
    what = _("partners")
    return count_map((r.code for r in regions), what=what, caption=_("Partners by region"))


def _partner_table(partners: Sequence[Partner]) -> Table:
    """Show seat and region as two columns: a seat may lie outside the region and the area."""
    columns = [
        Column(_("Partner")),
        *(Column(label_of(Partner, n)) for n in ("role", "seat", "region", "tasks", "status")),
    ]
    return Table(_("Partners with seat and region"), columns, [_partner_row(p) for p in partners])


def _partner_row(partner: Partner) -> list[Cell | str]:
    unknown = _("unknown")
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

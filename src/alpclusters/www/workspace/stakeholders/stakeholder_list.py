"""The list of stakeholders: right and tabs, filters, rows and figures, the list as a file."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alpclusters.platform.actors.domain.named_lists import (
    helix_choices,
    helix_name,
    level_choices,
    level_name,
)
from alpclusters.platform.actors.domain.stakeholders.mapping import JUDGEMENT
from alpclusters.platform.actors.models import Organisation, Stakeholder
from alpclusters.platform.cafe.domain.stakeholders.coverage import (
    Part,
    involvement_of,
    project_regions,
    region_of,
)
from alpclusters.platform.fields import label_of
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.languages.folding import fold, fold_umlauts
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.partnership.rules import visible_to
from alpclusters.platform.territory.models import Region
from alpclusters.reports.blocks import Column, Document, Paragraph, Table
from alpclusters.reports.writers.csv import write_csv
from alpclusters.reports.writers.xlsx import write_xlsx
from alpclusters.www.components.parts import Chip, Crumb, Tab

# --- What all stakeholder pages share: the right, the tabs, the way there, the words for grades


TABS: Final = (
    ("stakeholders", gettext_lazy("List")),
    ("stakeholder-grid", gettext_lazy("Influence and interest")),
    ("stakeholder-coverage", gettext_lazy("Who is missing?")),
    ("stakeholder-people", gettext_lazy("People and consent")),
)


def own_project(
    request: HttpRequest, slug: str, right: str = "actors.view_stakeholders"
) -> Project:
    """Return a project whose stakeholders one may see: 404 if not visible, 403 if not allowed."""
    project = get_object_or_404(visible_to(request.user), slug=slug)
    if not request.user.has_perm(right, project):
        raise PermissionDenied
    return project


def show(
    request: HttpRequest, project: Project, tab: str, context: dict[str, Any], *, part: str = ""
) -> HttpResponse:
    """Show a page about the stakeholders of a project; ``part`` names a page below the tab."""
    names = dict(TABS)
    own = reverse(f"workspace:{tab}", args=[project.slug])
    way = [
        Crumb(_("Workspace"), reverse("workspace:dashboard")),
        Crumb(_("Projects"), reverse("workspace:projects")),
        Crumb(project.acronym, reverse("public:project", args=[project.slug])),
        Crumb(_("Stakeholders"), reverse("workspace:stakeholders", args=[project.slug])),
    ]
    if tab != "stakeholders":
        way.append(Crumb(names[tab], own if part else ""))
    if part:
        way.append(Crumb(part))
    shared = {
        "project": project,
        "tabs": tabs_of(project, tab),
        "crumbs": way,
        "simulated": project.is_simulated,
        "section": "projects",
    }
    template, status = context.pop("template"), context.pop("status", 200)
    return render(
        request, f"workspace/stakeholders/{template}.html", shared | context, status=status
    )


def tabs_of(project: Project, here: str) -> list[Tab]:
    """Return the four views of the map."""
    return [
        Tab(label, reverse(f"workspace:{name}", args=[project.slug]), is_current=name == here)
        for name, label in TABS
    ]


def own_language() -> str:
    """Return the reader's language, one of ours."""
    return nearest_language(get_language())


def grade(value: int | None) -> str:
    """Return the word for a grade of influence or interest."""
    return str(Stakeholder.Grade(value).label) if value else pgettext("grade", "unknown")


def audiences(keys: list[str]) -> str:
    """Name whom a project addresses in a stakeholder."""
    names = dict(Stakeholder.Audience.choices)
    return ", ".join(str(names[key]) for key in keys if key in names)


def place_of(body: Organisation) -> str:
    """Name the region of an organisation, or its country."""
    return body.region.name if body.region else body.country


# --- The list of stakeholders: what one filters by, its rows, and the figures above it ------------


UNKNOWN: Final = "unknown"
# Involvement from most to least.
STEPS: Final = ("attended", "registered", "invited", "none")


@dataclass(frozen=True)
class Row:
    """A stakeholder with everything its row shows."""

    stakeholder: Stakeholder
    region: str
    helix: str
    influence: str
    interest: str
    audience: str
    step: str
    parts: Sequence[Part]

    @property
    def place(self) -> str:
        """Name where the organisation sits."""
        return place_of(self.stakeholder.organisation)

    @property
    def involvement(self) -> str:
        """Say the furthest it came, in a word."""
        return step_names()[self.step]


@dataclass(frozen=True)
class Filter:
    """One question of the form: its name in the address, its values, the one chosen."""

    name: str
    label: str
    options: Sequence[tuple[str, str]]
    value: str


@dataclass(frozen=True)
class StakeholderList:
    """All rows of a project, those the filters leave, and the counts."""

    rows: Sequence[Row]
    shown: Sequence[Row]
    filters: Sequence[Filter]
    chips: Sequence[Chip]
    text: str

    @property
    def n_mapped(self) -> int:
        """Organisations on the map, each once."""
        return len({row.stakeholder.organisation_id for row in self.rows})

    @property
    def n_judged(self) -> int:
        """Organisations with influence and interest."""
        judged = (row.stakeholder for row in self.rows if row.stakeholder.influence)
        return len({one.organisation_id for one in judged if one.interest})

    @property
    def n_invited(self) -> int:
        """Organisations of which somebody was asked."""
        return self._count("attended", "registered", "invited")

    @property
    def n_involved(self) -> int:
        """Organisations of which somebody registered or came."""
        return self._count("attended", "registered")

    def _count(self, *steps: str) -> int:
        return len({row.stakeholder.organisation_id for row in self.rows if row.step in steps})


def step_names() -> dict[str, str]:
    """Return the words for how far an organisation came."""
    return {
        "attended": pgettext("organisation", "came"),
        "registered": pgettext("organisation", "registered"),
        "invited": pgettext("organisation", "invited"),
        "none": pgettext("organisation", "not invited yet"),
    }


def read_list(project: Project, asked: QueryDict) -> StakeholderList:
    """Read the map of a project and narrow it as the address says."""
    regions = project_regions(project)
    rows = read_rows(project, regions)
    filters = _filters(regions, asked)
    text = asked.get("q", "").strip()[:100]
    tests = _tests()
    shown = [
        row
        for row in rows
        if _has_text(row, text) and all(tests[f.name](row, f.value) for f in filters if f.value)
    ]
    return StakeholderList(rows, shown, filters, _chips(filters, asked), text)


def read_rows(project: Project, regions: Sequence[Region]) -> list[Row]:
    """Read all stakeholders of a project with their involvement."""
    found = list(
        project.stakeholders.select_related("organisation__region", "person").order_by(
            "organisation__name", "pk"
        )
    )
    parts, language = involvement_of(project, found), own_language()
    return [_row(one, parts.get(one.organisation_id, ()), regions, language) for one in found]


def _row(one: Stakeholder, parts: Sequence[Part], regions: Sequence[Region], language: str) -> Row:
    body = one.organisation
    return Row(
        stakeholder=one,
        region=region_of(body.region.code, regions) if body.region else "",
        helix=helix_name(body.helix, language),
        influence=grade(one.influence),
        interest=grade(one.interest),
        audience=audiences(one.audience),
        step=step_of(parts),
        parts=parts,
    )


def step_of(parts: Sequence[Part]) -> str:
    """Return the furthest an organisation came in any AlpCafé."""
    return next((step for step in STEPS if any(getattr(p, step, False) for p in parts)), "none")


def _has_text(row: Row, text: str) -> bool:
    body = row.stakeholder.organisation
    names = f"{body.name} {body.short_name} {body.town}"
    return fold(text) in fold(names) or fold_umlauts(text) in fold_umlauts(names)


def _tests() -> Mapping[str, Callable[[Row, str], bool]]:
    return {
        "region": lambda row, value: (row.region or UNKNOWN) == value,
        "helix": lambda row, value: row.stakeholder.organisation.helix == value,
        "level": lambda row, value: (row.stakeholder.organisation.level or UNKNOWN) == value,
        "audience": lambda row, value: value in row.stakeholder.audience,
        "gains": lambda row, value: _gains(row) == value,
        "influence": lambda row, value: str(row.stakeholder.influence or UNKNOWN) == value,
        "interest": lambda row, value: str(row.stakeholder.interest or UNKNOWN) == value,
        "step": lambda row, value: row.step == value,
    }


def _gains(row: Row) -> str:
    return {True: "yes", False: "no", None: UNKNOWN}[row.stakeholder.benefits_from_results]


def _filters(regions: Sequence[Region], asked: QueryDict) -> list[Filter]:
    language, unknown = own_language(), (UNKNOWN, _("unknown"))
    grades = [*((str(key), str(word)) for key, word in Stakeholder.Grade.choices), unknown]
    said = partial(label_of, Stakeholder)
    places = [(one.code, one.name) for one in regions]
    gains = [("yes", _("yes")), ("no", _("no")), unknown]
    offered: list[tuple[str, str, Sequence[tuple[str, str]]]] = [
        ("region", label_of(Organisation, "region"), [*places, unknown]),
        ("helix", label_of(Organisation, "helix"), helix_choices(language)),
        ("level", label_of(Organisation, "level"), [*level_choices(language), unknown]),
        ("audience", said("audience"), [(k, str(w)) for k, w in Stakeholder.Audience.choices]),
        ("gains", said("benefits_from_results"), gains),
        ("influence", said("influence"), grades),
        ("interest", said("interest"), grades),
        ("step", _("Involvement"), list(step_names().items())),
    ]
    return [
        Filter(name, label, options, _chosen(asked.get(name, ""), options))
        for name, label, options in offered
    ]


def _chosen(value: str, options: Sequence[tuple[str, str]]) -> str:
    return value if value in dict(options) else ""


def _chips(filters: Sequence[Filter], asked: QueryDict) -> list[Chip]:
    found = []
    for one in filters:
        if one.value:
            rest = asked.copy()
            rest.pop(one.name, None)
            rest.pop("page", None)
            label = f"{one.label}: {dict(one.options)[one.value]}"
            found.append(Chip(label, f"?{rest.urlencode()}"))
    return found


def as_context(found: StakeholderList) -> dict[str, Any]:
    """Return what the template needs."""
    names = ("organisation", "influence", "interest", "audience")
    heads = {name: label_of(Stakeholder, name) for name in names}
    return {"list": found, "n_chosen": len(found.chips), "heads": heads}


# --- The stakeholder list as a file: for the team alone, and it says so ---------------------------


TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


@login_required
@require_safe
def stakeholder_export(request: HttpRequest, slug: str, format: str) -> HttpResponse:  # noqa: A002
    """Return the list as the filters of the address leave it."""
    project = own_project(request, slug)
    if format not in TYPES:
        raise Http404
    found = read_list(project, request.GET)
    content = _csv(found) if format == "csv" else write_xlsx(_document(project, found))
    response = HttpResponse(content, content_type=TYPES[format])
    name = f"stakeholders-confidential_{slug}_{timezone.localdate():%Y-%m-%d}.{format}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def confidential() -> str:
    """Return the words that stand on every copy."""
    return _("Confidential: judgements about people. For the team of the project only.")


def _table(found: StakeholderList) -> Table:
    said = partial(label_of, Stakeholder)
    heads = [said("organisation"), label_of(Organisation, "region")]
    heads += [
        label_of(Organisation, "helix"),
        label_of(Organisation, "level"),
        said("person"),
        *map(said, JUDGEMENT),
    ]
    columns = [*map(Column, heads), Column(said("mapped_on"), "date"), Column(_("Involvement"))]
    columns += [Column(_("AlpCafés")), Column(_("Note"))]
    return Table(
        columns=tuple(columns),
        rows=tuple(_cells(row) for row in found.shown),
        caption=confidential(),
        name=_("Stakeholders"),
    )


def _cells(row: Row) -> tuple[Any, ...]:
    one, language = row.stakeholder, own_language()
    gains = {True: _("yes"), False: _("no"), None: _("unknown")}[one.benefits_from_results]
    level = one.organisation.level
    return (
        one.organisation.name,
        row.place,
        row.helix,
        level_name(level, language) if level else _("unknown"),
        one.person.name if one.person else "",
        row.audience,
        gains,
        row.influence,
        row.interest,
        one.reason,
        one.mapped_on,
        row.involvement,
        "; ".join(f"{part.held_on.isoformat()} {part.title}" for part in row.parts),
        _("simulated") if one.is_simulated else "",
    )


def _csv(found: StakeholderList) -> bytes:
    """Write the table with a first line that says for whom it is."""
    body = write_csv(_table(found), own_language(), "spreadsheet").decode("utf-8-sig")
    return f"{confidential()}\r\n{body}".encode("utf-8-sig")


def _document(project: Project, found: StakeholderList) -> Document:
    return Document(
        title=f"{_('Stakeholders')}: {project.acronym}",
        language=own_language(),
        kind="summary",
        date=timezone.localdate(),
        blocks=(Paragraph(confidential(), "lead"), _table(found)),
        description=confidential(),
        keywords=(confidential(),),
        simulated=project.is_simulated,
        project=project.slug,
        made_at=datetime.now(UTC),
    )

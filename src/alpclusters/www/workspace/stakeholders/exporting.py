"""The stakeholder list as a file: for the team alone, and it says so."""

from datetime import UTC, datetime
from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alpclusters.platform.actors.domain.groups import level_name
from alpclusters.platform.actors.domain.stakeholders.mapping import JUDGEMENT
from alpclusters.platform.actors.models import Organisation, Stakeholder
from alpclusters.platform.fields import label_of
from alpclusters.platform.partnership.models import Project
from alpclusters.reports.blocks import Column, Document, Paragraph, Table
from alpclusters.reports.writers.csv import write_csv
from alpclusters.reports.writers.xlsx import write_xlsx
from alpclusters.www.workspace.stakeholders.common import own_language, own_project
from alpclusters.www.workspace.stakeholders.lists import Row, StakeholderList, read_list

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
    heads = [said("organisation"), label_of(Organisation, "region"), _("Sector")]
    heads += [label_of(Organisation, "level"), said("person"), *map(said, JUDGEMENT)]
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

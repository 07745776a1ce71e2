"""The answer as documents and tables."""

from typing import Final

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from alpclusters.platform.funding.models import JointRun
from alpclusters.reports.blocks import Document
from alpclusters.reports.blocks import Table as WrittenTable
from alpclusters.reports.funding.joint import joint_document, joint_tables, scenario_marked
from alpclusters.reports.writers.csv import write_csv
from alpclusters.www.public.documents import CONTENT_TYPES, TakenAway, sent, written
from alpclusters.www.workspace.joint.access import own_run, subject_of
from alpclusters.www.workspace.mixes.downloads import FileRow
from alpclusters.www.workspace.mixes.words import language

DOCUMENTS: Final = ("pdf", "docx", "xlsx")
# The tables that have a file of their own.
TABLES: Final = {
    "cases": gettext_lazy("Cases"),
    "draws": gettext_lazy("Draws from accounts"),
    "accounts": gettext_lazy("Accounts by day"),
}


def files_of(run: JointRun) -> list[FileRow]:
    """List what can be taken away."""

    def address(name: str) -> str:
        return reverse("workspace:joint_file", args=[run.pk, name])

    whole = tuple((ending.upper(), address(f"answer.{ending}")) for ending in DOCUMENTS)
    rows = [FileRow(gettext_lazy("The whole answer"), whole)]
    names = _tables(run)
    rows += [
        FileRow(title, (("CSV", address(f"{name}.csv")),))
        for name, title in TABLES.items()
        if name in names
    ]
    return rows


@login_required
@require_safe
def joint_file(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Send one of the files in the reader's language."""
    run = own_run(request, pk)
    stem, _dot, ending = name.partition(".")
    if run.result is None:
        raise Http404
    if stem == "answer" and ending in DOCUMENTS:
        return sent(written(_document(run), ending))
    table = _tables(run).get(stem) if ending == "csv" else None
    if table is None:
        raise Http404
    name = f"{slugify(str(run))[:60] or 'cases'}-{stem}-{pk}.csv"
    content = write_csv(scenario_marked(table, subject_of(run)), language(), "spreadsheet")
    return sent(TakenAway(name, CONTENT_TYPES["csv"], content))


def _document(run: JointRun) -> Document:
    return joint_document(subject_of(run), day=timezone.localdate(run.ended_at or run.asked_at))


def _tables(run: JointRun) -> dict[str, WrittenTable]:
    """Return the tables that have files, by the names of these."""
    found = joint_tables(subject_of(run))
    return {name: found[name] for name in TABLES if name in found}

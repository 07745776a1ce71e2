"""The findings of a project, from ratings or stated by people, and common denominators."""

from collections.abc import Sequence
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alpclusters.analysis.errors import AlpClustersError
from alpclusters.platform.evaluation.domain.records import word
from alpclusters.platform.funding.models import MixRun
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.languages.inputs import input_names
from alpclusters.platform.languages.text import read_input
from alpclusters.platform.network.models import NetworkSnapshot
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.policy.domain.denominators import ProposalLine, Proposals, proposals_of
from alpclusters.platform.policy.domain.records import evidence_of
from alpclusters.platform.policy.domain.statements import (
    SOURCES,
    edit_finding,
    state_finding,
    supersede_finding,
)
from alpclusters.platform.policy.models import Finding
from alpclusters.platform.worlds import of_world
from alpclusters.reports.dates import format_date
from alpclusters.reports.numbers import format_integer, format_number
from alpclusters.reports.plan_words.strength import bar_text
from alpclusters.www.components.parts import Cell, Column, Crumb, Table
from alpclusters.www.public.initiatives.said import said
from alpclusters.www.public.recommendations.evidence import (
    evidence_table,
    noted,
    reason_of,
    stated_view,
)
from alpclusters.www.public.recommendations.strength import PROPOSALS, probability_text
from alpclusters.www.workspace.recommendations.access import (
    VIEW,
    WRITE,
    own_finding,
    own_project,
    recommendation_crumbs,
    sentence,
)
from alpclusters.www.workspace.recommendations.recommendation_forms import (
    FindingForm,
    SourceForm,
    SupersedeForm,
    lesson_rows,
)

# --- The findings of a project: from ratings by themselves, from other sources stated by people


PAGE_SIZE: Final = 50
_KINDS: Final = dict(Finding.Kind.choices)


@login_required
@require_safe
def findings(request: HttpRequest, slug: str) -> HttpResponse:
    """List the findings of a project."""
    project = own_project(request, slug)
    rows = Finding.objects.filter(project=project).annotate(n_used=Count("recommendations"))
    related = ("measure", "criterion", "snapshot__cafe", "lesson", "consultation", "superseded_by")
    found = rows.select_related(*related).defer("snapshot__data", "consultation__texts")
    page = Paginator(found.order_by("pk"), PAGE_SIZE).get_page(request.GET.get("page"))
    language = nearest_language(get_language())
    shown = list(page)
    ratings = [evidence_of(one) for one in shown if one.kind == Finding.Kind.RATING]
    context = {
        "project": project,
        "page": page,
        "stated": [
            (one, stated_view(evidence_of(one), language))
            for one in shown
            if one.kind != Finding.Kind.RATING
        ],
        "ratings": evidence_table(
            ratings,
            pages={one.code: reverse("workspace:finding_edit", args=[one.pk]) for one in shown},
        ),
        "kinds": [(kind, _KINDS[kind]) for kind in SOURCES],
        "crumbs": recommendation_crumbs(project, Crumb(_("Findings"))),
        "may_write": request.user.has_perm(WRITE, project),
        "simulated": project.is_simulated,
        "section": "plans",
    }
    return render(request, "workspace/recommendations/findings.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def finding_create(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """State what a lesson, the network, a funding mix or a consultation says."""
    if kind not in SOURCES:
        raise Http404
    project = own_project(request, slug, WRITE)
    own = nearest_language(get_language())
    data = request.POST or None
    source = _source_form(request, project, kind)
    form = FindingForm(
        data, project=project, original=own, initial={"direction": Finding.Direction.SUPPORTS}
    )
    problem = ""
    if request.method == "POST" and source.is_valid() and form.is_valid():
        try:
            stated = state_finding(
                project,
                kind,
                source.cleaned_data["source"],
                statement=form.statement(),
                direction=form.cleaned_data["direction"],
                regions=list(form.cleaned_data["regions"]),
                by=_user(request),
                now=timezone.now(),
            )
        except AlpClustersError as error:
            problem = sentence(error)
        else:
            messages.success(request, _("Finding %(code)s is kept.") % {"code": stated.code})
            return redirect("workspace:findings", slug=slug)
    context = {
        "project": project,
        "kind": _KINDS[kind],
        "is_lesson": kind == Finding.Kind.LESSON,
        "source": source,
        "form": form,
        "group": form.group(),
        "problem": problem,
        "crumbs": _crumbs(project, Crumb(_("New finding"))),
        "simulated": project.is_simulated,
        "section": "plans",
    }
    status = 422 if problem or form.errors or source.errors else 200
    return render(request, "workspace/recommendations/finding_new.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def finding_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the words, the direction and the regions of a finding."""
    is_post = request.method == "POST"
    found = own_finding(request, pk, WRITE if is_post else VIEW)
    form = _form(request, found)
    if not is_post:
        return _page(request, found, form)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    try:
        edit_finding(
            found,
            statement=form.statement(),
            direction=form.cleaned_data["direction"],
            regions=list(form.cleaned_data["regions"]),
            by=_user(request),
        )
    except AlpClustersError as error:
        return _page(request, found, form, problem=sentence(error), status=422)
    messages.success(request, _("Saved"))
    return redirect("workspace:finding_edit", pk=pk)


@login_required
@require_POST
def finding_supersede(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a newer finding in the place of one."""
    found = own_finding(request, pk, WRITE)
    chosen = SupersedeForm(request.POST, finding=found)
    problem = _("Choose another finding that still stands.")
    if chosen.is_valid():
        try:
            newer = chosen.cleaned_data["successor"]
            supersede_finding(found, newer, by=_user(request), now=timezone.now())
        except AlpClustersError as error:
            problem = sentence(error)
        else:
            text = _("%(new)s stands in the place of %(old)s.")
            messages.success(request, text % {"new": newer.code, "old": found.code})
            return redirect("workspace:finding_edit", pk=pk)
    return _page(request, found, _form_of(found), problem=problem, status=422)


def _form(request: HttpRequest, found: Finding) -> FindingForm:
    if request.method == "POST":
        return FindingForm(
            request.POST, project=found.project, original=nearest_language(get_language())
        )
    return _form_of(found)


def _form_of(found: Finding) -> FindingForm:
    texts = {n: read_input(found, n) for n in input_names(["statement"])}
    return FindingForm(
        project=found.project,
        original=nearest_language(get_language()),
        initial={**texts, "direction": found.direction, "regions": list(found.regions.all())},
    )


def _page(
    request: HttpRequest,
    found: Finding,
    form: FindingForm,
    *,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    line = evidence_of(found)
    is_rating = found.kind == Finding.Kind.RATING
    may_write = request.user.has_perm(WRITE, found.project)
    context = {
        "finding": found,
        "view": None if is_rating else stated_view(line, nearest_language(get_language())),
        "table": evidence_table([line]) if is_rating else None,
        "form": form,
        "group": form.group(),
        "supersede": SupersedeForm(finding=found),
        "used": list(found.recommendations.order_by("pk")),
        "older": list(found.supersedes.order_by("pk")),
        "problem": problem,
        "may_write": may_write,
        "may_edit": may_write and found.superseded_by_id is None,
        "crumbs": _crumbs(found.project, Crumb(found.code)),
        "simulated": found.project.is_simulated,
        "section": "plans",
    }
    return render(request, "workspace/recommendations/finding.html", context, status=status)


def _crumbs(project: Project, *last: Crumb) -> list[Crumb]:
    address = reverse("workspace:findings", args=[project.slug])
    return recommendation_crumbs(project, Crumb(_("Findings"), address), *last)


def _source_form(request: HttpRequest, project: Project, kind: str) -> SourceForm:
    rows, choices = _sources(request, project, kind)
    initial = {"source": request.GET.get("source", "")}
    return SourceForm(request.POST or None, choices=choices, rows=rows, initial=initial)


def _sources(
    request: HttpRequest, project: Project, kind: str
) -> tuple[Any, Sequence[tuple[Any, Any]]]:
    match kind:
        case Finding.Kind.LESSON:
            near, far = lesson_rows(project, request.user)
            groups = [
                (_("Suggest a measure that was rated"), [(one.pk, str(one)) for one in near]),
                (_("All lessons"), [(one.pk, str(one)) for one in far]),
            ]
            return near.model.objects.filter(pk__in=[*_pks(near), *_pks(far)]), groups
        case Finding.Kind.NETWORK:
            nets = of_world(
                NetworkSnapshot.objects.current().defer("data").order_by("pk"),
                is_simulated=project.is_simulated,
            )
            return nets, [(one.pk, _network_label(one)) for one in nets]
        case Finding.Kind.FUNDING:
            runs = MixRun.objects.filter(case__project=project, state=MixRun.State.DONE)
            found = runs.defer("result", "case_data").select_related("case").order_by("-pk")
            return found, [(one.pk, _run_label(one)) for one in found]
        case _:
            asked = project.consultations.defer("texts").order_by("-pk")
            return asked, [(one.pk, str(one)) for one in asked]


def _pks(rows: Any) -> list[int]:
    return [one.pk for one in rows]


def _network_label(one: NetworkSnapshot) -> str:
    simulated = f", {_('simulated')}" if one.is_simulated else ""
    return f"{one.get_basis_display()}, {_day(one.made_at)}, {one.grouping}{simulated}"


def _run_label(one: MixRun) -> str:
    return f"{one.case.title}, {_day(one.asked_at)}"


def _day(moment: Any) -> str:
    return format_date(moment.date(), nearest_language(get_language()))


def _user(request: HttpRequest) -> Any:
    return request.user


# --- Common denominators of a project: what the numbers propose, what people decided --------------


@login_required
@require_safe
def denominators(request: HttpRequest, slug: str) -> HttpResponse:
    """Show which recommendations hold across borders, and what people decided about each."""
    project = own_project(request, slug)
    found = proposals_of(project)
    language = nearest_language(get_language())
    context = {
        "project": project,
        "found": found,
        "expected_false": format_number(found.expected_false, language, 2),
        "bars": " / ".join(bar_text(one, language) for one in found.scales),
        "table": _table(found, language),
        "crumbs": recommendation_crumbs(project, Crumb(_("Common denominators"))),
        "simulated": project.is_simulated,
        "section": "plans",
    }
    return render(request, "workspace/recommendations/denominators.html", context)


def _table(found: Proposals, language: str) -> Table | None:
    if not found.lines:
        return None
    columns = [
        Column(_("Recommendation")),
        Column(_("The numbers say")),
        Column(_("Probability"), is_number=True),
        Column(_("Criterion")),
        Column("n", is_number=True),
        Column(_("Decided by people")),
    ]
    rows = [_row(line, language) for line in found.lines]
    return Table(_("Recommendations as common denominators"), columns, rows)


def _row(line: ProposalLine, language: str) -> list[Any]:
    one, rated = line.recommendation, line.rated
    page = reverse("workspace:recommendation", args=[one.pk])
    decided = str(one.get_denominator_display())
    return [
        Cell(f"{one.code} {said(one, 'title')}", url=f"{page}#denominator"),
        str(PROPOSALS[line.proposal]),
        (probability_text(rated, language) if rated else "") or "–",
        word(rated.names, language) if rated else "–",
        format_integer(rated.n, language) if rated and rated.n else "–",
        Cell(decided, note=noted(reason_of(one, "denominator_reason"))),
    ]

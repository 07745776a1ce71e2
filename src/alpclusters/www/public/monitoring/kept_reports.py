"""The reports of a plan that nobody can change: the list, one of them, whose a hash is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from alpclusters.analysis.errors import InputError
from alpclusters.analysis.plans import Colour
from alpclusters.platform.policy.domain.monitoring.snapshots import digits_of, read_content
from alpclusters.platform.policy.domain.monitoring.verifying import Expected, expect
from alpclusters.platform.policy.models import ActionPlan, PlanSnapshot
from alpclusters.platform.policy.rules import visible_plans
from alpclusters.reports.dates import format_date_short
from alpclusters.reports.errors import phrase
from alpclusters.reports.numbers import format_number, format_percent
from alpclusters.reports.plan_monitoring.document import expected_sentence, unknown_sentence
from alpclusters.reports.plan_words.status import colour_word
from alpclusters.www.components.parts import Cell, Column, Crumb, Table
from alpclusters.www.public.initiatives.said import Said
from alpclusters.www.public.monitoring.changes import (
    ChangeGroup,
    StatusBadge,
    change_groups,
    here,
    language,
    state_word,
    stored_badge,
    stored_reasons,
)
from alpclusters.www.public.recommendations.evidence import stored_reason

# --- What the pages of kept reports show ----------------------------------------------------------


# On the page of one report; the page of all changes shows more.
MOST_CHANGES: Final = 12


@dataclass(frozen=True)
class ReportsPage:
    """All reports of a plan, and of its earlier versions."""

    snapshots: Sequence[PlanSnapshot]
    earlier: Sequence[PlanSnapshot]

    @property
    def last(self) -> PlanSnapshot | None:
        """The newest one, whose hash others can keep."""
        return self.snapshots[0] if self.snapshots else None


@dataclass(frozen=True)
class ActionView:
    """An action as the report kept it."""

    code: str
    title: str
    responsible: str
    badge: StatusBadge
    progress: str
    reasons: Sequence[str]
    override: Said
    is_missing: bool


@dataclass(frozen=True)
class ReportPage:
    """One report that was kept."""

    snapshot: PlanSnapshot
    before: PlanSnapshot | None
    corrected_by: PlanSnapshot | None
    made_for: date
    is_of_round: bool
    reason: str
    changes: Sequence[ChangeGroup]
    actions: Sequence[ActionView]
    missing: Sequence[str]
    indicators: Table | None
    software: str
    convention: str


def read_reports(plan: ActionPlan) -> ReportsPage:
    """Read the list of reports, the newest first."""
    rows = _light(PlanSnapshot.objects.filter(plan=plan))
    versions = ActionPlan.objects.filter(uuid=plan.uuid, version__lt=plan.version)
    earlier = _light(PlanSnapshot.objects.filter(plan__in=versions))
    return ReportsPage(list(rows), list(earlier))


def _light(rows: "QuerySet[PlanSnapshot]") -> "QuerySet[PlanSnapshot]":
    wanted = rows.defer("content").select_related("round", "corrects", "plan")
    return wanted.order_by("-plan__version", "-number")


def read_report(snapshot: PlanSnapshot) -> ReportPage:
    """Read one report, with what changed since the one before."""
    content = read_content(snapshot)
    before = PlanSnapshot.objects.filter(plan=snapshot.plan_id, number=snapshot.number - 1).first()
    missing = set((content["round"] or {}).get("missing", ()))
    return ReportPage(
        snapshot=snapshot,
        before=before,
        corrected_by=snapshot.corrections.defer("content").order_by("number").first(),
        made_for=date.fromisoformat(content["at"]),
        is_of_round=content["round"] is not None,
        reason=(content["corrects"] or {}).get("reason", ""),
        changes=_changes(before, content),
        actions=[_action(line, missing) for line in _urgent_first(content["actions"])],
        missing=[line["code"] for line in content["actions"] if line["code"] in missing],
        indicators=_indicators(content["indicators"]),
        software=content["software"],
        convention=content["rules"]["convention"],
    )


def _changes(before: PlanSnapshot | None, content: Mapping[str, Any]) -> Sequence[ChangeGroup]:
    if before is None:
        return ()
    return change_groups(read_content(before), content, most=MOST_CHANGES)


_URGENCY: Final = ("red", "grey", "yellow", "green", "blue", "none")


def _urgent_first(actions: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return sorted(actions, key=lambda line: _URGENCY.index(line["status"]["shown"]))


def _action(line: Mapping[str, Any], missing: set[str]) -> ActionView:
    status, override = line["status"], line["override"]
    is_set = bool(override) and status["shown"] == override["shown"]
    return ActionView(
        code=line["code"],
        title=here(line["title"]),
        responsible=line["responsible"],
        badge=stored_badge(status),
        progress=_share(status["progress"]),
        reasons=stored_reasons(status),
        override=stored_reason(override["reason"]) if is_set else Said(),
        is_missing=line["code"] in missing,
    )


def _share(value: str | None) -> str:
    return "–" if value is None else format_percent(float(value), language())


def _indicators(lines: Sequence[Mapping[str, Any]]) -> Table | None:
    if not lines:
        return None
    columns = [
        Column(gettext("Indicator")),
        Column(gettext("Action")),
        Column(gettext("Last value"), is_number=True),
        Column(gettext("As of")),
        Column(gettext("Status")),
    ]
    return Table(gettext("Indicators"), columns, [_indicator(line) for line in lines])


def _indicator(line: Mapping[str, Any]) -> Sequence[Any]:
    last = line["values"][-1] if line["values"] else None
    status = line["status"]
    unit = here(line["unit"])
    on = format_date_short(date.fromisoformat(last["refers_to"]), language()) if last else "–"
    value = f"{_plain_number(last['value'])} {unit}".strip() if last else "–"
    return [
        Cell(here(line["name"])),
        line["action"] or gettext("whole plan"),
        value,
        on,
        Cell(_colour(status["colour"]), note=str(state_word(status["state"]))),
    ]


def _colour(colour: str) -> str:
    return "–" if colour == Colour.NONE else colour_word(colour, language())


def _plain_number(text: str) -> str:
    return format_number(float(text), language())


# --- Whoever holds a hash, on paper for instance, asks here what bears it -------------------------


class HashForm(forms.Form):
    """A hash as it was copied, with blanks or without."""

    use_required_attribute = False
    hash = forms.CharField(
        label=_("Hash"),
        help_text=_("From a document, a mail or the feed: at least its first 12 digits."),
        max_length=200,
    )

    def clean_hash(self) -> str:
        """Refuse what is no hash."""
        try:
            return digits_of(self.cleaned_data["hash"])
        except InputError as error:
            raise forms.ValidationError(phrase(error, language())) from error


@dataclass(frozen=True)
class Checked:
    """The answer: sentences, and whether something bears the hash and all is whole."""

    sentences: Sequence[str]
    is_good: bool


def check_hash(form: HashForm, plans: "QuerySet[ActionPlan]") -> Checked | None:
    """Look a hash up among some plans; None while nothing was asked."""
    if not form.is_bound or not form.is_valid():
        return None
    found = expect(form.cleaned_data["hash"], plans=plans)
    if not found:
        return Checked([unknown_sentence(language())], is_good=False)
    whole = all(one.verdict.is_whole for one in found)
    return Checked([_sentence(one) for one in found], is_good=whole)


def _sentence(one: Expected) -> str:
    return f"{one.given.plan.title}: {expected_sentence(one, language())}"


def hash_form(data: Any) -> HashForm:
    """Return the form, filled where a hash was sent with the address."""
    return HashForm(data if "hash" in data else None)


# --- The reports of a plan that nobody can change: list, one report, what changed, its exact text


MOST_SHOWN = 300


def _plan(request: HttpRequest, slug: str) -> ActionPlan:
    return get_object_or_404(visible_plans(request.user).select_related("project"), slug=slug)


def _crumbs(plan: ActionPlan, *last: Crumb) -> list[Crumb]:
    address = reverse("public:plan-reports", args=[plan.slug]) if last else ""
    return [
        Crumb(gettext("Action plans"), reverse("public:plans")),
        Crumb(plan.title, reverse("public:plan", args=[plan.slug])),
        Crumb(gettext("Monitoring"), address),
        *last,
    ]


@require_safe
def reports(request: HttpRequest, slug: str) -> HttpResponse:
    """List the reports that were kept of a plan, with their hashes."""
    plan = _plan(request, slug)
    form = hash_form(request.GET)
    context = {
        "plan": plan,
        "page": read_reports(plan),
        "form": form,
        "checked": check_hash(form, visible_plans(request.user)),
        "crumbs": _crumbs(plan),
        "simulated": plan.is_simulated,
        "section": "plans",
    }
    return render(request, "public/monitoring/reports.html", context)


@require_safe
def report(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show one report: what changed, how the actions stand and why, values, who did not answer."""
    plan = _plan(request, slug)
    snapshot = get_object_or_404(plan.snapshots.select_related("round", "corrects"), number=number)
    label = gettext("Report %(number)s") % {"number": number}
    context = {
        "plan": plan,
        "page": read_report(snapshot),
        "crumbs": _crumbs(plan, Crumb(label)),
        "may_monitor": request.user.has_perm("policy.monitor", plan),
        "simulated": plan.is_simulated,
        "section": "plans",
    }
    return render(request, "public/monitoring/report.html", context)


@require_safe
def changes(request: HttpRequest, slug: str, number: int, before: int) -> HttpResponse:
    """Show what changed between two reports: status first, then dates, money, texts."""
    plan = _plan(request, slug)
    new = get_object_or_404(plan.snapshots, number=number)
    old = get_object_or_404(plan.snapshots, number=before)
    groups = change_groups(read_content(old), read_content(new), most=MOST_SHOWN)
    label = gettext("What changed from report %(before)s to report %(number)s") % {
        "before": before,
        "number": number,
    }
    context = {
        "plan": plan,
        "old": old,
        "new": new,
        "title": label,
        "groups": groups,
        "crumbs": _crumbs(plan, Crumb(label)),
        "simulated": plan.is_simulated,
        "section": "plans",
    }
    return render(request, "public/monitoring/changes.html", context)


@require_safe
def content(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Send the exact text that was hashed, so that others can compute the hash themselves."""
    plan = _plan(request, slug)
    snapshot: PlanSnapshot = get_object_or_404(plan.snapshots, number=number)
    answer = HttpResponse(snapshot.content, content_type="application/json; charset=utf-8")
    name = f"{plan.slug}-{number}.json"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


urlpatterns: list[URLPattern] = [
    path("plans/<slug:slug>/monitoring/", reports, name="plan-reports"),
    path("plans/<slug:slug>/monitoring/<int:number>/", report, name="plan-report"),
    path(
        "plans/<slug:slug>/monitoring/<int:number>/since/<int:before>/",
        changes,
        name="plan-report-changes",
    ),
    path(
        "plans/<slug:slug>/monitoring/<int:number>/content.json",
        content,
        name="plan-report-content",
    ),
]

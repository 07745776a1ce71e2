"""Joint approaches of a project: begin, change, record how far each region is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from alpclusters.analysis.errors import AlpClustersError
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.policy.domain.approaches import (
    TABLE,
    Aim,
    NextStep,
    Task,
    add_region,
    change_approach,
    change_task,
    create_approach,
    rate_of,
    read_approach,
    record_step,
    remove_region,
    take_back_step,
)
from alpclusters.platform.policy.models import Adoption, AdoptionStep, JointApproach, Recommendation
from alpclusters.platform.policy.rules import visible_approaches
from alpclusters.platform.territory.models import Region
from alpclusters.reports.errors import phrase
from alpclusters.www.components.parts import Crumb
from alpclusters.www.public.approaches import badge_of, rate_figures, region_rows
from alpclusters.www.public.initiatives.said import said
from alpclusters.www.site.inputs import Day, input_of
from alpclusters.www.workspace.consultations.consultation_forms import RecommendationsField
from alpclusters.www.workspace.endorsements import region_field
from alpclusters.www.workspace.recommendations.access import (
    VIEW,
    WRITE,
    own_project,
    recommendation_crumbs,
    require,
)
from alpclusters.www.workspace.translated import LanguagePart, language_parts

# --- Fetch what a person may see, then ask one right by name --------------------------------------


def own_approach(request: HttpRequest, pk: int, right: str = VIEW) -> JointApproach:
    """Return an approach of a project in which one has a right."""
    rows = visible_approaches(request.user).select_related("project")
    found = get_object_or_404(rows, pk=pk)
    require(request, right, found.project)
    return found


def approach_crumbs(project: Project, *last: Crumb) -> list[Crumb]:
    """Return the way to the joint approaches of a project."""
    address = reverse("workspace:approaches", args=[project.slug]) if last else ""
    return recommendation_crumbs(project, Crumb(gettext("Joint approaches"), address), *last)


# --- A joint approach, a region of it, and its next step ------------------------------------------


TEXTS: Final = ("title", "objective")


class ApproachForm(forms.Form):
    """Texts in five languages, the coordinating body, recommendations behind it."""

    use_required_attribute = False
    coordinator = input_of(JointApproach, "coordinator")
    is_public = forms.BooleanField(label=_("Everybody sees it"), required=False)
    title = input_of(JointApproach, "title")
    objective = input_of(JointApproach, "objective", rows=3)

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = Recommendation.objects.filter(project=project).order_by("pk")
        self.fields["recommendations"] = RecommendationsField(
            own, label=_("Recommendations behind it"), required=False
        )

    def languages(self) -> list[LanguagePart]:
        """Sort the texts into languages."""
        return language_parts(self, TEXTS)

    def clean(self) -> dict[str, Any] | None:
        """A title in one language at least."""
        data = self.cleaned_data
        if not any(data.get("title", {}).values()):
            self.add_error(None, _("Give a title in at least one language."))
        return data

    def aim(self) -> Aim:
        """Return what the approach is to be."""
        data = self.cleaned_data
        return Aim(
            {name: data[name] for name in TEXTS},
            data["coordinator"],
            data["is_public"],
            list(data["recommendations"]),
        )


class TaskForm(forms.Form):
    """What a region adopts until when."""

    use_required_attribute = False
    body = input_of(Adoption, "body")
    task = input_of(Adoption, "task")
    due = input_of(Adoption, "due", form_class=Day)

    def task_of(self, region: Region) -> Task:
        """Return what was filled in."""
        data = self.cleaned_data
        return Task(region, data["body"], data["task"], data["due"])


class RegionForm(TaskForm):
    """A region that takes part."""

    field_order = ("region", "body", "task", "due")

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"] = region_field(project)
        self.order_fields(self.field_order)


class StepForm(forms.Form):
    """The next step of a region: only those that can follow are offered."""

    use_required_attribute = False
    happened_on = input_of(AdoptionStep, "happened_on", form_class=Day)
    document = input_of(
        AdoptionStep,
        "document",
        help_text=_("Needed for an adoption."),
        assume_scheme="https",
    )
    reason = input_of(
        AdoptionStep,
        "reason",
        help_text=_("Needed where it does not apply, is declined or discontinued."),
    )
    field_order = ("state", "happened_on", "document", "reason")

    def __init__(self, *args: Any, adoption: Adoption, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = dict(Adoption.State.choices)
        self.fields["state"] = forms.ChoiceField(
            label=_("Next step"), choices=[(one, labels[one]) for one in TABLE[adoption.state]]
        )
        self.order_fields(self.field_order)

    def step(self) -> NextStep:
        """Return the step."""
        return NextStep(**self.cleaned_data)


# --- Joint approaches of a project: begin, change, record how far each region is ------------------


UNPROCESSABLE: Final = 422


@dataclass(frozen=True)
class RegionView:
    """A region with its forms."""

    adoption: Adoption
    icon: str
    tone: str
    has_steps: bool
    step: StepForm | None
    task: TaskForm
    is_open: bool


@login_required
@require_safe
def approaches(request: HttpRequest, slug: str) -> HttpResponse:
    """List the joint approaches of a project."""
    project = own_project(request, slug)
    rows = JointApproach.objects.filter(project=project).prefetch_related("adoptions__steps")
    context = {
        "project": project,
        "rows": [
            (one, said(one, "title"), rate_of(list(one.adoptions.all())))
            for one in rows.order_by("pk")
        ],
        "may_write": request.user.has_perm(WRITE, project),
        "crumbs": approach_crumbs(project),
        "simulated": project.is_simulated,
        "section": "plans",
    }
    return render(request, "workspace/approaches/list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def approach_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin a joint approach."""
    project = own_project(request, slug, WRITE)
    form = ApproachForm(request.POST or None, project=project)
    if request.method == "POST" and form.is_valid():
        made = create_approach(project, form.aim(), by=_user(request))
        messages.success(request, gettext("Saved"))
        return redirect("workspace:approach", pk=made.pk)
    return _form(request, project, form, None)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def approach_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change texts, coordinator, recommendations, and whether everybody sees it."""
    found = own_approach(request, pk, WRITE)
    initial = {
        **{name: getattr(found, name) for name in TEXTS},
        "coordinator": found.coordinator,
        "is_public": found.is_public,
        "recommendations": list(found.recommendations.order_by("pk")),
    }
    form = ApproachForm(request.POST or None, project=found.project, initial=initial)
    if request.method == "POST" and form.is_valid():
        change_approach(found, form.aim(), by=_user(request))
        messages.success(request, gettext("Saved"))
        return redirect("workspace:approach", pk=pk)
    return _form(request, found.project, form, found)


def _form(
    request: HttpRequest, project: Any, form: ApproachForm, found: JointApproach | None
) -> HttpResponse:
    context = {
        "form": form,
        "approach": found,
        "project": project,
        "crumbs": approach_crumbs(
            project, Crumb(gettext("Edit") if found else gettext("New joint approach"))
        ),
        "simulated": project.is_simulated,
        "section": "plans",
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "workspace/approaches/form.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def approach(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an approach; let regions take part, record their steps."""
    is_post = request.method == "POST"
    found = own_approach(request, pk, WRITE) if is_post else own_approach(request, pk)
    if not is_post:
        return _page(request, found)
    act = ACTS.get(request.POST.get("do", ""))
    form = act(request, found) if act else None
    if act is None or form is not None:
        return _page(request, found, sent=form, status=UNPROCESSABLE)
    messages.success(request, gettext("Saved"))
    return redirect("workspace:approach", pk=pk)


def _add(request: HttpRequest, found: JointApproach) -> Any:
    form = RegionForm(request.POST, project=found.project, auto_id="new-%s")
    if not form.is_valid():
        return form
    region = form.cleaned_data["region"]
    return _try(form, lambda: add_region(found, form.task_of(region)))


def _step(request: HttpRequest, found: JointApproach) -> Any:
    row = _row(request, found)
    form = StepForm(request.POST, adoption=row, prefix=f"s{row.pk}")
    if not form.is_valid():
        return form
    by, now = _user(request), timezone.now()
    return _try(form, lambda: record_step(row, form.step(), by=by, now=now))


def _task(request: HttpRequest, found: JointApproach) -> Any:
    row = _row(request, found)
    form = TaskForm(request.POST, prefix=f"t{row.pk}")
    if not form.is_valid():
        return form
    return _try(form, lambda: change_task(row, form.task_of(row.region)))


def _take_back(request: HttpRequest, found: JointApproach) -> Any:
    row = _row(request, found)
    form = TaskForm({}, prefix=f"t{row.pk}")
    form.is_valid()
    return _try(form, lambda: take_back_step(row))


def _remove(request: HttpRequest, found: JointApproach) -> Any:
    row = _row(request, found)
    form = TaskForm({}, prefix=f"t{row.pk}")
    form.is_valid()
    return _try(form, lambda: remove_region(row))


ACTS: Final[Mapping[str, Callable[[HttpRequest, JointApproach], Any]]] = {
    "add": _add,
    "step": _step,
    "task": _task,
    "take_back": _take_back,
    "remove": _remove,
}


def _row(request: HttpRequest, found: JointApproach) -> Adoption:
    number = request.POST.get("row", "")
    rows = found.adoptions.select_related("region")
    return get_object_or_404(rows, pk=int(number) if number.isdecimal() else 0)


def _try(form: Any, act: Callable[[], object]) -> Any:
    """Do it; return the form with the reason where it is refused."""
    try:
        act()
    except AlpClustersError as error:
        form.add_error(None, phrase(error, nearest_language(get_language())))
        return form
    return None


def _page(
    request: HttpRequest, found: JointApproach, *, sent: Any = None, status: int = 200
) -> HttpResponse:
    may_write = request.user.has_perm(WRITE, found.project)
    record = read_approach(found, today=timezone.localdate())
    is_new = isinstance(sent, RegionForm)
    context = {
        "approach": found,
        "title": said(found, "title"),
        "objective": said(found, "objective"),
        "figures": rate_figures(record),
        "rows": region_rows(record),
        "regions": [_region(line, sent) for line in record.lines] if may_write else [],
        "new": sent if is_new else RegionForm(project=found.project, auto_id="new-%s"),
        "recommendations": list(found.recommendations.order_by("pk")),
        "may_write": may_write,
        "crumbs": approach_crumbs(found.project, Crumb(found.code)),
        "simulated": found.project.is_simulated,
        "section": "plans",
    }
    return render(request, "workspace/approaches/page.html", context, status=status)


def _region(line: Any, sent: Any) -> RegionView:
    one = line.adoption
    icon, tone = badge_of(one.state)
    steps: Any = StepForm(adoption=one, prefix=f"s{one.pk}") if TABLE[one.state] else None
    initial = {"body": one.body, "task": one.task, "due": one.due}
    task: Any = TaskForm(prefix=f"t{one.pk}", initial=initial)
    prefix = getattr(sent, "prefix", None)
    if prefix == f"s{one.pk}":
        steps = sent
    elif prefix == f"t{one.pk}":
        task = sent
    is_open = sent is not None and prefix in {f"s{one.pk}", f"t{one.pk}"}
    return RegionView(one, icon, tone, bool(line.steps), steps, task, is_open)


def _user(request: HttpRequest) -> Any:
    return request.user


urlpatterns: list[URLPattern] = [
    path("projects/<slug:slug>/approaches/", approaches, name="approaches"),
    path("projects/<slug:slug>/approaches/new/", approach_new, name="approach-new"),
    path("approaches/<int:pk>/", approach, name="approach"),
    path("approaches/<int:pk>/edit/", approach_edit, name="approach-edit"),
]

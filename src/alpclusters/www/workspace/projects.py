"""Make and edit projects and their partners; the projects a person works in."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alpclusters.platform.accounts.models import User
from alpclusters.platform.actors.domain.partners import (
    PARTNER_FIELDS,
    add_partner,
    change_partner,
    remove_partner,
)
from alpclusters.platform.actors.models import Organisation, Partner
from alpclusters.platform.fields import length_of
from alpclusters.platform.partnership.domain.projects import (
    OWN_SECTIONS,
    PROJECT_FIELDS,
    change_project,
    change_statements,
    create_project,
)
from alpclusters.platform.partnership.models import Project, ProjectFact
from alpclusters.platform.partnership.roles import project_ids
from alpclusters.platform.partnership.rules import visible_to
from alpclusters.platform.territory.models import Region
from alpclusters.www.components.region_chooser import RegionField
from alpclusters.www.public.projects import period_of
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.site.inputs import Day, input_of, lazy_label_of
from alpclusters.www.site.next_step import next_step
from alpclusters.www.workspace.translated import LanguagePart, language_parts, require_any

# --- What a project says of itself: name and summary, period, aims, audience, beneficiaries -------


Section = ProjectFact.Section


def _statement(section: ProjectFact.Section, rows: int) -> forms.Field:
    return input_of(ProjectFact, "value", label=section.label, rows=rows)


class ProjectForm(forms.Form):
    """A project with its texts in five languages."""

    TEXTS: Final = ("name", "summary", "contact_role", *OWN_SECTIONS)

    acronym = input_of(Project, "acronym")
    programme = input_of(Project, "programme")
    starts_on = input_of(Project, "starts_on", form_class=Day)
    ends_on = input_of(Project, "ends_on", form_class=Day)
    contact_name = input_of(Project, "contact_name")
    is_public = input_of(Project, "is_public")

    name = input_of(Project, "name")
    summary = input_of(Project, "summary", rows=4)
    contact_role = input_of(Project, "contact_role")
    aim = _statement(Section.AIM, rows=4)
    target_group = _statement(Section.TARGET_GROUP, rows=3)
    beneficiary = _statement(Section.BENEFICIARY, rows=3)

    def __init__(self, *args: Any, project: Project | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"initial": _forms_initial(project) if project else {}})

    @property
    def languages(self) -> list[LanguagePart]:
        """The cards of the five languages."""
        return language_parts(self, self.TEXTS)

    def clean(self) -> dict[str, Any]:
        """Ask for a name in any language, and refuse an end before the start."""
        data: dict[str, Any] = super().clean() or {}
        require_any(self, "name")
        start, end = data.get("starts_on"), data.get("ends_on")
        if start and end and end < start:
            error = ValidationError(_("The end lies before the start. Change one of them."))
            self.add_error("ends_on", error)
        return data

    def statements(self) -> dict[str, dict[str, str]]:
        """Return aims, target groups and beneficiaries by language."""
        return {section: self.cleaned_data[section] for section in OWN_SECTIONS}


def _forms_initial(project: Project) -> dict[str, Any]:
    values = {name: getattr(project, name) for name in PROJECT_FIELDS}
    own = project.facts.filter(key__in=[f"own-{section}" for section in OWN_SECTIONS])
    return values | {fact.section: fact.value for fact in own}


# --- The projects a person works in ---------------------------------------------------------------


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


# --- A partner: which organisation, where it sits, for which region it answers, what it does ------


def _region(name: str) -> RegionField:
    column: Any = Partner._meta.get_field(name)
    return RegionField(label=column.verbose_name, help_text=column.help_text, required=False)


class PartnerForm(forms.Form):
    """A partner of a project; seat and region are two fields."""

    TEXTS: Final = ("tasks", "note")

    organisation = forms.CharField(
        label=lazy_label_of(Partner, "organisation"), max_length=length_of(Organisation, "name")
    )
    role = input_of(Partner, "role")
    seat_code = _region("seat")
    region_code = _region("region")
    source = input_of(Partner, "source")
    status = input_of(Partner, "status")

    tasks = input_of(Partner, "tasks", rows=3)
    note = input_of(Partner, "note", rows=2)

    def __init__(
        self, *args: Any, project: Project, partner: Partner | None = None, **kwargs: Any
    ) -> None:
        self.project, self.partner = project, partner
        super().__init__(
            *args, **kwargs | {"initial": _partners_initial(partner) if partner else {}}
        )
        if partner:
            self.fields["organisation"].disabled = True
            for name in ("seat", "region"):
                code: Any = self.fields[f"{name}_code"]
                code.keep(getattr(partner, name))

    @property
    def languages(self) -> list[LanguagePart]:
        """The cards of the five languages."""
        return language_parts(self, self.TEXTS)

    def clean_organisation(self) -> str:
        """Refuse an organisation that is a partner already."""
        name: str = self.cleaned_data["organisation"].strip()
        taken = self.project.partners.filter(organisation__name__iexact=name)
        if not self.partner and taken.exists():
            raise ValidationError(_("This organisation is a partner already. Edit its entry."))
        return name

    def clean_seat_code(self) -> str:
        """Hand the region on as ``seat``."""
        return self._hand_on("seat")

    def clean_region_code(self) -> str:
        """Hand the region on as ``region``."""
        return self._hand_on("region")

    def _hand_on(self, name: str) -> str:
        region: Region | None = self.cleaned_data[f"{name}_code"]
        self.cleaned_data[name] = region
        return region.code if region else ""


def _partners_initial(partner: Partner) -> dict[str, Any]:
    values = {name: getattr(partner, name) for name in PARTNER_FIELDS}
    return {
        **values,
        "organisation": partner.organisation.name,
        "seat_code": partner.seat,
        "region_code": partner.region,
    }


# --- Make and edit projects and their partners ----------------------------------------------------


@login_required
@require_safe
def projects(request: SignedInRequest) -> HttpResponse:
    """List the projects a person works in."""
    rows = read_rows(request.user)
    context = {
        "rows": rows,
        "may_create": request.user.has_perm("partnership.add_project"),
        "simulated": any(row.project.is_simulated for row in rows),
    }
    return render(request, "workspace/projects/list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def project_create(request: SignedInRequest) -> HttpResponse:
    """Make a project."""
    if not request.user.has_perm("partnership.add_project"):
        raise PermissionDenied
    form = ProjectForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        project = create_project(fields=form.cleaned_data, by=request.user)
        change_statements(project, texts=form.statements(), by=request.user)
        messages.success(request, gettext("Project made. Add its partners next."))
        return redirect("workspace:project_edit", slug=project.slug)
    return _show(request, form, None)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def project_edit(request: SignedInRequest, slug: str) -> HttpResponse:
    """Change what a project says of itself."""
    project = _own_project(request, slug)
    form = ProjectForm(request.POST or None, project=project)
    if request.method == "POST" and form.is_valid():
        change_project(project, fields=form.cleaned_data, by=request.user)
        change_statements(project, texts=form.statements(), by=request.user)
        messages.success(request, gettext("Saved"))
        return redirect("workspace:project_edit", slug=project.slug)
    return _show(request, form, project)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def partner_add(request: SignedInRequest, slug: str) -> HttpResponse:
    """Bring an organisation into the partnership."""
    project = _own_project(request, slug)
    form = PartnerForm(request.POST or None, project=project)
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["organisation"]
        add_partner(project, name=name, fields=form.cleaned_data, by=request.user)
        messages.success(request, gettext("Partner added: %(name)s") % {"name": name})
        return redirect("workspace:project_edit", slug=slug)
    return _show_partner(request, form, project, None)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def partner_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change what a partner does and for which region."""
    partner = _own_partner(request, pk)
    form = PartnerForm(request.POST or None, project=partner.project, partner=partner)
    if request.method == "POST" and form.is_valid():
        change_partner(partner, fields=form.cleaned_data, by=request.user)
        messages.success(request, gettext("Saved"))
        return redirect("workspace:project_edit", slug=partner.project.slug)
    return _show_partner(request, form, partner.project, partner)


@login_required
@require_POST
def partner_remove(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take a partner out of the partnership."""
    partner = _own_partner(request, pk)
    slug, name = partner.project.slug, partner.organisation.name
    remove_partner(partner, by=request.user)
    messages.success(request, gettext("Partner removed: %(name)s") % {"name": name})
    return redirect("workspace:project_edit", slug=slug)


def _own_project(request: HttpRequest, slug: str) -> Project:
    project = get_object_or_404(visible_to(request.user), slug=slug)
    if not request.user.has_perm("partnership.change_project", project):
        raise PermissionDenied
    return project


def _own_partner(request: HttpRequest, pk: int) -> Partner:
    related = Partner.objects.select_related("project", "organisation", "seat", "region")
    partner = get_object_or_404(related.filter(project__in=visible_to(request.user)), pk=pk)
    if not request.user.has_perm("partnership.change_project", partner.project):
        raise PermissionDenied
    return partner


def _show(request: HttpRequest, form: ProjectForm, project: Project | None) -> HttpResponse:
    partners = []
    if project:
        partners = list(project.partners.select_related("organisation", "seat", "region"))
    context = {
        "form": form,
        "project": project,
        "partners": partners,
        "step": project and next_step(request.user, project, has_partners=bool(partners)),
        "simulated": project is not None and project.is_simulated,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "workspace/projects/edit.html", context, status=status)


def _show_partner(
    request: HttpRequest, form: PartnerForm, project: Project, partner: Partner | None
) -> HttpResponse:
    context = {
        "form": form,
        "project": project,
        "partner": partner,
        "simulated": project.is_simulated,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "workspace/projects/partner.html", context, status=status)


urlpatterns = [
    path("projects/", projects, name="projects"),
    path("projects/new/", project_create, name="project_create"),
    path("projects/<slug:slug>/edit/", project_edit, name="project_edit"),
    path("projects/<slug:slug>/partners/new/", partner_add, name="partner_add"),
    path("partners/<int:pk>/edit/", partner_edit, name="partner_edit"),
    path("partners/<int:pk>/remove/", partner_remove, name="partner_remove"),
]

"""One stakeholder with judgement and its reason; organisations put on the map."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alpclusters.platform.actors.domain.consent import is_valid
from alpclusters.platform.actors.domain.directory.queries import DirectoryQuery, Scope
from alpclusters.platform.actors.domain.directory.searching import matching_ids
from alpclusters.platform.actors.domain.named_lists import helix_choices, level_choices
from alpclusters.platform.actors.domain.stakeholders.mapping import (
    FACTS,
    Match,
    change_stakeholder,
    fill_facts,
    find_like,
    make_body,
    map_many,
    map_organisation,
    open_facts,
)
from alpclusters.platform.actors.models import (
    CoverageTarget,
    ImportSource,
    Organisation,
    Person,
    Provenance,
    Stakeholder,
)
from alpclusters.platform.cafe.domain.stakeholders.coverage import involvement_of, project_regions
from alpclusters.platform.fields import fields_of
from alpclusters.platform.partnership.models import Project, ProjectFact
from alpclusters.platform.territory.models import Region
from alpclusters.www.forms import put_sent
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.site.inputs import choice_of, input_of, lazy_label_of, several_of
from alpclusters.www.workspace.profiles.part_forms import said, yes_no
from alpclusters.www.workspace.project_regions import region_choices
from alpclusters.www.workspace.stakeholders.stakeholder_list import (
    as_context,
    own_project,
    read_list,
    show,
)

# --- Forms of the stakeholder map: a judgement with its reason, a new organisation, the aims ------


GRADES = (("", gettext_lazy("unknown")), *Stakeholder.Grade.choices)


def audience_field() -> forms.MultipleChoiceField:
    """Return the field for whom the project addresses; several may be true."""
    return several_of(Stakeholder, "audience", Stakeholder.Audience.choices)


class FactsForm(forms.Form):
    """Group of society, level and region of an organisation."""

    helix = forms.ChoiceField(label=lazy_label_of(Organisation, "helix"))
    level = choice_of(Organisation, "level")
    region = forms.ModelChoiceField(
        Region.objects.none(), label=lazy_label_of(Organisation, "region"), required=False
    )

    def __init__(self, *args: Any, project_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        helix: Any = self.fields["helix"]
        named = [pair for pair in helix_choices(get_language()) if pair[0] != "unknown"]
        helix.choices = [("unknown", _("unknown")), *named]
        level: Any = self.fields["level"]
        level.choices = [("", _("unknown")), *level_choices(get_language())]
        region: Any = self.fields["region"]
        region.queryset, region.choices = region_choices(project_id)


class StakeholderForm(FactsForm):
    """What the project thinks of a stakeholder; a judgement needs its reason."""

    audience = audience_field()
    benefits_from_results = yes_no(lazy_label_of(Stakeholder, "benefits_from_results"))
    influence = input_of(Stakeholder, "influence", choices=GRADES)
    interest = input_of(Stakeholder, "interest", choices=GRADES)
    reason = input_of(Stakeholder, "reason", widget=forms.Textarea({"rows": 3}))
    person = forms.ModelChoiceField(
        Person.objects.none(), label=lazy_label_of(Stakeholder, "person"), required=False
    )
    mapped_on = input_of(
        Stakeholder,
        "mapped_on",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, stakeholder: Stakeholder, **kwargs: Any) -> None:
        body = stakeholder.organisation
        super().__init__(
            *args, project_id=stakeholder.project_id, initial=_initial(stakeholder), **kwargs
        )
        self.stakeholder = stakeholder
        people: Any = self.fields["person"]
        people.queryset = Person.objects.filter(organisation=body, consents__withdrawn_at=None)
        people.queryset = people.queryset.distinct().order_by("name", "pk")
        people.empty_label = _("nobody in particular")
        self._keep_region(body.region)
        for name in set(FACTS) - set(open_facts(body)):
            self.fields[name].disabled = True

    def _keep_region(self, region: Region | None) -> None:
        """Offer the region the organisation has, even if it is smaller than those of the list."""
        field: Any = self.fields["region"]
        if region and not field.queryset.filter(pk=region.pk).exists():
            field.choices = [*field.choices, (region.pk, f"{region.name} ({region.code})")]
            field.queryset = Region.objects.all()

    def clean(self) -> dict[str, Any]:
        """Ask for the reason of a judgement; one contact per organisation stands once."""
        data: dict[str, Any] = super().clean() or {}
        if (data.get("influence") or data.get("interest")) and not data.get("reason", "").strip():
            text = _("Say what the judgement rests on. It is part of a personal export.")
            self.add_error("reason", ValidationError(text))
        others = Stakeholder.objects.filter(
            project=self.stakeholder.project,
            organisation=self.stakeholder.organisation,
            person=data.get("person"),
        ).exclude(pk=self.stakeholder.pk)
        if others.exists():
            text = _("This organisation is on the map already with this contact.")
            self.add_error("person", ValidationError(text))
        return data


def _initial(one: Stakeholder) -> dict[str, Any]:
    return {
        **{name: getattr(one.organisation, name) for name in FACTS},
        **{column.name: getattr(one, column.name) for column in fields_of(one)},
        "benefits_from_results": said(one.benefits_from_results),
    }


class NewBodyForm(FactsForm):
    """An organisation that is in no list yet."""

    name = input_of(Organisation, "name")
    type = input_of(Organisation, "type")
    is_other = forms.BooleanField(
        label=gettext_lazy("It is another organisation than those listed"),
        required=False,
        widget=forms.HiddenInput,
    )

    field_order = ("name", "type", "helix", "level", "region", "is_other")


class TargetsForm(forms.ModelForm):  # type: ignore[type-arg]
    """The aims of a project."""

    class Meta:
        model = CoverageTarget
        fields = tuple(column.name for column in fields_of(CoverageTarget))


# --- The list of stakeholders of a project, and one of them with judgement and involvement --------


PAGE_SIZE: Final = 25
CHANGE: Final = "actors.change_stakeholders"


@login_required
@require_safe
def stakeholders(request: HttpRequest, slug: str) -> HttpResponse:
    """List the stakeholders of a project, narrowed by the address."""
    project = own_project(request, slug)
    found = read_list(project, request.GET)
    page = Paginator(found.shown, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "template": "list",
        "page": page,
        "query": request.GET.urlencode(),
        "has_historic": ProjectFact.objects.filter(key="stakeholders").exists(),
        **as_context(found),
    }
    return show(request, project, "stakeholders", context)


def own_stakeholder(project: Project, pk: int) -> Stakeholder:
    """Return a stakeholder of a project, else 404."""
    rows = project.stakeholders.select_related("organisation__region", "person", "mapped_by")
    return get_object_or_404(rows, pk=pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def stakeholder_edit(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Judge a stakeholder, or take it off the map."""
    project = own_project(request, slug, CHANGE)
    one = own_stakeholder(project, pk)
    if request.method == "POST" and request.POST.get("do") == "remove":
        name = one.organisation.name
        one.delete()
        messages.success(request, _("Taken off the map: %(name)s") % {"name": name})
        return redirect("workspace:stakeholders", slug=slug)
    form = StakeholderForm(request.POST or None, stakeholder=one)
    if request.method == "POST" and form.is_valid():
        _store(request, one, form)
        messages.success(request, _("Saved"))
        return redirect("workspace:stakeholder-edit", slug=slug, pk=pk)
    context = {"template": "edit", "form": form, **_around(project, one)}
    context["status"] = 422 if request.method == "POST" else 200
    return show(request, project, "stakeholders", context, part=one.organisation.name)


def _store(request: SignedInRequest, one: Stakeholder, form: StakeholderForm) -> None:
    data: dict[str, Any] = form.cleaned_data
    fill_facts(one.organisation, data, by=request.user)
    change_stakeholder(one, data, by=request.user, on=data["mapped_on"])


def _around(project: Project, one: Stakeholder) -> dict[str, Any]:
    """Return what stands beside the form: AlpCafés and people of the organisation."""
    now = timezone.now()
    people = one.organisation.people.prefetch_related("consents").order_by("name", "pk")
    return {
        "one": one,
        "parts": involvement_of(project, [one]).get(one.organisation_id, ()),
        "people": [p for p in people if any(is_valid(c, now) for c in p.consents.all())],
    }


# --- Put an organisation on the map: found by its name, or made after "did you mean" --------------


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def stakeholder_add(request: SignedInRequest, slug: str) -> HttpResponse:
    """Look an organisation up by its name, take it, or make a new one."""
    project = own_project(request, slug, CHANGE)
    if request.method == "POST" and request.POST.get("organisation", "").isdigit():
        bodies = Organisation.objects.current().filter(is_simulated=project.is_simulated)
        body = get_object_or_404(bodies, pk=int(request.POST["organisation"][:9]))
        return _map(request, project, body)
    name = request.GET.get("q", "").strip()[:200]
    form = NewBodyForm(request.POST or None, project_id=project.pk, initial={"name": name})
    if request.method == "POST" and form.is_valid():
        likes = _like(project, form.cleaned_data["name"])
        if form.cleaned_data["is_other"] or not any(like.is_almost for like in likes):
            values, mark = form.cleaned_data, {"is_simulated": project.is_simulated}
            return _map(request, project, make_body(values, by=request.user, **mark))
        return _ask(request, project, form, likes)
    return _page(request, project, form, _like(project, name), name)


def _like(project: Project, name: str) -> list[Match]:
    return find_like(name, is_simulated=project.is_simulated) if name else []


def _ask(
    request: HttpRequest, project: Project, form: NewBodyForm, likes: list[Match]
) -> HttpResponse:
    """Show what is nearly the same before anything new is made."""
    put_sent(form, "is_other", "on")
    name = form.cleaned_data["name"]
    return _page(request, project, form, likes, name, doubts=True)


def _page(
    request: HttpRequest,
    project: Project,
    form: NewBodyForm,
    likes: list[Match],
    name: str,
    *,
    doubts: bool = False,
) -> HttpResponse:
    mapped = set(project.stakeholders.values_list("organisation_id", flat=True))
    context: dict[str, Any] = {
        "template": "add",
        "form": form,
        "name": name,
        "likes": [(like, like.organisation.pk in mapped) for like in likes],
        "doubts": doubts,
        "status": 422 if request.method == "POST" else 200,
    }
    return show(request, project, "stakeholders", context, part=_("Add organisation"))


def _map(request: SignedInRequest, project: Project, body: Organisation) -> HttpResponse:
    today = timezone.localdate()
    one, is_new = map_organisation(project, body, by=request.user, on=today)
    text = _("On the map: %(name)s") if is_new else _("%(name)s is on the map already.")
    messages.success(request, text % {"name": body.name})
    return redirect("workspace:stakeholder-edit", slug=project.slug, pk=one.pk)


# --- Put a list of organisations on the map: from the directory, or from an imported list ---------


# So many are offered at once; who wants more narrows the search.
MOST: Final = 200


class SearchForm(forms.Form):
    """Which organisations: words, region, cluster organisations alone, one imported list."""

    q = forms.CharField(label=gettext_lazy("Words"), required=False, max_length=200)
    region = forms.ChoiceField(label=gettext_lazy("Region"), required=False)
    scope = forms.ChoiceField(
        label=gettext_lazy("Which organisations"),
        required=False,
        choices=[
            (Scope.ALL.value, gettext_lazy("all organisations")),
            (Scope.CLUSTERS.value, gettext_lazy("cluster organisations")),
        ],
    )
    source = forms.ModelChoiceField(
        ImportSource.objects.all(),
        label=gettext_lazy("Imported list"),
        required=False,
        empty_label=gettext_lazy("from any source"),
    )

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        region: Any = self.fields["region"]
        named = [(one.code, one.name) for one in project_regions(project)]
        region.choices = [("", _("all regions")), *named]


class ChosenForm(forms.Form):
    """How those who are chosen are addressed."""

    audience = audience_field()


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def stakeholder_import(request: SignedInRequest, slug: str) -> HttpResponse:
    """Search, choose, put on the map; judgements come later, one by one."""
    project = own_project(request, slug, CHANGE)
    search = SearchForm(request.GET or None, project=project)
    chosen = ChosenForm(request.POST or None)
    if request.method == "POST" and chosen.is_valid():
        return _take(request, project, chosen.cleaned_data["audience"])
    found = _found(project, search) if search.is_bound and search.is_valid() else None
    context = {
        "template": "import",
        "search": search,
        "chosen": chosen,
        "found": list(found[:MOST]) if found is not None else None,
        "n_found": found.count() if found is not None else 0,
        "status": 422 if request.method == "POST" else 200,
    }
    return show(request, project, "stakeholders", context, part=_("Choose from the directory"))


def _take(request: SignedInRequest, project: Project, audience: Sequence[str]) -> HttpResponse:
    ids = [int(value) for value in request.POST.getlist("chosen")[:MOST] if value.isdigit()]
    n = map_many(project, ids, by=request.user, on=timezone.localdate(), audience=audience)
    text = ngettext(
        "%(n)s organisation is new on the map.", "%(n)s organisations are new on the map.", n
    )
    messages.success(request, text % {"n": n})
    return redirect("workspace:stakeholders", slug=project.slug)


def _found(project: Project, search: SearchForm) -> QuerySet[Organisation]:
    """Return organisations that fit and are not on the map yet, by name."""
    data = search.cleaned_data
    on_map = Stakeholder.objects.filter(project=project).values("organisation")
    rows = Organisation.objects.current().select_related("region").exclude(pk__in=on_map)
    if data["source"]:
        records = Provenance.objects.filter(source=data["source"])
        rows = rows.filter(pk__in=records.values("organisation"))
    if data["region"]:
        rows = rows.filter(region__code__startswith=data["region"])
    if data["q"] or data["scope"] == Scope.CLUSTERS:
        rows = rows.filter(pk__in=_searched(data))
    return rows.order_by("name", "pk")


def _searched(data: dict[str, Any]) -> list[int]:
    scope = Scope(data["scope"] or Scope.ALL)
    query = DirectoryQuery(today=timezone.localdate(), text=data["q"], scope=scope)
    return [int(pk) for pk in matching_ids(query)]

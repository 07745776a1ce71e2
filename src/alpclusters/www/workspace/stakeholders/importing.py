"""Put a list of organisations on the map: from the directory, or from an imported list."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from alpclusters.platform.actors.domain.directory.queries import DirectoryQuery, Scope
from alpclusters.platform.actors.domain.directory.searching import matching_ids
from alpclusters.platform.actors.domain.stakeholders.mapping import map_many
from alpclusters.platform.actors.models import ImportSource, Organisation, Provenance, Stakeholder
from alpclusters.platform.cafe.domain.stakeholders.regions import project_regions
from alpclusters.platform.partnership.models import Project
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.stakeholders.common import own_project, show
from alpclusters.www.workspace.stakeholders.forms import audience_field
from alpclusters.www.workspace.stakeholders.views import CHANGE

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

"""The initiatives, with a search and filters, and what is left to do."""

from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from alpclusters.platform.evidence.domain.initiatives.proposals import open_proposals
from alpclusters.platform.evidence.models import Document, Initiative, Programme
from alpclusters.platform.evidence.rules import visible_initiatives
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.territory.models import Standing
from alpclusters.www.public.initiatives.said import period_of
from alpclusters.www.workspace.initiatives.access import crumbs, require_right

PAGE_SIZE: Final = 50
_ANY: Final = [("", gettext_lazy("any"))]
_YES_NO: Final = [*_ANY, ("1", gettext_lazy("yes")), ("0", gettext_lazy("no"))]


class FilterForm(forms.Form):
    """Words, kind, programme, standing, and what is missing."""

    q = forms.CharField(label=gettext_lazy("Acronym, title or keyword"), required=False)
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), required=False, choices=[*_ANY, *Initiative.Kind.choices]
    )
    family = forms.ChoiceField(
        label=gettext_lazy("Kind of programme"),
        required=False,
        choices=[*_ANY, *Programme.Family.choices],
    )
    standing = forms.ChoiceField(
        label=gettext_lazy("Checked"), required=False, choices=[*_ANY, *Standing.choices]
    )
    documents = forms.ChoiceField(
        label=gettext_lazy("Has documents"), required=False, choices=_YES_NO
    )
    published = forms.ChoiceField(label=gettext_lazy("Published"), required=False, choices=_YES_NO)


@dataclass(frozen=True)
class InitiativeRow:
    """One initiative with its period in words."""

    initiative: Initiative
    period: str


@login_required
@require_safe
def initiatives(request: HttpRequest) -> HttpResponse:
    """List initiatives by acronym."""
    require_right(request)
    form = FilterForm(request.GET)
    values = form.cleaned_data if form.is_valid() else {}
    found = _found(visible_initiatives(request.user), values)
    page: Page[Any] = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    page.object_list = [InitiativeRow(one, period_of(one)) for one in _counted(page.object_list)]
    context = {
        "page": page,
        "form": form,
        "is_filtered": any(values.values()),
        "n_proposals": open_proposals().count(),
        "may_import": request.user.has_perm("evidence.import_initiatives"),
        "crumbs": crumbs(),
    }
    return render(request, "workspace/initiatives/list.html", context)


def _found(rows: QuerySet[Initiative], values: dict[str, str]) -> QuerySet[Initiative]:
    if words := values.get("q", "").strip():
        titles = [Q(**{f"title__{code}__icontains": words}) for code in LANGUAGE_CODES]
        named = Q(acronym__icontains=words) | Q(keywords__icontains=words)
        for title in titles:
            named |= title
        rows = rows.filter(named)
    for name, column in (("kind", "kind"), ("family", "programme__family"), ("standing",) * 2):
        if values.get(name):
            rows = rows.filter(**{column: values[name]})
    if values.get("published"):
        rows = rows.filter(is_published=values["published"] == "1")
    if values.get("documents"):
        tied = Document.initiatives.through.objects.filter(initiative=OuterRef("pk"))
        there = Exists(tied)
        rows = rows.filter(there if values["documents"] == "1" else ~there)
    return rows.order_by("acronym", "pk")


def _counted(rows: Any) -> list[Initiative]:
    """Read a page of initiatives with what hangs on them; counted for these alone."""
    ids = [one.pk for one in rows]
    counted = Initiative.objects.filter(pk__in=ids).annotate(
        n_documents=Count("documents", distinct=True),
        n_activities=Count("activities", distinct=True),
        n_partners=Count("participations", distinct=True),
    )
    return list(counted.select_related("programme").order_by("acronym", "pk"))

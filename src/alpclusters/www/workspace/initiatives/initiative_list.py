"""The initiatives, with a search and filters; who may write about them, and who took part."""

from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_http_methods, require_safe

from alpclusters.platform.actors.domain.stakeholders.mapping import find_like
from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.evidence.domain.initiatives.editing import open_proposals
from alpclusters.platform.evidence.domain.initiatives.partners import (
    add_partner,
    drop_partner,
    partners_of,
    tie_partner,
)
from alpclusters.platform.evidence.models import Document, Initiative, Participation, Programme
from alpclusters.platform.evidence.rules import visible_initiatives
from alpclusters.platform.fields import length_of
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.territory.models import Standing
from alpclusters.www.components.parts import Crumb, Tab
from alpclusters.www.public.initiatives.said import period_of
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.site.inputs import input_of, lazy_label_of

# --- Who may write about initiatives, and the frame that their pages share ------------------------


def require_right(request: HttpRequest) -> None:
    """Refuse everybody who may not change evidence."""
    if not request.user.has_perm("evidence.change_evidence"):
        raise PermissionDenied


def own_initiative(request: HttpRequest, key: str) -> Initiative:
    """Return an initiative for somebody who may change evidence."""
    require_right(request)
    related = visible_initiatives(request.user).select_related("programme", "follows")
    return get_object_or_404(related, key=key)


def crumbs(*last: Crumb) -> list[Crumb]:
    """Return the place of a page of initiatives."""
    desk = Crumb(_("Workspace"), reverse("workspace:dashboard"))
    evidence = Crumb(
        pgettext("what earlier initiatives taught", "Experience"), reverse("workspace:evidence")
    )
    here = Crumb(_("Initiatives"), reverse("workspace:initiatives") if last else "")
    return [desk, evidence, here, *last]


def frame(initiative: Initiative, here: str) -> dict[str, Any]:
    """Return place and tabs of a page of one initiative; ``here`` is the name of its address."""
    pages = (
        ("initiative-edit", _("About the initiative")),
        ("initiative-partners", _("Who took part")),
        ("initiative-history", _("History")),
    )
    tabs = [
        Tab(label, reverse(f"workspace:{name}", args=[initiative.key]), is_current=name == here)
        for name, label in pages
    ]
    label = next(str(tab.label) for tab in tabs if tab.is_current)
    first = Crumb(initiative.acronym, reverse("workspace:initiative-edit", args=[initiative.key]))
    last = [Crumb(initiative.acronym)] if here == "initiative-edit" else [first, Crumb(label)]
    return {"initiative": initiative, "tabs": tabs, "crumbs": crumbs(*last)}


# --- The initiatives, with a search and filters, and what is left to do ---------------------------


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


# --- Who took part in an initiative: found by name among the organisations, or a name alone -------


UNPROCESSABLE: Final = 422
NAME_ALONE: Final = "none"
REMOVE: Final = "remove-"
UNTIE: Final = "untie-"


class PartnerForm(forms.Form):
    """A body with its part."""

    name = input_of(Participation, "name", label=gettext_lazy("Name of the body"))
    role = input_of(Participation, "role")
    country = forms.RegexField(
        r"^[A-Za-z]{2}$",
        label=lazy_label_of(Participation, "country"),
        max_length=length_of(Participation, "country"),
        required=False,
        help_text=gettext_lazy("Two letters, for example SI."),
        error_messages={"invalid": gettext_lazy("Write the two letters of the country.")},
    )
    town = input_of(Participation, "town")

    def clean_country(self) -> str:
        """Write it in capitals."""
        return str(self.cleaned_data["country"]).upper()


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def initiative_partners(request: SignedInRequest, key: str) -> HttpResponse:
    """List who took part, name one more, take one off."""
    initiative = own_initiative(request, key)
    wish = request.POST.get("do", "")
    for start, act in ((REMOVE, _remove), (UNTIE, _untie)):
        if wish.startswith(start):
            return act(request, initiative, wish.removeprefix(start))
    form = PartnerForm(request.POST or None)
    near: list[Organisation] = []
    if request.method == "POST" and form.is_valid():
        near = _near(request, initiative, form.cleaned_data["name"])
        chosen = request.POST.get("organisation", "")
        if chosen or not near:
            return _add(request, initiative, form, _chosen(near, chosen))
    context = {
        "form": form,
        "near": near,
        "partners": partners_of(initiative),
        "remove": REMOVE,
        "untie": UNTIE,
        "none": NAME_ALONE,
        **frame(initiative, "initiative-partners"),
    }
    is_wrong = request.method == "POST" and not near
    status = UNPROCESSABLE if is_wrong else 200
    return render(request, "workspace/initiatives/partners.html", context, status=status)


def _near(request: HttpRequest, initiative: Initiative, name: str) -> list[Organisation]:
    like = find_like(name, is_simulated=initiative.is_simulated)
    found = [match.organisation for match in like if match.is_almost]
    return [one for one in found if request.user.has_perm("actors.view_organisation", one)]


def _chosen(near: list[Organisation], chosen: str) -> Organisation | None:
    return next((one for one in near if str(one.pk) == chosen), None)


def _add(
    request: SignedInRequest,
    initiative: Initiative,
    form: PartnerForm,
    organisation: Organisation | None,
) -> HttpResponse:
    _row, is_new = add_partner(
        initiative, by=request.user, organisation=organisation, **form.cleaned_data
    )
    name = {"name": form.cleaned_data["name"]}
    if is_new:
        messages.success(request, _("Named as a partner: %(name)s") % name)
    else:
        messages.info(request, _("Named already: %(name)s") % name)
    return redirect("workspace:initiative-partners", key=initiative.key)


def _remove(request: SignedInRequest, initiative: Initiative, pk: str) -> HttpResponse:
    drop_partner(_row(initiative, pk), by=request.user)
    messages.success(request, _("Saved"))
    return redirect("workspace:initiative-partners", key=initiative.key)


def _untie(request: SignedInRequest, initiative: Initiative, pk: str) -> HttpResponse:
    tie_partner(_row(initiative, pk), None, by=request.user)
    messages.success(request, _("Saved"))
    return redirect("workspace:initiative-partners", key=initiative.key)


def _row(initiative: Initiative, pk: str) -> Participation:
    rows: dict[str, Any] = {str(row.pk): row for row in partners_of(initiative)}
    if pk not in rows:
        raise Http404
    found: Participation = rows[pk]
    return found

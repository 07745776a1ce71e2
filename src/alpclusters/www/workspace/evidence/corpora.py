"""Corpora of the projects one works for: progress, settings, the initiatives they hold."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext, ngettext, pgettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from alpclusters.analysis.errors import AlpClustersError
from alpclusters.platform.evidence.domain.coding import disagreements, progress_of
from alpclusters.platform.evidence.domain.corpora import (
    InitiativeFilter,
    add_initiatives,
    edit_corpus,
    initiatives_matching,
    make_corpus,
    remove_initiative,
)
from alpclusters.platform.evidence.models import Codebook, Corpus, Initiative, Programme
from alpclusters.platform.evidence.rules import KEEPERS, corpora_of
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.partnership.roles import project_ids
from alpclusters.platform.worlds import of_world
from alpclusters.www.components.parts import Crumb
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.site.inputs import input_of, lazy_label_of
from alpclusters.www.workspace.evidence.corpus_rows import (
    base_links,
    initiative_rows,
    progress_view,
    read_agreement,
    read_corpora,
)
from alpclusters.www.workspace.sentences import sentence

# --- Fetch what a person may code or keep, and the place of its pages -----------------------------


WRITE = "evidence.change_evidence"
KEEP = "evidence.keep_corpus"


def require(request: SignedInRequest, right: str, thing: Model | None = None) -> None:
    """Answer 403 without the right."""
    if not request.user.has_perm(right, thing):
        raise PermissionDenied


def own_corpus(request: SignedInRequest, slug: str, right: str = "") -> Corpus:
    """Return a corpus one may code: 404 if it is of another project, 403 without the right."""
    require(request, WRITE)
    seen = corpora_of(request.user).select_related("project", "codebook")
    corpus = get_object_or_404(seen, slug=slug)
    if right:
        require(request, right, corpus)
    return corpus


def evidence_crumbs(*last: Crumb) -> list[Crumb]:
    """Return the way from the workspace to what is coded."""
    desk = Crumb(gettext("Workspace"), reverse("workspace:dashboard"))
    return [
        desk,
        Crumb(
            pgettext("what earlier initiatives taught", "Experience"),
            reverse("workspace:evidence") if last else "",
        ),
        *last,
    ]


def corpus_crumbs(corpus: Corpus, *last: Crumb) -> list[Crumb]:
    """Return the way to a page of a corpus."""
    address = reverse("workspace:corpus", args=[corpus.slug]) if last else ""
    return evidence_crumbs(Crumb(corpus.name, address), *last)


# --- What a coordinator says about a corpus, and which initiatives to look for --------------------


FIRST_YEAR, LAST_YEAR = 1980, 2100


class CorpusForm(forms.Form):
    """Name, number of coders, codebook; the project only where the corpus is new."""

    project = forms.ModelChoiceField(Project.objects.none(), label=_("Project"))
    name = input_of(Corpus, "name")
    n_coders = forms.TypedChoiceField(
        label=lazy_label_of(Corpus, "n_coders"),
        coerce=int,
        choices=[(2, _("two, blind to each other")), (1, _("one"))],
        widget=forms.RadioSelect,
        initial=2,
        help_text=_("Only what two people coded says how reliable the codes are."),
    )
    codebook = forms.ModelChoiceField(
        Codebook.objects.filter(published_at__isnull=False).order_by("-number"),
        label=_("Version of the codebook"),
        empty_label=None,
        help_text=_("It stays the same once coding has begun."),
    )

    def __init__(
        self, *args: Any, projects: Any = None, corpus: Corpus | None = None, **kwargs: Any
    ) -> None:
        if corpus is not None:
            values = {name: getattr(corpus, name) for name in ("name", "n_coders", "codebook")}
            kwargs["initial"] = values
        super().__init__(*args, **kwargs)
        if corpus is not None:
            del self.fields["project"]
            return
        project: Any = self.fields["project"]
        project.queryset = projects
        codebook: Any = self.fields["codebook"]
        newest = codebook.queryset.first()
        self.initial.setdefault("codebook", newest.pk if newest else None)


class FilterForm(forms.Form):
    """Conditions an initiative must fit, all of them."""

    use_required_attribute = False
    words = forms.CharField(label=_("Words"), max_length=200, required=False)
    family = forms.ChoiceField(label=_("Kind of programme"), required=False)
    country = forms.RegexField(
        r"^[A-Za-z]{2}$",
        label=_("Country"),
        required=False,
        help_text=_("Two letters, for example AT"),
        error_messages={"invalid": _("Write the two letters of the country.")},
    )
    year_from = forms.IntegerField(
        label=_("From year"), min_value=FIRST_YEAR, max_value=LAST_YEAR, required=False
    )
    year_to = forms.IntegerField(
        label=_("To year"), min_value=FIRST_YEAR, max_value=LAST_YEAR, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        family: Any = self.fields["family"]
        family.choices = [("", _("all")), *Programme.Family.choices]

    def wanted(self) -> InitiativeFilter:
        """Return the conditions; what is wrong is left out."""
        data = self.cleaned_data if self.is_bound and self.is_valid() else {}
        return InitiativeFilter(**{name: value for name, value in data.items() if value})


# --- Corpora of the projects one works for: progress, what to do next, agreement ------------------


PAGE_SIZE = 50


@login_required
@require_safe
def evidence(request: SignedInRequest) -> HttpResponse:
    """List the corpora one may code in, and the way to everything else."""
    require(request, WRITE)
    rows = read_corpora(request.user)
    context = {
        "rows": rows,
        "crumbs": evidence_crumbs(),
        "may_keep": request.user.has_perm(KEEP),
        "links": base_links(request.user),
        "simulated": any(row.corpus.project.is_simulated for row in rows),
    }
    return render(request, "workspace/evidence/list.html", context)


@login_required
@require_safe
def corpus(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show how far a corpus is, and its initiatives."""
    found = own_corpus(request, slug)
    initiatives = found.initiatives.select_related("programme").order_by("acronym", "pk")
    page = Paginator(initiatives, PAGE_SIZE).get_page(request.GET.get("page"))
    rows = initiative_rows(found, list(page), request.user)
    context = {
        "corpus": found,
        "progress": progress_view(progress_of(found), found.n_coders),
        "n_disputed": len(disagreements(found)),
        "page": page,
        "rows": rows,
        "crumbs": corpus_crumbs(found),
        "may_keep": request.user.has_perm(KEEP, found),
        "simulated": found.project.is_simulated or any(i.is_simulated for i in page),
    }
    return render(request, "workspace/evidence/corpus.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def corpus_new(request: SignedInRequest) -> HttpResponse:
    """Begin a corpus."""
    require(request, KEEP)
    form = CorpusForm(request.POST or None, projects=_projects(request))
    if request.method == "POST" and form.is_valid():
        made = make_corpus(by=request.user, **form.cleaned_data)
        messages.success(request, gettext("The corpus is there. Choose its initiatives."))
        return redirect("workspace:corpus-initiatives", slug=made.slug)
    return _form_page(request, form, evidence_crumbs(Crumb(gettext("New corpus"))))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def corpus_edit(request: SignedInRequest, slug: str) -> HttpResponse:
    """Change name, number of coders, codebook."""
    found = own_corpus(request, slug, KEEP)
    form = CorpusForm(request.POST or None, corpus=found)
    if request.method == "POST" and form.is_valid() and _is_saved(request, found, form):
        messages.success(request, gettext("Saved"))
        return redirect("workspace:corpus", slug=slug)
    return _form_page(request, form, corpus_crumbs(found, Crumb(gettext("Edit"))), found)


@login_required
@require_safe
def corpus_agreement(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show how far two coders agree, field by field."""
    found = own_corpus(request, slug)
    context = {
        "corpus": found,
        "agreement": read_agreement(found),
        "crumbs": corpus_crumbs(found, Crumb(gettext("Agreement"))),
        "simulated": found.project.is_simulated,
    }
    return render(request, "workspace/evidence/agreement.html", context)


def _projects(request: HttpRequest) -> Any:
    wanted = project_ids(request.user, *KEEPERS)
    running = Project.objects.running()
    own = running if wanted is None else running.filter(pk__in=wanted)
    return own.order_by("acronym", "pk")


def _is_saved(request: SignedInRequest, corpus: Corpus, form: CorpusForm) -> bool:
    try:
        edit_corpus(corpus, by=request.user, **form.cleaned_data)
    except AlpClustersError as error:
        form.add_error("codebook", sentence(error))
        return False
    return True


def _form_page(
    request: HttpRequest, form: CorpusForm, crumbs: list[Crumb], found: Corpus | None = None
) -> HttpResponse:
    context = {"form": form, "crumbs": crumbs, "corpus": found}
    status = 422 if form.errors else 200
    return render(request, "workspace/evidence/corpus_form.html", context, status=status)


# --- Which initiatives a corpus holds: added by a filter or one by one, taken out again -----------


# More at once would be a corpus nobody codes.
MOST_AT_ONCE = 1000


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def corpus_initiatives(request: SignedInRequest, slug: str) -> HttpResponse:
    """Find initiatives, take them in or out."""
    corpus = own_corpus(request, slug, KEEP)
    if request.method == "POST":
        return _change(request, corpus)
    form = FilterForm(request.GET or None)
    found = _choice(corpus, form).select_related("programme")
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    inside = set(
        corpus.initiatives.filter(pk__in=[i.pk for i in page]).values_list("pk", flat=True)
    )
    context = {
        "corpus": corpus,
        "form": form,
        "page": page,
        "inside": inside,
        "n_inside": corpus.initiatives.count(),
        "most": MOST_AT_ONCE,
        "can_add_all": 0 < page.paginator.count <= MOST_AT_ONCE,
        "query": request.GET.urlencode(),
        "crumbs": corpus_crumbs(corpus, Crumb(gettext("Initiatives"))),
        "simulated": any(i.is_simulated for i in page),
    }
    return render(request, "workspace/evidence/initiatives.html", context)


def _choice(corpus: Corpus, form: FilterForm) -> QuerySet[Initiative]:
    return _own(corpus, initiatives_matching(form.wanted()))


def _own(corpus: Corpus, rows: QuerySet[Initiative]) -> QuerySet[Initiative]:
    """Offer simulated initiatives to simulated corpora only, real ones to real corpora."""
    return of_world(rows.order_by("acronym", "pk"), is_simulated=corpus.project.is_simulated)


def _change(request: SignedInRequest, corpus: Corpus) -> HttpResponse:
    match request.POST.get("do", ""):
        case "all":
            form = FilterForm(request.GET or None)
            _add(request, corpus, list(_choice(corpus, form)[:MOST_AT_ONCE]))
        case "add":
            ids = [int(pk) for pk in request.POST.getlist("initiative") if pk.isdigit()]
            _add(request, corpus, list(_own(corpus, Initiative.objects.filter(pk__in=ids))))
        case "remove":
            _remove(request, corpus)
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    return redirect(reverse("workspace:corpus-initiatives", args=[corpus.slug]) + query)


def _add(request: SignedInRequest, corpus: Corpus, wanted: list[Initiative]) -> None:
    n = add_initiatives(corpus, wanted, by=request.user)
    text = ngettext("%(n)s initiative added.", "%(n)s initiatives added.", n)
    messages.success(request, text % {"n": n})


def _remove(request: SignedInRequest, corpus: Corpus) -> None:
    pk = request.POST.get("initiative", "")
    initiative = corpus.initiatives.filter(pk=int(pk) if pk.isdecimal() else 0).first()
    if initiative is None:
        return
    try:
        remove_initiative(corpus, initiative, by=request.user)
    except AlpClustersError as error:
        messages.error(request, sentence(error))
        return
    text = gettext("%(name)s is taken out. Its activities and codes stay.")
    messages.success(request, text % {"name": initiative.acronym})


urlpatterns = [
    path("evidence/", evidence, name="evidence"),
    path("evidence/corpora/new/", corpus_new, name="corpus-new"),
    path("evidence/corpora/<slug:slug>/", corpus, name="corpus"),
    path("evidence/corpora/<slug:slug>/edit/", corpus_edit, name="corpus-edit"),
    path(
        "evidence/corpora/<slug:slug>/initiatives/",
        corpus_initiatives,
        name="corpus-initiatives",
    ),
    path(
        "evidence/corpora/<slug:slug>/agreement/",
        corpus_agreement,
        name="corpus-agreement",
    ),
]

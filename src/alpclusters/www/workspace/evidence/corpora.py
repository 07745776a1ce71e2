"""Corpora of the projects one works for: progress, what to do next, agreement."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alpclusters.analysis.errors import AlpClustersError
from alpclusters.platform.evidence.domain.coding import disagreements, progress_of
from alpclusters.platform.evidence.domain.corpora import edit_corpus, make_corpus
from alpclusters.platform.evidence.models import Corpus
from alpclusters.platform.evidence.rules import KEEPERS
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.partnership.roles import project_ids
from alpclusters.www.components.parts import Crumb
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.evidence.access import (
    KEEP,
    WRITE,
    corpus_crumbs,
    evidence_crumbs,
    own_corpus,
    require,
)
from alpclusters.www.workspace.evidence.agreement import read_agreement
from alpclusters.www.workspace.evidence.forms import CorpusForm
from alpclusters.www.workspace.evidence.links import base_links
from alpclusters.www.workspace.evidence.lists import initiative_rows, progress_view, read_corpora
from alpclusters.www.workspace.sentences import sentence

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
        messages.success(request, _("The corpus is there. Choose its initiatives."))
        return redirect("workspace:corpus-initiatives", slug=made.slug)
    return _form_page(request, form, evidence_crumbs(Crumb(_("New corpus"))))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def corpus_edit(request: SignedInRequest, slug: str) -> HttpResponse:
    """Change name, number of coders, codebook."""
    found = own_corpus(request, slug, KEEP)
    form = CorpusForm(request.POST or None, corpus=found)
    if request.method == "POST" and form.is_valid() and _is_saved(request, found, form):
        messages.success(request, _("Saved"))
        return redirect("workspace:corpus", slug=slug)
    return _form_page(request, form, corpus_crumbs(found, Crumb(_("Edit"))), found)


@login_required
@require_safe
def corpus_agreement(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show how far two coders agree, field by field."""
    found = own_corpus(request, slug)
    context = {
        "corpus": found,
        "agreement": read_agreement(found),
        "crumbs": corpus_crumbs(found, Crumb(_("Agreement"))),
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

"""Fetch what a person may code or keep, and the place of its pages."""

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from alpclusters.platform.evidence.models import Corpus
from alpclusters.platform.evidence.rules import corpora_of
from alpclusters.www.components.parts import Crumb
from alpclusters.www.signed_in import SignedInRequest

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
    desk = Crumb(_("Workspace"), reverse("workspace:dashboard"))
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

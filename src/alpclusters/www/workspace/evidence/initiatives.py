"""Which initiatives a corpus holds: added by a filter or one by one, taken out again."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from alpclusters.analysis.errors import AlpClustersError
from alpclusters.platform.evidence.domain.corpora import (
    add_initiatives,
    initiatives_matching,
    remove_initiative,
)
from alpclusters.platform.evidence.models import Corpus, Initiative
from alpclusters.platform.worlds import of_world
from alpclusters.www.components.parts import Crumb
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.evidence.access import KEEP, corpus_crumbs, own_corpus
from alpclusters.www.workspace.evidence.forms import FilterForm
from alpclusters.www.workspace.sentences import sentence

PAGE_SIZE = 50
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
        "crumbs": corpus_crumbs(corpus, Crumb(_("Initiatives"))),
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
    text = _("%(name)s is taken out. Its activities and codes stay.")
    messages.success(request, text % {"name": initiative.acronym})

"""The AlpCafés everybody may know of, and one of them."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from alpclusters.platform.cafe.models import AlpCafe
from alpclusters.platform.evaluation.domain.queries import headline
from alpclusters.platform.policy.domain.findings import released_findings
from alpclusters.platform.worlds import of_world
from alpclusters.www.public.cafes.pages import public_cafes, read_page
from alpclusters.www.public.cafes.paper_links import paper_links
from alpclusters.www.public.trail import strip_of
from alpclusters.www.worlds import side_of

PAGE_SIZE = 24


@require_safe
def cafes(request: HttpRequest) -> HttpResponse:
    """List AlpCafés: those that are open first, then the announced and the closed ones."""
    side = side_of(request, AlpCafe.objects.public())
    found = of_world(public_cafes(), is_simulated=side.is_simulated)
    closed = Paginator(found.filter(state=AlpCafe.State.CLOSED), PAGE_SIZE)
    page = closed.get_page(request.GET.get("page"))
    first = page.number == 1
    opened = list(found.filter(state=AlpCafe.State.OPEN)) if first else []
    announced = list(found.filter(state=AlpCafe.State.DRAFT).reverse()) if first else []
    context = {
        "total": found.count(),
        "behind": headline(is_simulated=side.is_simulated),
        "n_findings": of_world(released_findings(), is_simulated=side.is_simulated).count(),
        "opened": opened,
        "announced": announced,
        "page": page,
        "side": side,
        "simulated": side.is_simulated,
        "section": "cafes",
    }
    return render(request, "public/cafes/list.html", context)


@require_safe
def cafe(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one AlpCafé: when, where, which measures, and the released evaluation."""
    found = get_object_or_404(public_cafes(), pk=pk)
    context = {
        "page": read_page(found),
        "papers": paper_links(found),
        "cafe": found,
        "trail": strip_of(found, seen_by=request.user, label=found.title),
        "simulated": found.is_simulated,
        "section": "cafes",
    }
    return render(request, "public/cafes/page.html", context)

"""A facilitator types for somebody present who has no phone."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alpclusters.www.cafe.proxying import Place, proxy_page
from alpclusters.www.components.parts import Crumb
from alpclusters.www.workspace.cafes.pages import crumbs
from alpclusters.www.workspace.cafes.running import own_cafe


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def proxy(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the answers of one person in the hall."""
    cafe = own_cafe(request, pk)
    here = Crumb(cafe.title, reverse("workspace:cafe", args=[cafe.pk]))
    context = {"crumbs": crumbs(here, Crumb(_("Enter for somebody"))), "section": "cafes"}
    place = Place("workspace/answers/proxy.html", context, by=request.user.pk)
    return proxy_page(request, cafe, place)

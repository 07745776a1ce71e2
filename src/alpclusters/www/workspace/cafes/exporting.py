"""Open data of an AlpCafé: what is in them, and whether the public has them."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alpclusters.platform.evaluation.domain.open_data import is_released, open_data_files
from alpclusters.platform.evaluation.domain.open_texts import LICENCE_NAME
from alpclusters.www.components.parts import Crumb
from alpclusters.www.workspace.cafes.pages import crumbs
from alpclusters.www.workspace.cafes.views import visible_cafe


@login_required
@require_safe
def cafe_data(request: HttpRequest, pk: int) -> HttpResponse:
    """Show which files are public; before the release none is."""
    cafe = visible_cafe(request, pk)
    files = open_data_files(cafe) if is_released(cafe) else {}
    context = {
        "cafe": cafe,
        "files": [(name, len(content)) for name, content in files.items()],
        "licence": LICENCE_NAME,
        "may_decide": request.user.has_perm("evaluation.decide_requests", cafe),
        "n_waiting": cafe.data_requests.filter(state="asked").count(),
        "crumbs": crumbs(
            Crumb(cafe.title, reverse("workspace:cafe", args=[pk])), Crumb(_("Open data"))
        ),
        "simulated": cafe.is_simulated,
        "section": "cafes",
    }
    return render(request, "workspace/cafes/data.html", context)

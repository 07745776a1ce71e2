"""The big screen of the hall: opened by a link, full screen, nothing personal on it."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alpclusters.platform.cafe.domain.keys import BEAMER, opened_cafe, read_pass
from alpclusters.platform.cafe.models import AlpCafe
from alpclusters.platform.evaluation.domain.hall_releases import released_results
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.www.cafe.devices import token_for
from alpclusters.www.cafe.passes import remember_pass
from alpclusters.www.cafe.screen_pages import ScreenPage, main_language
from alpclusters.www.cafe.screen_passes import opened_screen


@require_http_methods(["GET", "HEAD", "POST"])
def screen_door(request: HttpRequest) -> HttpResponse:
    """Take the link from behind ``#`` and open the big screen."""
    if request.method != "POST":
        return render(request, "cafe/screen_door.html", {"error": ""})
    found = read_pass(request.POST.get("link", "").rpartition("#")[2])
    cafe = opened_cafe(found) if found is not None and found.screen == BEAMER else None
    if found is None or cafe is None:
        error = _("This link is not valid any more. Ask the facilitator for the new one.")
        return render(request, "cafe/screen_door.html", {"error": error}, status=422)
    response = redirect("cafe:screen", pk=cafe.pk)
    remember_pass(request, response, found)
    return response


@require_safe
def screen(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the big screen as it should be at this moment; the script asks again at each change."""
    cafe = _shown(request, pk)
    if cafe is None:
        error = _("This screen is not open here. Open the link of the big screen.")
        return render(request, "cafe/screen_door.html", {"error": error}, status=403)
    wanted = request.GET.get("language", "")
    language = wanted if wanted in LANGUAGE_CODES else main_language(cafe)
    with translation.override(language):
        page = ScreenPage(cafe, timezone.now(), language)
        context = {"page": page, "cafe": cafe, "simulated": cafe.is_simulated}
        return render(request, "cafe/screen.html", context)


@require_safe
def results(request: HttpRequest, pk: int) -> HttpResponse:
    """Return what is released; before, and for strangers, no number."""
    cafe = AlpCafe.everything.filter(pk=pk).select_related("project").first()
    found = released_results(cafe) if cafe and _may_read(request, cafe) else {}
    if not found:
        response = JsonResponse({"code": "not_released"}, status=403)
    else:
        response = JsonResponse(found)
    response.headers["Cache-Control"] = "no-store"
    return response


def _shown(request: HttpRequest, pk: int) -> AlpCafe | None:
    """Return the AlpCafé for a browser with the link, or for the person who runs it."""
    opened = opened_screen(request, pk)
    if opened is not None:
        return opened
    cafe = AlpCafe.everything.filter(pk=pk).select_related("project", "region").first()
    may_run = cafe is not None and request.user.has_perm("cafe.run_alpcafe", cafe)
    return cafe if may_run else None


def _may_read(request: HttpRequest, cafe: AlpCafe) -> bool:
    """Say whether the request comes from the hall, or from a person of the project."""
    if token_for(request, cafe) is not None or opened_screen(request, cafe.pk) is not None:
        return True
    return bool(request.user.has_perm("cafe.view_alpcafe", cafe))

"""Who may import, and the frame that all pages of an import share."""

from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from alpclusters.platform.actors.models import ImportRun
from alpclusters.reports.numbers import format_integer
from alpclusters.www.components.parts import Crumb, phases_until

UNPROCESSABLE: Final = 422
STEPS: Final = {
    "file": gettext_lazy("File"),
    "columns": gettext_lazy("Columns"),
    "check": gettext_lazy("Check"),
    "import": gettext_lazy("Import"),
    "result": gettext_lazy("Result"),
}


def require_right(request: HttpRequest) -> None:
    """Refuse everybody who may not import organisations."""
    if not request.user.has_perm("actors.import_organisations"):
        raise PermissionDenied


def own_run(request: HttpRequest, pk: int) -> ImportRun:
    """Return a run for somebody who may import."""
    require_right(request)
    lists = ImportRun.objects.filter(subject=ImportRun.Subject.ORGANISATIONS)
    related = lists.select_related("source", "made_by")
    return get_object_or_404(related, pk=pk)


def crumbs(*last: Crumb) -> list[Crumb]:
    """Return the place of a page of imports."""
    desk = Crumb(_("Workspace"), reverse("workspace:dashboard"))
    return [desk, Crumb(_("Imported lists"), reverse("workspace:imports") if last else ""), *last]


def frame(here: str, *, title: str, kicker: str = "", lead: str = "") -> dict[str, Any]:
    """Return head, place and steps of a page; ``here`` is the key of the step."""
    return {
        "title": title,
        "kicker": kicker,
        "lead": lead,
        "crumbs": crumbs(Crumb(kicker or title)),
        "phases": phases_until(STEPS.values(), list(STEPS).index(here)),
    }


def figure(number: int) -> str:
    """Write a number as the reader's language does."""
    return format_integer(number, get_language() or "en")

"""Who may import projects, and the frame that all pages of such an import share."""

from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alpclusters.platform.actors.models import ImportRun
from alpclusters.www.components.parts import Crumb, phases_until

UNPROCESSABLE: Final = 422
STEPS: Final = {
    "file": gettext_lazy("File"),
    "choose": gettext_lazy("Choose"),
    "check": gettext_lazy("Check"),
    "import": gettext_lazy("Import"),
    "result": gettext_lazy("Result"),
}


def require_right(request: HttpRequest) -> None:
    """Refuse everybody who may not import initiatives."""
    if not request.user.has_perm("evidence.import_initiatives"):
        raise PermissionDenied


def own_run(request: HttpRequest, pk: int) -> ImportRun:
    """Return a run for somebody who may import."""
    require_right(request)
    runs = ImportRun.objects.filter(subject=ImportRun.Subject.INITIATIVES)
    return get_object_or_404(runs.select_related("source", "made_by"), pk=pk)


def crumbs(*last: Crumb) -> list[Crumb]:
    """Return the place of a page of imports."""
    desk = Crumb(_("Workspace"), reverse("workspace:dashboard"))
    here = reverse("workspace:initiative-imports") if last else ""
    return [desk, Crumb(_("Imported projects"), here), *last]


def frame(here: str, *, title: str, kicker: str = "", lead: str = "") -> dict[str, Any]:
    """Return head, place and steps of a page; ``here`` is the key of the step."""
    return {
        "title": title,
        "kicker": kicker,
        "lead": lead,
        "crumbs": crumbs(Crumb(kicker or title)),
        "phases": phases_until(STEPS.values(), list(STEPS).index(here)),
    }

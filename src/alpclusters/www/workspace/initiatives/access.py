"""Who may write about initiatives, and the frame that their pages share."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from alpclusters.platform.evidence.models import Initiative
from alpclusters.platform.evidence.rules import visible_initiatives
from alpclusters.www.components.parts import Crumb, Tab


def require_right(request: HttpRequest) -> None:
    """Refuse everybody who may not change evidence."""
    if not request.user.has_perm("evidence.change_evidence"):
        raise PermissionDenied


def own_initiative(request: HttpRequest, key: str) -> Initiative:
    """Return an initiative for somebody who may change evidence."""
    require_right(request)
    related = visible_initiatives(request.user).select_related("programme", "follows")
    return get_object_or_404(related, key=key)


def crumbs(*last: Crumb) -> list[Crumb]:
    """Return the place of a page of initiatives."""
    desk = Crumb(_("Workspace"), reverse("workspace:dashboard"))
    evidence = Crumb(
        pgettext("what earlier initiatives taught", "Experience"), reverse("workspace:evidence")
    )
    here = Crumb(_("Initiatives"), reverse("workspace:initiatives") if last else "")
    return [desk, evidence, here, *last]


def frame(initiative: Initiative, here: str) -> dict[str, Any]:
    """Return place and tabs of a page of one initiative; ``here`` is the name of its address."""
    pages = (
        ("initiative-edit", _("About the initiative")),
        ("initiative-partners", _("Who took part")),
        ("initiative-history", _("History")),
    )
    tabs = [
        Tab(label, reverse(f"workspace:{name}", args=[initiative.key]), is_current=name == here)
        for name, label in pages
    ]
    label = next(str(tab.label) for tab in tabs if tab.is_current)
    first = Crumb(initiative.acronym, reverse("workspace:initiative-edit", args=[initiative.key]))
    last = [Crumb(initiative.acronym)] if here == "initiative-edit" else [first, Crumb(label)]
    return {"initiative": initiative, "tabs": tabs, "crumbs": crumbs(*last)}

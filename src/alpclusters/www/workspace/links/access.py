"""Fetch a link with a right, and the place of its pages."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from alpclusters.platform.accounts.models import User
from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.network.domain.links.entering import with_sides
from alpclusters.platform.network.models import Link
from alpclusters.platform.network.rules import may_speak_for
from alpclusters.www.components.parts import Crumb


def visible_link(request: HttpRequest, pk: int) -> Link:
    """Return a link that one may see; what two organisations tell each other is private."""
    link = with_sides(Link.objects.filter(pk=pk)).first()
    if link is None or not request.user.has_perm("network.view_link", link):
        raise Http404
    return link


def require_speaker(request: HttpRequest) -> None:
    """Answer 403 to people who speak for nobody."""
    if not request.user.has_perm("network.speak_for"):
        raise PermissionDenied


def spoken_sides(user: User, link: Link) -> list[Organisation]:
    """Return the sides for which a person may write: as speaker or as coordinator."""
    return [side for side in (link.first, link.second) if may_speak_for(user, side)]


def crumbs(*steps: Crumb) -> list[Crumb]:
    """Return the way to a page of links."""
    links = Crumb(
        pgettext("between organisations", "Links"), reverse("workspace:links") if steps else ""
    )
    return [Crumb(_("Workspace"), reverse("workspace:dashboard")), links, *steps]


def simulated(links: Iterable[Link]) -> bool:
    """Say whether anything invented is shown."""
    return any(link.is_simulated for link in links)

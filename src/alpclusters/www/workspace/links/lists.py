"""The links of one's organisations, and those of the region one coordinates."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.actors.rules import is_coordinator
from alpclusters.platform.fields import label_of
from alpclusters.platform.network.domain.links.entering import (
    links_in_care,
    links_of_speaker,
    waiting_for,
)
from alpclusters.platform.network.models import Link
from alpclusters.platform.network.rules import spoken_for_by
from alpclusters.www.components.parts import Crumb
from alpclusters.www.workspace.links.access import crumbs, require_speaker, simulated

SIZE: Final = 25
STATES: Final[Mapping[str, tuple[Any, Q]]] = {
    "waiting": (gettext_lazy("wait for the other side"), Q(standing=Link.Standing.ENTERED)),
    "alive": (
        pgettext_lazy("links", "alive"),
        Q(status__in=[Link.Status.ACTIVE_FUNDED, Link.Status.ACTIVE_SELF]),
    ),
    "dormant": (pgettext_lazy("links", "dormant"), Q(status=Link.Status.DORMANT)),
    "ended": (pgettext_lazy("links", "ended"), Q(status=Link.Status.ENDED)),
    "unknown": (pgettext_lazy("links", "not known whether alive"), Q(status=Link.Status.UNKNOWN)),
    "source": (
        gettext_lazy("from a published project"),
        Q(standing=Link.Standing.SOURCE),
    ),
    "closed": (
        gettext_lazy("refused or withdrawn"),
        Q(standing__in=[Link.Standing.REFUSED, Link.Standing.WITHDRAWN]),
    ),
}
_CLOSED: Final = STATES["closed"][1]
# standing: (icon, tone) of its badge
LOOKS: Final = {
    Link.Standing.ENTERED: ("clock", "warn"),
    Link.Standing.CONFIRMED: ("check", "good"),
    Link.Standing.REFUSED: ("x", "bad"),
    Link.Standing.WITHDRAWN: ("undo-2", ""),
    Link.Standing.SOURCE: ("file-text", "info"),
}


@dataclass(frozen=True)
class LinkRow:
    """A link in a list, told from one side."""

    link: Link
    own: Organisation
    other: Organisation
    icon: str
    tone: str


@dataclass(frozen=True)
class LinkList:
    """Everything a template of a list names."""

    rows: Sequence[LinkRow]
    page: Page[Any]
    states: Sequence[tuple[str, Any]]
    state: str
    organisations: Sequence[Organisation]
    organisation: str

    @property
    def labels(self) -> dict[str, str]:
        """The labels of the columns it shows."""
        return {name: label_of(Link, name) for name in ("type", "status")}

    @property
    def is_filtered(self) -> bool:
        """Whether something is chosen."""
        return bool(self.state or self.organisation)


@login_required
@require_safe
def links(request: HttpRequest) -> HttpResponse:
    """List the links of the organisations for which one speaks."""
    require_speaker(request)
    own = list(spoken_for_by(request.user))
    waiting = list(waiting_for(request.user)[:SIZE])
    found = _read(request, links_of_speaker(request.user), own)
    context = {
        "list": found,
        "waiting": [row_of(link, {one.pk for one in own}) for link in waiting],
        "speaks": bool(own),
        "coordinates": is_coordinator(request.user),
        "crumbs": crumbs(),
        "simulated": simulated([*waiting, *(row.link for row in found.rows)]),
    }
    return render(request, "workspace/links/list.html", context)


@login_required
@require_safe
def links_of_region(request: HttpRequest) -> HttpResponse:
    """List the links of the region that one coordinates."""
    if not is_coordinator(request.user):
        raise PermissionDenied
    found = _read(request, links_in_care(request.user), ())
    context = {
        "list": found,
        "crumbs": crumbs(Crumb(_("In my region"))),
        "simulated": simulated(row.link for row in found.rows),
    }
    return render(request, "workspace/links/region.html", context)


def row_of(link: Link, own: Iterable[int]) -> LinkRow:
    """Tell a link from the side of one's own organisation; else from the first."""
    sides = (link.first, link.second)
    is_turned = link.first_id not in own and link.second_id in own
    mine, other = sides[::-1] if is_turned else sides
    return LinkRow(link, mine, other, *LOOKS[Link.Standing(link.standing)])


def _read(request: HttpRequest, found: "QuerySet[Link]", own: Sequence[Organisation]) -> LinkList:
    state = request.GET.get("state", "")
    state = state if state in STATES else ""
    chosen = next((one for one in own if str(one.pk) == request.GET.get("organisation")), None)
    if chosen is not None:
        found = found.filter(Q(first=chosen) | Q(second=chosen))
    found = _in_state(found, state)
    page = Paginator(found, SIZE).get_page(request.GET.get("page"))
    pks = {chosen.pk} if chosen else {one.pk for one in own}
    return LinkList(
        rows=[row_of(link, pks) for link in page.object_list],
        page=page,
        states=[(key, label) for key, (label, _) in STATES.items()],
        state=state,
        organisations=own if len(own) > 1 else (),
        organisation=str(chosen.pk) if chosen else "",
    )


def _in_state(found: "QuerySet[Link]", state: str) -> "QuerySet[Link]":
    """What was refused or withdrawn shows only where one asks for it."""
    if state == "closed":
        return found.filter(_CLOSED)
    found = found.exclude(_CLOSED)
    return found.filter(STATES[state][1]) if state else found

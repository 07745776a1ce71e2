"""The list of AlpCafés, the cockpit of one, what is printed for the hall, and its open data."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alpclusters.platform.cafe.domain.answers import Counts, count_cafe
from alpclusters.platform.cafe.domain.sealing import sealed_from
from alpclusters.platform.cafe.models import AlpCafe, Criterion
from alpclusters.platform.cafe.rules import visible_to
from alpclusters.platform.evaluation.domain.open_data import is_released, open_data_files
from alpclusters.platform.evaluation.domain.open_texts import LICENCE_NAME
from alpclusters.platform.languages.codes import LANGUAGES, language_row
from alpclusters.platform.measures.models import Measure
from alpclusters.www.cafe.screens import let_stream
from alpclusters.www.components.parts import Crumb, Phase, phases_until
from alpclusters.www.site.cafe_letters import is_reachable, join_address, qr_picture

# --- What the cockpit of an AlpCafé shows ---------------------------------------------------------


@dataclass(frozen=True)
class Cockpit:
    """One AlpCafé as its facilitator sees it."""

    cafe: AlpCafe
    counts: Counts
    measures: Sequence[Measure]
    criteria: Sequence[Criterion]
    phases: Sequence[Phase]
    snapshots: Sequence[Any]
    may_run: bool

    join_address: str
    picture: SafeString
    is_reachable: bool

    @property
    def snapshot(self) -> Any:
        """The latest evaluation, if there is one."""
        return self.snapshots[0] if self.snapshots else None

    @property
    def sealed_from(self) -> datetime:
        """When a closed AlpCafé is sealed by itself."""
        return sealed_from(self.cafe)

    @property
    def is_due(self) -> bool:
        """Say whether it should have been sealed by now."""
        is_waiting = self.cafe.is_closed and not self.cafe.is_sealed
        return is_waiting and self.sealed_from <= timezone.now()


def read_cockpit(cafe: AlpCafe, *, may_run: bool) -> Cockpit:
    """Read one AlpCafé with its counts."""
    snapshots = list(cafe.snapshots.order_by("-number", "-pk"))
    return Cockpit(
        cafe=cafe,
        counts=count_cafe(cafe),
        measures=[row.measure for row in cafe.cafe_measures.select_related("measure")],
        criteria=[row.criterion for row in cafe.cafe_criteria.select_related("criterion")],
        phases=_phases(cafe, is_evaluated=bool(snapshots)),
        snapshots=snapshots,
        may_run=may_run,
        join_address=join_address(),
        picture=mark_safe(qr_picture(cafe)),  # noqa: S308 - drawn by us from a code
        is_reachable=is_reachable(),
    )


def crumbs(*last: Crumb) -> list[Crumb]:
    """Return the way from the workspace to a page about AlpCafés."""
    return [
        Crumb(_("Workspace"), reverse("workspace:dashboard")),
        Crumb(_("AlpCafés"), reverse("workspace:cafes") if last else ""),
        *last,
    ]


def _phases(cafe: AlpCafe, *, is_evaluated: bool) -> list[Phase]:
    names = [_("In preparation"), _("Open for rating"), _("Closed"), _("Evaluated")]
    states = [AlpCafe.State.DRAFT, AlpCafe.State.OPEN, AlpCafe.State.CLOSED]
    here = states.index(AlpCafe.State(cafe.state))
    here += int(is_evaluated and cafe.is_closed)
    return phases_until(names, here)


# --- The list of AlpCafés, the cockpit of one, and what is printed for the hall -------------------


PAGE_SIZE = 50


def visible_cafe(request: HttpRequest, pk: int) -> AlpCafe:
    """Return an AlpCafé the person may see, else 404."""
    seen = visible_to(request.user, with_rehearsals=True).select_related("project", "region")
    return get_object_or_404(seen, pk=pk)


@login_required
@require_safe
def cafes(request: HttpRequest) -> HttpResponse:
    """List the AlpCafés of one's projects."""
    found = visible_to(request.user).for_list().order_by("-held_on", "-pk")
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "crumbs": crumbs(),
        "may_add": request.user.has_perm("cafe.add_alpcafe"),
        "simulated": any(cafe.is_simulated for cafe in page),
        "section": "cafes",
    }
    return render(request, "workspace/cafes/list.html", context)


@login_required
@require_safe
def cafe(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the cockpit: code, state, counts; never what was answered."""
    found = visible_cafe(request, pk)
    may_run = request.user.has_perm("cafe.run_alpcafe", found)
    context = {
        "cockpit": read_cockpit(found, may_run=may_run),
        "cafe": found,
        "locale": language_row(get_language()).locale,
        "crumbs": crumbs(Crumb(found.title)),
        "simulated": found.is_simulated,
        "section": "cafes",
    }
    response = render(request, "workspace/cafes/cockpit.html", context)
    if may_run:
        let_stream(request, response, found)
    return response


@login_required
@require_safe
def cafe_qr(request: HttpRequest, pk: int) -> HttpResponse:
    """Return the QR code as a picture."""
    return HttpResponse(qr_picture(visible_cafe(request, pk)), content_type="image/svg+xml")


@login_required
@require_safe
def cafe_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a sheet with code and address in five languages, for the tables and the door."""
    found = visible_cafe(request, pk)
    context = {
        "cafe": found,
        "join_address": join_address(),
        "picture": mark_safe(qr_picture(found)),  # noqa: S308 - drawn by us from a code
        "languages": LANGUAGES,
        "crumbs": crumbs(
            Crumb(found.title, reverse("workspace:cafe", args=[found.pk])),
            Crumb(_("Sheet with code")),
        ),
        "simulated": found.is_simulated,
        "section": "cafes",
    }
    return render(request, "workspace/cafes/sheet.html", context)


# --- Open data of an AlpCafé: what is in them, and whether the public has them --------------------


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

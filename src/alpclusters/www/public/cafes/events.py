"""The AlpCafés everybody may know of: when, where, which measures; nothing of the people."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from alpclusters.analysis.small_groups import told_count
from alpclusters.platform.cafe.domain.agendas import Slot, agenda_of
from alpclusters.platform.cafe.domain.answers import people_who_took_part
from alpclusters.platform.cafe.domain.invitations import takes_registrations
from alpclusters.platform.cafe.models import AlpCafe, Criterion, Protocol
from alpclusters.platform.evaluation.domain.open_data import is_released
from alpclusters.platform.evaluation.domain.protocols import public_version
from alpclusters.platform.evaluation.domain.snapshots import headline, newest_released
from alpclusters.platform.evaluation.models import stored_number
from alpclusters.platform.measures.models import Measure
from alpclusters.platform.policy.domain.proofs import released_findings
from alpclusters.platform.worlds import of_world
from alpclusters.www.public.trail import strip_of
from alpclusters.www.site.cafe_letters import time_span
from alpclusters.www.worlds import side_of

# --- What the public sees of AlpCafés: when, where, which measures; nothing of the people ---------


@dataclass(frozen=True)
class CafePage:
    """One AlpCafé for everybody."""

    cafe: AlpCafe
    measures: Sequence[Measure]
    criteria: Sequence[Criterion]
    snapshot_pk: int | None
    n_participants: int | None
    agenda: Sequence[Slot] = ()
    time_span: str = ""
    takes_registrations: bool = False

    @property
    def shows_number(self) -> bool:
        """Say whether the number of people may be shown: after the close, from five on."""
        return self.cafe.is_closed and bool(self.n_participants)

    @property
    def trial_code(self) -> str:
        """The code, where everybody may try: an open AlpCafé of a demonstration project.

        A real code is shown in the hall only; else strangers would rate as regional actors.
        """
        return self.cafe.shown_code if self.cafe.is_open and self.cafe.is_simulated else ""


def public_cafes() -> QuerySet[AlpCafe]:
    """Select what a visitor may see, with counts and the released evaluation, newest first."""
    released = newest_released().filter(cafe=OuterRef("pk")).order_by()
    findings = released_findings().filter(snapshot__cafe=OuterRef("pk")).order_by()
    n_findings = findings.values("snapshot__cafe").annotate(n=Count("pk")).values("n")
    return (
        AlpCafe.objects.public()
        .select_related("project", "region")
        .annotate(
            n_measures=Count("cafe_measures", distinct=True),
            snapshot_pk=Subquery(released.values("pk")[:1]),
            n_people=Subquery(released.values(n=stored_number("n_people"))[:1]),
            n_findings=Coalesce(Subquery(n_findings), 0),
        )
        .order_by("-held_on", "-pk")
    )


def read_page(cafe: AlpCafe) -> CafePage:
    """Read one AlpCafé of `public_cafes`."""
    return CafePage(
        cafe=cafe,
        measures=[row.measure for row in cafe.cafe_measures.select_related("measure")],
        criteria=[row.criterion for row in cafe.cafe_criteria.select_related("criterion")],
        snapshot_pk=cafe.snapshot_pk,  # type: ignore[attr-defined]  # of `public_cafes`
        n_participants=told_count(people_who_took_part(cafe).count()),
        agenda=agenda_of(cafe) if cafe.in_hall and cafe.starts_at else (),
        time_span=time_span(cafe),
        takes_registrations=cafe.open_registration and takes_registrations(cafe, timezone.now()),
    )


# --- What the page of an AlpCafé offers to take away once results are public ----------------------


@dataclass(frozen=True)
class PaperLinks:
    """The approved protocol, and whether cards and data are public."""

    protocol: Protocol | None
    has_data: bool

    @property
    def is_empty(self) -> bool:
        """Say whether there is nothing to take away."""
        return self.protocol is None and not self.has_data


def paper_links(cafe: AlpCafe) -> PaperLinks:
    """Ask what of an AlpCafé is public; of an open one nothing is."""
    if not cafe.is_closed:
        return PaperLinks(None, has_data=False)
    return PaperLinks(public_version(cafe), has_data=is_released(cafe))


# --- The AlpCafés everybody may know of, and one of them ------------------------------------------


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

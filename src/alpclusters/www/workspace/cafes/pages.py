"""What the cockpit of an AlpCafé shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from alpclusters.platform.cafe.domain.counts import Counts, count_cafe
from alpclusters.platform.cafe.domain.sealing import sealed_from
from alpclusters.platform.cafe.models import AlpCafe, Criterion
from alpclusters.platform.measures.models import Measure
from alpclusters.www.components.parts import Crumb, Phase, phases_until
from alpclusters.www.site.cafe_codes import is_reachable, join_address, qr_picture


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

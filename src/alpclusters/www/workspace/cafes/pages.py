"""What the cockpit of an AlpCafé shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alpclusters.platform.cafe.domain.counts import Counts, count_cafe
from alpclusters.platform.cafe.models import AlpCafe, Criterion
from alpclusters.platform.measures.models import Measure
from alpclusters.reports.numbers import format_number
from alpclusters.www.components.parts import Crumb, Phase
from alpclusters.www.workspace.cafes.codes import is_reachable, join_address, qr_picture


@dataclass(frozen=True)
class MeasureRow:
    """How many people have answered one measure."""

    measure: Measure
    n_people: int


@dataclass(frozen=True)
class Cockpit:
    """One AlpCafé as its facilitator sees it."""

    cafe: AlpCafe
    counts: Counts
    rows: Sequence[MeasureRow]
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
    def live_url(self) -> str:
        """Where the script asks for fresh counts."""
        return reverse("workspace:cafe_live", args=[self.cafe.pk])


def read_cockpit(cafe: AlpCafe, *, may_run: bool) -> Cockpit:
    """Read one AlpCafé with its counts."""
    counts = count_cafe(cafe)
    measures = {row.measure_id: row.measure for row in cafe.cafe_measures.select_related("measure")}
    snapshots = list(cafe.snapshots.order_by("-number", "-pk"))
    return Cockpit(
        cafe=cafe,
        counts=counts,
        rows=[MeasureRow(measures[m.measure_id], m.n_people) for m in counts.measures],
        criteria=[row.criterion for row in cafe.cafe_criteria.select_related("criterion")],
        phases=_phases(cafe, is_evaluated=bool(snapshots)),
        snapshots=snapshots,
        may_run=may_run,
        join_address=join_address(),
        picture=mark_safe(qr_picture(cafe)),  # noqa: S308 - drawn by us from a code
        is_reachable=is_reachable(),
    )


def live_data(cafe: AlpCafe) -> dict[str, Any]:
    """Return the counts as the script writes them into the page: ready in the reader's language."""
    counts = count_cafe(cafe)
    written = {
        "participants": counts.n_participants,
        "rating": counts.n_rating,
        "finished": counts.n_finished,
        "received": counts.n_received,
        "expected": counts.n_expected,
        **{f"measure-{m.measure_id}": m.n_people for m in counts.measures},
    }
    language = get_language() or "en"
    return {
        "state": cafe.state,
        "counts": {key: format_number(value, language) for key, value in written.items()},
    }


def crumbs(*last: Crumb) -> list[Crumb]:
    """Return the way from the workspace to a page about AlpCafés."""
    return [
        Crumb(_("Workspace"), reverse("workspace:dashboard")),
        Crumb(_("AlpCafés"), reverse("workspace:cafes") if last else ""),
        *last,
    ]


def _phases(cafe: AlpCafe, *, is_evaluated: bool) -> list[Phase]:
    names = [_("In preparation"), _("Open for rating"), _("Closed"), _("Evaluated")]
    here = [AlpCafe.State.DRAFT, AlpCafe.State.OPEN, AlpCafe.State.CLOSED].index(cafe.state)
    here += int(is_evaluated and cafe.is_closed)
    return [
        Phase(name, "done" if i < here else "here" if i == here else "")
        for i, name in enumerate(names)
    ]

"""What lasted, of all links or of one project, programme or initiative; kept until it changes.

A curve resamples whole projects some hundred times, and a page shows a dozen of curves: they are
computed once and kept in the process. A stamp of counts and newest changes says when they are old;
after five minutes they are read again in any case.
"""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from threading import Lock
from time import monotonic
from typing import Any, Final, Literal

from django.db import connection
from django.db.models import Count, Max, QuerySet

from alpclusters.platform.network.domain.links.survival import (
    GroupCurve,
    Observed,
    Split,
    border_of,
    curve_of,
    groups_by_country,
    lasted,
    observe,
    programme_of,
    split_by,
)
from alpclusters.platform.network.models import Link, LinkReport

SECONDS: Final = 300
MOST_KEPT: Final = 60

type Kind = Literal["all", "project", "programme", "initiative"]
_FIELDS: Final[dict[Kind, str]] = {
    "project": "project",
    "programme": "initiative__programme",
    "initiative": "initiative",
}


@dataclass(frozen=True, slots=True)
class Scope:
    """Which links: all, or those of one thing; never simulated and real ones together."""

    kind: Kind = "all"
    pk: int = 0
    is_simulated: bool = False

    def links(self) -> "QuerySet[Link]":
        """Return the links that count."""
        rows = Link.objects.counted().filter(is_simulated=self.is_simulated)
        return rows if self.kind == "all" else rows.filter(**{_FIELDS[self.kind]: self.pk})


@dataclass(frozen=True, slots=True)
class Lasting:
    """Everything that is said of the links of a scope.

    Attributes
    ----------
    n_links, n_ended_funding : int
        Links that count; of them those whose funding is known to have ended.
    n_unanswered : int
        Of these, links of which nobody has said anything since then.
    n_reopened, n_contradictions : int
        Links called alive again after an end; answers that another one of the day contradicts.
    total : GroupCurve
    by_type, by_border, by_programme : Split
    by_country : sequence of GroupCurve
    lasted : sequence of tuple of int
        Keys of links known alive a year or longer after the funding, with months.
    """

    n_links: int
    n_ended_funding: int
    n_unanswered: int
    n_reopened: int
    n_contradictions: int
    total: GroupCurve
    by_type: Split
    by_border: Split
    by_programme: Split
    by_country: Sequence[GroupCurve]
    lasted: Sequence[tuple[int, int]]


def read_lasting(scope: Scope, *, today: date) -> Lasting:
    """Return what lasted; computed where nobody asked since the last change."""
    key = (connection.alias, str(connection.settings_dict["NAME"]), scope, today)
    stamp = _stamp()
    kept = _kept.get(key)
    if kept is None or kept.stamp != stamp or monotonic() - kept.at > SECONDS:
        # One reader computes; the others wait for it instead of doing the same.
        with _lock:
            kept = _kept.get(key)
            if kept is None or kept.stamp != stamp or monotonic() - kept.at > SECONDS:
                kept = _Kept(stamp, _compute(scope, today), monotonic())
                _keep(key, kept)
    return kept.lasting


@dataclass(frozen=True, slots=True)
class _Kept:
    stamp: tuple[Any, ...]
    lasting: Lasting
    at: float


_kept: OrderedDict[Any, _Kept] = OrderedDict()
_lock = Lock()


def _keep(key: Any, kept: _Kept) -> None:
    _kept[key] = kept
    while len(_kept) > MOST_KEPT:
        _kept.popitem(last=False)


def _stamp() -> tuple[Any, ...]:
    links = Link.objects.aggregate(Count("pk"), Max("pk"), Max("changed_at"))
    reports = LinkReport.objects.aggregate(Count("pk"), Max("pk"), Max("made_at"))
    return (*links.values(), *reports.values())


def _compute(scope: Scope, today: date) -> Lasting:
    found = observe(scope.links(), today=today)
    return Lasting(
        n_links=len(found.links),
        n_ended_funding=found.n_ended_funding,
        n_unanswered=found.spells.n_unanswered,
        n_reopened=found.n_reopened,
        n_contradictions=found.spells.n_contradictions,
        total=curve_of(found),
        by_type=split_by(found, lambda link: link.type),
        by_border=split_by(found, border_of),
        by_programme=_by_programme(scope, found),
        by_country=groups_by_country(found),
        lasted=[(link.pk, months) for link, months in lasted(found)],
    )


def _by_programme(scope: Scope, found: Observed) -> Split:
    """Of one programme or initiative there is nothing to compare."""
    if scope.kind in {"programme", "initiative"}:
        return Split((), None)
    return split_by(found, programme_of)

"""Tie things together and ask what is tied."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Model

from alpclusters.platform.accounts.models import User
from alpclusters.platform.trail.domain.kinds import checked_ends, thing_of
from alpclusters.platform.trail.models import Edge
from alpclusters.platform.worlds import check_one_world


@dataclass(frozen=True, slots=True)
class Neighbours:
    """What an object rests on, and what rests on it."""

    towards_source: tuple[Edge, ...]
    towards_use: tuple[Edge, ...]


def tie(
    kind: str,
    source: Model,
    target: Model,
    *,
    by: User | None = None,
    now: datetime,
    note: str = "",
) -> Edge:
    """Tie two things; a tie that is there already stays as it is.

    Raises
    ------
    TieRefusedError
        This kind of tie does not join these two.
    InputError
        One is simulated, the other is not (``worlds.mixed``).
    """
    from_kind, to_kind = checked_ends(kind, source, target)
    check_one_world(target, [source])
    edge, _ = Edge.objects.get_or_create(
        kind=kind,
        from_kind=from_kind,
        from_id=source.pk,
        to_kind=to_kind,
        to_id=target.pk,
        defaults={"made_by": by, "made_at": now, "note": note},
    )
    return edge


@transaction.atomic
def tie_all(
    kind: str, sources: Collection[Model], target: Model, *, by: User | None = None, now: datetime
) -> None:
    """Tie several things to one, in one statement; refused as by `tie`."""
    check_one_world(target, sources)
    edges = [
        Edge(
            kind=kind,
            from_kind=ends[0],
            from_id=source.pk,
            to_kind=ends[1],
            to_id=target.pk,
            made_by=by,
            made_at=now,
        )
        for source in sources
        for ends in [checked_ends(kind, source, target)]
    ]
    Edge.objects.bulk_create(edges, batch_size=200, ignore_conflicts=True)


@transaction.atomic
def retie(
    kind: str, sources: Collection[Model], target: Model, *, by: User | None = None, now: datetime
) -> None:
    """Leave exactly these things tied to one: the others are untied."""
    kept = [source.pk for source in sources]
    old = Edge.objects.filter(kind=kind, to_kind=thing_of(target), to_id=target.pk)
    old.exclude(from_id__in=kept).delete()
    tie_all(kind, sources, target, by=by, now=now)


def untie(obj: Model) -> None:
    """Remove every tie of a thing that goes away."""
    name = thing_of(obj)
    Edge.objects.filter(from_kind=name, from_id=obj.pk).delete()
    Edge.objects.filter(to_kind=name, to_id=obj.pk).delete()


def neighbours(obj: Model) -> Neighbours:
    """Return the ties of a thing in both directions."""
    name = thing_of(obj)
    return Neighbours(
        towards_source=tuple(Edge.objects.filter(to_kind=name, to_id=obj.pk)),
        towards_use=tuple(Edge.objects.filter(from_kind=name, from_id=obj.pk)),
    )

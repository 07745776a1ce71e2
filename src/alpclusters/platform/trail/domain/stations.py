"""The stations of the trail strip: what one thing comes from, what became of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from django.apps import apps
from django.db.models import F, Model, Q, QuerySet
from django.db.models.fields.json import KT

from alpclusters.platform.accounts.rules import Person, project_ids
from alpclusters.platform.trail.domain.kinds import CHAIN, Thing, thing_of
from alpclusters.platform.trail.domain.reach import Reach, reach_of


class Station(StrEnum):
    """The eleven stations of the argument, from the source to what was reported."""

    SOURCE = "source"
    ACTIVITY = "activity"
    LESSON = "lesson"
    MEASURE = "measure"
    CARD = "card"
    RATING = "rating"
    FINDING = "finding"
    RECOMMENDATION = "recommendation"
    ACTION = "action"
    FUNDING = "funding"
    VALUE = "value"


_THINGS: Final[Mapping[Station, Thing]] = {
    Station.MEASURE: Thing.MEASURE,
    Station.CARD: Thing.ALPCAFE,
    Station.RATING: Thing.SNAPSHOT,
    Station.FINDING: Thing.FINDING,
    Station.RECOMMENDATION: Thing.RECOMMENDATION,
    Station.ACTION: Thing.ACTION,
}


@dataclass(frozen=True, slots=True)
class Ref:
    """A thing at a station: what it is called, how its page is found.

    Attributes
    ----------
    thing : Thing
    pk : int
    label : str
        Name or code, in the active language.
    key : str
        What the address of its page needs besides the number: the key of a measure, the slug
        of an action's plan, the number of a finding's snapshot (empty where it is hidden).
    n : int or None
        People behind it, where it is a rating or a finding.
    """

    thing: Thing
    pk: int
    label: str
    key: str = ""
    n: int | None = None


@dataclass(frozen=True, slots=True)
class Stop:
    """One station with the things at it; none means that it is still open."""

    station: Station
    refs: tuple[Ref, ...] = ()
    is_here: bool = False

    @property
    def is_open(self) -> bool:
        """Say whether nothing is known of this station yet."""
        return not self.refs and not self.is_here


def stations_of(obj: Model, *, seen_by: Person) -> tuple[Stop, ...]:
    """Return the trail of one thing, as far as a person may see it."""
    return stations_for([obj], seen_by=seen_by)[obj.pk]


def stations_for(objs: Sequence[Model], *, seen_by: Person) -> dict[int, tuple[Stop, ...]]:
    """Return the trails of several things of one kind, in a constant number of queries."""
    if not objs:
        return {}
    start = thing_of(objs[0])
    reach = reach_of(start, [obj.pk for obj in objs])
    refs = {thing: _refs(thing, reach, seen_by) for thing in CHAIN}
    return {obj.pk: _stops(obj.pk, start, reach, refs) for obj in objs}


def _stops(
    origin: int, start: Thing, reach: Reach, refs: Mapping[Thing, Mapping[int, Ref]]
) -> tuple[Stop, ...]:
    stops = []
    for station in Station:
        thing = _THINGS.get(station)
        known = refs[thing] if thing else {}
        found = [known[pk] for pk in (reach.of(origin, thing) if thing else []) if pk in known]
        stops.append(Stop(station, tuple(found), is_here=thing is start))
    return tuple(stops)


def _refs(thing: Thing, reach: Reach, person: Person) -> dict[int, Ref]:
    pks = list(reach.found.get(thing, {}))
    if not pks:
        return {}
    visible = None if thing is reach.start else _VISIBLE[thing](person)
    rows = _rows(thing).filter(pk__in=pks)
    shown = (rows if visible is None else rows.filter(visible).distinct()).order_by("pk")
    return {obj.pk: _ref(thing, obj, person) for obj in shown}


def _rows(thing: Thing) -> QuerySet[Any]:
    app, name = _MODELS[thing]
    rows: QuerySet[Any] = apps.get_model(app, name)._default_manager.all()
    if thing is Thing.SNAPSHOT:
        counted: QuerySet[Any] = rows.defer("data").annotate(n_people=KT("data__n_people"))
        return counted
    if thing is Thing.FINDING:
        dated: QuerySet[Any] = rows.annotate(shown_since=F("snapshot__released_at"))
        return dated
    return rows.select_related("plan") if thing is Thing.ACTION else rows


_MODELS: Final[Mapping[Thing, tuple[str, str]]] = {
    Thing.MEASURE: ("measures", "Measure"),
    Thing.ALPCAFE: ("cafe", "AlpCafe"),
    Thing.SNAPSHOT: ("evaluation", "Snapshot"),
    Thing.FINDING: ("policy", "Finding"),
    Thing.RECOMMENDATION: ("policy", "Recommendation"),
    Thing.ACTION: ("policy", "Action"),
}


def _own(path: str, person: Person) -> Q:
    """Things of the projects in which a person holds a role."""
    wanted = project_ids(person)
    return Q(**{f"{path}__isnull": False}) if wanted is None else Q(**{f"{path}__in": wanted})


def _published(path: str) -> Q:
    return Q(**{f"{path}__state": "published", f"{path}__project__is_public": True})


_VISIBLE: Final = {
    Thing.MEASURE: lambda person: Q(is_published=True) | _own("project_id", person),
    Thing.ALPCAFE: lambda person: (
        (Q(project__is_public=True) & ~Q(state="draft")) | _own("project_id", person)
    ),
    Thing.SNAPSHOT: lambda person: (
        Q(released_at__isnull=False, cafe__project__is_public=True)
        | _own("cafe__project_id", person)
    ),
    Thing.FINDING: lambda person: (
        Q(snapshot__released_at__isnull=False, project__is_public=True)
        | _published("recommendations__actions__plan")
        | _own("project_id", person)
    ),
    Thing.RECOMMENDATION: lambda person: _published("actions__plan") | _own("project_id", person),
    Thing.ACTION: lambda person: _published("plan") | _own("plan__project_id", person),
}


def _ref(thing: Thing, obj: Any, person: Person) -> Ref:
    """Name a thing; only the fields a strip shows are read."""
    match thing:
        case Thing.MEASURE:
            return Ref(thing, obj.pk, str(obj), key=obj.key)
        case Thing.SNAPSHOT:
            return Ref(
                thing, obj.pk, str(obj.number), n=int(obj.n_people) if obj.n_people else None
            )
        case Thing.FINDING:
            return Ref(thing, obj.pk, obj.code, key=_snapshot_key(obj, person), n=obj.n)
        case Thing.RECOMMENDATION:
            return Ref(thing, obj.pk, obj.code)
        case Thing.ACTION:
            return Ref(thing, obj.pk, obj.code, key=obj.plan.slug)
        case Thing.ALPCAFE | Thing.CARD | Thing.INSIGHT:
            return Ref(thing, obj.pk, str(obj))


def _snapshot_key(finding: Any, person: Person) -> str:
    """Name the snapshot of a finding, unless a newer one replaced it in public."""
    wanted = project_ids(person)
    is_own = wanted is None or finding.project_id in wanted
    return str(finding.snapshot_id) if finding.shown_since or is_own else ""

"""The stations of the trail strip: what one thing comes from, what became of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from django.db.models import Model, Q, QuerySet
from django.utils.formats import number_format

from alpclusters.platform.evaluation.models import stored_number
from alpclusters.platform.evidence.models import Initiative
from alpclusters.platform.evidence.rules import visible_documents, visible_initiatives
from alpclusters.platform.partnership.roles import EVERY_ROLE, Person, project_ids
from alpclusters.platform.tracing.domain.days import Days, day_of, in_order, with_day
from alpclusters.platform.tracing.domain.reach import Reach, reach_of
from alpclusters.platform.trail.domain.kinds import Thing, model_of, thing_of


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


# Of what may be reached by the thousand, so many are named; all are counted.
MOST_NAMED: Final = 12
# Stands for all its activities; it is no station of its own.
INITIATIVE: Final = "initiative"

_THINGS: Final[Mapping[Station, Thing]] = {
    Station.SOURCE: Thing.DOCUMENT,
    Station.ACTIVITY: Thing.ACTIVITY,
    Station.LESSON: Thing.LESSON,
    Station.MEASURE: Thing.MEASURE,
    Station.CARD: Thing.ALPCAFE,
    Station.RATING: Thing.SNAPSHOT,
    Station.FINDING: Thing.FINDING,
    Station.RECOMMENDATION: Thing.RECOMMENDATION,
    Station.ACTION: Thing.ACTION,
    Station.FUNDING: Thing.FUNDING_LINE,
    Station.VALUE: Thing.VALUE,
}
STATIONS: Final[Mapping[Thing, Station]] = {thing: station for station, thing in _THINGS.items()}


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
        What the address of its page needs besides the number: the key of a measure, lesson or
        document, of an activity's initiative, the slug of the plan of an action, a funding line or
        a value.
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
    """One station with the things at it; none means that it is still open.

    Attributes
    ----------
    station : Station
    refs : tuple of Ref
        At most `MOST_NAMED` of documents, activities, lessons and values, else all.
    is_here : bool
    n : int
        How many there are, named or not.
    """

    station: Station
    refs: tuple[Ref, ...] = ()
    is_here: bool = False
    n: int = 0

    @property
    def is_open(self) -> bool:
        """Say whether nothing is known of this station yet."""
        return not self.refs and not self.is_here


def stations_of(obj: Model, *, seen_by: Person, is_simulated: bool = False) -> tuple[Stop, ...]:
    """Return the trail of one thing in its own world, as far as a person may see it.

    A measure of the catalogue has two trails: ``is_simulated`` asks for the simulated one.
    """
    return stations_for([obj], seen_by=seen_by, is_simulated=is_simulated)[obj.pk]


def stations_for(
    objs: Sequence[Model], *, seen_by: Person, is_simulated: bool = False
) -> dict[int, tuple[Stop, ...]]:
    """Return the trails of several things of one kind, in a constant number of queries."""
    if not objs:
        return {}
    reach = reach_of(thing_of(objs[0]), [obj.pk for obj in objs], is_simulated=is_simulated)
    return _trails(reach, [obj.pk for obj in objs], seen_by)


def stations_of_initiative(initiative: Initiative, *, seen_by: Person) -> tuple[Stop, ...]:
    """Return the trail of an initiative: that of all its activities together."""
    return _trails(_reach(initiative), [initiative.pk], seen_by)[initiative.pk]


def station_of(
    obj: Model,
    station: Station,
    *,
    seen_by: Person,
    is_simulated: bool = False,
    offset: int = 0,
    most: int = MOST_NAMED,
) -> Stop:
    """Return one station of the trail of a thing or an initiative, with a page of its things.

    Parameters
    ----------
    obj : Model
    station : Station
    seen_by : Person
    is_simulated : bool
        Which of its two trails, for a measure of the catalogue.
    offset, most : int
        Of the things at the station, `most` are named from `offset` on; all are counted.
    """
    reach, thing = _reach(obj, is_simulated=is_simulated), _THINGS[station]
    days, here = (
        _days(_seen(one, reach, reach.of(obj.pk, one), seen_by)) for one in (thing, reach.start)
    )
    pks = _shown(obj.pk, thing, reach, days, here)
    rows = _rows(thing).in_bulk(pks[offset : offset + most])
    refs = tuple(_ref(thing, rows[pk]) for pk in pks[offset : offset + most])
    return Stop(station, refs, is_here=thing is reach.start, n=len(pks))


def seen_thing(kind: str, pk: int, *, seen_by: Person) -> Model | None:
    """Return a thing that has a place in the trail, or an initiative, if a person may see it."""
    if kind == INITIATIVE:
        return visible_initiatives(seen_by).filter(pk=pk).first()
    if kind not in _VISIBLE:
        return None
    thing = Thing(kind)
    found: Model | None = _rows(thing).filter(_VISIBLE[thing](seen_by), pk=pk).first()
    return found


def _reach(obj: Model, *, is_simulated: bool = False) -> Reach:
    if not isinstance(obj, Initiative):
        return reach_of(thing_of(obj), [obj.pk], is_simulated=is_simulated)
    pks = obj.activities.order_by().values_list("pk", flat=True)
    return reach_of(Thing.ACTIVITY, {pk: {obj.pk} for pk in pks})


def _trails(reach: Reach, origins: Sequence[int], person: Person) -> dict[int, tuple[Stop, ...]]:
    here = _named(reach.start, reach, origins, person, {})
    names = {
        thing: here if thing is reach.start else _named(thing, reach, origins, person, here.days)
        for thing in _THINGS.values()
    }
    return {origin: _stops(origin, reach, names) for origin in origins}


@dataclass(frozen=True, slots=True)
class _Named:
    """The visible things of one kind with their days, and the names of those that are named."""

    days: Days
    refs: Mapping[int, Ref]


def _stops(origin: int, reach: Reach, names: Mapping[Thing, _Named]) -> tuple[Stop, ...]:
    stops = []
    for station, thing in _THINGS.items():
        known = names[thing]
        pks = _shown(origin, thing, reach, known.days, names[reach.start].days)
        refs = tuple(known.refs[pk] for pk in pks if pk in known.refs)
        stops.append(Stop(station, refs, is_here=thing is reach.start, n=len(pks)))
    return tuple(stops)


def _shown(origin: int, thing: Thing, reach: Reach, days: Days, origins: Days) -> list[int]:
    """List what a person may see and what time allows to have led here, or to have followed."""
    reached, here = reach.of(origin, thing), origins.get(origin)
    if thing is reach.start:
        return [pk for pk in reached if pk in days]
    return [pk for pk in reached if pk in days and in_order(reach.start, here, thing, days[pk])]


def _named(
    thing: Thing, reach: Reach, origins: Sequence[int], person: Person, origin_days: Days
) -> _Named:
    pks = list(reach.found.get(thing, {}))
    if not pks:
        return _Named({}, {})
    shown = _seen(thing, reach, pks, person)
    if thing not in _MANY or len(pks) <= MOST_NAMED:
        known = list(shown)
        days = {obj.pk: day_of(obj.day) for obj in known}
        return _Named(days, {obj.pk: _ref(thing, obj) for obj in known})
    days = _days(shown)
    first = {
        pk
        for origin in origins
        for pk in _shown(origin, thing, reach, days, origin_days)[:MOST_NAMED]
    }
    rows = _rows(thing).filter(pk__in=first)
    return _Named(days, {obj.pk: _ref(thing, obj) for obj in rows})


def _days(rows: QuerySet[Any]) -> dict[int, date | None]:
    return {pk: day_of(day) for pk, day in rows.values_list("pk", "day")}


def _seen(thing: Thing, reach: Reach, pks: Sequence[int], person: Person) -> QuerySet[Any]:
    """Return what a person may see of things that were reached, each with its day."""
    rows = with_day(_rows(thing).filter(pk__in=pks), thing).order_by("pk")
    return rows if thing is reach.start else rows.filter(_VISIBLE[thing](person)).distinct()


def _rows(thing: Thing) -> QuerySet[Any]:
    rows: QuerySet[Any] = model_of(thing)._default_manager.all()
    if thing is Thing.SNAPSHOT:
        counted: QuerySet[Any] = rows.defer("data").annotate(n_people=stored_number("n_people"))
        return counted
    return rows.select_related(_ALONG[thing]) if thing in _ALONG else rows


_ALONG: Final[Mapping[Thing, str]] = {
    Thing.ACTION: "plan",
    Thing.ACTIVITY: "initiative",
    Thing.FUNDING_LINE: "action__plan",
    Thing.VALUE: "indicator__action__plan",
}
_MANY: Final = frozenset({Thing.DOCUMENT, Thing.ACTIVITY, Thing.LESSON, Thing.VALUE})


def _own(path: str, person: Person) -> Q:
    """Things of the projects in which a person holds a role."""
    wanted = project_ids(person)
    return Q(**{f"{path}__isnull": False}) if wanted is None else Q(**{f"{path}__in": wanted})


def _published(path: str) -> Q:
    return Q(**{f"{path}__state": "published", f"{path}__project__is_public": True})


def _decided(path: str) -> Q:
    """Recommendations that are public with or without a plan (policy/domain/states.py)."""
    states = ("published", "superseded", "withdrawn", "rejected")
    return Q(**{f"{path}state__in": states, f"{path}project__is_public": True})


def _for_everybody(person: Person, **public: object) -> Q:
    """Published things of the evidence base; all of them for people with any role."""
    return Q(**public) if project_ids(person, *EVERY_ROLE) == [] else Q()


def _of_published_initiatives(person: Person) -> Q:
    """Leave out activities of hidden initiatives; a join would make SQLite walk through all."""
    if project_ids(person, *EVERY_ROLE) != []:
        return Q()
    return ~Q(initiative__in=Initiative.objects.filter(is_published=False).values("pk"))


_VISIBLE: Final = {
    Thing.DOCUMENT: lambda person: Q(pk__in=visible_documents(person).values("pk")),
    Thing.ACTIVITY: lambda person: _of_published_initiatives(person) & ~Q(state="open"),
    Thing.LESSON: lambda person: _for_everybody(person, is_published=True),
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
        | _decided("recommendations__")
        | _own("project_id", person)
    ),
    Thing.RECOMMENDATION: lambda person: (
        _published("actions__plan") | _decided("") | _own("project_id", person)
    ),
    Thing.ACTION: lambda person: _published("plan") | _own("plan__project_id", person),
    Thing.FUNDING_LINE: lambda person: (
        _published("action__plan") | _own("action__plan__project_id", person)
    ),
    # What a body said counts in public once a person confirmed it.
    Thing.VALUE: lambda person: (
        (_published("indicator__plan") & Q(status="confirmed"))
        | _own("indicator__plan__project_id", person)
    ),
}


def ref_of(obj: Model) -> Ref:
    """Name a thing that has a place in the trail."""
    return _ref(thing_of(obj), obj)


def _ref(thing: Thing, obj: Any) -> Ref:
    """Name a thing; only the fields a strip shows are read."""
    if thing is Thing.SNAPSHOT:
        return Ref(thing, obj.pk, str(obj.number), n=obj.n_people)
    if thing is Thing.FINDING:
        return Ref(thing, obj.pk, obj.code, n=obj.n)
    return Ref(thing, obj.pk, *_label_and_key(thing, obj))


def _label_and_key(thing: Thing, obj: Any) -> tuple[str, str]:
    match thing:
        case Thing.RECOMMENDATION | Thing.ACTION:
            return obj.code, obj.plan.slug if thing is Thing.ACTION else ""
        case Thing.FUNDING_LINE:
            return obj.source, _place_in_plan(obj.action)
        case Thing.VALUE:
            return _value_label(obj), _place_in_plan(obj.indicator.action)
        case Thing.ACTIVITY:
            return str(obj), f"{obj.initiative.key}#activity-{obj.number}"
        case Thing.DOCUMENT | Thing.LESSON | Thing.MEASURE:
            return str(obj), obj.key
        case _:
            return str(obj), ""


def _place_in_plan(action: Any) -> str:
    return f"{action.plan.slug}#{action.code}"


def _value_label(reported: Any) -> str:
    """Write a value with its unit, or with its indicator where it has none."""
    number = number_format(reported.value.normalize())
    return f"{number} {reported.indicator.unit or reported.indicator.name}"

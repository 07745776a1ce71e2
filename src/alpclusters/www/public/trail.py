"""The trail of a thing as the strip of the page shows it: names, counts and addresses."""

from collections.abc import Sequence
from typing import Final

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, ngettext

from alpclusters.platform.accounts.rules import Person
from alpclusters.platform.evidence.models import Initiative
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.trail.domain.kinds import Thing
from alpclusters.platform.trail.domain.stations import (
    Ref,
    Stop,
    stations_of,
    stations_of_initiative,
)
from alpclusters.platform.trail.domain.stations import Station as Stage
from alpclusters.reports.numbers import format_integer, format_n
from alpclusters.www.components.parts import Station, Text

NAMES: Final = {
    Stage.SOURCE: gettext_lazy("Source"),
    Stage.ACTIVITY: gettext_lazy("Activity"),
    Stage.LESSON: gettext_lazy("Lesson"),
    Stage.MEASURE: gettext_lazy("Measure"),
    Stage.CARD: gettext_lazy("AlpCafé"),
    Stage.RATING: gettext_lazy("Rating"),
    Stage.FINDING: gettext_lazy("Finding"),
    Stage.RECOMMENDATION: gettext_lazy("Recommendation"),
    Stage.ACTION: gettext_lazy("Action"),
    Stage.FUNDING: gettext_lazy("Funding"),
    Stage.VALUE: gettext_lazy("Value"),
}

# What the number of a station counts, as lists mark their totals.
KEYS: Final = {
    Stage.SOURCE: "documents",
    Stage.ACTIVITY: "activities",
    Stage.LESSON: "lessons",
    Stage.MEASURE: "measures",
    Stage.CARD: "cafes",
    Stage.RATING: "people",
    Stage.FINDING: "findings",
    Stage.RECOMMENDATION: "recommendations",
    Stage.ACTION: "actions",
    Stage.FUNDING: "funding",
    Stage.VALUE: "values",
}

# Thing -> the page that shows it, and whether its address takes the key or the number.
PAGES: Final = {
    Thing.DOCUMENT: ("public:source", True),
    Thing.ACTIVITY: ("public:initiative", True),
    Thing.LESSON: ("public:lesson", True),
    Thing.MEASURE: ("public:measure", True),
    Thing.ALPCAFE: ("public:cafe", False),
    Thing.SNAPSHOT: ("public:evaluation", False),
    Thing.FINDING: ("public:evaluation", True),
    Thing.RECOMMENDATION: ("public:recommendation", False),
    Thing.ACTION: ("public:plan-action", True),
    Thing.FUNDING_LINE: ("public:plan-action", True),
    Thing.VALUE: ("public:plan-action", True),
}

_IN_A_PLAN: Final = {
    Thing.ACTION: "",
    Thing.FUNDING_LINE: "#funding-title",
    Thing.VALUE: "#indicators",
}


def strip_of(
    thing: Model, *, seen_by: Person, label: str = "", lists: str = "", sources: str = ""
) -> list[Station]:
    """Return the stations around a thing.

    Parameters
    ----------
    thing : Model
        A document, initiative, activity, lesson, measure, AlpCafé, snapshot, finding,
        recommendation, action, funding line or value.
    seen_by : Person
        Who looks; hidden things count as missing.
    label : str, default ""
        What the current station says below its name.
    lists : str, default ""
        Address of a list for stations with several things, e.g. ``#became``.
    sources : str, default ""
        The same for documents, activities and lessons, where it is another one.
    """
    if isinstance(thing, Initiative):
        stops = stations_of_initiative(thing, seen_by=seen_by)
    else:
        stops = stations_of(thing, seen_by=seen_by)
    return trail_stations(stops, label=label, lists=lists, sources=sources)


def trail_stations(
    stops: Sequence[Stop], *, label: str = "", lists: str = "", sources: str = ""
) -> list[Station]:
    """Return stops of the trail as the tag ``trail`` takes them."""
    above = {Stage.SOURCE, Stage.ACTIVITY, Stage.LESSON}
    return [_station(stop, label, (stop.station in above and sources) or lists) for stop in stops]


def address_of(ref: Ref) -> str:
    """Return the public page of a thing; empty where a newer snapshot replaced it."""
    name, by_key = PAGES[ref.thing]
    if by_key and not ref.key:
        return ""
    key, _, place = ref.key.partition("#")
    if ref.thing in _IN_A_PLAN:
        return _in_plan(ref.thing, key, place or ref.label)
    page = reverse(name, args=[key if by_key else ref.pk])
    return f"{page}#{place}" if place else page


def _in_plan(thing: Thing, plan: str, action: str) -> str:
    """An action has a page of its own in its plan; money and values stand on it."""
    return reverse("public:plan-action", args=[plan, action]) + _IN_A_PLAN[thing]


def _station(stop: Stop, label: str, lists: str) -> Station:
    name = NAMES[stop.station]
    if stop.is_here:
        return Station(name, label, state="here")
    if stop.is_open:
        return Station(name, state="missing")
    if stop.n == 1 or not lists:
        return Station(name, _words(stop), address_of(stop.refs[-1]))
    return Station(name, _words(stop), lists)


def _words(stop: Stop) -> Text:
    """Say which thing it is or how many; ratings say how many people."""
    people = people_behind(stop.refs)
    if stop.station is Stage.RATING and people:
        return format_n(people, nearest_language(get_language()))
    if stop.station is Stage.SOURCE:
        return documents(stop.n)
    # A lesson is a whole sentence: only its number fits the strip.
    if stop.n > 1 or stop.station in {Stage.ACTIVITY, Stage.LESSON}:
        return format_integer(stop.n, nearest_language(get_language()))
    return stop.refs[0].label if stop.station is not Stage.RATING else "1"


def people_behind(refs: Sequence[Ref]) -> int:
    """Return how many people rated in the newest snapshot, or in the only one."""
    return sum(ref.n or 0 for ref in refs[-1:])


def documents(n: int) -> str:
    """Say how many documents there are."""
    return ngettext("%(n)s document", "%(n)s documents", n) % {"n": n}

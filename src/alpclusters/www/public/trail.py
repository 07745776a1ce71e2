"""The trail of a thing as the strip of the page shows it: names, counts and addresses."""

from collections.abc import Sequence
from typing import Final

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from alpclusters.platform.evidence.models import Initiative
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.partnership.roles import Person
from alpclusters.platform.tracing.domain.stations import (
    INITIATIVE,
    STATIONS,
    Ref,
    Stop,
    ref_of,
    stations_of,
    stations_of_initiative,
)
from alpclusters.platform.tracing.domain.stations import Station as Stage
from alpclusters.platform.trail.domain.kinds import Thing, thing_of
from alpclusters.platform.worlds import world_of
from alpclusters.reports.numbers import format_integer, format_n
from alpclusters.www.components.parts import Crumb, Figure, Station, Text
from alpclusters.www.worlds import in_world

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
    Thing.FINDING: ("public:finding", False),
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


# A single thing here is shown by a number: its name would not fit the strip.
_NUMBERED: Final = frozenset({Stage.SOURCE, Stage.ACTIVITY, Stage.LESSON, Stage.RATING})
# What the page of an evaluation marks as the people who rated.
PEOPLE: Final = "people"


def strip_of(
    thing: Model, *, seen_by: Person, label: str = "", is_simulated: bool = False
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
    is_simulated : bool, default False
        Which of its two trails, for a measure of the catalogue.
    """
    stops = stops_of(thing, seen_by=seen_by, is_simulated=is_simulated)
    return trail_stations(stops, thing, label=label, is_simulated=is_simulated)


def stops_of(thing: Model, *, seen_by: Person, is_simulated: bool = False) -> tuple[Stop, ...]:
    """Return the trail of a thing or an initiative."""
    if isinstance(thing, Initiative):
        return stations_of_initiative(thing, seen_by=seen_by)
    return stations_of(thing, seen_by=seen_by, is_simulated=is_simulated)


def trail_stations(
    stops: Sequence[Stop], thing: Model, *, label: str = "", is_simulated: bool = False
) -> list[Station]:
    """Return stops of the trail of a thing as the tag ``trail`` takes them.

    One thing at a station is opened itself, several as a list of exactly these.
    """
    here = next(place for place, stop in enumerate(stops) if stop.is_here)
    asked = is_simulated and world_of(thing) is None
    return [
        _station(stop, thing, label, is_before=place < here, is_simulated=asked)
        for place, stop in enumerate(stops)
    ]


def lessons_at(stops: Sequence[Stop]) -> int:
    """Return how many lessons a trail has."""
    return next(stop.n for stop in stops if stop.station is Stage.LESSON)


def station_address(thing: Model, station: Stage) -> str:
    """Return the page that lists what is at a station of the trail of a thing."""
    kind = INITIATIVE if isinstance(thing, Initiative) else str(thing_of(thing))
    return reverse("public:trail-station", args=[kind, thing.pk, str(station)])


def address_of(ref: Ref) -> str:
    """Return the public page of a thing."""
    name, by_key = PAGES[ref.thing]
    key, _, place = ref.key.partition("#")
    if ref.thing in _IN_A_PLAN:
        return _in_plan(ref.thing, key, place or ref.label)
    page = reverse(name, args=[key if by_key else ref.pk])
    return f"{page}#{place}" if place else page


def _in_plan(thing: Thing, plan: str, action: str) -> str:
    """An action has a page of its own in its plan; money and values stand on it."""
    return reverse("public:plan-action", args=[plan, action]) + _IN_A_PLAN[thing]


def place_of(thing: Model) -> Crumb:
    """Return a thing of the trail, or an initiative, with its name and its page."""
    if isinstance(thing, Initiative):
        return Crumb(thing.acronym, reverse("public:initiative", args=[thing.key]))
    ref = ref_of(thing)
    kind = str(NAMES[STATIONS[ref.thing]])
    # An AlpCafé is mostly called so by its own title.
    name = ref.label if ref.label.startswith(kind) else f"{kind} {ref.label}"
    return Crumb(name, address_of(ref))


def label_of(thing: Model) -> str:
    """Return how a thing is called beside the name of its own station."""
    return thing.acronym if isinstance(thing, Initiative) else ref_of(thing).label


def _station(
    stop: Stop, thing: Model, label: str, *, is_before: bool, is_simulated: bool
) -> Station:
    name = NAMES[stop.station]
    if stop.is_here:
        return Station(name, label, state="here", key=trail_key(stop.station))
    if stop.is_open:
        return Station(name, _("nothing recorded") if is_before else "", state="missing")
    if stop.n == 1:
        return _single(name, stop)
    words = count_words(stop)
    url = in_world(station_address(thing, stop.station), is_simulated=is_simulated)
    figure = Figure(name, words, key=trail_key(stop.station), exact=stop.n, url=url)
    return Station(name, words, url, figure=figure)


def _single(name: Text, stop: Stop) -> Station:
    """Lead to the thing itself; where a number stands for it, say what it counts."""
    (ref,) = stop.refs
    words, url = _words(stop), address_of(ref)
    if stop.station is Stage.RATING and ref.n:
        figure = Figure(name, words, key=PEOPLE, exact=ref.n, url=url)
    elif stop.station in _NUMBERED:
        figure = Figure(name, words, key=trail_key(stop.station), exact=1, url=url)
    else:
        return Station(name, words, url)
    return Station(name, words, url, figure=figure)


def trail_key(station: Stage) -> str:
    """Name what the number of a station counts, as its list marks the total."""
    return f"trail.{station}"


def count_words(stop: Stop) -> Text:
    """Say how many things there are at a station."""
    if stop.station is Stage.SOURCE:
        return documents(stop.n)
    if stop.station is Stage.RATING:
        return ngettext("%(n)s evaluation", "%(n)s evaluations", stop.n) % {"n": stop.n}
    return format_integer(stop.n, nearest_language(get_language()))


def _words(stop: Stop) -> Text:
    """Say which thing it is; a rating says how many people."""
    (ref,) = stop.refs
    if stop.station is Stage.RATING and ref.n:
        return format_n(ref.n, nearest_language(get_language()))
    if stop.station in _NUMBERED:
        return count_words(stop)
    return ref.label


def documents(n: int) -> str:
    """Say how many documents there are."""
    return ngettext("%(n)s document", "%(n)s documents", n) % {"n": n}

"""Follow the ties of many things at once, in both directions, one query per link."""

import itertools
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from django.apps import apps

from alpclusters.platform.tracing.domain import evidence, money_values
from alpclusters.platform.tracing.domain.evidence import activities_of_types, measures_of_types
from alpclusters.platform.trail.domain.kinds import CHAIN, ENDS, Thing, model_of
from alpclusters.platform.trail.models import Edge
from alpclusters.platform.worlds import foreign_to, worlds_of

type Origins = dict[int, set[int]]
"""From the number of a thing to the numbers of the things it was reached from."""

type Link = tuple[Thing, Thing]

READERS: Final = {**evidence.READERS, **money_values.READERS}
_KINDS: Final[Mapping[Link, str]] = {ends: kind for kind, pairs in ENDS.items() for ends in pairs}
# A document may be quoted by a lesson, or describe a measure, without anything in between; a
# finding may state a lesson that nobody rated; money and indicators both hang on the action.
LINKS: Final[tuple[Link, ...]] = (
    *(link for link in READERS if link[1] is not CHAIN[CHAIN.index(link[0]) + 1]),
    (Thing.LESSON, Thing.FINDING),
    *(link for link in itertools.pairwise(CHAIN) if link in READERS or link in _KINDS),
)


@dataclass(slots=True)
class Reach:
    """Per kind of thing what was reached, and from which of the things one began with."""

    start: Thing
    # Of the things one began with: whether they are simulated.
    worlds: Mapping[int, bool] = field(default_factory=dict)
    found: dict[Thing, Origins] = field(default_factory=dict)

    def of(self, origin: int, thing: Thing) -> list[int]:
        """List the numbers of one kind reached from one thing, oldest first."""
        return sorted(pk for pk, origins in self.found.get(thing, {}).items() if origin in origins)

    def add(self, thing: Thing, reached: Mapping[int, Collection[int]]) -> None:
        """Take in what was reached on one more way, each in the world it was reached from."""
        known = self.found.setdefault(thing, {})
        foreign = {
            world: foreign_to(model_of(thing), list(reached), is_simulated=world)
            for world in set(self.worlds.values())
            if reached
        }
        for pk, origins in reached.items():
            own = {name for name in origins if pk not in foreign[self.worlds[name]]}
            if own:
                known.setdefault(pk, set()).update(own)


def reach_of(
    start: Thing,
    origins: Mapping[int, Collection[int]] | Iterable[int],
    *,
    is_simulated: bool = False,
) -> Reach:
    """Follow the ties up to the documents, and down to the money and values of the actions.

    From a real thing only real ones are reached, from a simulated one only simulated ones, also
    where both hang on one measure of the catalogue.

    A finding speaks of one measure, an AlpCafé shows many: seen from below, only the measures
    of the findings count; seen from a measure or above, only findings about it do.

    Parameters
    ----------
    start : Thing
        The kind of the things one begins with.
    origins : mapping of int to collection of int, or iterable of int
        Their numbers; a mapping names for each the numbers under which it is asked for.
    is_simulated : bool, optional
        Which side is asked for of measures of the catalogue, which are on neither.
    """
    own = origins if isinstance(origins, Mapping) else {pk: {pk} for pk in origins}
    known = worlds_of(model_of(start), own)
    worlds = {
        name: is_simulated if known.get(pk) is None else bool(known[pk])
        for pk, names in own.items()
        for name in names
    }
    reach = Reach(start, worlds, {start: {pk: set(names) for pk, names in own.items()}})
    _go_up(reach)
    _go_down(reach)
    return reach


def _go_up(reach: Reach) -> None:
    place = CHAIN.index(reach.start)
    for lower in CHAIN[place:0:-1]:
        if lower is Thing.FINDING:
            # In place of what the AlpCafé showed besides, which is added on the way up.
            reach.found[Thing.MEASURE] = _measures(reach.found[lower])
        if lower is reach.start is Thing.MEASURE:
            reach.add(Thing.ACTIVITY, _spread(activities_of_types(reach.found[lower]), reach))
        for upper in _uppers(lower):
            if upper is not Thing.MEASURE or reach.start in _BEFORE_FINDINGS:
                known = reach.found.get(lower, {})
                reach.add(upper, _step(known, (upper, lower), is_upwards=True))


def _spread(reached: Mapping[int, Collection[int]], reach: Reach) -> Origins:
    """Replace the things somebody was reached from by what those were asked for under."""
    names = reach.found[reach.start]
    return {pk: {n for via in vias for n in names[via]} for pk, vias in reached.items()}


def _go_down(reach: Reach) -> None:
    if reach.start in (Thing.DOCUMENT, Thing.ACTIVITY):
        _add_measures_of_types(reach)
    for upper in CHAIN[CHAIN.index(reach.start) :]:
        for lower in _lowers(upper):
            known = reach.found.get(upper, {})
            reach.add(lower, _step(known, (upper, lower), is_upwards=False))
            if lower is Thing.FINDING and reach.start in _ABOVE_CAFES:
                reach.found[lower] = _about_measures(reach)


def _add_measures_of_types(reach: Reach) -> None:
    if reach.start is Thing.DOCUMENT:
        link = (Thing.DOCUMENT, Thing.ACTIVITY)
        reach.add(Thing.ACTIVITY, _step(reach.found[reach.start], link, is_upwards=False))
    activities = reach.found.get(Thing.ACTIVITY, {})
    reached = measures_of_types(activities)
    reach.add(
        Thing.MEASURE,
        {pk: {n for via in vias for n in activities[via]} for pk, vias in reached.items()},
    )


_ABOVE_CAFES: Final = CHAIN[: CHAIN.index(Thing.ALPCAFE)]
_BEFORE_FINDINGS: Final = CHAIN[: CHAIN.index(Thing.FINDING)]


def _uppers(lower: Thing) -> Iterator[Thing]:
    return (upper for upper, end in LINKS if end is lower)


def _lowers(upper: Thing) -> Iterator[Thing]:
    return (lower for end, lower in LINKS if end is upper)


def _step(known: Origins, link: Link, *, is_upwards: bool) -> Origins:
    if not known:
        return {}
    reached: Origins = defaultdict(set)
    for upper, lower in _pairs(known, link, is_upwards=is_upwards):
        here, there = (lower, upper) if is_upwards else (upper, lower)
        reached[there] |= known[here]
    return dict(reached)


def _pairs(known: Origins, link: Link, *, is_upwards: bool) -> Iterable[tuple[int, int]]:
    if link in READERS:
        return READERS[link](list(known), is_upwards)
    near = "to_id" if is_upwards else "from_id"
    upper, lower = link
    # One kind of tie may join several kinds of things: their numbers alone say nothing.
    edges = Edge.objects.filter(
        kind=_KINDS[link], from_kind=upper, to_kind=lower, **{f"{near}__in": list(known)}
    )
    return edges.values_list("from_id", "to_id")


def _finding_measures(pks: Iterable[int]) -> dict[int, int | None]:
    """Return the measure of each finding; only those from ratings have one."""
    finding = apps.get_model("policy", "Finding")
    rows = finding._default_manager.filter(pk__in=list(pks))
    return dict(rows.order_by("pk").values_list("pk", "measure_id"))


def _measures(findings: Origins) -> Origins:
    reached: Origins = defaultdict(set)
    if findings:
        for finding, measure in _finding_measures(findings).items():
            if measure is not None:
                reached[measure] |= findings[finding]
    return dict(reached)


def _about_measures(reach: Reach) -> Origins:
    findings, measures = reach.found[Thing.FINDING], reach.found.get(Thing.MEASURE, {})
    if not findings:
        return {}
    about = _finding_measures(findings)
    kept = {
        pk: origins if (measure := about[pk]) is None else measures.get(measure, set()) & origins
        for pk, origins in findings.items()
    }
    return {pk: origins for pk, origins in kept.items() if origins}

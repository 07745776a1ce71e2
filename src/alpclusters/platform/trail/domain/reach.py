"""Follow the ties of many things at once, in both directions, one query per link."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from django.apps import apps

from alpclusters.platform.trail.domain.kinds import CHAIN, ENDS, Thing
from alpclusters.platform.trail.models import Edge

type Origins = dict[int, set[int]]
"""From the number of a thing to the numbers of the things it was reached from."""

_LINKS: Final[Mapping[tuple[Thing, Thing], str]] = {ends: kind for kind, ends in ENDS.items()}


@dataclass(slots=True)
class Reach:
    """Per kind of thing what was reached, and from which of the things one began with."""

    start: Thing
    found: dict[Thing, Origins] = field(default_factory=dict)

    def of(self, origin: int, thing: Thing) -> list[int]:
        """List the numbers of one kind reached from one thing, oldest first."""
        return sorted(pk for pk, origins in self.found.get(thing, {}).items() if origin in origins)


def reach_of(start: Thing, pks: Iterable[int]) -> Reach:
    """Follow the ties up to the measures and down to the actions.

    A finding speaks of one measure, an AlpCafé shows many: seen from below, only the measures
    of the findings count; seen from a measure, only its own findings do.
    """
    reach = Reach(start, {start: {pk: {pk} for pk in pks}})
    place = CHAIN.index(start)
    for upper, lower in zip(CHAIN[:place][::-1], CHAIN[1 : place + 1][::-1], strict=True):
        reach.found[upper] = _step(reach.found[lower], (upper, lower), is_upwards=True)
        if lower is Thing.FINDING:
            reach.found[Thing.MEASURE] = _measures(reach.found[lower])
    if place >= CHAIN.index(Thing.FINDING):
        reach.found[Thing.MEASURE] = _measures(reach.found[Thing.FINDING])
    for upper, lower in zip(CHAIN[place:], CHAIN[place + 1 :], strict=False):
        reach.found[lower] = _step(reach.found[upper], (upper, lower), is_upwards=False)
        if lower is Thing.FINDING and start is Thing.MEASURE:
            reach.found[lower] = _about_origin(reach.found[lower])
    return reach


def _step(known: Origins, link: tuple[Thing, Thing], *, is_upwards: bool) -> Origins:
    if not known:
        return {}
    near, far = ("to_id", "from_id") if is_upwards else ("from_id", "to_id")
    edges = Edge.objects.filter(kind=_LINKS[link], **{f"{near}__in": list(known)})
    reached: Origins = defaultdict(set)
    for here, there in edges.values_list(near, far):
        reached[there] |= known[here]
    return dict(reached)


def _finding_measures(pks: Iterable[int]) -> dict[int, int]:
    finding = apps.get_model("policy", "Finding")
    rows = finding._default_manager.filter(pk__in=list(pks))
    return dict(rows.order_by("pk").values_list("pk", "measure_id"))


def _measures(findings: Origins) -> Origins:
    reached: Origins = defaultdict(set)
    if findings:
        for finding, measure in _finding_measures(findings).items():
            reached[measure] |= findings[finding]
    return dict(reached)


def _about_origin(findings: Origins) -> Origins:
    if not findings:
        return {}
    about = _finding_measures(findings)
    kept = {pk: {about[pk]} & origins for pk, origins in findings.items() if pk in about}
    return {pk: origins for pk, origins in kept.items() if origins}

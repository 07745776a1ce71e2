"""The order of time on every trail: nothing is shown as having come of what was later."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.contrib.auth.models import AnonymousUser

from alpclusters.analysis.claims import may_follow
from alpclusters.platform.evidence.models import Lesson
from alpclusters.platform.policy.models import Action, ActionPlan, Finding
from alpclusters.platform.tracing.domain.stations import Station, Stop, stations_for
from alpclusters.platform.trail.domain.kinds import Thing
from alpclusters.reports.truth import Checked, Mismatch


def check_order() -> Checked:
    """Compare the days of lessons and findings with those of the actions they are shown at."""
    visitor = AnonymousUser()
    lessons = list(Lesson.objects.published())
    actions = list(Action.objects.filter(plan__in=ActionPlan.objects.published()))
    trails = {
        (Thing.LESSON, pk): stops for pk, stops in stations_for(lessons, seen_by=visitor).items()
    } | {(Thing.ACTION, pk): stops for pk, stops in stations_for(actions, seen_by=visitor).items()}
    return check_trails(trails)


def check_trails(trails: dict[tuple[Thing, int], tuple[Stop, ...]]) -> Checked:
    """Check the trails of some things, by kind and number."""
    n, wrong = 0, []
    for here, stops in trails.items():
        for cause, effect in _pairs(here, stops):
            n += 1
            before, after = _day(*cause), _day(*effect)
            if not may_follow(before, after):
                what = f"{effect[0]}:{effect[1]} {after} of {cause[0]}:{cause[1]} {before}"
                wrong.append(Mismatch(f"{here[0]}:{here[1]}", "trail.order", what, ""))
    return Checked(n, tuple(dict.fromkeys(wrong)))


type _Place = tuple[Thing, int]


def _pairs(here: _Place, stops: tuple[Stop, ...]) -> Iterator[tuple[_Place, _Place]]:
    """Yield what a trail claims: this came of that."""
    order = list(Station)
    place = next(order.index(stop.station) for stop in stops if stop.is_here)
    for stop in stops:
        for ref in stop.refs:
            other = (ref.thing, ref.pk)
            if order.index(stop.station) < place:
                yield other, here
            elif order.index(stop.station) > place:
                yield here, other


def _day(thing: Thing, pk: int) -> date | None:
    """Return the day of a thing as its own row has it."""
    found: Any
    match thing:
        case Thing.LESSON:
            found = Lesson.objects.get(pk=pk)
            return None if found.is_seeded else found.created_at.date()
        case Thing.FINDING:
            return Finding.objects.get(pk=pk).made_at.date()
        case Thing.ACTION:
            uuid = Action.objects.get(pk=pk).uuid
            same = Action.objects.filter(uuid=uuid, plan__published_at__isnull=False)
            moments = same.values_list("plan__published_at", flat=True)
            return min((moment.date() for moment in moments if moment), default=None)
        case _:
            return None

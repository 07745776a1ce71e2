"""The day of each thing of the trail: nothing is shown as having come of what was later."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from django.apps import apps
from django.db.models import Case, DateTimeField, F, Min, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, TruncDate

from alpclusters.analysis.claims import may_follow
from alpclusters.platform.trail.domain.kinds import CHAIN, Thing

type Days = Mapping[int, date | None]
"""From the number of a thing to the day it was published or decided; None where it has none."""

# What it was published, decided or reported on. Documents and activities tell of the time before
# they were written down here, measures of the catalogue of no time: they have no day.
_WHEN: Final[Mapping[Thing, str]] = {
    Thing.ALPCAFE: "held_on",
    Thing.SNAPSHOT: "made_at",
    Thing.FINDING: "made_at",
    Thing.VALUE: "reported_at",
}


def with_day(rows: QuerySet[Any], thing: Thing) -> QuerySet[Any]:
    """Give each row its day as ``day``."""
    dated: QuerySet[Any] = rows.annotate(day=_when(thing))
    return dated


def day_of(found: date | datetime | None) -> date | None:
    """Return the day of a date or a moment."""
    return found.date() if isinstance(found, datetime) else found


def in_order(here: Thing, day_here: date | None, other: Thing, day_there: date | None) -> bool:
    """Say whether two things of the trail stand in the order of time that their places claim."""
    if CHAIN.index(other) < CHAIN.index(here):
        return may_follow(day_there, day_here)
    return may_follow(day_here, day_there)


def _when(thing: Thing) -> Combinable:
    match thing:
        case Thing.LESSON:
            # Lessons that come with the software were known before any installation.
            own = F("created_at")
            return Case(When(is_seeded=False, then=own), output_field=DateTimeField())
        case Thing.RECOMMENDATION:
            return Coalesce("decided_on", TruncDate(_first_published(recommendations="pk")))
        case Thing.ACTION:
            return _first_published(uuid="uuid")
        case Thing.FUNDING_LINE:
            return _first_published(uuid="action__uuid")
        case _ if thing in _WHEN:
            return F(_WHEN[thing])
        case _:
            return Value(None, output_field=DateTimeField())


def _first_published(**by: str) -> Subquery:
    """An action keeps its uuid in every version of its plan: the first that was public counts."""
    same = {name: OuterRef(field) for name, field in by.items()}
    rows = apps.get_model("policy", "Action")._default_manager.filter(**same)
    (name,) = by
    return Subquery(
        rows.order_by().values(name).annotate(first=Min("plan__published_at")).values("first")
    )

"""The evidence as flat columns of numbers: read in five queries, counted without any."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from alpclusters.analysis.certainty import OUTCOMES, Outcome
from alpclusters.platform.actors.domain.sectors import parse_sector, section_of
from alpclusters.platform.evidence.domain.synthesis.columns import (
    Codes,
    Flags,
    Ints,
    numbered,
    positions,
)
from alpclusters.platform.evidence.domain.synthesis.places import cut
from alpclusters.platform.evidence.domain.synthesis.queries import (
    NOT_STATED,
    PLACES,
    Dimension,
)
from alpclusters.platform.evidence.models import Activity, Initiative, Participation

_PLACE: Final = {outcome.value: place for place, outcome in enumerate(OUTCOMES)}
_UNKNOWN: Final = _PLACE[Outcome.UNKNOWN]
UNKNOWN_MONTHS: Final = -1
_ACTIVITY: Final = (
    "pk", "initiative", "measure_type", "outcome_status", "outcome_months", "payer_text",
    "scope", "audience_text", "is_simulated",
)  # fmt: skip
_INITIATIVE: Final = (
    "pk", "family", "programme__family", "programme__period", "countries", "sectors",
    "is_simulated",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Flat:
    """One row per activity that counts.

    Attributes
    ----------
    family : array of int
        Numbers from 0 to ``n_families - 1``.
    outcome : array of int
        Place in `OUTCOMES`, as coded.
    months : array of int
        -1 where nobody knows.
    is_simulated, has_own_place : array of bool
        The second: whether it is known where the activity itself took place.
    by : mapping of Dimension to Codes
    """

    family: Ints
    n_families: int
    outcome: Ints
    months: Ints
    is_simulated: Flags
    has_own_place: Flags
    by: Mapping[Dimension, Codes]

    @property
    def n_rows(self) -> int:
        """How many activities there are."""
        return self.family.size


def counting_activities() -> QuerySet[Activity]:
    """Return activities that count: coded, of published initiatives that are no programme line."""
    return (
        Activity.objects.filter(initiative__is_published=True)
        .exclude(initiative__kind=Initiative.Kind.PROGRAMME_LINE)
        .exclude(state=Activity.State.OPEN)
    )


def read_flat() -> Flat:
    """Read all that counts."""
    counting = counting_activities().annotate(
        audience_text=Cast("audience", TextField()), payer_text=Cast("payer_after", TextField())
    )
    activities = list(counting.order_by("pk").values_list(*_ACTIVITY))
    taken = Initiative.objects.filter(is_published=True)
    taken = taken.exclude(kind=Initiative.Kind.PROGRAMME_LINE).order_by("pk")
    initiatives = list(taken.values_list(*_INITIATIVE))
    place_of = {row[0]: place for place, row in enumerate(initiatives)}
    # An initiative that came in between the two queries is seen the next time.
    activities = [row for row in activities if row[1] in place_of]
    at = positions([row[1] for row in activities], place_of)
    family, families = numbered([row[1] or row[0] for row in initiatives])
    own = _own_places([row[0] for row in activities])
    has_own = np.zeros(len(activities), dtype=bool)
    has_own[list(own)] = True
    return Flat(
        family=family[at],
        n_families=len(families),
        outcome=_read(activities, 3, lambda code: _PLACE.get(code, _UNKNOWN)),
        months=_read(activities, 4, lambda n: UNKNOWN_MONTHS if n is None else n),
        is_simulated=_read(activities, 8, bool).astype(bool)
        | _read(initiatives, 6, bool).astype(bool)[at],
        has_own_place=has_own,
        by={**_of_activities(activities), **_of_initiatives(initiatives, at),
            **_places(own, _partner_places(initiatives), at, has_own)},
    )  # fmt: skip


def _read(rows: Sequence[tuple[Any, ...]], place: int, read: Callable[[Any], int]) -> Ints:
    """Read a column of few different values: each is looked at once."""
    numbers, values = numbered([row[place] for row in rows])
    return np.fromiter(map(read, values), np.int64, len(values))[numbers]


def _of_activities(rows: Sequence[tuple[Any, ...]]) -> dict[Dimension, Codes]:
    return {
        Dimension.TYPE: Codes.of_each([row[2] for row in rows]),
        Dimension.PAYER: _of_lists([row[5] for row in rows]),
        Dimension.SCOPE: Codes.of_each([row[6] for row in rows]),
        Dimension.AUDIENCE: _of_lists([row[7] for row in rows]),
    }


def _of_lists(texts: Sequence[str]) -> Codes:
    """Read lists as they are stored: of thousands of rows some thirty differ, each is read once."""
    known = Codes.of_each(texts)
    several = [json.loads(text or "[]") for text in known.labels]
    return Codes.of_several(several, none=NOT_STATED).taken(known.codes)


def _of_initiatives(rows: Sequence[tuple[Any, ...]], at: Ints) -> dict[Dimension, Codes]:
    return {
        Dimension.PROGRAMME: Codes.of_each([row[2] or NOT_STATED for row in rows]).taken(at),
        Dimension.PERIOD: Codes.of_each([row[3] or NOT_STATED for row in rows]).taken(at),
        Dimension.SECTOR: Codes.of_several(
            [_sections(row[5]) for row in rows], none=NOT_STATED
        ).taken(at),
    }


def _sections(sectors: Iterable[object]) -> list[str]:
    known = filter(None, (parse_sector(str(code)) for code in sectors))
    return sorted({section_of(code) for code in known})


def _own_places(activities: Sequence[int]) -> dict[int, list[str]]:
    """Return where activities themselves took place, by their place in the list."""
    place_of = {activity: place for place, activity in enumerate(activities)}
    found: defaultdict[int, list[str]] = defaultdict(list)
    rows = Activity.regions.through.objects.order_by("pk")
    for activity, code in rows.values_list("activity_id", "region__code"):
        if activity in place_of:
            found[place_of[activity]].append(code)
    return found


def _partner_places(initiatives: Sequence[tuple[Any, ...]]) -> list[list[str]]:
    """Return the regions of the partners of each initiative, else its countries."""
    found: defaultdict[int, set[str]] = defaultdict(set)
    partners = Participation.objects.filter(has_left=False).order_by()
    rows = partners.values_list("initiative", "region__code", "country").distinct()
    for initiative, region, country in rows.iterator():
        found[initiative].add(region or country)
    return [sorted(found.get(row[0], set()) - {""}) or row[4].split() for row in initiatives]


def _places(
    own: Mapping[int, list[str]], partners: Sequence[list[str]], at: Ints, has_own: Flags
) -> dict[Dimension, Codes]:
    return {
        level: _cut(own, level).where_first_else(
            _cut(dict(enumerate(partners)), level).taken(at), has_own
        )
        for level in PLACES
    }


def _cut(codes: Mapping[int, list[str]], level: Dimension) -> Codes:
    pairs = [(row, code) for row, some in codes.items() for code in cut(some, level)]
    column = Codes.of_each([code for _, code in pairs])
    return Codes(np.array([row for row, _ in pairs], dtype=np.int64), column.codes, column.labels)

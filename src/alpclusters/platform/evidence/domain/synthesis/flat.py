"""The evidence as flat columns of numbers: read in five queries, counted without any."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from threading import Lock
from time import monotonic
from typing import Any, Final

import numpy as np
from django.db import connection
from django.db.models import Count, Max, QuerySet, Sum, TextField
from django.db.models.functions import Cast
from numpy.typing import NDArray

from alpclusters.analysis.certainty import OUTCOMES, Outcome
from alpclusters.platform.actors.domain.sectors import parse_sector, section_of
from alpclusters.platform.evidence.models import Activity, Initiative, Participation

# --- What one asks of the synthesis: by which dimension, of which part, lasting how long ----------


class Dimension(StrEnum):
    """By what the types of measures are split."""

    OUTCOME = "outcome"
    PROGRAMME = "programme"
    PERIOD = "period"
    COUNTRY = "country"
    NUTS1 = "nuts1"
    NUTS2 = "nuts2"
    SECTOR = "sector"
    SCOPE = "scope"
    AUDIENCE = "audience"
    PAYER = "payer"
    TYPE = "type"


PLACES: Final = (Dimension.COUNTRY, Dimension.NUTS1, Dimension.NUTS2)
# What types can be split by, in the order it is offered.
SPLITS: Final = tuple(d for d in Dimension if d is not Dimension.TYPE)
# What can be filtered by, in the order it is offered.
FILTERS: Final = tuple(
    d for d in Dimension if d not in {Dimension.OUTCOME, Dimension.NUTS1, Dimension.TYPE}
)
HORIZONS: Final = (0, 12, 24, 36, 60)
NOT_STATED: Final = ""


@dataclass(frozen=True, slots=True)
class SynthesisQuery:
    """A question.

    Attributes
    ----------
    by : Dimension
        The split of the table.
    chosen : mapping of Dimension to str
        One value per filter.
    months : int
        Something counts as going on from so many months after the funding; 0 for as coded.
    is_simulated : bool
        Whether invented activities count instead of real ones.
    """

    by: Dimension = Dimension.OUTCOME
    chosen: Mapping[Dimension, str] = field(default_factory=dict)
    months: int = 0
    is_simulated: bool = False


# --- Where something was: codes of regions cut to country, NUTS 1 and NUTS 2 ----------------------


LETTERS: Final = {Dimension.NUTS1: 3, Dimension.NUTS2: 4}
_COUNTRY_LETTERS: Final = 2
_ISO: Final = {"EL": "GR", "UK": "GB"}


def cut(codes: Iterable[str], level: Dimension) -> list[str]:
    """Cut codes of regions or countries to one level; rougher ones are left out.

    Examples
    --------
    >>> cut(["AT332", "AT33", "EL", "DE2"], Dimension.COUNTRY)
    ['AT', 'DE', 'GR']
    >>> cut(["AT332", "AT33", "EL", "DE2"], Dimension.NUTS2)
    ['AT33']
    """
    if level is Dimension.COUNTRY:
        countries = {code[:_COUNTRY_LETTERS] for code in codes if code}
        return sorted(_ISO.get(country, country) for country in countries)
    letters = LETTERS[level]
    return sorted({code[:letters] for code in codes if len(code) >= letters})


# --- Columns of numbers that stand for texts ------------------------------------------------------


type Ints = NDArray[np.int64]
type Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Codes:
    """Values of rows: row ``rows[k]`` has the value ``labels[codes[k]]``; rows may have several."""

    rows: Ints
    codes: Ints
    labels: tuple[str, ...]

    @classmethod
    def of_each(cls, values: Sequence[str]) -> "Codes":
        """Make a column of one value for each row."""
        numbers, labels = numbered(values)
        return cls(np.arange(len(values)), numbers, labels)

    @classmethod
    def of_several(cls, values: Sequence[Iterable[str]], *, none: str | None = None) -> "Codes":
        """Make a column of several values for each row; ``none`` stands where there are none."""
        rows: list[int] = []
        flat: list[str] = []
        for row, some in enumerate(values):
            found = list(some) or ([] if none is None else [none])
            rows += [row] * len(found)
            flat += found
        one = cls.of_each(flat)
        return cls(np.array(rows, dtype=np.int64), one.codes, one.labels)

    def taken(self, places: Ints) -> "Codes":
        """Return the values of other rows: new row ``k`` has those of row ``places[k]``."""
        n_rows = int(max(self.rows.max(initial=-1), places.max(initial=-1))) + 1
        lengths = np.bincount(self.rows, minlength=n_rows)
        starts = np.concatenate([[0], np.cumsum(lengths)[:-1]]).astype(np.int64)
        wanted = lengths[places]
        new_rows = np.repeat(np.arange(places.size), wanted)
        within = np.arange(new_rows.size) - np.repeat(np.cumsum(wanted) - wanted, wanted)
        ordered = self.codes[np.argsort(self.rows, kind="stable")]
        return Codes(new_rows, ordered[np.repeat(starts[places], wanted) + within], self.labels)

    def has(self, value: str, n_rows: int) -> Flags:
        """Tell which rows have a value."""
        found = np.zeros(n_rows, dtype=bool)
        if value in self.labels:
            found[self.rows[self.codes == self.labels.index(value)]] = True
        return found

    def among(self, rows: Flags) -> "Codes":
        """Keep the values of some rows."""
        kept = rows[self.rows]
        return Codes(self.rows[kept], self.codes[kept], self.labels)

    def where_first_else(self, second: "Codes", has_own: Flags) -> "Codes":
        """Take the own values of some rows, those of another column for the rest."""
        own, other = self.among(has_own), second.among(~has_own)
        places: dict[str, int] = {label: k for k, label in enumerate(self.labels)}
        moved = np.array(
            [places.setdefault(label, len(places)) for label in second.labels], dtype=np.int64
        )
        codes = moved[other.codes] if moved.size else other.codes
        return Codes(
            np.concatenate([own.rows, other.rows]),
            np.concatenate([own.codes, codes]),
            tuple(places),
        )


def numbered[K](values: Sequence[K]) -> tuple[Ints, tuple[K, ...]]:
    """Number values from 0 in the order they come; return the numbers, and what they stand for."""
    labels = tuple(dict.fromkeys(values))
    return positions(values, {label: place for place, label in enumerate(labels)}), labels


def positions[K](keys: Sequence[K], of: Mapping[K, int]) -> Ints:
    """Look up where each key stands."""
    # Loops of the interpreter's own: tens of thousands of rows are read while somebody waits.
    return np.fromiter(map(of.__getitem__, keys), np.int64, len(keys))


# --- The evidence as flat columns of numbers: read in five queries, counted without any -----------


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


# --- Flat columns kept between requests until the evidence changes --------------------------------
#
# Few activities are read each time. Many are kept in the process and read again when a stamp of
# counts, newest changes and families differs, or after five minutes: a transaction that began
# early and ended late could keep its changes from showing in the stamp.


FEW: Final = 2_000
SECONDS: Final = 300

type Stamp = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class _Kept:
    stamp: Stamp
    flat: Flat
    at: float


_kept: dict[str, _Kept] = {}
_lock = Lock()


def flat_evidence() -> Flat:
    """Return the evidence as it is now."""
    n_activities = Activity.objects.count()
    if n_activities <= FEW:
        return read_flat()
    stamp = (n_activities, *_stamp())
    kept = _kept.get(connection.alias)
    if kept is None or kept.stamp != stamp or monotonic() - kept.at > SECONDS:
        # One reader reads; the others wait for it instead of doing the same.
        with _lock:
            kept = _kept.get(connection.alias)
            if kept is None or kept.stamp != stamp or monotonic() - kept.at > SECONDS:
                kept = _Kept(stamp, read_flat(), monotonic())
                _kept[connection.alias] = kept
    return kept.flat


def _stamp() -> Stamp:
    through = Activity.regions.through.objects
    newest = [
        Activity.objects.aggregate(Max("changed_at")),
        Initiative.objects.aggregate(Count("pk"), Max("changed_at")),
        Initiative.objects.aggregate(Sum("family")),
        Participation.objects.aggregate(Count("pk"), Max("pk")),
        through.aggregate(Count("pk"), Max("pk")),
    ]
    database = str(connection.settings_dict["NAME"])
    return (database, *(value for found in newest for value in found.values()))

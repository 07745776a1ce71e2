"""How far two coders agree, field by field, on the codings both have closed."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np
from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alpclusters.analysis.consensus import Alpha, Interval, krippendorff_alpha
from alpclusters.platform.accounts.models import User
from alpclusters.platform.evidence.domain.codebook.reading import FIELDS, CodeField, codes_of
from alpclusters.platform.evidence.models import Activity, BearingVote, Codebook, Coding, Corpus

type Level = Literal["nominal", "ordinal", "interval"]
type Pair = tuple[Any, Any]
# (number of the activity, both values): None where a coder gave no answer.
type Unit = tuple[int, Any, Any]

FEW_UNITS: Final = 10
RESAMPLES: Final = 1000
# Beyond, the interval costs more than it tells.
MOST_FOR_INTERVAL: Final = 5000
# Bands of months: the first bound is the horizon of "lasting", the second of the bonus
# (docs/methods/certainty.md).
BANDS: Final = (12, 36)
TWO: Final = (1, 2)


@dataclass(frozen=True, slots=True)
class FieldAgreement:
    """Agreement on one field.

    Attributes
    ----------
    name, label : str
        The field.
    level : {'nominal', 'ordinal', 'interval'}
        Level of measurement of alpha.
    is_per_code : bool
        Several codes may be chosen: each code of each activity is a unit, there or not there.
    alpha : float or None
        Krippendorff's alpha; None if there are too few units or nothing varies.
    interval : Interval or None
        Percentile bootstrap over units.
    percent : float or None
        Share of units in which both gave the same answer.
    n_activities : int
        Activities with an answer of both.
    n_units : int
        Units with two values.
    missing_share : float or None
        Share of activities coded twice in which one of the two gave no answer.
    status : {'ok', 'too_few', 'no_variation'}
        Below ten activities there are too few, whatever the number of codes.
    """

    name: str
    label: str | Promise
    level: Level
    is_per_code: bool
    alpha: float | None
    interval: Interval | None
    percent: float | None
    n_activities: int
    n_units: int
    missing_share: float | None
    status: Literal["ok", "too_few", "no_variation"]


def agreement_of(corpus: Corpus) -> dict[str, FieldAgreement]:
    """Compute the agreement per field of a corpus.

    Parameters
    ----------
    corpus : Corpus
        What is looked at.

    Returns
    -------
    dict of str to FieldAgreement
        By the names of the fields; ``outcome_band`` are the months in bands, ``stance`` is the
        stance towards lessons.
    """
    pairs = coding_pairs(_codings(corpus))
    books = _codebooks(pairs)
    found = {field.name: _of_field(field, pairs, books) for field in FIELDS}
    found["outcome_band"] = _bands(pairs)
    found["stance"] = agreement_on("stance", _("Stance towards lessons"), _stances(corpus))
    return found


def coding_pairs(codings: Iterable[Coding]) -> list[tuple[Coding, Coding]]:
    """Return both codings of each activity that two people have closed."""
    by_activity: dict[int, dict[int, Coding]] = {}
    for coding in codings:
        by_activity.setdefault(coding.activity_id, {})[coding.place] = coding
    return [(both[1], both[2]) for both in by_activity.values() if set(both) >= set(TWO)]


def agreement_on(
    name: str, label: str | Promise, units: Sequence[Unit], *, level: Level = "nominal"
) -> FieldAgreement:
    """Compute agreement from units; where a value is None the coder gave no answer.

    Examples
    --------
    >>> twelve = "ll ll ee le ee ll uu ll el ll ee ul".split()
    >>> units = [(number, *pair) for number, pair in enumerate(twelve)]
    >>> found = agreement_on("outcome_status", "Outcome", units)
    >>> round(found.alpha, 6), found.percent
    (0.586826, 0.75)
    """
    paired = [unit for unit in units if None not in unit[1:]]
    n_all = len({number for number, _first, _second in units})
    n_activities = len({number for number, _first, _second in paired})
    is_few = n_activities < FEW_UNITS
    alpha = None if is_few else _alpha(paired, level)
    value = alpha.value if alpha else None
    return FieldAgreement(
        name=name,
        label=label,
        level=level,
        is_per_code=n_activities != len(paired),
        alpha=value,
        interval=alpha.interval if alpha else None,
        percent=_percent(paired),
        n_activities=n_activities,
        n_units=len(paired),
        missing_share=1 - n_activities / n_all if n_all else None,
        status="too_few" if is_few else "ok" if value is not None else "no_variation",
    )


def band_of(months: int | None) -> int | None:
    """Return the band of a number of months: 0 below 12, 1 below 36, 2 beyond.

    Examples
    --------
    >>> [band_of(months) for months in (0, 11, 12, 35, 36, None)]
    [0, 0, 1, 1, 2, None]
    """
    return None if months is None else sum(months >= bound for bound in BANDS)


def _codings(corpus: Corpus) -> QuerySet[Coding]:
    closed = Coding.objects.filter(closed_at__isnull=False, place__in=TWO)
    inside = closed.filter(activity__initiative__corpora=corpus)
    return inside.select_related("codebook").order_by("activity", "place")


def _codebooks(pairs: Sequence[tuple[Coding, Coding]]) -> list[Codebook]:
    books = {coding.codebook_id: coding.codebook for pair in pairs for coding in pair}
    return [books[pk] for pk in sorted(books)]


def _of_field(
    field: CodeField, pairs: Sequence[tuple[Coding, Coding]], books: Sequence[Codebook]
) -> FieldAgreement:
    answers = [
        (first.activity_id, first.values.get(field.name), second.values.get(field.name))
        for first, second in pairs
    ]
    if not field.is_many:
        return agreement_on(field.name, field.label, answers, level=field.scale)
    keys = {code.key for book in books for code in codes_of(book, field.name)}
    units = [
        (number, int(key in (first or [])), int(key in (second or [])))
        for number, first, second in answers
        for key in sorted(keys | set(first or []) | set(second or []))
    ]
    return agreement_on(field.name, field.label, units)


def _bands(pairs: Sequence[tuple[Coding, Coding]]) -> FieldAgreement:
    units = [
        (
            first.activity_id,
            band_of(first.values.get("outcome_months")),
            band_of(second.values.get("outcome_months")),
        )
        for first, second in pairs
    ]
    return agreement_on("outcome_band", _("Months in bands"), units, level="ordinal")


def _stances(corpus: Corpus) -> list[Unit]:
    votes = BearingVote.objects.filter(place__in=TWO, bearing__activity__initiative__corpora=corpus)
    by_bearing: dict[int, dict[int, str]] = {}
    for bearing, place, stance in votes.order_by("bearing", "place").values_list(
        "bearing", "place", "stance"
    ):
        by_bearing.setdefault(bearing, {})[place] = stance
    return [(number, both[1], both[2]) for number, both in by_bearing.items() if len(both) > 1]


def _alpha(paired: Sequence[Unit], level: Level) -> Alpha:
    places: Mapping[Any, float] = {
        value: float(place)
        for place, value in enumerate(sorted({v for unit in paired for v in unit[1:]}))
    }
    as_number = float if level == "interval" else places.__getitem__
    grid = np.array([[as_number(unit[coder]) for unit in paired] for coder in TWO])
    resamples = RESAMPLES if len(paired) <= MOST_FOR_INTERVAL else 0
    return krippendorff_alpha(grid, level=level, resamples=resamples)


def _percent(paired: Sequence[Unit]) -> float | None:
    if not paired:
        return None
    return sum(bool(first == second) for _number, first, second in paired) / len(paired)


# --- How far a corpus and each of its coders are, without saying what anybody chose ---------------


@dataclass(frozen=True, slots=True)
class CoderProgress:
    """One coder's codings in a corpus."""

    coder: User | None
    n_begun: int
    n_closed: int


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a corpus is.

    Attributes
    ----------
    n_initiatives, n_empty : int
        Initiatives, and those of which no activity is written down yet.
    n_activities : int
        All their activities.
    n_open, n_once, n_disputed, n_settled : int
        Activities by their state.
    n_needed, n_closed : int
        Codings that must be closed in the end, and those that are.
    coders : sequence of CoderProgress
        By name.
    """

    n_initiatives: int
    n_empty: int
    n_activities: int
    n_open: int
    n_once: int
    n_disputed: int
    n_settled: int
    n_needed: int
    n_closed: int
    coders: Sequence[CoderProgress]

    @property
    def n_done(self) -> int:
        """Activities whose codes stand."""
        return self.n_once + self.n_settled


def progress_of(corpus: Corpus) -> Progress:
    """Count a corpus in four queries."""
    initiatives = corpus.initiatives.order_by()
    activities = Activity.objects.filter(initiative__corpora=corpus).order_by()
    states = Counter(activities.values_list("state", flat=True))
    n_activities = states.total()
    n_initiatives = initiatives.count()
    n_with = activities.aggregate(n=Count("initiative", distinct=True))["n"]
    coders = _coders(corpus)
    return Progress(
        n_initiatives=n_initiatives,
        n_empty=n_initiatives - n_with,
        n_activities=n_activities,
        n_open=states[Activity.State.OPEN],
        n_once=states[Activity.State.ONCE],
        n_disputed=states[Activity.State.DISPUTED],
        n_settled=states[Activity.State.SETTLED],
        n_needed=n_activities * corpus.n_coders,
        n_closed=sum(coder.n_closed for coder in coders),
        coders=coders,
    )


def _coders(corpus: Corpus) -> list[CoderProgress]:
    rows = list(
        Coding.objects.filter(activity__initiative__corpora=corpus)
        .order_by()
        .values("coder")
        .annotate(begun=Count("pk"), closed=Count("pk", filter=Q(closed_at__isnull=False)))
    )
    people = User.objects.in_bulk([row["coder"] for row in rows if row["coder"]])
    found = [CoderProgress(people.get(row["coder"]), row["begun"], row["closed"]) for row in rows]
    return sorted(found, key=lambda row: (str(row.coder or ""), row.n_begun))

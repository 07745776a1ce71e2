"""Compute the certainty of lessons and store what changed."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, Final, Literal, cast

import numpy as np
from django.db import transaction
from django.db.models import QuerySet

from alpclusters.analysis.certainty import RULES, Coding, Piece, gather, grade_lesson
from alpclusters.analysis.consensus import krippendorff_alpha
from alpclusters.platform.evidence.models import (
    Activity,
    Bearing,
    BearingVote,
    Corpus,
    Initiative,
    Lesson,
    SourceType,
)
from alpclusters.platform.evidence.models import Coding as CodingRow
from alpclusters.platform.worlds import of_world, same_world

# --- What bears on lessons, read from the database in a few queries -------------------------------


RELEVANT: Final = frozenset({"alpine", "other_macro_region"})
EU_ONLY: Final = "eu_followup"
_COLUMNS: Final = (
    "pk",
    "lesson",
    "activity",
    "stance",
    "activity__initiative",
    "activity__initiative__family",
    "activity__outcome_status",
    "activity__outcome_months",
    "activity__source_type",
    "activity__context",
    "activity__payer_after",
    "activity__codebook",
    "lesson__is_simulated",
)


@dataclass(frozen=True, slots=True)
class BearingRow:
    """One activity that bears on one lesson."""

    bearing: int
    activity: int
    initiative: int
    codebook: int | None
    piece: Piece | None  # None: coders still differ about the stance
    is_simulated: bool = False


def counting_bearings() -> QuerySet[Bearing]:
    """Return bearings that count (docs/methods/certainty.md, "Which evidence counts").

    Simulated activities count for simulated lessons only, and real ones for real lessons.
    """
    return (
        Bearing.objects.of_one_world()
        .filter(activity__initiative__is_published=True)
        .exclude(activity__initiative__kind=Initiative.Kind.PROGRAMME_LINE)
        .exclude(activity__state=Activity.State.OPEN)
    )


def bearings_of(lesson_ids: Collection[int]) -> Mapping[int, list[BearingRow]]:
    """Return by lesson what bears on it."""
    found: defaultdict[int, list[BearingRow]] = defaultdict(list)
    rows = counting_bearings().filter(lesson__in=lesson_ids).order_by("pk")
    for values in rows.values_list(*_COLUMNS):
        found[values[1]].append(_row(values))
    return found


def _row(values: tuple[Any, ...]) -> BearingRow:
    bearing, _lesson, activity, stance, initiative = values[:5]
    piece = _piece(values) if stance else None
    return BearingRow(bearing, activity, initiative, values[11], piece, values[12])


def _piece(values: tuple[Any, ...]) -> Piece:
    _bearing, _lesson, _activity, stance, initiative, family, outcome, months = values[:8]
    source_type, context, payer = values[8:11]
    return Piece(
        # Not computed yet: one of its own.
        family=family or initiative,
        stance=stance,
        outcome=cast("Any", outcome or "unknown"),
        months=months,
        is_independent=_unless_empty(source_type, source_type != SourceType.OWN_REPORT),
        is_relevant=_unless_empty(context, context in RELEVANT),
        is_eu_only=payer == [EU_ONLY],
    )


def _unless_empty(code: str, answer: bool) -> bool | None:  # noqa: FBT001 - a fact, not a switch
    return answer if code else None


# --- How well coders agreed on the codes behind a lesson, or else on those of its own corpora -----
#
# What people coded in other corpora, and simulated coders for a real lesson, say nothing about it.


FIELDS: Final = ("measure_type", "outcome_status")
STANCE: Final = "stance"
ALL_FIELDS: Final = (*FIELDS, STANCE)
_TWO: Final = (1, 2)

type Pair = tuple[str, str]
type Pairs = dict[str, list[Pair]]
type Keyed = dict[str, dict[int, Pair]]
type Basis = Literal["lesson", "corpus"]
# Numbers of the corpora, number of the codebook, whether simulated activities are asked for.
type Whole = tuple[frozenset[int], int | None, bool]


@dataclass(frozen=True, slots=True)
class FieldAlpha:
    """Agreement on one field: the units it rests on, behind the lesson or of its corpora."""

    field: str
    alpha: float | None
    n_units: int
    basis: Basis


@dataclass(frozen=True, slots=True)
class LessonCoding:
    """How the codes behind a lesson came about; the lowest alpha of the fields counts.

    ``n_twice`` of ``n_activities`` were coded by two people, stance and codes alike.
    """

    is_once: bool
    alpha: float | None
    n_twice: int
    n_activities: int
    fields: tuple[FieldAlpha, ...]

    @property
    def for_rules(self) -> Coding:
        """What the rules need."""
        return Coding(self.alpha, self.is_once)

    def as_record(self) -> dict[str, Any]:
        """Return it as a plain mapping for JSON."""
        return {**asdict(self), "fields": [asdict(field) for field in self.fields]}


class Agreements:
    """What two people said about the same, for the activities and bearings of some lessons."""

    def __init__(self, rows: Iterable[BearingRow]) -> None:
        rows = list(rows)
        self._behind: Keyed = {
            **_codings({row.activity for row in rows}),
            STANCE: _votes(bearing__in={row.bearing for row in rows}),
        }
        self._corpora_of = _corpora_of({row.initiative for row in rows})
        self._wholes: dict[Whole, Pairs] = {}

    def of(self, rows: Sequence[BearingRow]) -> LessonCoding:
        """Judge the codes behind one lesson."""
        counted = [row for row in rows if row.piece is not None]
        n_twice = sum(self._is_twice(row) for row in counted)
        if not counted or 2 * n_twice < len(counted):
            return LessonCoding(
                is_once=True, alpha=None, n_twice=n_twice, n_activities=len(counted), fields=()
            )
        codebook = max((row.codebook or 0 for row in counted), default=0) or None
        fields = tuple(self._field(name, rows, codebook) for name in ALL_FIELDS)
        alphas = [field.alpha for field in fields if field.alpha is not None]
        lowest = min(alphas) if len(alphas) == len(fields) else None
        return LessonCoding(
            is_once=False, alpha=lowest, n_twice=n_twice, n_activities=len(counted), fields=fields
        )

    def _is_twice(self, row: BearingRow) -> bool:
        has_codes = any(row.activity in self._behind[name] for name in FIELDS)
        return has_codes and row.bearing in self._behind[STANCE]

    def _field(self, name: str, rows: Sequence[BearingRow], codebook: int | None) -> FieldAlpha:
        keys = {row.bearing if name == STANCE else row.activity for row in rows}
        own = [pair for key, pair in self._behind[name].items() if key in keys]
        alpha = _alpha(own)
        if alpha is not None:
            return FieldAlpha(name, alpha, len(own), "lesson")
        whole = self._whole(rows, codebook)[name]
        return FieldAlpha(name, _alpha(whole), len(whole), "corpus")

    def _whole(self, rows: Sequence[BearingRow], codebook: int | None) -> Pairs:
        corpora = {pk for row in rows for pk in self._corpora_of.get(row.initiative, ())}
        key = (frozenset(corpora), codebook, any(row.is_simulated for row in rows))
        if key not in self._wholes:
            self._wholes[key] = _whole(*key)
        return self._wholes[key]


def _alpha(pairs: Sequence[Pair]) -> float | None:
    """Return nominal alpha; None below ten units or without variation."""
    if len(pairs) < RULES.fewest_units:
        return None
    numbers = {value: float(k) for k, value in enumerate(sorted({v for p in pairs for v in p}))}
    grid = np.array([[numbers[pair[coder]] for pair in pairs] for coder in (0, 1)])
    return krippendorff_alpha(grid, level="nominal", resamples=0).value


def _codings(activities: Collection[int]) -> Keyed:
    return _paired_codings(activity__in=activities) if activities else {f: {} for f in FIELDS}


def _corpora_of(initiatives: Collection[int]) -> dict[int, set[int]]:
    """Return the corpora in which initiatives are coded, each of the world of the initiative."""
    ties = Corpus.initiatives.through.objects.filter(initiative__in=initiatives).order_by()
    own = ties.filter(same_world(Corpus.initiatives.through, "corpus", "initiative"))
    found: defaultdict[int, set[int]] = defaultdict(set)
    for initiative, corpus in own.values_list("initiative", "corpus"):
        found[initiative].add(corpus)
    return found


def _whole(corpora: frozenset[int], codebook: int | None, is_simulated: bool) -> Pairs:  # noqa: FBT001 - part of a key
    """Return what was coded twice in some corpora, in one codebook, of one world."""
    if codebook is None or not corpora:
        return {name: [] for name in ALL_FIELDS}
    inside = Activity.objects.filter(initiative__corpora__in=corpora).order_by()
    coded = of_world(inside, is_simulated=is_simulated).values("pk")
    keyed = _paired_codings(codebook=codebook, activity__in=coded)
    stances = _votes(bearing__activity__codebook=codebook, bearing__activity__in=coded)
    return {
        **{name: list(pairs.values()) for name, pairs in keyed.items()},
        STANCE: list(stances.values()),
    }


def _paired_codings(**which: Any) -> Keyed:
    """Return the answers of both coders, where both have closed the activity."""
    closed = CodingRow.objects.filter(**which, closed_at__isnull=False, place__in=_TWO)
    found: dict[str, defaultdict[int, dict[int, str]]] = {
        name: defaultdict(dict) for name in FIELDS
    }
    columns = ("activity", "place", *(f"values__{name}" for name in FIELDS))
    for activity, place, *answers in closed.order_by("pk").values_list(*columns).iterator():
        for name, answer in zip(FIELDS, answers, strict=True):
            if answer not in {None, ""}:
                found[name][activity][place] = str(answer)
    return {name: _both(by_activity) for name, by_activity in found.items()}


def _votes(**which: Any) -> dict[int, Pair]:
    votes = BearingVote.objects.filter(**which, place__in=_TWO).order_by("pk")
    found: defaultdict[int, dict[int, str]] = defaultdict(dict)
    for bearing, place, stance in votes.values_list("bearing", "place", "stance").iterator():
        found[bearing][place] = stance
    return _both(found)


def _both(found: dict[int, dict[int, str]]) -> dict[int, Pair]:
    return {key: (said[1], said[2]) for key, said in found.items() if len(said) == len(_TWO)}


# --- Compute the certainty of lessons and store what changed --------------------------------------


_FIELDS: Final = ("grade", "grading", "graded_at")
_DECIMALS: Final = 9


@transaction.atomic
def regrade(lesson_ids: Collection[int] | None = None, *, now: datetime) -> int:
    """Grade lessons again; call it after a change of bearings, activities, families or answers.

    Parameters
    ----------
    lesson_ids : collection of int, optional
        All lessons if not given.
    now : datetime
        Moment that is kept where the grading changed.

    Returns
    -------
    int
        How many gradings changed.

    Notes
    -----
    A fixed number of queries. No version is kept: it is computed, and nobody's decision.
    """
    lessons = list(_lessons(lesson_ids))
    if not lessons:
        return 0
    gradings = gradings_of(lessons)
    changed = []
    for lesson in lessons:
        grading = gradings[lesson.pk]
        if (lesson.grade, lesson.grading) != (grading["grade"], grading):
            lesson.grade, lesson.grading, lesson.graded_at = grading["grade"], grading, now
            changed.append(lesson)
    Lesson.objects.bulk_update(changed, _FIELDS, batch_size=200)
    return len(changed)


def gradings_of(lessons: Sequence[Lesson]) -> dict[int, dict[str, Any]]:
    """Grade lessons from the evidence of this moment and store nothing; three queries."""
    rows = bearings_of([lesson.pk for lesson in lessons])
    agreements = Agreements(row for found in rows.values() for row in found)
    return {
        lesson.pk: grading_of(lesson, own, agreements.of(own))
        for lesson in lessons
        for own in [rows.get(lesson.pk, [])]
    }


def regrade_of_initiatives(initiative_ids: Collection[int] | None, *, now: datetime) -> int:
    """Grade the lessons again that rest on some initiatives, or all of them."""
    if initiative_ids is None:
        return regrade(now=now)
    ids = sorted(initiative_ids)
    found: set[int] = set()
    for first in range(0, len(ids), 500):
        some = Lesson.objects.filter(bearings__activity__initiative__in=ids[first : first + 500])
        found |= set(some.order_by("pk").values_list("pk", flat=True))
    return regrade(sorted(found), now=now) if found else 0


def _lessons(lesson_ids: Collection[int] | None) -> Any:
    lessons = Lesson.objects.order_by("pk")
    return lessons if lesson_ids is None else lessons.filter(pk__in=lesson_ids)


def grading_of(lesson: Lesson, rows: Sequence[BearingRow], coding: LessonCoding) -> dict[str, Any]:
    """Grade one lesson; return all that is kept of it."""
    pieces = [row.piece for row in rows if row.piece is not None]
    evidence = gather(pieces)
    found = grade_lesson(
        evidence.value,
        verdict=_verdict(lesson),
        is_answered=bool(lesson.answer.strip()),
        coding=coding.for_rules,
    )
    return _plain(
        {
            "grade": found.value,
            "convention": found.convention,
            "reasons": [reason.as_record() for reason in found.reasons],
            "points": found.points,
            "n_for": found.n_for,
            "n_against": found.n_against,
            "n_mixed": found.n_mixed,
            "n_known": found.n_known,
            "n_lasting": found.n_lasting,
            "share_against": found.share_against,
            "n_activities": evidence.n_pieces,
            "n_undecided": len(rows) - len(pieces),
            "families": [
                {name: getattr(source, name) for name in source.__slots__}
                for source in evidence.value
            ],
            "coding": coding.as_record(),
            "rules": RULES.as_record(),
            "digest": _digest(lesson, rows),
        }
    )


def _verdict(lesson: Lesson) -> Any:
    return str(lesson.verdict)


def _digest(lesson: Lesson, rows: Sequence[BearingRow]) -> str:
    """Return a digest of the evidence itself, without what follows from other activities."""
    pieces = [
        [row.activity, [getattr(row.piece, name) for name in row.piece.__slots__]]
        for row in sorted(rows, key=lambda row: row.activity)
        if row.piece is not None
    ]
    text = json.dumps([lesson.verdict, RULES.convention, pieces], separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def _plain(record: dict[str, Any]) -> dict[str, Any]:
    """Return what JSON gives back, so that stored and computed compare; figures are rounded."""
    rounded: dict[str, Any] = json.loads(
        json.dumps(record), parse_float=lambda text: round(float(text), _DECIMALS)
    )
    return rounded

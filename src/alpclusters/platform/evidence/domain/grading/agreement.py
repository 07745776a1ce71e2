"""How well coders agreed on the codes behind a lesson, or else on those of its own corpora.

What people coded in other corpora, and simulated coders for a real lesson, say nothing about it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final, Literal

import numpy as np

from alpclusters.analysis.certainty import RULES, Coding
from alpclusters.analysis.consensus import krippendorff_alpha
from alpclusters.platform.evidence.domain.grading.evidence import BearingRow
from alpclusters.platform.evidence.models import Activity, BearingVote, Corpus
from alpclusters.platform.evidence.models import Coding as CodingRow
from alpclusters.platform.worlds import of_world, same_world

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

"""Find things of the evidence base by words, in five languages."""

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from alpclusters.platform.actors.domain.directory.queries import Group, Needle, Way, read_groups
from alpclusters.platform.actors.domain.directory.texts import Expression
from alpclusters.platform.evidence.domain.search.index import (
    PUBLIC,
    n_waiting,
    refresh_some,
    words_of_evidence,
)
from alpclusters.platform.evidence.domain.search.schema import Kind, Rows, numbers_at, rows_of_kind
from alpclusters.platform.evidence.models import Activity
from alpclusters.platform.languages.codes import LANGUAGE_CODES

MOST_LETTERS: Final = 200
_PUBLIC_ONLY: Final = (Way((Needle(PUBLIC, is_prefix=False),), PUBLIC),)


@dataclass(frozen=True)
class Hits:
    """What was found.

    Attributes
    ----------
    numbers : mapping of Kind to array of int
        Primary keys of each kind: those with all words in the name first, then the newest.
    groups : sequence of Group
        How the words were read; shows by which foreign words something was found too.
    n_waiting : int
        Things that changed and are not read again yet.
    """

    numbers: Mapping[Kind, Rows]
    groups: Sequence[Group]
    n_waiting: int

    def of(self, kind: Kind) -> list[int]:
        """List the hits of one kind."""
        found: list[int] = self.numbers[kind].tolist() if kind in self.numbers else []
        return found

    @property
    def n(self) -> int:
        """Count all hits."""
        return sum(len(found) for found in self.numbers.values())


def search_evidence(
    text: str, *, kinds: Collection[Kind] = tuple(Kind), public_only: bool = True
) -> Hits:
    """Find things that hold all words of a text, or a word of the field that means the same.

    Parameters
    ----------
    text : str
        What somebody typed; cut after `MOST_LETTERS`. Without words nothing is found.
    kinds : collection of Kind
    public_only : bool
        Leave out what visitors may not see.
    """
    refresh_some()
    groups = read_groups(text[:MOST_LETTERS], exact=False)
    if not groups:
        return Hits({}, (), 0)
    asked = [group.ways for group in groups]
    found = _found(asked, kinds, public_only=public_only)
    return Hits(found, groups, n_waiting())


def _found(asked: Expression, kinds: Collection[Kind], *, public_only: bool) -> dict[Kind, Rows]:
    table = words_of_evidence()
    seen = [*asked, _PUBLIC_ONLY] if public_only else asked
    rows = np.sort(table.matching(seen, in_names=False))
    named = np.sort(table.matching(asked, in_names=True))
    return {kind: _best_first(rows_of_kind(rows, kind), named) for kind in kinds}


def _best_first(rows: Rows, named: Rows) -> Rows:
    is_named = np.isin(rows, named, assume_unique=True)
    return numbers_at(np.concatenate([rows[is_named][::-1], rows[~is_named][::-1]]))


# --- Activities that are like one, also where they are described in another language --------------
#
# Two things make activities alike: the type of measure, and words they share, where a word of the
# field counts as the same in the five languages. What few have counts more: a word or type that n
# of N activities have weighs log((N + 1) / n). It is a suggestion for a person, never applied.


# What a shared code of these counts besides; alone they make nothing alike.
CODE_WEIGHTS: Final = {"scope": 0.5, "payer_after": 0.5}
CANDIDATES: Final = 100
WORD_WEIGHT: Final = 1.0
MOST_WORDS: Final = 24
MOST_REASONS: Final = 5
# A word that more than this share has says nothing.
COMMON_SHARE: Final = 0.1
_SHORTEST: Final = 5


@dataclass(frozen=True, slots=True)
class SharedThing:
    """A shared word as typed in the one's text, or a shared code of a field."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class SimilarActivity:
    """An activity that is like another, with what the two share, the weightiest first."""

    activity_id: int
    score: float
    reasons: tuple[SharedThing, ...]


def similar_activities(activity: Activity, limit: int = 5) -> list[SimilarActivity]:
    """Return the coded activities of other initiatives most like one, the best first.

    Parameters
    ----------
    activity : Activity
        Coded or not; only its own text and its own agreed codes are read.
    limit : int
        How many at most.
    """
    refresh_some()
    n_all = Activity.objects.count()
    parts = [*_by_words(activity, n_all), *_by_type(activity, n_all)]
    candidates = _comparable(activity, _best(parts, CANDIDATES))
    scored = [_similar(activity, other, parts) for other in candidates]
    return sorted(scored, key=lambda one: (-one.score, one.activity_id))[:limit]


type _Part = tuple[float, SharedThing, Rows]


def _best(parts: Sequence[_Part], most: int) -> list[int]:
    """Return the activities with the highest sums."""
    if not parts:
        return []
    scores = np.zeros(1 + max(int(numbers.max()) for _, _, numbers in parts))
    for weight, _, numbers in parts:
        scores[numbers] += weight
    best = np.argsort(-scores, kind="stable")[:most]
    found: list[int] = best[scores[best] > 0].tolist()
    return found


def _comparable(activity: Activity, numbers: Sequence[int]) -> list[Activity]:
    rows = Activity.objects.filter(pk__in=numbers).exclude(state=Activity.State.OPEN)
    return list(rows.exclude(initiative=activity.initiative_id).only("pk", *CODE_WEIGHTS))


def _similar(activity: Activity, other: Activity, parts: Sequence[_Part]) -> SimilarActivity:
    found = [(weight, thing) for weight, thing, numbers in parts if other.pk in numbers]
    found += [
        (weight, SharedThing(field, code))
        for field, weight in CODE_WEIGHTS.items()
        for code in sorted(_said(activity, field) & _said(other, field))[:1]
    ]
    best = sorted(found, key=lambda pair: (-pair[0], pair[1].field, pair[1].value))
    reasons = tuple(thing for _, thing in best[:MOST_REASONS])
    return SimilarActivity(other.pk, round(sum(weight for weight, _ in found), 3), reasons)


def _said(activity: Activity, field: str) -> set[str]:
    """Return the codes of a field that say something."""
    value = getattr(activity, field)
    return set(value if isinstance(value, list) else [value]) - {"", "unknown", "none"}


def _by_words(activity: Activity, n_all: int) -> Iterable[_Part]:
    table = words_of_evidence()
    for group in _groups(activity):
        rows = rows_of_kind(table.matching([group.ways], in_names=False), Kind.ACTIVITY)
        numbers = numbers_at(rows)
        others = numbers[numbers != activity.pk]
        if 0 < len(others) <= max(2, COMMON_SHARE * n_all):
            weight = WORD_WEIGHT * _rarity(len(others), n_all)
            yield weight, SharedThing("word", group.typed), others


def _by_type(activity: Activity, n_all: int) -> Iterable[_Part]:
    if not _said(activity, "measure_type"):
        return
    same = Activity.objects.filter(measure_type=activity.measure_type).exclude(pk=activity.pk)
    numbers = np.array(same.order_by().values_list("pk", flat=True), dtype=np.int64)
    if len(numbers):
        weight = _rarity(len(numbers), n_all)
        yield weight, SharedThing("measure_type", activity.measure_type), numbers


def _groups(activity: Activity) -> list[Group]:
    """Read the words of the text, each once, those of the thesaurus first.

    Of one language only, the one that says most: a translation shares the same thing again.
    """
    fields = (activity.name, activity.what, activity.output, activity.result)
    by_language = [[text.inside(code) for text in fields] for code in LANGUAGE_CODES]
    texts = max(by_language, key=lambda parts: sum(map(len, parts)))
    found: dict[str, Group] = {}
    for text in texts:
        for words in _windows(text.split()):
            for group in read_groups(words, exact=False):
                if group.foreign or len(group.typed) >= _SHORTEST:
                    found.setdefault(group.typed.casefold(), group)
    ranked = sorted(found.values(), key=lambda g: (not g.foreign, -len(g.typed), g.typed))
    return ranked[:MOST_WORDS]


def _windows(words: Sequence[str], size: int = 8) -> Iterable[str]:
    """Cut a text into as many words as a query reads at once."""
    return (" ".join(words[start : start + size]) for start in range(0, len(words), size))


def _rarity(n: int, n_all: int) -> float:
    return math.log((n_all + 1) / max(1, n))

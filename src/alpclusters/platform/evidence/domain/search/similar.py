"""Activities that are like one, also where they are described in another language.

Two things make activities alike: codes they share, and words they share, where a word of the
field counts as the same in the five languages. What few have counts more: a word or code that n
of N activities have weighs log((N + 1) / n). It is a suggestion for a person, never applied.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from alpclusters.platform.actors.domain.directory.expressions import Group, read_groups
from alpclusters.platform.evidence.domain.search.index import refresh_some, words_of_evidence
from alpclusters.platform.evidence.domain.search.rows import Kind, numbers_at, rows_of_kind
from alpclusters.platform.evidence.models import Activity
from alpclusters.platform.languages.codes import LANGUAGE_CODES

# How much one shared code counts, before its rarity.
CODE_WEIGHTS: Final = {"measure_type": 1.0, "scope": 0.3, "payer_after": 0.3}
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
    shared: dict[int, list[tuple[float, SharedThing]]] = defaultdict(list)
    for weight, thing, numbers in [*_by_words(activity, n_all), *_by_codes(activity, n_all)]:
        for number in numbers:
            shared[number].append((weight, thing))
    allowed = _comparable(activity, shared)
    scored = [_similar(pk, found) for pk, found in shared.items() if pk in allowed]
    return sorted(scored, key=lambda one: (-one.score, one.activity_id))[:limit]


def _similar(pk: int, found: Sequence[tuple[float, SharedThing]]) -> SimilarActivity:
    best = sorted(found, key=lambda pair: (-pair[0], pair[1].field, pair[1].value))
    reasons = tuple(thing for _, thing in best[:MOST_REASONS])
    return SimilarActivity(pk, round(sum(weight for weight, _ in found), 3), reasons)


def _comparable(activity: Activity, shared: Iterable[int]) -> set[int]:
    rows = Activity.objects.filter(pk__in=list(shared)).exclude(state=Activity.State.OPEN)
    others = rows.exclude(initiative=activity.initiative_id).order_by()
    return set(others.values_list("pk", flat=True))


def _by_words(activity: Activity, n_all: int) -> Iterable[tuple[float, SharedThing, list[int]]]:
    table = words_of_evidence()
    for group in _groups(activity):
        rows = rows_of_kind(table.matching([group.ways], in_names=False), Kind.ACTIVITY)
        numbers = [int(number) for number in numbers_at(rows) if number != activity.pk]
        if numbers and len(numbers) <= max(2, COMMON_SHARE * n_all):
            weight = WORD_WEIGHT * _rarity(len(numbers), n_all)
            yield weight, SharedThing("word", group.typed), numbers


def _groups(activity: Activity) -> list[Group]:
    """Read the words of the text, each once, those of the thesaurus together."""
    fields = ("name", "what", "output", "result")
    texts = [getattr(activity, f"{f}_{code}") or "" for f in fields for code in LANGUAGE_CODES]
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


def _by_codes(activity: Activity, n_all: int) -> Iterable[tuple[float, SharedThing, list[int]]]:
    for field, factor in CODE_WEIGHTS.items():
        value = getattr(activity, field)
        if not value or value in {"unknown", "none"}:
            continue
        same = Activity.objects.filter(**{field: value}).exclude(pk=activity.pk).order_by()
        numbers = list(same.values_list("pk", flat=True))
        weight = factor * _rarity(len(numbers), n_all)
        yield weight, SharedThing(field, value), numbers


def _rarity(n: int, n_all: int) -> float:
    return math.log((n_all + 1) / max(1, n))

"""Rows about two things of one kind: which two fields they are, and how they stand after a move.

The constraints of a model say it: ``first < second`` keeps a pair in order, ``not asking = asked``
keeps its ends apart. A new model of pairs needs no line here.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import models
from django.db.models import F, Q

_BELOW = "__lt"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two fields of a model that point to the same model and are never equal."""

    first: str
    second: str
    is_ordered: bool

    def other(self, name: str) -> str:
        """Return the other field."""
        return self.second if name == self.first else self.first


def pairs_of(model: type[models.Model]) -> Iterator[Pair]:
    """Return the pairs that the constraints of a model speak of."""
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.CheckConstraint):
            found = _pair(constraint.condition)
            if found is not None and _targets(model, found) == 1:
                yield found


def changes_of_pair(row: models.Model, name: str, pk: int) -> dict[str, int] | None:
    """Say which fields change when one of a row shall point elsewhere.

    Returns
    -------
    dict or None
        The field alone, or both fields of an ordered pair that changes places; None where both
        ends of a pair would be the same.
    """
    pair = next((p for p in pairs_of(type(row)) if name in (p.first, p.second)), None)
    if pair is None:
        return {name: pk}
    there = getattr(row, row._meta.get_field(pair.other(name)).attname)  # type: ignore[union-attr]
    if there == pk:
        return None
    stays = there is None or (pk < there) == (name == pair.first)
    if stays or not pair.is_ordered:
        return {name: pk}
    return {pair.first: min(pk, there), pair.second: max(pk, there)}


def _pair(condition: object) -> Pair | None:
    if not isinstance(condition, Q) or len(condition.children) != 1:
        return None
    child = condition.children[0]
    if not isinstance(child, tuple) or not isinstance(child[1], F):
        return None
    left: str = child[0]
    right: str = child[1].name  # type: ignore[attr-defined]
    if condition.negated:
        return Pair(left, right, is_ordered=False)
    if left.endswith(_BELOW):
        return Pair(left.removesuffix(_BELOW), right, is_ordered=True)
    return None


def _targets(model: type[models.Model], pair: Pair) -> int:
    """Count the models to which the two fields point; dates and numbers point to none."""
    fields = [model._meta.get_field(name) for name in (pair.first, pair.second)]
    if not all(isinstance(field, models.ForeignKey) for field in fields):
        return 0
    return len({field.related_model for field in fields})

"""Let every row that points to one thing point to another, and take each step back exactly.

What points to a thing is read from the models, so a new model needs no line here.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.apps import apps
from django.core import serializers
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q

from alpclusters.platform.accounts.models import User
from alpclusters.platform.languages.text import Text, TranslatedText, field_of
from alpclusters.platform.trail.models import Edge

# --- Rows about two things of one kind: which two fields they are, and how they stand after a move
#
# The constraints of a model say it: ``first < second`` keeps a pair in order, ``not asking =
# asked`` keeps its ends apart. A new model of pairs needs no line here.


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


# --- Let every row that points to one thing point to another, and take each step back exactly -----


# Rows that tell what was decided stay as they are; readers follow `merged_into`.
STAY: Final = frozenset({"actors.Merge", "actors.DuplicateProposal"})
# Where both sides have one, the second stays where it is: the old address of a profile leads on
# from there, and what a person wrote in a claim is copied nowhere.
BESIDE: Final = frozenset({"actors.ClusterOrganisation", "actors.Claim"})

type Step = dict[str, Any]


@dataclass(slots=True)
class Steps:
    """What was done, in order: values set, rows added, rows removed."""

    taken: list[Step] = field(default_factory=list)

    def set_value(self, row: models.Model, name: str, value: object) -> None:
        """Set one field of a row, nothing else, and note the value before."""
        column = field_of(row, name)
        before = getattr(row, column.attname)
        if isinstance(column, TranslatedText):
            value = _text(before, column, name, value)
        if before == value:
            return
        _update(row, {column.attname: value})
        setattr(row, column.attname, value)
        step = _named(row) | {"field": column.name, "before": exact(before), "after": plain(value)}
        self.taken.append({"do": "set", **step})

    def set_together(self, row: models.Model, values: Mapping[str, int]) -> None:
        """Set several fields of a row at once: the database refuses what lies between."""
        columns = {name: row._meta.get_field(name).attname for name in values}  # type: ignore[union-attr]
        before = {name: plain(getattr(row, column)) for name, column in columns.items()}
        _update(row, {columns[name]: value for name, value in values.items()})
        for name, value in values.items():
            setattr(row, columns[name], value)
        step = _named(row) | {"before": before, "after": dict(values)}
        self.taken.append({"do": "set_together", **step})

    def add_row(self, row: models.Model) -> None:
        """Store a new row."""
        row.save()
        self.taken.append({"do": "add", **_named(row)})

    def remove_row(self, row: models.Model) -> None:
        """Take a row away and note all of it."""
        text = serializers.serialize("json", [row], cls=ExactEncoder)
        self.taken.append({"do": "remove", **_named(row), "row": json.loads(text)[0]})
        row.delete()


def move_references(old: models.Model, new: models.Model, steps: Steps) -> None:
    """Let everything that points to one row point to another of the same model.

    Where the other has such a row already (the same name, a place in the same project), what
    points to the row that is one too many moves on to its twin, the twin is completed by what
    only the other says, and the row is taken away. A row about a pair (two fields that a
    constraint of its model keeps apart or in order) stays in order; where both ends become the
    same, it is taken away with all that hangs on it.
    """
    for model, name in references_to(type(old)):
        rows = _rows(model).filter(**{name: old.pk}).order_by("pk")
        for row in list(rows):
            _move(row, name, new, steps)
    _move_ties(old, new, steps)


def references_to(model: type[models.Model]) -> Iterator[tuple[type[models.Model], str]]:
    """Return the models and fields that point to a model, apart from histories and decisions."""
    for relation in model._meta.get_fields(include_hidden=True):
        if not isinstance(relation, models.ManyToOneRel):
            continue
        other = relation.related_model
        if not isinstance(other, str) and not _stays(other):
            yield other, relation.field.name


def take_back(steps: Iterable[Step]) -> None:
    """Undo steps, the last first; what somebody changed since then is left as it is."""
    for step in reversed(list(steps)):
        _BACK[step["do"]](step)


def touched(steps: Iterable[Step]) -> dict[type[models.Model], set[int]]:
    """Return the rows that steps changed, by model."""
    found: dict[type[models.Model], set[int]] = {}
    for step in steps:
        found.setdefault(_model(step), set()).add(step["pk"])
    return found


def note_versions(steps: Iterable[Step], *, by: User | None, reason: str) -> None:
    """Keep a version of every row with a history that steps changed."""
    for model, pks in touched(steps).items():
        history = getattr(model, "history", None)
        if history is not None:
            rows = list(_rows(model).filter(pk__in=pks).order_by("pk"))
            history.bulk_history_create(
                rows, update=True, default_user=by, default_change_reason=reason
            )


class ExactEncoder(DjangoJSONEncoder):
    """Writes moments to the microsecond, as the database keeps them; Django's cuts them off."""

    def default(self, o: object) -> Any:
        """Return what stands for a value."""
        return o.isoformat() if isinstance(o, datetime) else super().default(o)


def _text(before: Text, column: TranslatedText, name: str, value: object) -> Text:
    """Return a text with one language set, or a whole one."""
    if name != column.name:
        value = {**before.by_language, name.removeprefix(f"{column.name}_"): value}
    return column.to_python(value)


def exact(value: object) -> Any:
    """Return a value as JSON keeps it, to be put back."""
    return json.loads(json.dumps(_stored(value), cls=ExactEncoder))


def plain(value: object) -> Any:
    """Return a value as JSON keeps it, to be compared: steps noted before have no microseconds."""
    return json.loads(json.dumps(_stored(value), cls=DjangoJSONEncoder))


def _stored(value: object) -> object:
    return value.by_language if isinstance(value, Text) else value


def _stays(model: type[models.Model]) -> bool:
    # simple_history marks the tables of versions by the model they belong to.
    is_history = hasattr(model, "instance_type")
    return is_history or not model._meta.managed or model._meta.label in STAY


def _move(row: models.Model, name: str, new: models.Model, steps: Steps) -> None:
    changes = changes_of_pair(row, name, new.pk)
    if changes is None:
        _remove_whole(row, steps)
        return
    twin = _twin(row, changes)
    if twin is None:
        _set(row, changes, steps)
        return
    move_references(row, twin, steps)
    if row._meta.label not in BESIDE:
        _complete(twin, row, steps)
        steps.remove_row(row)


def _set(row: models.Model, changes: Mapping[str, int], steps: Steps) -> None:
    if len(changes) > 1:
        steps.set_together(row, changes)
        return
    for name, value in changes.items():
        steps.set_value(row, name, value)


def _remove_whole(row: models.Model, steps: Steps) -> None:
    """Take a row away with what hangs on it, each noted; what may do without it stays."""
    for model, name in references_to(type(row)):
        column = model._meta.get_field(name)
        for hanging in list(_rows(model).filter(**{name: row.pk}).order_by("pk")):
            if column.remote_field.on_delete is models.SET_NULL:  # type: ignore[union-attr]
                steps.set_value(hanging, name, None)
            else:
                _remove_whole(hanging, steps)
    steps.remove_row(row)


def _complete(twin: models.Model, row: models.Model, steps: Steps) -> None:
    """Fill what the twin does not say from the row that is taken away."""
    for column in twin._meta.concrete_fields:
        mine, theirs = getattr(twin, column.attname), getattr(row, column.attname)
        if isinstance(column, TranslatedText):
            steps.set_value(twin, column.name, {**theirs.by_language, **mine.by_language})
            continue
        is_no = mine is False and not column.null
        if (is_no or mine in (None, "", [], {})) and theirs != mine and not column.unique:
            steps.set_value(twin, column.name, theirs)


def _twin(row: models.Model, changes: Mapping[str, int]) -> models.Model | None:
    """Return the row that would be there twice if this one moved."""
    for names, condition in _unique_sets(type(row)):
        if changes.keys().isdisjoint(names):
            continue
        values = {n: getattr(row, row._meta.get_field(n).attname) for n in names}  # type: ignore[union-attr]
        values |= {n: value for n, value in changes.items() if n in values}
        # The database takes two rows without a value for two different ones.
        if None in values.values():
            continue
        rows = _rows(type(row)).filter(condition)
        if rows.filter(pk=row.pk).exists():
            found: models.Model | None = (
                rows.filter(**values).exclude(pk=row.pk).order_by("pk").first()
            )
            if found is not None:
                return found
    return None


def _unique_sets(model: type[models.Model]) -> Iterator[tuple[tuple[str, ...], Q]]:
    for column in model._meta.concrete_fields:
        if column.unique:
            yield (column.name,), Q()
    for names in model._meta.unique_together:
        yield tuple(names), Q()
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and constraint.fields:
            yield tuple(constraint.fields), constraint.condition or Q()


def _move_ties(old: models.Model, new: models.Model, steps: Steps) -> None:
    """Move the ends of the trail: they name a thing by kind and number."""
    kind = old._meta.model_name
    for end in ("from", "to"):
        for tie in list(Edge.objects.filter(**{f"{end}_kind": kind, f"{end}_id": old.pk})):
            same = ("kind", "from_kind", "from_id", "to_kind", "to_id")
            values = {n: getattr(tie, n) for n in same} | {f"{end}_id": new.pk}
            if Edge.objects.filter(**values).exists():
                steps.remove_row(tie)
            else:
                steps.set_value(tie, f"{end}_id", new.pk)


def _set_back(step: Mapping[str, Any]) -> None:
    row = _rows(_model(step)).filter(pk=step["pk"]).first()
    if row is None:
        return
    column = row._meta.get_field(step["field"])
    if plain(getattr(row, column.attname)) != step["after"]:
        return
    before = None if step["before"] is None else column.to_python(step["before"])
    if not _leads_nowhere(column, before):
        _update(row, {column.attname: before})


def _set_together_back(step: Mapping[str, Any]) -> None:
    row = _rows(_model(step)).filter(pk=step["pk"]).first()
    if row is None:
        return
    columns = {name: row._meta.get_field(name) for name in step["after"]}
    now = {name: plain(getattr(row, column.attname)) for name, column in columns.items()}
    gone = any(_leads_nowhere(columns[name], value) for name, value in step["before"].items())
    if now == step["after"] and not gone:
        _update(row, {columns[name].attname: value for name, value in step["before"].items()})


def _take_away(step: Mapping[str, Any]) -> None:
    _rows(_model(step)).filter(pk=step["pk"]).delete()


def _bring_back(step: Mapping[str, Any]) -> None:
    for found in serializers.deserialize("json", json.dumps([step["row"]])):
        row = found.object
        gone = [c for c in _relations(row) if _leads_nowhere(c, getattr(row, c.attname))]
        # Somebody was forgotten since then: the row comes back without them, or not at all.
        for column in gone:
            setattr(row, column.attname, None)
        if all(column.null for column in gone):
            found.save()


def _relations(row: models.Model) -> list[models.ForeignKey[Any, Any]]:
    return [c for c in row._meta.concrete_fields if isinstance(c, models.ForeignKey)]


def _leads_nowhere(column: object, pk: object) -> bool:
    """Say whether a value names a row of another table that is no longer there."""
    if pk is None or not isinstance(column, models.ForeignKey):
        return False
    return not _rows(column.related_model).filter(pk=pk).exists()


_BACK: Final = {
    "set": _set_back,
    "set_together": _set_together_back,
    "add": _take_away,
    "remove": _bring_back,
}


def _update(row: models.Model, values: Mapping[str, object]) -> None:
    """Write columns and nothing else: no time of change moves."""
    _rows(type(row)).filter(pk=row.pk).update(**values)


def _rows(model: type[models.Model]) -> models.Manager[Any]:
    return model._base_manager  # noqa: SLF001 - the manager that leaves no row out


def _named(row: models.Model) -> Step:
    return {"model": row._meta.label, "pk": row.pk}


def _model(step: Mapping[str, Any]) -> type[models.Model]:
    return apps.get_model(step["model"])

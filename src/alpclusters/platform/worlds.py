"""Invented and real never mix: which world a thing belongs to, asked in one place.

A thing of the demonstration or of a rehearsal is simulated, every other one is real. Reference data
(the measures of the catalogue, regions, programmes, the codebook) belong to neither and may be tied
to both. What this means for numbers, lists and documents: docs/developer/decisions.md.
"""

import itertools
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from django.apps import apps
from django.db.models import Field, Model, Q, QuerySet

from alpclusters.analysis.errors import InputError, Where

type World = bool | None
"""True of simulated things, False of real ones, None of reference data."""

MIXED: Final = "worlds.mixed"
"""The code of the error that refuses a tie between the worlds."""

_COLUMN: Final = "is_simulated"
_PROJECT: Final = "partnership.project"
_CAFE: Final = "cafe.alpcafe"
_ACTIVITY: Final = "evidence.activity"
# Entries of the catalogue say in their standing that they are invented.
_BY_STATUS: Final = frozenset(
    f"funding.{name}"
    for name in ("programme", "call", "offer", "budget", "priority", "regionalscheme")
)
# Things without a column of their own are what their owner is; no owner: reference data.
_OWNERS: Final[Mapping[str, str]] = {
    "actors.partner": "project",
    _CAFE: "project",
    "cafe.card": "cafe",
    "cafe.insight": "cafe",
    "evaluation.snapshot": "cafe",
    "evidence.corpus": "project",
    "funding.fundingcase": "project",
    "funding.jointrun": "project",
    "funding.mixrun": "case",
    "measures.measure": "project",
    "policy.action": "plan",
    "policy.actionplan": "project",
    "policy.consultation": "project",
    "policy.finding": "project",
    "policy.fundingline": "action",
    "policy.indicator": "plan",
    "policy.indicatorvalue": "indicator",
    "policy.jointapproach": "project",
    "policy.recommendation": "project",
}
# One query names so many numbers at most.
_SLICE: Final = 10_000


def has_world(model: type[Model]) -> bool:
    """Say whether rows of a model are simulated or real."""
    label = model._meta.label_lower
    return label == _PROJECT or label in _BY_STATUS or label in _OWNERS or _has_column(model)


def simulated(model: type[Model], path: str = "") -> Q:
    """Return the condition under which rows of a model are simulated.

    Parameters
    ----------
    model : type of Model
        One that has a world.
    path : str, optional
        Where it is found from what is filtered, for example ``"lesson__"``.
    """
    label = model._meta.label_lower
    if label == _PROJECT:
        return Q(**{f"{path}kind": "demonstration"})
    if label in _BY_STATUS:
        return Q(**{f"{path}status": "demonstration"})
    if _has_column(model):
        own = Q(**{f"{path}{_COLUMN}": True})
        # What an invented initiative did is invented, whatever its own mark says.
        above = Q(**{f"{path}initiative__{_COLUMN}": True})
        return own | above if label == _ACTIVITY else own
    owner = _OWNERS[label]
    found = simulated(_model_at(model, owner), f"{path}{owner}__")
    return found | Q(**{f"{path}rehearsal_of__isnull": False}) if label == _CAFE else found


def of_world[Rows: QuerySet[Any]](rows: Rows, *, is_simulated: bool) -> Rows:
    """Keep the rows of one world; reference data are in both."""
    invented = _rows(rows.model).filter(simulated(rows.model)).values("pk")
    if not is_simulated:
        return rows.exclude(pk__in=invented)
    none = _reference(rows.model)
    return rows.filter(Q(pk__in=invented) if none is None else Q(pk__in=invented) | none)


def same_world(model: type[Model], first: str, second: str) -> Q:
    """Return the condition under which two things that a row names belong to one world."""
    one = simulated(_model_at(model, first), f"{first}__")
    other = simulated(_model_at(model, second), f"{second}__")
    return one & other | ~one & ~other


def worlds_of(model: type[Model], pks: Collection[int]) -> dict[int, World]:
    """Return the world of each of some rows of a model; what there is not is left out."""
    rows = _rows(model)
    none = _reference(model)
    found: dict[int, World] = {}
    for some in _slices(pks):
        here = rows.filter(pk__in=some)
        found |= dict.fromkeys(here.values_list("pk", flat=True), False)
        found |= dict.fromkeys(here.filter(simulated(model)).values_list("pk", flat=True), True)
        if none is not None:
            found |= dict.fromkeys(here.filter(none).values_list("pk", flat=True))
    return found


def foreign_to(model: type[Model], pks: Collection[int], *, is_simulated: bool) -> set[int]:
    """Return those of some rows that belong to the other world."""
    if not has_world(model):
        return set()
    other = simulated(model)
    rows = _rows(model)
    if is_simulated:
        none = _reference(model)
        rows = rows.exclude(pk__in=_rows(model).filter(other).values("pk"))
        rows = rows.exclude(none) if none is not None else rows
    else:
        rows = rows.filter(other)
    return {
        pk for some in _slices(pks) for pk in rows.filter(pk__in=some).values_list("pk", flat=True)
    }


def world_of(thing: Model) -> World:
    """Return the world of a thing that is stored."""
    model = type(thing)
    return worlds_of(model, [thing.pk]).get(thing.pk) if has_world(model) else None


def stated_world(thing: Model) -> World:
    """Return the world of a thing from what it says itself, also before it is stored."""
    model = type(thing)
    label = model._meta.label_lower
    if label == _PROJECT:
        return bool(getattr(thing, "kind") == "demonstration")  # noqa: B009 - of a project
    if label in _BY_STATUS:
        return bool(getattr(thing, "status") == "demonstration")  # noqa: B009 - of an entry
    if _has_column(model):
        is_own = bool(getattr(thing, _COLUMN))
        return is_own or (label == _ACTIVITY and bool(getattr(thing.initiative, _COLUMN)))  # type: ignore[attr-defined]
    if label == _CAFE and getattr(thing, "rehearsal_of_id") is not None:  # noqa: B009 - of an event
        return True
    owner = getattr(thing, _OWNERS[label])
    return None if owner is None else stated_world(owner)


def check_one_world(target: Model, sources: Iterable[Model]) -> None:
    """Refuse to tie simulated things to real ones.

    Raises
    ------
    InputError
        ``worlds.mixed``, with the first of the sources that belongs to the other world.
    """
    wanted = world_of(target)
    by_model: dict[type[Model], dict[int, Model]] = {}
    for source in sources:
        by_model.setdefault(type(source), {})[source.pk] = source
    for model, things in by_model.items():
        if wanted is None or not has_world(model):
            continue
        foreign = foreign_to(model, list(things), is_simulated=wanted)
        if foreign:
            found = str(things[min(foreign)])
            raise InputError(MIXED, where=Where(argument="sources"), found=found)


@dataclass(frozen=True, slots=True)
class Crossing:
    """Rows that name a thing of the other world.

    Attributes
    ----------
    field : str
        App, model and field.
    pks : tuple of int
        Of the rows, or of those that hold the tie.
    """

    field: str
    pks: tuple[int, ...]


def crossings() -> list[Crossing]:
    """Look at every foreign key and tie between things that have a world, in the whole database."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        if model._meta.proxy or model.__name__.startswith("Historical"):
            continue
        found += [Crossing(name, pks) for name, pks in _crossings_of(model) if pks]
    return found


def _crossings_of(model: type[Model]) -> Iterator[tuple[str, tuple[int, ...]]]:
    """A row with a world and each thing it names; a row without one and the things it joins."""
    keys = world_keys(model)
    label = model._meta.label
    if has_world(model):
        for field in keys:
            yield f"{label}.{field.name}", _differing(model, "", model, field)
    else:
        for first, second in itertools.pairwise(keys):
            name = f"{label}.{first.name}-{second.name}"
            yield name, _differing(model, f"{first.name}__", first.related_model, second)


def _differing(model: type[Model], path: str, owner: type[Model], field: Any) -> tuple[int, ...]:
    one, other = simulated(owner, path), simulated(field.related_model, f"{field.name}__")
    rows = _rows(model).filter(**{f"{field.name}__isnull": False})
    if path:
        rows = rows.filter(**{f"{path.removesuffix('__')}__isnull": False})
    left = set(rows.filter(one).values_list("pk", flat=True))
    right = set(rows.filter(other).values_list("pk", flat=True))
    neutral: set[int] = set()
    for end, at in ((owner, path), (field.related_model, f"{field.name}__")):
        if (none := _reference(end, at)) is not None:
            neutral |= set(rows.filter(none).values_list("pk", flat=True))
    return tuple(sorted((left ^ right) - neutral))


def _reference(model: type[Model], path: str = "") -> Q | None:
    """Return the condition under which rows are reference data, of neither world."""
    label = model._meta.label_lower
    if _has_column(model) or label not in _OWNERS:
        return None
    owner = _OWNERS[label]
    field = model._meta.get_field(owner)
    if getattr(field, "null", False):
        return Q(**{f"{path}{owner}__isnull": True})
    return _reference(_model_at(model, owner), f"{path}{owner}__")


def _model_at(model: type[Model], name: str) -> type[Model]:
    related: type[Model] = model._meta.get_field(name).related_model  # type: ignore[assignment]
    return related


def _rows(model: type[Model]) -> "QuerySet[Any]":
    """Return every row, also those that a default manager hides."""
    return model._base_manager.order_by()  # noqa: SLF001 - public by its documentation


def _has_column(model: type[Model]) -> bool:
    return any(field.name == _COLUMN for field in model._meta.concrete_fields)


@cache
def world_keys(model: type[Model]) -> tuple[Any, ...]:
    """Return the keys of a model that name things with a world."""
    fields: list[Field[Any, Any]] = list(model._meta.concrete_fields)
    keys: list[Any] = [field for field in fields if field.many_to_one or field.one_to_one]
    return tuple(key for key in keys if has_world(key.related_model))


@cache
def world_fields(model: type[Model]) -> frozenset[str]:
    """Return the names of the fields on which it depends whether a row ties the worlds."""
    label = model._meta.label_lower
    mark = "kind" if label == _PROJECT else "status" if label in _BY_STATUS else _COLUMN
    return frozenset({mark, *(n for key in world_keys(model) for n in (key.name, key.attname))})


def _slices(pks: Collection[int]) -> Iterator[list[int]]:
    ordered = sorted(pks)
    return (ordered[at : at + _SLICE] for at in range(0, len(ordered), _SLICE))

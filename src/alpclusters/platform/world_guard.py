"""No row is saved that names a thing of the other world, whoever saves it.

What is written in bulk does not pass here: edges are checked where they are made
(`trail.domain.edges`), tables and imports write what they made themselves, and `doctor` looks for
what was stored before (`worlds.crossings`). People, cards and answers belong to one AlpCafé: they
need no check, and the hall could not afford it.
"""

import itertools
from collections.abc import Collection
from typing import Any, Final

from django.apps import apps
from django.db.models import Model
from django.db.models.signals import m2m_changed, pre_save

from alpclusters.analysis.errors import InputError, Where
from alpclusters.platform.worlds import (
    MIXED,
    World,
    foreign_to,
    has_world,
    stated_world,
    world_fields,
    world_keys,
)

_OF_ONE_CAFE: Final = "cafe"


def watch_worlds() -> None:
    """Look at every row with such keys before it is saved; called once, when the apps are there."""
    for model in apps.get_models(include_auto_created=True):
        keys = world_keys(model)
        if model._meta.app_label == _OF_ONE_CAFE or model.__name__.startswith("Historical"):
            continue
        if keys and (has_world(model) or len(keys) > 1):
            pre_save.connect(_refuse_row, sender=model, dispatch_uid=f"worlds.{model._meta.label}")
        ties: list[Any] = list(model._meta.local_many_to_many)
        for field in ties:
            if has_world(model) and has_world(field.related_model):
                through = field.remote_field.through
                m2m_changed.connect(
                    _refuse_ties, sender=through, dispatch_uid=f"worlds.{through._meta.label}"
                )


def _refuse_row(
    sender: type[Model],
    instance: Model,
    raw: bool,  # noqa: FBT001 - given by Django
    update_fields: Collection[str] | None = None,
    **_kwargs: Any,
) -> None:
    """Compare what a row is, or the first thing it joins, with each thing it names."""
    if raw or (update_fields is not None and world_fields(sender).isdisjoint(update_fields)):
        return
    keys = world_keys(sender)
    named = [getattr(instance, key.name) for key in keys if getattr(instance, key.attname)]
    ends = [instance, *named] if has_world(sender) else named
    worlds = [(one, stated_world(one)) for one in ends]
    first = worlds[:1] if has_world(sender) else []
    pairs = itertools.product(first, worlds[1:]) if first else itertools.pairwise(worlds)
    for (_, world), (other, others) in pairs:
        if _differ(world, others):
            raise InputError(MIXED, where=Where(argument="sources"), found=str(other))


def _refuse_ties(
    instance: Model, action: str, model: type[Model], pk_set: set[int] | None, **_kwargs: Any
) -> None:
    """Compare a thing with those it is being tied to."""
    world = stated_world(instance)
    if action != "pre_add" or not pk_set or world is None:
        return
    foreign = foreign_to(model, pk_set, is_simulated=world)
    if foreign:
        found = str(model._base_manager.get(pk=min(foreign)))  # noqa: SLF001 - public by its documentation
        raise InputError(MIXED, where=Where(argument="sources"), found=found)


def _differ(one: World, other: World) -> bool:
    return one is not None and other is not None and one is not other

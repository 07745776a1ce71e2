"""Find a thing of the trail by what people call it: ``action:12``, ``measure:key``."""

from collections.abc import Mapping
from typing import Any, Final

from django.db.models import Model

from alpclusters.analysis.errors import InputError, Where
from alpclusters.platform.trail.domain.kinds import Thing, model_of

# The field by which people name a thing besides its number.
_NAMED: Final[Mapping[Thing, str]] = {
    Thing.DOCUMENT: "key",
    Thing.ACTIVITY: "",
    Thing.LESSON: "key",
    Thing.MEASURE: "key",
    Thing.ALPCAFE: "",
    Thing.SNAPSHOT: "",
    Thing.FINDING: "code",
    Thing.RECOMMENDATION: "code",
    Thing.ACTION: "code",
    Thing.FUNDING_LINE: "",
    Thing.INDICATOR: "code",
    Thing.VALUE: "",
}
KINDS: Final = tuple(str(thing) for thing in _NAMED)
_MOST_NAMED: Final = 8


def find_thing(name: str) -> Model:
    """Return the thing with a name of the form ``kind:number``, ``kind:code`` or ``kind:key``.

    A code that several projects or plans use is refused with the numbers to choose from.

    Raises
    ------
    InputError
        ``trail.unknown_kind``, ``trail.unknown_thing``, ``trail.several``.
    """
    kind, _, wanted = name.partition(":")
    where = Where(argument="OBJECT")
    if kind not in KINDS or not wanted:
        code = "trail.unknown_kind"
        raise InputError(code, where=where, found=name, expected=", ".join(KINDS))
    found = _candidates(Thing(kind), wanted)
    if not found:
        code = "trail.unknown_thing"
        raise InputError(code, where=where, found=name)
    if len(found) > 1:
        code = "trail.several"
        names = ", ".join(f"{kind}:{obj.pk} ({obj})" for obj in found[:_MOST_NAMED])
        raise InputError(code, where=where, found=name, expected=names)
    only: Model = found[0]
    return only


def _candidates(thing: Thing, wanted: str) -> list[Any]:
    field = _NAMED[thing]
    rows = model_of(thing)._default_manager.order_by("pk")
    if field:
        named = list(rows.filter(**{field: wanted}))
        if named:
            return named
    return list(rows.filter(pk=int(wanted))) if wanted.isascii() and wanted.isdigit() else []

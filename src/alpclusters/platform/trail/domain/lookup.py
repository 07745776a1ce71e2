"""Find a thing of the trail by what people call it: ``action:12``, ``measure:key``."""

from collections.abc import Mapping
from typing import Any, Final

from django.apps import apps
from django.db.models import Model

from alpclusters.analysis.errors import InputError, Where
from alpclusters.platform.trail.domain.kinds import Thing

# Thing -> app, model and the field by which people name it besides the number.
_NAMED: Final[Mapping[Thing, tuple[str, str, str]]] = {
    Thing.DOCUMENT: ("evidence", "Document", "key"),
    Thing.ACTIVITY: ("evidence", "Activity", ""),
    Thing.LESSON: ("evidence", "Lesson", "key"),
    Thing.MEASURE: ("measures", "Measure", "key"),
    Thing.ALPCAFE: ("cafe", "AlpCafe", ""),
    Thing.SNAPSHOT: ("evaluation", "Snapshot", ""),
    Thing.FINDING: ("policy", "Finding", "code"),
    Thing.RECOMMENDATION: ("policy", "Recommendation", "code"),
    Thing.ACTION: ("policy", "Action", "code"),
    Thing.FUNDING_LINE: ("policy", "FundingLine", ""),
    Thing.INDICATOR: ("policy", "Indicator", "code"),
    Thing.VALUE: ("policy", "IndicatorValue", ""),
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
    app, model, field = _NAMED[thing]
    rows = apps.get_model(app, model)._default_manager.order_by("pk")
    if field:
        named = list(rows.filter(**{field: wanted}))
        if named:
            return named
    return list(rows.filter(pk=int(wanted))) if wanted.isascii() and wanted.isdigit() else []

"""One entry of the tables, stored unless a person had a hand in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.db.models import Q

from alpclusters.platform.funding.domain.entry_records import entry_record
from alpclusters.platform.funding.models import Call, EntryVersion, Offer, Parameter, Programme

REASON: Final = "seed"
_RELATION: Final[Mapping[Any, str]] = {Programme: "programme", Call: "call", Offer: "offer"}


@dataclass(frozen=True)
class Entry:
    """What a table says of one entry."""

    model: Any
    key: str
    fields: dict[str, Any]
    parameters: Sequence[dict[str, Any]]


@dataclass
class Kept:
    """What is there already, read once, and how many entries changed."""

    moment: datetime
    there: dict[Any, dict[str, Any]]
    by_people: dict[Any, set[int]]
    parameters: dict[tuple[int, int | None], list[Parameter]] = field(default_factory=dict)
    n_changed: int = 0

    @classmethod
    def now(cls, moment: datetime) -> "Kept":
        """Read what the catalogue has."""
        kept = cls(
            moment,
            {model: {row.key: row for row in model.objects.all()} for model in _RELATION},
            {model: _touched(name) for model, name in _RELATION.items()},
        )
        for row in Parameter.objects.all():
            kept.parameters.setdefault((row.programme_id, row.call_id), []).append(row)
        return kept


def store_entry(entry: Entry, kept: Kept) -> Any:
    """Store an entry with a version where it is new or the table says something else."""
    row = kept.there[entry.model].get(entry.key)
    if row is None:
        row = entry.model(key=entry.key, updated_at=kept.moment, **entry.fields)
        row.save()
        _store_parameters(row, entry)
        _keep_version(row, kept)
        return row
    if row.pk in kept.by_people[entry.model] or not _differs(row, entry, kept):
        return row
    row.version += 1
    row.updated_at = kept.moment
    row.save()
    _parameters(row).delete()
    _store_parameters(row, entry)
    _keep_version(row, kept)
    return row


def _touched(name: str) -> set[int]:
    """Return the entries of which a person made a version."""
    theirs = EntryVersion.objects.filter(Q(made_by__isnull=False) | Q(proposal__isnull=False))
    # A person's account may be gone: then only the source tells that it was not the table.
    theirs |= EntryVersion.objects.exclude(source=REASON)
    found = theirs.filter(**{f"{name}__isnull": False}).order_by()
    return set(found.values_list(f"{name}_id", flat=True))


def _differs(row: Any, entry: Entry, kept: Kept) -> bool:
    """Take over what the table says; say whether that changed anything."""
    different = {name: v for name, v in entry.fields.items() if getattr(row, name) != v}
    for name, value in different.items():
        setattr(row, name, value)
    return bool(different) or _figures_differ(row, entry, kept)


def _figures_differ(row: Any, entry: Entry, kept: Kept) -> bool:
    if isinstance(row, Offer):
        return False
    place = (row.pk, None) if isinstance(row, Programme) else (row.programme_id, row.pk)
    there = [
        {name: getattr(p, name) for name in _names(entry)} for p in kept.parameters.get(place, [])
    ]
    return there != list(entry.parameters)


def _names(entry: Entry) -> list[str]:
    return list(entry.parameters[0]) if entry.parameters else []


def _parameters(row: Any) -> Any:
    if isinstance(row, Offer):
        return Parameter.objects.none()
    if isinstance(row, Programme):
        return row.parameters.filter(call__isnull=True)
    return row.parameters.all()


def _store_parameters(row: Any, entry: Entry) -> None:
    where = {"programme": row}
    if isinstance(row, Call):
        where = {"programme": row.programme, "call": row}
    Parameter.objects.bulk_create(Parameter(**where, **figure) for figure in entry.parameters)


def _keep_version(row: Any, kept: Kept) -> None:
    kept.n_changed += 1
    EntryVersion.objects.create(
        **{_RELATION[type(row)]: row},
        number=row.version,
        data=entry_record(row),
        source=REASON,
        made_at=kept.moment,
    )

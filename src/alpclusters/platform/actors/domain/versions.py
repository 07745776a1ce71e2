"""The versions of a profile: its organisation, the profile itself and its labels in one line."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, Final, Literal

from alpclusters.platform.actors.domain.editing import (
    CLUSTER_FIELDS,
    LABEL_FIELDS,
    ORGANISATION_FIELDS,
)
from alpclusters.platform.actors.models import ClusterLabel, ClusterOrganisation, Organisation
from alpclusters.platform.history import history_of
from alpclusters.platform.languages.text import read_input

# Shown with the editable fields; no earlier version brings them back.
SHOWN_TOO: Final = ("confirmed_on",)
OF_ORGANISATION_TOO: Final = ("is_listed", "status", "type")

type Kind = Literal["organisation", "profile", "label"]

MODELS: Final = {
    "organisation": Organisation,
    "profile": ClusterOrganisation,
    "label": ClusterLabel,
}


@dataclass(frozen=True, slots=True)
class Change:
    """One field before and after."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Version:
    """A version: what kind, who made it when, why, and what it changed.

    Attributes
    ----------
    kind : str
        organisation, profile or label: the row it is a version of.
    event : str
        ``+`` made, ``~`` changed, ``-`` taken away.
    is_newest : bool
        It is what the row says now.
    """

    kind: Kind
    number: int
    made_at: datetime
    made_by: str
    reason: str
    event: str
    is_newest: bool
    changes: tuple[Change, ...]


def versions(cluster: ClusterOrganisation) -> list[Version]:
    """Return all versions of a profile that show a difference, newest first."""
    found = [
        *_of_row("organisation", cluster.organisation, ORGANISATION_FIELDS + OF_ORGANISATION_TOO),
        *_of_row("profile", cluster, CLUSTER_FIELDS + SHOWN_TOO),
        *_of_labels(cluster),
    ]
    told = [v for v in found if v.changes or v.event != "~" or v.is_newest]
    return sorted(told, key=lambda v: (v.made_at, v.kind, v.number), reverse=True)


def _of_row(kind: Kind, row: Any, fields: Sequence[str]) -> list[Version]:
    records = history_of(row).select_related("history_user")
    return _compared(kind, records.order_by("-history_date", "-history_id"), fields)


def _of_labels(cluster: ClusterOrganisation) -> list[Version]:
    records = history_of(ClusterLabel).filter(cluster_id=cluster.pk).select_related("history_user")
    in_order = records.order_by("id", "-history_date", "-history_id")
    groups = groupby(in_order, key=lambda record: record.id)
    return [v for _, own in groups for v in _compared("label", own, LABEL_FIELDS)]


def _compared(kind: Kind, records: Iterable[Any], fields: Sequence[str]) -> list[Version]:
    newest_first = list(records)
    older = [*newest_first[1:], None]
    return [
        _version(kind, new, old, fields, is_newest=i == 0)
        for i, (new, old) in enumerate(zip(newest_first, older, strict=True))
    ]


def _version(kind: Kind, new: Any, old: Any, fields: Sequence[str], *, is_newest: bool) -> Version:
    return Version(
        kind=kind,
        number=new.history_id,
        made_at=new.history_date,
        made_by=str(new.history_user) if new.history_user else "",
        reason=new.history_change_reason or "",
        event=new.history_type,
        is_newest=is_newest,
        changes=_changes(new, old, fields) if old is not None and new.history_type == "~" else (),
    )


def _changes(new: Any, old: Any, fields: Sequence[str]) -> tuple[Change, ...]:
    pairs = [(name, read_input(old, name), read_input(new, name)) for name in fields]
    return tuple(Change(name, before, after) for name, before, after in pairs if before != after)

"""Change what a profile says, keep who changed what, and go back to an earlier version."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, Final, Literal

from django.db import transaction
from django.db.models import Field, Model
from django.utils import timezone

from alpclusters.platform.accounts.models import User
from alpclusters.platform.actors.domain.judging import set_computed, store_computed
from alpclusters.platform.actors.models import (
    ClusterLabel,
    ClusterOrganisation,
    Organisation,
    OrganisationType,
)
from alpclusters.platform.fields import About, attributes_of, fields_of
from alpclusters.platform.history import history_of, sign
from alpclusters.platform.languages.text import field_of, read_input, write_input
from alpclusters.platform.territory.models import Region


def _said(model: type[Model], which: Callable[[About], Any]) -> tuple[str, ...]:
    return tuple(name for one in fields_of(model, which) for name in attributes_of(one))


ORGANISATION_FIELDS: Final = _said(Organisation, lambda one: one.part)
CLUSTER_FIELDS: Final = _said(ClusterOrganisation, lambda one: one.part)
LABEL_FIELDS: Final = _said(ClusterLabel, lambda one: one.public)
LOGO_ALTS: Final = attributes_of(ClusterOrganisation._meta.get_field("logo_alt"))
FIELDS: Final = (*ORGANISATION_FIELDS, *CLUSTER_FIELDS)


@transaction.atomic
def change_profile(
    cluster: ClusterOrganisation, changes: Mapping[str, Any], *, by: User | None, reason: str = ""
) -> bool:
    """Change fields of a profile and of its organisation, and keep the earlier version.

    Parameters
    ----------
    cluster : ClusterOrganisation
        Its row is read again, so that what others saved in the meantime stays.
    changes : mapping
        Fields of `FIELDS` and their new values; others are refused.
    by : User or None
        Who changes it; None for the program itself.
    reason : str, default ""
        What the history says about it.

    Returns
    -------
    bool
        False if nothing differs; then nothing is stored.
    """
    unknown = set(changes) - set(FIELDS)
    if unknown:
        message = f"not a field people edit: {', '.join(sorted(unknown))}"
        raise ValueError(message)
    fresh = _locked(cluster)
    own = _change(fresh.organisation, changes, ORGANISATION_FIELDS)
    if own:
        record_edit(fresh.organisation, own)
        sign(fresh.organisation, by, reason=reason)
        fresh.organisation.save()
    profile = _change(fresh, changes, CLUSTER_FIELDS)
    if profile:
        set_computed(fresh)
        sign(fresh, by, reason=reason)
        fresh.save()
        note_change(fresh.organisation, profile)
    elif own:
        store_computed(fresh)
    return bool(own or profile)


def record_edit(organisation: Organisation, fields: Iterable[str]) -> None:
    """Note which fields a person set, so that no import writes over them; does not save."""
    names = {name.removesuffix("_id") for name in fields}
    names |= {field_of(model_of(name), name).name for name in names}
    organisation.edited_fields = sorted({*organisation.edited_fields, *names})
    if "region" in names:
        organisation.region_is_proposed = False


def columns_in(part: str) -> list[Field[Any, Any]]:
    """Return the columns of a part of the form, those of the organisation first."""
    models: tuple[type[Model], ...] = (Organisation, ClusterOrganisation)
    return [one for model in models for one in fields_of(model, lambda it: it.part == part)]


def names_in(part: str) -> tuple[str, ...]:
    """Return the editable fields of a part of the form."""
    return tuple(name for column in columns_in(part) for name in attributes_of(column))


def model_of(name: str) -> type[Model]:
    """Return the model in which a field of a profile stands: the organisation's or its own."""
    own = {n for field in Organisation._meta.concrete_fields for n in (field.name, field.attname)}
    return Organisation if name in own else ClusterOrganisation


def note_change(organisation: Organisation, fields: Iterable[str] = ()) -> None:
    """Say of an organisation that its profile changed, and which fields of it a person set.

    The history of the profile tells the change; the organisation gets no version of its own.
    """
    record_edit(organisation, fields)
    Organisation.objects.filter(pk=organisation.pk).update(
        edited_fields=organisation.edited_fields, changed_at=timezone.now()
    )


@transaction.atomic
def save_label(label: ClusterLabel, values: Mapping[str, Any], *, by: User | None) -> None:
    """Store a label of a cluster organisation, new or changed."""
    for name in LABEL_FIELDS:
        if name in values:
            setattr(label, name, values[name])
    sign(label, by, reason="label")
    label.save()
    _judge_anew(label.cluster)
    note_change(label.cluster.organisation)


@transaction.atomic
def remove_label(label: ClusterLabel, *, by: User) -> None:
    """Take a label away; the history keeps it."""
    cluster = label.cluster
    sign(label, by, reason="label")
    label.delete()
    _judge_anew(cluster)
    note_change(cluster.organisation)


def newest_version(cluster: ClusterOrganisation) -> str:
    """Name the state of a profile, to see whether somebody else saved in the meantime."""
    rows = (cluster, cluster.organisation)
    ids = [
        history_of(row).order_by("-history_id").values_list("history_id", flat=True).first()
        for row in rows
    ]
    return "-".join(str(one or 0) for one in ids)


def changed_since(
    cluster: ClusterOrganisation, version: str, names: Iterable[str]
) -> dict[str, Any]:
    """Return the fields out of some that changed since a version, with what they say now."""
    if version == newest_version(cluster):
        return {}
    before: dict[str, Any] = {}
    for kind, number in zip(("profile", "organisation"), version.split("-"), strict=False):
        if number.isdigit():
            before |= version_values(cluster, kind, int(number)) or {}
    fresh = ClusterOrganisation.objects.select_related("organisation").get(pk=cluster.pk)
    now = {
        name: read_input(fresh.organisation if name in ORGANISATION_FIELDS else fresh, name)
        for name in names
    }
    return {n: v for n, v in now.items() if n in before and not _same(before[n], v)}


def version_values(
    cluster: ClusterOrganisation, kind: str, history_id: int
) -> dict[str, Any] | None:
    """Return the editable fields of an earlier version; None if there is no such version."""
    thing, fields = _part(cluster, kind)
    record = history_of(thing).filter(pk=history_id).first() if thing else None
    return {name: read_input(record, name) for name in fields} if record else None


def revert_profile(cluster: ClusterOrganisation, kind: str, history_id: int, *, by: User) -> bool:
    """Take an earlier version back; what was there in between stays in the history."""
    values = version_values(cluster, kind, history_id)
    if values is None:
        return False
    return change_profile(cluster, values, by=by, reason=f"revert:{history_id}")


def _part(cluster: ClusterOrganisation, kind: str) -> tuple[Any, tuple[str, ...]]:
    parts: dict[str, tuple[Any, tuple[str, ...]]] = {
        "organisation": (cluster.organisation, ORGANISATION_FIELDS),
        "profile": (cluster, CLUSTER_FIELDS),
    }
    return parts.get(kind, (None, ()))


def _locked(cluster: ClusterOrganisation) -> ClusterOrganisation:
    # Two people may save two parts of one profile at the same moment.
    rows = ClusterOrganisation.objects.select_for_update(of=("self",))
    return rows.select_related("organisation").get(pk=cluster.pk)


def _change(thing: Any, changes: Mapping[str, Any], fields: Iterable[str]) -> list[str]:
    names = [n for n in fields if n in changes and not _same(read_input(thing, n), changes[n])]
    for name in names:
        write_input(thing, name, changes[name])
    return names


def _same(before: Any, after: Any) -> bool:
    """Compare; an empty text and no text are the same, zero and unknown are not."""
    return bool(("" if before is None else before) == ("" if after is None else after))


def _judge_anew(cluster: ClusterOrganisation) -> None:
    store_computed(ClusterOrganisation.objects.select_related("organisation").get(pk=cluster.pk))


# --- The versions of a profile: its organisation, the profile itself and its labels in one line


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


# --- Make the profile of a cluster organisation, of a new body or of one that is known already


HELIX: Final = "intermediary"
LENGTH: Final = 80
_SPELLED: Final = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "đ": "d"}
)


def find_profile(name: str) -> ClusterOrganisation | None:
    """Return the profile of a body with this name, if there is one."""
    found = ClusterOrganisation.objects.filter(
        organisation__name__iexact=name.strip(), organisation__merged_into=None
    )
    return found.select_related("organisation").order_by("pk").first()


@transaction.atomic
def create_profile(
    name: str, *, region: Region | None, by: User | None, is_listed: bool
) -> ClusterOrganisation:
    """Make a profile; a body of this name that is known without a profile gets it.

    Parameters
    ----------
    name : str
        Name of the body.
    region : Region or None
        Where its seat is.
    by : User or None
        Who makes it; None for the program itself.
    is_listed : bool
        Whether the public sees it at once; else an approved claim opens it.
    """
    known = Organisation.objects.current().filter(name__iexact=name.strip(), cluster=None)
    organisation = known.order_by("pk").first() or Organisation(name=name.strip())
    organisation.type = OrganisationType.CLUSTER_ORGANISATION
    organisation.helix = HELIX
    organisation.is_listed = organisation.is_listed or is_listed
    if region:
        organisation.region, organisation.country = region, region.country
    record_edit(organisation, ["name", "type", "helix", *(["region"] if region else [])])
    sign(organisation, by, reason="new")
    organisation.save()
    cluster = ClusterOrganisation(organisation=organisation, slug=free_slug(organisation.name))
    set_computed(cluster)
    sign(cluster, by, reason="new")
    cluster.save()
    return cluster


def free_slug(name: str) -> str:
    """Return an address for a profile that no other has."""
    base = slug_of(name) or "profile"
    taken = set(
        ClusterOrganisation.objects.filter(slug__startswith=base[: LENGTH - 6]).values_list(
            "slug", flat=True
        )
    )
    if base not in taken:
        return base
    numbered = (f"{base[: LENGTH - 6]}-{n}" for n in range(2, len(taken) + 3))
    return next(slug for slug in numbered if slug not in taken)


def slug_of(name: str) -> str:
    """Write a name with the letters of addresses.

    Examples
    --------
    >>> slug_of("Cluster Ernährung & Gesundheit")
    'cluster-ernaehrung-gesundheit'
    """
    plain = unicodedata.normalize("NFKD", name.translate(_SPELLED)).encode("ascii", "ignore")
    return re.sub(r"[^a-z0-9]+", "-", plain.decode().lower()).strip("-")[:LENGTH].strip("-")

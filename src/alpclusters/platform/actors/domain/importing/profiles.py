"""Profiles of the cluster organisations in a list."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from alpclusters.platform.actors.domain.editing import LENGTH, slug_of
from alpclusters.platform.actors.domain.importing.reports import Fate
from alpclusters.platform.actors.domain.importing.stamps import Stamp
from alpclusters.platform.actors.domain.judging import recompute, set_computed
from alpclusters.platform.actors.models import ClusterLabel, ClusterOrganisation, Organisation
from alpclusters.platform.languages.text import read_input, write_input

type Pair = tuple[Fate, Organisation]

_UPDATED: Final = [
    f.name
    for f in ClusterOrganisation._meta.concrete_fields
    if f.name not in {"id", "organisation", "slug"}
]


def store_profiles(pairs: Sequence[Pair], stamp: Stamp) -> None:
    """Make or update the profiles of some rows, and add their labels."""
    if not pairs:
        return
    bodies = {body.pk: body for _, body in pairs}
    rows = ClusterOrganisation.objects.filter(organisation__in=bodies).order_by("pk")
    # A person may save one of these profiles at this moment.
    locked = rows.select_for_update(of=("self",)).prefetch_related("labels")
    known = {row.organisation_id: row for row in locked}
    for row in known.values():
        row.organisation = bodies[row.organisation_id]
    new = [(fate, body) for fate, body in pairs if body.pk not in known]
    known |= _create(new, stamp)
    made = {body.pk for _, body in new}
    _update([(f, b) for f, b in pairs if b.pk not in made], known, stamp)
    _add_labels(pairs, known, stamp)


def _create(pairs: Sequence[Pair], stamp: Stamp) -> dict[int, ClusterOrganisation]:
    slugs = free_slugs({body.pk: body.name for _, body in pairs})
    rows = []
    for fate, body in {body.pk: (fate, body) for fate, body in pairs}.values():
        row = ClusterOrganisation(organisation=body, slug=slugs[body.pk])
        for name, value in _values(fate).items():
            write_input(row, name, value)
        set_computed(row, today=stamp.now.date())
        rows.append(row)
    ClusterOrganisation.objects.bulk_create(rows)
    stamp.keep_history(ClusterOrganisation, rows, is_new=True)
    return {row.organisation_id: row for row in rows}


def _update(pairs: Sequence[Pair], known: Mapping[int, ClusterOrganisation], stamp: Stamp) -> None:
    changed = {}
    for fate, body in pairs:
        row = known[body.pk]
        if _apply(row, _values(fate), body, is_own=body.source == stamp.attribution):
            set_computed(row, today=stamp.now.date())
            changed[row.pk] = row
    if changed:
        rows = list(changed.values())
        ClusterOrganisation.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["id"], update_fields=_UPDATED
        )
        stamp.keep_history(ClusterOrganisation, rows, is_new=False)


def _apply(
    row: ClusterOrganisation, values: Mapping[str, Any], body: Organisation, *, is_own: bool
) -> bool:
    """Write what is new, but not over what a person or another list said."""
    names = [
        name
        for name, value in values.items()
        if name not in body.edited_fields
        and read_input(row, name) != value
        and (is_own or read_input(row, name) in (None, "", []))
    ]
    for name in names:
        write_input(row, name, values[name])
    return bool(names)


def free_slugs(names: Mapping[int, str]) -> dict[int, str]:
    """Return an address for the profile of each body, by the keys of the bodies."""
    wanted = {pk: slug_of(name) or "profile" for pk, name in names.items()}
    rows = ClusterOrganisation.objects.filter(slug__in=set(wanted.values())).order_by("pk")
    taken = set(rows.values_list("slug", flat=True))
    free = {}
    for pk, slug in wanted.items():
        ending = f"-{pk}"
        own = slug if slug not in taken else f"{slug[: LENGTH - len(ending)]}{ending}"
        free[pk] = own
        taken.add(own)
    return free


def _values(fate: Fate) -> dict[str, Any]:
    profile = fate.draft.profile if fate.draft else None
    return profile or {}


def _add_labels(
    pairs: Iterable[Pair], known: Mapping[int, ClusterOrganisation], stamp: Stamp
) -> None:
    """Add the labels that are not there yet; when they are valid, a person says."""
    asked = {
        known[body.pk].pk: (known[body.pk], fate.draft.label)
        for fate, body in pairs
        if fate.draft and fate.draft.label
    }
    there = set(ClusterLabel.objects.filter(cluster__in=asked).values_list("cluster", "level"))
    rows = [
        ClusterLabel(cluster=row, level=level, source=stamp.attribution)
        for row, level in asked.values()
        if (row.pk, level) not in there
    ]
    if rows:
        ClusterLabel.objects.bulk_create(rows)
        stamp.keep_history(ClusterLabel, rows, is_new=True)
        with_labels = ClusterOrganisation.objects.filter(pk__in=[row.cluster_id for row in rows])
        recompute(
            with_labels.select_related("organisation").prefetch_related("labels").order_by("pk"),
            today=stamp.now.date(),
        )

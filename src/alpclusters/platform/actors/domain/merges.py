"""Make one organisation of two, with a way back."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import models, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from alpclusters.analysis.errors import StateError
from alpclusters.platform.accounts.models import User
from alpclusters.platform.actors.domain.directory.index import touch
from alpclusters.platform.actors.domain.judging import COMPUTED, set_computed
from alpclusters.platform.actors.domain.moving import (
    Step,
    Steps,
    move_references,
    note_versions,
    take_back,
)
from alpclusters.platform.actors.domain.units import are_joined, parent_of, refuse_ring
from alpclusters.platform.actors.models import (
    Alias,
    ClusterOrganisation,
    DuplicateProposal,
    Merge,
    Organisation,
    PartOf,
)
from alpclusters.platform.fields import attributes_of, fields_of, groups_of
from alpclusters.platform.languages.text import TranslatedText, column_of, read_input

# --- Which fields of two organisations are compared before a merge, and which value stays ---------


# What a person looks at; a group stands and falls together, its first field names it.
GROUPS: Final = groups_of(Organisation)
PROFILE: Final = "cluster."
_EMPTY: Final[tuple[Any, ...]] = (None, "", [], {}, "unknown")


@dataclass(frozen=True, slots=True)
class Choice:
    """One field, or a group of fields, in which two organisations differ; one side stays.

    Attributes
    ----------
    key : str
        What `merges.merge` takes in ``keep``.
    fields : tuple of str
        Columns of the group.
    first, second : tuple
        Their values.
    """

    key: str
    fields: tuple[str, ...]
    first: tuple[Any, ...]
    second: tuple[Any, ...]

    @property
    def takes_second(self) -> bool:
        """Propose the second value only where the first says nothing."""
        return _says_nothing(self.first)


def choices_between(first: Organisation, second: Organisation) -> list[Choice]:
    """Return the fields in which two organisations differ, those of both profiles at the end."""
    found = [_choice(group[0], group, first, second) for group in GROUPS]
    mine, theirs = profile_of(first), profile_of(second)
    if mine is not None and theirs is not None:
        found += [_choice(f"{PROFILE}{n}", (n,), mine, theirs) for n in _profile_fields()]
    return [choice for choice in found if _differ(choice)]


def chosen_fields(keys: Collection[str]) -> tuple[list[str], list[str]]:
    """Return the columns of the organisation and of the profile that a choice of keys names.

    Raises
    ------
    ValueError
        A key that is no field people choose.
    """
    of_organisation = [name for group in GROUPS if group[0] in keys for name in group]
    of_profile = [n for n in _profile_fields() if f"{PROFILE}{n}" in keys]
    known = {group[0] for group in GROUPS} | {f"{PROFILE}{n}" for n in _profile_fields()}
    unknown = set(keys) - known
    if unknown:
        message = f"not a field people choose: {', '.join(sorted(unknown))}"
        raise ValueError(message)
    return of_organisation, of_profile


def profile_of(organisation: Organisation) -> ClusterOrganisation | None:
    """Return the profile of an organisation, if it has one."""
    return ClusterOrganisation.objects.filter(organisation=organisation).order_by("pk").first()


def _profile_fields() -> Iterator[str]:
    for field in fields_of(ClusterOrganisation, lambda one: one.merge):
        yield from attributes_of(field) if isinstance(field, TranslatedText) else (field.name,)


def _choice(key: str, names: tuple[str, ...], first: models.Model, second: models.Model) -> Choice:
    columns = tuple(str(column_of(first, name)) for name in names)
    values = [tuple(read_input(row, column) for column in columns) for row in (first, second)]
    return Choice(key, columns, values[0], values[1])


def _differ(choice: Choice) -> bool:
    """Say whether there is a choice: two values, or one where the other side says nothing."""
    both_silent = _says_nothing(choice.first) and _says_nothing(choice.second)
    return choice.first != choice.second and not both_silent


def _says_nothing(values: Collection[Any]) -> bool:
    return all(value in _EMPTY or value is False for value in values)


# --- Make one organisation of two, with a way back ------------------------------------------------


@transaction.atomic
def merge(
    first: Organisation,
    second: Organisation,
    *,
    by: User | None,
    keep: Collection[str] = (),
    reason: str = "",
) -> Merge:
    """Make one organisation of two: the first stays, the second leads to it.

    Parameters
    ----------
    first, second : Organisation
        The one that stays, with its address, and the one that goes.
    by : User or None
        Who decided it.
    keep : collection of str, optional
        Fields whose value is taken from the second (`merge_choices.choices_between` lists them).
    reason : str, default ""
        Why; the history of both says it.

    Raises
    ------
    StateError
        They are one already (``merge.same``, ``merge.merged_already``), one is invented and the
        other is not (``merge.simulated``), one is a unit of the other (``merge.unit``), or the
        one that came out would be a part of itself (``part.ring``).

    Notes
    -----
    Everything that points to the second points to the first afterwards; versions that were kept
    tell the past and stay. The name that goes becomes another name of the first. Units of the
    second become units of the first; where both are units, the first stays where it is.
    """
    first, second = _locked(first, second)
    _refuse(first, second)
    steps = Steps()
    _take_values(first, second, keep, steps, by=by)
    _keep_one_parent(first, second, steps)
    move_references(second, first, steps)
    refuse_ring(first.pk)
    steps.set_value(second, "merged_into", first.pk)
    _judge_again(first, steps)
    made = Merge.objects.create(
        kept=first, absorbed=second, moved=steps.taken, made_at=timezone.now(), made_by=by
    )
    _close_proposals(made)
    note_versions(steps.taken, by=by, reason=f"merge:{made.pk} {reason}".strip())
    touch([first.pk, second.pk])
    return made


@transaction.atomic
def undo_merge(made: Merge, *, by: User | None) -> None:
    """Take a merge apart: every row goes back to where it was.

    What somebody changed after the merge stays as it is now.

    Raises
    ------
    StateError
        It was undone before (``merge.undone``), or a later merge rests on it
        (``merge.later_first``): that one is undone first.
    """
    made = Merge.objects.select_for_update(of=("self",)).get(pk=made.pk)
    if made.undone_at is not None:
        code = "merge.undone"
        raise StateError(code)
    later = later_merges(made).first()
    if later is not None:
        code = "merge.later_first"
        raise StateError(code, found=str(later))
    take_back(_without_replaced(made))
    made.undone_at, made.undone_by = timezone.now(), by
    made.save(update_fields=["undone_at", "undone_by"])
    _reopen_proposals(made, made.undone_at)
    note_versions(made.moved, by=by, reason=f"unmerge:{made.pk}")
    touch([made.kept_id, made.absorbed_id])


def later_merges(made: Merge) -> QuerySet[Merge]:
    """List the merges that stand and touched the same organisations after this one, newest first.

    The organisation that goes cannot be part of a later merge: only the one that stays can.
    """
    others = Merge.objects.filter(undone_at=None, pk__gt=made.pk)
    mine = others.filter(kept=made.kept_id) | others.filter(absorbed=made.kept_id)
    return mine.order_by("-pk")


def undoable(made: Iterable[Merge]) -> list[Merge]:
    """Return those of some merges that can be undone now, with one query."""
    rows = [one for one in made if one.undone_at is None]
    kept = {one.kept_id for one in rows}
    touching = Q(kept__in=kept) | Q(absorbed__in=kept)
    standing = Merge.objects.filter(touching, undone_at=None).order_by("pk")
    later: dict[int, int] = {}
    for pk, first, second in standing.values_list("pk", "kept", "absorbed"):
        later |= {first: pk, second: pk}
    return [one for one in rows if later[one.kept_id] <= one.pk]


def standing_of(organisation: Organisation) -> Organisation:
    """Return the organisation into which this one was merged, however often; or itself."""
    found = organisation
    while found.merged_into is not None:
        found = found.merged_into
    return found


def _locked(first: Organisation, second: Organisation) -> tuple[Organisation, Organisation]:
    # Two coordinators decide about the same pair at once: the second waits and is then refused.
    rows = Organisation.objects.select_for_update(of=("self",)).order_by("pk")
    found = {row.pk: row for row in rows.filter(pk__in=[first.pk, second.pk])}
    return found[first.pk], found[second.pk]


def _refuse(first: Organisation, second: Organisation) -> None:
    if first.pk == second.pk:
        code = "merge.same"
        raise StateError(code)
    if first.merged_into_id or second.merged_into_id:
        code = "merge.merged_already"
        raise StateError(code)
    if first.is_simulated != second.is_simulated:
        code = "merge.simulated"
        raise StateError(code)
    if are_joined(first, second):
        code = "merge.unit"
        raise StateError(code)


def _keep_one_parent(first: Organisation, second: Organisation, steps: Steps) -> None:
    """Take the second's parent away where the first has one: two parents cannot be completed."""
    if parent_of(first) is not None:
        for row in PartOf.objects.current().filter(unit=second):
            steps.remove_row(row)


def _without_replaced(made: Merge) -> list[Step]:
    """Leave out what would give a unit a second parent: what was said since then stays."""
    label = PartOf._meta.label
    return [step for step in made.moved if step["model"] != label or not _is_replaced(step)]


def _is_replaced(step: Step) -> bool:
    row = step.get("row", {}).get("fields", {})
    if not row or row["until"] is not None:
        return False
    return PartOf.objects.current().filter(unit=row["unit"]).exists()


def _take_values(
    first: Organisation,
    second: Organisation,
    keep: Collection[str],
    steps: Steps,
    *,
    by: User | None,
) -> None:
    of_organisation, of_profile = chosen_fields(keep)
    other_name = first.name if "name" in keep else second.name
    changed = [name for name in of_organisation if _differs(first, second, name)]
    for name in of_organisation:
        steps.set_value(first, name, read_input(second, column_of(first, name)))
    if second.is_listed:
        steps.set_value(first, "is_listed", value=True)
    # A person chose these: no import writes over them.
    steps.set_value(first, "edited_fields", sorted({*first.edited_fields, *changed}))
    _take_profile(first, second, of_profile, steps)
    _keep_name(first, other_name, second.source, steps, by=by)


def _take_profile(
    first: Organisation, second: Organisation, names: Collection[str], steps: Steps
) -> None:
    mine, theirs = profile_of(first), profile_of(second)
    if mine is not None and theirs is not None:
        for name in names:
            steps.set_value(mine, name, read_input(theirs, column_of(theirs, name)))


def _judge_again(organisation: Organisation, steps: Steps) -> None:
    """Compute again what follows from the profile: labels and counts may have come over."""
    profile = profile_of(organisation)
    if profile is not None:
        before = profile_of(organisation) or profile
        set_computed(profile)
        for name in COMPUTED:
            steps.set_value(before, name, getattr(profile, name))


def _differs(first: Organisation, second: Organisation, name: str) -> bool:
    mine, theirs = (read_input(one, column_of(one, name)) for one in (first, second))
    return bool(mine != theirs)


def _keep_name(
    organisation: Organisation, name: str, source: str, steps: Steps, *, by: User | None
) -> None:
    is_known = name == organisation.name or organisation.aliases.filter(name=name).exists()
    if not is_known:
        seen_on = timezone.localdate()
        alias = Alias(
            organisation=organisation, name=name, source=source, seen_on=seen_on, accepted_by=by
        )
        steps.add_row(alias)


def _proposals(made: Merge) -> QuerySet[DuplicateProposal]:
    pair = sorted((made.kept_id, made.absorbed_id))
    return DuplicateProposal.objects.filter(first=pair[0], second=pair[1])


def _close_proposals(made: Merge) -> None:
    _proposals(made).update(
        state=DuplicateProposal.State.MERGED, decided_by=made.made_by, decided_at=made.made_at
    )


def _reopen_proposals(made: Merge, now: datetime) -> None:
    """Put the pair back at the end of the queue: undoing says nothing about who is who."""
    _proposals(made).filter(state=DuplicateProposal.State.MERGED).update(
        state=DuplicateProposal.State.PROPOSED, decided_by=made.undone_by, decided_at=now
    )

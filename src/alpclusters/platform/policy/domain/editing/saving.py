"""Save what one person edited beside others: field by field, so that nothing is overwritten.

The way of section 10 of the method: what was edited from, what is stored now and what was typed
are compared per field and language. Long texts are merged by paragraphs. What cannot be merged is
kept as a draft, and nothing is stored.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Literal

from django.db import transaction
from django.db.models import Model

from alpclusters.analysis.plans import FieldConflict, merge_fields
from alpclusters.platform.accounts.models import User
from alpclusters.platform.history import history_of, sign
from alpclusters.platform.policy.domain.editing.reviews import note_translations
from alpclusters.platform.policy.domain.editing.things import (
    Editing,
    Values,
    plain_values,
    set_values,
    values_of,
)
from alpclusters.platform.policy.models import EditDraft

# --- What somebody typed and has not saved: kept for this person, told to the others --------------


# Somebody who typed within these minutes is editing.
LIVE: Final = timedelta(minutes=2)
EARLIER: Final = "_earlier"


def draft_of(user: User, thing: str, pk: int) -> EditDraft | None:
    """Return what a person has not saved yet of a thing."""
    return EditDraft.objects.filter(user=user, thing=thing, thing_id=pk).first()


@transaction.atomic
def keep_draft(  # noqa: PLR0913 - one per part of a draft
    user: User,
    thing: str,
    pk: int,
    *,
    base_version: int,
    base: Mapping[str, str],
    values: Mapping[str, str],
    now: datetime,
    is_conflict: bool = False,
) -> EditDraft:
    """Keep what was typed; texts of an unsolved conflict stay readable beside it."""
    known = EditDraft.objects.select_for_update().filter(user=user, thing=thing, thing_id=pk)
    before = known.first()
    kept: dict[str, Any] = dict(values)
    if before is not None and before.is_conflict:
        kept[EARLIER] = _earlier(before, values)
    draft, _ = EditDraft.objects.update_or_create(
        user=user,
        thing=thing,
        thing_id=pk,
        defaults={
            "base_version": base_version,
            "base": dict(base),
            "values": kept,
            "is_conflict": is_conflict,
            "saved_at": now,
        },
    )
    return draft


def typed(draft: EditDraft) -> Values:
    """Return the values of a draft without earlier ones."""
    return {name: value for name, value in draft.values.items() if name != EARLIER}


def earlier_texts(draft: EditDraft) -> list[tuple[str, str]]:
    """List texts of an earlier conflict that were never solved: column and text."""
    return [(name, text) for name, text in draft.values.get(EARLIER, [])]


def drop_draft(user: User, thing: str, pk: int) -> None:
    """Forget what was not saved, because it is saved now or not wanted."""
    EditDraft.objects.filter(user=user, thing=thing, thing_id=pk).delete()


def others_editing(user: User, thing: str, pk: int, *, now: datetime) -> list[str]:
    """Name the others who typed in the last minutes."""
    live = EditDraft.objects.filter(thing=thing, thing_id=pk, saved_at__gte=now - LIVE)
    others = live.exclude(user=user).select_related("user").order_by("user__name", "pk")
    return [str(draft.user) for draft in others]


def _earlier(before: EditDraft, values: Mapping[str, str]) -> list[list[str]]:
    known = [list(pair) for pair in before.values.get(EARLIER, [])]
    lost = [
        [name, text]
        for name, text in typed(before).items()
        if text and text not in (values.get(name), before.base.get(name))
    ]
    return [*known, *(pair for pair in lost if pair not in known)]


# --- Save what one person edited beside others: field by field, so that nothing is overwritten


type Choice = Literal["mine", "theirs", "both"]


@dataclass(frozen=True, slots=True)
class Outcome[M: Model]:
    """What became of what somebody sent.

    Attributes
    ----------
    obj : Model
        What is stored now.
    values : dict
        The merged values, without those in conflict.
    conflicts : tuple of FieldConflict
        Empty if it was saved.
    kept_of_others : tuple of str
        Columns in which the change of somebody else was kept.
    """

    obj: M
    values: Values
    conflicts: tuple[FieldConflict, ...]
    kept_of_others: tuple[str, ...]

    @property
    def is_saved(self) -> bool:
        """Say whether it is stored."""
        return not self.conflicts


@transaction.atomic
def save_edit[M: Model](  # noqa: PLR0913 - one per side of the comparison
    obj: M,
    mine: Mapping[str, Any],
    how: Editing,
    *,
    version: int,
    base: Mapping[str, Any] | None = None,
    by: User | None,
    now: datetime,
    check: Callable[[M], None] | None = None,
) -> Outcome[M]:
    """Store what was typed, merged with what others stored since.

    Parameters
    ----------
    obj : Model
        With the field ``version``; its history is kept.
    mine : mapping of str to str
        What was typed, by column; columns that are missing stay as they are.
    how : Editing
    version : int
        The version it was edited from.
    base : mapping, optional
        What stood in the form then; read from the history if not given.
    by : User or None
    now : datetime
    check : callable, optional
        Looks at the locked row and raises where it may not be edited.

    Returns
    -------
    Outcome
        With conflicts nothing was stored; what was typed is kept as a draft of this person.
    """
    current = _locked(obj)
    if check is not None:
        check(current)
    typed, theirs = plain_values(mine, how), values_of(current, how)
    start = _base(current, how, version=version, given=base)
    names = [name for name in how.columns if name in typed]
    merge = merge_fields(
        {name: start.get(name, "") for name in names},
        {name: theirs[name] for name in names},
        {name: typed[name] for name in names},
        long_fields=how.long_columns,
    )
    merged = {name: str(value) for name, value in merge.values.items()}
    if merge.conflicts:
        _keep(current, typed, how, version=version, base=start, by=by, now=now)
        return Outcome(current, merged, tuple(merge.conflicts), ())
    _store(current, merged, how, by=by, now=now)
    if by is not None:
        drop_draft(by, how.thing, current.pk)
    others = tuple(n for n in names if theirs[n] != start.get(n, "") and theirs[n] != typed[n])
    return Outcome(current, merged, (), others)


def solve(
    conflicts: tuple[FieldConflict, ...], values: Mapping[str, str], choices: Mapping[str, Choice]
) -> Values:
    """Return the merged values with a choice made for every conflict; mine where none was made."""
    chosen = {c.field: _chosen(c, choices.get(c.field, "mine")) for c in conflicts}
    return {**values, **chosen}


def _chosen(conflict: FieldConflict, choice: Choice) -> str:
    if choice == "theirs":
        return str(conflict.theirs)
    if choice == "both":
        return "\n\n".join(str(text) for text in (conflict.theirs, conflict.mine) if text)
    return str(conflict.mine)


def base_of(obj: Model, how: Editing, version: int) -> Values | None:
    """Return the values of an earlier version from the history; None if it is not there."""
    rows = history_of(obj).filter(version=version).order_by("-history_date", "-history_id")
    record = rows.first()
    return values_of(record, how) if record is not None else None


def _base(current: Model, how: Editing, *, version: int, given: Mapping[str, Any] | None) -> Values:
    """Return what was edited from; without any trace every difference counts as a change."""
    if given is not None:
        return plain_values(given, how)
    if getattr(current, "version", None) == version:
        return values_of(current, how)
    return base_of(current, how, version) or {}


def _locked[M: Model](obj: M) -> M:
    """Fetch the stored row; of two editors the second waits and then sees the first's words."""
    rows = type(obj)._default_manager.select_for_update(of=("self",))
    return rows.get(pk=obj.pk)


def _keep(
    current: Model,
    typed: Values,
    how: Editing,
    *,
    version: int,
    base: Values,
    by: User | None,
    now: datetime,
) -> None:
    if by is not None:
        keep_draft(
            by,
            how.thing,
            current.pk,
            base_version=version,
            base=base,
            values=typed,
            now=now,
            is_conflict=True,
        )


def _store(
    current: Any, values: Mapping[str, str], how: Editing, *, by: User | None, now: datetime
) -> None:
    before = values_of(current, how)
    set_values(current, values, how)
    changed = tuple(n for n, text in values_of(current, how).items() if before[n] != text)
    if not changed:
        return
    current.version += 1
    sign(current, by)
    current.save()
    note_translations(current, how, changed, now=now)


# --- A conflict that waits: what was edited from, what is stored now, what somebody typed ---------


@dataclass(frozen=True, slots=True)
class Pending:
    """What a person could not save, compared with what is stored now.

    Attributes
    ----------
    conflicts : tuple of FieldConflict
        Empty where the others took their change back.
    values : dict
        Everything else, merged.
    saved_at : datetime
    earlier : list of (str, str)
        Texts of a conflict before that one, which was never solved.
    """

    conflicts: tuple[FieldConflict, ...]
    values: Values
    saved_at: datetime
    earlier: list[tuple[str, str]]


def pending_of(user: User, obj: Model, how: Editing) -> Pending | None:
    """Return the conflict of a person about a thing; None if there is none."""
    draft = draft_of(user, how.thing, obj.pk)
    if draft is None or not draft.is_conflict:
        return None
    mine, theirs = plain_values(typed(draft), how), values_of(obj, how)
    base = plain_values(draft.base, how)
    merge = merge_fields(
        {name: base.get(name, "") for name in mine},
        {name: theirs[name] for name in mine},
        mine,
        long_fields=how.long_columns,
    )
    values = {name: str(value) for name, value in merge.values.items()}
    return Pending(tuple(merge.conflicts), values, draft.saved_at, earlier_texts(draft))


@transaction.atomic
def solve_pending[M: Model](
    obj: M,
    how: Editing,
    choices: Mapping[str, Choice],
    *,
    by: User,
    now: datetime,
    check: Any = None,
) -> Outcome[M]:
    """Store the merged texts with the choices made; what stands now is what was chosen from.

    The caller shows again what is stored if it changed while the choice was made.
    """
    pending = pending_of(by, obj, how)
    if pending is None:
        return Outcome(obj, {}, (), ())
    chosen = solve(pending.conflicts, pending.values, choices)
    version: int = getattr(obj, "version", 1)
    stored = values_of(obj, how)
    return save_edit(obj, chosen, how, version=version, base=stored, by=by, now=now, check=check)

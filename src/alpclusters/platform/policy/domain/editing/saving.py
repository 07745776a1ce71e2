"""Save what one person edited beside others: field by field, so that nothing is overwritten.

The way of section 10 of the method: what was edited from, what is stored now and what was typed
are compared per field and language. Long texts are merged by paragraphs. What cannot be merged is
kept as a draft, and nothing is stored.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from django.db import transaction
from django.db.models import Model

from alpclusters.analysis.plans import FieldConflict, merge_fields
from alpclusters.platform.accounts.models import User
from alpclusters.platform.history import history_of, sign
from alpclusters.platform.policy.domain.editing.drafts import drop_draft, keep_draft
from alpclusters.platform.policy.domain.editing.reviews import note_translations
from alpclusters.platform.policy.domain.editing.things import (
    Editing,
    Values,
    plain_values,
    set_values,
    values_of,
)

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

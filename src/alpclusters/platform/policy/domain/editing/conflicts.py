"""A conflict that waits: what was edited from, what is stored now, what somebody typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Model

from alpclusters.analysis.plans import FieldConflict, merge_fields
from alpclusters.platform.accounts.models import User
from alpclusters.platform.policy.domain.editing.drafts import draft_of, earlier_texts, typed
from alpclusters.platform.policy.domain.editing.saving import Choice, Outcome, save_edit, solve
from alpclusters.platform.policy.domain.editing.things import (
    Editing,
    Values,
    plain_values,
    values_of,
)


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

"""Step back through one's own coding, answer by answer; the history keeps every step."""

from typing import Any, Final

from django.db import transaction

from alpclusters.analysis.errors import StateError
from alpclusters.platform.evidence.domain.codebook.fields import FIELDS, CodeField
from alpclusters.platform.evidence.domain.coding.values import is_same
from alpclusters.platform.evidence.models import Coding
from alpclusters.platform.history import history_of, sign

UNDO: Final = "undo:"


def can_undo(coding: Coding) -> bool:
    """Say whether there is an earlier state to go back to."""
    return coding.closed_at is None and _earlier(coding) is not None


@transaction.atomic
def undo(coding: Coding) -> list[CodeField]:
    """Take the last step back that has not been taken back yet.

    Returns
    -------
    list of CodeField
        The fields whose answer changed; empty where there is nothing left to take back, or
        where it was the note.

    Raises
    ------
    StateError
        The coding is closed: take it up again first.
    """
    if coding.closed_at is not None:
        raise StateError("coding.closed")
    earlier = _earlier(coding)
    if earlier is None:
        return []
    changed = [
        field
        for field in FIELDS
        if not is_same(field, coding.values.get(field.name), earlier.values.get(field.name))
    ]
    coding.values, coding.note = earlier.values, earlier.note
    # The number of the version that stands again: the next step back begins there.
    sign(coding, coding.coder, reason=f"{UNDO}{earlier.history_id}")
    coding.save()
    return changed


def _earlier(coding: Coding) -> Any | None:
    """Return the version before the one that stands, or None at the beginning."""
    versions = list(history_of(coding).order_by("history_id"))
    place = {version.history_id: n for n, version in enumerate(versions)}
    at = _origin(versions, place, len(versions) - 1)
    while at > 0:
        at = _origin(versions, place, at - 1)
        if (versions[at].values, versions[at].note) != (coding.values, coding.note):
            return versions[at]
    return None


def _origin(versions: list[Any], place: dict[int, int], at: int) -> int:
    """Follow a step back to the version that it brought again."""
    reason = versions[at].history_change_reason or ""
    while reason.startswith(UNDO):
        at = place[int(reason.removeprefix(UNDO))]
        reason = versions[at].history_change_reason or ""
    return at

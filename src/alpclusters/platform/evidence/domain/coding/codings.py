"""One coder's work on one activity: begin, answer, close, take up again.

No function here hands out what another coder chose.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.utils import timezone

from alpclusters.analysis.errors import InputError, StateError, Where
from alpclusters.platform.accounts.models import User
from alpclusters.platform.evidence.domain.codebook.reading import (
    FIELDS,
    CodeField,
    checked_value,
    current_codebook,
    field_named,
)
from alpclusters.platform.evidence.domain.coding.answers import (
    is_revealed,
    is_same,
    missing_fields,
    places_of,
    unquoted_fields,
)
from alpclusters.platform.evidence.domain.coding.settling import refresh_activity
from alpclusters.platform.evidence.models import Activity, Codebook, Coding
from alpclusters.platform.history import history_of, sign


def coding_of(activity: Activity, by: User) -> Coding | None:
    """Return a person's own coding of an activity, if it has begun."""
    return activity.codings.filter(coder=by).select_related("codebook").first()


def begin_coding(activity: Activity, by: User, *, now: datetime | None = None) -> Coding:
    """Take the first or second place at an activity, or go on with one's own coding.

    Raises
    ------
    StateError
        All places are taken by others.
    """
    own = coding_of(activity, by)
    if own is not None:
        return own
    taken = activity.codings.count()
    if taken >= places_of(activity):
        raise StateError("coding.places_taken", found=str(taken))
    coding = Coding(
        activity=activity,
        coder=by,
        place=taken + 1,
        codebook=_codebook_for(activity),
        began_at=now or timezone.now(),
    )
    sign(coding, by)
    try:
        with transaction.atomic():
            coding.save()
    except IntegrityError as error:
        # Somebody else took the place at the same moment.
        raise StateError("coding.places_taken", found=str(taken)) from error
    return coding


@transaction.atomic
def put_values(coding: Coding, values: Mapping[str, Any]) -> bool:
    """Store answers as one step of the history; an empty one takes the answer back.

    Returns
    -------
    bool
        Whether anything changed.

    Raises
    ------
    InputError
        A value is not in the codebook of this coding, or there is no such field.
    StateError
        The coding is closed.
    """
    _require_open(coding)
    checked = {name: _checked(name, raw, coding.codebook) for name, raw in values.items()}
    answered = {**coding.values, **checked}
    kept = {name: value for name, value in answered.items() if value not in (None, "", [])}
    if kept == coding.values:
        return False
    coding.values = kept
    sign(coding, coding.coder, reason="answer")
    coding.save()
    return True


@transaction.atomic
def put_note(coding: Coding, note: str) -> bool:
    """Store the coder's own note."""
    _require_open(coding)
    if note == coding.note:
        return False
    coding.note = note
    sign(coding, coding.coder, reason="note")
    coding.save()
    return True


@transaction.atomic
def close_coding(coding: Coding, *, now: datetime, without_place: bool = False) -> Activity:
    """Say that one is done; what is agreed on becomes public once all have said so.

    Parameters
    ----------
    coding : Coding
    now : datetime
    without_place : bool, default False
        The coder was asked and has no place in the source to quote; the history says so.

    Raises
    ------
    StateError
        Closed before, or answers are missing, or no place is quoted for some of them
        (``coding.unquoted``); ``expected`` names their fields.
    """
    # Two may close at the same moment: the later one waits here and then sees the other's codes.
    activity = Activity.objects.select_for_update(of=("self",)).get(pk=coding.activity_id)
    _require_open(coding)
    missing = missing_fields(coding.values)
    if missing:
        names = ", ".join(field.name for field in missing)
        raise StateError("coding.incomplete", expected=names, values={"n": len(missing)})
    unquoted = unquoted_fields(coding)
    if unquoted and not without_place:
        names = ", ".join(field.name for field in unquoted)
        raise StateError("coding.unquoted", expected=names, values={"n": len(unquoted)})
    coding.closed_at = now
    sign(coding, coding.coder, reason="close without a place" if unquoted else "close")
    coding.save()
    return refresh_activity(activity, by=coding.coder, now=now)


@transaction.atomic
def reopen_coding(coding: Coding, *, now: datetime) -> Coding:
    """Take up a closed coding again while nobody else's codes can have been seen.

    Raises
    ------
    StateError
        It is open, or both have closed.
    """
    if coding.closed_at is None:
        raise StateError("coding.open")
    if coding.activity.codings.count() > 1 and is_revealed(coding.activity):
        raise StateError("coding.both_closed")
    coding.closed_at = None
    sign(coding, coding.coder, reason="reopen")
    coding.save()
    refresh_activity(coding.activity, by=coding.coder, now=now)
    return coding


def _checked(name: str, raw: Any, codebook: Codebook) -> Any:
    if name not in {field.name for field in FIELDS}:
        raise InputError("coding.no_field", where=Where(field=name), found=name)
    return checked_value(field_named(name).name, raw, codebook)


def _require_open(coding: Coding) -> None:
    if coding.closed_at is not None:
        raise StateError("coding.closed")


def _codebook_for(activity: Activity) -> Codebook:
    """Return the codebook of the coder before, else of the corpus, else the one in force."""
    before = activity.codings.select_related("codebook").order_by("place").first()
    if before is not None:
        return before.codebook
    corpus = activity.initiative.corpora.select_related("codebook").order_by("pk").first()
    return corpus.codebook if corpus else current_codebook()


# --- Step back through one's own coding, answer by answer; the history keeps every step -----------


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

"""From codings to the codes of an activity: what is agreed, what differs, what was decided."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, Final

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from alpclusters.analysis.errors import InputError, StateError, Where
from alpclusters.platform.accounts.models import User
from alpclusters.platform.evidence.domain.codebook.reading import FIELDS, CodeField, checked_value
from alpclusters.platform.evidence.domain.coding.answers import (
    MAY_BE_EMPTY,
    coders_needed,
    differing,
    is_unquoted,
    own_values,
    stored,
)
from alpclusters.platform.evidence.domain.families import refresh_families
from alpclusters.platform.evidence.domain.grading import regrade
from alpclusters.platform.evidence.domain.grading.regrading import regrade_of_initiatives
from alpclusters.platform.evidence.models import Activity, Codebook, Coding, Corpus, Settlement
from alpclusters.platform.history import history_of, sign

# --- What rests on the codes of activities, and is computed again when they change ----------------


def follow_activities(
    activities: Collection[Activity], *, is_retyped: bool, now: datetime | None = None
) -> None:
    """Bring grades up to date after codes changed; families only where a type did."""
    ids = {activity.initiative_id for activity in activities}
    if not ids:
        return
    if is_retyped:
        refresh_families(sorted(ids))
        return
    regrade_of_initiatives(ids, now=now or timezone.now())


def follow_lessons(lesson_ids: Collection[int], *, now: datetime | None = None) -> None:
    """Grade lessons again."""
    if lesson_ids:
        regrade(sorted(lesson_ids), now=now or timezone.now())


# --- From codings to the codes of an activity: what is agreed, what differs, what was decided -----


# What the history of an activity says where its codes came from coders.
FROM_CODINGS: Final = "codings"
MOST_REASON: Final = 100


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One field of one activity in which two coders differ.

    Attributes
    ----------
    first, second : Coding
        Both codings, closed.
    settlement : Settlement or None
        What was decided, once it was.
    """

    activity: Activity
    field: CodeField
    first: Coding
    second: Coding
    settlement: Settlement | None

    @property
    def values(self) -> tuple[Any, Any]:
        """What the two chose."""
        return self.first.values.get(self.field.name), self.second.values.get(self.field.name)


def refresh_activity(
    activity: Activity, *, by: User | None, now: datetime | None = None, reason: str = ""
) -> Activity:
    """Fill the codes of one activity from its codings and settlements."""
    refresh_activities([activity], by=by, now=now, reason=reason)
    return activity


@transaction.atomic
def refresh_activities(
    activities: Iterable[Activity],
    *,
    by: User | None,
    now: datetime | None = None,
    reason: str = "",
) -> int:
    """Fill the codes of activities from codings and settlements; return how many changed.

    Activities nobody began to code (seeded ones among them) stay as they are.
    """
    found = list(activities)
    ids = [activity.pk for activity in found]
    needed = coders_needed(ids)
    codings = _by_activity(Coding.objects.filter(activity__in=ids).order_by("activity", "place"))
    settled = _by_activity(Settlement.objects.filter(activity__in=ids).order_by("activity"))
    types = {activity.pk: activity.measure_type for activity in found}
    changed = [
        activity
        for activity in found
        if activity.pk in codings
        and _fill(activity, codings[activity.pk], settled.get(activity.pk, []), needed)
    ]
    for activity in changed:
        sign(activity, by, reason=reason or FROM_CODINGS)
        activity.save()
    is_retyped = any(activity.measure_type != types[activity.pk] for activity in changed)
    follow_activities(changed, is_retyped=is_retyped, now=now)
    return len(changed)


def disagreements(corpus: Corpus, *, with_settled: bool = False) -> list[Disagreement]:
    """List where the two coders of a corpus differ, sorted by field and then by initiative."""
    states = [Activity.State.DISPUTED, *([Activity.State.SETTLED] if with_settled else [])]
    activities = (
        Activity.objects.filter(initiative__corpora=corpus, state__in=states)
        .select_related("initiative")
        .order_by("initiative__acronym", "initiative_id", "number")
    )
    found = disagreements_of(activities)
    if not with_settled:
        found = [item for item in found if item.settlement is None]
    order = {field.name: place for place, field in enumerate(FIELDS)}
    return sorted(found, key=lambda item: order[item.field.name])


def disagreements_of(activities: Iterable[Activity]) -> list[Disagreement]:
    """List the differing fields of activities whose two codings are both closed."""
    known = {activity.pk: activity for activity in activities}
    revealed = _revealed_codings(known)
    decided = {
        (one.activity_id, one.field): one
        for one in Settlement.objects.filter(activity__in=revealed).order_by("pk")
    }
    return [
        Disagreement(known[pk], field, first, second, decided.get((pk, field.name)))
        for pk, (first, second) in revealed.items()
        for field in differing(first.values, second.values)
    ]


@transaction.atomic
def settle(  # noqa: PLR0913 - the sentence of a decision
    activity: Activity,
    field: str,
    value: Any,
    *,
    by: User | None,
    reason: str,
    is_joint: bool = False,
    without_place: bool = False,
    now: datetime | None = None,
) -> Settlement:
    """Decide which value stands where two coders differ; their own codes stay as they are.

    Parameters
    ----------
    activity, field, value
        What stands for which field of which activity; the value is one of the codebook, not
        necessarily one of the two.
    by : User or None
        A third person, or one of the two coders for both of them.
    reason : str
        Why; it is kept.
    is_joint : bool, default False
        The two coders decided together.
    without_place : bool, default False
        The one who decides was asked and has no place in the source to quote.

    Raises
    ------
    StateError
        The two do not differ there, have not both closed, or one of them decides alone; nobody
        has quoted a place for it (``coding.unquoted``).
    InputError
        No reason, or a value that is not in the codebook.
    """
    at = now or timezone.now()
    found = next((d for d in disagreements_of([activity]) if d.field.name == field), None)
    if found is None:
        raise StateError("coding.no_disagreement", where=Where(field=field))
    if by is not None and by.pk in (found.first.coder_id, found.second.coder_id) and not is_joint:
        raise StateError("coding.not_by_one_coder", where=Where(field=field))
    if not reason.strip():
        raise InputError("coding.no_reason", where=Where(field="reason"))
    checked = checked_value(field, value, found.first.codebook)
    if checked in (None, []) and field not in MAY_BE_EMPTY:
        raise InputError("coding.no_value", where=Where(field=field))
    if is_unquoted(activity, field, checked) and not without_place:
        raise StateError("coding.unquoted", where=Where(field=field), expected=field)
    settlement, _created = Settlement.objects.update_or_create(
        activity=activity,
        field=field,
        defaults={
            "value": checked,
            "reason": reason.strip(),
            "is_joint": is_joint,
            "made_by": by,
            "made_at": at,
        },
    )
    # An earlier decision is replaced; the history of the activity tells of each.
    said = f"settle:{field}: {reason.strip()}"[:MOST_REASON]
    refresh_activity(activity, by=by, now=at, reason=said)
    return settlement


@transaction.atomic
def unsettle(activity: Activity, field: str, *, by: User | None, now: datetime) -> bool:
    """Take a decision back: the two codes stand against each other again."""
    gone, _by_model = Settlement.objects.filter(activity=activity, field=field).delete()
    if gone:
        refresh_activity(activity, by=by, now=now, reason=f"unsettle:{field}")
    return bool(gone)


def _fill(
    activity: Activity,
    codings: Sequence[Coding],
    settlements: Sequence[Settlement],
    needed: Mapping[int, int],
) -> bool:
    closed = [coding for coding in codings if coding.closed_at is not None]
    before = (own_values(activity), activity.state, activity.codebook_id)
    if len(closed) < needed[activity.pk]:
        _withhold(activity)
    elif len(closed) == 1:
        _take(activity, closed[0].values, closed[0], Activity.State.ONCE)
    else:
        _compare(activity, closed[0], closed[1], settlements)
    return before != (own_values(activity), activity.state, activity.codebook_id)


def _withhold(activity: Activity) -> None:
    """Show no code; what the seed knew from public pages is nobody's coding and stays."""
    if activity.is_seeded and not _has_codes_of_coders(activity):
        return
    for field in FIELDS:
        setattr(activity, field.name, stored(field, None))
    activity.state, activity.codebook = Activity.State.OPEN, None


def _has_codes_of_coders(activity: Activity) -> bool:
    return bool(history_of(activity).filter(history_change_reason=FROM_CODINGS).exists())


def _compare(
    activity: Activity, first: Coding, second: Coding, settlements: Sequence[Settlement]
) -> None:
    decided = {one.field: one.value for one in settlements}
    apart = {field.name for field in differing(first.values, second.values)}
    values = {**first.values, **{name: decided.get(name) for name in apart}}
    is_open = bool(apart - set(decided))
    state = Activity.State.DISPUTED if is_open else Activity.State.SETTLED
    _take(activity, values, first, state)


def _take(
    activity: Activity, values: Mapping[str, Any], coding: Coding, state: Activity.State
) -> None:
    for field in FIELDS:
        setattr(activity, field.name, stored(field, values.get(field.name)))
    activity.state, activity.codebook_id = state, coding.codebook_id


def _revealed_codings(activities: Mapping[int, Activity]) -> dict[int, tuple[Coding, Coding]]:
    rows = list(
        Coding.objects.filter(activity__in=activities)
        .select_related("codebook")
        .order_by("activity", "place")
    )
    # One codebook, read once: pages keep its codes at it.
    books: dict[int, Codebook] = {}
    for row in rows:
        row.codebook = books.setdefault(row.codebook_id, row.codebook)
    needed = coders_needed(activities)
    found = {}
    for pk, codings in groupby(rows, key=lambda row: row.activity_id):
        closed = [coding for coding in codings if coding.closed_at is not None]
        if len(closed) > 1 and len(closed) >= needed[pk]:
            found[pk] = (closed[0], closed[1])
    return found


def _by_activity(rows: QuerySet[Any]) -> dict[int, list[Any]]:
    return {pk: list(group) for pk, group in groupby(rows, key=lambda row: int(row.activity_id))}

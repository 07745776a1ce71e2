"""What somebody typed and has not saved: kept for this person, told to the others."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction

from alpclusters.platform.accounts.models import User
from alpclusters.platform.policy.domain.editing.things import Values
from alpclusters.platform.policy.models import EditDraft

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

"""Open, close, finish and publish a consultation.

Anything that is not in the table is refused with the states that are allowed.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils import timezone

from alpclusters.analysis.errors import AlpClustersError, StateError
from alpclusters.platform.accounts.models import User
from alpclusters.platform.policy.domain.consulting.anchoring import store_orphans
from alpclusters.platform.policy.domain.consulting.freezing import common_languages, freeze
from alpclusters.platform.policy.domain.states import State as Text
from alpclusters.platform.policy.domain.states import Step, move
from alpclusters.platform.policy.models import Comment, Consultation, Recommendation

State = Consultation.State
TABLE: Final[Mapping[str, tuple[str, ...]]] = {
    State.PLANNED: (State.OPEN,),
    State.OPEN: (State.CLOSED,),
    State.CLOSED: (State.ANSWERED,),
    State.ANSWERED: (State.PUBLISHED,),
    State.PUBLISHED: (),
}


@transaction.atomic
def open_consultation(
    consultation: Consultation, *, by: User | None, now: datetime
) -> Consultation:
    """Freeze the texts with their versions and let people comment.

    Its recommendations are in consultation from now on.

    Raises
    ------
    StateError
        It has no end after today, no recommendation, no common language, or a recommendation is
        not ready; nothing is changed then.
    """
    current = _at(consultation, State.OPEN)
    today = timezone.localdate(now)
    _require_end(current, now)
    chosen = list(current.recommendations.order_by("pk"))
    if not chosen:
        raise StateError("consultation.no_recommendations")
    if not common_languages(current):
        raise StateError("consultation.languages")
    moved = _move_all(chosen, by=by, now=now)
    current.versions = {str(one.pk): one.version for one in moved}
    current.texts = {str(one.pk): freeze(one) for one in moved}
    current.opens_on = today
    return _set(current, State.OPEN)


@transaction.atomic
def close_consultation(consultation: Consultation) -> Consultation:
    """Take no more comments in time; late ones are still kept and marked."""
    return _set(_at(consultation, State.CLOSED), State.CLOSED)


@transaction.atomic
def finish_answers(consultation: Consultation) -> Consultation:
    """Say that every comment has its answer.

    Raises
    ------
    StateError
        Some comments have none (``consultation.comments_open``).
    """
    current = _at(consultation, State.ANSWERED)
    n_open = current.comments.filter(state=Comment.State.OPEN).count()
    if n_open:
        raise StateError("consultation.comments_open", found=str(n_open))
    store_orphans(current)
    return _set(current, State.ANSWERED)


@transaction.atomic
def publish_consultation(consultation: Consultation) -> Consultation:
    """Show everybody the comments with their answers."""
    return _set(_at(consultation, State.PUBLISHED), State.PUBLISHED)


def close_due(now: datetime) -> list[Consultation]:
    """Close those whose last day is over; return them."""
    return [close_consultation(one) for one in due_to_close(now)]


def due_to_close(now: datetime) -> list[Consultation]:
    """List the open ones whose last day is over."""
    over = Consultation.objects.filter(state=State.OPEN, closes_on__lt=timezone.localdate(now))
    return list(over.order_by("pk"))


def _at(consultation: Consultation, to: str) -> Consultation:
    current = Consultation.objects.select_for_update().get(pk=consultation.pk)
    if to not in TABLE[current.state]:
        raise StateError(
            "consultation.move_refused",
            found=f"{current.state} -> {to}",
            expected=", ".join(TABLE[current.state]),
        )
    return current


def _set(current: Consultation, state: str) -> Consultation:
    current.state = state
    current.save()
    return current


def _require_end(current: Consultation, now: datetime) -> None:
    today = timezone.localdate(now)
    first = max(today, current.opens_on or today)
    if current.closes_on is None or current.closes_on <= first:
        raise StateError("consultation.no_end")


def _move_all(
    chosen: list[Recommendation], *, by: User | None, now: datetime
) -> list[Recommendation]:
    """Move the texts into consultation; those that are in one already stay there."""
    moved, refused = [], []
    for one in chosen:
        if one.state == Text.IN_CONSULTATION:
            moved.append(one)
            continue
        try:
            moved.append(move(one, Step(Text.IN_CONSULTATION), by=by, now=now))
        except AlpClustersError:
            refused.append(one.code)
    if refused:
        raise StateError("consultation.not_ready", found=", ".join(refused))
    return moved

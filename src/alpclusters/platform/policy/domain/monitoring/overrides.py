"""A colour that a person sets beside the computed one, with the reason, for two rounds at most."""

from datetime import datetime
from typing import Final

from django.db import transaction

from alpclusters.analysis.errors import InputError, StateError, Where
from alpclusters.analysis.plans import ActionState, ActionStatus, Colour
from alpclusters.platform.accounts.models import User
from alpclusters.platform.policy.domain.monitoring.rounds import current_number
from alpclusters.platform.policy.domain.reasons import Reason, set_reason, text_of
from alpclusters.platform.policy.models import Action, Override

SHORTEST_REASON: Final = 20
MOST_ROUNDS: Final = 2
CHOICES: Final = (Colour.GREEN, Colour.YELLOW, Colour.RED)


@transaction.atomic
def set_override(
    action: Action,
    computed: ActionStatus,
    *,
    shown: str,
    reason: Reason,
    rounds: int = 1,
    by: User | None,
    now: datetime,
) -> Override:
    """Show another colour than the computed one, which stays beside it.

    Parameters
    ----------
    action : Action
    computed : ActionStatus
        What the rules say today.
    shown : str
        Green, yellow or red.
    reason : str or mapping of str to str
        At least 20 characters; it is printed. In the language of the page, or in several.
    rounds : int
        1: until the round that is open or comes next closes; 2: until the one after it.

    Raises
    ------
    StateError
        The action is not running (``override.not_running``), or it is grey
        (``override.out_of_grey``): a report helps, not an opinion.
    InputError
        ``override.colour``, ``override.reason_short``, ``override.rounds``.
    """
    _check_state(action, computed)
    _check_words(shown, reason, rounds)
    Override.objects.filter(action=action, ended_at=None).update(ended_at=now)
    override = Override(
        action=action,
        computed=str(computed.colour),
        shown=shown,
        until_round=current_number(action.plan) + rounds - 1,
        author=by,
        made_at=now,
    )
    set_reason(override, "reason", reason)
    override.save()
    return override


def end_override(override: Override, *, now: datetime) -> Override:
    """Show the computed colour again."""
    if override.ended_at is None:
        override.ended_at = now
        override.save(update_fields=["ended_at"])
    return override


def _check_state(action: Action, computed: ActionStatus) -> None:
    if computed.state != ActionState.RUNNING:
        code = "override.not_running"
        raise StateError(code, found=action.code)
    if computed.colour == Colour.GREY:
        code = "override.out_of_grey"
        raise StateError(code, found=action.code)


def _check_words(shown: str, reason: Reason, rounds: int) -> None:
    if shown not in CHOICES:
        code = "override.colour"
        raise InputError(code, where=Where(field="shown"), found=shown)
    if len(text_of(reason)) < SHORTEST_REASON:
        code = "override.reason_short"
        raise InputError(code, where=Where(field="reason"), expected=str(SHORTEST_REASON))
    if not 1 <= rounds <= MOST_ROUNDS:
        code = "override.rounds"
        raise InputError(code, where=Where(field="rounds"), found=str(rounds))

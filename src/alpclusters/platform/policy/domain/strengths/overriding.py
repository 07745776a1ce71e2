"""A person sets another strength beside the computed one, and says why."""

from typing import Final

from django.db import transaction

from alpclusters.analysis.errors import InputError, Where
from alpclusters.platform.accounts.models import User
from alpclusters.platform.history import sign
from alpclusters.platform.policy.domain.reasons import Reason, set_reason, text_of
from alpclusters.platform.policy.models import Recommendation

SHORTEST_REASON: Final = 20


@transaction.atomic
def override_strength(
    recommendation: Recommendation, strength: str, *, reason: Reason, by: User | None
) -> Recommendation:
    """Show another strength beside the computed one.

    Raises
    ------
    InputError
        No such strength (``recommendation.strength``), or a reason under twenty characters
        (``recommendation.short_reason``).
    """
    if strength not in Recommendation.Strength.values:
        code = "recommendation.strength"
        raise InputError(code, where=Where(field="strength"), found=strength)
    if len(text_of(reason)) < SHORTEST_REASON:
        code = "recommendation.short_reason"
        raise InputError(code, where=Where(field="reason"), expected=str(SHORTEST_REASON))
    return _set(recommendation, strength, reason, by)


@transaction.atomic
def clear_strength(recommendation: Recommendation, *, by: User | None) -> Recommendation:
    """Let the computed strength stand alone again."""
    return _set(recommendation, "", "", by)


def _set(
    recommendation: Recommendation, strength: str, reason: Reason, by: User | None
) -> Recommendation:
    rows = Recommendation.objects.select_for_update(of=("self",))
    current = rows.get(pk=recommendation.pk)
    current.strength_override = strength
    set_reason(current, "strength_reason", reason)
    sign(current, by)
    current.save()
    return current

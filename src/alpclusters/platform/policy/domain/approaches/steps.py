"""How far a region is, step by step, each with its date.

Anything that is not in the table is refused with the states that are allowed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.utils import timezone

from alpclusters.analysis.errors import InputError, StateError, Where
from alpclusters.platform.accounts.models import User
from alpclusters.platform.policy.models import Adoption, AdoptionStep

State = Adoption.State
# Beside the order, each with its reason.
SIDE: Final = (State.NOT_APPLICABLE, State.DECLINED, State.DISCONTINUED)
_BEFORE: Final = (State.NOT_APPLICABLE, State.DECLINED)
TABLE: Final[Mapping[str, tuple[str, ...]]] = {
    State.UNKNOWN: (State.INFORMED, *_BEFORE),
    State.INFORMED: (State.UNDER_REVIEW, *_BEFORE),
    State.UNDER_REVIEW: (State.ADOPTED, *_BEFORE),
    State.ADOPTED: (State.IMPLEMENTING, State.DISCONTINUED),
    State.IMPLEMENTING: (State.IMPLEMENTED, State.DISCONTINUED),
    State.IMPLEMENTED: (State.DISCONTINUED,),
    **dict.fromkeys(SIDE, ()),
}


@dataclass(frozen=True, slots=True)
class NextStep:
    """A step of a region.

    Attributes
    ----------
    state : str
    happened_on : date
    document : str
        Address of the decision; adopting needs it.
    reason : str
        Why it does not apply, was declined or discontinued.
    """

    state: str
    happened_on: date
    document: str = ""
    reason: str = ""


@transaction.atomic
def record_step(adoption: Adoption, step: NextStep, *, by: User | None, now: datetime) -> Adoption:
    """Record the next step of a region.

    Raises
    ------
    StateError
        The step cannot follow (``adoption.move_refused``; ``expected`` lists those that can).
    InputError
        The decision or the reason is missing, or the date is before the last step's or to come.
    """
    current = Adoption.objects.select_for_update().get(pk=adoption.pk)
    if step.state not in TABLE[current.state]:
        raise StateError(
            "adoption.move_refused",
            found=f"{current.state} -> {step.state}",
            expected=", ".join(TABLE[current.state]),
        )
    _check(step, current, timezone.localdate(now))
    AdoptionStep.objects.create(
        adoption=current,
        state=step.state,
        happened_on=step.happened_on,
        document=step.document.strip(),
        reason=step.reason.strip(),
        recorded_by=by,
        recorded_at=now,
    )
    return _set(current, step.state)


@transaction.atomic
def take_back_step(adoption: Adoption) -> Adoption:
    """Take back the last step, which was recorded by mistake.

    Raises
    ------
    StateError
        There is none (``adoption.no_step``).
    """
    current = Adoption.objects.select_for_update().get(pk=adoption.pk)
    steps = list(current.steps.order_by("happened_on", "pk"))
    if not steps:
        raise StateError("adoption.no_step")
    steps.pop().delete()
    return _set(current, steps[-1].state if steps else State.UNKNOWN)


def _set(current: Adoption, state: str) -> Adoption:
    current.state = state
    current.save(update_fields=["state"])
    return current


def _check(step: NextStep, current: Adoption, today: date) -> None:
    if step.state == State.ADOPTED and not step.document.strip():
        raise _missing("adoption.no_document", "document")
    if step.state in SIDE and not step.reason.strip():
        raise _missing("adoption.no_reason", "reason")
    if step.happened_on > today:
        raise _missing("adoption.future", "happened_on")
    last = current.steps.order_by("-happened_on", "-pk").first()
    if last is not None and step.happened_on < last.happened_on:
        code = "adoption.dates"
        raise InputError(
            code,
            where=Where(field="happened_on"),
            found=step.happened_on.isoformat(),
            expected=last.happened_on.isoformat(),
        )


def _missing(code: str, field: str) -> InputError:
    return InputError(code, where=Where(field=field))

"""How far the regions of an approach are, and how many of them took it up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from alpclusters.platform.policy.models import Adoption, AdoptionStep, JointApproach

if TYPE_CHECKING:
    from alpclusters.analysis.plans import AdoptionRate

State = Adoption.State
_DONE = frozenset({State.ADOPTED, State.IMPLEMENTING, State.IMPLEMENTED, *(
    State.NOT_APPLICABLE, State.DECLINED, State.DISCONTINUED)})  # fmt: skip


@dataclass(frozen=True, slots=True)
class RegionLine:
    """A region with its task and its steps in their order."""

    adoption: Adoption
    steps: tuple[AdoptionStep, ...]
    is_overdue: bool

    @property
    def counts_as(self) -> str:
        """The count of the rate it is in: adopted, unknown, not-applicable or none."""
        rate = rate_of([self.adoption])
        counts = {
            "adopted": rate.n_adopted,
            "unknown": rate.n_unknown,
            "not-applicable": rate.n_not_applicable,
        }
        return next((name for name, n in counts.items() if n), "")


@dataclass(frozen=True, slots=True)
class ApproachRecord:
    """An approach with its regions and the rate, which never stands alone."""

    approach: JointApproach
    lines: Sequence[RegionLine]
    rate: "AdoptionRate"


def read_approach(approach: JointApproach, *, today: date) -> ApproachRecord:
    """Read an approach (two queries)."""
    rows = approach.adoptions.select_related("region").prefetch_related("steps")
    lines = [_line(one, today) for one in rows.order_by("region__code", "pk")]
    return ApproachRecord(approach, lines, rate_of([line.adoption for line in lines]))


def rate_of(adoptions: Sequence[Adoption]) -> "AdoptionRate":
    """Return the adoption rate of regions whose steps have been read."""
    from alpclusters.analysis.plans import (  # noqa: PLC0415 - NumPy comes with it
        AdoptionFacts,
        adoption_rate,
    )

    return adoption_rate([AdoptionFacts(one.state, _was_carried_out(one)) for one in adoptions])


def _was_carried_out(one: Adoption) -> bool:
    return any(step.state == State.IMPLEMENTED for step in one.steps.all())


def _line(one: Adoption, today: date) -> RegionLine:
    overdue = one.due is not None and one.due < today and one.state not in _DONE
    return RegionLine(one, tuple(one.steps.all()), is_overdue=overdue)

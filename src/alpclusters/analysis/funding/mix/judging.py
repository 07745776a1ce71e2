"""The judgements of eligibility as the optimiser asks for them."""

from dataclasses import dataclass
from typing import Any

from alpclusters.analysis.funding.case import Case, Territory
from alpclusters.analysis.funding.mix.cells import Judged


@dataclass(frozen=True, slots=True)
class _Read:
    judgements: Any
    assume_open: bool

    def is_eligible(self, offer: str, partner: str) -> bool | None:
        name: str = self.judgements.truth(offer, partner).name
        return {"FALSE": False, "TRUE": True}.get(name)

    def rate_bp(self, offer: str, partner: str) -> int | None:
        found: int | None = self.judgements.rate_bp(offer, partner, assume_open=self.assume_open)
        return found


def judge(case: Case, territory: Territory) -> Judged:
    """Judge all offers for all partners of a case."""
    from alpclusters.analysis.funding.eligibility import (  # noqa: PLC0415 - read when needed
        judge_case,
    )

    return _Read(judge_case(case, territory), case.solver.assume_open)


def judged_by(judgements: Any, *, assume_open: bool) -> Judged:
    """Return judgements that were made already as the optimiser asks for them."""
    return _Read(judgements, assume_open)

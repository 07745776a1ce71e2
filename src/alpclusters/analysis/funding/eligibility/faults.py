"""What is wrong with a condition, and where in its JSON."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from alpclusters.analysis.errors import AnalysisError, Where


@dataclass(frozen=True, slots=True)
class ExpressionFault:
    """One fault; ``pointer`` is a JSON Pointer from the condition's root: ``/all/2/lt/1``."""

    pointer: str
    code: str
    params: Mapping[str, str | int] = field(default_factory=dict)


class ExpressionError(AnalysisError):
    """A condition that cannot be read; ``faults`` has all that was found."""

    def __init__(self, faults: Sequence[ExpressionFault]) -> None:
        first = faults[0]
        super().__init__(
            "eligibility.faulty",
            where=Where(path=first.pointer),
            values={"fault": first.code, "n": len(faults)},
        )
        self.faults = tuple(faults)


class TooManyAnswersError(AnalysisError):
    """More ways to answer the open questions than are tried; ``values`` has how many."""

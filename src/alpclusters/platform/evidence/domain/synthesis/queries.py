"""What one asks of the synthesis: by which dimension, of which part, lasting how long."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final


class Dimension(StrEnum):
    """By what the types of measures are split."""

    OUTCOME = "outcome"
    PROGRAMME = "programme"
    PERIOD = "period"
    COUNTRY = "country"
    NUTS1 = "nuts1"
    NUTS2 = "nuts2"
    SECTOR = "sector"
    SCOPE = "scope"
    AUDIENCE = "audience"
    PAYER = "payer"
    TYPE = "type"


PLACES: Final = (Dimension.COUNTRY, Dimension.NUTS1, Dimension.NUTS2)
# What types can be split by, in the order it is offered.
SPLITS: Final = tuple(d for d in Dimension if d is not Dimension.TYPE)
# What can be filtered by, in the order it is offered.
FILTERS: Final = tuple(
    d for d in Dimension if d not in {Dimension.OUTCOME, Dimension.NUTS1, Dimension.TYPE}
)
HORIZONS: Final = (0, 12, 24, 36, 60)
NOT_STATED: Final = ""


@dataclass(frozen=True, slots=True)
class SynthesisQuery:
    """A question.

    Attributes
    ----------
    by : Dimension
        The split of the table.
    chosen : mapping of Dimension to str
        One value per filter.
    months : int
        Something counts as going on from so many months after the funding; 0 for as coded.
    is_simulated : bool
        Whether invented activities count instead of real ones.
    """

    by: Dimension = Dimension.OUTCOME
    chosen: Mapping[Dimension, str] = field(default_factory=dict)
    months: int = 0
    is_simulated: bool = False

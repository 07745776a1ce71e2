"""What weighting says of the first items of a criterion, and of what must not be said."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Self

from alpclusters.analysis.consensus.ratings import Id
from alpclusters.analysis.weighting import Breakdown, Estimate


@dataclass(frozen=True, slots=True)
class JoinedGroup:
    """A group outside the room that is not shown apart, with its name by language."""

    key: str
    names: Mapping[str, str]
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class MarginUse:
    """One column of margins as it was used.

    ``absent`` are groups with a share and nobody in the room, with that share; ``unweighed``
    groups in the room without a share, whose people keep their weight. ``joined`` are groups with
    a share that are not shown apart, because few or none of them took part.
    """

    column: str
    split: str
    source: str
    date: str
    absent: tuple[tuple[str, float], ...] = ()
    unweighed: tuple[str, ...] = ()
    joined: tuple[JoinedGroup, ...] = ()

    def as_record(self) -> dict[str, object]:
        """Return it as a plain mapping for JSON."""
        return {
            "column": self.column,
            "source": self.source,
            "date": self.date,
            "absent": [{"group": group, "share": share} for group, share in self.absent],
            "without_share": list(self.unweighed),
            "not_shown_apart": [{"group": one.key, "share": one.share} for one in self.joined],
        }


@dataclass(frozen=True, slots=True)
class Turn:
    """The share of a group at which a finding turns, and its share in the room."""

    split: str
    group: Id
    share: float
    here: float


@dataclass(frozen=True, slots=True, kw_only=True)
class WeighedItem:
    """One item: what those say who took part, what it is weighted, and what it survives.

    ``raked`` and ``modelled`` are None without margins, or for the reasons. ``turns``,
    ``breakdown`` and ``worst`` (greatest weight, and the mean it can make) are told of headlines
    only.
    """

    item: Id
    n: int
    plain: float
    raked: Estimate | None = None
    modelled: Estimate | None = None
    reasons: tuple[str, ...] = ()
    breakdown: Breakdown | None = None
    worst: tuple[tuple[float, float], ...] = ()
    turns: tuple[Turn, ...] = ()

    def surviving(
        self,
        *,
        breakdown: Breakdown,
        worst: tuple[tuple[float, float], ...],
        turns: tuple[Turn, ...],
    ) -> Self:
        """Return a headline with what it survives."""
        return replace(self, breakdown=breakdown, worst=worst, turns=turns)


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighting:
    """Weighting on one criterion.

    Attributes
    ----------
    items : tuple of WeighedItem
        The first items of the criterion's order.
    threshold : float
        Where a finding turns: half of the people, or a point of the scale.
    is_share : bool
        Whether figures are shares that agree, else mean ratings.
    margins : tuple of MarginUse
        Empty without margins.
    n, effective_n : int, float
        Everybody who answered, and what they are worth when weighted; of an AlpCafé with margins
        those who judged the measure that most judged.
    reasons : tuple of str
    """

    items: tuple[WeighedItem, ...]
    threshold: float
    is_share: bool
    margins: tuple[MarginUse, ...] = ()
    n: int = 0
    effective_n: float = 0.0
    reasons: tuple[str, ...] = ()

    def of(self, item: Id) -> WeighedItem | None:
        """Return one item, None where it is not among the first."""
        return next((one for one in self.items if one.item == item), None)

    @property
    def decimals(self) -> int:
        """How exact figures are told: they add to those by group, so no more than this."""
        return 2 if self.is_share else 1

    def rounded(self, value: float | None) -> float | None:
        """Return a figure as exact as it may be told."""
        if value is None:
            return None
        # Half away from zero, as numbers are written everywhere; 4.25 is told as 4.3.
        step = Decimal(1).scaleb(-self.decimals)
        return float(Decimal(repr(float(value))).quantize(step, ROUND_HALF_UP))

    def as_record(self) -> dict[str, object]:
        """Return what may be told as a plain mapping for JSON."""
        return {
            "of": "those_who_took_part",
            "margins": [margin.as_record() for margin in self.margins],
            "n": self.n,
            "effective_n": round(self.effective_n, 1) if self.margins else None,
            "design_effect": round(self.n / self.effective_n, 2)
            if self.margins and self.effective_n
            else None,
            "reasons": list(self.reasons),
            "threshold": self.threshold,
            "items": [self._item_record(item) for item in self.items],
        }

    def _item_record(self, item: WeighedItem) -> dict[str, object]:
        record: dict[str, object] = {
            "item": item.item,
            "n": item.n,
            "those_who_took_part": self.rounded(item.plain),
            "weighted": self._estimate_record(item.modelled),
            "raked": self._estimate_record(item.raked),
            "reasons": list(item.reasons),
        }
        if item.breakdown is not None:
            record["survives"] = {
                "word": item.breakdown.word,
                "breakdown": item.breakdown.gamma and round(item.breakdown.gamma, 2),
                "worst_case": {f"{g:g}": self.rounded(value) for g, value in item.worst},
                "turning_shares": [
                    {
                        "split": turn.split,
                        "group": turn.group,
                        "share": round(turn.share, 2),
                        "here": round(turn.here, 2),
                    }
                    for turn in item.turns
                ],
            }
        return record

    def _estimate_record(self, found: Estimate | None) -> dict[str, object] | None:
        if found is None:
            return None
        return {
            "value": self.rounded(found.value),
            "low": self.rounded(found.low),
            "high": self.rounded(found.high),
            "reasons": list(found.reasons),
        }

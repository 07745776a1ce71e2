"""The cells of the stored table of regions: what is shown of each, and what is withheld."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from alpclusters.analysis.network.hiding import LEAST as LEAST_ORGANISATIONS
from alpclusters.platform.network.domain.measuring.measures import flat_place
from alpclusters.reports.charts.heat import ratio_step

MOST_GROUPS: Final = 12
# Where less than one tie was expected, none says nothing: such a cell has no colour.
LEAST_COLOURED: Final = 1.0
_SHADES: Final = {-3: "dn3", -2: "dn2", -1: "dn1", 0: "d0", 1: "dp1", 2: "dp2", 3: "dp3"}

type Record = Mapping[str, Any]


@dataclass(frozen=True)
class PairCell:
    """Two groups, or one and itself.

    Attributes
    ----------
    first, second : str
        Codes.
    n_ties : int
    observed, expected, ratio, low, high, margins : float or None
        In units of the weights; ``ratio`` is against ties between groups alone, ``margins`` as if
        nobody preferred home.
    is_missing : bool
        Surely fewer ties than expected.
    is_withheld : bool
        Fewer than five organisations on either side: nothing of it is shown.
    """

    first: str
    second: str
    n_ties: int = 0
    observed: float | None = None
    expected: float | None = None
    ratio: float | None = None
    low: float | None = None
    high: float | None = None
    margins: float | None = None
    is_missing: bool = False
    is_withheld: bool = False

    @property
    def shade(self) -> str:
        """Return the class of the palette; none where too little was expected."""
        if self.ratio is None or self.is_thin:
            return ""
        return _SHADES[ratio_step(self.ratio)]

    @property
    def is_thin(self) -> bool:
        """Say whether less than one tie was expected."""
        return (self.expected or 0.0) < LEAST_COLOURED


@dataclass(frozen=True)
class Cells:
    """The table of one window.

    Attributes
    ----------
    matrix, missing : mapping
        As stored.
    is_public : bool
        Whether small cells are withheld.
    """

    matrix: Record
    missing: Record
    is_public: bool

    @classmethod
    def of(cls, record: Record, *, is_public: bool) -> "Cells":
        """Take the table out of the record of a window."""
        return cls(record["matrix"], record["missing"], is_public)

    @cached_property
    def groups(self) -> list[str]:
        """Codes of the groups with ties, those with most organisations first."""
        n = self.n_connected
        codes: list[str] = self.matrix["groups"]
        return sorted(codes, key=lambda code: (-n[code], code))

    @cached_property
    def n_connected(self) -> dict[str, int]:
        """Organisations with a tie, by group."""
        return dict(zip(self.matrix["groups"], self.matrix["n_connected"], strict=True))

    @cached_property
    def missing_pairs(self) -> list[Record]:
        """The missing pairs, largest shortfall first; they are never small."""
        return list(self.missing["pairs"])

    def is_small(self, code: str) -> bool:
        """Say whether a group has too few organisations to be shown."""
        return self.n_connected.get(code, 0) < LEAST_ORGANISATIONS

    @cached_property
    def hidden(self) -> frozenset[str]:
        """Groups of which nothing is shown here."""
        return frozenset(c for c in self.groups if self.is_public and self.is_small(c))

    def chosen(self, country: str = "", most: int = MOST_GROUPS) -> list[str]:
        """Return the groups a page shows, in the order of their codes: neighbours side by side."""
        inside = [code for code in self.groups if code.startswith(country)]
        return sorted(inside[:most])

    def countries(self) -> list[str]:
        """Return the countries of the regions."""
        return sorted({code[:2] for code in self.groups})

    def cell(self, first: str, second: str) -> PairCell:
        """Return one cell; of groups without ties the public sees as little as of small ones."""
        if self.is_public and (self.is_small(first) or self.is_small(second)):
            return PairCell(first, second, is_withheld=True)
        if first not in self._places or second not in self._places:
            return PairCell(first, second)
        at = flat_place(self._places[first], self._places[second], len(self._places))
        names = ("observed", "expected", "ratio", "low", "high", "margins")
        return PairCell(
            first,
            second,
            n_ties=self.matrix["n_ties"][at],
            is_missing=frozenset((first, second)) in self._missing,
            **{name: self.matrix[name][at] for name in names},
        )

    def pairs(self, codes: Sequence[str]) -> Iterator[PairCell]:
        """Return each pair of different groups once."""
        for place, first in enumerate(codes):
            for second in codes[place + 1 :]:
                yield self.cell(first, second)

    @cached_property
    def n_judged(self) -> int:
        """Pairs with enough organisations and enough expected ties to be judged."""
        return int(self.missing["n_examined"])

    @cached_property
    def _places(self) -> dict[str, int]:
        return {code: place for place, code in enumerate(self.matrix["groups"])}

    @cached_property
    def _missing(self) -> set[frozenset[str]]:
        return {frozenset((pair["first"], pair["second"])) for pair in self.missing_pairs}

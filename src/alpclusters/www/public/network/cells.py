"""The stored table of regions: what is shown of each cell, and the matrix as a table."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from alpclusters.analysis.network.regions import LEAST as LEAST_ORGANISATIONS
from alpclusters.platform.network.domain.measuring.measures import flat_place
from alpclusters.reports.charts.heat import RATIO_LIMITS, ratio_step
from alpclusters.reports.claims.subjects import missing
from alpclusters.reports.numbers import EN_DASH, format_integer, format_interval, format_number
from alpclusters.www.components.parts import Cell, Column, Table
from alpclusters.www.public.network.asking import GroupNames, Network, address

# --- The cells of the stored table of regions: what is shown of each, and what is withheld --------


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


# --- The matrix of regions: ratio to the expectation and number of ties, as a table ---------------


@dataclass(frozen=True)
class MatrixCell:
    """What stands in a cell: big and small text, shade, frame, and what is only heard."""

    text: str = ""
    count: str = ""
    shade: str = ""
    heard: str = ""
    is_self: bool = False
    is_missing: bool = False
    is_withheld: bool = False


@dataclass(frozen=True)
class MatrixRow:
    """A group with its cells, each with the short name of its column."""

    name: str
    short: str
    pairs: Sequence[tuple[MatrixCell, str]]


@dataclass(frozen=True)
class MatrixView:
    """The table, its classes, and a list of all its pairs.

    Attributes
    ----------
    title : str
        What it shows, as a sentence.
    rows : sequence of MatrixRow
    classes : sequence of (shade, words)
    pairs : Table
        Each pair in a row, with its interval.
    n_left_out : int
        Groups that are in the file only.
    """

    title: str
    rows: Sequence[MatrixRow]
    classes: Sequence[tuple[str, str]]
    pairs: Table
    n_left_out: int

    @property
    def size(self) -> int:
        """How many groups there are."""
        return len(self.rows)


def matrix_view(network: Network, cells: Cells, names: GroupNames, language: str) -> MatrixView:
    """Put the table of a window into words and shades."""
    codes = cells.chosen(network.query.country)
    rows = [
        MatrixRow(
            names.long(code), names.short(code),
            [(_shown(cells.cell(code, o), language), names.short(o)) for o in codes],
        )
        for code in codes
    ]  # fmt: skip
    inside = [code for code in cells.groups if code.startswith(network.query.country)]
    return MatrixView(
        title=_title(cells, codes, names, language),
        rows=rows,
        classes=ratio_classes(language),
        pairs=_pairs(network, list(cells.pairs(codes)), names, language),
        n_left_out=len(inside) - len(codes),
    )


def ratio_classes(language: str) -> list[tuple[str, str]]:
    """Return shade and words of the classes of observed / expected."""
    shown = [format_number(limit, language) for limit in RATIO_LIMITS]
    up_to = [pgettext("ratio", "up to %(n)s") % {"n": text} for text in shown[:3]]
    above = [pgettext("ratio", "from %(n)s") % {"n": text} for text in shown[3:]]
    words = [*up_to, _("as expected"), *above]
    return list(zip(("dn3", "dn2", "dn1", "d0", "dp1", "dp2", "dp3"), words, strict=True))


def _shown(cell: PairCell, language: str) -> MatrixCell:
    if cell.is_withheld:
        return MatrixCell(is_withheld=True, is_self=cell.first == cell.second)
    count = format_integer(cell.n_ties, language)
    if cell.first == cell.second:
        return MatrixCell("·", count, heard=_("within"), is_self=True)
    if cell.ratio is None:
        return MatrixCell(EN_DASH, count, heard=_("no expectation"))
    return MatrixCell(
        format_number(cell.ratio, language, 1),
        count,
        shade=cell.shade,
        heard=_("missing") if cell.is_missing else "",
        is_missing=cell.is_missing,
    )


def _title(cells: Cells, codes: Sequence[str], names: GroupNames, language: str) -> str:
    """Say what the table shows, never more than its intervals allow."""
    pairs = [p for p in cells.missing_pairs if p["first"] in codes and p["second"] in codes]
    said = missing(
        [(names.long(p["first"]), names.long(p["second"])) for p in pairs],
        sum(1 for cell in cells.pairs(codes) if cell.ratio is not None),
        language,
    )
    return said.text if said else _("Who is tied to whom")


def _pairs(network: Network, pairs: list[PairCell], names: GroupNames, language: str) -> Table:
    columns = [
        Column(_("Pair")),
        Column(_("Ties"), is_number=True),
        Column(_("Observed"), is_number=True),
        Column(_("Expected"), is_number=True),
        Column(_("Ratio"), is_number=True),
        Column(_("Ratio if nobody preferred home"), is_number=True),
    ]
    pairs.sort(key=lambda c: (c.is_withheld, c.ratio is None, c.ratio or 0.0, c.first, c.second))
    rows = [_pair_row(network, cell, names, language) for cell in pairs]
    return Table(_("All pairs, the smallest ratio first"), columns, rows)


def _pair_row(network: Network, cell: PairCell, names: GroupNames, language: str) -> list[Any]:
    name = pair_name(cell.first, cell.second, names)
    if cell.is_withheld:
        return [name, *[Cell("", suppressed=True)] * 5]
    url = address(network.query, "network-pair", f"{cell.first}-{cell.second}")
    span = interval_text(cell.low, cell.high, language)
    return [
        Cell(name, url=url, note=_("missing") if cell.is_missing else ""),
        format_integer(cell.n_ties, language),
        number_text(cell.observed, language),
        number_text(cell.expected, language),
        Cell(number_text(cell.ratio, language, 2), note=span),
        number_text(cell.margins, language, 2),
    ]


def pair_name(first: str, second: str, names: GroupNames) -> str:
    """Return the name of a pair: France – Austria."""
    return f"{names.long(first)} {EN_DASH} {names.long(second)}"


def number_text(value: float | None, language: str, decimals: int = 1) -> str:
    """Return a number, or a dash where it is unknown."""
    return EN_DASH if value is None else format_number(value, language, decimals)


def interval_text(low: float | None, high: float | None, language: str, decimals: int = 2) -> str:
    """Return an interval, or nothing."""
    if low is None or high is None:
        return ""
    return format_interval(low, high, language, decimals)


def left_out_text(n: int) -> str:
    """Say how many groups are in the file only."""
    if not n:
        return ""
    return ngettext(
        "%(n)s more region is in the file.", "%(n)s more regions are in the file.", n
    ) % {"n": n}

"""Distributions of answers: five shades of one hue, "cannot judge" apart and hatched.

The same form shows agree, pass and disagree: three parts, again with the words beside the colours.
"""

from dataclasses import dataclass
from typing import Final, Literal

from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.blocks import WITHHELD, Column, Row, Table
from alpclusters.reports.charts.parts import (
    div,
    fluid,
    hatch_rect,
    label_lines,
    legend,
    on,
    on_paper,
    row_svg,
    shorten,
    withheld_bar,
)
from alpclusters.reports.charts.svg import (
    PAPER,
    SITE,
    Markup,
    element,
    hatch_path,
    hatch_pattern,
    paper_svg,
    paper_text,
    percent,
    unique_id,
)
from alpclusters.reports.numbers import format_integer, format_n
from alpclusters.reports.typefaces import text_width, wrap_text

_FILLS: Final = {"rating": ("r1", "r2", "r3", "r4", "r5"), "opinion": ("dn2", "d0", "dp2")}
_LEAST_SHARE: Final = 0.09  # a part narrower than this carries no count inside
_GAP: Final = 0.003
_ROW: Final = 19.0
_BAR: Final = 12.5
_LEAST_FOR_OUTSIDE: Final = 220.0  # narrower, "cannot judge" stands in the table only


@dataclass(frozen=True, slots=True)
class DistributionRow:
    """Counts per answer, lowest first; ``counts=None`` hides a group of fewer than five."""

    label: str
    counts: tuple[int, ...] | None
    cannot_judge: int = 0

    @property
    def n(self) -> int:
        """People with a judgement; "cannot judge" does not count."""
        return sum(self.counts or ())


@dataclass(frozen=True, slots=True)
class DistributionChart:
    """How people answered, row by row; ``answers`` are the anchor words, lowest first."""

    language: str
    rows: tuple[DistributionRow, ...]
    answers: tuple[str, ...]
    label_title: str
    title: str = ""
    kind: Literal["rating", "opinion"] = "rating"
    first: int | None = 1  # number of the lowest answer; None where words say all
    outside: str = ""  # words of the answer outside the scale; "Cannot judge" when empty

    @property
    def _fills(self) -> tuple[str, ...]:
        return _spread(_FILLS[self.kind], len(self.answers))

    @property
    def _key(self) -> str:
        return unique_id(self.title, self.rows)

    @property
    def _outside(self) -> str:
        return self.outside or translator(self.language).gettext("Cannot judge")

    @property
    def _has_outside(self) -> bool:
        return any(row.cannot_judge for row in self.rows)

    def _names(self) -> tuple[str, ...]:
        if self.kind == "opinion" or self.first is None:
            return self.answers
        numbers = enumerate(self.answers, start=self.first)
        return tuple(f"{i} {answer}".strip() for i, answer in numbers)

    @property
    def alt(self) -> str:
        """Kind, answers, the first and last row in counts, and where all values stand."""
        text = translator(self.language)
        shown = [row for row in self.rows if row.counts is not None]
        parts = [
            text.gettext("Distribution of answers from “%(low)s” to “%(high)s”, rows: %(n)s.")
            % {"low": self.answers[0], "high": self.answers[-1], "n": len(self.rows)}
        ]
        for row in shown[:1] + shown[1:][-1:]:
            counts = ", ".join(format_integer(count, self.language) for count in row.counts or ())
            parts.append(f"{row.label}: {counts} ({format_n(row.n, self.language)}).")
        parts.append(text.gettext("All values are in the table."))
        return shorten(" ".join(parts))

    def table(self) -> Table:
        """List counts per answer, "cannot judge" and n."""
        columns = [Column(self.label_title)]
        columns += [Column(name, "number", decimals=0) for name in self._names()]
        columns += [
            Column(self._outside, "number", decimals=0),
            Column("n", "number", decimals=0, strong=True),
        ]
        return Table(tuple(columns), tuple(self._cells(row) for row in self.rows), name=self.title)

    def _cells(self, row: DistributionRow) -> Row:
        if row.counts is None:
            return (row.label, *(WITHHELD for _ in range(len(self.answers) + 2)))
        return (row.label, *row.counts, row.cannot_judge, row.n)

    # --- screen ---------------------------------------------------------------------------

    def svg_rows(self) -> str:
        """HTML rows for the screen; classes ``legend``, ``bars``, ``b``, ``two``."""
        entries = list(zip(self._fills, self._names(), strict=True))
        if self._has_outside:
            entries.append(("hatch", self._outside))
        rows = [self._screen_row(row) for row in self.rows]
        chart = fluid("bars", self.alt, *rows)
        return Markup(hatch_pattern(self._key) + legend(entries, self._key) + chart)

    def _screen_row(self, row: DistributionRow) -> Markup:
        text = translator(self.language)
        if row.counts is None:
            hidden = row_svg(hatch_rect(self._key, x=0, y=2, width="100%", height=24))
            return div("b", div("lab", row.label), hidden, div("n", text.gettext("withheld")))
        bar = row_svg(*self._screen_parts(row.counts))
        two = div("two", bar, row_svg(*self._screen_outside(row))) if self._has_outside else bar
        return div("b", div("lab", row.label), two, div("n", format_n(row.n, self.language)))

    def _screen_parts(self, counts: tuple[int, ...]) -> list[Markup]:
        drawn, start, total = [], 0.0, sum(counts) or 1
        for count, fill in zip(counts, self._fills, strict=True):
            share = count / total
            if count:
                width = percent(max(share - _GAP, 0.001))
                drawn.append(
                    element(
                        "rect", x=percent(start), y=2, width=width, height=24, attributes=SITE(fill)
                    )
                )
            if share >= _LEAST_SHARE:
                middle = percent(start + share / 2)
                drawn.append(self._count(count, middle, fill))
            start += share
        return drawn

    def _count(self, count: int, x: str, fill: str) -> Markup:
        return element(
            "text", format_integer(count, self.language), x=x, y=19, font_size=13,
            font_weight=600, text_anchor="middle", class_=on(fill),
        )  # fmt: skip

    def _screen_outside(self, row: DistributionRow) -> list[Markup]:
        most = max(other.cannot_judge for other in self.rows)
        share = 0.7 * row.cannot_judge / most
        label = element(
            "text", format_integer(row.cannot_judge, self.language), x=percent(share + 0.05), y=19,
            font_size=13, attributes=SITE("ink2"),
        )  # fmt: skip
        if not row.cannot_judge:
            return [label]
        return [hatch_rect(self._key, x=0, y=2, width=percent(share), height=24), label]

    # --- paper ----------------------------------------------------------------------------

    def standalone_svg(self, width: float) -> str:
        """Draw for a document: legend, bars with counts, the hatched part apart, n right."""
        body, y = self._paper_legend(width)
        left = width * 0.33
        for row in self.rows:
            lines = len(wrap_text(row.label, left - 8, 9))
            height = max(_ROW, lines * 10.5 + 5)
            body += self._paper_row(row, y + height / 2, left, width)
            y += height
        return paper_svg(body, width, y + 2, title=self.title or self.label_title, alt=self.alt)

    def _paper_legend(self, width: float) -> tuple[list[str], float]:
        drawn: list[str] = []
        entries = [*zip(self._fills, self._names(), strict=True)]
        if self._has_outside:
            entries.append(("hatch", self._outside))
        x, y = 0.0, 4.0
        for fill, name in entries:
            needed = 14 + text_width(name, 8) + 12
            if x and x + needed - 12 > width - 20:
                x, y = 0.0, y + 12
            swatch = (
                hatch_path(x, y, 9, 7)
                if fill == "hatch"
                else element("rect", x=x, y=y, width=9, height=7, attributes=PAPER(fill))
            )
            drawn += [swatch, paper_text(name, x + 13, y + 6.6, size=8, fill="ink2")]
            x += needed
        drawn.append(paper_text("n", width, y + 6.6, size=8, anchor="end", fill="ink3"))
        return drawn, y + 14

    def _paper_row(self, row: DistributionRow, y: float, left: float, width: float) -> list[str]:
        apart = 72.0 if self._has_outside and width >= _LEAST_FOR_OUTSIDE else 0.0
        room = width - left - apart - 30
        drawn: list[str] = [label_lines(row.label, left - 8, 0, y + 3)]
        if row.counts is None:
            return [*drawn, withheld_bar(left, y - _BAR / 2, room, _BAR, self.language)]
        drawn += self._paper_parts(row.counts, left, y, room)
        if row.cannot_judge and apart:
            most = max(other.cannot_judge for other in self.rows)
            length = (apart - 34) * row.cannot_judge / most
            start = left + room + 10
            number = format_integer(row.cannot_judge, self.language)
            drawn += [
                hatch_path(start, y - _BAR / 2, length, _BAR),
                paper_text(number, start + length + 3, y + 3, size=8),
            ]
        n = paper_text(format_integer(row.n, self.language), width, y + 3, anchor="end")
        return [*drawn, n]

    def _paper_parts(
        self, counts: tuple[int, ...], left: float, y: float, room: float
    ) -> list[Markup]:
        drawn, x, total = [], left, sum(counts) or 1
        for count, fill in zip(counts, self._fills, strict=True):
            length = room * count / total
            if count:
                drawn.append(
                    element(
                        "rect", x=x, y=y - _BAR / 2, width=max(length - 0.6, 0.4), height=_BAR,
                        attributes=PAPER(fill),
                    )
                )  # fmt: skip
            if length >= 14:  # noqa: PLR2004 - points that two digits need
                number = format_integer(count, self.language)
                drawn.append(
                    paper_text(
                        number, x + length / 2, y + 3, size=8, anchor="middle", weight=600,
                        fill=on_paper(fill),
                    )
                )  # fmt: skip
            x += length
        return drawn


def _spread(fills: tuple[str, ...], count: int) -> tuple[str, ...]:
    """Spread the shades over a scale of another length; beyond five, neighbours share one."""
    last = max(count - 1, 1)
    return tuple(fills[round(i * (len(fills) - 1) / last)] for i in range(count))

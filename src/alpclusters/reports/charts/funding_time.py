"""When offers pay, and what partners have to pay ahead: windows by quarter, cash as steps."""

from dataclasses import dataclass
from typing import Final

from alpclusters.analysis.funding.case import Periods
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.blocks import Column, Row, Table
from alpclusters.reports.charts.parts import fluid, grid_row, label_lines, shorten
from alpclusters.reports.charts.svg import (
    PAPER,
    SITE,
    Markup,
    element,
    paper_svg,
    paper_text,
    percent,
    rule,
)
from alpclusters.reports.numbers import format_money, format_number
from alpclusters.reports.typefaces import text_width, wrap_text

_QUARTERS: Final = {1: 1, 4: 2, 7: 3, 10: 4}
_BAR: Final = 20.0
_CASH: Final = 58.0
_GAP: Final = 12.0
_LABELLED: Final = 17.0  # points of a column that holds the name of its quarter
_VALUED: Final = 24.0  # points of a column that holds its amount
_SCREEN: Final = 26.0
_THOUSAND_CT: Final = 100_000


@dataclass(frozen=True, slots=True)
class OfferBar:
    """The window of an offer, first and last quarter, and its grant in cents."""

    label: str
    first: int
    last: int
    grant_ct: int


@dataclass(frozen=True, slots=True)
class CashRow:
    """What a partner has to pay ahead at the end of each quarter, in cents; negative: in hand."""

    label: str
    values_ct: tuple[int, ...]

    @property
    def peak(self) -> int:
        """Return the quarter in which most has to be paid ahead."""
        return max(range(len(self.values_ct)), key=lambda period: self.values_ct[period])


@dataclass(frozen=True, slots=True)
class TimeChart:
    """Windows above, cash below, over the same quarters."""

    language: str
    periods: Periods
    bars: tuple[OfferBar, ...]
    cash: tuple[CashRow, ...] = ()
    title: str = ""

    # --- words ----------------------------------------------------------------------------

    def period_name(self, period: int, *, with_year: bool = True) -> str:
        """Return a quarter as ``Q3 2027``; quarters that begin otherwise as ``02/2027``."""
        day = self.periods.first_day(period)
        number = _QUARTERS.get(day.month)
        name = f"Q{number}" if number else f"{day.month:02d}"
        if not with_year:
            return name
        return f"{name} {day.year}" if number else f"{name}/{day.year}"

    @property
    def alt(self) -> str:
        """Kind, quarters, the first offers, the largest advance."""
        text = translator(self.language)
        names = {
            "first": self.period_name(0),
            "last": self.period_name(self.periods.count - 1),
            "n": len(self.bars),
        }
        parts = [
            text.gettext("Time plan of funding, %(first)s to %(last)s, offers: %(n)s.") % names
        ]
        if worst := self.worst:
            said = text.gettext("%(name)s pays most ahead in %(quarter)s: %(money)s.")
            money = format_money(worst.values_ct[worst.peak], "EUR", self.language)
            quarter = self.period_name(worst.peak)
            parts.append(said % {"name": worst.label, "quarter": quarter, "money": money})
        parts.append(text.gettext("All values are in the table."))
        return shorten(" ".join(parts))

    @property
    def worst(self) -> CashRow | None:
        """Return the partner who has to pay most ahead; None where nobody has to."""
        ahead = [row for row in self.cash if row.values_ct and max(row.values_ct) > 0]
        return max(ahead, key=lambda row: max(row.values_ct)) if ahead else None

    def table(self) -> Table:
        """Open windows and cash of each quarter."""
        text = translator(self.language)
        columns = (
            Column(text.gettext("Quarter"), "code"),
            *(Column(row.label, "number") for row in self.cash),
            Column(text.gettext("Windows open")),
        )
        rows = tuple(self._table_row(period) for period in range(self.periods.count))
        return Table(columns, rows, name=self.title or text.gettext("Time and cash"))

    def _table_row(self, period: int) -> Row:
        open_, before = self._open(period), self._open(period - 1)
        # Most stay open for years: the same names in each row would fill pages.
        if open_ and open_ == before:
            open_ = translator(self.language).gettext("as in the quarter before")
        amounts = (_euros(-row.values_ct[period]) for row in self.cash)
        return (self.period_name(period), *amounts, open_)

    def _open(self, period: int) -> str:
        return ", ".join(bar.label for bar in self.bars if bar.first <= period <= bar.last)

    # --- screen ---------------------------------------------------------------------------

    def svg_rows(self) -> str:
        """HTML rows for the screen: years, windows, cash below a line of nothing."""
        rows = [self._screen_bar(bar) for bar in self.bars]
        cash = [self._screen_cash(row) for row in self.cash]
        return fluid("dots gantt", self.alt, self._screen_head(), *rows, *cash)

    def _share(self, period: float) -> float:
        return period / self.periods.count

    def _years(self) -> list[tuple[int, int]]:
        """Return the first quarter of each year, and the year."""
        found: dict[int, int] = {}
        for period in range(self.periods.count):
            found.setdefault(self.periods.first_day(period).year, period)
        return [(period, year) for year, period in found.items()]

    def _screen_head(self) -> Markup:
        years = [
            element(
                "text", str(year), x=percent(self._share(period)), y=16, font_size=14,
                dx=4 if period else None, attributes=SITE("ink3"),
            )
            for period, year in self._years()
        ]  # fmt: skip
        return grid_row("ax", "", years, "")

    def _screen_lines(self) -> list[Markup]:
        return [
            element(
                "line", x1=percent(self._share(period)), x2=percent(self._share(period)), y1=-8,
                y2=40, attributes=SITE(stroke="line"), stroke_width=1,
            )
            for period, _ in self._years()
        ]  # fmt: skip

    def _screen_bar(self, bar: OfferBar) -> Markup:
        drawn = element(
            "rect", x=percent(self._share(bar.first)), y=8,
            width=percent(self._share(bar.last + 1 - bar.first)), height=14, rx=3,
            attributes=SITE("q2", "lake"), stroke_width=1.5,
        )  # fmt: skip
        value = format_money(bar.grant_ct, "EUR", self.language)
        return grid_row("d", bar.label, [*self._screen_lines(), drawn], value)

    def _screen_cash(self, row: CashRow) -> Markup:
        deepest = max(1, self._deepest())
        steps = [
            element(
                "rect", x=percent(self._share(period)), y=2, width=percent(self._share(1)),
                height=max(_SCREEN * value / deepest, 0.5),
                attributes=SITE("ink2" if period == row.peak else "q2"),
            )
            for period, value in enumerate(row.values_ct)
            if value > 0
        ]  # fmt: skip
        worst = row.values_ct[row.peak] if row.values_ct else 0
        value = format_money(-worst, "EUR", self.language, 0) if worst > 0 else "0"
        return grid_row("d", row.label, [*self._screen_lines(), *steps], value)

    def _deepest(self) -> int:
        return max((value for row in self.cash for value in row.values_ct), default=0)

    # --- paper ----------------------------------------------------------------------------

    def standalone_svg(self, width: float) -> str:
        """Draw for a document: quarters above, windows with their grants, cash as steps."""
        left = width * 0.27
        plot = (left, (width - left) / self.periods.count)
        y = 30.0
        body: list[Markup] = []
        for bar in self.bars:
            height = max(_BAR, len(wrap_text(bar.label, left - 8, 9)) * 10.5 + 5)
            body += self._paper_bar(bar, y, height, plot)
            y += height
        for row in self.cash:
            y += _GAP
            body += self._paper_cash(row, y, plot)
            y += _CASH
        head = self._paper_head(plot, y, width)
        title = self.title or translator(self.language).gettext("Time and cash")
        return paper_svg([*head, *body], width, y + 2, title=title, alt=self.alt)

    def _paper_head(self, plot: tuple[float, float], bottom: float, width: float) -> list[Markup]:
        left, step = plot
        drawn = [rule(left, 24, width, 24, stroke="ink", width=0.6)]
        for period, year in self._years():
            x = left + period * step
            drawn.append(rule(x, 2, x, bottom, stroke="strong", width=0.6))
            drawn.append(paper_text(str(year), x + 3, 9, size=8, weight=600))
        for period in range(self.periods.count):
            x = left + period * step
            drawn.append(rule(x, 24, x, bottom, stroke="row", width=0.3))
            if step >= _LABELLED:
                name = self.period_name(period, with_year=False)
                drawn.append(
                    paper_text(name, x + step / 2, 20, size=8, anchor="middle", fill="ink3")
                )
        return drawn

    def _paper_bar(
        self, bar: OfferBar, y: float, height: float, plot: tuple[float, float]
    ) -> list[Markup]:
        left, step = plot
        middle = y + height / 2
        x, wide = left + bar.first * step, (bar.last + 1 - bar.first) * step
        words = format_money(bar.grant_ct, "EUR", self.language)
        inside = text_width(words, 8) + 8 < wide
        at = x + 4 if inside else x - 3 if x - left > text_width(words, 8) + 6 else x + wide + 3
        anchor = "end" if not inside and at < x else "start"
        box = element(
            "rect", x=x, y=middle - 7, width=wide, height=14, stroke_width=0.6,
            attributes=PAPER("lake-soft", "lake"),
        )  # fmt: skip
        return [
            label_lines(bar.label, left - 8, 0, middle + 3),
            box,
            paper_text(words, at, middle + 3, size=8, anchor="end" if anchor == "end" else "start"),
        ]

    def _paper_cash(self, row: CashRow, y: float, plot: tuple[float, float]) -> list[Markup]:
        left, step = plot
        text = translator(self.language)
        deepest = max(1, self._deepest())
        unit = text.gettext("cash in 1,000 euros")
        drawn = [
            label_lines(row.label, left - 8, 0, y + 6, weight=600),
            paper_text(unit, 0, y + 6 + 11 * len(wrap_text(row.label, left - 8, 9)), size=8,
                       fill="ink3"),
            rule(left, y, left + step * self.periods.count, y, stroke="ink", width=0.6),
        ]  # fmt: skip
        for period, value in enumerate(row.values_ct):
            drawn += self._paper_step(row, period, value / deepest, y, plot)
        return drawn

    def _paper_step(
        self, row: CashRow, period: int, share: float, y: float, plot: tuple[float, float]
    ) -> list[Markup]:
        left, step = plot
        x, value = left + period * step, row.values_ct[period]
        depth = max(0.0, share) * (_CASH - 14)
        is_peak = period == row.peak and value > 0
        drawn: list[Markup] = []
        if depth > 0:
            box = element(
                "rect", x=x, y=y, width=step, height=depth,
                attributes=PAPER("ink2" if is_peak else "lake-soft"),
            )  # fmt: skip
            drawn += [box, rule(x, y + depth, x + step, y + depth, stroke="lake", width=1.4)]
        if step >= _VALUED or is_peak:
            words = format_number(-value / _THOUSAND_CT, self.language, 0)
            middle = min(x + step / 2, left + step * self.periods.count - 8)
            drawn.append(
                paper_text(words, middle, y + depth + 9, size=8, anchor="middle",
                           weight=600 if is_peak else 400)
            )  # fmt: skip
        return drawn


def _euros(cents: int) -> float | int:
    return cents // 100 if cents % 100 == 0 else cents / 100

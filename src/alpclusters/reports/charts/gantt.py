"""The time plan of actions: planned pale, done dark, milestones as diamonds, today as a line."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.blocks import Cell, Column, Row, Status, Table
from alpclusters.reports.cells import status_word
from alpclusters.reports.charts.parts import fluid, grid_row, label_lines, shorten, status_shape
from alpclusters.reports.charts.svg import (
    PAPER,
    SITE,
    Markup,
    Paint,
    element,
    hatch_path,
    hatch_pattern,
    paper_svg,
    paper_text,
    percent,
    rule,
    unique_id,
)
from alpclusters.reports.dates import format_date, format_date_short
from alpclusters.reports.typefaces import BODY_SEMIBOLD, text_width, wrap_text

_DIAMOND: Final = "M0 -{r} {r} 0 0 {r} -{r} 0Z"
_ROW: Final = 21.0
_LATE: Final = 0.7  # from here on a word to the right of its line would leave the chart


@dataclass(frozen=True, slots=True)
class Milestone:
    """A dated step; ``is_reached`` fills the diamond."""

    day: date
    words: str
    is_reached: bool = False


@dataclass(frozen=True, slots=True)
class GanttRow:
    """One action: planned span, how far it is, an overrun beyond the planned end."""

    label: str
    start: date
    end: date
    done_until: date | None = None
    overrun_until: date | None = None
    milestones: tuple[Milestone, ...] = ()
    status: Status | None = None


@dataclass(frozen=True, slots=True)
class GanttChart:
    """Actions over whole years; ``key_days`` are dated amber lines ("end of the programme")."""

    language: str
    rows: tuple[GanttRow, ...]
    label_title: str
    today: date | None = None
    title: str = ""
    key_days: tuple[tuple[date, str], ...] = ()

    @property
    def _key(self) -> str:
        return unique_id(self.title, self.rows)

    @property
    def _first_year(self) -> int:
        return min(row.start.year for row in self.rows)

    @property
    def _last_year(self) -> int:
        return max((row.overrun_until or row.end).year for row in self.rows)

    def _share(self, day: date) -> float:
        first = date(self._first_year, 1, 1)
        span = (date(self._last_year + 1, 1, 1) - first).days
        return min(1.0, max(0.0, (day - first).days / span))

    def _days(self) -> list[tuple[date, str]]:
        text = translator(self.language)
        days = list(self.key_days)
        if self.today is not None:
            days.append((self.today, text.gettext("today")))
        return days

    # --- words ----------------------------------------------------------------------------

    @property
    def alt(self) -> str:
        """Kind, years, the first actions with their span."""
        text = translator(self.language)
        parts = [
            text.gettext("Time plan, %(first)s to %(last)s, rows: %(n)s.")
            % {"first": self._first_year, "last": self._last_year, "n": len(self.rows)}
        ]
        parts += [f"{row.label}: {self._span(row)}." for row in self.rows[:3]]
        parts.append(text.gettext("All dates are in the table."))
        return shorten(" ".join(parts))

    def _span(self, row: GanttRow) -> str:
        ends = (format_date(row.start, self.language), format_date(row.end, self.language))
        return " – ".join(ends)

    def table(self) -> Table:
        """Start, end, progress, milestones and status of each action."""
        text = translator(self.language)
        columns = [
            Column(self.label_title),
            Column(text.gettext("Start"), "date"),
            Column(text.gettext("End"), "date"),
            Column(text.gettext("Done until"), "date"),
            Column(text.gettext("Milestones")),
        ]
        has_status = any(row.status for row in self.rows)
        if has_status:
            columns.append(Column(text.gettext("Status"), "status"))
        rows = tuple(self._cells(row, has_status=has_status) for row in self.rows)
        return Table(tuple(columns), rows, name=self.title)

    def _cells(self, row: GanttRow, *, has_status: bool) -> Row:
        steps = "; ".join(
            f"{m.words} {format_date_short(m.day, self.language)}" for m in row.milestones
        )
        cells: tuple[Cell, ...] = (row.label, row.start, row.end, row.done_until, steps)
        return (*cells, row.status) if has_status else cells

    # --- screen ---------------------------------------------------------------------------

    def svg_rows(self) -> str:
        """HTML rows for the screen; classes ``dots gantt``, ``d``, ``ax``."""
        key = self._key
        rows = [self._screen_row(row, key) for row in self.rows]
        chart = fluid("dots gantt", self.alt, self._screen_head(), *rows)
        return Markup(hatch_pattern(key) + chart)

    def _screen_head(self) -> Markup:
        years = [
            element(
                "text", str(year), x=percent(self._share(date(year, 1, 1))), y=16, font_size=14,
                dx=4 if year > self._first_year else None, attributes=SITE("ink3"),
            )
            for year in range(self._first_year, self._last_year + 1)
        ]  # fmt: skip
        days = [
            element(
                "text", word, x=percent(self._share(day)), y=36,
                dx=-4 if self._stands_left(day) else 4,
                text_anchor="end" if self._stands_left(day) else None,
                font_size=14, font_weight=600, attributes=SITE("ink"),
            )
            for day, word in self._days()
        ]  # fmt: skip
        return grid_row("ax days" if days else "ax", "", [*years, *days], "")

    def _stands_left(self, day: date) -> bool:
        """Say whether a word stands left of its line, to stay inside."""
        return self._share(day) > _LATE

    def _screen_row(self, row: GanttRow, key: str) -> Markup:
        years = [date(y, 1, 1) for y in range(self._first_year, self._last_year + 2)]
        lines = [_screen_line(self._share(day), "line", 1) for day in years]
        keys = [_screen_line(self._share(day), "larch", 2) for day, _ in self._days()]
        stones = [_screen_stone(self._share(m.day), m) for m in row.milestones]
        value = self._screen_status(row.status) if row.status else ""
        return grid_row(
            "d", row.label, [*lines, *self._screen_bars(row, key), *keys, *stones], value
        )

    def _screen_status(self, status: Status) -> Markup:
        words = status_word(status, self.language)
        small = [element("small", status.detail)] if status.detail else []
        return element("span", status_shape(status.kind), words, *small, class_="st")

    def _screen_bars(self, row: GanttRow, key: str) -> list[Markup]:
        drawn = [self._screen_bar(row.start, row.end, SITE("q2", "lake"), 1.5)]
        if row.done_until is not None:
            drawn.append(self._screen_bar(row.start, row.done_until, SITE("lake"), 0))
        if row.overrun_until is not None:
            bar = self._screen_bar(row.end, row.overrun_until, SITE(stroke="ink"), 1.5)
            hatch = Markup(bar.replace("<rect", f'<rect fill="url(#{key})" stroke-dasharray="4 3"'))
            drawn.append(hatch)
        return drawn

    def _screen_bar(
        self, start: date, end: date, colours: dict[str, str | float | bool | None], stroke: float
    ) -> Markup:
        width = percent(max(self._share(end) - self._share(start), 0.002))
        return element(
            "rect", x=percent(self._share(start)), y=8, width=width, height=14, rx=3,
            attributes=colours, stroke_width=stroke or None,
        )  # fmt: skip

    # --- paper ----------------------------------------------------------------------------

    def standalone_svg(self, width: float) -> str:
        """Draw for a document: years above, bars, dated key days, status in words right."""
        left, right = width * 0.31, self._status_width()
        plot = (left, width - left - right)
        top = 26.0
        body: list[str] = []
        y = top
        for row in self.rows:
            height = max(_ROW, len(wrap_text(row.label, left - 10, 9)) * 10.5 + 6)
            body += self._paper_row(row, y, height, plot, width)
            y += height
        frame = self._paper_frame(plot, top, y, width)
        return paper_svg([*frame, *body, *self._paper_days(plot, top, y)], width, y + 2,
                         title=self.title or self.label_title, alt=self.alt)  # fmt: skip

    def _status_width(self) -> float:
        words = [status_word(row.status, self.language) for row in self.rows if row.status]
        return max((text_width(word, 9, BODY_SEMIBOLD) + 14 for word in words), default=0.0)

    def _paper_frame(
        self, plot: tuple[float, float], top: float, bottom: float, width: float
    ) -> list[Markup]:
        left, span = plot
        drawn = [rule(0, top, width, top, stroke="ink", width=0.8)]
        for year in range(self._first_year, self._last_year + 2):
            x = left + self._share(date(year, 1, 1)) * span
            drawn.append(rule(x, top, x, bottom, stroke="row", width=0.4))
            if year <= self._last_year:
                drawn.append(paper_text(str(year), x + 2, top - 5, size=8, fill="ink3"))
        return drawn

    def _paper_days(self, plot: tuple[float, float], top: float, bottom: float) -> list[Markup]:
        left, span = plot
        drawn = []
        for day, word in self._days():
            share = self._share(day)
            x = left + share * span
            label = f"{word} {format_date_short(day, self.language)}"
            anchor = "end" if share > 0.7 else "start"  # noqa: PLR2004 - keeps it inside
            drawn += [
                rule(x, top - 14, x, bottom, stroke="larch", width=1.2),
                paper_text(
                    label, x + (-3 if anchor == "end" else 3), top - 15, size=8, weight=600,
                    anchor="end" if anchor == "end" else "start", fill="larch-ink",
                ),
            ]  # fmt: skip
        return drawn

    def _paper_row(
        self, row: GanttRow, y: float, height: float, plot: tuple[float, float], width: float
    ) -> list[str]:
        left, span = plot
        middle = y + height / 2
        drawn: list[str] = [
            label_lines(row.label, left - 10, 0, middle + 3),
            _paper_bar(left + self._share(row.start) * span, left + self._share(row.end) * span,
                       middle, "lake-soft", "lake"),
        ]  # fmt: skip
        if row.done_until is not None:
            start, until = (left + self._share(day) * span for day in (row.start, row.done_until))
            drawn.append(_paper_bar(start, until, middle, "lake", ""))
        if row.overrun_until is not None:
            x1, x2 = (left + self._share(day) * span for day in (row.end, row.overrun_until))
            drawn.append(hatch_path(x1, middle - 5, x2 - x1, 10))
        drawn += [
            _stone(left + self._share(m.day) * span, middle, 4.2, m, PAPER) for m in row.milestones
        ]
        if row.status:
            words = status_word(row.status, self.language)
            drawn.append(paper_text(words, width, middle + 3, anchor="end", weight=600))
        drawn.append(rule(0, y + height, width, y + height, stroke="row", width=0.4))
        return drawn


def _screen_line(share: float, colour: str, width: float) -> Markup:
    return element(
        "line", x1=percent(share), x2=percent(share), y1=-8, y2=40, attributes=SITE(stroke=colour),
        stroke_width=width,
    )  # fmt: skip


def _screen_stone(share: float, milestone: Milestone) -> Markup:
    """Draw a diamond that keeps its size at any width: an inner SVG placed in per cent."""
    return element(
        "svg", _stone(0, 0, 7, milestone, SITE), x=percent(share), y=15, width=1, height=1,
        overflow="visible",
    )  # fmt: skip


def _stone(x: float, y: float, radius: float, milestone: Milestone, paint: Paint) -> Markup:
    fill = "ink" if milestone.is_reached else "surface"
    move = f"translate({x:.1f} {y:.1f})" if x or y else None
    return element(
        "path", d=_DIAMOND.format(r=f"{radius:g}"), attributes=paint(fill, "ink"), transform=move,
        stroke_width=2 if paint is SITE else 1,
    )  # fmt: skip


def _paper_bar(x1: float, x2: float, y: float, fill: str, stroke: str) -> Markup:
    return element(
        "rect", x=x1, y=y - 5, width=max(x2 - x1, 0.5), height=10, attributes=PAPER(fill, stroke),
        stroke_width=0.6 if stroke else None,
    )  # fmt: skip

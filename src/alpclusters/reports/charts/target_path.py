"""An indicator on its way: baseline, targets as they are expected, values as they came in."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Final

from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.blocks import Column, Table
from alpclusters.reports.charts.line import Line, LineChart, Point
from alpclusters.reports.charts.parts import Axis, Tick, shorten
from alpclusters.reports.dates import format_date
from alpclusters.reports.numbers import format_number

type Dated = tuple[date, float]
_RATIO: Final = 0.3


@dataclass(frozen=True, slots=True)
class TargetPathChart:
    """The expected path of an indicator with its values.

    Attributes
    ----------
    language : str
    expected : sequence of (date, number)
        Baseline first, then the targets.
    values : sequence of (date, number)
        Confirmed values by their dates.
    unit : str
    is_stepped : bool
        Expected to jump at each target instead of rising evenly.
    """

    language: str
    expected: Sequence[Dated]
    values: Sequence[Dated]
    unit: str = ""
    title: str = ""
    is_stepped: bool = False

    @property
    def _chart(self) -> LineChart:
        text = translator(self.language)
        lines = [
            _line(text.gettext("expected"), self.expected, is_stepped=self.is_stepped),
            self._reported(text.gettext("reported")),
        ]
        return LineChart(
            self.language,
            tuple(line for line in lines if line.points),
            text.gettext("Year"),
            self.unit or text.gettext("Value"),
            title=self.title,
            x_axis=self._years(),
            said=self.alt,
        )

    def _reported(self, name: str) -> Line:
        """Draw what came in with its name on the side that the path leaves free."""
        points = [Point(day.toordinal(), value) for day, value in self.values]
        if points:
            last = points[-1]
            grows = self.expected[-1][1] >= self.expected[0][1] if self.expected else True
            # At the end of the path its own name stands above.
            is_below = last.y <= self._path_at(last.x) or self._is_at_end(last)
            points[-1] = replace(
                last,
                label=name,
                side="right" if is_below == grows else "left",
                rise=-0.6 if is_below else 0.6,
            )
        return Line(name, tuple(points), is_dotted=True)

    def _is_at_end(self, point: Point) -> bool:
        """Whether a point lies where the name of the path is written."""
        if len(self.expected) < 2:  # noqa: PLR2004 - a path has two ends
            return False
        (first, low), (last, high) = self.expected[0], self.expected[-1]
        days, height = (last - first).days, abs(high - low)
        is_late = last.toordinal() - point.x < days / 8
        return is_late and abs(high - point.y) <= height / 8

    def _path_at(self, x: float) -> float:
        """Return what the drawn path says on a day; outside of it, its nearest end."""
        corners = [(float(day.toordinal()), value) for day, value in self.expected]
        if not corners or x <= corners[0][0]:
            return corners[0][1] if corners else 0.0
        for (x1, y1), (x2, y2) in pairwise(corners):
            if x < x2:
                return y1 if self.is_stepped else y1 + (y2 - y1) * (x - x1) / (x2 - x1)
        return corners[-1][1]

    def _years(self) -> Axis:
        days = [day for day, _ in (*self.expected, *self.values)]
        first, last = min(days).year, max(days).year + 1
        step = -(-(last - first) // 6)
        ticks = [Tick(date(y, 1, 1).toordinal(), str(y)) for y in range(first, last, step)]
        return Axis(date(first, 1, 1).toordinal(), date(last, 1, 1).toordinal(), tuple(ticks))

    @property
    def alt(self) -> str:
        """First and last point of what is expected, the last value."""
        text = translator(self.language)
        parts = [text.gettext("Path of an indicator.")]
        for word, points in self._series():
            ends = [points[0], points[-1]][: len(points)]
            said = "; ".join(
                f"{format_date(day, self.language)}: {format_number(value, self.language)}"
                for day, value in dict.fromkeys(ends)
            )
            parts.append(f"{word} {said}.")
        return shorten(" ".join([*parts, text.gettext("All values are in the table.")]))

    def _series(self) -> list[tuple[str, Sequence[Dated]]]:
        text = translator(self.language)
        named = [(text.gettext("expected"), self.expected), (text.gettext("reported"), self.values)]
        return [(word, points) for word, points in named if points]

    def table(self) -> Table:
        """One row per point: series, date, value."""
        text = translator(self.language)
        columns = (
            Column(text.gettext("Series")),
            Column(text.gettext("Date"), "date"),
            Column(self.unit or text.gettext("Value"), "number"),
        )
        rows = tuple((word, day, value) for word, points in self._series() for day, value in points)
        return Table(columns, rows, name=self.title)

    def svg_rows(self) -> str:
        """Draw for the screen."""
        return self._chart.svg_rows()

    def standalone_svg(self, width: float) -> str:
        """Draw for a document, flat enough for three on a page."""
        return self._chart.standalone_svg(width, ratio=_RATIO)


def _line(name: str, points: Sequence[Dated], *, is_stepped: bool = False) -> Line:
    drawn = tuple(Point(day.toordinal(), value) for day, value in points)
    return Line(name, drawn, is_stepped=is_stepped)

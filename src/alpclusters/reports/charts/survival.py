"""What lasts: the share over months as steps with its interval, two values named on the line."""

from dataclasses import dataclass, field, replace
from typing import Final

from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.blocks import Column, Interval, Row, Table
from alpclusters.reports.charts.line import Line, LineChart, Point
from alpclusters.reports.charts.parts import Axis, Tick, shorten
from alpclusters.reports.numbers import format_percent

YEAR: Final = 12
# A name above a line that is still near the top needs room above 100 %.
_NEAR_TOP: Final = 0.9
_ROOM_ABOVE: Final = 0.15
_MOST_TICKS: Final = 6


@dataclass(frozen=True, slots=True)
class SurvivalStep:
    """From a month on this share lasts; the interval where there is one."""

    month: float
    share: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class SurvivalRow:
    """One line of the table: the share at a month, and how many were still observed.

    ``earliest`` and ``latest`` are the share if every end had come on the first and on the last
    day that the answers allow.
    """

    month: int
    share: float | None
    low: float | None
    high: float | None
    n_observed: int
    earliest: float | None = None
    latest: float | None = None


@dataclass(frozen=True, slots=True)
class SurvivalChart:
    """A curve from month 0, or ``since``, to the last month with enough under observation.

    ``named`` are at most two months whose value stands on the line, each with its words; the
    last of several hangs below the line, which falls.
    """

    language: str
    steps: tuple[SurvivalStep, ...]
    until: float
    rows: tuple[SurvivalRow, ...]
    x_title: str
    y_title: str
    title: str = ""
    named: tuple[tuple[float, str], ...] = field(default=())
    # Before it too few were under observation (links that were entered late).
    since: float = 0.0

    @property
    def alt(self) -> str:
        """Kind, axes, and the values of the table."""
        text = translator(self.language)
        said = text.gettext("Curve in steps, %(y)s by %(x)s.") % {
            "y": self.y_title,
            "x": self.x_title,
        }
        known = [row for row in self.rows if row.share is not None]
        values = [
            f"{row.month}: {format_percent(row.share or 0.0, self.language)}." for row in known[:4]
        ]
        return shorten(" ".join([said, *values, text.gettext("All values are in the table.")]))

    def table(self) -> Table:
        """Months, share, interval, the range of the days, and how many were observed."""
        text = translator(self.language)
        columns = (
            Column(text.gettext("Months"), "code"),
            Column(self.y_title, "percent", decimals=0),
            Column(text.gettext("90% interval"), "percent", decimals=0),
            Column(text.gettext("If all ends came early or late"), "percent", decimals=0),
            Column(text.gettext("still observed"), "number", decimals=0),
        )
        return Table(columns, tuple(_cells(row) for row in self.rows), name=self.title)

    def svg_rows(self) -> str:
        """Draw for the screen."""
        return self._drawn().svg_rows()

    def standalone_svg(self, width: float) -> str:
        """Draw for a document."""
        return self._drawn().standalone_svg(width)

    def _drawn(self) -> LineChart:
        ticks = tuple(Tick(share, format_percent(share, self.language)) for share in (0, 0.5, 1))
        return LineChart(
            language=self.language,
            lines=(Line(self.y_title, self._points(), is_stepped=True),),
            x_title=self.x_title,
            y_title=self.y_title,
            title=self.title,
            x_axis=_months(self.until),
            y_axis=Axis(0, 1 + (_ROOM_ABOVE if self._is_named_near_top() else 0), ticks),
            y_kind="percent",
            decimals=0,
            said=self.alt,
        )

    def _is_named_near_top(self) -> bool:
        return any(p.label and not p.is_below and p.y > _NEAR_TOP for p in self._points())

    def _points(self) -> tuple[Point, ...]:
        """Begin with everything, end where the observation does; named months lie between."""
        whole = [SurvivalStep(0, 1, 1, 1), *(s for s in self.steps if s.month <= self.until)]
        begin = replace(whole[sum(s.month <= self.since for s in whole) - 1], month=self.since)
        steps = [begin, *(s for s in whole if s.month > self.since)]
        points = {step.month: Point(step.month, step.share, step.low, step.high) for step in steps}
        named = {month for month, _ in self.named if self.since <= month <= self.until}
        months = {self.until, *named}
        for month in months - points.keys():
            before = max((s for s in steps if s.month <= month), key=lambda s: s.month)
            points[month] = Point(month, before.share, before.low, before.high)
        for place, (month, words) in enumerate(self.named):
            if month in points:
                p = points[month]
                points[month] = Point(p.x, p.y, p.low, p.high, words, is_below=place > 0)
        return tuple(points[month] for month in sorted(points))


def _cells(row: SurvivalRow) -> Row:
    has_interval = row.low is not None and row.high is not None
    has_range = row.earliest is not None and row.latest is not None
    return (
        str(row.month),
        row.share,
        Interval(row.low or 0.0, row.high or 0.0) if has_interval else None,
        Interval(row.earliest or 0.0, row.latest or 0.0) if has_range else None,
        row.n_observed,
    )


def _months(until: float) -> Axis:
    years = max(1, -(-int(until) // YEAR) if until == int(until) else int(until // YEAR) + 1)
    every = -(-years // _MOST_TICKS)
    ticks = tuple(Tick(k * YEAR, str(k * YEAR)) for k in range(0, years + 1, every))
    return Axis(0, years * YEAR, ticks)

"""The figures of an evaluation: dots with intervals, and how people answered."""

from typing import Final

from alpclusters.analysis.consensus import Description
from alpclusters.analysis.scales import Scale
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.blocks import Figure
from alpclusters.reports.charts.distribution import DistributionChart, DistributionRow
from alpclusters.reports.charts.dots import DotChart, DotRow, Tier
from alpclusters.reports.charts.scales import Axis, Tick, criterion_axis
from alpclusters.reports.evaluation_subject import EvaluationSubject, Rated, short
from alpclusters.reports.numbers import format_number

CHART_NAME: Final = 62
MAX_ROWS: Final = 26
SHADED_POINTS: Final = 5  # shades the distribution of ratings has


def vote_distribution_figure(items: list[Rated], language: str, *, caption: str) -> Figure:
    """Show how many disagree, pass and agree."""
    text = translator(language)
    chart = DistributionChart(
        language=language,
        rows=tuple(DistributionRow(_numbered_name(item), item.summary.counts) for item in items),
        answers=(text.gettext("disagree"), text.gettext("pass"), text.gettext("agree")),
        label_title=text.gettext("Statement"),
        title=text.gettext("Answers"),
        kind="opinion",
    )
    note = text.gettext("Counts of people; n: people who answered, passes included.")
    return Figure(chart, caption, note)


def mean_figure(
    items: list[Rated],
    description: Description,
    language: str,
    *,
    caption: str,
    answers: tuple[str, ...] = (),
    scale: Scale | None = None,
) -> Figure:
    """Show the mean rating of each item, with its interval."""
    text = translator(language)
    chart = DotChart(
        language=language,
        tiers=(Tier(tuple(_mean_row(item) for item in items)),),
        axis=scale_axis(description, language, answers, scale),
        label_title=text.gettext("Measure"),
        title=text.gettext("Mean rating"),
    )
    note = text.gettext(
        "Point: mean of the ratings. Bar: 90% interval of the mean (Student’s t, kept on the "
        "scale); none where all ratings are equal. n: people who rated; “cannot judge” is not "
        "in n. Measures whose bars overlap should not be told apart."
    )
    return Figure(chart, caption, note)


def rating_distribution_figure(
    items: list[Rated], subject: EvaluationSubject, criterion: str, language: str, *, caption: str
) -> Figure:
    """Show how many chose each step of the scale; of a file without one it has five."""
    text = translator(language)
    lowest, highest = text.gettext("lowest"), text.gettext("highest")
    rows = (
        DistributionRow(_chart_name(item), item.summary.counts, item.summary.cannot_judge)
        for item in items
    )
    chart = DistributionChart(
        language=language,
        rows=tuple(rows),
        answers=subject.answers.get(criterion) or (lowest, "", "", "", highest),
        first=_first(subject.scales.get(criterion)),
        label_title=text.gettext("Measure"),
        title=text.gettext("Answers"),
    )
    note = text.gettext(
        "Counts of people in the order of the measures above; “cannot judge” stands apart and "
        "has its own scale."
    )
    return Figure(chart, caption, note)


def _first(scale: Scale | None) -> int | None:
    if scale is None:
        return 1
    return scale.ends[0] if scale.is_numbered else None


def _mean_row(item: Rated) -> DotRow:
    summary = item.summary
    ends = summary.mean_interval
    return DotRow(
        label=_chart_name(item),
        value=summary.mean,
        low=ends.low if ends else None,
        high=ends.high if ends else None,
        n=summary.n,
        cannot_judge=summary.cannot_judge_share,
    )


def scale_axis(
    description: Description, language: str, answers: tuple[str, ...], scale: Scale | None = None
) -> Axis:
    """Return the axis of ratings with the words of its points; a file may name no scale."""
    if scale is not None:
        return criterion_axis(scale, answers, language)
    points = description.conventions.scale
    words = answers if len(answers) == len(points) else ("",) * len(points)
    ticks = tuple(
        Tick(point, format_number(point, language), word)
        for point, word in zip(points, words, strict=True)
    )
    return Axis(points[0], points[-1], ticks)


def _chart_name(item: Rated) -> str:
    return short(item.name, CHART_NAME)


def _numbered_name(item: Rated) -> str:
    """Return number and words, so that a cut statement is found in the table."""
    return item.name if item.name == str(item.id) else f"{item.id} · {_chart_name(item)}"

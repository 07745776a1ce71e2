"""The top three: points with their weights and n, beside the rating and never mixed into it."""

from alpclusters.platform.evaluation.domain.science import TopLine, TopThreeResult
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.blocks import Block, Column, Figure, Heading, Paragraph, Table
from alpclusters.reports.charts.bars import Bar, BarChart
from alpclusters.reports.evaluation_findings import short
from alpclusters.reports.evaluation_subject import EvaluationSubject
from alpclusters.reports.numbers import format_integer

CHART_NAME = 62


def top_three_section(
    found: TopThreeResult | None, subject: EvaluationSubject, language: str
) -> list[Block]:
    """Return chart and table of the points; empty where nobody was asked."""
    if found is None:
        return []
    text = translator(language)
    heading = Heading(text.gettext("Top three"))
    if not found.lines:
        return [heading, Paragraph(top_three_withheld(language), "note")]
    return [heading, top_three_figure(found, subject, language), _table(found, subject, language)]


def top_three_withheld(language: str) -> str:
    """Say why nothing is shown."""
    return translator(language).gettext(
        "Fewer than five people chose, or all of fewer than ten chose alike; nothing is shown."
    )


def top_three_title(found: TopThreeResult, subject: EvaluationSubject, language: str) -> str:
    """Name what has most points, or how many share the first place."""
    text, most = translator(language), found.lines[0].points
    first = [line for line in found.lines if line.points == most]
    if len(first) > 1:
        sentence = text.ngettext(
            "%(n)s measure has most points",
            "%(n)s measures have most points alike",
            len(first),
        )
        return sentence % {"n": format_integer(len(first), language)}
    name = text.gettext("“%(words)s”") % {"words": short(subject.item(first[0].measure))}
    return text.gettext("%(name)s has most points") % {"name": name}


def top_three_figure(found: TopThreeResult, subject: EvaluationSubject, language: str) -> Figure:
    """Show the points of each measure, and behind them the people who chose it."""
    text = translator(language)
    chart = BarChart(
        language,
        tuple(
            Bar(
                short(subject.item(line.measure), CHART_NAME),
                line.points,
                f"({_people(line.n, language)})",
            )
            for line in found.lines
        ),
        label_title=text.gettext("Measure"),
        value_title=text.gettext("Points"),
        title=text.gettext("Top three"),
    )
    title = top_three_title(found, subject, language)
    return Figure(chart, title, top_three_note(found, language))


def top_three_note(found: TopThreeResult, language: str) -> str:
    """State weights and n, and that the rating does not know of it."""
    people = found.n_people or 0
    sentence = translator(language).ngettext(
        "%(n)s person chose up to three measures; points of the places: %(points)s.",
        "%(n)s people chose up to three measures; points of the places: %(points)s.",
        people,
    )
    apart = translator(language).gettext(
        "The choice stands beside the rating: it enters no estimate and no tier."
    )
    words = {
        "n": format_integer(people, language),
        "points": ", ".join(format_integer(points, language) for points in found.points),
    }
    return f"{sentence % words} {apart}"


def _people(n: int, language: str) -> str:
    words = translator(language).ngettext("%(n)s person", "%(n)s people", n)
    return words % {"n": format_integer(n, language)}


def _table(found: TopThreeResult, subject: EvaluationSubject, language: str) -> Table:
    text = translator(language)
    places = (
        Column(text.gettext("Place %(n)s") % {"n": place}, "number", decimals=0)
        for place in range(1, len(found.points) + 1)
    )
    columns = (
        Column(text.gettext("Measure")),
        Column(text.gettext("Points"), "number", decimals=0, strong=True),
        *places,
        Column(text.gettext("People"), "number", decimals=0),
    )
    rows = tuple(_row(line, subject) for line in found.lines)
    return Table(columns, rows, text.gettext("Top three: points and places"))


def _row(line: TopLine, subject: EvaluationSubject) -> tuple[str | int, ...]:
    return (subject.item(line.measure), line.points, *line.places, line.n)

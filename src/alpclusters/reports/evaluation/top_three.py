"""The top three: points with their weights and n, beside the rating and never mixed into it."""

from alpclusters.platform.evaluation.domain.science import TopThreeResult
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.blocks import WITHHELD, Block, Bullets, Figure, Heading, Paragraph, Row
from alpclusters.reports.charts.bars import Bar, BarChart
from alpclusters.reports.claims.ratings import most_points
from alpclusters.reports.evaluation_subject import EvaluationSubject, short
from alpclusters.reports.numbers import format_integer

CHART_NAME = 62


def top_three_section(
    found: TopThreeResult | None, subject: EvaluationSubject, language: str
) -> list[Block]:
    """Return the chart of the points, or their order; empty where nobody was asked."""
    if found is None:
        return []
    text = translator(language)
    heading = Heading(text.gettext("Top three"))
    if found.first:
        order = Bullets(tuple(top_three_order(found, subject)), ordered=True)
        note = Paragraph(top_three_order_note(found, language), "note")
        return [heading, order, note]
    if not found.lines:
        return [heading, Paragraph(top_three_withheld(language), "note")]
    return [heading, top_three_figure(found, subject, language)]


def top_three_withheld(language: str) -> str:
    """Say why nothing is shown."""
    return translator(language).gettext(
        "Fewer than five people chose, or all of fewer than ten chose alike; nothing is shown."
    )


def top_three_order(found: TopThreeResult, subject: EvaluationSubject) -> list[str]:
    """Name the first three measures in their order."""
    return [subject.item(measure) for measure in found.first]


def top_three_order_note(found: TopThreeResult, language: str) -> str:
    """State n, and why there are no points."""
    why = translator(language).gettext(
        "Only the order of the first three is shown: fewer than ten people chose, or nearly all "
        "chose alike."
    )
    return f"{top_three_note(found, language)} {why}"


def top_three_figure(found: TopThreeResult, subject: EvaluationSubject, language: str) -> Figure:
    """Show the points of each measure."""
    text = translator(language)
    chart = BarChart(
        language,
        tuple(
            Bar(
                short(subject.item(line.measure), CHART_NAME),
                line.points,
            )
            for line in found.lines
        ),
        label_title=text.gettext("Measure"),
        value_title=text.gettext("Points"),
        title=text.gettext("Top three"),
    )
    title = most_points(found, subject, language).text
    return Figure(chart, title, top_three_note(found, language))


def top_three_note(found: TopThreeResult, language: str) -> str:
    """State weights and n, what is withheld, and that the rating does not know of it."""
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
    parts = [sentence % words, apart]
    if any(line.points is None for line in found.lines):
        parts.append(top_three_few(language))
    return " ".join(parts)


def top_three_few(language: str) -> str:
    """Say what a measure without points means."""
    return translator(language).gettext(
        "Withheld is what fewer than five people chose, and what would give them away."
    )


def top_three_rows(found: TopThreeResult, subject: EvaluationSubject) -> tuple[Row, ...]:
    """Return measures with their points; what is withheld says so."""
    return tuple(
        (subject.item(line.measure), WITHHELD if line.points is None else line.points)
        for line in found.lines
    )

"""The figures of an evaluation: dots with intervals, and how people answered."""

from collections.abc import Mapping
from typing import Final

from alpclusters.analysis.consensus import Description
from alpclusters.analysis.scales import Scale
from alpclusters.platform.evaluation.domain.science import Arrivals, SourceLine
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.blocks import (
    WITHHELD,
    Block,
    Cell,
    Column,
    Figure,
    Heading,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Table,
)
from alpclusters.reports.charts.distribution import DistributionChart, DistributionRow
from alpclusters.reports.charts.dots import DotChart, DotRow, Tier
from alpclusters.reports.charts.parts import Axis, Tick, criterion_axis
from alpclusters.reports.evaluation_subject import (
    EvaluationSubject,
    Rated,
    cannot_judge_in,
    cannot_judge_words,
    is_vote,
    listed_items,
    rated_items,
    short,
)
from alpclusters.reports.numbers import format_integer, format_number, format_percent

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


# --- The figures at the head of an evaluation: people, items, answers, what is missing ------------


def key_figures(
    by_criterion: Mapping[str, Description],
    subject: EvaluationSubject,
    language: str,
    *,
    n_people: int | None = None,
) -> KeyFigures:
    """Return how much an evaluation rests on, over all criteria; people, items, answers, missing.

    ``n_people`` counts those who rated on any criterion, where that is known.
    """
    text = translator(language)
    descriptions = list(by_criterion.values())
    first = descriptions[0]
    standing = sum(description.standing for description in descriptions)
    cast = sum(description.cast for description in descriptions)
    listed = listed_items(first, subject)
    n_all = len(first.measures)
    of_all = _of_all(n_all, subject, language)
    people = n_people or max(description.n_raters for description in descriptions)
    word = _items_word(subject, len(listed), language)
    return KeyFigures(
        (
            KeyFigure(_count(people, language), text.ngettext("person", "people", people)),
            KeyFigure(_count(len(listed), language), word, of_all if len(listed) < n_all else ""),
            KeyFigure(
                _count(standing, language),
                text.gettext("answers that stand"),
                text.gettext("%(n)s given, the latest counts") % {"n": _count(cast, language)},
            ),
            _missing_figure(descriptions, subject, language),
        )
    )


def _of_all(n_all: int, subject: EvaluationSubject, language: str) -> str:
    """Say why items are in no result."""
    text = translator(language)
    n_person = len(subject.person)
    words = {
        "n": _count(n_all, language),
        "person": _count(n_person, language),
        "rejected": _count(len(subject.hidden) - n_person, language),
    }
    if not n_person:
        return text.gettext("of %(n)s; the others were rejected") % words
    if len(subject.hidden) == n_person:
        return text.gettext("of %(n)s; the others are about the person") % words
    return text.gettext("of %(n)s; rejected: %(rejected)s, about the person: %(person)s") % words


def _missing_figure(
    descriptions: list[Description], subject: EvaluationSubject, language: str
) -> KeyFigure:
    """Return passes of a vote, "cannot judge" of ratings."""
    text = translator(language)
    items = [item for found in descriptions for item in rated_items(found, subject)]
    n = sum(item.summary.n for item in items)
    if is_vote(descriptions[0]):
        passed = sum(item.summary.counts[1] for item in items)
        return KeyFigure(_key_figures_share(passed, n, language), text.gettext("passes"))
    share, base = cannot_judge_words(cannot_judge_in(descriptions), language)
    return KeyFigure(share, text.gettext("Cannot judge"), base)


def _items_word(subject: EvaluationSubject, n: int, language: str) -> str:
    text = translator(language)
    if subject.item_word == "statement":
        return text.ngettext("statement", "statements", n)
    return text.ngettext("measure", "measures", n)


def _count(n: int, language: str) -> str:
    return format_integer(n, language)


def _key_figures_share(part: int, whole: int, language: str) -> str:
    return format_percent(part / whole, language) if whole else "–"


# --- How the answers came in: told wherever not all came from phones, in time, uninformed ---------


def arrivals_section(arrivals: Arrivals | None, language: str) -> list[Block]:
    """Return counts by source and what was late or informed; empty for plain phone ratings."""
    if arrivals is None or arrivals.is_plain:
        return []
    # Where every number is withheld a table would say nothing.
    is_told = any(line.n_people is not None for line in arrivals.sources)
    return [
        Heading(translator(language).gettext("How the answers came in")),
        *([arrivals_table(arrivals, language)] if is_told else []),
        Paragraph(" ".join(arrival_sentences(arrivals, language)), "note"),
    ]


def arrivals_table(arrivals: Arrivals, language: str) -> Table:
    """Count people and answers by source."""
    text = translator(language)
    columns = (
        Column(text.gettext("Source")),
        Column(text.gettext("People"), "number", decimals=0),
        Column(text.gettext("Answers"), "number", decimals=0),
        Column(text.gettext("Share of the answers"), "percent", decimals=0),
    )
    rows = tuple(
        (_word(line, language), *_numbers(line, arrivals.n_answers)) for line in arrivals.sources
    )
    return Table(columns, rows, text.gettext("Answers that stand, by source"))


def arrival_sentences(arrivals: Arrivals, language: str) -> list[str]:
    """Say how many answers were late or informed, and that no figure is split by source."""
    text = translator(language)
    told = {
        "n_late": text.gettext(
            "Given after the input was stopped: %(k)s of %(n)s answers (%(share)s)."
        ),
        "n_informed": text.gettext(
            "Given after first results were shown: %(k)s of %(n)s answers (%(share)s)."
        ),
    }
    few = {
        "n_late": text.gettext(
            "Few answers, or nearly all, were given after the input was stopped; how many is "
            "withheld."
        ),
        "n_informed": text.gettext(
            "Few answers, or nearly all, were given after first results were shown; how many is "
            "withheld."
        ),
    }
    sentences = [
        few[name] if k is None else sentence % _arrivals_share(k, arrivals.n_answers, language)
        for name, sentence in told.items()
        for k in [getattr(arrivals, name)]
        if k != 0
    ]
    return [*sentences, text.gettext("All count alike; no figure is split by source.")]


def _numbers(line: SourceLine, n: int) -> tuple[Cell, ...]:
    if line.n_people is None or line.n_answers is None:
        return WITHHELD, WITHHELD, WITHHELD
    return line.n_people, line.n_answers, line.n_answers / n


def _word(line: SourceLine, language: str) -> str:
    text = translator(language)
    words = {
        "phone": text.gettext("phone"),
        "proxy": text.gettext("entered for somebody present"),
        "paper": text.gettext("paper"),
    }
    return words[line.source]


def _arrivals_share(k: int, n: int, language: str) -> dict[str, str]:
    return {
        "k": format_integer(k, language),
        "n": format_integer(n, language),
        "share": format_percent(k / n, language),
    }

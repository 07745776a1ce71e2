"""The findings behind a plan: as chart, as tables with their certainty."""

from collections.abc import Sequence
from typing import Final, Literal, cast

from alpclusters.platform.evaluation.domain.records import word
from alpclusters.platform.languages.catalogues import translator
from alpclusters.platform.policy.domain.records import EvidenceLine
from alpclusters.platform.policy.models import Finding
from alpclusters.reports.blocks import (
    Block,
    Cell,
    Certainty,
    Column,
    Figure,
    Heading,
    Inline,
    Interval,
    Paragraph,
    Row,
    Run,
    Table,
)
from alpclusters.reports.charts.dots import DotChart, DotRow, Tier
from alpclusters.reports.charts.parts import criterion_axis
from alpclusters.reports.claims.subjects import figures
from alpclusters.reports.numbers import format_figure, format_figures
from alpclusters.reports.plan.words import choice_word

_MOST_ROWS: Final = 26


def findings_blocks(evidence: Sequence[EvidenceLine], language: str) -> list[Block]:
    """Return the chapter: ratings with n and interval, then what other sources say."""
    text = translator(language)
    blocks: list[Block] = [
        Heading(text.gettext("Findings"), level=1),
        Paragraph(
            text.gettext(
                "A finding says what one source shows, and how sure that is. Ratings carry n and "
                "an interval; lessons carry a certainty from A to D."
            )
        ),
    ]
    figure = evidence_figure(evidence, language)
    ratings = [line for line in evidence if line.kind == Finding.Kind.RATING]
    if figure is not None:
        blocks.append(figure)
    if ratings:
        blocks.append(evidence_table(ratings, language, caption=text.gettext("Ratings")))
    others = statement_table(evidence, language, caption=text.gettext("Other findings"))
    if others is not None:
        blocks.append(others)
    if not evidence:
        blocks.append(Paragraph(text.gettext("No finding is behind this plan yet.")))
    return blocks


def evidence_figure(
    evidence: Sequence[EvidenceLine], language: str, *, most: int = _MOST_ROWS
) -> Figure | None:
    """Show the estimates of one criterion, the one most findings are about."""
    lines = sorted(_of_first_criterion(evidence), key=lambda line: -(line.estimate or 0))[:most]
    if not lines:
        return None
    text = translator(language)
    scale = lines[0].scale
    if scale is None:
        return None
    axis = criterion_axis(scale, (), language)
    ends = (format_figure(end, scale, language, 0) for end in scale.ends)
    rows = tuple(_dot(line, language) for line in lines)
    chart = DotChart(language, (Tier(rows),), axis, label_title=text.gettext("Measure"), decimals=1)
    # These are the measures of the plan, not all that were rated: nothing here leads.
    caption = text.ngettext(
        "%(aspect)s: the measure of this plan, as it was rated",
        "%(aspect)s: the measures of this plan, as they were rated",
        len(lines),
    ) % {"aspect": word(lines[0].criterion, language)}
    note = text.gettext(
        "Scale from %(low)s to %(high)s. Point: estimate, bar: 90%% interval. n: people who rated; "
        "“cannot judge” is not in n. Which measures the ratings tell apart, over all that were "
        "rated, stands in the evaluation of each AlpCafé. All findings: annex A."
    ) % dict(zip(("low", "high"), ends, strict=True))
    return Figure(chart, caption, note)


def evidence_table(evidence: Sequence[EvidenceLine], language: str, *, caption: str = "") -> Table:
    """List ratings with measure, criterion, estimate, interval, n and "cannot judge"."""
    text = translator(language)
    columns = (
        Column(text.gettext("No."), "code"),
        Column(text.gettext("Measure")),
        Column(text.gettext("Criterion")),
        Column(text.gettext("Estimate"), "number", decimals=1, strong=True),
        Column(text.gettext("90% interval"), "number", decimals=1),
        Column("n", "number", decimals=0),
        Column(text.gettext("Cannot judge"), "percent", decimals=0),
    )
    rows = tuple(_row(line, language) for line in evidence if line.kind == Finding.Kind.RATING)
    outdated = [line.code for line in evidence if line.is_outdated and not line.is_superseded]
    said = text.gettext(
        "From an earlier evaluation of their AlpCafé; a newer one is public: %(codes)s."
    )
    note = said % {"codes": ", ".join(outdated)} if outdated else ""
    return Table(columns, rows, caption, note, row_head=1, name=text.gettext("Findings"))


def statement_table(
    evidence: Sequence[EvidenceLine], language: str, *, caption: str = ""
) -> Table | None:
    """List findings that are no ratings with kind, direction and certainty; None without any."""
    others = [line for line in evidence if line.kind != Finding.Kind.RATING]
    if not others:
        return None
    text = translator(language)
    columns = (
        Column(text.gettext("No."), "code"),
        Column(text.gettext("Finding")),
        Column(text.gettext("Source")),
        Column(text.gettext("Direction")),
        Column(text.gettext("Certainty")),
    )
    rows = tuple(_statement_row(line, language) for line in others)
    return Table(columns, rows, caption, row_head=1, name=text.gettext("Other findings"))


def certainty_words(letter: str, language: str) -> str:
    """Return what a certainty means."""
    text = translator(language)
    return {
        "A": text.gettext("well supported"),
        "B": text.gettext("supported"),
        "C": text.gettext("indications"),
        "D": text.gettext("single case or disputed"),
    }.get(letter, "")


def finding_words(line: EvidenceLine, language: str) -> str:
    """Return what a finding says, or what it is about where it is a rating."""
    if line.kind == Finding.Kind.RATING:
        return f"{word(line.measure, language)}: {word(line.criterion, language)}"
    said = word(line.statement or {}, language)
    return said or word(line.source or {}, language)


def finding_line(line: EvidenceLine, language: str) -> tuple[Inline, ...]:
    """Return a finding on one line: what it says, with n and interval or with its certainty."""
    said = Run(f"{line.code} {finding_words(line, language)}")
    rated = figures(line, language)
    if rated is not None:
        return (said, Run(f" ({rated.text})"))
    known = certainty_words(line.certainty, language)
    letter = cast('Literal["A", "B", "C", "D"]', line.certainty)
    return (said, Run("\u00a0\u00a0"), Certainty(letter, known)) if known else (said,)


def _statement_row(line: EvidenceLine, language: str) -> Row:
    kind = choice_word(Finding.Kind, line.kind, language)
    source = word(line.source, language) if line.source else ""
    letter = cast('Literal["A", "B", "C", "D"]', line.certainty)
    known = certainty_words(line.certainty, language)
    return (
        line.code,
        finding_words(line, language),
        f"{kind}: {source}" if source and source != finding_words(line, language) else kind,
        choice_word(Finding.Direction, line.direction, language),
        (Certainty(letter, known),) if known else None,
    )


def _of_first_criterion(evidence: Sequence[EvidenceLine]) -> list[EvidenceLine]:
    """Keep the criterion of the first finding; the latest snapshot of each measure counts."""
    shown = [line for line in evidence if line.estimate is not None and line.measure_key]
    if not shown:
        return []
    criterion = shown[0].criterion
    return list({e.measure_key: e for e in shown if e.criterion == criterion}.values())


def _dot(line: EvidenceLine, language: str) -> DotRow:
    return DotRow(
        label=word(line.measure, language),
        value=line.estimate,
        low=line.low,
        high=line.high,
        n=line.n or 0,
        cannot_judge=line.cannot_judge_share,
    )


def _row(line: EvidenceLine, language: str) -> Row:
    known = line.low is not None and line.high is not None
    estimate: Cell = line.estimate
    interval: Cell = Interval(line.low or 0.0, line.high or 0.0) if known else None
    if line.scale is not None and line.scale.is_share:  # in a column with other scales
        estimate = format_figure(line.estimate, line.scale, language) if line.estimate else estimate
        interval = (
            format_figures(line.low or 0.0, line.high or 0.0, line.scale, language)
            if known
            else None
        )
    return (
        line.code,
        word(line.measure, language),
        word(line.criterion, language),
        estimate,
        interval,
        line.n,
        line.cannot_judge_share,
    )

"""The tables of an evaluation: every item with n, "cannot judge", interval; groups apart."""

from collections.abc import Mapping, Sequence
from typing import Final, Literal

from alpclusters.analysis.consensus import Description, GroupCell, MeasureDescription
from alpclusters.analysis.consensus.ratings import Id
from alpclusters.analysis.scales import Scale
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.blocks import (
    WITHHELD,
    Block,
    Cell,
    Column,
    Counted,
    Heading,
    Interval,
    Row,
    Table,
)
from alpclusters.reports.evaluation.results import EvaluationResults
from alpclusters.reports.evaluation_subject import (
    EvaluationSubject,
    in_order,
    is_vote,
    named,
    rated_items,
)

MAX_GROUP_COLUMNS: Final = 6
SHADES: Final = 6


def vote_table(
    items: Sequence[MeasureDescription],
    subject: EvaluationSubject,
    language: str,
    *,
    caption: str,
    name: str = "",
) -> Table:
    """List statements with all shares, interval, n and consensus."""
    text = translator(language)
    columns = (
        Column(text.gettext("No."), "code"),
        Column(text.gettext("Statement")),
        Column(text.gettext("Agree"), "percent", decimals=0, strong=True),
        Column(text.gettext("90% interval"), "percent", decimals=0),
        Column(text.gettext("Pass"), "percent", decimals=0),
        Column(text.gettext("Disagree"), "percent", decimals=0),
        Column("n", "number", decimals=0),
        Column(text.gettext("Consensus"), "number", decimals=2),
    )
    rows = tuple(_vote_row(item, subject) for item in items)
    return Table(columns, rows, caption, _consensus_note(language), row_head=1, name=name)


def rating_table(
    items: Sequence[MeasureDescription],
    description: Description,
    subject: EvaluationSubject,
    language: str,
    *,
    caption: str,
    name: str = "",
    scale: Scale | None = None,
) -> Table:
    """List items with n, "cannot judge", middle, spread, interval and consensus."""
    text = translator(language)
    is_share = _is_share(scale)
    kind: Literal["number", "percent"] = "percent" if is_share else "number"
    places = 0 if is_share else 2
    columns = [
        Column(_item_title(subject, language)),
        Column(text.gettext("Mean"), kind, decimals=places, strong=True),
        Column(text.gettext("90% interval"), kind, decimals=places),
        Column(text.gettext("Median"), "number", decimals=1),
        Column(text.gettext("Quartiles"), "number", decimals=1),
        Column(text.gettext("Consensus"), "number", decimals=2),
        Column("n", "number", decimals=0),
        Column(text.gettext("Cannot judge"), "percent", decimals=0),
    ]
    threshold = description.conventions.threshold("agree_from")
    if threshold is not None:
        columns.insert(6, Column(f"≥ {threshold:g}", "percent", decimals=0))
    rows = tuple(_rating_row(item, subject, has_threshold=threshold is not None) for item in items)
    note = _consensus_note(language)
    return Table(tuple(columns), rows, caption, note, name=name)


def count_table(
    items: Sequence[MeasureDescription],
    description: Description,
    subject: EvaluationSubject,
    language: str,
    *,
    caption: str,
) -> Table:
    """List counts per point for scales the distribution chart has no shades for."""
    text = translator(language)
    points = description.conventions.scale
    columns = [
        Column(_item_title(subject, language)),
        *(Column(f"{point:g}", "number", decimals=0) for point in points),
        Column(text.gettext("Cannot judge"), "number", decimals=0),
        Column("n", "number", decimals=0, strong=True),
    ]
    rows = tuple(_count_row(item, subject, n_points=len(points)) for item in items)
    return Table(tuple(columns), rows, caption)


def group_tables(
    items: Sequence[MeasureDescription],
    description: Description,
    subject: EvaluationSubject,
    language: str,
    *,
    split: str,
    caption: str,
    scale: Scale | None = None,
) -> list[Table]:
    """Show one figure per item and group; withheld cells look alike for both reasons.

    A table of shares (votes, yes and no) holds per cent.
    """
    groups = description.groups[split]
    found = []
    for start in range(0, len(groups), MAX_GROUP_COLUMNS):
        part = slice(start, start + MAX_GROUP_COLUMNS)
        columns = (
            Column(_item_title(subject, language)),
            *(
                Column(
                    _group_name(subject, split, group, language),
                    "number",
                    decimals=_places(description, scale),
                )
                for group in groups[part]
            ),
        )
        rows = tuple(
            (
                subject.item(item.measure),
                *(_group_cell(cell, description, scale) for cell in item.splits[split][part]),
            )
            for item in items
        )
        note = _group_note(description, scale, language)
        found.append(Table(columns, rows, caption, note))
    return found


def _vote_row(item: MeasureDescription, subject: EvaluationSubject) -> Row:
    head: tuple[Cell, ...] = (str(item.measure), subject.item(item.measure))
    summary = item.summary
    if summary is None:
        return (*head, *([WITHHELD] * 6))
    if not summary.n:
        return (*head, None, None, None, None, 0, None)
    disagree, passed, _ = summary.counts
    ends = summary.agree_interval
    return (
        *head,
        summary.agree_share,
        Interval(ends.low, ends.high) if ends else None,
        passed / summary.n,
        disagree / summary.n,
        summary.n,
        summary.consensus,
    )


def _rating_row(
    item: MeasureDescription, subject: EvaluationSubject, *, has_threshold: bool
) -> Row:
    name, summary = subject.item(item.measure), item.summary
    extra = 1 if has_threshold else 0
    if summary is None:
        return (name, *([WITHHELD] * (7 + extra)))
    ends = summary.mean_interval
    quartiles = (
        Interval(summary.lower_quartile, summary.upper_quartile)
        if summary.lower_quartile is not None and summary.upper_quartile is not None
        else None
    )
    return (
        name,
        summary.mean,
        Interval(ends.low, ends.high) if ends else None,
        summary.median,
        quartiles,
        summary.consensus,
        *([summary.agree_share] if has_threshold else []),
        summary.n,
        summary.cannot_judge_share,
    )


def _count_row(item: MeasureDescription, subject: EvaluationSubject, *, n_points: int) -> Row:
    name, summary = subject.item(item.measure), item.summary
    if summary is None:
        return (name, *([WITHHELD] * (n_points + 2)))
    return (name, *summary.counts, summary.cannot_judge, summary.n)


def _group_cell(cell: GroupCell, description: Description, scale: Scale | None) -> Cell:
    if cell.state == "withheld":
        return WITHHELD
    if cell.summary is None or not cell.summary.n:
        return None
    if is_vote(description):
        share = cell.summary.agree_share or 0.0
        return Counted(100 * share, cell.summary.n, _shade(share))
    low, *_, high = description.conventions.scale
    mean = cell.summary.mean or 0.0
    figure = 100 * mean if _is_share(scale) else mean
    return Counted(figure, cell.summary.n, _shade((mean - low) / (high - low) if high > low else 0))


def _shade(share: float) -> int:
    return min(SHADES, 1 + int(share * SHADES))


def _places(description: Description, scale: Scale | None) -> int:
    """Return the decimals of a group: its people are linked with their answers, so one at most."""
    return 0 if is_vote(description) or _is_share(scale) else 1


def _is_share(scale: Scale | None) -> bool:
    return scale is not None and scale.is_share


def _item_title(subject: EvaluationSubject, language: str) -> str:
    text = translator(language)
    is_statement = subject.item_word == "statement"
    return text.gettext("Statement") if is_statement else text.gettext("Measure")


def _group_name(subject: EvaluationSubject, split: str, group: Id | None, language: str) -> str:
    named = subject.group_names.get((split, group))
    if named:
        return named
    return translator(language).gettext("not stated") if group is None else str(group)


def _consensus_note(language: str) -> str:
    return translator(language).gettext(
        "Consensus: index of Tastle and Wierman, 0 = half at each end of the scale, 1 = all alike."
    )


def _group_note(description: Description, scale: Scale | None, language: str) -> str:
    text = translator(language)
    if is_vote(description):
        return text.gettext("Share that agrees in per cent, and n of the group.")
    if _is_share(scale):
        return text.gettext("Share of yes in per cent, and n of the group. Empty: no ratings.")
    return text.gettext("Mean rating and n of the group. Empty: no ratings.")


# --- Figures by group -----------------------------------------------------------------------------


MAX_ROWS: Final = 12
MAX_SPLITS: Final = 1


def split_section(
    by_criterion: Mapping[str, Description],
    subject: EvaluationSubject,
    language: str,
    results: EvaluationResults | None = None,
) -> list[Block]:
    """Return the table by group of the first criterion and split; empty without groups.

    The data have all items, criteria and splits.
    """
    criterion, description = next(iter(by_criterion.items()))
    found = results.by_criterion.get(criterion) if results else None
    tables = _split_tables(
        description, subject, criterion, language, order=found.order if found else ()
    )
    return [Heading(translator(language).gettext("By group")), *tables] if tables else []


def _split_tables(
    description: Description,
    subject: EvaluationSubject,
    criterion: str,
    language: str,
    *,
    order: Sequence[Id],
) -> list[Table]:
    text = translator(language)
    items = rated_items(description, subject)
    ordered = in_order(items, order, is_vote=is_vote(description))
    name = subject.criterion_names.get(criterion, criterion)
    scale = subject.scales.get(criterion)
    if is_vote(description):
        pattern = text.gettext("Share that agrees, by: %(split)s")
    elif scale is not None and scale.is_share:
        pattern = text.gettext("Share of yes, by: %(split)s")
    else:
        pattern = text.gettext("Mean rating, by: %(split)s")
    return [
        table
        for split in list(description.groups)[:MAX_SPLITS]
        for by_split in [pattern % {"split": subject.split_names.get(split, split)}]
        for table in group_tables(
            [item.described for item in ordered[:MAX_ROWS]],
            description,
            subject,
            language,
            split=split,
            caption=named(by_split, name, language),
            scale=scale,
        )
    ]

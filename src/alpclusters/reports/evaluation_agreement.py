"""How far people agree over all items."""

from collections.abc import Sequence

from alpclusters.analysis.consensus import AgreementSummary, Alpha
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.blocks import (
    Block,
    Column,
    Heading,
    Interval,
    Paragraph,
    Row,
    Table,
)
from alpclusters.reports.evaluation_reasons import reason_sentences
from alpclusters.reports.evaluation_results import CriterionResults
from alpclusters.reports.evaluation_subject import Rated, by_agreement, named
from alpclusters.reports.numbers import format_integer, format_interval, format_number


def agreement_blocks(
    found: CriterionResults, items: Sequence[Rated], language: str, *, criterion: str = ""
) -> list[Block]:
    """Return the figures of agreement over all items; the data have them of each."""
    text, agreement = translator(language), found.agreement
    heading = Heading(named(text.gettext("Agreement"), criterion, language))
    doubts = reason_sentences("agreement", _reasons(agreement), language)
    blocks: list[Block] = [heading]
    rows = [*_rows(agreement, language), *_shared(found, language), *_highest(items, language)]
    if rows:
        blocks.append(overall_table(agreement, rows, language, criterion=criterion))
    if doubts:
        blocks.append(Paragraph(" ".join(doubts), "note"))
    return blocks if len(blocks) > 1 else []


def _reasons(agreement: AgreementSummary) -> tuple[str, ...]:
    alpha, rankings = agreement.alpha_ordinal, agreement.concordance
    return (
        *(alpha.reasons if alpha else ()),
        *agreement.reasons,
        *(rankings.reasons if rankings else ()),
    )


# --- over all items -----------------------------------------------------------------------


def overall_table(
    agreement: AgreementSummary, rows: Sequence[Row], language: str, *, criterion: str = ""
) -> Table:
    """Show the indices over all items with interval, people and items."""
    text = translator(language)
    columns = (
        Column(text.gettext("Index")),
        Column(text.gettext("Value"), "number", decimals=2, strong=True),
        Column(text.gettext("90% interval"), "number", decimals=2),
        Column(text.gettext("People"), "number", decimals=0),
        Column(text.gettext("Items"), "number", decimals=0),
    )
    note = text.gettext(
        "Alpha: 1 all alike, 0 as by chance, below 0 worse. For the coding of texts 0.8 is called "
        "reliable and 0.667 tentative; people may differ for good reasons. W: 1 everybody has the "
        "same order, 0 there is no common order."
    )
    caption = named(_overall_title(agreement.alpha_ordinal, language), criterion, language)
    return Table(columns, tuple(rows), caption, note)


def _overall_title(alpha: Alpha | None, language: str) -> str:
    text = translator(language)
    if alpha is None or alpha.value is None:
        return text.gettext("How far people agree over all items")
    words = {"value": format_number(alpha.value, language, 2)}
    if alpha.interval is None:
        return text.gettext("How far people agree over all items: alpha %(value)s") % words
    ends = alpha.interval
    words["interval"] = format_interval(ends.low, ends.high, language, 2, worded=ends.low < 0)
    sentence = text.gettext(
        "How far people agree over all items: alpha %(value)s (90%% interval %(interval)s)"
    )
    return sentence % words


def _rows(agreement: AgreementSummary, language: str) -> list[Row]:
    text = translator(language)
    named = (
        (text.gettext("Krippendorff’s alpha, ordinal"), agreement.alpha_ordinal),
        (text.gettext("Krippendorff’s alpha, equal steps"), agreement.alpha_interval),
    )
    rows: list[Row] = [
        _alpha_row(name, alpha) for name, alpha in named if alpha and alpha.value is not None
    ]
    rankings = agreement.concordance
    if rankings and rankings.w is not None:
        name = text.gettext("Kendall’s W")
        rows.append((name, rankings.w, None, rankings.n_raters, rankings.n_items))
    return rows


def _shared(found: CriterionResults, language: str) -> list[Row]:
    """Return the greatest group-informed consensus, of the items whose counts by group are told."""
    opinion = found.opinion
    if opinion is None or not opinion.listed:
        return []
    pairs = zip(opinion.items, opinion.consensus.agree.tolist(), strict=True)
    listed = [value for item, value in pairs if item in opinion.listed and value == value]  # noqa: PLR0124 - NaN
    if not listed:
        return []
    name = translator(language).gettext("Group-informed consensus, the highest")
    return [(name, max(listed), None, opinion.groups.n_placed, len(listed))]


def _highest(items: Sequence[Rated], language: str) -> list[Row]:
    """Return the share that agrees with the item whose interval after Wilson begins highest."""
    counted = [item for item in items if item.summary.agree_interval]
    if not counted:
        return []
    first = by_agreement(counted)[0].summary
    ends = first.agree_interval
    name = translator(language).gettext("Share that agrees, the highest (Wilson)")
    interval = Interval(ends.low, ends.high) if ends else None
    return [(name, first.agree_share, interval, first.n, len(counted))]


def _alpha_row(name: str, alpha: Alpha) -> Row:
    ends = Interval(alpha.interval.low, alpha.interval.high) if alpha.interval else None
    return (name, alpha.value, ends, alpha.n_raters, alpha.n_paired)


def complete_words(agreement: AgreementSummary, language: str) -> str:
    """Return how many answered every item: what Kendall's W would need."""
    words = {
        "n": format_integer(agreement.n_complete, language),
        "all": format_integer(agreement.n_raters, language),
    }
    return translator(language).gettext("%(n)s of %(all)s people answered every item.") % words

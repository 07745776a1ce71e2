"""How far people agree: over all items, and on each of them."""

from collections.abc import Sequence

from alpclusters.analysis.consensus import AgreementSummary, Alpha, MeasureAgreement
from alpclusters.analysis.consensus.ratings import Id
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.blocks import (
    WITHHELD,
    Block,
    Column,
    Heading,
    Interval,
    Paragraph,
    Row,
    Table,
)
from alpclusters.reports.evaluation_reasons import reason_sentences
from alpclusters.reports.evaluation_subject import EvaluationSubject, named
from alpclusters.reports.numbers import format_integer, format_interval, format_number


def agreement_blocks(
    agreement: AgreementSummary,
    subject: EvaluationSubject,
    language: str,
    *,
    order: Sequence[Id] = (),
    criterion: str = "",
) -> list[Block]:
    """Return the section on agreement; ``order`` names the items of its second table.

    Without an order only the figures over all items are shown.
    """
    text = translator(language)
    heading = Heading(named(text.gettext("Agreement"), criterion))
    doubts = reason_sentences("agreement", _reasons(agreement), language)
    blocks: list[Block] = [heading]
    if _rows(agreement, language):
        blocks.append(overall_table(agreement, language, criterion=criterion))
    if doubts:
        blocks.append(Paragraph(" ".join(doubts), "note"))
    if order:
        blocks.append(item_table(agreement, subject, language, order=order, criterion=criterion))
    return blocks if len(blocks) > 1 else []


def _reasons(agreement: AgreementSummary) -> tuple[str, ...]:
    alpha, rankings = agreement.alpha_ordinal, agreement.concordance
    return (
        *(alpha.reasons if alpha else ()),
        *agreement.reasons,
        *(rankings.reasons if rankings else ()),
    )


# --- over all items -----------------------------------------------------------------------


def overall_table(agreement: AgreementSummary, language: str, *, criterion: str = "") -> Table:
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
    caption = named(_overall_title(agreement.alpha_ordinal, language), criterion)
    return Table(columns, tuple(_rows(agreement, language)), caption, note)


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


def _alpha_row(name: str, alpha: Alpha) -> Row:
    ends = Interval(alpha.interval.low, alpha.interval.high) if alpha.interval else None
    return (name, alpha.value, ends, alpha.n_raters, alpha.n_paired)


# --- per item -----------------------------------------------------------------------------


def item_table(
    agreement: AgreementSummary,
    subject: EvaluationSubject,
    language: str,
    *,
    order: Sequence[Id],
    criterion: str = "",
) -> Table:
    """List how the answers to each item lie together."""
    text = translator(language)
    known = {item.measure: item for item in agreement.measures}
    has_class = any(item.appropriateness for item in agreement.measures)
    columns = (
        Column(text.gettext("Measure")),
        Column(text.gettext("Consensus"), "number", decimals=2, strong=True),
        Column(text.gettext("Middle range"), "number", decimals=1),
        Column(text.gettext("Low"), "percent", decimals=0),
        Column(text.gettext("Middle"), "percent", decimals=0),
        Column(text.gettext("High"), "percent", decimals=0),
        Column("n", "number", decimals=0),
        *([Column(text.gettext("Panel’s view"))] if has_class else []),
    )
    rows = tuple(
        _item_row(known[item], subject, language, has_class=has_class)
        for item in order
        if item in known
    )
    caption = named(text.gettext("How far people agree on each measure"), criterion)
    return Table(columns, rows, caption, _item_note(agreement, language, has_class=has_class))


def _item_row(
    item: MeasureAgreement, subject: EvaluationSubject, language: str, *, has_class: bool
) -> Row:
    name = subject.item(item.measure)
    if item.state == "withheld":
        return (name, *([WITHHELD] * (6 + has_class)))
    shares = (part.share if part else None for part in (item.low, item.middle, item.high))
    view = [_class_word(item, language)] if has_class else []
    return (name, item.consensus, item.ipr, *shares, item.n, *view)


def _class_word(item: MeasureAgreement, language: str) -> str:
    text = translator(language)
    words = {
        "appropriate": text.gettext("appropriate"),
        "uncertain": text.gettext("uncertain"),
        "inappropriate": text.gettext("inappropriate"),
    }
    return words[item.appropriateness] if item.appropriateness else ""


def _item_note(agreement: AgreementSummary, language: str, *, has_class: bool) -> str:
    text = translator(language)
    low, high = (agreement.conventions.threshold(name) for name in ("low_to", "high_from"))
    sentences = [
        text.gettext(
            "Consensus: index of Tastle and Wierman, 0 = half at each end of the scale, "
            "1 = all alike."
        ),
        text.gettext("Middle range: from the 30th to the 70th percentile, in points of the scale."),
    ]
    if low is not None and high is not None:
        words = {"low": format_number(low, language), "high": format_number(high, language)}
        sentences.append(text.gettext("Low: up to %(low)s; high: from %(high)s on.") % words)
    if has_class:
        sentences.append(
            text.gettext("Panel’s view: RAND/UCLA rule for nine points (Fitch et al. 2001).")
        )
    return " ".join(sentences)


def complete_words(agreement: AgreementSummary, language: str) -> str:
    """Return how many answered every item: what Kendall's W would need."""
    words = {
        "n": format_integer(agreement.n_complete, language),
        "all": format_integer(agreement.n_raters, language),
    }
    return translator(language).gettext("%(n)s of %(all)s people answered every item.") % words

"""Votes in an evaluation: where most people agree, where opinions divide, all statements."""

from typing import Final

from alpclusters.analysis.consensus import Description, MeasureDescription
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.blocks import Block, Heading, Paragraph
from alpclusters.reports.claims.votes import least_for_division
from alpclusters.reports.evaluation_figures import agreement_figure, vote_distribution_figure
from alpclusters.reports.evaluation_subject import (
    EvaluationSubject,
    Rated,
    by_agreement,
    by_division,
    listed_items,
    rated_items,
)
from alpclusters.reports.evaluation_tables import vote_table
from alpclusters.reports.numbers import format_integer

TOP: Final = 20
CHART_TOP: Final = 14  # what fits below the key figures on the first page


def vote_blocks(description: Description, subject: EvaluationSubject, language: str) -> list[Block]:
    """Show the statements with most agreement and the most divided ones."""
    text = translator(language)
    items = rated_items(description, subject)
    if not items:
        return []
    agreed = by_agreement(items)[:TOP]
    least_n = least_for_division(items)
    divided = by_division(items, least_n=least_n)[:TOP]
    caption = text.gettext("Where most people agree")
    blocks: list[Block] = [
        agreement_figure(agreed[:CHART_TOP], language, caption=caption),
        vote_table(
            [item.described for item in agreed],
            subject,
            language,
            caption=text.gettext("The statements with most agreement, in full"),
        ),
    ]
    if divided:
        blocks += _divided_blocks(divided, subject, language, least_n=least_n)
    return blocks


def _divided_blocks(
    divided: list[Rated], subject: EvaluationSubject, language: str, *, least_n: int
) -> list[Block]:
    text = translator(language)
    order = text.gettext("Order: least consensus first, statements with at least %(n)s answers.")
    return [
        Heading(text.gettext("Where opinions divide")),
        vote_distribution_figure(
            divided[:CHART_TOP], language, caption=text.gettext("The most divided statements")
        ),
        Paragraph(order % {"n": format_integer(least_n, language)}, "note"),
        vote_table(
            [item.described for item in divided],
            subject,
            language,
            caption=text.gettext("The most divided statements, in full"),
        ),
    ]


def vote_annex(description: Description, subject: EvaluationSubject, language: str) -> list[Block]:
    """List all statements where the parts before show the first ones only."""
    text = translator(language)
    listed = listed_items(description, subject)
    if len(listed) <= TOP:
        return []
    ordered = sorted(listed, key=_annex_key)
    table = vote_table(
        ordered,
        subject,
        language,
        caption=text.gettext("All statements, most agreement first"),
        name=text.gettext("Statements"),
    )
    return [Heading(text.gettext("All statements"), level=1), table]


def _annex_key(item: MeasureDescription) -> tuple[float, str]:
    ends = item.summary.agree_interval if item.summary else None
    return (-(ends.low if ends else -1.0), str(item.measure))

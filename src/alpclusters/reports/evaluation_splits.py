"""Figures by group."""

from collections.abc import Mapping, Sequence
from typing import Final

from alpclusters.analysis.consensus import Description
from alpclusters.analysis.consensus.ratings import Id
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.blocks import Block, Heading, Table
from alpclusters.reports.evaluation_results import EvaluationResults
from alpclusters.reports.evaluation_subject import (
    EvaluationSubject,
    in_order,
    is_vote,
    named,
    rated_items,
)
from alpclusters.reports.evaluation_tables import group_tables

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
    pattern = (
        text.gettext("Share that agrees, by: %(split)s")
        if is_vote(description)
        else text.gettext("Mean rating, by: %(split)s")
    )
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
        )
    ]

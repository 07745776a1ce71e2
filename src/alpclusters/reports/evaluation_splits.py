"""Figures by group: one table per split and criterion."""

from collections.abc import Mapping
from typing import Final

from alpclusters.analysis.consensus import Description
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.blocks import Block, Heading, Table
from alpclusters.reports.evaluation_subject import (
    EvaluationSubject,
    by_agreement,
    by_mean,
    is_vote,
    named,
    rated_items,
)
from alpclusters.reports.evaluation_tables import group_tables

MAX_ROWS: Final = 12


def split_section(
    by_criterion: Mapping[str, Description], subject: EvaluationSubject, language: str
) -> list[Block]:
    """Return the tables by group of the first criterion; empty without groups.

    The data have all items and all criteria.
    """
    criterion, description = next(iter(by_criterion.items()))
    tables = _split_tables(description, subject, criterion, language)
    return [Heading(translator(language).gettext("By group")), *tables] if tables else []


def _split_tables(
    description: Description, subject: EvaluationSubject, criterion: str, language: str
) -> list[Table]:
    text = translator(language)
    items = rated_items(description, subject)
    ordered = by_agreement(items) if is_vote(description) else by_mean(items)
    name = subject.criterion_names.get(criterion, criterion)
    pattern = (
        text.gettext("Share that agrees, by: %(split)s")
        if is_vote(description)
        else text.gettext("Mean rating, by: %(split)s")
    )
    return [
        table
        for split in description.groups
        for table in group_tables(
            [item.described for item in ordered[:MAX_ROWS]],
            description,
            subject,
            language,
            split=split,
            caption=named(pattern % {"split": subject.split_names.get(split, split)}, name),
        )
    ]

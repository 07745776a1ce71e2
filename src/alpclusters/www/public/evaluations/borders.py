"""What holds across borders within one AlpCafé, on a page."""

from collections.abc import Sequence
from dataclasses import dataclass

from alpclusters.platform.evaluation.domain.records import CriterionResult
from alpclusters.reports.blocks import plain
from alpclusters.reports.evaluation_denominators import (
    absence_sentences,
    common_title,
    rule_sentences,
    verdict_table,
)
from alpclusters.reports.evaluation_subject import EvaluationSubject
from alpclusters.reports.stored_results import criterion_results
from alpclusters.www.components.parts import Table
from alpclusters.www.public.evaluations.tables import site_table


@dataclass(frozen=True)
class CommonPart:
    """The rule and the verdicts; without a table the sentences say why."""

    title: str
    told: Sequence[str]
    table: Table | None
    note: str


def common_part(
    result: CriterionResult, subject: EvaluationSubject, language: str
) -> CommonPart | None:
    """Build the part on common denominators; None where nothing was stored of them."""
    found = criterion_results(result)
    ground = found.common_ground if found else None
    if ground is None:
        return None
    if ground.found is None or ground.found.status == "undefined":
        return CommonPart("", absence_sentences(ground, language), None, "")
    table = verdict_table(ground, subject, language, order=result.order)
    return CommonPart(
        title=common_title(ground, subject, language),
        told=rule_sentences(ground, subject, language),
        table=site_table(table, caption=table.caption, language=language),
        note=plain(table.note),
    )

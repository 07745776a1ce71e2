"""What stands beside the rating on a page: the top three, and how the answers came in."""

from collections.abc import Sequence
from dataclasses import dataclass

from alpclusters.platform.evaluation.domain.records import Evaluation
from alpclusters.reports.evaluation_arrivals import arrival_sentences, arrivals_table
from alpclusters.reports.evaluation_person_items import (
    person_lines,
    person_sentences,
    person_tables,
)
from alpclusters.reports.evaluation_subject import EvaluationSubject
from alpclusters.reports.evaluation_top_three import (
    top_three_figure,
    top_three_order,
    top_three_order_note,
    top_three_withheld,
)
from alpclusters.www.components.parts import Table
from alpclusters.www.public.evaluations.drawn import ChartPart, figure_part
from alpclusters.www.public.evaluations.tables import site_table


@dataclass(frozen=True)
class TopThreePart:
    """The points of the measures, or their order, and the sentence why there is no more."""

    chart: ChartPart | None = None
    order: Sequence[str] = ()
    withheld: str = ""


@dataclass(frozen=True)
class ArrivalsPart:
    """People and answers by source, what was late or informed."""

    table: Table
    told: Sequence[str]


def top_three_part(
    evaluation: Evaluation, subject: EvaluationSubject, language: str
) -> TopThreePart | None:
    """Build the part of the top three; None where nobody was asked."""
    found = evaluation.top_three
    if found is None:
        return None
    if found.first:
        order, why = top_three_order(found, subject), top_three_order_note(found, language)
        return TopThreePart(order=order, withheld=why)
    if not found.lines:
        return TopThreePart(withheld=top_three_withheld(language))
    return TopThreePart(figure_part(top_three_figure(found, subject, language), language))


@dataclass(frozen=True)
class PersonsPart:
    """What people say of themselves, apart from the opinions."""

    told: Sequence[str]
    tables: Sequence[Table]
    notes: Sequence[str]


def persons_part(evaluation: Evaluation, language: str) -> PersonsPart | None:
    """Build the part on statements about the person; None where there is none."""
    lines = person_lines(evaluation, language)
    if not lines:
        return None
    tables = person_tables(lines, language)
    return PersonsPart(
        person_sentences(language),
        [site_table(one, caption=one.caption, language=language) for one in tables],
        [str(one.note) for one in tables if one.note],
    )


def arrivals_part(evaluation: Evaluation, language: str) -> ArrivalsPart | None:
    """Build the part on sources; None where all came from phones, in time, uninformed."""
    found = evaluation.arrivals
    if found is None or found.is_plain:
        return None
    table = arrivals_table(found, language)
    shown = site_table(table, caption=table.caption, language=language)
    return ArrivalsPart(shown, arrival_sentences(found, language))

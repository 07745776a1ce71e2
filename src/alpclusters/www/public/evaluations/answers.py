"""How the answers lie on a page: one per measure, agreement, across borders, weighted."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from alpclusters.platform.evaluation.domain.records import CriterionResult
from alpclusters.platform.evaluation.domain.science import AgreementResult
from alpclusters.reports import blocks
from alpclusters.reports.blocks import plain
from alpclusters.reports.charts.dots import DotChart, DotRow, Tier
from alpclusters.reports.charts.parts import Axis, Tick
from alpclusters.reports.evaluation.across import (
    absence_sentences,
    common_title,
    rule_sentences,
    verdict_table,
)
from alpclusters.reports.evaluation.decisions import answers_table, answers_title
from alpclusters.reports.evaluation.weighting import weighting_section
from alpclusters.reports.evaluation_subject import EvaluationSubject, Rated, reason_sentences, short
from alpclusters.reports.numbers import format_interval, format_number
from alpclusters.reports.stored_results import criterion_results
from alpclusters.www.components.parts import Cell, Figure, Table
from alpclusters.www.public.evaluations.tables import ANSWERS, site_table

# --- One answer per measure on a page; each estimate leads to the answers it rests on -------------


ESTIMATE = 2
"""Place of the estimate in a row."""


@dataclass(frozen=True)
class AnswersPart:
    """What was decided in a sentence, the table, how it is to be read."""

    title: str
    table: Table
    note: str


def answers_part(
    result: CriterionResult, rated: Sequence[Rated], subject: EvaluationSubject, language: str
) -> AnswersPart | None:
    """Build the table of answers; None where nothing was decided."""
    title = answers_title(result, language)
    name = subject.criterion_names[result.key]
    table = answers_table(result, subject, language, caption=name)
    if table is None or result.decisions is None:
        return None
    found = site_table(table, caption=name, language=language)
    by_id = {int(one.id): one for one in rated}
    rows = [
        _resting(row, one.value, by_id[int(one.measure)])
        for row, one in zip(found.rows, result.decisions.measures, strict=True)
    ]
    return AnswersPart(title, replace(found, rows=rows, wide=False), plain(table.note))


def _resting(row: Sequence[str], value: float | None, one: Rated) -> list[Cell | str]:
    """Lead from the estimate to how people answered."""
    cells: list[Cell | str] = list(row)
    figure = Figure(
        "", row[ESTIMATE], key="estimate", exact=value, n=one.summary.n,
        url=f"#{ANSWERS}", rests=f"{ANSWERS}.{one.id}",
    )  # fmt: skip
    cells[ESTIMATE] = Cell(row[ESTIMATE], url=figure.url, figure=figure)
    return cells


# --- Agreement on a page: per measure how the answers lie together, over all how people agree -----


_MOST = 62


@dataclass(frozen=True)
class AgreementPart:
    """The chart of consensus with its words."""

    title: str
    note: str
    chart: DotChart


def read_agreement(
    result: CriterionResult, subject: EvaluationSubject, language: str
) -> AgreementPart | None:
    """Return the agreement on a criterion; None where none was stored or fewer than two items."""
    found = result.agreement
    lines = [line for line in found.measures if line.consensus is not None] if found else []
    if found is None or len(lines) < 2:  # noqa: PLR2004 - one measure has nothing beside it
        return None
    places = {measure: place for place, measure in enumerate(result.order)}
    ordered = sorted(lines, key=lambda line: (-(line.consensus or 0.0), str(line.measure)))
    ordered.sort(key=lambda line: places.get(line.measure, len(places)))
    rows = tuple(
        DotRow(short(subject.item(line.measure), _MOST), line.consensus, n=line.n)
        for line in ordered
    )
    ticks = ((0.0, _("split")), (0.5, ""), (1.0, _("united")))
    axis = Axis(0, 1, tuple(Tick(at, format_number(at, language), words) for at, words in ticks))
    title = _("How close the answers to each measure lie together")
    chart = DotChart(language, (Tier(rows),), axis, label_title=_("Measure"), title=_("Agreement"))
    return AgreementPart(title, agreement_note(found, language), chart)


def agreement_note(found: AgreementResult, language: str) -> str:
    """State the conventions and the figures over all measures."""
    consensus = _(
        "Consensus after Tastle and Wierman: 1 all answer alike, 0 half at each end of the scale; "
        "answers spread evenly give 0.43."
    )
    doubts = reason_sentences("agreement", (*found.reasons, *found.alpha_reasons), language)
    parts = [consensus, alpha_sentence(found, language), _w_sentence(found, language), *doubts]
    return " ".join(filter(None, parts))


def alpha_sentence(found: AgreementResult, language: str) -> str:
    """Give Krippendorff's alpha with its interval."""
    if found.alpha is None:
        return ""
    value = format_number(found.alpha, language, 2)
    if found.alpha_low is None or found.alpha_high is None:
        return _("Over all measures: Krippendorff’s alpha %(value)s, no interval.") % {
            "value": value
        }
    ends = format_interval(found.alpha_low, found.alpha_high, language, 2)
    return _(
        "Over all measures: Krippendorff’s alpha %(value)s (90%% interval %(ends)s; 1 full "
        "agreement, 0 as by chance)."
    ) % {"value": value, "ends": ends}


def _w_sentence(found: AgreementResult, language: str) -> str:
    if found.w is None:
        return ""
    return _("Kendall’s W %(value)s: 1 all in the same order, 0 no common order.") % {
        "value": format_number(found.w, language, 2)
    }


# --- What holds across borders within one AlpCafé, on a page --------------------------------------


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


# --- Who was not in the room, on a page: weighted figures, and what the first findings survive


@dataclass(frozen=True)
class WeightingPart:
    """The sentences and the tables of the report, in their order on the page."""

    title: str
    told: Sequence[str]
    survived: Sequence[str]
    tables: Sequence[Table]
    note: str


def weighting_part(
    result: CriterionResult, subject: EvaluationSubject, language: str
) -> WeightingPart | None:
    """Build the part of one criterion; None where nothing was stored of it."""
    found = weighting_section(
        result.weighting, subject, "", language, further=result.weighted_further
    )
    if not found:
        return None
    headings = [one.text for one in found if isinstance(one, blocks.Heading)]
    paragraphs = [one.text for one in found if isinstance(one, blocks.Paragraph)]
    lists = [one.items for one in found if isinstance(one, blocks.Bullets)]
    tables = [one for one in found if isinstance(one, blocks.Table)]
    return WeightingPart(
        title=blocks.plain(headings[0]),
        told=[blocks.plain(text) for text in paragraphs],
        survived=[blocks.plain(text) for items in lists for text in items],
        tables=[
            site_table(one, caption=blocks.plain(one.caption), language=language) for one in tables
        ],
        note=blocks.plain(tables[0].note) if tables else "",
    )

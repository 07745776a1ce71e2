"""An AlpCafé beside the one before it: two groups of people, never a change of persons."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from alpclusters.platform.evaluation.domain.records import Evaluation, word
from alpclusters.platform.evaluation.domain.rounds import BothRounds, RoundFigures, SideBySide
from alpclusters.reports.evaluation_subject import EvaluationSubject
from alpclusters.reports.numbers import (
    format_integer,
    format_interval,
    format_number,
    needed_decimals,
)
from alpclusters.www.components.parts import Cell, Column, Crumb, Table


@dataclass(frozen=True)
class RoundsPart:
    """Both AlpCafés by measure."""

    title: str
    note: str
    earlier: Crumb
    table: Table


def read_rounds(
    before: SideBySide | None, evaluation: Evaluation, subject: EvaluationSubject, language: str
) -> RoundsPart | None:
    """Put both AlpCafés beside each other; None without an earlier one."""
    if before is None:
        return None
    title = _("Two AlpCafés side by side, not the same people")
    names = [word(one.title, language) for one in (before.evaluation, evaluation)]
    n_titles = [_("n, %(cafe)s") % {"cafe": name} for name in names]
    columns = [
        Column(_("Measure")),
        Column(_("Criterion")),
        Column(names[0], is_number=True),
        Column(n_titles[0], is_number=True),
        Column(names[1], is_number=True),
        Column(n_titles[1], is_number=True),
    ]
    rows = [_row(row, evaluation, subject, language) for row in before.rows]
    return RoundsPart(
        title=title,
        note=_note(before),
        earlier=Crumb(names[0], reverse("public:evaluation", args=[before.earlier.pk])),
        table=Table(title, columns, rows),
    )


def _note(before: SideBySide) -> str:
    unpaired = _(
        "These are two events: nobody can be followed from one AlpCafé to the next, so these are "
        "two groups of people. A difference may come from who took part; no change is computed."
    )
    estimate = (
        _("Estimates of the model with 90% interval.")
        if before.is_model
        else _("Means with 90% interval (Student’s t).")
    )
    return f"{unpaired} {estimate}"


def _row(
    row: BothRounds, evaluation: Evaluation, subject: EvaluationSubject, language: str
) -> list[Cell | str]:
    criterion = word(evaluation.criterion(row.criterion).names, language)
    cells = [cell for one in (row.first, row.second) for cell in _cells(one, language)]
    return [subject.item(row.measure), criterion, *cells]


def _cells(figures: RoundFigures | None, language: str) -> list[Cell | str]:
    if figures is None:
        return [Cell("", suppressed=True), Cell("", suppressed=True)]
    if figures.estimate is None:
        return ["–", format_integer(figures.n, language)]
    decimals = max(1, needed_decimals([figures.estimate, figures.low or 0, figures.high or 0], 2))
    value = format_number(figures.estimate, language, decimals)
    if figures.low is None or figures.high is None:
        return [value, format_integer(figures.n, language)]
    ends = format_interval(figures.low, figures.high, language, decimals)
    return [f"{value} ({ends})", format_integer(figures.n, language)]

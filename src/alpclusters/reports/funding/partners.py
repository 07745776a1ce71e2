"""One sheet for each partner: its costs, who pays what of them, its own money and cash."""

from collections.abc import Iterator, Mapping
from typing import Any

from alpclusters.reports.blocks import Block, Column, Heading, KeyFigure, KeyFigures, Row, Table
from alpclusters.reports.charts.funding_time import TimeChart
from alpclusters.reports.funding.subject import MixSubject, euro
from alpclusters.reports.funding.words import CATEGORIES, said
from alpclusters.reports.numbers import format_percent


def partner_sheets(subject: MixSubject) -> Iterator[Block]:
    """Yield the sheets in the order of the case."""
    yield Heading(subject.text.gettext("Partners"), 1)
    for name in subject.sheets:
        yield from _sheet(subject, name)


def _sheet(subject: MixSubject, name: str) -> Iterator[Block]:
    text, sheet = subject.text, subject.sheets[name]
    yield Heading(subject.partner_name(name), 2)
    rate = sheet["grant_ct"] / sheet["cost_ct"] if sheet["cost_ct"] else 0.0
    yield KeyFigures(
        (
            KeyFigure(subject.money(sheet["cost_ct"]), text.gettext("Costs")),
            KeyFigure(
                subject.money(sheet["grant_ct"]),
                text.gettext("Grants"),
                format_percent(rate, subject.language, 1),
            ),
            KeyFigure(
                subject.money(sheet["own_ct"]), text.gettext("Own money"), _peak(subject, sheet)
            ),
        )
    )
    yield Table(
        (
            Column(text.gettext("Line"), "code"),
            Column(text.gettext("Category")),
            Column(text.gettext("Quarter"), "code"),
            Column(text.gettext("Costs"), "number"),
            Column(text.gettext("Offer")),
            Column(text.gettext("Declared"), "number"),
            Column(text.gettext("Grant"), "number"),
        ),
        tuple(_rows(subject, name)),
        caption=text.gettext("Cost lines of %(partner)s and who pays, in euros")
        % {"partner": subject.partner_name(name)},
        total=(
            text.gettext("Sum"), None, None, euro(sheet["cost_ct"]), None,
            None, euro(sheet["grant_ct"]),
        ),
        name=subject.partner_name(name),
    )  # fmt: skip


def _rows(subject: MixSubject, name: str) -> Iterator[Row]:
    chart = TimeChart(subject.language, subject.case.periods, ())
    for line in subject.case.lines:
        if line.partner != name:
            continue
        cells = [cell for cell in subject.mix["allocation"] if cell["line"] == line.id]
        head = (
            line.id,
            said(CATEGORIES, line.category, subject.language),
            chart.period_name(line.period),
            euro(line.cost_ct),
        )
        if not cells:
            yield (*head, "–", None, None)
        for place, cell in enumerate(cells):
            # The cost stands once, so that the column can be added up.
            first = head if not place else (head[0], head[1], head[2], None)
            yield (*first, *_paid(subject, cell))


def _paid(subject: MixSubject, cell: Mapping[str, Any]) -> Row:
    return (subject.offer_name(cell["offer"]), euro(cell["declared_ct"]), euro(cell["grant_ct"]))


def _peak(subject: MixSubject, sheet: Mapping[str, Any]) -> str:
    worst = max(sheet["cash"], default=0)
    words = subject.text.gettext("pays at most %(money)s ahead")
    return words % {"money": subject.money(max(worst, 0))}

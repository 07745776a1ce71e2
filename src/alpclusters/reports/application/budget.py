"""The budget of an application as tables: partners, headings, periods, and where money is from."""

from collections.abc import Callable
from typing import Any, Final

from alpclusters.analysis.funding.case import Line
from alpclusters.platform.languages.catalogues import gettext_noop as _
from alpclusters.reports.application import partner_answers as of_partner
from alpclusters.reports.application.subject import Talk, period_of
from alpclusters.reports.blocks import Column, Row, Table
from alpclusters.reports.funding.subject import euro
from alpclusters.reports.numbers import format_integer

HEADING_NAMES: Final = {
    "staffCosts": _("Staff costs"),
    "officeCosts": _("Office and administration"),
    "travelCosts": _("Travel and accommodation"),
    "externalCosts": _("External expertise and services"),
    "equipmentCosts": _("Equipment"),
    "infrastructureCosts": _("Infrastructure and works"),
}
HEADING_OF: Final = {
    category: heading
    for heading, categories in of_partner.HEADINGS.items()
    for category in categories
}
type Place = Callable[[Line], Any]


def money_tables(talk: Talk) -> dict[str, tuple[Table, ...]]:
    """Return the tables of each part of section D: sources of money, headings, periods."""
    text = talk.text
    partners = [(one.id, one.name) for one in talk.subject.partners]
    headings = [(key, text.gettext(name)) for key, name in HEADING_NAMES.items()]
    last = period_of(talk.subject.funding.case.periods.count - 1)
    periods = [(n, format_integer(n, talk.language)) for n in range(1, last + 1)]
    by_partner = (text.gettext("Partner"), partners, _partner_of)
    by_heading = (text.gettext("Cost heading"), headings, _heading_of)
    by_cost_heading = _cross(
        talk,
        by_partner,
        (headings, _heading_of),
        text.gettext("Costs by partner and heading of Jems, in euros"),
        text.gettext("Costs"),
    )
    by_period = _cross(
        talk,
        by_partner,
        (periods, _period_of),
        text.gettext("Costs by partner and period of half a year, in euros"),
        text.gettext("Periods"),
    )
    heading_by_period = _cross(
        talk,
        by_heading,
        (periods, _period_of),
        text.gettext("Costs by heading of Jems and period of half a year, in euros"),
        text.gettext("Headings and periods"),
    )
    return {
        "D.1": (_sources(talk),),
        "D.2": (by_cost_heading,),
        "D.3": (by_period, heading_by_period),
    }


def _partner_of(line: Line) -> str:
    return line.partner


def _heading_of(line: Line) -> str:
    return HEADING_OF[line.category]


def _period_of(line: Line) -> int:
    return period_of(line.period)


def _cross(
    talk: Talk,
    down: tuple[str, list[tuple[Any, str]], Place],
    across: tuple[list[tuple[Any, str]], Place],
    caption: str,
    name: str,
) -> Table:
    """Return the sums of costs by two features; a column or row without any cost is left out."""
    head, rows_wanted, row_of = down
    columns_wanted, column_of = across
    sums: dict[tuple[Any, Any], int] = {}
    for line in talk.subject.funding.case.lines:
        key = row_of(line), column_of(line)
        sums[key] = sums.get(key, 0) + line.cost_ct
    columns = [one for one in columns_wanted if any(key == one[0] for _row, key in sums)]
    rows: list[Row] = []
    for key, label in rows_wanted:
        cents = [sums.get((key, one), 0) for one, _label in columns]
        if any(cents) or row_of is _partner_of:
            rows.append((label, *map(euro, cents), euro(sum(cents))))
    totals = [
        sum(cents for (_row, column), cents in sums.items() if column == one)
        for one, _label in columns
    ]
    return Table(
        (
            Column(head),
            *(Column(label, "number") for _key, label in columns),
            Column(talk.text.gettext("Sum"), "number", strong=True),
        ),
        tuple(rows),
        caption=caption,
        total=(talk.text.gettext("Sum"), *map(euro, totals), euro(sum(totals))),
        name=name,
    )


def _sources(talk: Talk) -> Table:
    """Say of each partner what it spends and which money pays for it."""
    text, sheets = talk.text, talk.subject.funding.sheets
    rows: list[tuple[str, list[int]]] = []
    for partner in talk.subject.partners:
        european = of_partner.grants_of(talk, partner, is_european=True)
        others = of_partner.grants_of(talk, partner, is_european=False)
        sheet = sheets[partner.id]
        cents = [sheet["cost_ct"], sum(european.values()), sum(others.values()), sheet["own_ct"]]
        rows.append((partner.name, cents))
    totals = [sum(column) for column in zip(*(cents for _name, cents in rows), strict=True)]
    return Table(
        (
            Column(text.gettext("Partner")),
            Column(text.gettext("Costs"), "number"),
            Column(text.gettext("European grants"), "number"),
            Column(text.gettext("Other grants"), "number"),
            Column(text.gettext("Own money"), "number"),
        ),
        tuple((name, *map(euro, cents)) for name, cents in rows),
        caption=text.gettext("Where the money is from, in euros"),
        note=text.gettext(
            "Not known here and to be entered in Jems: revenue that the project earns, and money "
            "of others beside the partners."
        ),
        total=(text.gettext("Sum"), *map(euro, totals)),
        name=text.gettext("Sources of money"),
    )

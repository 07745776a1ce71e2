"""Time and cash of a mix: windows, what has to be paid ahead, days that must be kept."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Final

from alpclusters.analysis.funding.case import Offer
from alpclusters.reports.blocks import Block, Column, Figure, Heading, Row, RowGroup, Table
from alpclusters.reports.charts.funding_time import CashRow, OfferBar, TimeChart
from alpclusters.reports.funding.subject import MixSubject

MOST_PARTNERS = 5


def time_chart(subject: MixSubject) -> TimeChart:
    """Return the chart of a mix, with the partners who pay most ahead."""
    chosen = _who_pay(subject)[:MOST_PARTNERS]
    bars = tuple(
        OfferBar(
            subject.offer_name(offer.id),
            *offer.window,
            subject.applications[offer.id]["grant_ct"],
        )
        for offer in sorted(subject.used, key=lambda offer: (offer.window, offer.id))
    )
    cash = tuple(
        CashRow(subject.partner_name(name), tuple(subject.sheets[name]["cash"])) for name in chosen
    )
    title = subject.text.gettext("Time and cash")
    return TimeChart(subject.language, subject.case.periods, bars, cash, title=title)


def time_blocks(subject: MixSubject, *, today: dt.date) -> Iterator[Block]:
    """Yield the chart and the days that must be kept."""
    text = subject.text
    if not subject.used:
        return
    yield Heading(text.gettext("Time and cash"), 2)
    chart = time_chart(subject)
    yield Figure(chart, _caption(subject, chart), _note(subject))
    yield from _days(subject, today)


def _note(subject: MixSubject) -> str:
    text, n = subject.text, len(_who_pay(subject))
    note = text.gettext(
        "Bars: quarters in which costs count, with the grant. Steps: grants whose costs have been "
        "paid and whose money has not come yet, at the end of the quarter; dark: the largest "
        "advance of a partner."
    )
    if n <= MOST_PARTNERS:
        return note
    more = text.gettext("Shown: the five partners who pay most ahead (paying ahead: %(n)s).")
    return f"{note} {more % {'n': n}}"


def _caption(subject: MixSubject, chart: TimeChart) -> str:
    text, worst = subject.text, chart.worst
    if worst is None:
        return text.gettext("Nobody has to pay ahead")
    words = text.gettext("%(partner)s pays most ahead: %(money)s in %(quarter)s")
    return words % {
        "partner": worst.label,
        "money": subject.money(worst.values_ct[worst.peak]),
        "quarter": chart.period_name(worst.peak),
    }


def _who_pay(subject: MixSubject) -> tuple[str, ...]:
    """Return the partners who pay ahead, the largest advance first."""
    peaks = {name: max(sheet["cash"], default=0) for name, sheet in subject.sheets.items()}
    order = sorted(peaks, key=lambda name: (-peaks[name], name))
    return tuple(name for name in order if peaks[name] > 0)


def _days(subject: MixSubject, today: dt.date) -> Iterator[Block]:
    text = subject.text
    found: dict[tuple[dt.date, str], list[str]] = {}
    for offer in subject.used:
        for day, words in _steps(subject, offer, today):
            if day is not None:
                found.setdefault((day, words), []).append(subject.offer_name(offer.id))
    if not found:
        return
    rows: tuple[Row, ...] = tuple(
        (day, words, "; ".join(found[day, words])) for day, words in sorted(found)
    )
    yield Table(
        (
            Column(text.gettext("Day"), "date"),
            Column(text.gettext("Step")),
            Column(text.gettext("Offers")),
        ),
        rows,
        caption=text.gettext("Days that must be kept"),
        row_head=None,
        name=text.gettext("Days"),
    )


def _steps(
    subject: MixSubject, offer: Offer, today: dt.date
) -> Iterator[tuple[dt.date | None, str]]:
    text = subject.text
    yield offer.opens, text.gettext("Call opens")
    closed = text.gettext("Call is closed: usable only if it opens again")
    yield offer.closes, closed if offer.is_closed(today) else text.gettext("Call closes")
    yield offer.applied_on, text.gettext("Application")
    yield offer.grant_date or offer.decided_on, text.gettext("Grant expected")


# --- Tables of amounts: all of them whole, or all of them with two decimals for the cents ---------


CENTS: Final = 2


def in_cents(block: Block) -> Block:
    """Give the amounts of a table two decimals as soon as one of them has cents.

    Columns of numbers hold amounts, or counts where all of a table are whole.
    """
    if not isinstance(block, Table) or not any(_amounts(block)):
        return block
    return replace(block, columns=tuple(map(_with_cents, block.columns)))


def _amounts(table: Table) -> Iterator[bool]:
    """Say of each cell in a column of numbers whether it has cents."""
    places = [at for at, column in enumerate(table.columns) if column.kind == "number"]
    for row in (*table.rows, *((table.total,) if table.total else ())):
        if not isinstance(row, RowGroup):
            yield from (isinstance(row[at], Decimal) and row[at] % 1 != 0 for at in places)


def _with_cents(column: Column) -> Column:
    is_amount = column.kind == "number" and column.decimals is None
    return replace(column, decimals=CENTS) if is_amount else column

"""Sheets of a mix: used offers, who is paid what from where, each application, each partner."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from alpclusters.analysis.funding.case import Offer
from alpclusters.reports.blocks import (
    UNKNOWN,
    Block,
    Bullets,
    Cell,
    Column,
    Heading,
    KeyFigure,
    KeyFigures,
    LabelledPart,
    Paragraph,
    Row,
    Run,
    Table,
)
from alpclusters.reports.charts.funding_time import TimeChart
from alpclusters.reports.dates import format_date
from alpclusters.reports.funding.front import closed_words
from alpclusters.reports.funding.subject import CATEGORIES, LINKS, MixSubject, euro, said
from alpclusters.reports.funding.timeline import time_chart
from alpclusters.reports.funding_words.findings import article_words
from alpclusters.reports.numbers import format_integer, format_percent

# --- The used offers and the partners of a mix, a row each: what a reader of the proof looks for


def used_blocks(subject: MixSubject, *, today: dt.date) -> Iterator[Block]:
    """Yield the used offers, the largest grant first, then what each partner has of them."""
    text = subject.text
    yield Heading(text.gettext("Used offers"), 2)
    if subject.is_undecided:
        yield Paragraph(text.gettext("No offer is used: it is not known yet which of them fit."))
        return
    if not subject.used:
        yield Paragraph(text.gettext("No offer is used: none brings more than it costs to apply."))
        return
    yield _offers(subject, today)
    yield _partners(subject)


def _offers(subject: MixSubject, today: dt.date) -> Table:
    text = subject.text
    parts = subject.applications
    grants = sum(parts[offer.id]["grant_ct"] for offer in subject.used)
    return Table(
        (
            Column(text.gettext("Offer")),
            Column(text.gettext("Apply by"), "date"),
            Column(text.gettext("Who gets how much of it")),
            Column(text.gettext("Grant"), "number"),
        ),
        tuple(_offer_row(subject, offer, today) for offer in subject.used),
        caption=text.gettext("What is asked of whom, in euros"),
        total=(text.gettext("Sum"), None, None, euro(grants)),
        name=text.gettext("Used offers"),
    )


def _offer_row(subject: MixSubject, offer: Offer, today: dt.date) -> Row:
    part, name = subject.applications[offer.id], subject.offer_name(offer.id)
    closed = closed_words(subject, offer, today=today)
    return (
        (Run(f"{name} · "), Run(closed, quiet=True)) if closed else name,
        "–" if closed else offer.closes or UNKNOWN,
        _shares(subject, offer),
        euro(part["grant_ct"]),
    )


def _shares(subject: MixSubject, offer: Offer) -> str:
    """Name who shares a grant with the amounts; one partner alone has all of it."""
    found = [
        (subject.partner_name(partner), subject.cells.get((partner, offer.id), (0, 0))[1])
        for partner in subject.sheets
    ]
    shares = [(name, grant) for name, grant in found if grant]
    if len(shares) == 1:
        return shares[0][0]
    return "; ".join(f"{name}: {subject.money(grant)}" for name, grant in shares)


def _partners(subject: MixSubject) -> Table:
    text = subject.text
    costs, grants = subject.total("cost_ct"), subject.total("grant_ct")
    return Table(
        (
            Column(text.gettext("Partner")),
            Column(text.gettext("Costs"), "number"),
            Column(text.gettext("Grants"), "number"),
            Column(text.gettext("Own money"), "number"),
            Column(text.gettext("Rate"), "percent", decimals=1),
        ),
        tuple(_used_partner_row(subject, name) for name in subject.sheets),
        caption=text.gettext("What each partner gets and pays itself, in euros"),
        total=(
            text.gettext("Sum"),
            euro(costs),
            euro(grants),
            euro(subject.total("own_ct")),
            grants / costs if costs else None,
        ),
        name=text.gettext("Partners"),
    )


def _used_partner_row(subject: MixSubject, partner: str) -> Row:
    sheet = subject.sheets[partner]
    rate = sheet["grant_ct"] / sheet["cost_ct"] if sheet["cost_ct"] else None
    amounts = (euro(sheet[name]) for name in ("cost_ct", "grant_ct", "own_ct"))
    return (subject.partner_name(partner), *amounts, rate)


# --- Who is paid what from where: partners by sources, with own money and rate --------------------


# With partner, costs, own money and rate at most nine columns stand upright.
PER_TABLE: Final = 5


def allocation_blocks(subject: MixSubject) -> Iterator[Block]:
    """Yield the matrix of grants and the one of declared costs."""
    text = subject.text
    yield Heading(text.gettext("Who is paid what from where"), 2)
    if subject.is_undecided:
        yield Paragraph(text.gettext("No offer is used: it is not known yet which of them fit."))
        return
    if not subject.used:
        yield Paragraph(text.gettext("No offer is used: none brings more than it costs to apply."))
        return
    groups = [subject.used[i : i + PER_TABLE] for i in range(0, len(subject.used), PER_TABLE)]
    for number, offers in enumerate(groups, start=1):
        yield _grants(subject, offers, is_last=number == len(groups))
    for offers in groups:
        yield _declared(subject, offers)


def _grants(subject: MixSubject, offers: Sequence[Offer], *, is_last: bool) -> Table:
    text = subject.text
    share = subject.total("grant_ct") / (subject.total("cost_ct") or 1)
    caption = text.gettext("Grants by partner and source, in euros")
    return Table(
        (
            Column(text.gettext("Partner")),
            Column(text.gettext("Costs"), "number"),
            *(Column(subject.offer_name(offer.id), "number") for offer in offers),
            *_ends(subject, is_last=is_last),
        ),
        tuple(
            _allocation_partner_row(subject, name, offers, is_last=is_last)
            for name in subject.sheets
        ),
        caption=caption,
        total=(
            text.gettext("Sum"),
            euro(subject.total("cost_ct")),
            *(_sum(subject, offer.id, 1) for offer in offers),
            *((euro(subject.total("own_ct")), share) if is_last else ()),
        ),
        note=text.gettext(
            "Own money: what no grant pays. Rate: grants divided by costs. All amounts are "
            "computed in whole cents."
        )
        if is_last
        else "",
        name=text.gettext("Grants"),
    )


def _ends(subject: MixSubject, *, is_last: bool) -> tuple[Column, ...]:
    if not is_last:
        return ()
    text = subject.text
    return (
        Column(text.gettext("Own money"), "number"),
        Column(text.gettext("Rate"), "percent", decimals=1),
    )


def _allocation_partner_row(
    subject: MixSubject, partner: str, offers: Sequence[Offer], *, is_last: bool
) -> Row:
    sheet = subject.sheets[partner]
    rate: Cell = sheet["grant_ct"] / sheet["cost_ct"] if sheet["cost_ct"] else None
    return (
        subject.partner_name(partner),
        euro(sheet["cost_ct"]),
        *(euro(subject.cells.get((partner, offer.id), (0, 0))[1]) for offer in offers),
        *((euro(sheet["own_ct"]), rate) if is_last else ()),
    )


def _declared(subject: MixSubject, offers: Sequence[Offer]) -> Table:
    text = subject.text
    rows = tuple(
        (
            subject.partner_name(partner),
            *(euro(subject.cells.get((partner, offer.id), (0, 0))[0]) for offer in offers),
        )
        for partner in subject.sheets
    )
    return Table(
        (
            Column(text.gettext("Partner")),
            *(Column(subject.offer_name(offer.id), "number") for offer in offers),
        ),
        rows,
        caption=text.gettext("Costs declared by partner and source, in euros"),
        total=(text.gettext("Sum"), *(_sum(subject, offer.id, 0) for offer in offers)),
        name=text.gettext("Declared costs"),
    )


def _sum(subject: MixSubject, offer: str, place: int) -> Cell:
    return euro(sum(cell[place] for (_, o), cell in subject.cells.items() if o == offer))


# --- One sheet for each application: what is asked of an offer, by whom, under which terms --------


def application_sheets(subject: MixSubject, *, today: dt.date) -> Iterator[Block]:
    """Yield the sheets, the largest grant first."""
    if not subject.used:
        return
    yield Heading(subject.text.gettext("Applications"), 1)
    for offer in subject.used:
        yield from application_sheet(subject, offer, today=today)


def application_sheet(subject: MixSubject, offer: Offer, *, today: dt.date) -> Iterator[Block]:
    """Yield the sheet of one offer: what is asked by whom, and under which terms."""
    text = subject.text
    yield Heading(subject.offer_name(offer.id), 2)
    yield _table(subject, offer)
    for label, words in _terms(subject, offer, today):
        if words:
            yield LabelledPart(label, (Paragraph(words),))
    links = tuple(_links(subject, offer))
    if links:
        yield LabelledPart(text.gettext("Together with"), (Bullets(links),))


def _table(subject: MixSubject, offer: Offer) -> Table:
    text, part = subject.text, subject.applications[offer.id]
    declared = sum(cell[0] for (_, o), cell in subject.cells.items() if o == offer.id)
    rate = part["grant_ct"] / declared if declared else None
    rows = tuple(
        row for name in subject.sheets for row in _applications_rows(subject, name, offer.id)
    )
    return Table(
        (
            Column(text.gettext("Partner")),
            Column(text.gettext("Declared"), "number"),
            Column(text.gettext("Grant"), "number"),
            Column(text.gettext("Rate"), "percent", decimals=1),
        ),
        rows,
        caption=text.gettext("What is asked of “%(offer)s”, in euros")
        % {"offer": subject.offer_name(offer.id)},
        total=(text.gettext("Sum"), euro(declared), euro(part["grant_ct"]), rate),
        name=subject.offer_name(offer.id),
    )


def _applications_rows(subject: MixSubject, partner: str, offer: str) -> Iterator[Row]:
    declared, grant = subject.cells.get((partner, offer), (0, 0))
    if declared:
        yield (subject.partner_name(partner), euro(declared), euro(grant), grant / declared)


def _terms(subject: MixSubject, offer: Offer, today: dt.date) -> Iterator[tuple[str, str]]:
    text = subject.text
    part = subject.applications[offer.id]
    name = subject.programme_name(offer.id)
    yield text.gettext("Programme"), name
    yield text.gettext("Identifier of the programme"), "" if name else offer.programme
    yield text.gettext("Effort of applying"), subject.money(part["effort_ct"])
    yield text.gettext("Ceiling"), subject.money(offer.cap_ct) if offer.cap_ct is not None else ""
    yield text.gettext("Least grant"), subject.money(offer.floor_ct) if offer.floor_ct else ""
    yield text.gettext("Costs count"), _window(subject, offer)
    yield text.gettext("Call"), _call(subject, offer, today)
    yield text.gettext("Payment"), _payment(subject, offer)
    yield text.gettext("State aid"), _aid(subject, offer)


def _window(subject: MixSubject, offer: Offer) -> str:
    chart = time_chart(subject)
    first, last = (chart.period_name(period) for period in offer.window)
    return f"{first} – {last}"


def _call(subject: MixSubject, offer: Offer, today: dt.date) -> str:
    if closed := closed_words(subject, offer, today=today):
        return closed
    ends = [format_date(day, subject.language) for day in (offer.opens, offer.closes) if day]
    return " – ".join(ends)


def _payment(subject: MixSubject, offer: Offer) -> str:
    text, language = subject.text, subject.language
    later = text.ngettext(
        "the rest %(n)s quarter after the cost",
        "the rest %(n)s quarters after the cost",
        offer.lag_periods,
    ) % {"n": format_integer(offer.lag_periods, language)}
    if not offer.prepay_bp:
        return _all_later(subject, offer.lag_periods)
    ahead = text.gettext("%(share)s paid ahead") % {
        "share": format_percent(offer.prepay_bp / 10_000, language)
    }
    return f"{ahead}, {later}."


def _all_later(subject: MixSubject, n: int) -> str:
    words = subject.text.ngettext(
        "%(n)s quarter after the cost", "%(n)s quarters after the cost", n
    )
    return words % {"n": format_integer(n, subject.language)}


def _aid(subject: MixSubject, offer: Offer) -> str:
    """Name the rules of State aid under which an offer pays."""
    small, language = subject.text.gettext("de minimis aid"), subject.language
    named = sorted(set(offer.articles.values()) - {"none"})
    return ", ".join(small if one == "DM" else article_words(one, language) for one in named)


def _links(subject: MixSubject, offer: Offer) -> Iterator[str]:
    for link in subject.case.links:
        if offer.id in link.offers:
            names = ", ".join(subject.offer_name(name) for name in link.offers)
            yield f"{names}: {said(LINKS, link.type, subject.language)}"


# --- One sheet for each partner: its costs, who pays what of them, its own money and cash ---------


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
        tuple(_partners_rows(subject, name)),
        caption=text.gettext("Cost lines of %(partner)s and who pays, in euros")
        % {"partner": subject.partner_name(name)},
        total=(
            text.gettext("Sum"), None, None, euro(sheet["cost_ct"]), None,
            None, euro(sheet["grant_ct"]),
        ),
        name=subject.partner_name(name),
    )  # fmt: skip


def _partners_rows(subject: MixSubject, name: str) -> Iterator[Row]:
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

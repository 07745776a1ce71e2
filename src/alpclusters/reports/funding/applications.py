"""One sheet for each application: what is asked of an offer, by whom, under which terms."""

import datetime as dt
from collections.abc import Iterator

from alpclusters.analysis.funding.case.records import Offer
from alpclusters.reports.blocks import (
    Block,
    Bullets,
    Column,
    Heading,
    LabelledPart,
    Paragraph,
    Row,
    Table,
)
from alpclusters.reports.dates import format_date
from alpclusters.reports.funding.closed import closed_words
from alpclusters.reports.funding.subject import MixSubject, euro
from alpclusters.reports.funding.timeline import time_chart
from alpclusters.reports.funding.words import LINKS, said
from alpclusters.reports.funding_subjects import article_words
from alpclusters.reports.numbers import format_integer, format_percent


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
    rows = tuple(row for name in subject.sheets for row in _rows(subject, name, offer.id))
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


def _rows(subject: MixSubject, partner: str, offer: str) -> Iterator[Row]:
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

"""The used offers and the partners of a mix, a row each: what a reader of the proof looks for."""

import datetime as dt
from collections.abc import Iterator

from alpclusters.analysis.funding.case.records import Offer
from alpclusters.reports.blocks import UNKNOWN, Block, Column, Heading, Paragraph, Row, Run, Table
from alpclusters.reports.funding.closed import closed_words
from alpclusters.reports.funding.subject import MixSubject, euro


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
        tuple(_partner_row(subject, name) for name in subject.sheets),
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


def _partner_row(subject: MixSubject, partner: str) -> Row:
    sheet = subject.sheets[partner]
    rate = sheet["grant_ct"] / sheet["cost_ct"] if sheet["cost_ct"] else None
    amounts = (euro(sheet[name]) for name in ("cost_ct", "grant_ct", "own_ct"))
    return (subject.partner_name(partner), *amounts, rate)

"""Who is paid what from where: partners by sources, with own money and rate."""

from collections.abc import Iterator, Sequence
from typing import Final

from alpclusters.analysis.funding.case.records import Offer
from alpclusters.reports.blocks import Block, Cell, Column, Heading, Paragraph, Row, Table
from alpclusters.reports.funding.subject import MixSubject, euro

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
        tuple(_partner_row(subject, name, offers, is_last=is_last) for name in subject.sheets),
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


def _partner_row(
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

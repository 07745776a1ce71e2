"""The application to one offer as a short plain document: who asks for how much, on which costs."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from alpclusters.analysis.funding.case import Offer, Partner
from alpclusters.platform.languages.catalogues import gettext_noop as _
from alpclusters.reports.application import partner_answers as of_partner
from alpclusters.reports.application import project_answers as of_project
from alpclusters.reports.application.budget import HEADING_NAMES, HEADING_OF
from alpclusters.reports.application.document import n_of, simulated_panel
from alpclusters.reports.application.subject import ApplicationSubject, Talk
from alpclusters.reports.blocks import (
    Block,
    Bullets,
    Column,
    Document,
    Heading,
    KeyFigure,
    KeyFigures,
    Panel,
    Paragraph,
    Row,
    Table,
)
from alpclusters.reports.dates import format_date_short
from alpclusters.reports.funding.report import document
from alpclusters.reports.funding.sheets import application_sheet
from alpclusters.reports.funding.subject import euro
from alpclusters.reports.numbers import format_percent

COMPETITIVE: Final = "competitive"
BY_RIGHT: Final = "by_right"
FIXED: Final = "fixed"
UNKNOWN: Final = ""
# How an offer is awarded, as one cell of a list says it.
AWARDS: Final = {
    COMPETITIVE: _("applications compete"),
    BY_RIGHT: _("by right: whoever meets the conditions gets it"),
    FIXED: _("fixed amount (voucher or lump sum)"),
    UNKNOWN: _("not known"),
}
SHORT: Final = _(
    "A short form for an offer without a long application. Next step: enter what is missing, read "
    "every text, then copy it into the form of the body that grants it."
)
LONG: Final = _(
    "The part of this one offer. The common part (partners, work plan, management) is in "
    "application.docx. Next step: enter what is missing, read every text, then copy it into the "
    "form of the body that grants it."
)
# What any body asks of an applicant.
ABOUT_PARTNER: Final = (
    (_("Role in the project"), of_partner.role),
    (_("Name in English"), of_partner.english_name),
    (_("Legal status"), of_partner.legal_status),
    (_("Size of the enterprise"), of_partner.size),
    (_("VAT number"), of_partner.vat_number),
    (_("Can VAT be recovered?"), of_partner.vat_recovery),
    (_("Street and house number"), of_partner.street),
    (_("Postcode"), of_partner.postcode),
    (_("Town"), of_partner.town),
    (_("Country"), of_partner.country),
    (_("What is the part of the partner in the project?"), of_partner.part),
)
# What no data carry, asked once of each applicant.
PERSONS: Final = (_("Legal representative"), _("Contact person"))
ABOUT_PROJECT: Final = (
    (_("Project acronym"), of_project.acronym),
    (_("Project title"), of_project.title),
    (_("Duration in months"), of_project.duration),
    (_("Summary of the project"), of_project.summary),
    (_("What is the overall objective of the project?"), of_project.objective),
)
type Said = tuple[str, str]


def award_of(offer: Offer) -> str:
    """Say how an offer is awarded: a key of `AWARDS`."""
    if offer.floor_ct and offer.floor_ct == offer.cap_ct:
        return FIXED
    return offer.award or UNKNOWN


def build_offer_application(
    subject: ApplicationSubject, offer: Offer, language: str, *, day: dt.date
) -> Document:
    """Build the application to one used offer as a document.

    Parameters
    ----------
    subject : ApplicationSubject
        With a mix that may be shown as one.
    offer : Offer
        One that the mix uses.
    language : str
        One of the five codes; the language of its ``funding`` too.
    day : date
        The day that stands on it.
    """
    form = _Form(subject, offer, Talk(subject, language), day)
    text = form.talk.text
    return document(
        subject.funding,
        tuple(form.blocks()),
        kicker=text.gettext("Draft of an application · %(offer)s")
        % {"offer": subject.funding.offer_name(offer.id)},
        short_title=text.gettext("Draft of an application"),
        day=day,
    )


@dataclass(frozen=True)
class _Form:
    """What is said to one offer."""

    subject: ApplicationSubject
    offer: Offer
    talk: Talk
    day: dt.date

    @cached_property
    def applicants(self) -> tuple[Partner, ...]:
        cells = self.subject.funding.cells
        return tuple(
            one for one in self.subject.partners if cells.get((one.id, self.offer.id), (0, 0))[0]
        )

    @cached_property
    def about_project(self) -> list[Said]:
        text, case = self.talk.text, self.subject.funding.case
        last = case.periods.last_day(case.periods.count - 1)
        days = [format_date_short(one, self.talk.language) for one in (case.periods.start, last)]
        told = [(text.gettext(label), fill(self.talk, None)) for label, fill in ABOUT_PROJECT]
        return [*told, (text.gettext("From – to"), " – ".join(days))]

    @cached_property
    def about_partners(self) -> dict[str, list[Said]]:
        text = self.talk.text
        return {
            partner.id: [
                *(
                    (text.gettext(label), said)
                    for label, fill in ABOUT_PARTNER
                    if (said := fill(self.talk, partner)) is not None
                ),
                *((text.gettext(label), "") for label in PERSONS),
            ]
            for partner in self.applicants
        }

    def blocks(self) -> Iterator[Block]:
        text = self.talk.text
        is_short = award_of(self.offer) in {BY_RIGHT, FIXED}
        words = text.gettext(SHORT if is_short else LONG)
        yield Panel((Paragraph(words),), text.gettext("What this is"), "note")
        if self.subject.is_simulated:
            yield simulated_panel(self.talk)
        yield self._figures()
        yield from application_sheet(self.subject.funding, self.offer, today=self.day)
        yield from self._others()
        yield Heading(text.gettext("The project"), 2)
        yield self._table(self.about_project)
        for partner in self.applicants:
            yield Heading(partner.name, 2)
            yield self._table(self.about_partners[partner.id])
        yield Heading(text.gettext("Costs of this application"), 2)
        yield self._costs()

    def _figures(self) -> KeyFigures:
        text, part = self.talk.text, self.subject.funding.applications[self.offer.id]
        said = [
            *self.about_project,
            *(one for rows in self.about_partners.values() for one in rows),
        ]
        filled = sum(bool(answer) for _label, answer in said)
        return KeyFigures(
            (
                KeyFigure(self.talk.money(part["grant_ct"]), text.pgettext("amount", "Grant")),
                KeyFigure(self.talk.money(self._declared()), text.gettext("Declared costs")),
                KeyFigure(
                    format_percent(filled / len(said), self.talk.language),
                    text.gettext("of the fields filled"),
                    n_of(self.talk, filled, len(said)),
                ),
            )
        )

    def _declared(self) -> int:
        cells = self.subject.funding.cells.items()
        return sum(declared for (_who, offer), (declared, _g) in cells if offer == self.offer.id)

    def _others(self) -> Iterator[Block]:
        """Name the other grants of the mix: who grants money has to be told of them."""
        funding, text = self.subject.funding, self.talk.text
        others = tuple(
            f"{funding.offer_name(one.id)}: "
            f"{self.talk.money(funding.applications[one.id]['grant_ct'])}"
            for one in funding.used
            if one.id != self.offer.id
        )
        if others:
            yield Heading(text.gettext("Other grants asked for in the same project"), 2)
            yield Paragraph(text.gettext("State them in the application: grants add up."))
            yield Bullets(others)

    def _table(self, said: list[Said]) -> Table:
        text = self.talk.text
        return Table(
            (Column(text.gettext("Field")), Column(text.gettext("Answer"))),
            tuple((label, answer or text.gettext("missing")) for label, answer in said),
        )

    def _costs(self) -> Table:
        """Return what is declared to this offer by partner and heading."""
        funding, text = self.subject.funding, self.talk.text
        sums: dict[tuple[str, str], int] = {}
        for cell in funding.mix["allocation"]:
            if cell["offer"] == self.offer.id:
                line = funding.lines[cell["line"]]
                key = line.partner, HEADING_OF[line.category]
                sums[key] = sums.get(key, 0) + cell["declared_ct"]
        keys = [key for key in HEADING_NAMES if any(one == key for _who, one in sums)]
        rows: list[Row] = []
        for partner in self.applicants:
            cents = [sums.get((partner.id, key), 0) for key in keys]
            rows.append((partner.name, *map(euro, cents), euro(sum(cents))))
        totals = [sum(c for (_who, one), c in sums.items() if one == key) for key in keys]
        return Table(
            (
                Column(text.gettext("Partner")),
                *(Column(text.gettext(HEADING_NAMES[key]), "number") for key in keys),
                Column(text.gettext("Sum"), "number", strong=True),
            ),
            tuple(rows),
            caption=text.gettext("Costs declared to this offer, in euros"),
            total=(text.gettext("Sum"), *map(euro, totals), euro(sum(totals))),
            name=text.gettext("Costs"),
        )

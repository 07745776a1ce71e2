"""Used offers whose call has closed: one wording for page, proof, report and plan of chances."""

import datetime as dt
from collections.abc import Iterator
from typing import Final

from alpclusters.analysis.funding.case.records import Offer
from alpclusters.platform.languages.catalogues import gettext_noop as _
from alpclusters.platform.languages.catalogues import ngettext_noop
from alpclusters.reports.blocks import Block, Bullets, Panel, Paragraph
from alpclusters.reports.dates import format_date_short
from alpclusters.reports.funding.law_in_time import LawMessage
from alpclusters.reports.funding.subject import MixSubject
from alpclusters.reports.numbers import format_integer

_CLOSED: Final = _("closed on %(day)s")
_USABLE: Final = _("%(closed)s; usable only if it opens again")
_TITLE: Final = ngettext_noop(
    "This mix uses %(n)s call that is closed", "This mix uses %(n)s calls that are closed"
)
_WHAT: Final = _(
    "Nobody can apply there now. What they bring counts only if they open again. If you applied in "
    "time, enter the day of the application with the offer. Else leave them out and compute anew."
)


def closed_calls(subject: MixSubject, *, today: dt.date) -> tuple[Offer, ...]:
    """Return the used offers to which nobody can apply any more, the largest grant first.

    Parameters
    ----------
    subject : MixSubject
    today : date
        What closed before it is closed, unless the case says that one applied in time.
    """
    return tuple(offer for offer in subject.used if offer.is_closed(today))


def closed_words(subject: MixSubject, offer: Offer, *, today: dt.date) -> str:
    """Say of an offer that its call is closed; nothing where one can apply or has applied."""
    if not offer.is_closed(today):
        return ""
    return subject.text.gettext(_USABLE) % {"closed": closing_words(subject, offer)}


def closing_words(subject: MixSubject, offer: Offer) -> str:
    """Say on which day a call closed."""
    day = format_date_short(offer.closes, subject.language) if offer.closes else ""
    return subject.text.gettext(_CLOSED) % {"day": day}


def closed_grants_ct(subject: MixSubject, *, today: dt.date) -> int:
    """Return how much of the grants rests on calls that are closed."""
    closed = closed_calls(subject, today=today)
    return sum(int(subject.applications[offer.id]["grant_ct"]) for offer in closed)


def closed_messages(subject: MixSubject, *, today: dt.date) -> Iterator[LawMessage]:
    """Yield what stands above a mix that uses closed calls; nothing where it uses none."""
    closed = closed_calls(subject, today=today) if subject.has_mix else ()
    if not closed:
        return
    text, n = subject.text, len(closed)
    title = text.ngettext(*_TITLE, n) % {"n": format_integer(n, subject.language)}
    items = tuple(
        f"{subject.offer_name(offer.id)}: {closing_words(subject, offer)}" for offer in closed
    )
    yield LawMessage(title, text.gettext(_WHAT), items)


def closed_blocks(subject: MixSubject, *, today: dt.date) -> Iterator[Block]:
    """Yield the same as a panel of a document."""
    for one in closed_messages(subject, today=today):
        yield Panel((Paragraph(one.text), Bullets(one.items)), title=one.title, kind="warning")

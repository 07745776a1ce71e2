"""What the pages of a programme, a call and an offer show."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from django.utils.translation import gettext as _

from alpclusters.platform.fields import label_of
from alpclusters.platform.funding.models import Call, Offer, Programme
from alpclusters.platform.funding.models.catalogue import OfferQuerySet
from alpclusters.platform.partnership.roles import Person
from alpclusters.reports.dates import format_time
from alpclusters.www.components.parts import Fact, Table
from alpclusters.www.public.funding.addresses import call_url, programme_url
from alpclusters.www.public.funding.earlier import EarlierView, earlier_view
from alpclusters.www.public.funding.figures import figures_table
from alpclusters.www.public.funding.lists import (
    Hit,
    call_hit,
    call_name,
    call_of,
    call_timing,
    foreign,
    offer_hit,
    offer_timing,
    programme_timing,
)
from alpclusters.www.public.funding.names import place_name, theme_name
from alpclusters.www.public.funding.standing import Badge, StandingView, standing_view, timing_badge
from alpclusters.www.public.funding.terms import (
    TermsView,
    day_words,
    euro_words,
    language,
    terms_view,
)
from alpclusters.www.public.initiatives.said import Said, said


@dataclass(frozen=True)
class EntryPage:
    """Everything the templates name."""

    name: Said
    summary: Said
    kicker: str
    timing: Badge
    standing: StandingView
    facts: Sequence[Fact]
    version: int
    programme: tuple[Said, str] | None = None
    call: tuple[Said, str] | None = None
    figures: Table | None = None
    calls: Sequence[Hit] = ()
    offers: Sequence[Hit] = ()
    earlier: EarlierView | None = None
    terms: TermsView | None = None

    @property
    def badges(self) -> Sequence[Badge]:
        """Whether one can apply, how sure it is, and whether that is old."""
        return [self.timing, *self.standing.badges]

    @property
    def simulated(self) -> bool:
        """Whether it or something it names is invented."""
        named = (*self.calls, *self.offers)
        return self.standing.is_simulated or any(hit.is_simulated for hit in named)


def programme_page(user: Person, programme: Programme, today: dt.date) -> EntryPage:
    """Read a programme with its figures, calls, offers and what earlier projects did."""
    calls = programme.calls.filter(is_published=True).select_related("programme")
    offers = _offers(Offer.objects.published().filter(programme=programme))
    return EntryPage(
        name=said(programme, "name"),
        summary=said(programme, "summary"),
        kicker=_("Programme"),
        timing=timing_badge(programme_timing(programme, today)),
        standing=standing_view(programme, today),
        facts=_programme_facts(programme),
        version=programme.version,
        figures=figures_table(list(programme.parameters.filter(call__isnull=True))),
        calls=[call_hit(call, today) for call in calls.order_by("-closes", "key")],
        offers=[offer_hit(offer, today) for offer in offers],
        earlier=earlier_view(user, programme),
    )


def call_page(call: Call, today: dt.date) -> EntryPage:
    """Read a call with its days, figures and offers."""
    return EntryPage(
        name=call_name(call),
        summary=foreign(call.summary, call.source_language),
        kicker=_("Call for proposals"),
        timing=timing_badge(call_timing(call, today)),
        standing=standing_view(call, today),
        facts=_call_facts(call),
        version=call.version,
        programme=_programme_of(call.programme),
        figures=figures_table(list(call.parameters.all())),
        offers=[
            offer_hit(offer, today)
            for offer in _offers(Offer.objects.published().filter(call=call))
        ],
    )


def offer_page(offer: Offer, today: dt.date) -> EntryPage:
    """Read an offer with its terms in plain words."""
    call = call_of(offer)
    named = (call_name(call), call_url(call.key)) if call else None
    return EntryPage(
        name=said(offer, "title"),
        summary=said(offer, "summary"),
        kicker=_("Offer of funding"),
        timing=timing_badge(offer_timing(offer, today)),
        standing=standing_view(offer, today),
        facts=_programme_facts(offer.programme),
        version=offer.version,
        programme=_programme_of(offer.programme),
        call=named,
        terms=terms_view(offer),
    )


def _offers(offers: OfferQuerySet) -> list[Offer]:
    return list(offers.select_related("programme", "call").order_by("title__shown", "pk"))


def _programme_of(programme: Programme) -> tuple[Said, str]:
    return said(programme, "name"), programme_url(programme.key)


def _programme_facts(programme: Programme) -> list[Fact]:
    named = partial(label_of, Programme)
    facts = [
        Fact(named("level"), programme.get_level_display()),
        _known(named("period"), programme.period),
        _known(named("territory"), ", ".join(map(place_name, programme.territory))),
    ]
    if programme.area is not None:
        facts.append(Fact(named("area"), programme.area.name))
    if programme.themes:
        facts.append(Fact(named("themes"), ", ".join(map(theme_name, programme.themes))))
    if programme.website:
        facts.append(Fact(named("website"), programme.website, url=programme.website))
    return facts


def _call_facts(call: Call) -> list[Fact]:
    named = partial(label_of, Call)
    amount = call.budget_ct
    facts = [
        _known(named("opens"), day_words(call.opens) if call.opens else None),
        _known(named("closes"), _closing(call.closes, call.closes_at) if call.closes else None),
        _known(_("Budget"), None if amount is None else euro_words(amount)),
    ]
    if call.external_id:
        facts.append(Fact(named("external_id"), call.external_id))
    if call.website:
        facts.append(Fact(named("website"), call.website, url=call.website))
    return facts


def _closing(day: dt.date, hour: dt.time | None) -> str:
    if hour is None:
        return day_words(day)
    told = {"day": day_words(day), "hour": format_time(dt.datetime.combine(day, hour), language())}
    return _("%(day)s, %(hour)s (Brussels time)") % told


def _known(label: str, words: str | None) -> Fact:
    return Fact(label, words) if words else Fact(label, state="unknown")

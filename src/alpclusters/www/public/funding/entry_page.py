"""What the pages of a programme, a call and an offer show."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alpclusters.platform.evidence.rules import visible_initiatives
from alpclusters.platform.fields import label_of
from alpclusters.platform.funding.domain.parameters import parameter_label, parameter_words
from alpclusters.platform.funding.models import Call, Offer, Parameter, Programme
from alpclusters.platform.funding.models.catalogue import OfferQuerySet
from alpclusters.platform.partnership.roles import Person
from alpclusters.reports.dates import format_date, format_date_short, format_time
from alpclusters.reports.numbers import format_money, format_number, format_percent
from alpclusters.www.components.parts import Cell, Column, Fact, Table
from alpclusters.www.public.funding.asking import call_url, place_name, programme_url, theme_name
from alpclusters.www.public.funding.entry_list import (
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
from alpclusters.www.public.funding.terms import (
    Badge,
    StandingView,
    TermsView,
    day_words,
    euro_words,
    language,
    standing_view,
    status_word,
    terms_view,
    timing_badge,
)
from alpclusters.www.public.initiatives.said import Said, said
from alpclusters.www.public.initiatives.search import initiative_url

# --- What earlier projects of a programme did, from the evidence base -----------------------------


MOST: Final = 8


@dataclass(frozen=True)
class EarlierView:
    """How many there are, the first by name, and what is known of what lasted."""

    name: str
    total: int
    first: Sequence[tuple[str, Said, str]]
    lasting_url: str

    @property
    def n_more(self) -> int:
        """How many are not named here."""
        return self.total - len(self.first)


def earlier_view(user: Person, programme: Programme) -> EarlierView | None:
    """Read the projects of the same programme that a person may see; None without a tie."""
    evidence = programme.evidence
    if evidence is None:
        return None
    rows = visible_initiatives(user).filter(programme=evidence)
    found = list(rows.order_by("acronym", "pk")[:MOST])
    return EarlierView(
        name=str(evidence),
        total=rows.count(),
        first=[(row.acronym, said(row, "title"), initiative_url(row.key)) for row in found],
        lasting_url=reverse("public:lasting-programme", args=[evidence.key]),
    )


# --- The figures of programmes and calls: each with how sure it is, its source and its day --------


DASH: Final = "–"
_CURRENCIES: Final[Mapping[str, str]] = {Parameter.Unit.EUR: "EUR", Parameter.Unit.CHF: "CHF"}
_MOST_DECIMALS: Final = 2


def figures_table(rows: Sequence[Parameter]) -> Table | None:
    """Return the figures with what says so; None where there is none."""
    if not rows:
        return None
    columns = [
        Column(_("Figure")),
        Column(_("Value")),
        Column(_("How sure")),
        Column(_("Source")),
        Column(_("Checked on")),
    ]
    return Table(_("What its sources say"), columns, [_row(row) for row in rows])


def _row(row: Parameter) -> list[object]:
    label = parameter_label(row.name, language())
    return [
        f"{label} ({row.period})" if row.period else label,
        figure_text(row),
        status_word(row.status),
        # A source is cited as it calls itself.
        Cell(row.source or DASH),
        format_date_short(row.checked_on, language()) if row.checked_on else DASH,
    ]


def figure_text(row: Parameter) -> str:
    """Write a figure with its unit and how exact it is; "unknown" where nobody knows."""
    if not row.value:
        return f"{DASH} {_('unknown')}"
    text = _value(row)
    if not row.precision:
        return text
    return _("%(precision)s %(value)s") % {
        "precision": row.get_precision_display(),
        "value": text,
    }


def _value(row: Parameter) -> str:
    if row.unit == Parameter.Unit.TEXT:
        return parameter_words(row.value, language()) or row.value
    if row.unit == Parameter.Unit.DAY:
        return _day(row.value)
    number = _number(row.value)
    # Somebody's own words where a number is meant are shown as they are.
    return row.value if number is None else _counted(number, row.unit)


def _counted(number: Decimal, unit: str) -> str:
    if unit in _CURRENCIES:
        cents = int(number * 100)
        return format_money(cents, _CURRENCIES[unit], language(), 2 if cents % 100 else 0)
    if unit == Parameter.Unit.PERCENT:
        return format_percent(float(number / 100), language(), _decimals(number))
    if unit == Parameter.Unit.MONTHS:
        n = int(number)
        return ngettext("%(n)s month", "%(n)s months", n) % {"n": n}
    return format_number(float(number), language(), _decimals(number))


def _number(value: str) -> Decimal | None:
    try:
        number = Decimal(value)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _decimals(number: Decimal) -> int:
    exponent = number.normalize().as_tuple().exponent
    return min(_MOST_DECIMALS, max(0, -exponent)) if isinstance(exponent, int) else 0


def _day(value: str) -> str:
    try:
        return format_date(date.fromisoformat(value), language())
    except ValueError:
        return value


# --- What the pages of a programme, a call and an offer show --------------------------------------


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

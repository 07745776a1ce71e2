"""What the list of the catalogue shows."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alpclusters.platform.funding.domain.staleness import is_stale
from alpclusters.platform.funding.models import Call, Offer, Programme
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.www.components.parts import Chip, Tab
from alpclusters.www.public.directory.filters import FilterView
from alpclusters.www.public.funding.asking import (
    ORDERS,
    SHOWN,
    FundingQuery,
    Order,
    Shown,
    Timing,
    address,
    call_url,
    is_past,
    offer_url,
    place_name,
    programme_url,
    timing_of_days,
    timing_of_programme,
    write_query,
)
from alpclusters.www.public.funding.finding import chips, filter_views, find_entries
from alpclusters.www.public.funding.terms import (
    Badge,
    day_words,
    euro_words,
    rate_words,
    stale_badge,
    status_badge,
    timing_badge,
)
from alpclusters.www.public.initiatives.said import Said, said

FORMATS: Final = ("csv", "xlsx", "json")
MOST_PLACES: Final = 4


@dataclass(frozen=True)
class Hit:
    """One entry of the list."""

    name: Said
    url: str
    summary: Said
    about: str
    badges: Sequence[Badge]
    figures: Sequence[tuple[str, str]]
    unverified: bool
    is_simulated: bool


@dataclass(frozen=True)
class FundingList:
    """Everything the template names."""

    query: FundingQuery
    total: int
    hits: Sequence[Hit]
    numbers: Page[Any]
    tabs: Sequence[Tab]
    filters: Sequence[FilterView]
    chips: Sequence[Chip]
    orders: Sequence[tuple[str, Any, bool]]
    exports: Sequence[tuple[str, str]]
    feed_url: str
    calendar_url: str
    reset_url: str
    written: str
    simulated: bool

    @property
    def n_chosen(self) -> int:
        """How many filters are set."""
        return len(self.chips)


def read_list(query: FundingQuery, *, today: dt.date) -> FundingList:
    """Search, and put the answer into words."""
    result = find_entries(query, today=today)
    query = result.query
    entries = entries_of(query.shown, result.page_ids)
    return FundingList(
        query=query,
        total=result.total,
        hits=[hit_of(query.shown, entry, today) for entry in entries],
        numbers=Paginator(range(result.total), query.size).get_page(query.page),
        tabs=[_tab(shown, query) for shown in Shown],
        filters=filter_views(result),
        chips=chips(query),
        orders=[(o.value, ORDERS[o], o == query.order) for o in Order],
        exports=[(f.upper(), address("public:funding-export", query, f)) for f in FORMATS],
        feed_url=address("public:funding-feed", query),
        calendar_url=address("public:funding-calendar-file", query),
        reset_url=_reset_url(query),
        written=write_query(query),
        simulated=bool(query.simulated),
    )


def entries_of(shown: Shown, ids: Sequence[int]) -> list[Any]:
    """Read entries with what their line names, in the given order."""
    found = _SOURCES[shown]().in_bulk(list(ids))
    return [found[pk] for pk in ids if pk in found]


_SOURCES: Final[Mapping[Shown, Callable[[], Any]]] = {
    Shown.OFFERS: lambda: Offer.objects.select_related("programme", "call"),
    Shown.CALLS: lambda: Call.objects.select_related("programme"),
    Shown.PROGRAMMES: lambda: Programme.objects.prefetch_related("calls"),
}


def _tab(shown: Shown, query: FundingQuery) -> Tab:
    """Another kind of entry keeps words and filters, from the first page on."""
    url = address("public:funding", replace(query, shown=shown, page=1))
    return Tab(SHOWN[shown], url, shown == query.shown)


def _reset_url(query: FundingQuery) -> str:
    if query.shown == Shown.OFFERS:
        return reverse("public:funding")
    return address("public:funding", FundingQuery(shown=query.shown))


def call_of(offer: Offer) -> Call | None:
    """Return the call of an offer as far as it is published."""
    call = offer.call
    return call if call is not None and call.is_published else None


def offer_timing(offer: Offer, today: dt.date) -> Timing:
    """Say whether somebody can apply for an offer."""
    call = call_of(offer)
    if call is not None:
        return timing_of_days(call.opens, call.closes, today)
    return timing_of_programme((), offer.programme.ends_on, offer.programme.period, today)


def call_timing(call: Call, today: dt.date) -> Timing:
    """Say whether somebody can apply; without days, a call of a past period is closed."""
    timing = timing_of_days(call.opens, call.closes, today)
    programme = call.programme
    if timing == Timing.UNKNOWN and is_past(programme.ends_on, programme.period, today):
        return Timing.CLOSED
    return timing


def programme_timing(programme: Programme, today: dt.date) -> Timing:
    """Say whether a programme has a call in which somebody can apply."""
    calls = [call for call in programme.calls.all() if call.is_published]
    timings = [timing_of_days(call.opens, call.closes, today) for call in calls]
    return timing_of_programme(timings, programme.ends_on, programme.period, today)


def offer_hit(offer: Offer, today: dt.date) -> Hit:
    """Show an offer with its best rate, its cap and its deadline."""
    figures = []
    if offer.best_rate_bp is not None:
        figures.append((_("up to"), rate_words(offer.best_rate_bp)))
    if offer.cap_ct:
        figures.append((_("at most"), euro_words(offer.cap_ct)))
    call = call_of(offer)
    if call is not None and call.closes:
        figures.append((_("closes"), day_words(call.closes)))
    return Hit(
        name=said(offer, "title"),
        url=offer_url(offer.key),
        summary=said(offer, "summary"),
        about=_about(offer.programme, named=True),
        badges=_badges(offer, offer_timing(offer, today), today),
        figures=figures,
        unverified=_needs_word(offer),
        is_simulated=offer.is_simulated,
    )


def call_hit(call: Call, today: dt.date) -> Hit:
    """Show a call with its days and its budget."""
    days = ((_("opens"), call.opens), (_("closes"), call.closes))
    figures = [(word, day_words(day)) for word, day in days if day]
    if call.budget_ct:
        figures.append((_("budget"), euro_words(call.budget_ct)))
    return Hit(
        name=call_name(call),
        url=call_url(call.key),
        summary=foreign(call.summary, call.source_language),
        about=_about(call.programme, named=True),
        badges=_badges(call, call_timing(call, today), today),
        figures=figures,
        unverified=_needs_word(call),
        is_simulated=call.is_simulated,
    )


def programme_hit(programme: Programme, today: dt.date) -> Hit:
    """Show a programme."""
    return Hit(
        name=said(programme, "name"),
        url=programme_url(programme.key),
        summary=said(programme, "summary"),
        about=_about(programme, named=False),
        badges=_badges(programme, programme_timing(programme, today), today),
        figures=[],
        unverified=False,
        is_simulated=programme.is_simulated,
    )


_HITS: Final[Mapping[Shown, Callable[[Any, dt.date], Hit]]] = {
    Shown.OFFERS: offer_hit,
    Shown.CALLS: call_hit,
    Shown.PROGRAMMES: programme_hit,
}


def hit_of(shown: Shown, entry: Any, today: dt.date) -> Hit:
    """Show an entry of a kind as a line of the list."""
    return _HITS[shown](entry, today)


def call_name(call: Call) -> Said:
    """Return the title of a call in the reader's language, else the source's, marked as such."""
    return foreign(*call.named(nearest_language(get_language())))


def foreign(text: str, language: str) -> Said:
    """Return a text of a source in its own language, which is said where it is not the reader's."""
    own = nearest_language(get_language())
    return Said(text, "" if language == own else language)


def _needs_word(entry: Offer | Call) -> bool:
    """Whether figures need the word "unverified" beside them."""
    return status_badge(entry.status).kind == "unverified"


def _badges(entry: Any, timing: Timing, today: dt.date) -> list[Badge]:
    badges = [timing_badge(timing), status_badge(entry.status)]
    return [*badges, stale_badge(entry.checked_on)] if is_stale(entry, today) else badges


def _about(programme: Programme, *, named: bool) -> str:
    """Name the programme, its level, its period and where it funds."""
    parts: list[str] = [programme.name] if named else []
    parts += [programme.get_level_display(), programme.period]
    return " · ".join(filter(None, [*parts, _places(programme)]))


def _places(programme: Programme) -> str:
    names = [place_name(code) for code in programme.territory]
    shown = ", ".join(names[:MOST_PLACES])
    return f"{shown} …" if len(names) > MOST_PLACES else shown

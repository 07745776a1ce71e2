"""Judge the offers of the catalogue for one body, or for the bodies of one undertaking."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final

from alpclusters.analysis.funding.eligibility import (
    Condition,
    ExpressionError,
    Truth,
    Verdict,
    read_condition,
)
from alpclusters.analysis.funding.eligibility.fields import NOT_ENTERED
from alpclusters.platform.funding.domain.staleness import end_of_period, is_over
from alpclusters.platform.funding.domain.territory import territory
from alpclusters.platform.funding.models import Offer, Status

# --- Whether one can apply for an offer on a day --------------------------------------------------


# A year of this century; no part of a longer number, no number of an act ("598/2005").
_YEAR: Final = re.compile(r"(?<![\d/])20\d{2}(?![\d/])")


class State(StrEnum):
    """When one can apply, in the order in which a reader wants to see it."""

    OPEN = "open"
    UPCOMING = "upcoming"
    UNDATED = "undated"
    CLOSED = "closed"


@dataclass(frozen=True)
class Timing:
    """The state of an offer on a day, with the days behind it where they are known."""

    state: State
    opens: date | None
    closes: date | None


def timing_of(offer: Offer, today: date) -> Timing:
    """Say whether one can apply; the days of the call go before those of the terms."""
    opens = offer.call.opens if offer.call and offer.call.opens else _day(offer, "opens")
    closes = offer.call.closes if offer.call and offer.call.closes else _day(offer, "closes")
    return Timing(_state(offer, opens, closes, today), opens, closes)


def costs_overlap(offer: Offer, starts: date | None, ends: date | None) -> bool:
    """Say whether a time and the days on which costs count may overlap; unknown days may."""
    first, last = _day(offer, "starts"), _day(offer, "ends")
    begins_in_time = starts is None or last is None or starts <= last
    return begins_in_time and (ends is None or first is None or first <= ends)


def end_of(offer: Offer) -> date | None:
    """Return the last day on which its costs count, else the end of its programme; None is open."""
    programme = offer.programme
    return _day(offer, "ends") or programme.ends_on or end_of_period(programme.period)


def named_year(offer: Offer) -> int | None:
    """Return the last year that the title of its call, else its own, names; None without one."""
    call = offer.call
    texts = call.titles if call else offer.title.by_language
    titles = [*([call.title] if call else []), *texts.values()]
    years = [int(year) for title in titles for year in _YEAR.findall(title)]
    return max(years, default=None)


def _state(offer: Offer, opens: date | None, closes: date | None, today: date) -> State:
    last = _day(offer, "ends")
    if (closes and closes < today) or (last and last < today) or is_over(offer, today):
        return State.CLOSED
    if opens and today < opens:
        return State.UPCOMING
    if opens or closes:
        return State.OPEN
    # "Call of 2022" without a day is over; a programme with an end says itself how long it lasts.
    year = None if end_of(offer) and offer.call is None else named_year(offer)
    return State.CLOSED if year and year < today.year else State.UNDATED


def _day(offer: Offer, name: str) -> date | None:
    written = offer.terms.get(name)
    try:
        return date.fromisoformat(written) if isinstance(written, str) else None
    except ValueError:
        return None


# --- Offers of the catalogue as they are judged ---------------------------------------------------


_DAYS: Final = ("opens", "closes", "applied_on", "decided_on", "grant_date")


@dataclass(frozen=True, slots=True)
class ReadOffer:
    """The conditions of an offer, read, with what they may ask of the offer itself."""

    eligibility: Condition
    rates: tuple[tuple[int, Condition | None], ...]
    facts: Mapping[str, Any]


def offers_for(*, is_simulated: bool) -> Sequence[Offer]:
    """Return published offers with programme and call; real bodies never meet invented ones."""
    offers = Offer.objects.published().select_related("programme", "call")
    if not is_simulated:
        invented = Status.DEMONSTRATION
        offers = offers.exclude(status=invented).exclude(programme__status=invented)
    return list(offers.order_by("title__shown", "pk"))


def read_offer(offer: Offer) -> ReadOffer:
    """Read the conditions of an offer."""
    terms = offer.terms
    rates = tuple(
        (rate["bp"], condition_of(rate["when"]) if rate.get("when") else None)
        for rate in terms.get("rates", [])
    )
    return ReadOffer(condition_of(terms.get("eligibility")), rates, _offers_facts(offer))


def condition_of(expression: object) -> Condition:
    """Read a condition, or what stands for one that cannot be read."""
    return _read(json.dumps(expression, sort_keys=True))


@lru_cache(maxsize=4096)
def _read(written: str) -> Condition:
    """Remember conditions by what they say: offers of one programme share theirs."""
    try:
        return read_condition(json.loads(written), territory())
    except ExpressionError:
        # As open as an offer whose condition was never entered.
        return read_condition(NOT_ENTERED, territory())


def _offers_facts(offer: Offer) -> Mapping[str, Any]:
    terms = offer.terms
    days = {name: terms.get(name) for name in _DAYS}
    if offer.call is not None:
        of_call = {"opens": offer.call.opens, "closes": offer.call.closes}
        days |= {name: day.isoformat() for name, day in of_call.items() if day}
    return {
        "programme": offer.programme.key,
        "level": offer.programme.level,
        "origin": terms.get("origin"),
        "grants_from": terms.get("grants_from"),
        "place": terms.get("place", "seat"),
        "cap_ct": terms.get("cap_ct"),
        **days,
    }


# --- Judge the offers of the catalogue for one body, or for the bodies of one undertaking ---------


_ORDER: Final = {state: place for place, state in enumerate(State)}


class Owner(StrEnum):
    """Who can say what is missing."""

    PROFILE = "profile"
    BODY = "body"
    PROJECT = "project"
    OFFER = "offer"


@dataclass(frozen=True)
class Missing:
    """A field that is not known, and who can say it."""

    path: str
    owner: Owner


@dataclass(frozen=True)
class Body:
    """Somebody who may take part: facts as conditions ask them, and what its profile has."""

    name: str
    facts: Mapping[str, Any]
    url: str = ""
    # Names of facts that its profile can hold.
    in_profile: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Setting:
    """For whom and for what: bodies, and what is known of their project."""

    bodies: Sequence[Body]
    project: Mapping[str, Any]
    # Whether the bodies are the partnership; else the others are not known yet.
    is_partnership: bool = False
    starts: date | None = None
    ends: date | None = None
    themes: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Fit:
    """One offer as it was judged.

    ``truth`` is the best of all bodies; ``verdict``, ``rate_bp`` (what is sure) and ``most_bp``
    (what may be) are those of the first body that reaches it. ``fitting`` names all bodies of that
    truth. ``is_in_time`` says whether its costs can count at the time asked.
    """

    offer: Offer
    timing: Timing
    truth: Truth
    verdict: Verdict
    rate_bp: int | None
    most_bp: int | None
    bodies: tuple[str, ...]
    missing: tuple[Missing, ...]
    themes: tuple[str, ...]
    is_in_time: bool
    # Names of the bodies by the id that conditions on the partnership use.
    names: Mapping[str, str]

    @property
    def needs_only_project(self) -> bool:
        """Say whether nothing but the project and its partners is unknown."""
        return bool(self.missing) and all(one.owner is Owner.PROJECT for one in self.missing)


@dataclass(frozen=True)
class Fitting:
    """All offers judged: open calls first; what is over stands apart."""

    fits: Sequence[Fit]
    open: Sequence[Fit]
    not_fit: Sequence[Fit]
    earlier: Sequence[Fit]

    @property
    def n(self) -> int:
        """How many offers were judged."""
        return len(self.fits) + len(self.open) + len(self.not_fit) + len(self.earlier)


def fit_offers(offers: Iterable[Offer], setting: Setting, *, today: date) -> Fitting:
    """Judge offers for a setting."""
    judged = sorted((_fit(offer, setting, today) for offer in offers), key=_rank)
    current = [fit for fit in judged if fit.timing.state is not State.CLOSED]
    return Fitting(
        fits=[fit for fit in current if fit.truth is Truth.TRUE],
        open=[fit for fit in current if fit.truth is Truth.UNKNOWN],
        not_fit=[fit for fit in current if fit.truth is Truth.FALSE],
        earlier=[
            fit
            for fit in judged
            if fit.timing.state is State.CLOSED and fit.truth is not Truth.FALSE
        ],
    )


def _fit(offer: Offer, setting: Setting, today: date) -> Fit:
    read = read_offer(offer)
    bodies = setting.bodies or (Body("", {}),)
    asked = [_fits_facts(read, body, setting) for body in bodies]
    verdicts = [read.eligibility.judge(facts) for facts in asked]
    best = max(verdict.exact for verdict in verdicts)
    first = next(place for place, verdict in enumerate(verdicts) if verdict.exact is best)
    in_time = costs_overlap(offer, setting.starts, setting.ends)
    return Fit(
        offer=offer,
        timing=timing_of(offer, today),
        truth=best if in_time else Truth.FALSE,
        verdict=verdicts[first],
        rate_bp=_sure_rate(read.rates, asked[first]),
        most_bp=max(possible_rates(read.rates, asked[first]), default=None),
        bodies=tuple(
            body.name
            for body, verdict in zip(bodies, verdicts, strict=True)
            if verdict.exact is best
        ),
        missing=tuple(_missing(path, bodies[first]) for path in verdicts[first].open_fields),
        themes=tuple(theme for theme in offer.themes if theme in setting.themes),
        is_in_time=in_time,
        names={str(body.facts["id"]): body.name for body in bodies if "id" in body.facts},
    )


def _fits_facts(read: ReadOffer, body: Body, setting: Setting) -> dict[str, Any]:
    told: dict[str, Any] = {
        "partner": body.facts,
        "project": setting.project,
        "offer": read.facts,
    }
    if setting.is_partnership:
        told["partners"] = [one.facts for one in setting.bodies]
    return told


def possible_rates(
    rates: Sequence[tuple[int, Condition | None]], facts: Mapping[str, Any]
) -> list[int]:
    """List the rates that may hold: those before the first that holds for sure, and that one."""
    found = []
    for bp, when in rates:
        truth = when.truth(facts) if when else Truth.TRUE
        if truth is not Truth.FALSE:
            found.append(bp)
        if truth is Truth.TRUE:
            break
    return found


def _sure_rate(
    rates: Sequence[tuple[int, Condition | None]], facts: Mapping[str, Any]
) -> int | None:
    """Return the least rate that may hold; None if it is not sure that any does."""
    is_sure = any(when is None or when.truth(facts) is Truth.TRUE for _, when in rates)
    return min(possible_rates(rates, facts)) if is_sure else None


def _missing(path: str, body: Body) -> Missing:
    root, _, name = path.partition(".")
    if root == "offer":
        return Missing(path, Owner.OFFER)
    if root != "partner":
        return Missing(path, Owner.PROJECT)
    return Missing(path, Owner.PROFILE if name in body.in_profile else Owner.BODY)


def _rank(fit: Fit) -> tuple[int, int, date, str, int]:
    closes = fit.timing.closes or date.max
    return _ORDER[fit.timing.state], -len(fit.themes), closes, fit.offer.title, fit.offer.pk

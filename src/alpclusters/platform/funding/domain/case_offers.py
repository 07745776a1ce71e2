"""Offers of the catalogue as a case takes them: terms, windows, faults, names, how each stands."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final, get_args

from alpclusters.analysis.funding.case import Case, Kind, Periods
from alpclusters.analysis.funding.case_files import CaseError, read_case
from alpclusters.analysis.funding.eligibility import Truth
from alpclusters.platform.funding.domain.fitting.fits import (
    State,
    end_of,
    possible_rates,
    read_offer,
    timing_of,
)
from alpclusters.platform.funding.models import Offer, Programme, Status
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.languages.text import Text

# --- Days in which costs count, and the quarters of a case that lie within them -------------------


type Window = tuple[int, int]
type Days = tuple[dt.date, dt.date]


def window_of(starts: dt.date | None, ends: dt.date | None, periods: Periods) -> Window | None:
    """Return the first and the last quarter that lie wholly between two days.

    A quarter that lies only partly within them is left out: a cost of it might fall before the
    first day or after the last one, and a cost outside is not eligible.

    Parameters
    ----------
    starts, ends : date or None
        First and last day on which costs count; None is open.
    periods : Periods
        The quarters of the case.

    Returns
    -------
    tuple of int, or None
        None where no quarter lies within.

    Examples
    --------
    >>> quarters = Periods(dt.date(2026, 1, 1), 8)
    >>> window_of(dt.date(2026, 2, 1), dt.date(2027, 3, 31), quarters)
    (1, 4)
    >>> window_of(dt.date(2030, 1, 1), None, quarters)
    """
    inside = [
        period
        for period in range(periods.count)
        if (starts is None or starts <= periods.first_day(period))
        and (ends is None or periods.last_day(period) <= ends)
    ]
    return (inside[0], inside[-1]) if inside else None


def first_and_last(window: Window, periods: Periods) -> Days:
    """Return the first and the last day of the quarters of a window."""
    first, last = window
    return periods.first_day(first), periods.last_day(last)


# --- What the catalogue keeps of an offer: the terms that hold for everybody ----------------------


# What an entry of the catalogue has fields of its own for.
OWN: Final = frozenset(
    {"id", "programme", "title", "level", "opens", "closes", "facts", "success_bp"}
)


def terms_of(data: Mapping[str, Any], periods: Periods) -> dict[str, Any]:
    """Return the terms of an offer of a case, with days instead of quarters.

    Parameters
    ----------
    data : mapping
        An offer of ``alpclusters-case/1``.
    periods : Periods
        The quarters of its case.

    Returns
    -------
    dict
        ``Offer.terms`` of the catalogue; nothing of the case is shared with it.
    """
    starts, ends = first_and_last((data["window"]["from"], data["window"]["to"]), periods)
    kept = {name: value for name, value in data.items() if name not in OWN | {"window"}}
    return {**deepcopy(kept), "starts": starts.isoformat(), "ends": ends.isoformat()}


# --- Terms as the reader of cases takes them: checked before they are stored ----------------------


_PREFIX: Final = "/offers/0"
# A small valid case around the offer; faults elsewhere in it cannot be.
_SHELL: Final[Mapping[str, Any]] = {
    "schema": "alpclusters-case/1",
    "title": "terms",
    "currency": "EUR",
    "periods": {"start": "2021-01-01", "length": "quarter", "count": 4},
    "undertakings": [],
    "partners": [],
    "work_packages": [],
    "lines": [],
}


@dataclass(frozen=True, slots=True)
class TermFault:
    """What is wrong where in the terms (JSON pointer into them)."""

    pointer: str
    code: str
    params: Mapping[str, str | int]


def check_terms(
    terms: Mapping[str, Any], *, level: str = "regional", key: str = "offer"
) -> tuple[TermFault, ...]:
    """Return everything that the reader of cases would refuse in the terms of an offer.

    Terms without rates are no fault: nobody knows the rate yet, and no case can take the offer.

    Parameters
    ----------
    terms : mapping
        Terms of an offer as the catalogue keeps them.
    level : str
        Level of its programme.
    key : str
        Its key.
    """
    kept = {name: value for name, value in terms.items() if name not in {"starts", "ends"}}
    offer = {
        "id": key,
        "programme": "programme",
        "level": level,
        "rates": [{"bp": 0}],
        **deepcopy(kept),
        "window": {"from": 0, "to": 0},
    }
    return (*_bad_days(terms), *_read({**_SHELL, "offers": [offer]}))


def _read(data: dict[str, Any]) -> tuple[TermFault, ...]:
    try:
        read_case(data)
    except CaseError as error:
        return tuple(
            TermFault(fault.pointer.removeprefix(_PREFIX), fault.code, dict(fault.params))
            for fault in error.faults
            if fault.pointer.startswith(_PREFIX) and fault.code != "unknown_ref"
        )
    return ()


def _bad_days(terms: Mapping[str, Any]) -> tuple[TermFault, ...]:
    faults = [
        TermFault(f"/{name}", "bad_date", {"found": str(terms[name])})
        for name in ("starts", "ends")
        if terms.get(name) is not None and _faults_day(terms[name]) is None
    ]
    first, last = _faults_day(terms.get("starts")), _faults_day(terms.get("ends"))
    if first and last and last < first:
        faults.append(TermFault("/ends", "window_reversed", {}))
    return tuple(faults)


def _faults_day(written: object) -> dt.date | None:
    try:
        return dt.date.fromisoformat(written) if isinstance(written, str) else None
    except ValueError:
        return None


# --- What the search knows of an offer: taken out of its terms ------------------------------------


KINDS: Final[tuple[str, ...]] = get_args(Kind.__value__)
_KIND: Final = "partner.kind"
_FACES: Final = {"all": all, "any": any}


@dataclass(frozen=True, slots=True)
class SearchFields:
    """Fields of `Offer` that follow from its terms; a best rate of None is unknown."""

    kinds: list[str]
    categories: list[str]
    themes: list[str]
    best_rate_bp: int | None
    cap_ct: int | None


def search_fields(terms: Mapping[str, Any]) -> SearchFields:
    """Take out of the terms what the search asks for.

    Parameters
    ----------
    terms : mapping
        Terms of an offer as the catalogue keeps them.

    Returns
    -------
    SearchFields
        ``kinds`` are those that the condition does not rule out whatever else is true of a body,
        and for which some rate is above 0, or no rate is known.
    """
    rates = terms.get("rates", [])
    return SearchFields(
        kinds=[kind for kind in KINDS if _may_get(terms, kind)],
        categories=list(terms.get("categories") or []),
        themes=list(terms.get("themes") or []),
        best_rate_bp=max((rate["bp"] for rate in rates), default=None),
        cap_ct=terms.get("cap_ct"),
    )


def _may_get(terms: Mapping[str, Any], kind: str) -> bool:
    if not may_hold(terms.get("eligibility", {"const": True}), kind):
        return False
    if "rates" not in terms:
        return True  # nobody knows the rate
    # The first rate that holds is taken: behind one that must hold nothing is reached.
    for rate in terms.get("rates", []):
        answers = _answers(rate.get("when", {"const": True}), kind)
        if True in answers and rate["bp"] > 0:
            return True
        if answers == {True}:
            return False
    return False


def may_hold(expression: Mapping[str, Any], kind: str) -> bool:
    """Say whether a condition can hold for bodies of a kind; only their kind is looked at."""
    return True in _answers(expression, kind)


def _answers(expression: Mapping[str, Any], kind: str) -> frozenset[bool]:
    """Return the answers that are possible: what does not ask the kind may be either."""
    ((name, value),) = expression.items()
    if name in _FACES:
        return _combined(_FACES[name], [_answers(one, kind) for one in value])
    if name == "not":
        return frozenset(not answer for answer in _answers(value, kind))
    if name == "const":
        return frozenset({bool(value)})
    if name in {"eq", "ne", "in"} and value[0] == _KIND:
        return frozenset({_asked(name, value[1], kind)})
    return frozenset({True, False})


def _asked(name: str, wanted: Any, kind: str) -> bool:
    if name == "in":
        return kind in wanted
    return (kind == wanted) is (name == "eq")


def _combined(face: Any, parts: list[frozenset[bool]]) -> frozenset[bool]:
    low = face(_every(parts, low=True))
    high = face(_every(parts, low=False))
    return frozenset({low, high})


def _every(parts: list[frozenset[bool]], *, low: bool) -> Iterator[bool]:
    for part in parts:
        yield min(part) if low else max(part)


# --- An offer of the catalogue as a case has it ---------------------------------------------------


_DAYS: Final = frozenset({"starts", "ends"})
_SOURCE: Final = 500
_UNKNOWN: Final = "–"


def offer_data(offer: Offer, periods: Periods) -> dict[str, Any] | None:
    """Return an offer as ``alpclusters-case/1`` has it, for a case with given quarters.

    Programme and call should be read with the offer (``select_related``).

    Parameters
    ----------
    offer : Offer
        An offer of the catalogue; its key becomes the identifier in the case.
    periods : Periods
        The quarters of the case.

    Returns
    -------
    dict or None
        None where no quarter of the case lies within the days in which costs count, or nobody
        knows the rate: nothing can be reckoned with it.
    """
    if not offer.terms.get("rates"):
        return None
    window = window_of(
        _building_day(offer.terms, "starts"), _building_day(offer.terms, "ends"), periods
    )
    if window is None:
        return None
    terms = {name: value for name, value in offer.terms.items() if name not in _DAYS}
    return {
        "id": offer.key,
        "programme": offer.programme.key,
        "title": offer.title,
        "level": offer.programme.level,
        **deepcopy(terms),
        "window": {"from": window[0], "to": window[1]},
        **_days_of_call(offer),
        "facts": [fact_of(offer), *deepcopy(terms.get("facts", []))],
    }


def fact_of(offer: Offer) -> dict[str, Any]:
    """Return where the terms are from and how sure they are; no source is never verified."""
    known = offer.source or offer.source_url
    fact: dict[str, Any] = {
        "name": "terms",
        "source": (known or _UNKNOWN)[:_SOURCE],
        "status": offer.status if known else _without_source(offer),
    }
    if offer.checked_on:
        fact["checked_on"] = offer.checked_on.isoformat()
    return fact


def _without_source(offer: Offer) -> str:
    return Status.DEMONSTRATION if offer.is_simulated else Status.UNVERIFIED


def _days_of_call(offer: Offer) -> dict[str, str]:
    """The call's days go before those of the terms: a call is put off more often."""
    if offer.call is None:
        return {}
    days = {"opens": offer.call.opens, "closes": offer.call.closes}
    return {name: day.isoformat() for name, day in days.items() if day}


def _building_day(terms: dict[str, Any], name: str) -> dt.date | None:
    written = terms.get(name)
    return dt.date.fromisoformat(written) if written else None


# --- How an offer of the catalogue stands to a case that may take it: here, elsewhere, over -------


# Of a partner of a case: what says where it is.
_PLACE: Final = ("nuts", "vintage", "country", "sites")


class Standing(StrEnum):
    """How an offer stands to a case, in the order in which a reader wants to see it."""

    NEAR = "near"
    FAR = "far"
    UNRATED = "unrated"
    CLOSED = "closed"


def standing_of(
    offer: Offer, partners: Sequence[Mapping[str, Any]], periods: Periods, *, today: dt.date
) -> Standing:
    """Say whether an offer can be had in the years of a case, and where its partners are.

    Parameters
    ----------
    offer : Offer
        With programme and call.
    partners : sequence of mapping
        Of the case; without any, no place is ruled out.
    periods : Periods
        The quarters of the case.
    today : date

    Returns
    -------
    Standing
        ``closed``: nobody can apply any more, or its time and that of the case do not meet.
        ``unrated``: nobody has entered its rate. ``far``: its conditions or its rates rule out the
        seats of all partners, whatever else is true of them.
    """
    if is_closed(offer, periods, today=today):
        return Standing.CLOSED
    if not offer.terms.get("rates"):
        return Standing.UNRATED
    is_near = not partners or any(_may_reach(offer, partner) for partner in partners)
    return Standing.NEAR if is_near else Standing.FAR


def is_closed(offer: Offer, periods: Periods, *, today: dt.date) -> bool:
    """Say whether an offer is over today, or over before the case begins, or later than it."""
    timing = timing_of(offer, today)
    if timing.state is State.CLOSED:
        return True
    first, last = periods.first_day(0), periods.last_day(periods.count - 1)
    end = end_of(offer)
    if (end and end < first) or (timing.opens and timing.opens > last):
        return True
    return bool(offer.terms.get("rates")) and offer_data(offer, periods) is None


def _may_reach(offer: Offer, partner: Mapping[str, Any]) -> bool:
    """Say whether a body of this place, of whatever kind, may get something."""
    read = read_offer(offer)
    place = {name: partner[name] for name in _PLACE if name in partner}
    facts = {"partner": place, "project": {}, "offer": read.facts}
    if read.eligibility.truth(facts) is Truth.FALSE:
        return False
    return any(possible_rates(read.rates, facts))


# --- Names of a case's offers and programmes in the reader's language, from the catalogue ---------


def with_titles(case: Case, language: str | None) -> Case:
    """Return a case whose offers are named as the catalogue names them (one query).

    A title that the case changed, and one the catalogue does not have, stays as it is. One that the
    catalogue has in another language alone is a `Text` that says which.

    Parameters
    ----------
    case : Case
    language : str or None
        Code of the reader's language.
    """
    named = _translated({one.id: one.title for one in case.offers}, language)
    return replace(case, offers=tuple(replace(one, title=named[one.id]) for one in case.offers))


def offer_titles(document: Mapping[str, Any], language: str | None) -> dict[str, str]:
    """Return the titles of the offers in a document by their identifiers, likewise."""
    offers = document.get("offers", [])
    return _translated({one["id"]: one.get("title") or one["id"] for one in offers}, language)


def programme_names(case: Case, language: str | None) -> dict[str, str]:
    """Return the names of the programmes of a case's offers by their keys (one query).

    A programme that the catalogue does not have is left out.
    """
    keys = {one.programme for one in case.offers}
    rows = Programme.objects.filter(key__in=keys)
    named: Iterable[tuple[str, Any]] = rows.values_list("key", "name")
    return {key: str(name.read_in(nearest_language(language))) for key, name in named if name}


def _translated(titles: Mapping[str, str], language: str | None) -> dict[str, str]:
    wanted = nearest_language(language)
    rows = Offer.objects.filter(key__in=titles).values_list("key", "title") if titles else ()
    known = dict[str, Any](rows)
    return {key: _named(title, known.get(key), wanted) for key, title in titles.items()}


def _named(title: str, text: Text | None, wanted: str) -> str:
    """Return a title in a language, with the one it is in where the catalogue lacks that."""
    if text is None or title not in text.by_language.values():
        return title
    if text.inside(wanted):
        return text.read_in(wanted)
    own = next(code for code, known in text.by_language.items() if known == title)
    return Text({own: title}, wanted)

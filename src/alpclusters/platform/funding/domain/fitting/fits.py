"""Judge the offers of the catalogue for one body, or for the bodies of one undertaking."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from alpclusters.analysis.funding.eligibility import Condition, Truth, Verdict
from alpclusters.platform.funding.domain.fitting.offers import ReadOffer, read_offer
from alpclusters.platform.funding.domain.fitting.timing import (
    State,
    Timing,
    costs_overlap,
    timing_of,
)
from alpclusters.platform.funding.models import Offer

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
    asked = [_facts(read, body, setting) for body in bodies]
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


def _facts(read: ReadOffer, body: Body, setting: Setting) -> dict[str, Any]:
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

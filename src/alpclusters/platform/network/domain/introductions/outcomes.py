"""What became of introductions: how many were accepted, and how far they came."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from alpclusters.analysis.consensus import wilson_interval
from alpclusters.analysis.matching import Calibration, calibrate
from alpclusters.platform.network.domain.introductions.answering import MONTHS
from alpclusters.platform.network.domain.introductions.follow_ups import (
    ORDER,
    furthest,
    months_later,
)
from alpclusters.platform.network.models import FollowUp, Introduction

# Fewer are never shown to the public: one could tell who said no.
FEWEST: Final = 5
LEVEL: Final = 0.95
STEPS: Final = ORDER[1:]
_DECIDED: Final = frozenset(
    {Introduction.State.ACCEPTED, Introduction.State.DECLINED, Introduction.State.LAPSED}
)


@dataclass(frozen=True, slots=True)
class Share:
    """k of n with Wilson's interval at 95 %; None where nothing is known or it is too few to show.

    Attributes
    ----------
    n : int
        Of how many; 0 where nothing is known.
    share : float or None
        Between 0 and 1.
    interval : pair of float or None
        Lower and upper bound.
    is_suppressed : bool
        Whether it is kept back because n is below five.
    """

    k: int | None
    n: int
    share: float | None
    interval: tuple[float, float] | None
    is_suppressed: bool = False


@dataclass(frozen=True, slots=True)
class AtMonths:
    """How far introductions had come some months after.

    Attributes
    ----------
    n_due : int
        Introductions that are so old.
    n_told : int
        Those of which at least one side told.
    reached : mapping of str to Share
        For contact, agreement and project: how many of those told came so far or further.
    n_both, n_apart : int
        Those of which both sides told, and among them those that tell different things.
    """

    months: int
    n_due: int
    n_told: int
    reached: Mapping[str, Share]
    n_both: int
    n_apart: int


@dataclass(frozen=True, slots=True)
class AcrossBorder:
    """The same figures for the organisations of two countries."""

    first: str
    second: str
    n_asked: int
    accepted: Share
    agreed: Share


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures of introductions, of simulated or of real organisations.

    Attributes
    ----------
    n_asked, n_waiting, n_withdrawn : int
        All; those that wait for an answer; those taken back.
    accepted : Share
        Of those that were accepted, declined or left without an answer.
    """

    n_asked: int
    n_waiting: int
    n_withdrawn: int
    accepted: Share
    at_months: Sequence[AtMonths]
    borders: Sequence[AcrossBorder]


@dataclass(frozen=True, slots=True)
class Row:
    """One introduction as it is counted."""

    pk: int
    state: str
    decided_at: datetime | None
    countries: tuple[str, str]
    # They met at a day of meetings: nobody asked, nobody accepted.
    is_met: bool = False


def outcome_figures(*, is_simulated: bool, now: datetime, public: bool = False) -> Figures:
    """Count introductions and their outcomes; simulated and real ones are never mixed.

    Parameters
    ----------
    is_simulated : bool
        Which of the two.
    now : datetime
        What is not so many months old yet is not counted there.
    public : bool, default False
        Whether shares of fewer than five are kept back.
    """
    rows, said = _rows(is_simulated=is_simulated), _said(is_simulated=is_simulated)
    states = Counter(row.state for row in rows)
    return Figures(
        n_asked=sum(not row.is_met for row in rows),
        n_waiting=states[Introduction.State.ASKED],
        n_withdrawn=states[Introduction.State.WITHDRAWN],
        accepted=_accepted(rows, public=public),
        at_months=[_at(months, rows, said, now=now, public=public) for months in MONTHS],
        borders=_borders(rows, said, public=public),
    )


def labels_at_year(*, is_simulated: bool) -> dict[int, str]:
    """Return how far each introduction had come after 12 months, where somebody told."""
    found = {
        pk: furthest(told.values())
        for (pk, months), told in _said(is_simulated=is_simulated).items()
        if months == max(MONTHS)
    }
    return {pk: outcome for pk, outcome in found.items() if outcome}


def share_of(k: int, n: int, *, public: bool = False) -> Share:
    """Return k of n; kept back where the public must not see so few."""
    if n == 0:
        return Share(None, 0, None, None)
    if public and n < FEWEST:
        return Share(None, n, None, None, is_suppressed=True)
    bounds = wilson_interval([k], [n], level=LEVEL)
    return Share(k, n, k / n, (float(bounds.low[0]), float(bounds.high[0])))


def _rows(*, is_simulated: bool) -> list[Row]:
    values = (
        Introduction.objects.filter(is_simulated=is_simulated)
        .order_by("pk")
        .values_list(
            "pk",
            "state",
            "decided_at",
            "asking__region__country",
            "asking__country",
            "asked__region__country",
            "asked__country",
            "meeting",
        )
    )
    return [
        Row(pk, state, decided, _pair(region_a or a, region_b or b), is_met=met is not None)
        for pk, state, decided, region_a, a, region_b, b, met in values
    ]


def _pair(first: str, second: str) -> tuple[str, str]:
    low, high = sorted((first, second))
    return low, high


def _said(*, is_simulated: bool) -> dict[tuple[int, int], dict[int, str]]:
    """Read what each side said: by introduction and months, the outcome of each organisation."""
    told = FollowUp.objects.exclude(outcome="").filter(introduction__is_simulated=is_simulated)
    rows = told.order_by("pk").values_list("introduction", "months", "organisation", "outcome")
    found: defaultdict[tuple[int, int], dict[int, str]] = defaultdict(dict)
    for introduction, months, organisation, outcome in rows:
        found[introduction, months][organisation] = outcome
    return found


def _accepted(rows: Iterable[Row], *, public: bool) -> Share:
    decided = [row for row in rows if row.state in _DECIDED and not row.is_met]
    yes = sum(row.state == Introduction.State.ACCEPTED for row in decided)
    return share_of(yes, len(decided), public=public)


def _at(
    months: int,
    rows: Iterable[Row],
    said: Mapping[tuple[int, int], Mapping[int, str]],
    *,
    now: datetime,
    public: bool,
) -> AtMonths:
    due = [row.pk for row in rows if _is_old(row, months, now)]
    told = [said[pk, months] for pk in due if (pk, months) in said]
    reached = [ORDER.index(furthest(one.values())) for one in told]
    both = [one for one in told if len(one) > 1]
    shares = {
        step: share_of(sum(one >= place for one in reached), len(reached), public=public)
        for place, step in enumerate(STEPS, start=1)
    }
    apart = sum(len(set(one.values())) > 1 for one in both)
    return AtMonths(months, len(due), len(told), shares, len(both), apart)


def _is_old(row: Row, months: int, now: datetime) -> bool:
    is_accepted = row.state == Introduction.State.ACCEPTED and row.decided_at is not None
    return is_accepted and now >= months_later(row.decided_at, months)  # type: ignore[arg-type]  # the line above says so


def _borders(
    rows: Iterable[Row], said: Mapping[tuple[int, int], Mapping[int, str]], *, public: bool
) -> list[AcrossBorder]:
    """Count by the two countries; those of one country too. The largest first."""
    groups: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        if all(row.countries):
            groups[row.countries].append(row)
    found = [_border(pair, group, said, public=public) for pair, group in groups.items()]
    return sorted(found, key=lambda one: (-one.n_asked, one.first, one.second))


def _border(
    pair: tuple[str, str],
    rows: Sequence[Row],
    said: Mapping[tuple[int, int], Mapping[int, str]],
    *,
    public: bool,
) -> AcrossBorder:
    told = [_furthest_of(row, said) for row in rows]
    known = [one for one in told if one]
    agreed = sum(ORDER.index(one) >= ORDER.index(FollowUp.Outcome.AGREEMENT) for one in known)
    return AcrossBorder(
        *pair,
        len(rows),
        _accepted(rows, public=public),
        share_of(agreed, len(known), public=public),
    )


def _furthest_of(row: Row, said: Mapping[tuple[int, int], Mapping[int, str]]) -> str:
    every = [one for months in MONTHS for one in said.get((row.pk, months), {}).values()]
    return furthest(every)


# --- What the score of a proposal has meant so far: learnt from outcomes after 12 months ----------


@dataclass(frozen=True, slots=True)
class StepCalibration:
    """For one step: how the score translates into the chance to come so far or further."""

    step: str
    found: Calibration


def calibrate_score(*, is_simulated: bool) -> list[StepCalibration]:
    """Fit the three curves, for contact, agreement and project.

    Labels exist only for pairs that were introduced, and had a score when they were.
    """
    labels = labels_at_year(is_simulated=is_simulated)
    scored = Introduction.objects.accepted().filter(pk__in=list(labels)).exclude(score=None)
    rows = list(scored.order_by("pk").values_list("pk", "score"))
    scores = [float(score or 0) for _, score in rows]
    reached = [ORDER.index(labels[pk]) for pk, _ in rows]
    return [
        StepCalibration(step, calibrate(scores, [int(one >= place) for one in reached]))
        for place, step in enumerate(STEPS, start=1)
    ]

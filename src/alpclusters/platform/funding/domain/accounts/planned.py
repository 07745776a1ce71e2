"""What mixes of other cases plan for an undertaking: shown, and counted only where people say so.

A plan is the newest finished best mix of a case. What is counted is a copy of its de minimis grants
that the case keeps (``taken["planned"]``): a mix stays what it was computed from, and a newer plan
of the other case is a question to people, never a silent change.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import OuterRef, QuerySet, Subquery

from alpclusters.analysis.funding.case import Cell, Offer
from alpclusters.analysis.funding.case_files import read_case
from alpclusters.analysis.funding.check.aid import DE_MINIMIS, FREE, basis_of
from alpclusters.analysis.funding.check.ground import Ground, ground_of
from alpclusters.analysis.funding.headroom import REGULATIONS, Grant, Headroom, headroom
from alpclusters.analysis.funding.rulebooks.books import BOOKS
from alpclusters.platform.accounts.models import User
from alpclusters.platform.funding.domain.accounts.undertakings import standing_keys
from alpclusters.platform.funding.domain.casework.documents import change_case
from alpclusters.platform.funding.domain.territory import territory
from alpclusters.platform.funding.models import DeMinimisAid, FundingCase, MixRun

KEPT: Final = "planned"
REASON: Final = "account.planned"
# A mix that failed its check, or does not exist, plans nothing.
PLANS: Final = frozenset({"optimal", "gap", "feasible", "undecided"})


@dataclass(frozen=True, slots=True)
class PlannedGrant:
    """What a mix plans from one offer for one organisation under one article, in cents.

    ``article`` is ``DM`` for de minimis. ``categories`` are those of the costs, ``day`` is None
    where nobody knows the day of the grant.
    """

    organisation: int
    offer: str
    article: str
    state: str
    day: date | None
    amount_ct: int
    costs_ct: int
    categories: tuple[str, ...]

    @property
    def is_de_minimis(self) -> bool:
        """Say whether it would stand in the account."""
        return self.article == DE_MINIMIS

    def stored(self) -> dict[str, Any] | None:
        """Return what a case keeps of it; None where it counts in no account on any known day."""
        if not self.is_de_minimis or self.day is None:
            return None
        return {
            "organisation": self.organisation,
            "state": self.state,
            "granted_on": self.day.isoformat(),
            "amount_ct": self.amount_ct,
        }


@dataclass(frozen=True, slots=True)
class Plan:
    """The newest mix of another case, as far as it plans State aid for an undertaking.

    ``is_counted``: its de minimis grants, as they stand now, count in this case; ``is_older``: an
    earlier state of them does.
    """

    case: FundingCase
    computed_at: datetime
    is_outdated: bool
    grants: Sequence[PlannedGrant]
    is_counted: bool = False
    is_older: bool = False

    @property
    def may_count(self) -> bool:
        """Say whether there is something to count that does not count yet."""
        return not self.is_counted and bool(_stored(self.grants))


def plans_of(
    organisations: frozenset[int],
    case: FundingCase,
    cases: QuerySet[FundingCase],
) -> list[Plan]:
    """Return what other cases plan for an undertaking, by title.

    Parameters
    ----------
    organisations : frozenset of int
        The undertaking.
    case : FundingCase
        The case that may count them; it is none of the others.
    cases : QuerySet
        Those that the person may see.
    """
    found = []
    # With the case itself, so that a page asks as often whether there are others or not.
    others = list(cases.defer("data").order_by("title", "pk"))
    standing = standing_keys({pk for one in others for pk in _partners_of(one).values()})
    partners_of = {
        one.pk: {
            key: standing[pk]
            for key, pk in _partners_of(one).items()
            if standing[pk] in organisations
        }
        for one in others
    }
    newest = _newest([pk for pk, partners in partners_of.items() if partners])
    for other in others:
        partners, run = partners_of[other.pk], newest.get(other.pk)
        grants = list(_grants(run, partners)) if run and other.pk != case.pk else []
        if run is None or not grants:
            continue
        kept = (case.taken.get(KEPT) or {}).get(str(other.pk))
        now = _stored(grants)
        mine = [one for one in kept or () if one["organisation"] in organisations]
        found.append(
            Plan(
                other,
                run.ended_at or run.asked_at,
                run.case_version != other.version,
                grants,
                is_counted=bool(mine) and mine == now,
                is_older=bool(mine) and mine != now,
            )
        )
    return found


def count_plan(
    case: FundingCase, plan: Plan, organisations: frozenset[int], *, by: User | None, now: datetime
) -> FundingCase:
    """Let the de minimis grants of a plan count in a case, as they stand."""
    return _keep(case, plan.case.pk, _stored(plan.grants), organisations, by=by, now=now)


def leave_plan(
    case: FundingCase, other: int, organisations: frozenset[int], *, by: User | None, now: datetime
) -> FundingCase:
    """Let what another case plans for an undertaking no longer count in a case."""
    return _keep(case, other, [], organisations, by=by, now=now)


def counted_plans(
    case: FundingCase, *, without: Collection[int] = ()
) -> dict[int, list[dict[str, Any]]]:
    """Return the planned grants that count in a case, by organisation as it stands today.

    Parameters
    ----------
    case : FundingCase
    without : collection of int
        Other cases whose plans are left out.
    """
    left = {str(pk) for pk in without}
    plans = {key: plan for key, plan in (case.taken.get(KEPT) or {}).items() if key not in left}
    kept = [one for plan in plans.values() for one in plan]
    standing = standing_keys(one["organisation"] for one in kept)
    found: dict[int, list[dict[str, Any]]] = {}
    for one in kept:
        aid = {name: one[name] for name in ("state", "granted_on", "amount_ct")}
        found.setdefault(standing[one["organisation"]], []).append({**aid, "declared": "planned"})
    return found


def planned_aid(case: FundingCase, organisations: frozenset[int]) -> list[DeMinimisAid]:
    """Return the planned grants that count in a case for an undertaking, as entries not stored."""
    return [
        DeMinimisAid(
            organisation_id=pk,
            state=one["state"],
            granted_on=date.fromisoformat(one["granted_on"]),
            amount_ct=one["amount_ct"],
        )
        for pk, aid in counted_plans(case).items()
        if pk in organisations
        for one in aid
    ]


def _keep(
    case: FundingCase,
    other: int,
    aid: list[dict[str, Any]],
    organisations: frozenset[int],
    *,
    by: User | None,
    now: datetime,
) -> FundingCase:
    def remember(taken: dict[str, Any]) -> None:
        plans = dict(taken.get(KEPT) or {})
        others = [o for o in plans.get(str(other), []) if o["organisation"] not in organisations]
        plans[str(other)] = [*others, *aid]
        taken[KEPT] = {key: value for key, value in plans.items() if value}

    return change_case(
        case,
        lambda _document: None,
        version=case.version,
        by=by,
        now=now,
        reason=REASON,
        remember=remember,
    )


def _partners_of(case: FundingCase) -> Mapping[str, int]:
    found: dict[str, int] = case.taken.get("partners", {})
    return found


def _newest(cases: Sequence[int]) -> dict[int, MixRun]:
    """Return the newest finished best mix of each case that has one which plans something."""
    done = MixRun.objects.filter(kind=MixRun.Kind.BEST, state=MixRun.State.DONE)
    latest = done.filter(case=OuterRef("case")).order_by("-asked_at", "-pk").values("pk")[:1]
    runs = done.filter(case__in=cases, pk=Subquery(latest)).order_by("pk")
    return {run.case_id: run for run in runs if (run.result or {}).get("status") in PLANS}


def _grants(run: MixRun, partners: Mapping[str, int]) -> Iterator[PlannedGrant]:
    """Yield the State aid of a mix to some partners, by organisation, offer and article."""
    read = read_case(run.case_data, territory=territory())
    ground = ground_of(read, territory(), BOOKS, ())
    mix: Mapping[str, Any] = run.result or {}
    together: dict[tuple[int, str, str], list[Cell]] = {}  # organisation, offer, article
    for cell in (Cell(**one) for one in mix.get("allocation", ())):
        line = ground.lines[cell.line]
        article = basis_of(ground, ground.offers[cell.offer], line)
        if line.partner in partners and article != FREE and cell.grant_ct:
            key = (partners[line.partner], cell.offer, article)
            together.setdefault(key, []).append(cell)
    for (organisation, offer, article), cells in sorted(together.items()):
        yield _grant(ground, organisation, ground.offers[offer], article, cells)


def _grant(
    ground: Ground, organisation: int, offer: Offer, article: str, cells: Sequence[Cell]
) -> PlannedGrant:
    return PlannedGrant(
        organisation,
        offer.title or offer.id,
        article,
        offer.grants_from,
        offer.day,
        sum(one.grant_ct for one in cells),
        sum(one.declared_ct for one in cells),
        tuple(sorted({ground.lines[one.line].category for one in cells})),
    )


def _stored(grants: Iterable[PlannedGrant]) -> list[dict[str, Any]]:
    # Money of Switzerland is under no regulation of the EU.
    found = (one.stored() for one in grants if one.state != "CH")
    return [one for one in found if one is not None]


# --- What may still be granted to an undertaking, by state and regulation -------------------------


# Money of this state is under no regulation of the EU.
WITHOUT: Final = "CH"


@dataclass(frozen=True, slots=True)
class StateRoom:
    """The room that one state has for an undertaking under one regulation."""

    state: str
    room: Headroom


def rooms_of(aid: Iterable[DeMinimisAid], *, country: str, on: date) -> Sequence[StateRoom]:
    """Return the room of each state that granted something, and of the undertaking's own.

    The general regulation always; another one where something was granted under it.

    Parameters
    ----------
    aid : iterable of DeMinimisAid
        Of the whole undertaking.
    country : str
        Two letters; empty where nobody knows it.
    on : date
        The day of the grant that is thought of.
    """
    entries = list(aid)
    states = dict.fromkeys([country, *sorted({one.state for one in entries})])
    found = []
    for state in states:
        own = [one for one in entries if one.state == state]
        # The database lets only names of regulations in.
        grants = [Grant(one.granted_on, one.amount_ct, one.regulation) for one in own]  # type: ignore[arg-type]
        used = {"general", *(one.regulation for one in own)}
        if state and state != WITHOUT:
            wanted = (name for name in REGULATIONS if name in used)
            found += [StateRoom(state, headroom(grants, name, on=on)) for name in wanted]
    return found

"""Several cases of the same undertakings weighed together, and what they take from one another."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Final, Literal

from alpclusters.analysis.conventions import Conventions
from alpclusters.analysis.errors import StateError
from alpclusters.analysis.funding.case import (
    Allocation,
    Case,
    EarlierAid,
    PastAid,
    Status,
    Territory,
)
from alpclusters.analysis.funding.check import check_mix
from alpclusters.analysis.funding.check.common import CommonAccount, check_common
from alpclusters.analysis.funding.check.findings import Note
from alpclusters.analysis.funding.joint.parts import (
    Learnt,
    Node,
    Part,
    heads_of,
    named,
    split_allocation,
    with_common_history,
)
from alpclusters.analysis.funding.joint.problems import JointProblem
from alpclusters.analysis.funding.mix.preparing import prepare
from alpclusters.analysis.funding.mix.problem import Problem
from alpclusters.analysis.funding.mix.sheets import objective_ct
from alpclusters.analysis.funding.mix.solution import Progress, Report, Solution, gap_of, is_proved
from alpclusters.analysis.funding.mix.solving import solve
from alpclusters.analysis.funding.rulebooks.books import BOOKS

MIN_PARTS: Final = 2
MAX_PARTS: Final = 6
# Each is a joint problem of its own.
MAX_FREED: Final = 6
MAX_ORDERS: Final = 4
FIRST_AIM: Final = 1


@dataclass(frozen=True, slots=True)
class PartResult:
    """What one case gets by itself, and beside the others.

    ``alone_ct`` and ``together_ct`` are grants minus efforts. ``is_valid`` is the word of the check
    on the mix of this case beside the others: None where the law of a day is not known;
    ``undecided`` says of which grants.
    """

    key: str
    alone_ct: int
    alone_bound_ct: int
    together_ct: int
    alone: Allocation
    together: Allocation
    is_valid: bool | None
    undecided: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class AccountResult:
    """One account from which several cases may draw.

    Attributes
    ----------
    alone, together : CommonAccount or None
        What would be drawn if every case came by itself, and what is drawn together.
    lost_ct : int or None
        What all cases together would gain if this account alone bound each of them by itself;
        None where it was not computed, because the account is not overdrawn or there are too many.
    """

    undertakings: tuple[Node, ...]
    kind: Literal["de_minimis", "article"]
    name: str
    alone: CommonAccount | None
    together: CommonAccount | None
    lost_ct: int | None

    @property
    def over_ct(self) -> int:
        """By how much the mixes that each case would choose by itself overdraw it."""
        return self.alone.over_ct if self.alone else 0


@dataclass(frozen=True, slots=True)
class OrderResult:
    """What all are worth if one case takes its best mix first and the others share the rest.

    Missed wishes are taken off.
    """

    first: str
    worth_ct: int


@dataclass(frozen=True, slots=True)
class Together:
    """Several cases with their common accounts.

    Attributes
    ----------
    status : Status
        ``optimal``: no mixes of all cases are worth more; ``gap``: ``bound_ct`` says how much more
        there may be; ``infeasible``: one case has no mix, alone or beside the others; ``failed``:
        none was found or a check does not hold.
    parts : tuple of PartResult
    alone_ct, together_ct, bound_ct : int
        Sums over the cases; no mixes that keep the common accounts are worth more than the bound.
    alone_missed_ct, together_missed_ct : int
        What soft wishes cost that these mixes miss; not taken from the sums.
    lost_ct : int
        What the common accounts cost: the sum alone minus the sum together, each less what missed
        wishes cost.
    accounts : tuple of AccountResult
    orders : tuple of OrderResult
        Empty where no account is overdrawn.
    learnt : tuple of Learnt
        Earlier aid that one case states and another one did not know.
    gap : float
    """

    status: Status
    parts: tuple[PartResult, ...]
    alone_ct: int
    together_ct: int
    bound_ct: int
    alone_missed_ct: int
    together_missed_ct: int
    lost_ct: int
    accounts: tuple[AccountResult, ...]
    orders: tuple[OrderResult, ...]
    learnt: tuple[Learnt, ...]
    gap: float

    @property
    def conventions(self) -> Conventions:
        """How it was computed."""
        return Conventions(method="funding-joint", seed=0)

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why it is not proved optimal, as codes; empty where it is."""
        return () if self.status == "optimal" else (f"mix.{self.status}",)


def weigh_together(
    parts: Sequence[Part],
    same: Iterable[Iterable[Node]],
    territory: Territory,
    *,
    progress: Report | None = None,
) -> Together:
    """Find the best mixes of several cases that share undertakings.

    Parameters
    ----------
    parts : sequence of Part
        2 to 6 cases that read the law in the same way.
    same : iterable of sets of (part, undertaking)
        Who is one undertaking across the parts.
    territory : Territory
    progress : callable, optional
        As for one mix; phases ``alone``, ``together``, ``accounts``, ``orders``. If it returns
        False the status is ``cancelled``.

    Returns
    -------
    Together

    Raises
    ------
    StateError
        Too few or too many parts, or parts that read the law differently.

    Notes
    -----
    Each case keeps its own budgets, offers and rules; costs of different cases are different costs.
    Common are the accounts of de minimis aid of an undertaking in a state, and ceilings of articles
    per undertaking and year or three years. The sums are grants minus efforts.

    Examples
    --------
    Two projects of one firm stand in ``docs/methods/funding-joint.md``. One alone shares nothing:

    >>> from alpclusters.analysis.funding.case import Territory
    >>> try:
    ...     weigh_together([], [], Territory({}))
    ... except StateError as error:
    ...     error.code
    'joint.number'
    """
    return _Weighing(parts, same, territory, progress).together()


class _CancelledError(Exception):
    """Somebody no longer wants the answer."""


class _Weighing:
    """The parts with what was found out about them."""

    def __init__(
        self,
        parts: Sequence[Part],
        same: Iterable[Iterable[Node]],
        territory: Territory,
        report: Report | None,
    ) -> None:
        self.same = [tuple(one) for one in same]
        self.territory, self.report = territory, report
        refuse_together([part.case for part in parts])
        self.parts, self.learnt = with_common_history(parts, self.same)
        self.joint = _joint(self.parts, self.same, territory)

    def together(self) -> Together:
        """Solve each part, then all of them, then what explains the difference."""
        try:
            alone = [self._solve(problem, "alone") for problem in self.joint.problems]
            if any(found.status in ("infeasible", "failed") for found in alone):
                return self._without_mix(alone)
            return self._weighed(alone)
        except _CancelledError:
            return self._nothing("cancelled", ())

    def _weighed(self, alone: Sequence[Solution]) -> Together:
        mixes = [found.allocation for found in alone]
        before = self._accounts(mixes)
        if any(account.over_ct for account in before):
            found = self._solve(self.joint.whole(), "together")
            if found.status in ("infeasible", "failed"):
                return self._without_mix(alone, found.status)
            split = split_allocation(found.allocation, self.parts)
            mixes = [split[part.key] for part in self.parts]
            return self._answer(alone, before, mixes, (found.bound_ct, found.missed_ct))
        # Nothing is overdrawn: the best mixes of all fit beside one another.
        sums = sum(one.bound_ct for one in alone), sum(one.missed_ct for one in alone)
        return self._answer(alone, before, mixes, sums)

    def _answer(
        self,
        alone: Sequence[Solution],
        before: Sequence[CommonAccount],
        mixes: Sequence[Allocation],
        bound_and_missed: tuple[int, int],
    ) -> Together:
        after = self._accounts(mixes)
        parts = tuple(map(self._part, self.parts, alone, mixes))
        alone_ct = sum(part.alone_ct for part in parts)
        together_ct = sum(part.together_ct for part in parts)
        bound, missed = max(bound_and_missed[0], together_ct), bound_and_missed[1]
        alone_missed = sum(one.missed_ct for one in alone)
        is_kept = not any(account.over_ct for account in after)
        is_kept &= all(part.is_valid is not False for part in parts)
        status: Status = "optimal" if is_proved(together_ct, bound) else "gap"
        if any(part.is_valid is None for part in parts):
            status = "undecided"
        return Together(
            status if is_kept else "failed",
            parts,
            alone_ct,
            together_ct,
            bound,
            alone_missed,
            missed,
            alone_ct - alone_missed - together_ct + missed,
            tuple(self._results(before, after, together_ct - missed)),
            tuple(self._orders(alone)) if any(one.over_ct for one in before) else (),
            self.learnt,
            gap_of(together_ct, bound),
        )

    def _without_mix(self, alone: Sequence[Solution], status: Status | None = None) -> Together:
        worst: Status = status or (
            "infeasible" if any(one.status == "infeasible" for one in alone) else "failed"
        )
        parts = tuple(
            PartResult(part.key, one.objective_ct, one.bound_ct, 0, one.allocation, (), None)
            for part, one in zip(self.parts, alone, strict=True)
        )
        return self._nothing(worst, parts)

    def _nothing(self, status: Status, parts: tuple[PartResult, ...]) -> Together:
        alone = sum(part.alone_ct for part in parts)
        return Together(status, parts, alone, 0, 0, 0, 0, 0, (), (), self.learnt, 0.0)

    def _part(self, part: Part, alone: Solution, mix: Allocation) -> PartResult:
        check = check_mix(part.case, mix, territory=self.territory)
        return PartResult(
            part.key,
            objective_ct(part.case, alone.allocation),
            alone.bound_ct,
            objective_ct(part.case, mix),
            alone.allocation,
            mix,
            check.valid,
            check.undecided,
        )

    def _accounts(self, mixes: Sequence[Allocation]) -> tuple[CommonAccount, ...]:
        whole = [(part.key, part.case, mix) for part, mix in zip(self.parts, mixes, strict=True)]
        return check_common(whole, self.same, territory=self.territory)

    def _results(
        self, before: Sequence[CommonAccount], after: Sequence[CommonAccount], worth_ct: int
    ) -> Iterable[AccountResult]:
        overdrawn = [_id(account) for account in before if account.over_ct]
        lost = {one: self._lost(one, worth_ct) for one in overdrawn[:MAX_FREED]}
        alone, together = ({_id(one): one for one in found} for found in (before, after))
        for key in sorted(alone.keys() | together.keys()):
            group, kind, name = key
            yield AccountResult(group, kind, name, alone.get(key), together.get(key), lost.get(key))

    def _lost(self, account: "_Id", worth_ct: int) -> int:
        """Return what would be gained if an account bound each part by itself alone."""
        keys = {(named(*node), account[2]) for node in account[0]}
        found = self._solve(self.joint.whole(free=keys), "accounts")
        return max(found.objective_ct - found.missed_ct - worth_ct, 0)

    def _orders(self, alone: Sequence[Solution]) -> Iterable[OrderResult]:
        if len(self.parts) > MAX_ORDERS:
            return
        for at, first in enumerate(self.parts):
            taken = check_common(
                [
                    (part.key, part.case, alone[at].allocation if part is first else ())
                    for part in self.parts
                ],
                self.same,
                territory=self.territory,
            )
            others = [self._after(part, taken) for part in self.parts if part is not first]
            own = alone[at].objective_ct - alone[at].missed_ct
            rest = _rest(others, self.same)
            found = self._solve(_joint(others, rest, self.territory).whole(), "orders")
            if found.levels:
                yield OrderResult(first.key, own + found.objective_ct - found.missed_ct)

    def _after(self, part: Part, taken: Iterable[CommonAccount]) -> Part:
        """Return a part for which the grants of another one are already made."""
        case = part.case
        for account in taken:
            mine = [name for key, name in account.undertakings if key == part.key]
            if mine:
                first = next(one.id for one in case.undertakings if one.id in mine)
                case = _with_aid(case, first, account)
        return Part(part.key, case)

    def _solve(self, problem: Problem, phase: str) -> Solution:
        def tell(progress: Progress) -> bool | None:
            return self.report(replace(progress, phase=phase)) if self.report else True

        found = solve(problem, progress=tell, levels=FIRST_AIM)
        if found.status == "cancelled":
            raise _CancelledError
        return found


type _Id = tuple[tuple[Node, ...], Literal["de_minimis", "article"], str]


def _id(account: CommonAccount) -> _Id:
    return account.undertakings, account.kind, account.name


def refuse_together(cases: Sequence[Case]) -> None:
    """Refuse cases that cannot be weighed together.

    Parameters
    ----------
    cases : sequence of Case

    Returns
    -------
    None

    Raises
    ------
    StateError
        Too few or too many, or they read law that ends differently.

    Examples
    --------
    >>> try:
    ...     refuse_together([])
    ... except StateError as error:
    ...     error.code, error.values["least"]
    ('joint.number', 2)
    """
    if not MIN_PARTS <= len(cases) <= MAX_PARTS:
        raise StateError("joint.number", values={"least": MIN_PARTS, "most": MAX_PARTS})
    if len({case.rulebook for case in cases}) > 1:
        raise StateError("joint.law_differs")


def _joint(
    parts: Sequence[Part], same: Iterable[Iterable[Node]], territory: Territory
) -> JointProblem:
    problems = [prepare(part.case, territory) for part in parts]
    for sets in ([p.once for p in problems], [p.one_grant for p in problems]):
        # What counts as money of the Union is read once for all parts.
        if len(set(sets) - {()}) > 1:
            raise StateError("joint.law_differs")
    return JointProblem(parts, problems, heads_of(parts, same), BOOKS)


def _rest(parts: Sequence[Part], same: Iterable[Iterable[Node]]) -> list[tuple[Node, ...]]:
    """Return who is one undertaking among some of the parts."""
    keys = {part.key for part in parts}
    found = [tuple(node for node in group if node[0] in keys) for group in same]
    return [group for group in found if group]


def _with_aid(case: Case, undertaking: str, account: CommonAccount) -> Case:
    firms = list(case.undertakings)
    at = next(i for i, one in enumerate(firms) if one.id == undertaking)
    if account.kind == "de_minimis":
        aid = tuple(
            PastAid(account.name, one.day, one.amount_ct, "planned") for one in account.grants
        )
        firms[at] = replace(firms[at], de_minimis=(*firms[at].de_minimis, *aid))
    else:
        early = tuple(EarlierAid(account.name, one.day, one.amount_ct) for one in account.grants)
        firms[at] = replace(firms[at], earlier_aid=(*firms[at].earlier_aid, *early))
    return replace(case, undertakings=tuple(firms))


# --- Cases weighed together as plain data: what is stored, and what the command writes as JSON


SCHEMA: Final = "alpclusters-joint/1"


def joint_part(found: Together) -> dict[str, Any]:
    """Return the answer as JSON has it: cents, days as text.

    Parameters
    ----------
    found : Together

    Returns
    -------
    dict
        The fields of `Together`; each account also says ``over_ct``.

    Examples
    --------
    >>> nothing = Together("failed", (), 0, 0, 0, 0, 0, 0, (), (), (), 0.0)
    >>> joint_part(nothing)["schema"], joint_part(nothing)["status"]
    ('alpclusters-joint/1', 'failed')
    """
    plain: dict[str, Any] = _plain(asdict(found))
    accounts = [{**_plain(asdict(one)), "over_ct": one.over_ct} for one in found.accounts]
    return {"schema": SCHEMA, **plain, "accounts": accounts}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, dt.date) else value

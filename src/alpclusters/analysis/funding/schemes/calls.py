"""The design of a joint call over schemes that exist."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from alpclusters.analysis.conventions import Conventions, Status
from alpclusters.analysis.errors import AnalysisError, Where
from alpclusters.analysis.funding.schemes.records import Scheme, check_schemes, check_values
from alpclusters.analysis.funding.schemes.sets import FeasibleSet, Search, feasible_sets
from alpclusters.analysis.funding.schemes.tables import Line, table, works
from alpclusters.analysis.funding.schemes.values import Value

SIX_WEEKS: Final = 42


@dataclass(frozen=True, slots=True)
class JointCall:
    """What a joint call of some schemes can be.

    Attributes
    ----------
    lines : tuple of Line
        The design table for all schemes together, one line an attribute.
    sets : tuple of FeasibleSet
        Sets that work, by number of regions, then joint budget.
    search : {"all", "maximal", "stopped"}
        Whether ``sets`` holds every set, the maximal ones, or those found before the search ended.
    status, reasons
        "undefined" without schemes, "limited" if the search was stopped.
    conventions : Conventions
    """

    lines: tuple[Line, ...]
    sets: tuple[FeasibleSet, ...]
    search: Search
    status: Status
    reasons: tuple[str, ...]
    conventions: Conventions

    @property
    def works_for_all(self) -> bool:
        """Whether all schemes can hold it together."""
        return self.status != "undefined" and all(line.is_met for line in self.lines)


def joint_call(
    schemes: Sequence[Scheme],
    *,
    wishes: Mapping[str, Value] | None = None,
    min_days: int = SIX_WEEKS,
) -> JointCall:
    """Intersect the rules of schemes, and find the sets of them that can hold a joint call.

    Per attribute the joint call takes the intersection of sets and intervals; windows may differ
    if a common interval of ``min_days`` remains, both ends counted. Every region pays its own
    partners, so budgets add up to a virtual common pot. Up to 12 schemes all subsets are tried;
    beyond that the maximal ones are found by branch and bound, which is exact because every part
    of a set that works works too.

    Parameters
    ----------
    schemes : sequence of Scheme
        Two schemes of one region count as one region.
    wishes : mapping of str to Choices, Span or Days, optional
        What the call asks: of a set all its keys must be common, of an interval some part.
    min_days : int
        Shortest common window.

    Returns
    -------
    JointCall

    Raises
    ------
    AnalysisError
        Ids that stand twice, values of another kind, or ``min_days`` below 1.

    Examples
    --------
    >>> from alpclusters.analysis.funding.schemes import Scheme, Span
    >>> tyrol = Scheme("t", "AT33", {"rate_bp": Span(0, 5000)}, 100_000_00)
    >>> slovenia = Scheme("s", "SI", {"rate_bp": Span(4000, 7500)})
    >>> call = joint_call([tyrol, slovenia])
    >>> [(line.common, [one.scheme for one in line.binding]) for line in call.lines if line.n_known]
    [(Span(low=4000, high=5000), ['t', 's'])]
    >>> call.sets[0].regions, call.sets[0].budget_ct, call.sets[0].n_unknown_budgets
    (('AT33', 'SI'), 10000000, 1)
    """
    wanted = dict(wishes or {})
    if min_days < 1:
        raise AnalysisError("schemes.not_a_window", where=Where(argument="min_days"))
    check_schemes(schemes)
    check_values(wanted, where="wishes")
    sets, search = feasible_sets(schemes, lambda chosen: works(chosen, wanted, min_days=min_days))
    stopped = ("search_stopped",) if search == "stopped" else ()
    return JointCall(
        lines=table(schemes, wanted, min_days=min_days),
        sets=sets,
        search=search,
        status="undefined" if not schemes else "limited" if stopped else "ok",
        reasons=stopped if schemes else ("no_schemes",),
        conventions=Conventions(method="joint_call", thresholds=(("min_days", min_days),)),
    )

"""One condition that is read once and judged for many bodies."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from alpclusters.analysis.funding.case.territory import Territory
from alpclusters.analysis.funding.eligibility.completing import decide_node
from alpclusters.analysis.funding.eligibility.evaluating import scope_of
from alpclusters.analysis.funding.eligibility.faults import TooManyAnswersError
from alpclusters.analysis.funding.eligibility.nodes import Node
from alpclusters.analysis.funding.eligibility.places import Ground
from alpclusters.analysis.funding.eligibility.reading import read_node
from alpclusters.analysis.funding.eligibility.scopes import Scope
from alpclusters.analysis.funding.eligibility.traces import Trace, open_fields
from alpclusters.analysis.funding.eligibility.truth import UNKNOWN, Truth

_NO_SOURCES: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is known of one partner and one offer.

    Attributes
    ----------
    truth : Truth
        Kleene's value: what optimiser and checker go by.
    exact : Truth
        The value that every way to answer the open questions gives; unknown where they differ. Says
        "whatever the answer" where it is decided and ``truth`` is not.
    is_exact : bool
        False where there were too many ways to try; ``exact`` is then ``truth``.
    trace : Trace
        The whole evaluation.
    open_fields : tuple of str
        Fields whose absence keeps it open, empty where ``exact`` is decided.
    """

    truth: Truth
    exact: Truth
    is_exact: bool
    trace: Trace
    open_fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition that was read; facts are as in ``evaluate``."""

    node: Node = field(repr=False)
    ground: Ground = field(repr=False)
    sources: Mapping[str, str] = field(default_factory=dict)

    def truth(self, facts: Mapping[str, object]) -> Truth:
        """Return its value, without reasons."""
        return self.node.truth(scope_of(facts, self.ground))

    def judge(self, facts: Mapping[str, object]) -> Verdict:
        """Return its value with the reasons and with what is open."""
        return verdict_of(self.node, scope_of(facts, self.ground), self.sources)


def read_condition(
    expression: object, territory: Territory, *, sources: Mapping[str, str] = _NO_SOURCES
) -> Condition:
    """Read a condition once, to judge it for many bodies.

    Parameters
    ----------
    expression : JSON value
        A condition.
    territory : Territory
        Codes, recoding and areas.
    sources : mapping of str to str, optional
        Where conditions are from, by JSON Pointer.

    Returns
    -------
    Condition
        With ``truth(facts)`` and ``judge(facts)``.

    Raises
    ------
    ExpressionError
        The condition has faults.

    Examples
    --------
    >>> small = read_condition({"eq": ["partner.size", "small"]}, Territory({}))
    >>> small.judge({"partner": {}}).open_fields
    ('partner.size',)
    """
    ground = Ground(territory)
    return Condition(read_node(expression, ground), ground, dict(sources))


def verdict_of(node: Node, scope: Scope, sources: Mapping[str, str]) -> Verdict:
    """Judge a condition that is read already."""
    trace = node.trace(scope, sources)
    exact, is_exact = decide_or_leave(node, scope)
    return Verdict(
        trace.result, exact, is_exact, trace, open_fields(trace) if exact is UNKNOWN else ()
    )


def decide_or_leave(node: Node, scope: Scope) -> tuple[Truth, bool]:
    """Decide over all answers, or leave it as it is where there are too many; say which."""
    try:
        return decide_node(node, scope), True
    except TooManyAnswersError:
        return node.truth(scope), False

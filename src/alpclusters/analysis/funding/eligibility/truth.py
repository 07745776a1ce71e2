"""Three values in Kleene's strong logic, and the trace of an evaluation with what decided it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Final

# --- Three values in Kleene's strong logic: false, unknown, true, in this order -------------------


class Truth(IntEnum):
    """What is known of a condition; ``all`` is the least, ``any`` the greatest of several."""

    FALSE = 0
    UNKNOWN = 1
    TRUE = 2

    @property
    def letter(self) -> str:
        """Return T, F or U, as tables write it."""
        return "FUT"[self]


FALSE: Final = Truth.FALSE
UNKNOWN: Final = Truth.UNKNOWN
TRUE: Final = Truth.TRUE
_TURNED: Final = (TRUE, UNKNOWN, FALSE)


def said(is_so: bool) -> Truth:  # noqa: FBT001 - the one thing that it turns
    """Return the truth of what is known."""
    return TRUE if is_so else FALSE


def turned(truth: Truth) -> Truth:
    """Return the opposite; unknown stays unknown."""
    return _TURNED[truth]


def at_least(n: int, truths: Sequence[Truth]) -> Truth:
    """Say whether at least so many of several are true.

    Examples
    --------
    >>> at_least(2, (TRUE, UNKNOWN, FALSE)).letter
    'U'
    """
    return between(n, truths.count(TRUE), len(truths) - truths.count(FALSE))


def between(wanted: int, least: int, most: int) -> Truth:
    """Compare a number that lies between two bounds with what is wanted at least."""
    if least >= wanted:
        return TRUE
    return FALSE if most < wanted else UNKNOWN


# --- The trace of an evaluation: the whole tree, with what decided it and what is open ------------


BRANCHES: Final = frozenset({"all", "any", "not", "atleast"})


@dataclass(frozen=True, slots=True)
class Trace:
    """One condition as it was judged, with all conditions in it; nothing is cut short.

    Attributes
    ----------
    op : str
        Its operator: ``all``, ``eq``, ``within``, ``count``, ...
    pointer : str
        JSON Pointer of the condition in the whole one.
    path : str
        What it asks, as it is asked of this case: inside a count ``partners[P2].country``.
    operand : JSON value
        What the field is compared with: a constant, a list, a territory, the terms of a count.
    seen : JSON value
        What the case says; None where it says nothing. Of ``atleast`` and ``count`` the pair of
        least and most that may be true.
    result : Truth
        Its value.
    children : tuple of Trace
        The conditions inside, all of them; of a count one for each item.
    source : str
        Where the condition is from, as the catalogue says.
    reason : str
        Why it is open: ``missing``, ``wrong_type``, ``no_recoding``, ``split_region``,
        ``partly_inside``, ``unknown_area``; else empty.
    detail : mapping
        Figures of the reason: code and vintages of a recoding.
    missing : tuple of str
        Fields that it asks and the case does not have.
    """

    op: str
    pointer: str
    path: str
    operand: object
    seen: object
    result: Truth
    children: tuple["Trace", ...] = ()
    source: str = ""
    reason: str = ""
    detail: Mapping[str, str | int] = field(default_factory=dict)
    missing: tuple[str, ...] = ()

    @property
    def is_branch(self) -> bool:
        """Say whether it only joins other conditions."""
        return self.op in BRANCHES


def what_decided(trace: Trace) -> tuple[Trace, ...]:
    """Find a smallest set of conditions that alone give the result.

    Parameters
    ----------
    trace : Trace
        A whole evaluation.

    Returns
    -------
    tuple of Trace
        Leaves and counts in the order of the condition; empty where the result is open. For a
        false ``all`` one false part, the one with the smallest tree, ties by order, after parts
        that hold whatever the case says (an empty ``all``); for a true one all parts.

    Examples
    --------
    >>> leaf = Trace("eq", "/all/0", "partner.size", "large", "small", Truth.FALSE)
    >>> [one.path for one in what_decided(Trace("all", "", "", None, None, leaf.result, (leaf,)))]
    ['partner.size']
    """
    if trace.result is UNKNOWN:
        return ()
    if not trace.is_branch:
        return (trace,)
    return tuple(one for leaves in _deciding(trace) for one in leaves)


def open_conditions(trace: Trace) -> tuple[Trace, ...]:
    """Find the conditions that keep a result open, in order; empty where it is decided.

    Parameters
    ----------
    trace : Trace
        A whole evaluation.

    Returns
    -------
    tuple of Trace
        Leaves and counts that are open and reach the root over open conditions only; a count stands
        before the open conditions of its items.

    Examples
    --------
    >>> open_conditions(Trace("eq", "", "partner.size", "large", "small", Truth.FALSE))
    ()
    """
    return tuple(_open(trace))


def open_fields(trace: Trace) -> tuple[str, ...]:
    """Name the missing fields that keep a result open, each once, in the order of the condition.

    Parameters
    ----------
    trace : Trace
        A whole evaluation.

    Returns
    -------
    tuple of str
        Paths as ``partner.turnover_ct``, ``partners[P2].country``. Empty where the result is
        decided, or open for another reason (a region that was split).

    Examples
    --------
    >>> asked = "partner.turnover_ct"
    >>> open_fields(Trace("lt", "", asked, 5, None, UNKNOWN, reason="missing", missing=(asked,)))
    ('partner.turnover_ct',)
    """
    return tuple(dict.fromkeys(path for leaf in _open(trace) for path in leaf.missing))


def size_of(trace: Trace) -> int:
    """Count the conditions of a tree."""
    return 1 + sum(size_of(child) for child in trace.children)


def _open(trace: Trace) -> Iterator[Trace]:
    if trace.result is not UNKNOWN:
        return
    if not trace.is_branch:
        yield trace
    for child in trace.children:
        yield from _open(child)


def _deciding(trace: Trace) -> list[tuple[Trace, ...]]:
    """Return what decided the fewest children that give a branch its result, child by child."""
    if trace.op == "not":
        return [what_decided(child) for child in trace.children]
    agreeing = [child for child in trace.children if child.result is trace.result]
    leaves = [what_decided(child) for child in agreeing]
    order = sorted(range(len(agreeing)), key=lambda k: (leaves[k] != (), size_of(agreeing[k]), k))
    return [leaves[k] for k in sorted(order[: _needed(trace)])]


def _needed(trace: Trace) -> int:
    n = len(trace.children)
    wanted = {"all": n, "any": 1}.get(trace.op, _whole(trace.operand))
    return wanted if trace.result is TRUE else n - wanted + 1


def _whole(value: object) -> int:
    return value if isinstance(value, int) else 0

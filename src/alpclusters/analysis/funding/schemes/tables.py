"""The design table: per attribute the common value, who binds, and whether the wish is met."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from alpclusters.analysis.funding.schemes.records import ATTRIBUTES, Scheme
from alpclusters.analysis.funding.schemes.values import (
    Binding,
    Choices,
    Value,
    binding,
    common,
)


@dataclass(frozen=True, slots=True)
class Line:
    """One attribute of a joint call.

    Attributes
    ----------
    attribute : str
    common : Choices, Span, Days or None
        What every scheme can serve, within the wish; None where nothing is left or nobody is known.
    binding : tuple of Binding
        Who narrows it, or between whom it fails.
    n_known : int
        How many schemes state the attribute.
    unknown : tuple of str
        Ids of those that do not.
    wish : Choices, Span, Days or None
        What the call asks: keys that must all be there, an interval that must be met.
    is_met : bool
        Whether a value is left, wish included; True where nobody states anything.
    """

    attribute: str
    common: Value | None
    binding: tuple[Binding, ...]
    n_known: int
    unknown: tuple[str, ...]
    wish: Value | None
    is_met: bool


def table(
    schemes: Sequence[Scheme], wishes: Mapping[str, Value], *, min_days: int
) -> tuple[Line, ...]:
    """Make a line for each attribute."""
    return tuple(_line(key, schemes, wishes.get(key), min_days) for key in ATTRIBUTES)


def _line(key: str, schemes: Sequence[Scheme], wish: Value | None, min_days: int) -> Line:
    known = [(scheme.id, scheme.attributes[key]) for scheme in schemes if key in scheme.attributes]
    unknown = tuple(scheme.id for scheme in schemes if key not in scheme.attributes)
    values = [value for _, value in known]
    met = meet(values, wish, min_days=min_days)
    left = bool(values) and met is None
    return Line(
        attribute=key,
        common=met if values else wish,
        binding=binding(known) if known else (),
        n_known=len(known),
        unknown=unknown,
        wish=wish,
        is_met=not left,
    )


def meet(values: Sequence[Value], wish: Value | None, *, min_days: int) -> Value | None:
    """Intersect values within a wish; a set must hold all the wished keys."""
    if not values:
        return wish
    if not isinstance(wish, Choices):
        return common([*values, *([wish] if wish else [])], min_days=min_days)
    found = common(values, min_days=min_days)
    return found if isinstance(found, Choices) and wish.values <= found.values else None


def works(schemes: Sequence[Scheme], wishes: Mapping[str, Value], *, min_days: int) -> bool:
    """Say whether a joint call of all of them is possible."""
    return all(
        meet(values, wishes.get(key), min_days=min_days) is not None
        for key in ATTRIBUTES
        if (values := [s.attributes[key] for s in schemes if key in s.attributes])
    )

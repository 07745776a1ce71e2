"""Offers with a condition that nobody entered: the source says more than the catalogue."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

NOT_ENTERED: Final[Mapping[str, Any]] = {"eq": ["offer.conditions_coded", True]}


def lacks_conditions(expression: object) -> bool:
    """Say whether a condition has a part that nobody entered.

    Parameters
    ----------
    expression : object
        A condition as a document has it: nested mappings and lists, never cyclic.

    Returns
    -------
    bool
        True where ``NOT_ENTERED`` stands anywhere in it.
    """
    return any(part == NOT_ENTERED for part in _parts(expression))


def _parts(expression: object) -> Iterator[object]:
    yield expression
    if isinstance(expression, Mapping):
        for operand in expression.values():
            yield from _parts(operand)
    elif isinstance(expression, list | tuple):
        for part in expression:
            yield from _parts(part)

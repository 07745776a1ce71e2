"""Short codes by which people speak of findings, recommendations and actions: F1, E1, X1."""

from collections.abc import Iterable


def next_number(codes: Iterable[str], prefix: str) -> int:
    """Return the number after the greatest one in use.

    Examples
    --------
    >>> next_number(["E1", "E7", "X9"], "E")
    8
    >>> next_number([], "E")
    1
    """
    numbers = [code.removeprefix(prefix) for code in codes if code.startswith(prefix)]
    return 1 + max((int(number) for number in numbers if number.isdigit()), default=0)

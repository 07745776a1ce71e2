"""Under which names the site may be asked for: the same list as the site's own."""

from collections.abc import Callable, Sequence


def host_check(allowed: Sequence[str]) -> Callable[[str], bool]:
    """Return a function that says whether a ``Host`` header is one of ours.

    Examples
    --------
    >>> is_ours = host_check(["alp.example.org", ".hall.example", "[::1]"])
    >>> [is_ours(h) for h in ("alp.example.org:443", "a.hall.example", "[::1]:8000", "evil.org")]
    [True, True, True, False]
    """
    names = {name.lower() for name in allowed if not name.startswith(".")}
    ends = tuple(name.lower() for name in allowed if name.startswith("."))

    def is_ours(host: str) -> bool:
        name = _without_port(host.lower()).rstrip(".")
        is_below = any(name == end[1:] or name.endswith(end) for end in ends)
        return "*" in names or name in names or is_below

    return is_ours


def _without_port(host: str) -> str:
    if host.startswith("["):
        return host.partition("]")[0] + "]"
    return host.partition(":")[0]

"""Rights by name: each asks one plain function, which pages and templates reach by the name."""

from collections.abc import Callable

from rules.permissions import permissions

# A person, and the thing in question: None where it is about any of its kind.
type Rule = Callable[..., bool]


def add_right(name: str, rule: Rule) -> None:
    """Register a right such as ``cafe.run_alpcafe``, to be asked by ``user.has_perm``."""
    permissions.add_rule(name, rule)  # type: ignore[no-untyped-call]

"""The organisations that a page of the network names."""

from collections.abc import Iterable

from alpclusters.www.public.network.loading import Network
from alpclusters.www.public.network.names import GroupNames, Organisations


def load_bodies(
    network: Network,
    numbers: Iterable[int],
    groups: GroupNames,
    hidden: frozenset[str] = frozenset(),
) -> Organisations:
    """Read the organisations of a page by their numbers (two queries at most)."""
    return Organisations.load(numbers, groups, hidden, is_of_projects=network.is_of_projects)

"""Which networks are measured, and in which windows of time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from alpclusters.analysis.network import Window
from alpclusters.platform.network.models import NetworkSnapshot

Basis = NetworkSnapshot.Basis
COUNTRY: Final = "country"
NUTS2: Final = "nuts2"
GROUPINGS: Final = (COUNTRY, NUTS2)
# The periods of the European budget; both years inside.
PERIODS: Final = ((2007, 2013), (2014, 2020), (2021, 2027))
ALL: Final = "all"


@dataclass(frozen=True, slots=True)
class Scope:
    """One network: what counts as a tie, and whether it is invented."""

    basis: str
    is_simulated: bool = False


def scopes() -> Iterator[Scope]:
    """List the networks: links and joint projects, real and simulated ones never together."""
    for is_simulated in (False, True):
        for basis in Basis.values:
            yield Scope(basis, is_simulated)


def period_windows() -> list[Window]:
    """List the periods as windows by start."""
    return [
        Window(
            name=f"{first}-{last}",
            start=date(first, 1, 1).toordinal(),
            end=date(last + 1, 1, 1).toordinal(),
            rule="started",
        )
        for first, last in PERIODS
    ]

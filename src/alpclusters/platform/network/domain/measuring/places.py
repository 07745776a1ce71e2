"""In which country and region an organisation counts; one vintage and one spelling throughout."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Final

from alpclusters.analysis.network import Window
from alpclusters.platform.network.models import NetworkSnapshot
from alpclusters.platform.territory.domain.lookups import current_recoder
from alpclusters.platform.territory.domain.recoding import Recoder
from alpclusters.platform.territory.models import CURRENT_VINTAGE, Region

# --- Which networks are measured, and in which windows of time ------------------------------------


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


# --- In which country and region an organisation counts; one vintage and one spelling throughout


NUTS_2_LENGTH: Final = 4
# Regions carry the codes of Eurostat, so countries do as well.
_EUROSTAT: Final = {"GR": "EL", "GB": "UK"}


@dataclass(frozen=True, slots=True)
class Place:
    """Country and region of NUTS 2, each empty where nobody knows."""

    country: str = ""
    nuts2: str = ""


@dataclass(slots=True)
class Places:
    """Every region by its number, as it is called in the current vintage (one query)."""

    _by_region: dict[int, Place] = field(default_factory=dict)

    @classmethod
    def load(cls) -> "Places":
        """Read the regions and what became of old codes."""
        rows = Region.objects.values_list("pk", "code", "country", "last_vintage")
        # Asked for at the first old code, and once: it looks whether its facts still hold.
        recoder = cache(current_recoder)
        return cls({pk: _placed(code, country, last, recoder) for pk, code, country, last in rows})

    def find(self, region: int | None, country: str) -> Place:
        """Return where something with a region or only a country lies."""
        known = self._by_region.get(region) if region is not None else None
        if known is not None and (known.nuts2 or not country):
            return known
        return Place(eurostat_code(country) or (known.country if known else ""), "")


def eurostat_code(country: str) -> str:
    """Return the code of a country as Eurostat writes it."""
    return _EUROSTAT.get(country, country)


def _placed(code: str, country: str, last_vintage: int, recoder: Callable[[], Recoder]) -> Place:
    current = code if last_vintage >= CURRENT_VINTAGE else _recoded(code, last_vintage, recoder)
    nuts2 = current[:NUTS_2_LENGTH] if len(current) >= NUTS_2_LENGTH else ""
    return Place(eurostat_code(country), nuts2)


def _recoded(code: str, vintage: int, recoder: Callable[[], Recoder]) -> str:
    answer = recoder().recode(code, from_vintage=vintage, to_vintage=CURRENT_VINTAGE)
    if answer.code:
        return answer.code
    # Split among regions of NUTS 3 that lie in one of NUTS 2.
    above = {candidate[:NUTS_2_LENGTH] for candidate in answer.candidates}
    return above.pop() if len(above) == 1 else ""

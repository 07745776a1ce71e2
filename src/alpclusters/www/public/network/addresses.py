"""A question to the network as an address and back."""

from dataclasses import dataclass, replace
from typing import Any, Final

from django.http import QueryDict
from django.urls import reverse

from alpclusters.platform.network.domain.measuring.places import ALL, COUNTRY, GROUPINGS, Basis
from alpclusters.www.public.addresses import with_query

LONGEST: Final = 12
# What coordinators have a page of their own for; all others are public.
_IN_WORKSPACE: Final = frozenset(
    {"network", "network-pair", "network-export", "network-pair-export"}
)


@dataclass(frozen=True)
class NetworkQuery:
    """What is asked for; empty is what the page chooses.

    Attributes
    ----------
    basis, grouping, window : str
        What counts as a tie, country or nuts2, and the period.
    country : str
        Show regions of one country only.
    simulated : bool
        Whether the invented network is meant.
    space : {"public", "workspace"}
        On which side of the sign-in the page lies; in the workspace nothing is withheld.
    """

    basis: str = ""
    grouping: str = ""
    window: str = ""
    country: str = ""
    simulated: bool = False
    space: str = "public"

    @property
    def is_public(self) -> bool:
        """Say whether small cells are withheld."""
        return self.space == "public"


def read_query(parameters: QueryDict, space: str = "public") -> NetworkQuery:
    """Read a question; what the page does not know is left out."""
    basis, grouping = parameters.get("basis", ""), parameters.get("by", "")
    return NetworkQuery(
        basis=basis if basis in Basis.values else "",
        grouping=grouping if grouping in GROUPINGS else "",
        window=_short(parameters.get("window", "")),
        country=_short(parameters.get("country", "")),
        simulated=parameters.get("simulated") == "1",
        space=space,
    )


def _short(value: str) -> str:
    is_fit = len(value) <= LONGEST and value.isascii() and value.replace("-", "").isalnum()
    return value if is_fit else ""


def write_query(query: NetworkQuery) -> str:
    """Write a question; what is usual is left out."""
    parameters = QueryDict(mutable=True)
    if query.basis:
        parameters["basis"] = query.basis
    if query.grouping and query.grouping != COUNTRY:
        parameters["by"] = query.grouping
    if query.window and query.window != ALL:
        parameters["window"] = query.window
    if query.country:
        parameters["country"] = query.country
    if query.simulated:
        parameters["simulated"] = "1"
    return parameters.urlencode()


def address(query: NetworkQuery, page: str = "network", *args: Any) -> str:
    """Return the address of a page with a question behind it."""
    space = query.space if page in _IN_WORKSPACE else "public"
    url = reverse(f"{space}:{page}", args=args)
    written = write_query(query)
    return with_query(url, written)


def public(query: NetworkQuery) -> NetworkQuery:
    """Return the same question to the public pages."""
    return replace(query, space="public")

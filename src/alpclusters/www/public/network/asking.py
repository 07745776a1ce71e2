"""A question to the network: its address, the stored measures that answer it, and names."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

from django.db.models import Q
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.evidence.models import Participation
from alpclusters.platform.network.domain.measuring.places import (
    ALL,
    COUNTRY,
    GROUPINGS,
    NUTS2,
    Basis,
)
from alpclusters.platform.network.models import NetworkSnapshot
from alpclusters.platform.territory.domain.names import country_name
from alpclusters.platform.territory.domain.tiles import tiles
from alpclusters.reports.numbers import EN_DASH
from alpclusters.www.public.addresses import with_query
from alpclusters.www.public.directory.filters import region_names
from alpclusters.www.site.organisation_links import page_of

# --- A question to the network as an address and back ---------------------------------------------


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


# --- What groups, organisations and choices are called --------------------------------------------


MOST_ASKED: Final = 500
BASES: Final = {
    Basis.LINKS.value: gettext_lazy("Links between organisations"),
    Basis.PROJECTS.value: gettext_lazy("Joint projects"),
}
GROUPING_NAMES: Final = {
    COUNTRY: gettext_lazy("Countries"),
    NUTS2: gettext_lazy("Regions (NUTS 2)"),
}


def window_name(name: str) -> str:
    """Return what a period is called."""
    return _("All years") if name == ALL else name.replace("-", EN_DASH)


@dataclass(frozen=True)
class GroupNames:
    """Names of countries or regions, long and short."""

    names: Mapping[str, str]
    shorts: Mapping[str, str]

    @classmethod
    def load(cls, codes: Iterable[str]) -> "GroupNames":
        """Read the names of all codes (one query for regions, none for countries)."""
        wanted = [code for code in dict.fromkeys(codes) if code]
        regions = region_names(code for code in wanted if len(code) > 2)  # noqa: PLR2004 - of a country
        names = {code: regions.get(code) or _country(code) for code in wanted}
        shorts = {tile.code: tile.short for tile in tiles()}
        return cls(names, {code: shorts.get(code, code) for code in wanted})

    def long(self, code: str) -> str:
        """Return the name of a group."""
        return self.names.get(code, code) or _("region not known")

    def short(self, code: str) -> str:
        """Return the short name of a group: of its tile, else its code."""
        return self.shorts.get(code, code)


def _country(code: str) -> str:
    return country_name(code, get_language())


@dataclass(frozen=True)
class Named:
    """An organisation as a page names it; without an address it is not in the directory."""

    name: str
    short: str = ""
    url: str = ""
    is_simulated: bool = False

    @property
    def label(self) -> str:
        """Return the name for a picture."""
        return self.short or self.name


@dataclass(frozen=True)
class Organisations:
    """The organisations of a page by their numbers (one query)."""

    listed: Mapping[int, Named]
    groups: GroupNames
    hidden: frozenset[str] = frozenset()

    @classmethod
    def load(
        cls,
        numbers: Iterable[int],
        groups: GroupNames,
        hidden: frozenset[str] = frozenset(),
        *,
        is_of_projects: bool = False,
    ) -> "Organisations":
        """Read those that are in the directory; the others stay without a name.

        In a network of joint projects the page of a published initiative names who took part, and
        so does this one. Of a ``hidden`` group, with fewer than five organisations, not even the
        region of a body without a name is told.
        """
        wanted = set(numbers)
        known = {number for number in wanted if number > 0}
        rows = Organisation.objects.listed().filter(pk__in=known).select_related("cluster")
        found = {
            row.pk: Named(row.name, row.short_name, page_of(row), row.is_simulated) for row in rows
        }
        if is_of_projects:
            found |= published_names(wanted - found.keys())
        return cls(found, groups, hidden)

    def of(self, number: int, group: str = "") -> Named:
        """Return an organisation; one that is not listed is only said to be in its region."""
        if number in self.listed:
            return self.listed[number]
        if not group or group in self.hidden:
            return Named(_("organisation not in the directory"))
        region = self.groups.long(group)
        return Named(_("organisation not in the directory (%(region)s)") % {"region": region})

    def is_listed(self, number: int) -> bool:
        """Say whether an organisation may be named."""
        return number in self.listed


def published_names(numbers: Collection[int]) -> dict[int, Named]:
    """Return the names under which published initiatives tell who took part (one query)."""
    rows = Participation.objects.filter(initiative__is_published=True)
    # A database takes only so many numbers in a question: of many bodies all rows are read.
    if len(numbers) <= MOST_ASKED:
        known = [number for number in numbers if number > 0]
        bodies = [-number for number in numbers if number < 0]
        rows = rows.filter(Q(pk__in=bodies) | Q(organisation__in=known))
    columns = rows.order_by("-pk").values_list("pk", "organisation", "name")
    wanted = set(numbers)
    return {
        number: Named(name)
        for pk, organisation, name in columns
        if (number := -pk if -pk in wanted else organisation) in wanted
    }


# --- The stored measures that answer a question; parsed once per process, never computed here -----


type Record = Mapping[str, Any]
_COLUMNS: Final = (
    "pk", "basis", "grouping", "is_simulated", "file", "digest", "sources", "made_at",
)  # fmt: skip
_IN_MEMORY: Final = 8


@dataclass(frozen=True)
class Network:
    """One stored network in one window, and what else there is to choose.

    Attributes
    ----------
    query : NetworkQuery
        The question with everything chosen.
    record : mapping
        Measures of the window.
    windows : sequence of mapping
        Of all windows, in order.
    file : str
        Name of the file with matrix and vectors.
    sources : sequence of mapping
    n_unverified : int
    made_at : datetime
    others : sequence of (basis, grouping, is_simulated)
        Every network that is stored.
    """

    query: NetworkQuery
    record: Record
    windows: Sequence[Record]
    file: str
    sources: Sequence[Record]
    n_unverified: int
    made_at: datetime
    others: Sequence[tuple[str, str, bool]]

    @property
    def window(self) -> str:
        """Name of the window."""
        return str(self.record["name"])

    @property
    def is_of_projects(self) -> bool:
        """Say whether ties come from joint projects."""
        return self.query.basis == Basis.PROJECTS

    @property
    def periods(self) -> list[Record]:
        """The windows that can stand side by side: those of one rule."""
        return [one for one in self.windows if one["name"] != ALL]


def load_network(query: NetworkQuery) -> Network | None:
    """Return the stored network nearest to what is asked for; None if there is none (one query)."""
    rows = NetworkSnapshot.objects.current().order_by("pk").values(*_COLUMNS)
    stored = {(r["basis"], r["grouping"], r["is_simulated"]): r for r in rows}
    row = _chosen(stored, query)
    if row is None:
        return None
    data = _data_of(row["pk"], row["digest"], row["made_at"])
    if not data.get("windows"):
        return None
    record = _window_of(data["windows"], query.window)
    full = replace(
        query,
        basis=row["basis"],
        grouping=row["grouping"],
        simulated=row["is_simulated"],
        window=record["name"],
        country="" if row["grouping"] == COUNTRY else query.country,
    )
    return Network(
        query=full,
        record=record,
        windows=data["windows"],
        file=row["file"],
        sources=row["sources"],
        n_unverified=data.get("n_unverified", 0),
        made_at=row["made_at"],
        others=list(stored),
    )


def _chosen(stored: Mapping[Any, Any], query: NetworkQuery) -> Any:
    """Real before simulated, links before projects, where nobody says otherwise."""
    grouping = query.grouping or COUNTRY
    kinds = [True] if query.simulated else [False, True]
    bases = [query.basis] if query.basis else list(Basis.values)
    for kind in kinds:
        for basis in bases:
            if (row := stored.get((basis, grouping, kind))) is not None:
                return row
    return None


def _window_of(windows: Sequence[Any], wanted: str) -> Any:
    named = {one["name"]: one for one in windows}
    return named.get(wanted) or named.get(ALL) or windows[-1]


@lru_cache(maxsize=_IN_MEMORY)
def _data_of(pk: int, digest: str, made_at: datetime) -> Record:  # noqa: ARG001 - the key of the cache
    """A snapshot never changes: its measures are parsed once."""
    rows = NetworkSnapshot.objects.filter(pk=pk).values_list("data", flat=True)
    found: Record = rows.first() or {}
    return found

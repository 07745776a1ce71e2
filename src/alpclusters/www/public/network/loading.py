"""The stored measures that answer a question; parsed once per process, never computed here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

from alpclusters.platform.network.domain.measuring.places import ALL, COUNTRY, Basis
from alpclusters.platform.network.models import NetworkSnapshot
from alpclusters.www.public.network.addresses import NetworkQuery

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

"""Who is tied to whom: joint projects and counted links together, as one network.

What was measured last is taken from its file; without one the ties are counted now.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from alpclusters.analysis.network import Stamp, Ties, Window, make_ties
from alpclusters.platform.network.domain.matching.profiles import Profile
from alpclusters.platform.network.domain.measuring.places import ALL, NUTS2, Basis, Scope
from alpclusters.platform.network.domain.measuring.reading import Slice, gather
from alpclusters.platform.network.domain.measuring.stored import has_file, read_array
from alpclusters.platform.network.models import NetworkSnapshot

IntArray = NDArray[np.int64]
UNKNOWN: Final = -1


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one basis: numbers, their regions ("" if unknown), and the matrix."""

    nodes: IntArray
    regions: tuple[str, ...]
    matrix: csr_array


def matching_ties(profiles: Mapping[int, Profile], *, is_simulated: bool) -> Ties:
    """Return the ties of all organisations, also of those that have none.

    Weights are numbers of joint projects or links; a link that was derived from a project is not
    counted beside it: of the two numbers of a pair the larger one stands. Groups are regions of
    NUTS 2.
    """
    return _ties(_state(is_simulated=is_simulated), _Hashed(profiles), is_simulated)


class _Hashed(dict[int, Profile]):
    """Profiles as part of the key of a cache: the same object is the same state."""

    def __init__(self, profiles: Mapping[int, Profile]) -> None:
        super().__init__(profiles)
        self._of = profiles

    def __hash__(self) -> int:  # type: ignore[override]
        return id(self._of)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Hashed) and self._of is other._of


def _state(*, is_simulated: bool) -> tuple[str, ...]:
    """Return the files of both bases; empty names where nothing was measured."""
    rows = NetworkSnapshot.objects.current().filter(is_simulated=is_simulated, grouping=NUTS2)
    files = dict(rows.order_by("pk").values_list("basis", "file"))
    return tuple(name if has_file(name := files.get(basis, "")) else "" for basis in Basis.values)


@lru_cache(maxsize=4)
def _ties(files: tuple[str, ...], profiles: _Hashed, is_simulated: bool) -> Ties:  # noqa: FBT001 - part of the key
    bases = zip(Basis.values, files, strict=True)
    known = [_known(basis, file, is_simulated=is_simulated) for basis, file in bases]
    nodes = np.unique(
        np.concatenate([np.array(sorted(profiles), np.int64), *(k.nodes for k in known)])
    )
    matrix = csr_array((len(nodes), len(nodes)), dtype=np.float64)
    for one in known:
        matrix = csr_array(matrix.maximum(_spread(one, nodes)))
    regions = _regions(known, profiles)
    names = sorted({code for code in regions.values() if code})
    at = {code: place for place, code in enumerate(names)}
    group = [at.get(regions.get(number, ""), UNKNOWN) for number in nodes.tolist()]
    stamp = Stamp(group=NUTS2, weights="full")
    return make_ties(matrix, nodes, group, names, stamp=stamp)


def _spread(known: Known, nodes: IntArray) -> csr_array:
    """Place a matrix among all nodes."""
    found = known.matrix.tocoo()
    place = np.searchsorted(nodes, known.nodes)
    rows, columns = (place[axis] for axis in found.coords)
    return csr_array((found.data, (rows, columns)), shape=(len(nodes), len(nodes)))


def _regions(known: list[Known], profiles: Mapping[int, Profile]) -> dict[int, str]:
    found: dict[int, str] = {}
    for one in known:
        for number, code in zip(one.nodes.tolist(), one.regions, strict=True):
            found[number] = code or found.get(number, "")
    return found | {pk: one.nuts2 for pk, one in profiles.items() if one.nuts2}


def _known(basis: str, file: str, *, is_simulated: bool) -> Known:
    return (_from_file(file) if file else None) or _counted(basis, is_simulated=is_simulated)


def _from_file(file: str) -> Known | None:
    names = ("nodes", "indptr", "indices", "joint", f"group/{NUTS2}")
    read = (read_array(file, f"{ALL}/{name}") for name in names)
    found = [array for array in read if array is not None]
    codes = read_array(file, f"codes/{NUTS2}")
    if codes is None or len(found) < len(names):
        return None
    nodes, indptr, indices, joint, group = found
    shape = (len(nodes), len(nodes))
    matrix: csr_array = csr_array((joint.astype(np.float64), indices, indptr), shape=shape)
    return Known(nodes, tuple(str(codes[g]) if g >= 0 else "" for g in group.tolist()), matrix)


def _counted(basis: str, *, is_simulated: bool) -> Known:
    gathered = gather(Scope(basis, is_simulated))
    if gathered.is_empty:
        return Known(np.zeros(0, np.int64), (), csr_array((0, 0), dtype=np.float64))
    ties = Slice(gathered, Window()).ties(gathered.groupings[NUTS2], "full")
    names = (*ties.group_names, "")
    return Known(ties.nodes, tuple(names[g] for g in ties.group.tolist()), ties.matrix)

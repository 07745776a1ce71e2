"""Find an organisation by a name as somebody types it: exact ones, and "did you mean"."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz, process

from alpclusters.platform.actors.models import Alias, Organisation
from alpclusters.platform.languages.folding import fold

# Out of 100: below, names have no more in common than words like "cluster" or "agency".
LIKE: Final = 80
# From here on a new organisation is only made after the person said that it is another one.
ALMOST: Final = 90
MOST: Final = 8


@dataclass(frozen=True, slots=True)
class Match:
    """An organisation whose name is like the one that was typed."""

    organisation: Organisation
    score: float
    name: str

    @property
    def is_almost(self) -> bool:
        """Say whether it may well be the same."""
        return self.score >= ALMOST


def find_like(name: str, *, is_simulated: bool | None, limit: int = MOST) -> list[Match]:
    """Return organisations with a name, short name or other name like this one, best first.

    Whoever is simulated is asked for and offered simulated ones only, everybody else real ones;
    None where it is not known yet for whom they are.
    """
    wanted = fold(name.strip())
    if not wanted:
        return []
    pairs = list(_names(is_simulated=is_simulated))
    found = process.extract(
        wanted,
        [folded for _, _, folded in pairs],
        scorer=fuzz.WRatio,
        score_cutoff=LIKE,
        limit=limit * 3,
    )
    best: dict[int, tuple[float, str]] = {}
    for _, score, place in found:
        pk, shown, _ = pairs[place]
        best.setdefault(pk, (score, shown))
    return _matches(best, limit)


def _matches(best: dict[int, tuple[float, str]], limit: int) -> list[Match]:
    ids: Sequence[int] = list(best)[:limit]
    bodies = Organisation.objects.select_related("region").in_bulk(ids)
    return [Match(bodies[pk], *best[pk]) for pk in ids if pk in bodies]


def _names(*, is_simulated: bool | None) -> Iterator[tuple[int, str, str]]:
    bodies = Organisation.objects.current().order_by("pk")
    aliases = Alias.objects.filter(organisation__merged_into=None).order_by("pk")
    if is_simulated is not None:
        bodies = bodies.filter(is_simulated=is_simulated)
        aliases = aliases.filter(organisation__is_simulated=is_simulated)
    for pk, name, short in bodies.values_list("pk", "name", "short_name").iterator():
        yield pk, name, fold(name)
        if short:
            yield pk, short, fold(short)
    for pk, name in aliases.values_list("organisation", "name").iterator():
        yield pk, name, fold(name)

"""Which organisation of the directory a body is that takes part: by numbers, never by likeness."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from django.db.models import F

from alpclusters.platform.actors.models import Identifier, Provenance
from alpclusters.platform.evidence.models import Participation

type Number = tuple[str, str]
type World = Mapping[str, bool]

SCHEMES: Final = ("pic", "keep", "kohesio")
# Bodies of an imported list without numbers: known by a key made from name, country and town.
NAMED: Final[Mapping[str, str]] = {"keep-name": "keep", "kohesio-name": "kohesio"}
_SLICE: Final = 5_000


def find_organisations(numbers: Iterable[Number], *, is_simulated: bool) -> dict[Number, int]:
    """Return the organisation of one world with each number; of a merged one, the other."""
    wanted = set(numbers)
    world = {"organisation__is_simulated": is_simulated}
    found = _by_identifier(sorted(value for scheme, value in wanted if scheme in SCHEMES), world)
    for scheme, source in NAMED.items():
        values = sorted(value for own, value in wanted if own == scheme)
        found |= {(scheme, value): pk for value, pk in _by_list(source, values, world)}
    return {number: pk for number, pk in found.items() if number in wanted}


def first_known(known: Mapping[Number, int], numbers: Sequence[Number]) -> int | None:
    """Return the organisation of the first number that is known."""
    return next((known[number] for number in numbers if number in known), None)


def tie_known_bodies() -> int:
    """Tie bodies that stand as names to organisations that came into the directory later.

    Returns
    -------
    int
        How many participations were tied.
    """
    n_tied = 0
    rows = Identifier.objects.filter(scheme__in=SCHEMES).order_by("pk")
    rows = rows.annotate(world=F("organisation__is_simulated"))
    pairs = rows.values_list(
        "scheme", "value", "world", "organisation", "organisation__merged_into"
    )
    bodies = {
        (f"{scheme}:{value}", world): merged or pk for scheme, value, world, pk, merged in pairs
    }
    for some in _slices(sorted({key for key, _world in bodies})):
        loose = Participation.objects.filter(organisation=None, body_key__in=some)
        found = loose.order_by().values_list("body_key", "initiative__is_simulated").distinct()
        for key, world in sorted(set(found) & set(bodies)):
            same = Participation.objects.filter(
                organisation=None, body_key=key, initiative__is_simulated=world
            )
            n_tied += same.update(organisation=bodies[key, world])
    return n_tied


def _by_identifier(values: Sequence[str], world: World) -> dict[Number, int]:
    found: dict[Number, int] = {}
    for some in _slices(values):
        known = Identifier.objects.filter(scheme__in=SCHEMES, value__in=some, **world)
        rows = known.order_by("-pk")
        for scheme, value, pk, merged in rows.values_list(
            "scheme", "value", "organisation", "organisation__merged_into"
        ):
            found[scheme, value] = merged or pk
    return found


def _by_list(source: str, values: Sequence[str], world: World) -> Iterable[tuple[str, int]]:
    for some in _slices(values):
        known = Provenance.objects.filter(source__key=source, external_id__in=some, **world)
        rows = known.order_by("-pk")
        for value, pk, merged in rows.values_list(
            "external_id", "organisation", "organisation__merged_into"
        ):
            yield value, merged or pk


def _slices(values: Sequence[str]) -> Iterable[Sequence[str]]:
    for start in range(0, len(values), _SLICE):
        yield values[start : start + _SLICE]

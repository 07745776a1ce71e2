"""Who takes part, as the source says it now: added, changed, taken off; ties by people stay."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from django.db.models import F

from alpclusters.platform.actors.domain.importing.stamps import insert_rows
from alpclusters.platform.actors.models import Identifier, Provenance
from alpclusters.platform.evidence.domain.importing.drafts import Body, Draft
from alpclusters.platform.evidence.domain.initiatives.editing import PARTNERS
from alpclusters.platform.evidence.models import Initiative, Participation

# --- Which organisation of the directory a body is that takes part: by numbers, never by likeness


type Number = tuple[str, str]
type World = Mapping[str, bool]

SCHEMES: Final = ("pic", "keep", "kohesio")
# Bodies of an imported list without numbers: known by a key made from name, country and town.
NAMED: Final[Mapping[str, str]] = {"keep-name": "keep", "kohesio-name": "kohesio"}
_LINKING_SLICE: Final = 5_000


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
    for start in range(0, len(values), _LINKING_SLICE):
        yield values[start : start + _LINKING_SLICE]


# --- Who takes part, as the source says it now: added, changed, taken off; ties by people stay


type Pair = tuple[Draft, Initiative]
type Known = Mapping[bool, Mapping[Number, int]]

_PARTICIPANTS_SLICE: Final = 1_000
_CHANGEABLE: Final = (
    "name", "country", "town", "region_id", "given_code", "budget_cents", "eu_cents", "has_left",
)  # fmt: skip
_UPDATED: Final = [*(name.removesuffix("_id") for name in _CHANGEABLE), "organisation"]


def add_bodies(pairs: Sequence[Pair]) -> None:
    """Store who takes part in new initiatives."""
    known = _known(pairs)
    insert_rows([_row(body, one, known) for draft, one in pairs for body in draft.bodies])


def change_bodies(pairs: Sequence[Pair]) -> set[int]:
    """Bring the bodies of known initiatives up to date.

    Returns
    -------
    set of int
        Initiatives that keep theirs because a person had changed them.
    """
    kept = {one.pk for _, one in pairs if PARTNERS in one.edited_fields}
    free = [(draft, one) for draft, one in pairs if one.pk not in kept]
    there = _there([one.pk for _, one in free])
    known = _known(free)
    new: list[Participation] = []
    changed: list[Participation] = []
    gone: list[int] = []
    for draft, one in free:
        rows = there[one.pk]
        for body in draft.bodies:
            row = rows.pop(body.identity, None)
            if row is None:
                new.append(_row(body, one, known))
            elif _apply(row, body, known[one.is_simulated]):
                changed.append(row)
        gone += [row.pk for row in rows.values()]
    _store(new, changed, gone)
    return kept


def _store(
    new: Sequence[Participation], changed: Sequence[Participation], gone: Sequence[int]
) -> None:
    for start in range(0, len(gone), _PARTICIPANTS_SLICE):
        Participation.objects.filter(pk__in=gone[start : start + _PARTICIPANTS_SLICE]).delete()
    Participation.objects.bulk_update(changed, _UPDATED, batch_size=200)
    insert_rows(new)


def _there(ids: Sequence[int]) -> Mapping[int, dict[tuple[str, str, int], Participation]]:
    found: defaultdict[int, dict[tuple[str, str, int], Participation]] = defaultdict(dict)
    for start in range(0, len(ids), _PARTICIPANTS_SLICE):
        rows = Participation.objects.filter(initiative__in=ids[start : start + _PARTICIPANTS_SLICE])
        for row in rows.order_by("pk"):
            found[row.initiative_id][row.body_key, row.role, row.order] = row
    return found


def _apply(row: Participation, body: Body, known: Mapping[Number, int]) -> bool:
    """Write what the source says; a tie to an organisation is never loosened."""
    before = [getattr(row, name) for name in (*_CHANGEABLE, "organisation_id")]
    for name in _CHANGEABLE:
        setattr(row, name, body.values[name])
    row.organisation_id = row.organisation_id or first_known(known, body.known_as)
    return before != [getattr(row, name) for name in (*_CHANGEABLE, "organisation_id")]


def _row(body: Body, initiative: Initiative, known: Known) -> Participation:
    values: dict[str, Any] = body.values
    organisation_id = first_known(known[initiative.is_simulated], body.known_as)
    return Participation(initiative_id=initiative.pk, organisation_id=organisation_id, **values)


def _known(pairs: Sequence[Pair]) -> Known:
    """Return the organisations that the bodies can be, by the world of their initiative."""
    numbers: dict[bool, set[Number]] = {}
    for draft, one in pairs:
        own = numbers.setdefault(one.is_simulated, set())
        own |= {number for body in draft.bodies for number in body.known_as}
    return {
        world: find_organisations(wanted, is_simulated=world) for world, wanted in numbers.items()
    }

"""Who takes part, as the source says it now: added, changed, taken off; ties by people stay."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Final

from alpclusters.platform.actors.domain.importing.inserting import insert_rows
from alpclusters.platform.evidence.domain.importing.drafts import Body, Draft
from alpclusters.platform.evidence.domain.importing.linking import (
    Number,
    find_organisations,
    first_known,
)
from alpclusters.platform.evidence.domain.initiatives.fields import PARTNERS
from alpclusters.platform.evidence.models import Initiative, Participation

type Pair = tuple[Draft, Initiative]
type Known = Mapping[bool, Mapping[Number, int]]

_SLICE: Final = 1_000
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
    for start in range(0, len(gone), _SLICE):
        Participation.objects.filter(pk__in=gone[start : start + _SLICE]).delete()
    Participation.objects.bulk_update(changed, _UPDATED, batch_size=200)
    insert_rows(new)


def _there(ids: Sequence[int]) -> Mapping[int, dict[tuple[str, str, int], Participation]]:
    found: defaultdict[int, dict[tuple[str, str, int], Participation]] = defaultdict(dict)
    for start in range(0, len(ids), _SLICE):
        rows = Participation.objects.filter(initiative__in=ids[start : start + _SLICE])
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

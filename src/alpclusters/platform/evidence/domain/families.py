"""Families of initiatives: brought up to date after every change that may tie or part some.

Rules: docs/methods/certainty.md. A change of few initiatives looks at their neighbours only; an
import, or None, looks at all.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from alpclusters.analysis.certainty import Families, Undertaking, find_families
from alpclusters.platform.evidence.domain.grading.regrading import regrade_of_initiatives
from alpclusters.platform.evidence.models import Activity, Initiative, Participation

# More changes than this are looked at together with everything else.
FEW: Final = 200
# A neighbourhood larger than this is no saving: databases plan long lists of numbers badly.
LARGE: Final = 1_000
# Databases take a limited number of parameters.
_SLICE: Final = 500


@transaction.atomic
def refresh_families(initiative_ids: Collection[int] | None = None) -> int:
    """Compute families and store those that changed; grade again the lessons that rest on them.

    Parameters
    ----------
    initiative_ids : collection of int, optional
        What changed; all initiatives if not given.

    Returns
    -------
    int
        How many initiatives are of another family now.
    """
    if initiative_ids is not None and not initiative_ids:
        return 0
    bodies = _Bodies.known()
    looked_at = _looked_at(initiative_ids, bodies)
    found = find_families(_undertakings(looked_at, bodies))
    stored = dict(looked_at.order_by("pk").values_list("pk", "family"))
    changed = _store(found, stored)
    regrade_of_initiatives(
        None if initiative_ids is None else {*initiative_ids, *changed}, now=timezone.now()
    )
    return len(changed)


def _looked_at(ids: Collection[int] | None, bodies: "_Bodies") -> QuerySet[Initiative]:
    """Return the neighbourhood of what changed, or all where that is simpler."""
    if ids is None or len(ids) > FEW:
        return Initiative.objects.all()
    near = _neighbourhood(set(ids), bodies)
    return Initiative.objects.all() if near is None else _among(near)


@dataclass(frozen=True)
class _Bodies:
    """Which bodies are one organisation: a key tied to it anywhere stands for it everywhere."""

    of_key: dict[str, int] = field(default_factory=dict)

    @classmethod
    def known(cls) -> "_Bodies":
        tied = Participation.objects.filter(organisation__isnull=False)
        rows = tied.order_by("-organisation").values_list("body_key", "organisation").distinct()
        return cls(dict(rows))

    def body(self, key: str) -> str:
        return f"organisation:{self.of_key[key]}" if key in self.of_key else key

    def same_as(self, keys: Iterable[str]) -> set[str]:
        """Return all keys of the bodies that some keys stand for."""
        wanted = set(keys)
        organisations = {self.of_key[key] for key in wanted if key in self.of_key}
        return wanted | {key for key, number in self.of_key.items() if number in organisations}


def _among(ids: Collection[int]) -> QuerySet[Initiative]:
    return Initiative.objects.filter(pk__in=ids)


def _undertakings(initiatives: QuerySet[Initiative], bodies: _Bodies) -> list[Undertaking]:
    columns = ("pk", "kind", "follows", "start", "end", "is_simulated")
    rows = list(initiatives.order_by("pk").values_list(*columns))
    invented = {row[0] for row in rows if row[5]}
    whole = {"initiative__in": initiatives.values("pk")}
    partners: defaultdict[int, set[str]] = defaultdict(set)
    leads: defaultdict[int, set[str]] = defaultdict(set)
    taking_part = Participation.objects.filter(**whole, has_left=False).order_by()
    for number, key, role in taking_part.values_list("initiative", "body_key", "role").iterator():
        # An invented initiative is no relative of a real one, whoever takes part in both.
        body = f"simulated:{bodies.body(key)}" if number in invented else bodies.body(key)
        partners[number].add(body)
        if role == Participation.Role.LEAD:
            leads[number].add(body)
    kinds = _measure_types(whole)
    return [
        _undertaking(
            row,
            _known_partners(partners[row[0]], leads[row[0]]),
            leads[row[0]],
            kinds.get(row[0], set()),
        )
        for row in rows
    ]


def _known_partners(partners: set[str], leads: set[str]) -> set[str]:
    """Return the partners; of an initiative of which only the lead is known nobody knows them."""
    return set() if len(partners) == 1 and partners == leads else partners


def _measure_types(whole: dict[str, Any]) -> dict[int, set[str]]:
    kinds: defaultdict[int, set[str]] = defaultdict(set)
    coded = Activity.objects.filter(**whole).exclude(measure_type="").order_by()
    for number, kind in coded.values_list("initiative", "measure_type").distinct():
        kinds[number].add(kind)
    return kinds


def _undertaking(
    row: tuple[Any, ...], partners: set[str], leads: set[str], kinds: set[str]
) -> Undertaking:
    number, kind, follows, start, end = row[:5]
    if start and end and end < start:
        # One of them is wrong, and nobody knows which.
        start = end = None
    return Undertaking(
        id=number,
        bodies=frozenset(partners),
        leads=frozenset(leads),
        start=start,
        end=end,
        measure_types=frozenset(kinds),
        follows=follows,
        counts=kind != Initiative.Kind.PROGRAMME_LINE,
    )


def _neighbourhood(ids: set[int], bodies: _Bodies) -> set[int] | None:
    """Return what must be looked at together: old families, new ties, and their families.

    Only ties of the changed initiatives can be new or gone, so whoever else is in one of these
    families is tied to nobody outside. None where they are many.
    """
    own = list(
        Participation.objects.filter(initiative__in=ids)
        .order_by()
        .values_list("body_key", flat=True)
        .distinct()
    )
    near = ids | _taking_part(bodies.same_as(own)) | _following(ids)
    if len(near) > LARGE:
        return None
    found = find_families(_undertakings(_among(near), bodies)).of
    tied = {found[number] for number in ids if number in found}
    wanted = ids | {number for number, family in found.items() if family in tied}
    families = _among(wanted).filter(family__isnull=False).values("family")
    members = Initiative.objects.filter(family__in=families).order_by().values_list("pk", flat=True)
    whole = wanted | set(members[: LARGE + 1])
    return None if len(whole) > LARGE else whole


def _taking_part(keys: set[str]) -> set[int]:
    ordered = sorted(keys)
    found: set[int] = set()
    for first in range(0, len(ordered), _SLICE):
        some = Participation.objects.filter(body_key__in=ordered[first : first + _SLICE])
        found |= set(some.order_by().values_list("initiative", flat=True))
    return found


def _following(ids: set[int]) -> set[int]:
    # Two questions: as one with OR over a join it took seconds on PostgreSQL.
    later = Initiative.objects.filter(follows__in=ids).order_by().values_list("pk", flat=True)
    earlier = _among(ids).order_by().values_list("follows", flat=True)
    return {*later, *(pk for pk in earlier if pk is not None)}


def _store(found: Families, stored: dict[int, int | None]) -> set[int]:
    """Write the families that changed, in one go."""
    family = found.of
    changed = [
        (family.get(number), number)
        for number, before in stored.items()
        if family.get(number) != before
    ]
    if changed:
        table = connection.ops.quote_name(Initiative._meta.db_table)
        with connection.cursor() as cursor:
            # Thousands of rows with a value each: no version, and nothing a person changed.
            cursor.executemany(f"UPDATE {table} SET family = %s WHERE id = %s", changed)  # noqa: S608 - our own table
    return {number for _, number in changed}

"""Put organisations on the stakeholder map of a project, judge them, take them off again."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import transaction
from rapidfuzz import fuzz, process

from alpclusters.platform.accounts.models import User
from alpclusters.platform.actors.models import Alias, Organisation, Person, Stakeholder
from alpclusters.platform.fields import fields_of
from alpclusters.platform.history import sign
from alpclusters.platform.languages.folding import fold
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.worlds import check_one_world

# --- Facts about an organisation that a project fills in while it maps: group, level, region ------


FACTS: Final = ("helix", "level", "region")
_UNKNOWN: Final = ("", "unknown", None)


def make_body(values: Mapping[str, Any], *, by: User, is_simulated: bool = False) -> Organisation:
    """Make an organisation that only the project knows: unverified and not listed in public."""
    region = values.get("region")
    body = Organisation(
        name=values["name"].strip(),
        type=values.get("type") or "unknown",
        helix=values.get("helix") or "unknown",
        level=values.get("level") or "",
        region=region,
        country=region.country if region else "",
        is_simulated=is_simulated,
        edited_fields=["name", *(name for name in FACTS if values.get(name) not in _UNKNOWN)],
    )
    sign(body, by)
    body.save()
    return body


def open_facts(body: Organisation) -> tuple[str, ...]:
    """Name the facts a project may set: all, or of a listed organisation what is unknown."""
    if not body.is_listed:
        return FACTS
    return tuple(name for name in FACTS if getattr(body, name) in _UNKNOWN)


def fill_facts(body: Organisation, values: Mapping[str, Any], *, by: User) -> None:
    """Store the facts that are open and that somebody changed, with author and time."""
    changed = [
        name for name in open_facts(body) if name in values and values[name] != getattr(body, name)
    ]
    if not changed:
        return
    for name in changed:
        setattr(body, name, values[name])
    body.edited_fields = sorted({*body.edited_fields, *changed})
    sign(body, by)
    body.save()


# --- Put organisations on the stakeholder map of a project, judge them, take them off again -------


JUDGEMENT: Final = tuple(
    column.name for column in fields_of(Stakeholder, lambda one: one.part == "judgement")
)


@transaction.atomic
def map_organisation(
    project: Project,
    organisation: Organisation,
    *,
    by: User | None,
    on: date,
    person: Person | None = None,
    judgement: Mapping[str, Any] | None = None,
) -> tuple[Stakeholder, bool]:
    """Put an organisation on the map, once; say whether it is new there.

    Raises
    ------
    InputError
        One is simulated, the other is not (``worlds.mixed``).
    """
    check_one_world(project, [organisation])
    # Two people who add at the same moment wait for each other.
    Project.objects.select_for_update().get(pk=project.pk)
    found = Stakeholder.objects.filter(
        project=project, organisation=organisation, person=person
    ).first()
    if found:
        return found, False
    made = Stakeholder.objects.create(
        project=project,
        organisation=organisation,
        person=person,
        mapped_on=on,
        mapped_by=by,
        is_simulated=organisation.is_simulated,
        **(judgement or {}),
    )
    return made, True


@transaction.atomic
def map_many(
    project: Project,
    organisation_ids: Iterable[int],
    *,
    by: User | None,
    on: date,
    audience: Iterable[str] = (),
) -> int:
    """Put many organisations on the map without any judgement; return how many are new.

    Those of the other world stay out.
    """
    Project.objects.select_for_update().get(pk=project.pk)
    known = set(project.stakeholders.values_list("organisation_id", flat=True))
    wanted = Organisation.objects.current().filter(
        pk__in=set(organisation_ids) - known, is_simulated=project.is_simulated
    )
    rows = [
        Stakeholder(
            project=project,
            organisation=one,
            audience=list(audience),
            mapped_on=on,
            mapped_by=by,
            is_simulated=one.is_simulated,
        )
        for one in wanted.order_by("pk")
    ]
    return len(Stakeholder.objects.bulk_create(rows, batch_size=500))


def change_stakeholder(
    stakeholder: Stakeholder, changes: Mapping[str, Any], *, by: User | None, on: date
) -> None:
    """Store a judgement with its reason, its day and who made it."""
    for name in (*JUDGEMENT, "person"):
        if name in changes:
            setattr(stakeholder, name, changes[name])
    stakeholder.mapped_on, stakeholder.mapped_by = on, by
    stakeholder.save()


# --- Find an organisation by a name as somebody types it: exact ones, and "did you mean" ----------


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


# --- Influence and interest: nine cells and a list of those nobody has judged ---------------------


GRADES = (3, 2, 1)


@dataclass(frozen=True, slots=True)
class Grid:
    """Stakeholders by (influence, interest); ``unknown`` lack one of the two."""

    cells: dict[tuple[int, int], Sequence[Stakeholder]]
    unknown: Sequence[Stakeholder]

    def cell(self, influence: int, interest: int) -> Sequence[Stakeholder]:
        """Return those of one cell, by name."""
        return self.cells.get((influence, interest), ())


def grid_of(stakeholders: Iterable[Stakeholder]) -> Grid:
    """Sort stakeholders into the cells; their order is kept."""
    cells: dict[tuple[int, int], list[Stakeholder]] = {}
    unknown = []
    for one in stakeholders:
        if one.influence is None or one.interest is None:
            unknown.append(one)
        else:
            cells.setdefault((one.influence, one.interest), []).append(one)
    return Grid(dict(cells), unknown)

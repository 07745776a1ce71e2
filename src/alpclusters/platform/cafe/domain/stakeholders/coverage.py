"""Who is at the table of a project by region, group of society and level, and who is missing."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from alpclusters.platform.actors.domain.named_lists import APART, SOCIETY, level_keys
from alpclusters.platform.actors.domain.stakeholders.targets import (
    Deficits,
    Goal,
    Seat,
    deficits_of,
    read_targets,
    reasons_of,
)
from alpclusters.platform.actors.models import Partner, Stakeholder
from alpclusters.platform.cafe.models import AlpCafe, Invitation, Involvement
from alpclusters.platform.languages.folding import fold
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.territory.models import Region

# --- The regions of a project, and in which of them a body sits -----------------------------------


def project_regions(project: Project) -> list[Region]:
    """Return the regions its partners answer for and those of its AlpCafés, by code."""
    partners = Partner.objects.filter(project=project, region__isnull=False)
    cafes = AlpCafe.objects.filter(project=project)
    found = [one.region for one in partners.select_related("region") if one.region]
    found += [one.region for one in cafes.select_related("region").order_by("pk")]
    return sorted({one.code: one for one in found}.values(), key=lambda one: one.code)


def region_of(code: str, regions: Sequence[Region]) -> str:
    """Return the code of the project's region in which a place lies, or nothing.

    Examples
    --------
    >>> region_of("AT323", [Region(code="AT32"), Region(code="AT")])
    'AT32'
    """
    return narrowest(code, (region.code for region in regions))


def narrowest(code: str, wider: Iterable[str]) -> str:
    """Return the longest of some codes that a code begins with: NUTS codes are nested."""
    return max((one for one in wider if code.startswith(one)), key=len, default="")


# --- In which AlpCafés the organisations on a map were invited, registered and came ---------------


@dataclass(frozen=True, slots=True)
class Part:
    """One AlpCafé as an organisation knows it: asked, registered, there."""

    cafe_id: int
    title: str
    held_on: date
    invited: bool = False
    registered: bool = False
    attended: bool = False


type Parts = Mapping[int, Sequence[Part]]
type _Marks = dict[tuple[int, int], set[str]]


def involvement_of(project: Project, stakeholders: Iterable[Stakeholder]) -> Parts:
    """Return the AlpCafés per organisation, the latest first; three queries.

    Invitations count by their organisation, or by its name where only that was written.
    """
    cafes = {one.pk: one for one in AlpCafe.objects.filter(project=project).order_by("-held_on")}
    marks: _Marks = defaultdict(set)
    _from_invitations(list(cafes), _names(stakeholders), marks)
    _from_records(list(cafes), marks)
    parts: dict[int, list[Part]] = defaultdict(list)
    for cafe in cafes.values():
        for (cafe_id, organisation), found in marks.items():
            if cafe_id == cafe.pk:
                parts[organisation].append(_part(cafe, found))
    return parts


def counts_as_invited(state: str, *, has_mail: bool) -> bool:
    """Say whether somebody on a list was asked: by mail, or told by hand."""
    return has_mail or state != Invitation.State.LISTED


def _names(stakeholders: Iterable[Stakeholder]) -> dict[str, int]:
    found: dict[str, int] = {}
    for one in stakeholders:
        body = one.organisation
        for name in (body.name, body.short_name):
            if name:
                found.setdefault(fold(name), body.pk)
    return found


def _from_invitations(cafes: list[int], names: Mapping[str, int], marks: _Marks) -> None:
    rows = Invitation.objects.filter(cafe__in=cafes).order_by("pk")
    fields = ("cafe", "organisation", "organisation_name", "state", "invited_at", "attended")
    for cafe, known, name, state, invited_at, attended in rows.values_list(*fields):
        organisation = known or names.get(fold(name))
        if organisation is None:
            continue
        found = marks[cafe, organisation]
        if counts_as_invited(state, has_mail=invited_at is not None):
            found.add("invited")
        if state == Invitation.State.REGISTERED:
            found.add("registered")
        if attended:
            found.add("attended")


def _from_records(cafes: list[int], marks: _Marks) -> None:
    """Add what stayed when names were deleted."""
    for one in Involvement.objects.filter(cafe__in=cafes).order_by("pk"):
        said = {
            "invited": one.was_invited,
            "registered": one.has_registered,
            "attended": one.has_attended,
        }
        marks[one.cafe_id, one.organisation_id] |= {name for name, yes in said.items() if yes}


def _part(cafe: AlpCafe, found: set[str]) -> Part:
    return Part(cafe.pk, cafe.title, cafe.held_on, **dict.fromkeys(found, True))


# --- Who is at the table of a project by region, group of society and level, and who is missing


MAPPED, INVITED, ATTENDED = "mapped", "invited", "attended"


@dataclass(frozen=True, slots=True)
class Count:
    """Organisations on the map, people who were invited, people who came."""

    mapped: int = 0
    invited: int = 0
    attended: int = 0


@dataclass(frozen=True, slots=True)
class Missing:
    """A region and a group of society of which nobody is there, and what is to be done.

    ``step`` says where it stops: nobody is known, nobody was asked, nobody came. ``reasons`` are
    the aims that come nearer when somebody of this cell is invited.
    """

    region: Region
    helix: str
    step: Literal["map", "invite", "came"]
    count: Count
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Coverage:
    """The map and the lists of a project, or of one AlpCafé, counted by cells."""

    regions: Sequence[Region]
    cells: dict[tuple[str, str], Count]
    levels: dict[str, Count]
    missing: Sequence[Missing]
    deficits: Deficits
    has_happened: bool

    def cell(self, region: str, helix: str) -> Count:
        """Return the counts of a cell; the region is empty where it is not known."""
        return self.cells.get((region, helix), Count())

    def of_helix(self, helix: str) -> Count:
        """Return the sums of a group of society over all regions."""
        found = [count for (_, key), count in self.cells.items() if key == helix]
        return _sum(found)

    def of_region(self, region: str) -> Count:
        """Return the sums of a region over all groups."""
        return _sum(count for (code, _), count in self.cells.items() if code == region)


def coverage_of(project: Project, cafe: AlpCafe | None = None) -> Coverage:
    """Count the map of a project against the lists of all its AlpCafés, or of one."""
    regions = project_regions(project)
    mapped = [_body_seat(one, regions) for one in _stakeholders(project)]
    people = [_guest(one, regions) for one in _invitations(project, cafe)]
    invited = [seat for seat, asked, _ in people if asked]
    attended = [seat for seat, _, came in people if came]
    goal = Goal(_goal_regions(regions, cafe), read_targets(project.pk))
    cells = _counts([(s.region, s.helix) for s in seats] for seats in (mapped, invited, attended))
    levels = _counts([s.level for s in seats] for seats in (mapped, invited, attended))
    return Coverage(
        regions=regions,
        cells=cells,
        levels=levels,
        missing=_missing(regions, cells, invited, goal, has_happened=bool(attended)),
        deficits=deficits_of(invited, goal),
        has_happened=bool(attended),
    )


def body_seat(stakeholder: Stakeholder, regions: Sequence[Region]) -> Seat:
    """Return where an organisation counts."""
    return _body_seat(stakeholder, regions)


def _body_seat(stakeholder: Stakeholder, regions: Sequence[Region]) -> Seat:
    body = stakeholder.organisation
    code = body.region.code if body.region else ""
    return Seat(region_of(code, regions), _helix(body.helix), body.level)


def _helix(key: str) -> str:
    return key if key in SOCIETY or key in APART else "unknown"


def _stakeholders(project: Project) -> Iterable[Stakeholder]:
    """Every organisation once, however many of its people are on the map."""
    rows = project.stakeholders.select_related("organisation__region").order_by("pk")
    return {one.organisation_id: one for one in rows}.values()


def _invitations(project: Project, cafe: AlpCafe | None) -> Iterable[Invitation]:
    rows = Invitation.objects.select_related("region", "organisation__region").order_by("pk")
    if cafe:
        return rows.filter(cafe=cafe)
    return rows.filter(cafe__in=AlpCafe.objects.filter(project=project))


def _guest(one: Invitation, regions: Sequence[Region]) -> tuple[Seat, bool, bool]:
    body = one.organisation
    region = one.region or (body.region if body else None)
    helix = one.helix or (body.helix if body else "")
    level = one.level or (body.level if body else "")
    seat = Seat(region_of(region.code, regions) if region else "", _helix(helix), level)
    asked = counts_as_invited(one.state, has_mail=one.invited_at is not None)
    return seat, asked or one.attended, one.attended


def seats_of(cafe: AlpCafe, regions: Sequence[Region]) -> list[Seat]:
    """Return where everybody on the list of an AlpCafé comes from, asked already or not."""
    return [_guest(one, regions)[0] for one in _invitations(cafe.project, cafe)]


def _goal_regions(regions: Sequence[Region], cafe: AlpCafe | None) -> tuple[str, ...]:
    return (cafe.region.code,) if cafe else tuple(one.code for one in regions)


def _counts[K](columns: Iterable[Sequence[K]]) -> dict[K, Count]:
    mapped, invited, attended = (Counter(keys) for keys in columns)
    return {
        key: Count(mapped[key], invited[key], attended[key])
        for key in {**mapped, **invited, **attended}
    }


def _sum(counts: Iterable[Count]) -> Count:
    found = list(counts)
    return Count(
        sum(one.mapped for one in found),
        sum(one.invited for one in found),
        sum(one.attended for one in found),
    )


def level_rows(coverage: Coverage) -> list[tuple[str, Count]]:
    """Return the levels in their order with their counts; unknown comes last, if there is any."""
    rows = [(key, coverage.levels.get(key, Count())) for key in level_keys()]
    unknown = coverage.levels.get("")
    return [*rows, ("", unknown)] if unknown else rows


def _missing(
    regions: Sequence[Region],
    cells: dict[tuple[str, str], Count],
    invited: Sequence[Seat],
    goal: Goal,
    *,
    has_happened: bool,
) -> list[Missing]:
    """List empty cells; first those whose filling brings most aims nearer and is nearest."""
    now = deficits_of(invited, goal, size=len(invited))
    found: list[tuple[int, int, int, Missing]] = []
    for place, (region, helix) in enumerate(
        (region, helix) for region in regions for helix in SOCIETY if region.code in goal.regions
    ):
        count = cells.get((region.code, helix), Count())
        if count.invited and (count.attended or not has_happened):
            continue
        then = deficits_of([*invited, Seat(region.code, helix)], goal, size=len(invited))
        step = _step(count)
        reasons = reasons_of(now, then)
        one = Missing(region, helix, step, count, reasons)
        nearness = ("invite", "map", "came").index(step)
        found.append((then.total - now.total, nearness, place, one))
    return [one for *_, one in sorted(found, key=lambda row: row[:3])]


def _step(count: Count) -> Literal["map", "invite", "came"]:
    if count.invited:
        return "came"
    return "invite" if count.mapped else "map"

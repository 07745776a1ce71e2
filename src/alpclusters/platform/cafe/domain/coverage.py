"""Who is at the table: invited, registered, attended by region, level and helix; who is missing."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from alpclusters.platform.actors.domain.named_lists import SOCIETY
from alpclusters.platform.actors.domain.stakeholders.targets import Targets, read_targets
from alpclusters.platform.actors.models import Partner
from alpclusters.platform.cafe.models import AlpCafe, Invitation
from alpclusters.platform.territory.models import Region

# Reported in rows of their own, never as one of the groups of society.
NO_HELIX: Final = ("intermediary", "finance", "unknown", "")


@dataclass(frozen=True, slots=True)
class Row:
    """How many people of one group were asked and came; ``key`` is empty where nobody said."""

    key: str
    listed: int
    invited: int
    registered: int
    declined: int
    attended: int


@dataclass(frozen=True, slots=True)
class Gap:
    """A region and a group of society of which nobody was asked, or nobody came."""

    region: Region
    helix: str
    was_invited: bool


@dataclass(frozen=True, slots=True)
class Coverage:
    """The whole list, counted three ways, with the targets it meets or misses."""

    total: Row
    by_region: Sequence[Row]
    by_level: Sequence[Row]
    by_helix: Sequence[Row]
    gaps: Sequence[Gap]
    few_helixes: bool
    thin_helixes: Sequence[str]
    few_levels: bool
    small_regions: Sequence[Region]
    targets: Targets


def coverage_of(cafe: AlpCafe) -> Coverage:
    """Count the list of an AlpCafé against the aims of its project."""
    targets = read_targets(cafe.project_id)
    people = list(cafe.invitations.select_related("region"))
    regions = _regions(cafe, people)
    by_helix = _rows(people, lambda one: one.helix or "unknown")
    by_level = _rows(people, lambda one: one.level)
    helixes = [row for row in by_helix if row.key not in NO_HELIX and row.listed]
    share = targets.least_share * len(people) / 100
    return Coverage(
        total=_row("", people),
        by_region=_rows(people, lambda one: one.region.code if one.region else ""),
        by_level=by_level,
        by_helix=by_helix,
        gaps=_gaps(people, regions),
        few_helixes=len(helixes) < targets.least_helixes,
        thin_helixes=[row.key for row in helixes if row.listed < share],
        few_levels=sum(1 for row in by_level if row.key and row.listed) < targets.least_levels,
        small_regions=_small_regions(cafe, regions, targets.least_of_region),
        targets=targets,
    )


def _rows(people: Sequence[Invitation], key: Callable[[Invitation], str]) -> list[Row]:
    groups: dict[str, list[Invitation]] = {}
    for one in people:
        groups.setdefault(key(one), []).append(one)
    return [_row(name, groups[name]) for name in sorted(groups, key=lambda name: (not name, name))]


def _row(key: str, people: Iterable[Invitation]) -> Row:
    states = Invitation.State
    found = list(people)
    return Row(
        key=key,
        listed=len(found),
        invited=sum(one.invited_at is not None or one.state != states.LISTED for one in found),
        registered=sum(one.state == states.REGISTERED for one in found),
        declined=sum(one.state == states.DECLINED for one in found),
        attended=sum(one.attended for one in found),
    )


def _regions(cafe: AlpCafe, people: Sequence[Invitation]) -> list[Region]:
    found = {one.region.pk: one.region for one in people if one.region}
    found[cafe.region_id] = cafe.region
    return [found[key] for key in sorted(found, key=lambda key: found[key].code)]


def _gaps(people: Sequence[Invitation], regions: Sequence[Region]) -> list[Gap]:
    has_happened = any(one.attended for one in people)
    gaps = []
    for region in regions:
        for helix in SOCIETY:
            cell = [one for one in people if one.region_id == region.pk and one.helix == helix]
            if not cell or (has_happened and not any(one.attended for one in cell)):
                gaps.append(Gap(region, helix, was_invited=bool(cell)))
    return gaps


def _small_regions(cafe: AlpCafe, regions: Sequence[Region], least: int) -> list[Region]:
    """List regions of the project with fewer people than wanted on all its lists together."""
    partners = Partner.objects.filter(project=cafe.project, region__isnull=False)
    wanted = {one.region.pk: one.region for one in partners.select_related("region") if one.region}
    wanted |= {region.pk: region for region in regions}
    listed = Invitation.objects.filter(cafe__project=cafe.project).values_list("region", flat=True)
    counts: dict[int | None, int] = {}
    for pk in listed:
        counts[pk] = counts.get(pk, 0) + 1
    small = [region for pk, region in wanted.items() if counts.get(pk, 0) < least]
    return sorted(small, key=lambda region: region.code)

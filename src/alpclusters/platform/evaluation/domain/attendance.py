"""Who was invited, registered, came and took part: by group, small groups withheld.

A group has ten people or more, as has what is left of all; who registered was invited, so the
difference of both is a group too.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from alpclusters.analysis.small_groups import told_count, withhold_groups
from alpclusters.platform.actors.domain.named_lists import helix_name, level_name
from alpclusters.platform.cafe.domain.answers import people_who_took_part
from alpclusters.platform.cafe.domain.proxies import role_name
from alpclusters.platform.cafe.models import AlpCafe, Invitation
from alpclusters.platform.evaluation.domain.protocol_records import (
    HELIX,
    LEVEL,
    REGION,
    ROLE,
    Attendance,
    Group,
    Split,
    Words,
)
from alpclusters.platform.languages.catalogues import translator
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.territory.models import Region

COLUMNS: Final = ("invited", "registered", "attended", "joined")
SMALLEST_GROUP: Final = 10
_INVITED: Final = (Invitation.State.INVITED, Invitation.State.REGISTERED, Invitation.State.DECLINED)


@dataclass(frozen=True, slots=True)
class _Person:
    """One invitation or participant with its group per split."""

    columns: frozenset[str]
    groups: Mapping[str, str]


def attendance_of(cafe: AlpCafe) -> Attendance:
    """Count an AlpCafé's people in five queries; a participant is never tied to an invitation."""
    people = [*_invitations(cafe), *_participants(cafe)]
    splits = [_split(kind, people) for kind in (REGION, LEVEL, HELIX, ROLE)]
    totals = {column: sum(column in person.columns for person in people) for column in COLUMNS}
    invited = told_count(totals["invited"])
    return Attendance(
        **{c: told_count(n, of=invited if c == "registered" else None) for c, n in totals.items()},
        splits=tuple(split for split in splits if split is not None),
    )


def _invitations(cafe: AlpCafe) -> Iterable[_Person]:
    rows = cafe.invitations.order_by("pk").values_list(
        "state", "attended", "region_id", "level", "helix"
    )
    for state, attended, region, level, helix in rows:
        columns = {
            "invited": state in _INVITED,
            "registered": state == Invitation.State.REGISTERED,
            "attended": attended,
        }
        groups = {REGION: str(region or ""), LEVEL: level, HELIX: helix}
        yield _Person(frozenset(name for name, is_in in columns.items() if is_in), groups)


def _participants(cafe: AlpCafe) -> Iterable[_Person]:
    people = people_who_took_part(cafe).order_by("pk")
    rows = people.values_list("region_id", "level", "role")
    for region, level, role in rows:
        groups = {REGION: str(region or ""), LEVEL: level, ROLE: role}
        yield _Person(frozenset({"joined"}), groups)


def _split(kind: str, people: Sequence[_Person]) -> Split | None:
    """Return a split; None where everybody is of one group or nobody said."""
    counts = {
        column: Counter(p.groups[kind] for p in people if column in p.columns and kind in p.groups)
        for column in COLUMNS
    }
    keys = sorted({key for found in counts.values() for key in found}, key=lambda k: (not k, k))
    if not [key for key in keys if key]:
        return None
    names = _names(kind, keys)
    columns = _protected({column: [counts[column][key] for key in keys] for column in COLUMNS})
    groups = [
        Group(names[key], **{column: columns[column][place] for column in COLUMNS})
        for place, key in enumerate(keys)
    ]
    return Split(kind, tuple(groups))


def _protected(counts: Mapping[str, Sequence[int]]) -> dict[str, list[int | None]]:
    pairs = list(zip(counts["registered"], counts["invited"], strict=True))
    left = [told_count(registered, of=invited) is None for registered, invited in pairs]
    return {
        column: _shown(numbers, also=left if column == "registered" else None)
        for column, numbers in counts.items()
    }


def _shown(counts: Sequence[int], *, also: Sequence[bool] | None) -> list[int | None]:
    hidden = withhold_groups(counts, k_anonymity=SMALLEST_GROUP, also=also).groups
    return [None if flag else n for n, flag in zip(counts, hidden, strict=True)]


def _names(kind: str, keys: Sequence[str]) -> dict[str, Words]:
    found: dict[str, Words] = {}
    regions = _regions(keys) if kind == REGION else {}
    for key in keys:
        if not key:
            found[key] = _by_language(lambda code: translator(code).gettext("not stated"))
        elif kind == REGION:
            found[key] = regions[key]
        elif kind == ROLE:
            found[key] = {code: role_name(key, code) for code in LANGUAGE_CODES}
        else:
            name = level_name if kind == LEVEL else helix_name
            found[key] = {code: name(key, code) for code in LANGUAGE_CODES}
    return found


def _by_language(write: object) -> Words:
    return {code: write(code) for code in LANGUAGE_CODES}  # type: ignore[operator]


def _regions(keys: Sequence[str]) -> dict[str, Words]:
    rows = Region.objects.filter(pk__in=[int(key) for key in keys if key]).order_by("pk")
    return {str(row.pk): row.name.filled() for row in rows}

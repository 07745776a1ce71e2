"""What may be shown of the ratings of an AlpCafé, so that nobody is given away.

Which groups are shown follows from numbers of people alone, before anybody looks at answers;
what is told of a measure follows from rule U; the audit of `analysis.disclosure` has passed the
whole. docs/methods/disclosure.md says what is protected against whom.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from alpclusters.analysis.consensus import (
    Coarse,
    Description,
    GroupCell,
    MeasureDescription,
    Ratings,
    describe,
)
from alpclusters.analysis.consensus.ratings import Id
from alpclusters.analysis.conventions import K_ANONYMITY, SMALLEST_GROUP
from alpclusters.analysis.disclosure import Reason as Found
from alpclusters.analysis.disclosure import Repair, repair
from alpclusters.analysis.disclosure.answers import EXCHANGED as SHARE
from alpclusters.analysis.scales import Scale
from alpclusters.platform.cafe.domain.top_threes import measures_about_person
from alpclusters.platform.cafe.models import AlpCafe, Criterion
from alpclusters.platform.evaluation.domain.groups import OTHERS, name_groups, name_of
from alpclusters.platform.evaluation.domain.histories import BlockKey
from alpclusters.platform.evaluation.domain.publications import Told
from alpclusters.platform.evaluation.domain.records import (
    SPLITS,
    Group,
    Item,
    PersonItem,
    Protection,
    Reason,
    Words,
)
from alpclusters.platform.evaluation.domain.tables import RatingTable, Tables

LATE: Final = "late"
EXCHANGED: Final = "exchanged"
PASSED: Final = "passed"

type Labels = Mapping[Id, Id | None]


@dataclass(frozen=True, slots=True)
class Protected:
    """The groups that are shown, and what is told of each measure.

    Attributes
    ----------
    labels : mapping of str to mapping
        Per split the group of every person; None: in the group of all others.
    groups : mapping of str to tuple of Group
        Per split its groups; empty where it is not shown.
    found : Repair or None
        None where nobody answered.
    people : frozenset of int
        Participants who count: a few who came after figures were public do not.
    """

    labels: Mapping[str, Labels]
    groups: Mapping[str, tuple[Group, ...]]
    found: Repair | None
    people: frozenset[int]

    def describe(self, ratings: Ratings, criterion: int, scale: Scale) -> Description:
        """Describe all measures on one criterion as precisely as may be told."""
        shown = {split: own for split, own in self.labels.items() if self.groups[split]}
        agree_from = float(scale.agrees_from) if scale.has_order else None
        whole = describe(ratings, groups=shown, k_anonymity=K_ANONYMITY, agree_from=agree_from)
        measures = tuple(self._told(item, criterion, scale) for item in whole.measures)
        names = {split: whole.groups.get(split, ()) for split in SPLITS}
        return _without_small_counts(replace(whole, measures=measures, groups=names))

    def record(self, *, has_late: bool = False, is_exchanged: bool = False) -> Protection:
        """Return what was changed so that nobody is given away, as it is kept and worded.

        ``has_late``: a few gave answers after results were shown, and these were left out.
        ``is_exchanged``: figures that join answers of a person see such that changed places.
        """
        if self.found is None:
            return Protection((), 0)
        reasons = [_reason(one) for one in self.found.reasons]
        if has_late and all(one.code != LATE for one in reasons):
            reasons.insert(0, Reason(LATE))
        if is_exchanged:
            passed = [one for one in reasons if one.code == PASSED]
            others = [one for one in reasons if one.code != PASSED]
            reasons = [*others, Reason(EXCHANGED, n=round(100 * SHARE)), *passed]
        return Protection(tuple(reasons), self.found.audit.n_answers)

    def count(self, tables: Tables) -> Tables:
        """Return the answers of those who count."""
        return {number: table.of(self.people) for number, table in tables.items()}

    def _told(self, item: MeasureDescription, criterion: int, scale: Scale) -> MeasureDescription:
        form = self._form((criterion, int(item.measure)))
        cells = {
            split: _cells(item.splits.get(split, ()), form.get(split, "withheld"), scale)
            for split in SPLITS
        }
        if item.state == "empty" or form.get("", "withheld") == "counts":
            return replace(item, splits=cells)
        coarse = _coarse(item, form.get("", "withheld"), scale)
        return replace(item, state="withheld", summary=None, splits=cells, coarse=coarse)

    def _form(self, key: BlockKey) -> dict[str, str]:
        for form in self.found.forms if self.found else ():
            if form.block == key:
                return {"": form.everyone, **dict(zip(SPLITS, form.splits, strict=True))}
        return {}


def protect(told: Told, *, release: str) -> Protected:
    """Choose groups and forms for the answers as they stand, beside all that was ever public."""
    people = told.histories.people
    if not told.now.everyone:
        return Protected({s: {} for s in SPLITS}, dict.fromkeys(SPLITS, ()), None, frozenset())
    found = repair(told.histories.blocks, told.splits, earlier=told.register, release=release)
    labels: dict[str, Labels] = {}
    groups: dict[str, tuple[Group, ...]] = {}
    for shown in found.splits:
        node_of = {
            p: g.node for g, own in zip(shown.groups, shown.people, strict=True) for p in own
        }
        labels[shown.name] = {person: node_of.get(place) for place, person in enumerate(people)}
        is_split = len(shown.groups) > 1
        groups[shown.name] = name_groups(shown.name, shown.groups) if is_split else ()
    counted = frozenset(people[place] for place in found.everyone)
    return Protected(labels, groups, found, counted)


# --- what is told of a measure ------------------------------------------------------------


def _cells(cells: Sequence[GroupCell], form: str, scale: Scale) -> tuple[GroupCell, ...]:
    if form == "counts":
        return tuple(cells)
    return tuple(
        cell
        if cell.state == "empty"
        else GroupCell(cell.group, "withheld", None, _coarse(cell, form, scale))
        for cell in cells
    )


def _coarse(found: MeasureDescription | GroupCell, form: str, scale: Scale) -> Coarse | None:
    if found.summary is None or form not in {"bands", "high"}:
        return None
    counts = dict(zip(scale.steps, found.summary.counts, strict=True))
    by_band = tuple(sum(counts[step] for step in band) for band in scale.bands)
    bands = tuple(tuple(float(step) for step in band) for band in scale.bands)
    if form == "bands":
        return Coarse(bands, counts=by_band)
    return Coarse(bands, nearly_all=by_band.index(max(by_band)))


def _without_small_counts(description: Description) -> Description:
    """Count only what is shown: sums over all would give away a measure that is withheld."""
    if all(item.state != "withheld" for item in description.measures):
        return description
    shown = [item.summary for item in description.measures if item.summary]
    standing = sum(summary.n + summary.cannot_judge for summary in shown)
    people = description.n_raters if description.n_raters >= K_ANONYMITY else 0
    return replace(description, n_raters=people, cast=standing, standing=standing)


# --- why ----------------------------------------------------------------------------------


def _reason(found: Found) -> Reason:
    told = dict(found.parameters)
    block = told.get("block")
    criterion, measure = block if isinstance(block, tuple) else (None, None)
    groups = told.get("groups") or ()
    return Reason(
        code=found.code,
        split=str(told.get("split", "")),
        # How many came late is fewer than ten, so it is told nobody.
        n=None
        if found.code == LATE
        else _whole(told.get("n_codes", told.get("n_groups", told.get("n")))),
        n_small=_whole(told.get("n_small")),
        groups=tuple((str(node or OTHERS), int(n)) for node, _codes, n in groups),  # type: ignore[attr-defined]
        largest=_largest(told),
        criterion=criterion,
        measure=measure,
    )


def _largest(told: Mapping[str, object]) -> Words:
    """Name what all but a few have in common; nothing where that is not why a split is dropped."""
    code, n_others = told.get("largest"), told.get("n_others")
    if not isinstance(code, str) or not isinstance(n_others, int) or n_others >= SMALLEST_GROUP:
        return {}
    return name_of(str(told["split"]), code)


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) else None


# --- The measures of an AlpCafé that say something about the people, apart from the opinions ------
#
# They are never split by role or region, and no figure joins them with another answer: "who owns a
# house rates this lower" would tell two answers of a person at once, which counts that are public
# cannot protect (docs/methods/disclosure.md).


@dataclass(frozen=True, slots=True)
class Measures:
    """What lay on the table: opinions, and statements about the person."""

    opinions: tuple[Item, ...]
    persons: tuple[PersonItem, ...]

    @property
    def everything(self) -> tuple[Item, ...]:
        """All of them; how many people came does not depend on what is an opinion."""
        return (*self.opinions, *(one.item for one in self.persons))


def read_measures(cafe: AlpCafe) -> Measures:
    """Read the measures of an AlpCafé and tell opinions from statements about the person."""
    rows = list(cafe.cafe_measures.select_related("measure"))
    about = measures_about_person(rows)
    items = [Item(row.measure.pk, row.measure.key, row.measure.name.filled()) for row in rows]
    return Measures(
        opinions=tuple(item for item in items if item.pk not in about),
        persons=tuple(PersonItem(item, about[item.pk]) for item in items if item.pk in about),
    )


def describe_persons(
    table: RatingTable, criterion: Criterion, persons: Sequence[PersonItem], protected: Protected
) -> tuple[MeasureDescription, ...]:
    """Describe what everybody answered to them on one criterion, without groups."""
    if not persons:
        return ()
    ratings = table.ratings(criterion.pk, [one.item.pk for one in persons])
    found = protected.describe(ratings, criterion.pk, criterion.scale).measures
    return tuple(replace(one, splits={}) for one in found)

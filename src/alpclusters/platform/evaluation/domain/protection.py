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
from alpclusters.analysis.disclosure import MISSING, Block, Repair, Split, Tree, repair
from alpclusters.analysis.disclosure import Reason as Found
from alpclusters.platform.cafe.domain.roles import role_parents
from alpclusters.platform.cafe.models import Criterion
from alpclusters.platform.evaluation.domain.groups import OTHERS, name_groups, name_of
from alpclusters.platform.evaluation.domain.records import (
    REGION,
    ROLE,
    SPLITS,
    Group,
    Protection,
    Reason,
    Words,
)
from alpclusters.platform.evaluation.domain.tables import RatingTable
from alpclusters.platform.territory.models import Region

CANNOT: Final = "cannot_judge"
STEPS: Final = tuple(range(Criterion.SCALE[0], Criterion.SCALE[1] + 1))
VALUES: Final = (MISSING, CANNOT, *STEPS)
BANDS: Final = ((1.0, 2.0), (3.0,), (4.0, 5.0))
AGREE_FROM: Final = 4
"""Answers from this step on count as agreement that a measure has the quality asked for."""
_COUNTRY: Final = 2  # letters of the country in the code of a region

type BlockKey = tuple[int, int]
"""Criterion and measure."""
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
    """

    labels: Mapping[str, Labels]
    groups: Mapping[str, tuple[Group, ...]]
    found: Repair | None

    def describe(self, ratings: Ratings, criterion: int) -> Description:
        """Describe all measures on one criterion as precisely as may be told."""
        shown = {split: own for split, own in self.labels.items() if self.groups[split]}
        whole = describe(
            ratings, groups=shown, k_anonymity=K_ANONYMITY, agree_from=float(AGREE_FROM)
        )
        measures = tuple(self._told(item, criterion) for item in whole.measures)
        names = {split: whole.groups.get(split, ()) for split in SPLITS}
        return _without_small_counts(replace(whole, measures=measures, groups=names))

    @property
    def record(self) -> Protection:
        """What was changed so that nobody is given away, as it is kept and worded."""
        if self.found is None:
            return Protection((), 0)
        reasons = tuple(_reason(one) for one in self.found.reasons)
        return Protection(reasons, self.found.audit.n_answers)

    def _told(self, item: MeasureDescription, criterion: int) -> MeasureDescription:
        form = self._form((criterion, int(item.measure)))
        cells = {
            split: _cells(item.splits.get(split, ()), form.get(split, "withheld"))
            for split in SPLITS
        }
        if item.state == "empty" or form.get("", "withheld") == "counts":
            return replace(item, splits=cells)
        coarse = _coarse(item, form.get("", "withheld"))
        return replace(item, state="withheld", summary=None, splits=cells, coarse=coarse)

    def _form(self, key: BlockKey) -> dict[str, str]:
        for form in self.found.forms if self.found else ():
            if form.block == key:
                return {"": form.everyone, **dict(zip(SPLITS, form.splits, strict=True))}
        return {}


def protect(
    table: RatingTable, criteria: Sequence[int], measures: Sequence[int], *, release: str
) -> Protected:
    """Choose groups and forms for the answers to these measures on these criteria."""
    truth, people = blocks_of(table, criteria, measures)
    if not people:
        return Protected({s: {} for s in SPLITS}, dict.fromkeys(SPLITS, ()), None)
    splits = splits_of(table, people)
    found = repair(truth, splits, release=release)
    labels: dict[str, Labels] = {}
    groups: dict[str, tuple[Group, ...]] = {}
    for shown in found.splits:
        node_of = {
            p: g.node for g, own in zip(shown.groups, shown.people, strict=True) for p in own
        }
        labels[shown.name] = {person: node_of.get(place) for place, person in enumerate(people)}
        is_split = len(shown.groups) > 1
        groups[shown.name] = name_groups(shown.name, shown.groups) if is_split else ()
    return Protected(labels, groups, found)


def blocks_of(
    table: RatingTable, criteria: Sequence[int], measures: Sequence[int]
) -> tuple[list[Block], tuple[int, ...]]:
    """Return every question with everybody's answers, and who these people are, in order."""
    wanted = {(criterion, measure) for criterion in criteria for measure in measures}
    latest = {
        (person, (criterion, measure)): CANNOT if value is None else value
        for person, measure, criterion, value in table.rows
        if (criterion, measure) in wanted
    }
    people = tuple(sorted({person for person, _key in latest}))
    blocks = [
        Block.of(key, [latest.get((who, key), MISSING) for who in people], values=VALUES)
        for criterion in criteria
        for measure in measures
        for key in [(criterion, measure)]
    ]
    return blocks, people


def splits_of(table: RatingTable, people: Sequence[int]) -> list[Split]:
    """Return role and region of these people with what these belong to, in the order of SPLITS."""
    pks = {pk for person in people if (pk := table.regions.get(person)) is not None}
    codes = dict(Region.objects.filter(pk__in=pks).order_by("pk").values_list("pk", "code"))
    parents = role_parents()
    stated = {
        REGION: [codes.get(table.regions.get(person) or 0) for person in people],
        ROLE: [_known(table.roles.get(person), parents) for person in people],
    }
    trees = {REGION: region_tree(codes.values()), ROLE: Tree(parents)}
    return [Split(name, tuple(stated[name]), trees[name]) for name in SPLITS]


def member_groups(split: Split, keys: Sequence[str]) -> dict[str, frozenset[int]]:
    """Return the people of each group with one of these keys, by their place in the split.

    A group holds everybody at or below its node who is in no finer group of these keys; the
    group of all others has the empty key.
    """
    found: dict[str, set[int]] = {key: set() for key in keys}
    for place, code in enumerate(split.codes):
        key = code
        while key is not None and key not in found:
            key = split.tree.parents.get(key)
        if (key or OTHERS) in found:
            found[key or OTHERS].add(place)
    return {key: frozenset(people) for key, people in found.items()}


def region_tree(codes: object) -> Tree:
    """Let every region belong to its country."""
    found = sorted(str(code) for code in codes)  # type: ignore[attr-defined]
    countries = sorted({code[:_COUNTRY] for code in found})
    return Tree(
        {
            **dict.fromkeys(countries),
            **{code: code[:_COUNTRY] for code in found if len(code) > _COUNTRY},
        }
    )


def _known(role: str | None, parents: Mapping[str, str | None]) -> str | None:
    """Return a role of the table; one that was taken out of it counts as not stated."""
    return role if role in parents else None


# --- what is told of a measure ------------------------------------------------------------


def _cells(cells: Sequence[GroupCell], form: str) -> tuple[GroupCell, ...]:
    if form == "counts":
        return tuple(cells)
    return tuple(
        cell
        if cell.state == "empty"
        else GroupCell(cell.group, "withheld", None, _coarse(cell, form))
        for cell in cells
    )


def _coarse(found: MeasureDescription | GroupCell, form: str) -> Coarse | None:
    if found.summary is None or form not in {"bands", "high"}:
        return None
    counts = dict(zip(STEPS, found.summary.counts, strict=True))
    by_band = tuple(sum(counts[int(step)] for step in band) for band in BANDS)
    if form == "bands":
        return Coarse(BANDS, counts=by_band)
    return Coarse(BANDS, nearly_all=by_band.index(max(by_band)))


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
        n=_whole(told.get("n_codes", told.get("n_groups", told.get("n")))),
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

"""Attack what is published of an AlpCafé, as somebody would who has every file and the guest list.

Everything comes from what was stored and written for the public, not from what was planned: the
evaluations that are or ever were public, and the files of the open data. `analysis.disclosure` says
what follows from it with certainty.
"""

import csv
import io
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from alpclusters.analysis.consensus import Coarse, GroupCell, MeasureDescription, Summary
from alpclusters.analysis.disclosure import (
    MISSING,
    Audit,
    Block,
    Choices,
    KnowledgeAttack,
    Mark,
    Register,
    RowAttack,
    RowGroup,
    RowRelease,
    Split,
    Statement,
    at_least_statement,
    attack_rows,
    audit,
    audit_choices,
    knowledge_attack,
    publish_block,
    publish_choices,
)
from alpclusters.analysis.errors import StateError
from alpclusters.platform.cafe.domain.open_data import open_data_files
from alpclusters.platform.cafe.domain.top_threes import standing_choices
from alpclusters.platform.cafe.models import AlpCafe
from alpclusters.platform.evaluation.domain.protection import (
    CANNOT,
    STEPS,
    blocks_of,
    member_groups,
    splits_of,
)
from alpclusters.platform.evaluation.domain.records import SPLITS, Evaluation
from alpclusters.platform.evaluation.domain.snapshots import evaluation_of
from alpclusters.platform.evaluation.domain.tables import rating_tables, standing_table

type Blocks = dict[Hashable, Block]
"""Questions by criterion and measure."""
KNOWN: Final = (1, 2, 3, 4, 5, 6)
NEARLY_ALL: Final = 0.9
NOT_GIVEN: Final = -1


@dataclass(frozen=True, slots=True)
class CafeAudit:
    """What an attacker reads from everything public about one AlpCafé.

    Attributes
    ----------
    cafe : AlpCafe
    n_releases : int
        Evaluations that are or were public.
    n_statements : int
        What they say about sums of answers.
    n_untrue : int
        Statements of earlier versions that are no longer true of the answers that stand; those
        versions are compared with by `releases.may_follow` instead.
    answers : Audit
        Answers that are certain for the insider or for a participant.
    rows : RowAttack or None
        Where a file has one line per person: whose line is whose.
    known : tuple of KnowledgeAttack
        Chance that a neighbour who knows q answers finds the line; 0 without lines.
    people : frozenset of int
        Places of the people who are given away, by answers or by lines.
    """

    cafe: AlpCafe
    n_releases: int
    n_statements: int
    n_untrue: int
    answers: Audit
    rows: RowAttack | None
    known: tuple[KnowledgeAttack, ...]
    people: frozenset[int]

    @property
    def is_safe(self) -> bool:
        """Say whether nobody is given away."""
        return not self.people


def audited_cafes() -> list[AlpCafe]:
    """Return the AlpCafés of which an evaluation is or was public."""
    found = AlpCafe.objects.filter(snapshots__first_released_at__isnull=False)
    return list(found.distinct().order_by("pk"))


def audit_cafe(cafe: AlpCafe, *, limit_s: float = 300.0) -> CafeAudit | None:
    """Attack everything public about an AlpCafé; None where no evaluation was ever public.

    Raises
    ------
    InputError
        An evaluation was stored by a newer version of the program.
    """
    snapshots = list(cafe.snapshots.filter(first_released_at__isnull=False).order_by("-number"))
    if not snapshots:
        return None
    evaluations = [evaluation_of(snapshot) for snapshot in snapshots]
    newest = evaluations[0]
    table = standing_table(rating_tables(cafe))
    truth, people = blocks_of(
        table, [result.pk for result in newest.criteria], [item.pk for item in newest.measures]
    )
    groups = {split.name: split for split in splits_of(table, people)}
    told: list[Statement | Mark] = []
    n_untrue = 0
    by_key: Blocks = {block.key: block for block in truth}
    for snapshot, evaluation in zip(snapshots, evaluations, strict=True):
        members = {
            name: member_groups(groups[name], [g.key for g in evaluation.groups.get(name, ())])
            for name in SPLITS
        }
        for one in _statements(evaluation, by_key, members, f"evaluation {snapshot.number}"):
            is_true = _is_true(one, by_key[one.block])
            told += [one] if is_true else []
            n_untrue += not is_true
        if evaluation.protection is not None:
            told += _marks(truth, members, f"evaluation {snapshot.number}")
    answers = audit(Register().add(told), truth, limit_s=limit_s)
    rows = _rows(cafe, newest, by_key, groups)
    attack = None if rows is None else attack_rows(rows, limit_s=limit_s)
    chosen = _audit_top_three(cafe)
    return CafeAudit(
        cafe=cafe,
        n_releases=len(snapshots),
        n_statements=len(told),
        n_untrue=n_untrue,
        answers=answers,
        rows=attack,
        known=knowledge_attack([] if rows is None else rows.answers, known=KNOWN),
        people=answers.people | chosen | (frozenset(attack.tied) if attack else frozenset()),
    )


# --- what is published, as statements -----------------------------------------------------


def _statements(
    evaluation: Evaluation,
    blocks: Blocks,
    members: Mapping[str, Mapping[str, frozenset[int]]],
    release: str,
) -> Iterator[Statement]:
    everybody = range(next(iter(blocks.values())).n_people) if blocks else range(0)
    for result in evaluation.criteria:
        for item in result.description.measures:
            block = blocks.get((result.pk, int(item.measure)))
            if block is None:
                continue
            yield from _told(item, block, everybody, release)
            for split, cells in item.splits.items():
                for cell in cells:
                    group = members[split].get(str(cell.group or ""), frozenset())
                    yield from _told(cell, block, group, release)


def _marks(
    truth: Sequence[Block], members: Mapping[str, Mapping[str, frozenset[int]]], release: str
) -> Iterator[Mark]:
    """Yield what the absence of figures tells: whoever knows the rule knows why they are absent."""
    shown = [list(members[name].values()) for name in SPLITS]
    for block in truth:
        published = publish_block(block, range(block.n_people), shown, release=release)
        yield from (one for one in published.public if isinstance(one, Mark))


def _told(
    found: MeasureDescription | GroupCell, block: Block, people: Iterable[int], release: str
) -> Iterator[Statement]:
    if found.summary is not None:
        yield from _counted(found.summary, block, people, release)
    elif found.coarse is not None:
        yield from _banded(found.coarse, block, people, release)


def _counted(
    summary: Summary, block: Block, people: Iterable[int], release: str
) -> Iterator[Statement]:
    group = frozenset(people)
    told = [*zip(STEPS, summary.counts, strict=True), (CANNOT, summary.cannot_judge)]
    for answer, n in told:
        weights = tuple(int(value == answer) for value in block.values)
        yield Statement(block.key, group, weights, n, n, release)


def _banded(
    coarse: Coarse, block: Block, people: Iterable[int], release: str
) -> Iterator[Statement]:
    group = frozenset(people)
    for place, band in enumerate(coarse.bands):
        weights = tuple(int(value in band) for value in block.values)
        if coarse.counts is not None:
            n = coarse.counts[place]
            yield Statement(block.key, group, weights, n, n, release)
        elif place == coarse.nearly_all:
            judged = [place for place, value in enumerate(block.values) if value in STEPS]
            n_judged = int(np.isin(block.answers[sorted(group)], judged).sum())
            least = int(np.ceil(NEARLY_ALL * n_judged))
            yield at_least_statement(block, group, band, n=least, release=release)


def _is_true(one: Statement, block: Block) -> bool:
    weights = np.asarray(one.weights)
    found = int(weights[block.answers[sorted(one.people)]].sum())
    return one.low <= found <= one.high


# --- lines of people ----------------------------------------------------------------------


def _rows(
    cafe: AlpCafe, evaluation: Evaluation, blocks: Blocks, groups: Mapping[str, Split]
) -> RowRelease | None:
    """Return the lines of a file that numbers people; None where no public file does."""
    try:
        files = open_data_files(cafe)
    except StateError:
        return None
    keys = {item.key: item.pk for item in evaluation.measures}
    criteria = {result.key: result.pk for result in evaluation.criteria}
    for content in files.values():
        reader = csv.DictReader(io.StringIO(content.decode("utf-8", "replace")))
        if {"row", "measure", "criterion", "value"} <= set(reader.fieldnames or ()):
            lines = [line for line in reader if line["row"]]
            return _released_rows(lines, keys, criteria, evaluation, blocks, groups)
    return None


def _released_rows(
    lines: Sequence[dict[str, str]],
    measures: dict[str, int],
    criteria: dict[str, int],
    evaluation: Evaluation,
    blocks: Blocks,
    groups: Mapping[str, Split],
) -> RowRelease:
    """Return the lines in the order of the people: the attacker has them in another one."""
    order = list(blocks)
    places = {key: place for place, key in enumerate(order)}
    told = {(criteria.get(n["criterion"]), measures.get(n["measure"])) for n in lines}
    truth = np.array([blocks[key].answers for key in order]).T
    missing = next(iter(blocks.values())).values.index(MISSING)
    columns = [places[key] for key in order if key in told]
    vectors = np.where(truth == missing, NOT_GIVEN, truth)
    hidden = np.setdiff1d(np.arange(len(order)), columns)
    vectors[:, hidden] = NOT_GIVEN
    shown = []
    for name in SPLITS:
        members = member_groups(groups[name], [g.key for g in evaluation.groups.get(name, ())])
        for group, own in members.items():
            cells = {
                places[result.pk, int(item.measure)]
                for result in evaluation.criteria
                for item in result.description.measures
                for cell in item.splits[name]
                if str(cell.group or "") == group and cell.summary is not None
            }
            if cells:
                shown.append(RowGroup(name, group, own, frozenset(cells)))
    return RowRelease(vectors, tuple(shown))


# --- top three ----------------------------------------------------------------------------


def _audit_top_three(cafe: AlpCafe) -> frozenset[int]:
    """Attack the top three in the form in which as many people may see it."""
    given = standing_choices(cafe)
    if not given:
        return frozenset()
    keys = list(cafe.cafe_measures.values_list("measure__key", flat=True))
    width = max(len(choice) for choice in given)
    chosen = [
        [keys.index(k) if k in keys else -1 for k in choice] + [-1] * (width - len(choice))
        for choice in given
    ]
    choices = Choices(np.array(chosen), len(keys))
    everybody = frozenset(range(len(chosen)))
    _form, told = publish_choices(choices, everybody, release="top three")
    return audit_choices(choices, told).people

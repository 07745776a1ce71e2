"""What an evaluation tells of the answers, as statements about groups of people."""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from alpclusters.analysis.consensus import Coarse, GroupCell, MeasureDescription, Summary
from alpclusters.analysis.disclosure import (
    Block,
    Mark,
    Split,
    Statement,
    at_least_statement,
    publish_block,
)
from alpclusters.analysis.disclosure.answers import is_judgement
from alpclusters.analysis.disclosure.statements import Public
from alpclusters.platform.evaluation.domain.change_statements import change_statements
from alpclusters.platform.evaluation.domain.histories import (
    CANNOT,
    BlockKey,
    Histories,
    History,
    People,
    steps_of,
)
from alpclusters.platform.evaluation.domain.records import SPLITS, Evaluation
from alpclusters.platform.evaluation.domain.splits import member_groups

NEARLY_ALL: Final = 0.9


@dataclass(frozen=True, slots=True)
class View:
    """Answers as they stood at one moment.

    Attributes
    ----------
    histories : Histories
    moment : int
    splits : tuple of Split
        Role and region of all people.
    everyone : frozenset of int
        Those who count.
    """

    histories: Histories
    moment: int
    splits: tuple[Split, ...]
    everyone: People

    def block(self, key: BlockKey) -> Block | None:
        """Return a question with what stood; None where nobody was asked it."""
        history = self.history(key)
        return None if history is None else history.at(self.moment)

    def history(self, key: BlockKey) -> History | None:
        """Return the history of a question; None where nobody was asked it."""
        return self.histories.questions.get(key)

    def members(self, groups: Mapping[str, Sequence[str]]) -> dict[str, dict[str, People]]:
        """Return the people of each group, by split and key."""
        return {
            split.name: {
                key: own & self.everyone
                for key, own in member_groups(split, groups.get(split.name, ())).items()
            }
            for split in self.splits
        }


def evaluation_statements(evaluation: Evaluation, view: View, release: str) -> Iterator[Public]:
    """Say what an evaluation tells: counts, bands, marks, and what changed in a second rating."""
    keys = {name: [g.key for g in evaluation.groups.get(name, ())] for name in SPLITS}
    members = view.members(keys)
    for result in evaluation.criteria:
        for item in (*result.description.measures, *result.persons):
            block = view.block((result.pk, int(item.measure)))
            if block is not None:
                yield from _of_measure(item, block, view.everyone, members, release)
                if evaluation.protection is not None:
                    yield from _marks(block, view.everyone, members, release)
        second = result.second_round
        for changed in second.comparison.measures if second and second.comparison else ():
            history = view.history((result.pk, int(changed.measure)))
            if history is not None:
                yield from change_statements(changed, history, view.moment, view.everyone, release)


def told_counts(block: Block, people: People, release: str) -> Iterator[Statement]:
    """Say how many of these people gave each answer, and how many could not judge."""
    for answer in (*steps_of(block), CANNOT):
        yield summed(block, people, lambda value, a=answer: int(value == a), release)  # type: ignore[misc]


def summed(
    block: Block, people: People, weigh: Callable[[Hashable], int], release: str
) -> Statement:
    """Say what these people's standing answers weigh together."""
    weights = tuple(weigh(value) for value in block.part(0))
    n = int(np.asarray(weights)[block.answers[sorted(people)]].sum())
    return Statement(block.key, people, weights, n, n, release)


def _of_measure(
    item: MeasureDescription,
    block: Block,
    everyone: People,
    members: Mapping[str, Mapping[str, People]],
    release: str,
) -> Iterator[Statement]:
    yield from _told(item, block, everyone, release)
    for split, cells in item.splits.items():
        for cell in cells:
            group = members[split].get(str(cell.group or ""), frozenset())
            yield from _told(cell, block, group, release)


def _marks(
    block: Block,
    everyone: People,
    members: Mapping[str, Mapping[str, People]],
    release: str,
) -> Iterator[Mark]:
    """Yield what the absence of figures tells: whoever knows the rule knows why they are absent."""
    shown = [list(members[name].values()) for name in SPLITS]
    published = publish_block(block, everyone, shown, release=release)
    yield from (one for one in published.public if isinstance(one, Mark))


def _told(
    found: MeasureDescription | GroupCell, block: Block, people: People, release: str
) -> Iterator[Statement]:
    if found.summary is not None:
        yield from _counted(found.summary, block, people, release)
    elif found.coarse is not None:
        yield from _banded(found.coarse, block, people, release)


def _counted(summary: Summary, block: Block, people: People, release: str) -> Iterator[Statement]:
    told = [*zip(steps_of(block), summary.counts, strict=True), (CANNOT, summary.cannot_judge)]
    for answer, n in told:
        weights = tuple(int(value == answer) for value in block.part(0))
        yield Statement(block.key, people, weights, n, n, release)


def _banded(coarse: Coarse, block: Block, people: People, release: str) -> Iterator[Statement]:
    for place, band in enumerate(coarse.bands):
        if coarse.counts is not None:
            weights = tuple(int(value in band) for value in block.part(0))
            n = coarse.counts[place]
            yield Statement(block.key, people, weights, n, n, release)
        elif place == coarse.nearly_all:
            judged = summed(block, people, lambda value: int(is_judgement(value)), release).low
            least = int(np.ceil(NEARLY_ALL * judged))
            yield at_least_statement(block, people, band, n=least, release=release)

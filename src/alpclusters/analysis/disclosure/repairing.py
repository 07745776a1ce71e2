"""Choose groups and forms with the least loss such that the audit finds nothing."""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

import numpy as np

from alpclusters.analysis.disclosure.answers import Block
from alpclusters.analysis.disclosure.auditing import audit
from alpclusters.analysis.disclosure.block_audit import BlockAudit, Clock
from alpclusters.analysis.disclosure.partitions import SMALLEST, Partition, entropy
from alpclusters.analysis.disclosure.publishing import (
    GROUPS_FROM,
    BlockForm,
    Published,
    publish_block,
)
from alpclusters.analysis.disclosure.repaired import (
    Pairing,
    Reason,
    Repair,
    ShownSplit,
    Split,
    Step,
    StepCode,
    whole_partition,
)
from alpclusters.analysis.disclosure.results import BOTH, Audit, Disclosure
from alpclusters.analysis.disclosure.statements import (
    WITHHELD,
    Mark,
    People,
    Public,
    Register,
    Statement,
)
from alpclusters.analysis.errors import ShapeError, TooFewError, Where

CELL: Final = 5
MOST_AUDITS: Final = 40
WITHOUT_GROUPS, NOT_AT_ALL = 1, 2
"""Levels of a single question that fails the audit; 0: as the rules say."""
FEW_HELD: Final = 0.1
"""If more than this share of the questions fail, the next partitions are tried instead."""


def repair(
    truth: Sequence[Block],
    splits: Sequence[Split],
    *,
    earlier: Register = Register(),  # noqa: B008 - frozen
    release: str = "release",
    smallest: int = SMALLEST,
    cell: int = CELL,
    limit_s: float = 300.0,
) -> Repair:
    """Choose groups from numbers of people, forms from rule U, and audit the whole.

    Parameters
    ----------
    truth : sequence of Block
        The questions with everybody's answers.
    splits : sequence of Split
        Such as role and region.
    earlier : Register, optional
        Everything that was ever public about the same people, also what was taken back.
    release : str
        Name of this release.
    smallest : int, default 10
        Fewest people of a group, and of those who come later than an earlier release.
    cell : int, default 5
        Fewest people of a cell of two splits, unless it is empty.
    limit_s : float, default 300
        Limit of processor time of each audit in seconds.

    Returns
    -------
    Repair

    Examples
    --------
    >>> from alpclusters.analysis.disclosure import Block, Split, Tree, repair
    >>> answers = [2, 3, 4, 5, 4] * 5
    >>> block = Block.of("clarity", answers, values=(1, 2, 3, 4, 5))
    >>> tree = Tree({"firm": None, "public": None})
    >>> role = Split("role", ("firm",) * 13 + ("public",) * 12, tree)
    >>> done = repair([block], [role])
    >>> [(one.node, one.n) for one in done.splits[0].groups], done.audit.is_safe
    ([('firm', 13), ('public', 12)], True)
    """
    _check(truth, splits)
    task = _Task(tuple(truth), tuple(splits), earlier, release, smallest, cell, limit_s)
    return _Repair(task).run()


@dataclass(frozen=True, slots=True)
class _Choice:
    """One partition per split, what it publishes, and what the audit says of that."""

    parts: tuple[Partition, ...]
    splits: tuple[ShownSplit, ...]
    levels: Mapping[Hashable, int]
    forms: tuple[BlockForm, ...]
    public: tuple[Public, ...]
    audit: Audit


@dataclass(frozen=True, slots=True)
class _Task:
    truth: tuple[Block, ...]
    splits: tuple[Split, ...]
    earlier: Register
    release: str
    smallest: int
    cell: int
    limit_s: float


class _Repair:
    def __init__(self, task: _Task) -> None:
        self.task = task
        self.everyone, self.n_late = _everyone(task.truth, task.earlier, task.smallest)
        has_groups = len(self.everyone) >= GROUPS_FROM
        self.pairing = Pairing(
            task.splits,
            self.everyone,
            smallest=task.smallest,
            cell=task.cell,
            has_groups=has_groups,
        )
        self.earlier = task.earlier.by_block()
        has_earlier = bool(task.earlier.parts())
        self.before = audit(task.earlier, task.truth, limit_s=task.limit_s) if has_earlier else None
        self.steps: list[Step] = []
        # Partitions given up because of so few questions that each of them decided it.
        self.decided: dict[Hashable, list[tuple[ShownSplit, ...]]] = defaultdict(list)

    def run(self) -> Repair:
        """Try partitions in order of loss."""
        chosen = self._first_safe() or self._totals()
        bits = sum(part.bits for part in chosen.parts)
        return Repair(
            everyone=self.everyone,
            splits=chosen.splits,
            forms=chosen.forms,
            released=chosen.public,
            register=self.task.earlier.add(chosen.public),
            steps=tuple(self.steps),
            reasons=tuple(self._reasons(chosen)),
            loss=round(self.pairing.best - bits, 12),
            bits=bits,
            bits_stated=sum(entropy(n) for n in self.pairing.sizes),
            audit=chosen.audit,
            before=self.before,
        )

    def _first_safe(self) -> _Choice | None:
        for parts, skipped in islice(self.pairing.pairs(), MOST_AUDITS):
            if skipped:
                self._step("cells", parts, skipped)
            chosen = self._held(parts)
            if chosen is not None:
                self._step("chosen", parts)
                return chosen
        return None

    def _totals(self) -> _Choice:
        parts = tuple(whole_partition(n) for n in self.pairing.sizes)
        self._step("totals", parts)
        return self._held(parts, everything=True) or self._nothing(parts)

    def _held(self, parts: tuple[Partition, ...], *, everything: bool = False) -> _Choice | None:
        """Publish with these partitions, single questions more coarsely; None if that fails."""
        most = max(1, int(FEW_HELD * len(self.task.truth)))
        levels: dict[Hashable, int] = dict.fromkeys((b.key for b in self.task.truth), 0)
        while True:
            choice = self._made(parts, levels)
            new = self._new(choice.audit.found)
            failing = {one.block for one in new}
            if not failing:
                return choice
            self._step("audit", parts, len(new))
            if len(failing) > most and not everything:
                if len(failing) == most + 1:
                    for key in failing:
                        self.decided[key].append(choice.splits)
                return None
            if any(levels[key] == NOT_AT_ALL for key in failing):
                return None
            levels = {key: level + (key in failing) for key, level in levels.items()}
            self._step("held", parts, len(failing))

    def _nothing(self, parts: tuple[Partition, ...]) -> _Choice:
        """Release nothing at all."""
        self._step("nothing", parts)
        return self._made(parts, {block.key: NOT_AT_ALL for block in self.task.truth}, alone=True)

    def _made(
        self,
        parts: tuple[Partition, ...],
        levels: Mapping[Hashable, int],
        *,
        alone: bool = False,
    ) -> _Choice:
        pairs = zip(self.task.splits, parts, strict=True)
        splits = tuple(self._shown(split, part) for split, part in pairs)
        told = [self._publish(block, splits, levels[block.key]) for block in self.task.truth]
        public = tuple(one for each in told for one in each.public)
        register = self.task.earlier.add(public)
        if not alone:
            register = register.add(self._known(splits, levels))
        return _Choice(
            parts=parts,
            splits=splits,
            levels=levels,
            forms=tuple(form for each in told for form in each.forms),
            public=public,
            audit=audit(
                register,
                self.task.truth,
                limit_s=self.task.limit_s,
                replay=None if alone else lambda block: self._replay(block, splits, levels),
            ),
        )

    def _publish(self, block: Block, splits: Sequence[ShownSplit], level: int) -> Published:
        release = self.task.release
        if level == 0:
            groups = [split.people for split in splits]
            return publish_block(block, self.everyone, groups, release=release)
        nobody: list[tuple[People, ...]] = [() for _ in splits]
        told = publish_block(block, self.everyone, nobody, release=release)
        if level == WITHOUT_GROUPS:
            return told
        hidden = tuple(
            BlockForm(form.block, form.part, WITHHELD, form.splits) for form in told.forms
        )
        return Published(hidden, ())

    def _replay(
        self, block: Block, splits: Sequence[ShownSplit], levels: Mapping[Hashable, int]
    ) -> Hashable:
        """Return all that answers decided: what is said, and which trials failed before it."""
        level = levels[block.key]
        return (
            self._publish(block, splits, level),
            tuple(self._fails(block, splits, tried) for tried in range(level + 1)),
            tuple(self._fails(block, given_up, 0) for given_up in self.decided[block.key]),
        )

    def _fails(self, block: Block, splits: Sequence[ShownSplit], level: int) -> bool:
        """Say whether a question alone, published so, would make something certain."""
        told = self._publish(block, splits, level)
        register = self.earlier.get(block.key, Register()).add(told.public)
        clock = Clock.of(self.task.limit_s)
        work = BlockAudit(block, register, BOTH, clock)
        work.run()
        return bool(self._new(work.found))

    def _known(
        self, splits: Sequence[ShownSplit], levels: Mapping[Hashable, int]
    ) -> Iterator[Public]:
        """Yield what a coarser form tells about the groups that were given up for it."""
        for block in self.task.truth:
            tried = [splits] if levels[block.key] else []
            for given_up in (*tried, *self.decided[block.key]):
                told = self._publish(block, given_up, 0).public
                yield from (one for one in told if isinstance(one, Mark))
                for split in given_up:
                    for group in split.people:
                        yield _about(block, group, self.task.release)

    def _new(self, found: Sequence[Disclosure]) -> tuple[Disclosure, ...]:
        """Return what is certain and was not before."""
        known = self.before.told if self.before else frozenset()
        return tuple(one for one in found if not one.told <= known)

    def _shown(self, split: Split, part: Partition) -> ShownSplit:
        people: list[set[int]] = [set() for _ in part.groups]
        for person in self.everyone:
            people[part.place(split.codes[person])].add(person)
        return ShownSplit(split.name, part, tuple(frozenset(group) for group in people))

    def _step(self, code: StepCode, parts: tuple[Partition, ...], n: int = 0) -> None:
        self.steps.append(Step(code, tuple(len(part.groups) for part in parts), n))

    def _reasons(self, chosen: _Choice) -> Iterator[Reason]:
        for place, (split, part) in enumerate(zip(chosen.splits, chosen.parts, strict=True)):
            yield from self._reasons_of(place, split, part)
        for form in chosen.forms:
            if form.is_alike or chosen.levels[form.block]:
                shown = (form.everyone, *form.splits)
                kind = "high" if "high" in shown else WITHHELD
                yield Reason("alike", {"block": form.block, "part": form.part, "form": kind})
        if self.n_late:
            yield Reason("late", {"n": self.n_late})
        if chosen.audit.is_safe and chosen.public:
            yield Reason("passed", {"n": chosen.audit.n_answers})

    def _reasons_of(self, place: int, split: ShownSplit, part: Partition) -> Iterator[Reason]:
        sizes = self.pairing.sizes[place]
        if len(sizes) < 2:  # noqa: PLR2004 - nothing to split
            return
        best = self.pairing.candidates[place][0]
        if not part.is_split:
            largest = max(sizes, key=lambda code: (sizes[code], str(code)))
            n = sum(sizes.values()) - sizes[largest]
            if best.is_split:
                yield Reason("crossed", {"split": split.name, "n_groups": 1})
            yield Reason("dropped", {"split": split.name, "largest": largest, "n_others": n})
            return
        if part.merges:
            yield Reason(
                "merged",
                {
                    "split": split.name,
                    "n_codes": len(sizes),
                    "n_small": sum(n < self.task.smallest for n in sizes.values()),
                    "groups": tuple((one.node, one.codes, one.n) for one in part.groups),
                },
            )
        if part != best:
            yield Reason("crossed", {"split": split.name, "n_groups": len(part.groups)})


def _about(block: Block, group: People, release: str) -> Statement:
    """Return a statement that says nothing, so that the audit keeps this group apart."""
    return Statement(block.key, group, (0,) * len(block.values), 0, 0, release)


def _everyone(truth: Sequence[Block], earlier: Register, smallest: int) -> tuple[People, int]:
    """Return who is in the figures, and how many late people are left out.

    Fewer than `smallest` people who came after an earlier release would be its difference.
    """
    answered = frozenset(
        person for block in truth for person in np.flatnonzero(block.is_answered).tolist()
    )
    before = frozenset[int]().union(*(one.people for one in earlier.statements))
    late = answered - before
    if before and 0 < len(late) < smallest:
        return answered & before, len(late)
    return answered, 0


def _check(truth: Sequence[Block], splits: Sequence[Split]) -> None:
    if not truth:
        raise TooFewError("ratings.too_few", where=Where(argument="truth"), expected="1")
    n = truth[0].n_people
    for split in splits:
        if len(split.codes) != n:
            where, found = Where(argument="splits"), str(len(split.codes))
            raise ShapeError("groups.length", where=where, found=found, expected=str(n))

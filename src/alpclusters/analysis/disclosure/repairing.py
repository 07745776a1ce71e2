"""Choose groups and forms with the least loss such that the audit finds nothing."""

import heapq
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations
from typing import Final, Literal

import numpy as np

from alpclusters.analysis.disclosure.answers import MISSING, Block, BoolArray, IntArray
from alpclusters.analysis.disclosure.atoms import atoms_of
from alpclusters.analysis.disclosure.auditing import audit
from alpclusters.analysis.disclosure.forms import WITHHELD
from alpclusters.analysis.disclosure.partitions import (
    SMALLEST,
    Group,
    Partition,
    Tree,
    entropy,
    partitions,
)
from alpclusters.analysis.disclosure.publishing import (
    GROUPS_FROM,
    BlockForm,
    publish_block,
)
from alpclusters.analysis.disclosure.results import Audit, Disclosure
from alpclusters.analysis.disclosure.statements import People, Public, Register
from alpclusters.analysis.errors import ShapeError, Where

type ReasonCode = Literal["merged", "crossed", "dropped", "alike", "late", "passed"]
type StepCode = Literal["cells", "audit", "replay", "chosen", "totals", "nothing"]
CELL: Final = 5
MOST_PAIRS: Final = 200_000
MOST_AUDITS: Final = 40
WORLDS: Final = 20
SAME_CHOICE: Final = 5
SEED: Final = 1


@dataclass(frozen=True, slots=True)
class Split:
    """A property of people by which figures could be shown, such as role or region.

    Attributes
    ----------
    name : str
    codes : tuple of str or None
        One per person; None: not stated.
    tree : Tree
        What the codes belong to.
    """

    name: str
    codes: tuple[str | None, ...]
    tree: Tree


@dataclass(frozen=True, slots=True)
class ShownSplit:
    """A split as it is shown.

    Attributes
    ----------
    name : str
    partition : Partition
    people : tuple of frozenset of int
        Those of each group, in the order of ``partition.groups``.
    """

    name: str
    partition: Partition
    people: tuple[People, ...]

    @property
    def groups(self) -> tuple[Group, ...]:
        """The groups."""
        return self.partition.groups


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is shown in a coarser way; the sentence is made elsewhere.

    Attributes
    ----------
    code : {"merged", "crossed", "dropped", "alike", "late", "passed"}
    parameters : mapping of str to object
        ``merged``: split, n_codes, n_small, groups (codes and people of each);
        ``crossed``: split, n_groups; ``dropped``: split, largest (code), n_others;
        ``alike``: block, part, form; ``late``: n; ``passed``: n (answers).
    """

    code: ReasonCode
    parameters: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Step:
    """What the search did: pairs it passed over, and each that it audited.

    Attributes
    ----------
    code : {"cells", "audit", "replay", "chosen", "totals", "nothing"}
        Passed over because of cells that are too small; refused by the audit; accepted by the
        audit but not repeated in other worlds; chosen; totals only; not even these.
    n_groups : tuple of int
        Groups of each split.
    n : int
        ``cells``: how many were passed over; ``audit``: how many disclosures it found.
    """

    code: StepCode
    n_groups: tuple[int, ...]
    n: int = 0


@dataclass(frozen=True, slots=True)
class Repair:
    """What may be released; files are written only from this.

    Attributes
    ----------
    everyone : frozenset of int
        The people in the figures: those who answered, without late ones who are too few.
    splits : tuple of ShownSplit
    forms : tuple of BlockForm
    released : tuple of Statement or Mark
        What the release says.
    register : Register
        The same with everything released earlier.
    steps : tuple of Step
    reasons : tuple of Reason
    loss : float
        Bits less than the best partitions tell apart.
    bits : float
        Bits that the chosen partitions tell apart.
    bits_stated : float
        Bits that the stated codes tell apart.
    audit : Audit
        Of the register.
    before : Audit or None
        Of what was public earlier; what it finds cannot be taken back.
    """

    everyone: People
    splits: tuple[ShownSplit, ...]
    forms: tuple[BlockForm, ...]
    released: tuple[Public, ...] = field(repr=False)
    register: Register = field(repr=False)
    steps: tuple[Step, ...]
    reasons: tuple[Reason, ...]
    loss: float
    bits: float
    bits_stated: float
    audit: Audit
    before: Audit | None

    @property
    def is_safe(self) -> bool:
        """Whether the release makes nothing certain that was not before."""
        known = self.before.told if self.before else frozenset()
        return all(one.told <= known for one in self.audit.found)


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
        people = sorted(self.everyone)
        self.sizes = [Counter(s.codes[p] for p in people) for s in task.splits]
        self.candidates: list[tuple[Partition, ...]] = [
            (_whole(n),)
            if len(people) < GROUPS_FROM
            else partitions(n, s.tree, smallest=task.smallest)
            for n, s in zip(self.sizes, task.splits, strict=True)
        ]
        self._merged: dict[tuple[int, Partition], IntArray] = {}
        self.before = (
            audit(task.earlier, task.truth, limit_s=task.limit_s) if task.earlier.parts() else None
        )
        self.steps: list[Step] = []

    def run(self) -> Repair:
        """Try pairs in order of loss; the first that passes, repeated if it was not the first."""
        chosen = self._first_safe()
        if chosen is None:
            whole = tuple(_whole(n) for n in self.sizes)
            chosen = self._made(whole, self.task.truth)
            self.steps.append(Step("totals", (1,) * len(whole)))
        if self._new(chosen.audit):
            chosen = self._nothing(chosen)
        best = sum(each[0].bits for each in self.candidates)
        bits = sum(part.bits for part in chosen.parts)
        return Repair(
            everyone=self.everyone,
            splits=chosen.splits,
            forms=chosen.forms,
            released=chosen.public,
            register=self.task.earlier.add(chosen.public),
            steps=tuple(self.steps),
            reasons=tuple(self._reasons(chosen)),
            loss=round(best - bits, 12),
            bits=bits,
            bits_stated=sum(entropy(n) for n in self.sizes),
            audit=chosen.audit,
            before=self.before,
        )

    def _new(self, found: Audit) -> tuple[Disclosure, ...]:
        """Return what is certain and was not before."""
        known = self.before.told if self.before else frozenset()
        return tuple(one for one in found.found if not one.told <= known)

    def _nothing(self, choice: _Choice) -> _Choice:
        """Release nothing at all."""
        self._step("nothing", choice.parts)
        forms = tuple(
            BlockForm(form.block, form.part, WITHHELD, (WITHHELD,) * len(form.splits))
            for form in choice.forms
        )
        found = audit(self.task.earlier, self.task.truth, limit_s=self.task.limit_s)
        return _Choice(choice.parts, choice.splits, forms, (), found)

    def _first_safe(self) -> _Choice | None:
        failed: list[tuple[Partition, ...]] = []
        for parts in self._pairs():
            choice = self._made(parts, self.task.truth)
            new = self._new(choice.audit)
            if new:
                self._step("audit", parts, len(new))
                failed.append(parts)
                if len(failed) >= MOST_AUDITS:
                    return None
                continue
            if failed and not self._is_repeated(choice, failed):
                self._step("replay", parts)
                return self._dropped(choice)
            self._step("chosen", parts)
            return choice
        return None

    def _pairs(self) -> Iterator[tuple[Partition, ...]]:
        """Yield partitions in order of loss, without those with cells that are too small."""
        skipped = 0
        for parts in _in_order(self.candidates):
            if self._has_small_cells(parts):
                skipped += 1
                if skipped > MOST_PAIRS:
                    return
                continue
            if skipped:
                self._step("cells", parts, skipped)
                skipped = 0
            yield parts

    def _has_small_cells(self, parts: tuple[Partition, ...]) -> bool:
        merged = [self._merging(at, part) for at, part in enumerate(parts)]
        for one, other in combinations(range(len(parts)), 2):
            cells = merged[one] @ self._crossed[one, other] @ merged[other].T
            if parts[one].is_split and parts[other].is_split and _is_small(cells, self.task.cell):
                return True
        return False

    @cached_property
    def _crossed(self) -> dict[tuple[int, int], IntArray]:
        """People by code of one split and of another."""
        found = {}
        places = [{code: i for i, code in enumerate(n)} for n in self.sizes]
        for one, other in combinations(range(len(places)), 2):
            cells = np.zeros((len(places[one]), len(places[other])), dtype=np.int64)
            for person in self.everyone:
                codes = (self.task.splits[at].codes[person] for at in (one, other))
                row, column = (places[at][c] for at, c in zip((one, other), codes, strict=True))
                cells[row, column] += 1
            found[one, other] = cells
        return found

    def _merging(self, at: int, part: Partition) -> IntArray:
        """Return which codes of a split each group of a partition joins."""
        if (at, part) not in self._merged:
            rows = [[int(code in one.codes) for code in self.sizes[at]] for one in part.groups]
            self._merged[at, part] = np.array(rows, dtype=np.int64)
        return self._merged[at, part]

    def _made(self, parts: tuple[Partition, ...], truth: tuple[Block, ...]) -> _Choice:
        splits = tuple(
            self._shown(s, part) for s, part in zip(self.task.splits, parts, strict=True)
        )
        groups = [split.people for split in splits]

        def publish(block: Block) -> object:
            return publish_block(block, self.everyone, groups, release=self.task.release)

        told = [publish_block(b, self.everyone, groups, release=self.task.release) for b in truth]
        public = tuple(one for each in told for one in each.public)
        return _Choice(
            parts=parts,
            splits=splits,
            forms=tuple(form for each in told for form in each.forms),
            public=public,
            audit=audit(
                self.task.earlier.add(public), truth, limit_s=self.task.limit_s, replay=publish
            ),
        )

    def _shown(self, split: Split, part: Partition) -> ShownSplit:
        people: list[set[int]] = [set() for _ in part.groups]
        for person in self.everyone:
            people[part.place(split.codes[person])].add(person)
        return ShownSplit(split.name, part, tuple(frozenset(group) for group in people))

    def _is_repeated(self, choice: _Choice, failed: list[tuple[Partition, ...]]) -> bool:
        """Say whether enough other worlds that publish the same lead to the same choice."""
        rng = np.random.default_rng(SEED)
        groups = self.task.earlier.add(choice.public).groups()
        of = atoms_of(groups, self.task.truth[0].n_people).of
        same = 0
        for _ in range(WORLDS):
            world = tuple(
                block.with_answers(_shuffled(block.answers, of, rng)) for block in self.task.truth
            )
            same += all(self._new(self._made(parts, world).audit) for parts in failed)
            if same >= SAME_CHOICE:
                return True
        return False

    def _dropped(self, choice: _Choice) -> _Choice | None:
        """Drop the finer split; the coarser one stays if it passes."""
        finest = max(range(len(choice.parts)), key=lambda place: len(choice.parts[place].groups))
        parts = tuple(
            _whole(self.sizes[place]) if place == finest else part
            for place, part in enumerate(choice.parts)
        )
        coarser = self._made(parts, self.task.truth)
        new = self._new(coarser.audit)
        self._step("audit" if new else "chosen", parts, len(new))
        return None if new else coarser

    def _step(self, code: StepCode, parts: tuple[Partition, ...], n: int = 0) -> None:
        self.steps.append(Step(code, tuple(len(part.groups) for part in parts), n))

    def _reasons(self, chosen: _Choice) -> Iterator[Reason]:
        for place, (split, part) in enumerate(zip(chosen.splits, chosen.parts, strict=True)):
            yield from self._reasons_of(place, split, part)
        for form in chosen.forms:
            for kind in dict.fromkeys((form.everyone, *form.splits)):
                if kind == "high":
                    told = {"block": form.block, "part": form.part, "form": kind}
                    yield Reason("alike", told)
        if self.n_late:
            yield Reason("late", {"n": self.n_late})
        if chosen.audit.is_safe and chosen.public:
            yield Reason("passed", {"n": chosen.audit.n_answers})

    def _reasons_of(self, place: int, split: ShownSplit, part: Partition) -> Iterator[Reason]:
        sizes = self.sizes[place]
        if len(sizes) < 2:  # noqa: PLR2004 - nothing to split
            return
        best = self.candidates[place][0]
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


def _is_small(cells: IntArray, least: int) -> bool:
    return bool(((cells > 0) & (cells < least)).any())


def _whole(sizes: Mapping[str | None, int]) -> Partition:
    n = sum(sizes.values())
    return Partition((Group(None, tuple(sizes), n),), 0.0, max(len(sizes) - 1, 0))


def _in_order(candidates: Sequence[Sequence[Partition]]) -> Iterator[tuple[Partition, ...]]:
    """Yield one partition of each list, the most telling together first."""

    def key(places: tuple[int, ...]) -> tuple[float, int, tuple[int, ...]]:
        parts = [each[i] for each, i in zip(candidates, places, strict=True)]
        bits = sum(part.bits for part in parts)
        return -round(bits, 12), sum(part.merges for part in parts), places

    start = (0,) * len(candidates)
    heap, seen = [key(start)], {start}
    while heap:
        places = heapq.heappop(heap)[2]
        yield tuple(each[i] for each, i in zip(candidates, places, strict=True))
        for at in range(len(places)):
            after = (*places[:at], places[at] + 1, *places[at + 1 :])
            if after[at] < len(candidates[at]) and after not in seen:
                seen.add(after)
                heapq.heappush(heap, key(after))


def _everyone(truth: Sequence[Block], earlier: Register, smallest: int) -> tuple[People, int]:
    """Return who is in the figures, and how many late people are left out.

    Fewer than `smallest` people who came after an earlier release would be its difference.
    """
    answered = frozenset(
        person for block in truth for person in np.flatnonzero(_is_answered(block)).tolist()
    )
    before = frozenset[int]().union(*(one.people for one in earlier.statements))
    late = answered - before
    if before and 0 < len(late) < smallest:
        return answered & before, len(late)
    return answered, 0


def _is_answered(block: Block) -> BoolArray:
    def is_missing(value: object) -> bool:
        parts = value if isinstance(value, tuple) else (value,)
        return all(part == MISSING for part in parts)

    missing = [place for place, value in enumerate(block.values) if is_missing(value)]
    return ~np.isin(block.answers, missing)


def _shuffled(answers: IntArray, of: IntArray, rng: np.random.Generator) -> IntArray:
    """Exchange answers at random among people who cannot be told apart."""
    found = answers.copy()
    for atom in np.unique(of):
        members = np.flatnonzero(of == atom)
        found[members] = rng.permutation(answers[members])
    return found


def _check(truth: Sequence[Block], splits: Sequence[Split]) -> None:
    if not truth:
        raise ShapeError("disclosure.no_blocks", where=Where(argument="truth"))
    n = truth[0].n_people
    for split in splits:
        if len(split.codes) != n:
            code = "disclosure.codes_length"
            raise ShapeError(code, where=Where(argument="splits"), expected=str(n))

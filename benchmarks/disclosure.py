"""Time the audit and the repair of simulated events, 120 to 1,000 people and 60 questions."""

import time
from collections.abc import Callable, Iterator
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from alpclusters.analysis.disclosure import (
    MISSING,
    Block,
    Register,
    RowGroup,
    RowRelease,
    Split,
    Tree,
    attack_rows,
    audit,
    count_statements,
    knowledge_attack,
    repair,
)

Say = Callable[[str], None]
VALUES: Final = (MISSING, "cannot_judge", 1, 2, 3, 4, 5)
FEWEST: Final = 5
BAR_AUDIT_S: Final = 20.0
BAR_REPAIR_S: Final = 60.0
SMALL: Final = ((40, 20), (120, 20))
FULL: Final = ((40, 20), (120, 60), (500, 60), (1000, 60))
ROLES: Final = Tree(
    {
        **dict.fromkeys(("economy", "public")),
        **{f"role {i}": ("economy", "public")[i // 5] for i in range(8)},
    }
)
REGIONS: Final = Tree(
    {
        **dict.fromkeys(("AT", "DE", "IT")),
        **{f"region {i}": ("AT", "DE", "IT")[i % 3] for i in range(8)},
    }
)


def run(small: bool, say: Say) -> dict[str, Any]:  # noqa: FBT001 - the form of every benchmark
    """Return processor seconds of audits and repairs, with the bars they are held to."""
    repair(*_event(25, 2))  # the first call imports and fills caches
    sizes = SMALL if small else FULL
    return {
        "bar_audit_cpu_s": BAR_AUDIT_S,
        "bar_repair_cpu_s": BAR_REPAIR_S,
        "all_groups_simulated": [_audit(n, blocks, say) for n, blocks in sizes],
        "repair_simulated": [_repair(n, blocks, say) for n, blocks in sizes],
        "rows_simulated": [_rows(n, blocks, say) for n, blocks in sizes[: 2 if small else 3]],
    }


def _audit(n: int, n_blocks: int, say: Say) -> dict[str, Any]:
    """Audit the counts of every role and region, small ones too: most work, most found."""
    say(f"audit: {n} simulated people, {n_blocks} questions, 8 roles, 8 regions")
    blocks, splits = _event(n, n_blocks)
    groups = [range(n)]
    for split in splits:
        codes = split.codes
        groups += [[p for p in range(n) if codes[p] == code] for code in dict.fromkeys(codes)]
    told = [
        one for b in blocks for group in groups for one in count_statements(b, group, release="all")
    ]
    found = audit(Register().add(told), blocks)
    return {
        "people": n,
        "questions": n_blocks,
        "cpu_s": found.cpu_s,
        "answers": found.n_answers,
        "cases": found.n_secrets,
        "certain_for_insider": found.answers("insider"),
        "more_for_a_participant": found.answers("participant"),
        "undecided": found.undecided,
    }


def _repair(n: int, n_blocks: int, say: Say) -> dict[str, Any]:
    say(f"repair: {n} simulated people, {n_blocks} questions")
    started = time.process_time()
    done = repair(*_event(n, n_blocks))
    return {
        "people": n,
        "questions": n_blocks,
        "cpu_s": round(time.process_time() - started, 3),
        "audit_cpu_s": done.audit.cpu_s,
        "groups": [len(split.groups) for split in done.splits],
        "loss_bits": round(done.loss, 3),
        "bits_stated": round(done.bits_stated, 3),
        "audits": sum(step.code in ("audit", "chosen") for step in done.steps),
        "is_safe": done.is_safe,
        "undecided": done.audit.undecided,
    }


def _rows(n: int, n_blocks: int, say: Say) -> dict[str, Any]:
    """Read groups from rows and the counts of groups of at least five."""
    say(f"rows: {n} simulated people, {n_blocks} questions")
    blocks, splits = _event(n, n_blocks)
    rows = np.column_stack([np.where(b.answers == 0, -1, b.answers) for b in blocks])
    groups = [
        RowGroup(split.name, code, members, shown)
        for split in splits
        for code in dict.fromkeys(split.codes)
        for members in [frozenset(p for p in range(n) if split.codes[p] == code)]
        for shown in [frozenset(_shown(rows, members))]
        if shown
    ]
    started = time.process_time()
    read = attack_rows(RowRelease(rows, tuple(groups)))
    between = time.process_time()
    found = knowledge_attack(rows)
    return {
        "people": n,
        "questions": n_blocks,
        "groups": len(groups),
        "groups_read": sum(read.groups_read),
        "people_tied_to_both_groups": len(read.tied),
        "groups_cpu_s": round(between - started, 3),
        "knowledge_cpu_s": round(time.process_time() - between, 3),
        "found_by_answers_known": {str(one.q): round(one.share, 3) for one in found},
        "exact": all(one.is_exact for one in found),
    }


def _shown(rows: NDArray[np.int64], members: frozenset[int]) -> Iterator[int]:
    """Yield the questions that at least five of a group judged."""
    judged = (rows[sorted(members)] > 1).sum(axis=0)
    yield from np.flatnonzero(judged >= FEWEST).tolist()


def _event(n: int, n_blocks: int) -> tuple[list[Block], list[Split]]:
    """Simulate people of 8 roles and 8 regions who answer alike to some degree."""
    rng = np.random.default_rng(n)
    own = rng.normal(0, 0.4, n)
    codes = [
        [f"{name} {i}" for i in rng.choice(8, size=n, p=rng.dirichlet(np.full(8, 3.0)))]
        for name in ("role", "region")
    ]
    blocks = []
    for number in range(n_blocks):
        middle = rng.normal(3.8, 0.4)
        answers = np.clip(np.rint(middle + own + rng.normal(0, 0.7, n)), 1, 5) + 1
        chance = rng.random(n)
        answers = np.where(chance < 0.05, 0, np.where(chance < 0.1, 1, answers))  # noqa: PLR2004
        blocks.append(Block(number, VALUES, answers.astype(np.int64)))
    trees = {"role": ROLES, "region": REGIONS}
    splits = [Split(name, tuple(c), trees[name]) for name, c in zip(trees, codes, strict=True)]
    return blocks, splits

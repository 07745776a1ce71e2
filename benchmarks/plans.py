"""Plans of growing size: statuses, canonical form and hash, differences, merging of fields.

The size of the bar is 500 actions with 2,000 dependencies and 2,000 milestones; every figure is
the median of the processor's time in repeated calls. All data are simulated.
"""

import datetime as dt
import json
import math
import statistics
import time
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, Final

import numpy as np

from alpclusters.analysis.plans import (
    GENESIS,
    ActionFacts,
    ActionStatus,
    ChainEntry,
    DependencyFacts,
    MilestoneFacts,
    canonical_text,
    chain_digest,
    diff_snapshots,
    find_cycle,
    merge_fields,
    plan_statuses,
    verify_chain,
    word_diff,
)

SIZES: Final = (125, 250, 500, 1_000, 2_000, 4_000)
SMALL_SIZES: Final = (50, 100)
FIELDS: Final = (50, 100, 200, 400, 800)
SMALL_FIELDS: Final = (20, 40)
PER_ACTION: Final = 4
LINKS: Final = 200
REPEATS: Final = 15
START: Final = dt.date(2026, 1, 1)
TODAY: Final = dt.date(2027, 7, 1)
WORDS: Final = (
    *("regions", "share", "test", "benches", "for", "timber", "and"),
    *("stone", "along", "the", "Alps", "every", "year"),
)
LANGUAGES: Final = ("de", "en", "fr", "it", "sl")
Say = Callable[[str], None]


def run(small: bool, say: Say) -> dict[str, Any]:  # noqa: FBT001 - the form of every benchmark
    """Return counts and processor seconds by size, and how they grow."""
    sizes, fields = (SMALL_SIZES, SMALL_FIELDS) if small else (SIZES, FIELDS)
    plans, merges = [], []
    for n in sizes:
        say(f"{n} actions")
        plans.append(_plan_figures(n))
    for n in fields:
        say(f"{n} fields")
        merges.append(_merge_figures(n))
    return {
        "repeats": REPEATS,
        "plans": plans,
        "merging": merges,
        "chain": _chain_figures(20 if small else LINKS, say),
        "log_log_slope": {**_slopes(plans, "actions"), **_slopes(merges, "fields")},
    }


def _plan_figures(n: int) -> dict[str, Any]:
    chance = np.random.default_rng(n)
    actions, ties = make_actions(n, chance), make_dependencies(n, chance)
    statuses = plan_statuses(actions, ties, today=TODAY)
    old = make_snapshot(actions, statuses.values(), chance)
    new = changed_snapshot(old, chance)
    text, changes = canonical_text(old), diff_snapshots(old, new)
    return {
        "actions": n,
        "dependencies": len(ties),
        "milestones": sum(len(one.milestones) for one in actions),
        "colours": dict(Counter(one.colour.value for one in statuses.values())),
        "statuses_s": _seconds(lambda: plan_statuses(actions, ties, today=TODAY)),
        "no_cycle_s": _seconds(lambda: find_cycle(ties)),
        "snapshot_kb": round(len(text.encode()) / 1000),
        "canonical_and_hash_s": _seconds(lambda: chain_digest(GENESIS, canonical_text(old))),
        "changes": len(changes),
        "diff_s": _seconds(lambda: diff_snapshots(old, new)),
        "words_of_changed_texts_s": _seconds(lambda: _word_diffs(changes)),
    }


def _word_diffs(changes: Sequence[Any]) -> int:
    texts = [one for one in changes if one.group == "text" and one.kind == "changed"]
    return sum(len(word_diff(one.old, one.new)) for one in texts)


def _merge_figures(n: int) -> dict[str, Any]:
    chance = np.random.default_rng(n)
    base: dict[str, object] = {f"text_{k}": _text(chance, 5) for k in range(n)}
    theirs, mine = _edited(base, chance), _edited(base, chance)
    found = merge_fields(base, theirs, mine, long_fields=base)
    return {
        "fields": n,
        "characters": sum(len(str(one)) for one in base.values()),
        "conflicts": len(found.conflicts),
        "merge_s": _seconds(lambda: merge_fields(base, theirs, mine, long_fields=base)),
    }


def _chain_figures(n: int, say: Say) -> dict[str, Any]:
    say(f"a chain of {n} snapshots")
    chain: list[ChainEntry] = []
    for number in range(n):
        last = chain[-1].digest if chain else GENESIS
        text = canonical_text({"version": number, "text": "x" * 350_000})
        chain.append(ChainEntry(last, text, chain_digest(last, text)))
    return {
        "snapshots": n,
        "holds": verify_chain(chain) is None,
        "verify_s": _seconds(lambda: verify_chain(chain), repeats=3),
    }


def make_actions(n: int, chance: np.random.Generator) -> list[ActionFacts]:
    """Return simulated actions of two to four years with four milestones each."""
    begins, lengths = chance.integers(0, 400, n), chance.integers(200, 1_000, n)
    return [
        _action(f"A{k}", START + dt.timedelta(int(begin)), int(days), chance)
        for k, (begin, days) in enumerate(zip(begins, lengths, strict=True))
    ]


def _action(key: str, start: dt.date, days: int, chance: np.random.Generator) -> ActionFacts:
    dues = [start + dt.timedelta(days * (k + 1) // PER_ACTION) for k in range(PER_ACTION)]
    milestones = tuple(
        MilestoneFacts(due, done_on=due if due < TODAY and chance.random() < 0.9 else None)  # noqa: PLR2004 - most are kept
        for due in dues
    )
    elapsed = (TODAY - start).days / days
    return ActionFacts(
        key,
        start,
        start + dt.timedelta(days),
        progress=elapsed * float(chance.uniform(0.7, 1.1)) if elapsed > 0 else None,
        milestones=milestones,
        confirmed_on=TODAY - dt.timedelta(int(chance.integers(0, 260))),
    )


def make_dependencies(n: int, chance: np.random.Generator) -> list[DependencyFacts]:
    """Return four times as many dependencies as actions, always on an earlier one."""
    after = chance.integers(1, n, PER_ACTION * n)
    before = (after * chance.random(len(after))).astype(int)
    pairs = zip(before.tolist(), after.tolist(), strict=True)
    return [DependencyFacts(f"A{one}", f"A{other}") for one, other in pairs]


def make_snapshot(
    actions: Sequence[ActionFacts], statuses: Any, chance: np.random.Generator
) -> dict[str, Any]:
    """Return a plan as it is stored: texts in five languages, dates, money, statuses, reasons."""
    rows = [
        _stored(action, status, chance) for action, status in zip(actions, statuses, strict=True)
    ]
    return {"plan": "simulated", "version": 1, "at": TODAY.isoformat(), "actions": rows}


def _stored(
    action: ActionFacts, status: ActionStatus, chance: np.random.Generator
) -> dict[str, Any]:
    return {
        "uuid": f"uuid-{action.key}",
        "code": action.key,
        "status": status.colour.value,
        "ends_on": str(action.ends_on),
        "amount_cents": int(chance.integers(10**6, 10**8)),
        "reasons": [one.as_record()["key"] for one in status.reasons],
        "title": {language: _text(chance, 1, 8) for language in LANGUAGES},
        "milestones": [
            {"uuid": f"uuid-{action.key}-{k}", "due": str(one.due)}
            for k, one in enumerate(action.milestones)
        ],
    }


def changed_snapshot(old: dict[str, Any], chance: np.random.Generator) -> dict[str, Any]:
    """Return the next snapshot: a fifth of the statuses, a tenth of texts and dates are new."""
    rows = []
    for one in old["actions"]:
        row = dict(one)
        if chance.random() < 0.2:  # noqa: PLR2004 - a fifth
            row["status"] = "red" if row["status"] != "red" else "yellow"
        if chance.random() < 0.1:  # noqa: PLR2004 - a tenth
            row["ends_on"] = "2030-01-01"
            row["title"] = {**row["title"], "de": _text(chance, 1, 8)}
        rows.append(row)
    return {**old, "version": 2, "actions": rows}


def _edited(base: dict[str, object], chance: np.random.Generator) -> dict[str, object]:
    """Rewrite one paragraph of every second text."""
    edited = dict(base)
    for name in list(base)[::2]:
        paragraphs = str(base[name]).split("\n\n")
        paragraphs[int(chance.integers(0, len(paragraphs)))] = _text(chance, 1)
        edited[name] = "\n\n".join(paragraphs)
    return edited


def _text(chance: np.random.Generator, paragraphs: int, words: int = 60) -> str:
    return "\n\n".join(" ".join(chance.choice(WORDS, words)) for _ in range(paragraphs))


def _seconds(call: Callable[[], Any], *, repeats: int = REPEATS) -> float:
    """Return the median of the processor's seconds."""
    times = []
    for _ in range(repeats):
        started = time.process_time()
        call()
        times.append(time.process_time() - started)
    return round(statistics.median(times), 6)


def _slopes(rows: Sequence[dict[str, Any]], size: str) -> dict[str, float]:
    names = [name for name in rows[0] if name.endswith("_s")]
    return {name: _slope([(one[size], one[name]) for one in rows]) for name in names}


def _slope(points: Sequence[tuple[int, float]]) -> float:
    """Return the exponent of the cost: the slope in logarithms, 1 for a linear one."""
    x, y = np.log([(n, max(seconds, 1e-6)) for n, seconds in points]).T
    slope = float(np.polyfit(x, y, 1)[0])
    return round(slope, 2) if math.isfinite(slope) else 0.0


if __name__ == "__main__":
    print(json.dumps(run(small=True, say=print), indent=1))

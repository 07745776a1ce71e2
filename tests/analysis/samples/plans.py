"""Samples of plans."""

import datetime as dt
from dataclasses import replace
from typing import Any

from alpclusters.analysis.plans import (
    GENESIS,
    ActionFacts,
    ActionState,
    ActionStatus,
    AdoptionFacts,
    ChainEntry,
    Colour,
    DependencyFacts,
    IndicatorFacts,
    InterregBody,
    InterregFacts,
    MilestoneFacts,
    StrengthFacts,
    SummaryItem,
    chain_digest,
)
from tests.analysis.samples.kinds import NAN, Sample, absent, answered, flagged, refused

JANUARY, JULY, DECEMBER = dt.date(2026, 1, 1), dt.date(2026, 7, 1), dt.date(2026, 12, 31)
ON = {"today": JULY}


def plan_action(key: str = "a", **known: Any) -> ActionFacts:
    return ActionFacts(key, JANUARY, DECEMBER, **{"progress": 0.35, **known})


def plan_indicator(value: float | None = 38.0, *, target: float = 100.0) -> IndicatorFacts:
    targets = ((dt.date(2028, 12, 31), target),)
    return IndicatorFacts("i", "increase", "linear", 0.0, JANUARY, targets, value, JULY)


def plan_item(weight: float = 1) -> SummaryItem:
    status = ActionStatus(
        key="a", state=ActionState.RUNNING, colour=Colour.GREEN, convention="ap-1"
    )
    return SummaryItem(status, weight)


def plan_chain() -> list[ChainEntry]:
    return [ChainEntry(GENESIS, "{}", chain_digest(GENESIS, "{}"))]


TEXTS_ONLY = absent("takes texts")
SNAPSHOT = {"actions": [{"uuid": "1", "code": "A1", "status": "green"}]}

PLAN_STATUS = {
    "is_asked": Sample(
        lambda: (plan_item().status,),
        nan=absent("takes a status"),
        empty=absent("takes a status"),
        one_rater=answered("an action that runs is asked", plan_item().status),
        constant=answered("an action that runs is asked", plan_item().status),
    ),
    "action_status": Sample(
        lambda: (plan_action(milestones=(MilestoneFacts(JULY),)),),
        options={**ON, "ready": JULY},
        nan=flagged(plan_action(progress=NAN), **ON),
        empty=flagged(ActionFacts("a", None, None), **ON),
        one_rater=refused(plan_action(milestones=(MilestoneFacts(JULY, NAN),)), **ON),
        constant=flagged(ActionFacts("a", JULY, JULY), **ON),
    ),
    "plan_statuses": Sample(
        lambda: ([plan_action(), plan_action("b")], [DependencyFacts("a", "b", 3)]),
        options=ON,
        nan=answered("counts as missing", [plan_action(progress=NAN)], [], **ON),
        empty=answered("no actions, no statuses", [], [], **ON),
        one_rater=answered("one action has one status", [plan_action()], [], **ON),
        constant=refused([plan_action()] * 2, [], **ON),
    ),
    "find_cycle": Sample(
        lambda: ([DependencyFacts("a", "b"), DependencyFacts("b", "a")],),
        nan=absent("takes keys"),
        empty=flagged([]),
        one_rater=answered("an action that waits for itself", [DependencyFacts("a", "a")]),
        constant=flagged([DependencyFacts("a", "b")] * 2),
    ),
    "check_indicator": Sample(
        lambda: (plan_indicator(),),
        nan=refused(plan_indicator(NAN)),
        empty=flagged(replace(plan_indicator(), targets=())),
        one_rater=refused(replace(plan_indicator(), path="spiral")),
        constant=refused(plan_indicator(target=0.0)),
    ),
    "expected_value": Sample(
        lambda: (plan_indicator(), JULY),
        nan=refused(plan_indicator(target=NAN), JULY),
        empty=flagged(replace(plan_indicator(), targets=()), JULY),
        one_rater=flagged(replace(plan_indicator(), baseline=None), JULY),
        constant=refused(plan_indicator(target=0.0), JULY),
    ),
    "indicator_status": Sample(
        lambda: (plan_indicator(),),
        options=ON,
        nan=refused(plan_indicator(NAN), **ON),
        empty=flagged(replace(plan_indicator(None), targets=()), **ON),
        one_rater=flagged(plan_indicator(None), **ON),
        constant=refused(plan_indicator(target=0.0), **ON),
    ),
    "plan_summary": Sample(
        lambda: ([plan_item(), plan_item(2)],),
        nan=refused([plan_item(NAN)]),
        empty=flagged([]),
        one_rater=flagged([plan_item()]),
        constant=flagged([plan_item(0)] * 3),
    ),
    "strength_of": Sample(
        lambda: (StrengthFacts(certainty="B", probability=0.97, n=64, agreement=0.66),),
        nan=refused(StrengthFacts(certainty="B", probability=NAN, n=64)),
        empty=flagged(StrengthFacts()),
        one_rater=flagged(StrengthFacts(certainty="B", probability=0.97, n=1)),
        constant=flagged(StrengthFacts(certainty="B", probability=0.97, n=64, agreement=0.0)),
    ),
    "adoption_rate": Sample(
        lambda: ([AdoptionFacts("adopted"), AdoptionFacts("unknown")],),
        nan=absent("takes states"),
        empty=answered("nobody is addressed: no rate", []),
        one_rater=answered("one of one", [AdoptionFacts("adopted")]),
        constant=answered("it applies to nobody: no rate", [AdoptionFacts("not_applicable")] * 2),
    ),
    "interreg_figures": Sample(
        lambda: (InterregFacts(ends_on=DECEMBER, bodies=(InterregBody(name="A", country="DE"),)),),
        nan=absent("takes names and dates"),
        empty=answered("nothing counts", InterregFacts(ends_on=None)),
        one_rater=answered(
            "one body",
            InterregFacts(ends_on=DECEMBER, bodies=(InterregBody(name="A", country="DE"),)),
        ),
        constant=answered(
            "one entity",
            InterregFacts(ends_on=DECEMBER, bodies=(InterregBody(name="A", country="DE"),) * 2),
        ),
    ),
}

PLAN_TEXTS = {
    "canonical_text": Sample(
        lambda: (SNAPSHOT,),
        nan=refused({"value": NAN}),
        empty=answered("an empty mapping", {}),
        one_rater=answered("one text", "a"),
        constant=answered("a list of equal values", ["a", "a"]),
    ),
    "chain_digest": Sample(
        lambda: (GENESIS, "{}"),
        nan=TEXTS_ONLY,
        empty=refused("", "{}"),
        one_rater=refused(GENESIS, "\ud800"),
        constant=answered("an empty text has a hash", GENESIS, ""),
    ),
    "verify_chain": Sample(
        lambda: ([*plan_chain(), *plan_chain()],),
        nan=TEXTS_ONLY,
        empty=flagged([]),
        one_rater=flagged(plan_chain()),
        constant=answered("twice the same does not follow", plan_chain() * 2),
    ),
    "word_diff": Sample(
        lambda: ("a test bench", "a shared test bench"),
        nan=TEXTS_ONLY,
        empty=answered("no pieces", "", ""),
        one_rater=answered("all is new", "", "a"),
        constant=answered("one piece", "a a", "a a"),
    ),
    "diff_snapshots": Sample(
        lambda: (SNAPSHOT, {"actions": [{"uuid": "1", "code": "A1", "status": "red"}]}),
        options={"ignore": ("reasons",)},
        nan=refused(NAN, SNAPSHOT),
        empty=answered("nothing changed", {}, {}),
        one_rater=answered("all is new", {}, SNAPSHOT),
        constant=answered("nothing changed", SNAPSHOT, SNAPSHOT),
    ),
    "merge_fields": Sample(
        lambda: ({"t": "A\n\nB"}, {"t": "A\n\nC"}, {"t": "D\n\nB"}),
        options={"long_fields": ("t",)},
        nan=absent("takes what forms hold"),
        empty=answered("no fields", {}, {}, {}),
        one_rater=answered("one person", {"t": "A"}, {"t": "A"}, {"t": "B"}),
        constant=answered("both alike", {"t": "A"}, {"t": "B"}, {"t": "B"}),
    ),
    "merge_paragraphs": Sample(
        lambda: ("A\n\nB", "A\n\nC", "D\n\nB"),
        nan=TEXTS_ONLY,
        empty=answered("nothing", "", "", ""),
        one_rater=answered("one person", "A", "A", "B"),
        constant=answered("both alike", "A", "B", "B"),
    ),
    "merge_rows": Sample(
        lambda: ({"m": {"due": "1"}}, {"m": {"due": "2"}}, {"m": {"due": "3"}, "n": {}}),
        options={"long_fields": ("t",)},
        nan=absent("takes what forms hold"),
        empty=answered("no rows", {}, {}, {}),
        one_rater=answered("one person", {}, {}, {"m": {}}),
        constant=answered("both alike", {}, {"m": {}}, {"m": {}}),
    ),
    "split_paragraphs": Sample(
        lambda: ("One.\n\nTwo.",),
        nan=TEXTS_ONLY,
        empty=answered("no paragraphs", ""),
        one_rater=answered("one paragraph", "One."),
        constant=answered("equal paragraphs are two", "One.\n\nOne."),
    ),
    "anchor_paragraph": Sample(
        lambda: ("One two three.", 0, ["Zero.", "One two three four."]),
        nan=TEXTS_ONLY,
        empty=flagged("", 0, []),
        one_rater=answered("the only one", "One.", 3, ["One."]),
        constant=answered("the nearest", "One.", 1, ["One."] * 3),
    ),
}

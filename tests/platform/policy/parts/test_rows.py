from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from alpclusters.analysis.errors import AlpClustersError, InputError
from alpclusters.platform.policy.domain.actions import edit_action
from alpclusters.platform.policy.domain.parts import (
    DependencyCycleError,
    check_indicator_row,
    parts_of,
    store_bodies,
    store_dependencies,
    store_parts,
)
from alpclusters.platform.policy.models import Action, Cost, Target
from tests.factories.evaluation import NOW, in_inputs
from tests.factories.policy import make_plan

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
FIVE = ("de", "en", "fr", "it", "sl")

MILESTONE = {
    **in_inputs("title", [f"Draft {code}" for code in FIVE]),
    "due": date(2026, 12, 1),
    "weight": 2,
    "critical": True,
    "done_on": None,
    "evidence": "",
}
COST = {"year": 2027, "type": "staff", "amount_cents": 1_250_000, "currency": "EUR"}
INDICATOR = {
    **in_inputs("name", [f"Demonstrators {code}" for code in FIVE]),
    **in_inputs("unit", ["", "", "", "", ""]),
    **in_inputs("source", ["", "", "", "", ""]),
    "code": "K1",
    "direction": "increase",
    "stage": "result",
    "path": "linear",
    "baseline": Decimal(0),
    "baseline_on": date(2026, 1, 1),
    "frequency_days": 365,
    "targets": [(date(2027, 12, 31), Decimal(1)), (date(2028, 12, 31), Decimal(3))],
}


def action_of(*keys):
    return make_plan(keys or ("fair",)).actions.get(code="X1")


def test_rows_keep_their_uuid_and_missing_ones_go():
    action = action_of()
    store_parts(action, {"milestones": [MILESTONE, {**MILESTONE, "weight": 3}]}, by=None)
    first, second = parts_of(action)["milestones"]

    store_parts(action, {"milestones": [{**second, "weight": 5}, MILESTONE]}, by=None)

    after = {row["uuid"]: row["weight"] for row in parts_of(action)["milestones"]}
    assert after[second["uuid"]] == 5
    assert first["uuid"] not in after
    assert len(after) == 2


def test_kind_that_is_not_given_stays():
    action = action_of()
    store_parts(action, {"milestones": [MILESTONE], "costs": [COST]}, by=None)

    store_parts(action, {"costs": []}, by=None)

    assert (action.milestones.count(), action.costs.count()) == (1, 0)


def test_indicator_with_targets_is_stored_and_read_again():
    action = action_of()

    store_parts(action, {"indicators": [INDICATOR]}, by=None)
    (row,) = parts_of(action)["indicators"]
    store_parts(action, {"indicators": [{**row, "targets": row["targets"][1:]}]}, by=None)

    assert {**INDICATOR, "uuid": row["uuid"]} == row
    assert [(target.due, target.value) for target in Target.objects.all()] == INDICATOR["targets"][
        1:
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {"direction": "decrease"},
        {"targets": [(date(2028, 12, 31), Decimal(0))]},
        {"targets": [(date(2025, 12, 31), Decimal(3))]},
        {"targets": [(date(2028, 1, 1), Decimal(1)), (date(2027, 1, 1), Decimal(3))]},
    ],
)
def test_wrong_targets_are_refused(changes):
    with pytest.raises(AlpClustersError):
        check_indicator_row({**INDICATOR, **changes})


@pytest.mark.parametrize("changes", [{"baseline": None, "baseline_on": None}, {"targets": []}])
def test_draft_of_an_indicator_passes(changes):
    check_indicator_row({**INDICATOR, **changes})


def test_circle_of_dependencies_is_refused_with_its_path():
    plan = make_plan(("fair", "pilot", "label"))
    one, two, three = (plan.actions.get(code=f"X{n}") for n in (1, 2, 3))
    store_dependencies(two, [(one, 0)])
    store_dependencies(three, [(two, 14)])

    with pytest.raises(DependencyCycleError) as refused:
        store_dependencies(one, [(three, 0)])

    path = refused.value.path
    assert path[0] == path[-1]
    assert set(path) == {"X1", "X2", "X3"}
    assert not one.dependencies.exists()


def test_action_of_another_plan_itself_and_twice_are_refused():
    plan, other = make_plan(("fair", "pilot")), make_plan()
    one, two = plan.actions.all()

    for waiting in ([(other.actions.get(), 0)], [(one, 0)], [(two, 0), (two, 3)]):
        with pytest.raises(InputError):
            store_dependencies(one, waiting)


def test_drafting_body_twice_is_refused():
    plan = make_plan()
    bodies = [{"name": "Region A", "country": "AT"}, {"name": "Region A", "country": "SI"}]

    with pytest.raises(InputError, match=r"drafting_body\.twice"):
        store_bodies(plan, bodies)


def test_refused_part_leaves_nothing_half_saved():
    action = action_of("fair", "pilot")
    wrong = {**INDICATOR, "direction": "decrease"}

    with pytest.raises(AlpClustersError):
        edit_action(
            action,
            list(action.recommendations.all()),
            changes={"title_en": "Changed"},
            parts={"costs": [COST], "indicators": [wrong]},
            by=None,
            now=NOW,
        )

    action.refresh_from_db()
    assert action.title.inside("en") != "Changed"
    assert not Cost.objects.exists()


class AnyRows(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.of = action_of().pk

    @given(
        before=st.lists(st.integers(1, 9), max_size=5),
        kept=st.lists(st.booleans(), min_size=5, max_size=5),
        added=st.lists(st.integers(1, 9), max_size=3),
    )
    def test_what_is_stored_is_what_was_given(self, before, kept, added):
        action = Action.objects.get(pk=self.of)
        store_parts(action, {"milestones": [{**MILESTONE, "weight": w} for w in before]}, by=None)
        there = parts_of(action)["milestones"]
        rows = [row for row, keep in zip(there, kept, strict=False) if keep]

        store_parts(
            action, {"milestones": [*rows, *({**MILESTONE, "weight": w} for w in added)]}, by=None
        )

        stored = parts_of(action)["milestones"]
        wanted = sorted([*(row["weight"] for row in rows), *added])
        assert sorted(row["weight"] for row in stored) == wanted
        assert {row["uuid"] for row in rows} <= {row["uuid"] for row in stored}

from datetime import date
from decimal import Decimal

import pytest

from alpclusters.platform.policy.domain.actions import end_action
from alpclusters.platform.policy.domain.parts import store_dependencies, store_parts
from alpclusters.platform.policy.domain.plans import edit_plan, new_version, publish_plan
from alpclusters.platform.policy.models import ActionPlan, IndicatorValue, ProgressReport
from tests.factories.evaluation import NOW, make_region
from tests.factories.policy import make_plan
from tests.factories.texts import change_texts
from tests.platform.policy.parts.test_rows import COST, INDICATOR, MILESTONE

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def full_plan():
    plan = make_plan(("fair", "pilot"))
    plan = edit_plan(
        plan,
        texts={
            "policy_instrument": "ERDF programme",
            "instrument_type": "growth_jobs",
            "level": "regional",
            "starts_on": date(2026, 1, 1),
            "ends_on": date(2029, 12, 31),
            "regions": [make_region("AT32")],
        },
        bodies=[{"name": "Region A", "country": "AT"}, {"name": "Region B", "country": "SI"}],
        by=None,
    )
    one, two = plan.actions.all()
    parts = {
        "players": [{"body": "Chamber", "role": "Adviser"}],
        "milestones": [MILESTONE],
        "costs": [COST],
        "funding": [
            {
                "source": "Own money",
                "offer": None,
                "amount_cents": 500,
                "currency": "CHF",
                "status": "granted",
            }
        ],
        "risks": [{"text_en": "Nobody applies", "answer_en": "Ask", "likelihood": 2, "impact": 3}],
        "indicators": [INDICATOR],
    }
    store_parts(one, parts, by=None)
    store_dependencies(two, [(one, 30)])
    return publish_plan(plan, by=None, now=NOW)


def outline(plan):
    """Everything about a plan that must be the same in its next version."""
    return {
        "plan": (
            plan.uuid,
            plan.policy_instrument,
            plan.level,
            plan.starts_on,
            plan.title.inside("sl"),
        ),
        "regions": [region.code for region in plan.regions.all()],
        "bodies": [(body.name, body.country) for body in plan.drafting_bodies.all()],
        "actions": [_action(action) for action in plan.actions.all()],
    }


def _action(action):
    kinds = ("players", "milestones", "costs", "funding", "risks")
    return {
        "self": (action.uuid, action.code, action.title.inside("de"), action.starts_on),
        **{kind: sorted(str(row.uuid) for row in getattr(action, kind).all()) for kind in kinds},
        "indicators": [
            (row.uuid, row.name.inside("sl"), [(t.due, t.value) for t in row.targets.all()])
            for row in action.indicators.all()
        ],
        "waits": [(row.before.uuid, row.lag_days) for row in action.dependencies.all()],
    }


def test_next_version_is_a_copy_in_which_everything_keeps_its_uuid():
    plan = full_plan()

    draft = new_version(plan, by=None, now=NOW)

    assert outline(draft) == outline(plan)
    assert (draft.version, draft.is_published, draft.signed_off_keys) == (2, False, [])


def test_text_that_is_missing_in_a_language_stays_missing_in_the_next_version():
    plan = full_plan()
    change_texts(plan.actions.filter(code="X1"), title={"sl": ""})

    draft = new_version(plan, by=None, now=NOW)

    assert draft.actions.get(code="X1").title.inside("sl") == ""


def test_published_version_takes_over_what_was_reported_meanwhile():
    plan = full_plan()
    draft = new_version(plan, by=None, now=NOW)
    old = plan.actions.get(code="X1")
    ProgressReport.objects.create(
        action=old, confirmed_on=date(2027, 1, 1), progress=0.4, reported_at=NOW
    )
    IndicatorValue.objects.create(
        indicator=old.indicators.get(),
        refers_to=date(2027, 1, 1),
        value=Decimal(1),
        reported_at=NOW,
        status="confirmed",
    )
    end_action(plan.actions.get(code="X2"), changes={"done_on": date(2027, 2, 1)}, by=None)

    publish_plan(draft, by=None, now=NOW)

    new = draft.actions.get(code="X1")
    assert new.reports.get().progress == 0.4
    assert new.indicators.get().values.get().value == 1
    assert draft.actions.get(code="X2").done_on == date(2027, 2, 1)
    assert ActionPlan.objects.get(version=1).actions.get(code="X1").reports.count() == 1

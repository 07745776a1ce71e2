"""The joint plan of the demonstration and its five regional plans, with their actions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from alpclusters.platform.partnership.models import Project
from alpclusters.platform.policy.domain.actions import add_action
from alpclusters.platform.policy.domain.demonstration.parts import Measured, make_parts
from alpclusters.platform.policy.domain.demonstration.recommendations import (
    Calendar,
    Drawn,
    regions_by_code,
    table,
    table_by,
)
from alpclusters.platform.policy.domain.funding_cases import tie_case
from alpclusters.platform.policy.domain.plans import create_plan, publish_plan
from alpclusters.platform.policy.models import Action, ActionPlan
from alpclusters.platform.seed_rows import Row, typed_texts
from alpclusters.platform.territory.models import Region

JOINT: Final = "joint"

type Plans = dict[str, ActionPlan]
type Actions = dict[str, Action]


@dataclass(frozen=True, slots=True)
class Made:
    """The plans and their actions by key, and the indicators with their rows."""

    plans: Plans
    actions: Actions
    indicators: Measured


def make_plans(project: Project, drawn: Drawn, calendar: Calendar) -> Made:
    """Write and publish the plans."""
    rows = table("plans")
    regions = regions_by_code({row["region"] for row in rows if row["region"]})
    plans: Plans = {}
    actions: Actions = {}
    lines = table_by("actions", "plan")
    for row in rows:
        plans[row["key"]] = _plan(project, row, plans.get(JOINT), regions, calendar)
        for line in lines[row["key"]]:
            action = _action(plans[row["key"]], line, drawn, calendar)
            if action is not None:
                actions[line["key"]] = action
    _set_regions(plans, actions)
    indicators = make_parts(plans, actions, calendar)
    # On one day; the joint plan last, so that lists begin with it.
    for place, row in enumerate(reversed(rows)):
        if plans[row["key"]].actions.exists():
            now = calendar.moment(row["published"]) + timedelta(minutes=place)
            plans[row["key"]] = publish_plan(plans[row["key"]], by=None, now=now)
    return Made(plans, actions, indicators)


def _plan(
    project: Project,
    row: Row,
    joint: ActionPlan | None,
    regions: Mapping[str, Region],
    calendar: Calendar,
) -> ActionPlan:
    own = [regions[row["region"]]] if row["region"] in regions else []
    values: dict[str, Any] = {
        **typed_texts(row, "title", "summary"),
        "publisher": row["publisher"],
        "level": row["level"],
        "policy_instrument": row["instrument"],
        "instrument_type": row["instrument_type"],
        "parent": joint,
        "starts_on": calendar.day(row["starts"]),
        "ends_on": calendar.day(row["ends"]),
        "completed_on": calendar.day_or_none(row["completed"]),
        "regions": own or list(regions.values()),
    }
    bodies = [
        {"name": name, "country": country}
        for part in row["bodies"].split("|")
        for name, _colon, country in [part.rpartition(":")]
    ]
    return create_plan(project, texts=values, bodies=bodies, by=None)


def _action(plan: ActionPlan, row: Row, drawn: Drawn, calendar: Calendar) -> Action | None:
    carried = [drawn[key] for key in row["recommendations"].split() if key in drawn]
    if not carried:
        return None
    changes = {
        **typed_texts(row, "title", "background", "description"),
        "level": row["level"],
        "responsible": row["responsible"],
        "accepted_on": calendar.day_or_none(row["accepted"]),
        "starts_on": calendar.day(row["starts"]),
        "ends_on": calendar.day(row["ends"]),
        "weight": int(row["weight"]),
        "critical": row["critical"] == "yes",
    }
    return add_action(plan, carried, changes=changes, by=None, now=calendar.moment("-411"))


def _set_regions(plans: Plans, actions: Actions) -> None:
    """An action concerns the regions of its plan."""
    link = Action.regions.through
    own = {plan.pk: list(plan.regions.values_list("pk", flat=True)) for plan in plans.values()}
    link.objects.bulk_create(
        link(action_id=action.pk, region_id=region)
        for action in actions.values()
        for region in own[action.plan_id]
    )


# --- The case of the demonstration is about an action of its plan ---------------------------------


# The case is about a pilot of firms; the demonstration plan has an action for it.
MEASURE: Final = "sme_pilot"


def tie_cases(project: Project) -> None:
    """Say which action of the plan the project's cases are about."""
    rows = Action.objects.filter(plan__project=project)
    of_measure = rows.filter(recommendations__findings__measure__type_key=MEASURE)
    action = of_measure.first() or rows.first()
    if action is None:
        return
    for case in project.funding_cases.filter(action_tie=None):
        tie_case(case, action)

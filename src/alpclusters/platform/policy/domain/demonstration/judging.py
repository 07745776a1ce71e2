"""What people decided beside the numbers: common denominators, and the colour of an action."""

from typing import Final

from alpclusters.platform.policy.domain.demonstration.days import Calendar
from alpclusters.platform.policy.domain.demonstration.plans import JOINT, Made
from alpclusters.platform.policy.domain.demonstration.recommendations import Drawn
from alpclusters.platform.policy.domain.demonstration.tables import reasons, table
from alpclusters.platform.policy.domain.denominators.deciding import decide_denominator
from alpclusters.platform.policy.domain.monitoring.overrides import set_override
from alpclusters.platform.policy.domain.records.plans import record_of
from alpclusters.platform.seed_rows import Row

DENOMINATOR: Final = "denominator"


def judge(made: Made, drawn: Drawn, calendar: Calendar) -> None:
    """Confirm, decline and declare denominators; set one colour beside the computed one."""
    for row in table("decisions"):
        key, why = row["key"], reasons(row, "reason")
        if row["kind"] == DENOMINATOR and key in drawn:
            decide_denominator(drawn[key], row["decision"], reason=why, by=None)
        elif row["kind"] != DENOMINATOR and key in made.actions:
            _correct(made, row, calendar)


def _correct(made: Made, row: Row, calendar: Calendar) -> None:
    now = calendar.moment("-10")
    action = made.actions[row["key"]]
    lines = record_of(made.plans[JOINT], today=now.date()).actions
    computed = next(line.status for line in lines if line.pk == action.pk)
    why = reasons(row, "reason")
    set_override(action, computed, shown=row["decision"], reason=why, rounds=2, by=None, now=now)

"""What people decided beside the numbers: common denominators, and the colour of an action."""

from typing import Final

from alpclusters.analysis.plans import Colour
from alpclusters.platform.policy.domain.demonstration.days import Calendar
from alpclusters.platform.policy.domain.demonstration.plans import JOINT, Made
from alpclusters.platform.policy.domain.demonstration.recommendations import Drawn
from alpclusters.platform.policy.domain.denominators.deciding import decide_denominator
from alpclusters.platform.policy.domain.monitoring.overrides import set_override
from alpclusters.platform.policy.domain.records.plans import record_of
from alpclusters.platform.policy.models import Recommendation

Decision = Recommendation.Denominator
DECISIONS: Final = (
    ("owner", Decision.CONFIRMED, "All five regions agreed in the steering group (simulated)."),
    ("window", Decision.CONFIRMED, "Confirmed, though one region cannot join yet (simulated)."),
    ("body", Decision.DECLINED, "Most people expected little of it (simulated)."),
    ("count", Decision.DECLARED, "Not rated; every region asks for it (simulated)."),
)
CORRECTED: Final = "count"
REASON: Final = "The addresses were checked last week, the delay is made up (simulated)."


def judge(made: Made, drawn: Drawn, calendar: Calendar) -> None:
    """Confirm, decline and declare denominators; set one colour beside the computed one."""
    for key, decision, reason in DECISIONS:
        if key in drawn:
            decide_denominator(drawn[key], decision, reason=reason, by=None)
    if CORRECTED in made.actions:
        _correct(made, calendar)


def _correct(made: Made, calendar: Calendar) -> None:
    now = calendar.moment("-10")
    action = made.actions[CORRECTED]
    lines = record_of(made.plans[JOINT], today=now.date()).actions
    computed = next(line.status for line in lines if line.pk == action.pk)
    set_override(action, computed, shown=Colour.GREEN, reason=REASON, rounds=2, by=None, now=now)

"""Which invented bodies stand behind the plans and recommendations, in part or not at all."""

from collections.abc import Mapping
from typing import Any

from alpclusters.platform.policy.domain.demonstration.days import Calendar
from alpclusters.platform.policy.domain.demonstration.plans import Made
from alpclusters.platform.policy.domain.demonstration.recommendations import Drawn
from alpclusters.platform.policy.domain.demonstration.tables import regions_by_code, table
from alpclusters.platform.policy.models import Endorsement
from alpclusters.platform.seed_rows import Row


def endorse(made: Made, drawn: Drawn, calendar: Calendar) -> None:
    """Store what the bodies decided; some were asked and have not answered."""
    rows = table("endorsements")
    regions = regions_by_code({row["region"] for row in rows if row["region"]})
    things: Mapping[str, Mapping[str, Any]] = {"plan": made.plans, "rec": drawn}
    fields = {"plan": "plan", "rec": "recommendation"}
    Endorsement.objects.bulk_create(
        Endorsement(
            **{fields[row["thing"]]: things[row["thing"]][row["key"]]},
            **{name: row[name] for name in ("body", "country", "mandate", "state", "applies")},
            region=regions.get(row["region"]),
            reservation=row["reservation"],
            reason=row["reason"],
            decided_on=calendar.day_or_none(row["day"]),
            recorded_at=_recorded(row, calendar),
        )
        for row in rows
        if row["key"] in things[row["thing"]]
    )


def _recorded(row: Row, calendar: Calendar) -> Any:
    return calendar.moment(row["day"] or "-400")

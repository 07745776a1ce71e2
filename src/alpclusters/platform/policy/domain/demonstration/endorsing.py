"""Which invented bodies stand behind the plans and recommendations, in part or not at all."""

from collections.abc import Mapping
from typing import Any

from alpclusters.platform.policy.domain.demonstration.days import Calendar
from alpclusters.platform.policy.domain.demonstration.plans import Made
from alpclusters.platform.policy.domain.demonstration.recommendations import Drawn
from alpclusters.platform.policy.domain.demonstration.tables import regions_by_code, table
from alpclusters.platform.policy.domain.endorsing.bindings import is_askable
from alpclusters.platform.policy.domain.endorsing.deciding import (
    DECIDED,
    Body,
    Decision,
    ask_body,
    decide,
    mark_seen,
    withdraw,
)
from alpclusters.platform.policy.models import Endorsement
from alpclusters.platform.seed_rows import Row

ASKED = "-410"
SEEN = "-394"


def endorse(made: Made, drawn: Drawn, calendar: Calendar) -> None:
    """Ask the bodies and store what they decided; some have not answered."""
    rows = table("endorsements")
    regions = regions_by_code({row["region"] for row in rows if row["region"]})
    things: Mapping[str, Mapping[str, Any]] = {"plan": made.plans, "rec": drawn}
    for row in rows:
        thing = things[row["thing"]].get(row["key"])
        if thing is not None and is_askable(thing):
            body = Body(row["body"], row["country"], regions.get(row["region"]))
            # Of a plan once it is published, of a recommendation once it is adopted.
            asked_at = getattr(thing, "published_at", None) or calendar.moment(ASKED)
            asked = ask_body(thing, body, by=None, now=asked_at)
            _answer(asked, row, calendar)
            _take_back(asked, row, calendar)


def _answer(asked: Endorsement, row: Row, calendar: Calendar) -> None:
    if row["state"] == Endorsement.State.SEEN:
        mark_seen(asked, by_link=True, now=calendar.moment(SEEN))
    if row["state"] not in DECIDED:
        return
    said = Decision(
        state=row["state"],
        applies=row["applies"],
        mandate=row["mandate"],
        decided_on=calendar.day(row["day"]),
        reservation=row["reservation"],
        reason=row["reason"],
        language=row["language"],
    )
    decide(asked, said, by=None, by_link=True, now=calendar.moment(row["day"]))


def _take_back(asked: Endorsement, row: Row, calendar: Calendar) -> None:
    """Let a body withdraw later, so that the log has something to tell."""
    if row["withdrawn"]:
        withdraw(
            asked,
            reason=row["withdrawn_reason"],
            on=calendar.day(row["withdrawn"]),
            language=row["language"],
            by=None,
            by_link=True,
            now=calendar.moment(row["withdrawn"]),
        )

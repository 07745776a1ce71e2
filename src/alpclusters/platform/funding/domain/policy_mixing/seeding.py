"""Priorities of real programmes, as far as a source states them; after the programmes."""

from datetime import date

from alpclusters.platform.funding.domain.lists import rows_of
from alpclusters.platform.funding.domain.policy_mixing.priorities import subjects_of_people
from alpclusters.platform.funding.models import Priority, Programme
from alpclusters.platform.seed_rows import store_rows


def load_priorities() -> None:
    """Load or update the priorities of programmes that are there; those of people stay."""
    rows = rows_of("programme_priorities")
    keys = Programme.objects.filter(key__in={row["programme"] for row in rows})
    programmes = dict(keys.values_list("key", "pk").order_by())
    theirs = subjects_of_people()
    store_rows(
        Priority,
        (
            {
                "programme_id": programmes[row["programme"]],
                "region": "",
                "period": row["period"],
                "side": row["side"],
                "theme": row["theme"],
                "weight": float(row["weight"]) if row["weight"] else None,
                "status": row["status"],
                "source": row["source"],
                "checked_on": date.fromisoformat(row["checked_on"]) if row["checked_on"] else None,
            }
            for row in rows
            if row["programme"] in programmes
            and (programmes[row["programme"]], "", row["period"]) not in theirs
        ),
        key=("programme_id", "region", "period", "side", "theme"),
    )

"""Entries of the security log stay as they are: the database itself refuses.

What lies beside the chain (who, about whom, from which network) may be emptied and nothing else.
"""

from collections.abc import Iterator
from typing import Final

from alpclusters.platform.staying_rows import staying_triggers
from alpclusters.platform.triggers import Trigger

CHAINED: Final = (
    "id", "number", "at", "kind", "detail", "actor_mark", "about_mark", "previous", "digest",
)  # fmt: skip
EMPTIED: Final = {"actor_id": "NULL", "about_id": "NULL", "network": "''"}
_DIFFERS: Final = {"sqlite": "IS NOT", "postgresql": "IS DISTINCT FROM"}


def trust_triggers(vendor: str) -> Iterator[Trigger]:
    """Return them."""
    yield from staying_triggers(
        vendor,
        "trust_securityevent",
        "entries of the security log stay as they are",
        same="id = NEW.id OR number = NEW.number",
        changed=_changed(_DIFFERS[vendor]),
    )


def _changed(differs: str) -> str:
    chained = [f"NEW.{name} {differs} OLD.{name}" for name in CHAINED]
    filled = [
        f"(NEW.{name} {differs} OLD.{name} AND NEW.{name} {differs} {empty})"
        for name, empty in EMPTIED.items()
    ]
    return " OR ".join([*chained, *filled])

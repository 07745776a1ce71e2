"""Snapshots of a plan, and hashes that were given out, stay as they are: the database refuses."""

from collections.abc import Iterator

from alpclusters.platform.staying_rows import SIMULATED, staying_triggers
from alpclusters.platform.triggers import Trigger


def policy_triggers(vendor: str) -> Iterator[Trigger]:
    """Return them; simulated rows may go with their plan."""
    yield from staying_triggers(
        vendor,
        "policy_plansnapshot",
        "snapshots of a plan stay as they are",
        same=("id = NEW.id OR uuid = NEW.uuid OR (plan_id = NEW.plan_id AND number = NEW.number)"),
        removable=SIMULATED,
    )
    yield from staying_triggers(
        vendor,
        "policy_givenhash",
        "hashes that were given out stay as they are",
        same=("id = NEW.id OR (plan_id = NEW.plan_id AND kind = NEW.kind AND digest = NEW.digest)"),
        removable=SIMULATED,
    )

"""Facts about an organisation that a project fills in while it maps: group, level, region."""

from collections.abc import Mapping
from typing import Any, Final

from alpclusters.platform.accounts.models import User
from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.history import sign

FACTS: Final = ("helix", "level", "region")
_UNKNOWN: Final = ("", "unknown", None)


def make_body(values: Mapping[str, Any], *, by: User, is_simulated: bool = False) -> Organisation:
    """Make an organisation that only the project knows: unverified and not listed in public."""
    region = values.get("region")
    body = Organisation(
        name=values["name"].strip(),
        type=values.get("type") or "unknown",
        helix=values.get("helix") or "unknown",
        level=values.get("level") or "",
        region=region,
        country=region.country if region else "",
        is_simulated=is_simulated,
        edited_fields=["name", *(name for name in FACTS if values.get(name) not in _UNKNOWN)],
    )
    sign(body, by)
    body.save()
    return body


def open_facts(body: Organisation) -> tuple[str, ...]:
    """Name the facts a project may set: all, or of a listed organisation what is unknown."""
    if not body.is_listed:
        return FACTS
    return tuple(name for name in FACTS if getattr(body, name) in _UNKNOWN)


def fill_facts(body: Organisation, values: Mapping[str, Any], *, by: User) -> None:
    """Store the facts that are open and that somebody changed, with author and time."""
    changed = [
        name for name in open_facts(body) if name in values and values[name] != getattr(body, name)
    ]
    if not changed:
        return
    for name in changed:
        setattr(body, name, values[name])
    body.edited_fields = sorted({*body.edited_fields, *changed})
    sign(body, by)
    body.save()

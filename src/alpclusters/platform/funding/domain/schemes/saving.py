"""Write and change designs and schemes; a form that was made from an older version is refused."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils.text import slugify

from alpclusters.analysis.errors import StateError
from alpclusters.analysis.funding.schemes import read_scheme, read_values
from alpclusters.platform.accounts.models import User
from alpclusters.platform.funding.models import (
    RegionalScheme,
    Status,
    SynchronisedScheme,
)
from alpclusters.platform.history import sign
from alpclusters.platform.partnership.models import Project

CHANGED: Final = "schemes.changed_meanwhile"
LONGEST_KEY: Final = 60


@dataclass(frozen=True, slots=True)
class DesignFacts:
    """What people say of a joint call.

    Attributes
    ----------
    title : str
    schemes : tuple of str
        Keys.
    attributes : mapping
        What the call asks, as it is stored.
    min_days : int
    """

    title: str
    schemes: tuple[str, ...]
    attributes: Mapping[str, Any] = field(default_factory=dict)
    min_days: int = 42

    def wishes(self) -> dict[str, Any]:
        """Return what is stored; raises for what is no value."""
        read_values(self.attributes)
        return {"attributes": dict(self.attributes), "min_days": self.min_days}


@dataclass(frozen=True, slots=True)
class SchemeFacts:
    """What keepers say of a region's scheme."""

    name: str
    region: str
    attributes: Mapping[str, Any]
    changes: Sequence[Mapping[str, Any]] = ()
    budget_ct: int | None = None
    source: str = ""
    source_url: str = ""


@transaction.atomic
def create_design(
    project: Project, facts: DesignFacts, *, by: User | None, now: datetime
) -> SynchronisedScheme:
    """Begin a joint call of a project."""
    design = SynchronisedScheme(
        project=project, title=facts.title, wishes=facts.wishes(),
        made_by=by, made_at=now, updated_at=now,
    )  # fmt: skip
    sign(design, by, reason="create")
    design.save()
    design.schemes.set(RegionalScheme.objects.filter(key__in=facts.schemes))
    return design


@transaction.atomic
def change_design(
    design: SynchronisedScheme, facts: DesignFacts, *, version: int, by: User, now: datetime
) -> SynchronisedScheme:
    """Change a joint call.

    Raises
    ------
    StateError
        Somebody changed it since ``version``.
    """
    # Two editors at once: the second waits here and then sees the first one's version.
    locked = SynchronisedScheme.objects.select_for_update().get(pk=design.pk)
    _require(locked.version, version)
    locked.title, locked.wishes = facts.title, facts.wishes()
    locked.version += 1
    locked.updated_at = now
    sign(locked, by, reason="change")
    locked.save()
    locked.schemes.set(RegionalScheme.objects.filter(key__in=facts.schemes))
    return locked


@transaction.atomic
def delete_design(design: SynchronisedScheme, *, by: User) -> None:
    """Take a joint call away; its history stays."""
    sign(design, by, reason="delete")
    design.delete()


@transaction.atomic
def create_scheme(facts: SchemeFacts, *, now: datetime) -> RegionalScheme:
    """Enter a region's scheme; unverified until somebody has checked it."""
    scheme = RegionalScheme(key=_free_key(facts), updated_at=now, status=Status.UNVERIFIED)
    _put(scheme, facts)
    scheme.save()
    return scheme


@transaction.atomic
def change_scheme(
    scheme: RegionalScheme, facts: SchemeFacts, *, version: int, now: datetime
) -> RegionalScheme:
    """Change a region's scheme.

    Raises
    ------
    StateError
        Somebody changed it since ``version``.
    """
    locked = RegionalScheme.objects.select_for_update(of=("self",)).get(pk=scheme.pk)
    _require(locked.version, version)
    _put(locked, facts)
    locked.version += 1
    locked.updated_at = now
    locked.save()
    return locked


def _put(scheme: RegionalScheme, facts: SchemeFacts) -> None:
    record = {
        "id": scheme.key, "region": facts.region, "attributes": facts.attributes,
        "changes": facts.changes, "budget_ct": facts.budget_ct,
    }  # fmt: skip
    read_scheme(record)
    scheme.name, scheme.region = facts.name, facts.region
    scheme.attributes = dict(facts.attributes)
    scheme.changes = [dict(change) for change in facts.changes]
    scheme.budget_ct = facts.budget_ct
    scheme.source, scheme.source_url = facts.source, facts.source_url


def _require(found: int, seen: int) -> None:
    if found != seen:
        raise StateError(CHANGED, found=str(seen), expected=str(found))


def _free_key(facts: SchemeFacts) -> str:
    base = slugify(f"{facts.region} {facts.name}")[:LONGEST_KEY] or "scheme"
    taken = set(
        RegionalScheme.objects.filter(key__startswith=base).order_by().values_list("key", flat=True)
    )
    return next(
        key
        for key in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3)))
        if key not in taken
    )

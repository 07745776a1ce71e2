"""Schemes of regions and joint calls designed over them: changed, computed, compared."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils.text import slugify

from alpclusters.analysis.errors import AnalysisError, StateError
from alpclusters.analysis.funding.schemes import (
    SIX_WEEKS,
    Joining,
    JointCall,
    Scheme,
    joint_call,
    let_join,
    read_scheme,
    read_values,
)
from alpclusters.platform.accounts.models import User
from alpclusters.platform.funding.models import RegionalScheme, Status, SynchronisedScheme
from alpclusters.platform.history import sign
from alpclusters.platform.partnership.models import Project

# --- Write and change designs and schemes; a form that was made from an older version is refused


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


# --- The design of a joint call: its table, the sets that work, and what keeps others out ---------


# More would need a search that a page does not wait for.
MOST_SCHEMES: Final = 24


@dataclass(frozen=True, slots=True)
class Joiner:
    """A scheme outside the set, and what would let it in."""

    scheme: RegionalScheme
    joining: Joining

    @property
    def fits(self) -> bool:
        """Whether it could join as it is."""
        return not self.joining.conflicts


@dataclass(frozen=True, slots=True)
class Design:
    """A joint call as its project designs it.

    Attributes
    ----------
    chosen : tuple of RegionalScheme
    call : JointCall
        Over all chosen schemes.
    members : tuple of RegionalScheme
        The set that is looked at: all chosen ones if they fit, else the first set that works.
    outside : tuple of Joiner
        Other chosen schemes, then schemes that were not chosen.
    unreadable : tuple of RegionalScheme
        Chosen schemes whose attributes cannot be read; they are left out.
    """

    chosen: tuple[RegionalScheme, ...]
    call: JointCall
    members: tuple[RegionalScheme, ...]
    outside: tuple[Joiner, ...]
    unreadable: tuple[RegionalScheme, ...]


def schemes_of(rows: Iterable[RegionalScheme]) -> tuple[dict[str, Scheme], list[RegionalScheme]]:
    """Return schemes as the method takes them by key, and rows that cannot be read."""
    found, unreadable = {}, []
    for row in rows:
        try:
            found[row.key] = read_scheme(record_of(row))
        except AnalysisError:
            unreadable.append(row)
    return found, unreadable


def record_of(row: RegionalScheme) -> dict[str, Any]:
    """Return a scheme as `read_scheme` takes it."""
    return {
        "id": row.key,
        "region": row.region,
        "attributes": row.attributes,
        "budget_ct": row.budget_ct,
        "changes": row.changes,
    }


def read_design(design: SynchronisedScheme, *, members: Sequence[str] = ()) -> Design:
    """Compute a design (two queries).

    Parameters
    ----------
    design : SynchronisedScheme
    members : sequence of str
        Keys of the set to look at; a set that does not work, or empty, takes the first that does.
    """
    rows = {row.key: row for row in RegionalScheme.objects.all()}
    keys = set(design.schemes.values_list("key", flat=True).order_by())
    schemes, unreadable = schemes_of(rows.values())
    chosen = [key for key in rows if key in keys and key in schemes][:MOST_SCHEMES]
    wishes, min_days = wishes_of(design)
    call = joint_call([schemes[key] for key in chosen], wishes=wishes, min_days=min_days)
    inside = _members(call, members)
    others = [*(k for k in chosen if k not in inside), *(k for k in schemes if k not in keys)]
    joined = [
        Joiner(
            rows[key],
            let_join([schemes[k] for k in inside], schemes[key], wishes=wishes, min_days=min_days),
        )
        for key in (others if inside else ())
    ]
    return Design(
        chosen=tuple(rows[key] for key in chosen),
        call=call,
        members=tuple(rows[key] for key in inside),
        outside=tuple(joined),
        unreadable=tuple(row for row in unreadable if row.key in keys),
    )


def wishes_of(design: SynchronisedScheme) -> tuple[Mapping[str, Any], int]:
    """Return what the call asks, and its shortest window; wishes that cannot be read are none."""
    stored = design.wishes if isinstance(design.wishes, dict) else {}
    min_days = stored.get("min_days")
    try:
        values = read_values(stored.get("attributes", {}))
    except AnalysisError:
        values = {}
    return values, min_days if isinstance(min_days, int) and min_days > 0 else SIX_WEEKS


def _members(call: JointCall, wanted: Sequence[str]) -> tuple[str, ...]:
    asked = set(wanted)
    fitting = [one.schemes for one in call.sets if set(one.schemes) == asked]
    first = [one.schemes for one in call.sets[:1]]
    return next(iter([*fitting, *first]), ())

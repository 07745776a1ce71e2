"""Parent and unit: two organisations joined, never made one."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from alpclusters.analysis.errors import StateError
from alpclusters.platform.accounts.models import User
from alpclusters.platform.actors.models import DuplicateProposal, Organisation, PartOf
from alpclusters.platform.history import sign


@transaction.atomic
def set_parent(
    unit: Organisation,
    parent: Organisation,
    *,
    by: User | None,
    now: datetime,
    since: date | None = None,
    source: str = "",
    reason: str = "",
) -> PartOf:
    """Say that an organisation is a unit of another.

    Parameters
    ----------
    unit, parent : Organisation
        The part and the whole.
    by : User or None
        Who says it.
    now : datetime
        When it is said.
    since : date, optional
        From when on it holds.
    source : str, default ""
        Where it is written.
    reason : str, default ""
        Why; the history says it.

    Raises
    ------
    StateError
        They are one (``part.same``), one was merged into another (``part.merged``), only one is
        invented (``part.simulated``), the unit has another parent (``part.has_parent``), or the
        parent is itself a part of the unit (``part.cycle``).
    """
    unit, parent = _locked(unit, parent)
    _refuse(unit, parent)
    there = PartOf.objects.current().filter(unit=unit).select_related("parent").first()
    if there is not None and there.parent_id == parent.pk:
        return there
    if there is not None:
        code = "part.has_parent"
        raise StateError(code, found=there.parent.name)
    made = PartOf(unit=unit, parent=parent, since=since, source=source, set_by=by, set_at=now)
    sign(made, by, reason=reason)
    made.save()
    return made


@transaction.atomic
def clear_parent(unit: Organisation, *, by: User | None, until: date | None = None) -> PartOf:
    """Say that an organisation is a unit no longer, or that it never was one.

    Parameters
    ----------
    unit : Organisation
        The part.
    by : User or None
        Who says it.
    until : date, optional
        Last day on which it held. Without one it was a mistake: the row goes, its history stays,
        and a pair that was decided in this way waits for a decision again.

    Raises
    ------
    StateError
        It is a unit of nothing (``part.none``), or the day lies before it began
        (``part.ends_before``).
    """
    # Two people end it at once: the second finds nothing to end.
    rows = PartOf.objects.current().select_for_update(of=("self",))
    there = rows.filter(unit=unit).first()
    if there is None:
        code = "part.none"
        raise StateError(code)
    sign(there, by)
    if until is None:
        _ask_again(there)
        there.delete()
        return there
    if there.since is not None and until < there.since:
        code = "part.ends_before"
        raise StateError(code)
    there.until = until
    there.save(update_fields=["until"])
    return there


def standing_parts() -> QuerySet[PartOf]:
    """List the units and parents of today, the latest said first."""
    return PartOf.objects.current().select_related("unit", "parent", "set_by")


def parent_of(organisation: Organisation) -> Organisation | None:
    """Return the organisation of which this one is a unit today."""
    rows = PartOf.objects.current().filter(unit=organisation).select_related("parent")
    there = rows.first()
    return there.parent if there else None


def ancestors_of(pk: int) -> list[int]:
    """Return the numbers of all wholes an organisation is in, the nearest first.

    A ring, which the verbs here never make, ends where it comes round.
    """
    found: list[int] = []
    at: int | None = pk
    while at is not None:
        at = PartOf.objects.current().filter(unit=at).values_list("parent", flat=True).first()
        if at is None or at in found:
            return found
        found.append(at)
    return found


def is_within(parents: Mapping[int, int], part: int, whole: int) -> bool:
    """Say whether one organisation is in another, however deep, from a mapping of parents."""
    seen = {part}
    while part in parents and parents[part] not in seen:
        part = parents[part]
        if part == whole:
            return True
        seen.add(part)
    return False


def parents_by_unit() -> dict[int, int]:
    """Return the parent of every unit of today."""
    return dict(PartOf.objects.current().order_by("pk").values_list("unit", "parent"))


def are_joined(first: Organisation, second: Organisation) -> bool:
    """Say whether one of two is a unit of the other today."""
    both = Q(unit=first, parent=second) | Q(unit=second, parent=first)
    return PartOf.objects.current().filter(both).exists()


def refuse_ring(pk: int) -> None:
    """Refuse a state in which an organisation would be a part of itself.

    Only making one of two can close a ring; taking one apart cannot.

    Raises
    ------
    StateError
        ``part.ring``.
    """
    if pk in ancestors_of(pk):
        code = "part.ring"
        raise StateError(code)


def _locked(unit: Organisation, parent: Organisation) -> tuple[Organisation, Organisation]:
    # Two people join organisations at once in such a way that a ring comes about: whoever is
    # second waits for the first, because the wholes of the parent are locked too.
    wanted = {unit.pk, parent.pk, *ancestors_of(parent.pk)}
    rows = Organisation.objects.select_for_update(of=("self",)).filter(pk__in=wanted)
    found = {row.pk: row for row in rows.order_by("pk")}
    return found[unit.pk], found[parent.pk]


def _refuse(unit: Organisation, parent: Organisation) -> None:
    code = ""
    if unit.pk == parent.pk:
        code = "part.same"
    elif unit.merged_into_id or parent.merged_into_id:
        code = "part.merged"
    elif unit.is_simulated != parent.is_simulated:
        code = "part.simulated"
    elif unit.pk in ancestors_of(parent.pk):
        code = "part.cycle"
    if code:
        raise StateError(code)


def _ask_again(there: PartOf) -> None:
    """Put the pair back into the queue if it was decided there."""
    first, second = sorted((there.unit_id, there.parent_id))
    DuplicateProposal.objects.filter(
        first=first, second=second, state=DuplicateProposal.State.UNIT
    ).update(state=DuplicateProposal.State.PROPOSED)

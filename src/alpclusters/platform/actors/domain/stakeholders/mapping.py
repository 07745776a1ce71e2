"""Put organisations on the stakeholder map of a project, judge them, take them off again."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from django.db import transaction

from alpclusters.platform.accounts.models import User
from alpclusters.platform.actors.models import Organisation, Person, Stakeholder
from alpclusters.platform.fields import fields_of
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.worlds import check_one_world

JUDGEMENT: Final = tuple(
    column.name for column in fields_of(Stakeholder, lambda one: one.part == "judgement")
)


@transaction.atomic
def map_organisation(
    project: Project,
    organisation: Organisation,
    *,
    by: User | None,
    on: date,
    person: Person | None = None,
    judgement: Mapping[str, Any] | None = None,
) -> tuple[Stakeholder, bool]:
    """Put an organisation on the map, once; say whether it is new there.

    Raises
    ------
    InputError
        One is simulated, the other is not (``worlds.mixed``).
    """
    check_one_world(project, [organisation])
    # Two people who add at the same moment wait for each other.
    Project.objects.select_for_update().get(pk=project.pk)
    found = Stakeholder.objects.filter(
        project=project, organisation=organisation, person=person
    ).first()
    if found:
        return found, False
    made = Stakeholder.objects.create(
        project=project,
        organisation=organisation,
        person=person,
        mapped_on=on,
        mapped_by=by,
        is_simulated=organisation.is_simulated,
        **(judgement or {}),
    )
    return made, True


@transaction.atomic
def map_many(
    project: Project,
    organisation_ids: Iterable[int],
    *,
    by: User | None,
    on: date,
    audience: Iterable[str] = (),
) -> int:
    """Put many organisations on the map without any judgement; return how many are new.

    Those of the other world stay out.
    """
    Project.objects.select_for_update().get(pk=project.pk)
    known = set(project.stakeholders.values_list("organisation_id", flat=True))
    wanted = Organisation.objects.current().filter(
        pk__in=set(organisation_ids) - known, is_simulated=project.is_simulated
    )
    rows = [
        Stakeholder(
            project=project,
            organisation=one,
            audience=list(audience),
            mapped_on=on,
            mapped_by=by,
            is_simulated=one.is_simulated,
        )
        for one in wanted.order_by("pk")
    ]
    return len(Stakeholder.objects.bulk_create(rows, batch_size=500))


def change_stakeholder(
    stakeholder: Stakeholder, changes: Mapping[str, Any], *, by: User | None, on: date
) -> None:
    """Store a judgement with its reason, its day and who made it."""
    for name in (*JUDGEMENT, "person"):
        if name in changes:
            setattr(stakeholder, name, changes[name])
    stakeholder.mapped_on, stakeholder.mapped_by = on, by
    stakeholder.save()

"""Bring organisations into a project as its partners; the history says who did it."""

from collections.abc import Mapping
from typing import Any, Final

from django.db import models, transaction

from alpclusters.platform.accounts.models import User
from alpclusters.platform.actors.domain.organisations import ensure_organisation
from alpclusters.platform.actors.models import Partner
from alpclusters.platform.fields import fields_of
from alpclusters.platform.history import set_values, sign
from alpclusters.platform.partnership.models import Project

PARTNER_FIELDS: Final = tuple(column.name for column in fields_of(Partner))


@transaction.atomic
def add_partner(project: Project, *, name: str, fields: Mapping[str, Any], by: User) -> Partner:
    """Bring an organisation into the partnership, making the organisation where it is new."""
    last = project.partners.aggregate(last=models.Max("order"))["last"] or 0
    body = ensure_organisation(name, by=by, is_simulated=project.is_simulated)
    partner = Partner(project=project, organisation=body, order=last + 1)
    set_values(partner, fields, PARTNER_FIELDS)
    sign(partner, by)
    partner.save()
    return partner


@transaction.atomic
def change_partner(partner: Partner, *, fields: Mapping[str, Any], by: User) -> bool:
    """Change what a partner does and for which region; False if nothing differs."""
    if not set_values(partner, fields, PARTNER_FIELDS):
        return False
    sign(partner, by)
    partner.save()
    return True


@transaction.atomic
def remove_partner(partner: Partner, *, by: User) -> None:
    """Take a partner out of the partnership; its organisation stays."""
    sign(partner, by)
    partner.delete()

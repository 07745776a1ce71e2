"""Who answers for the installation, and what of it is still missing."""

from collections.abc import Mapping
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser as User
from django.db import transaction

from alpclusters.platform.fields import fields_of
from alpclusters.platform.trust.domain.log import Kind, record
from alpclusters.platform.trust.models import ResponsibleBody

PLAIN: Final = tuple(one.name for one in fields_of(ResponsibleBody, lambda it: it.part == "plain"))
TEXTS: Final = tuple(one.name for one in fields_of(ResponsibleBody, lambda it: it.part == "texts"))
FIELDS: Final = (*PLAIN, *TEXTS)
# Without these nobody may stand on a public address; the officer comes beside them.
NEEDED: Final = ("name", "address", "email", "legal_basis")


def responsible_body() -> ResponsibleBody:
    """Return who answers for the installation; without any name if nobody has said it yet."""
    return ResponsibleBody.objects.first() or ResponsibleBody()


def missing_of(body: ResponsibleBody) -> list[str]:
    """List the fields that a public address needs and that are empty, in their order."""
    empty = [name for name in NEEDED if not getattr(body, name).strip()]
    if not body.officer_email and not body.needs_no_officer:
        empty.append("officer_email")
    return empty


def owes_imprint() -> bool:
    """Say whether the site stands on a public address without saying who answers for it."""
    return settings.CONFIGURATION.is_public and bool(missing_of(responsible_body()))


@transaction.atomic
def change_body(fields: Mapping[str, Any], *, by: User | None = None) -> list[str]:
    """Store what was said of the body; return the names of the fields that changed.

    ``fields`` holds all of `FIELDS`; the value of a text is a mapping of languages.
    """
    body = responsible_body()
    changed = [name for name in FIELDS if getattr(body, name) != fields[name]]
    for name in changed:
        setattr(body, name, fields[name])
    body.save()
    if changed:
        record(Kind.SETTINGS_CHANGED, actor=by, fields=changed)
    return changed

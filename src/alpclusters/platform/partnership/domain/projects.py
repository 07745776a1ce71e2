"""Make and change projects; the history says who did it."""

import re
from collections.abc import Mapping
from typing import Any, Final

from django.db import transaction

from alpclusters.platform.accounts.models import Role, User
from alpclusters.platform.fields import fields_of
from alpclusters.platform.history import set_values, sign
from alpclusters.platform.languages.folding import fold_umlauts
from alpclusters.platform.partnership.models import Project, ProjectFact, RoleAssignment

PROJECT_FIELDS: Final = tuple(field.name for field in fields_of(Project, lambda one: one.part))
# One free text per section; each section keeps its own field, audience and beneficiaries apart.
OWN_SECTIONS: Final = ("aim", "target_group", "beneficiary")


@transaction.atomic
def create_project(*, fields: Mapping[str, Any], by: User) -> Project:
    """Make a project; who makes it coordinates it.

    Parameters
    ----------
    fields : mapping
        Values of `PROJECT_FIELDS`; of a text all languages.
    by : User
        The person who makes it.
    """
    project = Project(slug=free_slug(fields["acronym"]), created_by=by)
    set_values(project, fields, PROJECT_FIELDS)
    _save(project, by)
    RoleAssignment.objects.create(
        user=by, role=Role.PARTNER_COORDINATOR, project=project, granted_by=by
    )
    return project


@transaction.atomic
def change_project(project: Project, *, fields: Mapping[str, Any], by: User) -> bool:
    """Change fields of a project; False if nothing differs."""
    if not set_values(project, fields, PROJECT_FIELDS):
        return False
    _save(project, by)
    return True


@transaction.atomic
def change_statements(
    project: Project, *, texts: Mapping[str, Mapping[str, str]], by: User
) -> None:
    """Store what a project says of its aims, target groups and beneficiaries.

    Parameters
    ----------
    project : Project
        The project.
    texts : mapping
        Section (one of `OWN_SECTIONS`) to language to text; a section without any text goes.
    by : User
        Who changes it.
    """
    for section, values in texts.items():
        fact = project.facts.filter(key=f"own-{section}").first()
        if any(values.values()):
            _store_statement(project, fact, section, values, by)
        elif fact:
            sign(fact, by)
            fact.delete()


def free_slug(name: str) -> str:
    """Return an address for a name that no other project has."""
    base = re.sub(r"[^a-z0-9]+", "-", fold_umlauts(name)).strip("-")[:40] or "project"
    taken = set(Project.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    number = 2
    slug = base
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return slug


def _store_statement(
    project: Project, fact: ProjectFact | None, section: str, values: Mapping[str, str], by: User
) -> None:
    fact = fact or ProjectFact(project=project, key=f"own-{section}", section=section)
    fact.order = OWN_SECTIONS.index(section)
    fact.status = "verified"
    if set_values(fact, {"value": values}, ("value",)):
        _save(fact, by)


def _save(thing: Any, by: User) -> None:
    sign(thing, by)
    thing.save()

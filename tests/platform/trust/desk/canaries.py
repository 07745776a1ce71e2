"""A canary in every personal field of the inventory: one person who stands everywhere."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connection, models

from alpclusters.platform.accounts.models import User
from alpclusters.platform.actors.models import Person
from alpclusters.platform.desk.retention import inventory
from alpclusters.platform.trust.models import SecurityEvent

MAIL = "canary@secret.example"
NAME = "Canary Zupan"
OFFICE = {"representative", "officer_name"}
TEXT = (models.CharField, models.TextField)


def personal() -> Iterator[tuple[type[models.Model], models.Field]]:
    """Every personal field of every table."""
    for label, listed in inventory().items():
        for name in listed.get("personal", ()):
            model = apps.get_model(label)
            yield model, model._meta.get_field(name)
    for label, name in (("cafe.guest", "name"), ("cafe.card", "author")):
        yield apps.get_model(label), apps.get_model(label)._meta.get_field(name)


def plant(user: User, person: Person) -> set[str]:
    """Write the person into one row of every table; return the fields that hold a canary.

    Fields that lead to an account or a contact point to it, addresses and names are the person's,
    every other free text has a word of its own. Choices, dates and the like can hold no canary.
    """
    planted = set()
    for model, field in personal():
        row = _row_of(model, user, person)
        value = _canary(model, field, user, person)
        # What lies beside the chain of the log can only be emptied: it was written as the person.
        if row is None or value is None or model is SecurityEvent:
            continue
        model._default_manager.filter(pk=row.pk).update(**{field.name: value})
        planted.add(f"{model._meta.label_lower}.{field.name}")
    return planted


def without_rows() -> list[str]:
    """Personal tables in which nothing stands: a canary cannot be planted there."""
    wanted = {model for model, _field in personal()}
    return sorted(m._meta.label_lower for m in wanted if not m._default_manager.exists())


def _row_of(model: type[models.Model], user: User, person: Person) -> Any:
    if model is User:
        return user
    if model is Person:
        return person
    return model._default_manager.order_by("pk").first()


def _canary(model: type[models.Model], field: models.Field, user: User, person: Person) -> Any:
    if field.related_model is User and not field.many_to_many:
        return user
    if field.related_model is Person:
        return person
    if field.is_relation or not isinstance(field, TEXT) or field.choices:
        return None
    if isinstance(field, models.EmailField):
        return MAIL
    if field.name in {"name", "people", "host_name", "contact_name", "author", *OFFICE}:
        return NAME
    return f"canary {model._meta.model_name} {field.name}"[: field.max_length]


def found_in_tables(word: str) -> dict[str, int]:
    """Return in how many rows of which tables a word stands: asked otherwise than the program."""
    found = {}
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")
            n = sum(word in repr(row).lower() for row in cursor.fetchall())
            if n:
                found[name] = n
    return found

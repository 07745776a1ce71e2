"""What people wrote stays text: no page takes it for markup.

Every longer text of the database carries a tag of its own; no page of HTML may hold that tag.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, Length
from django.urls import NoReverseMatch

from alpclusters.platform.cafe.models import Criterion
from alpclusters.platform.languages.text import TranslatedText
from tests.permissions.asking import address_of, ask
from tests.permissions.table import ROWS, Row
from tests.permissions.world import World

pytestmark = [pytest.mark.integration, pytest.mark.django_db, pytest.mark.slow]

TAG = "<b class=planted>"
TEXT = f"{TAG}</script>{TAG}'\""
# What is shorter is a code, a key, a number of a sheet.
SHORTEST = 80
NO_TEXTS = ("file", "path", "hash", "token", "key", "slug", "url", "address", "email", "secret")
FEWEST_TEXTS = 150
FEWEST_PAGES = 600
FEWEST_CARRYING = 70


def texts() -> Iterator[tuple[type[models.Model], str]]:
    """List the fields in which people write, of every app of the platform."""
    for model in apps.get_models():
        if not model.__module__.startswith("alpclusters.") or model.__name__.startswith(
            "Historical"
        ):
            continue
        for field in model._meta.concrete_fields:
            if _is_written_in(field):
                yield model, field.name


def _is_written_in(field: models.Field) -> bool:
    is_plain = type(field) in {models.TextField, models.CharField, TranslatedText}
    is_short = field.max_length is not None and field.max_length < SHORTEST
    is_named = any(part in field.name for part in NO_TEXTS)
    return is_plain and not (field.choices or field.unique or is_short or is_named)


def plant() -> int:
    """Write the tag at the end of every text that has room for it; return in how many fields."""
    n = 0
    for model, name in texts():
        field = model._meta.get_field(name)
        if isinstance(field, TranslatedText):
            n += _plant_in_languages(model, field)
            continue
        rows = model._base_manager.exclude(**{name: ""}).exclude(**{f"{name}__isnull": True})
        longest = field.max_length
        if longest is not None:
            room = Value(longest - len(TEXT))
            rows = rows.annotate(planted_length=Length(name)).filter(planted_length__lte=room)
        # Snapshots stay as they are.
        with suppress(IntegrityError), transaction.atomic():
            n += bool(rows.update(**{name: Concat(F(name), Value(TEXT))}))
    return n + _plant_in_scales()


def _plant_in_scales() -> int:
    """Write the tag into the words of every step of every scale; return in how many languages."""
    planted = set()
    for criterion in Criterion.objects.all():
        labels = tuple(
            {code: f"{word}{TEXT}" for code, word in words.items()}
            for words in criterion.scale.labels
        )
        Criterion.objects.filter(pk=criterion.pk).update(
            scale=replace(criterion.scale, labels=labels)
        )
        planted |= {code for words in labels for code in words}
    return len(planted)


def _plant_in_languages(model: type[models.Model], field: TranslatedText) -> int:
    """Write the tag into every language of a text; return in how many."""
    rows = {row.pk: getattr(row, field.name).by_language for row in model._base_manager.all()}
    planted = {
        pk: {code: f"{text}{TEXT}" for code, text in texts.items()}
        for pk, texts in rows.items()
        if texts and _has_room(field, texts.values())
    }
    for pk, texts in planted.items():
        with suppress(IntegrityError), transaction.atomic():
            model._base_manager.filter(pk=pk).update(**{field.name: texts})
    return len({code for texts in planted.values() for code in texts})


def _has_room(field: TranslatedText, texts: Iterable[str]) -> bool:
    longest = field.max_length
    return longest is None or max(map(len, texts)) <= longest - len(TEXT)


def _address(row: Row, relation: str, world: World) -> str:
    try:
        return address_of(row, relation, world)
    except NoReverseMatch:
        return ""


def test_no_page_takes_a_text_for_markup(world: World):
    n_texts = plant()
    found, read, carrying = [], 0, 0

    for row in ROWS.values():
        for relation, outcomes in row.outcomes.items():
            if not row.is_page or not (path := _address(row, relation, world)):
                continue
            role = "administrator" if outcomes["administrator"] == "ok" else "visitor"
            answer = ask(world.clients[role], "GET", path)
            body = answer.response.content.decode()
            read += 1
            carrying += "class=planted" in body
            if TAG in body or answer.status >= 500:
                found.append((row.name, relation, answer.status, answer.error))

    assert found == []
    assert n_texts >= FEWEST_TEXTS
    assert read >= FEWEST_PAGES
    assert carrying >= FEWEST_CARRYING

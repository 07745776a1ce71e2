"""The SQL of the hot path against the models: a column that moves fails here, not in a hall."""

import ast
import inspect
import os
import re
import subprocess
import sys

import pytest
from django.apps import apps
from django.db import models

from alpclusters.live import tables, words
from alpclusters.platform.actors.domain import named_lists
from alpclusters.platform.cafe.domain import roles
from alpclusters.platform.cafe.models import (
    RATING_ROUNDS,
    REPLAY_GRACE,
    AlpCafe,
    Block,
    Card,
    Comment,
    Feedback,
    Participant,
    Phase,
    Rating,
    Source,
    TopThree,
)

pytestmark = pytest.mark.unit

WRITTEN = [
    (Rating, tables.RATING_COLUMNS),
    (Participant, tables.PARTICIPANT_COLUMNS),
    (Card, tables.CARD_COLUMNS),
    (TopThree, tables.TOP_THREE_COLUMNS),
    (Comment, tables.COMMENT_COLUMNS),
    (Feedback, tables.FEEDBACK_COLUMNS),
]
# PostgreSQL's names of the columns a group of ratings is sent with.
TYPES = {
    "BigIntegerField": "bigint",
    "ForeignKey": "bigint",
    "CharField": "text",
    "PositiveSmallIntegerField": "smallint",
    "SmallIntegerField": "smallint",
    "BooleanField": "bool",
    "DateTimeField": "timestamptz",
}


def columns(model) -> set[str]:
    return {field.column for field in model._meta.concrete_fields} - {"id"}


@pytest.mark.parametrize(("model", "written"), WRITTEN, ids=lambda v: getattr(v, "__name__", ""))
def test_every_column_of_a_table_is_written(model, written):
    assert set(written) == columns(model)
    assert len(set(written)) == len(written)


def test_the_columns_that_are_read_of_an_event_exist():
    assert set(tables.EVENT_COLUMNS) <= {f.column for f in AlpCafe._meta.concrete_fields}


def test_a_group_of_ratings_has_the_types_of_the_columns():
    fields = {field.column: field for field in Rating._meta.concrete_fields}

    expected = [TYPES[fields[name].get_internal_type()] for name in tables.RATING_COLUMNS]

    assert list(tables._RATING_TYPES) == expected


def relations(model):
    """Every relation that leads to a model, those without a name on its side too."""
    fields = model._meta.get_fields(include_hidden=True)
    return [f for f in fields if f.auto_created and not f.concrete and f.is_relation]


def parts_of(model) -> set[tuple[str, str]]:
    """Everything that hangs on a row and would be deleted with it, or would forbid it."""
    found = set()
    for relation in relations(model):
        if relation.many_to_many:
            through = relation.through
            for field in through._meta.concrete_fields:
                if field.related_model is model:
                    found.add((through._meta.db_table, field.column))
        elif relation.on_delete is not models.SET_NULL:
            table = relation.related_model._meta.db_table
            found.add((table, relation.field.column))
    return found


def test_a_person_is_deleted_with_everything_that_hangs_on_it():
    assert set(tables.PERSON_PARTS) == parts_of(Participant)


def test_a_card_is_deleted_with_everything_that_hangs_on_it():
    assert set(tables.CARD_PARTS) == parts_of(Card)


def test_what_only_refers_to_a_person_is_emptied_or_deleted():
    kept = {
        (r.related_model._meta.db_table, r.field.column)
        for r in relations(Participant)
        if r.on_delete is models.SET_NULL
    }

    assert kept == {("cafe_card", "participant_id"), ("cafe_guest", "participant_id")}


UNIQUE = {
    "cafe_rating": ("cafe_id, key", Rating),
    "cafe_topthree": ("cafe_id, key", TopThree),
    "cafe_comment": ("participant_id, measure_id", Comment),
    "cafe_feedback": ("participant_id", Feedback),
    "cafe_card": ("cafe_id, public_id", Card),
}


@pytest.mark.parametrize("table", UNIQUE)
def test_conflicts_are_told_by_a_constraint_that_exists(table):
    names, model = UNIQUE[table]
    constraints = {
        ", ".join(model._meta.get_field(f).column for f in c.fields)
        for c in model._meta.constraints
        if isinstance(c, models.UniqueConstraint)
    }

    assert names in constraints


def test_every_table_that_is_named_exists():
    source = inspect.getsource(tables)
    texts = [n.value for n in ast.walk(ast.parse(source)) if isinstance(n, ast.Constant)]
    named = {
        found
        for text in texts
        if isinstance(text, str)
        for found in re.findall(
            r"(?:FROM|INTO|UPDATE|JOIN) ((?:cafe|measures|territory|accounts)_[a-z_]+)", text
        )
    }
    existing = {m._meta.db_table for m in apps.get_models(include_auto_created=True)}

    assert named - existing == set()
    assert "cafe_rating" in named


# ---- words ---------------------------------------------------------------------------------


def test_the_words_of_the_hot_path_are_those_of_the_models():
    assert {str(k): v for k, v in RATING_ROUNDS.items()} == words.RATING_ROUNDS
    assert REPLAY_GRACE.total_seconds() * 1000 == words.GRACE_MS
    assert set(Source.values) == set(words.SOURCES)
    assert words.PARTICIPATION == Block.PARTICIPATION
    assert set(Phase.values) >= words.BEFORE_TALK | words.AT_TABLES


def test_the_lists_of_the_profile_are_those_of_the_site():
    assert words.keys_of("roles") == set(roles.role_keys())
    assert words.keys_of("levels") == set(named_lists.level_keys())
    assert words.keys_of("experience") == set(roles.experience_keys())


def test_the_writer_runs_without_django():
    code = (
        "import sys\n"
        "import alpclusters.live.intake, alpclusters.live.gateway\n"
        "print(sorted(m for m in sys.modules if m.split('.')[0] in {'django', 'scipy'}))"
    )

    result = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"},
    )

    assert result.stdout.strip() == "[]"

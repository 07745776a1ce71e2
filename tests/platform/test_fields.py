"""What is said about a column hangs on the column, in its history too."""

import copy

import pytest
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.migrations.writer import MigrationWriter
from django.test.utils import isolate_apps
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from alpclusters.platform.fields import (
    About,
    Privacy,
    about,
    about_of,
    fact,
    fields_of,
    groups_of,
    label_of,
)

pytestmark = pytest.mark.unit


@pytest.fixture(scope="module")
def body():
    with isolate_apps("alpclusters.platform.actors"):

        class Body(models.Model):  # noqa: DJ008 - never shown
            name = fact(models.CharField(_("Name"), max_length=20), "name", words="names")
            town = fact(models.CharField(max_length=20), "place", in_lists=True)
            postcode = fact(models.CharField(max_length=20), "place", merge="town")
            keeper = about(models.CharField(max_length=20), privacy=Privacy.PERSONAL)
            computed = models.IntegerField()

            class Meta:
                app_label = "actors"

    return Body


def names(fields):
    return [field.name for field in fields]


def test_columns_are_chosen_by_what_is_said_about_them(body):
    assert names(fields_of(body)) == ["name", "town", "postcode", "keeper"]
    assert names(fields_of(body, lambda one: one.part == "place")) == ["town", "postcode"]
    assert names(fields_of(body, lambda one: one.in_lists)) == ["town"]
    assert names(fields_of(body, lambda one: one.privacy != Privacy.NONE)) == ["keeper"]
    assert about_of(body._meta.get_field("computed")) is None


def test_a_fact_is_public_exported_and_merged_unless_said_otherwise(body):
    assert about_of(body._meta.get_field("name")) == About(
        part="name", merge=".", exported=True, public=True, words="names"
    )
    assert about_of(body._meta.get_field("keeper")) == About(privacy=Privacy.PERSONAL)


def test_groups_stand_and_fall_together(body):
    assert groups_of(body) == [("name",), ("town", "postcode")]


def test_a_group_is_named_by_its_first_column():
    with isolate_apps("alpclusters.platform.actors"):

        class Odd(models.Model):  # noqa: DJ008 - never shown
            postcode = fact(models.CharField(max_length=20), merge="town")
            town = fact(models.CharField(max_length=20))

            class Meta:
                app_label = "actors"

    with pytest.raises(ValueError, match="group town begins with postcode"):
        groups_of(Odd)


def test_a_label_is_in_the_language_of_the_reader(body):
    with override("sl"):
        assert label_of(body, "name") == "Ime"
    with pytest.raises(FieldDoesNotExist):
        label_of(body, "telephone")


def test_a_misspelt_attribute_is_refused():
    with pytest.raises(TypeError, match="exportd"):
        fact(models.IntegerField(), exportd=False)


def test_a_copy_of_a_column_keeps_it_and_a_migration_does_not_see_it(body):
    column = body._meta.get_field("town")

    assert about_of(copy.copy(column)) == about_of(column)
    assert "about" not in str(MigrationWriter.serialize(column))

"""What people say of initiatives, programmes and lessons stands where the column says it does."""

import csv
import io
import zipfile

import pytest

from alpclusters.platform.evidence.domain.archive.writing import write_package
from alpclusters.platform.evidence.models import Initiative, Lesson, LessonMeasure, Programme
from alpclusters.platform.fields import attributes_of, fields_of
from tests.factories.columns import another
from tests.factories.evidence import (
    make_initiative,
    make_lesson,
    make_programme,
    make_suggestion,
)
from tests.factories.measures import make_measure

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

# Tables of the data package, and the lists to take away: how they call what has another name.
PACKAGE = {
    Initiative: "initiatives",
    Lesson: "lessons",
    LessonMeasure: "lesson_measures",
    Programme: "programmes",
}
LISTS = {Initiative: "initiatives/export.csv", Lesson: "lessons/export.csv"}
RENAMED = {
    (Initiative, "budget_cents"): "budget",
    (Initiative, "eu_cents"): "eu_share",
    (Initiative, "sectors"): "sectors_nace_rev2",
    (Initiative, "follows"): "continues",
    (Lesson, "answer"): "answer_to_contradiction",
    (Lesson, "own_grade"): "certainty_judged",
    (Lesson, "own_grade_reason"): "reason_of_judgement",
}


def exported(*models):
    return [(one, c) for one in models for c in fields_of(one, lambda said: said.exported)]


def in_ids(value):
    return getattr(value, "name", None) or value.__name__


@pytest.fixture
def rows():
    """Return a row of each model in which every column that people fill is filled."""
    before, programme = make_initiative(), make_programme()
    lesson = make_lesson()
    made = {
        Initiative: make_initiative(),
        Lesson: lesson,
        LessonMeasure: make_suggestion(lesson, make_measure()),
        Programme: programme,
    }
    for model, row in made.items():
        for number, column in enumerate(fields_of(model), start=1):
            if column.name not in {"is_published", "measure_type"}:
                setattr(row, column.name, another(row, column, number, before, programme))
        row.save()
    Lesson.objects.update(measure_type="cluster_meetings")
    return made


def read(text):
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


@pytest.mark.parametrize(("model", "column"), exported(*PACKAGE), ids=in_ids)
def test_what_is_exported_stands_in_the_data_package(model, column, rows):
    out = io.BytesIO()
    write_package(out, base="https://evidence.example")
    table = read(zipfile.ZipFile(out).read(f"data/{PACKAGE[model]}.csv").decode())
    key = getattr(rows[model], "key", rows[Lesson].key)
    (row,) = [one for one in table if key in {one.get("key"), one.get("lesson")}]

    names = [*attributes_of(column)] if column.name not in row else [column.name]
    assert all(row[name] for name in names)


@pytest.mark.parametrize(("model", "column"), exported(*LISTS), ids=in_ids)
def test_what_is_exported_stands_in_the_list_to_take_away(client, model, column, rows):
    answer = client.get(f"/en/{LISTS[model]}")
    table = read(b"".join(answer).decode())
    (row,) = [one for one in table if one["key"] == rows[model].key]

    assert row[RENAMED.get((model, column.name), column.name)]


@pytest.mark.parametrize("column", fields_of(Initiative, lambda one: one.public), ids=in_ids)
def test_what_is_public_of_an_initiative_is_read_on_its_page(client, column, rows):
    row, address = rows[Initiative], f"/en/initiatives/{rows[Initiative].key}/"
    before = client.get(address).content
    other = another(row, column, 90, row, make_programme(name="Another"))
    Initiative.objects.filter(pk=row.pk).update(**{column.name: other})

    assert client.get(address).content != before

"""What is decided about an AlpCafé stands on its page and in its open data where columns say so."""

from datetime import date, time, timedelta

import pytest
from django.utils import timezone

from alpclusters.platform.cafe.models import AlpCafe, Criterion, Question, Table
from alpclusters.platform.evaluation.domain.open_data import open_data_files
from alpclusters.platform.evaluation.domain.releases import release_snapshot
from alpclusters.platform.evaluation.domain.snapshots import evaluate_cafe
from alpclusters.platform.fields import fields_of
from tests.factories.cafe import NOW, make_draft
from tests.factories.evaluation import make_criterion, make_measure, make_project, make_region
from tests.factories.protocols import make_held_cafe

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

# Another value than the factories give.
OTHER = {
    "project": lambda: make_project(slug="larch"),
    "region": lambda: make_region("ITC2"),
    "title": lambda: {"en": "Another title"},
    "place": lambda: "Kranj",
    "directions": lambda: "By the bridge",
    "held_on": lambda: timezone.localdate() + timedelta(days=77),
    "starts_at": lambda: time(8, 15),
    "ends_at_time": lambda: time(17, 45),
    "languages": lambda: ["sl"],
    "welcome": lambda: {"en": "What it is for"},
    "open_registration": lambda: False,
    "round": lambda: AlpCafe.Round.NEEDS,
    "measures": lambda: make_measure("vouchers"),
    "criteria": lambda: make_criterion("durability"),
    "topic": lambda: {"en": "Another topic"},
    "measure": lambda: make_measure("vouchers"),
    "text": lambda: {"en": "Another question?"},
    "name": lambda: {"en": "Another name"},
}


def in_ids(value):
    return getattr(value, "name", None) or value.__name__


def put_another(row, column):
    value = OTHER[column.name]()
    if column.many_to_many:
        through = column.remote_field.through.objects
        through.filter(**{column.m2m_field_name(): row}).delete()
        through.create(**{column.m2m_field_name(): row, column.m2m_reverse_field_name(): value})
    else:
        type(row).objects.filter(pk=row.pk).update(**{column.name: value})


@pytest.mark.parametrize("column", fields_of(AlpCafe, lambda said: said.public), ids=in_ids)
def test_what_is_public_is_read_on_the_page_of_the_cafe(client, column):
    cafe = make_draft()
    cafe.held_on, cafe.starts_at = date(2099, 1, 1), time(9)
    cafe.open_registration, cafe.state, cafe.in_hall = True, AlpCafe.State.OPEN, True
    cafe.save()
    address = f"/en/cafes/{cafe.pk}/"
    before = client.get(address).content

    put_another(cafe, column)

    assert client.get(address).content != before


@pytest.mark.parametrize(
    ("model", "column"),
    [
        (model, column)
        for model in (AlpCafe, Table, Question, Criterion)
        for column in fields_of(model, lambda said: said.exported)
    ],
    ids=in_ids,
)
def test_what_is_exported_stands_in_the_open_data(model, column):
    cafe = make_held_cafe()
    release_snapshot(evaluate_cafe(cafe, made_by=None, now=NOW), now=NOW)
    before = open_data_files(cafe)["event.json"]
    rows = {
        AlpCafe: cafe,
        Table: cafe.tables.first(),
        Question: cafe.questions.first(),
        Criterion: cafe.criteria.first(),
    }

    put_another(rows[model], column)

    again = AlpCafe.objects.get(pk=cafe.pk)
    assert open_data_files(again)["event.json"] != before

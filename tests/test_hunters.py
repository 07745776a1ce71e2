"""The hunters bite: each mistake they look for is made here once, and found."""

from datetime import datetime

import pytest
from django.core.paginator import Paginator, UnorderedObjectListWarning
from django.db import connection
from django.http import HttpResponse
from django.template import engines
from django.test import override_settings
from django.urls import path

from alpclusters.platform.accounts.models import User
from tests.factories.accounts import make_user
from tests.hunters import writes_of_block

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def writing_view(request):  # noqa: ARG001 - Django's signature
    User.objects.update(name="changed")
    return HttpResponse("done")


urlpatterns = [path("careless/", writing_view)]


def render(source: str, **context: object) -> str:
    return engines["django"].from_string(source).render(context)


def test_variable_nobody_filled_is_found(unknown_variables):
    assert render("{{ nobody }}{{ person.shoe_size }}", person=make_user()) == ""

    assert [line.split(": ")[1] for line in unknown_variables] == ["nobody", "person.shoe_size"]
    unknown_variables.clear()


def test_variable_handed_to_another_template_is_found(unknown_variables):
    render('{% include "components/mark.html" with kind=nobody only %}')

    assert "nobody" in unknown_variables[0]
    unknown_variables.clear()


def test_variable_that_says_it_may_be_missing_is_no_mistake(unknown_variables):
    source = "{% if nobody %}x{% endif %}{{ nobody|default:'-' }}{{ empty }}"

    assert render(source, empty="") == "-"
    assert unknown_variables == []


@override_settings(ROOT_URLCONF=__name__)
def test_get_that_writes_is_found(client, reading_writes_nothing):
    client.get("/careless/")

    assert reading_writes_nothing == ["GET /careless/: UPDATE accounts_user"]
    reading_writes_nothing.clear()


@override_settings(ROOT_URLCONF=__name__)
def test_post_may_write(client, reading_writes_nothing):
    client.post("/careless/")

    assert reading_writes_nothing == []


def test_session_is_no_content():
    with writes_of_block() as writes, connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_session")

    assert writes.tables == []


def test_pages_of_rows_without_order_are_found():
    with pytest.raises(UnorderedObjectListWarning):
        Paginator(User.objects.all(), 1).page(1)


def test_date_without_time_zone_is_found():
    with pytest.raises(RuntimeWarning, match="naive datetime"):
        make_user(joined_at=datetime(2026, 7, 1, 9))  # noqa: DTZ001 - the mistake to be found


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite can be asked to do so")
def test_rows_without_order_come_in_reverse():
    first, second = make_user(), make_user()

    assert list(User.objects.all()) == [second, first]

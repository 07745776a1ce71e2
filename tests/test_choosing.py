"""What ``--database`` leaves out, shown on the tests of this file; which files begin first."""

from types import SimpleNamespace

import pytest
from django.db import connection

from tests.choosing import HERE, LONG, asks_database, place

pytestmark = pytest.mark.integration


@pytest.fixture
def somebody(admin_user):
    return admin_user


def test_one_that_asks_no_database_is_left_out(request):
    assert not asks_database(request.node)


def test_what_is_left_out_cannot_ask_it_in_secret():
    with pytest.raises(RuntimeError, match="Database access not allowed"):
        connection.cursor()


@pytest.mark.django_db
def test_marked_one_stays(request):
    assert asks_database(request.node)


def test_one_that_gets_it_through_another_fixture_stays(request, somebody):
    assert somebody.pk
    assert asks_database(request.node)


@pytest.mark.database
def test_one_that_hands_it_to_another_process_stays(request):
    assert asks_database(request.node)


def test_long_files_are_there_and_come_first(request):
    assert [name for name in LONG if not (HERE / name).is_file()] == []
    places = [place(SimpleNamespace(path=HERE / name)) for name in LONG]
    assert places == list(range(len(LONG)))
    assert place(request.node) == len(LONG)

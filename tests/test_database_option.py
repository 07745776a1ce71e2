"""What ``--database=postgresql`` keeps: every test that can ask the database."""

import pytest
from django.db import connection

from tests.conftest import uses_database

pytestmark = pytest.mark.integration


@pytest.fixture
def somebody(admin_user):
    return admin_user


def test_one_that_asks_no_database_is_left_out(request):
    assert not uses_database(request.node)


def test_what_is_left_out_cannot_ask_it_in_secret():
    with pytest.raises(RuntimeError, match="Database access not allowed"):
        connection.cursor()


@pytest.mark.django_db
def test_marked_one_stays(request):
    assert uses_database(request.node)


def test_one_that_gets_it_through_another_fixture_stays(request, somebody):
    assert somebody.pk
    assert uses_database(request.node)


@pytest.mark.database
def test_one_that_hands_it_to_another_process_stays(request):
    assert uses_database(request.node)

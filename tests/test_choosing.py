"""What ``--database`` leaves out, shown on the tests of this file; which files begin first."""

from types import SimpleNamespace

import pytest
from django.db import connection

from tests.choosing import HERE, LONG, SAME_THERE, SAMPLED_THERE, asks_database, chosen, place

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


def test_folders_with_a_reason_are_there():
    assert [name for name in (*SAME_THERE, *SAMPLED_THERE) if not (HERE / name).is_dir()] == []


def test_new_folder_runs_on_the_other_database_until_somebody_says_why_not():
    assert names(("new/test_a.py::test_a[x]", "new/test_a.py::test_a[y]")) == [
        "test_a[x]",
        "test_a[y]",
    ]
    assert names(("test_a.py::test_a",)) == ["test_a"]


def test_table_of_rights_does_not():
    assert names(("permissions/test_a.py::test_a",)) == []


def test_one_function_of_three_runs_there_with_its_first_parameters_where_a_sample_is_enough():
    asked = ["a[x]", "a[y]", "b[x]", "b[y]", "c", "d", "e"]
    asked = [f"www/test_a.py::test_{name}" for name in asked]

    assert names((*asked, "www/test_b.py::test_f")) == ["test_a[x]", "test_d", "test_f"]


def test_mark_takes_a_test_out_of_the_sample():
    assert names(("www/test_a.py::test_a", "www/test_a.py::test_b!")) == ["test_a", "test_b!"]


def names(nodeids):
    """Return the names of those chosen; the mark ``database`` is on those that end with "!"."""
    return [item.nodeid.partition("::")[2] for item in chosen([made_up(one) for one in nodeids])]


def made_up(nodeid):
    mark = "database" if nodeid.endswith("!") else None
    return SimpleNamespace(
        nodeid=f"tests/{nodeid}",
        path=HERE / nodeid.partition("::")[0],
        get_closest_marker=lambda _name: mark,
    )

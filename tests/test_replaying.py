"""A factory that is replayed leaves the same rows and returns the same; else it works as always."""

from datetime import date

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.factories.evaluation import make_region
from tests.factories.policy import make_plan
from tests.factories.protocols import make_held_cafe
from tests.factories.replaying import frozen, is_plain, is_untouched, replayed
from tests.statements import DIARY

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def on_sqlite():
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL counts on after a rollback, so nothing is replayed there")


def rows() -> dict[str, list[tuple]]:
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        return {
            name: sorted(map(repr, cursor.execute(f'SELECT * FROM "{name}"').fetchall()))
            for name in names
        }


def twice(factory, *args, **options):
    """Return rows, object and number of statements of two calls in the same empty database."""
    make = replayed(factory.__wrapped__)  # knows nothing of other tests
    found = []
    for _ in range(2):
        DIARY.current.has_written = False
        with transaction.atomic(), CaptureQueriesContext(connection) as queries:
            made = make(*args, **options)
            n = len(queries)
            found.append((rows(), made, n))
            transaction.set_rollback(True)
    return found


@pytest.mark.parametrize(
    ("factory", "options"),
    [(make_plan, {}), (make_plan, {"published": True}), (make_held_cafe, {"people": 9})],
    ids=["plan", "published plan", "held hall"],
)
def test_the_same_rows_and_the_same_object(factory, options):
    first, second = twice(factory, **options)

    assert second[0] == first[0]
    assert vars_of(second[1]) == vars_of(first[1])
    assert second[2] < first[2]


def vars_of(thing) -> dict:
    return {name: value for name, value in vars(thing).items() if name != "_state"}


def test_where_something_was_written_the_factory_works_itself():
    calls = []
    make = replayed(lambda: calls.append(make_region("AT32")))
    assert is_untouched()

    make_region("SI04")
    make()
    make()

    assert not is_untouched()
    assert len(calls) == 2


def test_what_waits_for_the_commit_waits_again():
    done = []
    make = replayed(lambda: transaction.on_commit(print) or make_region("AT32"))
    for _ in range(2):
        DIARY.current.has_written = False
        with transaction.atomic():
            make()
            done.append([do for _, do, _ in connection.run_on_commit])
            transaction.set_rollback(True)

    assert done == [[print], [print]]


def test_objects_are_no_plain_arguments():
    assert is_plain(((("fair", "pilot"),), (("published", True),)))
    assert not is_plain(((make_region("AT32"),), ()))


def test_lists_are_arguments_as_tuples_are():
    assert frozen(([("fair", ["de", "sl"])], date(2026, 7, 1))) == (
        (("fair", ("de", "sl")),),
        date(2026, 7, 1),
    )

"""What ``--database`` leaves out, what is noted for that, and which files begin first."""

from itertools import pairwise
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from alpclusters.platform.operation.demonstration import has_demonstration
from alpclusters.platform.partnership.models import Project
from tests.choosing import HERE, LONG, WAITING, asks_database, chosen, place, spread
from tests.covering import cover
from tests.statements import DIARY, Note, is_plain, read_notes, shape_of, write_notes

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


def test_files_that_wait_are_dealt_out_and_stay_whole():
    names = [LONG[0], *(f"{WAITING}{i}.py" for i in range(3)), *(f"www/{i}.py" for i in range(9))]
    tests = [SimpleNamespace(path=HERE / name) for name in names for _ in range(2)]

    found = [item.path.relative_to(HERE).as_posix() for item in spread(tests)]

    assert sorted(found) == sorted([*names, *names])
    assert found[::2] == found[1::2]
    assert found[0] == LONG[0]
    places = [i for i, name in enumerate(found[::2]) if name.startswith(WAITING)]
    assert [after - before for before, after in pairwise(places)] == [4, 4]


def test_every_statement_is_sent_in_little_time():
    notes = {
        "long": Note(9, {"a", "b", "c"}),
        "short": Note(1, {"a"}),
        "same": Note(2, {"a"}),
        "more": Note(3, {"b", "c"}),
    }

    assert names(notes) == ["short", "more"]


def test_what_a_later_one_sends_as_well_is_taken_back():
    notes = {"short": Note(1, {"a"}), "more": Note(3, {"a", "b"})}

    assert names(notes) == ["more"]


@given(st.dictionaries(st.text(max_size=3), st.tuples(st.floats(0, 9), st.sets(st.integers(0, 9)))))
def test_none_is_missing_and_none_is_needless(made_up):
    notes = {name: Note(seconds, set(shapes)) for name, (seconds, shapes) in made_up.items()}

    found = cover(notes, kept=list(notes)[:1])

    assert sent_by(notes, found) == sent_by(notes, notes)
    for name in found - set(list(notes)[:1]):
        assert sent_by(notes, found - {name}) != sent_by(notes, notes)


def sent_by(notes, names):
    return set().union(*(notes[name].shapes for name in names))


def test_what_commits_is_about_tables_or_is_unknown_stays():
    sent = {"a"}
    notes = {
        "short": Note(1, sent),
        "tables": Note(2, sent, is_special=True),
        "process!database": Note(2, sent),
        "commits!django_db": Note(2, sent),
        "same": Note(3, sent),
    }

    assert names(notes, unknown=["new"]) == [
        *("tables", "process!database", "commits!django_db", "new"),
    ]


def names(notes, unknown=()):
    """Return the names of those chosen; behind "!" stands a mark."""
    made_up = [
        MadeUp(nodeid=name, get_closest_marker=marker_of(name), fixturenames=())
        for name in (*notes, *unknown)
    ]
    return [item.nodeid for item in chosen(made_up, notes)]


class MadeUp(SimpleNamespace):
    """Stands for a test."""

    __hash__ = object.__hash__


def marker_of(nodeid):
    mark = SimpleNamespace(name=nodeid.partition("!")[2], kwargs={"transaction": True})
    return lambda name: mark if name == mark.name else None


class TestNotes:
    """What is sent to SQLite, written down."""

    pytestmark = pytest.mark.django_db

    @pytest.fixture(autouse=True)
    def on_sqlite(self):
        if connection.vendor != "sqlite":
            pytest.skip("only what is sent to SQLite is noted")

    def test_a_statement_is_noted_by_its_shape(self, django_user_model):
        before = set(DIARY.current.shapes)

        for numbers in ([1, 2], [1, 2, 3], [4, 5]):
            found = django_user_model.objects.filter(pk__in=numbers, name__contains="x")
            list(found[: len(numbers)])

        assert len(DIARY.current.shapes - before) == 1

    def test_what_only_a_test_reads_in_one_table_is_not_noted(self):
        before = set(DIARY.current.shapes)

        assert not Project.objects.filter(kind="demonstration").exists()
        assert DIARY.current.shapes == before
        assert not has_demonstration()
        assert len(DIARY.current.shapes - before) == 1

    def test_refusal_is_noted_apart(self, somebody):
        before = set(DIARY.current.shapes)
        with pytest.raises(IntegrityError), transaction.atomic():
            type(somebody)(email=somebody.email).save()

        new = DIARY.current.shapes - before
        assert len([shape for shape in new if shape.startswith("refused ")]) == 1
        assert not DIARY.current.is_special

    def test_what_is_about_tables_makes_a_test_special(self):
        assert not DIARY.current.is_special

        connection.introspection.get_constraints(connection.cursor(), "accounts_user")

        assert DIARY.current.is_special


@pytest.mark.parametrize(
    ("sql", "is_so"),
    [
        ('SELECT COUNT(*) AS "__count" FROM "t" WHERE "t"."id" IN (%s, %s)', True),
        ('SELECT "t"."x" FROM "t" WHERE NOT ("t"."x" = %s) ORDER BY "t"."id" DESC LIMIT 1', True),
        ('SELECT "t"."x" FROM "t" WHERE "t"."x" LIKE %s', False),
        ('SELECT LOWER("t"."x") FROM "t"', False),
        ('SELECT "t"."x" FROM "t" INNER JOIN "u" ON ("t"."id" = "u"."id")', False),
        ('SELECT "t"."x" FROM "t" WHERE "t"."id" IN (SELECT "u"."id" FROM "u")', False),
        ('SELECT ("t"."x" + "t"."y") FROM "t"', False),
        ('INSERT INTO "t" ("x") VALUES (%s)', False),
        ('DELETE FROM "t"', False),
    ],
)
def test_plain_is_what_every_database_reads_alike(sql, is_so):
    assert is_plain(sql) is is_so


def test_more_cases_are_the_same_statement():
    case = ' WHEN ("t"."id" = %s) THEN %s'
    one = 'UPDATE "t" SET "x" = CASE{} ELSE NULL END WHERE "id" IN (%s)'

    assert shape_of(one.format(case)) == shape_of(one.format(case * 3))
    assert shape_of(one.format(case)) != shape_of(one.format(case.replace("id", "of")))


def test_a_language_makes_no_other_statement():
    assert shape_of('SELECT "name_de" FROM "t"') == shape_of('SELECT "name_sl" FROM "t"')
    assert shape_of('SELECT "name_de" FROM "t"') != shape_of('SELECT "name_key" FROM "t"')


def test_notes_are_read_as_they_were_written(tmp_path):
    notes = {"one": Note(0.5, {"a", "b"}), "two": Note(1, {"a"}, is_special=True)}

    write_notes(tmp_path / "1.json", notes)

    assert read_notes(tmp_path.glob("*.json")) == notes

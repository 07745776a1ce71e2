import pytest

from alpclusters.platform.measures.models import Measure
from alpclusters.platform.seed_rows import filled, read_rows, store_rows, texts, yes
from tests.factories.measures import make_measure

pytestmark = pytest.mark.integration


def test_table_that_is_not_there_has_no_rows(tmp_path):
    assert read_rows(tmp_path / "nowhere.csv") == []


def test_texts_beside_a_table_become_columns_and_a_missing_one_is_empty(tmp_path):
    table = tmp_path / "fairs.csv"
    table.write_text("place,year,town\nhall,2026,Graz\nhall,2027,Udine\n", encoding="utf-8")
    table.with_name("fairs_texts.csv").write_text(
        "place,year,column,language,text\nhall,2026,name,de,Messe\nhall,2026,name,en,Fair\n"
        "hall,2027,,sl,Sejem\n",
        encoding="utf-8",
    )

    first, second = read_rows(table)

    assert (first["town"], texts(first, "name")) == (
        "Graz",
        {"name": {"de": "Messe", "en": "Fair"}},
    )
    assert texts(second, "name") == {}
    assert (second["name_de"], second["sl"]) == ("", "Sejem")
    assert filled(first, "name")["sl"] == "Fair"
    assert filled(second, "name")["sl"] == ""


def test_only_filled_columns_of_a_text_are_taken():
    row = {"name_de": "Messe", "name_en": "", "other": "x"}

    assert texts(row, "name") == {"name": {"de": "Messe"}}


def test_yes_is_read_and_everything_else_is_no():
    assert [yes(t) for t in ("yes", " Yes ", "no", "", None)] == [True, True, False, False, False]


@pytest.mark.django_db
def test_row_that_says_the_same_makes_no_version():
    measure = make_measure(key="fair")

    store_rows(Measure, [{"key": "fair", "name": measure.name.by_language}], key=("key",))

    assert measure.history.count() == 1


@pytest.mark.django_db
def test_row_that_says_something_else_is_changed_and_leaves_a_version():
    measure = make_measure(key="fair")

    store_rows(Measure, [{"key": "fair", "name": {"de": "Messe"}}], key=("key",))

    measure.refresh_from_db()
    assert (measure.name.inside("de"), measure.history.count()) == ("Messe", 2)

import pytest

from alpclusters.platform.cafe.domain.host_links import opened_cafe, read_pass
from alpclusters.platform.cafe.domain.print_records import read_event
from tests.factories.evaluation import make_measure
from tests.factories.halls import make_open_hall

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def test_address_on_the_sheet_of_a_host_opens_the_screen_of_this_table(tmp_path, settings):
    settings.HOME = tmp_path
    cafe = make_open_hall()

    tables = read_event(cafe).tables

    for table in tables:
        before, _mark, text = table.host_address.partition("#")
        found = read_pass(text)
        assert before.endswith("/cafe/host/")
        assert (found.screen, found.table) == ("host", table.number)
        assert opened_cafe(found) == cafe


def test_table_brings_its_measure_in_all_languages(tmp_path, settings):
    settings.HOME = tmp_path
    cafe = make_open_hall()
    cafe.tables.filter(number=1).update(measure=make_measure("fair"))

    first, second = read_event(cafe).tables

    assert (first.measure["de"], first.measure["sl"]) == ("Kooperationsbörse", "Borza")
    assert second.measure == {}

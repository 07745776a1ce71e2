"""Shares of the regions of a room from official statistics: recoded, summed, named when missing."""

from datetime import date

import pytest

from alpclusters.analysis.errors import FileFormatError, RecordError
from alpclusters.platform.cafe.domain.margins import as_margins, official_shares, read_official_text
from alpclusters.platform.territory.models import Region, RegionChange
from tests.factories.evaluation import in_five, make_cafe

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

# Made up: no figure of any office.
HEAD = "unit,sex,geo\\time\t2023\t2022\n"
TABLE = HEAD + "NR,T,AT32\t300 p\t290\nNR,F,AT32\t160\t150\nNR,T,FR71\t500\t450\n"
WHOLE = {"unit": "NR", "sex": "T"}


def region(code, level=2, first=2013, last=2024):
    return Region.objects.create(
        code=code,
        level=level,
        country=code[:2],
        first_vintage=first,
        last_vintage=last,
        **in_five("name", [code] * 5),
    )


@pytest.fixture
def cafe():
    made = make_cafe(region="AT32")
    region("FR71", last=2013)
    region("FRK2", first=2016)
    RegionChange.objects.create(
        from_vintage=2013,
        to_vintage=2016,
        level=2,
        from_code="FR71",
        to_code="FRK2",
        relation="recoded",
        is_exact=True,
    )
    held_also(made, "FRK2")
    return made


def held_also(cafe, code):
    type(cafe).objects.create(
        project=cafe.project,
        region=Region.objects.get(code=code),
        title=code,
        held_on=cafe.held_on,
        code=f"X{code}",
    )


def shares(cafe, text, chosen=WHOLE, year="2023"):
    table = read_official_text(cafe, text, name="x.tsv")
    return {one.code: one for one in official_shares(cafe, table, year=year, chosen=chosen)}


def test_a_region_is_found_under_its_code_of_an_older_list(cafe):
    found = shares(cafe, TABLE)

    assert found["FRK2"].codes == ("FR71",)
    assert (found["FRK2"].figure, found["FRK2"].share) == (500, 0.625)
    assert (found["AT32"].share, found["AT32"].flags) == (0.375, "p")


def test_a_region_without_a_figure_of_its_own_is_the_sum_of_all_its_parts_or_missing(cafe):
    for code in ("AT321", "AT322", "AT323"):
        region(code, level=3)
    parts = HEAD + "NR,T,AT321\t100\t1\nNR,T,AT322\t50\t1\nNR,T,FRK2\t250\t1\n"

    assert shares(cafe, parts)["AT32"].figure is None
    whole = shares(cafe, parts + "NR,T,AT323\t100\t1\n")["AT32"]
    assert (whole.figure, whole.share) == (250, 0.5)
    assert whole.codes == ("AT321", "AT322", "AT323")


def test_a_region_that_holds_another_of_the_room_has_no_share_of_its_own(cafe):
    region("AT", level=0)
    held_also(cafe, "AT")

    found = shares(cafe, TABLE + "NR,T,AT\t9000\t1\n")

    assert (found["AT"].holds, found["AT"].figure) == ("AT32", None)
    assert found["AT32"].share == 0.375


def test_source_names_table_choice_and_day(cafe):
    table = read_official_text(cafe, TABLE, name="x.tsv")
    found = official_shares(cafe, table, year="2022", chosen=WHOLE)

    margins = as_margins(
        found, table, dataset="demo_x", year="2022", chosen=WHOLE, day=date(2026, 12, 1)
    )

    assert margins["region"]["source"] == "Eurostat demo_x; sex T; 2026-12-01"
    assert margins["region"]["date"] == "2022"
    assert margins["region"]["shares"] == pytest.approx({"AT32": 290 / 740, "FRK2": 450 / 740})


def test_figures_per_head_and_a_single_region_give_no_shares(cafe):
    for text, chosen, code in (
        (TABLE.replace("NR", "EUR_HAB"), {"unit": "EUR_HAB", "sex": "T"}, "statistics.no_count"),
        (HEAD + "NR,T,AT32\t300\t290\nNR,T,FR71\t: c\t1\n", WHOLE, "statistics.too_few"),
    ):
        table = read_official_text(cafe, text, name="x.tsv")
        found = official_shares(cafe, table, year="2023", chosen=chosen)
        with pytest.raises(RecordError) as caught:
            as_margins(found, table, dataset="", year="2023", chosen=chosen, day=date(2026, 12, 1))
        assert caught.value.code == code


def test_a_table_of_other_regions_is_refused(cafe):
    with pytest.raises(FileFormatError) as caught:
        read_official_text(cafe, HEAD + "NR,T,PL21\t1\t1\n", name="x.tsv")

    assert caught.value.code == "statistics.nothing_here"

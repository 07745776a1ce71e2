"""Tables of Eurostat in three layouts: one content, the wanted places only, bombs end apart."""

import gzip
import json
from pathlib import Path

import pytest

from alpclusters.analysis.errors import FileFormatError, RecordError
from alpclusters.sources.statistics_shares import group_shares
from alpclusters.sources.statistics_tables import Figure, read_statistics

pytestmark = pytest.mark.unit

# Made up: no figure of any office.
SDMX = """DATAFLOW,LAST UPDATE,freq,sex,age,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG,CONF_STATUS
ESTAT:DEMO_R_D2JAN(1.0),01/02/24 11:00:00,A,T,TOTAL,AT32,2022,500,,
ESTAT:DEMO_R_D2JAN(1.0),01/02/24 11:00:00,A,F,TOTAL,AT32,2022,260,,
ESTAT:DEMO_R_D2JAN(1.0),01/02/24 11:00:00,A,T,TOTAL,AT32,2023,510,p,
ESTAT:DEMO_R_D2JAN(1.0),01/02/24 11:00:00,A,T,TOTAL,ITC4,2023,,c,
ESTAT:DEMO_R_D2JAN(1.0),01/02/24 11:00:00,A,T,TOTAL,DE21,2023,900,,
"""
LABELLED = """STRUCTURE,STRUCTURE_ID,freq,Time frequency,sex:Sex,Sex,age,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG
dataflow,ESTAT:DEMO_R_D2JAN(1.0),A,Annual,T:Total,Total,TOTAL,AT32: Salzburg,2022,500,
dataflow,ESTAT:DEMO_R_D2JAN(1.0),A,Annual,F:Females,Females,TOTAL,AT32: Salzburg,2022,260,
dataflow,ESTAT:DEMO_R_D2JAN(1.0),A,Annual,T:Total,Total,TOTAL,AT32: Salzburg,2023,510,p: provisional
dataflow,ESTAT:DEMO_R_D2JAN(1.0),A,Annual,T:Total,Total,TOTAL,ITC4: Lombardia,2023,,c
"""  # noqa: E501
ACROSS = (
    "freq,sex,age,geo\\TIME_PERIOD\t2023 \t2022 \n"
    "A,T,TOTAL,AT32\t510 p\t500 \nA,F,TOTAL,AT32\t: \t260 \nA,T,TOTAL,ITC4\t: c\t: \n"
)
JSON_STAT = json.dumps(
    {
        "id": ["freq", "sex", "age", "geo", "time"],
        "size": [1, 2, 1, 2, 2],
        "value": {"0": 500, "1": 510, "4": 260},
        "status": {"1": "p", "3": "c"},
        "extension": {"id": "DEMO_R_D2JAN"},
        "dimension": {
            name: {"category": {"index": {one: place for place, one in enumerate(values)}}}
            for name, values in {
                "freq": ["A"],
                "sex": ["T", "F"],
                "age": ["TOTAL"],
                "geo": ["AT32", "ITC4"],
                "time": ["2022", "2023"],
            }.items()
        },
    }
)
WANTED = ("AT32", "ITC4")


def read(folder: Path, data, name="estat_demo_r_d2jan.tsv"):
    path = folder / "table"
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return read_statistics(path, name=name, wanted=WANTED)


@pytest.mark.parametrize(
    "data",
    [
        SDMX,
        SDMX.replace(",", ";"),
        LABELLED,
        ACROSS,
        JSON_STAT,
        gzip.compress(ACROSS.encode()),
        b"\xef\xbb\xbf" + SDMX.encode(),
    ],
    ids=["sdmx", "semicolons", "labels", "across", "json-stat", "gzip", "mark"],
)
def test_three_layouts_say_the_same(tmp_path, data):
    table = read(tmp_path, data)

    assert table.dataset == "demo_r_d2jan"
    assert table.years == ["2023", "2022"]
    assert table.choices == {"freq": ["A"], "sex": ["T", "F"], "age": ["TOTAL"]}
    whole = {"freq": "A", "sex": "T", "age": "TOTAL"}
    assert table.figures("2023", whole) == {"AT32": Figure(510, "p"), "ITC4": Figure(None, "c")}
    assert table.figures("2022", whole | {"sex": "F"})["AT32"] == Figure(260, "")


def test_parts_of_a_place_are_kept_only_where_the_place_is_missing(tmp_path):
    parts = SDMX.replace("DE21", "AT321") + SDMX.splitlines()[1].replace("AT32", "ITC41")

    table = read(tmp_path, parts.replace("ITC4,", "ITH1,"))

    assert {geo for _key, geo, _year in table.cells} == {"AT32", "ITC41"}


SECTORS = """DATAFLOW,freq,unit,nace_r2,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG
ESTAT:X(1.0),A,NR,A,AT32,2023,100,u
ESTAT:X(1.0),A,NR,A,ITC4,2023,50,
ESTAT:X(1.0),A,NR,B-E,AT32,2023,200,
ESTAT:X(1.0),A,NR,B-E,ITC4,2023,250,
ESTAT:X(1.0),A,NR,F,AT32,2023,900,
ESTAT:X(1.0),A,NR,F,ITC4,2023,,c
ESTAT:X(1.0),A,NR,TOTAL,AT32,2023,9999,
ESTAT:X(1.0),A,NR,TOTAL,ITC4,2023,9999,
"""


def shares(folder, text=SECTORS, unit="NR"):
    table = read(folder, text)
    chosen = {"freq": "A", "unit": unit}
    return group_shares(table, "nace_r2", places=WANTED, year="2023", chosen=chosen)


def test_groups_of_several_places_are_shares_of_those_that_all_places_know(tmp_path):
    found = shares(tmp_path)

    assert found.shares == {"A": 0.25, "B-E": 0.75}
    assert (found.missing, found.flags) == (("F",), {"A": "u"})


@pytest.mark.parametrize("unit", ["EUR_HAB", "PC", "PC_TOT", "RT_PRE", "HAB"])
def test_of_figures_per_head_or_hundred_no_shares_are_made(tmp_path, unit):
    with pytest.raises(RecordError) as caught:
        shares(tmp_path, SECTORS.replace("NR", unit), unit)

    assert (caught.value.code, caught.value.found) == ("statistics.no_count", unit)


def test_one_group_alone_has_no_share(tmp_path):
    with pytest.raises(RecordError) as caught:
        shares(tmp_path, SECTORS.replace("200", ""))

    assert caught.value.code == "statistics.too_few_groups"


def test_what_was_kept_is_read_again(tmp_path):
    table = read(tmp_path, SDMX)

    again = read(tmp_path, table.as_text())

    assert (again.dimensions, again.years) == (table.dimensions, table.years)
    assert {key: cell for key, cell in again.cells.items() if cell.value} == {
        key: cell for key, cell in table.cells.items() if cell.value
    }


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ("a,b\n1,2\n", "statistics.no_layout"),
        (SDMX.replace("500", "many"), "statistics.not_a_figure"),
        (SDMX.replace("500", "-500"), "statistics.not_a_figure"),
        (SDMX.replace("500", "500,7"), "statistics.unreadable"),
        (SDMX.replace("AT32", "FR10").replace("ITC4", "FR1"), "statistics.nothing_here"),
        (ACROSS + "A,T,TOTAL,AT32\t1\n", "statistics.unreadable"),
        ('{"id": ["geo"', "statistics.unreadable"),
        ('{"id": 7}', "statistics.unreadable"),
        ("[" * 100_000, "statistics.no_layout"),
        (b"\x00\x01\xff", "statistics.unreadable"),
        (gzip.compress(b" " * 200_000_000), "statistics.too_many"),
        (gzip.compress(SDMX.encode())[:-9], "statistics.unreadable"),
        (SDMX + "A,A,A,T,TOTAL,AT32,2022,1,,,\n", "statistics.unreadable"),
        (SDMX + "A,A,A,T,TOTAL,AT32,2022,1,,\n" * 12_001, "statistics.too_many"),
    ],
)
def test_what_is_no_such_table_is_refused_with_a_code(tmp_path, data, code):
    with pytest.raises(FileFormatError) as caught:
        read(tmp_path, data)

    assert caught.value.code == code


def test_the_name_of_a_file_tells_the_table_where_the_file_does_not(tmp_path):
    assert read(tmp_path, ACROSS, "estat_nama_10r_3gdp.tsv.gz").dataset == "nama_10r_3gdp"
    assert read(tmp_path, ACROSS, "Meine Tabelle.tsv").dataset == ""

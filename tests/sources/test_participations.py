"""Participations: columns by name, missing dates and Namibia, packed files, damaged files."""

import gzip
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from alpclusters.analysis.errors import FileFormatError, InputError, RecordError, RecordsError
from alpclusters.sources.participations import read_participations

pytestmark = pytest.mark.integration

HEAD = "rcn,pic,role,type,country,start_date,end_date"
ROWS = [
    "7,999,coordinator,HES,AT,2014-01-01,2016-12-31",
    "7,998,participant,PRC,NA,2014-01-01,2016-12-31",
    "7,998,partner,PRC,NA,2014-01-01,2016-12-31",
    "8,999,coordinator,HES,AT,NA,NA",
    "8,997,participant,PUB,IT,NA,NA",
    "9,997,participant,PUB,IT,2015-03-01,NA",
]


def text_of(rows=ROWS, head=HEAD):
    return "\n".join([head, *rows]) + "\n"


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_numbers_countries_dates_and_sizes(tmp_path):
    read = read_participations(write(tmp_path / "p.csv", text_of()))

    assert read.organisations.tolist() == [997, 998, 999]
    assert [read.countries[code] for code in read.country] == ["IT", "NA", "AT"]
    assert read.projects.tolist() == [7, 8, 9]
    assert read.size.tolist() == [2, 2, 1]  # the repeated row counts once
    assert read.start[0] == date(2014, 1, 1).toordinal()
    assert read.end[0] == date(2016, 12, 31).toordinal()
    assert np.isnan(read.start).tolist() == [False, True, False]
    assert np.isnan(read.end).tolist() == [False, True, True]
    assert (read.provenance.n_rows, read.provenance.file) == (6, "p.csv")
    assert read.notes == ()


def test_packed_file_and_other_order_and_separator_give_the_same(tmp_path):
    plain = read_participations(write(tmp_path / "p.csv", text_of()))
    packed = tmp_path / "p.csv.gz"
    rows = [";".join(row.split(",")[place] for place in (4, 5, 1, 0)) for row in ROWS]
    packed.write_bytes(gzip.compress(text_of(rows, "Country;Start date;PIC;RCN").encode()))

    read = read_participations(packed)

    assert read.country.tolist() == plain.country.tolist()
    assert read.size.tolist() == plain.size.tolist()
    assert np.array_equal(read.start, plain.start, equal_nan=True)
    assert np.isnan(read.end).all()  # that column may be missing
    with pytest.raises(ValueError, match="read-only"):
        read.size[0] = 9


def test_most_frequent_country_and_widest_dates_count_and_are_noted(tmp_path):
    rows = [
        "1,5,,,DE,2014-01-01,2015-01-01",
        "2,5,,,AT,2014-01-01,2015-01-01",
        "3,5,,,AT,2014-01-01,2015-01-01",
        "1,6,,,,2013-05-05,2016-01-01",
        "4,7,,,SI,2014-01-01,2015-01-01",
        "5,7,,,IT,2014-01-01,2015-01-01",
    ]

    read = read_participations(write(tmp_path / "p.csv", text_of(rows)))

    named = [read.countries[code] if code >= 0 else None for code in read.country]
    assert named == ["AT", None, "IT"]  # of equals the first by code
    assert read.start[0] == date(2013, 5, 5).toordinal()
    assert read.end[0] == date(2016, 1, 1).toordinal()
    assert [(note.code, note.values["n"]) for note in read.notes] == [
        ("participations.several_countries", 2),
        ("participations.several_dates", 1),
    ]


DAMAGE = [
    ("7,998,participant", "7,99x,participant", 3, "pic", "B", "table.not_a_whole_number"),
    ("8,999", "-8,999", 5, "rcn", "A", "table.not_a_whole_number"),
    ("AT,NA,NA", "AUT,NA,NA", 5, "country", "E", "participations.not_a_country"),
    ("2015-03-01", "01.03.2015", 7, "start_date", "F", "participations.not_a_date"),
    ("2015-03-01", "2015-02-30", 7, "start_date", "F", "participations.not_a_date"),
    ("AT,NA,NA", "AT,NA,unknown", 5, "end_date", "G", "participations.not_a_date"),
    ("8,997,participant", '8,997,"participant', 6, None, "A", "table.bad_record"),
    ("PUB,IT,NA,NA", "PUB,IT,NA", 6, None, "G", "table.too_few_fields"),
    ("PUB,IT,NA,NA", "PUB,IT,NA,NA,NA", 6, None, "H", "table.too_many_fields"),
]


@pytest.mark.parametrize(("old", "new", "line", "field", "column", "code"), DAMAGE)
def test_damaged_row_is_named(tmp_path, old, new, line, field, column, code):
    path = write(tmp_path / "p.csv", text_of().replace(old, new, 1))

    with pytest.raises(RecordError) as caught:
        read_participations(path)

    where = caught.value.where
    assert (where.file, where.line, where.field, where.column) == ("p.csv", line, field, column)
    assert caught.value.code == code


def test_many_errors_are_counted_and_fifty_kept(tmp_path):
    rows = [f"x,{number},,,AT,NA,NA" for number in range(70)]

    with pytest.raises(RecordsError) as caught:
        read_participations(write(tmp_path / "p.csv", text_of(rows)))

    assert (len(caught.value.errors), caught.value.n_all) == (50, 70)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "file.empty"),
        (HEAD + "\n", "file.no_rows"),
        (text_of(head=HEAD.replace("pic", "body")), "table.missing_column"),
        (text_of(head=HEAD.replace("role", "pic")), "table.duplicate_head"),
        ("a\0b\n", "file.nul"),
    ],
)
def test_file_that_is_no_such_table_is_refused(tmp_path, text, code):
    with pytest.raises(FileFormatError) as caught:
        read_participations(write(tmp_path / "p.csv", text))

    assert caught.value.code == code


def test_missing_file_is_refused(tmp_path):
    with pytest.raises(InputError) as caught:
        read_participations(tmp_path / "none.csv")

    assert caught.value.code == "file.missing"


def test_file_that_unpacks_to_far_more_than_it_is_is_not_read_to_the_end(tmp_path):
    bomb = tmp_path / "bomb.csv.gz"
    bomb.write_bytes(gzip.compress((HEAD + "\n").encode() + b" " * 50_000_000))

    with pytest.raises(FileFormatError) as caught:
        read_participations(bomb)

    assert caught.value.code == "archive.unsafe"


def test_limit_of_bytes_holds_for_what_is_packed(tmp_path):
    packed = tmp_path / "p.csv.gz"
    packed.write_bytes(gzip.compress(text_of(ROWS * 5).encode()))

    with pytest.raises(FileFormatError) as caught:
        read_participations(packed, max_bytes=800)

    assert caught.value.code == "archive.unsafe"


@pytest.mark.parametrize("damage", [lambda data: data[:-20], lambda data: data[:12] + b"x" * 40])
def test_damaged_packed_file_is_refused(tmp_path, damage):
    packed = tmp_path / "p.csv.gz"
    packed.write_bytes(damage(gzip.compress(text_of().encode())))

    with pytest.raises(FileFormatError) as caught:
        read_participations(packed)

    assert caught.value.code == "archive.unsafe"

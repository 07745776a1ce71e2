"""Margins as people write them: heads in five languages, shares, per cent, errors with a place."""

import pytest

from alpclusters.analysis.errors import FileFormatError, InputError
from alpclusters.sources.margins import read_margins

pytestmark = pytest.mark.unit


def written(folder, text):
    path = folder / "margins.csv"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "head",
    [
        "column,group,share,source,date",
        "Merkmal,Gruppe,Anteil,Quelle,Stand",
        "colonne,groupe,part,source,année",
        "colonna,gruppo,quota,fonte,anno",
        "stolpec,skupina,delež,vir,leto",
    ],
)
def test_heads_are_read_in_five_languages(tmp_path, head):
    path = written(tmp_path, f"{head}\nregion,AT,0.25,Census,2021\nregion,SI,0.75,Census,2023\n")

    (margin,) = read_margins(path)

    assert margin.shares == {"AT": 0.25, "SI": 0.75}
    assert (margin.column, margin.source, margin.year) == ("region", "Census", "2023")


def test_per_cent_and_decimal_comma_are_shares(tmp_path):
    text = "column;group;share;source;date\nage;young;33,3 %;A;2024-01\nage;old;66,7 %;B;2024-01\n"

    (margin,) = read_margins(written(tmp_path, text))

    assert margin.shares["young"] == pytest.approx(0.333)
    assert margin.source == "A, B"


@pytest.mark.parametrize(
    ("row", "code", "line", "field"),
    [
        ("region,SI,much,S,2021", "margins.not_a_share", 3, "share"),
        ("region,SI,-0.1,S,2021", "margins.not_a_share", 3, "share"),
        ("region,SI,0.75,,2021", "table.empty_name", 3, "source"),
        ("region,SI,0.75,S,soon", "margins.not_a_date", 3, "date"),
        ("region,at,0.75,S,2021", "table.repeated_id", 3, "group"),
        ("region,SI,0.5,S,2021", "margins.not_shares", 2, "share"),
    ],
)
def test_every_fault_names_file_line_and_field(tmp_path, row, code, line, field):
    path = written(tmp_path, f"column,group,share,source,date\nregion,AT,0.25,S,2021\n{row}\n")

    with pytest.raises(InputError) as caught:
        read_margins(path)

    where = caught.value.where
    assert (caught.value.code, where.file, where.line, where.field) == (
        code,
        "margins.csv",
        line,
        field,
    )


def test_margins_without_source_or_date_are_refused(tmp_path):
    path = written(tmp_path, "column,group,share\nregion,AT,1\n")

    with pytest.raises(FileFormatError):
        read_margins(path)

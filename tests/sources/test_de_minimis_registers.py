"""Registers of de minimis aid, in files written by hand in the layout of the registers.

No real body stands in them. The heads of the file of the EU are unverified.
"""

import datetime as dt
from pathlib import Path

import pytest

from alpclusters.analysis.errors import FileFormatError
from alpclusters.sources.de_minimis_registers import read_register

pytestmark = pytest.mark.integration
FILES = Path(__file__).parent / "registers"
D = dt.date


def read(name, *, numbers=(), names=()):
    return read_register(FILES / name, name=name, numbers=numbers, names=names)


def test_french_register_is_read_by_the_number_in_all_its_forms():
    found = read("france.csv", numbers=["FR 12 999 000 001"])

    general, services = found.rows
    assert (found.register, found.n_unread) == ("france", 1)
    assert (general.granted_on, general.amount_ct, general.regulation) == (
        D(2026, 2, 10),
        1_250_050,
        "general",
    )
    assert (services.regulation, services.amount_ct, services.reference) == ("sgei", 4_000_000, "2")
    assert {row.state for row in found.rows} == {"FR"}
    assert {row.how for row in found.rows} == {"number"}


def test_name_alone_is_found_and_marked_as_not_sure():
    (row,) = read("france.csv", names=["Bois Savoié"]).rows

    assert (row.name, row.how) == ("Société Bois Savoie", "name")


def test_aid_of_other_bodies_does_not_leave_the_process():
    assert read("france.csv", numbers=["999000009"], names=["Someone else"]).rows == ()


def test_row_of_the_central_register_has_its_state_and_regulation():
    (austrian,) = read("union.csv", numbers=["ATU00000024"]).rows
    (slovenian,) = read("union.csv", numbers=["SI00000019"]).rows

    assert (austrian.state, austrian.amount_ct, austrian.granted_on.year) == ("AT", 2_000_000, 2026)
    assert (slovenian.state, slovenian.regulation) == ("SI", "fisheries")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"a;b\n1;2\n", "de_minimis_register.heads"),
        (b"", "de_minimis_register.heads"),
        (b"\xff\xfe\x00", "de_minimis_register.unreadable"),
    ],
)
def test_other_files_are_refused_with_what_they_lack(tmp_path, content, code):
    path = tmp_path / "other.csv"
    path.write_bytes(content)

    with pytest.raises(FileFormatError) as refused:
        read_register(path, name="other.csv", numbers=["1"], names=[])

    assert refused.value.code == code

"""Codes, recoding and areas from the packaged tables, without a database."""

import subprocess
import sys
from pathlib import Path

import pytest

from alpclusters.platform.funding.domain.territory import territory
from alpclusters.platform.territory.domain.recoding import VINTAGES, Recoder

pytestmark = pytest.mark.unit

SOURCES = Path(__file__).resolve().parents[3] / "src"


def test_codes_are_those_of_each_vintage():
    codes = territory().codes

    assert set(codes) == {year for year in VINTAGES if year >= 2006}
    assert "FR71" in codes[2010]
    assert "FR71" not in codes[2016]
    assert {"AT", "CH04", "LI000", "FRK2", "SI04"} <= codes[2021]


@pytest.mark.parametrize(
    ("code", "vintage", "wanted", "after"),
    [
        ("FR71", 2010, 2016, ("FRK2",)),
        ("FRK2", 2016, 2010, ("FR71",)),
        ("ITD1", 2006, 2021, ("ITH1",)),
        ("ITH1", 2021, 2006, ("ITD1",)),
        ("AT33", 2006, 2024, ("AT33",)),
        ("CH04", 2010, 2021, ("CH04",)),
        ("FR99", 2010, 2016, ()),
        ("AT33", 2021, 2021, ("AT33",)),
    ],
)
def test_code_becomes_what_it_is_called_in_another_vintage(code, vintage, wanted, after):
    assert territory().recoded(code, vintage, wanted) == after


def test_recoding_says_the_same_as_the_tables_of_territory():
    from alpclusters.platform.funding.domain import territory as module  # noqa: PLC0415 - its parts

    rows = module._rows("nuts_codes.csv")
    recoder = Recoder.from_rows(module._rows("nuts_changes.csv"), codes=rows)
    known = territory()

    for start, end in ((2006, 2024), (2024, 2006), (2013, 2016), (2021, 2010)):
        for code in known.codes[start]:
            wanted = recoder.recode(code, from_vintage=start, to_vintage=end).candidates
            assert known.recoded(code, start, end) == wanted


def test_programme_areas_have_codes_of_their_vintage():
    known = territory()

    assert "alpine-space-2021-2027" in known.areas
    for area in known.areas.values():
        assert set(area.codes) <= known.codes[area.vintage]


def test_tables_are_read_once():
    assert territory() is territory()


def test_no_django_is_needed():
    program = (
        f"import sys; sys.path.insert(0, {str(SOURCES)!r}); "
        "from alpclusters.platform.funding.domain.territory import territory; territory(); "
        "print('django' in sys.modules)"
    )

    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == "False"

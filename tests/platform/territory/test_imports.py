import gzip
import shutil

import pytest

from alpclusters.platform.territory.domain.imports import Imported, import_nuts
from alpclusters.platform.territory.models import Region, RegionChange
from alpclusters.sources.nuts import NutsChange, NutsCode, NutsWorkbook, read_nuts_workbook

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def code(name: str, vintage: int, title: str = "Somewhere") -> NutsCode:
    return NutsCode(vintage, len(name) - 2, name, name[:2], name[:-1], title, "NUTS")


def recoded(old: str, new: str) -> NutsChange:
    return NutsChange(
        2013,
        2016,
        2,
        old,
        new,
        "recoded",
        is_exact=True,
        candidates=(),
        change_text="",
        explanation="",
    )


BOOK = NutsWorkbook(
    codes=(code("PL11", 2013), code("PL71", 2016), code("PL2", 2013), code("PL2", 2016)),
    changes=(recoded("PL11", "PL71"),),
)


def test_codes_and_changes_are_added_once():
    first = import_nuts([BOOK])
    second = import_nuts([BOOK])

    assert first == Imported(n_regions=3, n_changes=1, n_known=0)
    assert second == Imported(n_regions=0, n_changes=0, n_known=3)
    region = Region.objects.get(code="PL2")
    assert (region.first_vintage, region.last_vintage) == (2013, 2016)


def test_code_that_vanishes_and_returns_gets_two_rows():
    book = NutsWorkbook(codes=(code("PL9", 2006), code("PL9", 2016)), changes=())

    import_nuts([book])

    spans = Region.objects.filter(code="PL9").values_list("first_vintage", "last_vintage")
    assert list(spans) == [(2006, 2006), (2016, 2016)]


def test_what_the_seeds_say_stays():
    Region.objects.create(
        code="PL2", level=1, country="PL", name="Our name", first_vintage=2006, last_vintage=2024
    )

    found = import_nuts([BOOK])

    assert found.n_known == 1
    assert Region.objects.get(code="PL2").name == "Our name"


def test_all_of_europe_from_the_official_workbooks(shared, tmp_path):
    books = []
    for packed in sorted((shared / "data/classifications/nuts_workbooks").glob("*.gz")):
        path = tmp_path / packed.name.removesuffix(".gz")
        with gzip.open(packed) as source, path.open("wb") as target:
            shutil.copyfileobj(source, target)
        books.append(read_nuts_workbook(path))

    found = import_nuts(books)

    assert found.n_changes == RegionChange.objects.count() > 1000
    assert Region.objects.in_vintage(2021).filter(level=2, country="PL").count() == 18

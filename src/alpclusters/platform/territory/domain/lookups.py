"""The recoder over what the database knows, built once and again when facts were loaded."""

from functools import lru_cache
from typing import Final

from alpclusters.platform.territory.domain.recoding import VINTAGES, Recoder
from alpclusters.platform.territory.models import Region, RegionChange

# The tables of the project begin with 2006; earlier codes play no part in its programmes.
FIRST_RECORDED: Final = 2006
RECORDED: Final = tuple(year for year in VINTAGES if year >= FIRST_RECORDED)

type Version = tuple[tuple[int, str] | None, int, int | None, int]


def current_recoder() -> Recoder:
    """Return the recoder; short queries tell whether the facts are still the same."""
    return _build(_version())


def codes_in_all_vintages(code: str, *, vintage: int) -> list[tuple[int, tuple[str, ...]]]:
    """Return what a code of one vintage is called in each; several where it is not clear."""
    recoder = current_recoder()
    return [
        (year, recoder.recode(code, from_vintage=vintage, to_vintage=year).candidates)
        for year in RECORDED
    ]


def _version() -> Version:
    regions, changes = Region.objects.order_by("-pk"), RegionChange.objects.order_by("-pk")
    # With its code: a transaction that was taken back frees its numbers for other regions.
    newest_region = regions.values_list("pk", "code").first()
    newest_change = changes.values_list("pk", flat=True).first()
    return newest_region, regions.count(), newest_change, changes.count()


@lru_cache(maxsize=2)
def _build(version: Version) -> Recoder:  # noqa: ARG001 - the version is the key of the cache
    changes = RegionChange.objects.values(
        "from_vintage", "to_vintage", "from_code", "to_code", "relation", "is_exact", "candidates"
    )
    codes = Region.objects.values("code", "first_vintage", "last_vintage")
    return Recoder.from_rows(changes, codes=codes)

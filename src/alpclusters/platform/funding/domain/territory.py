"""What conditions of eligibility must know of places, from the packaged tables; no database."""

import csv
from collections import defaultdict
from functools import lru_cache
from itertools import permutations
from pathlib import Path
from typing import Final

from alpclusters.analysis.funding.case import Area, Territory
from alpclusters.platform.territory.domain.recoding import VINTAGES, Recoder

SEEDS: Final = Path(__file__).resolve().parents[2] / "territory" / "seeds"
FIRST: Final = 2006  # the tables begin here

type Row = dict[str, str]


@lru_cache(maxsize=1)
def territory() -> Territory:
    """Return codes by vintage, what each became in the others, and the programme areas.

    Works without Django, so that the command line needs no database. Built once in 0.2 seconds.
    """
    rows = _rows("nuts_codes.csv")
    codes = _codes(rows)
    recoder = Recoder.from_rows(_rows("nuts_changes.csv"), codes=rows)
    return Territory(codes=codes, changes=_changes(codes, recoder), areas=_areas())


def _rows(name: str) -> list[Row]:
    with (SEEDS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _codes(rows: list[Row]) -> dict[int, frozenset[str]]:
    years = [year for year in VINTAGES if year >= FIRST]
    return {
        year: frozenset(
            row["code"]
            for row in rows
            if int(row["first_vintage"]) <= year <= int(row["last_vintage"])
        )
        for year in years
    }


def _changes(
    codes: dict[int, frozenset[str]], recoder: Recoder
) -> dict[tuple[str, int, int], tuple[str, ...]]:
    """Return what is not called the same in another vintage, in both directions."""
    found = {}
    for start, end in permutations(codes, 2):
        for code in sorted(codes[start]):
            after = recoder.recode(code, from_vintage=start, to_vintage=end).candidates
            if after != (code,):
                found[code, start, end] = after
    return found


def _areas() -> dict[str, Area]:
    members: dict[tuple[str, int], list[str]] = defaultdict(list)
    for row in _rows("programme_area_regions.csv"):
        members[row["area"], int(row["vintage"])].append(row["code"])
    return {key: Area(tuple(codes), vintage) for (key, vintage), codes in members.items()}

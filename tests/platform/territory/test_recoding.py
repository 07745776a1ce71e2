"""Codes of one vintage in another: a small table that always runs, a golden table, properties."""

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpclusters.platform.territory.domain.recoding import (
    Change,
    Recoder,
    Recoding,
    RecodingStatus,
    UnknownVintageError,
    vintage_steps,
)

pytestmark = pytest.mark.unit

SEEDS = Path(__file__).resolve().parents[3] / "src/alpclusters/platform/territory/seeds"
VINTAGES = (2006, 2010, 2013, 2016, 2021, 2024)


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


CODES = read(SEEDS / "nuts_codes.csv")
RECODER = Recoder.from_rows(read(SEEDS / "nuts_changes.csv"), codes=CODES)


def recode(code: str, start: int, end: int) -> Recoding:
    return RECODER.recode(code, from_vintage=start, to_vintage=end)


def short(recoding: Recoding) -> tuple[str, str | None, str]:
    return recoding.status.value, recoding.code, " ".join(recoding.candidates)


def valid_codes() -> Iterator[tuple[str, int]]:
    for row in CODES:
        for vintage in VINTAGES:
            if int(row["first_vintage"]) <= vintage <= int(row["last_vintage"]):
                yield row["code"], vintage


codes_in_time = st.sampled_from(sorted(valid_codes()))
vintages = st.sampled_from(VINTAGES)


@pytest.mark.parametrize(
    ("code", "start", "end", "expected"),
    [
        ("AT32", 2006, 2024, ("unchanged", "AT32", "AT32")),
        ("FR71", 2013, 2016, ("exact", "FRK2", "FRK2")),
        ("FR71", 2006, 2024, ("exact", "FRK2", "FRK2")),
        ("FR7", 2013, 2021, ("exact", "FRK", "FRK")),
        ("FR711", 2013, 2021, ("exact", "FRK21", "FRK21")),
        ("ITD3", 2006, 2021, ("exact", "ITH3", "ITH3")),
        ("ITD", 2006, 2021, ("approximate", "ITH", "ITH")),
        ("ITD5", 2006, 2010, ("approximate", "ITH5", "ITH5")),
        ("SI01", 2010, 2013, ("approximate", "SI03", "SI03")),
        ("SI02", 2006, 2021, ("approximate", "SI04", "SI04")),
        ("SI018", 2010, 2013, ("exact", "SI038", "SI038")),
        ("FR4", 2013, 2016, ("ambiguous", None, "FRC FRF")),
        ("FR8", 2006, 2021, ("ambiguous", None, "FRJ FRL FRM")),
        ("ITC45", 2006, 2021, ("ambiguous", None, "ITC4C ITC4D")),
        ("DE41", 2006, 2010, ("exact", "DE40", "DE40")),
        ("AT224", 2021, 2024, ("approximate", "AT224", "AT224")),
        ("FRK2", 2021, 2013, ("exact", "FR71", "FR71")),
        ("ITH3", 2021, 2006, ("exact", "ITD3", "ITD3")),
        ("SI03", 2021, 2010, ("approximate", "SI01", "SI01")),
        ("DE40", 2010, 2006, ("ambiguous", None, "DE41 DE42")),
        ("FRC", 2016, 2013, ("ambiguous", None, "FR2 FR4")),
        ("ITC4C", 2010, 2006, ("approximate", "ITC45", "ITC45")),
        ("HR03", 2010, 2006, ("ambiguous", None, "")),
        ("FRK2", 2010, 2021, ("unknown", None, "")),
        ("XX99", 2013, 2021, ("unknown", None, "")),
    ],
)
def test_a_code_is_recoded_as_the_change_tables_say(
    code: str, start: int, end: int, expected: tuple[str, str | None, str]
) -> None:
    assert short(recode(code, start, end)) == expected


def test_the_path_tells_each_step_that_changed_something() -> None:
    (step,) = recode("FR71", 2006, 2024).path

    assert (step.from_vintage, step.to_vintage) == (2013, 2016)
    assert (step.from_code, step.to_codes, step.relation) == ("FR71", ("FRK2",), "recoded")


def test_only_unchanged_and_exact_codes_carry_figures_over() -> None:
    asked = {"AT32": True, "FR71": True, "SI01": False, "FR4": False, "XX99": False}

    assert {code: recode(code, 2010, 2021).is_reliable for code in asked} == asked


def test_a_year_without_a_list_of_codes_is_refused_with_the_years_there_are() -> None:
    with pytest.raises(UnknownVintageError) as caught:
        recode("AT32", 2013, 2018)

    assert caught.value.where.argument == "to_vintage"
    assert caught.value.found == "2018"
    assert caught.value.expected == "2003, 2006, 2010, 2013, 2016, 2021, 2024"


def test_vintages_are_walked_one_by_one_in_both_directions() -> None:
    assert vintage_steps(2006, 2013) == [(2006, 2010), (2010, 2013)]
    assert vintage_steps(2013, 2006) == [(2013, 2010), (2010, 2006)]
    assert vintage_steps(2021, 2021) == []


def test_a_region_that_took_in_others_under_its_old_code_is_ambiguous_backwards() -> None:
    merged = Change(2016, 2021, "B", "A", "merged", is_exact=True)
    known = {2016: frozenset("AB"), 2021: frozenset("A")}

    back = Recoder([merged], known).recode("A", from_vintage=2021, to_vintage=2016)

    assert (back.status, back.candidates) == (RecodingStatus.AMBIGUOUS, ("A", "B"))


def test_rows_of_the_model_are_read_like_rows_of_the_file() -> None:
    row = {"from_vintage": 2013, "to_vintage": 2016, "from_code": "FR4", "to_code": ""}
    rest = {"relation": "discontinued", "candidates": "FRC|FRF"}

    assert Change.from_row({**row, **rest, "is_exact": False}) == Change.from_row(
        {**row, **rest, "exact": "no"}
    )


def test_without_a_list_of_codes_nothing_is_unknown() -> None:
    recoder = Recoder.from_rows([])

    assert short(recoder.recode("XX99", from_vintage=2006, to_vintage=2024)) == (
        "unchanged",
        "XX99",
        "XX99",
    )


@given(codes_in_time)
def test_recoding_to_the_same_vintage_is_identity(place: tuple[str, int]) -> None:
    code, vintage = place

    assert recode(code, vintage, vintage) == Recoding(RecodingStatus.UNCHANGED, code, (code,))


@given(codes_in_time, vintages)
def test_what_comes_out_exists_in_the_vintage_asked_for(place: tuple[str, int], end: int) -> None:
    code, start = place
    listed = {c for c, vintage in valid_codes() if vintage == end}

    assert set(recode(code, start, end).candidates) <= listed


@given(codes_in_time, vintages)
def test_there_and_back_again_never_loses_the_code(place: tuple[str, int], end: int) -> None:
    code, start = place
    there = recode(code, start, end)

    back = {c for each in there.candidates for c in recode(each, end, start).candidates}

    assert code in back or not there.candidates


@given(codes_in_time, vintages)
def test_a_reliable_way_back_leads_to_the_code_it_came_from(
    place: tuple[str, int], end: int
) -> None:
    code, start = place
    there = recode(code, start, end)
    if there.code is None or not there.is_reliable:
        return
    back = recode(there.code, end, start)

    assert back.code == code if back.is_reliable else code in back.candidates


@given(codes_in_time, vintages, vintages)
def test_a_longer_way_is_never_surer_than_its_parts(
    place: tuple[str, int], middle: int, end: int
) -> None:
    code, start = place
    first, second, third = sorted((start, middle, end))
    if first != start:
        return
    direct, half = recode(code, first, third), recode(code, first, second)

    assert half.is_reliable or not direct.is_reliable


def test_golden_table_of_the_alpine_codes_agrees_line_by_line(shared: Path) -> None:
    golden = read(shared / "data/fixtures/nuts/recode_alpine_to_2021.csv")
    asked = [r for r in golden if r["from_vintage"] != "2003" and r["from_code"][2:3] != "Z"]

    differing = [row for row in asked if as_golden(row, RECODER) != row]

    assert differing == []
    assert len(asked) == 1314


def test_all_european_codes_give_the_counts_of_the_second_computation(shared: Path) -> None:
    folder = shared / "data/classifications"
    codes = read(folder / "nuts_codes.csv")
    spans = [{**r, "first_vintage": r["vintage"], "last_vintage": r["vintage"]} for r in codes]
    recoder = Recoder.from_rows(read(folder / "nuts_changes.csv"), codes=spans)

    for vintage, exact, approximate, ambiguous in [
        (2003, 1511, 90, 124),
        (2006, 1608, 72, 72),
        (2010, 1651, 58, 60),
        (2013, 1745, 35, 20),
        (2016, 2054, 17, 20),
    ]:
        asked = [r["code"] for r in codes if r["vintage"] == str(vintage) and r["level"] != "0"]
        found = Counter(
            recoder.recode(code, from_vintage=vintage, to_vintage=2021).status for code in asked
        )
        n_exact = found[RecodingStatus.UNCHANGED] + found[RecodingStatus.EXACT]
        rest = found[RecodingStatus.APPROXIMATE], found[RecodingStatus.AMBIGUOUS]
        assert (n_exact, *rest) == (exact, approximate, ambiguous)


@pytest.mark.parametrize("vintage", [2006, 2010, 2013, 2016])
def test_every_code_of_europe_ends_where_a_walk_straight_through_the_change_tables_ends(
    shared: Path, vintage: int
) -> None:
    folder = shared / "data/classifications"
    codes, changes = read(folder / "nuts_codes.csv"), read(folder / "nuts_changes.csv")
    spans = [{**r, "first_vintage": r["vintage"], "last_vintage": r["vintage"]} for r in codes]
    recoder = Recoder.from_rows(changes, codes=spans)
    walk = Walk(changes, codes)
    asked = [r["code"] for r in codes if r["vintage"] == str(vintage)]
    wrong, kinds = [], Counter[str]()

    for code in asked:
        kind, ends = walk.follow(code, vintage)
        found = recoder.recode(code, from_vintage=vintage, to_vintage=2021)
        kinds[kind] += 1
        if kind == "exact" and not (found.is_reliable and (found.code,) == ends):
            wrong.append((code, kind, found))
        if kind == "split" and not (found.status is RecodingStatus.AMBIGUOUS and not found.code):
            wrong.append((code, kind, found))
        if kind == "moved" and found.is_reliable:
            wrong.append((code, kind, found))

    assert wrong == []
    assert kinds["exact"] > 1500
    assert kinds["split"] > 10


class Walk:
    """A second, plainer reading of the change tables: dictionaries and nothing else."""

    def __init__(self, changes: list[dict[str, str]], codes: list[dict[str, str]]) -> None:
        self.lines: dict[tuple[str, str], list[dict[str, str]]] = {}
        for row in changes:
            self.lines.setdefault((row["from_vintage"], row["from_code"]), []).append(row)
        self.there: dict[str, set[str]] = {}
        for row in codes:
            self.there.setdefault(row["vintage"], set()).add(row["code"])

    def follow(self, code: str, vintage: int) -> tuple[str, tuple[str, ...]]:
        """Return exact, moved or split, and the codes at the end."""
        current, is_exact = {code}, True
        for start, end in vintage_steps(vintage, 2021):
            after = set()
            for one in current:
                rows = self.lines.get((str(start), one), [])
                is_exact = is_exact and all(row["exact"] == "yes" for row in rows)
                after |= self._ends(rows) if rows else {one} & self._codes(end)
            current = after
        if len(current) != 1:
            return "split", tuple(sorted(current))
        return "exact" if is_exact else "moved", tuple(current)

    def _ends(self, rows: list[dict[str, str]]) -> set[str]:
        ends = {code for row in rows for code in row["candidates"].split("|") if code}
        return ends | {row["to_code"] for row in rows if row["to_code"] and not row["candidates"]}

    def _codes(self, vintage: int) -> set[str]:
        return self.there[str(vintage)]


def as_golden(row: dict[str, str], recoder: Recoder) -> dict[str, str]:
    recoding = recoder.recode(
        row["from_code"],
        from_vintage=int(row["from_vintage"]),
        to_vintage=int(row["to_vintage"]),
    )
    is_unchanged = recoding.status is RecodingStatus.UNCHANGED
    return {
        **row,
        "status": "exact" if is_unchanged else recoding.status.value,
        "to_codes": "|".join(recoding.candidates),
        "changed": "no" if is_unchanged else "yes",
    }

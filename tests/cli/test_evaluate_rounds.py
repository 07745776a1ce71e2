"""Two rounds and regions in a long CSV: as the library says it, and nothing of a few people."""

import csv
import io
import json
from pathlib import Path

import numpy as np
import pytest

from alpclusters.analysis.consensus import Ratings
from alpclusters.analysis.denominators import common_denominators
from alpclusters.analysis.ranking import rank_measures, rating_columns
from alpclusters.analysis.second_round import compare_rounds
from alpclusters.cli import main
from alpclusters.platform.languages.codes import LANGUAGE_CODES

pytestmark = pytest.mark.integration

BASES = {"lab": 3.4, "voucher": 4.6, "fair": 2.2}  # not in order of name
AREAS = {"AT33": 12, "ITH1": 11, "DE27": 9, "SI04": 3}


def answers(people, *, seed, lift=0.0):
    """Return (person, item, value), numbers around the base of each item."""
    rng = np.random.default_rng(seed)
    return [
        (f"p{person:02}", item, int(np.clip(round(base + lift + rng.normal(0, 0.8)), 1, 5)))
        for person in people
        for item, base in BASES.items()
    ]


FIRST, SECOND = answers(range(25), seed=1), answers(range(20), seed=2, lift=0.4)


def write_rounds(path: Path, first, second, *, names=("1", "2")):
    rows = [
        f"{who},{item},{value},{name}"
        for name, found in zip(names, (first, second), strict=True)
        for who, item, value in found
    ]
    path.write_text("participant,item,value,round\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return path


def write_regions(path: Path, areas, *, country=None):
    people = [area for area, n in areas.items() for _ in range(n)]
    head = "participant,item,value,region" + (",country" if country else "")
    rows = [
        f"{who},{item},{value},{people[int(who[1:])]}"
        + (f",{country[people[int(who[1:])]]}" if country else "")
        for who, item, value in answers(range(len(people)), seed=5)
    ]
    path.write_text(head + "\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return path


def evaluate(path: Path, *options, language="en"):
    out = path.parent / "out"
    arguments = (path, "--out", out, "--scale", 1, 5, "--language", language, *options)
    assert main(["evaluate", *map(str, arguments)]) == 0
    return out, json.loads((out / "summary.json").read_text(encoding="utf-8"))


def rows_of(path: Path):
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))


def page_of(out: Path):
    return (out / "report.html").read_text(encoding="utf-8")


# --- rounds -------------------------------------------------------------------------------


def test_everybody_counts_with_the_answer_of_their_last_round(tmp_path):
    out, summary = evaluate(write_rounds(tmp_path / "r.csv", FIRST, SECOND))
    alone = tmp_path / "alone"
    alone.mkdir()
    once = [row for row in FIRST if row[0] not in {who for who, *_ in SECOND}]
    _, last = evaluate(write_rounds(alone / "r.csv", [], [*once, *SECOND]))

    assert summary["rounds"] == {"names": ["1", "2"], "evaluated": "last_of_each_participant"}
    assert (summary["participants"], summary["cast"], summary["standing"]) == (25, 75, 75)
    assert summary["ranking"] == last["ranking"]
    assert [r["mean"] for r in summary["records"]] == [r["mean"] for r in last["records"]]
    assert "The file holds two rounds (1, 2)." in page_of(out)
    assert "second_round" not in last
    assert "rounds" not in last


def test_change_is_what_the_library_says_of_the_same_people(tmp_path):
    out, summary = evaluate(write_rounds(tmp_path / "r.csv", FIRST, SECOND))
    expected = compare_rounds(
        Ratings.from_rows(FIRST, scale=(1, 5)), Ratings.from_rows(SECOND, scale=(1, 5))
    )

    found = summary["second_round"]
    assert (found["n_first"], found["n_second"], found["n_both"]) == (25, 20, 20)
    assert found["attrition"] == pytest.approx(1 / 5)
    assert found["conventions"] == expected.conventions.as_record()
    by_id = {one.measure: one for one in expected.measures}
    assert [item["item"] for item in found["items"]] == list(BASES)
    for item, row in zip(found["items"], rows_of(out / "second_round.csv"), strict=True):
        one = by_id[row["item"]]
        assert item["item"] == one.measure
        assert item["change"] == one.change.as_record()
        assert item["agreement"] == one.agreement.as_record()
        assert float(row["mean_change"]) == pytest.approx(one.change.mean)
        assert float(row["p_adjusted"]) == pytest.approx(one.change.p_adjusted)
        assert item["migration"]["matrix"] is None


@pytest.mark.parametrize(
    ("names", "last"),
    [(("2", "1"), "2"), (("second", "first"), "second"), (("May", "April"), "April")],
)
def test_last_round_is_told_by_number_by_word_or_by_order(tmp_path, names, last):
    _, summary = evaluate(write_rounds(tmp_path / "r.csv", SECOND, FIRST, names=names))

    assert summary["rounds"]["names"][-1] == last
    assert summary["second_round"]["n_second"] == (25 if last == "April" else 20)


def test_few_who_came_later_cannot_be_worked_out(tmp_path):
    late = [("late", "fair", 5), ("later", "fair", 1)]
    again = answers(range(25), seed=2, lift=0.4)
    out, summary = evaluate(write_rounds(tmp_path / "r.csv", FIRST, [*again, *late]))

    items = {item["item"]: item for item in summary["second_round"]["items"]}
    assert items["fair"]["agreement"] is items["fair"]["leavers"] is None
    assert "few_rated_once" in items["fair"]["reasons"]
    assert items["fair"]["change"]["mean"] is not None
    assert items["lab"]["agreement"] is not None
    rows = {row["item"]: row for row in rows_of(out / "second_round.csv")}
    assert rows["fair"]["consensus_second"] == "" != rows["lab"]["consensus_second"]
    assert "agreement is withheld" in page_of(out)


def test_change_of_four_people_is_in_no_file(tmp_path):
    canary = [
        ("p00", "secret", 1),
        ("p01", "secret", 1),
        ("p02", "secret", 2),
        ("p03", "secret", 1),
    ]
    raised = [(who, item, 5) for who, item, _ in canary]
    others = [(f"p{n:02}", "secret", 3) for n in range(10, 16)]
    path = write_rounds(tmp_path / "r.csv", [*FIRST, *canary], [*SECOND, *raised, *others])
    out, summary = evaluate(path)

    item = next(one for one in summary["second_round"]["items"] if one["item"] == "secret")
    row = next(one for one in rows_of(out / "second_round.csv") if one["item"] == "secret")
    assert (item["state"], item["change"], item["agreement"]) == ("withheld", None, None)
    assert item["attendance"]["n_paired"] is None
    assert row["mean_change"] == row["n_paired"] == row["raised"] == row["p_value"] == ""


def test_round_that_is_asked_for_as_group_is_one(tmp_path):
    apart = [(f"q{who}", item, value) for who, item, value in SECOND]
    _, summary = evaluate(write_rounds(tmp_path / "r.csv", FIRST, apart), "--groups", "round")

    assert "second_round" not in summary
    assert set(summary["records"][0]["splits"]) == {"round"}


def test_nobody_in_both_rounds_is_said(tmp_path):
    apart = [(f"q{who}", item, value) for who, item, value in SECOND]
    out, summary = evaluate(write_rounds(tmp_path / "r.csv", FIRST, apart))

    assert summary["second_round"]["status"] == "undefined"
    assert "Nobody rated an item in both rounds" in page_of(out)


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_rounds_are_told_in_every_language(tmp_path, language):
    out, _ = evaluate(write_rounds(tmp_path / "r.csv", FIRST, SECOND), language=language)

    english = "A change was not necessarily caused by the meeting"
    assert (english in page_of(out)) == (language == "en")


# --- regions ------------------------------------------------------------------------------


def test_common_denominators_are_what_the_library_says(tmp_path):
    areas = {"AT33": 12, "ITH1": 11, "DE27": 9}
    out, summary = evaluate(write_regions(tmp_path / "r.csv", areas))
    people = [area for area, n in areas.items() for _ in range(n)]
    rows = answers(range(len(people)), seed=5)
    columns = rating_columns(Ratings.from_rows(rows, scale=(1, 5)))
    region = {f"p{n:02}": area for n, area in enumerate(people)}
    values = rank_measures(*columns, scale=(1, 2, 3, 4, 5), region=region).regions
    expected = common_denominators(
        values.draws(),
        regions=values.regions,
        threshold=3.5,
        min_regions=3,
        measures=sorted(BASES),
    )

    found = summary["denominators"]
    assert found["rule"] == {
        "threshold": 3.5,
        "min_countries": 2,
        "min_regions": 3,
        "certain": 0.8,
    }
    for item, one in zip(found["items"], expected.measures, strict=True):
        assert item["item"] == one.measure
        assert (item["verdict"], item["probability"]) == (one.verdict, one.probability)
        shown = dict(zip(values.regions, one.region_probabilities, strict=True))
        assert item["regions"] == shown
    assert found["common"] == ["voucher"]
    table = rows_of(out / "denominators.csv")
    assert [row["verdict"] for row in table] == [one.verdict for one in expected.measures]
    assert "Common denominators (proposal)" in page_of(out)


def test_region_of_three_people_has_no_figure_and_no_name(tmp_path):
    out, summary = evaluate(write_regions(tmp_path / "r.csv", AREAS))

    found = summary["denominators"]
    assert [one["region"] for one in found["regions"]] == ["AT33", "DE27", "ITH1"]
    assert found["not_estimated"] == 1
    assert "SI04" not in json.dumps(found)
    assert "SI04" not in (out / "denominators.csv").read_text(encoding="utf-8")
    assert all(item["reasons"] == ["not_enough_ratings"] for item in found["items"])
    # The region withheld beside it in the table by group is withheld here too.
    cells = {(row["item"], row["group"]): row["state"] for row in rows_of(out / "groups.csv")}
    for item in found["items"]:
        assert all(cells[item["item"], name] == "shown" for name in item["regions"])
        assert len(item["regions"]) < 3


@pytest.mark.parametrize(
    ("areas", "reason", "words"),
    [
        ({"AT33": 9, "AT21": 8}, "one_country", "lie in one country"),
        ({"AT33": 9, "AT21": 8, "SI04": 2}, "one_country", "lie in one country"),
        ({"AT33": 9}, "one_region", "come from one region"),
        ({"AT33": 9, "SI04": 3}, "too_few_in_regions", "Fewer than two regions"),
        ({"North": 9, "South": 9}, "countries_unknown", "The country of a region is not known"),
    ],
)
def test_missing_denominators_have_their_reason(tmp_path, areas, reason, words):
    out, summary = evaluate(write_regions(tmp_path / "r.csv", areas))

    assert summary["denominators"]["status"] == "undefined"
    assert reason in summary["denominators"]["reasons"]
    assert words in page_of(out)


def test_countries_may_stand_in_a_column(tmp_path):
    path = write_regions(
        tmp_path / "r.csv", {"North": 9, "South": 9}, country={"North": "AT", "South": "IT"}
    )
    _, summary = evaluate(path)

    assert summary["denominators"]["rule"]["min_regions"] == 2
    assert summary["denominators"]["regions"] == [
        {"region": "North", "country": "AT"},
        {"region": "South", "country": "IT"},
    ]


def test_threshold_is_for_one_scale_only(tmp_path):
    _, summary = evaluate(write_regions(tmp_path / "r.csv", AREAS), "--scale", 1, 9)

    assert summary["denominators"]["reasons"] == ["threshold_unknown"]


def test_without_these_columns_nothing_is_added(tmp_path):
    path = tmp_path / "r.csv"
    rows = "\n".join(f"{who},{item},{value}" for who, item, value in FIRST)
    path.write_text(f"participant,item,value\n{rows}\n", encoding="utf-8")
    out, summary = evaluate(path)

    assert not {"rounds", "second_round", "denominators"} & set(summary)
    assert not {"second_round.csv", "denominators.csv"} & {one.name for one in out.iterdir()}
    assert "Common denominators" not in page_of(out)


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_denominators_are_told_in_every_language(tmp_path, language):
    out, _ = evaluate(write_regions(tmp_path / "r.csv", AREAS), language=language)

    english = "This is a proposal to talk about"
    assert (english in page_of(out)) == (language == "en")

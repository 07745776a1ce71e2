"""The command `evaluate --margins`: weighted beside those who took part, and what survives."""

import json

import pytest

from alpclusters.cli import main

pytestmark = [pytest.mark.integration, pytest.mark.slow]

HEAD = "column,group,share,source,date\n"
NORTH, SOUTH = 80, 20


def answers(folder, *, south=SOUTH):
    """The north values "Trains", the south does not; "Woods" is liked by both."""
    rows = ["participant,item,value,region"]
    people = [*range(NORTH), *range(1000, 1000 + south)]
    for person in people:
        is_north = person < NORTH
        region = "North" if is_north else "South"
        rows.append(f"p{person},Trains,{4 + person % 2 if is_north else 1 + person % 2},{region}")
        rows.append(f"p{person},Woods,{4 + person % 2},{region}")
        rows.append(f"p{person},Lifts,{1 + person % 3},{region}")
    path = folder / "answers.csv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def margins(folder, text):
    path = folder / "margins.csv"
    path.write_text(HEAD + text, encoding="utf-8")
    return path


def evaluated(folder, *arguments, path=None):
    out = folder / "out"
    given = ["evaluate", str(path or answers(folder)), "--out", str(out), "--scale", "1", "5"]
    assert main([*given, *map(str, arguments)]) == 0
    summary = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    return summary["weighting"], (out / "report.html").read_text(encoding="utf-8")


def item(found, name):
    return next(one for one in found["items"] if one["item"] == name)


def test_without_margins_the_report_says_whose_figures_these_are(tmp_path):
    found, page = evaluated(tmp_path)

    assert found["of"] == "those_who_took_part"
    assert (found["margins"], item(found, "Trains")["weighted"]) == ([], None)
    assert "All figures are of those who took part." in page
    assert "Weighted to" not in page
    assert "representative" not in page


def test_a_finding_that_hangs_on_who_came_says_where_it_turns(tmp_path):
    found, page = evaluated(tmp_path)

    trains = item(found, "Trains")["survives"]
    # Above 3.5 stand 40 people by 0.5 and 40 by 1.5, below it 10 by 2.5 and 10 by 1.5.
    assert (trains["word"], trains["breakdown"]) == ("rests_on_who_came", 1.41)
    assert trains["worst_case"]["2"] < 3.5 < trains["worst_case"]["1.25"]
    (turn,) = [one for one in trains["turning_shares"] if one["group"] == "South"]
    assert turn["share"] == pytest.approx((3.5 - 4.5) / (1.5 - 4.5), abs=0.005)
    assert turn["here"] == 0.2
    assert item(found, "Woods")["survives"]["word"] == "any"
    assert "33% of the people belonged to “South”" in page


def test_with_margins_both_ways_of_weighting_stand_beside_those_who_took_part(tmp_path):
    shares = margins(tmp_path, "region,North,50 %,Census,2021\nregion,South,50 %,Census,2021\n")

    found, page = evaluated(tmp_path, "--margins", shares)

    trains = item(found, "Trains")
    assert trains["those_who_took_part"] == 3.9
    assert trains["raked"]["value"] == 3.0
    assert trains["weighted"]["value"] == pytest.approx(3.0, abs=0.11)
    assert trains["weighted"]["low"] < 3.0 < trains["weighted"]["high"] + 0.11
    assert found["effective_n"] == pytest.approx(64)
    assert "Weighted to: region (Census, 2021)." in page


def test_groups_without_people_and_people_without_share_are_named(tmp_path):
    shares = margins(tmp_path, "region,north,60,Census,2021\nregion,East,40,Census,2021\n")

    found, page = evaluated(tmp_path, "--margins", shares)

    (use,) = found["margins"]
    assert use["absent"] == [{"group": "East", "share": 0.4}]
    assert use["without_share"] == ["South"]
    assert "East (40%)" in page


def test_nothing_is_weighted_where_a_small_group_could_be_worked_out(tmp_path):
    shares = margins(tmp_path, "region,North,0.5,Census,2021\nregion,South,0.5,Census,2021\n")

    found, _ = evaluated(tmp_path, "--margins", shares, path=answers(tmp_path, south=3))

    trains = item(found, "Trains")
    assert (trains["weighted"], trains["raked"]) == (None, None)
    assert trains["reasons"] == ["small_group"]
    assert trains["survives"]["turning_shares"] == []


@pytest.mark.parametrize("language", ["en", "de", "fr", "it", "sl"])
@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("age,young,1,S,2021\n", "age"),
        ("region,West,1,S,2021\n", "West"),
        ("region,North,0.5,S,2021\n", "0.5"),
    ],
)
def test_wrong_margins_are_refused_with_file_and_line(tmp_path, capsys, text, seen, language):
    shares = margins(tmp_path, text)
    path = answers(tmp_path)

    status = main(
        ["evaluate", str(path), "--out", str(tmp_path / "out"), "--margins", str(shares),
         "--language", language]
    )  # fmt: skip

    told = capsys.readouterr().err
    assert status == 2
    assert "margins.csv" in told
    assert "2" in told
    assert seen in told


def test_a_shift_that_is_told_to_be_survived_is_never_rounded_up(tmp_path):
    # 44 of 49 above by 0.5, 5 below by 0.5: the square root of 8.8 is 2.97, a moderate shift.
    rows = [f"p{k},Trains,{4 if k < 44 else 3}" for k in range(49)]
    path = tmp_path / "even.csv"
    path.write_text("participant,item,value\n" + "\n".join(rows) + "\n", encoding="utf-8")

    found, page = evaluated(tmp_path, path=path)

    assert item(found, "Trains")["survives"]["word"] == "moderate"
    assert "up to 2.9 times" in page

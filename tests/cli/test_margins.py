"""The command `margins`: sectors of official statistics become the margins of an evaluation."""

import csv
import io
import json

import pytest

from alpclusters.cli import main
from alpclusters.sources.margins import read_margins

pytestmark = pytest.mark.integration

# Made up: no figure of any office.
TABLE = (
    "unit,nace_r2,age,geo\\time\t2015 \t2014 \n"
    "THS,A,Y_GE15,AT32\t10.0 u\t50.0 \nTHS,A,Y_GE15,DE21\t20.0 \t50.0 \n"
    "THS,C,Y_GE15,AT32\t30.0 \t50.0 \nTHS,C,Y_GE15,DE21\t60.0 \t50.0 \n"
    "THS,F,Y_GE15,AT32\t: c\t50.0 \nTHS,F,Y_GE15,DE21\t40.0 \t50.0 \n"
    "THS,G-I,Y_GE15,AT32\t70.0 \t50.0 \nTHS,G-I,Y_GE15,DE21\t70.0 \t50.0 \n"
    "THS,TOTAL,Y_GE15,AT32\t110.0 \t200.0 \nTHS,TOTAL,Y_GE15,DE21\t190.0 \t200.0 \n"
)


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "lfst_r_lfe2en2.tsv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def answer(capsys, table, *words):
    given = ["--language", "en", "margins", str(table), "--column", "sector", "--by", "nace_r2"]
    status = main([*given, "--places", "AT32", "DE21", *words])
    printed = capsys.readouterr()
    return status, list(csv.DictReader(io.StringIO(printed.out))), printed.err


def test_sections_are_summed_over_the_places_and_a_gap_is_named_instead_of_filled(capsys, table):
    status, rows, told = answer(capsys, table)

    assert status == 0
    # A 10 + 20, C 30 + 60, G to I 70 + 70; nothing is known of F in AT32.
    shares = {row["group"]: float(row["share"]) for row in rows}
    assert shares == pytest.approx({"A": 30 / 260, "C": 90 / 260, "G-I": 140 / 260}, abs=1e-6)
    assert "Without a figure, so left out: F" in told
    assert "Marked by the office: A (u)" in told
    assert {row["date"] for row in rows} == {"2015"}
    assert all("Eurostat lfst_r_lfe2en2; AT32 + DE21" in row["source"] for row in rows)


def test_what_it_prints_weighs_an_evaluation(capsys, table, tmp_path):
    words = ("--groups", "A=Farming", "C=Industry", "--year", "2014")
    _status, rows, _told = answer(capsys, table, *words)
    margins = tmp_path / "margins.csv"
    lines = ["column,group,share,source,date"]
    lines += [",".join(f'"{value}"' for value in row.values()) for row in rows]
    margins.write_text("\n".join(lines), encoding="utf-8")
    votes = ["participant,item,value,sector"]
    for person in range(80):
        sector = "Farming" if person < 60 else "Industry"
        values = {"Trains": 5 if person < 60 else 1, "Woods": 1 + person % 5, "Lifts": 3}
        votes += [f"p{person},{name},{value},{sector}" for name, value in values.items()]
    path = tmp_path / "answers.csv"
    path.write_text("\n".join(votes) + "\n", encoding="utf-8")

    given = ["evaluate", str(path), "--out", str(tmp_path / "out"), "--groups", "sector"]
    assert main([*given, "--margins", str(margins)]) == 0

    (margin,) = read_margins(margins)
    assert margin.shares == {"Farming": 0.5, "Industry": 0.5}
    found = json.loads((tmp_path / "out" / "summary.json").read_text(encoding="utf-8"))
    (trains,) = (one for one in found["weighting"]["items"] if one["item"] == "Trains")
    # 60 times 5 and 20 times 1 are 4 in the room, and 3 where both are half of the people.
    assert trains["raked"]["value"] == pytest.approx(3.0)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--year", "1999"), "--year: The table has no “1999”. Choose one of: 2015, 2014."),
        (("--groups", "Q"), "The table has no “Q”."),
        (("--set", "sex=T"), "The table has no “sex”. Choose one of: unit, age."),
        (("--groups", "F", "C"), "Shares need figures of at least two groups in all places"),
    ],
)
def test_what_the_table_does_not_have_is_refused_with_what_it_has(capsys, table, words, told):
    status, rows, err = answer(capsys, table, *words)

    assert status == 2
    assert rows == []
    assert told in " ".join(err.split())


def test_figures_per_hundred_make_no_shares(capsys, tmp_path):
    path = tmp_path / "rates.tsv"
    path.write_text(TABLE.replace("THS,", "PC_POP,"), encoding="utf-8")

    status, rows, err = answer(capsys, path)

    assert status == 2
    assert rows == []
    assert "PC_POP" in err

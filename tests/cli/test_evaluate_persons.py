"""The command `evaluate`: statements about the person are no opinions but divide people."""

import csv
import io
import json

import pytest

from alpclusters.cli import main
from tests.factories.polis import make_polis_export

pytestmark = [pytest.mark.integration, pytest.mark.slow]

HOUSE, TRAINS, LIFTS, RENT = range(4)
TEXTS = (
    "I own a house",
    "More trains",
    "Fewer ski lifts",
    "My first language is Ladin",
    "No cars in villages",
    "No flights",
)
PEOPLE = 40


def vote_of(person, statement):
    if statement in (HOUSE, RENT):
        return 1 if person % 2 else -1  # as divided as can be
    return -1 if person % 10 < 2 * statement - 1 else 1


def export_with(folder, *, meta=None):
    votes = [
        f"{1000 + statement},Thu,{statement},{person},{vote_of(person, statement)}"
        for person in range(PEOPLE)
        for statement in range(len(TEXTS))
    ]
    counts = [[vote_of(p, s) for p in range(PEOPLE)] for s in range(len(TEXTS))]
    head = "timestamp,comment-id,author-id,agrees,disagrees,moderated"
    rows = [
        f"9,{s},0,{counts[s].count(1)},{counts[s].count(-1)},1"
        + ("" if meta is None else f",{meta.get(s, 'false')}")
        + f",{text}"
        for s, text in enumerate(TEXTS)
    ]
    heads = f"{head}{'' if meta is None else ',is-meta'},comment-body"
    return make_polis_export(folder, votes=votes, comments=(heads, *rows))


def evaluated(export, out, *arguments):
    assert main(["evaluate", str(export), "--out", str(out), *arguments]) == 0
    summary = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    page = (out / "report.html").read_text(encoding="utf-8")
    return summary, page


def rows_of(path):
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))


def lead_of(page):
    return page.split("</h1>")[1].split("</p>")[0]


def test_a_proposal_is_in_no_opinion_and_the_report_asks_for_a_decision(tmp_path):
    summary, page = evaluated(export_with(tmp_path / "in"), tmp_path / "out")

    records = {record["item"]: record for record in summary["records"]}
    assert summary["person_statements"] == {"marked": [], "meta": [], "proposed": [HOUSE, RENT]}
    assert summary["items_in_results"] == 4
    assert [one for one in records if not records[one]["in_results"]] == [HOUSE, RENT]
    assert records[HOUSE]["ranking_reasons"] == ["about_person"]
    assert summary["ranking"]["order"] == [TRAINS, LIFTS, 4, 5]
    told = [*summary["opinion"]["majority"]["agree"], *summary["opinion"]["majority"]["disagree"]]
    assert not {HOUSE, RENT} & {one["item"] for one in told}
    assert TEXTS[HOUSE] not in lead_of(page)
    assert "not yet confirmed" in page
    assert TEXTS[RENT] in page
    assert "the others were rejected" not in page


@pytest.mark.parametrize("word", ["true", "t", "1", "TRUE"])
def test_what_the_export_marks_as_meta_divides_people(tmp_path, word):
    export = export_with(tmp_path / "in", meta={HOUSE: word, RENT: word})

    summary, page = evaluated(export, tmp_path / "out")

    assert summary["person_statements"]["meta"] == [HOUSE, RENT]
    cells = {
        (row["split"], row["group"]): row
        for row in rows_of(tmp_path / "out" / "groups.csv")
        if row["item"] == str(TRAINS)
    }
    assert cells[("statement-0", "agree")]["n"] == "20"
    assert cells[("statement-0", "disagree")]["agree"] == "16"
    assert "not yet confirmed" not in page
    assert f"by: “{TEXTS[HOUSE]}”" in page


def test_the_organiser_refuses_a_proposal_and_marks_another_statement(tmp_path):
    export = export_with(tmp_path / "in", meta={})

    summary, page = evaluated(
        export, tmp_path / "out", "--opinion", "0", "--about-person", "2", "3"
    )

    assert summary["person_statements"] == {"marked": [LIFTS, RENT], "meta": [], "proposed": []}
    assert summary["items_in_results"] == 4
    assert TEXTS[HOUSE] in page
    assert "not yet confirmed" not in page


def test_a_mark_for_an_unknown_statement_is_refused_by_name(tmp_path, capsys):
    export = export_with(tmp_path / "in")

    status = main(["evaluate", str(export), "--out", str(tmp_path / "out"), "--about-person", "77"])

    assert status == 2
    assert "77" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_profile_group_of_few_people_is_withheld(tmp_path):
    votes = {(p, s): vote_of(p, s) for p in range(PEOPLE) for s in range(len(TEXTS))}
    rare = {p: 1 if p < 3 else -1 for p in range(PEOPLE)}
    rows = [f"1000,Thu,{s},{p},{rare[p] if s == HOUSE else vote}" for (p, s), vote in votes.items()]
    export = export_with(tmp_path / "in", meta={HOUSE: "t"})
    body = "timestamp,datetime,comment-id,voter-id,vote\n" + "\n".join(rows) + "\n"
    (export / "votes.csv").write_text(body, encoding="utf-8")

    evaluated(export, tmp_path / "out")

    cells = [
        row
        for row in rows_of(tmp_path / "out" / "groups.csv")
        if row["split"] == "statement-0" and row["item"] == str(TRAINS)
    ]
    assert {row["state"] for row in cells} == {"withheld"}


def test_votes_in_a_table_are_looked_through_too(tmp_path):
    rows = [
        f"p{person},{TEXTS[s]},{vote_of(person, s)}"
        for person in range(PEOPLE)
        for s in range(len(TEXTS))
    ]
    path = tmp_path / "votes-long.csv"
    path.write_text("participant,statement,vote\n" + "\n".join(rows) + "\n", encoding="utf-8")

    summary, page = evaluated(path, tmp_path / "out", "--scale", "-1", "1")

    assert summary["person_statements"]["proposed"] == [TEXTS[HOUSE], TEXTS[RENT]]
    assert TEXTS[HOUSE] not in lead_of(page)


@pytest.mark.parametrize(
    "folder", ["klimarat-produktion-konsum", "15-per-hour-seattle", "bg2050-volunteers"]
)
def test_no_headline_of_a_real_conversation_is_about_the_person(shared, tmp_path, folder):
    summary, page = evaluated(shared / "data" / "ratings" / folder, tmp_path / "out")

    personal = {one for ids in summary["person_statements"].values() for one in ids}
    words = {r["item"]: r["text"] for r in summary["records"]}
    assert not personal & set(summary["ranking"]["order"])
    assert not [words[one] for one in personal if words[one] and words[one] in lead_of(page)]


def test_votes_of_three_people_are_withheld_and_not_called_none(tmp_path):
    rows = [f"p{p},{s},{vote_of(p, s)}" for p in range(3) for s in range(len(TEXTS))]
    path = tmp_path / "few.csv"
    path.write_text("participant,statement,vote\n" + "\n".join(rows) + "\n", encoding="utf-8")

    _, page = evaluated(path, tmp_path / "out", "--scale", "-1", "1")

    assert "No votes yet" not in page
    assert "No share can be shown" in page


def test_a_profile_column_can_be_weighed_to_margins(tmp_path):
    export = export_with(tmp_path / "in", meta={HOUSE: "t"})
    shares = tmp_path / "margins.csv"
    rows = (
        "column,group,share,source,date",
        "0,agree,70 %,Census,2021",
        "0,disagree,30,Census,2021",
    )
    shares.write_text("\n".join(rows) + "\n", encoding="utf-8")

    summary, page = evaluated(export, tmp_path / "out", "--margins", str(shares))

    # Owners agree with "Fewer ski lifts" in 16 of 20, the others in 12 of 20.
    lifts = next(one for one in summary["weighting"]["items"] if one["item"] == LIFTS)
    assert lifts["those_who_took_part"] == 0.7
    assert lifts["raked"]["value"] == round(0.7 * 16 / 20 + 0.3 * 12 / 20, 2)
    assert "Weighted to: “I own a house” (Census, 2021)." in page

"""One answer per item in `evaluate`: by camps that were found, by declared groups, or of all."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from alpclusters.analysis.consensus import Ratings, describe
from alpclusters.analysis.decisions import CLASSES
from alpclusters.cli.evaluation_methods import apply_methods
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.reports.blocks import RowGroup, Table
from alpclusters.reports.evaluation.decisions import decision_rows
from alpclusters.reports.evaluation.report import build_evaluation_document
from alpclusters.reports.evaluation.result_data import item_records, results_record
from alpclusters.reports.evaluation_subject import EvaluationSubject
from tests.analysis.structure_data import simulated

pytestmark = pytest.mark.unit

ROOM = {"fair": 5, "lab": 4, "visit": 2, "prize": 3}


def room(values=ROOM, people=40):
    rows = [
        (f"p{person:02}", item, value - (person + place) % 2)
        for person in range(people)
        for place, (item, value) in enumerate(values.items())
    ]
    return Ratings.from_rows(rows, scale=(1, 5))


def votes_of(table):
    rows = [(int(who), int(at), table[who, at]) for who, at in np.argwhere(~np.isnan(table))]
    return Ratings.from_rows(rows, scale=(-1, 1))


def evaluated(ratings, groups=None):
    descriptions = {"": describe(ratings, groups=groups or {})}
    return descriptions, apply_methods({"": ratings}, descriptions, groups=groups)


def document_of(descriptions, results, language="en", **subject):
    about = EvaluationSubject(name="AlpCafé", date=date(2026, 5, 14), **subject)
    return build_evaluation_document(
        descriptions, subject=about, language=language, results=results
    )


def decisions_in(document):
    """Title and table of the first page, and the words of its rows."""
    blocks = list(document.blocks)
    place = next(i for i, block in enumerate(blocks) if isinstance(block, Table))
    table = blocks[place]
    kinds = [row.title for row in table.rows if isinstance(row, RowGroup)]
    return document.title, table, kinds


def test_without_groups_a_measure_is_never_called_valued_in_every_group():
    descriptions, results = evaluated(room())

    heading, table, kinds = decisions_in(document_of(descriptions, results))

    assert results.by_criterion[""].decisions.groups == ()
    assert heading == "Valued, with few against: 1 of 4 measures"
    assert kinds[0] == "Valued, with few against"
    assert table.value_rows[0][0] == "fair"
    assert table.value_rows[0][2] == "over 99%"


def split_room():
    """Two regions that differ on one measure."""
    groups = {"region": {f"p{person:02}": "AT" if person < 20 else "SI" for person in range(40)}}
    rows = [
        (f"p{person:02}", item, high if person < 20 else low)
        for person in range(40)
        for item, high, low in (("fair", 5, 4), ("lab", 5, 2), ("visit", 1, 2))
        for high, low in [(high - (high > 2) * (person % 2), low)]
    ]
    return Ratings.from_rows(rows, scale=(1, 5)), groups


def test_declared_groups_have_their_own_answers():
    descriptions, results = evaluated(*split_room())
    found = results.by_criterion[""].decisions
    records = item_records(results, "")

    assert (found.groups, found.are_camps) == (("AT", "SI"), False)
    assert found.measure("fair").outcome == "valued_by_all"
    assert found.measure("lab").divides > 0.99
    assert [one["group"] for one in records["lab"]["decision"]["groups"]] == ["AT", "SI"]
    assert decisions_in(document_of(descriptions, results))[2][0] == "Valued in every group"


@pytest.mark.slow
def test_camps_that_were_found_are_asked_one_by_one():
    _, results = evaluated(votes_of(simulated("camps", 300, 60, 0.6, 1)))
    found = results.by_criterion[""]

    assert found.opinion.groups.structure.verdict == "camps"
    assert found.decisions.are_camps
    assert len(found.decisions.groups) == found.opinion.groups.k
    assert sum(found.decisions.sizes) <= 300


@pytest.mark.parametrize("kind", ["normal", "nothing", "yes_saying"])
def test_a_cut_without_camps_decides_nothing(kind):
    _, results = evaluated(votes_of(simulated(kind, 200, 40, 0.5, 1)))

    found = results.by_criterion[""].decisions
    assert (found.groups, found.are_camps) == ((), False)
    assert all(one.divides is None for one in found.measures)


def test_votes_are_decided_where_a_ranking_is_too_large(monkeypatch):
    monkeypatch.setattr(
        "alpclusters.cli.evaluation_methods._ranked", lambda *_: (None, ("too_large",))
    )

    _, results = evaluated(votes_of(simulated("normal", 100, 20, 0.5, 1)))

    assert results.by_criterion[""].ranking is None
    assert len(results.by_criterion[""].decisions.measures) == 20


def test_no_answer_fills_the_table_alone_and_the_rest_is_counted():
    values = {f"m{n:02}": (5, 2)[n % 4 == 0] for n in range(40)}
    descriptions, results = evaluated(room(values))

    _, table, kinds = decisions_in(document_of(descriptions, results))

    assert len(table.value_rows) == 12
    assert len(kinds) == 2
    assert "28 more items are in the data of this evaluation." in str(table.note)


def test_summary_holds_every_answer_with_its_rule():
    _, results = evaluated(room())

    record = results_record(results)["decisions"]
    items = item_records(results, "")

    assert sum(record["n"].values()) == len(record["order"]) == 4
    assert record["conventions"]["thresholds"]["certain"] == 0.80
    assert items["fair"]["decision"]["outcome"] == "valued_by_all"
    assert sum(items["fair"]["decision"]["probabilities"].values()) == pytest.approx(1)
    assert items["fair"]["decision"]["groups"] == []


def test_few_people_are_decided_upon_nowhere():
    descriptions, results = evaluated(room(people=4))

    assert results.by_criterion[""].decisions is None
    assert results_record(results)["decisions"]["status"] == "undefined"
    assert document_of(descriptions, results).blocks


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_every_language_has_words_for_every_answer(language):
    descriptions, results = evaluated(room())

    heading, _, kinds = decisions_in(document_of(descriptions, results, language))

    assert heading.startswith(kinds[0])
    assert language == "en" or "Valued" not in heading


def item_order(results):
    return (one.measure for one in results.by_criterion[""].decisions.measures)


def table_of(descriptions, results):
    """The rows of decisions.csv by their columns."""
    columns, *rows = decision_rows(descriptions, results.by_criterion, lambda item: (item, item))
    return [dict(zip(columns, row, strict=True)) for row in rows]


def test_table_of_decisions_has_the_order_of_every_list_and_chances_of_all_classes():
    descriptions, results = evaluated(room())

    rows = table_of(descriptions, results)

    assert [row["item"] for row in rows] == list(item_order(results))
    for row in rows:
        chances = [row[name] for name in CLASSES]
        assert sum(chances) == pytest.approx(1)
        assert row["n"] == 40
        assert row["estimate_low"] < row["estimate"] < row["estimate_high"]
        assert row["tier_name"] in set("ABCD")
        assert row["divides"] is row["divides_probability"] is None
    assert rows[0]["outcome"] == "valued_by_all"
    assert [row["place"] for row in rows] == [1, 2, 3, 4]


def test_table_of_decisions_marks_what_divides_where_groups_may_be_told():
    descriptions, results = evaluated(*split_room())

    rows = {row["item"]: row for row in table_of(descriptions, results)}

    assert rows["lab"]["divides"] == "yes"
    assert rows["lab"]["divides_probability"] >= 0.8
    assert rows["fair"]["divides"] == "no"


def test_table_of_decisions_tells_no_figure_of_fewer_than_five_people():
    ratings, groups = split_room()
    few = [(f"p{person:02}", "dam", 5) for person in range(4)]
    known = zip(ratings.rater, ratings.measure, ratings.value, strict=True)
    rows = [(ratings.rater_ids[who], ratings.measure_ids[at], value) for who, at, value in known]
    descriptions, results = evaluated(Ratings.from_rows([*rows, *few], scale=(1, 5)), groups)

    row = next(row for row in table_of(descriptions, results) if row["item"] == "dam")

    assert row.pop("state") == "withheld"
    told = {name for name, value in row.items() if value is not None}
    assert told == {"item", "text", "criterion"}


def test_what_divides_is_told_only_where_figures_by_group_are():
    descriptions, results = evaluated(*split_room())
    found = results.by_criterion[""]
    assert found.decisions.measure("lab").divides >= 0.8
    thin = replace(found, opinion=replace(found.opinion, listed=frozenset({"fair"})))
    results = replace(results, by_criterion={"": thin})

    rows = {row["item"]: row for row in table_of(descriptions, results)}
    records = item_records(results, "")

    assert rows["fair"]["divides"] == "no"
    assert rows["lab"]["divides"] is rows["lab"]["divides_probability"] is None
    assert records["lab"]["decision"]["divides"] is None

"""The evaluation document: findings from numbers, honest words, withheld cells, five languages."""

from datetime import date

import pytest

from alpclusters.analysis.consensus import CANNOT_JUDGE, Ratings, describe
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.reports.blocks import (
    WITHHELD,
    Bullets,
    Figure,
    Heading,
    KeyFigures,
    Panel,
    Paragraph,
    Table,
    plain,
    tables,
    walk,
)
from alpclusters.reports.evaluation.report import build_evaluation_document
from alpclusters.reports.evaluation_subject import EvaluationSubject

pytestmark = pytest.mark.unit

FORBIDDEN = ("significant", "proves", "best measure", "signifikant", "beste Maßnahme")


def make_subject(**overrides):
    return EvaluationSubject(**{"name": "AlpCafé Tirol", "date": date(2026, 5, 14), **overrides})


def make_ratings(values, *, people=20, scale=(1, 5)):
    """Rate each item by ``people`` persons who all give its values in turn."""
    rows = [
        (person, item, answers[person % len(answers)])
        for item, answers in values.items()
        for person in range(people)
    ]
    return Ratings.from_rows(rows, scale=scale, measures=list(values))


def words_of(document):
    found = [document.title]
    for block in walk(document.blocks):
        match block:
            case Heading(text=text) | Paragraph(text=text):
                found.append(plain(text))
            case Figure(caption=caption, note=note):
                found += [caption, plain(note), block.chart.alt]
            case Table(caption=caption, note=note):
                found += [caption, plain(note), *(column.title for column in block.columns)]
            case KeyFigures(items=items):
                found += [word for item in items for word in (item.label, item.note)]
            case Bullets(items=items):
                found += [plain(item) for item in items]
            case Panel(title=title):
                found.append(title)
    return found


VOTES = {
    "a": [1, 1, 1, 1, 0],
    "b": [1, -1],
    "c": [-1],
}


def test_votes_title_counts_clear_majorities():
    ratings = make_ratings(VOTES, people=200, scale=(-1, 0, 1))
    description = describe(ratings, agree_from=1)

    document = build_evaluation_document(description, subject=make_subject(), language="en")

    assert document.title == "1 of 3 statements has a clear majority"
    assert plain(document.blocks[0].text) == (
        "Most agreement: “a” (80% agree, 75–84%, n\u00a0=\u00a0200). "
        "Opinions divide, for example, on: “b” (50% agree, 44–56%, n\u00a0=\u00a0200)."
    )


def test_hidden_statements_are_in_no_table_and_no_sentence():
    ratings = make_ratings(VOTES, people=40, scale=(-1, 0, 1))
    subject = make_subject(item_names={"a": "Insult"}, hidden=frozenset({"a"}))

    document = build_evaluation_document(
        describe(ratings, agree_from=1), subject=subject, language="en"
    )

    cells = [cell for table in tables(document) for row in table.value_rows for cell in row]
    assert [cell for cell in cells if isinstance(cell, str) and "Insult" in cell] == []
    assert document.title == "No statement has a clear majority"


@pytest.mark.parametrize(
    ("values", "title"),
    [
        (
            {"Fair": [5, 5, 4], "Brand": [2, 1, 1]},
            "“Fair” is rated highest of the 2 measures shown",
        ),
        ({"Fair": [5], "Brand": [2, 1, 1]}, "No measure stands out"),
        ({"Fair": [5, 5, 4]}, "No measure stands out"),
        (
            {"Fair": [5, 4, 4], "Training": [4, 5, 5], "Brand": [1, 2, 1]},
            "Rated highest of the 3 measures shown, but not told apart: “Training”, “Fair”",
        ),
        ({"Fair": [5, 4, 4], "Training": [4, 5, 5]}, "No measure stands out"),
        (
            {"Fair": [CANNOT_JUDGE]},
            "No mean can be shown without telling what single people answered",
        ),
    ],
)
def test_ratings_title_says_no_more_than_the_intervals(values, title):
    description = describe(make_ratings(values))

    document = build_evaluation_document(description, subject=make_subject(), language="en")

    assert document.title == title


def test_every_measure_that_was_judged_stands_in_the_figure_with_n_interval_and_cannot_judge():
    values = {"Fair": [5, 4, 3, CANNOT_JUDGE], "Brand": [2, 1], "Nobody": [CANNOT_JUDGE]}
    description = describe(make_ratings(values))

    document = build_evaluation_document(description, subject=make_subject(), language="en")

    chart = next(block.chart for block in walk(document.blocks) if isinstance(block, Figure))
    rows = {row.label: row for row in chart.rows}
    assert list(rows) == ["Fair", "Brand"]
    assert (rows["Fair"].n, rows["Fair"].cannot_judge) == (15, 0.25)
    assert rows["Fair"].low < rows["Fair"].value < rows["Fair"].high


def test_withheld_group_is_marked_in_the_table_and_nowhere_as_a_number():
    ratings = make_ratings({"Fair": [5, 4, 3]})
    labels = ["AT"] * 12 + ["FR"] * 3 + ["SI"] * 5

    document = build_evaluation_document(
        describe(ratings, groups={"region": labels}), subject=make_subject(), language="en"
    )

    split = tables(document)[-1]
    assert [column.title for column in split.columns] == ["Measure", "AT", "FR", "SI"]
    assert split.value_rows[0][2:] == (WITHHELD, WITHHELD)
    assert split.value_rows[0][1].n == 12
    # A group links people with their answers: one decimal is enough.
    assert [column.decimals for column in split.columns[1:]] == [1, 1, 1]


def test_many_groups_are_divided_into_tables_of_six_columns():
    ratings = make_ratings({"Fair": [5, 4, 3]}, people=80)
    labels = [f"R{person % 8}" for person in range(80)]

    document = build_evaluation_document(
        describe(ratings, groups={"region": labels}), subject=make_subject(), language="en"
    )

    assert [len(table.columns) for table in tables(document)[-2:]] == [7, 3]


def test_two_criteria_are_shown_after_each_other_and_counted_together():
    descriptions = {
        name: describe(make_ratings({"Fair": [5, 4], "Brand": [2, 1]}))
        for name in ("effectiveness", "durability")
    }
    subject = make_subject(criterion_names={"effectiveness": "Effectiveness"})

    document = build_evaluation_document(descriptions, subject=subject, language="en")

    headings = [block.text for block in document.blocks if isinstance(block, Heading)]
    assert headings[-2:] == ["Effectiveness", "durability"]
    assert document.title == "Effectiveness: “Fair” is rated highest of the 2 measures shown"
    assert any("20 people gave 80 answers" in words for words in words_of(document))


def test_assumed_scale_and_simulated_people_are_told():
    ratings = Ratings.from_rows([(i, "m", i % 3 + 2) for i in range(9)])

    document = build_evaluation_document(
        describe(ratings), subject=make_subject(simulated=True), language="en"
    )

    assert document.simulated
    assert any("assumed from the smallest" in words for words in words_of(document))


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_words_are_translated_and_never_claim_too_much(language):
    ratings = make_ratings({"Fair": [5, 4, CANNOT_JUDGE], "Brand": [2, 1]})
    description = describe(ratings, groups={"region": ["a"] * 10 + ["b"] * 10}, agree_from=4)

    document = build_evaluation_document(description, subject=make_subject(), language=language)
    words = " ".join(words_of(document))

    assert [word for word in FORBIDDEN if word in words] == []
    if language != "en":
        assert "How people answered" not in words
        assert "%(" not in words

"""Topics of the portal: each result once, broken money left out, codes never guessed."""

import datetime as dt
import json

import pytest

from alpclusters.analysis.errors import FileFormatError
from alpclusters.sources.sedia import read_topics


def result(**said):
    usual = {"identifier": ["A-1"], "title": ["Topic"], "type": ["1"], "status": ["31094502"]}
    return {"url": "https://example.org/a", "language": "en", "metadata": usual | said}


def write(tmp_path, *results):
    path = tmp_path / "page.json"
    path.write_text(json.dumps({"totalResults": len(results), "results": list(results)}))
    return path


def test_the_two_pages_hold_thirty_topics_a_repeat_and_a_double(shared):
    reading = read_topics(shared / "data" / "fixtures" / "sedia")

    assert (len(reading.topics), len(reading.errors), reading.n_repeats) == (30, 0, 2)
    assert reading.n_rows == 32
    assert {topic.language for topic in reading.topics} == {"en"}
    by_status = [topic.status for topic in reading.topics]
    assert [by_status.count(s) for s in ("forthcoming", "open", "closed")] == [10, 10, 10]


def test_a_topic_has_its_days_money_and_place(shared):
    reading = read_topics(shared / "data" / "fixtures" / "sedia")

    topic = next(t for t in reading.topics if t.identifier == "SYNTHETIC-2027-CLUSTER-21")
    assert topic.title == "Synthetic topic 21 & test"
    assert topic.opens == dt.date(2026, 11, 4)
    assert topic.deadlines == (dt.date(2027, 3, 13), dt.date(2027, 9, 13))
    assert (topic.budget_ct, topic.min_grant_ct, topic.max_grant_ct, topic.n_grants) == (
        610_000_000, 100_000_000, 300_000_000, 3,
    )  # fmt: skip
    assert (topic.file, topic.line) == ("search_page_2_synthetic.json", 1)


def test_a_broken_budget_costs_the_budget_only(shared):
    reading = read_topics(shared / "data" / "fixtures" / "sedia")

    topic = next(t for t in reading.topics if t.identifier == "SYNTHETIC-2027-CLUSTER-07")
    assert (topic.budget_ct, topic.n_grants) == (None, None)
    assert topic.opens is not None


ODD = {"action": "A-1 x", "minContribution": "1e999", "budgetYearMap": {"2027": "NaN"}}


@pytest.mark.parametrize(
    "budget",
    [
        "{", "[]", '"x"', "null", "[" * 100_000, '{"budgetTopicActionMap": 3}',
        '{"budgetTopicActionMap": {"a": 3}}', json.dumps({"budgetTopicActionMap": {"1": [ODD]}}),
    ],
)  # fmt: skip
def test_hostile_budgets_say_nothing(tmp_path, budget):
    (topic,) = read_topics(write(tmp_path, result(budgetOverview=[budget]))).topics

    assert (topic.budget_ct, topic.min_grant_ct) == (None, None)


def test_the_budget_of_a_topic_is_the_sum_of_its_years_and_not_of_other_topics(tmp_path):
    actions = [
        {"action": "A-1 RIA", "minContribution": 1500000.5, "maxContribution": 3000000,
         "expectedGrants": 2, "budgetYearMap": {"2027": 4000000, "2028": "2000000.25"}},
        {"action": "B-1 RIA", "minContribution": 9, "budgetYearMap": {"2027": 9000000}},
    ]  # fmt: skip
    budget = json.dumps({"budgetTopicActionMap": {"7": actions[1:], "8": actions}})

    (topic,) = read_topics(write(tmp_path, result(budgetOverview=[budget]))).topics

    assert (topic.budget_ct, topic.min_grant_ct, topic.max_grant_ct, topic.n_grants) == (
        600_000_025, 150_000_050, 300_000_000, 2,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("languages", "read"),
    [(["fr", "en"], "en"), (["en", "fr"], "en"), (["fr", "de"], "fr")],
)
def test_a_topic_in_several_languages_is_read_once_in_english_if_it_can_be(
    tmp_path, languages, read
):
    rows = (result(language=[one], title=[f"Topic {one}"]) for one in languages)

    reading = read_topics(write(tmp_path, *rows))

    assert [(topic.language, topic.title) for topic in reading.topics] == [(read, f"Topic {read}")]
    assert reading.n_repeats == 1


def test_unknown_codes_stay_unknown_and_tags_go(tmp_path):
    said = {
        "status": ["99"],
        "title": ["<b>R&amp;D</b><script>x</script>"],
        "frameworkProgramme": ["7"],
    }
    (topic,) = read_topics(write(tmp_path, result(**said))).topics

    assert (topic.status, topic.title, topic.programme) == ("unknown", "R&D", "7")


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"identifier": []}, "sedia.no_identifier"),
        ({"title": None}, "sedia.no_title"),
        ({"type": ["0"]}, "sedia.no_grant"),
        ({"startDate": ["2027-01-01"], "deadlineDate": ["2026-01-01"]}, "sedia.days_reversed"),
    ],
)
def test_what_is_no_topic_is_told_with_its_place(tmp_path, said, code):
    reading = read_topics(write(tmp_path, result(**said), result(identifier=["B"])))

    (error,) = reading.errors
    assert (error.code, error.where.line, len(reading.topics)) == (code, 1, 1)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"results": []}', '{"results": [3]}', "x"])
def test_what_is_no_answer_is_refused(tmp_path, text):
    path = tmp_path / "page.json"
    path.write_text(text)

    with pytest.raises(FileFormatError):
        read_topics(path)

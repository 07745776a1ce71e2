"""The brief: the first two pages answer what was asked, in every language, and no more."""

import io
import re
from dataclasses import replace
from datetime import date

import numpy as np
import pypdf
import pytest

from alpclusters.analysis.consensus import Ratings, describe
from alpclusters.cli.evaluation_methods import apply_methods
from alpclusters.cli.evaluation_weighting import with_weighting
from alpclusters.platform.languages.catalogues import translator
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.reports.blocks import (
    Bullets,
    Contents,
    Heading,
    KeyFigures,
    PageBreak,
    Panel,
    Paragraph,
    RowGroup,
    Table,
    plain,
    walk,
)
from alpclusters.reports.claims.votes import decision_title
from alpclusters.reports.evaluation.decisions import decisions_record
from alpclusters.reports.evaluation.report import build_evaluation_document
from alpclusters.reports.evaluation.result_data import results_record
from alpclusters.reports.evaluation_subject import EvaluationSubject
from alpclusters.reports.writers.pdf import write_pdf
from tests.analysis.structure_data import simulated

pytestmark = [pytest.mark.unit, pytest.mark.slow]

NEVER = re.compile(r"(?i)signifi|repr[äée]sentat|rappresentat|reprezentat|population|bevölkerung")
LONG = "Public transport between the valleys should run every hour, also in the evening, and "


def made(ratings, *, language="en", groups=None, names=None, weighted=True):
    """Evaluate and build the report as the command does."""
    descriptions = {"": describe(ratings, groups=groups or {})}
    results = apply_methods({"": ratings}, descriptions, groups=groups)
    if weighted:
        results = with_weighting(results, {"": ratings}, descriptions, None)
    subject = EvaluationSubject(name="Valley bus", date=date(2026, 5, 14), item_names=names or {})
    document = build_evaluation_document(
        descriptions, subject=subject, language=language, results=results
    )
    return document, results.by_criterion[""]


def rated(people=60, items=14, seed=3):
    rng = np.random.default_rng(seed)
    rows = [
        (f"p{who}", f"m{item}", int(np.clip(round(4.6 - 0.22 * item + rng.normal(0, 0.9)), 1, 5)))
        for who in range(people)
        for item in range(items)
    ]
    return Ratings.from_rows(rows, scale=(1, 5))


def apart(people=60):
    """Two regions that differ on one measure only."""
    labels = {f"p{who}": "AT" if who % 2 else "SI" for who in range(people)}
    rows = [
        (who, item, (5, 4)[place % 2] if item != "lab" or region == "AT" else (1, 2)[place % 2])
        for place, (who, region) in enumerate(labels.items())
        for item in ("fair", "lab", "visit")
    ]
    return Ratings.from_rows(rows, scale=(1, 5)), {"region": labels}


def votes_in_camps():
    """Two camps on sixty statements."""
    table = simulated("camps", 300, 60, 0.6, 2)
    rows = [(int(who), int(at), table[who, at]) for who, at in np.argwhere(~np.isnan(table))]
    return Ratings.from_rows(rows, scale=(-1, 1))


def pages_of(document):
    """Blocks of the first two pages, told by their breaks."""
    pages, rest = [[]], []
    for block in document.blocks:
        if len(pages) > 2:
            rest.append(block)
        elif isinstance(block, PageBreak):
            pages.append([])
        else:
            pages[-1].append(block)
    return pages[0], pages[1], [*pages[2], *rest]


def words_of(blocks):
    found = []
    for block in walk(tuple(blocks)):
        match block:
            case Heading(text=text) | Paragraph(text=text):
                found.append(plain(text))
            case Bullets(items=items):
                found += [plain(item) for item in items]
            case Table(caption=caption, note=note, rows=rows):
                found += [caption, plain(note)]
                found += [row.title for row in rows if isinstance(row, RowGroup)]
                found += [str(cell) for row in block.value_rows for cell in row]
            case KeyFigures(items=items):
                found += [f"{one.value} {one.label}" for one in items]
            case Panel(title=title):
                found.append(title)
    return found


def test_first_page_says_who_took_part_whether_there_are_camps_and_one_answer_each():
    document, found = made(rated())

    first, _second, rest = pages_of(document)

    kinds = [type(block) for block in first]
    assert kinds == [Paragraph, KeyFigures, Paragraph, Table]
    assert "60 people" in words_of(first)
    assert "All figures are of those who took part." in words_of(first)
    assert "camps" in plain(first[0].text) or "Opinions" in plain(first[0].text)
    assert len(first[3].value_rows) <= 12
    shown = len(first[3].value_rows)
    n_few = sum(not one.probabilities for one in found.decisions.measures)
    assert f"{14 - shown - n_few} more items are in the data" in plain(first[3].note)
    assert isinstance(rest[0], Heading)
    assert isinstance(rest[1], Contents)


def test_second_page_says_what_divides_who_was_absent_what_changes_it_and_how():
    _first, second, _rest = pages_of(made(rated())[0])

    headings = [block.text for block in second if isinstance(block, Heading)]
    assert headings == ["What divides", "Who was not in the room", "What would change it"]
    assert isinstance(second[-1], Panel)
    assert len(second[-1].blocks[0].items) == 4


def test_three_headlines_say_what_they_survive_and_their_worst_case():
    document, found = made(rated())

    words = words_of(pages_of(document)[1])

    headlines = [one.measure for one in found.decisions.measures][:3]
    told = [line for line in words if "could bring the mean to" in line]
    assert [line.split(":")[0] for line in told] == headlines
    assert all("This" in line or "change this" in line for line in told)


def test_a_measure_on_which_groups_lie_far_apart_is_named_with_both_ends():
    ratings, groups = apart()

    words = words_of(pages_of(made(ratings, groups=groups)[0])[1])

    assert "Where groups lie far apart" in words
    assert any(line.startswith("AT: 4") for line in words)
    assert any(line.startswith("SI: 1") for line in words)
    assert any("“SI” rates it lower than the other groups do: “lab”." in line for line in words)
    assert any("Every group values, with ten people or more in each: “" in line for line in words)


def test_groups_that_do_not_lie_apart_give_one_sentence():
    ratings = rated(items=3)
    groups = {"region": {f"p{who}": "AT" if who % 2 else "SI" for who in range(60)}}

    document, _found = made(ratings, groups=groups)
    second = pages_of(document)[1]

    said = plain(second[1].text)
    assert said.startswith("No item surely divides the groups")


def test_figures_of_a_group_that_is_withheld_stand_nowhere():
    ratings, groups = apart()
    few = {**groups["region"], **{f"p{who}": "SI" for who in range(60)}}
    few |= {f"p{who}": "AT" for who in range(4)}

    document, _found = made(ratings, groups={"region": few})

    assert not [line for line in words_of(pages_of(document)[1]) if line.startswith("AT:")]


def test_items_with_too_few_answers_are_always_named():
    rows = [(f"p{who}", item, 4 + who % 2) for who in range(40) for item in ("a", "b")]
    rows += [(f"p{who}", "rare", 4 + who % 2) for who in range(6)]

    document, _found = made(Ratings.from_rows(rows, scale=(1, 5)))

    assert "Too few answers to judge these: “rare”." in words_of(pages_of(document)[1])


def test_items_nobody_may_be_told_of_are_named_as_too_few_and_belong_to_the_count():
    rows = [(f"p{who}", item, 4 + who % 2) for who in range(40) for item in ("a", "b", "c")]
    rows += [(f"p{who}", "withheld", 4 + who % 2) for who in range(3)]
    ratings = Ratings.from_rows(rows, scale=(1, 5))

    document, found = made(ratings)

    assert decisions_record(found)["unjudged"] == ["withheld"]
    assert document.title.endswith(": 3 of 4 measures")
    first, second, _rest = pages_of(document)
    assert "Too few answers to judge these: “withheld”." in words_of(second)
    assert any("1 item was not judged enough." in words for words in words_of(first))


def test_without_decisions_the_tiers_stand_on_the_first_page():
    ratings = rated()
    descriptions = {"": describe(ratings)}
    results = apply_methods({"": ratings}, descriptions)
    found = results.by_criterion[""]
    bare = replace(results, by_criterion={"": replace(found, decisions=None)})
    document = build_evaluation_document(
        descriptions,
        subject=EvaluationSubject(name="Bus", date=date(2026, 5, 14)),
        language="en",
        results=bare,
    )

    table = pages_of(document)[0][-1]
    assert next(row.title for row in table.rows if isinstance(row, RowGroup)) == "Tier A"
    assert len(table.value_rows) == 12


def test_votes_are_decided_on_the_first_page_in_the_title_too():
    table = simulated("camps", 300, 60, 0.6, 2)
    rows = [(int(who), int(at), table[who, at]) for who, at in np.argwhere(~np.isnan(table))]

    document, found = made(Ratings.from_rows(rows, scale=(-1, 0, 1)))

    assert found.opinion.groups.structure.verdict == "camps"
    assert plain(document.blocks[0].text) == "Opinion camps: at least two."
    assert "of 60" in document.title


@pytest.mark.integration
@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_the_brief_is_two_pages_of_paper_however_long_the_statements(language):
    names = {f"m{item}": f"{LONG * 3}line {item}" for item in range(14)}

    document, _found = made(rated(), language=language, names=names)
    pages = pypdf.PdfReader(io.BytesIO(write_pdf(document))).pages

    text = translator(language)
    assert text.gettext("What divides") in pages[1].extract_text()
    assert text.gettext("Contents") in pages[2].extract_text().splitlines()[1]


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_the_brief_never_speaks_of_those_who_were_not_asked(language):
    ratings, groups = apart()

    document, _found = made(ratings, language=language, groups=groups)
    first, second, _rest = pages_of(document)

    words = [document.title, *words_of(first), *words_of(second)]
    assert [line for line in words if NEVER.search(line)] == []
    if language != "en":
        assert "What divides" not in words


def test_no_mean_leads_where_measures_in_doubt_were_asked_of_more_people():
    ratings = rated()
    leads = {}
    for best_k in (0, 2):
        subject = EvaluationSubject(name="Valley bus", date=date(2026, 5, 14), best_k=best_k)
        document = build_evaluation_document(
            {"": describe(ratings)}, subject=subject, language="en"
        )
        leads[best_k] = next(
            plain(one.text) for one in walk(document.blocks) if getattr(one, "role", "") == "lead"
        )

    assert leads[2].startswith("Measures in doubt were asked of more people")
    assert leads[0].startswith("m0: 4.38")


def test_tables_by_group_have_the_order_of_the_answers():
    # By mean the lab is second; it is decided to be divided, and stands last.
    labels = {f"p{who}": "AT" if who % 2 else "SI" for who in range(60)}
    values = {"fair": (5, 5), "lab": (5, 3), "visit": (4, 4), "dam": (1, 2)}
    rows = [
        (who, item, max(1, pair[region == "SI"] - place // 2 % 2))
        for place, (who, region) in enumerate(labels.items())
        for item, pair in values.items()
    ]
    document, found = made(Ratings.from_rows(rows, scale=(1, 5)), groups={"region": labels})
    by_mean = ["fair", "lab", "visit", "dam"]
    assert list(found.order) != by_mean

    [table] = [b for b in walk(document.blocks) if isinstance(b, Table) and "by: " in b.caption]
    assert [row[0] for row in table.value_rows] == list(found.order)


def test_each_further_criterion_has_a_short_verdict_by_the_rules_of_the_first():
    ratings = {"effect": rated(), "cost": rated(seed=8)}
    descriptions = {name: describe(one) for name, one in ratings.items()}
    results = with_weighting(apply_methods(ratings, descriptions), ratings, descriptions, None)
    subject = EvaluationSubject(
        name="Valley bus",
        date=date(2026, 5, 14),
        criterion_names={"effect": "Effect", "cost": "Cost"},
    )

    document = build_evaluation_document(
        descriptions, subject=subject, language="en", results=results
    )

    blocks = list(document.blocks)
    at = next(i for i, one in enumerate(blocks) if getattr(one, "text", "") == "Cost")
    title = decision_title(results.by_criterion["cost"].decisions, "en", is_vote=False).text
    assert plain(blocks[at + 1].text).startswith(f"{title}. ")
    assert "Among the best 3" in plain(blocks[at + 1].text)
    own = decision_title(results.by_criterion["effect"].decisions, "en", is_vote=False).text
    assert document.title == f"Effect: {own}"


def test_agreement_is_told_in_figures_and_in_no_list():
    ratings = votes_in_camps()
    descriptions = {"": describe(ratings, agree_from=1.0)}
    results = apply_methods({"": ratings}, descriptions)
    subject = EvaluationSubject(name="Valley bus", date=date(2026, 5, 14), item_word="statement")
    document = build_evaluation_document(
        descriptions, subject=subject, language="en", results=results
    )
    found = results.by_criterion[""]
    assert found.opinion.listed

    [table] = [b for b in walk(document.blocks) if isinstance(b, Table) and "alpha" in b.caption]
    rows = {row[0]: row[1:] for row in table.value_rows}
    alpha = rows["Krippendorff’s alpha, ordinal"]
    assert alpha[0] == found.agreement.alpha_ordinal.value
    shared = [
        value
        for item, value in zip(found.opinion.items, found.opinion.consensus.agree, strict=True)
        if item in found.opinion.listed
    ]
    assert rows["Group-informed consensus, the highest"][0] == max(shared)
    share, ends, n, n_items = rows["Share that agrees, the highest (Wilson)"]
    assert ends.low < share < ends.high
    assert (n > 5, n_items) == (True, 60)


def test_of_further_criteria_only_the_brief_has_the_answers_the_data_the_rest():
    ratings = {"effect": rated(seed=3), "lasting": rated(seed=4)}
    descriptions = {name: describe(one) for name, one in ratings.items()}
    results = apply_methods(ratings, descriptions)
    subject = EvaluationSubject(name="Valley bus", date=date(2026, 5, 14))

    document = build_evaluation_document(
        descriptions, subject=subject, language="en", results=results
    )

    first, _second, rest = pages_of(document)
    [table] = [block for block in first if isinstance(block, Table)]
    assert "lasting" in [column.title for column in table.columns]
    assert [words for words in words_of(rest) if words.startswith("lasting")] == ["lasting"]
    assert "other weights" not in " ".join(words_of(rest))
    record = results_record(results)
    assert sum(one["first"] for one in record["ranking"]["other_weights"]) == pytest.approx(1)
    assert set(record["ranking"]["other_weights"][0]["weights"]) == {"effect", "lasting"}

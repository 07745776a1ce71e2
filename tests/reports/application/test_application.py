"""An application in the structure of Jems: what is filled, what is cut, what is missing."""

import datetime as dt
import io
import json
import re
import zipfile
from dataclasses import replace

import pytest

from alpclusters.analysis.funding.rulebooks import PROLONGED
from alpclusters.reports.application.document import build_application, missing_rows
from alpclusters.reports.application.fields import (
    FIELDS,
    WHERES,
    answers_of,
    kinds_of,
    shares_of,
    total_of,
)
from alpclusters.reports.application.offer_document import award_of, build_offer_application
from alpclusters.reports.application.package import offer_folders, readme, write_application
from alpclusters.reports.application.subject import ApplicationSubject, BodyPart, ProjectPart, Talk
from alpclusters.reports.blocks import Heading, LabelledPart, Table
from alpclusters.reports.funding import build_report
from alpclusters.reports.funding.subject import MixSubject
from alpclusters.reports.writers.docx import write_docx
from tests.reports.funding.mixes_made import case_of, mix_of

pytestmark = [pytest.mark.unit, pytest.mark.slow]
DAY = dt.date(2026, 12, 2)


def subject_of(language="en", **more):
    case = case_of()
    return ApplicationSubject(MixSubject(case, mix_of(case), language), **more)


def text_of(answers, field, place=""):
    return next(one.text for one in answers if (one.field.id, one.place) == (field, place))


def files_of(data):
    package = zipfile.ZipFile(io.BytesIO(data))
    assert package.testzip() is None
    return {name: package.read(name) for name in package.namelist()}


def words_of(data):
    """All words of a DOCX, those of tables too."""
    import docx

    document = docx.Document(io.BytesIO(data))
    cells = [cell.text for t in document.tables for row in t.rows for cell in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def test_each_field_is_named_once():
    ids = [field.id for field in FIELDS]

    assert len(ids) == len(set(ids))
    assert {field.where for field in FIELDS} <= set(WHERES)


def test_case_alone_fills_partners_costs_and_money():
    answers = answers_of(subject_of(), "en")

    assert text_of(answers, "A.1 duration") == "12"
    assert text_of(answers, "B.1.1 role", "A") == "lead partner"
    assert text_of(answers, "B.1.2 nutsRegion2", "B") == "SI04"
    assert text_of(answers, "D.2 staffCosts", "A") == "€60,000"
    assert text_of(answers, "D.1 partnerContribution", "B") == "€0.02"
    assert text_of(answers, "C.4 programmeOutputIndicator", "WP1") == "RCO87: 2"


def test_partners_of_one_undertaking_are_one_cooperating_organisation():
    subject = subject_of()
    case = subject.funding.case
    same = replace(case, partners=tuple(replace(one, undertaking="U-A") for one in case.partners))
    shared = replace(subject, funding=replace(subject.funding, case=same))

    assert text_of(answers_of(shared, "en"), "C.4 programmeOutputIndicator", "WP1") == "RCO87: 1"


def test_what_nobody_knows_is_missing_and_says_what_is_asked_and_where():
    answers = answers_of(subject_of(), "en")
    rows = {row[0]: row[1:] for row in missing_rows(Talk(subject_of(), "en"), answers)}

    assert rows["B.1.4 Contact person"] == (
        "all partners",
        "a person with function and contact data",
        "directly in Jems",
    )
    assert rows["B.1.1 Type of partner"][0] == "Simulated agency A"
    assert len({one.field.id for one in answers if not one.is_filled}) == len(rows)


def test_overheads_are_named_as_missing_where_jems_takes_a_flat_rate_only():
    subject = subject_of()
    case = subject.funding.case
    lines = tuple(
        replace(one, category="overheads") if one.id == "a2" else one for one in case.lines
    )
    changed = replace(subject, funding=replace(subject.funding, case=replace(case, lines=lines)))
    answers = answers_of(changed, "en")

    assert text_of(answers, "D.2 officeCosts", "A") == ""
    assert not any(one.field.id == "D.2 officeCosts" and one.place == "B" for one in answers)


def test_no_answer_is_longer_than_its_limit_and_what_was_cut_is_named_with_the_whole_text():
    long = "Cluster " * 700
    project = ProjectPart("A" * 40, {"en": long}, {"en": long})
    subject = subject_of(project=project)
    answers = answers_of(subject, "en")
    document = build_application(subject, "en", day=DAY)

    assert all(len(one.text) <= one.field.limit for one in answers if one.field.limit)
    assert {one.field.id for one in answers if one.is_shortened} == {
        "A.1 acronym",
        "A.1 title",
        "A.2 intro",
    }
    said = words_of(write_docx(document))
    assert "Characters: 5,599, limit: 2,000" in said
    assert long.strip() in said


def test_directory_fills_what_the_case_does_not_say_and_the_case_stands_above_it():
    body = BodyPart(town="Innsbruck", postcode="6020", type="agency", vat_number="X 1")
    subject = subject_of(bodies={"A": body})
    case = subject.funding.case
    told = tuple(
        replace(one, facts={**one.facts, "town": "Hall"}) if one.id == "A" else one
        for one in case.partners
    )
    changed = replace(subject, funding=replace(subject.funding, case=replace(case, partners=told)))
    answers = answers_of(changed, "en")

    assert text_of(answers, "B.1.2 postalCode", "A") == "6020"
    assert text_of(answers, "B.1.2 city", "A") == "Hall"
    assert text_of(answers, "B.1.1 partnerType", "A") == "Sectoral agency"
    assert text_of(answers, "B.1.2 city", "B") == ""


def test_sections_add_up_to_the_whole():
    answers = answers_of(subject_of(), "en")
    total = total_of(shares_of(answers))

    assert total.asked == len(answers)
    assert total.filled == sum(one.is_filled for one in answers)
    assert kinds_of(answers).asked == len({one.field.id for one in answers})


@pytest.mark.parametrize("language", ["de", "en", "fr", "it", "sl"])
def test_package_opens_again_and_says_simulated_on_every_part(language):
    files = files_of(write_application(subject_of(language), language=language, day=DAY))
    word = {"de": "imuliert", "en": "imulated", "fr": "imulé", "it": "imulat", "sl": "imuliran"}

    assert list(files)[:3] == ["README.txt", "application.json", "application.docx"]
    assert all(word[language] in words_of(files[name]) for name in list(files)[3:])
    assert word[language] in files["README.txt"].decode()
    assert json.loads(files["application.json"])["simulated"] is True
    assert word[language] in words_of(files["application.docx"])


def test_each_used_offer_has_a_folder_whose_document_states_its_own_amounts():
    subject = subject_of()
    files = files_of(write_application(subject, language="en", day=DAY))
    readme = files["README.txt"].decode()
    folders = offer_folders(subject)

    assert [one.id for _folder, one in folders] == ["X", "V", "Y", "Z"]
    for folder, offer in folders:
        name = f"{folder}/application.docx"
        assert name in readme
        words = words_of(files[name])
        assert offer.title in words
        cells = [cell for (_who, one), cell in subject.funding.cells.items() if one == offer.id]
        assert subject.funding.money(sum(grant for _declared, grant in cells)) in words
        # Whoever grants money is told of the other grants.
        others = [one.title for _folder, one in folders if one.id != offer.id]
        assert all(other in words for other in others)
    # B alone applies to Z: A does not stand there as an applicant.
    assert "Simulated agency A" not in words_of(files[f"{folders[-1][0]}/application.docx"])


def test_the_readme_says_that_the_law_is_a_scenario():
    case = replace(case_of(), rulebook=PROLONGED)
    subject = ApplicationSubject(MixSubject(case, mix_of(case), "en"))
    files = files_of(write_application(subject, language="en", day=DAY))

    assert "Scenario, not the law" in files["README.txt"].decode()
    assert "Scenario, not the law" not in readme(subject_of(), "en")


@pytest.mark.parametrize(
    ("terms", "award", "is_short"),
    [
        ({"award": "by_right"}, "by_right", True),
        ({"floor_ct": 500_000, "cap_ct": 500_000}, "fixed", True),
        ({"award": "competitive"}, "competitive", False),
        ({}, "", False),
    ],
)
def test_offer_by_right_or_of_a_fixed_amount_gets_a_short_form(terms, award, is_short):
    subject = subject_of()
    offer = replace(subject.funding.used[0], **terms)

    assert award_of(offer) == award
    words = words_of(write_docx(build_offer_application(subject, offer, "en", day=DAY)))
    assert ("A short form" in words) is is_short
    assert ("The common part" in words) is not is_short


def test_same_case_gives_the_same_bytes():
    first, second = (write_application(subject_of(), language="en", day=DAY) for _ in range(2))

    assert first == second


def test_json_has_the_sections_of_jems_and_its_amounts_add_up():
    files = files_of(write_application(subject_of(), language="en", day=DAY))
    data = json.loads(files["application.json"])["projectData"]
    partner = data["sectionB"]["partners"][0]
    budget = partner["budget"]

    assert list(data) == ["sectionA", "sectionB", "sectionC", "sectionD", "sectionE"]
    assert partner["role"] == "LEAD_PARTNER"
    rows = [row for found in budget["projectPartnerBudgetCosts"].values() for row in found]
    assert sum(float(row["rowSum"]) for row in rows) == 100_000
    for row in rows:
        periods = sum(float(one["amount"]) for one in row["budgetPeriods"])
        assert periods == float(row["rowSum"])
    money = budget["projectPartnerCoFinancing"]
    funds = sum(float(one["amount"]) for one in money["finances"])
    own = sum(float(one["amount"]) for one in money["partnerContributions"])
    assert funds == 100_000
    assert own == float(money["finances"][-1]["amount"])


def test_parts_of_the_document_stand_in_the_order_of_jems():
    blocks = build_application(subject_of(), "en", day=DAY).blocks
    first = blocks.index(Heading("C Project description", 1))
    labels = [
        name
        for block in blocks[first:]
        for name in (
            [block.label] if isinstance(block, LabelledPart)
            else [str(row[0]) for row in block.rows] if isinstance(block, Table)
            else []
        )
    ]  # fmt: skip
    numbers = [found[1] for name in labels if (found := re.match(r"(C\.\d(\.\d)?) ", name))]
    places = [numbers.index(part) for part in ("C.1", "C.2.1", "C.3", "C.4", "C.5", "C.7.1")]

    assert places == sorted(places)
    assert numbers.index("C.4") < numbers.index("C.8.1")
    # Of each work package alone, and never again after the parts that follow.
    last = len(numbers) - 1 - numbers[::-1].index("C.4")
    assert last < numbers.index("C.5")


def test_budget_adds_up_by_partner_heading_and_period_and_names_its_sources():
    subject = subject_of()
    found = {one.name: one for one in build_application(subject, "en", day=DAY).blocks
             if isinstance(one, Table)}  # fmt: skip
    data = json.loads(
        files_of(write_application(subject, language="en", day=DAY))["application.json"]
    )

    assert [found[name].total[-1] for name in ("Costs", "Periods", "Headings and periods")] == [
        180_000
    ] * 3
    sources = found["Sources of money"].total
    assert sources[1] == 180_000
    assert sum(sources[2:]) == 180_000
    assert sum(float(one["amount"]) for one in data["budget"]) == 180_000
    assert sum(float(one["amount"]) for one in data["revenue"]) == 180_000
    assert data["projectData"]["sectionE"] == {"projectLumpSums": []}


def test_section_d_has_the_three_parts_of_jems_each_with_its_table():
    blocks = build_application(subject_of(), "en", day=DAY).blocks
    part, parts = "", {}
    for block in blocks:
        if isinstance(block, Heading) and block.level < 3:
            part = block.text[:3]
        elif isinstance(block, Table):
            parts.setdefault(part, []).append(block.name)

    assert "Sources of money" in parts["D.1"]
    assert "Costs" in parts["D.2"]
    assert {"Periods", "Headings and periods"} <= set(parts["D.3"])
    assert [name for name in parts if name.startswith("D")] == ["D.1", "D.2", "D.3"]


def test_programme_has_its_name_and_its_key_only_where_nobody_knows_the_name():
    case = case_of()
    mix = mix_of(case)
    key = case.offers[0].programme
    named = build_report(case, mix, "en", day=DAY, programmes={key: "A programme"})

    assert "A programme" in words_of(write_docx(named))
    assert "A programme" not in words_of(write_docx(build_report(case, mix, "en", day=DAY)))


def test_json_has_a_text_only_in_the_languages_in_which_it_is_there():
    project = ProjectPart("AX", {"de": "Holz", "en": "Wood"}, {"en": "All about wood"})
    subject = subject_of("de", project=project)
    files = files_of(write_application(subject, language="de", day=DAY))
    found = json.loads(files["application.json"])["projectData"]["sectionA"]

    assert found["title"] == [
        {"language": "DE", "translation": "Holz"},
        {"language": "EN", "translation": "Wood"},
    ]
    # The summary is borrowed from English for the document, and marked there.
    assert [one["language"] for one in found["intro"]] == ["EN"]
    assert "teils in einer anderen Sprache" in words_of(files["application.docx"])

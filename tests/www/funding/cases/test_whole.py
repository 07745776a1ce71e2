"""Whole cases: workbooks, files, copies, history."""

import json

import pytest
import xlsxwriter  # noqa: TID253 - the test's own workbooks
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from alpclusters.analysis.funding.case_files import case_data, read_case
from alpclusters.platform.funding.domain.casework.costs import totals_of
from alpclusters.platform.funding.models import FundingCase
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.sources.case_sheets import read_case_sheets
from tests.factories.mixes import example_case, make_case

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

HEADS = ("Partner", "Work package", "Cost category", "Amount", "From", "To")


def address(name, case, *more):
    return reverse(f"workspace:{name}", args=[case.pk, *more])


def workbook(tmp_path, *rows):
    path = tmp_path / "costs.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Costs")
        for line, row in enumerate((HEADS, *rows)):
            sheet.write_row(line, 0, row)
    return SimpleUploadedFile("costs.xlsx", path.read_bytes())


def try_it(client, case, file, costs="replace"):
    return client.post(address("funding_upload", case), {"file": file, "costs": costs})


def test_workbook_is_shown_first_and_taken_when_confirmed(planner, case, tmp_path):
    file = workbook(tmp_path, (case.data["partners"][1]["name"], "WP1", "staff", 900, "Q1 2025"))

    trial = try_it(planner, case, file)
    untouched = FundingCase.objects.get().data
    answer = planner.post(address("funding_upload_take", case), {"trial": trial.context["signed"]})

    assert (trial.context["before"], trial.context["after"]) == ("€180,000", "€900")
    assert untouched == case.data
    assert answer.url == address("funding_case", case)
    case.refresh_from_db()
    assert totals_of(case.data).total_ct == 90_000
    assert case.history.first().history_change_reason == "case.upload:costs.xlsx"


def test_errors_stand_by_sheet_row_and_column_and_nothing_can_be_taken(planner, case, tmp_path):
    file = workbook(tmp_path, ("Nobody", "WP1", "stuff", -1, "soon"))

    trial = try_it(planner, case, file)

    assert trial.status_code == 422
    assert trial.context["signed"] == ""
    assert ("Costs", "2", "D Amount") in {
        (row.sheet, row.row, row.column) for row in trial.context["rows"]
    }


def test_trial_is_for_one_case_in_one_version_only(planner, project, case, tmp_path):
    name = case.data["partners"][1]["name"]
    signed = try_it(planner, case, workbook(tmp_path, (name, "WP1", "staff", 9, 2025))).context[
        "signed"
    ]
    other = make_case(project)

    for target, trial in ((other, signed), (case, f"{signed}x"), (case, "")):
        planner.post(address("funding_upload_take", target), {"trial": trial})
    planner.post(
        address("funding_package", case, "WP1"), {"version": 1, "title": "New", "themes": ""}
    )
    planner.post(address("funding_upload_take", case), {"trial": signed})

    case.refresh_from_db()
    other.refresh_from_db()
    assert totals_of(case.data).total_ct == totals_of(other.data).total_ct == 18_000_000


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"a;b\n1;2\n"])
def test_what_is_no_workbook_is_refused_with_a_sentence(planner, case, content):
    answer = try_it(planner, case, SimpleUploadedFile("x.xlsx", content))

    assert answer.status_code == 422
    assert "file" in answer.context["form"].errors


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_template_comes_back_as_it_went_out(planner, case, tmp_path, language):
    with translation.override(language):
        body = planner.get(address("funding_template", case)).content
    path = tmp_path / "template.xlsx"
    path.write_bytes(body)

    sheets = read_case_sheets(path, name="template.xlsx")
    trial = try_it(planner, case, SimpleUploadedFile("t.xlsx", body))

    assert sheets.errors == ()
    assert {change.what for change in trial.context["trial"].changes} == {"same"}
    assert trial.context["before"] == trial.context["after"]


def test_export_is_a_case_and_comes_in_again(planner, project, case):
    body = planner.get(address("funding_case_export", case)).content

    answer = planner.post(
        reverse("workspace:funding_case_import"),
        {
            "project": project.slug,
            "title": "Again",
            "file": SimpleUploadedFile("case.json", body),
        },
    )

    made = FundingCase.objects.exclude(pk=case.pk).get()
    assert answer.url == address("funding_case", made)
    assert made.title == "Again"
    assert case_data(read_case({**made.data, "title": ""})) == case_data(
        read_case({**json.loads(body), "title": ""})
    )


@pytest.mark.parametrize("body", [b"no json", b"[]", b"{}", b'{"schema": 3}', b"[" * 9999])
def test_file_that_is_no_case_is_refused_whole(planner, project, body):
    answer = planner.post(
        reverse("workspace:funding_case_import"),
        {"project": project.slug, "file": SimpleUploadedFile("case.json", body)},
    )

    assert answer.status_code == 422
    assert not FundingCase.objects.exists()


def test_faults_of_a_file_are_listed_with_their_places(planner, project):
    data = example_case()
    data["lines"][0]["cost_ct"] = -1
    file = SimpleUploadedFile("case.json", json.dumps(data).encode())

    answer = planner.post(
        reverse("workspace:funding_case_import"), {"project": project.slug, "file": file}
    )

    assert any("/lines/0/cost_ct" in fault for fault in answer.context["faults"])


def test_copy_and_deletion(planner, case):
    planner.post(address("funding_case_copy", case))
    copy = FundingCase.objects.exclude(pk=case.pk).get()
    planner.get(address("funding_case_delete", copy))
    asked = FundingCase.objects.count()

    planner.post(address("funding_case_delete", copy))

    assert copy.title == f"{case.title} (copy)"
    assert asked == 2
    assert FundingCase.objects.get() == case


def test_history_brings_an_earlier_version_back(planner, case):
    planner.post(address("funding_remove", case, "partners", "B"), {"version": 1})
    page = planner.get(address("funding_case_history", case))
    first = page.context["versions"][-1]["number"]

    planner.post(address("funding_case_back", case, first), {"version": 2})

    case.refresh_from_db()
    assert page.context["versions"][0]["words"].startswith("Partner removed: ")
    assert [partner["id"] for partner in case.data["partners"]] == ["A", "B"]
    assert case.version == 3


def test_list_shows_the_cases_of_ones_own_projects(planner, case):
    page = planner.get(reverse("workspace:funding_cases"))

    assert [(row.case, row.costs) for row in page.context["rows"]] == [(case, "€180,000")]

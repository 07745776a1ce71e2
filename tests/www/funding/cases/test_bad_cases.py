"""Bad cases in the workspace: by file, by workbook and at the button, with nothing half-saved."""

import json

import pytest
import xlsxwriter  # noqa: TID253 - the test's own workbooks
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from alpclusters.platform.funding.domain.casework.costs import totals_of
from alpclusters.platform.funding.domain.mixing.runs import perform
from alpclusters.platform.funding.models import FundingCase, MixRun
from tests.factories.bad_cases import BAD_CASES, bad_case
from tests.factories.mixes import make_run

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

# Readable, and refused only where a mix is asked for.
READABLE = "thousand_offers"


def address(name, case, *more):
    return reverse(f"workspace:{name}", args=[case.pk, *more])


@pytest.mark.parametrize("name", [name for name in BAD_CASES if name != READABLE])
def test_file_is_refused_whole_with_the_place(name, planner, project):
    pointer, words = BAD_CASES[name]
    file = SimpleUploadedFile("case.json", json.dumps(bad_case(name)).encode())

    answer = planner.post(
        reverse("workspace:funding_case_import"), {"project": project.slug, "file": file}
    )

    assert answer.status_code == 422
    assert answer.context["faults"][0].startswith(f"{pointer}: {words}")
    assert not FundingCase.objects.exists()


@pytest.mark.parametrize("name", BAD_CASES)
def test_mix_of_such_a_case_is_not_begun(name, planner, case):
    pointer, words = BAD_CASES[name]
    FundingCase.objects.filter(pk=case.pk).update(data=bad_case(name))

    answer = planner.post(address("mix_ask", case))

    assert answer.status_code == 422
    assert answer.context["faults"][0].startswith(f"{pointer}: {words}")
    assert (MixRun.objects.count(), DBTaskResult.objects.count()) == (0, 0)


@pytest.mark.parametrize("name", BAD_CASES)
def test_pages_of_such_a_case_say_what_to_mend(name, planner, case):
    pointer, _words = BAD_CASES[name]
    FundingCase.objects.filter(pk=case.pk).update(data=bad_case(name))

    page = planner.get(address("funding_case_fits", case))

    assert page.status_code == 200
    assert name == READABLE or pointer in page.text


@pytest.mark.parametrize("name", BAD_CASES)
def test_task_that_meets_such_a_case_fails_with_its_place(name, planner, case):
    """No page stores one; a case of an older version of the program may be one all the same."""
    pointer, words = BAD_CASES[name]
    run = make_run(case)
    MixRun.objects.filter(pk=run.pk).update(case_data=bad_case(name))

    perform(run.pk)

    run.refresh_from_db()
    page = planner.get(address("mix", run))
    assert (run.state, run.result) == ("failed", None)
    assert run.error["faults"][0]["pointer"] == pointer
    assert f"{pointer}: {words}" in page.text.replace("&#x27;", "'")


def workbook(tmp_path, costs=(), partners=()):
    path = tmp_path / "case.xlsx"
    heads = {
        "Costs": ("Partner", "Work package", "Cost category", "Amount", "From", "To"),
        "Partners": ("Name", "Country", "Region (NUTS)"),
    }
    with xlsxwriter.Workbook(path) as book:
        for name, rows in (("Costs", costs), ("Partners", partners)):
            sheet = book.add_worksheet(name)
            for line, row in enumerate((heads[name], *rows)):
                sheet.write_row(line, 0, row)
    return SimpleUploadedFile("case.xlsx", path.read_bytes())


def test_workbook_with_a_negative_cost_and_an_unknown_region_changes_nothing(
    planner, case, tmp_path
):
    name = case.data["partners"][1]["name"]
    file = workbook(
        tmp_path,
        costs=[(name, "WP1", "staff", -900, "Q1 2025", "Q1 2025")],
        partners=[("Newcomer", "AT", "AT36")],
    )

    trial = planner.post(address("funding_upload", case), {"file": file, "costs": "replace"})

    assert trial.status_code == 422
    assert {(row.sheet, row.row) for row in trial.context["rows"]} == {
        ("Costs", "2"),
        ("Partners", "2"),
    }
    case.refresh_from_db()
    assert (case.version, totals_of(case.data).total_ct) == (1, 18_000_000)

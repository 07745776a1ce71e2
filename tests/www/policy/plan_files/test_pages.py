"""The files of a plan and the own template, as people meet them."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document  # noqa: TID253 - what is read back

from alpclusters.platform.accounts.models import Role
from tests.factories.accounts import make_user_with
from tests.factories.evaluation import make_project
from tests.factories.policy import make_plan

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def plan():
    return make_plan(project=make_project(slug="demo", kind="demonstration"), published=True)


@pytest.fixture
def member(client, plan):
    client.force_login(make_user_with(Role.MEMBER, project=plan.project))
    return client


def template(*lines):
    docx = Document()
    for line in lines:
        docx.add_paragraph(line)
    out = io.BytesIO()
    docx.save(out)
    return SimpleUploadedFile("ministry.docx", out.getvalue())


def send(client, plan, file, language="de"):
    address = reverse("workspace:plan_files", args=[plan.pk])
    return client.post(address, {"file": file, "language": language})


def test_page_lists_every_file_in_every_language(member, plan):
    page = member.get(reverse("workspace:plan_files", args=[plan.pk])).content.decode()

    for kind in ("plan", "summary", "evaluation"):
        for language in ("de", "sl"):
            address = reverse("workspace:plan_file", args=[plan.pk, kind, "pdf"])
            assert f"{address}?language={language}" in page
    assert reverse("workspace:plan_file", args=[plan.pk, "report", "pdf"]) not in page


@pytest.mark.parametrize("kind", ["plan", "summary", "evaluation"])
def test_file_comes_in_the_language_asked_for(member, plan, kind):
    address = reverse("workspace:plan_file", args=[plan.pk, kind, "html"])

    answer = member.get(address, {"language": "sl"})

    assert answer["Content-Type"] == "text/html; charset=utf-8"
    assert '<html lang="sl">' in answer.content.decode()


@pytest.mark.parametrize(
    ("kind", "ending"), [("report", "pdf"), ("plan", "exe"), ("letter", "pdf"), ("sample", "pdf")]
)
def test_file_that_does_not_exist_is_not_found(member, plan, kind, ending):
    assert (
        member.get(reverse("workspace:plan_file", args=[plan.pk, kind, ending])).status_code == 404
    )


def test_sample_that_is_sent_back_is_filled(member, plan):
    sample = member.get(reverse("workspace:plan_file", args=[plan.pk, "sample", "docx"]))

    answer = send(member, plan, SimpleUploadedFile("sample.docx", sample.content))

    words = [p.text for p in Document(io.BytesIO(answer.content)).paragraphs]
    assert "Plan de" in words
    assert answer["Content-Disposition"].startswith('attachment; filename="ac_own_demo_')


def test_wrong_tag_is_told_with_its_paragraph(member, plan):
    answer = send(member, plan, template("First", "Sum: {{ plan.sum }}"))

    assert answer.status_code == 422
    assert "Sum: {{ plan.sum }}" in answer.content.decode()


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7"])
def test_what_is_no_template_is_refused(member, plan, content):
    answer = send(member, plan, SimpleUploadedFile("x.docx", content))

    assert answer.status_code == 422

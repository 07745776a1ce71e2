"""Shares outside the room in the preparation: typed, pasted, refused with a reason, taken back."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from alpclusters.platform.accounts.models import Role
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from tests.factories.accounts import make_user_with
from tests.factories.evaluation import make_snapshot
from tests.factories.judging import FOUR, four_cafe
from tests.platform.evaluation.test_margins import HALF, NORTH, SOUTH, region_of_project

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def cafe(client):
    people = [(row, "AT32") for row in NORTH] + [(row, "ITC4") for row in SOUTH]
    made = four_cafe([r for r, _ in people], regions=[r for _, r in people], measures=FOUR[:3])
    region_of_project(made, "ITC4")
    client.force_login(make_user_with(Role.FACILITATOR, project=made.project, region=made.region))
    return made


def address(cafe):
    return reverse("workspace:cafe_margins", args=[cafe.pk])


def said(client, cafe, data):
    response = client.post(address(cafe), data, follow=True)
    cafe.refresh_from_db()
    return response.status_code, [str(message) for message in response.context["messages"]]


TYPED = {
    "do": "region",
    "region-AT32": "40",
    "region-ITC4": "60 %",
    "region-source": "Census",
    "region-date": "2021",
}


def test_shares_are_typed_shown_again_and_taken_back(client, cafe):
    assert said(client, cafe, TYPED) == (200, ["Saved"])
    assert cafe.margins["region"]["shares"] == {"AT32": 0.4, "ITC4": 0.6}
    page = client.get(address(cafe)).content.decode()
    assert 'value="40"' in page
    assert 'value="Census"' in page

    assert said(client, cafe, {"do": "back:region"}) == (200, ["Taken back"])
    assert cafe.margins == {}
    assert [one.command for one in cafe.entries.all()][-2:] == ["set_margins", "set_margins"]


@pytest.mark.parametrize("is_file", [False, True])
def test_the_table_of_the_command_is_pasted_or_uploaded(client, cafe, is_file):
    given = (
        {"file": SimpleUploadedFile("shares.csv", HALF.encode())} if is_file else {"table": HALF}
    )

    assert said(client, cafe, {"do": "table", **given}) == (200, ["Saved"])
    assert cafe.margins["region"]["source"] == "Census"


def test_shares_that_do_not_add_up_are_refused_and_what_was_typed_stays(client, cafe):
    response = client.post(address(cafe), {**TYPED, "region-AT32": "90"})
    cafe.refresh_from_db()

    assert response.status_code == 422
    assert "add up to" in response.content.decode()
    assert 'value="90"' in response.content.decode()
    assert cafe.margins == {}


def test_a_file_that_is_no_table_is_refused_with_a_reason(client, cafe):
    status, _ = said(
        client, cafe, {"do": "table", "file": SimpleUploadedFile("x.csv", b"\x00\x01")}
    )

    assert status == 422
    assert cafe.margins == {}


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_weighted_figures_stand_on_the_page_with_source_and_year(client, cafe, language):
    said(client, cafe, TYPED)
    snapshot = make_snapshot(cafe=cafe, released=True)

    page = client.get(f"/{language}/evaluations/{snapshot.pk}/").content.decode()
    table = client.get(f"/{language}/evaluations/{snapshot.pk}/csv").content.decode("utf-8-sig")

    assert "(Census, 2021)" in page
    assert "weighted_region" in table.splitlines()[0]
    assert client.get(address(cafe).replace("/en/", f"/{language}/")).status_code == 200

"""Shares of regions from a table of Eurostat: given, chosen from, taken over with its source."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from alpclusters.platform.accounts.models import Role
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from tests.factories.accounts import make_user_with
from tests.factories.evaluation import make_cafe
from tests.platform.evaluation.test_margins import region_of_project

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

# Made up: no figure of any office.
TABLE = (
    "unit,sex,geo\\time\t2023\t2022\n"
    "NR,T,AT32\t300 p\t290\nNR,F,AT32\t100\t150\nNR,T,ITC4\t500\t450\nNR,F,ITC4\t300\t: \n"
)


@pytest.fixture
def cafe(client):
    made = make_cafe()
    region_of_project(made, "ITC4")
    client.force_login(make_user_with(Role.FACILITATOR, project=made.project, region=made.region))
    return made


def address(cafe):
    return reverse("workspace:cafe_official", args=[cafe.pk])


def given(text=TABLE, name="estat_demo_x.tsv"):
    return {"file": SimpleUploadedFile(name, text.encode())}


def hidden(page):
    return {bound.html_name: bound.value() for bound in page.context["choice"] if bound.value()}


@pytest.mark.parametrize("pasted", [False, True])
def test_a_table_is_read_chosen_from_and_taken_over(client, cafe, pasted):
    page = client.post(address(cafe), {"table": TABLE} if pasted else given())

    assert page.status_code == 200
    assert hidden(page)["year"] == "2023"
    assert hidden(page)["by-sex"] == "T"
    assert "37.5%" in page.content.decode()

    women = {**hidden(page), "by-sex": "F", "dataset": "demo_x"}
    assert "25.0%" in client.post(address(cafe), women).content.decode()

    taken = client.post(address(cafe), {**women, "do": "take"}, follow=True)
    cafe.refresh_from_db()
    assert [str(one) for one in taken.context["messages"]] == ["Saved"]
    assert cafe.margins["region"] == {
        "shares": {"AT32": 0.25, "ITC4": 0.75},
        "source": f"Eurostat demo_x; sex F; {timezone.localdate().isoformat()}",
        "date": "2023",
    }


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_a_region_without_a_figure_is_named(client, cafe, language):
    page = client.post(address(cafe), given())
    there = address(cafe).replace("/en/", f"/{language}/")

    text = client.post(there, {**hidden(page), "year": "2022", "by-sex": "F"}).content.decode()

    assert "ITC4" in text.split('class="ac-msg')[1]
    assert client.get(there).status_code == 200


def test_one_region_alone_is_not_taken_over(client, cafe):
    page = client.post(address(cafe), given())
    choice = {**hidden(page), "year": "2022", "by-sex": "F", "do": "take"}

    response = client.post(address(cafe), choice)

    cafe.refresh_from_db()
    [message] = response.context["messages"]
    assert str(message).startswith("Shares need figures")
    assert cafe.margins == {}


@pytest.mark.parametrize("data", [{}, given("a,b\n1,2\n"), {"table": "geo"}])
def test_what_is_no_table_is_refused_with_a_reason(client, cafe, data):
    response = client.post(address(cafe), data)

    assert response.status_code == 422
    assert response.context["choice"] is None

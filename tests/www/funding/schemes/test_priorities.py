"""Priorities in the workspace: chosen, entered, changed, refused."""

import pytest
from django.urls import reverse

from alpclusters.platform.accounts.models import Role
from alpclusters.platform.funding.models import Priority
from tests.factories.accounts import make_user_with
from tests.factories.evaluation import make_region
from tests.factories.funding import make_programme
from tests.factories.partnership import make_project
from tests.factories.policy_mix import make_priority

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

LIST = "/en/workspace/schemes/priorities/"
TYROL = f"{LIST}AT33/?period=2021-2027"


@pytest.fixture
def keeper(client):
    make_region("AT33", "Tirol")
    client.force_login(make_user_with(Role.PARTNER_COORDINATOR, project=make_project()))
    return client


def rows(page, *wanted):
    sent = {"seen": page.context["seen"], "row-TOTAL_FORMS": len(wanted), "row-INITIAL_FORMS": 0}
    for n, row in enumerate(wanted):
        sent |= {f"row-{n}-{name}": value for name, value in row.items()}
    return sent


def test_list_names_programmes_and_regions(keeper):
    make_priority("AT33", "timber")
    make_priority("", "timber", programme=make_programme("prog", name={"en": "Programme P"}))

    page = keeper.get(LIST)

    assert {row.name for row in page.context["rows"]} == {"Tirol (AT33)", "Programme P"}


@pytest.mark.parametrize(
    ("sent", "leads"),
    [
        ({"region": "at33"}, "AT33"),
        ({"programme": "prog"}, "prog"),
    ],
)
def test_choosing_leads_to_the_form(keeper, sent, leads):
    make_programme("prog")

    answer = keeper.post(reverse("workspace:priority-new"), {"period": "2021-2027", **sent})

    assert answer.url == f"{reverse('workspace:priority', args=[leads])}?period=2021-2027"


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"region": "AT33", "programme": "prog"},
        {"region": "AT99"},
        {"region": "AT33", "period": "soon"},
    ],
)
def test_choosing_neither_or_both_is_refused(keeper, sent):
    make_programme("prog")

    answer = keeper.post(reverse("workspace:priority-new"), {"period": "2021-2027", **sent})

    assert answer.status_code == 422


def test_priorities_are_entered_and_changed(keeper):
    first = {"theme": "timber", "side": "need", "weight": "40", "source": "Strategy"}
    sent = rows(keeper.get(TYROL), {**first, "checked_on": "2026-05-01"}, {"theme": ""})
    keeper.post(TYROL, sent)
    page = keeper.get(TYROL)
    entered = Priority.objects.get()

    answer = keeper.post(TYROL, rows(page, {"theme": "tourism", "side": "priority"}))

    assert (entered.weight, entered.status, entered.region) == (0.4, "verified", "AT33")
    assert page.context["forms"].forms[0]["weight"].value() == 40
    assert answer.url == reverse("workspace:priorities")
    assert [(row.theme, row.weight) for row in Priority.objects.all()] == [("tourism", None)]


def test_form_of_before_is_refused(keeper):
    old = keeper.get(TYROL)
    make_priority("AT33", "timber")

    answer = keeper.post(TYROL, rows(old, {"theme": "tourism", "side": "priority"}))

    assert answer.status_code == 409
    assert Priority.objects.get().theme == "timber"


def test_theme_twice_is_refused_with_a_sentence(keeper):
    row = {"theme": "tourism", "side": "priority"}

    answer = keeper.post(TYROL, rows(keeper.get(TYROL), row, row))

    assert answer.status_code == 422
    assert "A theme stands twice on one side" in answer.text
    assert not Priority.objects.exists()


@pytest.mark.parametrize("row", [{"theme": "x"}, {"theme": "tourism", "weight": "101"}])
def test_row_that_is_none_is_refused(keeper, row):
    answer = keeper.post(TYROL, rows(keeper.get(TYROL), {"side": "need", **row}))

    assert answer.status_code == 422


def test_nobody_is_found_under_a_name_of_nothing(keeper):
    assert keeper.get(f"{LIST}nobody/").status_code == 404

"""The key figures of a plan are parts of its own actions; plans below it stand apart."""

import re

import pytest

from alpclusters.platform.languages.codes import LANGUAGE_CODES
from tests.factories.policy import make_plan
from tests.www.plans.test_views import late_plan, move, report

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def plan_with_one_below():
    """Three actions, two with a report; one of the plan below, with a report."""
    plan = late_plan()
    below = make_plan(("voucher",), project=plan.project, published=True)
    below.parent = plan
    below.save()
    report(move(below, "X1", started=180, ends=180), 0.6)
    return plan


def words(page):
    text = re.sub(r"<script.*?</script>|<style.*?</style>", " ", page, flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


def bases(page):
    return set(
        re.findall(r'<dd data-figure="actions\.[^"]+" data-value="\d+" data-of="(\d+)"', page)
    )


@pytest.mark.parametrize("path", ["", "progress/", "embed/"])
@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_key_figures_all_count_the_actions_of_the_plan_itself(client, path, language):
    plan = plan_with_one_below()

    page = client.get(f"/{language}/plans/{plan.slug}/{path}").content.decode()

    assert bases(page) == {"3"}
    assert re.search(r"\b2\b\D{1,20}\b3\b[^(]*\(67\s?%\)", words(page))
    assert not re.search(r"75\s?%", words(page))  # three of four with the plan below


def test_plan_with_plans_below_names_what_its_status_counts(client):
    plan = plan_with_one_below()

    page = client.get(f"/en/plans/{plan.slug}/").content.decode()

    assert "The plan together with 1 plan below it:" in words(page)
    rows = re.findall(r'data-(row|total)="joint" data-value="(\d+)"', page)
    assert rows == [("row", "3"), ("row", "1"), ("total", "4")]


def test_figure_of_a_plan_leads_to_a_table_of_exactly_these_actions(client):
    plan = plan_with_one_below()
    page = client.get(f"/en/plans/{plan.slug}/").content.decode()

    figures = re.findall(r'data-value="(\d+)" data-of="3" data-href="([^"]+)"', page)

    assert len(figures) == 4
    for n, url in figures:
        assert client.get(url).content.decode().count('data-row="actions.') == int(n)

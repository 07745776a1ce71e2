"""Conditions of an offer entered for one case: shown, corrected, taken back, in one's notation."""

import pytest
from django.urls import reverse
from django.utils import translation

from tests.factories.mixes import example_case, make_case

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
NOT_ENTERED = {"eq": ["offer.conditions_coded", True]}


@pytest.fixture
def case(project):
    """A case whose only offer has conditions that nobody entered."""
    data = example_case()
    offer = {**data["offers"][0], "eligibility": {"all": [NOT_ENTERED]}, "rates": [{"bp": 5000}]}
    return make_case(project, {**data, "offers": [offer], "links": [], "wishes": []})


def form_of(case, language="en"):
    with translation.override(language):
        return reverse("workspace:funding_conditions", args=[case.pk, case.data["offers"][0]["id"]])


def say(client, case, language="en", **said):
    case.refresh_from_db()
    data = {"version": case.version, "source": "Notice, page 3", **said}
    answer = client.post(form_of(case, language), data)
    case.refresh_from_db()
    return answer


def test_entered_conditions_are_shown_with_who_and_when(planner, case):
    say(planner, case, kinds=["public", "research"], places="AT, SI", rate="62.5", cap="1000.50")

    page = planner.get(form_of(case))

    form = page.context["form"]
    assert form["kinds"].value() == ["public", "research"]
    assert form["source"].value() == "Notice, page 3"
    assert 'value="62.5"' in str(form["rate"])
    assert 'value="AT, SI"' in str(form["places"])
    assert 'value="1000.50"' in str(form["cap"])
    assert page.context["entered"].made_by
    assert page.context["entered"].made_by in page.text


def test_corrected_conditions_replace_the_first_ones_and_their_source(planner, case):
    say(planner, case, kinds=["public"], cap="1000", min_partners="4")

    say(planner, case, kinds=["research"], source="Notice, page 4")

    [offer] = case.data["offers"]
    assert offer["eligibility"] == {"all": [{"all": [{"in": ["partner.kind", ["research"]]}]}]}
    assert offer.get("min_partners", 1) != 4
    assert [f["source"] for f in offer["facts"] if f["name"] == "terms"][-1:] == ["Notice, page 4"]
    assert "Notice, page 3" not in {fact["source"] for fact in offer["facts"]}


def test_taken_back_conditions_leave_the_offer_as_the_catalogue_has_it(planner, case):
    [before] = case.data["offers"]
    say(planner, case, kinds=["public"], rate="60", cap="1000", min_partners="4")

    answer = say(planner, case, take_back="1")

    assert answer.status_code == 302
    assert case.data["offers"] == [before]
    page = planner.get(reverse("workspace:funding_case_fits", args=[case.pk]))
    assert page.context["entered"] == []
    assert len(page.context["uncoded"]) == 1


def test_what_fits_leads_to_correcting_entered_conditions(planner, case):
    say(planner, case, kinds=["public"])

    page = planner.get(reverse("workspace:funding_case_fits", args=[case.pk]))

    assert [key for key, _title in page.context["entered"]] == [case.data["offers"][0]["id"]]
    assert f'href="{form_of(case)}"' in page.text


def test_rate_and_amounts_are_shown_and_taken_in_german_notation(planner, case):
    say(planner, case, "de", rate="62,5", floor="1.250,50")

    form = planner.get(form_of(case, "de")).context["form"]

    [offer] = case.data["offers"]
    assert (offer["rates"], offer["floor_ct"]) == ([{"bp": 6250}], 125_050)
    with translation.override("de"):
        assert 'value="62,5"' in str(form["rate"])
        assert 'value="1250,50"' in str(form["floor"])


def test_rate_of_the_catalogue_is_shown_without_idle_decimals(planner, case):
    form = planner.get(form_of(case, "de")).context["form"]

    with translation.override("de"):
        assert 'value="50"' in str(form["rate"])


def test_only_pages_of_this_site_are_gone_back_to(planner, case):
    url = f"{form_of(case)}?next=https://example.org/"

    page = planner.get(url)

    assert page.context["back"] == reverse("workspace:funding_case_fits", args=[case.pk])


def test_conditions_of_the_catalogue_itself_are_not_changed_here(planner, project):
    case = make_case(project, example_case())

    assert planner.get(form_of(case)).status_code == 302

"""Why an offer is not used or a cost not paid, and what would change it."""

import pytest
from django.urls import reverse

from tests.factories.mixes import example_case, make_case, make_done_run
from tests.www.funding.mixes.mix_pages import address, mix_of, text_of

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.mark.usefixtures("planner")
def test_page_of_an_unused_offer_says_why_and_what_would_bring_it_in(client, project):
    data, mix = mix_of(wishes=[{"type": "avoid", "offer": "V"}])
    run = make_done_run(make_case(project, data), result=mix)
    place = next(i for i, part in enumerate(run.result["offers"]) if not part["used"])
    subject = f"offer:{run.result['offers'][place]['id']}"
    before = text_of(client.get(address("mix_offer", run, place)))
    floor = {"kind": "floor", "subject": "X", "needed": 3_000_000, "found": 1_575_000}
    nothing = {"day": None, "rule": "", "act": "", "article": ""}
    way = {"kind": "cost", "subject": "A", "amount": 2_850_000, "day": None, "worth_ct": 500_000}
    run.reasons = {subject: {"state": "done", "obstacles": [{**floor, **nothing}], "ways": [way]}}
    run.save()

    after = text_of(client.get(address("mix_offer", run, place)))

    assert "Say why" in before
    assert "The grant has to be at least €30,000; you reach €15,750." in after
    assert "€28,500 more costs of Simulated agency A" in after
    assert "the mix is worth €5,000 more" in after


def explained(run, subject, *obstacles, ways=()):
    """Keep a reason as the worker does."""
    empty = {"subject": "", "needed": None, "found": None, "day": None}
    law = {"rule": "", "act": "", "article": ""}
    way = {"subject": "", "amount": None, "day": None, "to": "", "worth_ct": None}
    run.reasons[subject] = {
        "state": "done",
        "obstacles": [{**empty, **law, **one} for one in obstacles],
        "ways": [{**way, **one} for one in ways],
    }
    run.save()


@pytest.fixture
def unused(project):
    """A mix that leaves offer V out; its place among the offers."""
    data, mix = mix_of(wishes=[{"type": "avoid", "offer": "V"}])
    run = make_done_run(make_case(project, data), result=mix)
    return run, next(i for i, one in enumerate(data["offers"]) if one["id"] == "V")


@pytest.mark.usefixtures("planner")
def test_way_of_using_an_offer_all_the_same_says_which_grant_was_forced(client, unused):
    run, place = unused
    use = {"kind": "use", "subject": "V", "amount": 100_000, "worth_ct": -150_000}
    explained(run, "offer:V", {"kind": "displaced", "subject": "V", "needed": 150_000}, ways=[use])

    page = text_of(client.get(address("mix_offer", run, place)))

    assert "Use it all the same, for a grant of at least €1,000" in page
    assert "the mix is worth €1,500 less" in page


@pytest.mark.usefixtures("planner")
def test_offer_that_lacks_partners_and_countries_says_both_and_who_would_bring_them(client, unused):
    run, place = unused
    lacking = [
        {"kind": "partners", "subject": "V", "needed": 4, "found": 2},
        {"kind": "countries", "subject": "V", "needed": 3, "found": 2},
    ]
    more = {"kind": "partners", "subject": "V", "amount": 2, "countries": 1, "worth_ct": 5_000}
    explained(run, "offer:V", *lacking, ways=[more])

    page = text_of(client.get(address("mix_offer", run, place)))

    for text in (
        "It needs 4 partners; it fits 2.",
        "It needs partners from 3 countries; they are from 2.",
        "More partners whom it fits: 2, from further countries: 1",
    ):
        assert text in page


@pytest.mark.usefixtures("planner")
def test_reason_by_law_says_what_its_article_says_and_links_to_it(client, unused):
    run, place = unused
    rule = {"rule": "DM-2", "act": "2023/2831", "article": "3(2)"}
    explained(run, "offer:V", {"kind": "de_minimis", "needed": 30_000_000, **rule})

    page = text_of(client.get(address("mix_offer", run, place)))

    assert 'href="https://eur-lex.europa.eu/eli/reg/2023/2831/oj#art_3"' in page
    assert "Regulation 2023/2831, Article 3(2)" in page
    assert "limited over any three years." in page


@pytest.mark.usefixtures("planner")
def test_offer_without_conditions_leads_to_their_form_and_back(client, project):
    case = example_case()
    uncoded = {"all": [{"eq": ["offer.conditions_coded", True]}]}
    data, mix = mix_of(offers=[{**case["offers"][0], "eligibility": uncoded}], links=[], wishes=[])
    run = make_done_run(make_case(project, data), result=mix)
    key = data["offers"][0]["id"]
    explained(run, f"offer:{key}", {"kind": "open", "subject": key})
    here = address("mix_offer", run, 0)

    page = client.get(here)
    [(_title, url)] = page.context["why"]["to_enter"]
    form = client.get(url)

    assert url.startswith(reverse("workspace:funding_conditions", args=[run.case_id, key]))
    assert f'href="{here}"' in form.text
    stored = client.post(url, {"version": run.case.version, "source": "Notice", "rate": "50"})
    assert stored.url == here


@pytest.mark.usefixtures("planner")
def test_partner_page_says_of_each_unpaid_cost_why(client, project):
    case = example_case()
    line = {**case["lines"][0], "id": "L99", "category": "fairs"}
    data, mix = mix_of(lines=[*case["lines"], line])
    offers = [{**one, "categories": ["staff"]} for one in data["offers"]]
    data, mix = mix_of(lines=data["lines"], offers=offers)
    run = make_done_run(make_case(project, data), result=mix)
    place = next(i for i, one in enumerate(data["partners"]) if one["id"] == line["partner"])
    offer = offers[0]["id"]
    way = {"kind": "category", "subject": line["partner"], "to": "staff", "amount": 100}
    explained(
        run,
        "line:L99",
        {"kind": "no_offer", "subject": "L99"},
        {"kind": "other_costs", "subject": offer},
        ways=[way],
    )

    page = text_of(client.get(address("mix_partner", run, place)))

    assert "Costs that get nothing" in page
    assert "does not pay for this kind of cost." in page
    assert "as “Staff”" in page or "as “staff”" in page

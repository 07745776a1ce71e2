"""What was found: mix, matrix, alternatives, and what is never called valid."""

import pytest
from django.urls import reverse

from alpclusters.platform.funding.models import MixRun
from tests.factories.mixes import example_case, make_case, make_done_run, make_run, tiny_mix
from tests.www.funding.mixes.mix_pages import address, mix_of, text_of

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.mark.usefixtures("planner")
def test_page_says_what_was_found_with_bound_and_gap(client, run):
    page = text_of(client.get(address("mix", run)))

    assert "Best mix found and proved." in page
    assert "Bound €165,500, gap 0.0%." in page
    assert "Decision support, not legal advice." in page
    assert "simulated" in page


@pytest.mark.usefixtures("planner")
def test_matrix_shows_every_partner_with_own_money_and_rate(client, run):
    matrix = client.get(address("mix", run)).context["matrix"]

    assert [row.name for row in matrix.rows] == ["Simulated agency A", "Simulated firm B"]
    assert [head.name[:8] for head in matrix.heads] == [
        "Cooperat",
        "Grant Y ",
        "Grant Z ",
        "Grant V ",
    ]
    assert matrix.total == "180,000"


@pytest.mark.slow
@pytest.mark.usefixtures("planner")
def test_alternatives_can_be_looked_at_and_taken(client, project):
    data, mix = mix_of("partnership")
    base = make_done_run(make_case(project, data), result=mix)

    page = client.get(address("mix", base) + "?mix=2")
    made = client.post(address("mix_adopt", base), {"mix": "1"})

    assert page.context["chosen"] == 1
    assert "less than the best mix" in text_of(page)
    taken = MixRun.objects.get(kind="manual")
    assert made.url == address("mix", taken)
    # The example grants in June 2027, after the block exemption: nothing broken, law undecided.
    assert (taken.result["check"]["violations"], taken.result["status"]) == ([], "undecided")


@pytest.mark.usefixtures("planner")
@pytest.mark.parametrize("asked", ["9", "0", "x", "-1", "99999999999"])
def test_alternative_that_is_not_there_shows_the_mix_itself(client, run, asked):
    assert client.get(address("mix", run), {"mix": asked}).context["chosen"] == 0


@pytest.mark.usefixtures("planner")
def test_mix_that_breaks_a_rule_is_never_shown_as_valid(client, run):
    cell = tiny_mix()["allocation"][0]
    answer = client.post(
        address("mix_cell", run, 0, 3), {"line-0": "60000", "line-1": "40000", "keep": "1"}
    )
    made = MixRun.objects.get(kind="manual")

    page = text_of(client.get(answer.url))

    assert (made.result["status"], made.result["check"]["valid"]) == ("failed", False)
    assert "This mix breaks rules." in page
    assert "Best mix found" not in page
    assert cell["declared_ct"] > 0


@pytest.mark.usefixtures("planner")
def test_wishes_that_cannot_hold_are_told_with_what_is_missing(client, project):
    wish = {"type": "min_total", "amount_ct": 20_000_000}
    data, mix = mix_of(wishes=[wish])
    nothing = make_done_run(make_case(project, data), result=mix)

    page = text_of(client.get(address("mix", nothing)))

    assert "No mix fits." in page
    assert "You wish grants of at least €200,000." in page
    assert "It falls short by" in page


@pytest.mark.usefixtures("planner")
def test_empty_mix_of_offers_without_conditions_is_not_called_best(client, project):
    case = example_case()
    uncoded = {"all": [{"eq": ["offer.conditions_coded", True]}]}
    offer = {**case["offers"][0], "eligibility": uncoded}
    data, mix = mix_of(offers=[offer], links=[], wishes=[])
    run = make_run(make_case(project, data), state="done", result=mix)

    page = text_of(client.get(address("mix", run)))

    assert "Best mix found and proved." not in page
    assert "Nothing is decided yet." in page
    assert reverse("workspace:funding_conditions", args=[run.case_id, offer["id"]]) in page

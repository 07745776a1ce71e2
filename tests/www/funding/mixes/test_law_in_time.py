"""Every page of a mix says which grants are undecided; the case chooses how ended law is read."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from alpclusters.platform.languages.codes import LANGUAGE_CODES
from tests.factories.mixes import example_case, make_case, make_done_run
from tests.www.funding.mixes.mix_pages import address, mix_of, text_of

pytestmark = [pytest.mark.integration, pytest.mark.django_db, pytest.mark.usefixtures("planner")]


def late(project, rulebook="by-date"):
    """Make a done run whose offers grant exempted aid after the block exemption."""
    offers = [
        {**one, "grant_date": "2027-09-01", "articles": {"*": "GB-28"}, "origin": "national"}
        for one in example_case("tiny")["offers"]
    ]
    lines = [{**one, "economic": True} for one in example_case("tiny")["lines"]]
    data, mix = mix_of(offers=offers, lines=lines, rulebook=rulebook)
    return make_done_run(make_case(project, data), result=mix)


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_every_page_of_a_mix_names_its_undecided_offers(client, project, language):
    run = late(project)
    words = {"en": "Undecided: the rule for that day is not known",
             "de": "Offen: die Regel für diesen Tag ist nicht bekannt",
             "fr": "En suspens : la règle de ce jour n’est pas connue",
             "it": "In sospeso: la regola di quel giorno non è nota",
             "sl": "Ni odločeno: pravilo za ta dan ni znano"}  # fmt: skip

    for name in ("mix", "mix_proof"):
        with override(language):
            where = address(name, run)
        page = text_of(client.get(where))
        assert words[language] in page
        assert "2027" in page


def test_a_scenario_is_marked_on_the_page_and_the_law_is_not(client, project):
    scenario, law = (text_of(client.get(address("mix", late(project, book))))
                     for book in ("as-if-prolonged", "by-date"))  # fmt: skip

    assert "Scenario, not the law: as if the acts were prolonged" in scenario
    assert "Scenario, not the law" not in law


def test_the_list_of_mixes_marks_a_scenario(client, project):
    cases = [late(project, one).case_id for one in ("as-if-prolonged", "by-date")]
    marked, plain = (text_of(client.get(reverse("workspace:mixes", args=[pk]))) for pk in cases)

    assert "scenario: as if the acts were prolonged" in marked
    assert "as if the acts were prolonged" not in plain


def test_the_case_chooses_how_law_that_ended_is_read(client, project):
    case = make_case(project)
    where = reverse("workspace:funding_case_frame", args=[case.pk])
    form = client.get(where).context["form"]
    sent = {"title": "Later", "year": 2025, "quarter": 1, "count": 4, "version": case.version}

    client.post(where, {**sent, "rulebook": "as-if-prolonged"})
    refused = client.post(where, {**sent, "version": case.version + 1, "rulebook": "any"})

    case.refresh_from_db()
    assert form.initial["rulebook"] == "by-date"
    assert case.data["rulebook"] == "as-if-prolonged"
    assert "rulebook" in refused.context["form"].errors

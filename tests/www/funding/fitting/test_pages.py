"""Which funding fits: section and page of an organisation, a measure, an action."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from alpclusters.platform.accounts.models import Role
from alpclusters.platform.actors.domain.merges import merge
from alpclusters.platform.actors.models import Partner
from tests.factories.accounts import make_user_with
from tests.factories.evaluation import make_measure, make_project
from tests.factories.funding import make_call, make_offer, make_programme
from tests.factories.organisations import make_organisation, make_profile
from tests.factories.policy import make_plan
from tests.factories.territory import make_region

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

GOLD = {"eq": ["partner.label", "gold"]}
FIRMS = {"eq": ["partner.kind", "sme"]}


@pytest.fixture
def timber():
    return make_profile("Timber", body_region=make_region("AT32"), body_country="AT")


def offer(key, eligibility, **fields):
    programme = fields.pop("programme", None) or make_programme(f"p-{key}")
    terms = {"eligibility": eligibility, **fields.pop("terms", {})}
    return make_offer(programme, key, title={"en": f"Offer {key}"}, terms=terms, **fields)


def text_of(response):
    return " ".join(response.content.decode().split())


def page_of(profile):
    return reverse("public:organisation_fitting", args=[profile.organisation_id])


def test_organisation_shows_what_fits_in_short(client, timber):
    offer("open", GOLD)
    offer("clusters", {"eq": ["partner.kind", "cluster"]})

    page = text_of(client.get(reverse("public:cluster-organisation", args=[timber.slug])))

    assert "1 of 2 current offers of funding fit, 1 is open." in page
    assert "Offer clusters" in page
    assert "Offer open" not in page
    assert page_of(timber) in page


def test_page_says_why_what_is_missing_and_who_can_say_it(client, timber):
    offer("label", GOLD)
    offer("firms", FIRMS)
    offer("clusters", {"eq": ["partner.kind", "cluster"]})

    page = text_of(client.get(page_of(timber)))

    assert "Kind of body: cluster organisation; given is cluster organisation." in page
    assert "Label of cluster excellence: gold is required; this is not known yet." in page
    assert "It can be entered in the profile." in page
    assert (
        "Kind of body: small or medium-sized firm is required, but cluster organisation is given."
    ) in page
    assert "Decision support, not legal advice." in page


def test_link_to_the_profile_is_for_those_who_may_edit_it(client, timber):
    offer("label", GOLD)
    edit = reverse("workspace:profile-edit", args=[timber.slug])

    assert edit not in text_of(client.get(page_of(timber)))

    client.force_login(make_user_with(Role.ADMINISTRATOR))
    assert edit in text_of(client.get(page_of(timber)))


def test_closed_calls_are_folded_under_earlier(client, timber):
    programme = make_programme("over")
    past = timezone.localdate() - timedelta(days=30)
    call = make_call(programme, "over-call", opens=past - timedelta(days=30), closes=past)
    offer("over", {"const": True}, programme=programme, call=call)

    page = text_of(client.get(page_of(timber)))

    earlier = page[page.index("<details") :]
    assert "Earlier offers (1)" in earlier
    assert "Offer over" in earlier
    assert "Offer over" not in page[: page.index("<details")]


def test_invented_offers_carry_their_badge_and_stay_with_invented_bodies(client, timber):
    offer("invented", {"const": True}, programme=make_programme("made-up", status="demonstration"))
    made_up = make_profile("Made up", body_is_simulated=True)

    assert "Offer invented" not in text_of(client.get(page_of(timber)))
    page = text_of(client.get(page_of(made_up)))

    card = page[page.index("Offer invented") - 900 : page.index("Offer invented")]
    assert "simulated" in card


def test_unlisted_organisation_has_no_page_for_visitors(client):
    hidden = make_organisation("Hidden", is_listed=False)

    response = client.get(reverse("public:organisation_fitting", args=[hidden.pk]))

    assert response.status_code == 404


def test_merged_organisation_leads_to_the_one_that_stands_for_it(client, timber):
    twin = make_organisation("Twin")
    merge(timber.organisation, twin, by=make_user_with(Role.ADMINISTRATOR))

    response = client.get(reverse("public:organisation_fitting", args=[twin.pk]))

    assert response.url == page_of(timber)


def test_measure_shows_what_fits_cluster_organisations(client):
    measure = make_measure()
    offer("clusters", {"eq": ["partner.kind", "cluster"]})
    url = reverse("public:measure_fitting", args=[measure.key])

    assert url in text_of(client.get(reverse("public:measure", args=[measure.key])))
    page = text_of(client.get(url))

    assert "Offer clusters" in page
    assert "Judged for cluster organisations anywhere" in page


def test_rate_that_hangs_on_an_unknown_place_is_said_as_what_may_be(client):
    swiss = {"in": ["partner.country", ["CH"]]}
    norway = {"eq": ["partner.country", "NO"]}
    always = {"const": True}
    offer("nothing-or", always, terms={"rates": [{"bp": 0, "when": swiss}, {"bp": 7500}]})
    offer("half-or", always, terms={"rates": [{"bp": 5000, "when": norway}, {"bp": 8000}]})
    offer("same", always, terms={"rates": [{"bp": 4000}]})
    measure = make_measure(key="timber")

    page = text_of(client.get(reverse("public:measure_fitting", args=[measure.key])))

    assert "funds up to 75% of the costs" in page
    assert "funds 50% to 80% of the costs" in page
    assert "funds 40% of the costs" in page
    assert "funds 0%" not in page


def test_action_shows_which_partner_an_offer_fits(client):
    plan = make_plan(project=make_project(), published=True)
    joinery = make_organisation("Joinery", type="sme", country="AT")
    for body in (joinery, make_organisation("Agency", type="agency")):
        Partner.objects.create(project=plan.project, organisation=body)
    offer("firms", FIRMS)
    action = plan.actions.get()
    url = reverse("public:action_fitting", args=[action.pk])

    there = reverse("public:plan-action", args=[plan.slug, action.code])
    assert url in text_of(client.get(there))
    page = text_of(client.get(url))

    assert "<b>For:</b> Joinery" in page
    assert "Offer firms" in page


def test_action_of_a_draft_is_not_for_visitors(client):
    plan = make_plan()

    response = client.get(reverse("public:action_fitting", args=[plan.actions.get().pk]))

    assert response.status_code == 404

"""Offers judged for organisations, measures and actions."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alpclusters.analysis.funding.eligibility import Truth
from alpclusters.platform.actors.models import Partner
from alpclusters.platform.funding.domain.fitting.fits import Owner, State
from alpclusters.platform.funding.domain.fitting.settings import (
    fitting_measure,
    fitting_offers,
)
from alpclusters.platform.policy.domain.funding_cases import fitting_action
from tests.factories.evaluation import make_measure, make_project
from tests.factories.funding import make_call, make_offer, make_programme
from tests.factories.organisations import make_organisation, make_profile
from tests.factories.policy import make_plan
from tests.factories.territory import make_region

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

TODAY = date(2026, 6, 1)
ANY = {"const": True}
GOLD = {"eq": ["partner.label", "gold"]}
SMALL_FIRMS = {
    "count": {"of": "partners", "where": {"eq": ["it.kind", "sme"]}, "ge": 1},
}


def offer(key, eligibility=ANY, **fields):
    programme = fields.pop("programme", None) or make_programme(f"p-{key}")
    terms = {"eligibility": eligibility, **fields.pop("terms", {})}
    return make_offer(programme, key, terms=terms, **fields)


def salzburg(**fields):
    region = make_region("AT32")
    return make_profile("Timber", body_region=region, body_country="AT", **fields)


def judged(profile):
    return fitting_offers(profile.organisation, profile, today=TODAY)


def keys(fits):
    return [fit.offer.key for fit in fits]


def test_offers_are_sorted_by_what_is_known():
    make_offer(make_programme("timber"))
    offer("open", {"all": [{"eq": ["partner.kind", "cluster"]}, GOLD]})
    offer("firms", {"eq": ["partner.kind", "sme"]})

    found = judged(salzburg())

    assert (keys(found.fits), keys(found.open)) == (["timber-offer"], ["open"])
    assert (keys(found.not_fit), found.n) == (["firms"], 3)


def test_what_is_missing_names_who_can_say_it():
    offer("profile", GOLD)
    offer("body", {"lt": ["partner.turnover_ct", 5]})
    offer("project", {"all": [{"ge": ["project.months", 6]}, SMALL_FIRMS]})
    offer("source", {"eq": ["offer.conditions_coded", True]})

    found = {fit.offer.key: fit for fit in judged(salzburg()).open}

    assert {key: [(one.path, one.owner) for one in fit.missing] for key, fit in found.items()} == {
        "profile": [("partner.label", Owner.PROFILE)],
        "body": [("partner.turnover_ct", Owner.BODY)],
        "project": [("project.months", Owner.PROJECT), ("partners", Owner.PROJECT)],
        "source": [("offer.conditions_coded", Owner.OFFER)],
    }
    assert [key for key, fit in found.items() if fit.needs_only_project] == ["project"]


def test_open_calls_come_first_and_what_is_over_stands_apart():
    undated, closed, upcoming, last, first = (make_programme(f"p{n}") for n in range(5))
    offer("undated", programme=undated)
    for key, programme, opens, closes in (
        ("closed", closed, date(2025, 1, 1), date(2025, 12, 31)),
        ("upcoming", upcoming, date(2026, 9, 1), date(2026, 12, 1)),
        ("closes-last", last, date(2026, 1, 1), date(2026, 12, 1)),
        ("closes-first", first, date(2026, 1, 1), date(2026, 7, 1)),
    ):
        call = make_call(programme, f"call-{key}", opens=opens, closes=closes)
        offer(key, programme=programme, call=call)

    found = judged(salzburg())

    assert keys(found.fits) == ["closes-first", "closes-last", "upcoming", "undated"]
    assert [fit.timing.state for fit in found.fits] == [
        State.OPEN,
        State.OPEN,
        State.UPCOMING,
        State.UNDATED,
    ]
    assert keys(found.earlier) == ["closed"]


def test_offer_of_ones_own_themes_comes_before_others():
    offer("a-stone", terms={"themes": ["construction"]})
    offer("b-timber", terms={"themes": ["timber"]})

    found = judged(salzburg(technologies=["timber"]))

    assert keys(found.fits) == ["b-timber", "a-stone"]
    assert found.fits[0].themes == ("timber",)


def test_real_organisation_meets_no_invented_offer():
    offer("real")
    offer("invented", programme=make_programme("p-invented", status="demonstration"))
    offer("of-invented", programme=make_programme("demo", status="demonstration"))
    offer("hidden", is_published=False)

    real, simulated = salzburg(), make_profile("Made up", body_is_simulated=True)

    assert keys(judged(real).fits) == ["real"]
    assert set(keys(judged(simulated).fits)) == {"real", "invented", "of-invented"}


def test_rate_is_the_one_that_holds_for_the_organisation():
    swiss = {"in": ["partner.country", ["CH"]]}
    small = {"eq": ["partner.size", "small"]}
    offer("sure", terms={"rates": [{"bp": 0, "when": swiss}, {"bp": 7500}]})
    offer("lowered", terms={"rates": [{"bp": 4000, "when": small}, {"bp": 7500}]})
    offer("unknown", terms={"rates": [{"bp": 4000, "when": small}]})

    found = {fit.offer.key: (fit.rate_bp, fit.most_bp) for fit in judged(salzburg()).fits}

    assert found == {"sure": (7500, 7500), "lowered": (4000, 7500), "unknown": (None, 4000)}


def test_condition_that_cannot_be_read_is_open():
    offer("broken", {"like": ["partner.kind", "cl%"]})

    (fit,) = judged(salzburg()).open

    assert fit.missing[0].owner is Owner.OFFER


def test_number_of_queries_does_not_grow_with_the_offers():
    profile = salzburg()
    for number in range(12):
        offer(f"offer-{number}", {"all": [GOLD, SMALL_FIRMS]})

    with CaptureQueriesContext(connection) as queries:
        judged(profile)

    assert len(queries) == 2


def test_measure_of_the_catalogue_is_for_cluster_organisations_anywhere():
    offer("clusters", {"eq": ["partner.kind", "cluster"]})
    offer("firms", {"eq": ["partner.kind", "sme"]})
    offer("place", {"within": ["partner.nuts", {"nuts": ["AT"], "vintage": 2021}]})

    found = fitting_measure(make_measure(), today=TODAY)

    assert (keys(found.fits), keys(found.open), keys(found.not_fit)) == (
        ["clusters"],
        ["place"],
        ["firms"],
    )


@pytest.fixture
def plan():
    """A plan whose project has a cluster organisation and a firm."""
    project = make_project(kind="active")
    found = make_plan(project=project, published=True)
    for order, (name, kind, code) in enumerate(
        [("Timber", "cluster_organisation", "AT32"), ("Joinery", "sme", "ITH1")]
    ):
        body = make_organisation(name, type=kind, region=region_of(code), country=code[:2])
        Partner.objects.create(
            project=found.project, organisation=body, region=body.region, order=order
        )
    return found


def region_of(code):
    from tests.factories.evaluation import make_region as existing  # noqa: PLC0415 - two factories

    return existing(code)


def test_action_fits_where_one_partner_fits(plan):
    offer("firms", {"eq": ["partner.kind", "sme"]})
    offer("partnership", SMALL_FIRMS)
    offer("public", {"eq": ["partner.kind", "public"]})

    found = fitting_action(plan.actions.get(), today=TODAY)

    assert {fit.offer.key: fit.bodies for fit in found.fits} == {
        "firms": ("Joinery",),
        "partnership": ("Timber", "Joinery"),
    }
    assert keys(found.not_fit) == ["public"]


def test_action_knows_its_time(plan):
    action = plan.actions.get()
    action.starts_on, action.ends_on = date(2031, 1, 1), date(2031, 12, 31)
    offer("too-early", terms={"ends": "2029-12-31"})
    offer(
        "in-time",
        {"ge": ["project.months", 12]},
        terms={"ends": "2035-12-31"},
        programme=make_programme("long", period="2028-2034"),
    )

    found = fitting_action(action, today=TODAY)

    assert (keys(found.fits), keys(found.not_fit)) == (["in-time"], ["too-early"])
    assert [fit.truth for fit in found.not_fit] == [Truth.FALSE]
    assert not found.not_fit[0].is_in_time


def test_project_without_partners_leaves_everything_about_them_open():
    plan = make_plan(published=True)
    offer("firms", SMALL_FIRMS)
    offer("kind", {"eq": ["partner.kind", "cluster"]})

    found = fitting_action(plan.actions.get(), today=TODAY)

    assert set(keys(found.open)) == {"firms", "kind"}

"""Offers of the catalogue in a case: copies with a version, and what is newer by now."""

import pytest

from alpclusters.platform.funding.domain.casework import change_case, check_case
from alpclusters.platform.funding.domain.casework.offers import (
    add_link,
    add_scenario,
    add_wish,
    leave_offer,
    newer_versions,
    set_days,
    take_offers,
)
from alpclusters.platform.funding.models import Offer
from tests.factories.evaluation import NOW
from tests.factories.funding import make_call, make_offer, make_programme
from tests.factories.mixes import example_case, make_case
from tests.factories.partnership import make_project

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

TIME = {"start": "2026-07-01", "length": "quarter", "count": 4}


@pytest.fixture
def programme():
    return make_programme()


@pytest.fixture
def case():
    data = example_case(periods=TIME, offers=[], wishes=[], scenarios=[])
    return make_case(make_project(), data)


def take(case, *offers):
    versions, told = {}, []
    changed = change_case(
        case,
        lambda d: told.append(take_offers(d, versions, offers)),
        version=case.version,
        by=None,
        now=NOW,
        reason="offer.take",
        remember=lambda taken: taken.setdefault("offers", {}).update(versions),
    )
    return changed, told[0]


def test_offer_is_copied_with_its_version_and_can_be_judged(case, programme):
    offer = make_offer(programme, call=make_call(programme), version=3)

    changed, (taken, outside) = take(case, offer)

    assert (taken, outside) == ([offer.title], [])
    assert changed.taken["offers"] == {offer.key: 3}
    (copy,) = changed.data["offers"]
    assert (copy["id"], copy["window"], copy["cap_ct"]) == (
        offer.key,
        {"from": 0, "to": 3},
        10_000_000,
    )
    assert check_case(changed.data).is_ready


def test_offer_outside_the_time_of_the_case_is_not_taken(case, programme):
    offer = make_offer(programme, terms={"starts": "2007-01-01", "ends": "2013-12-31"})

    changed, told = take(case, offer)

    assert told == ([], [offer.title])
    assert changed.data["offers"] == []


def test_newer_version_is_shown_field_by_field_and_taken_only_on_demand(case, programme):
    offer = make_offer(programme)
    changed, _told = take(case, offer)
    Offer.objects.update(version=2, terms={**offer.terms, "cap_ct": 5_000_000})

    (newer,) = newer_versions(changed.data, changed.taken["offers"])

    assert (newer.taken, newer.newest, newer.is_gone) == (1, 2, False)
    assert [(c.field, c.before, c.after) for c in newer.changes] == [
        ("cap_ct", 10_000_000, 5_000_000)
    ]
    assert changed.data["offers"][0]["cap_ct"] == 10_000_000
    again, _told = take(changed, Offer.objects.get())
    assert again.data["offers"][0]["cap_ct"] == 5_000_000
    assert newer_versions(again.data, again.taken["offers"]) == []


def test_days_of_ones_own_application_survive_a_newer_version(case, programme):
    offer = make_offer(programme)
    changed, _told = take(case, offer)
    days = {"applied_on": "2026-05-01", "grant_date": None}
    dated = change_case(
        changed,
        lambda d: set_days(d, offer.key, days),
        version=changed.version,
        by=None,
        now=NOW,
        reason="offer.days",
    )

    again, _told = take(dated, offer)

    assert again.data["offers"][0]["applied_on"] == "2026-05-01"
    assert "grant_date" not in again.data["offers"][0]


def test_offer_that_the_catalogue_withdrew_is_told(case, programme):
    changed, _told = take(case, make_offer(programme))
    Offer.objects.update(is_published=False)

    (newer,) = newer_versions(changed.data, changed.taken["offers"])

    assert newer.is_gone


def test_offer_left_out_takes_ties_wishes_and_scenarios_along(case, programme):
    first, second = make_offer(programme, "one"), make_offer(programme, "two")
    changed, _told = take(case, first, second)

    def leave(document):
        add_link(document, "exclusive", ["one", "two"])
        add_wish(document, {"type": "use", "offer": "one"})
        add_scenario(document, "without", ["one"])
        leave_offer(document, {}, "one")

    left = change_case(changed, leave, version=changed.version, by=None, now=NOW, reason="x")

    assert [offer["id"] for offer in left.data["offers"]] == ["two"]
    assert (left.data["links"], left.data["wishes"], left.data["scenarios"]) == ([], [], [])


def test_newer_versions_ask_the_database_once(case, programme, django_assert_num_queries):
    changed, _told = take(case, *(make_offer(programme, f"offer-{n}") for n in range(3)))

    with django_assert_num_queries(1):
        newer_versions(changed.data, changed.taken["offers"])

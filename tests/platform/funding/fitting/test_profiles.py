"""What a profile says is what conditions ask; what it does not say stays open."""

from datetime import date
from decimal import Decimal

import pytest

from alpclusters.analysis.funding.eligibility import FIELDS
from alpclusters.platform.actors.models import ClusterLabel, OrganisationType
from alpclusters.platform.funding.domain.fitting.settings import (
    IN_PROFILE,
    KINDS,
    organisation_facts,
)
from tests.factories.organisations import make_organisation, make_profile
from tests.factories.territory import make_region

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

TODAY = date(2026, 6, 1)
COUNTS = ("n_sme", "n_large", "n_research", "n_public", "n_civil", "n_other")


def facts(profile):
    return organisation_facts(profile.organisation, profile, today=TODAY)


def test_empty_profile_says_nothing_but_what_it_is():
    profile = make_profile("Timber")

    assert facts(profile) == {"id": f"organisation-{profile.organisation_id}", "kind": "cluster"}


def test_full_profile_says_all_that_it_can():
    profile = make_profile(
        "Timber",
        body_region=make_region("AT32"),
        body_country="AT",
        body_founded=2016,
        body_legal_form="GmbH",
        ecosystem="construction",
        technologies=["timber"],
        sectors=["16.1"],
        languages=["de"],
        staff_heads=7,
        staff_fte=Decimal("5.50"),
        is_recognised=True,
        international_strategy="preparing",
        n_abroad=4,
        **dict.fromkeys(COUNTS, 10),
    )
    ClusterLabel.objects.create(cluster=profile, level="silver", valid_to=date(2027, 1, 1))

    found = facts(profile)

    assert set(found) - {"id", "vintage"} == {
        name for name in IN_PROFILE | {"kind"} if f"partner.{name}" in FIELDS
    }
    assert (found["nuts"], found["vintage"], found["age"]) == ("AT32", 2024, 10)
    assert (found["members"], found["sme_members"], found["staff"]) == (60, 10, 5)
    assert found["themes"] == ("construction", "timber")
    assert (found["label"], found["international_strategy"]) == ("silver", False)


def test_members_are_unknown_while_a_group_is_not_counted():
    profile = make_profile("Timber", n_sme=30, n_large=2)

    assert "members" not in facts(profile)
    assert facts(profile)["sme_members"] == 30


def test_profile_without_label_has_none_only_when_somebody_confirmed_it():
    confirmed = make_profile("Timber", confirmed_on=TODAY)

    assert facts(confirmed)["label"] == "none"
    assert "label" not in facts(make_profile("Stone"))


def test_expired_label_counts_no_more():
    profile = make_profile("Timber", confirmed_on=TODAY)
    ClusterLabel.objects.create(cluster=profile, level="gold", valid_to=date(2020, 1, 1))

    assert facts(profile)["label"] == "none"


def test_body_that_may_be_public_or_private_has_no_kind():
    unclear = {"development_agency", "innovation_agency", "chamber", "unknown"}

    assert {kind.value for kind in OrganisationType} - {str(one) for one in KINDS} == unclear
    agency = make_organisation("Agency", type="development_agency")
    assert "kind" not in organisation_facts(agency, None, today=TODAY)


def test_large_firm_is_large_and_a_small_one_may_be_medium():
    large = make_organisation("Works", type="large")
    small = make_organisation("Joinery", type="sme")

    assert organisation_facts(large, None, today=TODAY)["size"] == "large"
    assert "size" not in organisation_facts(small, None, today=TODAY)

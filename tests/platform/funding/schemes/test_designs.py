"""Designs of joint calls: what is computed, and how they change."""

import pytest

from alpclusters.analysis.errors import AnalysisError, StateError
from alpclusters.platform.funding.domain.schemes import (
    DesignFacts,
    SchemeFacts,
    change_design,
    change_scheme,
    create_scheme,
    delete_design,
    read_design,
)
from alpclusters.platform.funding.models import RegionalScheme, SynchronisedScheme
from tests.factories.accounts import make_user
from tests.factories.partnership import make_project
from tests.factories.policy_mix import NOW, make_design, make_scheme

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

FACTS = SchemeFacts("Joint", "AT33", {"kinds": ["sme"]}, budget_ct=5)


def keys(rows):
    return [row.key for row in rows]


@pytest.fixture
def three():
    return (
        make_scheme(),
        make_scheme("slovenia", "SI", attributes={"kinds": ["sme"], "rate_bp": [4000, 7500]}),
        make_scheme(
            "bern", "CH02", attributes={"kinds": ["sme"], "rate_bp": [0, 1000]}, budget_ct=None,
            changes=[{"id": "more", "attribute": "rate_bp", "value": [0, 5000], "level": "agency"}],
        ),
    )  # fmt: skip


def test_set_that_works_is_looked_at_and_the_missing_one_is_helped(three):
    design = make_design(make_project(), *three)

    found = read_design(design)

    assert keys(found.members) == ["tyrol", "slovenia"]
    (bern,) = found.outside
    assert [one.key for one in bern.joining.conflicts] == ["rate_bp:members"]
    assert bern.joining.covers.best[0].options == ("more",)


def test_other_set_can_be_looked_at(three):
    found = read_design(make_design(make_project(), *three), members=["bern"])

    assert keys(found.members) == ["bern"]
    assert [one.scheme.key for one in found.outside] == ["tyrol", "slovenia"]


def test_schemes_that_were_not_chosen_are_asked_too(three):
    found = read_design(make_design(make_project(), *three[:2]))

    assert [(one.scheme.key, one.fits) for one in found.outside] == [("bern", False)]


def test_scheme_that_cannot_be_read_is_left_out_and_named(three):
    broken = make_scheme("broken", attributes={"rate_bp": [5, 1]})

    found = read_design(make_design(make_project(), *three, broken))

    assert keys(found.unreadable) == ["broken"]
    assert "broken" not in keys(found.chosen)


def test_design_changes_with_its_version(three):
    user = make_user()
    design = make_design(make_project(), *three)
    facts = DesignFacts("New title", ("tyrol",), {"rate_bp": [3000, None]}, min_days=30)

    change_design(design, facts, version=1, by=user, now=NOW)

    design.refresh_from_db()
    assert (design.title, design.version) == ("New title", 2)
    assert keys(design.schemes.all()) == ["tyrol"]
    assert design.wishes == {"attributes": {"rate_bp": [3000, None]}, "min_days": 30}
    with pytest.raises(StateError):
        change_design(design, facts, version=1, by=user, now=NOW)


def test_design_that_asks_for_no_value_is_not_stored(three):
    design = make_design(make_project(), *three)

    with pytest.raises(AnalysisError):
        change_design(
            design, DesignFacts("x", (), {"rate_bp": [2, 1]}), version=1, by=make_user(), now=NOW
        )

    design.refresh_from_db()
    assert (design.title, design.version) == ("Joint call", 1)


def test_deleted_design_leaves_the_schemes(three):
    delete_design(make_design(make_project(), *three), by=make_user())

    assert SynchronisedScheme.objects.count() == 0
    assert RegionalScheme.objects.count() == 3


def test_entered_scheme_is_unverified_and_has_a_key_of_its_own():
    first, second = create_scheme(FACTS, now=NOW), create_scheme(FACTS, now=NOW)

    assert (first.key, second.key) == ("at33-joint", "at33-joint-2")
    assert (first.status, first.budget_ct) == ("unverified", 5)


def test_scheme_changes_with_its_version():
    scheme = create_scheme(FACTS, now=NOW)

    change_scheme(scheme, SchemeFacts("New", "AT32", {}), version=1, now=NOW)

    scheme.refresh_from_db()
    assert (scheme.name, scheme.region, scheme.attributes, scheme.version) == ("New", "AT32", {}, 2)
    with pytest.raises(StateError):
        change_scheme(scheme, FACTS, version=1, now=NOW)
    with pytest.raises(AnalysisError):
        change_scheme(scheme, SchemeFacts("New", "AT32", {"x": []}), version=2, now=NOW)

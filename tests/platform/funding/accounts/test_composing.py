"""Accounts of de minimis aid: entries belong to organisations, and every case counts them."""

import datetime as dt

import pytest

from alpclusters.analysis.errors import StateError
from alpclusters.platform.funding.domain.accounts.composing import computed_data
from alpclusters.platform.funding.domain.accounts.undertakings import (
    account_of,
    add_aid,
    remove_aid,
    set_control,
    undertaking_of,
)
from alpclusters.platform.funding.domain.mixing.asking import ask_mix
from alpclusters.platform.funding.models import DeMinimisAid
from tests.factories.mixes import NOW, example_case, make_case
from tests.factories.organisations import make_organisation
from tests.factories.partnership import make_project

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
DAY = dt.date(2025, 2, 3)
OLD = {"state": "AT", "granted_on": "2025-02-03", "amount_ct": 100_000, "declared": "self"}


def aid_of(organisation, **fields):
    wanted = {"state": "AT", "granted_on": DAY, "amount_ct": 100_000, "read_on": DAY, **fields}
    return DeMinimisAid(organisation=organisation, **wanted)


def entered(*aid):
    return add_aid(aid, by=None, now=NOW)


def case_with(**partners):
    """A case of a project of its own in which some partners are organisations."""
    taken = {"partners": {key: one.pk for key, one in partners.items()}}
    return make_case(make_project(), example_case(), taken=taken)


def aid_in(case):
    data = computed_data(case)
    return {
        one["id"]: one.get("de_minimis", []) for one in data["undertakings"] if "de_minimis" in one
    }


def amounts(case):
    return sorted(one["amount_ct"] for aid in aid_in(case).values() for one in aid)


def test_cases_of_two_projects_count_the_same_account():
    body = make_organisation("Alpine wood")
    first, second = case_with(A=body), case_with(B=body)

    entered(aid_of(body))

    assert amounts(first) == amounts(second) == [100_000]
    assert first.data == second.data == example_case()


def test_aid_for_agriculture_counts_with_the_general_one_and_that_for_services_does_not():
    body = make_organisation()
    case = case_with(A=body)

    entered(
        aid_of(body, regulation="agriculture", amount_ct=1),
        aid_of(body, regulation="fisheries", amount_ct=2),
        aid_of(body, regulation="sgei", amount_ct=3),
    )

    assert amounts(case) == [1, 2]


def test_aid_that_the_case_names_itself_counts_once():
    body = make_organisation()
    case = case_with(A=body)
    case.data["undertakings"][0]["de_minimis"] = [OLD]
    case.save()

    entered(aid_of(body), aid_of(body))

    assert amounts(case) == [100_000, 100_000]


def test_partners_under_one_control_are_one_undertaking_in_the_case():
    mother, daughter = make_organisation("Mother"), make_organisation("Daughter")
    case = case_with(A=mother, B=daughter)
    set_control(daughter, mother, by=None, now=NOW)
    entered(aid_of(mother, amount_ct=1), aid_of(daughter, amount_ct=2))

    data = computed_data(case)

    first, second = (one["undertaking"] for one in data["partners"][:2])
    ties = {one["id"]: one.get("controlled_by") for one in data["undertakings"]}
    assert ties[second] == first
    assert [one["amount_ct"] for one in aid_in(case)[first]] == [1, 2]


def test_undertaking_holds_all_that_are_joined_in_chains():
    first, second, third = (make_organisation() for _ in range(3))
    set_control(second, first, by=None, now=NOW)
    set_control(third, second, by=None, now=NOW)

    assert undertaking_of(third) == {first.pk, second.pk, third.pk}
    with pytest.raises(StateError):
        set_control(first, third, by=None, now=NOW)


def test_organisation_that_was_merged_has_the_account_of_the_other():
    kept = make_organisation()
    gone = make_organisation(merged_into=kept)
    case = case_with(A=gone)

    entered(aid_of(kept))

    assert amounts(case) == [100_000]


def test_entry_of_a_register_is_stored_once():
    body = make_organisation()
    aid = {"source": "france", "reference": "17"}

    assert entered(aid_of(body, **aid)) == 1
    assert entered(aid_of(body, **aid), aid_of(body, **{**aid, "reference": "18"})) == 1
    assert len(account_of(body)) == 2


def test_changed_account_makes_the_mixes_of_its_cases_outdated():
    body, other = make_organisation(), make_organisation()
    case, apart = case_with(A=body), case_with(A=other)
    run = ask_mix(case, by=None, now=NOW)

    entered(aid_of(body))
    case.refresh_from_db()
    apart.refresh_from_db()
    again = ask_mix(case, by=None, now=NOW)

    assert (case.version, apart.version) == (2, 1)
    assert run.case_sha256 != again.case_sha256
    remove_aid(DeMinimisAid.objects.get(), by=None, now=NOW)
    case.refresh_from_db()
    assert case.version == 3

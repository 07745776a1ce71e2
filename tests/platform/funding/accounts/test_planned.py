"""What other cases plan for an undertaking: seen, counted only when chosen, never as granted."""

import pytest

from alpclusters.analysis.funding.case import Cell
from alpclusters.analysis.funding.case_files import read_case
from alpclusters.analysis.funding.check import check_mix
from alpclusters.platform.funding.domain.accounts.composing import computed_data
from alpclusters.platform.funding.domain.accounts.planned import (
    count_plan,
    leave_plan,
    planned_aid,
    plans_of,
)
from alpclusters.platform.funding.domain.accounts.undertakings import add_aid
from alpclusters.platform.funding.domain.territory import territory
from alpclusters.platform.funding.models import DeMinimisAid, FundingCase
from tests.factories.mixes import NOW, example_case, make_case, make_done_run
from tests.factories.organisations import make_organisation
from tests.factories.partnership import make_project

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
EVERY = FundingCase.objects.all
B1 = {"offer": "Z", "line": "b1", "declared_ct": 5_000_000, "grant_ct": 2_000_000}
B2 = {"offer": "X", "line": "b2", "declared_ct": 3_000_000, "grant_ct": 900_000}
A1 = {"offer": "Y", "line": "a1", "declared_ct": 6_000_000, "grant_ct": 1_000_000}


def example():
    """The tiny example, in which offer Z grants de minimis aid."""
    data = example_case()
    for offer in data["offers"]:
        if offer["id"] == "Z":
            offer["articles"] = {"*": "DM"}
    return data


def planning(body, *cells, status="optimal", **fields):
    """A case of another project whose mix plans something for an organisation."""
    case = make_case(make_project(), example(), taken={"partners": {"B": body.pk}})
    mix = {"status": status, "allocation": list(cells)}
    make_done_run(case, result=mix, **fields)
    return case


def case_of(body):
    return make_case(make_project(), example(), taken={"partners": {"B": body.pk}})


def plan_in(case, body):
    (plan,) = plans_of(frozenset({body.pk}), case, EVERY())
    return plan


def planned_in(case):
    found = [one for u in computed_data(case)["undertakings"] for one in u.get("de_minimis", [])]
    return [(one["amount_ct"], one["declared"]) for one in found]


def count(case, body):
    members = frozenset({body.pk})
    return count_plan(case, plan_in(case, body), members, by=None, now=NOW)


def test_de_minimis_and_exempted_aid_of_other_cases_are_listed_with_day_article_and_costs():
    body = make_organisation()
    planning(body, B1, B2, A1)

    grants = {one.article: one for one in plan_in(case_of(body), body).grants}

    assert set(grants) == {"DM", "GB-20'"}
    assert (grants["DM"].amount_ct, grants["DM"].costs_ct) == (2_000_000, 5_000_000)
    assert grants["DM"].day.isoformat() == "2024-12-01"
    assert grants["GB-20'"].categories == ("external",)


def test_plan_counts_only_once_somebody_says_so_and_is_marked():
    body = make_organisation()
    planning(body, B1)
    case = case_of(body)
    assert planned_in(case) == []

    case = count(case, body)

    assert planned_in(case) == [(2_000_000, "planned")]
    assert plan_in(case, body).is_counted
    assert case.version == 2
    data = read_case(computed_data(case), territory=territory())
    notes = check_mix(data, (Cell(**B1),), territory=territory()).notes
    (told,) = (one for one in notes if one.code == "planned_elsewhere")
    assert told.params["amount"] == 2_000_000


def test_newer_plan_of_the_other_case_is_told_and_not_taken():
    body = make_organisation()
    other = planning(body, B1)
    case = count(case_of(body), body)
    mix = {"status": "optimal", "allocation": [{**B1, "grant_ct": 1_500_000}]}
    make_done_run(other, result=mix)

    assert plan_in(case, body).is_older
    assert planned_in(case) == [(2_000_000, "planned")]


def test_plan_that_was_granted_meanwhile_counts_once():
    body = make_organisation()
    planning(body, B1)
    case = count(case_of(body), body)
    day = plan_in(case, body).grants[0].day
    aid = DeMinimisAid(
        organisation=body, state="SI", granted_on=day, amount_ct=2_000_000, read_on=day
    )
    add_aid([aid], by=None, now=NOW)
    case.refresh_from_db()

    assert planned_in(case) == [(2_000_000, "self")]


def test_plan_that_is_left_again_no_longer_counts():
    body = make_organisation()
    other = planning(body, B1)
    case = count(case_of(body), body)

    case = leave_plan(case, other.pk, frozenset({body.pk}), by=None, now=NOW)

    assert (planned_in(case), planned_aid(case, frozenset({body.pk}))) == ([], [])


def test_failed_mix_and_cases_that_one_may_not_see_plan_nothing():
    body = make_organisation()
    planning(body, B1, status="failed")
    planning(body, B1)
    case = case_of(body)

    assert len(plans_of(frozenset({body.pk}), case, EVERY())) == 1
    assert plans_of(frozenset({body.pk}), case, FundingCase.objects.none()) == []

"""A case of a project that people work on; addresses name the case and things in it."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

from alpclusters.analysis.funding.eligibility.fields import NOT_ENTERED
from alpclusters.platform.actors.models import ClusterOrganisation
from alpclusters.platform.funding.models import ControlLink, DeMinimisAid
from alpclusters.platform.partnership.models import Project
from tests.factories.mixes import example_case, make_case
from tests.factories.organisations import make_organisation


def case_things(project: Project) -> dict[str, Any]:
    """Build a case of two versions."""
    body = make_organisation("Body with an account", country="AT")
    case = make_case(project, taken={"partners": {"A": body.pk}})
    case.version = 2
    case.save()
    number = case.history.order_by("history_id").first().pk
    return {
        "case_offer": _offer_without_conditions(project),
        "funding_case": SimpleNamespace(pk=case.pk),
        "case_account": SimpleNamespace(pk=case.pk, key="A"),
        "case_partner": SimpleNamespace(pk=case.pk, kind="partners", key="B"),
        "case_package": SimpleNamespace(pk=case.pk, key=case.data["work_packages"][0]["id"]),
        "case_cost": SimpleNamespace(pk=case.pk, key=case.data["lines"][0]["id"]),
        "case_version": SimpleNamespace(pk=case.pk, number=number),
    }


def account_things(profile: ClusterOrganisation, project: Project) -> dict[Any, Any]:
    """Build a case with the organisation of a profile: its account has an entry and a tie."""
    body = profile.organisation
    case = make_case(project, taken={"partners": {"A": body.pk}})
    day = dt.date(2026, 1, 5)
    entry = DeMinimisAid.objects.create(
        organisation=body, state="AT", granted_on=day, amount_ct=100, read_on=day
    )
    ControlLink.objects.create(organisation=body, controlled_by=make_organisation("Mother"))
    return {
        ("account_entry", "own"): SimpleNamespace(pk=case.pk, key="A", entry=entry.pk),
        ("account_tie", "own"): SimpleNamespace(pk=case.pk, key="A"),
    }


def _offer_without_conditions(project: Project) -> SimpleNamespace:
    """Build a case of its own, whose offer waits for conditions."""
    data = example_case(links=[], wishes=[])
    offer = {**data["offers"][0], "eligibility": dict(NOT_ENTERED)}
    case = make_case(project, {**data, "offers": [offer]})
    return SimpleNamespace(pk=case.pk, key=offer["id"])

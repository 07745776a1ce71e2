"""Funding of the town and of the world of rights: one function per subject."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

from django.utils import timezone

from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.funding.domain.entries import change_entry, propose_change
from alpclusters.platform.funding.domain.entries.changing import keep_first
from alpclusters.platform.funding.models import ControlLink, DeMinimisAid
from alpclusters.platform.partnership.models import Project
from tests.factories.accounts import make_user
from tests.factories.evidence import make_initiative
from tests.factories.evidence import make_programme as make_evidence_programme
from tests.factories.funding import make_call, make_offer, make_parameter, make_programme
from tests.factories.joint import make_done_joint_run, make_joint_case
from tests.factories.mixes import make_case, make_done_run, make_run
from tests.factories.organisations import make_organisation
from tests.factories.policy_mix import make_budget, make_design, make_priority, make_scheme


def catalogue_of(n: int) -> dict[str, Any]:
    """Build n programmes with n open calls, offers and figures each, and what earlier ones did."""
    today = timezone.localdate()
    evidence = make_evidence_programme("catalogue")
    for _ in range(n):
        make_initiative(programme=evidence)
    programmes = [make_programme(f"programme-{k}", evidence=evidence) for k in range(n)]
    for programme in programmes:
        for k in range(n):
            _entries(programme, f"{programme.key}-{k}", today)
    first = f"{programmes[0].key}-0"
    return {
        "funding_programme": SimpleNamespace(key=programmes[0].key),
        "funding_call": SimpleNamespace(key=f"{first}-call"),
        "funding_offer": SimpleNamespace(key=f"{first}-offer"),
        "funding_export": SimpleNamespace(kind="csv"),
        **_kept(programmes[0], n),
    }


def _kept(programme: Any, n: int) -> dict[str, Any]:
    """Keep n versions of an entry, the last with n proposals; n entries nobody has checked."""
    keep_first(programme, source="seed", by=None, now=timezone.now())
    for k in range(n):
        change_entry(
            programme, {"summary_en": f"Version {k}"}, version=programme.version + k,
            source="Gazette", by=make_user(), now=timezone.now(),
        )  # fmt: skip
        make_programme(f"unchecked-{k}", checked_on=None, period="")
    programme.refresh_from_db()
    proposals = [
        propose_change(
            programme, {"name_de": f"Name {k}"}, version=programme.version, source="Gazette",
            note="", by=make_user(), now=timezone.now(),
        )
        for k in range(n)
    ]  # fmt: skip
    return {
        "kept_entry": SimpleNamespace(kind="programme", key=programme.key),
        "kept_version": SimpleNamespace(kind="programme", key=programme.key, number=1),
        "funding_proposal": SimpleNamespace(pk=proposals[0].pk),
    }


def _entries(programme: Any, key: str, today: dt.date) -> None:
    days = {"opens": today - dt.timedelta(days=9), "closes": today + dt.timedelta(days=40)}
    call = make_call(programme, f"{key}-call", **days)
    make_offer(programme, f"{key}-offer", call=call)
    make_parameter(programme)
    make_parameter(programme, call=call)


def mixes_of(project: Project, n: int) -> dict[str, Any]:
    """Build a case with n mixes, scenarios that are computed, and others that are done."""
    case = make_case(project)
    base = make_done_run(case)
    firm = make_organisation("Firm of many cases", country="DE")
    pair = [make_joint_case(project, firm, f"Joint {number}") for number in range(n + 1)][:2]
    joint = [make_done_joint_run(pair) for _ in range(n)]
    for number in range(n):
        make_done_run(case, case_version=1)
        scenario = {"kind": "scenario", "base": base, "changes": {"rejected": ["X"]}}
        make_done_run(case, **scenario, label=f"done {number}")
        make_run(case, **scenario, label=f"waits {number}")
    return {
        "mix": SimpleNamespace(pk=base.pk, place=0, partner=0, offer=0, name="mix.json"),
        "joint": SimpleNamespace(pk=joint[0].pk, name="answer.xlsx"),
        "case_of_mixes": SimpleNamespace(pk=case.pk),
    }


def cases_of(project: Project, n: int) -> dict[str, Any]:
    """Build n cases in work, each with offers of the catalogue and n older versions."""
    body = _body_with_aid(n)
    taken = {"partners": {"A": body.pk}}
    cases = [make_case(project, title=f"Case {number}", taken=taken) for number in range(n)]
    for case in cases:
        for version in range(2, n + 2):
            case.version = version
            case.save()
    first = cases[0]
    number = first.history.order_by("history_id").first().pk
    return {
        "funding_case": SimpleNamespace(pk=first.pk),
        "case_account": SimpleNamespace(pk=first.pk, key="A"),
        "case_partner": SimpleNamespace(pk=first.pk, kind="partners", key="B"),
        "case_package": SimpleNamespace(pk=first.pk, key=first.data["work_packages"][0]["id"]),
        "case_cost": SimpleNamespace(pk=first.pk, key=first.data["lines"][0]["id"]),
        "case_version": SimpleNamespace(pk=first.pk, number=number),
    }


def _body_with_aid(n: int) -> Organisation:
    """Build an organisation that controls n others, all with n entries in their account."""
    body = make_organisation("Body with an account", country="AT")
    daughters = [make_organisation(f"Daughter {k}", country="AT") for k in range(n)]
    ControlLink.objects.bulk_create(
        ControlLink(organisation=one, controlled_by=body) for one in daughters
    )
    day = dt.date(2026, 1, 1)
    DeMinimisAid.objects.bulk_create(
        DeMinimisAid(organisation=one, state="AT", granted_on=day, amount_ct=100 + k, read_on=day)
        for one in (body, *daughters)
        for k in range(n)
    )
    return body


def policy_mix_of(n: int) -> dict[str, Any]:
    """Build budgets and priorities of two regions and of n programmes."""
    themes = ("timber", "tourism", "hydrogen")[:n]
    for region in ("AT32", "SI"):
        for theme in themes:
            make_budget(region=region, theme=theme)
            for side in ("priority", "need", "strength"):
                make_priority(region, theme, side=side)
    for k in range(n):
        programme = make_programme(f"priorities-{k}")
        make_priority("", "timber", programme=programme, weight=None)
    return {
        "synergy_pair": SimpleNamespace(first="AT32", second="SI"),
        "priority_subject": SimpleNamespace(key="AT32"),
        "policy_mix_file": SimpleNamespace(kind="csv"),
    }


def schemes_of(project: Project, n: int) -> dict[str, Any]:
    """Build n joint calls, each over schemes of n + 1 regions, one of which fits nowhere."""
    key = f"{project.slug}-scheme"
    fitting = [make_scheme(f"{key}-{k}", "AT32") for k in range(n)]
    odd = make_scheme(
        f"{key}-odd", "SI", attributes={"rate_bp": [0, 1000]},
        changes=[{"id": "c", "attribute": "rate_bp", "value": [0, 5000], "level": "agency"}],
    )  # fmt: skip
    designs = [make_design(project, *fitting, odd) for _ in range(n)]
    return {
        "joint_call": SimpleNamespace(pk=designs[0].pk),
        "regional_scheme": SimpleNamespace(key=odd.key),
    }

"""Invented programmes, calls and offers of two periods; every text of them says so.

They go with the demonstration project: no call of them exists, no figure means a real programme.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.funding.domain.casework import import_case
from alpclusters.platform.funding.domain.casework.documents import Document, find, with_lists
from alpclusters.platform.funding.domain.casework.offers import take_offers
from alpclusters.platform.funding.domain.mixing.asking import ask_mix
from alpclusters.platform.funding.domain.policy_mixing.demonstration import (
    load_demonstration_policy_mix,
    remove_demonstration_policy_mix,
)
from alpclusters.platform.funding.domain.seeding import SEEDS, load_tables
from alpclusters.platform.funding.models import DeMinimisAid, FundingCase, Offer, Programme, Status
from alpclusters.platform.partnership.models import Project

PREFIX: Final = "simulated-"
_TABLES: Final = "demonstration_"


@transaction.atomic
def load_demonstration_offers() -> int:
    """Store the invented part of the catalogue; return how many entries changed."""
    return load_tables(_TABLES, status=Status.DEMONSTRATION)


@transaction.atomic
def remove_demonstration_offers() -> int:
    """Remove the invented part of the catalogue; cases keep their copies."""
    invented = Programme.objects.filter(key__startswith=PREFIX, status=Status.DEMONSTRATION)
    count = invented.count()
    for programme in invented:
        programme.delete()
    return count


def demonstration_links() -> list[dict[str, Any]]:
    """Return how the invented offers hang together, as ``links`` of a case has it."""
    read: list[dict[str, Any]] = json.loads(
        (SEEDS / "demonstration_links.json").read_text(encoding="utf-8")
    )
    return read


# --- An invented case of the demonstration project, with offers of the invented catalogue ---------


PERIOD: Final = "-2127"
SOURCE: Final = "Invented for the demonstration of accounts (simulated)"
AUTHORITY: Final = "Musterförderstelle (simuliert)"
# Partners that are organisations with an account: what was granted when, in cents.
ACCOUNTS: Final[Mapping[str, Sequence[tuple[date, int]]]] = {
    "P4": ((date(2025, 5, 14), 12_000_000), (date(2026, 3, 2), 7_200_000)),
}


@transaction.atomic
def create_demonstration_case(
    project: Project, *, now: datetime | None = None
) -> FundingCase | None:
    """Make the case, and ask for its mix; a project with a case is left alone."""
    if project.funding_cases.exists():
        return None
    moment = now or timezone.now()
    document, versions = _document()
    case = import_case(document, project, by=None, now=moment)
    partners = {
        key: _with_account(document, key, today=timezone.localdate(moment)).pk for key in ACCOUNTS
    }
    case.taken = {**case.taken, "offers": versions, "partners": partners}
    case.save(update_fields=["taken"])
    ask_mix(case, by=None, now=moment)
    return case


def remove_demonstration_accounts() -> None:
    """Remove the invented organisations with their accounts; cases keep what they copied."""
    Organisation.objects.filter(source=SOURCE, is_simulated=True).delete()


def _with_account(document: Document, key: str, *, today: date) -> Organisation:
    """Return the invented organisation of a partner, with its invented account."""
    partner = find(document, "partners", key) or {}
    body, is_new = Organisation.objects.get_or_create(
        name=partner["name"],
        source=SOURCE,
        is_simulated=True,
        defaults={"country": partner["country"]},
    )
    if is_new:
        DeMinimisAid.objects.bulk_create(
            DeMinimisAid(
                organisation=body,
                state=partner["country"],
                granted_on=day,
                amount_ct=amount_ct,
                authority=AUTHORITY,
                read_on=today,
            )
            for day, amount_ct in ACCOUNTS[key]
        )
    return body


def _document() -> tuple[Document, dict[str, Any]]:
    written = (SEEDS / "demonstration_case.json").read_text(encoding="utf-8")
    document: Document = with_lists(json.loads(written))
    versions: dict[str, Any] = {}
    take_offers(document, versions, _offers())
    known = {offer["id"] for offer in document["offers"]}
    document["links"] = [link for link in demonstration_links() if known.issuperset(link["offers"])]
    return document, versions


def _offers() -> list[Offer]:
    rows = Offer.objects.published().filter(key__startswith=PREFIX, key__endswith=PERIOD)
    return list(rows.select_related("programme", "call").order_by("key"))


# --- The funding part of the demonstration: catalogue, policy mix and a case, all of it invented


def create_demonstration(project: Project) -> None:
    """Load the invented catalogue and figures, and make the project's case."""
    load_demonstration_offers()
    load_demonstration_policy_mix(project)
    create_demonstration_case(project)


def remove_demonstration(project: Project) -> None:
    """Remove it again; the cases go with the project."""
    project.funding_cases.all().delete()
    remove_demonstration_accounts()
    remove_demonstration_policy_mix()
    remove_demonstration_offers()

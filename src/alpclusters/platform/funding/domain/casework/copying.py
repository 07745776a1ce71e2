"""Whole cases: taken in from a file, duplicated, deleted."""

from collections.abc import Mapping
from copy import deepcopy
from datetime import datetime
from typing import Any

from django.db import transaction

from alpclusters.analysis.funding.case_files import CaseError, case_data, read_case
from alpclusters.platform.accounts.models import User
from alpclusters.platform.funding.domain.casework.documents import with_lists
from alpclusters.platform.funding.domain.casework.saving import change_case
from alpclusters.platform.funding.domain.territory import territory
from alpclusters.platform.funding.models import FundingCase
from alpclusters.platform.funding.signals import case_copied
from alpclusters.platform.history import history_of, sign
from alpclusters.platform.partnership.models import Project

__all__ = ("CaseError", "bring_back", "delete_case", "duplicate_case", "import_case")


def import_case(
    data: Any, project: Project, *, by: User | None, now: datetime, title: str = ""
) -> FundingCase:
    """Take in a case of the format ``alpclusters-case/1`` as it stands.

    Raises
    ------
    CaseError
        With all faults; nothing is stored.
    """
    case = read_case(data, territory=territory())
    document = with_lists(case_data(case))
    document["is_simulated"] = project.is_simulated or case.is_simulated
    document["title"] = title or case.title or project.acronym
    return _made(document, project, by=by, now=now, reason="case.import")


@transaction.atomic
def duplicate_case(case: FundingCase, *, title: str, by: User | None, now: datetime) -> FundingCase:
    """Make a second case of the same content, without its mixes."""
    document = deepcopy(case.data)
    document["title"] = title
    made = _made(document, case.project, by=by, now=now, reason="case.duplicate", taken=case.taken)
    case_copied.send(FundingCase, original=case, copy=made)
    return made


@transaction.atomic
def delete_case(case: FundingCase, *, by: User | None) -> None:
    """Delete a case with its mixes and its history: it holds costs and means of its partners."""
    sign(case, by)
    pk = case.pk
    history = history_of(case).model.objects.filter(id=pk)
    case.delete()
    history.delete()


def bring_back(
    case: FundingCase, number: int, *, version: int, by: User | None, now: datetime
) -> FundingCase | None:
    """Write an earlier version over the present one; None if there is no such version."""
    kept = history_of(case).filter(pk=number).first()
    if kept is None:
        return None

    def change(document: dict[str, Any]) -> None:
        document.clear()
        document.update(deepcopy(kept.data))

    return change_case(
        case,
        change,
        version=version,
        by=by,
        now=now,
        reason=f"case.back:{kept.version}",
        remember=lambda taken: taken.update(deepcopy(kept.taken)),
    )


def _made(
    document: dict[str, Any],
    project: Project,
    *,
    by: User | None,
    now: datetime,
    reason: str,
    taken: Mapping[str, Any] | None = None,
) -> FundingCase:
    case = FundingCase(
        project=project,
        title=document["title"][:160],
        data=document,
        taken=deepcopy(dict(taken or {"offers": {}, "partners": {}, "to_check": []})),
        made_by=by,
        made_at=now,
        updated_at=now,
    )
    sign(case, by, reason=reason)
    case.save()
    return case

"""Whole cases: taken in from a file, duplicated, deleted."""

from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import transaction

from alpclusters.analysis.errors import StateError
from alpclusters.analysis.funding.case_files import case_data, read_case
from alpclusters.platform.accounts.models import User
from alpclusters.platform.funding.domain.casework.costs import totals_of
from alpclusters.platform.funding.domain.casework.documents import (
    CHANGED,
    Document,
    change_case,
    find,
    with_lists,
)
from alpclusters.platform.funding.domain.territory import territory
from alpclusters.platform.funding.models import FundingCase
from alpclusters.platform.funding.signals import case_copied
from alpclusters.platform.history import history_of, sign
from alpclusters.platform.partnership.models import Project


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


# --- The kept versions of a case, each with its size ----------------------------------------------


@dataclass(frozen=True, slots=True)
class CaseVersion:
    """A case as it stood: who made it when, why, and how large it was."""

    number: int
    version: int
    made_at: datetime
    made_by: str
    reason: str
    cost_ct: int
    n_offers: int
    is_newest: bool


def versions_of(case: FundingCase, *, most: int) -> list[CaseVersion]:
    """Return the newest versions of a case, newest first."""
    records = history_of(case).select_related("history_user")
    kept = records.order_by("-history_date", "-history_id")[:most]
    return [_version(one, is_newest=place == 0) for place, one in enumerate(kept)]


def since_version(case: FundingCase, part: Callable[[Any], object]) -> CaseVersion | None:
    """Return the version from which on a part of a case has been as it is now.

    Parameters
    ----------
    case : FundingCase
    part : callable
        Takes it from a case, or from a version of it.
    """
    wanted, found = part(case), None
    rows = history_of(case).select_related("history_user").order_by("-history_date", "-history_id")
    for number, kept in enumerate(rows.iterator()):
        if part(kept) != wanted:
            break
        found = _version(kept, is_newest=number == 0)
    return found


def _version(kept: Any, *, is_newest: bool) -> CaseVersion:
    return CaseVersion(
        number=kept.history_id,
        version=kept.version,
        made_at=kept.history_date,
        made_by=str(kept.history_user) if kept.history_user else "",
        reason=kept.history_change_reason or "",
        cost_ct=totals_of(kept.data).total_ct,
        n_offers=len(kept.data.get("offers", [])),
        is_newest=is_newest,
    )


# --- What partners add for an application: kept beside the case's document, so no mix grows old


KEPT: Final = "application"
LONGEST_PIECE: Final = 500
_LONGEST_REASON: Final = 100


def application_of(case: FundingCase, key: str) -> dict[str, str]:
    """Return what was entered for a partner, by the names of facts."""
    return dict(case.taken.get(KEPT, {}).get(key, {}))


def keep_application(
    case: FundingCase,
    key: str,
    values: Mapping[str, str],
    *,
    seen: Mapping[str, str],
    by: User | None,
    now: datetime,
) -> None:
    """Store what was entered for a partner; empty values are left out.

    The version of the case stays: nothing that a mix is computed from has changed.

    Parameters
    ----------
    case : FundingCase
    key : str
        The partner.
    values : mapping
        Texts by the names of facts.
    seen : mapping
        What the person saw as stored.
    by, now
        Who and when.

    Raises
    ------
    StateError
        Somebody stored something else meanwhile, or removed the partner.
    """
    with transaction.atomic():
        locked = FundingCase.objects.select_for_update().get(pk=case.pk)
        partner = find(locked.data, "partners", key)
        if partner is None or application_of(locked, key) != dict(seen):
            raise StateError(CHANGED, found=str(locked.version), expected=str(locked.version))
        wanted = {name: text for name, text in values.items() if text}
        if wanted != application_of(locked, key):
            kept = {**locked.taken.get(KEPT, {}), key: wanted}
            locked.taken = {**locked.taken, KEPT: {k: v for k, v in kept.items() if v}}
            locked.updated_at = now
            sign(locked, by, reason=f"application.change:{partner['name']}"[:_LONGEST_REASON])
            locked.save(update_fields=["taken", "updated_at"])


def with_application(data: Mapping[str, Any], case: FundingCase) -> Document:
    """Return a document whose partners state what was entered for the application as facts."""
    document: Document = deepcopy(dict(data))
    for key in case.taken.get(KEPT, {}):
        partner = find(document, "partners", key)
        if partner is not None:
            told = {name: _fact(text) for name, text in application_of(case, key).items()}
            partner["facts"] = {**partner.get("facts", {}), **told}
    return document


def _fact(text: str) -> str | list[str]:
    """Return a text as a case file takes it: one line, or a list of lines and parts of lines."""
    pieces = [piece for line in text.splitlines() for piece in _pieces(line.rstrip())]
    return pieces if len(pieces) > 1 else text


def _pieces(line: str) -> Iterator[str]:
    """Yield parts of a line; one that goes on ends in a space.

    Examples
    --------
    >>> [len(piece) for piece in _pieces("wood " * 150)]
    [500, 250]
    """
    while len(line) > LONGEST_PIECE:
        end = line.rfind(" ", 0, LONGEST_PIECE) + 1 or LONGEST_PIECE
        yield line[:end]
        line = line[end:]
    yield line

"""Change a case as a whole: one transaction, one version, one line in its history."""

from collections.abc import Callable, Mapping
from copy import deepcopy
from datetime import datetime
from typing import Any, Final

from django.db import transaction

from alpclusters.analysis.errors import StateError
from alpclusters.platform.accounts.models import User
from alpclusters.platform.funding.domain.casework.documents import Document, with_lists
from alpclusters.platform.funding.models import FundingCase
from alpclusters.platform.history import history_of, sign

CHANGED: Final = "funding_case.changed_meanwhile"
_LONGEST_REASON: Final = 100
# Parts of ``taken`` by partner: the body of the directory, and what was entered for applications.
_OF_PARTNERS: Final = ("partners", "application")
type Part = Callable[[Mapping[str, Any]], Any]


def change_case(  # noqa: PLR0913 - who, when, why and from which version belong to every change
    case: FundingCase,
    change: Callable[[Document], object],
    *,
    version: int,
    by: User | None,
    now: datetime,
    reason: str,
    part: Part | None = None,
    remember: Callable[[dict[str, Any]], object] | None = None,
) -> FundingCase:
    """Change the document of a case, all of it or nothing.

    Parameters
    ----------
    case : FundingCase
    change : callable
        Changes a copy of the document in place; what it raises leaves everything as it was.
    version : int
        The version that the person saw.
    by, now
        Who and when.
    reason : str
        A key for the history, ``partner.add:P1``.
    part : callable, optional
        Takes from a document what the change rests on: if only other parts changed since
        ``version``, it is no conflict.
    remember : callable, optional
        Changes, after that, what the case keeps about catalogue and directory (``taken``).

    Raises
    ------
    StateError
        Somebody changed the same part meanwhile.
    """
    with transaction.atomic():
        # Two editors at once: the second waits here and then sees the first one's version.
        locked = FundingCase.objects.select_for_update().get(pk=case.pk)
        if locked.version != version and not _is_untouched(locked, version, part):
            raise StateError(CHANGED, found=str(version), expected=str(locked.version))
        document = with_lists(deepcopy(locked.data))
        before = deepcopy(document)
        change(document)
        wanted = deepcopy(locked.taken)
        if remember is not None:
            remember(wanted)
        _forget_partners(wanted, before, document)
        if document != before or wanted != locked.taken:
            locked.data, locked.taken = document, wanted
            keep_version(locked, by=by, now=now, reason=reason)
    return locked


def _forget_partners(taken: dict[str, Any], before: Document, after: Document) -> None:
    """Drop what is kept of removed partners: a new one may get their identifier."""
    left = {one["id"] for one in after["partners"]}
    for one in before["partners"]:
        if one["id"] not in left:
            for part in _OF_PARTNERS:
                taken.get(part, {}).pop(one["id"], None)


def keep_version(case: FundingCase, *, by: User | None, now: datetime, reason: str) -> None:
    """Store a changed case under the next number."""
    case.version += 1
    case.title = str(case.data.get("title") or case.title)[:160]
    case.updated_at = now
    sign(case, by, reason=reason[:_LONGEST_REASON])
    case.save(update_fields=["data", "taken", "title", "version", "updated_at"])


def version_data(case: FundingCase, version: int) -> dict[str, Any] | None:
    """Return the document as it was under a number, or None."""
    kept = history_of(case).filter(version=version).order_by("-history_id").first()
    return kept.data if kept else None


def _is_untouched(case: FundingCase, version: int, part: Part | None) -> bool:
    if part is None:
        return False
    before = version_data(case, version)
    return before is not None and part(before) == part(case.data)

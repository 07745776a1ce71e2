"""What partners add for an application: kept beside the case's document, so no mix grows old."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from datetime import datetime
from typing import Any, Final

from django.db import transaction

from alpclusters.analysis.errors import StateError
from alpclusters.platform.accounts.models import User
from alpclusters.platform.funding.domain.casework.documents import Document, find
from alpclusters.platform.funding.domain.casework.saving import CHANGED
from alpclusters.platform.funding.models import FundingCase
from alpclusters.platform.history import sign

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

"""What the public and the coordinator read of a request."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alpclusters.platform.evaluation.domain.records import REGION, ROLE
from alpclusters.platform.evaluation.domain.research_files import TERMS
from alpclusters.platform.evaluation.models import DataRequest


@dataclass(frozen=True)
class RecordRow:
    """One line of the public record; it names no person."""

    request: DataRequest
    fields: str

    @property
    def is_deleted(self) -> bool:
        """Say whether the recipient confirmed that nothing is left."""
        return self.request.deleted_at is not None


def record_rows(requests: Sequence[DataRequest]) -> list[RecordRow]:
    """Return what is public of requests that were granted."""
    return [RecordRow(one, fields_words(one.fields)) for one in requests]


def fields_words(fields: Sequence[str]) -> str:
    """Say what a file holds of each person."""
    n = len([name for name in fields if name not in {REGION, ROLE}])
    parts = [ngettext("answer to %(n)s question", "answers to %(n)s questions", n) % {"n": n}]
    if REGION in fields:
        parts.append(_("group of regions"))
    if ROLE in fields:
        parts.append(_("group of roles"))
    return ", ".join(parts)


def terms() -> list[str]:
    """Return the terms in the language of the page."""
    return [_(term) for term in TERMS]

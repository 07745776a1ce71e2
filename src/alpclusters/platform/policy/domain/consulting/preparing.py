"""Prepare a consultation: what is discussed, by whom, until when."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from alpclusters.analysis.errors import StateError
from alpclusters.platform.accounts.models import User
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.policy.models import Consultation, Recommendation

State = Consultation.State


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a consultation is about; of each text all languages."""

    texts: Mapping[str, Mapping[str, str]]
    audience: str
    opens_on: date | None
    closes_on: date | None
    recommendations: Collection[Recommendation]


@transaction.atomic
def create_consultation(project: Project, wanted: Wanted, *, by: User | None) -> Consultation:
    """Begin a consultation; nobody sees it before it opens."""
    return _store(Consultation(project=project, created_by=by), wanted)


@transaction.atomic
def change_consultation(consultation: Consultation, wanted: Wanted) -> Consultation:
    """Change a consultation that was not opened.

    Raises
    ------
    StateError
        It was opened (``consultation.not_planned``).
    """
    current = Consultation.objects.select_for_update().get(pk=consultation.pk)
    if current.state != State.PLANNED:
        raise StateError("consultation.not_planned")
    return _store(current, wanted)


def _store(current: Consultation, wanted: Wanted) -> Consultation:
    values: dict[str, Any] = {
        **wanted.texts,
        "audience": wanted.audience,
        "opens_on": wanted.opens_on,
        "closes_on": wanted.closes_on,
    }
    for name, value in values.items():
        setattr(current, name, value)
    current.save()
    own = [one.pk for one in wanted.recommendations if one.project_id == current.project_id]
    current.recommendations.set(own)
    return current

"""The measures whose texts a person may change."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max

from alpclusters.platform.accounts.models import User
from alpclusters.platform.measures.domain.editing import missing_languages
from alpclusters.platform.measures.models import Measure
from alpclusters.platform.measures.rules import visible_to


@dataclass(frozen=True)
class MeasureRow:
    """One measure with what is left to do."""

    measure: Measure
    missing: Sequence[str]
    changed_at: datetime | None


def read_rows(user: User) -> list[MeasureRow]:
    """Read the measures and when people last changed them, in two queries."""
    every = visible_to(user).select_related("project").order_by("order", "pk")
    own = [m for m in every if user.has_perm("measures.change_measure", m)]
    history: Any = Measure.history  # type: ignore[attr-defined]  # simple_history has no types
    by_people = history.filter(history_user__isnull=False)
    changed = dict(
        by_people.values("id").annotate(at=Max("history_date")).values_list("id", "at").order_by()
    )
    return [MeasureRow(m, missing_languages(m), changed.get(m.pk)) for m in own]

"""The versions of a measure as the history page shows them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alpclusters.platform.fields import label_of
from alpclusters.platform.languages.codes import LANGUAGES
from alpclusters.platform.measures.domain.editing import Change, Version, versions
from alpclusters.platform.measures.domain.facets import FACETS, facet_name
from alpclusters.platform.measures.models import Measure
from alpclusters.platform.seed_rows import REASON
from alpclusters.www.components.compare import compare
from alpclusters.www.components.parts import Side


@dataclass(frozen=True)
class ChangeView:
    """One field side by side."""

    title: str
    before: Side
    after: Side


@dataclass(frozen=True)
class VersionView:
    """One version with its changes."""

    number: int
    made_at: datetime
    made_by: str
    reason: str
    is_newest: bool
    changes: Sequence[ChangeView]


def read_history(measure: Measure) -> list[VersionView]:
    """Return the versions, newest first."""
    return [_view(v, is_newest=i == 0) for i, v in enumerate(versions(measure))]


def _view(version: Version, *, is_newest: bool) -> VersionView:
    return VersionView(
        number=version.number,
        made_at=version.made_at,
        made_by=version.made_by or _("the program"),
        reason=_reason(version),
        is_newest=is_newest,
        changes=[_change(c) for c in version.changes],
    )


def _reason(version: Version) -> str:
    if version.reason.startswith("revert:"):
        return _("An earlier version was brought back.")
    if version.reason == REASON or version.is_first:
        return _("Loaded with the catalogue.")
    return version.reason


def _change(change: Change) -> ChangeView:
    before, after = _word(change.field, change.before), _word(change.field, change.after)
    left, right = compare(before, after)
    code = change.language
    return ChangeView(
        _title(change),
        Side(_("Before"), left, code),
        Side(_("After"), right, code),
    )


def _word(field: str, value: Any) -> str:
    if field in FACETS:
        return facet_name(field, str(value), get_language())
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(value or "")


def _title(change: Change) -> str:
    # Nobody types the name of the file, so its column has no label.
    title = _("Picture") if change.field == "picture" else label_of(Measure, change.field)
    return f"{title}, {dict(LANGUAGES)[change.language]}" if change.language else title

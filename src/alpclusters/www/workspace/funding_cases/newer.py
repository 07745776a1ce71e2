"""A newer version of an offer beside the one in the case, field by field."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alpclusters.platform.funding.domain.casework.offers import FieldChange, NewerVersion
from alpclusters.www.components.compare import compare
from alpclusters.www.components.parts import Side
from alpclusters.www.workspace.funding_cases.words import DASH, euros

NAMES: Final[Mapping[str, Any]] = {
    "title": gettext_lazy("Title"),
    "rates": gettext_lazy("Funding rates"),
    "eligibility": gettext_lazy("Who can apply"),
    "categories": gettext_lazy("Cost categories"),
    "themes": gettext_lazy("Themes"),
    "article": gettext_lazy("State aid articles"),
    "articles": gettext_lazy("State aid articles"),
    "cap_ct": gettext_lazy("Highest grant"),
    "floor_ct": gettext_lazy("Lowest grant"),
    "opens": gettext_lazy("Opens"),
    "closes": gettext_lazy("Closes"),
    "window": gettext_lazy("Time in which costs count"),
    "facts": gettext_lazy("Sources"),
}


@dataclass(frozen=True)
class Pair:
    """One field: as taken, and as it is now."""

    title: str
    before: Side
    after: Side


@dataclass(frozen=True)
class NewerView:
    """An offer that changed since."""

    id: str
    title: str
    taken: int
    newest: int
    is_gone: bool
    pairs: Sequence[Pair]


def newer_views(found: Sequence[NewerVersion]) -> list[NewerView]:
    """Put newer versions into words."""
    return [
        NewerView(
            one.offer_id,
            one.title,
            one.taken,
            one.newest,
            one.is_gone,
            [_pair(change) for change in one.changes],
        )
        for one in found
    ]


def _pair(change: FieldChange) -> Pair:
    left, right = compare(_words(change.field, change.before), _words(change.field, change.after))
    title = str(NAMES.get(change.field, change.field))
    return Pair(title, Side(_("In the case"), left), Side(_("In the catalogue"), right))


def _words(field: str, value: Any) -> str:
    if value is None:
        return DASH
    if field.endswith("_ct") and isinstance(value, int):
        return euros(value)
    if isinstance(value, str | int):
        return str(value)
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return ", ".join(value)
    return json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1)

"""The versions of a link in words: what changed, who changed it, why."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial
from typing import Any, Final

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from alpclusters.platform.evidence.domain.versions import Version
from alpclusters.platform.evidence.models import Initiative
from alpclusters.platform.fields import label_of
from alpclusters.platform.network.domain.links.entering import COMPARED
from alpclusters.platform.network.models import Link
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.seed_rows import REASON
from alpclusters.reports.dates import format_date
from alpclusters.www.workspace.versions import VersionView, version_views

_RELATIONS: Final[dict[str, Any]] = {"initiative_id": Initiative, "project_id": Project}
REASONS: Final = {
    "enter": gettext_lazy("Entered"),
    "change": gettext_lazy("Changed"),
    "confirm": gettext_lazy("Confirmed by the other side"),
    "refuse": gettext_lazy("The other side says that it is not so"),
    "withdraw": gettext_lazy("Withdrawn"),
    "report": gettext_lazy("A side said how it stands"),
    "derive": gettext_lazy("Taken from a published project"),
    REASON: gettext_lazy("Made with the demonstration"),
}


def change_views(found: Sequence[Version]) -> list[VersionView]:
    """Put versions into words; names of initiatives and projects are asked for once."""
    names = _names(found)
    said = partial(_words, names=names)
    return version_views(found, titles=_titles(), words=said, reason=_reason)


def _titles() -> dict[str, Any]:
    return {name: label_of(Link, name.removesuffix("_id")) for name in COMPARED}


def _words(field: str, value: Any, *, names: dict[str, dict[Any, str]]) -> str:
    if value in (None, ""):
        return ""
    if field in _RELATIONS:
        return names[field].get(value, _("no longer there"))
    if isinstance(value, date):
        return format_date(value, get_language() or "en")
    choices = dict(getattr(Link._meta.get_field(field), "flatchoices", ()))
    return str(choices.get(value, value))


def _names(found: Iterable[Version]) -> dict[str, dict[Any, str]]:
    wanted: dict[str, set[Any]] = {field: set() for field in _RELATIONS}
    for version in found:
        for change in version.changes:
            if change.field in wanted:
                wanted[change.field] |= {change.before, change.after} - {None}
    return {
        field: {pk: str(one) for pk, one in _RELATIONS[field].objects.in_bulk(keys).items()}
        for field, keys in wanted.items()
    }


def _reason(version: Version) -> str:
    if version.reason in REASONS:
        return str(REASONS[version.reason])
    if version.reason.startswith(("merge:", "unmerge:")):
        return _("One of the organisations was merged, or a merge was undone.")
    return version.reason or (_("The entry was made.") if version.is_first else "")

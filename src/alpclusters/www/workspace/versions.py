"""The versions of an entry as its history page shows them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from alpclusters.platform.evidence.domain.versions import Change, Version
from alpclusters.platform.languages.codes import LANGUAGES
from alpclusters.www.components.marked_text import compare
from alpclusters.www.components.parts import Side

type Words = Callable[[str, Any], str]


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


def version_views(
    versions: Sequence[Version],
    *,
    titles: Mapping[str, Any],
    words: Words,
    reason: Callable[[Version], str],
) -> list[VersionView]:
    """Put versions into words.

    Parameters
    ----------
    versions : sequence of Version
    titles : mapping
        What each field is called.
    words : callable
        Says a value of a field.
    reason : callable
        Says why a version was made.
    """
    return [
        VersionView(
            number=version.number,
            made_at=version.made_at,
            made_by=version.made_by or _("the program"),
            reason=_reason(version, reason),
            is_newest=version.is_newest,
            changes=[_change(change, titles, words) for change in version.changes],
        )
        for version in versions
    ]


def _reason(version: Version, reason: Callable[[Version], str]) -> str:
    if version.reason.startswith("revert:"):
        return _("An earlier version was brought back.")
    return reason(version)


def _change(change: Change, titles: Mapping[str, Any], words: Words) -> ChangeView:
    code, title = change.language, str(titles[change.field])
    left, right = compare(words(change.field, change.before), words(change.field, change.after))
    return ChangeView(
        f"{title}, {dict(LANGUAGES)[code]}" if code else title,
        Side(_("Before"), left, code),
        Side(_("After"), right, code),
    )

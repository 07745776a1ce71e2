"""The versions of a lesson, and the way back to one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from alpclusters.platform.evidence.domain.lessons import revert_lesson, versions
from alpclusters.platform.evidence.domain.versions import Change, Version
from alpclusters.platform.evidence.models import Lesson
from alpclusters.platform.fields import label_of
from alpclusters.platform.languages.codes import LANGUAGES
from alpclusters.www.components.compare import compare
from alpclusters.www.components.parts import Crumb, Side
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.lessons.access import lesson_crumbs, own_lesson


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
    changes: Sequence[ChangeView]


@login_required
@require_safe
def lesson_history(request: SignedInRequest, key: str) -> HttpResponse:
    """Show who changed what."""
    lesson = own_lesson(request, key)
    context = {
        "lesson": lesson,
        "versions": [_version(version) for version in versions(lesson)],
        "crumbs": lesson_crumbs(lesson, Crumb(_("History"))),
        "simulated": lesson.is_simulated,
    }
    return render(request, "workspace/lessons/history.html", context)


@login_required
@require_POST
def lesson_revert(request: SignedInRequest, key: str, version: int) -> HttpResponse:
    """Bring back the words of an earlier version."""
    lesson = own_lesson(request, key)
    if not revert_lesson(lesson, history_id=version, by=request.user):
        raise Http404
    messages.success(request, _("Earlier version brought back. It can be undone below."))
    return redirect("workspace:lesson-history", key=key)


def _version(version: Version) -> VersionView:
    return VersionView(
        version.number,
        version.made_at,
        version.made_by or _("the program"),
        _reason(version.reason),
        [_change(change) for change in version.changes],
    )


def _reason(reason: str) -> str:
    if reason.startswith("revert:"):
        return _("An earlier version was brought back.")
    return {"publish": _("Published"), "withdraw": _("Withdrawn")}.get(reason, reason)


def _change(change: Change) -> ChangeView:
    left, right = compare(_word(change.field, change.before), _word(change.field, change.after))
    code = change.language
    return ChangeView(_title(change), Side(_("Before"), left, code), Side(_("After"), right, code))


def _word(field: str, value: Any) -> str:
    if field == "verdict" and value in Lesson.Verdict.values:
        return str(Lesson.Verdict(value).label)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(value or "")


def _title(change: Change) -> str:
    title = label_of(Lesson, change.field)
    return f"{title}, {dict(LANGUAGES)[change.language]}" if change.language else title

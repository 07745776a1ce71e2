"""What is typed is kept every few seconds: as a draft of this person, never in the text itself."""

import json
from typing import Any, Final

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alpclusters.platform.policy.domain.editing.drafts import (
    draft_of,
    drop_draft,
    keep_draft,
    others_editing,
)
from alpclusters.platform.policy.domain.editing.things import Editing

LONGEST: Final = 20_000


def autosaved(request: HttpRequest, obj: Any, how: Editing) -> JsonResponse:
    """Keep what stands in the form and say who else is typing."""
    user: Any = request.user
    known = draft_of(user, how.thing, obj.pk)
    if known is not None and known.is_conflict:
        return JsonResponse({"ok": False, "said": _("Solve the conflict first.")})
    version = request.POST.get("version", "")
    base = _read(request.POST.get("base", ""))
    values = {n: request.POST[n][:LONGEST] for n in how.columns if n in request.POST}
    if not version.isdecimal() or not values:
        return JsonResponse({"ok": False, "said": _("The draft could not be kept.")}, status=422)
    keep_draft(
        user,
        how.thing,
        obj.pk,
        base_version=min(int(version), obj.version),
        base={n: str(base[n])[:LONGEST] for n in how.columns if n in base},
        values=values,
        now=timezone.now(),
    )
    return JsonResponse({"ok": True, "said": _("Draft kept."), "others": who_else(user, obj, how)})


def who_else(user: Any, obj: Any, how: Editing) -> str:
    """Say who else typed in the last minutes; empty if nobody did."""
    names = others_editing(user, how.thing, obj.pk, now=timezone.now())
    if not names:
        return ""
    text = ngettext("%(names)s is editing too.", "%(names)s are editing too.", len(names))
    return text % {"names": ", ".join(names)}


def dropped(request: HttpRequest, obj: Any, how: Editing) -> None:
    """Forget the draft of this person."""
    user: Any = request.user
    drop_draft(user, how.thing, obj.pk)


def _read(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}

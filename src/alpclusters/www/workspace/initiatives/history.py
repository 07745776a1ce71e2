"""The versions of an initiative: who changed what, and back to an earlier one."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import partial
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from alpclusters.analysis.errors import InputError
from alpclusters.platform.evidence.domain.initiatives.editing import revert, versions
from alpclusters.platform.evidence.domain.initiatives.fields import PLAIN, TRANSLATED
from alpclusters.platform.evidence.domain.initiatives.partners import CHANGED, NAMED, TAKEN_OFF
from alpclusters.platform.evidence.domain.versions import Version
from alpclusters.platform.evidence.models import Initiative, Programme
from alpclusters.platform.languages.text import field_of
from alpclusters.platform.seed_rows import REASON
from alpclusters.reports.dates import format_date
from alpclusters.reports.numbers import format_money
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.initiatives.access import frame, own_initiative
from alpclusters.www.workspace.sentences import placed_sentence
from alpclusters.www.workspace.versions import version_views

_RELATIONS: Final[dict[str, Any]] = {"programme_id": Programme, "follows_id": Initiative}

type Names = Mapping[str, Mapping[Any, str]]
_PARTNERS: Final = {
    NAMED: gettext_lazy("Named as a partner: %(name)s"),
    TAKEN_OFF: gettext_lazy("Taken off as a partner: %(name)s"),
    CHANGED: gettext_lazy("Changed which organisation a partner is: %(name)s"),
}


@login_required
@require_safe
def initiative_history(request: HttpRequest, key: str) -> HttpResponse:
    """Show the versions of an initiative with what each changed."""
    initiative = own_initiative(request, key)
    found = versions(initiative)
    names = _names(found)
    said = partial(words, names=names)
    views = version_views(found, titles=titles(), words=said, reason=_reason)
    context = {"versions": views, **frame(initiative, "initiative-history")}
    return render(request, "workspace/initiatives/history.html", context)


@login_required
@require_POST
def initiative_revert(request: SignedInRequest, key: str, version: int) -> HttpResponse:
    """Bring back the facts of an earlier version."""
    initiative = own_initiative(request, key)
    try:
        if revert(initiative, version, request.user):
            messages.success(request, _("Earlier version brought back. It can be undone below."))
        else:
            messages.info(request, _("Nothing was changed."))
    except InputError as error:
        messages.error(request, placed_sentence(error))
    return redirect("workspace:initiative-history", key=key)


def titles() -> dict[str, Any]:
    """Return what each field is called."""
    return {name: field_of(Initiative, name).verbose_name for name in (*TRANSLATED, *PLAIN)}


def words(field: str, value: Any, *, names: Names | None = None) -> str:
    """Say a value of a field; ``names`` are those of related things, by field and key."""
    if value in (None, "", []):
        return ""
    if field in _RELATIONS:
        known = names or related_names([(field, value)])
        return known.get(field, {}).get(value, _("no longer there"))
    if field.endswith("_cents"):
        return format_money(value, "", get_language() or "en").strip()
    return _plain(field, value)


def related_names(pairs: Iterable[tuple[str, Any]]) -> Names:
    """Ask once what programmes and initiatives are called; pairs of field and key."""
    wanted: dict[str, set[Any]] = {field: set() for field in _RELATIONS}
    for field, value in pairs:
        if field in wanted and value is not None:
            wanted[field].add(value)
    return {
        field: {pk: str(one) for pk, one in _RELATIONS[field].objects.in_bulk(keys).items()}
        for field, keys in wanted.items()
    }


def _names(found: Iterable[Version]) -> Names:
    changes = [change for version in found for change in version.changes]
    return related_names((c.field, value) for c in changes for value in (c.before, c.after))


def _plain(field: str, value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date):
        return format_date(value, get_language() or "en")
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    choices = dict(getattr(field_of(Initiative, field), "flatchoices", ()))
    return str(choices.get(value, value))


def _reason(version: Version) -> str:
    for start, text in _PARTNERS.items():
        if version.reason.startswith(start):
            return text % {"name": version.reason.removeprefix(start)}
    if version.reason == REASON:
        return _("Loaded with the evidence base.")
    if version.is_first and not version.reason:
        return _("The entry was made.")
    return version.reason

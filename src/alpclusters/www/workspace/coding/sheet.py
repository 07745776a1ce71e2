"""The page on which an activity is coded: document beside form, every answer saved at once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from alpclusters.analysis.errors import AlpClustersError, StateError
from alpclusters.platform.evidence.domain.codebook.reading import (
    FIELDS,
    CodeField,
    code_label,
    current_codebook,
    field_named,
)
from alpclusters.platform.evidence.domain.coding import (
    begin_coding,
    can_undo,
    close_coding,
    coding_of,
    put_note,
    put_values,
    reopen_coding,
    undo,
)
from alpclusters.platform.evidence.domain.coding.answers import missing_fields, unquoted_fields
from alpclusters.platform.evidence.domain.search import SimilarActivity, similar_activities
from alpclusters.platform.evidence.models import Activity, Codebook, Coding
from alpclusters.platform.fields import length_of
from alpclusters.www.components.parts import Crumb
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.coding.coding_form import (
    quote_place,
    sheet_context,
    take_quotation_back,
    words_of,
)
from alpclusters.www.workspace.coding.desk import coding_crumbs, own_activity
from alpclusters.www.workspace.sentences import sentence

UNPROCESSABLE: Final = 422
CONFLICT: Final = 409


@dataclass(frozen=True)
class Done:
    """What an action said, and whether the page shall lead on."""

    said: str
    leads_on: bool = False


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def coding_activity(request: SignedInRequest, key: str, number: int) -> HttpResponseBase:
    """Show the form; store answers one by one (script) or all at once (without)."""
    activity = own_activity(request, key, number)
    if request.method != "POST":
        return _page(request, activity)
    try:
        done = _act(request, activity)
    except AlpClustersError as error:
        return _refused(request, activity, error)
    if _wants_json(request):
        return _answer(request, activity, done.said)
    if done.said:
        messages.success(request, done.said)
    if done.leads_on:
        return _next(request, activity)
    return redirect("workspace:coding-activity", key=key, number=number)


def _act(request: SignedInRequest, activity: Activity) -> Done:
    do = request.POST.get("do", "save")
    if do == "quote":
        return Done(quote_place(request, activity))
    if do == "unquote":
        return Done(take_quotation_back(request, activity))
    coding = begin_coding(activity, request.user)
    act = ACTS.get(do, _save)
    return act(request, coding)


def _save(request: HttpRequest, coding: Coding) -> Done:
    is_new = _put_all(request, coding)
    return Done(_("Saved") if is_new else _("Nothing was changed."))


def _undo(request: HttpRequest, coding: Coding) -> Done:  # noqa: ARG001 - all acts take the same
    return Done(_undone(coding))


def _reopen(request: HttpRequest, coding: Coding) -> Done:  # noqa: ARG001 - likewise
    reopen_coding(coding, now=timezone.now())
    return Done(_("Your coding is open again."))


def _close(request: HttpRequest, coding: Coding, *, without_place: bool = False) -> Done:
    _put_all(request, coding)
    activity = close_coding(coding, now=timezone.now(), without_place=without_place)
    return Done(_closed(activity), leads_on=True)


def _close_unquoted(request: HttpRequest, coding: Coding) -> Done:
    return _close(request, coding, without_place=True)


def _put_one(request: HttpRequest, coding: Coding) -> Done:
    name = request.POST.get("field", "")
    if name == "note":
        put_note(coding, _note(request))
        return Done(_("Note saved"))
    field = next((field for field in FIELDS if field.name == name), None)
    value = _sent(request, field) if field else None
    put_values(coding, {name: value})
    said = words_of(coding, name)
    if not field or not said:
        return Done(_("Answer taken back"))
    return Done(_("%(field)s: %(answer)s. Saved") % {"field": field.label, "answer": said})


ACTS: Final[Mapping[str, Callable[[HttpRequest, Coding], Done]]] = {
    "answer": _put_one,
    "undo": _undo,
    "reopen": _reopen,
    "close": _close,
    "close-unquoted": _close_unquoted,
}


def _put_all(request: HttpRequest, coding: Coding) -> bool:
    """Store the whole form; fields that were not sent at all stay."""
    if "whole" not in request.POST:
        return False
    is_changed = put_values(coding, {field.name: _sent(request, field) for field in FIELDS})
    return put_note(coding, _note(request)) or is_changed


def _note(request: HttpRequest) -> str:
    return request.POST.get("note", "").strip()[: length_of(Coding, "note")]


def _sent(request: HttpRequest, field: CodeField) -> Any:
    if field.is_many:
        return request.POST.getlist(field.name)
    return request.POST.get(field.name, "")


def _undone(coding: Coding) -> str:
    if not can_undo(coding):
        return _("There is nothing to take back.")
    names = [str(field.label) for field in undo(coding)]
    if not names:
        return _("Note taken back")
    return _("Taken back: %(fields)s") % {"fields": ", ".join(names)}


def _closed(activity: Activity) -> str:
    match activity.state:
        case Activity.State.DISPUTED:
            return _("Closed. You and the other coder differ: see the list of disagreements.")
        case Activity.State.SETTLED:
            return _("Closed. Both of you chose the same codes.")
        case Activity.State.ONCE:
            return _("Closed. The codes now stand at the activity.")
    return _("Closed. The second coder cannot see your codes.")


def _next(request: SignedInRequest, activity: Activity) -> HttpResponse:
    """Lead to the next open activity of the initiative, else back to the initiative."""
    mine = Coding.objects.filter(coder=request.user, closed_at__isnull=False)
    rest = activity.initiative.activities.exclude(pk__in=mine.values("activity"))
    following = rest.filter(number__gt=activity.number).order_by("number").first()
    key = activity.initiative.key
    if following is None:
        return redirect("workspace:coding-initiative", key=key)
    return redirect("workspace:coding-activity", key=key, number=following.number)


def _page(
    request: SignedInRequest,
    activity: Activity,
    *,
    problem: str = "",
    unquoted: Sequence[Any] = (),
    status: int = 200,
) -> HttpResponse:
    context = sheet_context(request, activity, problem=problem, unquoted=unquoted)
    return render(request, "workspace/coding/sheet.html", context, status=status)


def _refused(
    request: SignedInRequest, activity: Activity, error: AlpClustersError
) -> HttpResponseBase:
    status = CONFLICT if isinstance(error, StateError) else UNPROCESSABLE
    if error.code == "coding.unquoted" and not _wants_json(request):
        return _asked(request, activity)
    said = _incomplete(request, activity) if error.code == "coding.incomplete" else sentence(error)
    if _wants_json(request):
        return JsonResponse({"ok": False, "said": said}, status=status)
    return _page(request, activity, problem=said, status=UNPROCESSABLE)


def _asked(request: SignedInRequest, activity: Activity) -> HttpResponse:
    """Ask where the source says so, before a coding is closed without a quoted place."""
    coding = coding_of(activity, request.user)
    labels = [field.label for field in unquoted_fields(coding)] if coding else []
    return _page(request, activity, unquoted=labels, status=UNPROCESSABLE)


def _incomplete(request: SignedInRequest, activity: Activity) -> str:
    coding = coding_of(activity, request.user)
    missing = missing_fields(coding.values if coding else {})
    text = ngettext(
        "%(n)s answer is missing: %(fields)s.",
        "%(n)s answers are missing: %(fields)s.",
        len(missing),
    )
    fields = ", ".join(str(field.label) for field in missing)
    return text % {"n": len(missing), "fields": fields}


def _answer(request: SignedInRequest, activity: Activity, said: str) -> JsonResponse:
    """Return the own answers as they are stored now; never anybody else's."""
    coding = coding_of(activity, request.user)
    values = coding.values if coding else {}
    return JsonResponse(
        {
            "ok": True,
            "said": said,
            "values": {field.name: values.get(field.name) for field in FIELDS},
            "note": coding.note if coding else "",
            "missing": [field.name for field in missing_fields(values)],
            "can_undo": bool(coding and can_undo(coding)),
        }
    )


def _wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "") == "application/json"


# --- Coded activities elsewhere that are like one: suggestions, taken by a person or not at all


@dataclass(frozen=True)
class SimilarView:
    """An activity of another initiative, what it shares and which type it was given."""

    activity: Activity
    shared: list[str]
    type_name: str
    outcome: str


@login_required
@require_safe
def coding_similar(request: SignedInRequest, key: str, number: int) -> HttpResponse:
    """Show what is alike; its type can be taken over as one's own answer, with one click."""
    activity = own_activity(request, key, number)
    book = current_codebook()
    found = similar_activities(activity)
    rows = Activity.objects.select_related("initiative").in_bulk([one.activity_id for one in found])
    coding = coding_of(activity, request.user)
    context = {
        "activity": activity,
        "initiative": activity.initiative,
        "rows": [_view(rows[one.activity_id], one, book) for one in found],
        "may_take": coding is None or coding.closed_at is None,
        "crumbs": coding_crumbs(activity.initiative, Crumb(_("Similar activities"))),
        "simulated": any(row.is_simulated for row in rows.values()),
    }
    return render(request, "workspace/coding/similar.html", context)


def _view(other: Activity, one: SimilarActivity, book: Codebook) -> SimilarView:
    return SimilarView(
        activity=other,
        shared=[_shared(thing.field, thing.value, book) for thing in one.reasons],
        type_name=_named("measure_type", other.measure_type, book),
        outcome=_named("outcome_status", other.outcome_status, book),
    )


def _shared(field: str, value: str, book: Codebook) -> str:
    if field == "word":
        return _("word “%(word)s”") % {"word": value}
    return f"{field_named(field).label}: {code_label(field, value, book)}"


def _named(field: str, value: str, book: Codebook) -> str:
    return code_label(field, value, book) if value else ""

"""The buttons of a facilitator: every one is a command that can be undone; and a rehearsal."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alpclusters.analysis.errors import AlpClustersError
from alpclusters.live import gateway
from alpclusters.platform.cafe.domain.answers import count_cafe
from alpclusters.platform.cafe.domain.rehearsals import answer_phase, begin_rehearsal, end_rehearsal
from alpclusters.platform.cafe.domain.running import act, dependents_of, undo
from alpclusters.platform.cafe.domain.sealing import seal_due, sealed_from
from alpclusters.platform.cafe.models import AlpCafe, Entry
from alpclusters.www.components.parts import Crumb
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.cafes.cockpit import crumbs, visible_cafe
from alpclusters.www.workspace.cafes.live_log import describe, reason

# --- The simulated guests of a rehearsal, after every button of its facilitator -------------------


def let_answer(request: HttpRequest, cafe: AlpCafe) -> None:
    """Let the simulated guests do what the phase asks for; in a real AlpCafé nothing happens."""
    try:
        answer_phase(AlpCafe.everything.get(pk=cafe.pk), gateway)
    except (gateway.Busy, gateway.NotTakenError):
        messages.warning(request, _("The simulated guests could not answer. Press once more."))


# --- The buttons of a facilitator: every one is a command that can be undone ----------------------


# What a form of the cockpit may ask for; other commands have pages of their own.
BUTTONS: Final = frozenset(
    {"next", "go_to", "pause", "resume", "extend", "set_end", "stop_input", "screen", "announce"}
    | {"release", "withdraw", "renew_links", "renew_code", "mark_seat", "walk_out", "no_show"}
    | {"seat_late"}
)


def own_cafe(request: HttpRequest, pk: int) -> AlpCafe:
    """Return an AlpCafé the person may run: 404 if not visible, 403 if not allowed."""
    found = visible_cafe(request, pk)
    if not request.user.has_perm("cafe.run_alpcafe", found):
        raise PermissionDenied
    return found


@login_required
@require_POST
def cafe_open(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let people join."""
    found = own_cafe(request, pk)
    text = _("The AlpCafé is open. People can join with the code.")
    return _give(request, found, "open", text=text, back="workspace:cafe")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def cafe_close(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask once, then end the AlpCafé on all phones."""
    found = own_cafe(request, pk)
    if request.method != "POST":
        return _ask(request, found, "close", Crumb(_("Close")))
    text = _("The AlpCafé is closed. You can evaluate it now, or open it again.")
    return _give(request, found, "close", text=text, back="workspace:cafe")


@login_required
@require_POST
def cafe_reopen(request: SignedInRequest, pk: int) -> HttpResponse:
    """Go on after a close that came too early."""
    found = own_cafe(request, pk)
    text = _("The AlpCafé is open again.")
    return _give(request, found, "reopen", text=text, back="workspace:cafe")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def cafe_seal(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask once, then make the AlpCafé final."""
    found = own_cafe(request, pk)
    if request.method != "POST":
        return _ask(request, found, "seal", Crumb(_("Seal")))
    text = _("The AlpCafé is sealed. Nobody can tell any more whose answers are whose.")
    return _give(request, found, "seal", text=text, back="workspace:cafe")


@login_required
@require_POST
def cafe_seal_due(request: HttpRequest, pk: int) -> HttpResponse:
    """Seal what is due; the page of a closed AlpCafé asks for it when its time is over."""
    own_cafe(request, pk)
    seal_due(timezone.now())
    return redirect("workspace:cafe", pk=pk)


@login_required
@require_POST
def cafe_act(request: SignedInRequest, pk: int) -> HttpResponse:
    """Carry out a command of the cockpit."""
    found = own_cafe(request, pk)
    seal_due(timezone.now())
    command = request.POST.get("command", "")
    if command not in BUTTONS:
        messages.error(request, _("This button is unknown here."))
        return redirect("workspace:cafe_live", pk=pk)
    return _give(
        request,
        found,
        command,
        arguments=_arguments(request.POST),
        seen=_number(request.POST.get("seen")),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def cafe_undo(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """Undo a command; what rests on it is listed first and undone with it."""
    found = own_cafe(request, pk)
    entry = found.entries.filter(number=number).select_related("by").first()
    if entry is None:
        messages.error(request, _("This was never done."))
        return redirect("workspace:cafe_live", pk=pk)
    waiting = dependents_of(found, entry)
    if request.method != "POST" or (waiting and "together" not in request.POST):
        context = {"entry": entry, "what": describe(entry), "waiting": [*map(describe, waiting)]}
        return _ask(request, found, "undo", Crumb(_("Undo")), **context)

    def do() -> object:
        return undo(found, entry, by=request.user, now=timezone.now(), together=True)

    return _try(request, do, _("Undone: %(what)s") % {"what": describe(entry)}, found)


def _ask(request: HttpRequest, cafe: AlpCafe, page: str, crumb: Crumb, **more: Any) -> HttpResponse:
    live = Crumb(cafe.title, reverse("workspace:cafe", args=[cafe.pk]))
    context = {
        "cafe": cafe,
        "counts": count_cafe(cafe),
        "sealed_from": sealed_from(cafe),
        "crumbs": crumbs(live, crumb),
        "simulated": cafe.is_simulated,
        "section": "cafes",
        **more,
    }
    return render(request, f"workspace/cafes/{page}.html", context)


def _give(
    request: SignedInRequest,
    cafe: AlpCafe,
    command: str,
    *,
    arguments: Mapping[str, Any] | None = None,
    seen: int | None = None,
    text: str = "",
    back: str = "workspace:cafe_live",
) -> HttpResponse:
    def do() -> object:
        return act(cafe, command, arguments, seen=seen, by=request.user, now=timezone.now())

    return _try(request, do, text, cafe, back=back)


def _try(
    request: HttpRequest,
    do: Callable[[], object],
    text: str,
    cafe: AlpCafe,
    *,
    back: str = "workspace:cafe_live",
) -> HttpResponse:
    try:
        do()
        if cafe.is_rehearsal:
            let_answer(request, cafe)
    except AlpClustersError as error:
        first = Entry.objects.filter(pk=error.values.get("entry") or 0).select_related("by").first()
        messages.error(request, reason(error, first))
    else:
        if text:
            messages.success(request, text)
    return redirect(back, pk=cafe.pk)


def _arguments(data: QueryDict) -> dict[str, Any]:
    """Read what a form of the cockpit sends along with its command."""
    phase, _mark, index = data.get("step", "").partition(":")
    found: dict[str, Any] = {
        "phase": phase,
        "round_index": _number(index),
        "minutes": _number(data.get("minutes")),
        "round": _number(data.get("round")),
        "guest": _number(data.get("guest")),
        "comments": [int(pk) for pk in data.getlist("comments") if pk.isdigit()],
        **{name: data.get(name) for name in ("screen", "block", "state")},
    }
    if "text" in data:
        found["text"] = data["text"]
    return {name: value for name, value in found.items() if value not in (None, "", [])}


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None  # noqa: PLR2004


# --- Try an AlpCafé out with simulated guests, and delete everything of it with one tap -----------


@login_required
@require_POST
def cafe_rehearse(request: SignedInRequest, pk: int) -> HttpResponse:
    """Begin the rehearsal of an AlpCafé, or go on with it."""
    cafe = own_cafe(request, pk)
    if cafe.is_rehearsal:
        return redirect("workspace:cafe_live", pk=pk)
    try:
        copy = begin_rehearsal(cafe, by=request.user, now=timezone.now())
    except AlpClustersError as error:
        messages.error(request, reason(error, None))
        return redirect("workspace:cafe_prepare", pk=pk)
    let_answer(request, copy)
    return redirect("workspace:cafe_live", pk=copy.pk)


@login_required
@require_POST
def cafe_rehearse_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a rehearsal with everything in it."""
    copy = own_cafe(request, pk)
    if not copy.is_rehearsal or copy.rehearsal_of_id is None:
        raise Http404
    original = copy.rehearsal_of_id
    end_rehearsal(copy)
    messages.success(request, _("The rehearsal is deleted with everything in it."))
    return redirect("workspace:cafe_prepare", pk=original)

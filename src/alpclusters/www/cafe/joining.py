"""Join with a code, choose a language, leave."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alpclusters.platform.cafe.domain import participants
from alpclusters.platform.cafe.domain.attempts import count_wrong_code, may_try_code
from alpclusters.platform.cafe.domain.codes import normalise_code
from alpclusters.platform.cafe.domain.sheets import build_sheet
from alpclusters.platform.cafe.models import AlpCafe, Participant
from alpclusters.platform.languages.codes import LANGUAGE_CODES, nearest_language
from alpclusters.www.cafe import devices
from alpclusters.www.cafe.forms import JoinForm


@require_http_methods(["GET", "HEAD", "POST"])
def join_page(request: HttpRequest) -> HttpResponse:
    """Ask for code and consent; the same answer for unknown, closed and not yet open codes.

    A QR code leads here with the code behind ``#``: this part of an address never reaches a
    server, so the code is in no log and no Referer. ``js/cafe/join.js`` writes it into the
    field; without scripts it is typed.
    """
    if request.method != "POST":
        code = normalise_code(request.GET.get("code", ""))[:8]
        return _show(request, JoinForm(initial={"code": code}))
    form = JoinForm(request.POST)
    if not form.is_valid():
        return _show(request, form, status=422)
    if not may_try_code(timezone.now()):
        return _busy(request, form)
    cafe = participants.find_open_cafe(form.cleaned_data["code"])
    if cafe is None:
        count_wrong_code(timezone.now())
        text = _("No AlpCafé is running under this code. Check the eight characters.")
        form.add_error("code", text)
        return _show(request, form, status=422)
    return _enter(request, cafe)


@require_http_methods(["GET", "HEAD"])
def enter(request: HttpRequest, code: str) -> HttpResponse:
    """Show the join page with the code of an address somebody typed; nothing is looked up."""
    return _show(request, JoinForm(initial={"code": normalise_code(code)[:8]}))


def _show(request: HttpRequest, form: JoinForm, status: int = 200) -> HttpResponse:
    person = devices.current_participant(request)
    here = person if person is not None and person.cafe.is_open else None
    return render(request, "cafe/join.html", {"form": form, "here": here}, status=status)


def _busy(request: HttpRequest, form: JoinForm) -> HttpResponse:
    form.add_error("code", _("Many people are joining. Wait a moment and try again."))
    response = _show(request, form, status=503)
    response.headers["Retry-After"] = "2"
    return response


def _enter(request: HttpRequest, cafe: AlpCafe) -> HttpResponse:
    """Make a new participant, or bring back the one this phone already is."""
    known = devices.token_for(request, cafe)
    if known is not None:
        person = participants.participants_of([known])[known]
        response = HttpResponseRedirect(next_page(person))
        devices.remember(request, response, known)
        return response
    language_code = nearest_language(translation.get_language())
    joined = participants.join(cafe, language=language_code, now=timezone.now())
    response = HttpResponseRedirect(reverse("cafe:profile"))
    devices.remember(request, response, joined.token)
    _keep_language(response, language_code)
    return response


def next_page(person: Participant) -> str:
    """Return the first page with a question left, or the overview."""
    leaf = build_sheet(person).first_open
    return reverse("cafe:rate", args=[leaf.number]) if leaf else reverse("cafe:done")


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Change the language of the phone and come back to the same page."""
    wanted = request.POST.get("language", "")
    response = HttpResponseRedirect(_back(request))
    if wanted not in LANGUAGE_CODES:
        return response
    person = devices.current_participant(request)
    if person is not None:
        participants.speak(person, wanted)
    _keep_language(response, wanted)
    return response


def _back(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    is_ours = wanted.startswith(devices.PATH) and url_has_allowed_host_and_scheme(wanted, None)
    return wanted if is_ours else reverse("cafe:join")


def _keep_language(response: HttpResponse, code: str) -> None:
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=devices.MAX_AGE_S,
        samesite="Lax",
        secure=settings.LANGUAGE_COOKIE_SECURE,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@devices.for_participants
def leave_page(request: HttpRequest, person: Participant) -> HttpResponse:
    """Delete a person with all ratings after one question."""
    if request.method != "POST":
        context = {
            "cafe": person.cafe,
            "simulated": person.cafe.is_simulated,
            "event": devices.event_key(person),
        }
        return render(request, "cafe/leave.html", context)
    participants.leave(person)
    response = HttpResponseRedirect(reverse("cafe:join"))
    devices.forget_current(request, response)
    messages.success(request, _("You have left. Your ratings and comments are deleted."))
    return response

"""Join with a code, choose a language, leave: for phones without scripts, and the page itself."""

import secrets
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_POST

from alpclusters.live import gateway, held
from alpclusters.live.typed_codes import find_open_event
from alpclusters.platform.cafe.domain.codes import CONSENT_VERSION, normalise_code
from alpclusters.platform.cafe.models import AlpCafe, Participant
from alpclusters.platform.languages.codes import LANGUAGE_CODES, LANGUAGES, nearest_language
from alpclusters.www.cafe import devices
from alpclusters.www.cafe.devices import same_origin
from alpclusters.www.cafe.rating import command, submit
from alpclusters.www.cafe.sentences import join_sentences, scripts_behind
from alpclusters.www.cafe.sheets import JoinForm

OK = 200


@require_http_methods(["GET", "HEAD", "POST"])
@same_origin
def join_page(request: HttpRequest) -> HttpResponse:
    """Ask for code and consent; the same answer for unknown, closed and not yet open codes.

    A QR code leads here with its secret behind ``#``: this part of an address never reaches a
    server, so the secret is in no log and no Referer. ``js/cafe/join.js`` reads it; without
    scripts the code is typed.
    """
    if request.method != "POST":
        code = normalise_code(request.GET.get("code", ""))[:8]
        return _show(JoinForm(initial={"code": code}), has_left="left" in request.GET)
    form = JoinForm(request.POST)
    if not form.is_valid():
        return _show(form, status=422)
    try:
        event = find_open_event(form.cleaned_data["code"], home=settings.HOME, now=timezone.now())
    except gateway.Busy as busy:
        return _busy(form, busy)
    cafe = AlpCafe.everything.filter(pk=event).first() if event is not None else None
    if cafe is None:
        text = _("No AlpCafé is running under this code. Check the eight characters.")
        form.add_error("code", text)
        return _show(form, status=422)
    try:
        return _enter(request, cafe)
    except gateway.Busy as busy:
        return _busy(form, busy)


@require_http_methods(["GET", "HEAD"])
def enter(request: HttpRequest, code: str) -> HttpResponse:  # noqa: ARG001 - every view gets one
    """Show the join page with the code of an address somebody typed; nothing is looked up."""
    return _show(JoinForm(initial={"code": normalise_code(code)[:8]}))


def _show(form: JoinForm, status: int = OK, *, has_left: bool = False) -> HttpResponse:
    """Render without the request: the page is the same for everybody and kept in memory."""
    language = nearest_language(translation.get_language())
    context: dict[str, Any] = {
        "form": form,
        "has_left": has_left,
        "language": language,
        "languages": LANGUAGES,
        "scripts": scripts_behind("js/cafe/join.js"),
        "data": {"say": join_sentences(), "consent": CONSENT_VERSION},
    }
    response = HttpResponse(render_to_string("cafe/join.html", context), status=status)
    if status == OK and not has_left and not form.initial.get("code"):
        response.headers["Live-Cache"] = f"event=0; rev=0; lang={language}"
    return response


def _busy(form: JoinForm, busy: gateway.Busy) -> HttpResponse:
    usual = gettext_noop("Many people are joining. Wait a moment and try again.")
    form.add_error("code", _(held.sentence(busy, usual)))
    response = _show(form, status=503)
    response.headers["Retry-After"] = "2"
    return response


def _enter(request: HttpRequest, cafe: AlpCafe) -> HttpResponse:
    """Make a new participant, or bring back the one this phone already is."""
    known = devices.token_for(request, cafe)
    if known is not None:
        response = HttpResponseRedirect(reverse("cafe:now"))
        devices.remember(request, response, known)
        return response
    language_code = nearest_language(translation.get_language())
    joined = gateway.join(
        cafe.pk,
        language=language_code,
        consent=CONSENT_VERSION,
        key=secrets.token_urlsafe(16),
    )
    if joined.recovery:
        code = f"{joined.recovery[:5]}-{joined.recovery[5:]}"
        text = _("Note your recovery code, in case your battery dies: %(code)s")
        messages.info(request, text % {"code": code})
    response = HttpResponseRedirect(reverse("cafe:profile"))
    devices.remember(request, response, joined.token)
    _keep_language(response, language_code)
    return response


@require_POST
@same_origin
def language(request: HttpRequest) -> HttpResponse:
    """Change the language of the phone and come back to the same page."""
    wanted = request.POST.get("language", "")
    response = HttpResponseRedirect(_back(request))
    if wanted not in LANGUAGE_CODES:
        return response
    person = devices.current_participant(request)
    if person is not None:
        submit(person, [command("profile", {"language": wanted})])
    _keep_language(response, wanted)
    return response


def _back(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    join = reverse("cafe:join")
    is_ours = wanted.startswith(join) and url_has_allowed_host_and_scheme(wanted, None)
    return wanted if is_ours else join


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
        context = {"cafe": person.cafe, "simulated": person.cafe.is_simulated}
        return render(request, "cafe/leave.html", context)
    submit(person, [command("leave", {})])
    response = HttpResponseRedirect(f"{reverse('cafe:join')}?left")
    devices.forget_current(request, response)
    return response

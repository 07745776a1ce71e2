"""Answers to an invitation, registration by anybody, and the calendar file."""

from typing import Final

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from alpclusters.platform.cafe.domain.agendas import begin_of, end_of
from alpclusters.platform.cafe.domain.invitations import find_invitation, personal_link
from alpclusters.platform.cafe.domain.registrations import (
    decline,
    register,
    register_openly,
    takes_registrations,
)
from alpclusters.platform.cafe.models import AlpCafe, Invitation
from alpclusters.platform.cookies import sent_name
from alpclusters.www.public.cafes.register_forms import RegisterForm
from alpclusters.www.site.cafe_letters import calendar_of, time_span

COOKIE: Final = "caferegister"
MARK: Final = "~"
KEPT_S: Final = 60 * 24 * 3600


@never_cache
@require_safe
def cafe_register_link(
    request: HttpRequest,  # noqa: ARG001 - the interface of a view
    pk: int,
    secret: str,
) -> HttpResponse:
    """Take the secret of a personal link out of the address and keep it in a cookie."""
    cafe = get_object_or_404(AlpCafe, pk=pk)
    if find_invitation(cafe, secret) is None:
        raise Http404
    response = redirect("public:cafe_register", pk=pk)
    _keep(response, cafe, secret)
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def cafe_register(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what is planned and take the answer."""
    cafe, invitation = _found(request, pk)
    is_open = takes_registrations(cafe, timezone.now())
    may = is_open and (invitation is not None or cafe.open_registration)
    form = RegisterForm(request.POST or None, cafe=cafe, invitation=invitation)
    if request.method == "POST" and may:
        answered = _answer(request, cafe, invitation, form)
        if answered is not None:
            return answered
    context = {
        "cafe": cafe,
        "invitation": invitation,
        "form": form,
        "may_register": may,
        "is_over": not is_open,
        "begins": begin_of(cafe),
        "ends": end_of(cafe),
        "time_span": time_span(cafe),
        "simulated": cafe.is_simulated,
        "section": "cafes",
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "public/cafes/register.html", context, status=status)


@never_cache
@require_safe
def cafe_calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """Return the calendar file."""
    cafe, _invitation = _found(request, pk)
    text = calendar_of(cafe, now=timezone.now())
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="alpcafe.ics"'
    return response


def _found(request: HttpRequest, pk: int) -> tuple[AlpCafe, Invitation | None]:
    """Return an AlpCafé that is public or to which this browser has an invitation, else 404."""
    cafe = get_object_or_404(AlpCafe.objects.select_related("project", "region"), pk=pk)
    number, _mark, secret = request.COOKIES.get(sent_name(COOKIE), "").partition(MARK)
    invitation = find_invitation(cafe, secret) if number == str(pk) else None
    if invitation is None and not AlpCafe.objects.public().filter(pk=pk).exists():
        raise Http404
    return cafe, invitation


def _answer(
    request: HttpRequest, cafe: AlpCafe, invitation: Invitation | None, form: RegisterForm
) -> HttpResponse | None:
    now = timezone.now()
    response = redirect("public:cafe_register", pk=cafe.pk)
    if invitation is not None and request.POST.get("do") == "decline":
        decline(invitation, now=now)
        messages.success(request, _("Thank you for telling us. You can change your mind here."))
        return response
    if form.is_program:
        return response
    if not form.is_valid():
        return None
    if invitation is None:
        invitation = register_openly(cafe, form.answer(), now=now)
        _keep(response, cafe, personal_link(invitation))
    else:
        register(invitation, form.answer(), now=now)
    messages.success(request, _("You are registered. We look forward to seeing you."))
    return response


def _keep(response: HttpResponse, cafe: AlpCafe, secret: str) -> None:
    response.set_cookie(
        sent_name(COOKIE),
        f"{cafe.pk}{MARK}{secret}",
        max_age=KEPT_S,
        secure=settings.CONFIGURATION.is_secure,
        httponly=True,
        samesite="Lax",
    )

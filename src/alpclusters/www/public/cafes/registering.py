"""Coming to an AlpCafé: the form, answers to an invitation, registration, the calendar file."""

from typing import Any, Final

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from alpclusters.platform.actors.domain.named_lists import helix_choices, level_choices
from alpclusters.platform.cafe.domain.agendas import begin_of, end_of
from alpclusters.platform.cafe.domain.invitations import (
    ASKED,
    TOLD,
    decline,
    find_invitation,
    personal_link,
    register,
    register_openly,
    takes_registrations,
)
from alpclusters.platform.cafe.models import AlpCafe, Invitation
from alpclusters.platform.cookies import sent_name
from alpclusters.platform.languages.codes import LANGUAGES, nearest_language
from alpclusters.platform.territory.domain.names import country_name
from alpclusters.platform.territory.models import Region
from alpclusters.www.public.guarded_forms import GuardedForm
from alpclusters.www.site.cafe_letters import calendar_of, time_span
from alpclusters.www.site.inputs import input_of, lazy_label_of

# --- What somebody writes who comes to an AlpCafé -------------------------------------------------


class RegisterForm(GuardedForm):
    """Name, languages, and what the hosts should know; everything but the name may be skipped."""

    name = input_of(Invitation, "name", widget=forms.TextInput({"autocomplete": "name"}))
    email = input_of(
        Invitation,
        "email",
        help_text=gettext_lazy("For a reminder, nothing else."),
        widget=forms.EmailInput({"autocomplete": "email"}),
    )
    organisation_name = input_of(
        Invitation,
        "organisation_name",
        widget=forms.TextInput({"autocomplete": "organization"}),
    )
    region = input_of(Invitation, "region")
    helix = forms.ChoiceField(label=lazy_label_of(Invitation, "helix"), required=False)
    level = forms.ChoiceField(label=lazy_label_of(Invitation, "level"), required=False)
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("I speak"),
        choices=LANGUAGES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("So that you sit at tables where you understand the others."),
    )
    needs = input_of(
        Invitation,
        "needs",
        widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy("For example: wheelchair, hearing, interpreter, food."),
    )

    def __init__(
        self, *args: Any, cafe: AlpCafe, invitation: Invitation | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, initial=_initial(invitation), **kwargs)
        own = get_language()
        regions = Region.objects.current().filter(level__gte=1, level__lte=2)
        region: Any = self.fields["region"]
        region.queryset = regions
        region.choices = _by_country(regions, own, cafe)
        for name, choices in (("helix", helix_choices(own)), ("level", level_choices(own))):
            field: Any = self.fields[name]
            field.choices = [("", _("skip")), *(one for one in choices if one[0] != "unknown")]

    def answer(self) -> dict[str, Any]:
        """Return what was said, by column."""
        return self.cleaned_data | {"language": nearest_language(get_language())}


def _initial(invitation: Invitation | None) -> dict[str, Any]:
    own = [nearest_language(get_language())]
    if invitation is None:
        return {"languages": own}
    shown = {name: getattr(invitation, name) for name in (*ASKED, *TOLD)}
    return shown | {"languages": invitation.languages or own}


def _by_country(regions: Any, language: str | None, cafe: AlpCafe) -> list[Any]:
    """Offer the region of the AlpCafé first, then all by country."""
    groups: dict[str, list[tuple[int, str]]] = {}
    for region in regions.order_by("country", "code"):
        groups.setdefault(region.country, []).append((region.pk, region.name))
    own = (cafe.region_id, cafe.region.name)
    first = [own] if any(own in group for group in groups.values()) else []
    return [
        ("", _("skip")),
        *first,
        *((country_name(country, language), group) for country, group in groups.items()),
    ]


# --- Answers to an invitation, registration by anybody, and the calendar file ---------------------


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

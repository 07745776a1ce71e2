"""One page for everybody who types for somebody present: facilitators and hosts."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alpclusters.analysis.errors import AlpClustersError
from alpclusters.live import gateway
from alpclusters.platform.cafe.domain.proxies import enter_proxy
from alpclusters.platform.cafe.models import AlpCafe
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.www.cafe.entries import ProxyForm
from alpclusters.www.cafe.entry_warnings import entry_warning
from alpclusters.www.cafe.refusals import sentence

# A form sent twice (double tap, reload) is one person.
_KEPT_S = 6 * 3600
UNPROCESSABLE = 422


@dataclass(frozen=True, slots=True)
class Place:
    """Where the page stands: its template, what the template needs, who types."""

    template: str
    context: Mapping[str, Any]
    by: int | None = None


def proxy_page(request: HttpRequest, cafe: AlpCafe, place: Place) -> HttpResponse:
    """Ask for the answers of one person and store them; then show what was stored."""
    if request.method != "POST":
        start = {"language": nearest_language(get_language())}
        return _show(request, place, ProxyForm(cafe=cafe, initial=start), cafe)
    form = ProxyForm(request.POST, cafe=cafe)
    if not form.is_valid():
        return _show(request, place, form, cafe, status=UNPROCESSABLE)
    once = f"cafe-proxy-{cafe.pk}-{request.POST.get('once', '')[:40]}"
    if not cache.add(once, 1, timeout=_KEPT_S):
        return _show(request, place, ProxyForm(cafe=cafe), cafe, person=cache.get(f"{once}-who"))
    try:
        number = _enter(cafe, form, place)
    except (AlpClustersError, gateway.Busy, gateway.NotTakenError) as error:
        cache.delete(once)
        form.add_error(None, reason(error))
        return _show(request, place, form, cafe, status=UNPROCESSABLE)
    cache.set(f"{once}-who", number, timeout=_KEPT_S)
    start = {"language": form.cleaned_data["language"]}
    fresh = ProxyForm(cafe=cafe, initial=start)
    return _show(request, place, fresh, cafe, person=number, stored=form)


def reason(error: Exception) -> str:
    """Say why the writer did not take something."""
    if isinstance(error, AlpClustersError):
        return sentence(error)
    if isinstance(error, gateway.Busy):
        return _("Many answers are arriving. Wait a moment and send it again.")
    return _("The AlpCafé does not take this any more.")


def _enter(cafe: AlpCafe, form: ProxyForm, place: Place) -> int:
    return enter_proxy(
        cafe,
        form.entry(),
        has_consent=bool(form.cleaned_data["consent"]),
        writer=gateway,
        by=place.by,
        person=form.cleaned_data.get("person"),
    )


def _show(
    request: HttpRequest,
    place: Place,
    form: ProxyForm,
    cafe: AlpCafe,
    *,
    person: int | None = None,
    stored: ProxyForm | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        **place.context,
        "form": form,
        "warning": entry_warning(cafe, form.rating_round),
        "cafe": cafe,
        "person": person,
        "stored": _told(stored) if stored else [],
        "once": secrets.token_urlsafe(16),
        "simulated": cafe.is_simulated,
    }
    return render(request, place.template, context, status=status)


def _told(form: ProxyForm) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return what was stored, to read it aloud: measure, then criterion and answer."""
    told = []
    for block in form.blocks():
        answers = [(str(f.label), _words(f)) for f in block.fields if f.value()]
        if answers:
            told.append((str(block.measure.name), answers))
    return told


def _words(field: Any) -> str:
    return str(dict(field.field.choices).get(field.value(), ""))

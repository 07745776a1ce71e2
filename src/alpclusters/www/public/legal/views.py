"""Pages every site owes its readers: what it is, counts, stores and stands on."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from alpclusters.www.public.legal.about_site import (
    Page,
    about_page,
    accessibility_page,
    imprint_page,
    licences_page,
)
from alpclusters.www.public.legal.methods import methods_page
from alpclusters.www.public.legal.privacy import privacy_page


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Say what the site is for and who answers for it."""
    return _show(request, about_page())


@require_safe
def methods(request: HttpRequest) -> HttpResponse:
    """Say how results are computed and what the marks mean."""
    return _show(request, methods_page())


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Say what is stored of participants and accounts, and how to get it out."""
    return _show(request, privacy_page())


@require_safe
def imprint(request: HttpRequest) -> HttpResponse:
    """Name the body that runs the site."""
    return _show(request, imprint_page())


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Say what works without sight, mouse or script, and what was not tested."""
    return _show(request, accessibility_page())


@require_safe
def licences(request: HttpRequest) -> HttpResponse:
    """Name the sources of the data and the works of others in the program."""
    return _show(request, licences_page())


def _show(request: HttpRequest, page: Page) -> HttpResponse:
    return render(request, "public/legal/page.html", {"page": page})


urlpatterns = [
    path("about/", about, name="about"),
    path("methods/", methods, name="methods"),
    path("privacy/", privacy, name="privacy"),
    path("imprint/", imprint, name="imprint"),
    path("accessibility/", accessibility, name="accessibility"),
    path("licences/", licences, name="licences"),
]

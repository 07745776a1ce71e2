"""The page that shows every component in each state, and two frames it cannot show inside."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from alpclusters.www.components.examples import ExampleForm, Examples, filled_form

ERRORS = (400, 403, 404, 500)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show all components in the current language with example data."""
    context = {
        "ex": Examples(),
        "form": ExampleForm(),
        "wrong_form": filled_form(),
        "simulated": True,
        "section": "",
    }
    return render(request, "components/index.html", context)


@require_safe
def phone(request: HttpRequest) -> HttpResponse:
    """Show the frame of the phone pages with one rating."""
    return render(request, "components/phone_example.html", {"ex": Examples(), "simulated": True})


@require_safe
def error(request: HttpRequest, status: int) -> HttpResponse:
    """Show an error page as the server would, with its status."""
    if status not in ERRORS:
        raise Http404
    return render(request, f"{status}.html", {"exception": ""}, status=status)

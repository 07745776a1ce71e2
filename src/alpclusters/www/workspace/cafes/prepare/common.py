"""What all screens of the preparation share: their tabs, their context, what went wrong."""

from collections.abc import Callable
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alpclusters.analysis.errors import AlpClustersError
from alpclusters.platform.cafe.models import AlpCafe
from alpclusters.www.components.parts import Crumb, Tab
from alpclusters.www.workspace.cafes.pages import crumbs
from alpclusters.www.workspace.cafes.prepare.refusals import sentence

# Digits of a number that somebody typed.
LONGEST: Final = 9
# Address, name, and whether it is for AlpCafés with tables only.
STEPS: Final = (
    ("cafe_prepare", _("Checklist"), False),
    ("cafe_edit", _("Event"), False),
    ("cafe_questions", _("Questions"), True),
    ("cafe_guests", _("Guests"), True),
    ("cafe_tables", _("Tables"), True),
    ("cafe_seats", _("Seat plan"), True),
    ("cafe_agenda", _("Agenda"), True),
    ("cafe_invitations", _("Invitations"), False),
    ("cafe_margins", _("Outside the room"), False),
    ("cafe_print", _("Print"), False),
)


def show(
    request: HttpRequest, cafe: AlpCafe, step: str, context: dict[str, Any], *, part: str = ""
) -> HttpResponse:
    """Show a screen of the preparation; ``part`` names a page below the step."""
    names = {name: label for name, label, _hall in STEPS}
    own = reverse(f"workspace:{step}", args=[cafe.pk])
    way = [Crumb(cafe.title, reverse("workspace:cafe", args=[cafe.pk]))]
    way += [Crumb(names[step], own), Crumb(part)] if part else [Crumb(names[step])]
    shared = {
        "cafe": cafe,
        "tabs": tabs_of(cafe, step),
        "step_name": part or names[step],
        "crumbs": crumbs(*way),
        "simulated": cafe.is_simulated,
        "section": "cafes",
    }
    template = context.pop("template", step.removeprefix("cafe_"))
    status = context.pop("status", 200)
    return render(
        request, f"workspace/cafes/prepare/{template}.html", shared | context, status=status
    )


def tabs_of(cafe: AlpCafe, step: str) -> list[Tab]:
    """Return the way through the preparation."""
    return [
        Tab(label, reverse(f"workspace:{name}", args=[cafe.pk]), is_current=name == step)
        for name, label, needs_hall in STEPS
        if cafe.in_hall or not needs_hall
    ]


def attempt(request: HttpRequest, act: Callable[[], object], done: str) -> bool:
    """Carry something out; say that it is done, or in a sentence why not."""
    try:
        act()
    except AlpClustersError as error:
        messages.error(request, sentence(error))
        return False
    if done:
        messages.success(request, done)
    return True


def back_to(step: str, cafe: AlpCafe, query: str = "") -> HttpResponse:
    """Lead back to a step after something was stored."""
    return redirect(reverse(f"workspace:{step}", args=[cafe.pk]) + query)


def number_in(text: str | None, *, least: int, most: int, default: int) -> int:
    """Read a number of a form or an address; anything else is the default."""
    if text is None or not (text.isascii() and text.isdigit()) or len(text) > LONGEST:
        return default
    return max(least, min(most, int(text)))


def listed(values: list[Any]) -> str:
    """Write a few values one after the other; language codes in capitals."""
    words = [str(value).upper() if isinstance(value, str) else str(value) for value in values]
    more = len(words) - 12
    return ", ".join(words[:12]) + (gettext(" and %(n)s more") % {"n": more} if more > 0 else "")

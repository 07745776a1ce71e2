"""The link of the yearly mail: whether links are still alive, answered without signing in.

Opening it changes nothing, because programs that check mails open links too.
"""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from alpclusters.platform.network.domain.links.reports import (
    ANSWERS,
    Asked,
    Reading,
    answer,
    read_token,
)
from alpclusters.platform.network.models import Link, LinkQuestion, LinkReport

CHOICES = [(status.value, status.label) for status in ANSWERS]


@dataclass(frozen=True)
class QuestionView:
    """One link with its four answers."""

    name: str
    link: Link
    asked: Asked
    chosen: str

    @property
    def is_answered(self) -> bool:
        """Whether this mail brought an answer."""
        return bool(self.chosen)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def link_alive(request: HttpRequest, token: str) -> HttpResponse:
    """Ask about each link, then store what was answered."""
    reading = read_token(token)
    if reading is None:
        return render(request, "workspace/links/alive.html", {"reading": None}, status=404)
    if request.method == "POST":
        return _store(request, reading, token)
    context: dict[str, Any] = {
        "reading": reading,
        "questions": _views(reading),
        "choices": CHOICES,
        "simulated": any(one.link.is_simulated for one in reading.questions),
    }
    return render(request, "workspace/links/alive.html", context)


def _views(reading: Reading) -> list[QuestionView]:
    """Show the questions, with what this reader answered before: nothing else is chosen."""
    rows = LinkReport.objects.filter(
        link__in=[one.link_id for one in reading.questions],
        by=reading.user,
        how=LinkReport.How.MAIL,
        made_at__gte=min(one.asked_at for one in reading.questions),
    )
    told = {(r.link_id, r.organisation_id): r.status for r in rows.order_by("made_at", "pk")}
    return [
        QuestionView(
            _name(one),
            one.link,
            Asked(one.link, one.organisation),
            told.get((one.link_id, one.organisation_id), ""),
        )
        for one in reading.questions
    ]


def _name(question: LinkQuestion) -> str:
    return f"link-{question.pk}"


def _store(request: HttpRequest, reading: Reading, token: str) -> HttpResponse:
    said = {one.pk: request.POST.get(_name(one), "") for one in reading.questions}
    made = answer(reading, said, now=timezone.now())
    if made:
        text = ngettext(
            "Noted for %(n)s link. Thank you.", "Noted for %(n)s links. Thank you.", len(made)
        )
        messages.success(request, text % {"n": len(made)})
    else:
        messages.info(request, _("Nothing was chosen, so nothing was noted."))
    return redirect("workspace:link-alive", token=token)

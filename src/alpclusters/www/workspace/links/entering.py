"""Enter a link and change it later; say by the link of the yearly mail whether it is alive."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from alpclusters.analysis.errors import InputError, StateError
from alpclusters.platform.actors.domain.stakeholders.mapping import Match, find_like
from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.network.domain.links.entering import change_link, enter_link
from alpclusters.platform.network.domain.links.reports import (
    ANSWERS,
    Asked,
    Reading,
    answer,
    read_token,
)
from alpclusters.platform.network.models import Link, LinkQuestion, LinkReport
from alpclusters.platform.network.rules import may_speak_for, speakers_of, spoken_for_by
from alpclusters.reports.errors import phrase
from alpclusters.www.components.parts import Crumb
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.links.link_forms import (
    LinkForm,
    NewLinkForm,
    ask_other_side,
    crumbs,
    require_speaker,
    spoken_sides,
    visible_link,
)

# --- Enter a link: for whom, with whom, then what it is; and change it later ----------------------


# Each new link sends mails to the other side.
MOST_A_DAY: Final = 30
MOST_LOOKED_AT: Final = 40
MOST_FOUND: Final = 8
UNPROCESSABLE: Final = 422
CONFLICT: Final = 409


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def link_new(request: SignedInRequest) -> HttpResponse:
    """Choose the two organisations by their names, then say what they do together."""
    require_speaker(request)
    own = _own(request)
    other = _organisation(request.GET.get("other", "")) if own else None
    if own is None or other is None:
        return _search(request, own)
    form = NewLinkForm(request.POST or None, user=request.user)
    status = UNPROCESSABLE if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        if not _may_enter_more(request):
            return _show(request, form, own, other, status=CONFLICT)
        made, status = _enter(request, form, own, other)
        if made is not None:
            return redirect("workspace:link", pk=made.pk)
    return _show(request, form, own, other, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def link_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change what a link says; the other side confirms it again."""
    link = visible_link(request, pk)
    sides = spoken_sides(request.user, link)
    form = LinkForm(request.POST or None, user=request.user, link=link)
    status = UNPROCESSABLE if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        try:
            change_link(link, form.facts(), own=sides[0], by=request.user, now=timezone.now())
        except (InputError, StateError) as error:
            status = _add(form, error)
        else:
            _tell_change(request, link)
            return redirect("workspace:link", pk=pk)
    name = f"{link.first} – {link.second}"
    context = {
        "form": form,
        "link": link,
        "own": sides[0],
        "other": link.second if sides[0].pk == link.first_id else link.first,
        "crumbs": crumbs(Crumb(name, reverse("workspace:link", args=[pk])), Crumb(_("Edit"))),
        "simulated": link.is_simulated,
    }
    return render(request, "workspace/links/form.html", context, status=status)


def _tell_change(request: HttpRequest, link: Link) -> None:
    was = link.standing
    link.refresh_from_db()
    if link.standing == Link.Standing.ENTERED and was != Link.Standing.ENTERED:
        ask_other_side(link)
        messages.success(request, _("Saved. The other side is asked to confirm it again."))
    else:
        messages.success(request, _("Saved"))


def _own(request: HttpRequest) -> Organisation | None:
    """Return for whom the link is entered: chosen, or the only one a person speaks for."""
    wanted = request.GET.get("own", "")
    if wanted:
        found = _organisation(wanted)
        if found is None or not may_speak_for(request.user, found):
            raise PermissionDenied
        return found
    spoken = list(spoken_for_by(request.user)[:2])
    return spoken[0] if len(spoken) == 1 else None


def _organisation(pk: str) -> Organisation | None:
    if not pk.isdigit():
        return None
    rows = Organisation.objects.current().select_related("region")
    return rows.filter(pk=int(pk[:9])).first()


def _search(request: HttpRequest, own: Organisation | None) -> HttpResponse:
    """Show the step before the form: a search for one's own organisation or for the other."""
    name = request.GET.get("q", "").replace("\x00", "").strip()[:200]
    # Some of the nearest names do not fit: not to be seen, or not one's own.
    world = own.is_simulated if own else None
    found = find_like(name, is_simulated=world, limit=MOST_LOOKED_AT) if name else []
    kept = [one for one in found if _fits(request, one.organisation, own)][:MOST_FOUND]
    context: dict[str, Any] = {
        "own": own,
        "name": name,
        "found": kept,
        "spoken": list(spoken_for_by(request.user)) if own is None else (),
        "crumbs": crumbs(Crumb(_("New link"))),
        "simulated": _is_invented(kept) or bool(own and own.is_simulated),
    }
    return render(request, "workspace/links/search.html", context)


def _fits(request: HttpRequest, found: Organisation, own: Organisation | None) -> bool:
    if own is None:
        return may_speak_for(request.user, found)
    if found.pk == own.pk:
        return False
    return bool(request.user.has_perm("actors.view_organisation", found))


def _is_invented(found: list[Match]) -> bool:
    return any(one.organisation.is_simulated for one in found)


def _enter(
    request: SignedInRequest, form: NewLinkForm, own: Organisation, other: Organisation
) -> tuple[Link | None, int]:
    try:
        link = enter_link(
            own,
            other,
            form.facts(),
            by=request.user,
            now=timezone.now(),
            status=form.cleaned_data["status"],
        )
    except (InputError, StateError) as error:
        return None, _add(form, error)
    if ask_other_side(link):
        messages.success(request, _("Entered. The other side is asked by mail to confirm it."))
    else:
        text = _("Entered. Nobody speaks for the other organisation yet: the link waits.")
        messages.warning(request, text)
    return link, 200


def _add(form: LinkForm, error: InputError | StateError) -> int:
    """Put a refusal where it belongs; return the status of the answer."""
    field = error.where.field
    told = phrase(error, get_language() or "en")
    form.add_error(field if field in form.fields else None, told)
    return CONFLICT if isinstance(error, StateError) else UNPROCESSABLE


def _may_enter_more(request: SignedInRequest) -> bool:
    since = timezone.now() - timedelta(days=1)
    entered = Link.objects.filter(entered_by=request.user, entered_at__gt=since)
    if entered.count() < MOST_A_DAY:
        return True
    messages.error(request, _("You entered many links today. Please go on tomorrow."))
    return False


def _show(
    request: HttpRequest,
    form: NewLinkForm,
    own: Organisation,
    other: Organisation,
    *,
    status: int,
) -> HttpResponse:
    context = {
        "form": form,
        "link": None,
        "own": own,
        "other": other,
        "has_speaker": speakers_of(other).exists(),
        "crumbs": crumbs(Crumb(_("New link"))),
        "simulated": own.is_simulated,
    }
    return render(request, "workspace/links/form.html", context, status=status)


# --- The link of the yearly mail: whether links are still alive, answered without signing in ------
#
# Opening it changes nothing, because programs that check mails open links too.


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

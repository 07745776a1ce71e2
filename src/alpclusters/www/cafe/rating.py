"""For phones without scripts: what is on, the sheet, and what one sends."""

import secrets
from collections.abc import Mapping
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alpclusters.live import gateway, held
from alpclusters.platform.cafe.domain.answers import Answer, Leaf, Sheet, build_sheet
from alpclusters.platform.cafe.domain.asking import EVERY, further_order
from alpclusters.platform.cafe.domain.proxies import participants_of
from alpclusters.platform.cafe.models import Participant
from alpclusters.www.cafe import devices, sheets
from alpclusters.www.cafe.devices import same_origin, tokens_of
from alpclusters.www.cafe.sheets import CANNOT_JUDGE, LeafForm, ProfileForm

# --- What phones without scripts send goes to the one writer, as commands like those of scripts


BUSY: Final = 503

type Command = dict[str, Any]


def command(kind: str, body: Mapping[str, Any]) -> Command:
    """Build a command as a phone with scripts does."""
    return {"k": secrets.token_urlsafe(16), "t": kind, "b": dict(body)}


def submit(person: Participant, commands: list[Command]) -> list[gateway.Result]:
    """Hand commands to the writer; when it returns, those with status 200 are on the disk.

    With 503 nothing is sure: sending the form again does no harm.
    """
    if not commands:
        return []
    try:
        return gateway.submit(person.cafe_id, person.pk, commands, language=person.language)
    except gateway.Busy as busy:
        usual = gettext_noop("Many answers are arriving. Wait a moment and send it again.")
        text = _(held.sentence(busy, usual))
        return [gateway.Result(row["k"], BUSY, code="busy", text=text) for row in commands]


# --- How a phone goes on where the best few measures are looked for -------------------------------


OK = 200
_MOST_DIGITS = 4


@require_POST
@same_origin
def further(request: HttpRequest, pk: int) -> JsonResponse:
    """Give a phone the order in which it goes on; empty where it keeps the one it has."""
    people = participants_of(tokens_of(request)).values()
    person = next((one for one in people if one.cafe_id == pk), None)
    if person is None:
        return JsonResponse({"code": "not_joined"}, status=401)
    at = request.POST.get("at", "")
    is_place = at.isascii() and at.isdigit() and len(at) <= _MOST_DIGITS
    return JsonResponse({"order": go_on(person, int(at)) if is_place else []})


def go_on(person: Participant, at: int) -> list[int]:
    """Store which measures come next behind so many places; empty where nothing changes."""
    order = further_order(person, at)
    if order is None:
        return []
    [result] = submit(person, [command("order", {"measures": order})])
    return order if result.status == OK else []


# --- For phones without scripts: what is on, the profile, the sheet page by page, the overview


FIRST_ROUND, SECOND_ROUND = 1, 2
_SAID = ("role", "level", "experience", "no_research")


@require_safe
@devices.for_participants
def now(request: HttpRequest, person: Participant) -> HttpResponse:
    """Lead to the rating while it is on; else say what the room does."""
    if _is_rating(person):
        leaf = build_sheet(person, _round(person)).first_open
        return HttpResponseRedirect(
            reverse("cafe:rate", args=[leaf.number]) if leaf else reverse("cafe:done")
        )
    return _wait(request, person)


@require_http_methods(["GET", "HEAD", "POST"])
@devices.for_participants
def profile(request: HttpRequest, person: Participant) -> HttpResponse:
    """Ask for region, role, level and experience; all can be skipped."""
    initial = {name: getattr(person, name) for name in _SAID}
    form = ProfileForm(
        request.POST or None, initial={"region": person.region_id, **initial}, cafe=person.cafe
    )
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        region = chosen["region"].code if chosen["region"] else ""
        submit(person, [command("profile", {**chosen, "region": region})])
        go_on(person, 0)
        return HttpResponseRedirect(reverse("cafe:now"))
    context = {
        "form": form,
        "cafe": person.cafe,
        "simulated": person.cafe.is_simulated,
        "next_url": reverse("cafe:now"),
    }
    return render(request, "cafe/profile.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@devices.for_participants
def rate(request: HttpRequest, person: Participant, number: int) -> HttpResponse:
    """Show one measure and take its answers."""
    if not _is_rating(person):
        return _wait(request, person)
    # The page says which rating it is of: one of the first is no answer of the second.
    sheet = build_sheet(person, _told_round(request, person))
    leaf = sheet.leaf(number)
    if leaf is None:
        raise Http404
    if request.method != "POST":
        return _show(request, person, sheet, number)
    results = submit(person, _commands(request, person, sheet, leaf))
    if any(result.status != OK for result in results):
        person.cafe.refresh_from_db()
        return _refused(request, person, [r.text for r in results if r.status != OK])
    if number % EVERY == 0 and request.POST.get("go") != "back":
        go_on(person, number)
    return HttpResponseRedirect(_target(request, sheet, number))


@require_safe
@devices.for_participants
def done(request: HttpRequest, person: Participant) -> HttpResponse:
    """Show what is answered and what is not."""
    return _show(request, person, build_sheet(person, _round(person)), sheets.OVERVIEW)


def _is_rating(person: Participant) -> bool:
    return person.cafe.rating_round is not None


def _round(person: Participant) -> int:
    return person.cafe.rating_round or FIRST_ROUND


def _told_round(request: HttpRequest, person: Participant) -> int:
    if request.method != "POST":
        return _round(person)
    return SECOND_ROUND if request.POST.get("round") == str(SECOND_ROUND) else FIRST_ROUND


def _wait(
    request: HttpRequest, person: Participant, refused: list[str] | None = None
) -> HttpResponse:
    cafe = person.cafe
    guest = getattr(person, "guest", None)
    seats = guest.seats.select_related("table__measure") if guest else None
    context = {
        "cafe": cafe,
        "simulated": cafe.is_simulated,
        "seat": seats.filter(round_index=cafe.round_index).first() if seats is not None else None,
        "question": cafe.questions.filter(round_index=cafe.round_index).first(),
        "refused": refused or [],
    }
    status = 409 if request.method == "POST" else 200
    return render(request, "cafe/wait.html", context, status=status)


def _refused(request: HttpRequest, person: Participant, texts: list[str]) -> HttpResponse:
    if not person.cafe.is_open:
        return devices.closed_page(request, person)
    return _wait(request, person, list(dict.fromkeys(texts)))


def _show(request: HttpRequest, person: Participant, sheet: Sheet, number: int) -> HttpResponse:
    middles = sheets.middles_of(person.cafe) if sheet.round > 1 and number else {}
    pages = sheets.pages_of(sheet, middles)
    context: dict[str, Any] = {
        "cafe": person.cafe,
        "simulated": person.cafe.is_simulated,
        "pages": pages,
        "page": pages[number - 1] if number else None,
        "dashes": sheets.dash_states(pages, number),
        "position": sheets.position_label(number, len(pages)) if number else "",
        "open_text": sheets.open_text(sum(1 for p in pages if p.state != "all"), sheet.round),
        "round": sheet.round,
    }
    return render(request, "cafe/sheet.html", context)


def _commands(request: HttpRequest, person: Participant, sheet: Sheet, leaf: Leaf) -> list[Command]:
    """Return commands for what differs: a form sent twice adds nothing."""
    form = LeafForm(request.POST, leaf=leaf, criteria=sheet.criteria)
    form.is_valid()
    cleared = {pk for pk, name in form.names.items() if request.POST.get("clear") == name}
    chosen = {pk: v for pk, v in form.choices().items() if pk not in cleared}
    chosen |= _kept(request, form, leaf)
    if sheet.round > 1:
        return _changes(leaf, sheet.round, chosen, cleared)
    comment = form.cleaned_data.get("comment", leaf.comment)
    said = {"m": leaf.measure.pk, "text": comment, "language": person.language}
    remark = [command("comment", said)] if comment != leaf.comment else []
    return _changes(leaf, sheet.round, chosen, cleared) + remark


def _kept(request: HttpRequest, form: LeafForm, leaf: Leaf) -> dict[int, str]:
    """Return the first answer that a person keeps in the second rating: an answer too."""
    asked = {pk for pk, name in form.names.items() if request.POST.get("keep") == name}
    first = {pk: leaf.first.get(pk) for pk in asked}
    return {pk: _value(answer) for pk, answer in first.items() if answer is not None}


def _changes(
    leaf: Leaf, round_: int, chosen: Mapping[int, str], cleared: set[int]
) -> list[Command]:
    wanted = [
        _rate(leaf, round_, pk, value)
        for pk, value in chosen.items()
        if not _stands(leaf, pk, value)
    ]
    taken_back = [_rate(leaf, round_, pk, "") for pk in cleared if leaf.answers[pk] is not None]
    return wanted + taken_back


def _rate(leaf: Leaf, round_: int, criterion_id: int, value: str) -> Command:
    body: dict[str, Any] = {"m": leaf.measure.pk, "c": criterion_id, "r": round_}
    if value:
        body["v"] = None if value == CANNOT_JUDGE else int(value)
    return command("rate", body)


def _stands(leaf: Leaf, criterion_id: int, value: str) -> bool:
    answer = leaf.answers[criterion_id]
    return answer is not None and value == _value(answer)


def _value(answer: Answer) -> str:
    return CANNOT_JUDGE if answer.cannot_judge else str(answer.value)


def _target(request: HttpRequest, sheet: Sheet, number: int) -> str:
    if "clear" in request.POST or "keep" in request.POST:
        return reverse("cafe:rate", args=[number])
    wanted = number - 1 if request.POST.get("go") == "back" else number + 1
    leaf = sheet.leaf(wanted)
    return reverse("cafe:rate", args=[leaf.number]) if leaf else reverse("cafe:done")

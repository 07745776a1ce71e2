"""The profile, the rating sheet page by page, and the overview at its end."""

import secrets
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from alpclusters.analysis.errors import StateError
from alpclusters.platform.cafe.domain.comments import save_comment
from alpclusters.platform.cafe.domain.participants import describe_participant
from alpclusters.platform.cafe.domain.ratings import RatingCommand, record_ratings
from alpclusters.platform.cafe.domain.sheets import Leaf, Sheet, build_sheet
from alpclusters.platform.cafe.models import Participant
from alpclusters.www.cafe import devices, sheets
from alpclusters.www.cafe.forms import CANNOT_JUDGE, LeafForm, ProfileForm
from alpclusters.www.cafe.joining import next_page


@require_http_methods(["GET", "HEAD", "POST"])
@devices.for_participants
def profile(request: HttpRequest, person: Participant) -> HttpResponse:
    """Ask for region and role; both can be skipped."""
    initial = {"region": person.region_id, "role": person.role}
    form = ProfileForm(request.POST or None, initial=initial, cafe=person.cafe)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        describe_participant(person, region=chosen["region"], role=chosen["role"])
        return HttpResponseRedirect(next_page(person))
    context = {
        "form": form,
        "cafe": person.cafe,
        "simulated": person.cafe.is_simulated,
        "next_url": next_page(person),
    }
    return render(request, "cafe/profile.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@devices.for_participants
def rate(request: HttpRequest, person: Participant, number: int) -> HttpResponse:
    """Show one measure and take its answers from a browser without scripts."""
    sheet = build_sheet(person)
    leaf = sheet.leaf(number)
    if leaf is None:
        raise Http404
    if request.method != "POST":
        return _show(request, person, sheet, number)
    try:
        _store(request, person, sheet, leaf)
    except StateError:
        person.cafe.refresh_from_db()
        return devices.closed_page(request, person)
    return HttpResponseRedirect(_target(request, sheet, number))


@require_safe
@devices.for_participants
def done(request: HttpRequest, person: Participant) -> HttpResponse:
    """Show what is answered and what is not."""
    return _show(request, person, build_sheet(person), sheets.OVERVIEW)


def _show(request: HttpRequest, person: Participant, sheet: Sheet, number: int) -> HttpResponse:
    pages = sheets.pages_of(sheet)
    context: dict[str, Any] = {
        "cafe": person.cafe,
        "simulated": person.cafe.is_simulated,
        "pages": pages,
        "page": pages[number - 1] if number else None,
        "others": [p for p in pages if p.number != number],
        "dashes": sheets.dash_states(pages, number),
        "position": sheets.position_label(number, len(pages)) if number else "",
        "open_text": sheets.open_text(sum(1 for p in pages if p.state != "all")),
        "data": sheets.script_data(person, pages, number),
    }
    return render(request, "cafe/sheet.html", context)


@transaction.atomic
def _store(request: HttpRequest, person: Participant, sheet: Sheet, leaf: Leaf) -> None:
    form = LeafForm(request.POST, leaf=leaf, criteria=sheet.criteria)
    form.is_valid()
    cleared = {pk for pk, name in form.names.items() if request.POST.get("clear") == name}
    chosen = {pk: v for pk, v in form.choices().items() if pk not in cleared}
    now = timezone.now()
    record_ratings(person, _changes(leaf, chosen, cleared), now=now)
    comment = form.cleaned_data.get("comment", leaf.comment)
    if comment != leaf.comment:
        save_comment(
            person, measure_id=leaf.measure.pk, text=comment, language=person.language, now=now
        )


def _changes(leaf: Leaf, chosen: Mapping[int, str], cleared: set[int]) -> list[RatingCommand]:
    """Return commands for what differs: a form sent twice adds nothing."""
    wanted = [_command(leaf, pk, value) for pk, value in chosen.items()]
    taken_back = [_command(leaf, pk, "") for pk in cleared if leaf.answers[pk] is not None]
    return [c for c in wanted if not _stands(leaf, c)] + taken_back


def _command(leaf: Leaf, criterion_id: int, value: str) -> RatingCommand:
    return RatingCommand(
        key=secrets.token_urlsafe(16),
        measure_id=leaf.measure.pk,
        criterion_id=criterion_id,
        value=int(value) if value.isdecimal() else None,
        cannot_judge=value == CANNOT_JUDGE,
    )


def _stands(leaf: Leaf, command: RatingCommand) -> bool:
    answer = leaf.answers[command.criterion_id]
    return answer is not None and (answer.value, answer.cannot_judge) == (
        command.value,
        command.cannot_judge,
    )


def _target(request: HttpRequest, sheet: Sheet, number: int) -> str:
    if "clear" in request.POST:
        return reverse("cafe:rate", args=[number])
    wanted = number - 1 if request.POST.get("go") == "back" else number + 1
    leaf = sheet.leaf(wanted)
    return reverse("cafe:rate", args=[leaf.number]) if leaf else reverse("cafe:done")

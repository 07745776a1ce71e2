"""Answers as the script on the phone sends them: JSON in, one result for each command out."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alpclusters.analysis.errors import InputError, StateError
from alpclusters.platform.cafe.domain.comments import MAX_LENGTH, save_comment
from alpclusters.platform.cafe.domain.ratings import (
    Outcome,
    RatingCommand,
    Refusal,
    record_ratings,
)
from alpclusters.platform.cafe.models import Participant
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.www.cafe.devices import current_participant

MAX_COMMANDS: Final = 50
MAX_BYTES: Final = 128 * 1024
MAX_ID: Final = 2**53
OK: Final = 200
CONFLICT: Final = 409
UNPROCESSABLE: Final = 422


class CommandForm(forms.Form):
    """The frame of every command: ``k`` the key, ``t`` the kind."""

    k = forms.RegexField(r"^[A-Za-z0-9_-]{16,32}$")
    t = forms.ChoiceField(choices=[("rate", "rate"), ("comment", "comment")])


class RateForm(forms.Form):
    """Measure, criterion and value: a step, null for "cannot judge", absent to take it back."""

    m = forms.IntegerField(min_value=1, max_value=MAX_ID)
    c = forms.IntegerField(min_value=1, max_value=MAX_ID)
    v = forms.IntegerField(required=False, min_value=0, max_value=99)


class CommentForm(forms.Form):
    """Measure, text and the language it was written in."""

    m = forms.IntegerField(min_value=1, max_value=MAX_ID)
    text = forms.CharField(required=False, max_length=MAX_LENGTH, strip=False)
    language = forms.ChoiceField(choices=[(code, code) for code in LANGUAGE_CODES])


@dataclass(frozen=True, slots=True)
class CommentCommand:
    """A comment on a measure."""

    key: str
    measure_id: int
    text: str
    language: str


type Command = RatingCommand | CommentCommand
type Result = dict[str, Any]


@require_POST
def command(request: HttpRequest) -> HttpResponse:
    """Take up to 50 commands; 200 is sent after everything accepted is on the disk."""
    person = current_participant(request)
    if person is None:
        return JsonResponse({"code": "not_joined"}, status=401)
    if len(request.body) > MAX_BYTES:
        return JsonResponse({"code": "too_large"}, status=413)
    rows = _rows(request.body)
    if rows is None:
        return JsonResponse({"code": "not_commands"}, status=UNPROCESSABLE)
    try:
        return JsonResponse({"results": _take(person, rows)})
    except StateError as error:
        text = _("The AlpCafé is closed. Answers are not taken any more.")
        return JsonResponse({"code": error.code, "text": text}, status=CONFLICT)


def _rows(body: bytes) -> list[Any] | None:
    try:
        rows = json.loads(body)["commands"]
    except (ValueError, TypeError, KeyError):
        return None
    return rows if isinstance(rows, list) and 0 < len(rows) <= MAX_COMMANDS else None


@transaction.atomic
def _take(person: Participant, rows: Sequence[Any]) -> list[Result]:
    parsed = [parse_command(row) for row in rows]
    now = timezone.now()
    ratings = [p for p in parsed if isinstance(p, RatingCommand)]
    outcomes = iter(record_ratings(person, ratings, now=now))
    return [_answer(person, p, row, outcomes, now) for p, row in zip(parsed, rows, strict=True)]


def _answer(
    person: Participant, parsed: Command | None, row: Any, outcomes: Any, now: Any
) -> Result:
    if parsed is None:
        key = row.get("k") if isinstance(row, dict) else None
        return _refused(key, UNPROCESSABLE, _("This answer could not be read."))
    if isinstance(parsed, RatingCommand):
        return _rated(next(outcomes))
    return _commented(person, parsed, now)


def parse_command(row: Any) -> Command | None:
    """Read one command; None if it is not one."""
    if not isinstance(row, dict) or not isinstance(row.get("b"), dict):
        return None
    frame = CommandForm(row)
    if not frame.is_valid():
        return None
    key, body = frame.cleaned_data["k"], row["b"]
    return _rating(key, body) if frame.cleaned_data["t"] == "rate" else _comment(key, body)


def _rating(key: str, body: dict[str, Any]) -> RatingCommand | None:
    form = RateForm(body)
    if not form.is_valid():
        return None
    data = form.cleaned_data
    cannot_judge = "v" in body and body["v"] is None
    return RatingCommand(key, data["m"], data["c"], data["v"], cannot_judge)


def _comment(key: str, body: dict[str, Any]) -> CommentCommand | None:
    form = CommentForm(body)
    if not form.is_valid():
        return None
    data = form.cleaned_data
    return CommentCommand(key, data["m"], data["text"], data["language"])


def _rated(outcome: Outcome) -> Result:
    if outcome.refusal is None:
        return {"k": outcome.key, "status": OK, "new": outcome.is_new}
    if outcome.refusal == Refusal.KEY_REUSED:
        return _refused(outcome.key, CONFLICT, _("This answer was sent before with another value."))
    if outcome.refusal == Refusal.NOT_ON_SHEET:
        return _refused(outcome.key, UNPROCESSABLE, _("This question is not asked here."))
    return _refused(outcome.key, UNPROCESSABLE, _("This step is not on the scale."))


def _commented(person: Participant, command: CommentCommand, now: Any) -> Result:
    try:
        save_comment(
            person,
            measure_id=command.measure_id,
            text=command.text,
            language=command.language,
            now=now,
        )
    except InputError:
        return _refused(command.key, UNPROCESSABLE, _("This question is not asked here."))
    return {"k": command.key, "status": OK, "new": True}


def _refused(key: Any, status: int, text: str) -> Result:
    return {"k": key, "status": status, "text": text}

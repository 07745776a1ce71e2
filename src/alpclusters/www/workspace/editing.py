"""Texts that several people edit: kept every few seconds, and a conflict side by side."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, cast

from django import forms
from django.http import HttpRequest, JsonResponse, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alpclusters.analysis.plans import FieldConflict
from alpclusters.platform.languages.codes import LANGUAGES
from alpclusters.platform.policy.domain.editing.saving import (
    Choice,
    Pending,
    draft_of,
    drop_draft,
    keep_draft,
    others_editing,
    typed,
)
from alpclusters.platform.policy.domain.editing.things import Editing, Values, values_of
from alpclusters.platform.policy.models import EditDraft
from alpclusters.www.components.marked_text import compare
from alpclusters.www.components.parts import Passage, Side

# --- Forms of texts that several people edit: they carry what they began from ---------------------


BESIDE = frozenset({"version", "base"})


class LaterText(forms.CharField):
    """A text that may still be empty but is asked for later, so it is not called optional."""

    def validate(self, value: Any) -> None:
        """Take an empty text; length is checked by the validators."""


class EditForm(forms.Form):
    """The version somebody began from and what stood in it then."""

    use_required_attribute = False
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    base = forms.JSONField(widget=forms.HiddenInput, required=False)

    def clean_base(self) -> Any:
        """Take a plain mapping or nothing."""
        base = self.cleaned_data["base"]
        if base is not None and not isinstance(base, dict):
            raise forms.ValidationError(_("Load the page again: it was not sent as a whole."))
        return base

    def changes(self) -> dict[str, Any]:
        """Return what was typed, as the domain takes it."""
        return {k: _as_sent(v) for k, v in self.cleaned_data.items() if k not in BESIDE}


def initial_of(obj: Any, how: Editing, draft: EditDraft | None = None) -> dict[str, Any]:
    """Return how the form begins: what is stored, or what this person typed before.

    With a draft the form goes on from where it was begun, so that saving compares with that.
    """
    stored: Values = values_of(obj, how)
    if draft is None or draft.is_conflict:
        return {**stored, "version": obj.version, "base": stored}
    return {**stored, **typed(draft), "version": draft.base_version, "base": draft.base}


def _as_sent(value: Any) -> Any:
    """Name a chosen row by its number."""
    return value.pk if hasattr(value, "pk") else value


# --- What is typed is kept every few seconds: as a draft of this person, never in the text itself


LONGEST: Final = 20_000


def autosaved(request: HttpRequest, obj: Any, how: Editing) -> JsonResponse:
    """Keep what stands in the form and say who else is typing."""
    user: Any = request.user
    known = draft_of(user, how.thing, obj.pk)
    if known is not None and known.is_conflict:
        return JsonResponse({"ok": False, "said": _("Solve the conflict first.")})
    version = request.POST.get("version", "")
    base = _read(request.POST.get("base", ""))
    values = {n: request.POST[n][:LONGEST] for n in how.columns if n in request.POST}
    if not version.isdecimal() or not values:
        return JsonResponse({"ok": False, "said": _("The draft could not be kept.")}, status=422)
    keep_draft(
        user,
        how.thing,
        obj.pk,
        base_version=min(int(version), obj.version),
        base={n: str(base[n])[:LONGEST] for n in how.columns if n in base},
        values=values,
        now=timezone.now(),
    )
    return JsonResponse({"ok": True, "said": _("Draft kept."), "others": who_else(user, obj, how)})


def who_else(user: Any, obj: Any, how: Editing) -> str:
    """Say who else typed in the last minutes; empty if nobody did."""
    names = others_editing(user, how.thing, obj.pk, now=timezone.now())
    if not names:
        return ""
    text = ngettext("%(names)s is editing too.", "%(names)s are editing too.", len(names))
    return text % {"names": ", ".join(names)}


def dropped(request: HttpRequest, obj: Any, how: Editing) -> None:
    """Forget the draft of this person."""
    user: Any = request.user
    drop_draft(user, how.thing, obj.pk)


def _read(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


# --- A conflict side by side: what both began from, what is stored, what somebody typed -----------


CHOICES: Final = ("mine", "theirs", "both")
_LANGUAGES: Final = dict(LANGUAGES)

type Labels = Mapping[str, Any]
type Namer = Callable[[str, str], str]
"""Writes the value of a field that is no text, such as a level, as people read it."""


@dataclass(frozen=True)
class ConflictView:
    """One field in three versions."""

    name: str
    label: str
    base: Side
    theirs: Side
    mine: Side
    can_take_both: bool
    chosen: str

    @property
    def sides(self) -> tuple[Side, Side, Side]:
        """The three versions in the order of the page."""
        return self.base, self.theirs, self.mine


@dataclass(frozen=True)
class PendingView:
    """Everything the page of a conflict names."""

    conflicts: Sequence[ConflictView]
    n_merged: int
    earlier: Sequence[tuple[str, str]]


def pending_view(
    pending: Pending, how: Editing, labels: Labels, named: Namer, chosen: Mapping[str, str]
) -> PendingView:
    """Put a conflict into words."""
    return PendingView(
        [_view(one, how, labels, named, chosen.get(one.field, "")) for one in pending.conflicts],
        len(pending.values),
        [(label_of(name, labels), text) for name, text in pending.earlier],
    )


def choices_of(data: QueryDict, pending: Pending) -> dict[str, Choice] | None:
    """Read the choice for every conflict; None if one is missing."""
    found = {one.field: data.get(f"choice_{one.field}", "") for one in pending.conflicts}
    if any(choice not in CHOICES for choice in found.values()):
        return None
    return cast("dict[str, Choice]", found)


def label_of(name: str, labels: Labels) -> str:
    """Return the name of a field, with the language of a text."""
    field, _sep, code = name.rpartition("_")
    if code in _LANGUAGES and field in labels:
        return f"{labels[field]} ({_LANGUAGES[code]})"
    return str(labels.get(name, name))


def _view(
    one: FieldConflict, how: Editing, labels: Labels, named: Namer, chosen: str
) -> ConflictView:
    lang = one.field.rpartition("_")[2] if one.field not in how.fields else ""
    base, theirs, mine = (named(one.field, str(v)) for v in (one.base, one.theirs, one.mine))
    return ConflictView(
        name=one.field,
        label=label_of(one.field, labels),
        base=Side(_("What both began from"), [Passage(base)] if base else [], lang),
        theirs=Side(_("Saved meanwhile by somebody else"), compare(base, theirs)[1], lang),
        mine=Side(_("Your text, not saved yet"), compare(base, mine)[1], lang),
        can_take_both=one.field in how.long_columns,
        chosen=chosen,
    )

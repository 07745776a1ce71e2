"""Edit the texts of measures in five languages, their pictures, and bring back earlier versions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alpclusters.analysis.errors import FileFormatError
from alpclusters.platform.accounts.models import User
from alpclusters.platform.fields import label_of
from alpclusters.platform.languages.codes import LANGUAGE_CODES, LANGUAGES
from alpclusters.platform.measures.domain.editing import (
    FIELDS,
    OF_PICTURE,
    PLAIN,
    TRANSLATED,
    Change,
    Version,
    change_measure,
    missing_languages,
    revert_measure,
    version_texts,
    versions,
)
from alpclusters.platform.measures.domain.facets import FACETS, facet_name, facet_values
from alpclusters.platform.measures.domain.pictures import remove_picture, set_picture
from alpclusters.platform.measures.models import Measure
from alpclusters.platform.measures.rules import visible_to
from alpclusters.platform.seed_rows import REASON
from alpclusters.sources.photos import MAX_BYTES
from alpclusters.www.cafe.refusals import sentence
from alpclusters.www.components.marked_text import compare
from alpclusters.www.components.parts import Side
from alpclusters.www.forms import input_in, put_sent
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.site.inputs import input_of
from alpclusters.www.workspace.translated import LanguagePart, language_parts, require_any

# --- The texts of a measure in five languages, with its place in the catalogue --------------------


class MeasureForm(forms.Form):
    """Names and descriptions, each in at least one language, which stands in for the others."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    name = input_of(Measure, "name")
    description = input_of(Measure, "description", rows=7)

    def __init__(self, *args: Any, measure: Measure, **kwargs: Any) -> None:
        initial = {name: getattr(measure, name) for name in FIELDS}
        history: Any = measure.history  # type: ignore[attr-defined]  # simple_history has no types
        newest = history.order_by("-history_id").values_list("history_id", flat=True)
        self.newest = newest.first() or 0
        self.measure = measure
        super().__init__(*args, **kwargs | {"initial": {**initial, "version": self.newest}})
        for facet in FACETS:
            self.fields[facet] = _choice(facet)
        self.fields["is_published"] = input_of(Measure, "is_published")

    @property
    def languages(self) -> list[LanguagePart]:
        """The cards of the five languages."""
        return language_parts(self, TRANSLATED)

    @property
    def place(self) -> list[forms.BoundField]:
        """The fields that are the same in every language."""
        return [self[name] for name in PLAIN]

    @property
    def conflicts(self) -> list[tuple[Side, Side]]:
        """What the other person wrote, beside one's own text; only after a conflict."""
        if not self.is_bound or not self.has_error("__all__", "conflict"):
            return []
        texts = [
            (code, getattr(self.measure, name).inside(code), one.value() or "")
            for code in LANGUAGE_CODES
            for name in TRANSLATED
            for one in [input_in(self, name, code)]
        ]
        return [_sides(code, theirs, mine) for code, theirs, mine in texts if theirs != mine]

    def clean(self) -> dict[str, Any]:
        """Ask for each text in any language, and do not write over what somebody else saved."""
        data: dict[str, Any] = super().clean() or {}
        require_any(self, *TRANSLATED)
        if data.get("version") != self.newest:
            # The next attempt is made with both texts in sight.
            put_sent(self, "version", str(self.newest))
            raise ValidationError(_("This entry was changed in the meantime."), code="conflict")
        return data

    def cleaned_texts(self) -> dict[str, Any]:
        """Return what `change_measure` takes."""
        return {name: self.cleaned_data[name] for name in FIELDS}


def _choice(facet: str) -> forms.ChoiceField:
    values = facet_values(facet)
    choices = [(v.key, v.name(get_language())) for v in values]
    return forms.ChoiceField(label=label_of(Measure, facet), choices=choices)


def _sides(code: str, theirs: str, mine: str) -> tuple[Side, Side]:
    left, right = compare(theirs, mine)
    return (
        Side(_("Saved by somebody else"), left, code),
        Side(_("Your text"), right, code),
    )


# --- The versions of a measure as the history page shows them -------------------------------------


@dataclass(frozen=True)
class ChangeView:
    """One field side by side."""

    title: str
    before: Side
    after: Side


@dataclass(frozen=True)
class VersionView:
    """One version with its changes."""

    number: int
    made_at: datetime
    made_by: str
    reason: str
    is_newest: bool
    changes: Sequence[ChangeView]


def read_history(measure: Measure) -> list[VersionView]:
    """Return the versions, newest first."""
    return [_view(v, is_newest=i == 0) for i, v in enumerate(versions(measure))]


def _view(version: Version, *, is_newest: bool) -> VersionView:
    return VersionView(
        number=version.number,
        made_at=version.made_at,
        made_by=version.made_by or gettext("the program"),
        reason=_reason(version),
        is_newest=is_newest,
        changes=[_change(c) for c in version.changes],
    )


def _reason(version: Version) -> str:
    if version.reason.startswith("revert:"):
        return gettext("An earlier version was brought back.")
    if version.reason == REASON or version.is_first:
        return gettext("Loaded with the catalogue.")
    return version.reason


def _change(change: Change) -> ChangeView:
    before, after = _word(change.field, change.before), _word(change.field, change.after)
    left, right = compare(before, after)
    code = change.language
    return ChangeView(
        _title(change),
        Side(gettext("Before"), left, code),
        Side(gettext("After"), right, code),
    )


def _word(field: str, value: Any) -> str:
    if field in FACETS:
        return facet_name(field, str(value), get_language())
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    return str(value or "")


def _title(change: Change) -> str:
    # Nobody types the name of the file, so its column has no label.
    title = gettext("Picture") if change.field == "picture" else label_of(Measure, change.field)
    return f"{title}, {dict(LANGUAGES)[change.language]}" if change.language else title


# --- The measures whose texts a person may change -------------------------------------------------


@dataclass(frozen=True)
class MeasureRow:
    """One measure with what is left to do."""

    measure: Measure
    missing: Sequence[str]
    changed_at: datetime | None


def read_rows(user: User) -> list[MeasureRow]:
    """Read the measures and when people last changed them, in two queries."""
    every = visible_to(user).select_related("project").order_by("order", "pk")
    own = [m for m in every if user.has_perm("measures.change_measure", m)]
    history: Any = Measure.history  # type: ignore[attr-defined]  # simple_history has no types
    by_people = history.filter(history_user__isnull=False)
    changed = dict(
        by_people.values("id").annotate(at=Max("history_date")).values_list("id", "at").order_by()
    )
    return [MeasureRow(m, missing_languages(m), changed.get(m.pk)) for m in own]


# --- Edit the texts of measures in five languages; see and bring back earlier versions ------------


@login_required
@require_safe
def measures(request: SignedInRequest) -> HttpResponse:
    """List the measures whose texts a person may change."""
    if not request.user.has_perm("measures.change_measure"):
        raise PermissionDenied
    return render(request, "workspace/measures/list.html", {"rows": read_rows(request.user)})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def measure_edit(request: SignedInRequest, key: str) -> HttpResponse:
    """Change the texts of a measure; a conflict with another person shows both."""
    measure = own_measure(request, key)
    form = MeasureForm(request.POST or None, measure=measure)
    if request.method == "POST" and form.is_valid():
        is_changed = change_measure(measure, texts=form.cleaned_texts(), by=request.user)
        messages.success(
            request, gettext("Saved") if is_changed else gettext("Nothing was changed.")
        )
        return redirect("workspace:measure_history", key=key)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "measure": measure}
    return render(request, "workspace/measures/edit.html", context, status=status)


@login_required
@require_safe
def measure_history(request: HttpRequest, key: str) -> HttpResponse:
    """Show the versions of a measure with what each changed."""
    measure = own_measure(request, key)
    context = {"measure": measure, "versions": read_history(measure)}
    return render(request, "workspace/measures/history.html", context)


@login_required
@require_POST
def measure_revert(request: SignedInRequest, key: str, version: int) -> HttpResponse:
    """Bring back the texts of an earlier version."""
    measure = own_measure(request, key)
    if version_texts(measure, version) is None:
        raise Http404
    if revert_measure(measure, history_id=version, by=request.user):
        messages.success(request, gettext("Earlier version brought back. It can be undone below."))
    else:
        messages.info(request, gettext("Nothing was changed."))
    return redirect("workspace:measure_history", key=key)


def own_measure(request: HttpRequest, key: str) -> Measure:
    """Return a measure the person may change: 404 if not visible, 403 if not allowed."""
    measure = get_object_or_404(visible_to(request.user), key=key)
    if not request.user.has_perm("measures.change_measure", measure):
        raise PermissionDenied
    return measure


# --- The picture of a measure with what people need who do not see it -----------------------------


class PictureForm(forms.Form):
    """A JPEG, its words in all languages, its source; the file only where there is none yet."""

    picture = forms.FileField(
        label=_("Picture"),
        help_text=_("JPEG, at most 2 MB and 4,000 pixels a side. Place and time are removed."),
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg"}),
    )

    picture_alt = input_of(Measure, "picture_alt", named=True, needed=LANGUAGE_CODES)
    picture_credit = input_of(Measure, "picture_credit", required=True)

    def __init__(self, *args: Any, measure: Measure, **kwargs: Any) -> None:
        initial = {name: getattr(measure, name) for name in OF_PICTURE}
        super().__init__(*args, **kwargs | {"initial": initial})
        self.fields["picture"].required = not measure.picture

    @property
    def data_of_file(self) -> bytes | None:
        """The file as it was sent; None keeps the one there is."""
        sent = self.cleaned_data["picture"]
        return sent.read(MAX_BYTES + 1) if sent else None


# --- Give a measure a picture, other words for it, or take it off ---------------------------------


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def measure_picture(request: SignedInRequest, key: str) -> HttpResponse:
    """Upload a picture; words in five languages and the source belong to it."""
    measure = own_measure(request, key)
    form = PictureForm(request.POST or None, request.FILES or None, measure=measure)
    if request.method == "POST" and form.is_valid() and _is_set(request, form, measure):
        messages.success(request, gettext("Saved"))
        return redirect("workspace:measure_picture", key=key)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "measure": measure}
    return render(request, "workspace/measures/picture.html", context, status=status)


@login_required
@require_POST
def measure_picture_remove(request: SignedInRequest, key: str) -> HttpResponse:
    """Take the picture off; the history keeps it."""
    measure = own_measure(request, key)
    if remove_picture(measure, by=request.user):
        messages.success(
            request, gettext("The picture is taken off. The history can bring it back.")
        )
    return redirect("workspace:measure_picture", key=key)


def _is_set(request: SignedInRequest, form: PictureForm, measure: Measure) -> bool:
    credit = form.cleaned_data["picture_credit"]
    try:
        set_picture(
            measure,
            form.data_of_file,
            shows=form.cleaned_data["picture_alt"],
            credit=credit,
            by=request.user,
        )
    except FileFormatError as error:
        form.add_error("picture", sentence(error))
        return False
    return True


urlpatterns = [
    path("measures/", measures, name="measures"),
    path("measures/<slug:key>/edit/", measure_edit, name="measure_edit"),
    path("measures/<slug:key>/picture/", measure_picture, name="measure_picture"),
    path(
        "measures/<slug:key>/picture/remove/",
        measure_picture_remove,
        name="measure_picture_remove",
    ),
    path("measures/<slug:key>/history/", measure_history, name="measure_history"),
    path(
        "measures/<slug:key>/history/<int:version>/revert/",
        measure_revert,
        name="measure_revert",
    ),
]

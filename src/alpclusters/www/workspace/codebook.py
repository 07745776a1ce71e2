"""The codebook in the workspace: versions, a new one, each code of it, its publication."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alpclusters.analysis.errors import AlpClustersError
from alpclusters.platform.evidence.domain.codebook.editing import (
    ENOUGH_INITIATIVES,
    LONGEST_KEY,
    TEXTS,
    Proposal,
    add_code,
    begin_draft,
    change_code,
    discard_draft,
    draft_of_codebook,
    is_changeable,
    missing_languages,
    n_initiatives_coded,
    proposals,
    publish_draft,
    restore_code,
    retire_code,
    revert_code,
    set_note,
)
from alpclusters.platform.evidence.domain.codebook.reading import (
    CODED,
    codes_of,
    current_codebook,
    field_named,
)
from alpclusters.platform.evidence.domain.versions import Version, versions_of
from alpclusters.platform.evidence.models import Code, Codebook
from alpclusters.www.components.parts import Crumb
from alpclusters.www.public.codebook import PARTS, read_changes
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.site.inputs import input_of
from alpclusters.www.workspace.sentences import sentence
from alpclusters.www.workspace.translated import LanguagePart, language_parts
from alpclusters.www.workspace.versions import version_views

# --- Who may change the codebook, and the place of its pages --------------------------------------


CHANGE = "evidence.change_codebook"


def require_keeper(request: HttpRequest) -> None:
    """Answer 403 to people who may not change the codebook."""
    if not request.user.has_perm(CHANGE):
        raise PermissionDenied


def own_draft(request: HttpRequest) -> Codebook:
    """Return the version in preparation: 404 if there is none."""
    require_keeper(request)
    draft = draft_of_codebook()
    if draft is None:
        raise Http404
    return draft


def own_code(request: HttpRequest, pk: int) -> Code:
    """Return a code of the version in preparation."""
    draft = own_draft(request)
    return get_object_or_404(Code.objects.select_related("codebook"), pk=pk, codebook=draft)


def codebook_crumbs(*last: Crumb) -> list[Crumb]:
    """Return the way from the workspace to the codebook."""
    desk = Crumb(gettext("Workspace"), reverse("workspace:dashboard"))
    evidence = Crumb(
        pgettext("what earlier initiatives taught", "Experience"), reverse("workspace:evidence")
    )
    here = Crumb(gettext("Codebook"), reverse("workspace:codebook") if last else "")
    return [desk, evidence, here, *last]


def draft_crumbs(draft: Codebook, *last: Crumb) -> list[Crumb]:
    """Return the way to a page of the version in preparation."""
    label = gettext("Draft of version %(number)s") % {"number": draft.number}
    return codebook_crumbs(Crumb(label, reverse("workspace:codebook-edit") if last else ""), *last)


# --- What is new in a version, the words of a code, and what takes the place of a retired one -----


class NoteForm(forms.Form):
    """What is new in a version, in five languages."""

    note = input_of(Codebook, "note", rows=3)

    def __init__(self, *args: Any, draft: Codebook, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"initial": {"note": draft.note}})

    @property
    def languages(self) -> list[LanguagePart]:
        """The cards of the five languages."""
        return language_parts(self, ["note"])


class CodeForm(forms.Form):
    """Name, definition, example and counter-example of a code in five languages."""

    label = input_of(Code, "label")
    definition = input_of(Code, "definition", rows=3)
    example = input_of(Code, "example", rows=3)
    counter_example = input_of(Code, "counter_example", rows=3)

    def __init__(self, *args: Any, code: Code | None = None, **kwargs: Any) -> None:
        initial = {name: getattr(code, name) for name in TEXTS} if code else {}
        super().__init__(*args, **kwargs | {"initial": initial})
        if code is None:
            self.fields["key"] = forms.CharField(
                label=_("Key"),
                max_length=LONGEST_KEY,
                help_text=_("Small letters, digits and underscores; it never changes."),
            )
            self.order_fields(["key"])

    @property
    def languages(self) -> list[LanguagePart]:
        """The cards of the five languages."""
        return language_parts(self, TEXTS)

    @property
    def texts(self) -> dict[str, dict[str, str]]:
        """What `change_code` and `add_code` take."""
        return {name: self.cleaned_data[name] for name in TEXTS}


class RetireForm(forms.Form):
    """Which codes take the place of one that is no longer used; none is an answer too."""

    into = forms.MultipleChoiceField(
        label=_("Read older codings as"),
        help_text=_(
            "One code: older codings are read as it. Several: the code is split, a person has to "
            "say which one fits. None: older codings keep it, newer ones cannot choose it."
        ),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, code: Code, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = [c for c in codes_of(code.codebook, code.field) if c.key != code.key]
        choices: Any = self.fields["into"]
        choices.choices = [(other.key, other.label) for other in others]


# --- The fields and codes of a version in preparation, and what use suggests ----------------------


@dataclass(frozen=True)
class CodeRow:
    """A code with what is left to write."""

    code: Code
    missing: Sequence[str]


@dataclass(frozen=True)
class FieldRows:
    """A field with its codes; some fields are fixed."""

    name: str
    label: Any
    is_changeable: bool
    rows: Sequence[CodeRow]


@dataclass(frozen=True)
class ProposalRow:
    """What use suggests, in the words of the page."""

    field: Any
    proposal: Proposal


def field_rows(draft: Codebook) -> list[FieldRows]:
    """Return the fields whose codes stand in the codebook."""
    return [
        FieldRows(
            field.name,
            field.label,
            is_changeable(field.name),
            [
                CodeRow(code, missing_languages(code))
                for code in codes_of(draft, field.name, with_retired=True)
            ],
        )
        for field in CODED
    ]


def proposal_rows(book: Codebook) -> list[ProposalRow]:
    """Return what use suggests, with the names of the fields."""
    return [ProposalRow(field_named(found.code.field).label, found) for found in proposals(book)]


# --- One code of the draft: its words, its history, and whether it is still used ------------------


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def code_new(request: SignedInRequest, field: str) -> HttpResponse:
    """Add a code to a field."""
    draft = own_draft(request)
    if not is_changeable(field):
        raise Http404
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            add_code(draft, field, form.cleaned_data["key"], form.texts, by=request.user)
        except AlpClustersError as error:
            form.add_error("key", sentence(error))
        else:
            messages.success(request, gettext("Saved"))
            return redirect("workspace:codebook-edit")
    context = {
        "form": form,
        "field": field_named(field),
        "crumbs": draft_crumbs(draft, Crumb(gettext("New code"))),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "workspace/codebook/code.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def code_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change the words of a code; see how they came about."""
    code = own_code(request, pk)
    form = CodeForm(request.POST or None, code=code)
    if request.method == "POST" and form.is_valid():
        change_code(code, form.texts, by=request.user)
        messages.success(request, gettext("Saved"))
        return redirect("workspace:codebook-code", pk=pk)
    status = 422 if request.method == "POST" else 200
    return _page(request, code, form, RetireForm(code=code), status)


@login_required
@require_POST
def code_retire(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take a code out of use."""
    code = own_code(request, pk)
    form = RetireForm(request.POST, code=code)
    if form.is_valid():
        try:
            retire_code(code, form.cleaned_data["into"], by=request.user)
        except AlpClustersError as error:
            form.add_error("into", sentence(error))
        else:
            return redirect("workspace:codebook-edit")
    return _page(request, code, CodeForm(code=code), form, 422)


@login_required
@require_POST
def code_restore(request: SignedInRequest, pk: int) -> HttpResponse:
    """Bring a code back into use."""
    code = own_code(request, pk)
    try:
        restore_code(code, by=request.user)
    except AlpClustersError as error:
        messages.error(request, sentence(error))
    return redirect("workspace:codebook-code", pk=pk)


@login_required
@require_POST
def code_revert(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """Bring back the words of an earlier version."""
    code = own_code(request, pk)
    if revert_code(code, number, by=request.user):
        messages.success(request, gettext("An earlier version was brought back."))
    return redirect("workspace:codebook-code", pk=pk)


def _page(
    request: HttpRequest, code: Code, form: CodeForm, retire: RetireForm, status: int
) -> HttpResponse:
    context = {
        "code": code,
        "form": form,
        "retire": retire,
        "field": field_named(code.field),
        "is_changeable": is_changeable(code.field),
        "versions": _versions(code),
        "crumbs": draft_crumbs(code.codebook, Crumb(code.label or code.key)),
    }
    return render(request, "workspace/codebook/code.html", context, status=status)


def _versions(code: Code) -> list[Any]:
    return version_views(
        versions_of(code, TEXTS),
        titles=PARTS,
        words=lambda _field, value: str(value or ""),
        reason=_reason,
    )


def _reason(version: Version) -> str:
    return gettext("First version of this draft.") if version.is_first else version.reason


# --- The codebook in the workspace: versions, a new one, its publication --------------------------


@login_required
@require_safe
def codebook(request: HttpRequest) -> HttpResponse:
    """Show versions, the draft if there is one, and what use suggests."""
    require_keeper(request)
    current = current_codebook()
    context = {
        "versions": Codebook.objects.filter(published_at__isnull=False)
        .select_related("published_by")
        .order_by("-number"),
        "draft": draft_of_codebook(),
        "current": current,
        "proposals": proposal_rows(current),
        "n_coded": n_initiatives_coded(),
        "enough": ENOUGH_INITIATIVES,
        "crumbs": codebook_crumbs(),
    }
    return render(request, "workspace/codebook/list.html", context)


@login_required
@require_POST
def codebook_begin(request: SignedInRequest) -> HttpResponse:
    """Begin a new version from the current one."""
    require_keeper(request)
    try:
        begin_draft(by=request.user)
    except AlpClustersError as error:
        messages.error(request, sentence(error))
        return redirect("workspace:codebook")
    return redirect("workspace:codebook-edit")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def codebook_edit(request: SignedInRequest) -> HttpResponse:
    """Show the codes of the draft, and say what is new in it."""
    draft = own_draft(request)
    form = NoteForm(request.POST or None, draft=draft)
    if request.method == "POST" and form.is_valid():
        set_note(draft, form.cleaned_data["note"], by=request.user)
        messages.success(request, gettext("Saved"))
        return redirect("workspace:codebook-edit")
    context = {
        "draft": draft,
        "form": form,
        "fields": field_rows(draft),
        "crumbs": draft_crumbs(draft),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "workspace/codebook/edit.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def codebook_publish(request: SignedInRequest) -> HttpResponse:
    """Show what changes with the draft, then make it the current version."""
    draft = own_draft(request)
    refusal = ""
    if request.method == "POST":
        try:
            publish_draft(draft, by=request.user, now=timezone.now())
        except AlpClustersError as error:
            refusal = sentence(error)
        else:
            messages.success(request, gettext("The new version is published."))
            return redirect("workspace:codebook")
    context = {
        "draft": draft,
        "changes": read_changes(current_codebook(), draft),
        "refusal": refusal,
        "crumbs": draft_crumbs(draft, Crumb(gettext("Publish"))),
    }
    status = 422 if refusal else 200
    return render(request, "workspace/codebook/publish.html", context, status=status)


@login_required
@require_POST
def codebook_discard(request: SignedInRequest) -> HttpResponse:
    """Throw the draft away."""
    discard_draft(own_draft(request), by=request.user)
    messages.success(request, gettext("The draft is thrown away."))
    return redirect("workspace:codebook")


urlpatterns = [
    path("evidence/codebook/", codebook, name="codebook"),
    path("evidence/codebook/begin/", codebook_begin, name="codebook-begin"),
    path("evidence/codebook/edit/", codebook_edit, name="codebook-edit"),
    path("evidence/codebook/publish/", codebook_publish, name="codebook-publish"),
    path("evidence/codebook/discard/", codebook_discard, name="codebook-discard"),
    path("evidence/codebook/add/<slug:field>/", code_new, name="codebook-code-new"),
    path("evidence/codebook/codes/<int:pk>/", code_edit, name="codebook-code"),
    path("evidence/codebook/codes/<int:pk>/retire/", code_retire, name="codebook-code-retire"),
    path(
        "evidence/codebook/codes/<int:pk>/restore/",
        code_restore,
        name="codebook-code-restore",
    ),
    path(
        "evidence/codebook/codes/<int:pk>/revert/<int:number>/",
        code_revert,
        name="codebook-code-revert",
    ),
]

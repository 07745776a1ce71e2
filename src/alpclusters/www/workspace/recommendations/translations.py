"""How far translations are, who says that one is right, and the versions kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from alpclusters.analysis.errors import InputError
from alpclusters.analysis.plans import word_diff
from alpclusters.platform.fields import label_of
from alpclusters.platform.languages.codes import LANGUAGES
from alpclusters.platform.policy.domain.editing.reviews import (
    Completeness,
    FieldStatus,
    TextStatus,
    completeness_of,
    review_language,
    review_text,
    text_statuses,
)
from alpclusters.platform.policy.domain.editing.things import RECOMMENDATION
from alpclusters.platform.policy.domain.reasons import translate_reasons
from alpclusters.platform.policy.models import Recommendation
from alpclusters.www.components.parts import Crumb
from alpclusters.www.public.recommendations.recommendation_pages import read_versions
from alpclusters.www.workspace.recommendations.access import (
    DECIDE,
    VIEW,
    WRITE,
    ReasonsForm,
    own_recommendation,
    page_crumbs,
    sentence,
)

# --- How far the translations are, and a person who says that one is right ------------------------


STATUSES: Final = {
    TextStatus.SOURCE: (pgettext_lazy("translation", "original"), "file-text", ""),
    TextStatus.REVIEWED: (pgettext_lazy("translation", "reviewed"), "check", "good"),
    TextStatus.DRAFT: (pgettext_lazy("translation", "draft"), "pencil", ""),
    TextStatus.OUTDATED: (pgettext_lazy("translation", "outdated"), "clock", "warn"),
    TextStatus.MISSING: (gettext_lazy("missing"), "x", "bad"),
}
_NAMES: Final = dict(LANGUAGES)
TO_REVIEW: Final = (TextStatus.DRAFT, TextStatus.OUTDATED)


@dataclass(frozen=True)
class TextView:
    """One text in one language."""

    field: str
    label: Any
    text: str
    status: Any
    icon: str
    tone: str
    can_review: bool
    pieces: Sequence[Any]
    source: str


@dataclass(frozen=True)
class LanguageView:
    """All texts in one language."""

    code: str
    name: str
    texts: Sequence[TextView]
    done: Completeness
    n_to_review: int
    is_source: bool


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def recommendation_translations(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the status of every text per language; mark some as reviewed, translate reasons."""
    is_post = request.method == "POST"
    found = own_recommendation(request, pk, WRITE if is_post else VIEW)
    if is_post and request.POST.get("do") == "reasons":
        return _reasons(request, found)
    return _review(request, found) if is_post else _page(request, found, _form(request, found))


def _page(
    request: HttpRequest, found: Recommendation, form: ReasonsForm, *, status: int = 200
) -> HttpResponse:
    statuses = text_statuses(found, RECOMMENDATION)
    context = {
        "recommendation": found,
        "languages": [_language(found, code, statuses) for code, _name in LANGUAGES],
        "done": completeness_of(statuses),
        "source_name": _NAMES[found.source_language],
        "reasons": form if form.fields else None,
        "may_write": request.user.has_perm(WRITE, found.project),
        "crumbs": page_crumbs(found, Crumb(_("Translations"))),
        "simulated": found.project.is_simulated,
        "section": "plans",
    }
    return render(request, "workspace/recommendations/translations.html", context, status=status)


def _form(request: HttpRequest, found: Recommendation, data: Any = None) -> ReasonsForm:
    may_decide = request.user.has_perm(DECIDE, found.project)
    return ReasonsForm(data, recommendation=found, may_decide=may_decide)


def _reasons(request: HttpRequest, found: Recommendation) -> HttpResponse:
    form, user = _form(request, found, request.POST), cast("Any", request.user)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    try:
        translate_reasons(found, form.cleaned_data, by=user)
    except InputError as error:
        form.add_error(None, sentence(error))
        return _page(request, found, form, status=422)
    messages.success(request, _("Saved"))
    return redirect("workspace:recommendation_translations", pk=found.pk)


def _review(request: HttpRequest, found: Recommendation) -> HttpResponse:
    language, field = request.POST.get("language", ""), request.POST.get("field", "")
    user: Any = request.user
    try:
        if field:
            review_text(found, RECOMMENDATION, field, language, by=user, now=timezone.now())
            n = 1
        else:
            n = review_language(found, RECOMMENDATION, language, by=user, now=timezone.now())
    except InputError as error:
        messages.error(request, sentence(error))
    else:
        text = ngettext("%(n)s text marked as reviewed.", "%(n)s texts marked as reviewed.", n)
        messages.success(request, text % {"n": n})
    return redirect("workspace:recommendation_translations", pk=found.pk)


def _language(found: Recommendation, code: str, statuses: Sequence[FieldStatus]) -> LanguageView:
    own = [one for one in statuses if one.language == code and (one.source or _text(found, one))]
    return LanguageView(
        code=code,
        name=_NAMES[code],
        texts=[_text_view(found, one) for one in own],
        done=completeness_of(own, [code]),
        n_to_review=sum(one.status in TO_REVIEW for one in own),
        is_source=code == found.source_language,
    )


def _text_view(found: Recommendation, one: FieldStatus) -> TextView:
    word, icon, tone = STATUSES[one.status]
    return TextView(
        field=one.field,
        label=label_of(Recommendation, one.field),
        text=_text(found, one),
        status=word,
        icon=icon,
        tone=tone,
        can_review=one.status in TO_REVIEW,
        pieces=word_diff(one.made_from, one.source) if one.status is TextStatus.OUTDATED else (),
        source=one.source if one.status is TextStatus.MISSING else "",
    )


def _text(found: Recommendation, one: FieldStatus) -> str:
    return str(getattr(found, one.field).inside(one.language))


# --- Every version of a recommendation is kept; any two can be compared ---------------------------


@login_required
@require_safe
def recommendation_versions(request: HttpRequest, pk: int) -> HttpResponse:
    """List the versions and compare two of them in one language."""
    found = own_recommendation(request, pk)
    context = {
        "recommendation": found,
        "page": read_versions(found, request.GET),
        "crumbs": page_crumbs(found, Crumb(_("Versions"))),
        "simulated": found.project.is_simulated,
        "section": "plans",
    }
    return render(request, "workspace/recommendations/versions.html", context)
